//! Many posts at once: those that are known, at a glance, and those that a site has, page by page.

use super::{RemotePost, RemoteStatus};
use crate::time::UtcMs;

/// Posts that are looked at in one request: as many as WordPress puts on a page.
pub const GLANCES_MAX: usize = 100;

/// As much of a post as says whether it is worth reading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RemoteGlance {
    /// Its id there.
    pub id: String,
    /// Its slug as stored there.
    pub slug: String,
    /// Its title as stored there.
    pub title: String,
    /// Its state.
    pub status: RemoteStatus,
    /// When it became public or is to.
    pub date: Option<UtcMs>,
    /// Last change there, as the site says it; empty where it says nothing.
    pub modified: String,
}

impl RemoteGlance {
    /// What a glance sees of a post.
    #[must_use]
    pub fn of(post: RemotePost) -> Self {
        let RemotePost { id, slug, title, status, date, modified, .. } = post;
        Self { id, slug, title, status, date, modified }
    }
}

/// A page of the posts that a site has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PostPage {
    /// The posts, oldest first.
    pub posts: Vec<RemotePost>,
    /// How many there are on all pages.
    pub total: u32,
    /// Another page may follow.
    pub has_more: bool,
}
