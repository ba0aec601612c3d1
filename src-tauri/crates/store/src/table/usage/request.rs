//! Our requests to vendors, one row for each attempt at a call, as a vendor's own list has them.

use super::breakdown::Span;
use crate::{Read, StoreError};
use igny8_core::id::OperationId;
use igny8_core::model::BUILTIN;
use igny8_core::money::Usd;
use igny8_core::reconcile::OurRequest;
use igny8_core::time::UtcMs;
use rusqlite::{Row, params};

/// An attempt that left a result costs what is left of the record's cost when the lost ones are taken off. What a record
/// says of tokens is about the last attempt, and is no count of the vendor's where it is an estimate. One that was asked about again under the vendor's id is no request of its own.
const REQUESTS: &str = "select a.at, m.provider, m.model_name, a.provider_request_id, u.operation_id,
     a.outcome <> 'settled' as is_lost,
     case when a.outcome = 'settled' then u.cost_nano - u.lost_nano else a.billed_nano end as cost_nano,
     case when a.n = k.attempts and u.is_estimated = 0 then
       u.tokens_input + u.tokens_cached + u.tokens_cache_write + u.tokens_output + u.tokens_reasoning
         + u.tokens_image_input + u.tokens_image_output else 0 end as tokens
   from usage_line u join model m on m.id = u.model_id join call k on k.id = u.call_id
     join attempt_billed a on a.call_id = u.call_id
   where u.at >= ?1 and u.at < ?2 and m.provider <> ?3 and a.billed_nano = a.cost_nano
   order by a.at, u.id, a.n";

impl Read<'_> {
    /// Requests to vendors whose calls were resolved within a span, oldest first; those to the built-in engine, which
    /// sends no bill, are left out.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn vendor_requests(&self, span: Span) -> Result<Vec<OurRequest>, StoreError> {
        let mut statement = self.conn.prepare_cached(REQUESTS)?;
        let requests = statement.query_map(params![span.from.0, span.until.0, BUILTIN], read_request)?;
        Ok(requests.collect::<Result<_, _>>()?)
    }
}

fn read_request(row: &Row<'_>) -> rusqlite::Result<OurRequest> {
    let operation: crate::table::UuidColumn = row.get("operation_id")?;
    let tokens: i64 = row.get("tokens")?;
    Ok(OurRequest {
        at: UtcMs(row.get("at")?),
        provider: row.get("provider")?,
        model: row.get("model_name")?,
        request_id: row.get("provider_request_id")?,
        operation: OperationId(operation.0).to_string(),
        tokens: (tokens > 0).then_some(tokens),
        cost: Usd(row.get("cost_nano")?),
        is_lost: row.get("is_lost")?,
    })
}

#[cfg(test)]
mod tests;
