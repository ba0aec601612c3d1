//! How a text model thinks before it answers. What it thinks is billed like what it writes and counts against the room of
//! its answer, so that its requests need room for it and their holds must cover it; or the model is told not to think, where
//! it can be. Which of the two, and in which words, is data of the model and no matter of its vendor's language: models of
//! one vendor differ, and one gateway has them all.

use crate::status::Dialect;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

/// Most tokens a model thinks with that was told to think little: what plans, groups and articles take, and little beside an
/// article. Without it a short answer would end inside the thoughts.
pub const THINKING_TOKENS: u32 = 8_192;
/// The most that may be set aside for thoughts: the longest that vendors sell.
pub const THINKING_TOKENS_MAX: u32 = 131_072;
/// The generation of Google's models from which on one is told a level and not a number of tokens.
const LEVELS_FROM: u32 = 3;

/// Families of OpenAI's models that think, and take a word for how much.
const OPENAIS: [&str; 5] = ["gpt-5", "gpt-6", "o1", "o3", "o4"];
/// Families of Anthropic's models that think unless they are told otherwise, and take a word for how much.
const ANTHROPICS: [&str; 4] = ["claude-opus-5", "claude-sonnet-5", "claude-haiku-5", "claude-fable"];
/// Families of everybody's models that think by themselves, as gateways and servers of one's own have them.
const OTHERS: [&str; 17] = [
    "grok-4",
    "deepseek-v4",
    "deepseek-r1",
    "deepseek-reasoner",
    "magistral",
    "qwen3",
    "qwq",
    "glm-4.5",
    "glm-4.6",
    "glm-5",
    "kimi-k2",
    "minimax-m2",
    "gpt-oss",
    "gemini-2.5-pro",
    "gemini-2.5-flash",
    "gemini-3",
    "gemini-4",
];
/// Parts of a name that say that this one of a family does not think.
const QUIET: [&str; 5] = ["-chat", "non-reasoning", "nonthink", "-instruct", "2.5-flash-lite"];

/// How a model thinks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Thinking {
    /// Most tokens it thinks with; 0 for one that does not, or is told not to.
    #[serde(default)]
    pub tokens: u32,
    /// What its requests say of it, in the words of its vendor's interface: fields that are laid into the request.
    #[serde(default)]
    pub ask: Map<String, Value>,
}

/// What is wrong with how a model is said to think.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("more is set aside for thoughts than any model has")]
pub struct TooMuch;

impl Thinking {
    /// With so many tokens at the most, told in these words.
    fn told(tokens: u32, ask: Value) -> Self {
        Self { tokens, ask: if let Value::Object(ask) = ask { ask } else { Map::new() } }
    }

    /// How a model of this name thinks of which nobody has said it, in the language it is asked in. A name that nobody knows
    /// is taken for one that does not.
    #[must_use]
    pub fn usual(dialect: Dialect, model_name: &str) -> Self {
        let name = model_name.rsplit('/').next().unwrap_or(model_name).to_ascii_lowercase();
        let is_of = |families: &[&str]| families.iter().any(|family| is_of(&name, family));
        if QUIET.iter().any(|part| name.contains(part)) {
            return Self::default();
        }
        match dialect {
            Dialect::OpenAi if is_of(&OPENAIS) => Self::told(THINKING_TOKENS, json!({ "reasoning_effort": "low" })),
            Dialect::OpenAi if is_of(&ANTHROPICS) || is_of(&OTHERS) => Self::told(THINKING_TOKENS, Value::Null),
            Dialect::Anthropic if is_of(&ANTHROPICS) => {
                Self::told(THINKING_TOKENS, json!({ "output_config": { "effort": "low" } }))
            }
            Dialect::Gemini => gemini(&name),
            // Others are told not to think, and obey.
            Dialect::Ollama if is_of(&["gpt-oss"]) => Self::told(THINKING_TOKENS, json!({ "think": "low" })),
            Dialect::OpenAi | Dialect::Anthropic | Dialect::Ollama | Dialect::Runware | Dialect::Bria => {
                Self::default()
            }
        }
    }

    /// Whether a request with it can be made.
    ///
    /// # Errors
    /// [`TooMuch`].
    pub const fn check(&self) -> Result<(), TooMuch> {
        if self.tokens > THINKING_TOKENS_MAX { Err(TooMuch) } else { Ok(()) }
    }
}

