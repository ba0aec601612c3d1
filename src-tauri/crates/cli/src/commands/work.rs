//! The steps of the way: AI functions, approval, delivery, and the demonstration.

use super::sites::find;
use crate::args::Work;
use crate::failure::Failure;
use crate::fault_text::sentence;
use crate::interrupt::Interrupt;
use crate::output::{Output, counted, dollars, pairs, warn};
use crate::reason_text::reason_text;
use crate::secret;
use igny8_app::commands::demo::DemoStep;
use igny8_app::commands::headless::{self, Delivery, Ended, Interrupted, Of};
use igny8_app::commands::{demo as demonstration, writer};
use igny8_app::dto::list::{ListFilter, ListQuery, Selection};
use igny8_app::dto::work::OperationRow;
use igny8_app::dto::writer::ContentRow;
use igny8_app::{AiFunction, Fault, Igny8};
use serde_json::json;

/// Articles asked for at once.
const PAGE_ROWS: u32 = 500;

/// `demo`.
pub async fn demo(app: &Igny8, out: Output) -> Result<(), Failure> {
    app.start_for_a_command().await?;
    let demo = demonstration::demo(app, |step| out.say(step_words(step))).await?;
    warn_of_interrupted(app).await?;
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
            ("Provider cost", dollars(&d.cost_usd)),
            ("Where", d.published.clone()),
        ])
    })
}

const fn step_words(step: DemoStep) -> &'static str {
    match step {
        DemoStep::Sample => "Sample workspace",
        DemoStep::Pipeline => "Clusters, ideas, articles and images",
        DemoStep::Approval => "Review and approval",
        DemoStep::Publishing => "Publishing",
    }
}

/// `cluster`.
pub async fn cluster(app: &Igny8, work: &Work, interrupt: &Interrupt, out: Output) -> Result<(), Failure> {
    operate(app, work, vec![(AiFunction::AutoCluster, Of::Waiting)], interrupt, out).await
}

/// `ideas`.
pub async fn ideas(app: &Igny8, work: &Work, interrupt: &Interrupt, out: Output) -> Result<(), Failure> {
    operate(app, work, vec![(AiFunction::GenerateIdeas, Of::Waiting)], interrupt, out).await
}

/// `write`: what waits, and new ideas, which are queued only when all of it can be paid.
pub async fn write(app: &Igny8, work: &Work, interrupt: &Interrupt, out: Output) -> Result<(), Failure> {
    operate(app, work, vec![(AiFunction::GenerateContent, Of::WithIdeas)], interrupt, out).await
}

/// `images`: describes first, then makes.
pub async fn images(app: &Igny8, work: &Work, interrupt: &Interrupt, out: Output) -> Result<(), Failure> {
    headless::check_images(app, &find(app, &work.site).await?.id).await?;
    let steps = [AiFunction::GenerateImagePrompts, AiFunction::GenerateImages].map(|step| (step, Of::Waiting));
    operate(app, work, steps.into(), interrupt, out).await
}

/// `approve`.
pub async fn approve(app: &Igny8, work: &Work, out: Output) -> Result<(), Failure> {
    let rows = contents(app, work, "review", |_| true).await?;
    if rows.is_empty() {
        return out.object(&json!({ "approved": [] }), |_| sentence(&Fault::NothingToDo));
    }
    let ids = rows.into_iter().map(|row| row.id).collect();
    let approved = writer::contents_approve(app, Selection::Ids { ids }).await?;
    out.object(&json!({ "approved": approved.ids }), |_| {
        format!("{} approved.", counted(approved.ids.len(), "article", "articles"))
    })
}

