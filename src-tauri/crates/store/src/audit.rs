//! The auditor: recomputes the books from the transfers with queries of its own and compares. It shares no code with
//! the ledger, so that a mistake there does not repeat itself here. A finding stops paid work and never stops reading.
//!
//! It comes in two depths. [`Read::audit`] runs at every start, after every crash: because a start waits for it, it reads
//! each table once and in the order it lies on the disk (see [`recount`]), looks nothing up row by row, and so finds what
//! makes sums differ. [`Read::audit_in_full`] holds every row against every other row that says the same thing: when
//! somebody asks for it, before every copy, and behind each start. It reads what a call left in one walk ([`calls`],
//! [`rows`]), prices every record again from its tokens ([`price`], [`worth`]), and compares the file's own rules with
//! those of the migrations ([`schema`]). It takes some ten times as long as reading the transfers.
//!
//! What no second row repeats, it cannot see: the memo of extra credits, a token more or less where that changes neither
//! cost nor credits, the instant of a transfer that was changed together with all rows that repeat it, a value in a file
//! of an earlier version, which noted no prices. A chain of digests over the transfers would not help much against the
//! one who can write such statements: without a key that is kept elsewhere they can be made anew as easily as the row,
//! and every commit would pay for them. Who must be sure keeps a copy or an export apart, and compares.

mod calls;
mod columns;
mod finding;
mod posts;
mod price;
mod recount;
mod rows;
mod schema;
mod totals;
mod worth;

use crate::{Read, StoreError};
use finding::Findings;
use igny8_core::money::Credits;
use price::Catalogue;
use recount::{Recount, Stray};
use rows::Checker;
use std::collections::{BTreeMap, BTreeSet};
use worth::Worth;

pub use finding::{Fact, Finding, FindingKind};

/// The auditor's report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Audit {
    /// Transfers read.
    pub transfers: i64,
    /// Everything ever granted.
    pub granted: Credits,
    /// What can be spent now.
    pub available: Credits,
    /// What open holds keep back.
    pub held: Credits,
    /// What was spent from the wallet.
    pub used: Credits,
    /// What lapsed at the turn of a month.
    pub lapsed: Credits,
    /// What does not add up; empty when the books balance.
    pub findings: Vec<Finding>,
    /// How much more does not add up, which is not listed.
    pub more_findings: u64,
}

impl Audit {
    /// Whether the books balance.
    #[must_use]
    pub fn is_ok(&self) -> bool {
        self.findings.is_empty()
    }
}

