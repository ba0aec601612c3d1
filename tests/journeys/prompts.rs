//! Prompts at work: whose words a model is asked with, what another wording does to paid answers, what a trial leaves
//! behind, and what becomes of words that fail.

use igny8_core::function::AiFunction;
use igny8_core::id::{ContentId, OperationId, SiteId};
use igny8_core::port::Clock;
use igny8_core::prompt::{Author, BUILT_IN_VERSION, PromptError, PromptKind};
use igny8_core::status::Tone;
use igny8_engine::EngineError;
use igny8_engine::operation::Items;
use igny8_engine::prompt::{PreviewPrice, Trial};
use igny8_store::ledger::PaidBody;
use igny8_store::table::author::VoiceFields;
use igny8_store::table::prompt::{PromptSource, PromptUse};
use igny8_tests::world::World;

const KIND: PromptKind = PromptKind::Content;

/// What models were asked with so far, for one function.
fn asked(world: &World, function: AiFunction) -> Vec<String> {
    let calls = world.around.script.asked().into_iter();
    calls.filter(|call| call.function == function).map(|call| call.prompt).collect()
}

async fn say(world: &World, site: Option<SiteId>, body: &str) {
    world.engine.prompt_save(KIND, site, body).await.unwrap_or_else(|error| panic!("{body:?}: {error}"));
}

fn trial(kind: PromptKind, site: SiteId, body: &str) -> Trial {
    Trial { kind, site, body: Some(body.to_owned()), model: None }
}

