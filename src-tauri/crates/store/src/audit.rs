//! The auditor: recomputes the books from the transfers with queries of its own and compares. It shares no code with
//! the ledger, so that a mistake there does not repeat itself here. A finding stops paid work and never stops reading.
//!
//! It comes in two depths. [`Read::audit`] runs at every start, after every crash: because a start waits for it, it reads
//! each table once and in the order it lies on the disk (see [`recount`]), looks nothing up row by row, and so finds what
//! makes sums differ. [`Read::audit_in_full`] holds every row against every other row that says the same thing: when
//! somebody asks for it, before every copy, and behind each start. It reads what a call left in one walk ([`calls`],
//! [`rows`], [`attempts`]), prices every record again from its tokens ([`price`], [`worth`]), holds each operation against
//! its units, its records and the notice of its end ([`totals`], [`operations`], [`units`], [`related`]), and compares the
//! file's own rules with those of the migrations ([`schema`]). It takes some ten times as long as reading the transfers.
//!
//! Of rows that say the same thing and disagree it names the one that was changed, where a seal or the other rows say which
//! that is ([`amount`]), and else both. The rows come first in its report, and behind them the sums that do not add up.
//!
//! What no second row repeats stands beside its digest, which the ledger writes with it ([`seals`], [`answers`]): whether
//! consumption was counted or guessed, what a lost answer has likely cost, under which number a vendor knows a request,
//! what a model was called, what it answered; so do postings with the word about them ([`posts`]), so that credits which
//! somebody puts in past the app lack one, and the records of what was free. Only the digest itself is shared with the ledger; what goes into it is said
//! here once more.
//!
//! Rows that are gone as a whole are missed by those that speak of them, by the figures that they should hold, and where
//! they always stand ([`standing`], [`caps`]), by what was paid for them ([`made`]), and by the gap that their number
//! leaves, also at the end ([`numbering`]); what was free by its units ([`free`]), and what was told by what was booked
//! ([`told`]). What paid work goes by (settings, limits, the stop of all spending, prices) has its seals apart, and a seal
//! of all their names ([`kept`]).
//!
//! # What the auditor cannot see
//!
//! Money is what was granted, held, taken, billed and limited; proof of money is what says so a second time. Of these it
//! does not see, since it is written down once and sealed nowhere:
//! - the memo of a release whose last attempt had ended otherwise, and what a call asked for that left no answer: such a call
//!   took nothing, and nothing is used again that it did not bring;
//! - how many items an operation was asked for, that its pictures were asked for anew, and that it was begun by hand where
//!   it belongs to no run: they say what was wished for, and what was done and taken stands in its units;
//! - of a unit, how often it was tried, where that is no more than it was taken up; and of one that was cancelled, when, and
//!   for which of the reasons of its operation: nothing was taken for it;
//! - of an operation that has not ended, how many clusters it has joined, in which phase it is, and since when it waits for
//!   somebody to let it go on: these move with the work, and its holds are seen;
//! - of a call that is still open, what it asks for, by which of the prices that its model ever had it was held, and when it
//!   was sent again: it is sealed when it is resolved;
//! - a row that nothing speaks of: a site, a model, a run or a run's limit that no work was done with, a picture that waits
//!   to be made, and notices of anything but the end of an operation or a shortfall. Nothing was paid for any of them;
//! - that a row of the catalogue is on, is the default, has an end or a successor, and what a picture may be asked of it: a
//!   person changes these as they like, and each call names the row that it was priced by;
//! - which of its vendors is asked where, how often and under which key (`provider`), and which model does what
//!   (`model_role`): each call says whom it asked, and by which prices;
//! - the answers to commands that came with a key (`client_key`): they keep a click that is sent twice from doing a thing
//!   twice. Without them it is done again, and everything that it does is on the books;
//! - which words were asked with (`usage_prompt`, `prompt_trial`, `prompt_version`): they say how, and not how much;
//! - what became of what was paid for: an article's text and its versions, a picture that shows another file, and all that
//!   was removed and not replaced in a plan. Whoever paid may change it; what was answered is kept and sealed beside it;
//! - a notice that was read, and one that was put away.
//!
//! Nor does it see, whatever row it is in:
//! - what is changed together with all rows that repeat it and with the digests, which takes a program that makes them and
//!   no statement can. A key would have to be kept elsewhere;
//! - that the whole file was exchanged for an older copy of itself, or rows together with the seals that they had in one;
//! - that all digests up to some instant were taken away, and the places since when they are kept moved to it, each to where
//!   it would have stood then: so would a file look that an earlier version wrote until that instant;
//! - that a row was taken away with everything that repeats it, and all rows behind it renumbered, where none of these is
//!   sealed under its number.
//!
//! Of rows that an earlier version wrote, which kept no digests and noted no prices, it does not see what no second row
//! repeats. Who must be sure keeps a copy or an export apart, and compares.

mod amount;
mod answers;
mod attempts;
mod beside;
mod calls;
mod caps;
mod columns;
mod finding;
mod free;
mod kept;
mod made;
mod numbering;
mod operations;
mod posts;
mod price;
mod recount;
mod related;
mod rows;
mod schema;
mod seals;
mod standing;
mod told;
mod totals;
mod units;
mod worth;

