//! Taking keywords in: from files, and typed by hand. A file is read to its end once before the first row is stored, so
//! that a file that turns out unreadable leaves nothing behind. Then it is stored in one commit, so that a disk that fills
//! keeps none of it; only beside paid work, and beyond a size, it is stored in slices, since a paid answer must not wait
//! long for the writer. What such slices have stored before a failure stays.

use crate::keyword_file::{KeywordFile, KeywordFileError};
use crate::table_file::TableFileError;
use crate::{Engine, EngineError};
use igny8_core::id::{SectorId, SiteId};
use igny8_core::intent;
use igny8_core::keyword_file::{FileKind, KeywordRow, RowIssue, clean_keyword};
use igny8_core::status::Severity;
use igny8_store::StoreError;
use igny8_store::table::keyword::NewKeyword;
use igny8_store::table::notification::NewNotification;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// How long one commit of an import may keep the writer while paid work is under way, or anybody waits for the writer: a
/// hold, a paid answer and a click wait for one slice at most.
const SLICE_MS: u64 = 8;
/// Rows of one commit while nobody waits: usual exports are below it, so that a disk that fills keeps all of
/// a file or nothing of it, and memory stays bounded for larger ones.
const ROWS_IN_ONE_COMMIT: usize = 50_000;
/// Rows between two looks at the clock: well below a millisecond.
const ROWS_BETWEEN_LOOKS: usize = 50;
/// Most lines typed at once; more is a file.
const TYPED_LINES_MAX: usize = 5_000;

/// What an import did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// New keywords.
    pub added: u32,
    /// Keywords that were there and were brought up to date.
    pub updated: u32,
    /// Rows joined inside the file.
    pub joined: u32,
    /// Rows passed over.
    pub ignored: u32,
}

impl Engine {
    /// Imports a keyword file into a sector.
    ///
    /// # Errors
    /// [`EngineError::KeywordFile`] when the file cannot be read, in which case nothing was stored;
    /// [`EngineError::NotFound`] for an unknown sector.
    pub async fn import_keywords(&self, path: &Path, site: SiteId, sector: SectorId) -> Result<Imported, EngineError> {
        self.check_sector(site, sector).await?;
        self.check_keyword_file(path).await?;
        let source = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let path: PathBuf = path.to_owned();
        let mut file = self.off_thread(move || KeywordFile::open(&path)).await??;
        let (mut imported, mut rows) = (Imported::default(), Vec::new());
        loop {
            let read = self.off_thread(move || {
                let batch = file.next().transpose()?;
                Ok::<_, KeywordFileError>((file, batch))
            });
            let (back, batch) = read.await??;
            file = back;
            let ended = batch.is_none();
            let kind = file.kind();
            rows.extend(batch.into_iter().flatten().map(|row| as_new(row, kind)));
            if ended || rows.len() >= ROWS_IN_ONE_COMMIT {
                let (added, updated) = self.store_rows(site, sector, std::mem::take(&mut rows), &source).await?;
                imported.added += added;
                imported.updated += updated;
            }
            if ended {
                break;
            }
        }
        imported.joined = u32::try_from(file.counts().joined).unwrap_or(u32::MAX);
        imported.ignored = u32::try_from(file.counts().ignored).unwrap_or(u32::MAX);
        self.announce_import(site, &source, imported).await?;
        Ok(imported)
    }

    /// Reads a keyword file to its end without storing anything of it.
    ///
    /// # Errors
    /// [`EngineError::KeywordFile`] when it cannot be imported.
    pub async fn check_keyword_file(&self, path: &Path) -> Result<(), EngineError> {
        let path = path.to_owned();
        let checked = self.off_thread(move || {
            let mut file = KeywordFile::open(&path)?;
            file.by_ref().try_for_each(|batch| batch.map(drop))?;
            if file.counts().keywords == 0 { Err(KeywordFileError::File(TableFileError::Empty)) } else { Ok(()) }
        });
        Ok(checked.await??)
    }

    /// Adds keywords typed one per line.
    ///
    /// # Errors
    /// [`EngineError::InvalidField`] when no line holds a keyword or there are too many.
    pub async fn add_keywords(&self, text: &str, site: SiteId, sector: SectorId) -> Result<Imported, EngineError> {
        self.check_sector(site, sector).await?;
        let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
        if lines.len() > TYPED_LINES_MAX {
            return Err(EngineError::InvalidField { field: "text", rule: "too_long" });
        }
        let read: Vec<Result<NewKeyword, RowIssue>> = lines.into_iter().map(typed).collect();
        let ignored = read.iter().filter(|row| row.is_err()).count();
        let keywords: Vec<NewKeyword> = read.into_iter().flatten().collect();
        if keywords.is_empty() {
            return Err(EngineError::InvalidField { field: "text", rule: "required" });
        }
        let (added, updated) = self.store_rows(site, sector, keywords, "").await?;
        Ok(Imported { added, updated, joined: 0, ignored: u32::try_from(ignored).unwrap_or(u32::MAX) })
    }

