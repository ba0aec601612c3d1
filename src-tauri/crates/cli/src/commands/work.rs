//! The steps of the way: AI functions, approval, delivery, the pipeline and the demonstration.

use super::sites::find;
use crate::args::{RunCommand, Work};
use crate::failure::Failure;
use crate::fault_text::{reason_text, sentence};
use crate::output::{Output, pairs};
use crate::secret;
use igny8_app::commands::headless::{self, Delivery, Of};
use igny8_app::commands::{account, demo as demonstration, writer};
use igny8_app::dto::account::Period;
use igny8_app::dto::list::{ListFilter, ListQuery, Selection};
use igny8_app::dto::work::OperationRow;
use igny8_app::dto::writer::ContentRow;
use igny8_app::{AiFunction, Fault, Igny8};
use serde_json::json;

/// Articles asked for at once.
const PAGE_ROWS: u32 = 500;

/// `demo`.
pub async fn demo(app: &Igny8, out: Output) -> Result<(), Failure> {
    app.start();
    let demo = demonstration::demo(app, |step| out.say(step)).await?;
    out.object(&demo, |d| {
        pairs(&[
            ("Site", d.site.clone()),
            ("Keywords", d.keywords.to_string()),
            ("Clusters", d.clusters.to_string()),
            ("Ideas", d.ideas.to_string()),
            ("Articles", d.contents.to_string()),
            ("Images", d.images.to_string()),
            ("Published and read back", d.receipts.to_string()),
            ("Credits used", d.credits_used.clone()),
            ("Credits available", d.credits_available.clone()),
            ("Provider cost", format!("${}", d.cost_usd)),
            ("Where", d.published.clone()),
        ])
    })
}

/// `cluster`.
pub async fn cluster(app: &Igny8, work: &Work, out: Output) -> Result<(), Failure> {
    operate(app, work, Of::Waiting, &[AiFunction::AutoCluster], out).await
}

/// `ideas`.
pub async fn ideas(app: &Igny8, work: &Work, out: Output) -> Result<(), Failure> {
    operate(app, work, Of::Waiting, &[AiFunction::GenerateIdeas], out).await
}

/// `write`: what waits, and new ideas, which are queued only when all of it can be paid.
pub async fn write(app: &Igny8, work: &Work, out: Output) -> Result<(), Failure> {
    operate(app, work, Of::WithIdeas, &[AiFunction::GenerateContent], out).await
}

/// `images`: describes first, then makes.
pub async fn images(app: &Igny8, work: &Work, out: Output) -> Result<(), Failure> {
    operate(app, work, Of::Waiting, &[AiFunction::GenerateImagePrompts, AiFunction::GenerateImages], out).await
}

/// `retry`: what failed, as it was asked for.
pub async fn retry(app: &Igny8, work: &Work, out: Output) -> Result<(), Failure> {
    operate(app, work, Of::Failed, &[AiFunction::GenerateContent, AiFunction::GenerateImages], out).await
}

/// `approve`.
pub async fn approve(app: &Igny8, work: &Work, out: Output) -> Result<(), Failure> {
    let rows = contents(app, work, "review", |_| true).await?;
    if rows.is_empty() {
        return Err(Fault::NothingToDo.into());
    }
    let ids = rows.into_iter().map(|row| row.id).collect();
    let approved = writer::contents_approve(app, Selection::Ids { ids }).await?;
    out.object(&json!({ "approved": approved.ids }), |_| format!("{} articles approved.", approved.ids.len()))
}

