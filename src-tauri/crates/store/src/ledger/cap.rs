//! Caps: how much may be spent in a month, on a day, on a site in a month, by a run, and by one function of a run. A hold
//! counts against every cap it falls under, and the triggers that move balances move the caps with it, so that no path
//! of code can pass one. A period has its row from its first hold on, limited or not; a limit that is set in the middle
//! of it therefore knows what was spent before.

use super::seal::{seal_of_cap, seal_of_limit, seal_of_stop};
use super::{HoldRequest, LedgerError};
use crate::{Read, StoreError, Write};
use igny8_core::function::AiFunction;
use igny8_core::id::{CallId, RunId, SiteId};
use igny8_core::money::{CREDITS_MAX, Credits};
use igny8_core::status::CapScope;
use igny8_core::time::{CalendarDay, UtcMs};
use igny8_core::topic::Topic;
use rusqlite::{OptionalExtension, Row, params};

/// The ceiling of a period without a limit: more than all credits a wallet can ever have been granted.
const UNLIMITED: i64 = 4_000_000_000_000_000_000;

/// A limit that the user keeps on every period of its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StandingLimit {
    /// On each month.
    Month,
    /// On each day.
    Day,
    /// On each month of a site.
    Site(SiteId),
}

/// A cap and how much of it is taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CapView {
    /// What it is about.
    pub scope: CapScope,
    /// The site of a site's cap.
    pub site: Option<SiteId>,
    /// Its name.
    pub site_name: Option<String>,
    /// The limit the user asked for; `None` when there is none.
    pub wanted: Option<Credits>,
    /// Kept back by open holds.
    pub held: Credits,
    /// Spent.
    pub used: Credits,
}

impl CapView {
    /// What is left of it; `None` when there is no limit.
    #[must_use]
    pub fn left(&self) -> Option<Credits> {
        self.wanted.map(|limit| Credits(limit.0.saturating_sub(self.used.plus(self.held).0).max(0)))
    }
}

impl StandingLimit {
    const fn columns(self) -> (CapScope, i64) {
        match self {
            Self::Month => (CapScope::Month, 0),
            Self::Day => (CapScope::Day, 0),
            Self::Site(site) => (CapScope::Site, site.0),
        }
    }

    pub(super) fn key(self, day: CalendarDay) -> String {
        match self {
            Self::Month => format!("month:{}", day.month()),
            Self::Day => format!("day:{day}"),
            Self::Site(site) => format!("site:{site}:{}", day.month()),
        }
    }
}

/// What of a call decides which caps it falls under.
pub(super) struct CapSubject {
    pub site: SiteId,
    pub function: AiFunction,
    pub run: Option<RunId>,
}

/// The key of a run's cap.
pub(super) fn run_key(run: RunId) -> String {
    format!("run:{}", run.0.simple())
}

/// The key of a function's share of a run.
pub(super) fn share_key(run: RunId, function: AiFunction) -> String {
    format!("share:{}:{function}", run.0.simple())
}

