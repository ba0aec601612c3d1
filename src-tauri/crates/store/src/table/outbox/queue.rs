//! The outbox as a queue: which deliveries may be tried now, whose hands they are in, when the next try may be made, and
//! what a person does about those that wait or are parked. There is one open delivery of an article at most, which takes
//! the article as it stands when it is tried: so edits that come before it are one, and none overtakes another.

use super::{OutboxRow, SET_ASIDE, rows};
use crate::table::column::{changes_one, optional_instant};
use crate::{Read, StoreError, Write};
use igny8_core::id::{ContentId, OutboxId, SiteId};
use igny8_core::outbox::{AT_ONCE_MAX, LONGEST_DELIVERY_WAIT_MS, LONGEST_WAIT_MS, SiteHealth};
use igny8_core::status::DestinationKind;
use igny8_core::time::UtcMs;
use igny8_core::topic::Topic;
use rusqlite::{OptionalExtension, Row, params};
use uuid::Uuid;

/// A delivery that may be tried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// Which.
    pub id: OutboxId,
    /// The article.
    pub content: ContentId,
    /// Where to.
    pub site: SiteId,
    /// What kind of place that is.
    pub kind: DestinationKind,
    /// How it fares.
    pub health: SiteHealth,
}

/// The oldest of each site: more of one site than go out at once would only hide those of others. What is to wait longer
/// than anything waits was told so before the clock was set back.
const DUE: &str = "
  with ready as (
    select o.id, o.content_id, o.site_id, o.created_at, s.kind, coalesce(h.failures, 0) as failures,
      coalesce(h.rests_until, 0) as rests_until,
      row_number() over (partition by o.site_id order by o.created_at, o.id) as place
    from outbox o join site s on s.id = o.site_id left join site_health h on h.site_id = o.site_id
    where o.state in ('pending', 'drafted', 'updated') and o.lease = x''
      and (o.next_try_at <= ?1 or o.next_try_at > ?4)
      and (coalesce(h.rests_until, 0) <= ?1 or h.rests_until > ?2))
  select id, content_id, site_id, kind, failures, rests_until from ready where place <= ?3 order by created_at, id";

const NEXT: &str = "
  select min(max(o.next_try_at, coalesce(h.rests_until, 0)))
  from outbox o left join site_health h on h.site_id = o.site_id
  where o.state in ('pending', 'drafted', 'updated') and o.lease = x''
    and max(o.next_try_at, coalesce(h.rests_until, 0)) > ?1";

impl Read<'_> {
    /// Deliveries that may be tried at `now` and that nobody works on, oldest first, of each site as many as may go out
    /// at once.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn due_outbox(&self, now: UtcMs) -> Result<Vec<Due>, StoreError> {
        let most = i64::try_from(AT_ONCE_MAX).unwrap_or(i64::MAX);
        let mut statement = self.conn.prepare_cached(DUE)?;
        let latest = [LONGEST_WAIT_MS, LONGEST_DELIVERY_WAIT_MS].map(|ms| now.plus_ms(ms).0);
        let found = statement.query_map(params![now.0, latest[0], most, latest[1]], |row| {
            Ok(Due {
                id: OutboxId(row.get::<_, crate::table::UuidColumn>("id")?.0),
                content: ContentId(row.get("content_id")?),
                site: SiteId(row.get("site_id")?),
                kind: crate::table::word(row, "kind")?,
                health: read_health(row)?,
            })
        })?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    /// When the earliest of the deliveries may be tried that have to wait at `now`; `None` when none has to.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn next_outbox_after(&self, now: UtcMs) -> Result<Option<UtcMs>, StoreError> {
        let mut statement = self.conn.prepare_cached(NEXT)?;
        let at: Option<i64> = statement.query_row(params![now.0], |row| row.get(0))?;
        Ok(at.map(UtcMs))
    }

    /// Deliveries to a site that are parked because nobody is let in there, or wait for the keyring; oldest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn locked_out_outbox(&self, site: SiteId) -> Result<Vec<OutboxId>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "select id from outbox
             where state <> 'done' and discarded_from = '' and site_id = ?1
               and (state = 'failed' and error_code in ('auth', 'no_credentials') or error_code glob 'keyring_*')
             order by created_at, id",
        )?;
        let found = statement
            .query_map(params![site.0], |row| Ok(OutboxId(row.get::<_, crate::table::UuidColumn>("id")?.0)))?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    /// One delivery.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for an unknown one.
    pub fn outbox_entry(&self, id: OutboxId) -> Result<OutboxRow, StoreError> {
        let mut statement = self.conn.prepare_cached(rows!("where id = ?1"))?;
        let found = statement.query_row(params![id.as_bytes()], super::read_outbox).optional()?;
        found.ok_or(StoreError::NotFound)
    }

    /// From when on a delivery may be tried; `None` for at once.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn outbox_waits_until(&self, id: OutboxId) -> Result<Option<UtcMs>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "select max(o.next_try_at, coalesce(h.rests_until, 0)) as at
             from outbox o left join site_health h on h.site_id = o.site_id where o.id = ?1",
        )?;
        let at = statement.query_row(params![id.as_bytes()], |row| optional_instant(row, "at")).optional()?;
        Ok(at.flatten())
    }

    /// How a site fares.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn site_health(&self, site: SiteId) -> Result<SiteHealth, StoreError> {
        let mut statement =
            self.conn.prepare_cached("select failures, rests_until from site_health where site_id = ?1")?;
        Ok(statement.query_row(params![site.0], read_health).optional()?.unwrap_or_default())
    }

    /// Whether somebody works on a delivery of an article.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn is_delivery_in_hand(&self, content: ContentId) -> Result<bool, StoreError> {
        let open = "select 1 from outbox where content_id = ?1 and state in ('pending', 'drafted', 'updated') and lease <> x''";
        Ok(self.conn.prepare_cached(open)?.exists(params![content.0])?)
    }
}

