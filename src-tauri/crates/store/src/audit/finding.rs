//! What the auditor says of a thing that does not add up: which rule is broken, in which row it shows, what should stand
//! there and what stands there. Amounts keep their unit, so that whoever shows them needs no knowledge of the columns.

use igny8_core::money::{Credits, Usd};
use uuid::Uuid;

/// Findings that are kept one by one; of more, only the number is. Nobody reads more, and a table that was changed as a
/// whole must not fill the memory.
pub(super) const FINDINGS_MAX: usize = 200;

/// The rule that is broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FindingKind {
    /// An account holds something else than its transfers moved.
    Balance,
    /// The wallet is overdrawn.
    Overdrawn,
    /// The statement does not sum to the wallet's posted balance.
    StatementSum,
    /// The usage records do not sum to what was settled.
    UsageSum,
    /// A hold is open and no open call explains it, or the other way round.
    OpenHold,
    /// A cap counts something else than the calls under it.
    Cap,
    /// A month was granted, has drawn or has used something else than the transfers made in it.
    Month,
    /// A transfer is not what its call, its grant or its lapse makes it.
    Transfer,
    /// What a call cost beyond its hold is booked wrongly, or booked without a cause.
    Shortfall,
    /// Two rows disagree on what a call was charged, and nothing says which of them was changed: both are named.
    EitherRow,
    /// A call does not say how its hold was resolved.
    Call,
    /// An attempt is missing, ended otherwise or at another time than its call, or its cost is not in the record of its
    /// call.
    Attempt,
    /// A usage record differs from its call, its operation or what was settled.
    Record,
    /// The vendor's cost is not the tokens times the prices of the model.
    Cost,
    /// The credits are not what the model asks for the tokens.
    Charge,
    /// The value is not the credits times what a credit was worth.
    Value,
    /// A record of something that is free carries credits or cost.
    Unpaid,
    /// A line of the statement differs from what it is about.
    Line,
    /// A line of the statement says another balance than the lines before it leave.
    RunningBalance,
    /// An operation's totals are not those of its usage records.
    Totals,
    /// An operation counts its units otherwise than they ended.
    Units,
    /// An operation says something else than its units, its calls and the notice of its end.
    Task,
    /// A kept answer is not what a settled call was answered, or is gone.
    Answer,
    /// None of a model's calls cost what its prices make them cost: the prices were changed.
    Price,
    /// A row is not as it was when it was written and sealed, or its seal is gone.
    Seal,
    /// A row that always stands, or that others speak of, is gone or is not as this app makes it.
    Standing,
    /// A table or a trigger of the file is not as this app makes it.
    Schema,
}

/// A value in its unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fact {
    /// An amount of credits.
    Credits(Credits),
    /// An amount of money.
    Money(Usd),
    /// A number of things, or the number of a row.
    Count(i64),
    /// An instant, milliseconds since 1970 in UTC.
    Time(i64),
    /// A word, a name.
    Text(String),
    /// No such row, or nothing in it.
    Nothing,
}

/// One thing that does not add up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The broken rule.
    pub kind: FindingKind,
    /// The table it shows in.
    pub table: &'static str,
    /// The row: its number, its UUID, its code or its key; empty when the table as a whole is meant.
    pub row: String,
    /// The column.
    pub column: &'static str,
    /// What should stand there.
    pub expected: Fact,
    /// What stands there.
    pub found: Fact,
}

/// Findings on their way into a report.
#[derive(Debug, Default)]
pub(super) struct Findings {
    pub(super) kept: Vec<Finding>,
    /// How many more there were.
    pub(super) more: u64,
}

impl Fact {
    pub(super) const fn credits(micro: i64) -> Self {
        Self::Credits(Credits(micro))
    }

    pub(super) const fn money(nano: i64) -> Self {
        Self::Money(Usd(nano))
    }

    pub(super) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// A value that may not be there.
    pub(super) fn or_nothing<T>(value: Option<T>, fact: impl FnOnce(T) -> Self) -> Self {
        value.map_or(Self::Nothing, fact)
    }
}

impl Findings {
    pub(super) fn add(&mut self, finding: Finding) {
        if self.kept.len() < FINDINGS_MAX {
            self.kept.push(finding);
        } else {
            self.more += 1;
        }
    }

    pub(super) fn append(&mut self, others: Self) {
        others.kept.into_iter().for_each(|finding| self.add(finding));
        self.more += others.more;
    }
}

/// A row's UUID as it is shown.
pub(super) fn uuid(bytes: [u8; 16]) -> String {
    Uuid::from_bytes(bytes).hyphenated().to_string()
}

#[cfg(test)]
mod tests {
    use super::{FINDINGS_MAX, Fact, Finding, FindingKind, Findings};

    #[test]
    fn of_more_than_anybody_reads_only_the_number_is_kept() {
        let mut findings = Findings::default();
        for row in 0..FINDINGS_MAX + 3 {
            findings.add(Finding {
                kind: FindingKind::Cost,
                table: "usage_log",
                row: row.to_string(),
                column: "cost_nano",
                expected: Fact::money(1),
                found: Fact::money(0),
            });
        }
        assert_eq!((findings.kept.len(), findings.more), (FINDINGS_MAX, 3));
    }
}
