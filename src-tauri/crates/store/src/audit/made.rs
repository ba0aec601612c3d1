//! What was made for the money: what a record names as the thing that it was for is there, and a picture names the record
//! that says what it cost. What a site that was purged had is gone, and is not missed.

use super::finding::{Fact, Finding, FindingKind, Findings};
use super::seals::SealedFrom;
use crate::StoreError;
use rusqlite::{Connection, params};

/// Things that records name and that are not there.
const GONE: &str = "select u.related_type, u.related_id from usage_log u join site s on s.id = u.site_id
   where s.purged_at = 0 and case u.related_type
     when 'cluster' then not exists (select 1 from cluster x where x.id = u.related_id)
     when 'task' then not exists (select 1 from task x where x.id = u.related_id)
     when 'content' then not exists (select 1 from content x where x.id = u.related_id)
     when 'image' then not exists (select 1 from image x where x.id = u.related_id)
     else 0 end
   group by 1, 2";
/// Pictures that name another record than that of their newest making, or of the one that was paid where that was free. An
/// earlier version named none.
const PICTURES: &str = "select i.id, i.usage_id, coalesce(u.reused_from, u.id)
   from image i left join usage_log u on u.id = (
     select max(n.id) from usage_log n
     where n.related_type = 'image' and n.related_id = i.id and n.outcome in ('settled', 'reused'))
   where i.usage_id is not coalesce(u.reused_from, u.id) and (i.usage_id is not null or u.id > ?1)";

/// Checks all of it.
///
/// # Errors
/// When the file cannot be read.
pub(super) fn check(conn: &Connection, from: SealedFrom, findings: &mut Findings) -> Result<(), StoreError> {
    let mut statement = conn.prepare_cached(GONE)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let named = row.get_ref(0)?.as_str().unwrap_or_default();
        let table = ["cluster", "task", "content", "image"].into_iter().find(|table| *table == named);
        let (kind, table, row) = (FindingKind::Standing, table.unwrap_or_default(), row.get::<_, i64>(1)?.to_string());
        let (expected, found) = (Fact::text("named in usage_log"), Fact::Nothing);
        findings.add(Finding { kind, table, row, column: "row", expected, found });
    }
    let [_, noted_from, _] = from.numbered();
    let mut statement = conn.prepare_cached(PICTURES)?;
    let mut rows = statement.query(params![noted_from])?;
    while let Some(row) = rows.next()? {
        let (kind, row_named) = (FindingKind::Record, row.get::<_, i64>(0)?.to_string());
        let [found, expected] = [row.get(1)?, row.get(2)?].map(|id| Fact::or_nothing(id, Fact::Count));
        findings.add(Finding { kind, table: "image", row: row_named, column: "usage_id", expected, found });
    }
    Ok(())
}
