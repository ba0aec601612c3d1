//! Credits coming in and lapsing. The monthly budget is granted once per calendar month under an id made from the
//! month, so that asking twice posts once; what is left of it lapses at the turn. Extra credits stay.
//!
//! The budget is spent first: each hold draws on the month it was placed in. What a hold keeps back over the turn is not
//! unspent and does not lapse there; what of it is given back lapses then, as far as it was the budget's.
//!
//! A clock that is set back makes no credits: neither the month just before the latest grant's is granted, nor one before
//! the first. Months between those may be, because a clock that was years ahead for a moment must not keep every budget
//! away until those years have passed. For the same reason a month that the clock names before the first is noted: where
//! the first start of all stood under a clock that was ahead, the budget granted then serves the month that it was, and
//! the next one has its own.

use super::record::StatementLine;
use super::resolve::Posting;
use super::{LedgerError, OpenCall, account};
use crate::{Read, StoreError, Write};
use igny8_core::id::{CallId, TransferId};
use igny8_core::money::{CREDITS_MAX, Credits};
use igny8_core::time::UtcMs;
use rusqlite::{OptionalExtension, params};
use uuid::Uuid;

/// Namespace of the ids made from months.
const MONTH_NAMESPACE: Uuid = Uuid::from_u128(0x6967_6e79_3800_4d6f_8e74_6800_0000_0001);

/// Where credits come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Grant {
    /// This month's budget; `month` is `YYYY-MM` in the user's zone.
    Monthly {
        /// The month.
        month: String,
    },
    /// Credits that do not expire, under an id made by the caller.
    Extra {
        /// The id.
        id: TransferId,
        /// A word about them.
        memo: String,
    },
}

/// The wallet at one glance.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WalletView {
    /// Can be spent now.
    pub available: Credits,
    /// Kept back by open holds.
    pub held: Credits,
    /// Ever granted.
    pub granted: Credits,
    /// Ever used.
    pub used: Credits,
    /// Ever lapsed.
    pub lapsed: Credits,
    /// Of what is available, the part that lapses at the turn of the month.
    pub monthly_left: Credits,
    /// Granted for the current month. A budget that is changed counts from the next month on.
    pub month_granted: Credits,
    /// Drawn from what was granted for the current month; what was used beyond it came from extra credits.
    pub month_drawn: Credits,
    /// Used since the current month's grant.
    pub used_this_month: Credits,
}

pub(super) const BALANCES: &str = "select w.credits_posted, w.debits_posted, w.debits_pending, l.credits_posted
   from account w join account l on l.id = ?2 where w.id = ?1";
pub(super) const CURRENT_MONTH: &str = "select granted, drawn, used from budget_month order by seq desc limit 1";
/// The statement says what the balance was after the month's grant.
const MONTH_FUNDS: &str = "with month(seq, id) as (
     select max(seq), id from transfer indexed by transfer_posts where kind = 'post' and debit_id = ?1)
   select coalesce((select balance_after from credit_transaction where transfer_id = month.id), 0)
     + (select coalesce(sum(amount), 0) from transfer indexed by transfer_posts
        where kind = 'post' and debit_id in (?1, ?2) and credit_id = ?3 and seq > coalesce(month.seq, 0))
     - (select coalesce(sum(amount), 0) from transfer indexed by transfer_posts
        where kind = 'post' and debit_id = ?3 and seq > coalesce(month.seq, 0))
   from month";

/// Months are granted under statements whose memo names them; the form `YYYY-MM` sorts as time does.
const STANDING: &str = "with month(seq, name) as (
     select t.seq, s.memo from transfer t indexed by transfer_posts join credit_transaction s on s.transfer_id = t.id
     where t.kind = 'post' and t.debit_id = ?1),
   named(name) as (select name from month union all select month from month_before)
   select case
     when not exists (select 1 from month) then 'due'
     when exists (select 1 from named where name = ?2) then 'settled'
     when not exists (select 1 from named where name < ?2) then 'early'
     when (select name from month order by seq desc limit 1) = strftime('%Y-%m', ?2 || '-01', '+1 month') then 'settled'
     else 'due' end";

