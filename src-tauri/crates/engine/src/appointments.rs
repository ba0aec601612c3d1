//! Runs that come back by a schedule. What was due is decided once for each time on the wall, and kept with what was
//! decided: it is begun, it was refused and why, or it was missed and is left. A run is begun under the key that its
//! occurrence has had from the start, so that neither a process that ends in between nor a clock that is set back begins
//! it twice; and one that was begun is left to whoever goes on with interrupted work.

use crate::pipeline::stopped_code_of;
use crate::{Engine, EngineError};
use igny8_core::catch_up::{self, Becomes, OccurrenceState, SPACE_MS, SPACED_MAX};
use igny8_core::id::{ClientKey, SiteId};
use igny8_core::port::Ids;
use igny8_core::recurring::{Frequency, Recurrence};
use igny8_core::status::{RunTrigger, Severity};
use igny8_core::time::UtcMs;
use igny8_core::zone::{Timed, Zone};
use igny8_store::table::notification::NewNotification;
use igny8_store::table::occurrence::{NewOccurrence, OccurrenceRow, RunSchedule};
use igny8_store::{Read, StoreError, Write};
use std::collections::BTreeMap;
use std::sync::Arc;

/// How long it is kept what was decided: longer than anything is looked for.
const KEPT_MS: i64 = 800 * 24 * 3_600 * 1_000;
/// The longest that a run which is made up for waits for its turn. More is a clock that was set back.
const WAITS_MS_MAX: i64 = SPACE_MS * SPACED_MAX as i64;

/// The code of a run that another one is in the way of.
const RUNNING: &str = "running";

/// What a look at the schedule of a site has found.
enum Found {
    /// It is a new rule, or one that was made by a clock that was ahead: it is watched from this instant on.
    Anew(String, UtcMs),
    /// What becomes of the runs whose time has come and about which nothing was decided.
    Due(Vec<(Timed, Becomes)>),
}

fn look(read: &Read<'_>, schedule: &RunSchedule, now: UtcMs) -> Result<Found, StoreError> {
    let (watch, rule) = (read.run_watch(schedule.site)?, rule(schedule.recurrence));
    if watch.rule != rule || watch.since > now {
        return Ok(Found::Anew(rule, schedule.chosen_at.min(now)));
    }
    let after = watch.since.max(read.runs_known_until(schedule.site, now)?);
    let zone = Zone::named(&schedule.zone);
    Ok(Found::Due(catch_up::since(schedule.recurrence, &zone, after, schedule.catch_up, now)))
}

fn next_of(schedule: &RunSchedule, now: UtcMs) -> Option<UtcMs> {
    schedule.recurrence.next_after(&Zone::named(&schedule.zone), now).map(|timed| timed.at)
}

/// A rule as it is kept, which says no zone: a day is not run a second time because its site has moved.
fn rule(Recurrence { frequency, time }: Recurrence) -> String {
    match frequency {
        Frequency::Daily => format!("daily {time}"),
        Frequency::Weekly(days) => format!("weekly {} {time}", days.bits()),
        Frequency::Monthly(day) => format!("monthly {day} {time}"),
    }
}

/// Whether anything is to be decided, or taken back.
fn is_anything_open(read: &Read<'_>, now: UtcMs) -> Result<bool, StoreError> {
    for schedule in read.run_schedules()? {
        match look(read, &schedule, now)? {
            Found::Due(due) if due.is_empty() => {}
            Found::Due(_) | Found::Anew(..) => return Ok(true),
        }
    }
    Ok(read.has_decided_after(now)? || read.has_unwanted_runs()?)
}

