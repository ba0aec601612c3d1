//! Typed identifiers. Rows are numbered by SQLite inside one file; whatever must be named *before* it is stored (an
//! operation, a call, a transfer, an outbox entry) carries a time-ordered UUID made through the `Ids` port, so that a
//! repeated attempt collides with the first one instead of doubling it.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A text that is no id made here: not of the form, or all zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an id")]
pub struct NotAnId;

macro_rules! row_ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = std::num::ParseIntError;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )*};
}

macro_rules! key_ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// The 16 bytes as they stand in the database.
            #[must_use]
            pub fn as_bytes(&self) -> &[u8; 16] {
                self.0.as_bytes()
            }

            /// Reads 16 stored bytes; anything else is not an id.
            #[must_use]
            pub fn from_slice(bytes: &[u8]) -> Option<Self> {
                Uuid::from_slice(bytes).ok().map(Self)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.hyphenated().fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = NotAnId;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                let id = Uuid::parse_str(text).map_err(|_| NotAnId)?;
                // What nobody has made: whoever names it has left the id out.
                if id.is_nil() { Err(NotAnId) } else { Ok(Self(id)) }
            }
        }
    )*};
}

row_ids! {
    /// A destination with its own plan: a WordPress site or a folder.
    SiteId,
    /// A theme inside a site.
    SectorId,
    /// One search phrase in one sector.
    KeywordId,
    /// A group of keywords one article can answer.
    ClusterId,
    /// A titled brief.
    IdeaId,
    /// An idea queued to be written.
    TaskId,
    /// An article.
    ContentId,
    /// One image slot of an article.
    ImageId,
    /// A row of the model catalogue.
    ModelId,
    /// One paid unit waiting for or holding a worker.
    JobId,
    /// A notice to the user.
    NotificationId,
    /// One delivery of an article to its site, with its receipt.
    PublicationId,
    /// One wording of a prompt, never changed.
    PromptVersionId,
    /// Somebody who signs articles.
    AuthorId,
}

key_ids! {
    /// One AI function over n items, as the user started it.
    OperationId,
    /// One run of a pipeline, which its operations belong to.
    RunId,
    /// One paid request to a provider, all its attempts included.
    CallId,
    /// One line of the ledger.
    TransferId,
    /// One intended effect on a remote site.
    OutboxId,
    /// One command, however often it is sent: made when the question is put, before the first click.
    ClientKey,
}

impl CallId {
    /// The id of the transfer that resolves this call's hold. Derived, so that a second settle or release of the same
    /// call collides with the first instead of moving money again: the last byte of the call id is flipped, which no
    /// id made by the `Ids` port can equal because those differ in their random part.
    #[must_use]
    pub fn resolution(self) -> TransferId {
        let mut bytes = *self.0.as_bytes();
        if let Some(last) = bytes.last_mut() {
            *last ^= 0xFF;
        }
        TransferId(Uuid::from_bytes(bytes))
    }

    /// The id of the hold placed for this call.
    #[must_use]
    pub fn hold(self) -> TransferId {
        TransferId(self.0)
    }

    /// The id of the transfer that lapses what this call's hold gave back after its month had turned.
    #[must_use]
    pub fn lapse(self) -> TransferId {
        TransferId(Uuid::from_u128(self.0.as_u128() ^ 0xFFFF))
    }

    /// The id of the transfer that books what a call cost beyond its hold.
    #[must_use]
    pub fn shortfall(self) -> TransferId {
        let mut bytes = *self.0.as_bytes();
        if let Some(byte) = bytes.get_mut(14) {
            *byte ^= 0xFF;
        }
        TransferId(Uuid::from_bytes(bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_that_nobody_made_is_none() {
        let made = "0192f5c4-7c3e-7b1a-9d2e-3a4b5c6d7e8f";
        assert_eq!(made.parse::<ClientKey>().map(|key| key.to_string()), Ok(made.to_owned()));
        for text in ["", "x", "00000000-0000-0000-0000-000000000000", "00000000000000000000000000000000"] {
            assert_eq!(text.parse::<ClientKey>(), Err(NotAnId), "{text:?}");
            assert_eq!(text.parse::<OperationId>(), Err(NotAnId), "{text:?}");
        }
    }
}
