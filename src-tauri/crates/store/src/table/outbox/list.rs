//! The outbox by pages: what is on its way, what waits, and what is parked until a person has done something. Finished and
//! discarded deliveries are not in it.

use crate::table::list::Page;
use crate::table::{column, timeline};
use crate::{Read, StoreError};
use igny8_core::id::{ContentId, OutboxId, SiteId};
use igny8_core::outbox::{DeliveryGoal, OutboxPlace};
use igny8_core::time::UtcMs;
use rusqlite::{Row, params};

/// What the outbox is narrowed to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OutboxFilter {
    /// One site.
    pub site: Option<SiteId>,
    /// These places; an empty list means all.
    pub places: Vec<OutboxPlace>,
}

/// A delivery in the outbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutboxEntry {
    /// Which.
    pub id: OutboxId,
    /// The article.
    pub content: ContentId,
    /// Its title.
    pub title: String,
    /// Where to.
    pub site: SiteId,
    /// Where it stands.
    pub place: OutboxPlace,
    /// What the site is to make of the article.
    pub goal: DeliveryGoal,
    /// The site has the article in an older state.
    pub is_update: bool,
    /// Something of it is on the site that nobody sees: a draft.
    pub has_draft: bool,
    /// How often it was tried.
    pub attempts: u32,
    /// Why it did not arrive; empty before the first failure.
    pub error_code: String,
    /// What the site said beside it; empty otherwise.
    pub error_note: String,
    /// From when on it may be tried; absent for at once, and for what is parked.
    pub next_try_at: Option<UtcMs>,
    /// When it was asked for.
    pub created_at: UtcMs,
}

/// What is in the outbox, and where it stands.
macro_rules! entries {
    () => {
        "with entry as (
           select o.id, o.content_id, c.title, o.site_id, o.attempts, o.error_code, o.error_note, o.created_at,
             case when c.delivery = 'scheduled' and c.handed_for > 0 and s.hand_over = 'computer' and c.scheduled_wall <> ''
               then 'take_back' when c.delivery = 'scheduled' then 'hand_over' when c.status = 'approved' and c.delivery <> 'not_published'
               then 'publish' when c.handed_for > 0 then 'take_back' else 'publish' end as goal,
             c.published_at > 0 as is_update, c.published_at = 0 and o.remote_id <> '' as has_draft,
             case when o.state = 'failed' then 'parked' when o.lease <> x'' then 'in_hand'
               when o.error_code = '' then 'queued' else 'waiting' end as place,
             case when o.state = 'failed' then 0 else max(o.next_try_at, coalesce(h.rests_until, 0)) end as next_try_at
           from outbox o join content c on c.id = o.content_id and c.removed_at = 0
             and (c.status = 'approved' or c.handed_for > 0)
             join site s on s.id = o.site_id and s.removed_at = 0
             left join site_health h on h.site_id = o.site_id
           where o.state in ('pending', 'drafted', 'updated') or (o.state = 'failed' and o.discarded_from = ''))"
    };
}

const PAGE: &str = concat!(
    entries!(),
    " select * from entry
      where (created_at, id) < (?1, ?2) and (?3 is null or site_id = ?3)
        and (?4 = '[]' or place in (select value from json_each(?4)))
      order by created_at desc, id desc limit ?5"
);

const COUNT: &str = concat!(
    entries!(),
    " select count(*) from entry
      where (?1 is null or site_id = ?1) and (?2 = '[]' or place in (select value from json_each(?2)))"
);

impl Read<'_> {
    /// A page of the outbox, newest first. `cursor` is the page before's `next_cursor`.
    ///
    /// # Errors
    /// [`StoreError::BadQuery`] for a cursor of another list.
    pub fn outbox_page(
        &self,
        filter: &OutboxFilter,
        cursor: Option<&str>,
        limit: u32,
    ) -> Result<Page<OutboxEntry>, StoreError> {
        let start = timeline::start::<OutboxId>(cursor)?;
        let places = timeline::words(filter.places.iter().map(|place| place.as_str()));
        let after: &[u8] = start.id.as_ref().map_or(&[], |id| id.as_bytes());
        let mut statement = self.conn.prepare_cached(PAGE)?;
        let site = filter.site.map(|site| site.0);
        let rows = statement
            .query_map(params![start.at, after, site, places, timeline::rows_asked(limit)], read_entry)?
            .collect::<Result<_, _>>()?;
        timeline::page(&start, rows, limit, || self.outbox_count(filter), |row| (row.created_at, row.id))
    }

    /// How many deliveries match.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn outbox_count(&self, filter: &OutboxFilter) -> Result<u32, StoreError> {
        let places = timeline::words(filter.places.iter().map(|place| place.as_str()));
        let mut statement = self.conn.prepare_cached(COUNT)?;
        Ok(statement.query_row(params![filter.site.map(|site| site.0), places], |row| row.get(0))?)
    }
}

fn read_entry(row: &Row<'_>) -> rusqlite::Result<OutboxEntry> {
    Ok(OutboxEntry {
        id: OutboxId(row.get::<_, crate::table::UuidColumn>("id")?.0),
        content: ContentId(row.get("content_id")?),
        title: row.get("title")?,
        site: SiteId(row.get("site_id")?),
        place: crate::table::word(row, "place")?,
        goal: crate::table::word(row, "goal")?,
        is_update: row.get("is_update")?,
        has_draft: row.get("has_draft")?,
        attempts: row.get("attempts")?,
        error_code: row.get("error_code")?,
        error_note: row.get("error_note")?,
        next_try_at: column::optional_instant(row, "next_try_at")?,
        created_at: UtcMs(row.get("created_at")?),
    })
}
