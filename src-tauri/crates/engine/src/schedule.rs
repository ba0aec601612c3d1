//! Times at which articles go out: given, moved, taken away, exchanged. Only what a person approved can have one. A time
//! that has passed is none: nothing is ever handed over with a date that lies behind, and whoever wants an article out now
//! publishes it. A command is all or nothing, and answers how each article stood before, which given back undoes it.

mod guard;
mod patience;
mod undoing;

pub use guard::{Guarded, NUDGE_WAIT_MS};
pub(crate) use patience::Patience;
pub use undoing::{Former, PutBack};

use crate::operation::not_found;
use crate::{Engine, EngineError};
use igny8_core::id::{ContentId, SiteId};
use igny8_core::schedule::{HandOver, MissedRule};
use igny8_core::status::{ContentStatus, DeliveryStatus, DestinationKind};
use igny8_core::time::UtcMs;
use igny8_core::zone::{Fit, Wall, Zone};
use igny8_store::Write;
use igny8_store::table::content::{ContentRow, PlannedTime};
use igny8_store::table::list::Selection;
use igny8_store::table::outbox::OutboxState;

/// How far ahead an article can be planned. What is later is a slip of the hand.
const AHEAD_MS_MAX: i64 = 10 * 366 * 24 * 3_600_000;

const SECOND_MS: i64 = 1_000;

/// A time as somebody says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// What the clocks in the zone of the site are to show.
    Wall(Wall),
    /// An instant.
    Instant(UtcMs),
}

/// An article and its time, or none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placement {
    /// The article.
    pub content: ContentId,
    /// When it is to go out; nothing to take its time away.
    pub at: Option<When>,
}

/// An article whose time was set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// The article.
    pub content: ContentId,
    /// Its title.
    pub title: String,
    /// Its time from now on.
    pub time: Option<PlannedTime>,
    /// What the zone made of what was said.
    pub fit: Fit,
    /// Its time before.
    pub before: Option<UtcMs>,
    /// How all of it stood before, for [`Engine::put_back`].
    pub former: Former,
}

/// Articles that were sent back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SentBack {
    /// Those that moved.
    pub moved: Vec<ContentId>,
    /// The times that were taken away with it and are still to come; given back, once they are approved, they undo that.
    pub times: Vec<Placement>,
}

impl Engine {
    /// Sets the times of articles: of those that have none, others, or none any more. All of them or none.
    ///
    /// # Errors
    /// [`EngineError::NotApproved`] for an article that nobody approved; [`EngineError::WrongState`] for one that is public or
    /// on its way; [`EngineError::InvalidField`] for a time that has passed or lies too far ahead; [`EngineError::NotFound`].
    pub async fn schedule(&self, placements: Vec<Placement>) -> Result<Vec<Placed>, EngineError> {
        let now = self.clock.now();
        let placed = self.store.write(move |w| place(w, &placements, now)).await?;
        self.wake_for_times();
        Ok(placed)
    }

    /// Sends articles back one step: approved to review, review to draft. The time of one that had one is taken away, and
    /// what its site has of it is taken back there. Answers which moved, and the times they had.
    ///
    /// # Errors
    /// When the file fails.
    pub async fn send_back(&self, selection: Selection, most: usize) -> Result<SentBack, EngineError> {
        let now = self.clock.now();
        let moved = self.store.write(move |w| {
            let ids = w.content_ids(&selection, most)?;
            // Drafts first: what comes back from approved must not fall two steps.
            let mut sent = SentBack { moved: w.content_back_to_draft(&ids, now)?, times: Vec::new() };
            for row in w.contents(&ids)?.iter().filter(|row| row.delivery == DeliveryStatus::Scheduled) {
                w.content_unschedule(row.id)?;
                clear_the_way(w, row, now)?;
                let at = row.scheduled_publish_at.filter(|at| *at > now).map(When::Instant);
                sent.times.extend(at.map(|at| Placement { content: row.id, at: Some(at) }));
            }
            sent.moved.extend(w.content_back_to_review(&ids, now)?);
            Ok::<_, EngineError>(sent)
        });
        let sent = moved.await?;
        self.wake_for_times();
        Ok(sent)
    }

    /// Sets who publishes what is due on a site, and what is done about what was missed. From a site that publishes by itself
    /// no more, what was handed over is taken back, but for times that were chosen there.
    ///
    /// # Errors
    /// [`EngineError::NotFound`]; [`EngineError::InvalidField`] for a folder, which publishes nothing by itself.
    pub async fn set_publishing(
        &self,
        site: SiteId,
        hand_over: HandOver,
        missed_rule: MissedRule,
    ) -> Result<(), EngineError> {
        let now = self.clock.now();
        let set = self.store.write(move |w| {
            let row = w.site(site).map_err(|error| not_found(error, "site"))?;
            if row.kind == DestinationKind::Folder && hand_over == HandOver::WordPress {
                return Err(EngineError::InvalidField { field: "handOver", rule: "kind" });
            }
            Ok(w.site_set_publishing(site, hand_over, missed_rule, now)?)
        });
        set.await?;
        self.wake_for_times();
        Ok(())
    }

