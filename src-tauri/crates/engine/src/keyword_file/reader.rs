//! An open keyword file as batches of rows, with a running account of what was read, joined and left out.

use super::encoding::{CHUNK_BYTES, Encoded, examine};
use super::error::{KeywordFileError, SizeLimit};
use super::layout::{self, Layout, SAMPLE_BYTES, csv_reader};
use super::seen::{Identity, Seen};
use super::source::TextSource;
use super::{BATCH_ROWS, COLUMNS_MAX, FILE_BYTES_MAX, IGNORED_LISTED_MAX, ROWS_MAX};
use csv::StringRecord;
use igny8_core::keyword_file::{Column, Exactness, FileKind, KeywordRow, RowIssue, country_in_file_name};
use std::collections::HashMap;
use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::Path;

/// Rows Search Console's page exports at most; a file with exactly as many was cut.
const SEARCH_CONSOLE_ROWS: u64 = 1_000;

/// What was read so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadCounts {
    /// Rows below the header that were not blank.
    pub rows: u64,
    /// Blank rows.
    pub blank: u64,
    /// Keywords handed out, each counted once.
    pub keywords: u64,
    /// Rows that were joined into an earlier row of the same keyword.
    pub joined: u64,
    /// Rows that were left out.
    pub ignored: u64,
    /// The first [`IGNORED_LISTED_MAX`] of them.
    pub ignored_rows: Vec<IgnoredRow>,
}

/// A row that was left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IgnoredRow {
    /// Line of the file at which the row begins, from 1.
    pub line: u64,
    /// Why.
    pub reason: RowIssue,
}

/// What whoever brought the file should know about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Warning {
    /// Exactly as many rows as Search Console exports at most: the file was probably cut.
    SearchConsoleLimit,
    /// Volumes are ranges, as Keyword Planner gives them to accounts that spend little.
    VolumeRanges,
    /// Prices are in another currency than US dollars and are not taken over.
    ForeignCurrency(String),
}

/// An open keyword file. As an iterator it gives batches of at most [`BATCH_ROWS`] rows and ends after the first error.
///
/// Rows of the same keyword and market are joined. One that comes in a later batch and knows more than all before it
/// is handed out again with only what is better: whoever stores rows lets known values replace and leaves the rest.
pub struct KeywordFile {
    reader: csv::Reader<TextSource>,
    record: StringRecord,
    layout: Layout,
    encoding: &'static str,
    country: Option<String>,
    next_line: u64,
    seen: Seen,
    counts: ReadCounts,
    ranges: u64,
    foreign_currency: Option<String>,
    has_ended: bool,
}

impl KeywordFile {
    /// Opens a file, looks at all its bytes and finds its encoding, delimiter and columns.
    ///
    /// # Errors
    /// See [`KeywordFileError`]. A file over [`FILE_BYTES_MAX`] or with an endless line is refused without reading on.
    pub fn open(path: &Path) -> Result<Self, KeywordFileError> {
        // Asked before opening: opening a pipe would wait for its writer.
        let metadata = std::fs::metadata(path)?;
        if !metadata.is_file() {
            let kind = if metadata.is_dir() { ErrorKind::IsADirectory } else { ErrorKind::Unsupported };
            return Err(KeywordFileError::Unreadable { kind });
        }
        if metadata.len() > FILE_BYTES_MAX {
            return Err(KeywordFileError::TooLarge { limit: SizeLimit::Bytes });
        }
        let mut file = File::open(path)?;
        let encoded = examine(&mut (&mut file).take(FILE_BYTES_MAX))?;
        if !encoded.is_proved {
            TextSource::start(file.try_clone()?, encoded)?.prove()?;
        }
        let (sample, is_whole) = read_sample(&file, encoded)?;
        let layout = layout::detect(&sample, is_whole)?;
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let country = country_in_file_name(layout.header.kind, &name);
        let source = TextSource::start(file, encoded)?;
        let mut opened = Self {
            reader: csv_reader(layout.delimiter, CHUNK_BYTES, source),
            record: StringRecord::new(),
            encoding: encoded.encoding.name(),
            country,
            next_line: 1,
            seen: Seen::default(),
            counts: ReadCounts::default(),
            ranges: 0,
            foreign_currency: None,
            has_ended: false,
            layout,
        };
        opened.skip_header()?;
        Ok(opened)
    }

    /// Who wrote the file.
    #[must_use]
    pub fn kind(&self) -> FileKind {
        self.layout.header.kind
    }

    /// Every column, used or not.
    #[must_use]
    pub fn columns(&self) -> &[Column] {
        &self.layout.header.columns
    }

    /// What parts the cells; `None` for one keyword on each line.
    #[must_use]
    pub fn delimiter(&self) -> Option<char> {
        self.layout.delimiter.map(char::from)
    }

