//! Automation for the border, both ways.

use super::{figure, instant, instant_or_none};
use crate::Fault;
use crate::dto::automation as dto;
use crate::view::list::invalid;
use igny8_core::automation::{Automation, CatchUp, Frequency, RunStage, Schedule, StageRules};
use igny8_core::inbox::Need;
use igny8_core::money::Credits;
use igny8_store::table::inbox::NeedRow;
use igny8_store::table::run::{RunRow, RunStageRow, RunSummary};
use igny8_store::table::run_event::{RunEvent, RunItem};

/// Days of a week.
const WEEK: u32 = 7;

pub(crate) fn fields(chosen: &Automation, goes_on_by_itself: bool) -> dto::AutomationFields {
    let Schedule { frequency, minute_of_day, zone, weekdays, month_day, catch_up } = &chosen.schedule;
    dto::AutomationFields {
        is_enabled: chosen.is_enabled,
        frequency: match frequency {
            Frequency::Daily => dto::FrequencyView::Daily,
            Frequency::Weekly => dto::FrequencyView::Weekly,
            Frequency::Monthly => dto::FrequencyView::Monthly,
        },
        time: format!("{:02}:{:02}", minute_of_day / 60, minute_of_day % 60),
        zone: zone.clone(),
        weekdays: (1..=WEEK).filter(|day| weekdays & (1 << (day - 1)) > 0).collect(),
        month_day: u32::from(*month_day),
        catch_up: match catch_up {
            CatchUp::Skip => dto::CatchUpView::Skip,
            CatchUp::Latest => dto::CatchUpView::Latest,
            CatchUp::Spaced => dto::CatchUpView::Spaced,
        },
        within_delay_s: chosen.within_delay_s,
        between_delay_s: chosen.between_delay_s,
        credits_max: chosen.credits_max.map(|most| most.to_string()),
        goes_on_by_itself,
        stages: RunStage::ALL
            .iter()
            .map(|stage| {
                let StageRules { is_on, batch, most, share } = chosen.of(*stage);
                dto::StageRulesView { stage: stage.to_string(), is_on, batch, most, share }
            })
            .collect(),
    }
}

/// What a person has chosen; whether it can be is the engine's to say.
///
/// # Errors
/// [`Fault::InvalidField`] for what is no time, day, amount or stage.
pub(crate) fn chosen(fields: &dto::AutomationFields) -> Result<Automation, Fault> {
    let mut weekdays = 0_u8;
    for day in &fields.weekdays {
        if !(1..=WEEK).contains(day) {
            return Err(invalid("weekdays", "range"));
        }
        weekdays |= 1 << (day - 1);
    }
    let credits = |text: &String| Credits::parse(text).map_err(|_| invalid("creditsMax", "format"));
    let mut stages = std::collections::BTreeMap::new();
    for rules in &fields.stages {
        let stage: RunStage = rules.stage.parse().map_err(|_| invalid("stages", "unknown"))?;
        let dto::StageRulesView { is_on, batch, most, share, .. } = *rules;
        stages.insert(stage, StageRules { is_on, batch, most, share });
    }
    Ok(Automation {
        is_enabled: fields.is_enabled,
        schedule: Schedule {
            frequency: match fields.frequency {
                dto::FrequencyView::Daily => Frequency::Daily,
                dto::FrequencyView::Weekly => Frequency::Weekly,
                dto::FrequencyView::Monthly => Frequency::Monthly,
            },
            minute_of_day: minute(&fields.time)?,
            zone: fields.zone.trim().to_owned(),
            weekdays,
            month_day: u8::try_from(fields.month_day).map_err(|_| invalid("monthDay", "range"))?,
            catch_up: match fields.catch_up {
                dto::CatchUpView::Skip => CatchUp::Skip,
                dto::CatchUpView::Latest => CatchUp::Latest,
                dto::CatchUpView::Spaced => CatchUp::Spaced,
            },
        },
        within_delay_s: fields.within_delay_s,
        between_delay_s: fields.between_delay_s,
        credits_max: fields.credits_max.as_ref().map(credits).transpose()?,
        stages,
    })
}

