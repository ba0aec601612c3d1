//! What open holds keep back for a while. A hold is the worst case of its call, which takes less in the end; several are
//! open at once, so that what is refused now may fit once they are resolved. Whoever is refused asks here whether to wait, and
//! whoever looks before anything is begun goes by the same.

use super::cap::{CapSubject, StandingLimit, run_key, share_key};
use super::{HoldRequest, LedgerError};
use crate::table::UuidColumn;
use crate::{Read, StoreError};
use igny8_core::id::{CallId, JobId, OperationId, SiteId};
use igny8_core::money::Credits;
use igny8_core::status::CapScope;
use igny8_core::time::CalendarDay;
use rusqlite::{OptionalExtension, params};

/// What can be spent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Funds {
    /// Now.
    pub available: Credits,
    /// Kept back by open holds that will be resolved without anybody's word, which take less of it in the end.
    pub returning: Credits,
}

impl Funds {
    /// What a call may need that waits for those holds.
    #[must_use]
    pub fn in_time(self) -> Credits {
        self.available.plus(self.returning)
    }
}

/// Open calls that will be resolved without anybody's word, but for those of one operation, and of a cap those that count
/// against it. What was interrupted is not among them: it waits for somebody to go on with it.
const GOING: &str = "select c.id, t.amount
   from call c indexed by call_open
     cross join operation o on o.id = c.operation_id
     cross join transfer t on t.id = c.hold_id
   where c.state in ('held', 'sent', 'unknown') and o.interrupted_at = 0
     and (?1 is null or exists (
       select 1 from call_cap l join cap on cap.id = l.cap_id where l.call_id = c.id and cap.key = ?1))
     and (?2 is null or c.operation_id <> ?2)";
const IS_GOING: &str = "select exists (select 1 from call c join operation o on o.id = c.operation_id
   where c.id = ?1 and c.resolved_at = 0 and o.interrupted_at = 0)";

/// An open call of another unit that asks for the same, is sent or may be, and will be resolved without anybody's word.
const BESIDE: &str = "select c.id from call c indexed by call_open cross join operation o on o.id = c.operation_id
   where c.state in ('held', 'sent', 'unknown') and c.request_hash = ?1 and c.job_id <> ?2 and o.interrupted_at = 0
     and (c.state = 'sent' or not ?3) limit 1";

impl Read<'_> {
    /// The open call of another unit than `job` whose answer will serve this one as well; for a unit that has an open call
    /// itself only one that is out at the moment, lest two wait for each other.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn asked_beside(
        &self,
        request_hash: &[u8; 32],
        job: JobId,
        is_open: bool,
    ) -> Result<Option<CallId>, StoreError> {
        let mut statement = self.conn.prepare_cached(BESIDE)?;
        let found = statement.query_row(params![request_hash, job.0, is_open], |row| row.get::<_, UuidColumn>(0));
        Ok(found.optional()?.map(|column| CallId(column.0)))
    }

    /// The open calls whose holds alone are in the way of a hold that was refused: once they are resolved it may fit. None
    /// when it would not fit without them either, or was not refused for want of room.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn holds_in_the_way(&self, refusal: &LedgerError, request: &HoldRequest) -> Result<Vec<CallId>, StoreError> {
        let (needed, left, key) = match refusal {
            LedgerError::InsufficientCredits { needed, available } => (*needed, *available, None),
            LedgerError::CapReached { scope, needed, left } => {
                let Some(key) = self.key_of_cap(*scope, request)? else { return Ok(Vec::new()) };
                (*needed, *left, Some(key))
            }
            LedgerError::Stopped
            | LedgerError::NotFree
            | LedgerError::Resolved
            | LedgerError::OutOfRange
            | LedgerError::Store(_) => return Ok(Vec::new()),
        };
        let going = self.going(key.as_deref(), None)?;
        if needed > left.plus(in_all(&going)) {
            return Ok(Vec::new());
        }
        // One that holds nothing gives nothing back.
        Ok(going.into_iter().filter(|(_, amount)| *amount > Credits::ZERO).map(|(call, _)| call).collect())
    }

    /// What can be spent now, and in time; `of_others` leaves out what is kept back for one operation.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn funds(&self, of_others: Option<OperationId>) -> Result<Funds, StoreError> {
        Ok(Funds { available: self.available()?, returning: in_all(&self.going(None, of_others)?) })
    }

    /// Refuses what neither the wallet nor the standing limits of a site cover with no hold open any more, as a call is
    /// refused.
    ///
    /// # Errors
    /// [`LedgerError::InsufficientCredits`]; [`LedgerError::CapReached`].
    pub fn check_room(&self, needed: Credits, site: SiteId, day: CalendarDay) -> Result<(), LedgerError> {
        let funds = self.funds(None)?;
        if needed > funds.in_time() {
            return Err(LedgerError::InsufficientCredits { needed, available: funds.available });
        }
        for cap in self.standing_caps(day)?.into_iter().filter(|cap| cap.site.is_none_or(|of| of == site)) {
            let Some(left) = cap.left().filter(|left| needed > *left) else { continue };
            let of = match (cap.scope, cap.site) {
                (CapScope::Site, Some(site)) => StandingLimit::Site(site),
                (CapScope::Day, _) => StandingLimit::Day,
                (CapScope::Month | CapScope::Site | CapScope::Run | CapScope::Share, _) => StandingLimit::Month,
            };
            if needed > left.plus(in_all(&self.going(Some(&of.key(day)), None)?)) {
                return Err(LedgerError::CapReached { scope: cap.scope, needed, left });
            }
        }
        Ok(())
    }

    /// Whether each of these calls is still open and will be resolved without anybody's word.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn are_going(&self, calls: &[CallId]) -> Result<bool, StoreError> {
        let mut statement = self.conn.prepare_cached(IS_GOING)?;
        for call in calls {
            if !statement.query_row(params![call.as_bytes()], |row| row.get::<_, bool>(0))? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn going(&self, key: Option<&str>, but: Option<OperationId>) -> Result<Vec<(CallId, Credits)>, StoreError> {
        let mut statement = self.conn.prepare_cached(GOING)?;
        let going = statement.query_map(params![key, but.as_ref().map(OperationId::as_bytes)], |row| {
            Ok((CallId(row.get::<_, UuidColumn>(0)?.0), Credits(row.get(1)?)))
        })?;
        Ok(going.collect::<Result<_, _>>()?)
    }

    /// The key of the cap of a scope that a request falls under; none for a run's where it belongs to none.
    fn key_of_cap(&self, scope: CapScope, request: &HoldRequest) -> Result<Option<String>, StoreError> {
        let CapSubject { site, function, run } = self.cap_subject(request)?;
        Ok(match scope {
            CapScope::Month => Some(StandingLimit::Month.key(request.day)),
            CapScope::Day => Some(StandingLimit::Day.key(request.day)),
            CapScope::Site => Some(StandingLimit::Site(site).key(request.day)),
            CapScope::Run => run.map(run_key),
            CapScope::Share => run.map(|run| share_key(run, function)),
        })
    }
}

fn in_all(holds: &[(CallId, Credits)]) -> Credits {
    holds.iter().fold(Credits::ZERO, |sum, (_, amount)| sum.plus(*amount))
}
