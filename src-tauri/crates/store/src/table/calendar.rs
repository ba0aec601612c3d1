//! The calendar: what is public, what has a time, and what waits for one, in one query that pages and lists share. How an
//! article stands is worked out here from what is stored and from the time, so that no two places can see it differently.

#[cfg(test)]
mod tests;

use super::column::{optional_instant, to_json};
use super::timeline;
use crate::{Read, StoreError};
use igny8_core::id::{ContentId, SiteId};
use igny8_core::schedule::CalendarState;
use igny8_core::status::ContentType;
use igny8_core::time::UtcMs;
use rusqlite::{Row, params};

/// Most entries of one answer: a month of fifty sites that publish daily, and more than a screen shows.
pub const CALENDAR_ROWS_MAX: u32 = 2_000;

/// What SQLite takes for no limit.
const NO_LIMIT: i64 = -1;

/// What the calendar is narrowed to. An empty list means all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CalendarFilter {
    /// Sites.
    pub sites: Vec<SiteId>,
    /// From this instant on; what has no time is always in it.
    pub from: Option<UtcMs>,
    /// Up to this instant, which is not in it.
    pub until: Option<UtcMs>,
    /// How articles stand.
    pub states: Vec<CalendarState>,
    /// Kinds of pages.
    pub content_types: Vec<ContentType>,
}

/// An article in the calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarRow {
    /// The article.
    pub content: ContentId,
    /// Its title.
    pub title: String,
    /// Its site.
    pub site: SiteId,
    /// The site's name.
    pub site_name: String,
    /// IANA zone of the site.
    pub zone: String,
    /// Kind of page.
    pub content_type: ContentType,
    /// How it stands.
    pub state: CalendarState,
    /// When it became public or is to; absent without a time.
    pub at: Option<UtcMs>,
    /// The time as it was chosen; empty where nobody here chose it.
    pub wall: String,
    /// The zone that is meant in.
    pub wall_zone: String,
    /// For when its site has it as a post of the future; absent when it does not.
    pub handed_for: Option<UtcMs>,
    /// Its site does not have it yet as it stands here.
    pub is_unsent: bool,
    /// Why its last delivery is parked; empty when none is.
    pub error_code: String,
    /// Its address, once it is public.
    pub external_url: String,
}

/// Dated ones first, then what has no time. Each part walks an index of its own.
const ENTRIES: &str = "
  with hit as (
    select id from content
    where scheduled_publish_at > 0 and scheduled_publish_at >= ?2 and scheduled_publish_at < ?3 and removed_at = 0
      and public_at = 0 and is_imported = 0
    union all
    select id from content
    where public_at > 0 and public_at >= ?2 and public_at < ?3 and removed_at = 0 and is_imported = 0
    union all
    select c.id from site s cross join content c on c.site_id = s.id and c.status = 'approved'
    where s.removed_at = 0 and c.delivery in ('not_published', 'publishing', 'failed') and c.removed_at = 0
      and c.scheduled_publish_at = 0 and c.public_at = 0 and c.is_imported = 0
    union all
    select c.id from site s cross join content c on c.site_id = s.id and c.status = 'review'
    where s.removed_at = 0 and c.removed_at = 0 and c.scheduled_publish_at = 0 and c.public_at = 0
      and c.is_imported = 0
  ), entry as (
    select c.id as id, c.title as title, c.site_id as site_id, s.name as site_name, s.zone as zone,
      c.content_type as content_type, c.scheduled_wall as wall, c.scheduled_zone as wall_zone,
      c.handed_for as handed_for, c.external_url as external_url,
      case when c.public_at > 0 then c.public_at else c.scheduled_publish_at end as at,
      case when c.public_at > 0 then 'published' when c.status = 'review' then 'review'
        when c.delivery = 'failed' then 'failed'
        when c.delivery = 'publishing' then 'publishing' when c.delivery = 'not_published' then 'unscheduled'
        when c.missed_at > 0 then 'missed' when c.scheduled_publish_at <= ?1 then 'awaiting_proof'
        else 'scheduled' end as state,
      case when c.public_at > 0 then max(c.updated_at, coalesce((select max(i.updated_at) from image i
            where i.content_id = c.id and i.removed_at = 0), 0)) > c.published_at
        when c.delivery <> 'scheduled' then c.handed_for > 0
        when c.handed_for = 0 and (s.kind <> 'wordpress' or s.hand_over <> 'wordpress') then 0
        when s.hand_over = 'computer' and c.scheduled_wall <> '' then c.handed_for > 0
        else c.handed_for <> c.scheduled_publish_at or max(c.updated_at, coalesce((select max(i.updated_at) from image i
            where i.content_id = c.id and i.removed_at = 0), 0)) > c.handed_at end as is_unsent,
      coalesce((select case when o.state = 'failed' and o.discarded_from = '' then o.error_code else '' end
        from outbox o where o.content_id = c.id order by o.created_at desc, o.id desc limit 1), '') as error_code
    from hit cross join content c on c.id = hit.id join site s on s.id = c.site_id and s.removed_at = 0
    where (?4 = '[]' or c.site_id in (select value from json_each(?4)))
      and (?6 = '[]' or c.content_type in (select value from json_each(?6)))
  )
  select * from entry where ?5 = '[]' or state in (select value from json_each(?5))
  order by at = 0, at, id limit ?7";