use crate::{Read, StoreError};
use finding::Findings;
use igny8_core::money::Credits;
use price::Catalogue;
use recount::{Recount, Stray};
use rows::Checker;
use seals::{SealedFrom, Seals};
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
        kept::models(self.conn, &mut findings)?;
        numbering::newest(self.conn, &mut findings)?;
        Ok(report(&recount, findings))
    }

    /// As [`Read::audit`], and holds each row against the others that say the same.
    ///
    /// # Errors
    /// As [`Read::audit`].
    pub fn audit_in_full(&self) -> Result<Audit, StoreError> {
        let recount = Recount::of(self.conn)?;
        let mut findings = Findings::default();
        let tables = schema::check(self.conn, &mut findings)?;
        let (mut totals, mut sealed, mut sums) = (Findings::default(), Findings::default(), Findings::default());
        self.sums(&recount, &mut sums)?;
        let from = SealedFrom::of(self.conn, &mut totals)?;
        let shortfalls = posts::check(self.conn, from, &mut findings, &mut sealed)?;
        let (catalogue, worth) = (Catalogue::of(self.conn)?, Worth::of(self)?);
        standing::check(self.conn, &tables, &mut totals)?;
        made::check(self.conn, from, &mut totals)?;
        numbering::check(self.conn, from, &mut totals)?;
        kept::models(self.conn, &mut sealed)?;
        numbering::newest(self.conn, &mut sealed)?;
        caps::check(self.conn, from, &mut totals)?;
        told::check(self.conn, &shortfalls, from, &mut totals)?;
        let seals = Seals::of(self.conn, from, answers::check(self.conn, &mut totals)?)?;
        let mut checker = Checker::new(catalogue, worth, seals, shortfalls, findings);
        calls::each(self.conn, |call| checker.call(call))?;
        totals::check(self.conn, from, &mut totals, &mut sealed)?;
        // The rows that were changed come first, and what does not add up for it behind them.
        let mut findings = checker.finish(totals, sealed);
        findings.append(sums);
        Ok(report(&recount, findings))
    }

    /// Accounts, statement, open holds, caps, months and usage records against the transfers; and the settings and limits,
    /// which paid work goes by from its first call on.
    fn sums(&self, recount: &Recount, findings: &mut Findings) -> Result<(), StoreError> {
        standing::accounts(self.conn, findings)?;
        standing::single(self.conn, findings)?;
        kept::settings(self.conn, findings)?;
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
        let mut counted = recount.caps(self.conn)?;
        let mut statement = self.conn.prepare_cached("select id, held, used, key from cap order by id")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (held, used) = counted.remove(&row.get(0)?).unwrap_or_default();
            for (column, counted, stored) in [("held", held, row.get(1)?), ("used", used, row.get(2)?)] {
                if counted != stored {
                    findings.add(of_cap(row.get(3)?, column, Fact::credits(counted), Fact::credits(stored)));
                }
            }
        }
        for (id, (held, used)) in counted {
            for (column, counted) in [("held", held), ("used", used)] {
                if counted != 0 {
                    findings.add(of_cap(id.to_string(), column, Fact::credits(counted), Fact::Nothing));
                }
            }
        }
        Ok(())
    }

    /// Months that were granted, have drawn or have used something else than their transfers say, or of whose budget more
    /// or less lapsed than was left of it.
    fn months(&self, recount: &Recount, findings: &mut Findings) -> Result<(), StoreError> {
        let mut statement =
            self.conn.prepare_cached("select seq, granted, drawn, used, stays from budget_month order by seq")?;
        let kept =
            statement.query_map([], |row| Ok((row.get(0)?, [row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?])))?;
        let kept = kept.collect::<Result<BTreeMap<i64, [i64; 4]>, _>>()?;
        let newest = recount.months.len().saturating_sub(1);
        let counted = recount.months.iter().enumerate().map(|(at, [seq, granted, drawn, used, lapsed])| {
            // Of a month that has not turned nothing lapsed.
            let due = if at == newest { 0 } else { granted.saturating_sub(*drawn).max(0) };
            (*seq, [*granted, *drawn, *used, due.saturating_sub(*lapsed)])
        });
        let counted: BTreeMap<i64, [i64; 4]> = counted.collect();
        let months: BTreeSet<&i64> = kept.keys().chain(counted.keys()).collect();
        for seq in months {
            let (here, there) = (kept.get(seq), counted.get(seq));
            for (at, column) in ["granted", "drawn", "used", "stays"].into_iter().enumerate() {
                let of = |month: &[i64; 4]| month.get(at).copied().map(Fact::credits);
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

fn of_cap(row: String, column: &'static str, expected: Fact, found: Fact) -> Finding {
    Finding { kind: FindingKind::Cap, table: "cap", row, column, expected, found }
}

fn sum_of(kind: FindingKind, table: &'static str, column: &'static str, expected: i64, found: i64) -> Finding {
    let (expected, found) = (Fact::credits(expected), Fact::credits(found));
    Finding { kind, table, row: String::new(), column, expected, found }
}

#[cfg(test)]
mod tests;
