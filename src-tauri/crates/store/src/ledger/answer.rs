//! Paid answers. What was paid for is kept with the hash of its request, in the commit that charges it; the same request
//! is answered from here and costs nothing. Asking for something else on purpose (a rewriting, another picture) changes
//! the request and so its hash. A request that had to be paid once more, because what was kept could not be used, is
//! answered by the newest from then on.

use super::record::{StatementLine, UsageRow};
use super::{LedgerError, OpenCall, Release};
use crate::{Read, StoreError, Write};
use igny8_core::id::{ModelId, OperationId};
use igny8_core::money::{Credits, Usd};
use igny8_core::time::UtcMs;
use igny8_core::usage::Usage;
use rusqlite::{OptionalExtension, Row, params};

/// What a model answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PaidBody {
    /// A text, as the model wrote it.
    Text(String),
    /// A picture of the media folder.
    Picture {
        /// SHA-256 of the file, hexadecimal.
        hash: String,
        /// Media type.
        media_type: String,
        /// Pixels.
        width: u32,
        /// Pixels.
        height: u32,
        /// Size of the file.
        bytes: u32,
    },
}

/// An answer that is paid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaidAnswer {
    /// The usage row that it was charged with.
    pub usage_id: i64,
    /// What the model said.
    pub body: PaidBody,
}

const OF_REQUEST: &str = "select usage_id, body, media_hash, media_type, width, height, bytes from answer
   where request_hash = ?1 order by usage_id desc limit 1";
const OF_OPERATION: &str = "select usage_id, body, media_hash, media_type, width, height, bytes from answer
   where usage_id = (
     select coalesce(reused_from, id) from usage_log
     where operation_id = ?1 and outcome in ('settled', 'reused') order by id limit 1)";

impl Read<'_> {
    /// The newest paid answer to a request, if there is one.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn paid_answer(&self, request_hash: &[u8; 32]) -> Result<Option<PaidAnswer>, StoreError> {
        let mut statement = self.conn.prepare_cached(OF_REQUEST)?;
        Ok(statement.query_row(params![request_hash], read_answer).optional()?)
    }

    /// The paid answer that an operation's first unit got, its own or one that was used again.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn answer_of_operation(&self, operation: OperationId) -> Result<Option<PaidAnswer>, StoreError> {
        let mut statement = self.conn.prepare_cached(OF_OPERATION)?;
        Ok(statement.query_row(params![operation.as_bytes()], read_answer).optional()?)
    }

    /// Hashes of pictures that were paid for and may be asked for again: not those of a site that was purged.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn paid_pictures(&self) -> Result<Vec<String>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "select a.media_hash from answer a
             where a.media_hash <> '' and not exists (
               select 1 from usage_log u join site s on s.id = u.site_id where u.id = a.usage_id and s.purged_at > 0)",
        )?;
        let rows = statement.query_map([], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Write<'_> {
    /// Keeps the answer of a call that was just settled, beside older ones to the same request.
    ///
    /// # Errors
    /// When the file fails.
    pub fn keep_answer(
        &mut self,
        open: &OpenCall,
        usage_id: i64,
        body: &PaidBody,
        now: UtcMs,
    ) -> Result<(), StoreError> {
        let (text, hash, media_type, width, height, bytes) = match body {
            PaidBody::Text(text) => (text.as_str(), "", "", 0, 0, 0),
            PaidBody::Picture { hash, media_type, width, height, bytes } => {
                ("", hash.as_str(), media_type.as_str(), *width, *height, *bytes)
            }
        };
        self.conn
            .prepare_cached(
                "insert into answer (request_hash, usage_id, body, media_hash, media_type, width, height, bytes, at)
                 select request_hash, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9 from call where id = ?1",
            )?
            .execute(params![open.call.as_bytes(), usage_id, text, hash, media_type, width, height, bytes, now.0])?;
        self.seal_answer(open, body)
    }

    /// Records that a paid answer was used again: rows of 0 that name the row it was paid with. Returns the usage row.
    ///
    /// # Errors
    /// When the file fails.
    pub fn reuse(
        &mut self,
        operation: OperationId,
        model: ModelId,
        what: &Release,
        reused_from: i64,
        now: UtcMs,
    ) -> Result<i64, LedgerError> {
        self.write_statement(
            &StatementLine {
                transfer: None,
                operation: Some(operation),
                call: None,
                transaction_type: "deduction",
                operation_type: what.function.operation_type(),
                amount: Credits::ZERO,
                memo: what.code,
            },
            now,
        )?;
        let usage = self.write_usage(
            &UsageRow {
                call: None,
                operation,
                site: what.site,
                function: what.function,
                model,
                related: what.related,
                outcome: "reused",
                credits: Credits::ZERO,
                cost: Usd::ZERO,
                credit_price: what.credit_price,
                usage: &Usage::default(),
                reused_from: Some(reused_from),
            },
            now,
        )?;
        Ok(usage)
    }
}

fn read_answer(row: &Row<'_>) -> rusqlite::Result<PaidAnswer> {
    let hash: String = row.get("media_hash")?;
    let body = if hash.is_empty() {
        PaidBody::Text(row.get("body")?)
    } else {
        PaidBody::Picture {
            hash,
            media_type: row.get("media_type")?,
            width: row.get("width")?,
            height: row.get("height")?,
            bytes: row.get("bytes")?,
        }
    };
    Ok(PaidAnswer { usage_id: row.get("usage_id")?, body })
}
