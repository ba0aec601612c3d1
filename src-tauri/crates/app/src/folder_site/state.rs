//! `post.json`: what a program needs to know of a post and no reader wants to see. Written last in every step: a post
//! is public only when this file says so too, and then all other files are there.

use super::disk;
use igny8_core::port::SiteError;
use igny8_core::port::destination::RemoteStatus;
use igny8_core::time::UtcMs;
use serde::{Deserialize, Serialize};
use std::path::Path;

/// The file's name.
pub(super) const STATE_FILE: &str = "post.json";

/// The form of the file. A newer one is not touched.
const FORMAT: u32 = 1;

/// A post's state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct PostState {
    /// Form of this file.
    pub(super) format: u32,
    /// The slug the post was begun under; never changes.
    pub(super) id: String,
    /// Page or post.
    pub(super) is_page: bool,
    /// `draft`, `publish` or `future`.
    pub(super) status: StatusWord,
    /// When it was begun, UTC milliseconds.
    pub(super) created_at: UtcMs,
    /// When it was last written, UTC milliseconds.
    pub(super) modified_at: UtcMs,
    /// When it first became public, UTC milliseconds; absent until then.
    pub(super) published_at: Option<UtcMs>,
    /// Its files.
    pub(super) media: Vec<MediaState>,
}

/// A post's state without its date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum StatusWord {
    Draft,
    Publish,
    Future,
}

impl StatusWord {
    /// The word of a state; states that only other systems have are refused.
    pub(super) fn of(status: &RemoteStatus) -> Result<Self, SiteError> {
        match status {
            RemoteStatus::Draft => Ok(Self::Draft),
            RemoteStatus::Publish => Ok(Self::Publish),
            RemoteStatus::Future(_) => Ok(Self::Future),
            RemoteStatus::Other(_) => Err(SiteError::Rejected { status: 0, code: "status".to_owned() }),
        }
    }

    /// The state, public or to become public at `date`.
    pub(super) fn at(self, date: UtcMs) -> RemoteStatus {
        match self {
            Self::Draft => RemoteStatus::Draft,
            Self::Publish => RemoteStatus::Publish,
            Self::Future => RemoteStatus::Future(date),
        }
    }
}

/// An image beside a post.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct MediaState {
    /// Its name in the post's folder.
    pub(super) file: String,
    /// SHA-256 of its bytes, hexadecimal.
    pub(super) sha256: String,
    /// Media type.
    pub(super) media_type: String,
    /// Text alternative.
    pub(super) alt: String,
    /// Title.
    pub(super) title: String,
}

impl PostState {
    /// A post that begins now.
    pub(super) fn begin(id: &str, is_page: bool, now: UtcMs) -> Self {
        Self {
            format: FORMAT,
            id: id.to_owned(),
            is_page,
            status: StatusWord::Draft,
            created_at: now,
            modified_at: now,
            published_at: None,
            media: Vec::new(),
        }
    }

    /// Reads the state of the post in `folder`.
    pub(super) fn read(folder: &Path) -> Result<Self, SiteError> {
        let text = disk::read_text(&folder.join(STATE_FILE))?;
        let state: Self = serde_json::from_str(&text).map_err(|_| SiteError::BadReply)?;
        let is_ours = state.format == FORMAT
            && disk::is_slug(&state.id)
            && state.media.iter().all(|media| disk::is_media_name(&media.file));
        if is_ours { Ok(state) } else { Err(SiteError::BadReply) }
    }

    /// Writes the state of the post in `folder`.
    pub(super) fn write(&self, folder: &Path) -> Result<(), SiteError> {
        let text = serde_json::to_string_pretty(self).map_err(|_| SiteError::BadReply)?;
        disk::write_whole(folder, STATE_FILE, format!("{text}\n").as_bytes())
    }
}
