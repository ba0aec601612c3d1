//! What the user did and was told. A command whose process ended before it answered may have taken place or not; one
//! that was answered has.

mod daily;

pub use daily::{Dailies, Daily};
use igny8_core::id::OperationId;
use igny8_core::money::Credits;
use igny8_core::time::UtcMs;
use igny8_store::ledger::StandingLimit;
use rusqlite::{Connection, params};
use std::collections::{BTreeMap, BTreeSet};

/// Where the user lives; see the plan's setting.
pub const ZONE: &str = "Europe/Berlin";

/// Credits the user added.
#[derive(Clone, Debug)]
pub struct Granted {
    /// A word no other grant has.
    pub memo: String,
    /// How many.
    pub amount: Credits,
    /// The user was told that they are there.
    pub is_acknowledged: bool,
}

/// What a limit is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LimitOf(pub StandingLimit);

/// A limit that the user was told is set.
#[derive(Clone, Debug)]
pub struct Limit {
    /// On what.
    pub of: LimitOf,
    /// How much.
    pub amount: Credits,
    /// What was taken of each period when it was set.
    pub taken_before: BTreeMap<String, i64>,
}

/// What the user knows.
#[derive(Debug, Default)]
pub struct Truth {
    /// Every grant asked for.
    pub grants: Vec<Granted>,
    /// Operations that were started, oldest first.
    pub operations: Vec<OperationId>,
    /// Spans of the ledger in which all paid work was stopped: after the one line, up to the other.
    pub stopped: Vec<(i64, Option<i64>)>,
    /// What was said that may not be said, and what happened that may not happen.
    pub complaints: Vec<String>,
    /// Articles that were ever asked for at once, whatever time they have.
    pub wanted_now: BTreeSet<i64>,
    /// Runs that come back each day.
    pub daily: Dailies,
    /// How the present process came up: not yet, or with the books in this state.
    pub recovered: Option<bool>,
    /// Commands that allow paid work again: under way, and ever asked for. A stop beside one of them may have come
    /// before it or after it, whichever was answered first.
    allowing: u32,
    allowed: u32,
    limits: Vec<Limit>,
    doubtful: Vec<LimitOf>,
}

impl Truth {
    /// Limits that are certainly in force.
    pub fn limits(&self) -> &[Limit] {
        &self.limits
    }

    /// The user asks for another limit: until the answer comes, nobody knows which is in force.
    pub fn begin_limit(&mut self, of: LimitOf) {
        self.limits.retain(|limit| limit.of != of);
        self.doubtful.push(of);
    }

    /// The user is told that a limit is set, or that there is none any more.
    pub fn end_limit(&mut self, file: &Connection, of: LimitOf, amount: Option<Credits>) {
        let place = self.doubtful.iter().position(|doubtful| *doubtful == of);
        if let Some(place) = place {
            self.doubtful.remove(place);
        }
        // Another change of the same limit is on its way.
        if self.doubtful.contains(&of) {
            return;
        }
        self.limits.retain(|limit| limit.of != of);
        if let Some(amount) = amount {
            self.limits.push(Limit { of, amount, taken_before: Taken::by_period(file, of) });
        }
    }

    /// The process ended: what it did not answer stays in doubt for good.
    pub fn forget_answers(&mut self) {
        self.recovered = None;
        self.allowing = 0;
        self.daily.forget_answers();
    }

    /// The user stops all paid work. What this returns belongs to the answer.
    pub fn begin_stop(&self) -> Option<u32> {
        (self.allowing == 0).then_some(self.allowed)
    }

    /// The user is told that all paid work is stopped: from here on nothing may be held.
    pub fn end_stop(&mut self, begun: Option<u32>, file: &Connection) {
        if begun == Some(self.allowed) && self.stopped.last().is_none_or(|(_, to)| to.is_some()) {
            self.stopped.push((newest(file), None));
        }
    }

    /// The user allows paid work again: from here on something may be held.
    pub fn begin_allow(&mut self, file: &Connection) {
        self.allowing += 1;
        self.allowed += 1;
        if let Some((_, to @ None)) = self.stopped.last_mut() {
            *to = Some(newest(file));
        }
    }

    /// The user is told that paid work is allowed again.
    pub fn end_allow(&mut self) {
        self.allowing -= 1;
    }
}

impl LimitOf {
    /// The period of an instant, where the user lives.
    pub fn period(self, now: UtcMs) -> String {
        match self.0 {
            StandingLimit::Day => now.day_in(ZONE).to_string(),
            StandingLimit::Month | StandingLimit::Site(_) => now.month_in(ZONE),
        }
    }
}

/// What calls have taken of a period, worked out from the transfers.
pub struct Taken;

impl Taken {
    /// Settled and still held of the calls that were held in a period.
    pub fn of(file: &Connection, of: LimitOf, period: &str) -> i64 {
        Self::by_period(file, of).get(period).copied().unwrap_or_default()
    }

    /// The same of every period: clocks are set back, into one that was over.
    pub fn by_period(file: &Connection, of: LimitOf) -> BTreeMap<String, i64> {
        let site = match of.0 {
            StandingLimit::Site(site) => Some(site.0),
            StandingLimit::Month | StandingLimit::Day => None,
        };
        let mut statement = file
            .prepare_cached(
                "select h.at, coalesce(r.amount, h.amount) from transfer h join call c on c.hold_id = h.id
                   join operation o on o.id = c.operation_id left join transfer r on r.hold_id = h.id
                 where h.kind = 'hold' and coalesce(?1, o.site_id) = o.site_id",
            )
            .expect("a statement of ours");
        let rows = statement.query_map(params![site], |row| Ok((UtcMs(row.get(0)?), row.get::<_, i64>(1)?)));
        let mut taken = BTreeMap::new();
        for (at, amount) in rows.expect("holds can be read").map(|row| row.expect("a hold")) {
            *taken.entry(of.period(at)).or_default() += amount;
        }
        taken
    }
}

fn newest(file: &Connection) -> i64 {
    let newest = file.query_row("select coalesce(max(seq), 0) from transfer", [], |row| row.get(0));
    newest.expect("transfers can be read")
}
