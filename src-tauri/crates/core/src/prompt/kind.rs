//! What there is a prompt for. The words stand in the database, on the command line and in the bindings.

use super::PromptVariable;
use crate::function::AiFunction;
use crate::status::{ContentStructure, ImageType, UnknownWord};

/// What a prompt is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PromptKind {
    /// Groups keywords.
    Clustering,
    /// Finds ideas for clusters.
    Ideas,
    /// What holds for every article.
    Content,
    /// What holds for articles that are built in this way; stands after [`Self::Content`].
    Structure(ContentStructure),
    /// Describes the pictures of an article.
    ImagePrompts,
    /// The style of pictures in this place; stands before what the picture shows.
    Image(ImageType),
    /// What a picture must not show, for models that can be told so.
    NegativePrompt,
}

impl PromptKind {
    /// Every kind, in the order of the pipeline.
    pub fn all() -> impl Iterator<Item = Self> {
        [Self::Clustering, Self::Ideas, Self::Content]
            .into_iter()
            .chain(ContentStructure::ALL.iter().copied().map(Self::Structure))
            .chain([Self::ImagePrompts])
            .chain(ImageType::ALL.iter().copied().map(Self::Image))
            .chain([Self::NegativePrompt])
    }

    /// The word as stored and shown to programs.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Clustering => "clustering",
            Self::Ideas => "ideas",
            Self::Content => "content",
            Self::Structure(structure) => match structure {
                ContentStructure::Article => "content_article",
                ContentStructure::Guide => "content_guide",
                ContentStructure::Comparison => "content_comparison",
                ContentStructure::Review => "content_review",
                ContentStructure::Listicle => "content_listicle",
                ContentStructure::LandingPage => "content_landing_page",
                ContentStructure::BusinessPage => "content_business_page",
                ContentStructure::ServicePage => "content_service_page",
                ContentStructure::General => "content_general",
                ContentStructure::ClusterHub => "content_cluster_hub",
                ContentStructure::ProductPage => "content_product_page",
                ContentStructure::CategoryArchive => "content_category_archive",
                ContentStructure::TagArchive => "content_tag_archive",
                ContentStructure::AttributeArchive => "content_attribute_archive",
            },
            Self::ImagePrompts => "image_prompts",
            Self::Image(ImageType::Featured) => "image_featured",
            Self::Image(ImageType::InArticle) => "image_in_article",
            Self::NegativePrompt => "image_negative",
        }
    }

    /// The function that reads it.
    #[must_use]
    pub const fn function(self) -> AiFunction {
        match self {
            Self::Clustering => AiFunction::AutoCluster,
            Self::Ideas => AiFunction::GenerateIdeas,
            Self::Content | Self::Structure(_) => AiFunction::GenerateContent,
            Self::ImagePrompts => AiFunction::GenerateImagePrompts,
            Self::Image(_) | Self::NegativePrompt => AiFunction::GenerateImages,
        }
    }

    /// The settings a template of this kind may name.
    #[must_use]
    pub const fn variables(self) -> &'static [PromptVariable] {
        use PromptVariable as V;
        match self {
            Self::Clustering => &[V::SiteName, V::Language],
            Self::Ideas => &[V::SiteName, V::Language, V::Tone, V::WordCount, V::AuthorName, V::AuthorBio],
            Self::Content | Self::Structure(_) => &[
                V::SiteName,
                V::Language,
                V::Tone,
                V::WordCount,
                V::ContentType,
                V::ContentStructure,
                V::Intent,
                V::AuthorName,
                V::AuthorBio,
                V::AuthorVoice,
            ],
            Self::ImagePrompts => &[V::SiteName, V::Language, V::ImagesMax],
            Self::Image(_) | Self::NegativePrompt => &[V::SiteName, V::BrandColor],
        }
    }
}

impl std::fmt::Display for PromptKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::str::FromStr for PromptKind {
    type Err = UnknownWord;
    fn from_str(word: &str) -> Result<Self, Self::Err> {
        Self::all()
            .find(|kind| kind.as_str() == word)
            .ok_or_else(|| UnknownWord { vocabulary: "PromptKind", word: word.to_owned() })
    }
}