/// Minutes since midnight of `HH:MM`.
fn minute(time: &str) -> Result<u16, Fault> {
    let bad = || invalid("time", "format");
    let (hours, minutes) = time.trim().split_once(':').ok_or_else(bad)?;
    let number = |part: &str, most: u16| part.parse::<u16>().ok().filter(|number| *number <= most).ok_or_else(bad);
    Ok(number(hours, 23)? * 60 + number(minutes, 59)?)
}

pub(crate) fn run(summary: &RunSummary) -> dto::RunRow {
    let RunSummary { row, totals, has_open_work } = summary;
    dto::RunRow {
        id: row.id.to_string(),
        site_id: row.site.to_string(),
        state: state(row, *has_open_work),
        trigger: row.trigger.to_string(),
        stage: row.stage.map(|stage| stage.to_string()).unwrap_or_default(),
        stopped_code: if row.paused_code.is_empty() { &row.stopped_code } else { &row.paused_code }.clone(),
        estimate: row.estimate.to_string(),
        units_done: totals.units_done,
        units_failed: totals.units_failed,
        articles: totals.articles,
        images: totals.images,
        credits: totals.credits.to_string(),
        cost: totals.cost.to_string(),
        created_at: instant(row.created_at),
        ended_at: instant_or_none(row.ended_at),
        still_since: instant_or_none(if row.paused_at.0 > 0 { row.paused_at } else { row.interrupted_at }),
        still_ms: figure(row.still_ms),
    }
}

fn state(row: &RunRow, has_open_work: bool) -> dto::RunState {
    match (row.ended_at.0 > 0, row.stopped_code.as_str()) {
        (true, "") => dto::RunState::Completed,
        (true, "cancelled") if has_open_work => dto::RunState::Cancelling,
        (true, "cancelled") => dto::RunState::Cancelled,
        (true, _) => dto::RunState::Stopped,
        (false, _) if row.paused_at.0 > 0 => dto::RunState::Paused,
        (false, _) if row.interrupted_at.0 > 0 => dto::RunState::Interrupted,
        (false, _) => dto::RunState::Running,
    }
}

pub(crate) fn stage(row: &RunStageRow) -> dto::RunStageView {
    dto::RunStageView {
        stage: row.stage.to_string(),
        is_on: row.is_on,
        waiting: row.waiting,
        expected: row.expected,
        taken: row.taken,
        ended: row.ended,
        failed: row.failed,
        made: row.made,
        credits: row.credits.to_string(),
        cost: row.cost.to_string(),
        began_at: instant_or_none(row.began_at),
        ended_at: instant_or_none(row.ended_at),
    }
}

pub(crate) fn event(event: RunEvent) -> dto::RunEventRow {
    dto::RunEventRow {
        id: event.id.to_string(),
        at: instant(event.at),
        kind: event.kind.to_string(),
        stage: event.stage.map(|stage| stage.to_string()).unwrap_or_default(),
        item: event.item,
        items: event.items,
        code: event.code,
        credits: event.credits.to_string(),
    }
}

pub(crate) fn item(item: RunItem) -> dto::RunItemView {
    dto::RunItemView { name: item.name, items: item.items, code: item.code }
}

pub(crate) fn need(row: NeedRow) -> dto::NeedRow {
    dto::NeedRow {
        need: match row.need {
            Need::Model => dto::NeedView::Model,
            Need::Connection => dto::NeedView::Connection,
            Need::Interrupted => dto::NeedView::Interrupted,
            Need::Paused => dto::NeedView::Paused,
            Need::Conflict => dto::NeedView::Conflict,
            Need::Missed => dto::NeedView::Missed,
            Need::Parked => dto::NeedView::Parked,
            Need::RunMissed => dto::NeedView::RunMissed,
            Need::TaskFailed => dto::NeedView::TaskFailed,
            Need::ImageFailed => dto::NeedView::ImageFailed,
            Need::Review => dto::NeedView::Review,
        },
        id: row.id,
        title: row.title,
        code: row.code,
        flaws: row.flaws.into_iter().map(super::publishing::flaw).collect(),
        at: instant(row.at),
    }
}