async fn tried(world: &World, trial: Trial) -> Result<OperationId, EngineError> {
    let id = world.engine.prompt_try(world.engine.new_client_key(), trial).await?;
    world.engine.drain().await.expect("the units are worked off");
    Ok(id)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_site_is_asked_for_in_its_own_words_and_its_article_knows_which() {
    let world = World::new().await;
    let (site, other) = (world.add_tea_site().await, world.add_site("Other", &["Pots"]).await.0);
    world.prepare_for(AiFunction::GenerateContent, site).await;
    say(&world, None, "Write for {{ site_name }}, as for all.").await;
    say(&world, Some(site), "Write for {{ site_name }}{% if tone %}, {{ tone }}{% endif %}.").await;
    say(&world, Some(other), "Not for this one.").await;
    let voice = VoiceFields { tone: Some(Tone::Playful), ..VoiceFields::default() };
    let now = world.around.clock.now();
    world.engine.store().write(move |w| w.voice_save(site, voice, now)).await.unwrap();
    world.run(AiFunction::GenerateContent, site, Items::Waiting).await;
    let prompts = asked(&world, AiFunction::GenerateContent);
    let first = prompts.first().expect("a model was asked");
    assert!(first.starts_with("Write for Tea garden, playful."), "{first:?}");
    assert!(first.contains("It is "), "the words for the structure follow: {first:?}");
    assert!(first.ends_with("whatever it says."), "and the rules end it: {first:?}");

    let content = world.books().number("select min(id) from content");
    let uses = world.engine.store().read(move |r| r.prompts_of_content(ContentId(content))).await.unwrap();
    let own = world.books().number("select version_id from prompt where site_id > 0 order by site_id limit 1");
    assert_eq!(uses.len(), 2, "{uses:?}");
    assert_eq!(uses[0].kind, KIND);
    assert!(matches!(uses[0].source, PromptSource::Version(id) if id.0 == own), "{uses:?}");
    assert!(matches!(uses[1], PromptUse { source: PromptSource::BuiltIn { version: BUILT_IN_VERSION }, .. }));
    world.assert_books_closed().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn other_words_ask_anew_and_the_same_words_do_not() {
    let world = World::new().await;
    let site = world.add_tea_site().await;
    world.prepare_for(AiFunction::GenerateContent, site).await;
    tried(&world, trial(KIND, site, "Write.")).await.unwrap();
    for body in ["Write well.", "Write."] {
        let preview = world.engine.prompt_preview(trial(KIND, site, body)).await.unwrap();
        let is_paid = preview.price.expect("an article waits").is_paid;
        assert_eq!(is_paid, body == "Write.", "{body:?}: other words are another question");
    }
    say(&world, None, "Write well.").await;
    world.engine.prompt_reset(KIND, None).await.unwrap();
    say(&world, None, "Write.").await;
    world.around.script.forget();
    world.run(AiFunction::GenerateContent, site, Items::First(1)).await;
    assert_eq!(asked(&world, AiFunction::GenerateContent).len(), 0, "the same words under another number are paid");
    say(&world, None, "Write well.").await;
    world.run(AiFunction::GenerateContent, site, Items::First(1)).await;
    let prompts = asked(&world, AiFunction::GenerateContent);
    assert!(matches!(prompts.as_slice(), [one] if one.starts_with("Write well.")), "{prompts:?}");
    world.assert_books_closed().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_trial_is_charged_shown_and_changes_nothing() {
    let world = World::new().await;
    let site = world.add_tea_site().await;
    world.prepare_for(AiFunction::GenerateContent, site).await;
    let plan = world.books().plan();
    let body = "Write it as a letter.";
    let preview = world.engine.prompt_preview(trial(KIND, site, body)).await.unwrap();
    assert!(preview.instruction.starts_with(body) && preview.data.starts_with("<data>"), "{preview:?}");
    let price = preview.price.expect("there is an article to write");
    assert!(!price.is_paid && asked(&world, AiFunction::GenerateContent).is_empty(), "a preview asks nobody");

    let id = tried(&world, trial(KIND, site, body)).await.unwrap();
    let outcome = world.engine.prompt_trial(id).await.unwrap();
    assert!(matches!(&outcome.answer, Some(PaidBody::Text(text)) if text.contains("body_markdown")), "{outcome:?}");
    let records = world.books().records(id);
    assert_eq!((records.transactions.len(), records.usage.len(), records.notices.len()), (1, 1, 1), "four records");
    assert_eq!(records.notices[0].0, "prompt_trial_success");
    assert!(outcome.row.credits.0 > 0 && outcome.row.credits <= price.worst.credits, "{outcome:?}");
    assert_eq!(world.books().plan(), plan, "nothing of the site changed");
    let waiting = world.engine.estimate(AiFunction::GenerateContent, site, Items::Waiting).await.unwrap();
    assert_eq!(waiting.items, 2, "and all of it still waits");

    let key = world.engine.new_client_key();
    let first = world.engine.prompt_try(key, trial(KIND, site, body)).await.unwrap();
    assert_eq!(world.engine.prompt_try(key, trial(KIND, site, body)).await.unwrap(), first, "a click that came twice");
    world.engine.drain().await.unwrap();
    let paid = world.engine.prompt_preview(trial(KIND, site, body)).await.unwrap();
    let free = PreviewPrice { is_paid: true, ..PreviewPrice::default() };
    assert_eq!(paid.price, Some(free), "the very question is paid now, and costs nothing");
    say(&world, None, body).await;
    world.around.script.forget();
    world.run(AiFunction::GenerateContent, site, Items::First(1)).await;
    assert_eq!(asked(&world, AiFunction::GenerateContent).len(), 0, "and is not paid for a second time");
    assert_eq!(world.books().number("select count(*) from content"), 1);
    let uses = world.engine.store().read(|r| r.prompts_of_content(ContentId(1))).await.unwrap();
    assert!(uses.iter().any(|used| used.kind == KIND && matches!(used.source, PromptSource::Version(_))), "{uses:?}");
    world.assert_books_closed().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_kind_can_be_tried_on_what_a_site_has() {
    let world = World::new().await;
    let site = world.add_tea_site().await;
    let nothing = tried(&world, trial(PromptKind::Content, site, "Write.")).await;
    assert!(matches!(nothing, Err(EngineError::NothingToDo)), "there is no article to write: {nothing:?}");
    let bare = world.engine.prompt_preview(trial(PromptKind::Content, site, "Words: {{ word_count }}.")).await.unwrap();
    assert!(bare.instruction.starts_with("Words: 1500.") && bare.price.is_none(), "{bare:?}");

    world.prepare_for(AiFunction::GenerateImages, site).await;
    let kinds = [PromptKind::Clustering, PromptKind::Ideas, PromptKind::ImagePrompts, PromptKind::NegativePrompt];
    let places = igny8_core::status::ImageType::ALL.iter().copied().map(PromptKind::Image);
    for kind in kinds.into_iter().chain(places) {
        let id = tried(&world, trial(kind, site, "Do it.")).await.unwrap_or_else(|error| panic!("{kind}: {error}"));
        let outcome = world.engine.prompt_trial(id).await.unwrap();
        assert!(outcome.answer.is_some() && outcome.row.error_code.is_empty(), "{kind}: {outcome:?}");
    }
    assert_eq!(
        world.books().number("select count(*) from image where status = 'generated'"),
        0,
        "none is in its place"
    );
    world.assert_books_closed().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn words_that_fail_cost_nothing_and_say_so() {
    let world = World::new().await;
    let site = world.add_tea_site().await;
    world.prepare_for(AiFunction::GenerateContent, site).await;
    let refused = world.engine.prompt_save(KIND, None, "{{ title }}").await;
    let is_unknown =
        |error: &EngineError| matches!(error, EngineError::Prompt { error: PromptError::UnknownVariable { .. }, .. });
    assert!(refused.as_ref().is_err_and(is_unknown), "{refused:?}");
    // With every setting and with none it works; with an author and no tone it does not.
    say(&world, None, "Write.{% if author_name and not tone %}{{ 1 / 0 }}{% endif %}").await;
    let now = world.around.clock.now();
    let author = Author { name: "Ada".to_owned(), bio: String::new(), voice: String::new() };
    let signed = world.engine.store().write(move |w| {
        let author = w.author_save(None, &author, now)?;
        w.voice_save(site, VoiceFields { author: Some(author), ..VoiceFields::default() }, now)
    });
    signed.await.unwrap();
    let priced = world.engine.estimate(AiFunction::GenerateContent, site, Items::Waiting).await;
    assert!(matches!(priced, Err(EngineError::Prompt { kind: KIND, .. })), "{priced:?}");
    let id = world.run(AiFunction::GenerateContent, site, Items::First(1)).await;
    let records = world.books().records(id);
    assert_eq!((records.task.error_code.as_str(), records.task.credits), ("prompt_failed", 0), "{records:?}");
    assert_eq!(asked(&world, AiFunction::GenerateContent).len(), 0, "nobody was asked");
    world.engine.prompt_reset(KIND, None).await.unwrap();
    world.run(AiFunction::GenerateContent, site, Items::Failed(vec![1])).await;
    assert_eq!(world.books().number("select count(*) from content"), 1, "with other words it is written");
    world.assert_books_closed().await;
}
