//! Both sides of an article, and what happened on a site, for the border.

use super::instant;
use crate::dto::conflict as dto;
use igny8_core::merge::{ChangedBy, Run, Side};
use igny8_engine::follow::{Compared, FieldCompared, Happened, Synced};
use igny8_store::table::site_post::ConflictRow;

pub(crate) fn row(row: &ConflictRow) -> dto::ConflictRow {
    dto::ConflictRow {
        id: row.content.to_string(),
        title: row.title.clone(),
        site_id: row.site.to_string(),
        site: row.site_name.clone(),
        found_at: instant(row.found_at),
        fields: row.theirs.fields.iter().map(ToString::to_string).collect(),
    }
}

pub(crate) fn compared(compared: Compared) -> dto::ConflictView {
    dto::ConflictView {
        row: row(&compared.conflict),
        version: compared.version,
        fields: compared.fields.into_iter().map(field).collect(),
        runs: compared.runs.iter().map(run).collect(),
        left_out: compared.left_out,
    }
}

fn field(field: FieldCompared) -> dto::ConflictField {
    let FieldCompared { field, by, ours, theirs, is_choice } = field;
    dto::ConflictField { field: field.to_string(), by: changed_by(by), ours, theirs, is_choice }
}

fn run(run: &Run) -> dto::ConflictRun {
    dto::ConflictRun { by: changed_by(run.by), ours: run.ours.join("\n"), theirs: run.theirs.join("\n") }
}

const fn changed_by(by: ChangedBy) -> dto::ChangedByView {
    match by {
        ChangedBy::Nobody => dto::ChangedByView::Nobody,
        ChangedBy::Us => dto::ChangedByView::Us,
        ChangedBy::Them => dto::ChangedByView::Them,
        ChangedBy::Both => dto::ChangedByView::Both,
    }
}

pub(crate) const fn side(side: dto::KeptSide) -> Side {
    match side {
        dto::KeptSide::Ours => Side::Ours,
        dto::KeptSide::Theirs => Side::Theirs,
        dto::KeptSide::Both => Side::Both,
    }
}

pub(crate) fn synced(synced: Synced) -> dto::SiteSynced {
    dto::SiteSynced { looked: synced.looked, events: synced.happened.into_iter().map(event).collect() }
}

fn event(happened: Happened) -> dto::SiteEventView {
    let Happened { content, title, event, before, after, is_told: _ } = happened;
    dto::SiteEventView { id: content.to_string(), title, event: event.to_string(), before, after }
}