impl Read<'_> {
    /// The standing limits and how much of the present period is taken: month and day always, and every site that has a
    /// limit or has spent this month.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn standing_caps(&self, day: CalendarDay) -> Result<Vec<CapView>, StoreError> {
        let mut sites = self.conn.prepare_cached(
            "select s.id, s.name from site s where s.removed_at = 0 and (
               exists (select 1 from spending_limit l where l.scope = 'site' and l.site_id = s.id)
               or exists (select 1 from cap c where c.key = 'site:' || s.id || ':' || ?1)) order by s.name, s.id",
        )?;
        let sites =
            sites.query_map(params![day.month()], |row| Ok((StandingLimit::Site(SiteId(row.get(0)?)), row.get(1)?)))?;
        let sites = sites.collect::<Result<Vec<_>, _>>()?.into_iter().map(|(of, name)| (of, Some(name)));
        let all = [(StandingLimit::Month, None), (StandingLimit::Day, None)].into_iter().chain(sites);
        all.map(|(of, name)| self.cap_view(of, name, day)).collect()
    }

    fn cap_view(&self, of: StandingLimit, site_name: Option<String>, day: CalendarDay) -> Result<CapView, StoreError> {
        let (scope, site) = of.columns();
        let mut statement = self.conn.prepare_cached(
            "select l.amount, coalesce(c.held, 0), coalesce(c.used, 0)
             from (select ?1 as key, ?2 as scope, ?3 as site_id) k
               left join cap c on c.key = k.key
               left join spending_limit l on l.scope = k.scope and l.site_id = k.site_id",
        )?;
        let taken = |row: &Row<'_>| {
            Ok(CapView {
                scope,
                site: (site > 0).then_some(SiteId(site)),
                site_name: site_name.clone(),
                wanted: row.get::<_, Option<i64>>(0)?.map(Credits),
                held: Credits(row.get(1)?),
                used: Credits(row.get(2)?),
            })
        };
        Ok(statement.query_row(params![of.key(day), scope.as_str(), site], taken)?)
    }

    /// A run's cap; `None` when it has none.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn run_cap(&self, run: RunId) -> Result<Option<CapView>, StoreError> {
        let mut statement = self.conn.prepare_cached("select wanted, held, used from cap where key = ?1")?;
        let found = statement.query_row(params![run_key(run)], |row| {
            Ok(CapView {
                scope: CapScope::Run,
                site: None,
                site_name: None,
                wanted: Some(row.get(0)?).filter(|wanted| *wanted >= 0).map(Credits),
                held: Credits(row.get(1)?),
                used: Credits(row.get(2)?),
            })
        });
        Ok(found.optional()?)
    }

    /// Since when nothing paid may start; `None` while it may. In a file that has lost its switch nothing may, and since when
    /// nobody knows.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn spending_stopped_at(&self) -> Result<Option<UtcMs>, StoreError> {
        let mut statement = self.conn.prepare_cached("select stopped_at from spending_switch where id = 1")?;
        let at: Option<i64> = statement.query_row([], |row| row.get(0)).optional()?;
        Ok(at.map_or(Some(UtcMs(0)), |at| (at > 0).then_some(UtcMs(at))))
    }

    /// What decides which caps a request falls under.
    pub(super) fn cap_subject(&self, request: &HoldRequest) -> Result<CapSubject, StoreError> {
        let mut statement =
            self.conn.prepare_cached("select site_id, function_name, run_id from operation where id = ?1")?;
        let subject = statement.query_row(params![request.operation.as_bytes()], |row| {
            let run = row.get::<_, Option<crate::table::UuidColumn>>(2)?.map(|column| RunId(column.0));
            Ok(CapSubject { site: SiteId(row.get(0)?), function: crate::table::word(row, "function_name")?, run })
        })?;
        Ok(subject)
    }
}

