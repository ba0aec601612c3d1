//! The auditor: recomputes the books from the transfers with queries of its own and compares. It shares no code with
//! the ledger, so that a mistake there does not repeat itself here. It runs at every start, after every crash and
//! before every backup; a finding stops paid work and never stops reading.
//!
//! Because a start waits for it, it reads each table once and in the order it lies on the disk (see [`recount`]), and
//! looks nothing up row by row.

mod recount;

use crate::{Read, StoreError};
use igny8_core::money::Credits;
use recount::Recount;

/// One thing that does not add up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// An account's stored balances differ from its transfers.
    Balance {
        /// Account code.
        account: String,
    },
    /// The statement does not sum to the wallet's posted balance.
    Statement {
        /// Sum of the statement, micro-credits.
        statement: i64,
        /// The wallet's posted balance, micro-credits.
        wallet: i64,
    },
    /// An open hold that no open call explains, or the other way round.
    OpenHolds {
        /// How many.
        count: i64,
    },
    /// Usage rows do not sum to what was settled.
    Usage {
        /// Sum over usage rows, micro-credits.
        rows: i64,
        /// Sum over settles, micro-credits.
        settled: i64,
    },
    /// Caps whose figures differ from the transfers counted against them.
    Caps {
        /// How many.
        count: i64,
    },
    /// Months whose figures differ from the transfers made in them.
    Months {
        /// How many.
        count: i64,
    },
    /// The wallet is overdrawn.
    Overdrawn,
}

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
}

impl Audit {
    /// Whether the books balance.
    #[must_use]
    pub fn is_ok(&self) -> bool {
        self.findings.is_empty()
    }
}

impl Read<'_> {
    /// Audits the whole ledger.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn audit(&self) -> Result<Audit, StoreError> {
        let recount = Recount::of(self.conn)?;
        let mut findings = self.balance_findings(&recount)?;
        let statement = self.sum("select coalesce(sum(amount), 0) from credit_transaction")?;
        if statement != recount.wallet {
            findings.push(Finding::Statement { statement, wallet: recount.wallet });
        }
        if recount.wallet < recount.held {
            findings.push(Finding::Overdrawn);
        }
        let stray = self.stray_holds(&recount)?;
        if stray > 0 {
            findings.push(Finding::OpenHolds { count: stray });
        }
        let off = self.caps_off(&recount)?;
        if off > 0 {
            findings.push(Finding::Caps { count: off });
        }
        let off = self.months_off(&recount)?;
        if off > 0 {
            findings.push(Finding::Months { count: off });
        }
        let rows = self.sum("select coalesce(sum(credits), 0) from usage_log where outcome = 'settled'")?;
        if rows != recount.settled {
            findings.push(Finding::Usage { rows, settled: recount.settled });
        }
        Ok(Audit {
            transfers: recount.transfers,
            granted: Credits(recount.granted),
            available: Credits(recount.wallet - recount.held),
            held: Credits(recount.held),
            used: Credits(recount.settled),
            lapsed: Credits(recount.lapsed),
            findings,
        })
    }

    /// Accounts whose four columns are not what the transfers moved.
    fn balance_findings(&self, recount: &Recount) -> Result<Vec<Finding>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "select id, code, debits_pending, debits_posted, credits_pending, credits_posted from account order by id",
        )?;
        let mut rows = statement.query([])?;
        let mut findings = Vec::new();
        while let Some(row) = rows.next()? {
            let stored: [i64; 4] = [row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?];
            if recount.balances(row.get(0)?) != stored {
                findings.push(Finding::Balance { account: row.get(1)? });
            }
        }
        Ok(findings)
    }

    /// Open holds without an open call, and open calls without an open hold.
    fn stray_holds(&self, recount: &Recount) -> Result<i64, StoreError> {
        let mut statement =
            self.conn.prepare_cached("select hold_id from call where state in ('held', 'sent', 'unknown')")?;
        let holds = statement.query_map([], |row| row.get(0))?.collect::<Result<Vec<[u8; 16]>, _>>()?;
        Ok(recount.stray_holds(holds))
    }

    /// Caps that hold or have used something else than the transfers of their calls say.
    fn caps_off(&self, recount: &Recount) -> Result<i64, StoreError> {
        let counted = recount.caps(self.conn)?;
        let mut statement = self.conn.prepare_cached("select id, held, used from cap")?;
        let mut rows = statement.query([])?;
        let mut off = 0;
        while let Some(row) = rows.next()? {
            let expected = counted.get(&row.get(0)?).copied().unwrap_or_default();
            off += i64::from(expected != (row.get(1)?, row.get(2)?));
        }
        Ok(off)
    }

    /// Months that were granted, have drawn or have used something else than their transfers say.
    fn months_off(&self, recount: &Recount) -> Result<i64, StoreError> {
        let mut statement =
            self.conn.prepare_cached("select seq, granted, drawn, used from budget_month order by seq")?;
        let kept = statement.query_map([], |row| Ok([row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?]))?;
        let kept = kept.collect::<Result<Vec<[i64; 4]>, _>>()?;
        let off = kept.iter().zip(&recount.months).filter(|(kept, counted)| kept != counted).count();
        let stray = kept.len().abs_diff(recount.months.len());
        Ok(i64::try_from(off + stray).unwrap_or(i64::MAX))
    }

    fn sum(&self, query: &'static str) -> Result<i64, StoreError> {
        Ok(self.conn.prepare_cached(query)?.query_row([], |row| row.get(0))?)
    }
}

#[cfg(test)]
mod tests;
