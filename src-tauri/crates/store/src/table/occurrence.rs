//! Work that comes back: each time on the wall at which it was due, once for all, and since when a schedule is watched.
//! The key of a row is what the wall showed, so that no clock that is set back, no change of a zone and no second process
//! makes it twice.

use super::column::{changes_one, instant};
use crate::{Read, StoreError, Write};
use igny8_core::automation::{Automation, CatchUp};
use igny8_core::catch_up::OccurrenceState;
use igny8_core::id::{ClientKey, SiteId};
use igny8_core::recurring::Recurrence;
use igny8_core::time::UtcMs;
use igny8_core::topic::Topic;
use igny8_core::zone::Timed;
use rusqlite::{OptionalExtension, Row, params};

/// A time at which a run was due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OccurrenceRow {
    /// Row id.
    pub id: i64,
    /// Its site.
    pub site: SiteId,
    /// What the wall showed.
    pub wall: String,
    /// In which zone.
    pub zone: String,
    /// When that was.
    pub due_at: UtcMs,
    /// How far it is.
    pub state: OccurrenceState,
    /// It was missed, and is made up for.
    pub is_made_up: bool,
    /// Not before this instant.
    pub starts_at: UtcMs,
    /// The key of the command that begins it.
    pub key: ClientKey,
    /// Why it was refused, a code; empty otherwise.
    pub code: String,
}

/// An occurrence to keep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewOccurrence {
    /// Its site.
    pub site: SiteId,
    /// When it is due.
    pub timed: Timed,
    /// In which zone.
    pub zone: String,
    /// Waiting or missed.
    pub state: OccurrenceState,
    /// It was missed, and is made up for.
    pub is_made_up: bool,
    /// Not before this instant.
    pub starts_at: UtcMs,
    /// The key of the command that begins it.
    pub key: ClientKey,
}

/// When the runs of a site come back, as it has chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunSchedule {
    /// The site.
    pub site: SiteId,
    /// On which days, and when.
    pub recurrence: Recurrence,
    /// The zone whose wall is meant, an IANA name.
    pub zone: String,
    /// What is done about those that were missed.
    pub catch_up: CatchUp,
    /// When it was chosen.
    pub chosen_at: UtcMs,
}

/// How a schedule is watched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Watch {
    /// The rule as it was when it began to be watched; empty before.
    pub rule: String,
    /// What was due until this instant is nobody's business.
    pub since: UtcMs,
}

/// What was decided by a clock that was ahead says nothing of the times before it.
const KNOWN_UNTIL: &str = "select coalesce(max(due_at), 0) from occurrence
   where kind = 'run' and site_id = ?1 and due_at <= ?2 and decided_at >= due_at";
const WAITING: &str = "select o.id as id, o.site_id as site_id, wall, o.zone as zone, due_at, state, is_made_up,
     starts_at, key, code
   from occurrence o indexed by occurrence_waiting
   where state = 'waiting' and o.site_id in (select id from site where removed_at = 0)
   order by starts_at, o.id";
const NEWEST: &str = "select id, site_id, wall, zone, due_at, state, is_made_up, starts_at, key, code
   from occurrence where kind = 'run' and site_id = ?1 order by due_at desc limit ?2";

