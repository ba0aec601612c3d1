//! A look at a file before it is imported: what it was recognised as, which columns are used, how its rows read.

use super::BATCH_ROWS;
use super::error::KeywordFileError;
use super::reader::{KeywordFile, ReadCounts, Warning};
use igny8_core::keyword_file::{Column, FileKind, KeywordRow};
use std::path::Path;

/// Most rows a preview shows.
pub const PREVIEW_ROWS_MAX: usize = 100;

/// Batches read for the counts and warnings: past the 1,000 rows at which Search Console cuts its export.
const PREVIEW_BATCHES: usize = 1_000 / BATCH_ROWS + 1;

/// What a file looks like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    /// Who wrote it.
    pub kind: FileKind,
    /// Its encoding's name.
    pub encoding: &'static str,
    /// What parts its cells; `None` for one keyword on each line.
    pub delimiter: Option<char>,
    /// Every column; those without a field are not used.
    pub columns: Vec<Column>,
    /// Its first keywords.
    pub rows: Vec<KeywordRow>,
    /// Counts of the part that was read.
    pub counts: ReadCounts,
    /// Whether that part is all of it.
    pub is_whole: bool,
    /// What is worth knowing.
    pub warnings: Vec<Warning>,
}

/// Looks at a file and shows its first `rows` keywords, [`PREVIEW_ROWS_MAX`] at most. Only its first rows are read, so
/// the counts are of those.
///
/// # Errors
/// See [`KeywordFileError`].
pub fn preview(path: &Path, rows: usize) -> Result<Preview, KeywordFileError> {
    let mut file = KeywordFile::open(path)?;
    let mut first = Vec::new();
    for batch in file.by_ref().take(PREVIEW_BATCHES) {
        first.extend(batch?);
    }
    first.truncate(rows.min(PREVIEW_ROWS_MAX));
    Ok(Preview {
        kind: file.kind(),
        encoding: file.encoding(),
        delimiter: file.delimiter(),
        columns: file.columns().to_vec(),
        rows: first,
        counts: file.counts().clone(),
        is_whole: file.has_ended(),
        warnings: file.warnings(),
    })
}
