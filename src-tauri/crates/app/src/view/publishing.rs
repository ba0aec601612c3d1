//! How articles go forward by themselves, for the border.

use super::instant;
use super::list::invalid;
use crate::Fault;
use crate::dto::publishing as dto;
use igny8_core::publishing::{PublishingSettings, RhythmKind};
use igny8_core::quality::{Flaw, QualityFloor};
use igny8_core::slots::{Limits, NoSlot};
use igny8_core::time::CalendarDay;
use igny8_core::zone::{ClockTime, Weekdays};
use igny8_engine::planning::{NextFree, Preview};

const DAYS: u32 = 7;

pub(crate) fn settings(settings: &PublishingSettings) -> dto::PublishingSettingsView {
    let PublishingSettings { floor, limits, .. } = settings;
    dto::PublishingSettingsView {
        auto_approve: settings.auto_approve,
        auto_schedule: settings.auto_schedule,
        words_percent: floor.words_percent.into(),
        needs_pictures: floor.needs_pictures,
        needs_meta: floor.needs_meta,
        headings_min: floor.headings_min.into(),
        refuses_same_topic: floor.refuses_same_topic,
        takes_outlines: floor.takes_outlines,
        rhythm: match settings.rhythm {
            RhythmKind::Immediate => dto::RhythmView::Immediate,
            RhythmKind::Interval => dto::RhythmView::Interval,
            RhythmKind::TimeSlots => dto::RhythmView::TimeSlots,
            RhythmKind::Stagger => dto::RhythmView::Stagger,
        },
        every_days: settings.every_days.into(),
        anchor: settings.anchor.to_string(),
        time: settings.time.to_string(),
        days: (0..DAYS).filter(|day| settings.days.bits() & (1 << day) != 0).collect(),
        times: settings.times.iter().map(ToString::to_string).collect(),
        from: settings.from.to_string(),
        until: settings.until.to_string(),
        every_minutes: settings.every_minutes.into(),
        per_day: limits.per_day,
        per_week: limits.per_week,
        per_month: limits.per_month,
        queue_limit: settings.queue_limit,
    }
}

/// The settings that are meant.
///
/// # Errors
/// [`Fault::InvalidField`] for a text that is no time or day, and a number that is none of the kind.
pub(crate) fn settings_of(view: &dto::PublishingSettingsView) -> Result<PublishingSettings, Fault> {
    let time = |text: &str, field| text.parse::<ClockTime>().map_err(|_| invalid(field, "format"));
    let day = |bits: u8, day: &u32| if *day < DAYS { Ok(bits | 1 << day) } else { Err(invalid("days", "range")) };
    let bits = view.days.iter().try_fold(0, day)?;
    Ok(PublishingSettings {
        auto_approve: view.auto_approve,
        auto_schedule: view.auto_schedule,
        floor: QualityFloor {
            words_percent: small(view.words_percent, "wordsPercent")?,
            needs_pictures: view.needs_pictures,
            needs_meta: view.needs_meta,
            headings_min: small(view.headings_min, "headingsMin")?,
            refuses_same_topic: view.refuses_same_topic,
            takes_outlines: view.takes_outlines,
        },
        rhythm: match view.rhythm {
            dto::RhythmView::Immediate => RhythmKind::Immediate,
            dto::RhythmView::Interval => RhythmKind::Interval,
            dto::RhythmView::TimeSlots => RhythmKind::TimeSlots,
            dto::RhythmView::Stagger => RhythmKind::Stagger,
        },
        every_days: small(view.every_days, "everyDays")?,
        anchor: CalendarDay::read(&view.anchor).ok_or_else(|| invalid("anchor", "format"))?,
        time: time(&view.time, "time")?,
        days: Weekdays::of_bits(bits).ok_or_else(|| invalid("days", "range"))?,
        times: view.times.iter().map(|text| time(text, "times")).collect::<Result<_, _>>()?,
        from: time(&view.from, "from")?,
        until: time(&view.until, "until")?,
        every_minutes: small(view.every_minutes, "everyMinutes")?,
        limits: Limits { per_day: view.per_day, per_week: view.per_week, per_month: view.per_month },
        queue_limit: view.queue_limit,
    })
}

/// A number that fits what it is kept as; which of those can be gone by is the domain's to say.
fn small<T: TryFrom<u32>>(number: u32, field: &str) -> Result<T, Fault> {
    number.try_into().map_err(|_| invalid(field, "range"))
}

pub(crate) fn preview(preview: Preview) -> dto::PublishingPreview {
    let times = preview.times.into_iter().map(|(timed, article)| dto::FreeTime {
        at: instant(timed.at),
        wall: timed.wall.to_string(),
        shift: super::schedule::shift(timed.fit),
        article,
    });
    dto::PublishingPreview {
        times: times.collect(),
        is_more: preview.is_more,
        waiting: preview.waiting,
        left_over: preview.left_over,
        is_queue_full: preview.is_queue_full,
        zone: preview.zone,
    }
}

pub(crate) fn next_free(done: NextFree) -> dto::NextFreeView {
    let ended = match done.ended {
        None => "",
        Some(NoSlot::QueueFull) => "queue_full",
        Some(NoSlot::TooFar) => "too_far",
    };
    dto::NextFreeView {
        placed: done.placed.into_iter().map(super::schedule::placed).collect(),
        left: u32::try_from(done.left.len()).unwrap_or(u32::MAX),
        ended: ended.to_owned(),
    }
}

pub(crate) fn flaw(flaw: Flaw) -> dto::FlawView {
    dto::FlawView { flaw: flaw.flaw.to_string(), has: flaw.has, wants: flaw.wants, other: flaw.other }
}
