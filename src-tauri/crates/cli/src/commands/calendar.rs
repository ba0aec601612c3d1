//! The calendar out for other tools.

use super::exchange::Watched;
use super::sites::find;
use crate::args::{self, CalendarCommand};
use crate::failure::Failure;
use crate::output::{Output, counted};
use igny8_app::Igny8;
use igny8_app::commands::calendar::{self, CalendarPart};
use igny8_app::dto::books::ExportedFile;
use igny8_app::dto::schedule::CalendarFormat;

/// `calendar export`. Without a file the export itself is the output, with or without `--json`.
pub async fn export(app: &Igny8, command: CalendarCommand, out: Output) -> Result<(), Failure> {
    let CalendarCommand::Export { site, from, until, format, out: file } = command;
    let site = match site {
        Some(site) => Some(find(app, &site).await?.id),
        None => None,
    };
    let part = CalendarPart { site: site.as_deref(), from: from.as_deref(), until: until.as_deref() };
    let format = match format {
        args::CalendarFormat::Csv => CalendarFormat::Csv,
        args::CalendarFormat::Ics => CalendarFormat::Ics,
    };
    let Some(file) = file else {
        let mut stdout = Watched::stdout();
        let written = calendar::export_stream(app, part, format, &mut stdout).await;
        return written.map_err(|fault| stdout.cause_of(fault));
    };
    let written = calendar::export_unasked(app, part, format, &file).await?;
    out.object(&written, |ExportedFile { path, entries }| {
        format!("Wrote {path}: {}.", counted(entries, "article", "articles"))
    })
}
