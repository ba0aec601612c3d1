//! Delivery: approved articles go to their site, one after the other.

use super::sites::find;
use super::work::contents;
use crate::args::Work;
use crate::failure::Failure;
use crate::fault_text::sentence;
use crate::interrupt::Interrupt;
use crate::output::{Output, warn};
use crate::secret;
use igny8_app::commands::headless::{self, Delivery};
use igny8_app::dto::writer::ContentRow;
use igny8_app::{Fault, Igny8};
use serde_json::json;

/// How articles are published.
#[derive(Clone, Copy)]
pub struct How {
    /// The application password comes on standard input.
    pub password_stdin: bool,
    /// A post that is missing on its site is made anew.
    pub anew: bool,
}

/// `publish`: what keeps one article from being published keeps no other, and each is reported. What an earlier command
/// began and did not end goes on: this process holds the folder, so nobody else works on it. Once an end is asked for, no
/// further article is begun.
pub async fn publish(app: &Igny8, work: &Work, how: How, interrupt: &Interrupt, out: Output) -> Result<(), Failure> {
    if how.password_stdin {
        let site = find(app, &work.site).await?.id;
        headless::lend_password(app, &site, interrupt.or_left(secret::required()).await?)?;
    }
    let rows = contents(app, work, "approved", |row| row.delivery != "published" || row.is_behind).await?;
    if rows.is_empty() {
        return out.object(&json!({ "published": [], "failed": [] }), |_| sentence(&Fault::NothingToDo));
    }
    warn_of_outlines(&rows);
    let ids: Vec<String> = rows.iter().map(|row| row.id.clone()).collect();
    let delivered = headless::publish_all(app, &ids, how.anew, || interrupt.has_come()).await?;
    let lines: Vec<String> = rows.iter().zip(&delivered).map(|(row, delivery)| line(&row.title, delivery)).collect();
    let untried = rows.len().saturating_sub(delivered.len());
    let refused: Vec<(String, Fault)> =
        rows.iter().zip(&delivered).filter_map(|(row, one)| Some((row.title.clone(), one.fault.clone()?))).collect();
    let (failed, published): (Vec<_>, Vec<_>) = delivered.into_iter().partition(|delivery| delivery.fault.is_some());
    out.object(&json!({ "published": published, "failed": failed }), |_| {
        let sum = format!("{} published and read back, {} failed.", published.len(), failed.len());
        format!("{}\n{sum}", lines.join("\n")).trim_start().to_owned()
    })?;
    if refused.is_empty() && untried == 0 { Ok(()) } else { Err(Failure::Unpublished { refused, untried }) }
}

/// What is no article yet stands on the site as it is.
fn warn_of_outlines(rows: &[ContentRow]) {
    let outlines = rows.iter().filter(|row| row.is_outline).count();
    if outlines > 0 {
        warn(&format!(
            "{outlines} of these {} to be written out: the notes to the writer in it stand on the site for everybody to read.",
            if outlines == 1 { "is an outline" } else { "are outlines" }
        ));
    }
}

/// How one article fared; why it failed is told once for all of them, as the failure of the command.
fn line(title: &str, delivery: &Delivery) -> String {
    match &delivery.fault {
        None if delivery.dropped.is_empty() => format!("Published: {title}: {}", delivery.url),
        None => {
            let dropped: Vec<String> = delivery.dropped.iter().map(|field| field.replace('_', " ")).collect();
            format!("Published: {title}: {}\n  Not there: {}.", delivery.url, dropped.join(", "))
        }
        Some(_) => format!("Failed: {title}"),
    }
}
