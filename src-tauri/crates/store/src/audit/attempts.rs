//! The attempts of a resolved call. The last one is noted in the commit that resolves the call, and says the same as it;
//! the others, and the last one of a call that was given up while it waited, are noted when they ended.

use super::calls::{AttemptRow, CallRecord, TransferRow};
use super::finding::{Fact, FindingKind};
use super::rows::Checker;

/// How an attempt ends that leaves its call open. Whatever else becomes of one resolves it.
const LEFT_OPEN: [&str; 5] = ["not_sent", "rate_limited", "overloaded", "schema_refused", "outcome_unknown"];

impl Checker {
    /// How many there are, and of each how it ended and when.
    pub(super) fn attempts(&mut self, call: &CallRecord, resolution: &TransferRow, is_settled: bool) {
        let mut row = self.of(FindingKind::Attempt, "attempt", named(call, call.attempts));
        if call.last().is_none() {
            row.same("n", Fact::Count(call.attempts), Fact::Nothing);
        }
        let count = i64::try_from(call.noted.len()).unwrap_or(i64::MAX);
        row.same("n", Fact::Count(count.min(call.attempts)), Fact::Count(count));
        for attempt in &call.noted {
            let mut row = self.of(FindingKind::Attempt, "attempt", named(call, attempt.n));
            let due = due_outcome(call, attempt, is_settled);
            row.same("outcome", Fact::text(due), Fact::text(&*attempt.outcome));
            let at = due_at(call, attempt, resolution, is_settled);
            row.same("at", Fact::Time(at), Fact::Time(attempt.at));
        }
    }
}

/// An attempt as it is shown.
pub(super) fn named(call: &CallRecord, n: i64) -> String {
    format!("{} {n}", call.shown())
}

fn due_outcome<'c>(call: &'c CallRecord, attempt: &'c AttemptRow, is_settled: bool) -> &'c str {
    let is_open = LEFT_OPEN.contains(&&*attempt.outcome);
    if attempt.n != call.attempts {
        return if is_open { &attempt.outcome } else { "outcome_unknown" };
    }
    if is_settled {
        return "settled";
    }
    match &call.line {
        // It was given up for another reason than how its last attempt had ended.
        Some(line) if is_answered(call) || !is_open => &line.memo,
        Some(_) | None => &attempt.outcome,
    }
}

/// When it ended, where that is when the call did. Between two attempts somebody may put the clock to any other day, so that
/// of the others only their seals say when they were.
fn due_at(call: &CallRecord, attempt: &AttemptRow, resolution: &TransferRow, is_settled: bool) -> i64 {
    let is_left_open = LEFT_OPEN.contains(&&*attempt.outcome) && !is_answered(call);
    let ends_the_call = attempt.n == call.attempts && (is_settled || !is_left_open);
    if ends_the_call { resolution.at } else { attempt.at }
}

/// Whether something came back, although nothing could be stored: a record says what that consumed.
fn is_answered(call: &CallRecord) -> bool {
    call.usage.as_ref().is_some_and(|usage| usage.outcome != "settled" && usage.consumed.is_something())
}
