//! The outbox: intended deliveries and how far each is, written before anything is sent. What a step made on the site
//! is stored in the same commit as the step, so that a delivery that was cut off goes on by id and makes nothing twice.
//! A finished delivery leaves a publication with its receipt.

mod copied;
mod discarded;
mod list;
mod queue;
#[cfg(test)]
mod tests;

pub use list::{OutboxEntry, OutboxFilter};
pub use queue::Due;

use super::column::to_json;
use super::receipt::ReceiptRow;
use crate::{Read, StoreError, Write};
use igny8_core::id::{ContentId, ImageId, OutboxId, PublicationId, SiteId};
use igny8_core::port::destination::RemoteMedia;
use igny8_core::schedule::ProofKind;
use igny8_core::time::UtcMs;
use igny8_core::topic::Topic;
use rusqlite::{OptionalExtension, Row, params};
use std::collections::BTreeMap;

/// The code of a delivery that was set aside, and is taken up again by whoever asks for its article.
const SET_ASIDE: &str = "set_aside";

/// A delivery under way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutboxRow {
    /// Id, made before the first step.
    pub id: OutboxId,
    /// The article.
    pub content: ContentId,
    /// Where to.
    pub site: SiteId,
    /// `pending`, `drafted`, `updated`, `done` or `failed`.
    pub state: OutboxState,
    /// Version that goes out.
    pub content_version: u32,
    /// Our own slug, by which a lost draft is found.
    pub draft_slug: String,
    /// The address it was begun at; empty before the first step.
    pub destination: String,
    /// Id of the post there; empty before the draft.
    pub remote_id: String,
    /// Slugs the post may have there beside the draft's: as the site answered, and as they were sent.
    pub post_slugs: Vec<String>,
    /// Media already there, by image.
    pub placed: BTreeMap<i64, RemoteMedia>,
    /// How often it was tried.
    pub attempts: u32,
    /// Last reason of failure; empty otherwise.
    pub error_code: String,
    /// What the site said beside it; empty otherwise.
    pub error_note: String,
    /// Somebody works on it.
    pub is_in_hand: bool,
    /// Failures that may be the article's own fault since it was last asked for.
    pub setbacks: u32,
    /// A post that is missing on the site is made anew.
    pub makes_anew: bool,
    /// The user took it out.
    pub is_discarded: bool,
}

/// How far a delivery is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutboxState {
    /// Nothing is there yet, as far as we know.
    Pending,
    /// A draft is there.
    Drafted,
    /// Everything was set; the proof is missing.
    Updated,
    /// Read back.
    Done,
    /// Given up until the user retries.
    Failed,
}

/// A finished delivery.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicationRow {
    /// Id.
    pub id: PublicationId,
    /// Id of the post there.
    pub external_id: String,
    /// Its address.
    pub external_url: String,
    /// The version of the text that it proves.
    pub version: u32,
    /// What was read back, field by field.
    pub receipt: Vec<ReceiptRow>,
    /// When it was read back.
    pub at: UtcMs,
}

impl OutboxRow {
    /// Whether the post may have been public at [`OutboxRow::destination`], whatever came of the delivery since: the
    /// update that makes it public was about to leave, and it is what gives a post a slug other than the draft's.
    #[must_use]
    pub fn may_have_been_public(&self) -> bool {
        self.post_slugs.iter().any(|slug| !slug.is_empty() && !slug.starts_with(&self.draft_slug))
    }
}

impl OutboxRow {
    /// Whether it was set aside, to be taken up where it stopped.
    #[must_use]
    pub fn is_set_aside(&self) -> bool {
        self.is_discarded && self.error_code == SET_ASIDE
    }
}

impl OutboxState {
    /// Whether the delivery goes on by itself.
    #[must_use]
    pub const fn is_open(self) -> bool {
        match self {
            Self::Pending | Self::Drafted | Self::Updated => true,
            Self::Done | Self::Failed => false,
        }
    }

    const fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Drafted => "drafted",
            Self::Updated => "updated",
            Self::Done => "done",
            Self::Failed => "failed",
        }
    }
}

/// Reads whole rows.
macro_rules! rows {
    ($which:literal) => {
        concat!(
            "select id, content_id, site_id, state, content_version, draft_slug, destination, remote_id, post_slugs, placed,
               attempts, error_code, error_note, lease, setbacks, makes_anew,
               discarded_from
             from outbox ",
            $which
        )
    };
}
use rows;

