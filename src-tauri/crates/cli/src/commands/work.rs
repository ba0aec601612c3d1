//! The steps of the way: AI functions, approval, and the demonstration.

use super::sites::find;
use crate::args::{PaidWork, Work};
use crate::failure::Failure;
use crate::fault_text::sentence;
use crate::interrupt::Interrupt;
use crate::notice_text;
use crate::output::{Output, counted, dollars, pairs, warn};
use crate::price_text;
use crate::reason_text::{stage_text, stopped_text};
use igny8_app::commands::demo::DemoStep;
use igny8_app::commands::headless::{self, Begun, Cap, Ended, Of, Told};
use igny8_app::commands::{demo as demonstration, repeats, writer};
use igny8_app::dto::list::{ListFilter, ListQuery, Selection};
use igny8_app::dto::site::SiteView;
use igny8_app::dto::work::OperationRow;
use igny8_app::dto::writer::ContentRow;
use igny8_app::{AiFunction, Fault, Igny8};
use serde_json::json;

/// Articles asked for at once.
const PAGE_ROWS: u32 = 500;
/// Ideas that repeat something and are named each by itself.
const REPEATS_MAX: usize = 5;

/// `demo`. Once an end is asked for, it pauses after what is at hand.
pub async fn demo(app: &Igny8, interrupt: &Interrupt, out: Output) -> Result<(), Failure> {
    let told = headless::told_so_far(app).await?;
    app.start().await?;
    let demo = demonstration::demo(app, interrupt.came(), |step| out.say(step_words(step))).await;
    warn_of_costs(app, told).await?;
    let demo = demo.map_err(|fault| match fault {
        Fault::Cancelled => Failure::DemoPaused,
        fault => fault.into(),
    })?;
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
pub async fn cluster(app: &Igny8, work: &PaidWork, interrupt: &Interrupt, out: Output) -> Result<(), Failure> {
    operate(app, work, vec![(AiFunction::AutoCluster, Of::Waiting)], interrupt, out).await
}

/// `ideas`.
pub async fn ideas(app: &Igny8, work: &PaidWork, interrupt: &Interrupt, out: Output) -> Result<(), Failure> {
    operate(app, work, vec![(AiFunction::GenerateIdeas, Of::Waiting)], interrupt, out).await?;
    warn_of_repeats(app, work, "idea").await
}

/// `write`: what waits, and new ideas, which are queued only when all of it can be paid.
pub async fn write(app: &Igny8, work: &PaidWork, interrupt: &Interrupt, out: Output) -> Result<(), Failure> {
    warn_of_repeats(app, work, "idea").await?;
    operate(app, work, vec![(AiFunction::GenerateContent, Of::WithIdeas)], interrupt, out).await
}

/// Says which ideas are about what the site has already. A second article on a topic may be meant, so it is a warning.
async fn warn_of_repeats(app: &Igny8, work: &PaidWork, item: &str) -> Result<(), Failure> {
    let site = find(app, &work.of.site).await?;
    let mut found = repeats::topic_repeats(app, &site.id).await?;
    found.retain(|one| one.item == item);
    let count = found.len();
    for one in found.iter().take(REPEATS_MAX) {
        warn(&format!("Idea {} is about what the site has already: '{}' (by {}).", one.id, one.title, one.likeness));
    }
    if count > REPEATS_MAX {
        warn(&format!("So are {} more.", counted(count - REPEATS_MAX, "idea", "ideas")));
    }
    Ok(())
}

/// `images`: describes first, then makes.
pub async fn images(app: &Igny8, work: &PaidWork, interrupt: &Interrupt, out: Output) -> Result<(), Failure> {
    headless::check_images(app, &find(app, &work.of.site).await?.id).await?;
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

/// A piece of a command's work.
enum Piece {
    /// Something that an earlier process began and did not end.
    Left(Begun),
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

/// Pieces of a command's work, and what it may take and spend.
struct Pieces {
    pieces: Vec<Piece>,
    limit: Option<u32>,
    cap: Option<Cap>,
}

/// Says what a piece will cost before it is begun, and refuses what may cost more than the command may.
async fn tell_price(
    app: &Igny8,
    site: &SiteView,
    piece: &Piece,
    limit: Option<u32>,
    cap: Option<&Cap>,
    out: Output,
) -> Result<(), Failure> {
    let price = match piece {
        Piece::Left(left) => headless::begun_price(app, left).await,
        Piece::New(function, of) => headless::function_price(app, *function, &site.id, of.clone(), limit).await?,
    };
    if let (Some(price), Some(cap)) = (&price, cap)
        && !cap.covers(price)
    {
        return Err(Failure::OverCap { most: price.credits_max.clone(), left: cap.left() });
    }
    let words = price.as_ref().map(price_text::work);
    match (piece, words) {
        (Piece::Left(_), Some(words)) => out.say(&format!("Going on with what was interrupted: {words}")),
        (Piece::Left(_), None) => out.say("Going on with what was interrupted"),
        (Piece::New(function, _), Some(words)) => {
            out.say(&format!("{} of {}: {words}", stage_text(function.name()), site.name))
        }
        (Piece::New(..), None) => {}
    }
    Ok(())
}

/// Runs functions one after the other on what waits or failed; having nothing to do is no failure. What was made is
/// told, also when it is not all; what kept a function from beginning all of it would keep the
/// next from beginning at all.
pub async fn operate(
    app: &Igny8,
    work: &PaidWork,
    steps: Vec<(AiFunction, Of)>,
    interrupt: &Interrupt,
    out: Output,
) -> Result<(), Failure> {
    let PaidWork { of: Work { site, limit }, cap } = work;
    let (site, cap) = (find(app, site).await?, cap.as_deref().map(Cap::of).transpose()?);
    app.start().await?;
    let pieces = pieces(steps, headless::begun(app, &site.id).await?, *limit);
    carry_out(app, &site, Pieces { pieces, limit: *limit, cap }, interrupt, out).await
}

/// Goes on with what of a site was interrupted, and begins nothing else. The background work must be running.
pub async fn go_on_with(
    app: &Igny8,
    site: &SiteView,
    left: Vec<Begun>,
    interrupt: &Interrupt,
    out: Output,
) -> Result<(), Failure> {
    let pieces = left.into_iter().map(Piece::Left).collect();
    carry_out(app, site, Pieces { pieces, limit: None, cap: None }, interrupt, out).await
}

async fn carry_out(
    app: &Igny8,
    site: &SiteView,
    Pieces { pieces, limit, mut cap }: Pieces,
    interrupt: &Interrupt,
    out: Output,
) -> Result<(), Failure> {
    let told = headless::told_so_far(app).await?;
    let (mut done, mut failure) = (Vec::new(), None);
    let functions: Vec<AiFunction> = pieces.iter().map(Piece::function).collect();
    for (at, piece) in pieces.into_iter().enumerate() {
        let cancelled = || Failure::Cancelled { again: commands(functions.get(at..).unwrap_or_default()) };
        if interrupt.has_come() {
            failure = failure.or(Some(cancelled()));
            break;
        }
        let function = piece.function();
        if let Err(over) = tell_price(app, site, &piece, limit, cap.as_ref(), out).await {
            failure = failure.or(Some(over));
            break;
        }
        let ended = match piece {
            Piece::Left(left) => headless::go_on(app, &left, interrupt.came()).await,
            Piece::New(_, of) => headless::run_function(app, function, &site.id, of, limit, interrupt.came()).await,
        };
        match ended {
            Ok(Ended { row, unmade }) => {
                if let Some(cap) = &mut cap {
                    cap.spend(&row);
                }
                let (failed, untried) = (row.units_failed, untried(&row));
                done.push(row);
                failure = failure.or(unmade.map(|cause| match cause {
                    Fault::Cancelled => cancelled(),
                    Fault::WrongState { what } if what == "paused" => Failure::Paused,
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
    warn_of_costs(app, told).await?;
    if done.iter().any(|row| row.units_done > 0) {
        report(&done, out)?;
    } else if done.is_empty() && failure.is_none() {
        out.object(&json!({ "operations": [] }), |_| sentence(&Fault::NothingToDo))?;
    }
    failure.map_or(Ok(()), Err)
}

/// The commands that do what is left of these functions, each once.
fn commands(functions: &[AiFunction]) -> Vec<&'static str> {
    let mut commands = Vec::new();
    for function in functions {
        let command = match function {
            AiFunction::AutoCluster => "cluster",
            AiFunction::GenerateIdeas => "ideas",
            AiFunction::GenerateContent => "write",
            AiFunction::GenerateImagePrompts | AiFunction::GenerateImages => "images",
        };
        if !commands.contains(&command) {
            commands.push(command);
        }
    }
    commands
}

/// Each function goes on with what of it was interrupted, then begins what waits. Under a limit, what is more than that is
/// left alone, and the last one that goes on and those before it only go on: more would exceed the limit. Whoever names
/// the items means no others.
fn pieces(steps: Vec<(AiFunction, Of)>, left: Vec<Begun>, limit: Option<u32>) -> Vec<Piece> {
    let goes_on = |(function, of): &(AiFunction, Of)| {
        let units = left.iter().filter(|left| left.function == *function).map(|left| left.units);
        let (count, units) = units.fold((0_u32, 0_u32), |(count, sum), units| (count + 1, sum.saturating_add(units)));
        !matches!(of, Of::Chosen(_)) && count > 0 && limit.is_none_or(|limit| units <= limit)
    };
    let only_go_on = if limit.is_some() { steps.iter().rposition(goes_on).map_or(0, |last| last + 1) } else { 0 };
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
    let left = headless::interrupted_count(app).await?;
    if left > 0 {
        let what = counted(left, "interrupted task waits", "interrupted tasks wait");
        warn(&format!("{what}. 'run resume' goes on with all of a site, 'run cancel' gives it up."));
    }
    Ok(())
}

/// Says which calls cost more than was held for them, and of which a vendor said what is hard to believe, as the notices
/// do.
pub async fn warn_of_costs(app: &Igny8, told: Told) -> Result<(), Fault> {
    for credits in headless::shortfalls_since(app, told).await? {
        warn(&format!("a call cost {}", notice_text::shortfall(&credits)));
    }
    headless::doubts_since(app, told).await?.iter().for_each(|doubt| warn(&notice_text::doubt(doubt)));
    Ok(())
}

fn report(done: &[OperationRow], out: Output) -> Result<(), Failure> {
    out.object(&json!({ "operations": done }), |_| {
        let lines = done.iter().map(|row| {
            let credits = counted(&row.credits, "credit", "credits");
            format!("{}: {}{}, {credits}", stage_text(&row.function), made_words(row), left_words(row))
        });
        lines.collect::<Vec<_>>().join("\n")
    })
}

/// How many were made, and how many were there before and got something more.
fn made_words(row: &OperationRow) -> String {
    match (row.results.saturating_sub(row.joined), row.joined) {
        (made, 0) => format!("{made} made"),
        (0, joined) => format!("{joined} joined"),
        (made, joined) => format!("{made} made, {joined} joined"),
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
        let why = match row.error_code.as_str() {
            // Somebody has asked for it.
            "" if row.status == "interrupted" => "paused".to_owned(),
            code => stopped_text(code, row.may_go_on_at.as_deref(), row.asked_at.as_deref()),
        };
        words.push_str(&format!(" ({why})"));
    }
    words
}

/// A site's articles in a state, at most the limit.
pub async fn contents(
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
