//! The AI functions: their names everywhere they are written down, what each takes, and what each must answer.
//!
//! A function's input is typed. The built-in engine reads the typed input; vendors read the prompt made from it; both
//! answers go through the one parser in [`output`], so a model cannot do more than fill the fields it was asked for.

pub mod input;
pub mod output;

use crate::model::Model;
use crate::status::{ModelType, UnknownWord};
use serde::{Deserialize, Serialize};

/// A function that calls a model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AiFunction {
    /// Groups keywords.
    AutoCluster,
    /// Titles and briefs for clusters.
    GenerateIdeas,
    /// Writes an article.
    GenerateContent,
    /// Describes the images an article needs.
    GenerateImagePrompts,
    /// Makes the images.
    GenerateImages,
}

impl AiFunction {
    /// Every live function, in pipeline order.
    pub const ALL: &'static [Self] = &[
        Self::AutoCluster,
        Self::GenerateIdeas,
        Self::GenerateContent,
        Self::GenerateImagePrompts,
        Self::GenerateImages,
    ];

    /// The function's name in the task log.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::AutoCluster => "auto_cluster",
            Self::GenerateIdeas => "generate_ideas",
            Self::GenerateContent => "generate_content",
            Self::GenerateImagePrompts => "generate_image_prompts",
            Self::GenerateImages => "generate_images",
        }
    }

    /// The function's name in the books.
    #[must_use]
    pub const fn operation_type(self) -> &'static str {
        match self {
            Self::AutoCluster => "clustering",
            Self::GenerateIdeas => "idea_generation",
            Self::GenerateContent => "content_generation",
            Self::GenerateImagePrompts => "image_prompt_extraction",
            Self::GenerateImages => "image_generation",
        }
    }

    /// The stem of its notification types: `ai_image` gives `ai_image_success`, `ai_image_failed`, `ai_image_partial`.
    #[must_use]
    pub const fn notification_stem(self) -> &'static str {
        match self {
            Self::AutoCluster => "ai_cluster",
            Self::GenerateIdeas => "ai_ideas",
            Self::GenerateContent => "ai_content",
            Self::GenerateImagePrompts => "ai_prompts",
            Self::GenerateImages => "ai_image",
        }
    }

    /// Which kind of model it needs.
    #[must_use]
    pub const fn model_type(self) -> ModelType {
        match self {
            Self::AutoCluster | Self::GenerateIdeas | Self::GenerateContent | Self::GenerateImagePrompts => {
                ModelType::Text
            }
            Self::GenerateImages => ModelType::Image,
        }
    }

    /// How many items one call of `model` carries, at least 1. Articles, prompts and images go one by one whatever
    /// the model says: each is stored and charged by itself.
    #[must_use]
    pub fn items_per_call(self, model: &Model) -> usize {
        match self {
            Self::AutoCluster | Self::GenerateIdeas => usize::try_from(model.items_per_call).unwrap_or(1).max(1),
            Self::GenerateContent | Self::GenerateImagePrompts | Self::GenerateImages => 1,
        }
    }
}

impl std::fmt::Display for AiFunction {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

impl std::str::FromStr for AiFunction {
    type Err = UnknownWord;
    fn from_str(word: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .iter()
            .copied()
            .find(|f| f.name() == word)
            .ok_or_else(|| UnknownWord { vocabulary: "AiFunction", word: word.to_owned() })
    }
}
