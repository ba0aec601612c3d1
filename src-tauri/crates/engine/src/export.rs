//! Files for others: the ledger as a journal for hledger, the statement and the usage records as CSV, receipts, the calendar. One is made up
//! to a mark that is taken first and written a stretch at a time; one that fails half-way leaves nothing under its name.

mod calendar;
mod receipts;
mod runs;
mod sheet;

pub use igny8_store::table::export::WhichReceipts;

use crate::{Engine, settings};
use igny8_core::id::RunId;
use igny8_core::id::SiteId;
use igny8_core::journal::Journal;
use igny8_core::time::UtcMs;
use igny8_store::table::export::Mark;
use igny8_store::{StoreError, leftover};
use std::fs::File;
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use uuid::Uuid;

/// What is exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Export {
    /// The ledger as an hledger journal.
    Journal,
    /// The statement as CSV.
    Statement,
    /// The usage records as CSV.
    Usage,
    /// What was read back of deliveries.
    Receipts(WhichReceipts, ReceiptForm),
    /// When articles go out and how they stand.
    Calendar(WhichCalendar, CalendarForm),
    /// The log of a run as CSV.
    Run(RunId),
}

/// The form of exported receipts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReceiptForm {
    /// A row for each field.
    Csv,
    /// An object for each delivery.
    Json,
}

/// What of the calendar is exported.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WhichCalendar {
    /// Only of this site.
    pub site: Option<SiteId>,
    /// From this instant on; what has no time is always in it.
    pub from: Option<UtcMs>,
    /// Up to this instant, which is not in it.
    pub until: Option<UtcMs>,
}

/// The form of an exported calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CalendarForm {
    /// A row for each article.
    Csv,
    /// An event for each article that has a time, as RFC 5545 has it.
    Ics,
}

/// Why an export is not complete.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// It could not be written.
    #[error("not written: {0}")]
    Write(#[from] io::Error),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Engine {
    /// Writes an export and says how many transactions or rows it has.
    ///
    /// # Errors
    /// See [`ExportError`]; what was written until then stands.
    pub async fn export(&self, what: Export, out: &mut (dyn Write + Send)) -> Result<u64, ExportError> {
        let (mark, zone) =
            self.store.read(|read| Ok::<_, StoreError>((read.export_mark()?, settings::load(read)?.zone))).await?;
        let entries = match what {
            Export::Journal => self.export_journal(&zone, mark, out).await?,
            Export::Statement => self.export_statement(mark, out).await?,
            Export::Usage => self.export_usage(mark, out).await?,
            Export::Receipts(which, form) => self.export_receipts((which, form), mark, out).await?,
            Export::Calendar(which, form) => self.export_calendar(which, form, out).await?,
            Export::Run(run) => self.export_run(run, out).await?,
        };
        out.flush()?;
        Ok(entries)
    }

    /// Writes an export into a file, which is replaced when all of it is on the disk. What killed processes left of exports
    /// to that folder goes.
    ///
    /// # Errors
    /// See [`ExportError`]; then the file is as it was before.
    pub async fn export_to(&self, what: Export, path: &Path) -> Result<u64, ExportError> {
        leftover::sweep_beside(path, self.clock.now(), is_part);
        let part = Part::beside(path, self.ids.next())?;
        let mut out = BufWriter::new(&part.file);
        let entries = self.export(what, &mut out).await?;
        drop(out);
        part.keep(path)?;
        Ok(entries)
    }

    /// Whether the file at `path` is an export of this kind, made earlier: it begins as each of them does.
    ///
    /// # Errors
    /// When it cannot be read; [`io::ErrorKind::NotFound`] when there is none.
    pub fn is_export(what: Export, path: &Path) -> io::Result<bool> {
        let head = match what {
            Export::Journal => Journal::TITLE.to_owned(),
            Export::Statement => sheet::STATEMENT.join(","),
            Export::Usage => sheet::USAGE.join(","),
            Export::Receipts(_, ReceiptForm::Csv) => receipts::COLUMNS.join(","),
            Export::Receipts(_, ReceiptForm::Json) => receipts::HEAD.to_owned(),
            Export::Calendar(_, CalendarForm::Csv) => calendar::COLUMNS.join(","),
            Export::Calendar(_, CalendarForm::Ics) => calendar::HEAD.to_owned(),
            Export::Run(_) => runs::COLUMNS.join(","),
        };
        let mut begins = Vec::with_capacity(head.len());
        let bytes_max = u64::try_from(head.len()).unwrap_or(u64::MAX);
        File::open(path)?.take(bytes_max).read_to_end(&mut begins)?;
        Ok(begins == head.as_bytes())
    }

    async fn export_journal(&self, zone: &str, mark: Mark, out: &mut (dyn Write + Send)) -> Result<u64, ExportError> {
        let mut journal = Journal::new(zone);
        out.write_all(journal.head().as_bytes())?;
        let (mut after, mut written) = (0, 0);
        loop {
            let stretch = self.store.read(move |read| read.export_transfers(after, &mark)).await?;
            let Some(last) = stretch.last() else { break };
            after = last.seq;
            for entry in &stretch {
                out.write_all(journal.entry(entry).as_bytes())?;
                written += 1;
            }
        }
        out.write_all(journal.tail(mark.balances).as_bytes())?;
        Ok(written)
    }

    async fn export_statement(&self, mark: Mark, out: &mut (dyn Write + Send)) -> Result<u64, ExportError> {
        let mut table = sheet::Table::begin(out, sheet::STATEMENT)?;
        let mut after = 0;
        loop {
            let stretch = self.store.read(move |read| read.export_statement(after, &mark)).await?;
            let Some(last) = stretch.last() else { break };
            after = last.id;
            for line in &stretch {
                table.row(&sheet::statement_row(line))?;
            }
        }
        table.end()
    }

    async fn export_usage(&self, mark: Mark, out: &mut (dyn Write + Send)) -> Result<u64, ExportError> {
        let mut table = sheet::Table::begin(out, sheet::USAGE)?;
        let mut after = 0;
        loop {
            let stretch = self.store.read(move |read| read.export_usage(after, &mark)).await?;
            let Some(last) = stretch.last() else { break };
            after = last.id;
            for record in &stretch {
                table.row(&sheet::usage_row(record))?;
            }
        }
        table.end()
    }
}

/// What stands before and behind the id in the name of a file that is not whole yet.
const PART_PREFIX: &str = "igny8-";
const PART_SUFFIX: &str = ".part";

fn is_part(name: &str) -> bool {
    let id = name.strip_prefix(PART_PREFIX).and_then(|rest| rest.strip_suffix(PART_SUFFIX));
    id.is_some_and(|id| Uuid::try_parse(id).is_ok())
}

/// A file that is not whole yet. It goes when it is dropped before it was kept.
struct Part {
    file: File,
    path: PathBuf,
}

impl Part {
    /// Makes a file that was not there, so that nobody's file is written over.
    fn beside(path: &Path, id: Uuid) -> io::Result<Self> {
        if path.is_dir() || path.file_name().is_none() {
            return Err(io::ErrorKind::InvalidInput.into());
        }
        let path = path.with_file_name(format!("{PART_PREFIX}{id}{PART_SUFFIX}"));
        Ok(Self { file: File::create_new(&path)?, path })
    }

    fn keep(self, path: &Path) -> io::Result<()> {
        self.file.sync_all()?;
        std::fs::rename(&self.path, path)
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        // Gone already when it was kept.
        drop(std::fs::remove_file(&self.path));
    }
}
