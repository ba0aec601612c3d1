//! A vendor's file beside our books, for the border.

use super::instant;
use super::usage::lines;
use crate::dto::books as dto;
use crate::dto::planner::MappedColumn;
use igny8_core::reconcile::{
    Beside, Costs, Field, Match, MatchedBy, OurRequest, Sums, TheirLine, UnreadableCell, costs,
};
use igny8_engine::reconcile::Reconciled;
use std::cmp::Reverse;

/// Rows of each group that cross the border; the sums are of whole groups.
const ROWS_MAX: usize = 500;

pub(crate) fn reconciliation(found: &Reconciled, file_name: String) -> dto::Reconciliation {
    let columns = &found.file.header.columns;
    let used = columns.iter().filter_map(|column| {
        let field = column.field?.as_str().to_owned();
        Some(MappedColumn { header: column.header.clone(), field })
    });
    let unused = columns.iter().filter(|column| column.field.is_none()).map(|column| column.header.clone());
    let theirs = |at: &usize| found.file.lines.get(*at).map(their_line);
    let ours = |at: &usize| found.ours.get(*at).map(our_request);
    dto::Reconciliation {
        file_name,
        layout: found.file.header.layout.as_str().to_owned(),
        columns: used.collect(),
        unused_columns: unused.collect(),
        providers: found.providers.iter().cloned().collect(),
        from: found.covered.map(|(first, _)| instant(first)),
        until: found.covered.map(|(_, last)| instant(last)),
        earlier: lines(found.earlier as u64),
        lines: found.file.rows,
        ignored: found.file.ignored,
        is_summed: found.file.lines.iter().any(TheirLine::is_sum),
        has_cost: found.file.header.has(Field::Cost),
        sums: sums(&found.sums),
        matched: matched(found),
        ours_only: found.comparison.ours_only.iter().filter_map(ours).take(ROWS_MAX).collect(),
        theirs_only: found.comparison.theirs_only.iter().filter_map(theirs).take(ROWS_MAX).collect(),
        unreadable_cells: found.file.unreadable_cells,
        unreadable: found.file.unreadable.iter().map(unreadable).take(ROWS_MAX).collect(),
    }
}

fn sums(sums: &Sums) -> dto::ReconciliationSums {
    dto::ReconciliationSums {
        matched: sums.matched,
        differing: sums.differing,
        not_compared: sums.not_compared,
        costed: sums.costed,
        matched_our_cost: sums.costed_ours.to_string(),
        matched_their_cost: sums.costed_theirs.to_string(),
        difference: sums.difference.to_string(),
        uncosted_our_cost: sums.uncosted_ours.to_string(),
        ours_only: sums.ours_only,
        ours_only_cost: sums.ours_only_cost.to_string(),
        theirs_only: sums.theirs_only,
        theirs_only_costed: sums.theirs_only_costed,
        theirs_only_cost: sums.theirs_only_cost.to_string(),
    }
}

/// Matched lines: those that differ, the furthest apart first, then those that were not compared, then the others; within
/// these in the order of the file.
fn matched(found: &Reconciled) -> Vec<dto::MatchedUsage> {
    let (lines, ours) = (&found.file.lines, &found.ours);
    let mut all: Vec<(&Match, Costs)> =
        found.comparison.matched.iter().map(|one| (one, costs(one, lines, ours))).collect();
    let loudness = |costs: &Costs| match costs.beside {
        Beside::Differing => (2, costs.difference().map_or(0, |difference| difference.0.saturating_abs())),
        Beside::NotCompared => (1, 0),
        Beside::Same => (0, 0),
    };
    all.sort_by_key(|(one, costs)| (Reverse(loudness(costs)), one.line));
    let rows = all.iter().filter_map(|(one, costs)| Some(matched_line(one, costs, lines.get(one.line)?, ours)));
    rows.take(ROWS_MAX).collect()
}

fn matched_line(one: &Match, costs: &Costs, line: &TheirLine, ours: &[OurRequest]) -> dto::MatchedUsage {
    let requests: Vec<&OurRequest> = one.requests.iter().filter_map(|at| ours.get(*at)).collect();
    let single = requests.first().filter(|_| one.by != MatchedBy::Span);
    let tokens = requests.iter().filter_map(|request| request.tokens).reduce(i64::saturating_add);
    let model = || requests.first().map(|request| request.model.clone()).unwrap_or_default();
    dto::MatchedUsage {
        by: match one.by {
            MatchedBy::RequestId => dto::MatchedBy::RequestId,
            MatchedBy::Tokens => dto::MatchedBy::Tokens,
            MatchedBy::Time => dto::MatchedBy::Time,
            MatchedBy::Span => dto::MatchedBy::Span,
        },
        line: lines(line.line),
        at: line.at.value().map(instant),
        until: line.until.map(instant),
        model: if line.model.is_empty() { model() } else { line.model.clone() },
        our_model: costs.is_other_model.then(model),
        request_id: line.request_id.clone(),
        requests: lines(requests.len() as u64),
        operation_id: single.map(|request| request.operation.clone()),
        our_tokens: tokens.map(|tokens| tokens.to_string()),
        their_tokens: line.tokens.value().map(|tokens| tokens.to_string()),
        our_cost: costs.ours.to_string(),
        their_cost: costs.theirs.map(|cost| cost.to_string()),
        difference: costs.difference().map(|difference| difference.to_string()),
        beside: match costs.beside {
            Beside::Same => dto::Beside::Same,
            Beside::Differing => dto::Beside::Differing,
            Beside::NotCompared => dto::Beside::NotCompared,
        },
    }
}

fn unreadable(cell: &UnreadableCell) -> dto::UnreadableCell {
    dto::UnreadableCell {
        line: lines(cell.line),
        column: cell.column.clone(),
        field: cell.field.as_str().to_owned(),
        text: cell.text.clone(),
        why: cell.why.as_str().to_owned(),
    }
}

fn our_request(request: &OurRequest) -> dto::OurUsage {
    dto::OurUsage {
        at: instant(request.at),
        provider: request.provider.clone(),
        model: request.model.clone(),
        request_id: request.request_id.clone(),
        operation_id: request.operation.clone(),
        tokens: request.tokens.map(|tokens| tokens.to_string()),
        cost: request.cost.to_string(),
        is_lost: request.is_lost,
    }
}

fn their_line(line: &TheirLine) -> dto::TheirUsage {
    dto::TheirUsage {
        line: lines(line.line),
        at: line.at.value().map(instant),
        until: line.until.map(instant),
        model: line.model.clone(),
        request_id: line.request_id.clone(),
        tokens: line.tokens.value().map(|tokens| tokens.to_string()),
        cost: line.cost.value().map(|cost| cost.to_string()),
    }
}
