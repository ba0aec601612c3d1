//! A place articles go to, as the steps of one publish: draft under our own slug, media by content hash, everything
//! later by id, status last, read back. The order is the engine's; an adapter does one step and says exactly how it
//! ended, because "never sent" and "sent, answer lost" need different next steps.

mod glance;

pub use glance::{GLANCES_MAX, PostPage, RemoteGlance};

use crate::port::vault::VaultError;
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
    /// Its id there.
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

/// How a step ended when it did not succeed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SiteError {
    /// The name does not resolve or nothing listens: never sent.
    #[error("unreachable")]
    Unreachable,
    /// The connection is not trustworthy: never sent.
    #[error("TLS failure")]
    Tls,
    /// Sent, and then nothing that says how it ended. The effect may exist.
    #[error("outcome unknown")]
    Unknown,
    /// Sent, and the server answered that it failed, which says nothing of how far it came. The effect may exist.
    #[error("server error {status}")]
    ServerError {
        /// HTTP status.
        status: u16,
    },
    /// Too many requests or maintenance; not done.
    #[error("busy")]
    Busy {
        /// How long the site asks to wait, in milliseconds.
        retry_after_ms: Option<u64>,
    },
    /// Name or password not accepted, or the header that carries them was removed on the way.
    #[error("not signed in")]
    Auth,
    /// Signed in, but not allowed.
    #[error("not allowed")]
    Forbidden {
        /// The site's code, such as `rest_cannot_publish`.
        code: String,
    },
    /// A web page where data belongs: a firewall, a login page or another program.
    #[error("a web page instead of data")]
    HtmlInsteadOfJson {
        /// HTTP status.
        status: u16,
    },
    /// The address is no WordPress, or its REST interface is off.
    #[error("not a WordPress REST interface")]
    NotWordPress,
    /// A redirect on a write, which is never followed.
    #[error("redirected")]
    Redirected {
        /// Where to.
        location: String,
    },
    /// No such item there.
    #[error("not found")]
    NotFound,
    /// Refused with a reason.
    #[error("rejected: {code}")]
    Rejected {
        /// HTTP status.
        status: u16,
        /// The site's code.
        code: String,
    },
    /// Data that is not what the interface documents.
    #[error("unreadable answer")]
    BadReply,
    /// The destination's folder cannot be written.
    #[error("the folder cannot be written")]
    Folder,
    /// No password is stored for this site.
    #[error("no password stored")]
    NoCredentials,
    /// The keyring that has the password could not be used.
    #[error("{0}")]
    Keyring(VaultError),
}

impl SiteError {
    /// Whether the effect may exist all the same, so that it must be looked up before it is tried again.
    #[must_use]
    pub const fn may_have_happened(&self) -> bool {
        matches!(self, Self::Unknown | Self::ServerError { .. } | Self::BadReply | Self::HtmlInsteadOfJson { .. })
    }

    /// What the site said beside that, to be shown with it: its own code, an HTTP status, or where it redirected to; empty
    /// when it said nothing.
    #[must_use]
    pub fn note(&self) -> String {
        match self {
            Self::Forbidden { code } | Self::Rejected { code, .. } => code.clone(),
            Self::Redirected { location } => location.clone(),
            Self::HtmlInsteadOfJson { status } | Self::ServerError { status } => status.to_string(),
            Self::Unreachable
            | Self::Tls
            | Self::Unknown
            | Self::Busy { .. }
            | Self::Auth
            | Self::NotWordPress
            | Self::NotFound
            | Self::BadReply
            | Self::Folder
            | Self::NoCredentials
            | Self::Keyring(_) => String::new(),
        }
    }

    /// The stable code that is stored and shown.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unreachable => "unreachable",
            Self::Tls => "tls",
            Self::Unknown => "outcome_unknown",
            Self::ServerError { .. } => "server_error",
            Self::Busy { .. } => "busy",
            Self::Auth => "auth",
            Self::Forbidden { .. } => "forbidden",
            Self::HtmlInsteadOfJson { .. } => "html_instead_of_json",
            Self::NotWordPress => "not_wordpress",
            Self::Redirected { .. } => "redirected",
            Self::NotFound => "not_found",
            Self::Rejected { .. } => "rejected",
            Self::BadReply => "bad_reply",
            Self::Folder => "folder",
            Self::NoCredentials | Self::Keyring(VaultError::NotFound) => "no_credentials",
            Self::Keyring(VaultError::Absent) => "keyring_absent",
            Self::Keyring(VaultError::Locked) => "keyring_locked",
            Self::Keyring(VaultError::Denied) => "keyring_denied",
            Self::Keyring(VaultError::Broken) => "keyring_broken",
            Self::Keyring(VaultError::TimedOut) => "keyring_timed_out",
        }
    }
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
    /// Finds a file by the name it was sent under.
    async fn find_media(&self, file_name: &str) -> Result<Option<RemoteMedia>, SiteError>;
    /// Places a file.
    async fn upload_media(&self, media: &MediaUpload) -> Result<RemoteMedia, SiteError>;
    /// Sets the text alternative of a file that is there, by id: doing it twice is the same as once.
    async fn describe_media(&self, id: &str, alt: &str) -> Result<RemoteMedia, SiteError>;
    /// Finds terms by name and makes those that are missing, in the order given.
    async fn ensure_terms(&self, taxonomy: Taxonomy, names: &[String]) -> Result<Vec<RemoteTerm>, SiteError>;
    /// Names of terms by id, for those that can be read. A place whose ids are names has none to tell.
    async fn term_names(&self, _taxonomy: Taxonomy, _ids: &[String]) -> Result<Vec<RemoteTerm>, SiteError> {
        Ok(Vec::new())
    }
    /// The article in this destination's own form: blocks, or plain HTML.
    fn render(&self, article: &Article) -> String;
    /// Sets everything of a post by id.
    async fn update_post(&self, id: &str, is_page: bool, update: &PostUpdate) -> Result<RemotePost, SiteError>;
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
}