/// Of the month that a hold was placed in and that has turned since: what is left of its budget, and the month after it.
const TURNED: &str = "with held(seq) as (
     select max(m.seq) from budget_month m where m.seq < (select seq from transfer where id = ?1)),
   turn(seq) as (select min(n.seq) from budget_month n, held where n.seq > held.seq)
   select m.granted - m.drawn, s.memo
   from held cross join turn join budget_month m on m.seq = held.seq
     join transfer t on t.seq = turn.seq join credit_transaction s on s.transfer_id = t.id";

/// What a month that the clock names is to the books.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MonthStanding {
    /// Its budget was granted, or is not to be.
    Settled,
    /// Its budget is to be granted.
    Due,
    /// It is before the first that was granted, and this is news.
    Early,
}

impl Read<'_> {
    /// What `month`, `YYYY-MM`, is to the books while the clock says that it is that month.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn month_standing(&self, month: &str) -> Result<MonthStanding, StoreError> {
        let mut statement = self.conn.prepare_cached(STANDING)?;
        let word: String = statement.query_row(params![account::BUDGET, month], |row| row.get(0))?;
        Ok(match word.as_str() {
            "due" => MonthStanding::Due,
            "early" => MonthStanding::Early,
            _ => MonthStanding::Settled,
        })
    }

    /// The wallet at one glance. All figures are of the same moment, and each is kept: none is a sum over transfers.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn wallet(&self) -> Result<WalletView, StoreError> {
        let mut statement = self.conn.prepare_cached(BALANCES)?;
        let (granted, out, held, lapsed): (i64, i64, i64, i64) = statement
            .query_row(params![account::WALLET, account::LAPSED], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
            })?;
        let month = self.current_month()?;
        let available = granted - out - held;
        Ok(WalletView {
            available: Credits(available),
            held: Credits(held),
            granted: Credits(granted),
            used: Credits(out - lapsed),
            lapsed: Credits(lapsed),
            monthly_left: Credits((month.granted - month.drawn).clamp(0, available.max(0))),
            month_granted: Credits(month.granted),
            month_drawn: Credits(month.drawn),
            used_this_month: Credits(month.used),
        })
    }

    /// What the wallet had when its month began, and what came in since: what a balance is low or not in relation to.
    /// Every charge asks, so that it must not read what was charged before.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn month_funds(&self) -> Result<Credits, StoreError> {
        let mut statement = self.conn.prepare_cached(MONTH_FUNDS)?;
        let accounts = params![account::BUDGET, account::EXTRA, account::WALLET];
        Ok(Credits(statement.query_row(accounts, |row| row.get(0))?))
    }

    /// The newest grant of any kind, by its place in the ledger; 0 before the first. What is said once about a balance
    /// may be said again after the next.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn newest_grant(&self) -> Result<i64, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "select coalesce(max(t.seq), 0) from credit_transaction s join transfer t on t.id = s.transfer_id
             where s.transaction_type = 'grant'",
        )?;
        Ok(statement.query_row([], |row| row.get(0))?)
    }

    fn current_month(&self) -> Result<Month, StoreError> {
        let mut statement = self.conn.prepare_cached(CURRENT_MONTH)?;
        Ok(statement.query_row([], |row| Ok(Month { granted: row.get(0)?, drawn: row.get(1)?, used: row.get(2)? }))?)
    }
}

/// The time since the newest monthly grant; since the beginning when there is none. Micro-credits.
struct Month {
    /// The grant.
    granted: i64,
    /// Settled in it, whenever it was held.
    used: i64,
    /// Taken or kept back by holds placed in it.
    drawn: i64,
}