impl Read<'_> {
    /// The last instant up to which was decided what becomes of the runs of a site, as seen from `now`; 0 before the first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn runs_known_until(&self, site: SiteId, now: UtcMs) -> Result<UtcMs, StoreError> {
        let mut statement = self.conn.prepare_cached(KNOWN_UNTIL)?;
        Ok(statement.query_row(params![site.0, now.0], |row| row.get(0).map(UtcMs))?)
    }

    /// Runs that are to be begun, at once or later, the first one first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn waiting_runs(&self) -> Result<Vec<OccurrenceRow>, StoreError> {
        let mut statement = self.conn.prepare_cached(WAITING)?;
        let rows = statement.query_map([], read_occurrence)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The times at which runs of a site were due, the latest first, at most `limit`.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn due_runs_of(&self, site: SiteId, limit: u32) -> Result<Vec<OccurrenceRow>, StoreError> {
        let mut statement = self.conn.prepare_cached(NEWEST)?;
        let rows = statement.query_map(params![site.0, limit], read_occurrence)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Whether anything was decided whose time has not come: the clock was ahead then.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn has_decided_after(&self, now: UtcMs) -> Result<bool, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "select exists (select 1 from occurrence where due_at > ?1 and (state = 'missed' or decided_at > ?1))",
        )?;
        Ok(statement.query_row(params![now.0], |row| row.get(0))?)
    }

    /// Whether anything is to be begun that its site does not want any more.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn has_unwanted_runs(&self) -> Result<bool, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "select exists (select 1 from occurrence indexed by occurrence_waiting where state = 'waiting'
               and site_id not in (select site_id from automation where is_enabled = 1))",
        )?;
        Ok(statement.query_row([], |row| row.get(0))?)
    }

    /// When the runs of each site come back whose runs begin by themselves.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn run_schedules(&self) -> Result<Vec<RunSchedule>, StoreError> {
        let mut chosen_at = self.conn.prepare_cached("select updated_at from automation where site_id = ?1")?;
        let schedule = |(site, chosen): (SiteId, Automation)| {
            let zone = chosen.schedule.zone.clone();
            Ok(RunSchedule {
                site,
                recurrence: Recurrence::from(&chosen.schedule),
                zone: if zone.is_empty() { self.site(site)?.zone } else { zone },
                catch_up: chosen.schedule.catch_up,
                chosen_at: chosen_at.query_row(params![site.0], |row| row.get(0).map(UtcMs))?,
            })
        };
        self.automations_enabled()?.into_iter().map(schedule).collect()
    }

    /// How the runs of a site are watched.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn run_watch(&self, site: SiteId) -> Result<Watch, StoreError> {
        let mut statement =
            self.conn.prepare_cached("select rule, since from schedule_watch where kind = 'run' and site_id = ?1")?;
        let found = statement
            .query_row(params![site.0], |row| Ok(Watch { rule: row.get("rule")?, since: instant(row, "since")? }));
        Ok(found.optional()?.unwrap_or(Watch { rule: String::new(), since: UtcMs(0) }))
    }
}