/// `publish`: one after the other; what keeps one from being published keeps no other, and each is reported. What an
/// earlier command began and did not end goes on: this process holds the folder, so nobody else works on it.
pub async fn publish(app: &Igny8, work: &Work, password_stdin: bool, out: Output) -> Result<(), Failure> {
    if password_stdin {
        headless::lend_password(app, &find(app, &work.site).await?.id, secret::required()?)?;
    }
    let rows = contents(app, work, "approved", |row| row.delivery != "published" || row.is_behind).await?;
    if rows.is_empty() {
        return out.object(&json!({ "published": [], "failed": [] }), |_| sentence(&Fault::NothingToDo));
    }
    let outlines = rows.iter().filter(|row| row.is_outline).count();
    if outlines > 0 {
        warn(&format!(
            "{outlines} of these {} to be written out: the notes to the writer in it stand on the site for everybody to read.",
            if outlines == 1 { "is an outline" } else { "are outlines" }
        ));
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

/// A piece of a command's work.
enum Piece {
    /// Something that an earlier process began and did not end.
    Left(Interrupted),
    /// A function of what waits or failed.
    New(AiFunction, Of),
}

impl Piece {
    const fn function(&self) -> AiFunction {
        match self {
            Self::Left(left) => left.function,
            Self::New(function, _) => *function,
        }
    }
}

/// Runs functions one after the other on what waits or failed; having nothing to do is no failure. What was made is
/// told, also when it is not all; what kept a function from beginning all of it would keep the
/// next from beginning at all.
pub async fn operate(
    app: &Igny8,
    work: &Work,
    steps: Vec<(AiFunction, Of)>,
    interrupt: &Interrupt,
    out: Output,
) -> Result<(), Failure> {
    let site = find(app, &work.site).await?.id;
    app.start_for_a_command().await?;
    let (mut done, mut failure) = (Vec::new(), None);
    for piece in pieces(steps, left_of(app, &site).await?, work.limit.is_some()) {
        if interrupt.has_come() {
            failure = failure.or(Some(Fault::Cancelled.into()));
            break;
        }
        let function = piece.function();
        let ended = match piece {
            Piece::Left(left) => {
                out.say("Going on with what was interrupted");
                headless::go_on(app, &left, interrupt.came()).await
            }
            Piece::New(_, of) => headless::run_function(app, function, &site, of, work.limit, interrupt.came()).await,
        };
        match ended {
            Ok(Ended { row, unmade }) => {
                let (failed, untried) = (row.units_failed, untried(&row));
                done.push(row);
                failure = failure.or(unmade.map(|cause| match cause {
                    Fault::Cancelled => cause.into(),
                    cause => Failure::Unmade { function, cause, failed, untried },
                }));
                if untried > 0 {
                    break;
                }
            }
            Err(Fault::NothingToDo) => {}
            Err(fault) => {
                failure = failure.or(Some(fault.into()));
                break;
            }
        }
    }
    warn_of_interrupted(app).await?;
    if done.iter().any(|row| row.units_done > 0) {
        report(&done, out)?;
    } else if done.is_empty() && failure.is_none() {
        out.object(&json!({ "operations": [] }), |_| sentence(&Fault::NothingToDo))?;
    }
    failure.map_or(Ok(()), Err)
}

/// What of a site was interrupted.
async fn left_of(app: &Igny8, site: &str) -> Result<Vec<Interrupted>, Fault> {
    let mut left = Vec::new();
    for one in headless::interrupted(app).await? {
        if one.is_of(site)? {
            left.push(one);
        }
    }
    Ok(left)
}

/// Each function goes on with what of it was interrupted, then begins what waits. Under a limit, the last one that was
/// interrupted and those before it only go on: what is left was asked for under a limit of its own, and more would exceed
/// it. Whoever names the items means no others.
fn pieces(steps: Vec<(AiFunction, Of)>, left: Vec<Interrupted>, is_limited: bool) -> Vec<Piece> {
    let goes_on = |(function, of): &(AiFunction, Of)| {
        !matches!(of, Of::Chosen(_)) && left.iter().any(|left| left.function == *function)
    };
    let only_go_on = if is_limited { steps.iter().rposition(goes_on).map_or(0, |last| last + 1) } else { 0 };
    let mut pieces = Vec::new();
    for (at, step) in steps.into_iter().enumerate() {
        if goes_on(&step) {
            pieces.extend(left.iter().filter(|left| left.function == step.0).cloned().map(Piece::Left));
        }
        if at >= only_go_on {
            pieces.push(Piece::New(step.0, step.1));
        }
    }
    pieces
}

/// Says what was interrupted and is left alone.
pub async fn warn_of_interrupted(app: &Igny8) -> Result<(), Fault> {
    let left = headless::interrupted(app).await?.len();
    if left > 0 {
        let what = counted(left, "interrupted task waits", "interrupted tasks wait");
        warn(&format!("{what}. 'run start' goes on with all of a site, 'run cancel' gives it up."));
    }
    Ok(())
}

fn report(done: &[OperationRow], out: Output) -> Result<(), Failure> {
    out.object(&json!({ "operations": done }), |_| {
        let lines = done.iter().map(|row| {
            let credits = counted(&row.credits, "credit", "credits");
            format!("{}: {} made{}, {credits}", made_by(&row.function), row.results, left_words(row))
        });
        lines.collect::<Vec<_>>().join("\n")
    })
}

/// What a function makes.
fn made_by(function: &str) -> &str {
    match function.parse() {
        Ok(AiFunction::AutoCluster) => "Clusters",
        Ok(AiFunction::GenerateIdeas) => "Ideas",
        Ok(AiFunction::GenerateContent) => "Drafts",
        Ok(AiFunction::GenerateImagePrompts) => "Image descriptions",
        Ok(AiFunction::GenerateImages) => "Images",
        Err(_) => function,
    }
}

/// Units of a task that ended before their turn came.
fn untried(row: &OperationRow) -> u32 {
    row.units_total.saturating_sub(row.units_done + row.units_failed)
}

/// What of a task failed, and what was not tried, with the reason; empty when all was made.
fn left_words(row: &OperationRow) -> String {
    let mut words = String::new();
    if row.units_failed > 0 {
        words = format!(", {} failed", row.units_failed);
    }
    let untried = untried(row);
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
