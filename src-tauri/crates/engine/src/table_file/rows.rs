//! A table's rows, with the line each begins at and its own limit of length.

use super::encoding::CHUNK_BYTES;
use super::error::TableFileError;
use super::source::{END_MARK, TextSource};
use csv::StringRecord;

/// Rows of an open file.
pub(crate) struct Rows {
    reader: csv::Reader<TextSource>,
    record: StringRecord,
    next_line: u64,
}

/// Where a row begins.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    /// Its line, from 1.
    pub(crate) line: u64,
    /// Blank lines before it.
    pub(crate) blank: u64,
}

impl Rows {
    pub(super) fn new(source: TextSource, delimiter: Option<u8>) -> Self {
        // Without quotes nothing can stay open.
        let source = if delimiter.is_some() { source.with_end_mark() } else { source };
        Self { reader: csv_reader(delimiter, CHUNK_BYTES, source), record: StringRecord::new(), next_line: 1 }
    }

    /// Reads the next row and says whether there was one; at the end only the blank lines before it count.
    pub(crate) fn advance(&mut self) -> Result<(bool, Place), TableFileError> {
        self.reader.get_mut().begin_row(self.next_line);
        let is_read = self.reader.read_record(&mut self.record).map_err(|error| self.broken(error))?;
        let line_after = self.reader.position().line();
        let has_row = is_read && !self.is_at_end_mark(line_after)?;
        let inside = self.record.iter().flat_map(str::bytes).filter(|byte| *byte == b'\n').count() as u64;
        let line = if has_row { line_after.saturating_sub(1 + inside) } else { line_after };
        // The source ends every file in a line end of its own, which is no blank row.
        let end = u64::from(!has_row);
        let blank = line.saturating_sub(self.next_line + end);
        self.next_line = line_after;
        Ok((has_row, Place { line, blank }))
    }

    /// Whether the row that was read is the mark behind the last one. A cell that swallowed the mark has no closing quote.
    fn is_at_end_mark(&self, line_after: u64) -> Result<bool, TableFileError> {
        let last = self.record.iter().next_back().unwrap_or_default();
        if !last.ends_with(END_MARK) {
            return Ok(false);
        }
        if self.record.len() == 1 && last.len() == END_MARK.len_utf8() {
            return Ok(true);
        }
        let inside = last.bytes().filter(|byte| *byte == b'\n').count() as u64;
        Err(TableFileError::UnclosedQuote { line: line_after.saturating_sub(inside) })
    }

    /// The row that was read last.
    pub(crate) fn record(&self) -> &StringRecord {
        &self.record
    }

    fn broken(&self, error: csv::Error) -> TableFileError {
        if let csv::ErrorKind::Io(error) = error.into_kind() {
            return error.into();
        }
        TableFileError::Encoding { line: self.next_line }
    }
}

/// A csv reader. Rows may differ in length; without a delimiter quotes are letters like any other, since
/// a list by hand has `55" tv` in it.
pub(crate) fn csv_reader<R: std::io::Read>(delimiter: Option<u8>, capacity: usize, input: R) -> csv::Reader<R> {
    csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter.unwrap_or(0))
        .quoting(delimiter.is_some())
        .buffer_capacity(capacity)
        .from_reader(input)
}
