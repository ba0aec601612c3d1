//! Seals: digests of what a call left on record, written in the commit that writes the record. A row that somebody changes
//! later does not fit its seal any more, also where no other row says the same as it. The auditor makes them anew from the
//! rows, with code of its own.

use super::record::UsageRow;
use super::resolve::Posting;
use super::{LedgerError, OpenCall, PaidBody};
use crate::digest::{DIGEST_BYTES, Digest};
use crate::{StoreError, Write};
use igny8_core::money::Credits;
use igny8_core::status::CapScope;
use igny8_core::time::UtcMs;
use rusqlite::params;

impl Write<'_> {
    /// Seals the records of a call that was just resolved: its usage row, the name of its model, its hold, and its attempts.
    pub(super) fn seal(&mut self, open: &OpenCall, record: &UsageRow<'_>, now: UtcMs) -> Result<(), LedgerError> {
        let mut parts = vec![seal_of_record(record, now), self.seal_of_model(open)?, self.seal_of_hold(open)?];
        parts.extend(self.seals_of_attempts(open)?);
        self.conn
            .prepare_cached("update call set seal = ?2 where id = ?1")
            .and_then(|mut s| s.execute(params![open.call.as_bytes(), parts.concat()]))
            .map_err(StoreError::from)?;
        Ok(())
    }

    /// Seals what a call was answered.
    pub(super) fn seal_answer(&mut self, open: &OpenCall, body: &PaidBody) -> Result<(), StoreError> {
        let digest = match body {
            PaidBody::Text(text) => Digest::of("text").text(text).finish(),
            PaidBody::Picture { hash, media_type, width, height, bytes } => {
                let named = Digest::of("picture").text(hash).text(media_type);
                named.number((*width).into()).number((*height).into()).number((*bytes).into()).finish()
            }
        };
        self.conn
            .prepare_cached("update call set answer_seal = ?2 where id = ?1")?
            .execute(params![open.call.as_bytes(), digest])?;
        Ok(())
    }

    fn seal_of_hold(&self, open: &OpenCall) -> Result<[u8; DIGEST_BYTES], StoreError> {
        let mut statement = self.conn.prepare_cached("select amount, at from transfer where id = ?1")?;
        Ok(statement.query_row(params![open.call.hold().as_bytes()], |row| {
            Ok(Digest::of("hold").number(row.get(0)?).number(row.get(1)?).finish())
        })?)
    }

    fn seals_of_attempts(&self, open: &OpenCall) -> Result<Vec<[u8; DIGEST_BYTES]>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "select n, outcome, provider_request_id, cost_nano, at from attempt where call_id = ?1 order by n",
        )?;
        let seals = statement.query_map(params![open.call.as_bytes()], |row| {
            let [outcome, request] = [row.get_ref(1)?, row.get_ref(2)?].map(|text| text.as_str().unwrap_or_default());
            let digest = Digest::of("attempt").number(row.get(0)?).text(outcome).text(request);
            Ok(digest.number(row.get(3)?).number(row.get(4)?).finish())
        })?;
        Ok(seals.collect::<Result<_, _>>()?)
    }

    fn seal_of_model(&self, open: &OpenCall) -> Result<[u8; DIGEST_BYTES], StoreError> {
        let mut statement = self.conn.prepare_cached("select provider, model_name from model where id = ?1")?;
        Ok(statement.query_row(params![open.model.0], |row| {
            let (provider, name) = (row.get_ref(0)?, row.get_ref(1)?);
            let [provider, name] = [provider, name].map(|text| text.as_str().unwrap_or_default());
            Ok(Digest::of("model").text(provider).text(name).finish())
        })?)
    }
}

/// Seals a posting under its number: what it moves, and apart from that the word in its line of the statement.
pub(super) fn seal_of_post(posting: &Posting<'_>, seq: i64, now: UtcMs) -> Vec<u8> {
    let moved = Digest::of("post").number(seq).text(&posting.id.to_string());
    let moved = moved.number(posting.debit).number(posting.credit).number(posting.amount.0).number(now.0).finish();
    [moved, Digest::of("memo").number(seq).text(posting.memo).finish()].concat()
}

/// Seals the record of what was free, which no call stands behind, under its number.
pub(super) fn seal_of_free(record: &UsageRow<'_>, id: i64, now: UtcMs) -> [u8; DIGEST_BYTES] {
    let (related_type, related_id) = record.related.columns();
    Digest::of("free")
        .number(id)
        .text(&record.operation.to_string())
        .text(record.function.operation_type())
        .number(record.site.0)
        .number(record.model.0)
        .text(related_type)
        .number(related_id)
        .text(record.outcome)
        .number(record.reused_from.unwrap_or_default())
        .number(now.0)
        .finish()
}

/// Seals what of a limit does not change: what it is about, since when, and of a run's what was given to it.
pub(super) fn seal_of_cap(scope: CapScope, key: &str, given: i64, now: UtcMs) -> [u8; DIGEST_BYTES] {
    Digest::of("cap").text(scope.as_str()).text(key).number(given).number(now.0).finish()
}

/// Seals a standing limit; one that was taken back is sealed as none.
pub(super) fn seal_of_limit(scope: CapScope, site: i64, amount: Option<Credits>) -> [u8; DIGEST_BYTES] {
    let amount = amount.map_or(-1, |amount| amount.0);
    Digest::of("limit").text(scope.as_str()).number(site).number(amount).finish()
}

/// Seals since when nothing may be spent; 0 while it may.
pub(super) fn seal_of_stop(at: i64) -> [u8; DIGEST_BYTES] {
    Digest::of("stop").number(at).finish()
}

fn seal_of_record(record: &UsageRow<'_>, now: UtcMs) -> [u8; DIGEST_BYTES] {
    let (related_type, related_id) = record.related.columns();
    let usage = record.usage;
    let mut digest = Digest::of("usage")
        .text(record.function.operation_type())
        .number(record.site.0)
        .number(record.model.0)
        .text(related_type)
        .number(related_id)
        .text(record.outcome)
        .number(record.credits.0)
        .number(record.cost.0)
        .number(record.credits.value_at(record.credit_price).0);
    for count in [
        usage.input_tokens,
        usage.cached_input_tokens,
        usage.cache_write_tokens,
        usage.image_input_tokens,
        usage.output_tokens,
        usage.reasoning_tokens,
        usage.image_output_tokens,
        usage.images,
    ] {
        digest = digest.number(count.into());
    }
    let is_stated = usage.stated_cost.is_some();
    digest.number(usage.is_estimated.into()).number(is_stated.into()).number(now.0).finish()
}