impl Write<'_> {
    /// Sets or clears a standing limit; periods that have begun follow at once, all of them, since a clock that is set
    /// back returns to one that is over. A limit below what is already taken lets nothing more through.
    ///
    /// # Errors
    /// [`LedgerError::OutOfRange`] for an amount that is negative or above [`CREDITS_MAX`].
    pub fn set_limit(&mut self, of: StandingLimit, amount: Option<Credits>) -> Result<(), LedgerError> {
        if amount.is_some_and(|amount| amount < Credits::ZERO || amount > CREDITS_MAX) {
            return Err(LedgerError::OutOfRange);
        }
        let (scope, site) = of.columns();
        self.write_limit(scope, site, amount)?;
        let wanted = amount.map_or(-1, |amount| amount.0);
        self.conn
            .prepare_cached(
                "update cap set wanted = ?2, ceiling = case ?2 when -1 then ?3 else max(?2, used + held) end
                 where scope = ?1 and (?4 = 0 or key glob 'site:' || ?4 || ':*')",
            )
            .and_then(|mut s| s.execute(params![scope.as_str(), wanted, UNLIMITED, site]))
            .map_err(StoreError::from)?;
        self.touch(Topic::Credits);
        Ok(())
    }

    fn write_limit(&mut self, scope: CapScope, site: i64, amount: Option<Credits>) -> Result<(), StoreError> {
        match amount {
            Some(amount) => self
                .conn
                .prepare_cached(
                    "insert into spending_limit (scope, site_id, amount) values (?1, ?2, ?3)
                     on conflict (scope, site_id) do update set amount = excluded.amount",
                )?
                .execute(params![scope.as_str(), site, amount.0])?,
            None => self
                .conn
                .prepare_cached("delete from spending_limit where scope = ?1 and site_id = ?2")?
                .execute(params![scope.as_str(), site])?,
        };
        self.seal_what_was_set(&format!("limit:{scope}:{site}"), seal_of_limit(scope, site, amount))
    }

    /// Gives a run its cap and each function its share of it. A run that has them keeps them.
    ///
    /// # Errors
    /// [`LedgerError::OutOfRange`] as for [`Write::set_limit`].
    pub fn open_run_cap(
        &mut self,
        run: RunId,
        cap: Credits,
        shares: &[(AiFunction, Credits)],
        now: UtcMs,
    ) -> Result<(), LedgerError> {
        let keyed = shares.iter().map(|(function, share)| (CapScope::Share, share_key(run, *function), *share));
        for (scope, key, amount) in std::iter::once((CapScope::Run, run_key(run), cap)).chain(keyed) {
            if amount < Credits::ZERO || amount > CREDITS_MAX {
                return Err(LedgerError::OutOfRange);
            }
            self.conn
                .prepare_cached(
                    "insert into cap (scope, key, wanted, ceiling, created_at, seal) values (?1, ?2, ?3, ?3, ?4, ?5)
                     on conflict (key) do nothing",
                )
                .and_then(|mut s| {
                    let seal = seal_of_cap(scope, &key, amount.0, now);
                    s.execute(params![scope.as_str(), key, amount.0, now.0, seal])
                })
                .map_err(StoreError::from)?;
        }
        self.touch(Topic::Credits);
        Ok(())
    }

    /// Stops or allows all paid work. While it is stopped nothing is held, whoever asks.
    ///
    /// # Errors
    /// When the file fails.
    pub fn set_spending_stopped(&mut self, is_stopped: bool, now: UtcMs) -> Result<(), StoreError> {
        let moved = self
            .conn
            .prepare_cached(
                "update spending_switch set stopped_at = case ?1 when 0 then 0 else ?2 end
                 where id = 1 and (stopped_at > 0) <> ?1",
            )?
            .execute(params![is_stopped, now.0.max(1)])?;
        if moved > 0 {
            let at = self.spending_stopped_at()?.map_or(0, |at| at.0);
            self.seal_what_was_set("stop:1", seal_of_stop(at))?;
        }
        self.touch(Topic::Credits);
        Ok(())
    }

    /// Names the caps a call falls under, which its hold will count against.
    ///
    /// # Errors
    /// [`LedgerError::Stopped`]; [`LedgerError::CapReached`] for the first cap that has no room.
    pub(super) fn count_against_caps(&mut self, request: &HoldRequest, now: UtcMs) -> Result<(), LedgerError> {
        if self.spending_stopped_at()?.is_some() {
            return Err(LedgerError::Stopped);
        }
        let CapSubject { site, function, run } = self.cap_subject(request)?;
        for of in [StandingLimit::Month, StandingLimit::Day, StandingLimit::Site(site)] {
            let key = of.key(request.day);
            if !self.link(request.call, &key, request.amount)? {
                self.open_period(of, &key, now)?;
                self.link(request.call, &key, request.amount)?;
            }
        }
        if let Some(run) = run {
            self.link(request.call, &run_key(run), request.amount)?;
            self.link(request.call, &share_key(run, function), request.amount)?;
        }
        Ok(())
    }

    /// Makes the row of a period that has none, with the standing limit's wish.
    fn open_period(&mut self, of: StandingLimit, key: &str, now: UtcMs) -> Result<(), StoreError> {
        let (scope, site) = of.columns();
        self.conn
            .prepare_cached(
                "insert into cap (scope, key, wanted, ceiling, created_at, seal)
                 select ?1, ?2, coalesce(l.amount, -1), coalesce(l.amount, ?4), ?5, ?6
                 from (select ?1 as scope, ?3 as site_id) k
                   left join spending_limit l on l.scope = k.scope and l.site_id = k.site_id",
            )?
            .execute(params![scope.as_str(), key, site, UNLIMITED, now.0, seal_of_cap(scope, key, 0, now)])?;
        Ok(())
    }

    /// Counts a call against the cap of that key if it has room; false when there is none.
    fn link(&mut self, call: CallId, key: &str, amount: Credits) -> Result<bool, LedgerError> {
        let found = self
            .conn
            .prepare_cached("select id, scope, ceiling - used - held from cap where key = ?1")
            .map_err(StoreError::from)?
            .query_row(params![key], |row| {
                Ok((row.get::<_, i64>(0)?, crate::table::word::<CapScope>(row, "scope")?, Credits(row.get(2)?)))
            })
            .optional()
            .map_err(StoreError::from)?;
        let Some((cap, scope, left)) = found else { return Ok(false) };
        if amount > left {
            return Err(LedgerError::CapReached { scope, needed: amount, left });
        }
        self.conn
            .prepare_cached("insert into call_cap (call_id, cap_id) values (?1, ?2)")
            .and_then(|mut s| s.execute(params![call.as_bytes(), cap]))
            .map_err(StoreError::from)?;
        Ok(true)
    }
}
