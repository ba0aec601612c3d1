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
    /// What has a time goes out as well.
    pub scheduled: bool,
}

/// `publish`: what keeps one article from being published keeps no other, and each is reported. What an earlier command
/// began and did not end goes on: this process holds the folder, so nobody else works on it. Once an end is asked for, no
/// further article is begun.
pub async fn publish(app: &Igny8, work: &Work, how: How, interrupt: &Interrupt, out: Output) -> Result<(), Failure> {
    if how.password_stdin {
        let site = find(app, &work.site).await?.id;
        headless::lend_password(app, &site, interrupt.or_left(secret::required()).await?)?;
    }
    // What has a time goes out at that time, unless it is asked for.
    let is_to_go = |row: &ContentRow| match row.delivery.as_str() {
        "scheduled" => how.scheduled,
        "published" => row.is_behind,
        _ => true,
    };
    let rows = contents(app, work, "approved", is_to_go).await?;
    if rows.is_empty() {
        return out.object(&json!({ "published": [], "waiting": [], "failed": [] }), |_| sentence(&Fault::NothingToDo));
    }
    warn_of_outlines(&rows);
    let going: Vec<Going> = rows.into_iter().map(|row| (row.id, row.title)).collect();
    report(app, &going, how.anew, interrupt, out).await
}

/// An article that is to go out: its id and title.
pub type Going = (String, String);

/// Publishes articles now and says of each how it fared.
pub async fn report(
    app: &Igny8,
    going: &[Going],
    anew: bool,
    interrupt: &Interrupt,
    out: Output,
) -> Result<(), Failure> {
    let ids: Vec<String> = going.iter().map(|(id, _)| id.clone()).collect();
    let delivered = headless::publish_all(app, &ids, anew, || interrupt.has_come()).await?;
    let titled = || going.iter().map(|(_, title)| title).zip(&delivered);
    let lines: Vec<String> = titled().map(|(title, delivery)| line(title, delivery)).collect();
    let untried = going.len().saturating_sub(delivered.len());
    let refused: Vec<(String, Fault)> =
        titled().filter_map(|(title, one)| Some((title.clone(), one.fault.clone()?))).collect();
    let (unsent, published): (Vec<_>, Vec<_>) = delivered.into_iter().partition(|delivery| delivery.fault.is_some());
    let (waiting, failed): (Vec<_>, Vec<_>) = unsent.into_iter().partition(|delivery| delivery.next_try_at.is_some());
    let found = json!({ "published": published, "waiting": waiting, "failed": failed });
    out.object(&found, |_| {
        let sum = sum(published.len(), waiting.len(), failed.len());
        format!("{}\n{sum}", lines.join("\n")).trim_start().to_owned()
    })?;
    match refused.is_empty() && untried == 0 {
        true => Ok(()),
        false => Err(Failure::Unpublished { refused, waiting: waiting.len(), untried }),
    }
}

fn sum(published: usize, waiting: usize, failed: usize) -> String {
    let waits = if waiting == 0 { String::new() } else { format!("{waiting} waiting in the outbox, ") };
    format!("{published} published and read back, {waits}{failed} failed.")
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
        Some(_) if delivery.next_try_at.is_some() => format!("Waiting: {title}"),
        Some(_) => format!("Failed: {title}"),
    }
}
