//! Units: how each ended, when and why, against the calls that were made for it and the lines of what was refused. The
//! commit that resolves a unit's last call, or refuses it, ends the unit too.

use super::calls::read_items;
use super::columns::Columns;
use super::finding::{Fact, Finding, FindingKind, Findings};
use super::totals::Sums;
use rusqlite::Row;
use std::collections::BTreeSet;

/// All units in the order of their operations. With how far their calls got: -1 without any, 1 with one that was settled;
/// when that was; and of those that failed, what was given back for them: when, why, and how the last attempt ended.
pub(super) const ALL: &str = "select j.operation_id, j.state, j.item_ids, j.error_code, j.created_at, j.ended_at,
     coalesce((select max(c.state = 'settled') from call c where c.job_id = j.id), -1),
     case j.state when 'done' then
       (select max(c.resolved_at) from call c where c.job_id = j.id and c.state = 'settled') end,
     case j.state when 'failed' then
       (select json_group_array(json_array(c.resolved_at, coalesce(s.memo, ''), coalesce(a.outcome, '')))
        from call c left join transfer r on r.hold_id = c.hold_id left join credit_transaction s on s.transfer_id = r.id
          left join attempt a on a.call_id = c.id and a.n = c.attempts
        where c.job_id = j.id and c.state = 'released') end,
     j.id, j.attempts, j.lease_token
   from job j order by j.operation_id, j.ordinal";

/// When a call was given back, the reason in the statement, and how its last attempt had ended.
type GivenBack = (i64, String, String);

/// One unit.
pub(super) struct Unit {
    pub(super) state: String,
    pub(super) items: Vec<i64>,
    pub(super) error_code: String,
    pub(super) created_at: i64,
    pub(super) ended_at: i64,
    pub(super) has_call: bool,
    pub(super) is_charged: bool,
    settled_at: Option<i64>,
    given_back: Vec<GivenBack>,
    id: i64,
    attempts: i64,
    leases: i64,
}

/// Reads one with its operation.
pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<([u8; 16], Unit)> {
    let mut next = Columns::of(row);
    let operation = next.take()?;
    let (state, items) = (next.take()?, read_items(next.take()?));
    let (error_code, created_at, ended_at): (String, i64, i64) = (next.take()?, next.take()?, next.take()?);
    let charged: i64 = next.take()?;
    let settled_at = next.take()?;
    let given_back: Option<String> = next.take()?;
    let unit = Unit {
        state,
        items,
        error_code,
        created_at,
        ended_at,
        has_call: charged >= 0,
        is_charged: charged > 0,
        settled_at,
        given_back: given_back.and_then(|json| serde_json::from_str(&json).ok()).unwrap_or_default(),
        id: next.take()?,
        attempts: next.take()?,
        leases: next.take()?,
    };
    Ok((operation, unit))
}

impl Unit {
    /// Checks how it ended. `sums` are those of its operation.
    pub(super) fn check(&self, sums: &Sums, findings: &mut Findings) {
        let mut differs = |column, expected: Fact, found: Fact| {
            if expected != found {
                let (kind, row) = (FindingKind::Units, self.id.to_string());
                findings.add(Finding { kind, table: "job", row, column, expected, found });
            }
        };
        let is_open = matches!(&*self.state, "ready" | "leased");
        if is_open != (self.ended_at == 0) {
            let due = if is_open { Fact::Time(0) } else { Fact::text("when it ended") };
            return differs("ended_at", due, Fact::Time(self.ended_at));
        }
        if matches!(&*self.state, "failed" | "cancelled") == self.error_code.is_empty() {
            let due = if self.error_code.is_empty() { Fact::text("a reason") } else { Fact::Nothing };
            differs("error_code", due, Fact::text(&*self.error_code));
        }
        if let Some(settled_at) = self.settled_at {
            differs("ended_at", Fact::Time(settled_at), Fact::Time(self.ended_at.max(1)));
        }
        if self.state == "failed" {
            let (ends, codes) = self.reasons(sums);
            if let (Some(end), false) = (ends.last(), ends.contains(&self.ended_at.max(1))) {
                differs("ended_at", Fact::Time(*end), Fact::Time(self.ended_at));
            } else if let (Some(code), false) = (codes.first(), codes.contains(&*self.error_code)) {
                differs("error_code", Fact::text(*code), Fact::text(&*self.error_code));
            }
        }
        let was_begun = self.has_call || matches!(&*self.state, "done" | "failed" | "leased");
        let due = self.attempts.clamp(was_begun.into(), self.leases.max(1));
        differs("attempts", Fact::Count(due), Fact::Count(self.attempts));
    }

    /// When it may have failed, and for which reasons if it did so when it says.
    fn reasons<'s>(&'s self, sums: &'s Sums) -> (BTreeSet<i64>, BTreeSet<&'s str>) {
        let refused =
            sums.free_lines.iter().filter(|line| line.memo != "reused").map(|line| (line.at.max(1), &*line.memo));
        let given_back = self.given_back.iter().flat_map(|(at, why, ended)| [(*at, &**why), (*at, &**ended)]);
        let (mut ends, mut codes) = (BTreeSet::new(), BTreeSet::new());
        for (at, code) in given_back.chain(refused) {
            ends.insert(at);
            if at == self.ended_at.max(1) && !code.is_empty() {
                codes.insert(code);
            }
        }
        (ends, codes)
    }
}