    /// The encoding's name, such as `UTF-16LE`.
    #[must_use]
    pub fn encoding(&self) -> &'static str {
        self.encoding
    }

    /// What was read so far.
    #[must_use]
    pub fn counts(&self) -> &ReadCounts {
        &self.counts
    }

    /// What is worth knowing about the rows read so far.
    #[must_use]
    pub fn warnings(&self) -> Vec<Warning> {
        let mut warnings = Vec::new();
        if self.kind() == FileKind::SearchConsole && self.has_ended && self.counts.rows == SEARCH_CONSOLE_ROWS {
            warnings.push(Warning::SearchConsoleLimit);
        }
        // One `<10` among exact volumes is no news.
        if self.ranges * 2 > self.counts.keywords {
            warnings.push(Warning::VolumeRanges);
        }
        warnings.extend(self.foreign_currency.clone().map(Warning::ForeignCurrency));
        warnings
    }

    /// Whether everything was read.
    #[must_use]
    pub fn has_ended(&self) -> bool {
        self.has_ended
    }

    fn skip_header(&mut self) -> Result<(), KeywordFileError> {
        for _ in 0..self.layout.header.row.map_or(0, |row| row + 1) {
            self.advance()?;
        }
        self.counts = ReadCounts::default();
        Ok(())
    }

    /// Reads the next row into `record` and says at which line it begins; `None` at the end.
    fn advance(&mut self) -> Result<Option<u64>, KeywordFileError> {
        self.reader.get_mut().begin_row(self.next_line);
        let has_row = self.reader.read_record(&mut self.record).map_err(|error| self.broken(error))?;
        let line_after = self.reader.position().line();
        let inside = self.record.iter().flat_map(str::bytes).filter(|byte| *byte == b'\n').count() as u64;
        let line = if has_row { line_after.saturating_sub(1 + inside) } else { line_after };
        // The source ends every file in a line end of its own, which is no blank row.
        let end = u64::from(!has_row);
        self.counts.blank += line.saturating_sub(self.next_line + end);
        self.next_line = line_after;
        Ok(has_row.then_some(line))
    }

    fn broken(&self, error: csv::Error) -> KeywordFileError {
        if let csv::ErrorKind::Io(error) = error.into_kind() {
            return error.into();
        }
        KeywordFileError::Encoding { line: self.next_line }
    }

    fn read_batch(&mut self) -> Result<Vec<KeywordRow>, KeywordFileError> {
        let mut batch = Batch::default();
        while batch.rows.len() < BATCH_ROWS {
            let Some(line) = self.advance()? else {
                self.has_ended = true;
                break;
            };
            if self.record.iter().all(|cell| cell.trim().is_empty()) {
                self.counts.blank += 1;
                continue;
            }
            self.counts.rows += 1;
            if self.counts.rows > ROWS_MAX {
                return Err(KeywordFileError::TooLarge { limit: SizeLimit::Rows });
            }
            match self.read_row() {
                Ok(row) => self.place(row, &mut batch),
                Err(reason) => self.ignore(IgnoredRow { line, reason }),
            }
        }
        for (identity, at) in &batch.places {
            if let Some(row) = batch.rows.get(*at) {
                self.seen.note(*identity, row);
            }
        }
        Ok(batch.rows)
    }

    fn read_row(&self) -> Result<KeywordRow, RowIssue> {
        if self.record.len() > COLUMNS_MAX {
            return Err(RowIssue::TooManyColumns);
        }
        let cells: Vec<&str> = self.record.iter().collect();
        let mut row = self.layout.header.read_row(&cells, self.layout.mark)?;
        row.country = row.country.or_else(|| self.country.clone());
        Ok(row)
    }

    fn place(&mut self, row: KeywordRow, batch: &mut Batch) {
        let currency = row.cpc.as_ref().and_then(|price| price.currency.clone()).filter(|code| code != "USD");
        self.foreign_currency = self.foreign_currency.take().or(currency);
        let identity = Identity::of(&row);
        let was_handed_out = self.seen.contains(identity);
        let row = if was_handed_out { self.seen.news(identity, row) } else { Some(row) };
        let place = batch.places.get(&identity).copied();
        if was_handed_out || place.is_some() {
            self.counts.joined += 1;
        } else {
            self.counts.keywords += 1;
            let is_range = row.as_ref().and_then(|row| row.volume).is_some_and(|v| v.exactness == Exactness::Range);
            self.ranges += u64::from(is_range);
        }
        match (row, place.and_then(|at| batch.rows.get_mut(at))) {
            (Some(row), Some(earlier)) => earlier.join(&row),
            (Some(row), None) => {
                batch.places.insert(identity, batch.rows.len());
                batch.rows.push(row);
            }
            (None, _) => {}
        }
    }

    fn ignore(&mut self, row: IgnoredRow) {
        self.counts.ignored += 1;
        if self.counts.ignored_rows.len() < IGNORED_LISTED_MAX {
            self.counts.ignored_rows.push(row);
        }
    }
}

impl Iterator for KeywordFile {
    type Item = Result<Vec<KeywordRow>, KeywordFileError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.has_ended {
            return None;
        }
        match self.read_batch() {
            Ok(rows) if rows.is_empty() => None,
            Ok(rows) => Some(Ok(rows)),
            Err(error) => {
                self.has_ended = true;
                Some(Err(error))
            }
        }
    }
}

/// Rows that will be handed out together.
#[derive(Default)]
struct Batch {
    rows: Vec<KeywordRow>,
    places: HashMap<Identity, usize>,
}

/// The text's beginning, and whether that is all of it.
fn read_sample(file: &File, encoded: Encoded) -> Result<(String, bool), KeywordFileError> {
    let mut source = TextSource::start(file.try_clone()?, encoded)?;
    let mut bytes = Vec::new();
    while bytes.len() < SAMPLE_BYTES {
        let mut part = vec![0; CHUNK_BYTES];
        let length = source.read(&mut part)?;
        if length == 0 {
            return Ok((into_text(bytes), true));
        }
        // Only the row limit is left to others here: a row that has no end is found when the rows are read.
        source.begin_row(1);
        bytes.extend_from_slice(part.get(..length).unwrap_or_default());
    }
    Ok((into_text(bytes), false))
}

/// The text without a character that the sample's end cut in two.
fn into_text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap_or_else(|error| {
        let whole = error.utf8_error().valid_up_to();
        let mut bytes = error.into_bytes();
        bytes.truncate(whole);
        String::from_utf8_lossy(&bytes).into_owned()
    })
}