    pub(crate) fn wake_for_times(&self) {
        self.outbox_wake.notify_one();
        self.schedule_wake.notify_one();
    }

    /// Gives each of two articles the other's time.
    ///
    /// # Errors
    /// As [`Engine::schedule`]; [`EngineError::WrongState`] when one of them has no time.
    pub async fn swap(&self, one: ContentId, other: ContentId) -> Result<Vec<Placed>, EngineError> {
        let now = self.clock.now();
        let swapped = self.store.write(move |w| {
            let time = |content| {
                let row = w.content(content).map_err(|error| not_found(error, "content"))?;
                let is_scheduled = row.delivery == DeliveryStatus::Scheduled;
                row.scheduled_publish_at.filter(|_| is_scheduled).ok_or(EngineError::WrongState("content"))
            };
            let (at_one, at_other) = (time(one)?, time(other)?);
            let placement = |content, at| Placement { content, at: Some(When::Instant(at)) };
            place(w, &[placement(one, at_other), placement(other, at_one)], now)
        });
        let placed = swapped.await?;
        self.wake_for_times();
        Ok(placed)
    }
}

/// Sets times inside a transaction.
///
/// # Errors
/// As [`Engine::schedule`].
pub(crate) fn place(w: &mut Write<'_>, placements: &[Placement], now: UtcMs) -> Result<Vec<Placed>, EngineError> {
    placements.iter().map(|placement| place_one(w, placement, now)).collect()
}

fn place_one(w: &mut Write<'_>, placement: &Placement, now: UtcMs) -> Result<Placed, EngineError> {
    let row = w.content(placement.content).map_err(|error| not_found(error, "content"))?;
    check(&row)?;
    let former = Former::of(w, &row)?;
    // One that could not be published keeps the time it was to be.
    let has_time = matches!(row.delivery, DeliveryStatus::Scheduled | DeliveryStatus::Failed);
    let before = row.scheduled_publish_at.filter(|_| has_time);
    let (time, fit) = match placement.at {
        None => {
            if before.is_some() {
                w.content_unschedule(row.id)?;
                clear_the_way(w, &row, now)?;
                // Whoever took its time away does not want it to get another one by itself.
                w.keep_without_date(row.id, true)?;
            }
            (None, Fit::Exact)
        }
        Some(when) => {
            let zone = w.site(row.site).map_err(|error| not_found(error, "site"))?.zone;
            let (time, fit) = planned(when, &zone, now)?;
            w.content_schedule(row.id, &time)?;
            clear_the_way(w, &row, now)?;
            w.keep_without_date(row.id, false)?;
            (Some(time), fit)
        }
    };
    Ok(Placed { content: row.id, title: row.title, time, fit, before, former })
}

/// Sets a delivery aside that is parked, so that what the site is to have from now on is asked for anew; and one that has
/// nothing to do any more, because the site has nothing of an article whose time was taken away. One that waits is left: it
/// takes the article as it stands when it is tried.
fn clear_the_way(w: &mut Write<'_>, before: &ContentRow, now: UtcMs) -> Result<(), EngineError> {
    let Some(outbox) = w.latest_outbox(before.id)? else { return Ok(()) };
    let has_a_time = w.content(before.id)?.delivery == DeliveryStatus::Scheduled;
    let is_there = before.handed_for.is_some() || outbox.may_have_been_public();
    if outbox.state == OutboxState::Failed || !(has_a_time || is_there) {
        w.outbox_set_aside(&outbox, now)?;
    }
    Ok(())
}

fn check(row: &ContentRow) -> Result<(), EngineError> {
    let is_open = match row.delivery {
        DeliveryStatus::NotPublished | DeliveryStatus::Scheduled | DeliveryStatus::Failed => true,
        DeliveryStatus::Publishing | DeliveryStatus::Published => false,
    };
    if row.is_imported || !is_open {
        return Err(EngineError::WrongState("content"));
    }
    if row.status == ContentStatus::Approved { Ok(()) } else { Err(EngineError::NotApproved(row.title.clone())) }
}

/// A time as it is kept.
///
/// # Errors
/// [`EngineError::InvalidField`] for one that has passed or lies too far ahead.
fn planned(when: When, zone: &str, now: UtcMs) -> Result<(PlannedTime, Fit), EngineError> {
    let wrong = |rule| EngineError::InvalidField { field: "at", rule };
    let clocks = Zone::named(zone);
    let (at, fit) = match when {
        // Sites keep whole seconds.
        When::Instant(at) => (UtcMs(at.0 - at.0.rem_euclid(SECOND_MS)), Fit::Exact),
        When::Wall(wall) => {
            let timed = clocks.resolve(wall);
            (timed.at, timed.fit)
        }
    };
    if at <= now {
        return Err(wrong("past"));
    }
    if at > now.plus_ms(AHEAD_MS_MAX) {
        return Err(wrong("range"));
    }
    Ok((PlannedTime { at, wall: clocks.wall(at).to_string(), zone: zone.to_owned() }, fit))
}
