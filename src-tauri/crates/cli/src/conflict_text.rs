//! Both sides of an article for people.

use crate::output::table;
use igny8_app::dto::conflict::{ChangedByView, ConflictRow, ConflictRun, ConflictView, KeptSide, SiteEventView};

/// Characters of a field that fit beside another.
const CELL_CHARS_MAX: usize = 60;

/// The list.
pub fn list(rows: &[ConflictRow]) -> String {
    if rows.is_empty() {
        return "Nothing is to be decided.".to_owned();
    }
    let mut cells = vec![["Id", "Site", "Title", "Changed there", "Found"].map(str::to_owned).to_vec()];
    cells.extend(rows.iter().map(|row| {
        vec![row.id.clone(), row.site.clone(), row.title.clone(), words(&row.fields), row.found_at.clone()]
    }));
    table(&cells)
}

/// The fields beside each other, and the text below each other, run by run.
pub fn both_sides(view: &ConflictView) -> String {
    let mut parts = vec![format!("{} ({})", view.row.title, view.row.site)];
    if !view.fields.is_empty() {
        let mut cells = vec![["Field", "Changed", "Here", "There"].map(str::to_owned).to_vec()];
        cells.extend(view.fields.iter().map(|field| {
            let name = field.field.replace('_', " ");
            vec![name, by(field.by).to_owned(), cut(&field.ours), cut(&field.theirs)]
        }));
        parts.push(table(&cells));
    }
    parts.extend(view.runs.iter().enumerate().map(|(at, one)| run(at + 1, one)));
    if !view.left_out.is_empty() {
        parts.push(format!(
            "An article here cannot hold what stands there beside: {}. It goes with 'take-mine', and stays on the site as \
             long as nothing is published over it.",
            view.left_out.join(", ")
        ));
    }
    parts.join("\n\n")
}

fn run(number: usize, run: &ConflictRun) -> String {
    match run.by {
        ChangedByView::Nobody => {
            let pieces = run.ours.lines().count();
            format!("Run {number}: the same ({pieces} lines)")
        }
        changed => {
            let side = |name: &str, text: &str| format!("  {name}:\n{}", indented(text));
            let (ours, theirs) = (side("here", &run.ours), side("there", &run.theirs));
            format!("Run {number}: changed {}\n{ours}\n{theirs}", by(changed))
        }
    }
}

fn indented(text: &str) -> String {
    if text.is_empty() {
        return "    (nothing)".to_owned();
    }
    text.lines().map(|line| format!("    {line}")).collect::<Vec<_>>().join("\n")
}

fn cut(text: &str) -> String {
    if text.chars().count() <= CELL_CHARS_MAX {
        return text.to_owned();
    }
    text.chars().take(CELL_CHARS_MAX).chain(['…']).collect()
}

fn words(fields: &[String]) -> String {
    fields.iter().map(|field| field.replace('_', " ")).collect::<Vec<_>>().join(", ")
}

const fn by(by: ChangedByView) -> &'static str {
    match by {
        ChangedByView::Nobody => "by nobody",
        ChangedByView::Us => "here",
        ChangedByView::Them => "there",
        ChangedByView::Both => "on both sides",
    }
}

/// The word for what was kept.
pub const fn side(keep: KeptSide) -> &'static str {
    match keep {
        KeptSide::Ours => "ours",
        KeptSide::Theirs => "theirs",
        KeptSide::Both => "merged",
    }
}

/// What a decision came to.
pub fn decided(view: &ConflictView, keep: KeptSide) -> String {
    let title = &view.row.title;
    match keep {
        KeptSide::Ours => {
            format!(
                "“{title}” stays as it is here. 'publish --site {}' writes it over what is there.",
                view.row.site_id
            )
        }
        KeptSide::Theirs => format!("“{title}” is here now as it is on the site."),
        KeptSide::Both => format!("“{title}” has some of both. 'publish --site {}' sends it.", view.row.site_id),
    }
}

/// What happened on a site.
pub fn event(event: &SiteEventView) -> String {
    let SiteEventView { title, before, after, .. } = event;
    match event.event.as_str() {
        "published" => format!("Published there: {title}"),
        "unpublished" => format!("Taken off there: {title}"),
        "trashed" => format!("In the trash there: {title}"),
        "deleted" => format!("Deleted there: {title}"),
        "rescheduled" => format!("Has another date there: {title}: {after}"),
        "retitled" => format!("Has another title there: {before} → {after}"),
        "moved" => format!("Has another address there: {title}: {after}"),
        _ => format!("Changed there: {title}: 'conflicts show {}' has both sides.", event.id),
    }
}
