//! What is due, and what a site does not have yet as it stands here: the two questions that whoever publishes at the times
//! of the calendar asks again and again. Each walks an index of its own.

use crate::table::column::{changes_one, instant, optional_instant};
use crate::{Read, StoreError, Write};
use igny8_core::id::{ContentId, SiteId};
use igny8_core::time::UtcMs;
use igny8_core::topic::Topic;
use rusqlite::{Row, params};

/// An article whose time has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DueRow {
    /// The article.
    pub content: ContentId,
    /// Its title.
    pub title: String,
    /// Its site.
    pub site: SiteId,
    /// Its time.
    pub due: UtcMs,
    /// For when its site has it as a post of the future; absent when it does not.
    pub handed_for: Option<UtcMs>,
    /// Its site was poked since.
    pub nudged_at: Option<UtcMs>,
}

const DUE: &str = "
  select c.id, c.title, c.site_id, c.scheduled_publish_at, c.handed_for, c.nudged_at
  from content c join site s on s.id = c.site_id and s.removed_at = 0
  where c.scheduled_publish_at > 0 and c.scheduled_publish_at <= ?1 and c.removed_at = 0 and c.delivery = 'scheduled'
    and c.missed_at = 0 and (?2 is null or c.site_id = ?2)
    and not exists (select 1 from outbox o where o.content_id = c.id and o.state in ('pending', 'drafted', 'updated')
      and o.lease <> x'')
  order by c.scheduled_publish_at, c.id";

/// The newest delivery of an article that asks for nothing more: none, or one that came to its end.
macro_rules! nothing_is_asked {
    () => {
        "coalesce((select case when o.discarded_from <> '' and o.error_code = 'set_aside' then 'done' else o.state end
           from outbox o where o.content_id = c.id order by o.created_at desc, o.id desc limit 1), 'done') = 'done'"
    };
}

const UNSENT: &str = concat!(
    "select c.id from content c join site s on s.id = c.site_id and s.removed_at = 0
     where c.scheduled_publish_at > ?1 and c.scheduled_publish_at > 0 and c.removed_at = 0 and c.delivery = 'scheduled'
       and c.status = 'approved' and (c.handed_for > 0 or (s.kind = 'wordpress' and s.hand_over = 'wordpress'))
       and (c.handed_for <> c.scheduled_publish_at or (s.hand_over = 'computer' and c.scheduled_wall <> '')
         or max(c.updated_at, coalesce((select max(i.updated_at) from image i
           where i.content_id = c.id and i.removed_at = 0), 0)) > c.handed_at)
       and ",
    nothing_is_asked!(),
    " union all
     select c.id from content c join site s on s.id = c.site_id and s.removed_at = 0
     where c.handed_for > 0 and c.removed_at = 0 and c.delivery = 'not_published' and ",
    nothing_is_asked!()
);

/// Publications that are looked through for one of the last minutes: they are numbered in their order, and no site takes more
/// in that time.
const NEWEST_PUBLICATIONS: i64 = 1_000;
const GOING_OUT: &str = "select exists (
     select 1 from outbox o join content c on c.id = o.content_id
     where o.state in ('pending', 'drafted', 'updated') and o.site_id = ?1 and c.delivery = 'publishing')
   or exists (
     select 1 from publication p where p.id > (select coalesce(max(id), 0) from publication) - ?4
       and p.site_id = ?1 and p.kind = 'published' and p.at > ?2 and p.at <= ?3)";

