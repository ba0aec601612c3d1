//! Reading columns and binding lists: the conversions every table shares, so that "unknown" and "not yet" are read the
//! same way everywhere.

use crate::StoreError;
use igny8_core::time::UtcMs;
use rusqlite::{Connection, Params, Row, params};
use serde::Serialize;
use std::str::FromStr;

/// Reads a word of a closed vocabulary that may be unknown, which is stored as the empty text.
pub(crate) fn optional_word<T>(row: &Row<'_>, column: &str) -> rusqlite::Result<Option<T>>
where
    T: FromStr,
    T::Err: std::error::Error + Send + Sync + 'static,
{
    let text: String = row.get(column)?;
    if text.is_empty() { Ok(None) } else { super::word(row, column).map(Some) }
}

/// Reads a text that may be absent, which is stored as the empty text.
pub(crate) fn optional_text(row: &Row<'_>, column: &str) -> rusqlite::Result<Option<String>> {
    let text: String = row.get(column)?;
    Ok((!text.is_empty()).then_some(text))
}

/// Reads an instant.
pub(crate) fn instant(row: &Row<'_>, column: &str) -> rusqlite::Result<UtcMs> {
    row.get(column).map(UtcMs)
}

/// Reads an instant that may not have come yet, which is stored as 0.
pub(crate) fn optional_instant(row: &Row<'_>, column: &str) -> rusqlite::Result<Option<UtcMs>> {
    let ms: i64 = row.get(column)?;
    Ok((ms > 0).then_some(UtcMs(ms)))
}

/// The JSON under which a list is stored, or handed to `json_each`.
pub(crate) fn to_json<T: Serialize + ?Sized>(value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| StoreError::Statement(error.to_string()))
}

/// Runs a statement that answers with one column of ids, and returns them in ascending order.
pub(crate) fn ids<T: Ord>(
    conn: &Connection,
    sql: &'static str,
    params: impl Params,
    id: fn(i64) -> T,
) -> Result<Vec<T>, StoreError> {
    let mut statement = conn.prepare_cached(sql)?;
    let rows = statement.query_map(params, |row| row.get(0).map(id))?;
    let mut found = rows.collect::<Result<Vec<T>, _>>()?;
    found.sort_unstable();
    Ok(found)
}

/// Runs a change for one id after the other, `?1` in the statement, at the instant `?2`, and returns those whose row
/// matched, in ascending order. For what every paid call does: a list that SQLite reads out of JSON, and rows that it
/// hands back, are a table in memory each.
pub(crate) fn change_each<T: Copy + Ord>(
    conn: &Connection,
    sql: &'static str,
    wanted: &[T],
    id: fn(T) -> i64,
    now: UtcMs,
) -> Result<Vec<T>, StoreError> {
    let mut statement = conn.prepare_cached(sql)?;
    let mut changed = Vec::with_capacity(wanted.len());
    for each in wanted {
        if statement.execute(params![id(*each), now.0])? > 0 {
            changed.push(*each);
        }
    }
    changed.sort_unstable();
    Ok(changed)
}

/// Runs a change of one row and says whether it matched.
pub(crate) fn changes_one(conn: &Connection, sql: &'static str, params: impl Params) -> Result<bool, StoreError> {
    Ok(conn.prepare_cached(sql)?.execute(params)? == 1)
}
