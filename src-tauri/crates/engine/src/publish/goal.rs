//! What a delivery is to make of a post. It follows from how the article stands when the delivery is taken in hand, and is
//! stored nowhere: so moves, edits and changes of mind that come before it are one, and none overtakes another.

use igny8_core::port::destination::{RemotePost, RemoteStatus};
use igny8_core::status::DeliveryStatus;
use igny8_core::time::UtcMs;
use igny8_store::table::content::ContentRow;
use igny8_store::table::outbox::OutboxRow;
use igny8_store::table::site::SiteRow;

/// What is due sooner is not handed over any more: WordPress publishes at once what is due within a minute, and the way
/// there takes some seconds.
pub(crate) const LEAD_MS: i64 = 2 * 60 * 1_000;

/// What a post is to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Goal {
    /// Public, at once.
    Public,
    /// Public at an instant, by the site itself.
    At(UtcMs),
    /// A draft again.
    Draft,
}

impl Goal {
    /// The goal of a delivery of an article; nothing when it has none any more.
    pub fn of(article: &ContentRow, outbox: &OutboxRow, now: UtcMs) -> Option<Self> {
        match article.delivery {
            DeliveryStatus::Publishing => Some(Self::Public),
            // What is due, or nearly so, is published at its time by whoever keeps the times.
            DeliveryStatus::Scheduled => {
                article.scheduled_publish_at.filter(|at| *at > now.plus_ms(LEAD_MS)).map(Self::At)
            }
            DeliveryStatus::NotPublished => {
                let may_be_there = article.handed_for.is_some() || outbox.may_have_been_public();
                (may_be_there && !outbox.remote_id.is_empty()).then_some(Self::Draft)
            }
            DeliveryStatus::Published | DeliveryStatus::Failed => None,
        }
    }

    /// The same at a site: a time that was chosen here is not handed over to one that does not publish by itself, and is
    /// taken back from one that did. A time that was chosen there stays there.
    pub fn at(self, site: &SiteRow, article: &ContentRow) -> Self {
        let is_ours = article.handed_for.is_none() || article.is_time_chosen_here;
        if matches!(self, Self::At(_)) && !site.publishes_itself() && is_ours { Self::Draft } else { self }
    }

    /// The state that is set.
    pub fn status(self) -> RemoteStatus {
        match self {
            Self::Public => RemoteStatus::Publish,
            Self::At(at) => RemoteStatus::Future(at),
            Self::Draft => RemoteStatus::Draft,
        }
    }

    /// Whether the site has moved on from what it was to have: it is public there already, or somebody gave it another time
    /// there. Then nothing is written: what it is there counts.
    pub fn is_overtaken(self, article: &ContentRow, before: &RemotePost) -> bool {
        match (self, &before.status) {
            (Self::Public, _) => false,
            (Self::At(_) | Self::Draft, RemoteStatus::Publish) => true,
            (Self::At(to), RemoteStatus::Future(at)) => {
                *at != to && article.handed_for.is_some_and(|handed| handed != *at)
            }
            (Self::At(_) | Self::Draft, RemoteStatus::Draft | RemoteStatus::Other(_))
            | (Self::Draft, RemoteStatus::Future(_)) => false,
        }
    }
}
