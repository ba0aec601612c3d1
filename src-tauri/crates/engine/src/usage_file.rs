//! Reading a vendor's usage file from disk. What a column means is the domain's knowledge, and turning bytes into cells
//! that of [`crate::table_file`].

use crate::table_file::{COLUMNS_MAX, SizeLimit, TableFile, TableFileError, csv_reader, foreign_text, shown};
use igny8_core::reconcile::{DecimalMark, HEADER_ROWS_MAX, Header, TheirLine, fold, recognise};
use std::path::Path;

/// Most rows read from one file: a year of a request every three minutes. Bounds the memory of what is compared.
pub const ROWS_MAX: u32 = 200_000;

/// Why a usage file cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UsageFileError {
    /// It is no table at all.
    #[error(transparent)]
    File(#[from] TableFileError),
    /// No row names what could be compared: a request, or a model or time beside tokens, requests or a cost.
    #[error("no usage column")]
    NoUsageColumn {
        /// The names that are there, the first ones, shortened.
        headers: Vec<String>,
    },
}

impl UsageFileError {
    /// The stable code that is shown to programs.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::File(error) => error.code(),
            Self::NoUsageColumn { .. } => "no_usage_column",
        }
    }
}

/// A usage file, read to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UsageFile {
    /// Its columns, and who wrote it.
    pub header: Header,
    /// What its rows say, parts of one thing joined.
    pub lines: Vec<TheirLine>,
    /// Rows below the header that were not blank.
    pub rows: u32,
    /// Of these, rows that say nothing that can be compared.
    pub ignored: u32,
}

/// Reads a file.
///
/// # Errors
/// See [`UsageFileError`].
pub fn read(path: &Path) -> Result<UsageFile, UsageFileError> {
    let file = TableFile::open(path)?;
    let (sample, is_whole) = file.sample()?;
    let layout = detect(&sample, is_whole)?;
    let mut rows = file.rows(Some(layout.delimiter))?;
    let (mut lines, mut read, mut ignored) = (Vec::new(), 0_u32, 0_u32);
    let mut passed = 0;
    loop {
        let (has_row, place) = rows.advance()?;
        if !has_row {
            break;
        }
        passed += 1;
        let cells: Vec<&str> = rows.record().iter().collect();
        if passed <= layout.header.row + 1 || cells.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        read += 1;
        if read > ROWS_MAX {
            return Err(TableFileError::TooLarge { limit: SizeLimit::Rows }.into());
        }
        let is_readable = cells.len() <= COLUMNS_MAX && !repeats(&layout.header, &cells);
        match layout.header.read_line(place.line, &cells, layout.mark).filter(|_| is_readable) {
            Some(line) => lines.push(line),
            None => ignored += 1,
        }
    }
    if lines.is_empty() {
        return Err(TableFileError::Empty.into());
    }
    Ok(UsageFile { header: layout.header, lines: fold(lines), rows: read, ignored })
}

/// Whether a row is the header again, as in files that were pasted together.
fn repeats(header: &Header, cells: &[&str]) -> bool {
    header.columns.len() == cells.len()
        && header.columns.iter().zip(cells).all(|(column, cell)| column.header == cell.trim())
}

/// How to part a text, and what its columns hold.
struct Layout {
    delimiter: u8,
    header: Header,
    mark: DecimalMark,
}

/// Tries each delimiter on the beginning: the right one is the one under which the most columns are known.
fn detect(sample: &str, is_whole: bool) -> Result<Layout, UsageFileError> {
    if sample.trim().is_empty() {
        return Err(TableFileError::Empty.into());
    }
    if let Some(format) = foreign_text(sample) {
        return Err(TableFileError::ForeignText { format }.into());
    }
    let tables = [b',', b';', b'\t'].map(|delimiter| (delimiter, first_rows(sample, is_whole, delimiter)));
    let known = tables.iter().filter_map(|(delimiter, rows)| recognise(rows).map(|header| (*delimiter, header)));
    match known.max_by_key(|(_, header)| header.used()) {
        Some((delimiter, header)) => {
            let mark = decimal_mark(sample, delimiter, &header);
            Ok(Layout { delimiter, header, mark })
        }
        None => {
            let firsts = tables.iter().filter_map(|(_, rows)| rows.first());
            let widest = firsts.max_by_key(|row| row.len());
            Err(UsageFileError::NoUsageColumn { headers: shown(widest.into_iter().flatten()) })
        }
    }
}

/// The mark that the first telling cost shows. Where none does, files that are parted by semicolons are taken to come from
/// where decimals have a comma.
fn decimal_mark(sample: &str, delimiter: u8, header: &Header) -> DecimalMark {
    let mut reader = csv_reader(Some(delimiter), sample.len(), sample.as_bytes());
    let mut rows = reader.records().map_while(Result::ok);
    let usual = if delimiter == b';' { DecimalMark::Comma } else { DecimalMark::Point };
    rows.find_map(|row| header.decimal_mark(&row.iter().collect::<Vec<_>>())).unwrap_or(usual)
}

/// The first rows as a delimiter parts them; the last one is left out when the sample cut it.
fn first_rows(sample: &str, is_whole: bool, delimiter: u8) -> Vec<Vec<String>> {
    let mut reader = csv_reader(Some(delimiter), sample.len(), sample.as_bytes());
    let records = reader.records().map_while(Result::ok).take(HEADER_ROWS_MAX);
    let mut rows: Vec<Vec<String>> = records.map(|record| record.iter().map(str::to_owned).collect()).collect();
    if !is_whole && rows.len() > 1 && rows.len() < HEADER_ROWS_MAX {
        rows.pop();
    }
    rows
}

#[cfg(test)]
mod tests;