impl Write<'_> {
    /// Keeps an occurrence; what was decided about the same time on the wall stands, and is known to have been due now. Whether
    /// it is new.
    ///
    /// # Errors
    /// When the file fails.
    pub fn add_run_occurrence(&mut self, new: &NewOccurrence, now: UtcMs) -> Result<bool, StoreError> {
        let added = changes_one(
            self.conn,
            "insert into occurrence (kind, site_id, wall, zone, due_at, fit, state, is_made_up, starts_at, key,
               decided_at)
             values ('run', ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
             on conflict (kind, site_id, wall) do nothing",
            params![
                new.site.0,
                new.timed.wall.to_string(),
                new.zone,
                new.timed.at.0,
                new.timed.fit.as_str(),
                new.state.as_str(),
                new.is_made_up,
                new.starts_at.0.max(0),
                new.key.as_bytes(),
                now.0,
            ],
        )?;
        if !added {
            // Else it would be looked at again and again: the clock was ahead when it was decided, or the zone another one.
            self.conn
                .prepare_cached(
                    "update occurrence set due_at = ?3, decided_at = max(decided_at, ?4)
                     where kind = 'run' and site_id = ?1 and wall = ?2",
                )?
                .execute(params![new.site.0, new.timed.wall.to_string(), new.timed.at.0, now.0])?;
        }
        self.touch(Topic::Operations);
        Ok(added)
    }

    /// Says how a waiting occurrence ended: begun, or refused with the reason, a code.
    ///
    /// # Errors
    /// When the file fails.
    pub fn end_run_occurrence(&mut self, id: i64, refused: Option<&str>, now: UtcMs) -> Result<(), StoreError> {
        let state = if refused.is_some() { OccurrenceState::Refused } else { OccurrenceState::Done };
        self.conn
            .prepare_cached(
                "update occurrence set state = ?2, code = ?3, decided_at = ?4 where id = ?1 and state = 'waiting'",
            )?
            .execute(params![id, state.as_str(), refused.unwrap_or_default(), now.0])?;
        self.touch(Topic::Operations);
        Ok(())
    }

    /// Takes back what was decided by a clock that was ahead: what was taken for missed is open again, and what was begun is
    /// begun no second time, but stands for nothing that was due before it.
    ///
    /// # Errors
    /// When the file fails.
    pub fn take_back_decided_after(&mut self, now: UtcMs) -> Result<(), StoreError> {
        self.conn
            .prepare_cached("delete from occurrence where state = 'missed' and due_at > ?1")?
            .execute(params![now.0])?;
        self.conn
            .prepare_cached("update occurrence set decided_at = ?1 where due_at > ?1 and decided_at > ?1")?
            .execute(params![now.0])?;
        Ok(())
    }

    /// Lets go of what was decided about times long past.
    ///
    /// # Errors
    /// When the file fails.
    pub fn forget_occurrences_before(&mut self, instant: UtcMs) -> Result<(), StoreError> {
        self.conn
            .prepare_cached("delete from occurrence where state <> 'waiting' and due_at < ?1")?
            .execute(params![instant.0])?;
        Ok(())
    }

    /// Lets go of what is to be begun and its site does not want any more. What was begun already is over with that: its time
    /// on the wall begins no second run when the site wants them again.
    ///
    /// # Errors
    /// When the file fails.
    pub fn forget_unwanted_runs(&mut self) -> Result<(), StoreError> {
        self.conn
            .prepare_cached(
                "update occurrence set state = 'done' where state = 'waiting' and key in (select key from client_key)
                   and site_id not in (select site_id from automation where is_enabled = 1)",
            )?
            .execute([])?;
        self.conn
            .prepare_cached(
                "delete from occurrence where state = 'waiting'
                   and site_id not in (select site_id from automation where is_enabled = 1)",
            )?
            .execute([])?;
        Ok(())
    }

    /// Begins none of the runs of a site that came due until now.
    ///
    /// # Errors
    /// When the file fails.
    pub fn pass_over_runs(&mut self, site: SiteId, now: UtcMs) -> Result<(), StoreError> {
        self.conn
            .prepare_cached("delete from occurrence where state = 'waiting' and site_id = ?1 and due_at <= ?2")?
            .execute(params![site.0, now.0])?;
        self.conn
            .prepare_cached("update schedule_watch set since = ?2 where kind = 'run' and site_id = ?1 and since < ?2")?
            .execute(params![site.0, now.0])?;
        self.touch(Topic::Operations);
        Ok(())
    }

    /// Watches the runs of a site no more: what is due until they are watched again is nobody's business.
    ///
    /// # Errors
    /// When the file fails.
    pub(super) fn stop_watching_runs(&mut self, site: SiteId) -> Result<(), StoreError> {
        self.conn
            .prepare_cached("delete from schedule_watch where kind = 'run' and site_id = ?1")?
            .execute(params![site.0])?;
        Ok(())
    }

    /// Watches the runs of a site by another rule, from an instant on. What was decided by the former one stands, and says
    /// nothing of what is due by this one.
    ///
    /// # Errors
    /// When the file fails.
    pub fn watch_runs(&mut self, site: SiteId, rule: &str, since: UtcMs) -> Result<(), StoreError> {
        self.conn
            .prepare_cached(
                "insert into schedule_watch (kind, site_id, rule, since) values ('run', ?1, ?2, ?3)
                 on conflict (kind, site_id) do update set rule = excluded.rule, since = excluded.since",
            )?
            .execute(params![site.0, rule, since.0.max(0)])?;
        self.conn
            .prepare_cached(
                "update occurrence set decided_at = min(decided_at, ?2)
                 where kind = 'run' and site_id = ?1 and due_at > ?2",
            )?
            .execute(params![site.0, since.0])?;
        Ok(())
    }
}