impl Read<'_> {
    /// The newest delivery of an article, whatever its state.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn latest_outbox(&self, content: ContentId) -> Result<Option<OutboxRow>, StoreError> {
        let mut statement =
            self.conn.prepare_cached(rows!("where content_id = ?1 order by created_at desc, id desc limit 1"))?;
        Ok(statement.query_row(params![content.0], read_outbox).optional()?)
    }

    /// The newest proof of an article, whatever it is of.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn latest_publication(&self, content: ContentId) -> Result<Option<PublicationRow>, StoreError> {
        self.latest_proof(content, None)
    }

    /// The newest proof of an article that is of this kind.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn latest_proof(
        &self,
        content: ContentId,
        of: Option<ProofKind>,
    ) -> Result<Option<PublicationRow>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "select id, external_id, external_url, content_version, at from publication
             where content_id = ?1 and (?2 is null or kind = ?2) order by id desc limit 1",
        )?;
        let found = statement
            .query_row(params![content.0, of.map(ProofKind::as_str)], |row| {
                Ok(PublicationRow {
                    id: PublicationId(row.get("id")?),
                    external_id: row.get("external_id")?,
                    external_url: row.get("external_url")?,
                    version: row.get("content_version")?,
                    receipt: Vec::new(),
                    at: UtcMs(row.get("at")?),
                })
            })
            .optional()?;
        let proven = |row: PublicationRow| Ok(PublicationRow { receipt: self.receipt_of(row.id)?, ..row });
        found.map(proven).transpose()
    }
}

