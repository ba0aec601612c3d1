//! An open keyword file as batches of rows, with a running account of what was read, joined and left out.

use super::layout::{self, Layout};
use super::seen::{Identity, Seen};
use super::{BATCH_ROWS, COLUMNS_MAX, IGNORED_LISTED_MAX, KeywordFileError, ROWS_MAX};
use crate::table_file::{Rows, SizeLimit, TableFile, TableFileError};
use igny8_core::keyword_file::{Column, Exactness, FileKind, KeywordRow, RowIssue, country_in_file_name};
use std::collections::BTreeMap;
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
    reader: Rows,
    layout: Layout,
    encoding: &'static str,
    country: Option<String>,
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
    /// See [`KeywordFileError`]. A file over [`super::FILE_BYTES_MAX`] or with an endless line is refused without reading on.
    pub fn open(path: &Path) -> Result<Self, KeywordFileError> {
        let file = TableFile::open(path)?;
        let (sample, is_whole) = file.sample()?;
        let layout = layout::detect(&sample, is_whole)?;
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let country = country_in_file_name(layout.header.kind, &name);
        let mut opened = Self {
            encoding: file.encoding(),
            reader: file.rows(layout.delimiter)?,
            country,
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

    /// Reads the next row and says at which line it begins; `None` at the end.
    fn advance(&mut self) -> Result<Option<u64>, KeywordFileError> {
        let (has_row, place) = self.reader.advance()?;
        self.counts.blank += place.blank;
        Ok(has_row.then_some(place.line))
    }

    fn read_batch(&mut self) -> Result<Vec<KeywordRow>, KeywordFileError> {
        let mut batch = Batch::default();
        while batch.rows.len() < BATCH_ROWS {
            let Some(line) = self.advance()? else {
                self.has_ended = true;
                break;
            };
            if self.reader.record().iter().all(|cell| cell.trim().is_empty()) {
                self.counts.blank += 1;
                continue;
            }
            self.counts.rows += 1;
            if self.counts.rows > ROWS_MAX {
                return Err(TableFileError::TooLarge { limit: SizeLimit::Rows }.into());
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
        if self.reader.record().len() > COLUMNS_MAX {
            return Err(RowIssue::TooManyColumns);
        }
        let cells: Vec<&str> = self.reader.record().iter().collect();
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
    places: BTreeMap<Identity, usize>,
}
