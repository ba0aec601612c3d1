//! Which rows of the books are the newest, noted and sealed with each commit. A file that lost its newest rows, with all
//! that they moved and with the counters of their numbers, is one that has been there before: nothing in the rows that
//! are left tells it from that one. A commit that does not find them as the one before left them says so for good, so
//! that whoever works on does not cover it up.

use crate::StoreError;
use crate::digest::{DIGEST_BYTES, Digest};
use rusqlite::{Connection, OptionalExtension, Row, params};

const NEWEST: &str =
    "select coalesce((select max(seq) from transfer), 0), coalesce((select max(id) from usage_log), 0),
     coalesce((select max(id) from credit_transaction), 0)";
const NOTED: &str = "select newest_transfer, newest_usage, newest_line, seal from commit_mark where id = 1";

/// Whether the newest rows are those that the last commit left; of a file that has lost its mark nobody can say so.
///
/// # Errors
/// When the file cannot be read.
pub(crate) fn are_as_left(conn: &Connection) -> Result<bool, StoreError> {
    let mut noted = conn.prepare_cached(NOTED)?;
    let read = |row: &Row<'_>| Ok(([row.get(0)?, row.get(1)?, row.get(2)?], row.get::<_, Vec<u8>>(3)?));
    let Some((numbers, seal)) = noted.query_row([], read).optional()? else { return Ok(false) };
    Ok(seal == seal_of(numbers) && numbers == newest(conn)?)
}

/// Moves the file's mark on, in the commit that it marks: with the newest rows where the last commit's were found, else
/// with the word that they were not. A file that has lost its mark gets one with that word: without one nothing could be
/// kept in it, not even what somebody does about it.
///
/// # Errors
/// When the file cannot be written.
pub(crate) fn mark(conn: &Connection, token: u128, were_as_left: bool) -> Result<(), StoreError> {
    let token = token.to_be_bytes();
    if !were_as_left {
        conn.prepare_cached(
            "insert into commit_mark (id, token) values (1, ?1)
             on conflict (id) do update set token = excluded.token, seal = x''",
        )?
        .execute(params![token])?;
        return Ok(());
    }
    let numbers = newest(conn)?;
    let [transfer, usage, line] = numbers;
    conn.prepare_cached(
        "update commit_mark set token = ?1, newest_transfer = ?2, newest_usage = ?3, newest_line = ?4, seal = ?5
         where id = 1",
    )?
    .execute(params![token, transfer, usage, line, seal_of(numbers)])?;
    Ok(())
}

fn newest(conn: &Connection) -> Result<[i64; 3], StoreError> {
    let mut newest = conn.prepare_cached(NEWEST)?;
    Ok(newest.query_row([], |row| Ok([row.get(0)?, row.get(1)?, row.get(2)?]))?)
}

fn seal_of(numbers: [i64; 3]) -> [u8; DIGEST_BYTES] {
    numbers.into_iter().fold(Digest::of("newest"), Digest::number).finish()
}
