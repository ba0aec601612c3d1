//! Receipts: what was read back of a delivery, field by field in the order in which they are shown. A receipt is written
//! with its publication and never changed.

use crate::{Read, StoreError, Write};
use igny8_core::id::PublicationId;
use igny8_core::receipt::{ReceiptField, ReceiptNote, Verdict};
use rusqlite::{Row, params};

/// Most characters of a value that are kept: what a person reads in a table.
const VALUE_CHARS_MAX: usize = 120;

/// One field of a receipt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceiptRow {
    /// What of the post.
    pub field: ReceiptField,
    /// How it arrived.
    pub verdict: Verdict,
    /// Why, where that was known beforehand.
    pub note: Option<ReceiptNote>,
    /// What was sent, cut.
    pub sent: String,
    /// What was read back, cut.
    pub found: String,
}

impl Read<'_> {
    /// The receipt of a delivery.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn receipt_of(&self, publication: PublicationId) -> Result<Vec<ReceiptRow>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "select field, verdict, note, sent, found from receipt_field where publication_id = ?1 order by position",
        )?;
        let rows = statement.query_map(params![publication.0], read_field)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Write<'_> {
    /// Writes the receipt of a delivery, with its publication.
    pub(super) fn put_receipt(&mut self, publication: i64, fields: &[ReceiptRow]) -> Result<(), StoreError> {
        let mut statement = self.conn.prepare_cached(
            "insert into receipt_field (publication_id, position, field, verdict, note, sent, found)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?;
        for (position, row) in fields.iter().enumerate() {
            statement.execute(params![
                publication,
                i64::try_from(position).unwrap_or(i64::MAX),
                row.field.as_str(),
                row.verdict.as_str(),
                row.note.map_or("", ReceiptNote::as_str),
                cut(&row.sent),
                cut(&row.found),
            ])?;
        }
        Ok(())
    }
}

pub(super) fn read_field(row: &Row<'_>) -> rusqlite::Result<ReceiptRow> {
    Ok(ReceiptRow {
        field: super::word(row, "field")?,
        verdict: super::word(row, "verdict")?,
        note: super::column::optional_word(row, "note")?,
        sent: row.get("sent")?,
        found: row.get("found")?,
    })
}

/// As much of a value as receipts keep.
#[must_use]
pub fn cut(text: &str) -> String {
    text.chars().take(VALUE_CHARS_MAX).collect()
}