    async fn check_sector(&self, site: SiteId, sector: SectorId) -> Result<(), EngineError> {
        let found = self.store.read(move |r| r.sector(sector)).await;
        let row = found.map_err(|error| crate::operation::not_found(error, "sector"))?;
        if row.site == site { Ok(()) } else { Err(EngineError::NotFound("sector")) }
    }

    /// Stores rows in slices of the writer's time. Returns how many are new and how many were there.
    async fn store_rows(
        &self,
        site: SiteId,
        sector: SectorId,
        rows: Vec<NewKeyword>,
        source: &str,
    ) -> Result<(u32, u32), EngineError> {
        let (rows, source) = (Arc::new(rows), Arc::<str>::from(source));
        let (mut stored, mut added, mut updated) = (0, 0, 0);
        while stored < rows.len() {
            let (clock, rows, source) = (Arc::clone(&self.clock), Arc::clone(&rows), Arc::clone(&source));
            let (is_paid, urgency) = (self.is_paid_work_under_way(), self.store.urgency());
            let (from, now) = (stored, self.clock.now());
            let slice = self.store.write_slice(move |w| {
                let begun_ms = clock.monotonic_ms();
                let (mut new, mut known, mut at) = (0, 0, from);
                while let Some(some) = rows.get(at..rows.len().min(at + ROWS_BETWEEN_LOOKS)).filter(|s| !s.is_empty()) {
                    let done = w.keyword_add_batch(site, sector, some, &source, now)?;
                    (new, known, at) = (new + done.inserted, known + done.joined, at + some.len());
                    let is_due = clock.monotonic_ms().saturating_sub(begun_ms) >= SLICE_MS;
                    if is_due && (is_paid || urgency.is_waited_for()) {
                        break;
                    }
                }
                Ok::<_, StoreError>((new, known, at))
            });
            let (new, known, at) = slice.await?;
            (added, updated, stored) = (added + new, updated + known, at);
        }
        Ok((added, updated))
    }

    async fn announce_import(&self, site: SiteId, source: &str, imported: Imported) -> Result<(), EngineError> {
        let now = self.clock.now();
        let notice = NewNotification {
            notification_type: "keywords_imported".to_owned(),
            severity: Severity::Success,
            site: Some(site),
            operation: None,
            related_type: "site",
            related_id: site.0,
            params: BTreeMap::from([
                ("file", source.to_owned()),
                ("added", imported.added.to_string()),
                ("updated", imported.updated.to_string()),
            ]),
            dedupe: format!("import:{site}:{source}:{}", now.0),
        };
        self.store.write(move |w| w.notify(&notice, now).map(drop)).await?;
        Ok(())
    }
}

/// A row as it is stored: an intent the file does not state is read off the words, and where a tool knows only how
/// often the own site was shown, that is the demand, and says so.
fn as_new(row: KeywordRow, kind: FileKind) -> NewKeyword {
    let shown = match kind {
        FileKind::SearchConsole | FileKind::BingWebmaster => row.impressions,
        FileKind::SemrushKeywordMagic
        | FileKind::SemrushKeywordManager
        | FileKind::SemrushOrganicPositions
        | FileKind::SemrushApi
        | FileKind::AhrefsKeywords
        | FileKind::AhrefsOrganic
        | FileKind::KeywordPlanner
        | FileKind::Table
        | FileKind::PlainList => None,
    };
    NewKeyword {
        intent: row.intent().or_else(|| intent::stated(&row.text)),
        volume: row.volume.map(|v| v.searches).or(shown),
        volume_is_impressions: row.volume.is_none() && shown.is_some(),
        difficulty: row.difficulty,
        cpc_nano: row.cpc_usd_nano(),
        country: row.country.unwrap_or_default(),
        text: row.text,
        key: row.key,
    }
}

fn typed(line: &str) -> Result<NewKeyword, RowIssue> {
    let clean = clean_keyword(line)?;
    Ok(NewKeyword { intent: intent::stated(&clean.text), text: clean.text, key: clean.key, ..NewKeyword::default() })
}
