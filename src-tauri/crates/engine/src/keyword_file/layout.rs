//! How a file's text is parted into rows and cells, found by trying each delimiter on its beginning: the right one is
//! the one under which the most column names are recognised.

use super::error::{ForeignText, KeywordFileError};
use igny8_core::keyword_file::{DecimalMark, HEADER_ROWS_MAX, Header, looks_like_keywords, recognise};

/// Text looked at to find the layout: the header rows of the widest export, several times over.
pub(super) const SAMPLE_BYTES: usize = 256 * 1024;

/// Rows looked at: the header rows, and as many to see whether the rows below have cells at all.
const SAMPLE_ROWS: usize = HEADER_ROWS_MAX * 2;

/// Headers named in a refusal; enough to recognise the file by.
const HEADERS_SHOWN_MAX: usize = 12;

/// Characters of a header named in a refusal.
const HEADER_CHARS_SHOWN_MAX: usize = 60;

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
        return Err(KeywordFileError::Empty);
    }
    if let Some(format) = foreign_text(sample) {
        return Err(KeywordFileError::ForeignText { format });
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
    if is_whole && !has_data { Err(KeywordFileError::Empty) } else { Ok(layout) }
}

/// A csv reader for the layout. Rows may differ in length; without a delimiter quotes are letters like any other, since
/// a list by hand has `55" tv` in it.
pub(super) fn csv_reader<R: std::io::Read>(delimiter: Option<u8>, capacity: usize, input: R) -> csv::Reader<R> {
    csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter.unwrap_or(0))
        .quoting(delimiter.is_some())
        .buffer_capacity(capacity)
        .from_reader(input)
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
        let cells = self.rows.first().into_iter().flatten().take(HEADERS_SHOWN_MAX);
        cells.map(|cell| cell.trim().chars().take(HEADER_CHARS_SHOWN_MAX).collect()).collect()
    }
}

/// Formats that are text and no list.
fn foreign_text(sample: &str) -> Option<ForeignText> {
    let text = sample.trim_start();
    let starts = |prefix: &str| text.get(..prefix.len()).is_some_and(|head| head.eq_ignore_ascii_case(prefix));
    let second = text.chars().skip(1).find(|c| !c.is_whitespace());
    if starts("<!doctype html") || starts("<html") || starts("<head") || starts("<body") {
        Some(ForeignText::WebPage)
    } else if starts("<?xml") {
        let is_page = text.get(..text.len().min(1_000)).is_some_and(|head| head.contains("<html"));
        Some(if is_page { ForeignText::WebPage } else { ForeignText::Xml })
    } else if starts("{\\rtf") {
        Some(ForeignText::RichText)
    } else if (starts("{") && matches!(second, Some('"' | '}')))
        || (starts("[") && matches!(second, Some('"' | '{' | ']')))
    {
        Some(ForeignText::Json)
    } else {
        None
    }
}
