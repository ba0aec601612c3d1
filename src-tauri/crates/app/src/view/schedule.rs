//! The schedule for the border.

use super::{instant, instant_or_none};
use crate::dto::schedule as dto;
use igny8_core::id::ContentId;
use igny8_core::zone::{Fit, Zone};
use igny8_engine::schedule::{Former, Guarded, Placed, Placement, SentBack, When};
use igny8_store::table::calendar::CalendarRow;

pub(crate) fn placed(one: Placed) -> dto::ScheduledArticle {
    let (at, wall, zone) = match one.time {
        None => (None, None, String::new()),
        Some(time) => (Some(instant(time.at)), Some(time.wall), time.zone),
    };
    dto::ScheduledArticle {
        id: one.content.to_string(),
        title: one.title,
        at,
        wall,
        zone,
        shift: shift(one.fit),
        before: one.before.map(instant),
        former: former(one.former),
    }
}

fn former(Former { time, parked }: Former) -> dto::FormerTimeView {
    let (at, wall, zone) = match time.time {
        None => (None, String::new(), String::new()),
        Some(planned) => (Some(instant(planned.at)), planned.wall, planned.zone),
    };
    dto::FormerTimeView {
        delivery: time.delivery.to_string(),
        at,
        wall,
        zone,
        nudged_at: instant_or_none(time.nudged_at),
        missed_at: instant_or_none(time.missed_at),
        keeps_no_date: time.keeps_no_date,
        parked: parked.map(|(id, code, note)| dto::ParkedBefore { id: id.to_string(), code, note }),
    }
}

pub(crate) fn sent_back(sent: SentBack) -> dto::SentBack {
    let ids = sent.moved.iter().map(ContentId::to_string).collect();
    dto::SentBack { ids, times: sent.times.into_iter().map(placement).collect() }
}

fn placement(one: Placement) -> dto::SchedulePlacement {
    let at = one.at.map(|when| match when {
        When::Instant(at) => instant(at),
        When::Wall(wall) => wall.to_string(),
    });
    dto::SchedulePlacement { id: one.content.to_string(), at }
}

pub(crate) fn guarded(one: Guarded) -> dto::GuardedArticle {
    dto::GuardedArticle {
        id: one.content.to_string(),
        title: one.title,
        due: instant(one.due),
        outcome: one.outcome.to_string(),
        to: one.to.map(instant),
    }
}

/// What a zone made of a time, as the border has it.
pub(crate) fn shift(fit: Fit) -> String {
    match fit {
        Fit::Exact => "none",
        Fit::Skipped => "gap",
        Fit::Repeated => "overlap",
    }
    .to_owned()
}

pub(crate) fn entry(row: CalendarRow) -> dto::CalendarEntry {
    let wall = row.at.map(|at| Zone::named(&row.zone).wall(at).to_string());
    dto::CalendarEntry {
        id: row.content.to_string(),
        title: row.title,
        site_id: row.site.to_string(),
        site: row.site_name,
        content_type: row.content_type.to_string(),
        state: row.state.to_string(),
        at: row.at.map(instant),
        wall,
        zone: row.zone,
        is_handed_over: row.handed_for.is_some(),
        is_unsent: row.is_unsent,
        code: row.error_code,
        external_url: (!row.external_url.is_empty()).then_some(row.external_url),
    }
}
