//! How a file's text is parted into rows and cells, found by trying each delimiter on its beginning: the right one is
//! the one under which the most column names are recognised.

use super::KeywordFileError;
use crate::table_file::{SAMPLE_BYTES, TableFileError, csv_reader, foreign_text, shown};
use igny8_core::keyword_file::{DecimalMark, HEADER_ROWS_MAX, Header, looks_like_keywords, recognise};

/// Rows looked at: the header rows, and as many to see whether the rows below have cells at all.
const SAMPLE_ROWS: usize = HEADER_ROWS_MAX * 2;

/// How to part a text, and what its columns hold.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    /// `None` when each line is one cell, whatever it holds.
    pub(super) delimiter: Option<u8>,
    /// The columns.
    pub(super) header: Header,
    /// The mark before decimals.
    pub(super) mark: DecimalMark,
}

/// Finds the layout of a text from its beginning; `is_whole` when that is all of it.
pub(super) fn detect(sample: &str, is_whole: bool) -> Result<Layout, KeywordFileError> {
    if sample.trim().is_empty() {
        return Err(TableFileError::Empty.into());
    }
    if let Some(format) = foreign_text(sample) {
        return Err(TableFileError::ForeignText { format }.into());
    }
    let tables = [b';', b'\t', b','].map(|delimiter| Table::parse(sample, is_whole, Some(delimiter)));
    let recognised = tables.iter().filter(|table| table.header.is_some());
    let layout = match recognised.max_by_key(|table| table.certainty()) {
        Some(table) if table.is_parted() => table.layout(),
        Some(_) => Table::parse(sample, is_whole, None).layout(),
        None => headless(&tables, sample, is_whole),
    }?;
    let rows = Table::parse(sample, is_whole, layout.delimiter).rows.len();
    let has_data = layout.header.row.is_none_or(|row| rows > row + 1);
    if is_whole && !has_data { Err(TableFileError::Empty.into()) } else { Ok(layout) }
}

/// A text without a header: a list when no delimiter parts it and its lines can be keywords.
fn headless(tables: &[Table], sample: &str, is_whole: bool) -> Result<Layout, KeywordFileError> {
    let parted = tables.iter().filter(|table| table.is_parted()).max_by_key(|table| table.first_width());
    if let Some(table) = parted {
        return Err(KeywordFileError::NoKeywordColumn { headers: table.first_cells() });
    }
    let lines = Table::parse(sample, is_whole, None);
    let cells: Vec<&str> = lines.rows.iter().flatten().map(String::as_str).collect();
    if looks_like_keywords(&cells) {
        return Ok(Layout { delimiter: None, header: Header::plain_list(), mark: DecimalMark::Point });
    }
    Err(KeywordFileError::NoKeywordColumn { headers: lines.first_cells() })
}

/// A text as one delimiter parts it.
struct Table {
    delimiter: Option<u8>,
    rows: Vec<Vec<String>>,
    header: Option<Header>,
}

impl Table {
    /// Parses the sample's rows; its last row is left out when the sample was cut.
    fn parse(sample: &str, is_whole: bool, delimiter: Option<u8>) -> Self {
        let mut reader = csv_reader(delimiter, sample.len().min(SAMPLE_BYTES), sample.as_bytes());
        let mut rows: Vec<Vec<String>> = reader
            .records()
            .map_while(Result::ok)
            .take(SAMPLE_ROWS)
            .map(|record| record.iter().map(str::to_owned).collect())
            .collect();
        if !is_whole && rows.len() > 1 && rows.len() < SAMPLE_ROWS {
            rows.pop();
        }
        Self { delimiter, header: recognise(&rows), rows }
    }

    /// Used columns first, then all columns.
    fn certainty(&self) -> (usize, usize) {
        self.header.as_ref().map_or((0, 0), |header| (header.used(), header.columns.len()))
    }

    /// Whether most rows after the header have more than one filled cell, or the header itself has more.
    fn is_parted(&self) -> bool {
        let after = self.header.as_ref().and_then(|header| header.row).map_or(0, |row| row + 1);
        let below = self.rows.get(after..).unwrap_or_default();
        let parted = below.iter().filter(|row| row.iter().filter(|cell| !cell.trim().is_empty()).count() > 1).count();
        parted * 2 > below.len() || self.certainty().1 > 1
    }

    fn layout(&self) -> Result<Layout, KeywordFileError> {
        let header =
            self.header.clone().ok_or_else(|| KeywordFileError::NoKeywordColumn { headers: self.first_cells() })?;
        let mark = if self.delimiter == Some(b';') { DecimalMark::Comma } else { DecimalMark::Point };
        Ok(Layout { delimiter: self.delimiter, header, mark })
    }

    fn first_width(&self) -> usize {
        self.rows.first().map_or(0, Vec::len)
    }

    fn first_cells(&self) -> Vec<String> {
        shown(self.rows.first().into_iter().flatten())
    }
}
