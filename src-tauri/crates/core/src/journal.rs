//! The ledger as a double-entry journal in the format of hledger, for books that are checked by somebody else's tool. One
//! transfer becomes one transaction; whatever a person typed is made harmless, so that no memo can open a posting, a
//! comment or another transaction.
//!
//! | account | what it holds |
//! |---|---|
//! | `Assets:Wallet` | what can be spent: `available` |
//! | `Assets:Held` | what open holds keep back: `held`; an open hold's transaction is pending (`!`) |
//! | `Expenses:Usage:<operation>` | what was used from the wallet: `used` |
//! | `Expenses:Shortfall` | what vendors took beyond a hold, paid by `Equity:Shortfall`: it never was in the wallet, so it is no part of `used` |
//! | `Equity:Granted:Monthly`, `Equity:Granted:Extra` | where credits came from |
//! | `Equity:Lapsed` | monthly credits that ran out |
//!
//! Amounts are decimal credits with every digit. What a vendor bills is money and not credits, so it is no posting but a
//! tag, `cost_usd`, which hledger can query. The last transaction moves nothing and asserts the balances the app itself
//! shows: a journal that was shortened or changed no longer passes `hledger check`.

use crate::function::AiFunction;
use crate::invisible::is_invisible;
use crate::money::{Credits, Usd};
use crate::time::UtcMs;
use crate::usage::calendar::Calendar;

/// Longest text taken over from a person, in characters: memos are shorter, names of sites too.
const TEXT_CHARS_MAX: usize = 200;

/// An account of the ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Account {
    /// Source of monthly grants.
    Budget,
    /// Source of extra credits.
    Extra,
    /// What can be spent.
    Wallet,
    /// What was spent.
    Usage,
    /// Monthly credits that ran out.
    Lapsed,
    /// What vendors took beyond a hold.
    Shortfall,
    /// What attempts cost that left no result.
    Lost,
}

impl Account {
    /// Every account.
    pub const ALL: &'static [Self] =
        &[Self::Budget, Self::Extra, Self::Wallet, Self::Usage, Self::Lapsed, Self::Shortfall, Self::Lost];

    /// Its code in the ledger.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Budget => "budget",
            Self::Extra => "extra",
            Self::Wallet => "wallet",
            Self::Usage => "usage",
            Self::Lapsed => "lapsed",
            Self::Shortfall => "shortfall",
            Self::Lost => "lost",
        }
    }

    /// Its name in the journal.
    const fn name(self) -> &'static str {
        match self {
            Self::Budget => "Equity:Granted:Monthly",
            Self::Extra => "Equity:Granted:Extra",
            Self::Wallet => WALLET,
            Self::Usage => USAGE,
            Self::Lapsed => "Equity:Lapsed",
            Self::Shortfall => "Equity:Shortfall",
            Self::Lost => "Expenses:Lost",
        }
    }
}

const WALLET: &str = "Assets:Wallet";
const HELD: &str = "Assets:Held";
const USAGE: &str = "Expenses:Usage";
const BEYOND: &str = "Expenses:Shortfall";

/// What a transfer did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Movement {
    /// Moved an amount at once.
    Post {
        /// Out of here.
        from: Account,
        /// Into here.
        to: Account,
        /// How much.
        amount: Credits,
    },
    /// Kept an amount back for a call.
    Hold {
        /// How much.
        amount: Credits,
        /// Nothing has resolved it yet.
        is_open: bool,
    },
    /// Charged a call and gave the rest of its hold back.
    Settle {
        /// What was held.
        held: Credits,
        /// What was charged.
        amount: Credits,
    },
    /// Gave a hold back.
    Release {
        /// What was held.
        held: Credits,
    },
}

/// One transfer and what surrounds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its number; rises with time.
    pub seq: i64,
    /// When.
    pub at: UtcMs,
    /// What it did.
    pub movement: Movement,
    /// The function it paid for; `None` for grants and lapses.
    pub function: Option<AiFunction>,
    /// The site's name; empty for grants and lapses.
    pub site: String,
    /// The call; empty for grants and lapses.
    pub call: String,
    /// What the vendor billed for the call; known once it is resolved.
    pub cost: Option<Usd>,
    /// A word about it.
    pub memo: String,
}

/// What the app shows at the moment of the last entry.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Balances {
    /// Can be spent.
    pub available: Credits,
    /// Kept back by open holds.
    pub held: Credits,
    /// Ever used.
    pub used: Credits,
}

/// Writes a journal piece by piece.
#[derive(Clone, Debug)]
pub struct Journal {
    calendar: Calendar,
    /// The latest day so far: balances are asserted on it, as assertions are checked in the order of days.
    last_day: String,
}

impl Journal {
    /// A journal whose days are those of a zone (IANA name).
    #[must_use]
    pub fn new(zone: &str) -> Self {
        Self { calendar: Calendar::of(zone), last_day: String::new() }
    }

    /// The first line of every journal, which says whose it is.
    pub const TITLE: &str = "; Credits of Igny8. cost_usd is what the vendor bills, in US dollars.";

