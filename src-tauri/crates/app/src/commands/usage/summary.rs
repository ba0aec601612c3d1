//! The usage page's numbers, all of one moment: they are taken in one read, and every one of them is a sum over the same
//! records within the same instants.

use super::anomalies;
use crate::dto::usage as dto;
use crate::view::{instant, usage as view};
use igny8_core::id::SiteId;
use igny8_core::money::{Credits, Usd};
use igny8_core::time::UtcMs;
use igny8_core::usage::calendar::{Calendar, Period, Slot};
use igny8_core::usage::projection::{RECENT_DAYS, at_month_pace, at_recent_pace};
use igny8_engine::settings;
use igny8_store::table::usage::UsageFigures;
use igny8_store::table::usage::breakdown::{ArticleGroup, Dimension, ModelName, Span, UsageGroup};
use igny8_store::{Read, StoreError};

/// Most days a series has points for; a longer one has months.
const SERIES_DAYS_MAX: usize = 400;
/// Dearest articles that are shown.
const ARTICLES_SHOWN: usize = 20;
/// Articles and operations that are looked at for what stands out: the dearest and the newest. Beyond it an average no
/// longer moves.
const SAMPLE_MAX: u32 = 10_000;

const DAY_MS: i64 = 86_400_000;

/// What the page shows; `None` for a site that does not exist.
pub(super) fn read(
    read: &Read<'_>,
    site: Option<SiteId>,
    period: Period,
    now: UtcMs,
) -> Result<Option<dto::UsageSummary>, StoreError> {
    let sites = read.site_names()?;
    if site.is_some_and(|wanted| sites.iter().all(|(id, _)| *id != wanted)) {
        return Ok(None);
    }
    let zone = settings::load(read)?.zone;
    let calendar = Calendar::of(&zone);
    let from = calendar.start(period, now);
    let first = match from {
        Some(first) => first,
        None => read.first_usage_at()?.unwrap_or(now).min(now),
    };
    let (step, slots) = series_slots(&calendar, first, now);
    let span = whole(&slots);
    let points = points(&slots, read.usage_by(&spans(&slots), site, Dimension::Operation)?);
    let totals = points.iter().fold(UsageFigures::default(), |sum, point| sum.plus(&point.figures()));
    let articles = read.usage_by_article(span, site, SAMPLE_MAX)?;
    let operations = read.operation_costs(span, site, SAMPLE_MAX)?;
    let days: Vec<(String, UsageFigures)> = match step {
        dto::SeriesStep::Day => points.iter().map(|point| (point.label.clone(), point.figures())).collect(),
        dto::SeriesStep::Month => Vec::new(),
    };
    Ok(Some(dto::UsageSummary {
        from: from.map(instant),
        until: instant(now),
        totals: view::figures(&totals),
        series_step: step,
        by_operation: slices(read.usage_by(&[span], site, Dimension::Operation)?, |_| String::new()),
        by_model: by_model(&read.usage_by(&[span], site, Dimension::Model)?, &read.model_names()?),
        by_site: slices(read.usage_by(&[span], site, Dimension::Site)?, |key| {
            sites.iter().find(|(id, _)| id.to_string() == key).map(|(_, name)| name.clone()).unwrap_or_default()
        }),
        by_article: articles.iter().take(ARTICLES_SHOWN).map(article).collect(),
        projection: projection(read, &calendar, site, now)?,
        anomalies: anomalies::find(&operations, &articles, &days),
        series: points.iter().map(point).collect(),
        zone,
    }))
}

/// Days from the first instant on, or months when those would be too many.
fn series_slots(calendar: &Calendar, first: UtcMs, now: UtcMs) -> (dto::SeriesStep, Vec<Slot>) {
    let days = calendar.days(first, now);
    if days.len() <= SERIES_DAYS_MAX {
        return (dto::SeriesStep::Day, days);
    }
    (dto::SeriesStep::Month, calendar.months(first, now))
}

fn spans(slots: &[Slot]) -> Vec<Span> {
    slots.iter().map(|slot| Span { from: slot.from, until: slot.until }).collect()
}

/// From the first slot's beginning to the last one's end: what the series sums to is what everything else sums to.
fn whole(slots: &[Slot]) -> Span {
    let ends = slots.first().zip(slots.last());
    ends.map_or(Span { from: UtcMs(0), until: UtcMs(0) }, |(first, last)| Span { from: first.from, until: last.until })
}

/// A slot with what each operation type took of it.
struct Point {
    label: String,
    parts: Vec<UsageGroup>,
}

