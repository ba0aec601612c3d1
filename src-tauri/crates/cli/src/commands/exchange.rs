//! The books out for other tools, and a vendor's file beside them.

use crate::args::{ExportFormat, ExportTable};
use crate::failure::Failure;
use crate::output::{Output, counted, dollars, pairs, table};
use igny8_app::commands::books;
use igny8_app::dto::books::{Beside, ExportKind, ExportedFile, MatchedUsage, Reconciliation};
use igny8_app::{Fault, Igny8};
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
        let mut stdout = Watched::stdout();
        let written = books::export_stream(app, kind, &mut stdout).await;
        return written.map_err(|fault| stdout.cause_of(fault));
    };
    let written = books::export_unasked(app, kind, &file).await?;
    out.object(&written, |ExportedFile { path, entries }| {
        format!("Wrote {path}: {}.", counted(entries, "entry", "entries"))
    })
}

/// Standard output that remembers how writing to it failed, so that this is told apart from a failure of the books.
pub(super) struct Watched {
    out: BufWriter<io::Stdout>,
    failure: Option<io::Error>,
}

impl Watched {
    pub(super) fn stdout() -> Self {
        Self { out: BufWriter::new(io::stdout()), failure: None }
    }

    /// What a command failed for that ended in this fault.
    pub(super) fn cause_of(self, fault: Fault) -> Failure {
        self.failure.map_or(fault.into(), Failure::Output)
    }

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
    out.object(&found, |found| {
        [summary(found), matched(found), unreadable(found), ours(found), theirs(found)].join("\n")
    })
}

fn summary(found: &Reconciliation) -> String {
    let sums = &found.sums;
    let span = match (&found.from, &found.until) {
        (Some(from), Some(until)) => format!("{from} to {until}"),
        _ if found.unreadable.iter().any(|cell| cell.field.starts_with("time")) => {
            "none of the file's times can be read".to_owned()
        }
        _ => "the file names no times".to_owned(),
    };
    // Where its lines are of one request each, there is nothing to say about spans.
    let spans = if found.is_summed { "\nA request counts in the span in which its answer came." } else { "" };
    let figures = pairs(&[
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
                "{}, of which {} differ and {} could not be compared",
                sums.matched, sums.differing, sums.not_compared
            ),
        ),
        (
            "Cost",
            format!(
                "over {} with a cost: ours {}, theirs {}, difference {}; not compared: ours {}",
                counted(sums.costed, "matched line", "matched lines"),
                dollars(&sums.matched_our_cost),
                dollars(&sums.matched_their_cost),
                dollars(&sums.difference),
                dollars(&sums.uncosted_our_cost)
            ),
        ),
        ("Unreadable", counted(found.unreadable_cells, "cell", "cells")),
        ("Only ours", format!("{}: {}", sums.ours_only, dollars(&sums.ours_only_cost))),
        (
            "Only theirs",
            format!(
                "{}: {} over {} with a cost",
                sums.theirs_only,
                dollars(&sums.theirs_only_cost),
                counted(sums.theirs_only_costed, "line", "lines")
            ),
        ),
    ]);
    format!("{figures}{spans}{}", earlier(found))
}

/// What of ours a file without times may cover or not.
fn earlier(found: &Reconciliation) -> String {
    if found.earlier == 0 {
        return String::new();
    }
    let count = counted(found.earlier, "request of ours", "requests of ours");
    format!(
        "\nNot compared: {count} before the first that matched, of which a file without times does not say whether it \
         covers them."
    )
}

/// Matched lines that say something else than the books, or that could not be compared.
fn matched(found: &Reconciliation) -> String {
    let header = ["Line", "When", "Model", "Our tokens", "Their tokens", "Our cost", "Their cost", "Difference"];
    let of = |beside: Beside| found.matched.iter().filter(move |row| row.beside == beside).map(matched_cells).collect();
    let differing = listed("Matched, and said otherwise", header, of(Beside::Differing));
    let unread = listed("Matched, and not compared", header, of(Beside::NotCompared));
    [differing, unread].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n")
}

fn matched_cells(row: &MatchedUsage) -> Vec<String> {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let ours = row.our_model.as_ref().map(|ours| format!(" (ours {ours})")).unwrap_or_default();
    vec![
        row.line.to_string(),
        text(&row.at),
        format!("{}{ours}", row.model),
        text(&row.our_tokens),
        text(&row.their_tokens),
        row.our_cost.clone(),
        text(&row.their_cost),
        text(&row.difference),
    ]
}

fn unreadable(found: &Reconciliation) -> String {
    let cells = found.unreadable.iter().map(|cell| {
        let why = match cell.why.as_str() {
            "not_a_count" => "not a whole number of 0 or more",
            "ambiguous_number" => "thousands or decimals, the file does not show which",
            "out_of_range" => "more than any bill",
            "other_currency" => "not US dollars",
            "not_a_time" => "no date",
            "ambiguous_date" => "day or month first, the file does not show which",
            _ => "no number",
        };
        vec![cell.line.to_string(), cell.column.clone(), cell.text.clone(), why.to_owned()]
    });
    listed("Cannot be read", ["Line", "Column", "Text", "Why"], cells.collect())
}

fn ours(found: &Reconciliation) -> String {
    let cells = found.ours_only.iter().map(|row| {
        let tokens = row.tokens.clone().unwrap_or_default();
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