fn read_occurrence(row: &Row<'_>) -> rusqlite::Result<OccurrenceRow> {
    Ok(OccurrenceRow {
        id: row.get("id")?,
        site: SiteId(row.get("site_id")?),
        wall: row.get("wall")?,
        zone: row.get("zone")?,
        due_at: instant(row, "due_at")?,
        state: super::word(row, "state")?,
        is_made_up: row.get("is_made_up")?,
        starts_at: instant(row, "starts_at")?,
        key: ClientKey(row.get::<_, super::UuidColumn>("key")?.0),
        code: row.get("code")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{Bench, NOW, SITE, plan, spaced};
    use igny8_core::zone::Zone;

    const DAY_MS: i64 = 86_400_000;

    fn occurrence(at: UtcMs, state: OccurrenceState, n: u64) -> NewOccurrence {
        let zone = "Europe/Berlin".to_owned();
        let berlin = Zone::named(&zone);
        let key = ClientKey(spaced(0x0E, n));
        let timed = berlin.resolve(berlin.wall(at));
        NewOccurrence { site: SITE, timed, zone, state, is_made_up: false, starts_at: at, key }
    }

    fn add(bench: &mut Bench, new: NewOccurrence) -> bool {
        bench.write(move |w| w.add_run_occurrence(&new, NOW)).unwrap()
    }

    #[test]
    fn a_time_on_the_wall_is_kept_once_whatever_is_decided_later() {
        let mut bench = Bench::new();
        assert!(add(&mut bench, occurrence(NOW, OccurrenceState::Waiting, 1)));
        assert!(!add(&mut bench, occurrence(NOW, OccurrenceState::Missed, 2)), "the same wall");
        let waiting = bench.read(|r| r.waiting_runs());
        assert_eq!((waiting.len(), waiting[0].state), (1, OccurrenceState::Waiting));
        let id = waiting[0].id;
        bench.write(move |w| w.end_run_occurrence(id, Some("running"), NOW)).unwrap();
        bench.write(move |w| w.end_run_occurrence(id, None, NOW)).unwrap();
        let ended = bench.read(|r| r.due_runs_of(SITE, 9));
        assert_eq!((ended[0].state, ended[0].code.as_str()), (OccurrenceState::Refused, "running"), "it ends once");
        assert_eq!(bench.read(|r| r.waiting_runs()), []);
    }

    #[test]
    fn what_a_clock_that_was_ahead_took_for_missed_is_taken_back_and_what_was_begun_stands() {
        let mut bench = Bench::new();
        let ahead = NOW.plus_ms(3 * DAY_MS);
        for (n, (at, state)) in [
            (NOW, OccurrenceState::Missed),
            (ahead, OccurrenceState::Missed),
            (ahead.plus_ms(DAY_MS), OccurrenceState::Done),
        ]
        .into_iter()
        .enumerate()
        {
            add(&mut bench, occurrence(at, state, u64::try_from(n).unwrap()));
        }
        bench.write(|w| w.take_back_decided_after(NOW)).unwrap();
        assert_eq!(bench.read(|r| r.due_runs_of(SITE, 9)).len(), 2);
        let minute = UtcMs(NOW.0 / 60_000 * 60_000);
        assert_eq!(bench.read(|r| r.runs_known_until(SITE, NOW)), minute, "seen from now");
        bench.write(|w| w.forget_occurrences_before(UtcMs(i64::MAX))).unwrap();
        assert_eq!(bench.read(|r| r.due_runs_of(SITE, 9)), []);
    }

    #[test]
    fn a_schedule_is_watched_from_when_its_rule_was_made() {
        let mut bench = Bench::new();
        let before = bench.read(|r| r.run_watch(SITE));
        assert_eq!((before.rule.as_str(), before.since), ("", UtcMs(0)));
        bench.write(|w| w.watch_runs(SITE, "daily 09:00", NOW)).unwrap();
        let watch = bench.read(|r| r.run_watch(SITE));
        assert_eq!((watch.rule.as_str(), watch.since), ("daily 09:00", NOW));
    }

    #[test]
    fn runs_that_do_not_begin_by_themselves_any_more_are_not_watched_and_not_begun() {
        let mut bench = Bench::new();
        let mut chosen = Automation { is_enabled: true, ..Automation::default() };
        let set = |bench: &mut Bench, chosen: &Automation, at: UtcMs| {
            let chosen = chosen.clone();
            bench.write(move |w| w.set_automation(SITE, &chosen, at)).unwrap();
            bench.read(|r| r.run_schedules()).pop()
        };
        let schedule = set(&mut bench, &chosen, NOW).expect("it has one");
        assert_eq!((schedule.zone.as_str(), schedule.chosen_at), ("UTC", NOW), "the zone is that of the site");
        bench.write(|w| w.watch_runs(SITE, "daily 09:00", NOW)).unwrap();
        add(&mut bench, occurrence(NOW, OccurrenceState::Waiting, 1));
        assert!(!bench.read(|r| r.has_unwanted_runs()));
        chosen.is_enabled = false;
        assert_eq!(set(&mut bench, &chosen, NOW), None);
        assert_eq!(bench.read(|r| r.run_watch(SITE)).rule, "", "what is due meanwhile is not missed");
        assert!(bench.read(|r| r.has_unwanted_runs()), "nobody wants it any more");
        bench.write(|w| w.forget_unwanted_runs()).unwrap();
        assert_eq!(bench.read(|r| r.waiting_runs()), []);
    }

    #[test]
    fn a_look_at_the_schedule_reads_what_it_needs_and_no_more() {
        let mut bench = Bench::new();
        let known = plan(&mut bench, KNOWN_UNTIL);
        assert!(known.contains("occurrence_by_due (kind=? AND site_id=? AND due_at<?)"), "{known}");
        let waiting = plan(&mut bench, WAITING);
        assert!(waiting.contains("occurrence_waiting"), "{waiting}");
        let newest = plan(&mut bench, NEWEST);
        assert!(newest.contains("occurrence_by_due") && !newest.contains("TEMP B-TREE"), "{newest}");
    }
}
