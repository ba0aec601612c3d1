//! What open holds keep back for a while. A hold is the worst case of its call, which takes less in the end; several are
//! open at once, so that what is refused now may fit once they are resolved. Whoever is refused asks here whether to wait.

use super::cap::{CapSubject, StandingLimit, run_key, share_key};
use super::{HoldRequest, LedgerError};
use crate::table::UuidColumn;
use crate::{Read, StoreError};
use igny8_core::id::CallId;
use igny8_core::money::Credits;
use igny8_core::status::CapScope;
use rusqlite::params;

/// Open calls that will be resolved without anybody's word, and of a cap those that count against it. What was interrupted
/// is not among them: it waits for somebody to go on with it.
const GOING: &str = "select c.id, t.amount
   from call c indexed by call_open
     cross join operation o on o.id = c.operation_id
     cross join transfer t on t.id = c.hold_id
   where c.state in ('held', 'sent', 'unknown') and o.interrupted_at = 0
     and (?1 is null or exists (
       select 1 from call_cap l join cap on cap.id = l.cap_id where l.call_id = c.id and cap.key = ?1))";
const IS_GOING: &str = "select exists (select 1 from call c join operation o on o.id = c.operation_id
   where c.id = ?1 and c.resolved_at = 0 and o.interrupted_at = 0)";

impl Read<'_> {
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
        let mut statement = self.conn.prepare_cached(GOING)?;
        let going = statement
            .query_map(params![key], |row| Ok((CallId(row.get::<_, UuidColumn>(0)?.0), Credits(row.get(1)?))))?;
        let going = going.collect::<Result<Vec<_>, _>>()?;
        let comes_back = going.iter().fold(Credits::ZERO, |sum, (_, amount)| sum.plus(*amount));
        if needed > left.plus(comes_back) {
            return Ok(Vec::new());
        }
        // One that holds nothing gives nothing back.
        Ok(going.into_iter().filter(|(_, amount)| *amount > Credits::ZERO).map(|(call, _)| call).collect())
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
