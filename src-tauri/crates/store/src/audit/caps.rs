//! Limits as such: what each is about, what was asked for and what is enforced. How much of them is taken is summed up with
//! the transfers.

use super::columns::Columns;
use super::finding::{Fact, Finding, FindingKind, Findings};
use super::seals::SealedFrom;
use crate::StoreError;
use crate::digest::Digest;
use rusqlite::{Connection, Row};

/// What is enforced where no limit is asked for.
const UNLIMITED: i64 = 4_000_000_000_000_000_000;
/// What is wished for where no limit is.
const NO_WISH: i64 = -1;

struct Cap {
    id: i64,
    scope: String,
    key: String,
    wanted: i64,
    ceiling: i64,
    taken: i64,
    created_at: i64,
    seal: Vec<u8>,
    /// The standing limit on periods of its kind.
    standing: i64,
}

/// Checks all of them.
///
/// # Errors
/// When the file cannot be read.
pub(super) fn check(conn: &Connection, from: SealedFrom, findings: &mut Findings) -> Result<(), StoreError> {
    let mut statement = conn.prepare_cached(
        "select c.id, c.scope, c.key, c.wanted, c.ceiling, c.held + c.used, c.created_at, c.seal, coalesce((
           select l.amount from spending_limit l
           where l.scope = c.scope and ((l.site_id = 0 and l.scope <> 'site') or c.key glob 'site:' || l.site_id || ':*')), ?1)
         from cap c order by c.id",
    )?;
    let mut rows = statement.query([NO_WISH])?;
    while let Some(row) = rows.next()? {
        read(row)?.check(from, findings);
    }
    Ok(())
}

impl Cap {
    fn check(self, from: SealedFrom, findings: &mut Findings) {
        let mut differs = |kind, column, expected, found| {
            findings.add(Finding { kind, table: "cap", row: self.key.clone(), column, expected, found });
        };
        let ceiling = if self.wanted == NO_WISH { UNLIMITED } else { self.wanted.max(self.taken) };
        if self.ceiling != ceiling {
            differs(FindingKind::Cap, "ceiling", Fact::credits(ceiling), Fact::credits(self.ceiling));
        }
        if !from.covers_cap(self.id) {
            return;
        }
        let is_of_run = matches!(&*self.scope, "run" | "share");
        if !is_of_run && self.wanted != self.standing {
            differs(FindingKind::Cap, "wanted", wish(self.standing), wish(self.wanted));
        }
        let digest = Digest::of("cap").text(&self.scope).text(&self.key);
        let digest = digest.number(if is_of_run { self.wanted } else { 0 }).number(self.created_at).finish();
        if self.seal != digest {
            differs(FindingKind::Seal, "key", Fact::text("as it was begun"), Fact::text("changed since"));
        }
    }
}

fn wish(wanted: i64) -> Fact {
    if wanted == NO_WISH { Fact::Nothing } else { Fact::credits(wanted) }
}

fn read(row: &Row<'_>) -> rusqlite::Result<Cap> {
    let mut next = Columns::of(row);
    Ok(Cap {
        id: next.take()?,
        scope: next.take()?,
        key: next.take()?,
        wanted: next.take()?,
        ceiling: next.take()?,
        taken: next.take()?,
        created_at: next.take()?,
        seal: next.take()?,
        standing: next.take()?,
    })
}