impl Engine {
    /// Decides what becomes of the runs whose time has come, tells which were missed, and answers those that are to be begun
    /// now, for [`Engine::begin_due_run`]. Whoever asks again before they were begun gets them again.
    ///
    /// # Errors
    /// When the file fails; nothing was decided then.
    pub async fn due_runs(&self) -> Result<Vec<OccurrenceRow>, EngineError> {
        let now = self.clock.now();
        if self.store.read(move |r| is_anything_open(r, now)).await? {
            let ids = Arc::clone(&self.ids);
            let decided = self.store.write(move |w| {
                w.forget_unwanted_runs()?;
                w.take_back_decided_after(now)?;
                w.forget_occurrences_before(now.plus_ms(-KEPT_MS))?;
                w.run_schedules()?.iter().try_for_each(|schedule| decide(w, schedule, ids.as_ref(), now))
            });
            decided.await?;
        }
        let waiting = self.store.read(|r| r.waiting_runs()).await?;
        Ok(waiting.into_iter().filter(|row| self.has_its_turn(row, now)).collect())
    }

    /// When the next run is due, or has its turn; `None` without any.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn next_run_due(&self) -> Result<Option<UtcMs>, EngineError> {
        let now = self.clock.now();
        let read = self.store.read(|r| Ok::<_, StoreError>((r.run_schedules()?, r.waiting_runs()?)));
        let (schedules, waiting) = read.await?;
        let next = schedules.iter().filter_map(|schedule| next_of(schedule, now));
        let waiting = waiting.into_iter().map(|row| row.starts_at).filter(|at| *at > now);
        Ok(next.chain(waiting).min())
    }

    /// When the next run of a site is due by its schedule; `None` where runs of it begin only by hand.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn next_run_of(&self, site: SiteId) -> Result<Option<UtcMs>, EngineError> {
        let now = self.clock.now();
        let schedules = self.store.read(|r| r.run_schedules()).await?;
        Ok(schedules.iter().find(|schedule| schedule.site == site).and_then(|schedule| next_of(schedule, now)))
    }

    /// Has a run begun whose time has come, in [`Engine::drive_runs`]. One that cannot be begun is told with the reason and
    /// not tried again. It stays among those that are due until it is known to be begun, so that whoever asks again asks
    /// under the same key.
    ///
    /// # Errors
    /// When the file fails.
    pub async fn begin_due_run(&self, due: OccurrenceRow) -> Result<(), EngineError> {
        let (site, key) = (due.site, due.key);
        if self.is_run_of(site, key) {
            return Ok(());
        }
        // It was begun, by this process or one before it. What is left of it waits to be gone on with.
        if self.store.read(move |r| r.carried(key)).await?.is_some() {
            return self.end_due(due, None).await;
        }
        if let Some(code) = self.is_in_the_way(site).await? {
            // Of several that are made up for at once the next one has its turn when this one is over.
            if due.is_made_up && code == RUNNING {
                return Ok(());
            }
            return self.end_due(due, Some(code.to_owned())).await;
        }
        let trigger = if due.is_made_up { RunTrigger::CatchUp } else { RunTrigger::Scheduled };
        match self.start_due_run(key, site, trigger).await {
            Ok(()) => Ok(()),
            // With nothing to do there is no run, which is no refusal.
            Err(EngineError::NothingToDo) => self.end_due(due, None).await,
            // Nor is there one for a site that was removed on the way.
            Err(EngineError::Store(StoreError::NotFound)) => self.end_due(due, None).await,
            Err(EngineError::Store(error)) => Err(error.into()),
            Err(error) => self.end_due(due, Some(stopped_code_of(&error))).await,
        }
    }

    /// Whether a run is to be begun now. One that is made up for waits until no other is at work.
    fn has_its_turn(&self, row: &OccurrenceRow, now: UtcMs) -> bool {
        let waits_ms = row.starts_at.0.saturating_sub(now.0);
        let has_come = waits_ms <= 0 || waits_ms > WAITS_MS_MAX;
        has_come && !(row.is_made_up && self.is_driving(row.site))
    }

    /// What keeps a run that nobody asked for from being begun, a code: another one that has not ended, and other work that
    /// waits to be gone on with.
    async fn is_in_the_way(&self, site: SiteId) -> Result<Option<&'static str>, EngineError> {
        if self.is_driving(site) {
            return Ok(Some(RUNNING));
        }
        let found = self.store.read(move |r| {
            let is_paused = r.open_run(site)?.map(|run| run.paused_at.0 > 0);
            let is_left = is_paused.is_some() || r.left_of(site)?.operations > 0;
            Ok::<_, StoreError>(if is_paused == Some(true) { Some("paused") } else { is_left.then_some("interrupted") })
        });
        Ok(found.await?)
    }

    async fn end_due(&self, due: OccurrenceRow, refused: Option<String>) -> Result<(), EngineError> {
        let now = self.clock.now();
        let ended = self.store.write(move |w| {
            w.end_run_occurrence(due.id, refused.as_deref(), now)?;
            match &refused {
                Some(code) => tell_skipped(w, &due, code, now),
                None => Ok(()),
            }
        });
        Ok(ended.await?)
    }
}

