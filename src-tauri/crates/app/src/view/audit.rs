//! Findings of the auditor for the border.

use crate::dto::audit::{AuditFindings, FactUnit, FactView, FindingKindView, FindingView};
use crate::view;
use igny8_core::time::UtcMs;
use igny8_store::{Audit, Fact, Finding, FindingKind};

pub(crate) fn findings(audit: &Audit) -> AuditFindings {
    AuditFindings {
        findings: audit.findings.iter().map(finding).collect(),
        more: u32::try_from(audit.more_findings).unwrap_or(u32::MAX),
    }
}

fn finding(finding: &Finding) -> FindingView {
    FindingView {
        kind: kind(finding.kind),
        table: finding.table.to_owned(),
        row: finding.row.clone(),
        column: finding.column.to_owned(),
        expected: fact(&finding.expected),
        found: fact(&finding.found),
    }
}

fn fact(fact: &Fact) -> FactView {
    let (unit, value) = match fact {
        Fact::Credits(credits) => (FactUnit::Credits, credits.to_string()),
        Fact::Money(money) => (FactUnit::Usd, money.to_string()),
        Fact::Count(count) => (FactUnit::Count, count.to_string()),
        Fact::Time(at) => (FactUnit::Time, view::instant(UtcMs(*at))),
        Fact::Text(text) => (FactUnit::Text, text.clone()),
        Fact::Nothing => (FactUnit::Nothing, String::new()),
    };
    FactView { unit, value }
}

const fn kind(kind: FindingKind) -> FindingKindView {
    match kind {
        FindingKind::Balance => FindingKindView::Balance,
        FindingKind::Overdrawn => FindingKindView::Overdrawn,
        FindingKind::StatementSum => FindingKindView::StatementSum,
        FindingKind::UsageSum => FindingKindView::UsageSum,
        FindingKind::OpenHold => FindingKindView::OpenHold,
        FindingKind::Cap => FindingKindView::Cap,
        FindingKind::Month => FindingKindView::Month,
        FindingKind::Transfer => FindingKindView::Transfer,
        FindingKind::Shortfall => FindingKindView::Shortfall,
        FindingKind::EitherRow => FindingKindView::EitherRow,
        FindingKind::Call => FindingKindView::Call,
        FindingKind::Attempt => FindingKindView::Attempt,
        FindingKind::Record => FindingKindView::Record,
        FindingKind::Cost => FindingKindView::Cost,
        FindingKind::Charge => FindingKindView::Charge,
        FindingKind::Value => FindingKindView::Value,
        FindingKind::Unpaid => FindingKindView::Unpaid,
        FindingKind::Line => FindingKindView::Line,
        FindingKind::RunningBalance => FindingKindView::RunningBalance,
        FindingKind::Totals => FindingKindView::Totals,
        FindingKind::Units => FindingKindView::Units,
        FindingKind::Task => FindingKindView::Task,
        FindingKind::Answer => FindingKindView::Answer,
        FindingKind::Price => FindingKindView::Price,
        FindingKind::Seal => FindingKindView::Seal,
        FindingKind::Standing => FindingKindView::Standing,
        FindingKind::Schema => FindingKindView::Schema,
    }
}
