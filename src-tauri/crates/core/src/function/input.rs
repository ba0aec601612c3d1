//! Typed inputs of the AI functions: all a model may know about an item, and nothing it may act on. The engine makes them
//! from rows, adapters read them. Of an input only its [`Siblings`] are kept, and only while its call is open: the rows
//! they were read from change, and what is asked for once more must be what was asked for.

use crate::id::{ClusterId, KeywordId};
use crate::status::{ContentStructure, ContentType, Intent};
use serde::{Deserialize, Serialize};

/// The input of one text call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TextInput {
    /// Group these keywords.
    AutoCluster(ClusterInput),
    /// Titles and briefs for these clusters.
    GenerateIdeas(IdeasInput),
    /// One article.
    GenerateContent(Box<ContentInput>),
    /// Image descriptions for one article.
    GenerateImagePrompts(Box<ImagePromptsInput>),
}

impl TextInput {
    /// What tells one answer that is worth keeping from another: all of the input but the articles that one could link to,
    /// which grow while its siblings are written. Titles and names that are there already count: who asks again once they
    /// are there asks for more, and not for the same.
    #[must_use]
    pub fn wish(&self) -> Self {
        match self {
            Self::GenerateContent(_) => self.clone().among(Siblings::default()),
            Self::AutoCluster(_) | Self::GenerateIdeas(_) | Self::GenerateImagePrompts(_) => self.clone(),
        }
    }

    /// What it names beside its own items.
    #[must_use]
    pub fn siblings(&self) -> Siblings {
        let (names, related) = match self {
            Self::AutoCluster(input) => (input.existing.clone(), Vec::new()),
            Self::GenerateIdeas(input) => (input.existing_titles.clone(), Vec::new()),
            Self::GenerateContent(input) => (Vec::new(), input.related.clone()),
            Self::GenerateImagePrompts(_) => (Vec::new(), Vec::new()),
        };
        Siblings { names, related }
    }

    /// The same about the same items, with these beside them.
    #[must_use]
    pub fn among(mut self, siblings: Siblings) -> Self {
        match &mut self {
            Self::AutoCluster(input) => input.existing = siblings.names,
            Self::GenerateIdeas(input) => input.existing_titles = siblings.names,
            Self::GenerateContent(input) => input.related = siblings.related,
            Self::GenerateImagePrompts(_) => {}
        }
        self
    }
}

/// What an input names beside its own items: what is there already, and may have been made a moment ago by units of the
/// same operation. It changes without anybody having changed a wish.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Siblings {
    /// Names of clusters, or titles of ideas.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<String>,
    /// Articles that could be linked to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub related: Vec<RelatedArticle>,
}

impl Siblings {
    /// Whether nothing is named.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.names.is_empty() && self.related.is_empty()
    }
}

/// What every function knows about the site it works for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteContext {
    /// The site's name.
    pub name: String,
    /// The sector's name; empty when the items come from several.
    pub sector: String,
    /// BCP 47 language of the texts, such as `en`.
    pub language: String,
    /// `#rrggbb` brand colour, used by rendered images.
    pub brand_color: String,
}

/// Keywords to group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClusterInput {
    /// Where they belong.
    pub site: SiteContext,
    /// What to group.
    pub keywords: Vec<KeywordInput>,
    /// Names of clusters that exist already and may be joined.
    pub existing: Vec<String>,
}

/// One keyword as a model sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeywordInput {
    /// Row id; answers name keywords by it.
    pub id: KeywordId,
    /// The phrase.
    pub text: String,
    /// Monthly searches, unknown when absent.
    pub volume: Option<i64>,
    /// 0–100, unknown when absent.
    pub difficulty: Option<i64>,
    /// Known or guessed intent.
    pub intent: Option<Intent>,
}

/// Clusters to find ideas for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdeasInput {
    /// Where they belong.
    pub site: SiteContext,
    /// The clusters.
    pub clusters: Vec<ClusterBrief>,
    /// Titles that exist already on the site and must not be repeated.
    pub existing_titles: Vec<String>,
    /// Words the site's articles are planned with; absent where the topic decides. Left out of the data then, so that a
    /// request stays the same for a site that never said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub word_count: Option<u32>,
}

/// One cluster as a model sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClusterBrief {
    /// Row id; answers name clusters by it.
    pub id: ClusterId,
    /// Its name.
    pub name: String,
    /// What it is about.
    pub description: String,
    /// Its keywords, strongest first.
    pub keywords: Vec<KeywordInput>,
}

/// One article to write.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContentInput {
    /// Where it belongs.
    pub site: SiteContext,
    /// Working title.
    pub title: String,
    /// The brief.
    pub description: String,
    /// Strongest keyword.
    pub primary_keyword: String,
    /// The others.
    pub secondary_keywords: Vec<String>,
    /// The cluster's name; empty when the idea has none.
    pub cluster: String,
    /// Kind of page.
    pub content_type: ContentType,
    /// How it is built.
    pub structure: ContentStructure,
    /// What the searcher wants.
    pub intent: Intent,
    /// Words to aim for, 100–10,000.
    pub word_count_target: u32,
    /// Articles of the same site that it could link to.
    pub related: Vec<RelatedArticle>,
    /// Changes with each wished-for variation of the same article.
    pub variation: u32,
}

/// An article of the same site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RelatedArticle {
    /// Its title.
    pub title: String,
    /// Its slug.
    pub slug: String,
}

/// Most images inside one article: more would outweigh the text.
pub const IN_ARTICLE_IMAGES_MAX: u32 = 4;
/// Images inside one article unless the user says otherwise: one for every few sections.
pub const IN_ARTICLE_IMAGES: u32 = 2;

/// One article to illustrate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImagePromptsInput {
    /// Where it belongs.
    pub site: SiteContext,
    /// Its title.
    pub title: String,
    /// Its second-level headings, in order.
    pub headings: Vec<String>,
    /// Its opening, plain text.
    pub excerpt: String,
    /// Its strongest keyword.
    pub primary_keyword: String,
    /// Most images inside the text, at most [`IN_ARTICLE_IMAGES_MAX`].
    pub in_article_max: u32,
}
