//! `schedule` and `calendar`: when articles go out, and how they stand.

use super::sites::find;
use crate::args::{Calendar, HandOverArg, MissedArg, Schedule};
use crate::failure::Failure;
use crate::output::{Output, counted, table, warn};
use igny8_app::commands::{publishing, schedule, sites, writer};
use igny8_app::dto::schedule::{CalendarEntry, CalendarQuery, GuardedArticle, ScheduledArticle};
use igny8_app::dto::site::{HandOverView, MissedRuleView, SiteView};
use igny8_app::{Fault, Igny8};
use serde_json::json;

/// `schedule`: all of the named articles or none.
pub async fn set(app: &Igny8, asked: Schedule, out: Output) -> Result<(), Failure> {
    let site = find(app, &asked.site).await?.id;
    if asked.next_free {
        return next_free(app, &site, &asked.articles, out).await;
    }
    let placements = schedule::placements(app, &site, &asked.articles, asked.at.as_deref(), asked.step).await?;
    let done = match (asked.swap, asked.articles.as_slice()) {
        (true, [one, other]) => schedule::contents_swap(app, one, other).await?,
        (true, _) => return Err(Fault::InvalidField { field: "articles".to_owned(), rule: "two".to_owned() }.into()),
        (false, _) => schedule::contents_schedule(app, placements).await?,
    };
    for one in &done.articles {
        warn_of_shift(one);
    }
    schedule::send_now(app).await?;
    let mut unsent = 0;
    let mut objects = Vec::with_capacity(done.articles.len());
    for one in &done.articles {
        let row = writer::content(app, &one.id).await?.row;
        unsent += usize::from(row.is_unsent);
        objects.push(json!({ "id": one.id, "title": one.title, "at": one.at, "wall": one.wall, "zone": one.zone,
            "shift": one.shift, "before": one.before, "is_handed_over": row.is_handed_over, "is_unsent": row.is_unsent }));
    }
    out.object(&json!({ "scheduled": objects }), |_| done.articles.iter().map(line).collect::<Vec<_>>().join("\n"))?;
    if unsent > 0 {
        warn(&format!(
            "Not yet on the site: {}. 'outbox list' says why; it goes there by itself while the window is open, or with \
             'outbox retry'.",
            counted(unsent, "article", "articles")
        ));
    }
    Ok(())
}

/// `schedule --next-free`.
async fn next_free(app: &Igny8, site: &str, articles: &[String], out: Output) -> Result<(), Failure> {
    let done = publishing::schedule_next(app, site, articles).await?;
    schedule::send_now(app).await?;
    let object = json!({ "scheduled": done.placed.iter().map(object).collect::<Vec<_>>(), "left": done.left,
        "ended": done.ended });
    out.object(&object, |_| {
        let left = counted(done.left, "article", "articles");
        let why = match done.ended.as_str() {
            "queue_full" => format!("{left} got no time: as many wait for theirs as may."),
            "too_far" => format!("{left} got no time: the rules of the site have none left within three years."),
            _ if done.placed.is_empty() => "Nothing waits for a time.".to_owned(),
            _ => String::new(),
        };
        done.placed.iter().map(line).chain(std::iter::once(why)).collect::<Vec<_>>().join("\n")
    })
}

fn object(one: &ScheduledArticle) -> serde_json::Value {
    json!({ "id": one.id, "title": one.title, "at": one.at, "wall": one.wall, "zone": one.zone, "shift": one.shift,
        "before": one.before })
}

fn line(one: &ScheduledArticle) -> String {
    match &one.wall {
        Some(wall) => format!("{}: {} ({})", one.title, wall.replace('T', " "), one.zone),
        None => format!("{}: no time", one.title),
    }
}

/// What was asked for and is not what was set, or could have meant two things.
fn warn_of_shift(one: &ScheduledArticle) {
    let wall = one.wall.as_deref().unwrap_or_default().replace('T', " ");
    match one.shift.as_str() {
        "gap" => warn(&format!(
            "That time does not exist in {}: clocks are put forward over it. {} goes out at {wall}, the first that does.",
            one.zone, one.title
        )),
        "overlap" => warn(&format!(
            "{wall} comes twice in {}: clocks are put back over it. {} goes out at the first.",
            one.zone, one.title
        )),
        _ => {}
    }
}