    /// What comes first: the commodity, and every account, so that `hledger check --strict` passes as well.
    #[must_use]
    pub fn head(&self) -> String {
        let mut text = format!("{}\n\ndecimal-mark .\ncommodity 1000.000000 CREDIT\n\n", Self::TITLE);
        let operations = AiFunction::ALL.iter().map(|function| format!("{USAGE}:{}", function.operation_type()));
        let accounts = Account::ALL.iter().map(|account| account.name().to_owned());
        for account in accounts.chain([HELD.to_owned(), BEYOND.to_owned()]).chain(operations) {
            text.push_str(&format!("account {account}  ; type:{}\n", kind(&account)));
        }
        text.push('\n');
        text
    }

    /// One transfer.
    #[must_use]
    pub fn entry(&mut self, entry: &Entry) -> String {
        let day = self.calendar.day(entry.at);
        let mut text = format!("{day} {} ({}) {}", mark(entry.movement), entry.seq, title(entry));
        text.push_str(&format!("  ; at:{}{}\n", entry.at.to_rfc3339(), tags(entry)));
        for (account, amount) in postings(entry) {
            text.push_str(&format!("    {account}  {amount} CREDIT\n"));
        }
        text.push('\n');
        self.last_day = std::mem::take(&mut self.last_day).max(day);
        text
    }

    /// What comes last: the balances, asserted. Nothing when there was no transfer.
    #[must_use]
    pub fn tail(&self, balances: Balances) -> String {
        if self.last_day.is_empty() {
            return String::new();
        }
        let Balances { available, held, used } = balances;
        format!(
            "{} * Balances as Igny8 shows them\n    {WALLET}  0 CREDIT = {available} CREDIT\n    \
             {HELD}  0 CREDIT = {held} CREDIT\n    {USAGE}  0 CREDIT =* {used} CREDIT\n",
            self.last_day
        )
    }
}

/// The letter hledger knows an account's type by.
fn kind(account: &str) -> char {
    match account.split(':').next() {
        Some("Assets") => 'A',
        Some("Equity") => 'E',
        _ => 'X',
    }
}

fn mark(movement: Movement) -> char {
    if matches!(movement, Movement::Hold { is_open: true, .. }) { '!' } else { '*' }
}

/// What the transaction is called: who, then what for.
fn title(entry: &Entry) -> String {
    let what = match entry.movement {
        Movement::Post { from: Account::Budget, to: Account::Wallet, .. } => "Monthly budget",
        Movement::Post { from: Account::Extra, to: Account::Wallet, .. } => "Extra credits",
        Movement::Post { from: Account::Wallet, to: Account::Lapsed, .. } => "Lapse",
        Movement::Post { from: Account::Shortfall, .. } => "Shortfall",
        Movement::Post { .. } => "Transfer",
        Movement::Hold { .. } => "Hold",
        Movement::Settle { .. } => "Settle",
        Movement::Release { .. } => "Release",
    };
    let about = [entry.function.map_or("", AiFunction::operation_type), &harmless(&entry.memo)].join(" ");
    match about.trim() {
        "" => what.to_owned(),
        about => format!("{what} | {about}"),
    }
}

/// Tags end at a comma or a line's end.
fn tags(entry: &Entry) -> String {
    let mut text = String::new();
    let site = harmless(&entry.site.replace(',', " "));
    if !site.is_empty() {
        text.push_str(&format!(", site:{site}"));
    }
    if !entry.call.is_empty() {
        text.push_str(&format!(", call:{}", entry.call));
    }
    if let Some(cost) = entry.cost {
        text.push_str(&format!(", cost_usd:{cost}"));
    }
    text
}

fn postings(entry: &Entry) -> Vec<(String, Credits)> {
    let minus = |amount: Credits| Credits::ZERO.minus(amount);
    let usage = || entry.function.map_or(USAGE.to_owned(), |function| format!("{USAGE}:{}", function.operation_type()));
    match entry.movement {
        Movement::Post { from, to, amount } => {
            let into = match (from, to) {
                (Account::Shortfall, Account::Usage) => BEYOND.to_owned(),
                (_, Account::Usage) => usage(),
                (_, to) => to.name().to_owned(),
            };
            vec![(from.name().to_owned(), minus(amount)), (into, amount)]
        }
        Movement::Hold { amount, .. } => vec![(WALLET.to_owned(), minus(amount)), (HELD.to_owned(), amount)],
        Movement::Settle { held, amount } => {
            vec![(HELD.to_owned(), minus(held)), (usage(), amount), (WALLET.to_owned(), held.minus(amount))]
        }
        Movement::Release { held } => vec![(HELD.to_owned(), minus(held)), (WALLET.to_owned(), held)],
    }
}

/// A person's text as part of a line: no line end, no comment, no second part of a title.
fn harmless(text: &str) -> String {
    let safe = text.chars().take(TEXT_CHARS_MAX).map(|c| match c {
        ';' => ',',
        '|' => '/',
        c if c.is_whitespace() || is_invisible(c) => ' ',
        c => c,
    });
    safe.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
