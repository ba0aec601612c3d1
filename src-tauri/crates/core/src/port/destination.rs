//! A place articles go to, as the steps of one publish: draft under our own slug, media by content hash, everything
//! later by id, status last, read back. The order is the engine's; an adapter does one step and says exactly how it
//! ended, because "never sent" and "sent, answer lost" need different next steps.

mod failure;
mod glance;

pub use failure::SiteError;
pub use glance::{GLANCES_MAX, PostPage, RemoteGlance};

use crate::time::UtcMs;
use async_trait::async_trait;
use serde::{Deserialize, Serialize};

/// What a site is and may do, as found by asking it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteProbe {
    /// Its own name.
    pub name: String,
    /// Its public address.
    pub home_url: String,
    /// The address it is kept under from now on; empty where that is not the site's to say.
    #[serde(default)]
    pub address: String,
    /// The address its API answers at.
    pub api_url: String,
    /// IANA zone or offset, as the site says it; empty when it says none.
    pub timezone: String,
    /// Who we are there.
    pub user_name: String,
    /// The number we are known by there; empty where there is none, and where the site was asked before it was noted.
    #[serde(default)]
    pub user_id: String,
    /// Role names we have there.
    pub roles: Vec<String>,
    /// May publish posts.
    pub can_publish: bool,
    /// May upload files.
    pub can_upload: bool,
    /// Version of the software, when it says.
    pub version: String,
    /// What it has to publish with.
    #[serde(default)]
    pub offers: SiteOffers,
}

/// What a site has to publish with, as far as this user may see it. Each list is empty where the site did not say.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteOffers {
    /// Kinds of posts that have pages of their own.
    pub post_types: Vec<Named>,
    /// Taxonomies of those.
    pub taxonomies: Vec<Named>,
    /// Users who may be named as an author, the first hundred.
    pub authors: Vec<Named>,
    /// Plugins that write titles and descriptions for search results, by the name people know them by.
    pub seo_plugins: Vec<String>,
    /// How title and description for search results can be written, for each kind of post that articles become.
    pub seo_paths: Vec<SeoPath>,
}

/// Something of a site that has a name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// What the site knows it by.
    pub id: String,
    /// What people know it by.
    pub name: String,
}

/// How title and description for search results reach one kind of post.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeoPath {
    /// Id of the kind of post.
    pub post_type: String,
    /// The way.
    pub way: SeoWay,
}

/// A way to write title and description for search results.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SeoWay {
    /// Fields of Yoast that the REST interface lets be written.
    YoastFields,
    /// Those of SEOPress.
    SeoPressFields,
    /// Those of The SEO Framework.
    FrameworkFields,
    /// An address of Rank Math's own.
    RankMath,
    /// Only the excerpt, which plugins and themes show for want of a description; a title cannot be written.
    Excerpt,
}

/// A post to begin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftPost {
    /// Our own unique slug: the handle by which a lost answer is found again.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// Post or page.
    pub is_page: bool,
}

/// A file to place beside the post.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MediaUpload {
    /// Post it belongs to.
    pub post_id: String,
    /// ASCII file name that contains the content hash, so that an unclear upload can be looked up.
    pub file_name: String,
    /// Media type.
    pub media_type: String,
    /// The file.
    pub bytes: Vec<u8>,
    /// Text alternative.
    pub alt: String,
    /// Words below it; empty for none.
    pub caption: String,
    /// Title.
    pub title: String,
}

/// A file that is there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemoteMedia {
    /// Its id there.
    pub id: String,
    /// Where it is served.
    pub url: String,
    /// Its text alternative as stored there.
    pub alt: String,
}

/// A term kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Taxonomy {
    /// Categories.
    Category,
    /// Tags.
    Tag,
}

/// A term that is there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemoteTerm {
    /// Its id there; empty for one that is not there and that we may not make.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// The article in the form a destination renders from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Article {
    /// Canonical, sanitised HTML without images.
    pub html: String,
    /// In-article images in order, already placed on the site.
    pub images: Vec<PlacedImage>,
}

/// An in-article image that the site has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlacedImage {
    /// Its id there.
    pub remote_id: String,
    /// Where it is served.
    pub url: String,
    /// Its text alternative.
    pub alt: String,
    /// Heading it stands under; the section of the same position when no heading matches.
    pub heading: String,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
}