impl Read<'_> {
    /// What is in the calendar, as it stands at `now`: dated articles in the order of their times, then those without one.
    /// The answer says whether there are more than [`CALENDAR_ROWS_MAX`].
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn calendar(&self, filter: &CalendarFilter, now: UtcMs) -> Result<(Vec<CalendarRow>, bool), StoreError> {
        let mut rows = self.calendar_rows(filter, now, i64::from(CALENDAR_ROWS_MAX) + 1)?;
        let is_cut = rows.len() > CALENDAR_ROWS_MAX as usize;
        rows.truncate(CALENDAR_ROWS_MAX as usize);
        Ok((rows, is_cut))
    }

    /// As [`Self::calendar`], all of it, for files.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn calendar_whole(&self, filter: &CalendarFilter, now: UtcMs) -> Result<Vec<CalendarRow>, StoreError> {
        self.calendar_rows(filter, now, NO_LIMIT)
    }

    fn calendar_rows(&self, filter: &CalendarFilter, now: UtcMs, limit: i64) -> Result<Vec<CalendarRow>, StoreError> {
        let sites: Vec<i64> = filter.sites.iter().map(|site| site.0).collect();
        let mut statement = self.conn.prepare_cached(ENTRIES)?;
        let rows = statement.query_map(
            params![
                now.0,
                filter.from.unwrap_or(UtcMs(0)).0,
                filter.until.unwrap_or(UtcMs(i64::MAX)).0,
                to_json(&sites)?,
                timeline::words(filter.states.iter().map(|state| state.as_str())),
                timeline::words(filter.content_types.iter().map(|kind| kind.as_str())),
                limit,
            ],
            read_entry,
        )?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

fn read_entry(row: &Row<'_>) -> rusqlite::Result<CalendarRow> {
    Ok(CalendarRow {
        content: ContentId(row.get("id")?),
        title: row.get("title")?,
        site: SiteId(row.get("site_id")?),
        site_name: row.get("site_name")?,
        zone: row.get("zone")?,
        content_type: super::word(row, "content_type")?,
        state: super::word(row, "state")?,
        at: optional_instant(row, "at")?,
        wall: row.get("wall")?,
        wall_zone: row.get("wall_zone")?,
        handed_for: optional_instant(row, "handed_for")?,
        is_unsent: row.get("is_unsent")?,
        error_code: row.get("error_code")?,
        external_url: row.get("external_url")?,
    })
}
