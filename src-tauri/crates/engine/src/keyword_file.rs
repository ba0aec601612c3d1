//! Reading keyword files from disk: delimiter, header, rows in batches. What a column or a cell means is the domain's
//! knowledge, and turning bytes into cells that of [`crate::table_file`]. A file is checked from end to end before the
//! first row is handed out, so that most refusals come before anything is stored.

mod error;
mod layout;
mod preview;
mod reader;
mod seen;
#[cfg(test)]
mod tests;

pub use crate::table_file::{Binary, COLUMNS_MAX, FILE_BYTES_MAX, ForeignText, ROW_BYTES_MAX, SizeLimit};
pub use error::KeywordFileError;
pub use preview::{PREVIEW_ROWS_MAX, Preview, preview};
pub use reader::{IgnoredRow, KeywordFile, ReadCounts, Warning};

/// Most rows read from one file: ten times the library the product is made for. Bounds the memory of what was seen.
pub const ROWS_MAX: u64 = 1_000_000;

/// Rows handed out at once: enough to make one transaction worth its commit, few enough to cancel between.
pub const BATCH_ROWS: usize = 500;

/// Ignored rows that are listed with their line; the rest is only counted.
pub const IGNORED_LISTED_MAX: usize = 50;