impl Read<'_> {
    /// Adds the ledger up and compares the sums: what a start waits for.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn audit(&self) -> Result<Audit, StoreError> {
        let recount = Recount::of(self.conn)?;
        let mut findings = Findings::default();
        self.sums(&recount, &mut findings)?;
        Ok(report(&recount, findings))
    }

    /// As [`Read::audit`], and holds each row against the others that say the same.
    ///
    /// # Errors
    /// As [`Read::audit`].
    pub fn audit_in_full(&self) -> Result<Audit, StoreError> {
        let recount = Recount::of(self.conn)?;
        let mut findings = Findings::default();
        schema::check(self.conn, &mut findings)?;
        self.sums(&recount, &mut findings)?;
        let shortfalls = posts::check(self.conn, &mut findings)?;
        let (catalogue, worth) = (Catalogue::of(self.conn)?, Worth::of(self)?);
        let mut checker = Checker::new(catalogue, worth, shortfalls, findings);
        calls::each(self.conn, |call| checker.call(call))?;
        let mut totals = Findings::default();
        totals::check(self.conn, &mut totals)?;
        Ok(report(&recount, checker.finish(totals)))
    }

    /// Accounts, statement, open holds, caps, months and usage records against the transfers.
    fn sums(&self, recount: &Recount, findings: &mut Findings) -> Result<(), StoreError> {
        self.balances(recount, findings)?;
        let statement = self.sum("select coalesce(sum(amount), 0) from credit_transaction")?;
        if statement != recount.wallet {
            findings.add(sum_of(FindingKind::StatementSum, "credit_transaction", "amount", recount.wallet, statement));
        }
        if recount.wallet < recount.held {
            let (wallet, held) = (Fact::credits(recount.wallet), Fact::credits(recount.held));
            let mut overdrawn = of_account("wallet".to_owned(), "debits_pending", wallet, held);
            overdrawn.kind = FindingKind::Overdrawn;
            findings.add(overdrawn);
        }
        self.open_holds(recount, findings)?;
        self.caps(recount, findings)?;
        self.months(recount, findings)?;
        let rows = self.sum("select coalesce(sum(credits), 0) from usage_log where outcome = 'settled'")?;
        if rows != recount.settled {
            findings.add(sum_of(FindingKind::UsageSum, "usage_log", "credits", recount.settled, rows));
        }
        Ok(())
    }

    /// Accounts whose four columns are not what the transfers moved.
    fn balances(&self, recount: &Recount, findings: &mut Findings) -> Result<(), StoreError> {
        const COLUMNS: [&str; 4] = ["debits_pending", "debits_posted", "credits_pending", "credits_posted"];
        let mut statement = self.conn.prepare_cached(
            "select id, code, debits_pending, debits_posted, credits_pending, credits_posted from account order by id",
        )?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let stored: [i64; 4] = [row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?];
            let moved = recount.balances(row.get(0)?);
            for ((column, moved), stored) in COLUMNS.into_iter().zip(moved).zip(stored) {
                if moved != stored {
                    let (expected, found) = (Fact::credits(moved), Fact::credits(stored));
                    findings.add(of_account(row.get(1)?, column, expected, found));
                }
            }
        }
        Ok(())
    }

    /// Open holds without an open call, and open calls without an open hold. Both carry the call's id.
    fn open_holds(&self, recount: &Recount, findings: &mut Findings) -> Result<(), StoreError> {
        let mut statement =
            self.conn.prepare_cached("select hold_id from call where state in ('held', 'sent', 'unknown')")?;
        let named = statement.query_map([], |row| row.get(0))?.collect::<Result<Vec<[u8; 16]>, _>>()?;
        for stray in recount.stray_holds(named) {
            let (table, expected, found) = match stray {
                Stray::Hold(_) => ("transfer", Fact::text("an open call"), Fact::Nothing),
                Stray::Call(_) => ("call", Fact::text("an open hold"), Fact::Nothing),
            };
            let row = finding::uuid(stray.id());
            findings.add(Finding { kind: FindingKind::OpenHold, table, row, column: "hold_id", expected, found });
        }
        Ok(())
    }

    /// Caps that hold or have used something else than the transfers of their calls say.
    fn caps(&self, recount: &Recount, findings: &mut Findings) -> Result<(), StoreError> {
        let counted = recount.caps(self.conn)?;
        let mut statement = self.conn.prepare_cached("select id, held, used, key from cap order by id")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (held, used) = counted.get(&row.get(0)?).copied().unwrap_or_default();
            for (column, counted, stored) in [("held", held, row.get(1)?), ("used", used, row.get(2)?)] {
                if counted != stored {
                    let (kind, expected, found) = (FindingKind::Cap, Fact::credits(counted), Fact::credits(stored));
                    findings.add(Finding { kind, table: "cap", row: row.get(3)?, column, expected, found });
                }
            }
        }
        Ok(())
    }

    /// Months that were granted, have drawn or have used something else than their transfers say.
    fn months(&self, recount: &Recount, findings: &mut Findings) -> Result<(), StoreError> {
        let mut statement =
            self.conn.prepare_cached("select seq, granted, drawn, used from budget_month order by seq")?;
        let kept = statement.query_map([], |row| Ok((row.get(0)?, [row.get(1)?, row.get(2)?, row.get(3)?])))?;
        let kept = kept.collect::<Result<BTreeMap<i64, [i64; 3]>, _>>()?;
        let counted = recount.months.iter().map(|[seq, granted, drawn, used]| (*seq, [*granted, *drawn, *used]));
        let counted: BTreeMap<i64, [i64; 3]> = counted.collect();
        let months: BTreeSet<&i64> = kept.keys().chain(counted.keys()).collect();
        for seq in months {
            let (here, there) = (kept.get(seq), counted.get(seq));
            for (at, column) in ["granted", "drawn", "used"].into_iter().enumerate() {
                let of = |month: &[i64; 3]| month.get(at).copied().map(Fact::credits);
                let (expected, found) = (there.and_then(of), here.and_then(of));
                if expected != found {
                    let (expected, found) = (expected.unwrap_or(Fact::Nothing), found.unwrap_or(Fact::Nothing));
                    let (kind, row) = (FindingKind::Month, seq.to_string());
                    findings.add(Finding { kind, table: "budget_month", row, column, expected, found });
                }
            }
        }
        Ok(())
    }

    fn sum(&self, query: &'static str) -> Result<i64, StoreError> {
        Ok(self.conn.prepare_cached(query)?.query_row([], |row| row.get(0))?)
    }
}

fn report(recount: &Recount, findings: Findings) -> Audit {
    Audit {
        transfers: recount.transfers,
        granted: Credits(recount.granted),
        available: Credits(recount.wallet.saturating_sub(recount.held)),
        held: Credits(recount.held),
        used: Credits(recount.settled),
        lapsed: Credits(recount.lapsed),
        findings: findings.kept,
        more_findings: findings.more,
    }
}

fn of_account(row: String, column: &'static str, expected: Fact, found: Fact) -> Finding {
    Finding { kind: FindingKind::Balance, table: "account", row, column, expected, found }
}

fn sum_of(kind: FindingKind, table: &'static str, column: &'static str, expected: i64, found: i64) -> Finding {
    let (expected, found) = (Fact::credits(expected), Fact::credits(found));
    Finding { kind, table, row: String::new(), column, expected, found }
}

#[cfg(test)]
mod tests;