impl Point {
    fn figures(&self) -> UsageFigures {
        self.parts.iter().fold(UsageFigures::default(), |sum, part| sum.plus(&part.figures))
    }
}

/// Every slot, those without usage too.
fn points(slots: &[Slot], groups: Vec<UsageGroup>) -> Vec<Point> {
    let mut points: Vec<Point> =
        slots.iter().map(|slot| Point { label: slot.label.clone(), parts: Vec::new() }).collect();
    for group in groups {
        if let Some(point) = points.get_mut(group.span as usize) {
            point.parts.push(group);
        }
    }
    points
}

fn point(point: &Point) -> dto::UsagePoint {
    let has_any = |part: &&UsageGroup| part.figures.credits > Credits::ZERO || part.figures.cost > Usd::ZERO;
    let part = |group: &UsageGroup| dto::PointPart {
        operation_type: group.key.clone(),
        credits: group.figures.credits.to_string(),
        cost: group.figures.cost.to_string(),
    };
    dto::UsagePoint {
        day: point.label.clone(),
        figures: view::figures(&point.figures()),
        by_operation: point.parts.iter().filter(has_any).map(part).collect(),
    }
}

fn slices(groups: Vec<UsageGroup>, label: impl Fn(&str) -> String) -> Vec<dto::UsageSlice> {
    let slice = |group: UsageGroup| dto::UsageSlice {
        label: label(&group.key),
        key: group.key,
        provider: String::new(),
        figures: view::figures(&group.figures),
    };
    groups.into_iter().map(slice).collect()
}

/// Rows of the catalogue that are prices of one model are one model.
fn by_model(groups: &[UsageGroup], names: &[ModelName]) -> Vec<dto::UsageSlice> {
    let mut models: Vec<(&ModelName, UsageFigures)> = Vec::new();
    for group in groups {
        let Some(name) = names.iter().find(|name| name.id.to_string() == group.key) else { continue };
        let is_same = |other: &ModelName| other.provider == name.provider && other.model_name == name.model_name;
        match models.iter_mut().find(|(other, _)| is_same(other)) {
            Some((newest, figures)) => {
                *figures = figures.plus(&group.figures);
                *newest = if name.id > newest.id { name } else { newest };
            }
            None => models.push((name, group.figures)),
        }
    }
    models.sort_by_key(|(name, figures)| (std::cmp::Reverse((figures.credits, figures.cost)), name.id));
    let slice = |(name, figures): &(&ModelName, UsageFigures)| dto::UsageSlice {
        key: name.id.to_string(),
        label: name.display_name.clone(),
        provider: name.provider.clone(),
        figures: view::figures(figures),
    };
    models.iter().map(slice).collect()
}

fn article(group: &ArticleGroup) -> dto::UsageSlice {
    dto::UsageSlice {
        key: group.content.to_string(),
        label: group.title.clone(),
        provider: String::new(),
        figures: view::figures(&group.figures),
    }
}

/// Of the calendar month, whatever the period; the formulas stand in [`igny8_core::usage::projection`].
fn projection(
    read: &Read<'_>,
    calendar: &Calendar,
    site: Option<SiteId>,
    now: UtcMs,
) -> Result<dto::UsageProjection, StoreError> {
    let month = calendar.month(now);
    let so_far = Span { from: month.slot.from, until: month.slot.until };
    let lately = Span { from: now.plus_ms(1 - RECENT_DAYS * DAY_MS), until: now.plus_ms(1) };
    let groups = read.usage_by(&[so_far, lately], site, Dimension::Whole)?;
    let sums = |place: u32| groups.iter().find(|group| group.span == place).map(|group| group.figures);
    let (used, recent) = (sums(0).unwrap_or_default(), sums(1).unwrap_or_default());
    let credits = |micro: i64| Credits(micro).to_string();
    let dollars = |nano: i64| Usd(nano).to_string();
    Ok(dto::UsageProjection {
        day_of_month: month.day,
        days_in_month: month.days,
        credits_used: credits(used.credits.0),
        credits_at_month_pace: credits(at_month_pace(used.credits.0, &month.slot, now)),
        credits_at_recent_pace: credits(at_recent_pace(used.credits.0, recent.credits.0, &month.slot, now)),
        cost_used: dollars(used.cost.0),
        cost_at_month_pace: dollars(at_month_pace(used.cost.0, &month.slot, now)),
        cost_at_recent_pace: dollars(at_recent_pace(used.cost.0, recent.cost.0, &month.slot, now)),
        month: month.slot.label,
    })
}
