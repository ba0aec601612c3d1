//! What the vendor writes: the smallest text of each kind that says everything, with its mark in it.

use super::Fate;
use igny8_core::function::input::TextInput;
use igny8_core::function::output::{
    ClusterDraft, ClusterOutput, ContentOutput, IdeaDraft, IdeasOutput, ImagePrompt, ImagePromptsOutput,
};
use igny8_core::status::{ContentStructure, ContentType};
use serde::Serialize;

/// An id that no row has.
const NO_SUCH_ROW: i64 = 9_999_999;
/// Words of an article: the least that can be asked for.
const WORDS: u32 = 100;

/// The answer to an input, bearing a mark.
pub(super) fn text(input: &TextInput, fate: Fate, mark: u64) -> String {
    if fate == Fate::Garbled {
        return format!("I would be glad to help with that! [{mark}");
    }
    match input {
        TextInput::AutoCluster(input) => {
            let ids = input.keywords.iter().map(|keyword| keyword.id.0);
            json(&clusters(ids.map(|id| astray(id, fate)).collect(), mark))
        }
        TextInput::GenerateIdeas(input) => {
            let ideas = input.clusters.iter().zip(0..).map(|(cluster, n)| idea(astray(cluster.id.0, fate), mark, n));
            json(&IdeasOutput { ideas: ideas.collect() })
        }
        // Of an article and of what its pictures show nothing can be about something else.
        TextInput::GenerateContent(_) => json(&article(mark)),
        TextInput::GenerateImagePrompts(_) => {
            let prompt = |n: u32| ImagePrompt {
                prompt: format!("Mark {mark} picture {n}"),
                alt: format!("Picture {n}"),
                heading: String::new(),
            };
            json(&ImagePromptsOutput { featured: prompt(0), in_article: vec![prompt(1)] })
        }
    }
}

const fn astray(id: i64, fate: Fate) -> i64 {
    if matches!(fate, Fate::Astray) { NO_SUCH_ROW + id } else { id }
}

fn clusters(ids: Vec<i64>, mark: u64) -> ClusterOutput {
    let half = ids.len().div_ceil(2);
    let drafts = ids.chunks(half.max(1)).zip(0..).map(|(ids, n): (_, u32)| ClusterDraft {
        name: format!("Mark {mark} group {n}"),
        description: String::new(),
        keyword_ids: ids.to_vec(),
    });
    ClusterOutput { clusters: drafts.collect() }
}

fn idea(cluster_id: i64, mark: u64, n: u32) -> IdeaDraft {
    IdeaDraft {
        cluster_id,
        title: format!("Mark {mark} idea {n}"),
        description: String::new(),
        keywords: Vec::new(),
        content_type: ContentType::Post,
        content_structure: ContentStructure::Article,
        word_count: WORDS,
    }
}

fn article(mark: u64) -> ContentOutput {
    ContentOutput {
        title: format!("Mark {mark} article"),
        meta_title: String::new(),
        meta_description: String::new(),
        excerpt: String::new(),
        body_markdown: format!("## Part\n\nMark {mark} text.\n"),
        primary_keyword: String::new(),
        secondary_keywords: Vec::new(),
        tags: vec!["Tea".to_owned()],
        categories: Vec::new(),
        faq: Vec::new(),
        internal_links: Vec::new(),
        is_outline: false,
    }
}

fn json(answer: &impl Serialize) -> String {
    serde_json::to_string(answer).expect("an answer is data")
}
