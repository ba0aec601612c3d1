//! The books for others to check: files to export, and what a vendor's own usage file says beside ours.

use super::planner::MappedColumn;
use serde::{Deserialize, Serialize};
use specta::Type;

/// What is exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ExportKind {
    /// The ledger as an hledger journal.
    Journal,
    /// The statement as CSV.
    Statement,
    /// The usage records as CSV.
    Usage,
}

/// A file that was written.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ExportedFile {
    /// Where it stands.
    pub path: String,
    /// Journal transactions or rows in it.
    pub entries: u32,
}

/// How a line of the vendor's file was matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum MatchedBy {
    /// By the vendor's request id.
    RequestId,
    /// By model, time and tokens.
    Tokens,
    /// By model and time: our side lost the answer, and with it the id and the tokens.
    Time,
    /// A sum over a span of time, by model and time.
    Span,
}

/// A line of the vendor's file and what we have for it.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct MatchedUsage {
    /// How it was matched.
    pub by: MatchedBy,
    /// Line of the file, from 1.
    pub line: u32,
    /// When, by the file; absent when it does not say.
    pub at: Option<String>,
    /// End of the span, for a sum.
    pub until: Option<String>,
    /// Model, by the file; by our books when the file does not say.
    pub model: String,
    /// Model by our books; absent when the file names the same or none.
    pub our_model: Option<String>,
    /// Vendor's request id; empty for sums.
    pub request_id: String,
    /// Requests of ours in it.
    pub requests: u32,
    /// Operation of ours; absent for sums.
    pub operation_id: Option<String>,
    /// Tokens by our books; absent where the vendor's count was lost with its answer.
    pub our_tokens: Option<String>,
    /// Tokens by the file; absent when it does not say.
    pub their_tokens: Option<String>,
    /// Cost by our books, US dollars.
    pub our_cost: String,
    /// Cost by the file; absent when it does not say, or when that cannot be read.
    pub their_cost: Option<String>,
    /// Theirs less ours; absent when the file names no cost that could be read.
    pub difference: Option<String>,
    /// What the file says beside our books.
    pub beside: Beside,
}

/// What a matched line says beside our books.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Beside {
    /// The same, in all that it names.
    Same,
    /// Something else: of the cost, the tokens, the number of requests or the model.
    Differing,
    /// Nothing that is different, but some of it cannot be read, or it names nothing that could be compared.
    NotCompared,
}

/// A cell of the file that cannot be read.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct UnreadableCell {
    /// Line of the file, from 1.
    pub line: u32,
    /// Its column's name as it stands in the file, shortened.
    pub column: String,
    /// What the column holds, as in [`Reconciliation::columns`].
    pub field: String,
    /// What stands there, at most 60 characters.
    pub text: String,
    /// Why, a code the screen words: `not_a_number`, `not_a_count`, `ambiguous_number`, `out_of_range`,
    /// `other_currency`, `not_a_time`, `ambiguous_date`.
    pub why: String,
}

/// A request that only our books have.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct OurUsage {
    /// When.
    pub at: String,
    /// Vendor.
    pub provider: String,
    /// Model.
    pub model: String,
    /// Vendor's request id; empty when the vendor named none.
    pub request_id: String,
    /// Operation it belongs to.
    pub operation_id: String,
    /// Tokens; absent where the vendor's count was lost with its answer.
    pub tokens: Option<String>,
    /// Cost, US dollars.
    pub cost: String,
    /// It left no result.
    pub is_lost: bool,
}

/// A line that only the vendor's file has.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct TheirUsage {
    /// Line of the file, from 1.
    pub line: u32,
    /// When; absent when the file does not say.
    pub at: Option<String>,
    /// End of the span, for a sum.
    pub until: Option<String>,
    /// Model; empty when the file does not say.
    pub model: String,
    /// Vendor's request id; empty when the file does not say.
    pub request_id: String,
    /// Tokens; absent when the file does not say.
    pub tokens: Option<String>,
    /// Cost, US dollars; absent when the file does not say.
    pub cost: Option<String>,
}

/// Counts and sums over whole groups, listed or not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ReconciliationSums {
    /// Lines that were matched.
    pub matched: u32,
    /// Of these, lines that say something else than our books.
    pub differing: u32,
    /// Of these, lines that neither differ nor agree, because they could not be compared.
    pub not_compared: u32,
    /// Of these, lines whose cost could be read; the next three sums are over these.
    pub costed: u32,
    /// Cost of their requests by our books, US dollars.
    pub matched_our_cost: String,
    /// Their cost by the file.
    pub matched_their_cost: String,
    /// Theirs less ours.
    pub difference: String,
    /// Cost by our books of matched requests whose lines have no cost that could be read.
    pub uncosted_our_cost: String,
    /// Requests only we have.
    pub ours_only: u32,
    /// Their cost by our books.
    pub ours_only_cost: String,
    /// Lines only the file has.
    pub theirs_only: u32,
    /// Of these, lines whose cost could be read.
    pub theirs_only_costed: u32,
    /// Their cost by the file.
    pub theirs_only_cost: String,
}

/// A vendor's usage file beside our books.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Reconciliation {
    /// File name.
    pub file_name: String,
    /// Who wrote it, a code the screen words: `openai`, `anthropic`, `openrouter`, `generic`.
    pub layout: String,
    /// Columns that are used: header as in the file, and what it holds: `request_id`, `time`, `time_end`, `model`,
    /// `variant`, `tokens_input`, `tokens_uncached`, `tokens_cached`, `tokens_cache_write`, `tokens_output`,
    /// `tokens_total`, `requests`, `cost`, `currency`.
    pub columns: Vec<MappedColumn>,
    /// Headers that are not used.
    pub unused_columns: Vec<String>,
    /// Vendors of ours it was compared with.
    pub providers: Vec<String>,
    /// First instant compared; absent when the file names no time.
    pub from: Option<String>,
    /// Last instant compared.
    pub until: Option<String>,
    /// Requests of ours without a line that are older than the first matched one, where the file names no time: it does
    /// not say whether it covers them, and they are in no sum.
    pub earlier: u32,
    /// Lines that were read.
    pub lines: u32,
    /// Lines that say nothing usable.
    pub ignored: u32,
    /// Its lines are sums over spans of time, not single requests.
    pub is_summed: bool,
    /// The file names a cost.
    pub has_cost: bool,
    /// Whole sums.
    pub sums: ReconciliationSums,
    /// Matched lines: those that differ first, at most 500.
    pub matched: Vec<MatchedUsage>,
    /// Only ours, at most 500.
    pub ours_only: Vec<OurUsage>,
    /// Only theirs, at most 500.
    pub theirs_only: Vec<TheirUsage>,
    /// Cells that cannot be read.
    pub unreadable_cells: u32,
    /// The first of them, at most 500.
    pub unreadable: Vec<UnreadableCell>,
}
