//! The log of a run as a table, from its beginning.

use super::ExportError;
use super::sheet::{Table, text};
use crate::Engine;
use igny8_core::id::RunId;
use igny8_store::table::run_event::RunEvent;
use std::io::Write;

/// Columns of the table.
pub(super) const COLUMNS: &[&str] = &["at", "event", "stage", "item", "items", "code", "credits"];

impl Engine {
    /// Writes the log of a run and says how many lines that are.
    pub(super) async fn export_run(&self, run: RunId, out: &mut (dyn Write + Send)) -> Result<u64, ExportError> {
        let log = self.store.read(move |r| r.run_log(run)).await?;
        let mut table = Table::begin(out, COLUMNS)?;
        for event in &log {
            table.row(&cells(event))?;
        }
        table.end()
    }
}

fn cells(event: &RunEvent) -> Vec<String> {
    vec![
        event.at.to_rfc3339(),
        event.kind.to_string(),
        event.stage.map(|stage| stage.to_string()).unwrap_or_default(),
        text(&event.item),
        event.items.to_string(),
        event.code.clone(),
        event.credits.to_string(),
    ]
}
