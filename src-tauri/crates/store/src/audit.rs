//! The auditor: recomputes the books from the transfers with queries of its own and compares. It shares no code with
//! the ledger, so that a mistake there does not repeat itself here. It runs at every start, after every crash and
//! before every backup; a finding stops paid work and never stops reading.

use crate::{Read, StoreError};
use igny8_core::money::Credits;

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
        let mut findings = self.balance_findings()?;
        let (wallet_posted, held) = self.wallet_from_transfers()?;
        let statement = self.sum("select coalesce(sum(amount), 0) from credit_transaction")?;
        if statement != wallet_posted {
            findings.push(Finding::Statement { statement, wallet: wallet_posted });
        }
        if wallet_posted < held {
            findings.push(Finding::Overdrawn);
        }
        let stray = self.stray_holds()?;
        if stray > 0 {
            findings.push(Finding::OpenHolds { count: stray });
        }
        let off = self.caps_off()?;
        if off > 0 {
            findings.push(Finding::Caps { count: off });
        }
        let rows = self.sum("select coalesce(sum(credits), 0) from usage_log where outcome = 'settled'")?;
        let settled = self.sum("select coalesce(sum(amount), 0) from transfer where kind = 'settle'")?;
        if rows != settled {
            findings.push(Finding::Usage { rows, settled });
        }
        Ok(Audit {
            transfers: self.sum("select count(*) from transfer")?,
            granted: Credits(
                self.sum("select coalesce(sum(amount), 0) from transfer where kind = 'post' and credit_id = 3")?,
            ),
            available: Credits(wallet_posted - held),
            held: Credits(held),
            used: Credits(settled),
            lapsed: Credits(
                self.sum("select coalesce(sum(amount), 0) from transfer where kind = 'post' and debit_id = 3")?,
            ),
            findings,
        })
    }

    /// Every account's four columns, recomputed in one pass over the transfers.
    fn balance_findings(&self) -> Result<Vec<Finding>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "with line(account, dp, dt, cp, ct) as (
               select debit_id, case kind when 'hold' then amount else 0 end,
                 case kind when 'hold' then 0 else amount end, 0, 0 from transfer
               union all
               select credit_id, 0, 0, case kind when 'hold' then amount else 0 end,
                 case kind when 'hold' then 0 else amount end from transfer
               union all
               select h.debit_id, -h.amount, 0, 0, 0 from transfer r join transfer h on h.id = r.hold_id
               union all
               select h.credit_id, 0, 0, -h.amount, 0 from transfer r join transfer h on h.id = r.hold_id)
             select a.code from account a
             left join (select account, sum(dp) dp, sum(dt) dt, sum(cp) cp, sum(ct) ct from line group by account) l
               on l.account = a.id
             where a.debits_pending <> coalesce(l.dp, 0) or a.debits_posted <> coalesce(l.dt, 0)
                or a.credits_pending <> coalesce(l.cp, 0) or a.credits_posted <> coalesce(l.ct, 0)",
        )?;
        let rows = statement.query_map([], |row| Ok(Finding::Balance { account: row.get(0)? }))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Posted balance and open holds of the wallet, from the transfers alone.
    fn wallet_from_transfers(&self) -> Result<(i64, i64), StoreError> {
        let posted = self.sum(
            "select coalesce(sum(case when credit_id = 3 then amount else -amount end), 0) from transfer
             where kind in ('post', 'settle') and 3 in (debit_id, credit_id)",
        )?;
        let held = self.sum(
            "select coalesce(sum(h.amount), 0) from transfer h where h.kind = 'hold' and h.debit_id = 3
             and not exists (select 1 from transfer r where r.hold_id = h.id)",
        )?;
        Ok((posted, held))
    }

    /// Open holds without an open call, and open calls without an open hold.
    fn stray_holds(&self) -> Result<i64, StoreError> {
        self.sum(
            "with open_hold(id) as (
               select h.id from transfer h where h.kind = 'hold'
               and not exists (select 1 from transfer r where r.hold_id = h.id)),
             open_call(id) as (select hold_id from call where state in ('held', 'sent', 'unknown'))
             select (select count(*) from open_hold where id not in (select id from open_call))
                  + (select count(*) from open_call where id not in (select id from open_hold))",
        )
    }

    /// Caps that hold or have used something else than the transfers of their calls say.
    fn caps_off(&self) -> Result<i64, StoreError> {
        self.sum(
            "with counted(cap_id, held, used) as (
               select l.cap_id,
                 sum(case when t.kind = 'hold' and not exists (select 1 from transfer r where r.hold_id = t.id)
                   then t.amount else 0 end),
                 sum(case when t.kind = 'settle' then t.amount else 0 end)
               from call_cap l join transfer t on t.call_id = l.call_id group by l.cap_id)
             select count(*) from cap c left join counted n on n.cap_id = c.id
             where c.held <> coalesce(n.held, 0) or c.used <> coalesce(n.used, 0)",
        )
    }

    fn sum(&self, query: &'static str) -> Result<i64, StoreError> {
        Ok(self.conn.prepare_cached(query)?.query_row([], |row| row.get(0))?)
    }
}

#[cfg(test)]
mod tests;
