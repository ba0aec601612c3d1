//! Reading keyword files from disk: encoding, delimiter, streaming, limits. What a column or a cell means is the
//! domain's knowledge; this part turns hostile bytes into its rows with bounded memory. A file is checked from end to
//! end before the first row is handed out, so that most refusals come before anything is stored.

mod encoding;
mod error;
mod layout;
mod magic;
mod preview;
mod reader;
mod seen;
mod source;
#[cfg(test)]
mod tests;

pub use error::{Binary, ForeignText, KeywordFileError, SizeLimit};
pub use preview::{PREVIEW_ROWS_MAX, Preview, preview};
pub use reader::{IgnoredRow, KeywordFile, ReadCounts, Warning};

/// Largest file read. A million keywords with two years of months in UTF-16 stay below it; the largest export a tool
/// offers is a tenth of that.
pub const FILE_BYTES_MAX: u64 = 256 * 1024 * 1024;

/// Most rows read from one file: ten times the library the product is made for. Bounds the memory of what was seen.
pub const ROWS_MAX: u64 = 1_000_000;

/// Longest row, and longest line, in bytes. The widest real export has rows of a few kilobytes; a longer one is a file
/// without line breaks or a quote that never closes. Bounds the memory of one row.
pub const ROW_BYTES_MAX: usize = 256 * 1024;

/// Most cells of a row. Keyword Planner's months over four years stay below 80.
pub const COLUMNS_MAX: usize = 512;

/// Rows handed out at once: enough to make one transaction worth its commit, few enough to cancel between.
pub const BATCH_ROWS: usize = 500;

/// Ignored rows that are listed with their line; the rest is only counted.
pub const IGNORED_LISTED_MAX: usize = 50;
