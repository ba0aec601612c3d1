//! What the user was told of a call that cost more than its hold: one notice for each, in the commit that books the excess.
//! Of a sample that was purged such notices are gone, and are not missed.

use super::columns::Columns;
use super::finding::{Fact, Finding, FindingKind, Findings, uuid};
use super::posts::{Excess, Shortfalls};
use super::seals::SealedFrom;
use crate::StoreError;
use igny8_core::money::Credits;
use rusqlite::{Connection, Row, params};
use std::collections::BTreeMap;
use uuid::Uuid;

/// What the key of such a notice begins with.
const KEY: &str = "shortfall:";
const NOTICES: &str = "select dedupe, notification_type, params, created_at from notification
   where dedupe >= 'shortfall:' and dedupe < 'shortfall;' order by dedupe";
const OF_PURGED_SITE: &str = "select 1 from call c join operation o on o.id = c.operation_id
   join site s on s.id = o.site_id where c.id = ?1 and s.purged_at > 0";

struct Notice {
    notification_type: String,
    params: BTreeMap<String, String>,
    at: i64,
}

/// Checks all of them.
///
/// # Errors
/// When the file cannot be read.
pub(super) fn check(
    conn: &Connection,
    shortfalls: &Shortfalls,
    from: SealedFrom,
    findings: &mut Findings,
) -> Result<(), StoreError> {
    let mut statement = conn.prepare_cached(NOTICES)?;
    let notices = statement.query_map([], read)?.collect::<Result<BTreeMap<[u8; 16], Notice>, _>>()?;
    let mut of_purged = conn.prepare_cached(OF_PURGED_SITE)?;
    for (id, excess) in shortfalls {
        let call = call_of(*id);
        match notices.get(&call) {
            Some(notice) => notice.check(call, excess, findings),
            None if from.covers_transfer(excess.seq) && !of_purged.exists(params![call])? => {
                differ(findings, call, "dedupe", Fact::credits(excess.amount), Fact::Nothing);
            }
            None => {}
        }
    }
    for call in notices.keys().filter(|call| !shortfalls.contains_key(&call_of(**call))) {
        differ(findings, *call, "dedupe", Fact::Nothing, Fact::text("a notice"));
    }
    Ok(())
}

impl Notice {
    fn check(&self, call: [u8; 16], excess: &Excess, findings: &mut Findings) {
        let told = Fact::or_nothing(self.params.get("credits").cloned(), Fact::Text);
        differ(findings, call, "credits", Fact::Text(Credits(excess.amount).to_string()), told);
        let found = Fact::text(&*self.notification_type);
        differ(findings, call, "notification_type", Fact::text("credits_shortfall"), found);
        differ(findings, call, "created_at", Fact::Time(excess.at), Fact::Time(self.at));
    }
}

/// The call of a posting, and the posting of a call: their ids differ in all bits of one byte.
fn call_of(mut id: [u8; 16]) -> [u8; 16] {
    if let Some(byte) = id.get_mut(14) {
        *byte ^= 0xFF;
    }
    id
}

fn read(row: &Row<'_>) -> rusqlite::Result<([u8; 16], Notice)> {
    let mut next = Columns::of(row);
    let (key, notification_type, params): (String, String, String) = (next.take()?, next.take()?, next.take()?);
    let call = key.strip_prefix(KEY).and_then(|id| Uuid::try_parse(id).ok()).unwrap_or_default();
    let params = serde_json::from_str(&params).unwrap_or_default();
    Ok((call.into_bytes(), Notice { notification_type, params, at: next.take()? }))
}

fn differ(findings: &mut Findings, call: [u8; 16], column: &'static str, expected: Fact, found: Fact) {
    if expected != found {
        let row = format!("{KEY}{}", uuid(call));
        let (kind, table) = (FindingKind::Shortfall, "notification");
        findings.add(Finding { kind, table, row, column, expected, found });
    }
}