impl Read<'_> {
    /// Articles whose time has come and about which nothing is decided, in the order of their times: of a site, or of all.
    /// Those that somebody works on are left out.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn due_contents(&self, site: Option<SiteId>, now: UtcMs) -> Result<Vec<DueRow>, StoreError> {
        let mut statement = self.conn.prepare_cached(DUE)?;
        let rows = statement.query_map(params![now.0, site.map(|site| site.0)], read_due)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Whether an article of a site is on its way out, or went out after `since` and not after `now`.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn is_any_going_out(&self, site: SiteId, since: UtcMs, now: UtcMs) -> Result<bool, StoreError> {
        let mut statement = self.conn.prepare_cached(GOING_OUT)?;
        Ok(statement.query_row(params![site.0, since.0, now.0, NEWEST_PUBLICATIONS], |row| row.get(0))?)
    }

    /// When the next article comes due; `None` when none has a time to come.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn next_due_after(&self, now: UtcMs) -> Result<Option<UtcMs>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "select min(scheduled_publish_at) from content
             where scheduled_publish_at > ?1 and scheduled_publish_at > 0 and removed_at = 0",
        )?;
        let at: Option<i64> = statement.query_row(params![now.0], |row| row.get(0))?;
        Ok(at.map(UtcMs))
    }

    /// Articles of which their sites are to have something else than they have, and for which nothing is asked yet: those
    /// that go out later than `soon`, those that were taken back, and those that this computer publishes by now, at a time
    /// that was chosen here.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn unsent_contents(&self, soon: UtcMs) -> Result<Vec<ContentId>, StoreError> {
        let mut statement = self.conn.prepare_cached(UNSENT)?;
        let rows = statement.query_map(params![soon.0], |row| row.get(0).map(ContentId))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Write<'_> {
    /// The site has an article as a post of the future, for this instant, as it stood here at `begun`.
    ///
    /// # Errors
    /// When the file fails.
    pub fn content_handed_over(&mut self, content: ContentId, at: UtcMs, begun: UtcMs) -> Result<(), StoreError> {
        self.conn
            .prepare_cached("update content set handed_for = ?2, handed_at = ?3 where id = ?1")?
            .execute(params![content.0, at.0, begun.0])?;
        self.touch(Topic::Contents);
        Ok(())
    }

    /// The site has an article as a post of the future no more.
    ///
    /// # Errors
    /// When the file fails.
    pub fn content_taken_back(&mut self, content: ContentId) -> Result<(), StoreError> {
        self.conn
            .prepare_cached("update content set handed_for = 0, handed_at = 0 where id = ?1")?
            .execute(params![content.0])?;
        self.touch(Topic::Contents);
        Ok(())
    }

    /// The site did not publish an article at its time, and was poked.
    ///
    /// # Errors
    /// When the file fails.
    pub fn content_nudged(&mut self, content: ContentId, now: UtcMs) -> Result<(), StoreError> {
        self.conn
            .prepare_cached("update content set nudged_at = ?2 where id = ?1 and delivery = 'scheduled'")?
            .execute(params![content.0, now.0])?;
        Ok(())
    }

    /// The times of a site's articles that have passed did so while nobody was to keep them: a person is to say what becomes
    /// of each. What the site has for its time is read back there as ever.
    ///
    /// # Errors
    /// When the file fails.
    pub fn contents_passed_over(&mut self, site: SiteId, now: UtcMs) -> Result<(), StoreError> {
        self.conn
            .prepare_cached(
                "update content set missed_at = ?2
                 where site_id = ?1 and delivery = 'scheduled' and handed_for = 0 and missed_at = 0 and removed_at = 0
                   and scheduled_publish_at > 0 and scheduled_publish_at <= ?2",
            )?
            .execute(params![site.0, now.0])?;
        self.touch(Topic::Contents);
        Ok(())
    }

    /// The time of an article has passed without it, and a person is to say what becomes of it. False when that is known, or
    /// it has another time by now.
    ///
    /// # Errors
    /// When the file fails.
    pub fn content_missed(&mut self, content: ContentId, due: UtcMs, now: UtcMs) -> Result<bool, StoreError> {
        self.touch(Topic::Contents);
        changes_one(
            self.conn,
            "update content set missed_at = ?3
             where id = ?1 and delivery = 'scheduled' and scheduled_publish_at = ?2 and missed_at = 0 and removed_at = 0",
            params![content.0, due.0, now.0],
        )
    }
}

fn read_due(row: &Row<'_>) -> rusqlite::Result<DueRow> {
    Ok(DueRow {
        content: ContentId(row.get("id")?),
        title: row.get("title")?,
        site: SiteId(row.get("site_id")?),
        due: instant(row, "scheduled_publish_at")?,
        handed_for: optional_instant(row, "handed_for")?,
        nudged_at: optional_instant(row, "nudged_at")?,
    })
}
