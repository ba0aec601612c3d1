//! How far kinds of notices reach, where the user chose it. It counts for what is written from then on; what stands in the
//! list stays there.

use crate::{Read, StoreError, Write};
use igny8_core::notice::Channel;
use igny8_core::topic::Topic;
use rusqlite::{OptionalExtension, params};
use std::collections::BTreeMap;

impl Read<'_> {
    /// What was chosen for a kind; `None` when nothing was. Every notice asks.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn notice_choice(&self, notification_type: &str) -> Result<Option<Channel>, StoreError> {
        let mut statement =
            self.conn.prepare_cached("select channel from notification_choice where notification_type = ?1")?;
        Ok(statement.query_row(params![notification_type], |row| crate::table::word(row, "channel")).optional()?)
    }

    /// What was chosen, by kind.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn notice_choices(&self) -> Result<BTreeMap<String, Channel>, StoreError> {
        let mut statement = self.conn.prepare_cached("select notification_type, channel from notification_choice")?;
        let rows =
            statement.query_map([], |row| Ok((row.get("notification_type")?, crate::table::word(row, "channel")?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Write<'_> {
    /// Chooses how far notices of a kind reach from now on; `None` leaves it to their severity again.
    ///
    /// # Errors
    /// When the file fails.
    pub fn choose_channel(&mut self, notification_type: &str, channel: Option<Channel>) -> Result<(), StoreError> {
        match channel {
            Some(channel) => self
                .conn
                .prepare_cached(
                    "insert into notification_choice (notification_type, channel) values (?1, ?2)
                     on conflict (notification_type) do update set channel = excluded.channel",
                )?
                .execute(params![notification_type, channel.as_str()])?,
            None => self
                .conn
                .prepare_cached("delete from notification_choice where notification_type = ?1")?
                .execute(params![notification_type])?,
        };
        self.touch(Topic::Settings);
        Ok(())
    }
}
