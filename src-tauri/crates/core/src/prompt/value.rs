//! The settings a template can name. All of them are the user's own words or words of closed vocabularies: nothing that
//! was imported, fetched or written by a model is among them. Texts are one line, bounded, and without the characters
//! that markers are made of, so that no value ends an instruction or forges a marker.

use super::PromptKind;
use crate::function::output::{TITLE_CHARS_MAX, clean_line};
use crate::status::{ArticleLength, ContentStructure, ContentType, Intent, Tone};
use std::collections::BTreeMap;

/// Longest note on an author, in characters: some ten sentences, which stand in each call for an article.
pub const AUTHOR_NOTE_CHARS_MAX: usize = 1_000;

/// A setting by the name under which a template knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PromptVariable {
    /// The site's name.
    SiteName,
    /// The site's language.
    Language,
    /// The site's tone; empty while none is chosen.
    Tone,
    /// Words to aim for; empty where nobody has said.
    WordCount,
    /// Kind of page.
    ContentType,
    /// How the article is built.
    ContentStructure,
    /// What the searcher wants.
    Intent,
    /// The author's name; empty without one.
    AuthorName,
    /// Who the author is.
    AuthorBio,
    /// How the author writes.
    AuthorVoice,
    /// Most pictures inside the article.
    ImagesMax,
    /// The site's colour.
    BrandColor,
}

impl PromptVariable {
    /// Every variable.
    pub const ALL: &'static [Self] = &[
        Self::SiteName,
        Self::Language,
        Self::Tone,
        Self::WordCount,
        Self::ContentType,
        Self::ContentStructure,
        Self::Intent,
        Self::AuthorName,
        Self::AuthorBio,
        Self::AuthorVoice,
        Self::ImagesMax,
        Self::BrandColor,
    ];

    /// Its name in a template.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::SiteName => "site_name",
            Self::Language => "language",
            Self::Tone => "tone",
            Self::WordCount => "word_count",
            Self::ContentType => "content_type",
            Self::ContentStructure => "content_structure",
            Self::Intent => "intent",
            Self::AuthorName => "author_name",
            Self::AuthorBio => "author_bio",
            Self::AuthorVoice => "author_voice",
            Self::ImagesMax => "images_max",
            Self::BrandColor => "brand_color",
        }
    }

    /// A value it may have: shown beside its name, and what a template is tried with before it is kept.
    #[must_use]
    pub const fn example(self) -> &'static str {
        match self {
            Self::SiteName => "Field Notes",
            Self::Language => "en",
            Self::Tone => "friendly",
            Self::WordCount => "1500",
            Self::ContentType => "post",
            Self::ContentStructure => "guide",
            Self::Intent => "informational",
            Self::AuthorName => "Ada Moor",
            Self::AuthorBio => "Has repaired boots for twenty years.",
            Self::AuthorVoice => "Short sentences, dry humour, no superlatives.",
            Self::ImagesMax => "2",
            Self::BrandColor => "#4453c7",
        }
    }
}

/// Who signs the articles of a site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Author {
    /// The name.
    pub name: String,
    /// Who that is.
    pub bio: String,
    /// How they write.
    pub voice: String,
}

/// How a site speaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteVoice {
    /// Its name.
    pub site_name: String,
    /// BCP 47 language.
    pub language: String,
    /// `#rrggbb`.
    pub brand_color: String,
    /// Its tone; `None` leaves it to the model.
    pub tone: Option<Tone>,
    /// How long its articles are; `None` leaves it to the topic.
    pub length: Option<ArticleLength>,
    /// Who signs its articles.
    pub author: Option<Author>,
}

/// The values of one rendering. A variable that has none is the empty text, so that a template can ask for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PromptValues {
    values: BTreeMap<PromptVariable, String>,
}

impl PromptValues {
    /// What a site says about itself.
    #[must_use]
    pub fn of_site(voice: &SiteVoice) -> Self {
        let author = voice.author.as_ref();
        Self::default()
            .text(PromptVariable::SiteName, &voice.site_name)
            .text(PromptVariable::Language, &voice.language)
            .text(PromptVariable::BrandColor, &voice.brand_color)
            .text(PromptVariable::Tone, voice.tone.map_or("", Tone::as_str))
            .number(PromptVariable::WordCount, voice.length.map(ArticleLength::words))
            .text(PromptVariable::AuthorName, author.map_or("", |author| &author.name))
            .text(PromptVariable::AuthorBio, author.map_or("", |author| &author.bio))
            .text(PromptVariable::AuthorVoice, author.map_or("", |author| &author.voice))
    }

    /// An example of each variable of a kind.
    #[must_use]
    pub fn examples(kind: PromptKind) -> Self {
        kind.variables().iter().fold(Self::default(), |values, variable| values.text(*variable, variable.example()))
    }

    /// With the facts of one article.
    #[must_use]
    pub fn of_article(
        self,
        content_type: ContentType,
        structure: ContentStructure,
        intent: Intent,
        word_count: u32,
    ) -> Self {
        self.text(PromptVariable::ContentType, content_type.as_str())
            .text(PromptVariable::ContentStructure, structure.as_str())
            .text(PromptVariable::Intent, intent.as_str())
            .number(PromptVariable::WordCount, Some(word_count))
    }

    /// With the most pictures inside an article.
    #[must_use]
    pub fn of_pictures(self, images_max: u32) -> Self {
        self.number(PromptVariable::ImagesMax, Some(images_max))
    }

    /// The value of a variable.
    pub(super) fn get(&self, variable: PromptVariable) -> &str {
        self.values.get(&variable).map_or("", String::as_str)
    }

    fn text(mut self, variable: PromptVariable, text: &str) -> Self {
        let max = match variable {
            PromptVariable::AuthorBio | PromptVariable::AuthorVoice => AUTHOR_NOTE_CHARS_MAX,
            _ => TITLE_CHARS_MAX,
        };
        self.values.insert(variable, clean_line(&text.replace(['<', '>'], " "), max));
        self
    }

    fn number(mut self, variable: PromptVariable, number: Option<u32>) -> Self {
        self.values.insert(variable, number.map(|number| number.to_string()).unwrap_or_default());
        self
    }
}