impl Write<'_> {
    /// Begins a delivery, or goes on with the open one of the same article. It is the newest of its article, also where the
    /// clock was set back since the last one.
    ///
    /// # Errors
    /// When the file fails.
    pub fn open_outbox_entry(
        &mut self,
        id: OutboxId,
        content: ContentId,
        site: SiteId,
        content_version: u32,
        draft_slug: &str,
        now: UtcMs,
    ) -> Result<OutboxRow, StoreError> {
        if let Some(open) = self.latest_outbox(content)?.filter(|row| row.state.is_open()) {
            return Ok(open);
        }
        self.conn
            .prepare_cached(
                "insert into outbox (id, content_id, site_id, state, content_version, draft_slug, created_at, updated_at)
                 values (?1, ?2, ?3, 'pending', ?4, ?5,
                   max(?6, (select coalesce(max(created_at) + 1, 0) from outbox where content_id = ?2)), ?6)",
            )?
            .execute(params![id.as_bytes(), content.0, site.0, content_version, draft_slug, now.0])?;
        self.touch(Topic::Publications);
        self.latest_outbox(content)?.ok_or(StoreError::NotFound)
    }

    /// Begins the delivery of an article that the site has in an older state: to the same post, with the files that are
    /// there already.
    ///
    /// # Errors
    /// When the file fails.
    pub fn follow_outbox_entry(
        &mut self,
        last: &OutboxRow,
        id: OutboxId,
        content_version: u32,
        now: UtcMs,
    ) -> Result<OutboxRow, StoreError> {
        self.conn
            .prepare_cached(
                "insert into outbox (id, content_id, site_id, state, content_version, draft_slug, destination, remote_id,
                   post_slugs, placed, attempts, created_at, updated_at)
                 select ?1, content_id, site_id, case remote_id when '' then 'pending' else 'drafted' end, ?2, draft_slug,
                   destination, remote_id, post_slugs, placed, case remote_id when '' then attempts else 0 end,
                   max(?3, (select max(o.created_at) + 1 from outbox o where o.content_id = outbox.content_id)), ?3
                 from outbox where id = ?4 and state = 'done'",
            )?
            .execute(params![id.as_bytes(), content_version, now.0, last.id.as_bytes()])?;
        self.touch(Topic::Publications);
        self.latest_outbox(last.content)?.ok_or(StoreError::NotFound)
    }

    /// Binds a delivery to the address of the place it is at, or to another place: what was made at the former one stays
    /// there, and the delivery begins anew under the same slugs, which go on saying whether a post of it is public
    /// somewhere. Answers the delivery as it is now.
    ///
    /// # Errors
    /// When the file fails.
    pub fn outbox_bind(
        &mut self,
        row: &OutboxRow,
        destination: &str,
        is_same_place: bool,
        now: UtcMs,
    ) -> Result<OutboxRow, StoreError> {
        let mut bound = OutboxRow { destination: destination.to_owned(), ..row.clone() };
        if !is_same_place {
            bound.state = OutboxState::Pending;
            bound.remote_id = String::new();
            bound.placed = BTreeMap::new();
        }
        self.conn
            .prepare_cached(
                "update outbox set destination = ?2, state = ?3, remote_id = ?4, placed = ?5, updated_at = ?6
                 where id = ?1",
            )?
            .execute(params![
                row.id.as_bytes(),
                bound.destination,
                bound.state.as_str(),
                bound.remote_id,
                to_json(&bound.placed)?,
                now.0,
            ])?;
        Ok(bound)
    }

    /// Lets go of a post that is missing on its site, so that the delivery makes another one. Answers the delivery as it is
    /// now.
    ///
    /// # Errors
    /// When the file fails.
    pub fn outbox_forget_post(&mut self, row: &OutboxRow, now: UtcMs) -> Result<OutboxRow, StoreError> {
        self.conn
            .prepare_cached(
                "update outbox set state = 'pending', remote_id = '', post_slugs = '[]', updated_at = ?2 where id = ?1",
            )?
            .execute(params![row.id.as_bytes(), now.0])?;
        self.touch(Topic::Publications);
        let state = OutboxState::Pending;
        Ok(OutboxRow { state, remote_id: String::new(), post_slugs: Vec::new(), ..row.clone() })
    }

    /// The draft exists under this id and slug.
    ///
    /// # Errors
    /// When the file fails.
    pub fn outbox_drafted(&mut self, id: OutboxId, remote_id: &str, slug: &str, now: UtcMs) -> Result<(), StoreError> {
        self.outbox_may_have_slug(id, slug)?;
        self.step_outbox(id, OutboxState::Drafted, remote_id, now)
    }

    /// From now on the post may have this slug there: the request that sets it is about to leave.
    ///
    /// # Errors
    /// When the file fails.
    pub fn outbox_may_have_slug(&mut self, id: OutboxId, slug: &str) -> Result<(), StoreError> {
        self.conn
            .prepare_cached(
                "update outbox set post_slugs = json_insert(post_slugs, '$[#]', ?2)
                 where id = ?1 and not exists (select 1 from json_each(post_slugs) where value = ?2)",
            )?
            .execute(params![id.as_bytes(), slug])?;
        Ok(())
    }

    /// A file exists there.
    ///
    /// # Errors
    /// When the file fails.
    pub fn outbox_placed(
        &mut self,
        id: OutboxId,
        image: ImageId,
        media: &RemoteMedia,
        now: UtcMs,
    ) -> Result<(), StoreError> {
        let media = serde_json::to_string(media).map_err(|error| StoreError::Statement(error.to_string()))?;
        self.conn
            .prepare_cached(
                "update outbox set placed = json_set(placed, '$.\"' || ?2 || '\"', json(?3)), updated_at = ?4 where id = ?1",
            )?
            .execute(params![id.as_bytes(), image.0, media, now.0])?;
        Ok(())
    }

    /// Everything was set, and the post has this slug; the proof is missing.
    ///
    /// # Errors
    /// When the file fails.
    pub fn outbox_updated(&mut self, id: OutboxId, remote_id: &str, slug: &str, now: UtcMs) -> Result<(), StoreError> {
        self.outbox_may_have_slug(id, slug)?;
        self.step_outbox(id, OutboxState::Updated, remote_id, now)
    }

    /// Read back: the delivery is finished and leaves its proof.
    ///
    /// # Errors
    /// When the file fails.
    pub fn outbox_done(
        &mut self,
        row: &OutboxRow,
        kind: ProofKind,
        external_url: &str,
        receipt: &[ReceiptRow],
        now: UtcMs,
    ) -> Result<(), StoreError> {
        self.outbox_over(row, now)?;
        self.conn
            .prepare_cached(
                "insert into publication (outbox_id, content_id, site_id, external_id, external_url, content_version,
                   receipt, at, kind) values (?1, ?2, ?3, ?4, ?5, ?6, '{}', ?7, ?8)",
            )?
            .execute(params![
                row.id.as_bytes(),
                row.content.0,
                row.site.0,
                row.remote_id,
                external_url,
                row.content_version,
                now.0,
                kind.as_str(),
            ])?;
        self.touch(Topic::Publications);
        self.put_receipt(self.conn.last_insert_rowid(), receipt)
    }

    /// A delivery has come to its end, with or without a proof. The next one goes on with its post.
    ///
    /// # Errors
    /// When the file fails.
    pub fn outbox_over(&mut self, row: &OutboxRow, now: UtcMs) -> Result<(), StoreError> {
        self.step_outbox(row.id, OutboxState::Done, &row.remote_id, now)?;
        self.let_go_of_outbox(row.id)
    }

    /// What a delivery was asked for is asked for no more, or anew. One that has tried nothing leaves nothing behind; of any
    /// other the next one goes on with the post, or with what may have been made and was not heard of. One that somebody
    /// works on is left to them.
    ///
    /// # Errors
    /// When the file fails.
    pub fn outbox_set_aside(&mut self, row: &OutboxRow, now: UtcMs) -> Result<(), StoreError> {
        if row.state == OutboxState::Done || row.is_in_hand {
            return Ok(());
        }
        if !row.remote_id.is_empty() {
            return self.outbox_over(row, now);
        }
        self.touch(Topic::Publications);
        if row.attempts == 0 {
            self.conn.prepare_cached("delete from outbox where id = ?1")?.execute(params![row.id.as_bytes()])?;
            return Ok(());
        }
        self.conn
            .prepare_cached(
                "update outbox set state = 'failed', error_code = ?2, error_note = '', discarded_from = 'waiting', lease = x'',
                   next_try_at = 0, updated_at = ?3
                 where id = ?1",
            )?
            .execute(params![row.id.as_bytes(), SET_ASIDE, now.0])?;
        Ok(())
    }

    /// Given up until the user retries, with the reason and what the site said.
    ///
    /// # Errors
    /// When the file fails.
    pub fn outbox_failed(&mut self, id: OutboxId, code: &str, note: &str, now: UtcMs) -> Result<(), StoreError> {
        self.conn
            .prepare_cached(
                "update outbox set state = 'failed', error_code = ?2, error_note = ?3, lease = x'', next_try_at = 0,
                   updated_at = ?4
                 where id = ?1",
            )?
            .execute(params![id.as_bytes(), code, note, now.0])?;
        self.touch(Topic::Publications);
        Ok(())
    }

    fn step_outbox(&mut self, id: OutboxId, state: OutboxState, remote: &str, now: UtcMs) -> Result<(), StoreError> {
        self.conn
            .prepare_cached(
                "update outbox set state = ?2, remote_id = ?3, error_code = '', error_note = '', discarded_from = '',
                   updated_at = ?4
                 where id = ?1",
            )?
            .execute(params![id.as_bytes(), state.as_str(), remote, now.0])?;
        self.touch(Topic::Publications);
        Ok(())
    }
}

