//! What the text functions must answer, and the one reader of answers. The schema sent to vendors and the reader come from
//! the same types: every field must be there and of its kind, and what a model says beyond them is passed over. The engine cuts every text to a length and every list to a number of
//! its own, or to the rows that were asked about, and checks references to rows against them: an answer can fill fields
//! and nothing else.

use crate::id::{ClusterId, KeywordId};
use crate::invisible::is_invisible;
use crate::status::{ContentStructure, ContentType};
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// Longest name or title kept, in characters: what the widest list column and WordPress titles bear.
pub const TITLE_CHARS_MAX: usize = 200;
/// Longest description kept, in characters.
pub const DESCRIPTION_CHARS_MAX: usize = 2_000;
/// Longest article body kept, in bytes of Markdown: about 30,000 words, far above any word target.
pub const BODY_BYTES_MAX: usize = 400_000;
/// Largest answer read at all, in bytes.
pub const ANSWER_BYTES_MAX: usize = 4_000_000;
/// Longest word on what is wrong with an answer, in characters: one line.
const FAULT_CHARS_MAX: usize = 160;
/// How models that think aloud end their thoughts. Some begin them with no mark, because their server did it for them.
const THOUGHTS_END: [&str; 2] = ["</think>", "</thinking>"];

/// Answer of `auto_cluster`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct ClusterOutput {
    /// The groups. Keywords may be left out; none may stand in two.
    pub clusters: Vec<ClusterDraft>,
}

/// One group of keywords.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct ClusterDraft {
    /// Its name; an existing cluster is joined by its exact name.
    pub name: String,
    /// What it is about, one or two sentences.
    pub description: String,
    /// Ids of its keywords.
    pub keyword_ids: Vec<i64>,
}

impl ClusterDraft {
    /// The keyword ids, typed.
    #[must_use]
    pub fn keywords(&self) -> Vec<KeywordId> {
        self.keyword_ids.iter().copied().map(KeywordId).collect()
    }
}

/// Answer of `generate_ideas`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct IdeasOutput {
    /// The ideas of all clusters asked about.
    pub ideas: Vec<IdeaDraft>,
}

/// One idea.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct IdeaDraft {
    /// Id of its cluster.
    pub cluster_id: i64,
    /// Working title.
    pub title: String,
    /// The brief: angle, reader, what to cover.
    pub description: String,
    /// Phrases it should answer.
    pub keywords: Vec<String>,
    /// Kind of page.
    pub content_type: ContentType,
    /// How it is built.
    pub content_structure: ContentStructure,
    /// Words to aim for.
    pub word_count: u32,
}

impl IdeaDraft {
    /// The cluster id, typed.
    #[must_use]
    pub fn cluster(&self) -> ClusterId {
        ClusterId(self.cluster_id)
    }
}

/// Answer of `generate_content`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct ContentOutput {
    /// The headline.
    pub title: String,
    /// Title for search results, about 60 characters.
    pub meta_title: String,
    /// Description for search results, about 155 characters.
    pub meta_description: String,
    /// Summary for lists and feeds.
    pub excerpt: String,
    /// The article in Markdown, second-level headings first; no first-level heading.
    pub body_markdown: String,
    /// Strongest keyword.
    pub primary_keyword: String,
    /// Other keywords.
    pub secondary_keywords: Vec<String>,
    /// Tags by name.
    pub tags: Vec<String>,
    /// Categories by name.
    pub categories: Vec<String>,
    /// Questions and answers; printed at the article's end.
    pub faq: Vec<Question>,
    /// Articles of the same site worth linking, by slug.
    pub internal_links: Vec<LinkSuggestion>,
    /// True when this is an outline to be written out by a person.
    pub is_outline: bool,
}

/// A question a reader has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Question {
    /// The question.
    pub question: String,
    /// The answer.
    pub answer: String,
}

/// A link worth making.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct LinkSuggestion {
    /// Slug of the target article.
    pub slug: String,
    /// Words to link.
    pub anchor: String,
}

/// Answer of `generate_image_prompts`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct ImagePromptsOutput {
    /// The image above the title.
    pub featured: ImagePrompt,
    /// Images inside the text, in order.
    pub in_article: Vec<ImagePrompt>,
}

/// One image to make.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct ImagePrompt {
    /// What it shows.
    pub prompt: String,
    /// Its text alternative.
    pub alt: String,
    /// The heading it stands under; empty for the featured image.
    pub heading: String,
}

/// Why an answer was refused. As it is written to a log it carries no part of the answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AnswerError {
    /// No JSON object in it.
    #[error("the answer is not JSON")]
    NotJson,
    /// A JSON object that breaks the rules of JSON.
    #[error("the answer is broken JSON")]
    Broken {
        /// What broke, and where.
        fault: String,
    },
    /// JSON of another shape.
    #[error("the answer has another shape (line {line}, column {column})")]
    WrongShape {
        /// Line of the first mismatch.
        line: usize,
        /// Column of the first mismatch.
        column: usize,
        /// What does not match; it may name a word of the answer.
        fault: String,
    },
    /// Above [`ANSWER_BYTES_MAX`].
    #[error("the answer is too long")]
    TooLong,
    /// The right shape with nothing usable in it.
    #[error("the answer is empty")]
    Empty,
}

impl AnswerError {
    /// What is wrong, in one short line for whoever wrote the answer. A word of the answer may be in it.
    #[must_use]
    pub fn fault(&self) -> String {
        let fault = match self {
            Self::NotJson => "there was no JSON object in it",
            Self::Broken { fault } | Self::WrongShape { fault, .. } => fault,
            Self::TooLong => "it was too long",
            Self::Empty => "there was nothing in it that could be used",
        };
        clean_line(fault, FAULT_CHARS_MAX)
    }
}

