//! Articles that wait to be written, each a paid call of its own in an operation of its own: for counting and timing what
//! a paid call costs.

use crate::world::{PROVIDER, Surroundings, World};
use async_trait::async_trait;
use igny8_core::function::AiFunction;
use igny8_core::function::input::TextInput;
use igny8_core::function::output::ContentOutput;
use igny8_core::id::TransferId;
use igny8_core::money::Credits;
use igny8_core::port::models::{TextAnswer, TextRequest};
use igny8_core::port::{Clock, FailedCall, Ids, ProviderError, TextModel};
use igny8_core::status::{ContentStructure, ContentType};
use igny8_core::usage::Usage;
use igny8_engine::door::Door;
use igny8_engine::door::Pace;
use igny8_engine::operation::Items;
use igny8_store::LedgerError;
use igny8_store::ledger::Grant;
use igny8_store::table::idea::NewIdea;
use std::sync::Arc;
use tokio::sync::Barrier;

/// What is in the wallet: far more than any number of articles costs.
const WALLET: Credits = Credits::whole(10_000_000);
/// Length of an article, which is about 8 kB.
const WORDS: u32 = 1_200;

/// A vendor that has its answer ready: an article of the usual length, always the same but for its title.
pub struct Typist {
    article: ContentOutput,
    /// How many must wait before they are all answered.
    all: Barrier,
}

/// A door behind which a [`Typist`] takes so many calls at once.
pub fn door(at_once: usize) -> Door {
    let door = Door::new();
    door.register(PROVIDER, Some(Arc::new(Typist::new(1))), None, Pace::at_once(at_once));
    door
}

/// As [`door`], but nobody is answered before so many wait.
pub fn door_that_waits_for(at_once: usize) -> Door {
    let door = Door::new();
    door.register(PROVIDER, Some(Arc::new(Typist::new(at_once))), None, Pace::at_once(at_once));
    door
}

impl Typist {
    fn new(wait_for: usize) -> Self {
        let paragraph = "A teapot keeps what the leaves give it. ".repeat(5);
        let sections = (1..=WORDS / 120).map(|n| format!("## Part {n}\n\n{}", [paragraph.trim(); 4].join("\n\n")));
        let article = ContentOutput {
            title: String::new(),
            meta_title: "Teapots".to_owned(),
            meta_description: "What a teapot does.".to_owned(),
            excerpt: "What a teapot does.".to_owned(),
            body_markdown: sections.collect::<Vec<_>>().join("\n\n"),
            primary_keyword: "teapot".to_owned(),
            secondary_keywords: Vec::new(),
            tags: vec!["Tea".to_owned()],
            categories: Vec::new(),
            faq: Vec::new(),
            internal_links: Vec::new(),
            is_outline: false,
        };
        Self { article, all: Barrier::new(wait_for) }
    }
}

#[async_trait]
impl TextModel for Typist {
    fn count_input_tokens(&self, request: &TextRequest) -> u32 {
        u32::try_from(request.user_prompt.len() / 4).unwrap_or(u32::MAX)
    }

    async fn complete(&self, request: &TextRequest) -> Result<TextAnswer, FailedCall> {
        self.all.wait().await;
        let TextInput::GenerateContent(input) = &request.input else { return Err(ProviderError::UnknownModel.into()) };
        let article = ContentOutput { title: input.title.clone(), ..self.article.clone() };
        let text = serde_json::to_string(&article).expect("an article is JSON");
        let usage = Usage {
            input_tokens: self.count_input_tokens(request),
            output_tokens: u32::try_from(text.len() / 4).unwrap_or(u32::MAX),
            ..Usage::default()
        };
        Ok(TextAnswer { text, usage, provider_request_id: None })
    }
}

/// Makes a file in which as many articles wait, and closes it.
pub async fn wait_in(around: &Surroundings, articles: usize) {
    let world = World::new_in(around.clone()).await;
    let (now, grant) = (around.clock.now(), TransferId(around.ids.next()));
    let (site, sectors) = world.add_site("Tea garden", &["Tea"]).await;
    let sector = sectors[0];
    let queued = world.engine.store().write(move |w| {
        w.grant(&Grant::Extra { id: grant, memo: "extra".to_owned() }, WALLET, now)?;
        let (cluster, _) = w.cluster_add_or_join(site, sector, "Teapots", "", now)?;
        let ideas: Vec<NewIdea> = (1..=articles)
            .map(|number| NewIdea {
                sector,
                cluster: Some(cluster),
                title: format!("Teapots of the year {number}"),
                description: String::new(),
                keywords: vec!["cast iron teapot".to_owned()],
                content_type: ContentType::Post,
                content_structure: ContentStructure::Article,
                word_count_target: WORDS,
            })
            .collect();
        let ideas = w.idea_add_batch(site, &ideas, now)?;
        Ok::<_, LedgerError>(w.idea_queue(&ideas, now)?)
    });
    let tasks = queued.await.expect("articles can be queued");
    assert_eq!(tasks.len(), articles, "each article has a task");
    for task in tasks {
        let started = world.start(AiFunction::GenerateContent, site, Items::Ids(vec![task.0])).await;
        started.expect("the operation starts");
    }
}