/// All of a post that is set by id. Setting it twice is the same as once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PostUpdate {
    /// Its title.
    pub title: String,
    /// The clean slug, set together with the final status.
    pub slug: String,
    /// The body in the destination's own form, made by [`Destination::render`].
    pub content: String,
    /// Summary.
    pub excerpt: String,
    /// Title for search results.
    pub meta_title: String,
    /// Description for search results; a place without a field for it may put it into the summary.
    pub meta_description: String,
    /// Category ids there.
    pub categories: Vec<RemoteTerm>,
    /// Tag ids there.
    pub tags: Vec<RemoteTerm>,
    /// Id of the featured image there.
    pub featured_media: Option<String>,
    /// The state it ends in.
    pub status: RemoteStatus,
}

/// A post's state on the site.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum RemoteStatus {
    /// Not public.
    #[default]
    Draft,
    /// Public.
    Publish,
    /// Becomes public at a time.
    Future(UtcMs),
    /// Anything else, in the site's own word.
    Other(String),
}

impl RemoteStatus {
    /// The site's word for a post that was thrown away. It can still be read and written by id.
    pub const TRASHED: &str = "trash";
    /// The word for a post that is not there any more, where a site has none.
    pub const GONE: &str = "gone";

    /// The site's word.
    #[must_use]
    pub fn word(&self) -> &str {
        match self {
            Self::Draft => "draft",
            Self::Publish => "publish",
            Self::Future(_) => "future",
            Self::Other(word) => word,
        }
    }
}

/// A post as the site has it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemotePost {
    /// Its id there.
    pub id: String,
    /// Its public address.
    pub url: String,
    /// Its slug as stored there.
    pub slug: String,
    /// Its title as stored there.
    pub title: String,
    /// Its state.
    pub status: RemoteStatus,
    /// When it became public or is to; absent where the place does not say, and before.
    pub date: Option<UtcMs>,
    /// Id of its author; empty where the place knows none.
    pub author: String,
    /// Its raw body.
    pub content: String,
    /// Its summary.
    pub excerpt: String,
    /// Ids of its categories.
    pub categories: Vec<String>,
    /// Ids of its tags.
    pub tags: Vec<String>,
    /// Id of its featured image.
    pub featured_media: Option<String>,
    /// What of it is for search results.
    pub search: SearchFields,
    /// Last change there, as the site says it.
    pub modified: String,
}

/// What search results are to show of a post, as the place has it. Absent is what the place has no field for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchFields {
    /// Title.
    pub title: Option<String>,
    /// Description.
    pub description: Option<String>,
}

