//! The recount: what the transfers say, read once from the first to the last. Holds meet their resolutions, and calls
//! the caps they count against, by merging sorted lists: ids rise with time, so that the lists are nearly in order
//! already, and a file with a million transfers takes some tens of megabytes while it is audited.

use crate::StoreError;
use rusqlite::{Connection, Row};
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// The rows of the wallet and of the monthly budget among the accounts.
const WALLET: i64 = 3;
const BUDGET: i64 = 1;

/// What tells the id of a late lapse from that of its call: the last two bytes are turned over.
const OF_A_LAPSE: Id = 0xFFFF;

/// An id as a number, so that comparing two of them is one step.
type Id = u128;

/// An open hold that no open call names, or the hold that an open call names and that is not open.
#[derive(Clone, Copy, Debug)]
pub(super) enum Stray {
    Hold(Id),
    Call(Id),
}

/// Held and used of one cap, micro-credits.
pub(super) type CapFigures = (i64, i64);

/// What the transfers add up to. Amounts are micro-credits; a sum beyond their range stops at its end, where no stored
/// balance can be.
#[derive(Debug, Default)]
pub(super) struct Recount {
    /// Transfers read.
    pub(super) transfers: i64,
    /// The wallet's posted balance.
    pub(super) wallet: i64,
    /// What open holds keep back from the wallet.
    pub(super) held: i64,
    /// What was settled.
    pub(super) settled: i64,
    /// What was posted to the wallet.
    pub(super) granted: i64,
    /// What was posted from the wallet.
    pub(super) lapsed: i64,
    /// Each month's grant by its place in the ledger, how much it granted, what was drawn and used in it, and what of it
    /// lapsed, at its turn or later. The first is the time before any.
    pub(super) months: Vec<[i64; 5]>,
    accounts: BTreeMap<i64, Balances>,
    /// Sorted.
    open_holds: Vec<Id>,
    /// Sorted by call.
    calls: Vec<CallFigures>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Balances {
    debits_pending: i64,
    debits_posted: i64,
    credits_pending: i64,
    credits_posted: i64,
}

/// What one transfer says of a call.
#[derive(Clone, Copy, Debug)]
struct CallFigures {
    call: Id,
    held: i64,
    used: i64,
}

/// Two accounts and how much goes from the one to the other.
#[derive(Clone, Copy, Debug)]
struct Movement {
    debit: i64,
    credit: i64,
    amount: i64,
}

/// Something that lapsed.
#[derive(Clone, Copy, Debug)]
struct Lapse {
    /// The call whose hold it came from, if its id says so.
    call: Id,
    /// The month that it was posted in, by its place.
    month: usize,
    amount: i64,
}

#[derive(Clone, Copy, Debug)]
struct Hold {
    id: Id,
    /// Its month's place among the months.
    month: usize,
    call: Option<Id>,
    movement: Movement,
}

impl Stray {
    /// The hold's id.
    pub(super) const fn id(self) -> [u8; 16] {
        let (Self::Hold(id) | Self::Call(id)) = self;
        id.to_be_bytes()
    }
}

impl Recount {
    /// Reads all transfers.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub(super) fn of(conn: &Connection) -> Result<Self, StoreError> {
        let mut statement =
            conn.prepare_cached("select kind, debit_id, credit_id, amount, id, hold_id, call_id, seq from transfer")?;
        let mut rows = statement.query([])?;
        let (mut recount, mut holds, mut resolved) = (Self::default(), Vec::new(), Vec::new());
        recount.months.push([0; 5]);
        let mut lapses = Vec::new();
        while let Some(row) = rows.next()? {
            recount.transfers += 1;
            let movement = Movement { debit: row.get(1)?, credit: row.get(2)?, amount: row.get(3)? };
            match row.get_ref(0)?.as_str().unwrap_or_default() {
                "hold" => {
                    recount.pend(movement, 1);
                    let (id, month) = (Id::from_be_bytes(row.get(4)?), recount.months.len() - 1);
                    holds.push(Hold { id, month, call: optional_id(row, 6)?, movement });
                }
                "post" => {
                    if movement.debit == BUDGET {
                        recount.months.push([row.get(7)?, movement.amount, 0, 0, 0]);
                    }
                    if movement.debit == WALLET {
                        let (id, month) = (Id::from_be_bytes(row.get(4)?), recount.months.len() - 1);
                        lapses.push(Lapse { call: id ^ OF_A_LAPSE, month, amount: movement.amount });
                    }
                    recount.grant_or_lapse(movement);
                }
                "settle" => {
                    recount.post(movement);
                    recount.settled = recount.settled.saturating_add(movement.amount);
                    if let Some([_, _, _, used, _]) = recount.months.last_mut() {
                        *used = used.saturating_add(movement.amount);
                    }
                    resolved.extend(optional_id(row, 5)?.map(|hold| (hold, movement.amount)));
                    if let Some(call) = optional_id(row, 6)? {
                        recount.calls.push(CallFigures { call, held: 0, used: movement.amount });
                    }
                }
                "release" => {
                    recount.post(movement);
                    resolved.extend(optional_id(row, 5)?.map(|hold| (hold, 0)));
                }
                unknown => return Err(StoreError::Unreadable(format!("transfer of kind {unknown:?}"))),
            }
        }
        holds.sort_unstable_by_key(|hold| hold.id);
        recount.lapse(&holds, &lapses);
        recount.resolve(holds, resolved);
        Ok(recount)
    }

