//! Delivering an article. Asking for it and doing it are two things: what is asked for is a row of the outbox, in the commit
//! that asks; whoever sends takes it from there, now or days later. Posting has no idempotency key on the other side, so
//! the order is what protects: a draft under our own unique slug, found again by that slug when its answer was lost;
//! everything later by id and therefore repeatable; the public status last; and "published" only after the post was read
//! back. What each step made is committed with the step, so that a delivery that was cut off goes on where it was.
//!
//! An id means something at one place only. A delivery is therefore bound to the place it was begun at, and before each
//! write by id the post is read and must be ours: it has one of the slugs that this delivery gave it. A post that is gone
//! before it can have been public is made anew under the same slug. One that may have been public and is in the trash,
//! gone or at another place is not: that is told, and a second post is made only by who asks for it.

mod asking;
mod attempt;
mod copied;
pub(crate) mod edits;
mod files;
mod goal;
mod handing;
mod known_terms;
pub(crate) mod our_post;
mod passage;
mod place;
mod prove;
pub(crate) mod receipt;
pub(crate) mod second;
mod sending;
mod steps;
pub(crate) mod tidying;

pub(crate) use asking::ask_for;
pub use copied::FROM_COPY;
pub use our_post::{MissingPost, is_post_missing, missing_by_status};
pub use passage::{Passage, Searched, Searching};
pub use receipt::Receipt;
pub use tidying::Tidied;

use crate::{Engine, EngineError};
use igny8_core::id::ContentId;
use igny8_core::outbox::Failing;
use igny8_core::port::SiteError;
use igny8_core::receipt::ReceiptField;
use igny8_core::time::UtcMs;

/// The code of a delivery that failed on this side: the disk is full.
pub const CUT_OFF: &str = "cut_off";
/// The code of a delivery that was not begun because the file of one of its pictures is gone.
pub const PICTURE_MISSING: &str = "picture_missing";
/// The code of a delivery that wrote nothing, because somebody else has changed the post since.
pub const POST_EDITED: &str = "post_edited";
/// The same, where all that was changed is that it is not public any more.
pub const POST_UNPUBLISHED: &str = "post_unpublished";
/// The code of a post that took everything and is not public.
const NOT_PUBLIC: &str = "not_published";

/// What is done about a post that may have been public and is missing on its site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LostPost {
    /// It is told, and nothing is made.
    Tell,
    /// Another post is made: the user knows.
    MakeAnew,
}

/// How a delivery ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Delivered {
    /// Read back from the site.
    Published {
        /// Its address.
        url: String,
        /// The proof.
        receipt: Receipt,
    },
    /// Not yet: it is tried again by itself.
    Waiting {
        /// What the user knows the site by.
        host: String,
        /// Why.
        error: SiteError,
        /// Not before this instant.
        until: UtcMs,
    },
    /// Not on the site, as far as we know, and not tried again by itself; the reason is stored with the article.
    Failed {
        /// What the user knows the site by.
        host: String,
        /// Why.
        error: SiteError,
    },
    /// Not begun: its post may have been public, and is in the site's trash, gone or at another place.
    PostMissing {
        /// What the user knows the site by.
        host: String,
        /// What became of it.
        how: MissingPost,
    },
    /// Nothing was written: somebody else has changed the post there. What is kept is a person's to decide.
    EditedThere {
        /// What the user knows the site by.
        host: String,
        /// What of it is not as it was.
        fields: Vec<ReceiptField>,
    },
    /// Not begun: the file of one of its pictures is gone. The picture is marked as failed, so that it can be made again.
    PictureMissing {
        /// What the user knows the site by.
        host: String,
    },
}

/// How a delivery that was taken in hand ended.
pub(crate) enum Ended {
    /// It was to be public at once, or did not come to its end.
    Delivered(Delivered),
    /// The site has it as it was to have it: for its time, or as a draft.
    Settled,
    /// It had nothing to do any more.
    Lapsed,
}

impl Delivered {
    /// Whether it waits because its site is down, or was not asked for want of its password.
    #[must_use]
    pub fn met_no_site(&self) -> bool {
        matches!(self, Self::Waiting { error, .. } if matches!(error.failing(), Failing::Down { .. } | Failing::LockedHere))
    }
}

/// The code of a delivery that met what somebody else has changed.
#[must_use]
pub fn edited_code(fields: &[ReceiptField]) -> &'static str {
    if fields == [ReceiptField::Status] { POST_UNPUBLISHED } else { POST_EDITED }
}

/// How each of several deliveries ended, in their order.
pub type AllDelivered = Vec<(ContentId, Result<Delivered, EngineError>)>;

impl Engine {
    /// Publishes one approved article now and reads it back. One that the site has in an older state is brought up to
    /// date there, in the same post.
    ///
    /// # Errors
    /// [`EngineError::WrongState`] when it is not approved, or is on the site as it is here, once whoever has it in hand is done;
    /// [`EngineError::NotFound`] when it or its site is not there. A site's failure is a result, not an error: see
    /// [`Delivered`].
    pub async fn publish(&self, content: ContentId) -> Result<Delivered, EngineError> {
        self.publish_as(content, LostPost::Tell).await
    }

    async fn publish_as(&self, content: ContentId, lost: LostPost) -> Result<Delivered, EngineError> {
        loop {
            let mut ended = std::pin::pin!(self.delivery_ended.notified());
            // Listening begins before the look, so that an end in between is not missed.
            ended.as_mut().enable();
            match self.ask_and_take(content, lost).await? {
                Some((outbox, article)) => {
                    // What was asked for otherwise meanwhile is asked for again.
                    if let Ended::Delivered(delivered) = self.attempt(&outbox, &article).await? {
                        return Ok(delivered);
                    }
                }
                None => ended.await,
            }
        }
    }

    /// Publishes articles in the order given, one after the other. One that fails, for whatever reason, keeps no other
    /// waiting. `lost` says what is done for those whose post is missing.
    pub async fn publish_all(&self, contents: &[ContentId], lost: LostPost) -> AllDelivered {
        let mut delivered = Vec::with_capacity(contents.len());
        for content in contents {
            delivered.push((*content, self.publish_as(*content, lost).await));
        }
        delivered
    }
}
