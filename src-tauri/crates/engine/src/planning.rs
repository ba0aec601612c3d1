//! The times that a site's rules give to articles: looked at before anything is kept, and given in the transaction that
//! read the calendar, so that no time is given away twice and no limit is passed, whoever else plans meanwhile.

use crate::forward::settings_of;
use crate::operation::not_found;
use crate::schedule::{Placed, Placement, When, place};
use crate::{Engine, EngineError};
use igny8_core::id::{ContentId, SiteId};
use igny8_core::publishing::PublishingSettings;
use igny8_core::slots::{self, Booked, NoSlot, SlotRules};
use igny8_core::status::Severity;
use igny8_core::time::UtcMs;
use igny8_core::zone::{Timed, Zone};
use igny8_store::table::notification::NewNotification;
use igny8_store::{Read, StoreError, Write};
use std::collections::BTreeMap;

/// Most articles that are given a time at once.
const PLANNED_MAX: u32 = 500;
/// How far a preview looks ahead.
const PREVIEW_MS: i64 = 30 * 24 * 3_600 * 1_000;
/// Most times of a preview; of a rule that has more the first ones are as good as all.
const PREVIEW_MAX: usize = 200;
/// How far back what went out counts: a week or a month that began before now has some of it.
const COUNTS_MS: i64 = 32 * 24 * 3_600 * 1_000;

/// What rules would do in the next thirty days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    /// The free times, each with the title of the article that would get it.
    pub times: Vec<(Timed, Option<String>)>,
    /// There are more of them than are shown.
    pub is_more: bool,
    /// Articles that are approved and have no time.
    pub waiting: u32,
    /// How many of those would get none of these times.
    pub left_over: u32,
    /// As many articles wait for their time as may.
    pub is_queue_full: bool,
    /// The zone whose wall is meant.
    pub zone: String,
}

/// Articles that were given the next free times.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NextFree {
    /// They have one.
    pub placed: Vec<Placed>,
    /// There was none for these.
    pub left: Vec<ContentId>,
    /// Why; absent when all have one.
    pub ended: Option<NoSlot>,
}

impl Engine {
    /// What settings would do for a site in the next thirty days; those that it has when none are given. Nothing is kept.
    ///
    /// # Errors
    /// [`EngineError::InvalidField`] for settings that no article could go out by; [`EngineError::NotFound`].
    pub async fn preview_times(
        &self,
        site: SiteId,
        settings: Option<PublishingSettings>,
    ) -> Result<Preview, EngineError> {
        if let Some(settings) = &settings {
            settings.check().map_err(|bad| EngineError::InvalidField { field: bad.field, rule: bad.rule })?;
        }
        let now = self.clock.now();
        let found = self.store.read(move |r| {
            let settings = match settings {
                Some(settings) => settings,
                None => settings_of(r, site, now)?,
            };
            preview(r, site, &settings, now)
        });
        found.await.map_err(|error| not_found(error, "site"))
    }
}

impl Engine {
    /// Gives articles of a site the next free times by its rules: those named, in their order, or without names all that are
    /// approved and have none. What there is no time for stays as it is.
    ///
    /// # Errors
    /// [`EngineError::NotFound`]; [`EngineError::NotApproved`] and [`EngineError::WrongState`] for an article that can have no
    /// time, and none of them gets one then.
    pub async fn schedule_next_free(
        &self,
        site: SiteId,
        contents: Option<Vec<ContentId>>,
    ) -> Result<NextFree, EngineError> {
        let now = self.clock.now();
        let planned = self.store.write(move |w| {
            let settings = settings_of(w, site, now).map_err(|error| not_found(error, "site"))?;
            let contents = match &contents {
                Some(contents) => contents.clone(),
                None => w.without_date(site, true, PLANNED_MAX)?,
            };
            let planned = give_next_free(w, site, &contents, &settings, now)?;
            tell(w, site, &planned.placed, now)?;
            Ok::<_, EngineError>(planned)
        });
        let planned = planned.await?;
        self.wake_for_times();
        Ok(planned)
    }

    /// Gives what of a site is approved the next free times, where its settings say that this is done without being asked,
    /// and tells of it. Answers how many got one.
    ///
    /// # Errors
    /// When the file fails.
    pub(crate) async fn schedule_by_itself(&self, site: SiteId) -> Result<usize, EngineError> {
        let now = self.clock.now();
        // Nothing is written where nothing is free: it is looked at often.
        if !self.store.read(move |r| has_free_time(r, site, now)).await? {
            return Ok(0);
        }
        let planned = self.store.write_slice(move |w| {
            let settings = settings_of(w, site, now)?;
            if !settings.auto_schedule {
                return Ok(0);
            }
            let contents = w.without_date(site, false, PLANNED_MAX)?;
            let placed = give_next_free(w, site, &contents, &settings, now)?.placed;
            tell(w, site, &placed, now)?;
            Ok::<_, EngineError>(placed.len())
        });
        let count = planned.await?;
        if count > 0 {
            self.wake_for_times();
        }
        Ok(count)
    }
}

