//! What a credit was worth, and since when. Records carry their value and keep it when the price changes; the notes here
//! say which price was in force, so that somebody can check those values later.

use crate::{StoreError, Write};
use igny8_core::money::Usd;

/// The setting that holds the notes: pairs of the newest transfer at the time and the price in nano-dollars, oldest first.
pub(crate) const PRICE_NOTES: &str = "credit_price_notes";

impl Write<'_> {
    /// Notes what a credit is worth from here on. A price that is noted already changes nothing; and notes that somebody has
    /// changed stay as they are, for the auditor to find.
    ///
    /// # Errors
    /// When the file fails.
    pub fn note_credit_price(&mut self, price: Usd) -> Result<(), StoreError> {
        if !self.is_setting_sound(PRICE_NOTES)? {
            return Ok(());
        }
        let stored = self.setting(PRICE_NOTES)?;
        let mut notes: Vec<(i64, i64)> = stored.and_then(|json| serde_json::from_str(&json).ok()).unwrap_or_default();
        if notes.last().is_some_and(|(_, noted)| *noted == price.0) {
            return Ok(());
        }
        let mut statement = self.conn.prepare_cached("select coalesce(max(seq), 0) from transfer")?;
        let newest: i64 = statement.query_row([], |row| row.get(0))?;
        drop(statement);
        notes.push((newest, price.0));
        let json = serde_json::to_string(&notes).map_err(|error| StoreError::Statement(error.to_string()))?;
        self.set_setting(PRICE_NOTES, &json)
    }
}
