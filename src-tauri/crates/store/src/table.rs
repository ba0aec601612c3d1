//! One file per table: its row, what can be asked of it ([`crate::Read`]) and what can be done to it
//! ([`crate::Write`]).

pub mod author;
pub mod automation;
pub mod calendar;
pub mod client_key;
pub mod cluster;
mod column;
pub mod completion;
pub mod content;
pub mod content_version;
pub mod export;
pub mod facet;
pub mod idea;
pub mod image;
pub mod inbox;
pub mod job;
pub mod keyword;
pub mod leftover;
pub mod list;
pub mod model;
pub mod model_role;
pub mod notification;
pub mod occurrence;
pub mod operation;
pub mod outbox;
pub mod prompt;
pub mod provider;
pub mod publishing_settings;
mod purge;
pub mod receipt;
pub mod run;
pub mod run_event;
pub mod run_request;
#[cfg(test)]
mod sample;
pub mod sector;
pub mod setting;
pub mod site;
pub mod site_post;
mod site_term;
pub mod subject;
pub mod task;
mod timeline;
pub mod transaction;
pub mod usage;
pub mod verdict;
pub mod window_request;

use rusqlite::Row;
use rusqlite::types::Type;
use std::str::FromStr;

/// Reads a column that holds a word of a closed vocabulary.
pub(crate) fn word<T>(row: &Row<'_>, column: &str) -> rusqlite::Result<T>
where
    T: FromStr,
    T::Err: std::error::Error + Send + Sync + 'static,
{
    let text: String = row.get(column)?;
    text.parse().map_err(|error: T::Err| rusqlite::Error::FromSqlConversionFailure(0, Type::Text, Box::new(error)))
}

/// Reads a column that holds a JSON document.
pub(crate) fn json<T: serde::de::DeserializeOwned>(row: &Row<'_>, column: &str) -> rusqlite::Result<T> {
    let text: String = row.get(column)?;
    serde_json::from_str(&text)
        .map_err(|error| rusqlite::Error::FromSqlConversionFailure(0, Type::Text, Box::new(error)))
}

/// A UUID as it stands in a BLOB column.
pub(crate) struct UuidColumn(pub uuid::Uuid);

impl rusqlite::types::FromSql for UuidColumn {
    fn column_result(value: rusqlite::types::ValueRef<'_>) -> rusqlite::types::FromSqlResult<Self> {
        let bytes = value.as_blob()?;
        uuid::Uuid::from_slice(bytes).map(Self).map_err(|error| rusqlite::types::FromSqlError::Other(Box::new(error)))
    }
}
