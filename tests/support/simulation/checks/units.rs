//! How often the vendor was asked for each unit, by what the vendor knows of it: the books say which unit a call was for,
//! and nothing else of it is taken from them.

use crate::simulation::vendor::{Fate, Request};
use igny8_core::id::CallId;
use igny8_core::usage::Usage;
use rusqlite::Connection;
use std::collections::BTreeMap;

/// Answers of one unit that may be lost.
const LOST_MAX: usize = 2;
/// Requests of one unit that may be billed: one that was lost, one that could not be read, and the last.
const BILLED_MAX: usize = 3;

/// What does not fit what the vendor knows.
pub(super) fn broken(file: &Connection, requests: &[Request], broken: &mut Vec<String>) {
    let units = units(file);
    let mut by_unit: BTreeMap<i64, Vec<&Request>> = BTreeMap::new();
    for request in requests {
        if let Some(unit) = units.get(&request.call) {
            by_unit.entry(*unit).or_default().push(request);
        }
    }
    for (unit, asked) in by_unit {
        let lost = asked.iter().filter(|request| is_lost(request)).count();
        if lost > LOST_MAX {
            broken.push(format!("no unit was lost more than twice: unit {unit}, {lost} times"));
        }
        let billed = asked.iter().filter(|request| request.billed != Usage::default()).count();
        if billed > BILLED_MAX {
            broken.push(format!("no unit is billed more than three times: unit {unit}, {billed} times"));
        }
        for (first, next) in asked.iter().zip(asked.iter().skip(1)) {
            if first.call != next.call && first.wish == next.wish && is_lost(first) {
                broken
                    .push(format!("what was lost is asked for again under its own call: unit {unit}, {}", first.call));
            }
        }
    }
}

/// Whether nobody here can know that it was run. One that is on its way counts as well.
const fn is_lost(request: &Request) -> bool {
    matches!(request.fate, Fate::AnswerLost | Fate::RequestLost) || !request.is_delivered
}

/// Which unit each call was for.
fn units(file: &Connection) -> BTreeMap<CallId, i64> {
    let mut statement = file.prepare_cached("select id, job_id from call").expect("a statement of ours");
    let rows = statement.query_map([], |row| Ok((row.get::<_, Vec<u8>>(0)?, row.get(1)?))).expect("calls can be read");
    rows.map(|row| row.expect("a call")).map(|(id, unit)| (super::outside::call_id(&id), unit)).collect()
}
