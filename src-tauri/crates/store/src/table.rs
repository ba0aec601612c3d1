//! One file per table: its row, what can be asked of it ([`crate::Read`]) and what can be done to it
//! ([`crate::Write`]).

pub mod model;
pub mod setting;

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
