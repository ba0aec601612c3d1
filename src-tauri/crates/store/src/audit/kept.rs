//! What paid work goes by: settings that were made, limits on spending, the switch that stops it, and the prices of the
//! catalogue, each against its digest. All of it is read at each start, being a few hundred rows: a price or a limit that
//! somebody has changed must not be gone by once.

use super::columns::Columns;
use super::finding::{Fact, Finding, FindingKind, Findings};
use crate::StoreError;
use crate::digest::{DIGEST_BYTES, Digest};
use rusqlite::{Connection, Row};
use std::collections::BTreeMap;

/// Columns of a price in the order of the digest.
const PRICES: usize = 8;
/// What the names of limits and of the switch begin with among the seals.
const LIMIT: &str = "limit:";
const STOP: &str = "stop:1";

/// Seals by the name of what they seal.
type Seals = BTreeMap<String, Vec<u8>>;

/// Checks what was set.
///
/// # Errors
/// When the file cannot be read.
pub(super) fn settings(conn: &Connection, findings: &mut Findings) -> Result<(), StoreError> {
    let mut statement = conn.prepare_cached("select key, seal from setting_seal")?;
    let seals = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let mut seals = seals.collect::<Result<Seals, _>>()?;
    let names = seals.remove("");
    names_of(names.as_deref(), &seals, findings);
    let mut statement = conn.prepare_cached("select key, value from setting")?;
    let made = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let mut made = made.collect::<Result<BTreeMap<String, String>, _>>()?;
    let (of_limits, of_settings): (Seals, Seals) =
        seals.into_iter().partition(|(name, _)| name.starts_with(LIMIT) || name == STOP);
    for (key, seal) in of_settings {
        let digest = made.remove(&key).map(|value| Digest::of("setting").text(&key).text(&value).finish());
        compare(("setting", "value"), key, digest, Some(seal), findings);
    }
    for key in made.into_keys() {
        unsealed("setting", key, findings);
    }
    limits(conn, of_limits, findings)
}

/// Checks what the catalogue asks for.
///
/// # Errors
/// When the file cannot be read.
pub(super) fn models(conn: &Connection, findings: &mut Findings) -> Result<(), StoreError> {
    let mut statement = conn.prepare_cached(
        "select id, provider, model_name, model_type, cost_per_1k_input, cost_per_1k_output, cost_per_1k_cached_input,
           cost_per_1k_cache_write, cost_per_1k_reasoning, cost_per_1k_image_input, cost_per_1k_image_output,
           cost_per_image, credits_per_image, tokens_per_credit, min_credits, priced_at, created_at, hours, tiers, seal
         from model order by id",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (id, digest, seal) = model(row)?;
        compare(("model", "row"), id.to_string(), Some(digest), Some(seal), findings);
    }
    Ok(())
}

fn model(row: &Row<'_>) -> rusqlite::Result<(i64, [u8; DIGEST_BYTES], Vec<u8>)> {
    let mut next = Columns::of(row);
    let id = next.take()?;
    let mut digest = Digest::of("model row");
    for _ in 0..PRICES + 3 {
        digest = digest.text(&next.take::<String>()?);
    }
    for _ in 0..5 {
        digest = digest.number(next.take()?);
    }
    // A price that is the same at every hour, or in every quality, is sealed without any.
    for _ in 0..2 {
        let finer: String = next.take()?;
        digest = if finer.is_empty() { digest } else { digest.text(&finer) };
    }
    Ok((id, digest.finish(), next.take()?))
}

/// Limits and the switch. A limit that was taken back is sealed as none.
fn limits(conn: &Connection, mut seals: Seals, findings: &mut Findings) -> Result<(), StoreError> {
    let mut statement = conn.prepare_cached("select stopped_at from spending_switch where id = 1")?;
    let mut rows = statement.query([])?;
    let stop = seals.remove(STOP);
    // That it is gone altogether is said with the rows that must be there.
    if let Some(found) = rows.next()? {
        let digest = Digest::of("stop").number(found.get(0)?).finish();
        compare(("spending_switch", "stopped_at"), "1".to_owned(), Some(digest), stop, findings);
    }
    let mut statement = conn.prepare_cached("select scope, site_id, amount from spending_limit")?;
    let found = statement.query_map([], |row| Ok(((row.get(0)?, row.get(1)?), row.get(2)?)))?;
    let mut found = found.collect::<Result<BTreeMap<(String, i64), i64>, _>>()?;
    for (name, seal) in seals {
        let (scope, site) = name.trim_start_matches(LIMIT).split_once(':').unwrap_or_default();
        let site: i64 = site.parse().unwrap_or_default();
        let amount = found.remove(&(scope.to_owned(), site)).unwrap_or(-1);
        let digest = Digest::of("limit").text(scope).number(site).number(amount).finish();
        let row = format!("{scope} {site}");
        compare(("spending_limit", "amount"), row, Some(digest), Some(seal), findings);
    }
    for (scope, site) in found.into_keys() {
        unsealed("spending_limit", format!("{scope} {site}"), findings);
    }
    Ok(())
}

/// The names of all that was ever set.
fn names_of(sealed: Option<&[u8]>, seals: &Seals, findings: &mut Findings) {
    let names: Vec<&str> = seals.keys().map(String::as_str).collect();
    let digest = Digest::of("names").text(&names.join("\n")).finish();
    if sealed != Some(&digest[..]) {
        let (kind, table) = (FindingKind::Seal, "setting_seal");
        let found = if sealed.is_some() { changed() } else { Fact::Nothing };
        let expected = Fact::text("the names of all that was ever set");
        findings.add(Finding { kind, table, row: String::new(), column: "key", expected, found });
    }
}

/// Holds what a row says against its seal; a row that is gone says nothing.
fn compare(
    (table, column): (&'static str, &'static str),
    row: String,
    digest: Option<[u8; DIGEST_BYTES]>,
    seal: Option<Vec<u8>>,
    findings: &mut Findings,
) {
    let Some(seal) = seal.filter(|seal| !seal.is_empty()) else { return unsealed(table, row, findings) };
    let (kind, found) = match digest {
        Some(digest) if seal == digest => return,
        Some(_) => (FindingKind::Seal, changed()),
        None => (FindingKind::Standing, Fact::Nothing),
    };
    findings.add(Finding { kind, table, row, column, expected: Fact::text("as it was set"), found });
}

fn unsealed(table: &'static str, row: String, findings: &mut Findings) {
    let (kind, expected, found) = (FindingKind::Seal, Fact::text("a seal"), Fact::Nothing);
    findings.add(Finding { kind, table, row, column: "seal", expected, found });
}

fn changed() -> Fact {
    Fact::text("changed since")
}
