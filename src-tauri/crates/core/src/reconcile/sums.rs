//! What the two sides come to, group by group. Ours and theirs are summed over the same lines, so that the difference is
//! always theirs less ours: a cost that the file does not name, or that cannot be read, has nothing set against it.

use super::line::TheirLine;
use super::matching::{Comparison, Match, MatchedBy, OurRequest, TOLERANCE};
use super::model::{is_same_model, plain_model};
use crate::money::Usd;

/// Counts and sums over whole groups.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// Lines that were matched.
    pub matched: u32,
    /// Of these, lines that say something else than our books.
    pub differing: u32,
    /// Of these, lines that neither differ nor agree, because they could not be compared.
    pub not_compared: u32,
    /// Of these, lines whose cost could be read; the next three sums are over these.
    pub costed: u32,
    /// Cost of their requests by our books.
    pub costed_ours: Usd,
    /// Their cost by the file.
    pub costed_theirs: Usd,
    /// Theirs less ours.
    pub difference: Usd,
    /// Cost by our books of the matched requests whose lines have no cost that could be read.
    pub uncosted_ours: Usd,
    /// Requests only we have.
    pub ours_only: u32,
    /// Their cost by our books.
    pub ours_only_cost: Usd,
    /// Lines only the file has.
    pub theirs_only: u32,
    /// Of these, lines whose cost could be read.
    pub theirs_only_costed: u32,
    /// Their cost by the file.
    pub theirs_only_cost: Usd,
}

/// What a matched line says of our requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beside {
    /// The same, in all that it names.
    Same,
    /// Something else: a cost that is apart by more than rounding, other tokens where both know them, another number of
    /// requests, or another model under one request id.
    Differing,
    /// Nothing that is different, but some of it cannot be read, or it names nothing that could be compared.
    NotCompared,
}

/// The two costs of a match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Costs {
    /// By our books.
    pub ours: Usd,
    /// By the file; `None` when it names none that could be read.
    pub theirs: Option<Usd>,
    /// What the line says beside our books.
    pub beside: Beside,
    /// It names another model.
    pub is_other_model: bool,
}

impl Costs {
    /// Theirs less ours; `None` when the file names no cost that could be read.
    #[must_use]
    pub fn difference(&self) -> Option<Usd> {
        self.theirs.map(|theirs| less(theirs, self.ours))
    }
}

/// The two costs of a match.
#[must_use]
pub fn costs(one: &Match, lines: &[TheirLine], ours: &[OurRequest]) -> Costs {
    let booked = one.requests.iter().filter_map(|at| ours.get(*at)).fold(Usd::ZERO, |sum, r| sum.plus(r.cost));
    let line = lines.get(one.line);
    let theirs = line.and_then(|line| line.cost.value());
    let (tokens, requests) = line.map_or((None, None), |line| (line.tokens.value(), line.requests.value()));
    let count = i64::try_from(one.requests.len()).unwrap_or(i64::MAX);
    let is_other_cost =
        theirs.is_some_and(|theirs| less(theirs, booked).0.saturating_abs() > count.saturating_mul(TOLERANCE.0));
    let known = known_tokens(one, ours);
    let is_other_use = requests.is_some_and(|requests| requests != count)
        || tokens.zip(known).is_some_and(|(theirs, ours)| theirs != ours);
    let is_other_model = line.is_some_and(|line| is_other_model(one, line, ours));
    let is_silent = theirs.is_none() && tokens.is_none() && requests.is_none();
    let beside = if is_other_cost || is_other_use || is_other_model {
        Beside::Differing
    } else if is_silent || line.is_some_and(|line| line.is_unreadable) {
        Beside::NotCompared
    } else {
        Beside::Same
    };
    Costs { ours: booked, theirs, beside, is_other_model }
}

/// Whether a line names another model than the request of ours whose id it has; every other way of matching asks for the
/// same one.
fn is_other_model(one: &Match, line: &TheirLine, ours: &[OurRequest]) -> bool {
    let theirs = plain_model(&line.model);
    let is_other = |request: &OurRequest| !is_same_model(&plain_model(&request.model), &theirs);
    one.by == MatchedBy::RequestId
        && !theirs.is_empty()
        && one.requests.iter().filter_map(|at| ours.get(*at)).any(is_other)
}

fn less(one: Usd, other: Usd) -> Usd {
    Usd(one.0.saturating_sub(other.0))
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
        sums.differing += u32::from(costs.beside == Beside::Differing);
        sums.not_compared += u32::from(costs.beside == Beside::NotCompared);
        match costs.theirs {
            Some(theirs) => {
                sums.costed += 1;
                sums.costed_ours = sums.costed_ours.plus(costs.ours);
                sums.costed_theirs = sums.costed_theirs.plus(theirs);
            }
            None => sums.uncosted_ours = sums.uncosted_ours.plus(costs.ours),
        }
    }
    sums.difference = less(sums.costed_theirs, sums.costed_ours);
    let booked = |at: &usize| ours.get(*at).map_or(Usd::ZERO, |request| request.cost);
    sums.ours_only_cost = found.ours_only.iter().map(booked).fold(Usd::ZERO, Usd::plus);
    for cost in found.theirs_only.iter().filter_map(|at| lines.get(*at)?.cost.value()) {
        sums.theirs_only_costed += 1;
        sums.theirs_only_cost = sums.theirs_only_cost.plus(cost);
    }
    sums
}
