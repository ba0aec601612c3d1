//! Reading a vendor's usage file from disk. What a column means is the domain's knowledge, and turning bytes into cells
//! that of [`crate::table_file`].

use crate::table_file::{COLUMNS_MAX, SizeLimit, TableFile, TableFileError, csv_reader, foreign_text, shown};
use igny8_core::reconcile::{
    DateOrder, DecimalMark, HEADER_ROWS_MAX, Header, Marks, ReadRow, TheirLine, UnreadableCell, fold, recognise,
};
use std::path::Path;

/// Most rows read from one file: a year of a request every three minutes. Bounds the memory of what is compared.
pub const ROWS_MAX: u32 = 200_000;

/// Most cells that cannot be read and are kept to be shown; all of them are counted.
pub const UNREADABLE_SHOWN_MAX: usize = 500;

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
    /// Cells that cannot be read, the first [`UNREADABLE_SHOWN_MAX`] in the order of the file.
    pub unreadable: Vec<UnreadableCell>,
    /// All cells that cannot be read.
    pub unreadable_cells: u32,
}

/// Reads a file.
///
/// # Errors
/// See [`UsageFileError`].
pub fn read(path: &Path) -> Result<UsageFile, UsageFileError> {
    let file = TableFile::open(path)?;
    let (sample, is_whole) = file.sample()?;
    let layout = detect(&sample, is_whole)?;
    let mut shown = Shown::default();
    each_row(file, &layout, |_, cells| shown.look(&layout.header, cells))?;
    let marks = shown.marks(layout.delimiter);
    let (mut lines, mut ignored) = (Vec::new(), 0_u32);
    let (mut unreadable, mut unreadable_cells) = (Vec::new(), 0_u32);
    let rows = each_row(TableFile::open(path)?, &layout, |line, cells| {
        let is_readable = cells.len() <= COLUMNS_MAX && !repeats(&layout.header, cells);
        let read = is_readable.then(|| layout.header.read_line(line, cells, marks));
        let ReadRow { line, unreadable: cells } = read.unwrap_or(ReadRow { line: None, unreadable: Vec::new() });
        match line {
            Some(line) => lines.push(line),
            None => ignored += 1,
        }
        unreadable_cells = unreadable_cells.saturating_add(u32::try_from(cells.len()).unwrap_or(u32::MAX));
        let room = UNREADABLE_SHOWN_MAX.saturating_sub(unreadable.len());
        unreadable.extend(cells.into_iter().take(room));
    })?;
    if lines.is_empty() && unreadable.is_empty() {
        return Err(TableFileError::Empty.into());
    }
    Ok(UsageFile { header: layout.header, lines: fold(lines), rows, ignored, unreadable, unreadable_cells })
}

/// Passes the rows below the header that are not blank, each with its line; how many they were.
fn each_row(file: TableFile, layout: &Layout, mut take: impl FnMut(u64, &[&str])) -> Result<u32, TableFileError> {
    let mut rows = file.rows(Some(layout.delimiter))?;
    let (mut read, mut passed) = (0_u32, 0);
    loop {
        let (has_row, place) = rows.advance()?;
        if !has_row {
            return Ok(read);
        }
        passed += 1;
        let cells: Vec<&str> = rows.record().iter().collect();
        if passed <= layout.header.row + 1 || cells.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        read += 1;
        if read > ROWS_MAX {
            return Err(TableFileError::TooLarge { limit: SizeLimit::Rows });
        }
        take(place.line, &cells);
    }
}

/// What the cells of a file show of how it writes numbers and dates. The whole file is looked at before any of it is
/// read: the one date that shows the order may be the last.
#[derive(Default)]
struct Shown {
    decimal: Option<DecimalMark>,
    is_day_first: bool,
    is_month_first: bool,
}

impl Shown {
    fn look(&mut self, header: &Header, cells: &[&str]) {
        self.decimal = self.decimal.or_else(|| header.decimal_mark(cells));
        for order in header.date_orders(cells) {
            match order {
                DateOrder::DayFirst => self.is_day_first = true,
                DateOrder::MonthFirst => self.is_month_first = true,
            }
        }
    }

    /// Where no cost shows a mark, files are taken to write points; those that are parted by semicolons may come from
    /// where decimals have a comma.
    fn marks(&self, delimiter: u8) -> Marks {
        let usual = (delimiter != b';').then_some(DecimalMark::Point);
        let date = match (self.is_day_first, self.is_month_first) {
            (true, false) => Some(DateOrder::DayFirst),
            (false, true) => Some(DateOrder::MonthFirst),
            (true, true) | (false, false) => None,
        };
        Marks { decimal: self.decimal.or(usual), date }
    }
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
        Some((delimiter, header)) => Ok(Layout { delimiter, header }),
        None => {
            let firsts = tables.iter().filter_map(|(_, rows)| rows.first());
            let widest = firsts.max_by_key(|row| row.len());
            Err(UsageFileError::NoUsageColumn { headers: shown(widest.into_iter().flatten()) })
        }
    }
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
