//! Balance, statement, audit, reports.

use super::exchange;
use crate::args::{CreditsCommand, LimitArg};
use crate::failure::Failure;
use crate::finding_text;
use crate::output::{Output, counted, dollars, pairs, table, warn};
use igny8_app::Igny8;
use igny8_app::commands::headless::Obeyed;
use igny8_app::commands::{account, headless, spending, workspace};
use igny8_app::dto::list::{ListFilter, ListQuery};
use igny8_app::dto::spending::LimitScope;
use serde_json::json;

/// `credits …`.
pub async fn credits(app: &Igny8, command: CreditsCommand, out: Output) -> Result<(), Failure> {
    match command {
        CreditsCommand::Balance => balance(app, out).await,
        CreditsCommand::Grant { amount, memo, key } => {
            let key = key.unwrap_or_else(|| app.engine().new_client_key().to_string());
            account::credits_grant(app, &amount, &memo, &key).await?;
            balance(app, out).await
        }
        CreditsCommand::Price { amount } => {
            account::credit_price_set(app, &amount).await?;
            balance(app, out).await
        }
        CreditsCommand::Budget { amount } => {
            account::budget_set(app, &amount).await?;
            balance(app, out).await
        }
        CreditsCommand::Zone { name } => {
            if let Some(name) = name {
                account::zone_set(app, &name).await?;
            }
            zone(app, out).await
        }
        CreditsCommand::Ledger { limit } => ledger(app, limit, out).await,
        CreditsCommand::Audit => audit(app, out).await,
        CreditsCommand::Limit { scope, amount, site } => set_limit(app, scope, &amount, site, out).await,
        CreditsCommand::Limits => limits(app, out).await,
        CreditsCommand::Stop => {
            heard(headless::set_spending_stopped(app, true).await?)?;
            limits(app, out).await
        }
        CreditsCommand::Resume => {
            heard(headless::set_spending_stopped(app, false).await?)?;
            limits(app, out).await
        }
        CreditsCommand::Export { format, what, out: file } => exchange::export(app, format, what, file, out).await,
        CreditsCommand::Reconcile { file, provider } => exchange::reconcile(app, &file, provider.as_deref(), out).await,
    }
}

/// A request that the program which has the folder has not answered.
pub fn heard(obeyed: Obeyed) -> Result<(), Failure> {
    match obeyed {
        Obeyed::Done => Ok(()),
        Obeyed::NotYet => Err(Failure::NotHeard),
    }
}

async fn set_limit(
    app: &Igny8,
    scope: LimitArg,
    amount: &str,
    site: Option<String>,
    out: Output,
) -> Result<(), Failure> {
    let scope = match scope {
        LimitArg::Month => LimitScope::Month,
        LimitArg::Day => LimitScope::Day,
        LimitArg::Site => LimitScope::Site,
    };
    let site = match site {
        Some(name) => Some(super::sites::find(app, &name).await?.id),
        None => None,
    };
    let amount = Some(amount).filter(|amount| *amount != "none");
    spending::spending_limit_set(app, scope, site.as_deref(), amount).await?;
    limits(app, out).await
}

async fn limits(app: &Igny8, out: Output) -> Result<(), Failure> {
    let spending = spending::spending(app).await?;
    out.object(&json!({ "spending": spending }), |_| {
        let mut rows = vec![["Limit on", "Credits", "Used", "Held"].map(str::to_owned).to_vec()];
        rows.extend(spending.limits.iter().map(|limit| {
            let of = match limit.scope {
                LimitScope::Month => "each month".to_owned(),
                LimitScope::Day => "each day".to_owned(),
                LimitScope::Site => format!("each month of {}", limit.site_name.clone().unwrap_or_default()),
            };
            let wanted = limit.wanted.clone().unwrap_or_else(|| "none".to_owned());
            vec![of, wanted, limit.used.clone(), limit.held.clone()]
        }));
        let state = if spending.is_stopped { "All paid work is stopped." } else { "Paid work is allowed." };
        format!("{state}\n{}", table(&rows))
    })
}

async fn balance(app: &Igny8, out: Output) -> Result<(), Failure> {
    let balance = account::balance(app).await?;
    if app.last_audit().is_some_and(|(audit, _)| !audit.is_ok()) {
        warn("the books do not balance, so these sums may be wrong. 'credits audit' says what differs.");
    }
    out.object(&balance, |b| {
        pairs(&[
            ("Available", format!("{} ({})", counted(&b.available, "credit", "credits"), dollars(&b.available_value))),
            ("Price of a credit", dollars(&b.credit_price)),
            ("Held", b.held.clone()),
            ("Used this month", b.used_this_month.clone()),
            ("Of this month's budget", format!("{} of {} drawn", b.month_drawn, b.month_granted)),
            ("Budget of each next month", b.monthly_budget.clone()),
            ("Lapses at the turn of the month", b.monthly_left.clone()),
            ("Does not expire", b.extra_left.clone()),
        ])
    })
}

async fn zone(app: &Igny8, out: Output) -> Result<(), Failure> {
    let zone = workspace::workspace(app).await?.zone;
    out.object(&json!({ "zone": zone }), |_| format!("Days and months turn as in {zone}."))
}

async fn ledger(app: &Igny8, limit: u32, out: Output) -> Result<(), Failure> {
    let query = ListQuery { filter: ListFilter::default(), sort: None, cursor: None, limit };
    let page = account::transactions(app, query).await?;
    out.object(&json!({ "transactions": page.rows, "total": page.total }), |_| {
        let mut rows = vec![["When", "Type", "Operation", "Amount", "Balance", "Memo"].map(str::to_owned).to_vec()];
        rows.extend(page.rows.iter().map(|row| {
            let (kind, operation) = (row.transaction_type.clone(), row.operation_type.clone());
            vec![row.at.clone(), kind, operation, row.amount.clone(), row.balance_after.clone(), row.memo.clone()]
        }));
        table(&rows)
    })
}

async fn audit(app: &Igny8, out: Output) -> Result<(), Failure> {
    let audit = headless::audit(app).await?;
    out.object(&audit, |audit| {
        let verdict = if audit.ok { "The books balance." } else { "The books do not balance." };
        let figures = pairs(&[
            ("Transfers", audit.transfers.to_string()),
            ("Granted", audit.granted.clone()),
            ("Available", audit.available.clone()),
            ("Held", audit.held.clone()),
            ("Used", audit.used.clone()),
            ("Lapsed", audit.lapsed.clone()),
        ]);
        let mut text = vec![verdict.to_owned(), figures];
        text.extend(audit.findings.iter().map(finding_text::line));
        if audit.more > 0 {
            text.push(format!("  and {} more", audit.more));
        }
        text.join("\n")
    })?;
    if audit.ok { Ok(()) } else { Err(Failure::BooksOff) }
}

/// `report`.
pub async fn report(app: &Igny8, out: Output) -> Result<(), Failure> {
    let tables = headless::report(app).await?;
    let listed: Vec<serde_json::Value> =
        tables.iter().map(|t| json!({ "source": t.source, "columns": t.columns, "rows": t.rows })).collect();
    out.object(&json!({ "reports": listed }), |_| {
        let text = tables.iter().map(|t| {
            let mut rows = vec![t.columns.clone()];
            rows.extend(t.rows.clone());
            format!("{}\n{}\n", t.source, table(&rows))
        });
        text.collect::<Vec<_>>().join("\n")
    })
}
