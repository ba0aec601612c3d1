//! What is needed to ask for the same once more: kept with a call while it is open, and gone with its hold. Also how
//! often a unit was asked for already, by all of its calls.

use super::OpenCall;
use crate::{Read, StoreError, Write};
use igny8_core::id::{CallId, JobId, ModelId};
use igny8_core::retry::Sends;
use rusqlite::{OptionalExtension, params};

/// A unit's open call, as what it asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The hash of its request.
    pub request_hash: [u8; 32],
    /// The price version it was held under.
    pub model: ModelId,
    /// What its request names beside its own items, as it was kept; empty for nothing.
    pub siblings: String,
    /// What was wrong with the answer that it repairs; empty for one that repairs none.
    pub fault: String,
}

/// All sends of a unit, those that certainly were not run under one of its calls, and those that are on record: all of
/// them, those of which nobody knows how they ended, and those that were not run under any call.
const SENDS: &str = "with noted as (
   select c.id = ?2 as is_at_hand, a.outcome = 'outcome_unknown' as is_unknown,
     a.outcome in ('not_sent', 'rate_limited', 'overloaded', 'schema_refused') as is_not_run
   from call c join attempt a on a.call_id = c.id where c.job_id = ?1)
 select (select coalesce(sum(attempts), 0) from call where job_id = ?1), count(*) filter (where is_not_run and is_at_hand),
   count(*), count(*) filter (where is_unknown), count(*) filter (where is_not_run)
 from noted";

impl Read<'_> {
    /// What the open call of a unit asked for, if it has one.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn asked(&self, unit: JobId) -> Result<Option<Asked>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "select c.request_hash, c.model_id, coalesce(a.siblings, ''), coalesce(a.fault, '')
             from call c left join call_asked a on a.call_id = c.id where c.job_id = ?1 and c.resolved_at = 0",
        )?;
        let found = statement.query_row(params![unit.0], |row| {
            let model = ModelId(row.get(1)?);
            Ok(Asked { request_hash: row.get(0)?, model, siblings: row.get(2)?, fault: row.get(3)? })
        });
        Ok(found.optional()?)
    }

    /// How often a unit was asked for, by what became of it; what was not run, under the call at hand alone. What is not on
    /// record yet counts as lost.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn sends(&self, unit: JobId, call: CallId) -> Result<Sends, StoreError> {
        let mut statement = self.conn.prepare_cached(SENDS)?;
        Ok(statement.query_row(params![unit.0, call.as_bytes()], |row| {
            let (sent, noted, unknown): (u32, u32, u32) = (row.get(0)?, row.get(2)?, row.get(3)?);
            let not_run: u32 = row.get(4)?;
            Ok(Sends {
                lost: sent.saturating_sub(noted).saturating_add(unknown),
                answered: noted.saturating_sub(unknown).saturating_sub(not_run),
                not_run: row.get(1)?,
            })
        })?)
    }
}

impl Write<'_> {
    /// Keeps what a call that was just held needs to be asked for again.
    ///
    /// # Errors
    /// When the file fails.
    pub fn keep_asked(&mut self, call: CallId, siblings: &str, fault: &str) -> Result<(), StoreError> {
        self.conn
            .prepare_cached("insert into call_asked (call_id, siblings, fault) values (?1, ?2, ?3)")?
            .execute(params![call.as_bytes(), siblings, fault])?;
        Ok(())
    }

    /// Lets go of it once the call is resolved.
    pub(super) fn forget_asked(&mut self, open: &OpenCall) -> Result<(), StoreError> {
        self.conn
            .prepare_cached("delete from call_asked where call_id = ?1")?
            .execute(params![open.call.as_bytes()])?;
        Ok(())
    }
}