/// What `site edit` says of who publishes, and of what was missed; what it does not name stays as it is.
pub async fn set_publishing(
    app: &Igny8,
    site: &SiteView,
    hand_over: Option<HandOverArg>,
    missed: Option<MissedArg>,
) -> Result<(), Fault> {
    let hand_over = hand_over.map_or(site.hand_over, |chosen| match chosen {
        HandOverArg::Wordpress => HandOverView::Wordpress,
        HandOverArg::Computer => HandOverView::Computer,
    });
    let missed = missed.map_or(site.missed_rule, |chosen| match chosen {
        MissedArg::Publish => MissedRuleView::Publish,
        MissedArg::NextSlot => MissedRuleView::NextSlot,
        MissedArg::Tell => MissedRuleView::Tell,
    });
    schedule::site_publishing_set(app, &site.id, hand_over, missed).await
}

/// `site guard`: one site that does not answer keeps no other waiting.
pub async fn guard(app: &Igny8, site: Option<String>, out: Output) -> Result<(), Failure> {
    let chosen = match site {
        Some(site) => vec![find(app, &site).await?.id],
        None => sites::sites(app).await?.into_iter().map(|site| site.id).collect(),
    };
    let (mut guarded, mut failure) = (Vec::new(), None);
    for id in chosen {
        match schedule::guard_and_wait(app, &id).await {
            Ok(all) => guarded.extend(all),
            Err(fault) => failure = failure.or(Some(fault)),
        }
    }
    let objects: Vec<_> = guarded
        .iter()
        .map(|one| json!({ "id": one.id, "title": one.title, "due": one.due, "outcome": one.outcome, "to": one.to }))
        .collect();
    out.object(&json!({ "guarded": objects }), |_| {
        if guarded.is_empty() {
            return "Nothing is due that is not on its site.".to_owned();
        }
        guarded.iter().map(guarded_line).collect::<Vec<_>>().join("\n")
    })?;
    failure.map_or(Ok(()), |fault| Err(fault.into()))
}

fn guarded_line(one: &GuardedArticle) -> String {
    let what = match one.outcome.as_str() {
        "published" => "published, as it was read back".to_owned(),
        "waiting" => "not due yet by the clock of its site, or changed there".to_owned(),
        "nudged" => "not published by its site, which was poked".to_owned(),
        "publishing" => "goes out now".to_owned(),
        "moved" => format!("missed; goes out at {}", one.to.as_deref().unwrap_or_default()),
        _ => "missed; 'schedule' gives it another time, 'publish' sends it now".to_owned(),
    };
    format!("{}: {what}", one.title)
}

/// `calendar`.
pub async fn calendar(app: &Igny8, asked: Calendar, out: Output) -> Result<(), Failure> {
    if let Some(command) = asked.command {
        return super::calendar::export(app, command, out).await;
    }
    let site_ids = match &asked.site {
        Some(site) => vec![find(app, site).await?.id],
        None => Vec::new(),
    };
    let query = CalendarQuery {
        site_ids,
        from: asked.from,
        until: asked.until,
        states: asked.states,
        content_types: Vec::new(),
    };
    let view = schedule::calendar(app, query).await?;
    if view.is_cut {
        warn("There is more than is listed. A shorter range shows it.");
    }
    let object = json!({ "calendar": view.entries.iter().map(entry).collect::<Vec<_>>(), "is_cut": view.is_cut });
    out.object(&object, |_| lines(&view.entries))
}

fn entry(one: &CalendarEntry) -> serde_json::Value {
    json!({ "id": one.id, "title": one.title, "site_id": one.site_id, "site": one.site, "content_type": one.content_type,
        "state": one.state, "at": one.at, "wall": one.wall, "zone": one.zone, "is_handed_over": one.is_handed_over,
        "is_unsent": one.is_unsent, "code": one.code, "external_url": one.external_url })
}

fn lines(entries: &[CalendarEntry]) -> String {
    if entries.is_empty() {
        return "Nothing is in the calendar. 'approve' articles, then give them times with 'schedule'.".to_owned();
    }
    let header = ["ID", "ARTICLE", "SITE", "STATE", "TIME"].map(str::to_owned).to_vec();
    let cells = |one: &CalendarEntry| {
        let unsent = if one.is_unsent { ", not yet on the site" } else { "" };
        let state = format!("{}{unsent}", one.state.replace('_', " "));
        let time = one
            .wall
            .as_deref()
            .map_or_else(|| "-".to_owned(), |wall| format!("{} ({})", wall.replace('T', " "), one.zone));
        vec![one.id.clone(), one.title.clone(), one.site.clone(), state, time]
    };
    let all: Vec<Vec<String>> = std::iter::once(header).chain(entries.iter().map(cells)).collect();
    format!("{}\n{}", table(&all), counted(entries.len(), "article", "articles"))
}
