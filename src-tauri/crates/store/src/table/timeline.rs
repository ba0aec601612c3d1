//! Pages of what happened, newest first. Such a list is walked along its time index from the cursor on: the cursor
//! `at:id:total` is the last row's instant and id, so that rows that happen meanwhile neither shift nor repeat a row,
//! and the total, so that only the first page counts.

use crate::StoreError;
use crate::table::list::{PAGE_ROWS_MAX, Page};
use igny8_core::time::UtcMs;
use std::fmt::Display;
use std::str::FromStr;

/// Where a page begins: after this row. A first page begins after a row that is newer than any.
pub(crate) struct Start<I> {
    pub(crate) at: i64,
    pub(crate) id: Option<I>,
    total: Option<u32>,
}

/// Reads a cursor.
///
/// # Errors
/// [`StoreError::BadQuery`] when the text is no cursor of this kind of list.
pub(crate) fn start<I: FromStr>(cursor: Option<&str>) -> Result<Start<I>, StoreError> {
    let Some(text) = cursor else { return Ok(Start { at: i64::MAX, id: None, total: None }) };
    let bad = || StoreError::BadQuery("cursor".to_owned());
    let (at, rest) = text.split_once(':').ok_or_else(bad)?;
    let (id, total) = rest.split_once(':').ok_or_else(bad)?;
    Ok(Start {
        at: at.parse().map_err(|_| bad())?,
        id: Some(id.parse().map_err(|_| bad())?),
        total: Some(total.parse().map_err(|_| bad())?),
    })
}

/// Rows to ask the database for: one more than wanted tells whether a page follows.
pub(crate) fn rows_asked(limit: u32) -> u32 {
    limit.clamp(1, PAGE_ROWS_MAX) + 1
}

/// Makes a page of the rows asked for. `count` is asked on the first page only, `place` tells a row's place.
pub(crate) fn page<I, T, P: Display>(
    start: &Start<I>,
    mut rows: Vec<T>,
    limit: u32,
    count: impl FnOnce() -> Result<u32, StoreError>,
    place: impl Fn(&T) -> (UtcMs, P),
) -> Result<Page<T>, StoreError> {
    let total = match start.total {
        Some(total) => total,
        None => count()?,
    };
    let wanted = limit.clamp(1, PAGE_ROWS_MAX) as usize;
    let has_next = rows.len() > wanted;
    rows.truncate(wanted);
    let next_cursor = rows.last().filter(|_| has_next).map(|last| {
        let (at, id) = place(last);
        format!("{}:{id}:{total}", at.0)
    });
    Ok(Page { rows, next_cursor, total })
}

/// A set of words as a parameter: a JSON list, in which the statement finds a column's word; `[]` means all.
pub(crate) fn words<'w>(words: impl Iterator<Item = &'w str>) -> String {
    serde_json::Value::from_iter(words).to_string()
}

#[cfg(test)]
mod tests;