/// Google's are told a level, and before there were levels a number of tokens.
fn gemini(name: &str) -> Thinking {
    let words = if generation(name).is_some_and(|generation| generation >= LEVELS_FROM) {
        json!({ "thinkingLevel": "low" })
    } else if name.contains("gemini-2.5") {
        json!({ "thinkingBudget": THINKING_TOKENS })
    } else {
        return Thinking::default();
    };
    Thinking::told(THINKING_TOKENS, json!({ "generationConfig": { "thinkingConfig": words } }))
}

/// The first number of a name such as `gemini-4-argon`; none for what is not of that family.
fn generation(name: &str) -> Option<u32> {
    let behind = name.split_once("gemini-")?.1;
    let digits = behind.split(|c: char| !c.is_ascii_digit()).next()?;
    digits.parse().ok()
}

fn is_of(name: &str, family: &str) -> bool {
    let Some(rest) = name.strip_prefix(family) else { return false };
    // `o30` and `gpt-50` are none of `o3` and `gpt-5`.
    !rest.starts_with(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn usual(dialect: Dialect, name: &str) -> (u32, String) {
        let Thinking { tokens, ask } = Thinking::usual(dialect, name);
        (tokens, Value::Object(ask).to_string())
    }

    #[test]
    fn models_that_think_are_known_by_their_family() {
        let low = (THINKING_TOKENS, r#"{"reasoning_effort":"low"}"#.to_owned());
        for name in ["gpt-5", "gpt-5-mini", "gpt-5.2", "gpt-6.1-sol", "o3", "o4-mini-2026-04-16", "openai/gpt-5.1"] {
            assert_eq!(usual(Dialect::OpenAi, name), low, "{name}");
        }
        let unasked = (THINKING_TOKENS, "{}".to_owned());
        for name in [
            "x-ai/grok-4.7",
            "deepseek/deepseek-v4-pro",
            "deepseek-r1:70b",
            "magistral-medium-latest",
            "qwen/qwen3-32b",
            "Qwen3-8B-Q4_K_M",
            "z-ai/glm-5.1",
            "anthropic/claude-opus-5.5",
            "google/gemini-3.8-flash",
            "gpt-oss-120b",
        ] {
            assert_eq!(usual(Dialect::OpenAi, name), unasked, "{name}");
        }
        let quiet = (0, "{}".to_owned());
        for name in [
            "gpt-4.1",
            "gpt-5-chat-latest",
            "gpt-50",
            "o30",
            "gpt-4o",
            "writer-1",
            "",
            "grok-4-1-fast-non-reasoning",
            "qwen3-235b-a22b-instruct-2507",
            "google/gemini-2.5-flash-lite",
            "claude-opus-4-8",
        ] {
            assert_eq!(usual(Dialect::OpenAi, name), quiet, "{name}");
        }
        let effort = (THINKING_TOKENS, r#"{"output_config":{"effort":"low"}}"#.to_owned());
        for name in ["claude-opus-5", "claude-sonnet-5-5", "claude-haiku-5-5", "claude-fable-5-2"] {
            assert_eq!(usual(Dialect::Anthropic, name), effort, "{name}");
        }
        assert_eq!(usual(Dialect::Anthropic, "claude-haiku-4-5"), quiet);
        assert_eq!(usual(Dialect::Ollama, "gpt-oss:20b"), (THINKING_TOKENS, r#"{"think":"low"}"#.to_owned()));
        assert_eq!(usual(Dialect::Ollama, "qwen3:8b"), quiet, "it is told not to");
    }

    #[test]
    fn googles_are_told_a_level_or_a_number() {
        let thinking =
            |words: Value| (THINKING_TOKENS, json!({ "generationConfig": { "thinkingConfig": words } }).to_string());
        assert_eq!(usual(Dialect::Gemini, "gemini-2.5-pro"), thinking(json!({ "thinkingBudget": THINKING_TOKENS })));
        for name in ["models/gemini-3-pro", "gemini-3.8-flash", "gemini-4-argon", "google/gemini-10-pro"] {
            assert_eq!(usual(Dialect::Gemini, name), thinking(json!({ "thinkingLevel": "low" })), "{name}");
        }
        for name in ["gemini-pro", "gemini-2.5-flash-lite", "gemini-2.0-flash", "gemma-3-27b-it", "writer-1"] {
            assert_eq!(usual(Dialect::Gemini, name), (0, "{}".to_owned()), "{name}");
        }
    }

    #[test]
    fn nobody_thinks_without_end() {
        assert_eq!(Thinking { tokens: THINKING_TOKENS_MAX, ..Thinking::default() }.check(), Ok(()));
        assert_eq!(Thinking { tokens: THINKING_TOKENS_MAX + 1, ..Thinking::default() }.check(), Err(TooMuch));
    }
}