/// Gives articles the next free times, inside a transaction: what it counts cannot change meanwhile.
///
/// # Errors
/// As [`Engine::schedule`].
pub(crate) fn give_next_free(
    write: &mut Write<'_>,
    site: SiteId,
    contents: &[ContentId],
    settings: &PublishingSettings,
    now: UtcMs,
) -> Result<NextFree, EngineError> {
    let (zone, booked) = (Zone::named(&write.site(site)?.zone), calendar(write, site, now)?);
    let free = slots::next_free(&settings.rules(), &zone, &booked, now, None, contents.len());
    let placement =
        |(content, timed): (&ContentId, &Timed)| Placement { content: *content, at: Some(When::Instant(timed.at)) };
    let placements: Vec<Placement> = contents.iter().zip(&free.free).map(placement).collect();
    let placed = place(write, &placements, now)?;
    let left = contents.get(placed.len()..).unwrap_or_default().to_vec();
    Ok(NextFree { placed, left, ended: free.ended })
}

/// The next free time by the rules of a site, for what waits already and was missed; nothing where they leave none.
pub(crate) fn next_time(read: &Read<'_>, site: SiteId, now: UtcMs) -> Result<Option<UtcMs>, StoreError> {
    let settings = settings_of(read, site, now)?;
    let (zone, booked) = (Zone::named(&read.site(site)?.zone), calendar(read, site, now)?);
    // It is one of those that wait.
    let rules = SlotRules { queue_limit: 0, ..settings.rules() };
    Ok(slots::next_free(&rules, &zone, &booked, now, None, 1).free.first().map(|timed| timed.at))
}

/// Whether something of a site would be given a time.
fn has_free_time(read: &Read<'_>, site: SiteId, now: UtcMs) -> Result<bool, StoreError> {
    let settings = settings_of(read, site, now)?;
    if !settings.auto_schedule || read.without_date(site, false, 1)?.is_empty() {
        return Ok(false);
    }
    let (zone, booked) = (Zone::named(&read.site(site)?.zone), calendar(read, site, now)?);
    Ok(!slots::next_free(&settings.rules(), &zone, &booked, now, None, 1).free.is_empty())
}

fn tell(write: &mut Write<'_>, site: SiteId, placed: &[Placed], now: UtcMs) -> Result<(), StoreError> {
    let times = || placed.iter().filter_map(|one| one.time.as_ref()).map(|time| time.at);
    let (Some(one), Some(first), Some(last)) = (placed.first(), times().min(), times().max()) else { return Ok(()) };
    let notice = NewNotification {
        notification_type: "content_scheduled".to_owned(),
        severity: Severity::Info,
        site: Some(site),
        operation: None,
        related_type: "site",
        related_id: site.0,
        params: BTreeMap::from([
            ("site", write.site(site)?.name),
            ("title", one.title.clone()),
            ("count", placed.len().to_string()),
            ("first", first.to_rfc3339()),
            ("last", last.to_rfc3339()),
        ]),
        dedupe: format!("content_scheduled:{}:{}", one.content, first.0),
    };
    write.notify(&notice, now).map(drop)
}

/// What is on the calendar of a site, as far as it counts.
pub(crate) fn calendar(read: &Read<'_>, site: SiteId, now: UtcMs) -> Result<Booked, StoreError> {
    read.booked(site, now.plus_ms(-COUNTS_MS))
}

fn preview(read: &Read<'_>, site: SiteId, settings: &PublishingSettings, now: UtcMs) -> Result<Preview, StoreError> {
    let name = read.site(site)?.zone;
    let (zone, booked) = (Zone::named(&name), calendar(read, site, now)?);
    let waiting = read.without_date(site, false, u32::MAX)?;
    let mut rules = settings.rules();
    let room = match rules.queue_limit {
        0 => usize::MAX,
        most => usize::try_from(most.saturating_sub(booked.waiting)).unwrap_or(usize::MAX),
    };
    // All times are shown, and how many of them are filled is another thing.
    rules.queue_limit = 0;
    let until = Some(now.plus_ms(PREVIEW_MS));
    let mut free = slots::next_free(&rules, &zone, &booked, now, until, PREVIEW_MAX + 1);
    let is_more = free.free.len() > PREVIEW_MAX;
    free.free.truncate(PREVIEW_MAX);
    let filled = waiting.len().min(room).min(free.free.len());
    let titles = read.contents(waiting.get(..filled).unwrap_or_default())?.into_iter().map(|row| Some(row.title));
    let titles = titles.chain(std::iter::repeat(None));
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    Ok(Preview {
        times: free.free.into_iter().zip(titles).collect(),
        is_more,
        waiting: count(waiting.len()),
        left_over: count(waiting.len() - filled),
        is_queue_full: waiting.len() > room,
        zone: name,
    })
}