/// Keeps what becomes of the runs of a site whose time has come, and tells which of them were missed.
fn decide(write: &mut Write<'_>, schedule: &RunSchedule, ids: &dyn Ids, now: UtcMs) -> Result<(), StoreError> {
    let due = match look(write, schedule, now)? {
        Found::Anew(rule, since) => {
            write.watch_runs(schedule.site, &rule, since)?;
            // What was due since it was chosen.
            match look(write, schedule, now)? {
                Found::Due(due) => due,
                Found::Anew(..) => return Ok(()),
            }
        }
        Found::Due(due) => due,
    };
    let (mut missed, mut made_up) = (Vec::new(), 0_u32);
    for (timed, becomes) in due {
        let (state, is_made_up, starts_at) = match becomes {
            Becomes::OnTime => (OccurrenceState::Waiting, false, now),
            Becomes::MadeUp(at) => (OccurrenceState::Waiting, true, at),
            Becomes::Left => (OccurrenceState::Missed, false, UtcMs(0)),
        };
        let key = ClientKey(ids.next());
        let zone = schedule.zone.clone();
        let new = NewOccurrence { site: schedule.site, timed, zone, state, is_made_up, starts_at, key };
        if write.add_run_occurrence(&new, now)? && becomes != Becomes::OnTime {
            missed.push(timed);
            made_up = made_up.saturating_add(u32::from(is_made_up));
        }
    }
    tell_missed(write, schedule.site, &missed, made_up, now)
}

fn tell_missed(
    write: &mut Write<'_>,
    site: SiteId,
    missed: &[Timed],
    made_up: u32,
    now: UtcMs,
) -> Result<(), StoreError> {
    let (Some(first), Some(last)) = (missed.first(), missed.last()) else { return Ok(()) };
    let params = BTreeMap::from([
        ("site", write.site(site)?.name),
        ("count", missed.len().to_string()),
        ("first", first.at.to_rfc3339()),
        ("last", last.at.to_rfc3339()),
        ("made_up", made_up.to_string()),
    ]);
    let dedupe = format!("automation_missed:{site}:{}", last.wall);
    tell(write, "automation_missed", site, params, dedupe, now)
}

fn tell_skipped(write: &mut Write<'_>, due: &OccurrenceRow, code: &str, now: UtcMs) -> Result<(), StoreError> {
    let name = match write.site(due.site) {
        Ok(site) => site.name,
        // It was removed meanwhile.
        Err(StoreError::NotFound) => return Ok(()),
        Err(error) => return Err(error),
    };
    let params = BTreeMap::from([("site", name), ("code", code.to_owned()), ("due", due.due_at.to_rfc3339())]);
    let dedupe = format!("automation_skipped:{}:{}", due.site, due.wall);
    tell(write, "automation_skipped", due.site, params, dedupe, now)
}

fn tell(
    write: &mut Write<'_>,
    notification_type: &str,
    site: SiteId,
    params: BTreeMap<&'static str, String>,
    dedupe: String,
    now: UtcMs,
) -> Result<(), StoreError> {
    let notice = NewNotification {
        notification_type: notification_type.to_owned(),
        severity: Severity::Warning,
        site: Some(site),
        operation: None,
        related_type: "site",
        related_id: site.0,
        params,
        dedupe,
    };
    write.notify(&notice, now).map(drop)
}
