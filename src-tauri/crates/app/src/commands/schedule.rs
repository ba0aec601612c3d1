//! The schedule: when articles go out, and how they stand.

use crate::dto::schedule::{CalendarQuery, CalendarView, GuardedArticle, SchedulePlacement, ScheduleUndo, Scheduled};
use crate::dto::site::{HandOverView, MissedRuleView};
use crate::view;
use crate::view::list::{id, ids, invalid};
use crate::{Fault, Igny8};
use igny8_core::id::{ContentId, OutboxId, SiteId};
use igny8_core::schedule::{CalendarState, GuardOutcome};
use igny8_core::status::ContentType;
use igny8_core::time::UtcMs;
use igny8_core::zone::Zone;
use igny8_engine::schedule::{Former, NUDGE_WAIT_MS, Placement, PutBack, When};
use igny8_store::table::calendar::CalendarFilter;
use igny8_store::table::content::{FormerTime, PlannedTime};

/// Most articles of one command: as many as the calendar shows.
const PLACEMENTS_MAX: usize = 2_000;

/// Sets when articles go out, or takes their times away: all of them or none. Undone by giving back how each stood before.
///
/// # Errors
/// [`Fault::NotApproved`] for an article that is to be approved first; [`Fault::WrongState`] for one that is public or on
/// its way; [`Fault::InvalidField`] for a time that has passed; [`Fault::NotFound`].
pub async fn contents_schedule(app: &Igny8, placements: Vec<SchedulePlacement>) -> Result<Scheduled, Fault> {
    if placements.len() > PLACEMENTS_MAX {
        return Err(invalid("placements", "too_long"));
    }
    let placements = placements.iter().map(placement).collect::<Result<Vec<_>, _>>()?;
    let placed = app.engine.schedule(placements).await?;
    Ok(Scheduled { articles: placed.into_iter().map(view::schedule::placed).collect() })
}

/// Puts the times of articles back to how they stood before they were set: all of them or none, in one commit. What
/// [`contents_schedule`] and the next free times answer is what is given back.
///
/// # Errors
/// [`Fault::WrongState`] for an article that somebody, or its site, has changed since; [`Fault::InvalidField`] for a time
/// that was to come then and has passed; [`Fault::NotApproved`]; [`Fault::NotFound`].
pub async fn contents_schedule_undo(app: &Igny8, articles: Vec<ScheduleUndo>) -> Result<(), Fault> {
    if articles.len() > PLACEMENTS_MAX {
        return Err(invalid("articles", "too_long"));
    }
    let back = articles.iter().map(put_back).collect::<Result<Vec<_>, _>>()?;
    Ok(app.engine.put_back(back).await?)
}

/// Gives each of two articles the other's time.
///
/// # Errors
/// As [`contents_schedule`]; [`Fault::WrongState`] when one of them has no time.
pub async fn contents_swap(app: &Igny8, one: &str, other: &str) -> Result<Scheduled, Fault> {
    let placed = app.engine.swap(id::<ContentId>(one, "id")?, id::<ContentId>(other, "id")?).await?;
    Ok(Scheduled { articles: placed.into_iter().map(view::schedule::placed).collect() })
}

/// Sets who publishes what is due on a site, and what is done about what was missed there.
///
/// # Errors
/// [`Fault::InvalidField`] for a folder that is to publish by itself; [`Fault::NotFound`].
pub async fn site_publishing_set(
    app: &Igny8,
    site: &str,
    hand_over: HandOverView,
    missed_rule: MissedRuleView,
) -> Result<(), Fault> {
    Ok(app.engine.set_publishing(id(site, "siteId")?, hand_over.into(), missed_rule.into()).await?)
}

/// Looks now after the articles of a site whose time has come, and sends what goes out. A site that was poked is given the
/// time it needs.
///
/// # Errors
/// [`Fault::Site`] when it does not answer; [`Fault::NotFound`].
pub async fn guard_and_wait(app: &Igny8, site: &str) -> Result<Vec<GuardedArticle>, Fault> {
    let site: SiteId = id(site, "siteId")?;
    let mut guarded = app.engine.guard_site(site).await?;
    if guarded.iter().any(|one| one.outcome == GuardOutcome::Nudged) {
        app.engine.clock().sleep_ms(NUDGE_WAIT_MS.unsigned_abs()).await;
        let again = app.engine.guard_site(site).await?;
        guarded.retain(|one| again.iter().all(|other| other.content != one.content));
        guarded.extend(again);
    }
    app.engine.drain_outbox().await?;
    Ok(guarded.into_iter().map(view::schedule::guarded).collect())
}