impl Write<'_> {
    /// Parks a delivery again that was set aside, with the reason it was parked for. One that has gone further since stays
    /// as it is.
    ///
    /// # Errors
    /// When the file fails.
    pub fn outbox_park_again(&mut self, id: OutboxId, code: &str, note: &str, now: UtcMs) -> Result<(), StoreError> {
        self.conn
            .prepare_cached(
                "update outbox set error_code = ?3, error_note = ?4, discarded_from = '', updated_at = ?5
                 where id = ?1 and state = 'failed' and discarded_from = 'waiting' and error_code = ?2",
            )?
            .execute(params![id.as_bytes(), SET_ASIDE, code, note, now.0])?;
        self.touch(Topic::Publications);
        Ok(())
    }

    /// Takes a delivery in hand and counts the attempt, before its first request. What goes out is this version. False
    /// when it is not open, or somebody works on it.
    ///
    /// # Errors
    /// When the file fails.
    pub fn take_outbox(&mut self, id: OutboxId, by: Uuid, version: u32, now: UtcMs) -> Result<bool, StoreError> {
        self.touch(Topic::Publications);
        changes_one(
            self.conn,
            "update outbox set lease = ?2, attempts = attempts + 1, content_version = ?3, updated_at = ?4
             where id = ?1 and state in ('pending', 'drafted', 'updated') and lease = x''",
            params![id.as_bytes(), by.as_bytes(), version, now.0],
        )
    }

    /// Lets go of a delivery.
    ///
    /// # Errors
    /// When the file fails.
    pub fn let_go_of_outbox(&mut self, id: OutboxId) -> Result<(), StoreError> {
        self.touch(Topic::Publications);
        let free = "update outbox set lease = x'', next_try_at = 0, setbacks = 0, makes_anew = 0 where id = ?1";
        self.conn.prepare_cached(free)?.execute(params![id.as_bytes()])?;
        Ok(())
    }

    /// Lets go of all deliveries that other processes held, and of our own but for those in `held`. Returns how many.
    ///
    /// # Errors
    /// When the file fails.
    pub fn void_deliveries(&mut self, of: Uuid, held: &[OutboxId]) -> Result<u32, StoreError> {
        let held: Vec<String> = held.iter().map(|id| id.0.simple().to_string()).collect();
        let freed = self
            .conn
            .prepare_cached(
                "update outbox set lease = x''
                 where lease <> x'' and (lease <> ?1 or lower(hex(id)) not in (select value from json_each(?2)))",
            )?
            .execute(params![of.as_bytes(), crate::table::column::to_json(&held)?])?;
        if freed > 0 {
            self.touch(Topic::Publications);
        }
        Ok(u32::try_from(freed).unwrap_or(u32::MAX))
    }

    /// A delivery waits: why, with how many setbacks, and until when.
    ///
    /// # Errors
    /// When the file fails.
    pub fn postpone_outbox(
        &mut self,
        id: OutboxId,
        why: (&str, &str),
        setbacks: u32,
        until: UtcMs,
        now: UtcMs,
    ) -> Result<(), StoreError> {
        self.conn
            .prepare_cached(
                "update outbox set lease = x'', error_code = ?2, error_note = ?3, setbacks = ?4, next_try_at = ?5,
                   updated_at = ?6
                 where id = ?1",
            )?
            .execute(params![id.as_bytes(), why.0, why.1, setbacks, until.0, now.0])?;
        self.touch(Topic::Publications);
        Ok(())
    }

    /// Parks all that waits for a site and that nobody works on, or of it the pages or what is no page. Answers whose
    /// deliveries those were.
    ///
    /// # Errors
    /// When the file fails.
    pub fn park_outbox_of(
        &mut self,
        (site, pages): (SiteId, Option<bool>),
        code: &str,
        note: &str,
        now: UtcMs,
    ) -> Result<Vec<ContentId>, StoreError> {
        self.touch(Topic::Publications);
        crate::table::column::ids(
            self.conn,
            "update outbox set state = 'failed', error_code = ?2, error_note = ?3, next_try_at = 0, updated_at = ?4
             where site_id = ?1 and state in ('pending', 'drafted', 'updated') and lease = x''
               and (?5 is null or ?5 = (select content_type = 'page' from content c where c.id = outbox.content_id))
             returning content_id",
            params![site.0, code, note, now.0, pages],
            ContentId,
        )
    }

    /// How a site fares from now on.
    ///
    /// # Errors
    /// When the file fails.
    pub fn set_site_health(&mut self, site: SiteId, health: SiteHealth) -> Result<(), StoreError> {
        if health == SiteHealth::default() {
            self.conn.prepare_cached("delete from site_health where site_id = ?1")?.execute(params![site.0])?;
        } else {
            self.conn
                .prepare_cached(
                    "insert into site_health (site_id, failures, rests_until) values (?1, ?2, ?3)
                     on conflict (site_id) do update set failures = excluded.failures, rests_until = excluded.rests_until",
                )?
                .execute(params![site.0, health.failures, health.rests_until.0])?;
        }
        self.touch(Topic::Publications);
        Ok(())
    }

    /// Somebody asks for a delivery now: one that waits does so no longer than its site rests, and one that was parked or
    /// discarded is taken up where it stopped.
    ///
    /// # Errors
    /// When the file fails.
    pub fn hurry_outbox(&mut self, row: &OutboxRow, makes_anew: bool, now: UtcMs) -> Result<(), StoreError> {
        self.conn
            .prepare_cached(
                "update outbox set
                   state = case when state <> 'failed' then state when remote_id = '' then 'pending' else 'drafted' end,
                   error_code = '', error_note = '', discarded_from = '', next_try_at = 0, setbacks = 0,
                   makes_anew = case when state <> 'failed' and makes_anew = 1 then 1 else ?2 end, updated_at = ?3
                 where id = ?1 and state <> 'done'",
            )?
            .execute(params![row.id.as_bytes(), makes_anew, now.0])?;
        if row.is_discarded {
            self.keep_draft(row.id)?;
        }
        self.touch(Topic::Publications);
        Ok(())
    }

    /// Somebody wants a site to be tried now, whatever it said.
    ///
    /// # Errors
    /// When the file fails.
    pub fn rouse_site(&mut self, site: SiteId) -> Result<(), StoreError> {
        let rouse = "update site_health set rests_until = 0 where site_id = ?1";
        self.conn.prepare_cached(rouse)?.execute(params![site.0])?;
        self.touch(Topic::Publications);
        Ok(())
    }

    /// Takes deliveries out that wait or are parked. A draft that one of them has made is of no use from then on, unless its
    /// post may have been public; anything else it made on the site stays there. Answers which were, and whose.
    ///
    /// # Errors
    /// When the file fails.
    pub fn discard_outbox(&mut self, ids: &[OutboxId], now: UtcMs) -> Result<Vec<(OutboxId, ContentId)>, StoreError> {
        let mut discarded = Vec::with_capacity(ids.len());
        for id in ids {
            let content: Option<i64> = self
                .conn
                .prepare_cached(
                    "update outbox set discarded_from = case state when 'failed' then 'parked' else 'waiting' end,
                       state = 'failed', next_try_at = 0, updated_at = ?2
                     where id = ?1 and state <> 'done' and discarded_from = '' and lease = x'' returning content_id",
                )?
                .query_row(params![id.as_bytes(), now.0], |row| row.get(0))
                .optional()?;
            if let Some(content) = content.map(ContentId) {
                self.content_delivery_discarded(content, now)?;
                self.note_useless_draft(*id, now)?;
                discarded.push((*id, content));
            }
        }
        self.touch(Topic::Publications);
        Ok(discarded)
    }

    /// Undoes [`Write::discard_outbox`] for those that were not asked for again since. Answers which came back.
    ///
    /// # Errors
    /// When the file fails.
    pub fn restore_outbox(&mut self, ids: &[OutboxId], now: UtcMs) -> Result<Vec<OutboxId>, StoreError> {
        let mut restored = Vec::with_capacity(ids.len());
        for id in ids {
            let found: Option<(i64, bool)> = self
                .conn
                .prepare_cached(
                    "select content_id, discarded_from = 'waiting' from outbox
                     where id = ?1 and discarded_from <> '' and state = 'failed'",
                )?
                .query_row(params![id.as_bytes()], |row| Ok((row.get(0)?, row.get(1)?)))
                .optional()?;
            let Some((content, is_waiting)) = found else { continue };
            if !self.content_delivery_restored(ContentId(content), is_waiting, now)? {
                continue;
            }
            self.conn
                .prepare_cached(
                    "update outbox set discarded_from = '', updated_at = ?3,
                       state = case when not ?2 then 'failed' when remote_id = '' then 'pending' else 'drafted' end
                     where id = ?1",
                )?
                .execute(params![id.as_bytes(), is_waiting, now.0])?;
            self.keep_draft(*id)?;
            restored.push(*id);
        }
        self.touch(Topic::Publications);
        Ok(restored)
    }
}

fn read_health(row: &Row<'_>) -> rusqlite::Result<SiteHealth> {
    Ok(SiteHealth { failures: row.get("failures")?, rests_until: UtcMs(row.get("rests_until")?) })
}