    /// What an account's columns should be: debits pending and posted, credits pending and posted.
    pub(super) fn balances(&self, account: i64) -> [i64; 4] {
        let of = self.accounts.get(&account).copied().unwrap_or_default();
        [of.debits_pending, of.debits_posted, of.credits_pending, of.credits_posted]
    }

    /// Open holds that are not among those that open calls name, and the other way round.
    pub(super) fn stray_holds(&self, named: Vec<[u8; 16]>) -> Vec<Stray> {
        let mut named: Vec<Id> = named.into_iter().map(Id::from_be_bytes).collect();
        named.sort_unstable();
        let (mut here, mut there, mut stray) = (self.open_holds.iter().peekable(), named.iter().peekable(), Vec::new());
        while let (Some(open), Some(name)) = (here.peek(), there.peek()) {
            match open.cmp(name) {
                Ordering::Less => stray.extend(here.next().map(|id| Stray::Hold(*id))),
                Ordering::Greater => stray.extend(there.next().map(|id| Stray::Call(*id))),
                Ordering::Equal => drop((here.next(), there.next())),
            }
        }
        stray.extend(here.map(|id| Stray::Hold(*id)));
        stray.extend(there.map(|id| Stray::Call(*id)));
        stray
    }

    /// What each cap should hold and have used.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub(super) fn caps(&self, conn: &Connection) -> Result<BTreeMap<i64, CapFigures>, StoreError> {
        // The table lies in this order.
        let mut statement = conn.prepare_cached("select call_id, cap_id from call_cap order by call_id, cap_id")?;
        let mut rows = statement.query([])?;
        let mut caps: BTreeMap<i64, CapFigures> = BTreeMap::new();
        let mut calls = self.calls.as_slice();
        while let Some(row) = rows.next()? {
            let call = Id::from_be_bytes(row.get(0)?);
            while let Some((first, rest)) = calls.split_first()
                && first.call < call
            {
                calls = rest;
            }
            let cap = caps.entry(row.get(1)?).or_default();
            for figures in calls.iter().take_while(|figures| figures.call == call) {
                *cap = (cap.0.saturating_add(figures.held), cap.1.saturating_add(figures.used));
            }
        }
        Ok(caps)
    }

    /// Counts what lapsed to its month: for a hold that was resolved late that of the hold, else the one that ended.
    fn lapse(&mut self, holds: &[Hold], lapses: &[Lapse]) {
        for lapse in lapses {
            let late = holds.binary_search_by_key(&lapse.call, |hold| hold.id).ok().and_then(|at| holds.get(at));
            if let Some([.., lapsed]) = self.months.get_mut(late.map_or(lapse.month, |hold| hold.month)) {
                *lapsed = lapsed.saturating_add(lapse.amount);
            }
        }
    }

    /// Takes back what resolved holds had kept back. What is left is open. Holds come sorted by id.
    fn resolve(&mut self, holds: Vec<Hold>, mut resolved: Vec<(Id, i64)>) {
        resolved.sort_unstable();
        let mut resolved = resolved.into_iter().peekable();
        for Hold { id, month, call, movement } in holds {
            while resolved.next_if(|(resolved, _)| *resolved < id).is_some() {}
            let (mut is_open, mut drawn) = (true, movement.amount);
            while let Some((_, taken)) = resolved.next_if(|(resolved, _)| *resolved == id) {
                (is_open, drawn) = (false, taken);
                self.pend(movement, -1);
            }
            if let Some([_, _, sum, _, _]) = self.months.get_mut(month) {
                *sum = sum.saturating_add(drawn);
            }
            if !is_open {
                continue;
            }
            self.open_holds.push(id);
            if movement.debit == WALLET {
                self.held = self.held.saturating_add(movement.amount);
            }
            self.calls.extend(call.map(|call| CallFigures { call, held: movement.amount, used: 0 }));
        }
        self.calls.sort_unstable_by_key(|figures| figures.call);
    }

    fn pend(&mut self, movement: Movement, sign: i64) {
        let amount = movement.amount.saturating_mul(sign);
        let debit = self.accounts.entry(movement.debit).or_default();
        debit.debits_pending = debit.debits_pending.saturating_add(amount);
        let credit = self.accounts.entry(movement.credit).or_default();
        credit.credits_pending = credit.credits_pending.saturating_add(amount);
    }

    fn post(&mut self, Movement { debit, credit, amount }: Movement) {
        let from = self.accounts.entry(debit).or_default();
        from.debits_posted = from.debits_posted.saturating_add(amount);
        let to = self.accounts.entry(credit).or_default();
        to.credits_posted = to.credits_posted.saturating_add(amount);
        if credit == WALLET {
            self.wallet = self.wallet.saturating_add(amount);
        } else if debit == WALLET {
            self.wallet = self.wallet.saturating_sub(amount);
        }
    }

    fn grant_or_lapse(&mut self, movement: Movement) {
        self.post(movement);
        if movement.credit == WALLET {
            self.granted = self.granted.saturating_add(movement.amount);
        } else if movement.debit == WALLET {
            self.lapsed = self.lapsed.saturating_add(movement.amount);
        }
    }
}

fn optional_id(row: &Row<'_>, column: usize) -> Result<Option<Id>, rusqlite::Error> {
    Ok(row.get::<_, Option<[u8; 16]>>(column)?.map(Id::from_be_bytes))
}
