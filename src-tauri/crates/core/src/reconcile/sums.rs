//! What the two sides come to, group by group.

use super::line::TheirLine;
use super::matching::{Comparison, Match, OurRequest, TOLERANCE};
use crate::money::Usd;

/// Counts and sums over whole groups.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// Lines that were matched.
    pub matched: u32,
    /// Of these, lines that say something else than our books: another cost, by more than rounding, other tokens, or
    /// another number of requests.
    pub differing: u32,
    /// Cost of matched requests by our books.
    pub matched_ours: Usd,
    /// Cost of matched lines by the file.
    pub matched_theirs: Usd,
    /// Theirs less ours, over matched lines that name a cost.
    pub difference: Usd,
    /// Requests only we have.
    pub ours_only: u32,
    /// Their cost by our books.
    pub ours_only_cost: Usd,
    /// Lines only the file has.
    pub theirs_only: u32,
    /// Their cost by the file.
    pub theirs_only_cost: Usd,
}

/// The two costs of a match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Costs {
    /// By our books.
    pub ours: Usd,
    /// By the file; `None` when it names none.
    pub theirs: Option<Usd>,
    /// The two sides say different things: costs apart by more than rounding, other tokens where both know them, or
    /// another number of requests.
    pub is_differing: bool,
}

impl Costs {
    /// Theirs less ours; `None` when the file names no cost.
    #[must_use]
    pub fn difference(&self) -> Option<Usd> {
        self.theirs.map(|theirs| Usd(theirs.0.saturating_sub(self.ours.0)))
    }
}

/// The two costs of a match.
#[must_use]
pub fn costs(one: &Match, lines: &[TheirLine], ours: &[OurRequest]) -> Costs {
    let booked = one.requests.iter().filter_map(|at| ours.get(*at)).fold(Usd::ZERO, |sum, r| sum.plus(r.cost));
    let line = lines.get(one.line);
    let theirs = line.and_then(|line| line.cost);
    let count = i64::try_from(one.requests.len()).unwrap_or(i64::MAX);
    let apart = theirs.map_or(0, |theirs| theirs.0.saturating_sub(booked.0).saturating_abs());
    let is_other_cost = apart > count.saturating_mul(TOLERANCE.0);
    let is_other_use = line.is_some_and(|line| {
        line.requests.is_some_and(|requests| requests != count)
            || line.tokens.is_some_and(|tokens| known_tokens(one, ours).is_some_and(|known| known != tokens))
    });
    Costs { ours: booked, theirs, is_differing: is_other_cost || is_other_use }
}

/// The tokens of all matched requests; `None` when an answer was lost, and with it what it took.
fn known_tokens(one: &Match, ours: &[OurRequest]) -> Option<i64> {
    one.requests.iter().try_fold(0_i64, |sum, at| Some(sum.saturating_add(ours.get(*at)?.tokens?)))
}

/// Sums a comparison.
#[must_use]
pub fn sums(found: &Comparison, lines: &[TheirLine], ours: &[OurRequest]) -> Sums {
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let mut sums = Sums {
        matched: count(found.matched.len()),
        ours_only: count(found.ours_only.len()),
        theirs_only: count(found.theirs_only.len()),
        ..Sums::default()
    };
    for one in &found.matched {
        let costs = costs(one, lines, ours);
        sums.differing += u32::from(costs.is_differing);
        sums.matched_ours = sums.matched_ours.plus(costs.ours);
        sums.matched_theirs = sums.matched_theirs.plus(costs.theirs.unwrap_or_default());
        sums.difference = sums.difference.plus(costs.difference().unwrap_or_default());
    }
    let booked = |at: &usize| ours.get(*at).map_or(Usd::ZERO, |request| request.cost);
    sums.ours_only_cost = found.ours_only.iter().map(booked).fold(Usd::ZERO, Usd::plus);
    let billed = |at: &usize| lines.get(*at).and_then(|line| line.cost).unwrap_or_default();
    sums.theirs_only_cost = found.theirs_only.iter().map(billed).fold(Usd::ZERO, Usd::plus);
    sums
}
