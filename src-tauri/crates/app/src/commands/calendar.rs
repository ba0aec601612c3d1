//! The calendar out of the app, as files: a table, or iCalendar for calendar programs.

use crate::commands::books;
use crate::dto::books::ExportedFile;
use crate::dto::schedule::CalendarFormat;
use crate::view::list::{id, invalid};
use crate::{Fault, Igny8};
use igny8_core::time::UtcMs;
use igny8_engine::export::{CalendarForm, Export, WhichCalendar};
use std::io::Write;
use std::path::Path;

/// What of the calendar, in words: the id of a site, and instants with their offsets.
#[derive(Clone, Copy, Debug, Default)]
pub struct CalendarPart<'a> {
    /// Only of this site.
    pub site: Option<&'a str>,
    /// From this instant on.
    pub from: Option<&'a str>,
    /// Up to this instant.
    pub until: Option<&'a str>,
}

/// The file name to suggest, and its ending.
#[must_use]
pub fn suggested_name(format: CalendarFormat) -> (&'static str, &'static str) {
    match format {
        CalendarFormat::Csv => ("igny8-calendar.csv", "csv"),
        CalendarFormat::Ics => ("igny8-calendar.ics", "ics"),
    }
}

/// Writes the calendar to a file, which is replaced when all of it is written.
///
/// # Errors
/// As [`books::export`]; [`Fault::InvalidField`] also for what is no id or no instant.
pub async fn export(
    app: &Igny8,
    part: CalendarPart<'_>,
    format: CalendarFormat,
    path: &Path,
) -> Result<ExportedFile, Fault> {
    books::write_to(app, what(part, format)?, path).await
}

/// Writes the calendar to a file where nobody was asked: only an earlier one of the same form is replaced.
///
/// # Errors
/// As [`books::export_unasked`]; [`Fault::InvalidField`] also for what is no id or no instant.
pub async fn export_unasked(
    app: &Igny8,
    part: CalendarPart<'_>,
    format: CalendarFormat,
    path: &Path,
) -> Result<ExportedFile, Fault> {
    books::write_to_unasked(app, what(part, format)?, path).await
}

/// Writes the calendar to wherever the command line sends it.
///
/// # Errors
/// As [`export_unasked`]; what was written until then stands.
pub async fn export_stream(
    app: &Igny8,
    part: CalendarPart<'_>,
    format: CalendarFormat,
    out: &mut (dyn Write + Send),
) -> Result<(), Fault> {
    app.engine.export(what(part, format)?, out).await?;
    Ok(())
}

fn what(part: CalendarPart<'_>, format: CalendarFormat) -> Result<Export, Fault> {
    let instant = |text: Option<&str>, field| {
        text.map(|text| UtcMs::from_rfc3339(text).ok_or_else(|| invalid(field, "format"))).transpose()
    };
    let which = WhichCalendar {
        site: part.site.map(|site| id(site, "siteId")).transpose()?,
        from: instant(part.from, "from")?,
        until: instant(part.until, "until")?,
    };
    let form = match format {
        CalendarFormat::Csv => CalendarForm::Csv,
        CalendarFormat::Ics => CalendarForm::Ics,
    };
    Ok(Export::Calendar(which, form))
}
