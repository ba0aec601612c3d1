//! What the auditor found, for whoever has to look into it.

use serde::{Deserialize, Serialize};
use specta::Type;

/// What the last audit found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AuditFindings {
    /// What does not add up.
    pub findings: Vec<FindingView>,
    /// How much more does not, which is not listed.
    pub more: u32,
}

/// One thing that does not add up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FindingView {
    /// The broken rule.
    pub kind: FindingKindView,
    /// Table of the database.
    pub table: String,
    /// Row: its number, its UUID, its code or its key; empty when the whole table is meant.
    pub row: String,
    /// Column.
    pub column: String,
    /// What should stand there.
    pub expected: FactView,
    /// What stands there.
    pub found: FactView,
}

/// A copy of the database that is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CopyView {
    /// Where it is.
    pub file: String,
    /// When it was written.
    pub made_at: String,
    /// Its books.
    pub books: BooksOfCopy,
}

/// What going back to a copy would bring.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum BooksOfCopy {
    /// Books that balance.
    Balance,
    /// Books that do not.
    Off,
    /// Nothing: it is damaged, or of a newer version.
    Unusable,
}

/// A value in its unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FactView {
    /// Unit.
    pub unit: FactUnit,
    /// A decimal, an instant in UTC as RFC 3339 has it, or a text; empty for nothing.
    pub value: String,
}

/// Unit of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum FactUnit {
    /// Credits.
    Credits,
    /// US dollars.
    Usd,
    /// A number.
    Count,
    /// An instant.
    Time,
    /// A text.
    Text,
    /// No such row, or nothing in it.
    Nothing,
}

/// A rule of the books.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum FindingKindView {
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
    /// A row is not as it was when its call was resolved.
    Seal,
    /// A row that always stands, or that others speak of, is gone or is not as this app makes it.
    Standing,
    /// A table or a trigger of the file is not as this app makes it.
    Schema,
}