/// One place articles go to.
#[async_trait]
pub trait Destination: Send + Sync {
    /// Asks who we are there and what we may do.
    async fn probe(&self) -> Result<SiteProbe, SiteError>;
    /// Takes back what we sign in with, so that nobody can use it any more. A destination that nobody signs in to has
    /// nothing to take back.
    async fn sign_out(&self) -> Result<(), SiteError> {
        Ok(())
    }
    /// Begins a post as a draft with our slug.
    async fn create_draft(&self, post: &DraftPost) -> Result<RemotePost, SiteError>;
    /// Finds a post by slug in any state (`slug`, or the site's own `slug-2`, `slug-3`).
    async fn find_post(&self, slug: &str, is_page: bool) -> Result<Option<RemotePost>, SiteError>;
    /// All posts of a slug of ours, or of the site's own `slug-2`, `slug-3`, in any state but the trash. The one that was made
    /// first comes first.
    async fn posts_named(&self, slug: &str, is_page: bool) -> Result<Vec<RemotePost>, SiteError> {
        Ok(self.find_post(slug, is_page).await?.into_iter().collect())
    }
    /// All files of a name of ours that belong to a post, also where the site put a number behind it. The one that was placed
    /// first comes first.
    async fn media_named(&self, file_name: &str, _post_id: &str) -> Result<Vec<RemoteMedia>, SiteError> {
        Ok(self.find_media(file_name).await?.into_iter().collect())
    }
    /// Puts a text into a draft of ours and touches nothing else. A place that refuses no texts has nothing to try.
    async fn try_text(&self, _id: &str, _content: &str) -> Result<(), SiteError> {
        Ok(())
    }
    /// Takes a draft away for good. A place where none is made twice has none to take away.
    async fn remove_draft(&self, _id: &str, _is_page: bool) -> Result<(), SiteError> {
        Ok(())
    }
    /// Takes a file away for good, as [`Destination::remove_draft`].
    async fn remove_media(&self, _id: &str) -> Result<(), SiteError> {
        Ok(())
    }
    /// Finds a file by the name it was sent under.
    async fn find_media(&self, file_name: &str) -> Result<Option<RemoteMedia>, SiteError>;
    /// The same of several files: those that are there, each with its name.
    async fn find_several_media(&self, file_names: &[String]) -> Result<Vec<(String, RemoteMedia)>, SiteError> {
        let mut found = Vec::new();
        for name in file_names {
            found.extend(self.find_media(name).await?.map(|media| (name.clone(), media)));
        }
        Ok(found)
    }
    /// Places a file.
    async fn upload_media(&self, media: &MediaUpload) -> Result<RemoteMedia, SiteError>;
    /// Sets the text alternative of a file that is there, by id: doing it twice is the same as once.
    async fn describe_media(&self, id: &str, alt: &str) -> Result<RemoteMedia, SiteError>;
    /// Finds terms by name and makes those that are missing, in the order given. One that is missing and may not be made by
    /// us has no id: an article goes out without it, and its proof says so.
    async fn ensure_terms(&self, taxonomy: Taxonomy, names: &[String]) -> Result<Vec<RemoteTerm>, SiteError>;
    /// Names of terms by id, for those that can be read. A place whose ids are names has none to tell.
    async fn term_names(&self, _taxonomy: Taxonomy, _ids: &[String]) -> Result<Vec<RemoteTerm>, SiteError> {
        Ok(Vec::new())
    }
    /// The article in this destination's own form: blocks, or plain HTML.
    fn render(&self, article: &Article) -> String;
    /// Sets everything of a post by id.
    async fn update_post(&self, id: &str, is_page: bool, update: &PostUpdate) -> Result<RemotePost, SiteError>;
    /// Makes a draft of a post again and takes its date off, by id; nothing else of it changes.
    async fn take_back(&self, id: &str, is_page: bool) -> Result<RemotePost, SiteError>;
    /// What time it is there; nothing for a place that goes by the clock of this computer.
    async fn clock(&self) -> Result<Option<UtcMs>, SiteError> {
        Ok(None)
    }
    /// Has the place look after what is due there. A place that does nothing by itself has nothing to look after.
    async fn nudge(&self) -> Result<(), SiteError> {
        Ok(())
    }
    /// Reads a post as its editor sees it.
    async fn read_post(&self, id: &str, is_page: bool) -> Result<RemotePost, SiteError>;
    /// Looks at posts by id, in any state, at most [`GLANCES_MAX`] at once. Those that are not there, or not told to us,
    /// are left out.
    async fn glance(&self, ids: &[String], is_page: bool) -> Result<Vec<RemoteGlance>, SiteError> {
        let mut found = Vec::with_capacity(ids.len());
        for id in ids {
            match self.read_post(id, is_page).await {
                Ok(post) => found.push(RemoteGlance::of(post)),
                Err(SiteError::NotFound) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(found)
    }
    /// A page, from 1, of the posts or pages that are public there. A place that holds nothing but ours has none to tell.
    async fn list_posts(&self, _is_page: bool, _page: u32) -> Result<PostPage, SiteError> {
        Ok(PostPage::default())
    }
    /// Whether such a post has no place for its description but the summary.
    fn describes_in_excerpt(&self, _is_page: bool) -> bool {
        false
    }
    /// What search results are to show of a post that was read, where that is not among its fields.
    async fn read_search(
        &self,
        post: &RemotePost,
        _is_page: bool,
        _sent: &PostUpdate,
    ) -> Result<SearchFields, SiteError> {
        Ok(post.search.clone())
    }
    /// Reads a file's description.
    async fn read_media(&self, id: &str) -> Result<RemoteMedia, SiteError>;
    /// The same of several files. Those that are not there are left out.
    async fn read_several_media(&self, ids: &[String]) -> Result<Vec<RemoteMedia>, SiteError> {
        let mut found = Vec::with_capacity(ids.len());
        for id in ids {
            match self.read_media(id).await {
                Ok(media) => found.push(media),
                Err(SiteError::NotFound) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(found)
    }
}
