//! What some of the words stand for, in numbers and in other languages than ours.

use super::{ArticleLength, Dialect, ImageFormat, ModelType};

impl Dialect {
    /// Those in which texts are written.
    pub const OF_TEXTS: &'static [Self] = &[Self::OpenAi, Self::Anthropic, Self::Gemini, Self::Ollama];
    /// Those in which pictures are made.
    pub const OF_PICTURES: &'static [Self] = &[Self::OpenAi, Self::Gemini, Self::Runware, Self::Bria];

    /// Whether models of this kind are asked in it.
    #[must_use]
    pub fn has(self, model_type: ModelType) -> bool {
        match model_type {
            ModelType::Text => Self::OF_TEXTS.contains(&self),
            ModelType::Image => Self::OF_PICTURES.contains(&self),
        }
    }
}

impl ImageFormat {
    /// The media type.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::WebP => "image/webp",
        }
    }

    /// The file ending, without the dot.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::WebP => "webp",
        }
    }
}

impl ArticleLength {
    /// Words an article of this length is planned with.
    #[must_use]
    pub const fn words(self) -> u32 {
        match self {
            Self::Short => 800,
            Self::Medium => 1_500,
            Self::Long => 2_500,
        }
    }
}
