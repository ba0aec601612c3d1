//! What stands out among operations, articles and days. An operation is measured by what one of its units cost, and
//! among those of its function: writing fifty articles is not dear because it is much. Credits and money are measured
//! apart, as a vendor's price may rise while our credits do not.

use crate::dto::usage as dto;
use crate::view::usage::tenths;
use igny8_core::function::AiFunction;
use igny8_core::money::{Credits, Usd};
use igny8_core::usage::outlier::outliers;
use igny8_store::table::usage::UsageFigures;
use igny8_store::table::usage::breakdown::{ArticleGroup, OperationCost};
use std::cmp::Reverse;

/// Most that are shown: a list to look through, the furthest first.
const SHOWN_MAX: usize = 20;

/// Something of a kind, with what it is measured by.
struct Candidate {
    kind: dto::AnomalyKind,
    key: String,
    label: String,
    credits: i64,
    cost: i64,
}

/// Everything that stands out, the furthest first.
pub(super) fn find(
    operations: &[OperationCost],
    articles: &[ArticleGroup],
    days: &[(String, UsageFigures)],
) -> Vec<dto::UsageAnomaly> {
    let functions = AiFunction::ALL
        .iter()
        .map(|function| operations.iter().filter(|cost| cost.function == *function).map(operation).collect::<Vec<_>>());
    let kinds = functions.chain([articles.iter().map(article).collect(), days.iter().map(day).collect()]);
    let mut found: Vec<(i64, dto::UsageAnomaly)> = kinds.flat_map(|kind| stand_out(&kind)).collect();
    found.sort_by(|(one, a), (other, b)| (Reverse(*one), &a.key).cmp(&(Reverse(*other), &b.key)));
    found.into_iter().map(|(_, anomaly)| anomaly).take(SHOWN_MAX).collect()
}

fn operation(cost: &OperationCost) -> Candidate {
    let units = i64::from(cost.units.max(1));
    Candidate {
        kind: dto::AnomalyKind::Operation,
        key: cost.operation.to_string(),
        label: cost.function.operation_type().to_owned(),
        credits: cost.credits.0 / units,
        cost: cost.cost.0 / units,
    }
}

fn article(group: &ArticleGroup) -> Candidate {
    Candidate {
        kind: dto::AnomalyKind::Article,
        key: group.content.to_string(),
        label: group.title.clone(),
        credits: group.figures.credits.0,
        cost: group.figures.cost.0,
    }
}

fn day((label, figures): &(String, UsageFigures)) -> Candidate {
    Candidate {
        kind: dto::AnomalyKind::Day,
        key: label.clone(),
        label: String::new(),
        credits: figures.credits.0,
        cost: figures.cost.0,
    }
}

/// What stands out of one kind, by how far. What does so in both measures is told once, in credits.
fn stand_out(kind: &[Candidate]) -> Vec<(i64, dto::UsageAnomaly)> {
    let by_credits = outliers(&kind.iter().map(|one| one.credits).collect::<Vec<_>>());
    let by_cost = outliers(&kind.iter().map(|one| one.cost).collect::<Vec<_>>());
    let only_by_cost = by_cost.iter().filter(|outlier| by_credits.iter().all(|other| other.at != outlier.at));
    let credits = |micro: i64| Credits(micro).to_string();
    let dollars = |nano: i64| Usd(nano).to_string();
    let in_credits = by_credits.iter().filter_map(|outlier| {
        let one = kind.get(outlier.at)?;
        let told = (credits(one.credits), credits(outlier.average));
        Some((outlier.tenths, anomaly(one, dto::UsageMeasure::Credits, told, outlier.tenths)))
    });
    let in_money = only_by_cost.filter_map(|outlier| {
        let one = kind.get(outlier.at)?;
        let told = (dollars(one.cost), dollars(outlier.average));
        Some((outlier.tenths, anomaly(one, dto::UsageMeasure::Cost, told, outlier.tenths)))
    });
    in_credits.chain(in_money).collect()
}

fn anomaly(one: &Candidate, measure: dto::UsageMeasure, told: (String, String), times: i64) -> dto::UsageAnomaly {
    dto::UsageAnomaly {
        kind: one.kind,
        key: one.key.clone(),
        label: one.label.clone(),
        measure,
        value: told.0,
        average: told.1,
        times: tenths(times),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use igny8_core::id::OperationId;

    fn cost(n: u128, function: AiFunction, units: u32, credits: i64, nano: i64) -> OperationCost {
        let operation = OperationId(uuid::Uuid::from_u128(n));
        OperationCost { operation, function, units, credits: Credits::whole(credits), cost: Usd(nano) }
    }

    #[test]
    fn operations_are_compared_by_unit_and_within_their_function() {
        let mut operations: Vec<OperationCost> =
            (1..=6).map(|n| cost(n, AiFunction::GenerateContent, 1, 10, 100)).collect();
        operations.push(cost(7, AiFunction::GenerateContent, 50, 500, 5_000));
        operations.push(cost(8, AiFunction::AutoCluster, 1, 900, 100));
        assert_eq!(find(&operations, &[], &[]), [], "much is not dear, and one of a kind is no sample");
        operations.push(cost(9, AiFunction::GenerateContent, 2, 90, 200));
        let found = find(&operations, &[], &[]);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].kind, found[0].label.as_str()), (dto::AnomalyKind::Operation, "content_generation"));
        assert_eq!((found[0].value.as_str(), found[0].average.as_str()), ("45", "10"));
        assert_eq!((found[0].times.as_str(), found[0].measure), ("4.5", dto::UsageMeasure::Credits));
    }

    #[test]
    fn an_operation_that_only_lost_money_stands_out_in_money() {
        let mut operations: Vec<OperationCost> =
            (1..=6).map(|n| cost(n, AiFunction::GenerateContent, 1, 10, 1_000_000)).collect();
        operations.push(cost(7, AiFunction::GenerateContent, 2, 0, 80_000_000));
        let found: Vec<_> = find(&operations, &[], &[]).into_iter().map(|one| (one.measure, one.value)).collect();
        assert_eq!(found, [(dto::UsageMeasure::Cost, "0.04".to_owned())]);
    }

    #[test]
    fn money_stands_out_by_itself_and_both_together_once() {
        let day = |n: usize, credits: i64, nano: i64| {
            let figures = UsageFigures { credits: Credits::whole(credits), cost: Usd(nano), ..UsageFigures::default() };
            (format!("2026-11-{n:02}"), figures)
        };
        let mut days: Vec<_> = (1..=8).map(|n| day(n, 10, 1_000_000)).collect();
        days.push(day(9, 10, 40_000_000));
        days.push(day(10, 500, 50_000_000));
        let found: Vec<_> = find(&[], &[], &days).into_iter().map(|one| (one.key, one.measure, one.value)).collect();
        let expected = [
            ("2026-11-10".to_owned(), dto::UsageMeasure::Credits, "500".to_owned()),
            ("2026-11-09".to_owned(), dto::UsageMeasure::Cost, "0.04".to_owned()),
        ];
        assert_eq!(found, expected);
    }
}