/// `publish`: one after the other; what keeps one from being published keeps no other, and each is reported. What an
/// earlier command began and did not end goes on: this process holds the folder, so nobody else works on it.
pub async fn publish(app: &Igny8, work: &Work, password_stdin: bool, out: Output) -> Result<(), Failure> {
    if password_stdin {
        headless::lend_password(app, &find(app, &work.site).await?.id, secret::required()?)?;
    }
    let rows = contents(app, work, "approved", |row| row.delivery != "published").await?;
    if rows.is_empty() {
        return Err(Fault::NothingToDo.into());
    }
    let ids: Vec<String> = rows.iter().map(|row| row.id.clone()).collect();
    let delivered = headless::publish_all(app, &ids).await?;
    let lines: Vec<String> = rows.iter().zip(&delivered).map(|(row, delivery)| line(&row.title, delivery)).collect();
    let (failed, published): (Vec<_>, Vec<_>) = delivered.into_iter().partition(|delivery| delivery.fault.is_some());
    out.object(&json!({ "published": published, "failed": failed }), |_| {
        let sum = format!("{} published and read back, {} failed.", published.len(), failed.len());
        format!("{}\n{sum}", lines.join("\n"))
    })?;
    match failed.into_iter().find_map(|delivery| delivery.fault) {
        None => Ok(()),
        Some(first) => Err(first.into()),
    }
}

/// How one article fared.
fn line(title: &str, delivery: &Delivery) -> String {
    match &delivery.fault {
        None => format!("Published: {title}: {}", delivery.url),
        Some(fault) => format!("Failed: {title}: {}", sentence(fault)),
    }
}

/// `run …`.
pub async fn run(app: &Igny8, command: RunCommand, out: Output) -> Result<(), Failure> {
    let RunCommand::Start { site, cap } = command;
    let site = find(app, &site).await?;
    app.start();
    let interrupted = async {
        if tokio::signal::ctrl_c().await.is_ok() {
            out.say("Stopping after the unit at hand");
        }
    };
    headless::run_pipeline(app, &site.id, cap.as_deref(), interrupted).await?;
    let done = account::completion(app, &site.id, Period::All).await?;
    out.object(&json!({ "run": { "site": site.id, "status": "completed", "completion": done } }), |_| {
        format!("Done: {} articles, {} images, {} credits.", done.contents, done.images_generated, done.credits_used)
    })
}

/// Runs functions one after the other on what waits or failed; having nothing to do is a failure only when all of them
/// have.
async fn operate(app: &Igny8, work: &Work, of: Of, functions: &[AiFunction], out: Output) -> Result<(), Failure> {
    let site = find(app, &work.site).await?.id;
    app.start();
    let mut done = Vec::new();
    for function in functions {
        match headless::run_function(app, *function, &site, of, work.limit).await {
            Ok(row) => done.push(row),
            Err(Fault::NothingToDo) => {}
            Err(fault) => return Err(fault.into()),
        }
    }
    if done.is_empty() {
        return Err(Fault::NothingToDo.into());
    }
    out.object(&json!({ "operations": done }), |_| {
        let lines = done
            .iter()
            .map(|row| format!("{}: {} made{}, {} credits", row.function, row.results, left_words(row), row.credits));
        lines.collect::<Vec<_>>().join("\n")
    })
}

/// What of a task failed, and what was not tried, with the reason; empty when all was made.
fn left_words(row: &OperationRow) -> String {
    let mut words = String::new();
    if row.units_failed > 0 {
        words = format!(", {} failed", row.units_failed);
    }
    let untried = row.units_total.saturating_sub(row.units_done + row.units_failed);
    if untried > 0 {
        words.push_str(&format!(", {untried} not begun"));
    }
    if !words.is_empty() {
        words.push_str(&format!(" ({})", reason_text(&row.error_code)));
    }
    words
}

/// A site's articles in a state, at most the limit.
async fn contents(
    app: &Igny8,
    work: &Work,
    status: &str,
    wanted: impl Fn(&ContentRow) -> bool,
) -> Result<Vec<ContentRow>, Fault> {
    let site = find(app, &work.site).await?;
    let mut rows = Vec::new();
    let mut cursor = None;
    loop {
        let filter =
            ListFilter { site_id: Some(site.id.clone()), status: vec![status.to_owned()], ..ListFilter::default() };
        let page = writer::contents(app, ListQuery { filter, sort: None, cursor, limit: PAGE_ROWS }).await?;
        rows.extend(page.rows.into_iter().filter(|row| wanted(row)));
        cursor = page.next_cursor;
        if cursor.is_none() {
            break;
        }
    }
    rows.truncate(work.limit.map_or(usize::MAX, |limit| limit as usize));
    Ok(rows)
}