/// Brings to the sites now what the outbox has for them, times among it.
///
/// # Errors
/// When the file fails; what a site does not take waits.
pub async fn send_now(app: &Igny8) -> Result<(), Fault> {
    app.engine.drain_outbox().await?;
    Ok(())
}

/// What is in the calendar.
///
/// # Errors
/// [`Fault::InvalidField`].
pub async fn calendar(app: &Igny8, query: CalendarQuery) -> Result<CalendarView, Fault> {
    let instant = |text: &Option<String>, field| text.as_deref().map(|text| instant(text, field)).transpose();
    let filter = CalendarFilter {
        sites: ids::<SiteId>(&query.site_ids, "siteIds")?,
        from: instant(&query.from, "from")?,
        until: instant(&query.until, "until")?,
        states: ids::<CalendarState>(&query.states, "states")?,
        content_types: ids::<ContentType>(&query.content_types, "contentTypes")?,
    };
    let now = app.engine.clock().now();
    let (rows, is_cut) = app.engine.store().read(move |r| r.calendar(&filter, now)).await?;
    Ok(CalendarView { entries: rows.into_iter().map(view::schedule::entry).collect(), is_cut })
}

/// Articles one after the other: the first at a time, each further one so many minutes after the one before.
///
/// # Errors
/// [`Fault::InvalidField`]; [`Fault::NotFound`] for an article that is none of the site's.
pub async fn placements(
    app: &Igny8,
    site: &str,
    articles: &[String],
    at: Option<&str>,
    step_minutes: u32,
) -> Result<Vec<SchedulePlacement>, Fault> {
    const MINUTE_MS: i64 = 60_000;
    let (site, contents) = (id::<SiteId>(site, "siteId")?, ids::<ContentId>(articles, "ids")?);
    let wanted = contents.clone();
    let (row, found) = app
        .engine
        .store()
        .read(move |r| Ok::<_, igny8_store::StoreError>((r.site(site)?, r.contents(&wanted)?)))
        .await?;
    if contents.iter().any(|content| !found.iter().any(|one| one.id == *content && one.site == site)) {
        return Err(Fault::NotFound { what: "content".to_owned() });
    }
    let first = at.map(|text| when(text).map(|when| (text, when))).transpose()?;
    let place = |(nth, id): (usize, &String)| {
        let at = match first {
            None => None,
            Some((text, _)) if nth == 0 => Some(text.to_owned()),
            Some((_, when)) => {
                let first = match when {
                    When::Instant(at) => at,
                    When::Wall(wall) => Zone::named(&row.zone).resolve(wall).at,
                };
                let after_ms =
                    i64::try_from(nth).unwrap_or(i64::MAX).saturating_mul(i64::from(step_minutes) * MINUTE_MS);
                Some(view::instant(first.plus_ms(after_ms)))
            }
        };
        Ok(SchedulePlacement { id: id.clone(), at })
    };
    articles.iter().enumerate().map(place).collect()
}

fn placement(one: &SchedulePlacement) -> Result<Placement, Fault> {
    Ok(Placement { content: id(&one.id, "id")?, at: one.at.as_deref().map(when).transpose()? })
}

fn put_back(one: &ScheduleUndo) -> Result<PutBack, Fault> {
    let ScheduleUndo { id: content, at, former } = one;
    let time = |text: &Option<String>, field| text.as_deref().map(|text| instant(text, field)).transpose();
    let planned =
        time(&former.at, "former")?.map(|at| PlannedTime { at, wall: former.wall.clone(), zone: former.zone.clone() });
    let parked = match &former.parked {
        None => None,
        Some(parked) => Some((id::<OutboxId>(&parked.id, "former")?, parked.code.clone(), parked.note.clone())),
    };
    let former = FormerTime {
        delivery: former.delivery.parse().map_err(|_| invalid("delivery", "unknown"))?,
        time: planned,
        nudged_at: time(&former.nudged_at, "former")?.unwrap_or_default(),
        missed_at: time(&former.missed_at, "former")?.unwrap_or_default(),
        keeps_no_date: former.keeps_no_date,
    };
    Ok(PutBack { content: id(content, "id")?, set: time(at, "at")?, former: Former { time: former, parked } })
}

/// A time as the border has it. What names an offset is an instant.
fn when(text: &str) -> Result<When, Fault> {
    match (UtcMs::from_rfc3339(text.trim()), text.trim().replace(' ', "T").parse()) {
        (Some(at), _) => Ok(When::Instant(at)),
        (None, Ok(wall)) => Ok(When::Wall(wall)),
        (None, Err(_)) => Err(invalid("at", "format")),
    }
}

fn instant(text: &str, field: &str) -> Result<UtcMs, Fault> {
    UtcMs::from_rfc3339(text).ok_or_else(|| invalid(field, "format"))
}