fn read_outbox(row: &Row<'_>) -> rusqlite::Result<OutboxRow> {
    let state: String = row.get("state")?;
    Ok(OutboxRow {
        id: OutboxId(row.get::<_, crate::table::UuidColumn>("id")?.0),
        content: ContentId(row.get("content_id")?),
        site: SiteId(row.get("site_id")?),
        state: match state.as_str() {
            "pending" => OutboxState::Pending,
            "drafted" => OutboxState::Drafted,
            "updated" => OutboxState::Updated,
            "done" => OutboxState::Done,
            _ => OutboxState::Failed,
        },
        content_version: row.get("content_version")?,
        draft_slug: row.get("draft_slug")?,
        destination: row.get("destination")?,
        remote_id: row.get("remote_id")?,
        post_slugs: crate::table::json(row, "post_slugs")?,
        placed: crate::table::json(row, "placed")?,
        attempts: row.get("attempts")?,
        error_code: row.get("error_code")?,
        error_note: row.get("error_note")?,
        is_in_hand: !row.get::<_, Vec<u8>>("lease")?.is_empty(),
        setbacks: row.get("setbacks")?,
        makes_anew: row.get("makes_anew")?,
        is_discarded: !row.get::<_, String>("discarded_from")?.is_empty(),
    })
}
