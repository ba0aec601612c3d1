//! What the auditor found, as lines to read.

use igny8_app::dto::audit::{FactUnit, FactView, FindingKindView, FindingView};

/// Longest text of a value on a line, in characters; a table's definition is longer.
const VALUE_CHARS_MAX: usize = 80;

/// A finding as a line: where, what stands there, what should, and which rule that breaks.
#[must_use]
pub fn line(finding: &FindingView) -> String {
    let row = if finding.row.is_empty() { "all rows" } else { &finding.row };
    format!(
        "  {} {row}, {}: {} instead of {} ({})",
        finding.table,
        finding.column,
        value(&finding.found),
        value(&finding.expected),
        rule(finding.kind)
    )
}

fn value(fact: &FactView) -> String {
    match fact.unit {
        FactUnit::Credits => crate::output::counted(&fact.value, "credit", "credits"),
        FactUnit::Usd => format!("${}", fact.value),
        FactUnit::Count | FactUnit::Time => fact.value.clone(),
        FactUnit::Text => {
            let words = fact.value.split_whitespace().collect::<Vec<_>>().join(" ");
            let short: String = words.chars().take(VALUE_CHARS_MAX).collect();
            if short.len() < words.len() { format!("'{short}…'") } else { format!("'{short}'") }
        }
        FactUnit::Nothing => "nothing".to_owned(),
    }
}

const fn rule(kind: FindingKindView) -> &'static str {
    match kind {
        FindingKindView::Balance => "an account holds something else than its transfers moved",
        FindingKindView::Overdrawn => "more is held than there is",
        FindingKindView::StatementSum => "the statement does not sum to the balance",
        FindingKindView::UsageSum => "the usage records do not sum to what was charged",
        FindingKindView::OpenHold => "a hold is open without a call, or a call without a hold",
        FindingKindView::Cap => "a limit counts something else than its calls",
        FindingKindView::Month => "a month counts something else than its transfers",
        FindingKindView::Transfer => "a transfer is not what its call or grant makes it",
        FindingKindView::Shortfall => "an excess over a hold is booked wrongly",
        FindingKindView::EitherRow => "two rows disagree, and nothing says which was changed",
        FindingKindView::Call => "a call does not say how its hold was resolved",
        FindingKindView::Attempt => "an attempt does not fit its call and its record",
        FindingKindView::Record => "a usage record differs from its call",
        FindingKindView::Cost => "the cost is not the tokens times the prices of the model",
        FindingKindView::Charge => "the credits are not what the model asks for the tokens",
        FindingKindView::Value => "the value is not the credits times their price at the time",
        FindingKindView::Unpaid => "something free carries an amount",
        FindingKindView::Line => "a line of the statement differs from its transfer",
        FindingKindView::RunningBalance => "a line says another balance than the lines before it leave",
        FindingKindView::Totals => "totals of a task are not those of its records",
        FindingKindView::Units => "a task counts its units otherwise than they ended",
        FindingKindView::Task => "a task says something else than its units, its calls and its notice",
        FindingKindView::Answer => "a kept answer is not what a settled call was answered, or is gone",
        FindingKindView::Price => "the prices of a model were changed under calls that it has priced",
        FindingKindView::Seal => "a row is not as the app left it",
        FindingKindView::Standing => "a row that must be there is gone or is not as this app makes it",
        FindingKindView::Schema => "a rule of the database was changed",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_reads_as_a_person_would_say_it() {
        let finding = FindingView {
            kind: FindingKindView::Record,
            table: "usage_log".to_owned(),
            row: "17".to_owned(),
            column: "credits".to_owned(),
            expected: FactView { unit: FactUnit::Credits, value: "37.5".to_owned() },
            found: FactView { unit: FactUnit::Credits, value: "1".to_owned() },
        };
        let said = line(&finding);
        assert_eq!(
            said,
            "  usage_log 17, credits: 1 credit instead of 37.5 credits (a usage record differs from its call)"
        );
        let at = |value: &str| FactView { unit: FactUnit::Time, value: value.to_owned() };
        let late = FindingView {
            kind: FindingKindView::Attempt,
            table: "attempt".to_owned(),
            row: "0190 1".to_owned(),
            column: "at".to_owned(),
            expected: at("2026-11-23T09:00:00Z"),
            found: at("2026-11-22T09:00:00Z"),
        };
        let said = line(&late);
        assert!(
            said.starts_with("  attempt 0190 1, at: 2026-11-22T09:00:00Z instead of 2026-11-23T09:00:00Z ("),
            "{said}"
        );
        let gone = FindingView {
            kind: FindingKindView::Schema,
            table: "sqlite_schema".to_owned(),
            row: "trigger cap_hold".to_owned(),
            column: "sql".to_owned(),
            expected: FactView { unit: FactUnit::Text, value: format!("a  rule\n{}", "x".repeat(200)) },
            found: FactView { unit: FactUnit::Nothing, value: String::new() },
        };
        let said = line(&gone);
        assert!(said.starts_with("  sqlite_schema trigger cap_hold, sql: nothing instead of 'a rule xxx"), "{said}");
        assert!(said.contains("xx…' (a rule"), "{said}");
    }
}
