//! The books out for other tools, and a vendor's file beside them.

use crate::args::{ExportFormat, ExportTable};
use crate::failure::Failure;
use crate::output::{Output, counted, dollars, pairs, table};
use igny8_app::Igny8;
use igny8_app::commands::books;
use igny8_app::dto::books::{ExportKind, ExportedFile, Reconciliation};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// `credits export`. Without a file the export itself is the output, with or without `--json`.
pub async fn export(
    app: &Igny8,
    format: ExportFormat,
    what: ExportTable,
    file: Option<PathBuf>,
    out: Output,
) -> Result<(), Failure> {
    let kind = match (format, what) {
        (ExportFormat::Hledger, _) => ExportKind::Journal,
        (ExportFormat::Csv, ExportTable::Statement) => ExportKind::Statement,
        (ExportFormat::Csv, ExportTable::Usage) => ExportKind::Usage,
    };
    let Some(file) = file else {
        let mut out = Watched { out: BufWriter::new(io::stdout()), failure: None };
        let written = books::export_stream(app, kind, &mut out).await;
        return written.map_err(|fault| out.failure.map_or(fault.into(), Failure::Output));
    };
    let written = books::export(app, kind, &file).await?;
    out.object(&written, |ExportedFile { path, entries }| {
        format!("Wrote {path}: {}.", counted(entries, "entry", "entries"))
    })
}

/// Standard output that remembers how writing to it failed, so that this is told apart from a failure of the books.
struct Watched {
    out: BufWriter<io::Stdout>,
    failure: Option<io::Error>,
}

impl Watched {
    fn watch<T>(&mut self, result: io::Result<T>) -> io::Result<T> {
        result.map_err(|error| {
            let kind = error.kind();
            self.failure = Some(error);
            kind.into()
        })
    }
}

impl Write for Watched {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes);
        self.watch(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        let flushed = self.out.flush();
        self.watch(flushed)
    }
}

/// `credits reconcile`.
pub async fn reconcile(app: &Igny8, file: &Path, provider: Option<&str>, out: Output) -> Result<(), Failure> {
    let found = books::reconcile(app, file, provider).await?;
    out.object(&found, |found| [summary(found), matched(found), ours(found), theirs(found)].join("\n"))
}

fn summary(found: &Reconciliation) -> String {
    let sums = &found.sums;
    let span = match (&found.from, &found.until) {
        (Some(from), Some(until)) => format!("{from} to {until}"),
        _ => "the file names no times".to_owned(),
    };
    pairs(&[
        (
            "File",
            format!(
                "{} ({}, {}, {} ignored)",
                found.file_name,
                found.layout,
                counted(found.lines, "row", "rows"),
                found.ignored
            ),
        ),
        ("Compared", format!("{}; {span}", found.providers.join(", "))),
        (
            "Matched",
            format!(
                "{}, of which {} differ: ours {}, theirs {}, difference {}",
                sums.matched,
                sums.differing,
                dollars(&sums.matched_our_cost),
                dollars(&sums.matched_their_cost),
                dollars(&sums.difference)
            ),
        ),
        ("Only ours", format!("{}: {}", sums.ours_only, dollars(&sums.ours_only_cost))),
        ("Only theirs", format!("{}: {}", sums.theirs_only, dollars(&sums.theirs_only_cost))),
    ])
}

/// Matched lines that say something else than the books.
fn matched(found: &Reconciliation) -> String {
    let rows = found.matched.iter().filter(|row| row.is_differing);
    let cells = rows.map(|row| {
        let theirs = row.their_cost.clone().unwrap_or_default();
        let difference = row.difference.clone().unwrap_or_default();
        vec![
            row.line.to_string(),
            row.at.clone().unwrap_or_default(),
            row.model.clone(),
            row.our_tokens.clone(),
            row.their_tokens.clone().unwrap_or_default(),
            row.our_cost.clone(),
            theirs,
            difference,
        ]
    });
    let header = ["Line", "When", "Model", "Our tokens", "Their tokens", "Our cost", "Their cost", "Difference"];
    listed("Matched, and said otherwise", header, cells.collect())
}

fn ours(found: &Reconciliation) -> String {
    let cells = found.ours_only.iter().map(|row| {
        let tokens = row.tokens.clone();
        vec![row.at.clone(), row.provider.clone(), row.model.clone(), row.request_id.clone(), tokens, row.cost.clone()]
    });
    listed("Only in our books", ["When", "Provider", "Model", "Request", "Tokens", "Cost"], cells.collect())
}

fn theirs(found: &Reconciliation) -> String {
    let cells = found.theirs_only.iter().map(|row| {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        vec![
            row.line.to_string(),
            text(&row.at),
            row.model.clone(),
            row.request_id.clone(),
            text(&row.tokens),
            text(&row.cost),
        ]
    });
    listed("Only in the file", ["Line", "When", "Model", "Request", "Tokens", "Cost"], cells.collect())
}

/// A titled table; nothing when it has no rows.
fn listed<const N: usize>(title: &str, header: [&str; N], rows: Vec<Vec<String>>) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let mut all = vec![header.map(str::to_owned).to_vec()];
    all.extend(rows);
    format!("\n{title}\n{}", table(&all))
}