impl Write<'_> {
    /// Puts credits into the wallet, 0 or more. The same grant a second time changes nothing, nor does a month
    /// that is not due: see [`Read::month_standing`].
    ///
    /// Returns whether anything was posted.
    ///
    /// # Errors
    /// [`LedgerError::OutOfRange`] for an amount that is negative or above [`CREDITS_MAX`].
    pub fn grant(&mut self, grant: &Grant, amount: Credits, now: UtcMs) -> Result<bool, LedgerError> {
        if amount < Credits::ZERO || amount > CREDITS_MAX {
            return Err(LedgerError::OutOfRange);
        }
        let (id, source, memo) = match grant {
            Grant::Monthly { month } => (month_id(month, "grant"), account::BUDGET, month.as_str()),
            Grant::Extra { id, memo } => (*id, account::EXTRA, memo.as_str()),
        };
        if self.has_transfer(id)? {
            return Ok(false);
        }
        if let Grant::Monthly { month } = grant {
            match self.month_standing(month)? {
                MonthStanding::Settled => return Ok(false),
                MonthStanding::Early => return self.note_early(month, now).map(|()| false),
                MonthStanding::Due => self.lapse(month, now)?,
            }
        }
        self.post(&Posting { id, debit: source, credit: account::WALLET, amount, memo }, now)?;
        self.write_statement(
            &StatementLine {
                transfer: Some(id),
                operation: None,
                call: None,
                transaction_type: "grant",
                operation_type: "",
                amount,
                memo,
            },
            now,
        )?;
        Ok(true)
    }

    /// Takes back what is left of the month before `month`.
    fn lapse(&mut self, month: &str, now: UtcMs) -> Result<(), LedgerError> {
        let left = self.wallet()?.monthly_left;
        self.post_lapse(month_id(month, "lapse"), None, left, month, now)?;
        Ok(())
    }

    /// Takes back what a resolved hold has given back of the budget of a month that has turned since it was placed: what
    /// would have lapsed at the turn had it not been held. `given_back` is what the hold did not take.
    pub(super) fn lapse_late(&mut self, open: &OpenCall, given_back: Credits, now: UtcMs) -> Result<(), StoreError> {
        let turned = self
            .conn
            .prepare_cached(TURNED)?
            .query_row(params![open.call.hold().as_bytes()], |row| Ok((row.get::<_, i64>(0)?, row.get(1)?)))
            .optional()?;
        let Some((left, month)): Option<(i64, String)> = turned else { return Ok(()) };
        // What lapsed at the turn was what was left then: of what is left now, only this hold's part is new.
        let lapsed = Credits(left.clamp(0, given_back.0));
        self.post_lapse(open.call.lapse(), Some(open.call), lapsed, &month, now)
    }

    fn post_lapse(
        &mut self,
        id: TransferId,
        call: Option<CallId>,
        amount: Credits,
        month: &str,
        now: UtcMs,
    ) -> Result<(), StoreError> {
        if amount <= Credits::ZERO {
            return Ok(());
        }
        let (debit, credit) = (account::WALLET, account::LAPSED);
        self.post(&Posting { id, debit, credit, amount, memo: month }, now)?;
        self.write_statement(
            &StatementLine {
                transfer: Some(id),
                operation: None,
                call,
                transaction_type: "lapse",
                operation_type: "",
                amount: Credits(-amount.0),
                memo: month,
            },
            now,
        )
    }

    fn note_early(&mut self, month: &str, now: UtcMs) -> Result<(), LedgerError> {
        self.conn
            .prepare_cached("insert into month_before (month, at) values (?1, ?2)")
            .and_then(|mut s| s.execute(params![month, now.0]))
            .map_err(StoreError::from)?;
        Ok(())
    }

    /// Whether it was made: a transfer that somebody took away past the app is still spoken of in the statement, and must
    /// stay missed instead of being made again.
    fn has_transfer(&self, id: TransferId) -> Result<bool, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "select 1 from transfer where id = ?1 union all select 1 from credit_transaction where transfer_id = ?1",
        )?;
        Ok(statement.exists(params![id.as_bytes()])?)
    }
}

/// An id made from a month and a word, the same each time.
fn month_id(month: &str, word: &str) -> TransferId {
    let mut value = MONTH_NAMESPACE.as_u128();
    for byte in month.bytes().chain(word.bytes()) {
        // FNV-1a over 128 bits: stable across versions and platforms, which is all that is asked of it.
        value = (value ^ u128::from(byte)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013B);
    }
    TransferId(Uuid::from_u128(value))
}