/// Reads an answer of type `T`. Text around the JSON object (thoughts, a Markdown fence, a greeting) is passed over.
///
/// # Errors
/// See [`AnswerError`].
pub fn read<T: DeserializeOwned>(text: &str) -> Result<T, AnswerError> {
    if text.len() > ANSWER_BYTES_MAX {
        return Err(AnswerError::TooLong);
    }
    // An answer may speak of such marks, and is then no thought.
    match behind_thoughts(text).map(read_object) {
        Some(Ok(answer)) => Ok(answer),
        Some(Err(_)) | None => read_object(text),
    }
}

/// What stands behind the thoughts of a model that thinks aloud; `None` where there are none.
fn behind_thoughts(text: &str) -> Option<&str> {
    let end = THOUGHTS_END.iter().filter_map(|mark| text.find(mark).map(|at| at + mark.len())).min()?;
    text.get(end..)
}

fn read_object<T: DeserializeOwned>(text: &str) -> Result<T, AnswerError> {
    let (start, end) = (text.find('{'), text.rfind('}'));
    let json = match (start, end) {
        (Some(start), Some(end)) if start < end => text.get(start..=end).ok_or(AnswerError::NotJson)?,
        _ => return Err(AnswerError::NotJson),
    };
    serde_json::from_str(json).map_err(|error| {
        let (line, column, fault) = (error.line(), error.column(), error.to_string());
        match error.classify() {
            serde_json::error::Category::Data => AnswerError::WrongShape { line, column, fault },
            serde_json::error::Category::Io
            | serde_json::error::Category::Syntax
            | serde_json::error::Category::Eof => AnswerError::Broken { fault },
        }
    })
}

/// The JSON schema of `T`, for vendors that take one.
#[must_use]
pub fn schema<T: JsonSchema>() -> serde_json::Value {
    schemars::schema_for!(T).to_value()
}

/// Trims, folds white space and line ends, leaves out what nobody sees, and cuts to `chars_max` characters.
#[must_use]
pub fn clean_line(text: &str, chars_max: usize) -> String {
    let seen = |word: &str| word.chars().filter(|c| !is_invisible(*c)).collect::<String>();
    let words = text.split(|c: char| c.is_whitespace() || c.is_control()).map(seen).filter(|word| !word.is_empty());
    let joined = words.collect::<Vec<_>>().join(" ");
    joined.chars().take(chars_max).collect::<String>().trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fenced_answer_is_read_and_a_stray_field_is_passed_over() {
        let good = "Here:\n```json\n{\"clusters\":[{\"name\":\"a\",\"description\":\"\",\"keyword_ids\":[1]}]}\n```";
        assert_eq!(read::<ClusterOutput>(good).unwrap().clusters[0].keywords(), vec![KeywordId(1)]);
        let stray =
            "{\"note\":\"x\",\"clusters\":[{\"name\":\"a\",\"description\":\"\",\"keyword_ids\":[1],\"sure\":0.9}]}";
        assert_eq!(read::<ClusterOutput>(stray).unwrap().clusters[0].keywords(), vec![KeywordId(1)]);
        let schema = schema::<ClusterOutput>();
        assert_eq!(schema["additionalProperties"], false, "which nobody is asked for all the same: {schema}");
        assert_eq!(read::<ClusterOutput>("<html>"), Err(AnswerError::NotJson));
        assert_eq!(read::<ClusterOutput>("{\"clusters\":["), Err(AnswerError::NotJson));
        assert_eq!(read::<ClusterOutput>("} {"), Err(AnswerError::NotJson));
    }

    #[test]
    fn thoughts_before_an_answer_are_passed_over() {
        let answer = "{\"clusters\":[{\"name\":\"a\",\"description\":\"d\",\"keyword_ids\":[1]}]}";
        let thought = "The shape is {\"clusters\": [...]}, so I begin.";
        for before in [
            format!("<think>{thought}</think>\n"),
            format!("{thought}</think>"),
            format!("<thinking>{thought}</thinking>```json\n"),
        ] {
            assert_eq!(read::<ClusterOutput>(&format!("{before}{answer}")).unwrap().clusters.len(), 1, "{before}");
        }
        let about = answer.replace("\"d\"", "\"what </think> {means}\"");
        assert_eq!(read::<ClusterOutput>(&about).unwrap().clusters[0].description, "what </think> {means}");
        let unended = format!("<think>{thought} {answer}");
        assert!(read::<ClusterOutput>(&unended).is_err(), "thoughts without an end are no answer");
    }

    #[test]
    fn a_fault_is_one_short_line() {
        let fault = |text: &str| read::<ClusterOutput>(text).unwrap_err().fault();
        assert_eq!(fault("Gladly!"), "there was no JSON object in it");
        assert!(fault("{\"clusters\":[,]}").contains("line 1 column 14"), "{}", fault("{\"clusters\":[,]}"));
        assert!(fault("{\"groups\":[]}").contains("missing field `clusters`"));
        let wordy = fault(&format!("{{\"clusters\":\"{}\\n</data>\"}}", "z".repeat(400)));
        assert!(wordy.chars().count() <= 160 && wordy.lines().count() == 1, "{wordy}");
    }

    #[test]
    fn lines_are_folded_and_cut() {
        assert_eq!(clean_line("  a\n\t b\u{0}c  ", 10), "a b c");
        assert_eq!(clean_line("éééé", 2), "éé");
        assert_eq!(clean_line("\u{feff}=1 \u{202e}live", 20), "=1 live", "nothing is hidden or turned");
    }

    #[test]
    fn the_schema_names_every_field() {
        let text = schema::<ContentOutput>().to_string();
        for field in ["title", "body_markdown", "faq", "is_outline", "meta_description"] {
            assert!(text.contains(field), "{field}");
        }
    }
}
