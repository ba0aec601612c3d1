//! `conflicts`: what somebody has changed on a site, and what is kept of it.

use super::sites::find;
use crate::args::ConflictsCommand;
use crate::conflict_text;
use crate::failure::Failure;
use crate::output::Output;
use igny8_app::commands::conflicts;
use igny8_app::dto::conflict::{ChangedByView, ConflictDecision, ConflictView, FieldDecision, KeptSide};
use igny8_app::{Fault, Igny8};
use serde_json::json;

/// `conflicts …`.
pub async fn conflicts(app: &Igny8, command: ConflictsCommand, out: Output) -> Result<(), Failure> {
    match command {
        ConflictsCommand::List { site } => {
            let site = match site {
                Some(site) => Some(find(app, &site).await?.id),
                None => None,
            };
            let rows = conflicts::conflicts(app, site.as_deref()).await?;
            out.object(&json!({ "conflicts": rows }), |_| conflict_text::list(&rows))
        }
        ConflictsCommand::Show { article } => {
            let view = conflicts::conflict(app, &article).await?;
            out.object(&json!({ "conflict": view }), |_| conflict_text::both_sides(&view))
        }
        ConflictsCommand::TakeMine { article } => {
            let view = conflicts::conflict(app, &article).await?;
            decide(app, &view, KeptSide::Ours, Vec::new(), Vec::new(), out).await
        }
        ConflictsCommand::TakeTheirs { article } => {
            let view = conflicts::conflict(app, &article).await?;
            decide(app, &view, KeptSide::Theirs, Vec::new(), Vec::new(), out).await
        }
        ConflictsCommand::Merge { article, runs, fields } => {
            let view = conflicts::conflict(app, &article).await?;
            let (fields, runs) = (chosen_fields(&view, &fields)?, chosen_runs(&view, &runs)?);
            decide(app, &view, KeptSide::Both, fields, runs, out).await
        }
    }
}

async fn decide(
    app: &Igny8,
    view: &ConflictView,
    keep: KeptSide,
    fields: Vec<FieldDecision>,
    runs: Vec<KeptSide>,
    out: Output,
) -> Result<(), Failure> {
    let (found_at, version) = (view.row.found_at.clone(), view.version);
    let decision = ConflictDecision { found_at, version, keep, fields, runs };
    conflicts::conflict_decide(app, &view.row.id, decision).await?;
    let kept = conflict_text::side(keep);
    out.object(&json!({ "id": view.row.id, "kept": kept }), |_| conflict_text::decided(view, keep))
}

/// Whose field is kept: what is named, else of who alone changed it.
fn chosen_fields(view: &ConflictView, named: &[String]) -> Result<Vec<FieldDecision>, Fault> {
    let named = named.iter().map(|text| pair(text, "field")).collect::<Result<Vec<_>, _>>()?;
    if let Some((stranger, _)) = named.iter().find(|(name, _)| view.fields.iter().all(|f| f.field != *name)) {
        return Err(Fault::NotFound { what: format!("field {stranger}") });
    }
    let choices = view.fields.iter().filter(|field| field.is_choice);
    choices
        .map(|field| {
            let by_name = named.iter().find(|(name, _)| *name == field.field).map(|(_, side)| *side);
            let side = by_name.or(suggested(field.by)).ok_or_else(|| open(&format!("field {}", field.field)))?;
            Ok(FieldDecision { field: field.field.clone(), side })
        })
        .collect()
}

/// The same of each run of the text, numbered from 1.
fn chosen_runs(view: &ConflictView, named: &[String]) -> Result<Vec<KeptSide>, Fault> {
    let mut numbered = Vec::with_capacity(named.len());
    for text in named {
        let (number, side) = pair(text, "run")?;
        let number: usize = number.parse().map_err(|_| malformed("run"))?;
        if number == 0 || number > view.runs.len() {
            return Err(Fault::NotFound { what: format!("run {number}") });
        }
        numbered.push((number, side));
    }
    let runs = view.runs.iter().enumerate().map(|(at, run)| {
        let by_number = numbered.iter().find(|(number, _)| *number == at + 1).map(|(_, side)| *side);
        by_number.or(suggested(run.by)).ok_or_else(|| open(&format!("run {}", at + 1)))
    });
    runs.collect()
}

const fn suggested(by: ChangedByView) -> Option<KeptSide> {
    match by {
        ChangedByView::Nobody | ChangedByView::Us => Some(KeptSide::Ours),
        ChangedByView::Them => Some(KeptSide::Theirs),
        ChangedByView::Both => None,
    }
}

/// Both sides changed it, and nothing says which is kept.
fn open(what: &str) -> Fault {
    Fault::InvalidField { field: what.to_owned(), rule: "required".to_owned() }
}

fn malformed(field: &str) -> Fault {
    Fault::InvalidField { field: field.to_owned(), rule: "format".to_owned() }
}

/// `3=theirs` as its two parts.
fn pair(text: &str, field: &str) -> Result<(String, KeptSide), Fault> {
    let (name, side) = text.split_once('=').ok_or_else(|| malformed(field))?;
    let side = match side {
        "ours" => KeptSide::Ours,
        "theirs" => KeptSide::Theirs,
        "both" => KeptSide::Both,
        _ => return Err(malformed(field)),
    };
    Ok((name.to_owned(), side))
}

#[cfg(test)]
mod tests {
    use super::*;
    use igny8_app::dto::conflict::{ConflictRow, ConflictRun};

    fn view(by: &[ChangedByView]) -> ConflictView {
        let text = || String::new();
        let row =
            ConflictRow { id: text(), title: text(), site_id: text(), site: text(), found_at: text(), fields: vec![] };
        let runs = by.iter().map(|by| ConflictRun { by: *by, ours: text(), theirs: text() }).collect();
        ConflictView { row, version: 1, fields: Vec::new(), runs, left_out: Vec::new() }
    }

    #[test]
    fn what_one_side_changed_is_its_own_and_the_rest_must_be_named() {
        use ChangedByView::{Both, Nobody, Them, Us};
        let runs = |named: &[&str]| {
            let named: Vec<String> = named.iter().map(|text| (*text).to_owned()).collect();
            chosen_runs(&view(&[Nobody, Us, Them, Both]), &named)
        };
        use KeptSide::{Both as Each, Ours, Theirs};
        assert_eq!(runs(&["4=both"]), Ok(vec![Ours, Ours, Theirs, Each]));
        assert_eq!(runs(&["4=ours", "3=ours", "2=theirs"]), Ok(vec![Ours, Theirs, Ours, Ours]));
        assert_eq!(runs(&[]), Err(open("run 4")));
        assert_eq!(runs(&["5=ours"]), Err(Fault::NotFound { what: "run 5".to_owned() }));
        for text in ["4", "x=ours", "4=mine"] {
            assert_eq!(runs(&[text]), Err(malformed("run")), "{text}");
        }
    }
}
