//! Reading tables that tools export as text: encoding, line ends, limits, rows with the line they begin at. This part
//! turns hostile bytes into cells with bounded memory; what a column means is known by those who read a kind of file
//! with it, keyword files and vendors' usage files.

mod encoding;
mod error;
mod foreign;
mod magic;
mod open;
mod rows;
mod source;

pub use error::{Binary, ForeignText, SizeLimit, TableFileError};
pub(crate) use foreign::foreign_text;
pub(crate) use open::TableFile;
pub(crate) use rows::{Rows, csv_reader};

/// Largest file read. A million keywords with two years of months in UTF-16 stay below it; the largest export a tool
/// offers is a tenth of that.
pub const FILE_BYTES_MAX: u64 = 256 * 1024 * 1024;

/// Longest row, and longest line, in bytes. The widest real export has rows of a few kilobytes; a longer one is a file
/// without line breaks or a quote that never closes. Bounds the memory of one row.
pub const ROW_BYTES_MAX: usize = 256 * 1024;

/// Most cells of a row. Keyword Planner's months over four years stay below 80.
pub const COLUMNS_MAX: usize = 512;

/// Text looked at to find a layout: the header rows of the widest export, several times over.
pub(crate) const SAMPLE_BYTES: usize = 256 * 1024;

/// Headers named in a refusal; enough to recognise the file by.
const HEADERS_SHOWN_MAX: usize = 12;

/// Characters of a header named in a refusal.
const HEADER_CHARS_SHOWN_MAX: usize = 60;

/// Cells of a row as a refusal shows them: the first ones, shortened.
pub(crate) fn shown<'c>(cells: impl Iterator<Item = &'c String>) -> Vec<String> {
    cells.take(HEADERS_SHOWN_MAX).map(|cell| cell.trim().chars().take(HEADER_CHARS_SHOWN_MAX).collect()).collect()
}
