//! The outbox: what waits for its site, and what a person does about it.

use super::publish::{Going, report};
use super::sites::find;
use crate::args::OutboxCommand;
use crate::failure::Failure;
use crate::interrupt::Interrupt;
use crate::output::{Output, counted, table};
use crate::secret;
use crate::site_text;
use igny8_app::commands::{following, headless, outbox};
use igny8_app::dto::list::{ListFilter, ListQuery};
use igny8_app::dto::outbox::OutboxRow;
use igny8_app::{Fault, Igny8};
use serde_json::json;

/// Rows asked for at once.
const PAGE_ROWS: u32 = 500;

/// `outbox …`.
pub async fn outbox(app: &Igny8, command: OutboxCommand, interrupt: &Interrupt, out: Output) -> Result<(), Failure> {
    match command {
        OutboxCommand::List { site } => {
            let rows = rows(app, site.as_deref()).await?;
            out.object(&json!({ "outbox": rows }), |_| lines(&rows))
        }
        OutboxCommand::Retry { ids, site, password_stdin } => {
            if let Some(site) = site.as_deref().filter(|_| password_stdin) {
                let id = find(app, site).await?.id;
                headless::lend_password(app, &id, interrupt.or_left(secret::required()).await?)?;
            }
            let mut chosen = rows(app, site.as_deref()).await?;
            if !ids.is_empty() {
                need(&ids, &chosen)?;
                chosen.retain(|row| ids.contains(&row.id));
            }
            // The oldest first, as they would go out by themselves.
            let going: Vec<Going> = chosen.into_iter().rev().map(|row| (row.article_id, row.article)).collect();
            report(app, &going, false, interrupt, out).await
        }
        OutboxCommand::Discard { ids } => {
            need(&ids, &rows(app, None).await?)?;
            let discarded = outbox::outbox_discard(app, &ids).await?.ids;
            // The program ends with the command: what is begun in the background is done here first.
            for site in outbox::outbox_drafts(app, &discarded).await? {
                drop(following::site_tidy(app, &site).await);
            }
            let left = outbox::outbox_drafts(app, &discarded).await?;
            out.object(&json!({ "discarded": discarded, "sites_with_drafts": left }), |_| {
                let what = counted(discarded.len(), "delivery", "deliveries");
                let drafts = if left.is_empty() {
                    ""
                } else {
                    " A draft stays on its site for now: it is taken away after the next delivery there, or by 'site tidy'."
                };
                format!("Took out {what}. 'outbox restore' with the same ids puts them back.{drafts}")
            })
        }
        OutboxCommand::Restore { ids } => {
            outbox::outbox_restore(app, &ids).await?;
            let waiting = rows(app, None).await?;
            let restored: Vec<&String> = ids.iter().filter(|id| waiting.iter().any(|row| row.id == **id)).collect();
            out.object(&json!({ "restored": restored }), |_| {
                format!("Put back {}.", counted(restored.len(), "delivery", "deliveries"))
            })
        }
    }
}

/// All or nothing: whoever names what is not there means something else.
fn need(ids: &[String], rows: &[OutboxRow]) -> Result<(), Fault> {
    let is_there = |id: &String| rows.iter().any(|row| row.id == *id);
    if ids.iter().all(is_there) { Ok(()) } else { Err(Fault::NotFound { what: "delivery".to_owned() }) }
}

async fn rows(app: &Igny8, site: Option<&str>) -> Result<Vec<OutboxRow>, Fault> {
    let site_id = match site {
        Some(site) => Some(find(app, site).await?.id),
        None => None,
    };
    let mut rows = Vec::new();
    let mut cursor = None;
    loop {
        let filter = ListFilter { site_id: site_id.clone(), ..ListFilter::default() };
        let page = outbox::outbox(app, ListQuery { filter, sort: None, cursor, limit: PAGE_ROWS }).await?;
        rows.extend(page.rows);
        cursor = page.next_cursor;
        if cursor.is_none() {
            return Ok(rows);
        }
    }
}

fn lines(rows: &[OutboxRow]) -> String {
    if rows.is_empty() {
        return "The outbox is empty: everything that was asked for is on its site.".to_owned();
    }
    let header = ["ID", "ARTICLE", "SITE", "STATE", "TRIES", "NEXT TRY"].map(str::to_owned).to_vec();
    let cells = |row: &OutboxRow| {
        let next = row.next_try_at.clone().unwrap_or_else(|| "-".to_owned());
        let state = row.state.replace('_', " ");
        vec![row.id.clone(), row.article.clone(), row.site.clone(), state, row.attempts.to_string(), next]
    };
    let all = std::iter::once(header).chain(rows.iter().map(cells)).collect::<Vec<_>>();
    let mut reasons: Vec<String> = Vec::new();
    for row in rows.iter().filter(|row| !row.code.is_empty()) {
        let reason = format!("{}: {}", row.host, site_text::site(&row.code, &row.note));
        if !reasons.contains(&reason) {
            reasons.push(reason);
        }
    }
    format!("{}\n{}", table(&all), reasons.join("\n"))
}
