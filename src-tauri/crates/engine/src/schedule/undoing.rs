//! Taking back what was done to times. What a command answers of an article says all that stood there before, and given
//! back puts it there again: its time, that it was missed, that somebody wants no time for it, and the delivery that was
//! parked. All of it in one commit, and only as long as nobody has changed any of it since.

use super::{check, clear_the_way};
use crate::operation::not_found;
use crate::{Engine, EngineError};
use igny8_core::id::{ContentId, OutboxId};
use igny8_core::status::DeliveryStatus;
use igny8_core::time::UtcMs;
use igny8_core::zone::Wall;
use igny8_store::table::content::{ContentRow, FormerTime};
use igny8_store::table::outbox::OutboxState;
use igny8_store::{Read, StoreError, Write};

/// How an article stood before its time was set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Former {
    /// Its time, and what was said of it.
    pub time: FormerTime,
    /// The delivery that was parked, with its reason and what the site said; `None` where none was.
    pub parked: Option<(OutboxId, String, String)>,
}

/// An article whose time is to be put back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PutBack {
    /// The article.
    pub content: ContentId,
    /// The time that was set; `None` where it was taken away.
    pub set: Option<UtcMs>,
    /// How it stood before.
    pub former: Former,
}

impl Former {
    pub(super) fn of(read: &Read<'_>, row: &ContentRow) -> Result<Self, StoreError> {
        let outbox = read.latest_outbox(row.id)?;
        let parked = outbox.filter(|outbox| outbox.state == OutboxState::Failed && !outbox.is_discarded);
        let parked = parked.map(|outbox| (outbox.id, outbox.error_code, outbox.error_note));
        Ok(Self { time: read.standing_time(row.id)?, parked })
    }

    /// Whether this is something that can have stood there, at `now`.
    fn check(&self, now: UtcMs) -> Result<(), EngineError> {
        let wrong = |field, rule| EngineError::InvalidField { field, rule };
        let FormerTime { delivery, time, missed_at, .. } = &self.time;
        match (delivery, time) {
            (DeliveryStatus::Scheduled | DeliveryStatus::Failed, Some(time)) => {
                if !time.wall.is_empty() && time.wall.parse::<Wall>().is_err() {
                    return Err(wrong("wall", "format"));
                }
                // One that was to come and has passed meanwhile would go out at once, which nobody asked for.
                let goes_out = *delivery == DeliveryStatus::Scheduled && missed_at.0 == 0;
                if time.at <= now && goes_out { Err(wrong("at", "past")) } else { Ok(()) }
            }
            (DeliveryStatus::NotPublished | DeliveryStatus::Failed, None) => Ok(()),
            (
                DeliveryStatus::Scheduled
                | DeliveryStatus::NotPublished
                | DeliveryStatus::Publishing
                | DeliveryStatus::Published,
                _,
            ) => Err(wrong("delivery", "unknown")),
        }
    }
}

impl Engine {
    /// Puts the times of articles back to how they stood before they were set. All of them or none.
    ///
    /// # Errors
    /// [`EngineError::WrongState`] for an article that somebody, or its site, has changed since; [`EngineError::InvalidField`]
    /// for a time that was to come then and has passed; [`EngineError::NotApproved`]; [`EngineError::NotFound`].
    pub async fn put_back(&self, back: Vec<PutBack>) -> Result<(), EngineError> {
        let now = self.clock.now();
        self.store.write(move |w| back.iter().try_for_each(|one| put_back_one(w, one, now))).await?;
        self.wake_for_times();
        Ok(())
    }
}

fn put_back_one(w: &mut Write<'_>, back: &PutBack, now: UtcMs) -> Result<(), EngineError> {
    back.former.check(now)?;
    let row = w.content(back.content).map_err(|error| not_found(error, "content"))?;
    check(&row)?;
    w.content_restore_time(row.id, back.set, &back.former.time)?;
    clear_the_way(w, &row, now)?;
    if let Some((outbox, code, note)) = &back.former.parked {
        w.outbox_park_again(*outbox, code, note, now)?;
    }
    Ok(())
}
