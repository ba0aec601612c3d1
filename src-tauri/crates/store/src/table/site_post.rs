//! Posts as both sides know them: what was agreed on, what was sent since, and what somebody else made of it. One row for
//! each article that has a post.

#[cfg(test)]
mod tests;

use super::column::{changes_one, instant, optional_instant, to_json};
use super::outbox::OutboxState;
use crate::{Read, StoreError, Write};
use igny8_core::agreed::{Agreed, Theirs};
use igny8_core::id::{ContentId, SiteId};
use igny8_core::time::UtcMs;
use igny8_core::topic::Topic;
use rusqlite::{OptionalExtension, Row, params};

/// A post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SitePostRow {
    /// The article.
    pub content: ContentId,
    /// Its site.
    pub site: SiteId,
    /// Id of the post there.
    pub post_id: String,
    /// Page or post.
    pub is_page: bool,
    /// As both sides know it.
    pub agreed: Agreed,
    /// The last update of which nothing was heard yet.
    pub sent: Agreed,
    /// The picture above the text that the site keeps, and since when.
    pub kept_featured: Option<(String, UtcMs)>,
    /// Since when somebody is to decide; absent when nobody is.
    pub found_at: Option<UtcMs>,
}

/// An article whose post somebody else has changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConflictRow {
    /// The article.
    pub content: ContentId,
    /// Its title.
    pub title: String,
    /// Its site.
    pub site: SiteId,
    /// The site's name.
    pub site_name: String,
    /// The post as it was found.
    pub theirs: Theirs,
    /// When.
    pub found_at: UtcMs,
}

impl Read<'_> {
    /// The post of an article, if it has one.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn site_post(&self, content: ContentId) -> Result<Option<SitePostRow>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "select content_id, site_id, post_id, is_page, agreed, sent, kept_featured, kept_at, found_at
             from site_post where content_id = ?1",
        )?;
        Ok(statement.query_row(params![content.0], read_post).optional()?)
    }

    /// The posts of a site whose articles are not removed and in nobody's hands.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn site_posts(&self, site: SiteId) -> Result<Vec<SitePostRow>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "select p.content_id, p.site_id, p.post_id, p.is_page, p.agreed, p.sent, p.kept_featured, p.kept_at, p.found_at
             from site_post p join content c on c.id = p.content_id
             where p.site_id = ?1 and c.removed_at = 0 and c.delivery <> 'publishing' order by p.content_id",
        )?;
        let rows = statement.query_map(params![site.0], read_post)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Articles about which somebody is to decide, the oldest first: of a site, or of all sites.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn conflicts(&self, site: Option<SiteId>) -> Result<Vec<ConflictRow>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "select p.content_id, c.title, p.site_id, s.name, p.theirs, p.found_at
             from site_post p join content c on c.id = p.content_id join site s on s.id = p.site_id
             where p.found_at > 0 and c.removed_at = 0 and s.removed_at = 0 and (?1 is null or p.site_id = ?1)
             order by p.found_at, p.content_id",
        )?;
        let rows = statement.query_map(params![site.map(|site| site.0)], read_conflict)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// What is to be decided about an article, if anything is.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn conflict(&self, content: ContentId) -> Result<Option<ConflictRow>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "select p.content_id, c.title, p.site_id, s.name, p.theirs, p.found_at
             from site_post p join content c on c.id = p.content_id join site s on s.id = p.site_id
             where p.content_id = ?1 and p.found_at > 0 and c.removed_at = 0",
        )?;
        Ok(statement.query_row(params![content.0], read_conflict).optional()?)
    }
}

impl Write<'_> {
    /// Both sides know the post like this from now on: nothing is on its way, and nothing is to be decided. A picture that
    /// the site chose itself is kept.
    ///
    /// # Errors
    /// When the file fails.
    pub fn site_post_agree(
        &mut self,
        (content, site): (ContentId, SiteId),
        (post_id, is_page): (&str, bool),
        agreed: &Agreed,
    ) -> Result<(), StoreError> {
        self.conn
            .prepare_cached(
                "insert into site_post (content_id, site_id, post_id, is_page, agreed) values (?1, ?2, ?3, ?4, ?5)
                 on conflict (content_id) do update set site_id = ?2, is_page = ?4, agreed = ?5, sent = '{}', theirs = '',
                   found_at = 0, kept_at = case post_id when ?3 then kept_at else 0 end,
                   kept_featured = case post_id when ?3 then kept_featured else '' end, post_id = ?3",
            )?
            .execute(params![content.0, site.0, post_id, is_page, to_json(agreed)?])?;
        self.touch(Topic::Publications);
        Ok(())
    }

    /// An update is about to leave.
    ///
    /// # Errors
    /// When the file fails.
    pub fn site_post_sending(&mut self, content: ContentId, sent: &Agreed) -> Result<(), StoreError> {
        self.conn
            .prepare_cached("update site_post set sent = ?2 where content_id = ?1")?
            .execute(params![content.0, to_json(sent)?])?;
        Ok(())
    }

    /// What is known of a post while something of it may still be to be decided.
    ///
    /// # Errors
    /// When the file fails.
    pub fn site_post_known(&mut self, content: ContentId, agreed: &Agreed) -> Result<(), StoreError> {
        self.conn
            .prepare_cached("update site_post set agreed = ?2 where content_id = ?1")?
            .execute(params![content.0, to_json(agreed)?])?;
        Ok(())
    }

    /// Somebody else has changed the post: it is kept as it was found until a person decides. Answers whether that is news.
    ///
    /// # Errors
    /// When the file fails.
    pub fn site_post_edited(&mut self, content: ContentId, theirs: &Theirs, now: UtcMs) -> Result<bool, StoreError> {
        let is_news = changes_one(
            self.conn,
            "update site_post set theirs = ?2, found_at = ?3 where content_id = ?1 and theirs <> ?2",
            params![content.0, to_json(theirs)?, now.0],
        )?;
        self.touch(Topic::Publications);
        Ok(is_news)
    }

    /// Nothing is to be decided any more.
    ///
    /// # Errors
    /// When the file fails.
    pub fn site_post_settled(&mut self, content: ContentId) -> Result<(), StoreError> {
        if changes_one(
            self.conn,
            "update site_post set theirs = '', found_at = 0 where content_id = ?1 and found_at > 0",
            params![content.0],
        )? {
            self.touch(Topic::Publications);
        }
        Ok(())
    }

    /// The picture above the text is the site's own choice and stays, or ours is sent again.
    ///
    /// # Errors
    /// When the file fails.
    pub fn site_post_keep_featured(
        &mut self,
        content: ContentId,
        kept: Option<&str>,
        now: UtcMs,
    ) -> Result<(), StoreError> {
        let (kept, at) = kept.filter(|id| !id.is_empty()).map_or(("", 0), |id| (id, now.0));
        self.conn
            .prepare_cached("update site_post set kept_featured = ?2, kept_at = ?3 where content_id = ?1")?
            .execute(params![content.0, kept, at])?;
        Ok(())
    }

    /// An article that was taken off its site is there again, so that a delivery that met its absence is not needed.
    /// Answers whether the last one before had come to its end, or none was needed.
    ///
    /// # Errors
    /// When the file fails.
    pub fn outbox_seen_back(&mut self, content: ContentId) -> Result<bool, StoreError> {
        let Some(outbox) = self.latest_outbox(content)? else { return Ok(true) };
        if outbox.state == OutboxState::Done {
            return Ok(true);
        }
        changes_one(
            self.conn,
            "delete from outbox where id = ?1 and state = 'failed' and remote_id <> ''
               and error_code in ('post_trashed', 'post_gone', 'post_replaced', 'post_unpublished')
               and exists (select 1 from outbox done where done.content_id = outbox.content_id and done.state = 'done')",
            params![outbox.id.as_bytes()],
        )
    }

    /// How the site says that the newest proven post of an article stands.
    ///
    /// # Errors
    /// When the file fails.
    pub fn publication_stands(&mut self, content: ContentId, status: &str) -> Result<(), StoreError> {
        self.conn
            .prepare_cached(
                "update publication set remote_status = ?2
                 where id = (select max(id) from publication where content_id = ?1) and remote_status <> ?2",
            )?
            .execute(params![content.0, status])?;
        self.touch(Topic::Publications);
        Ok(())
    }
}

fn read_post(row: &Row<'_>) -> rusqlite::Result<SitePostRow> {
    let kept: String = row.get("kept_featured")?;
    let kept_at = instant(row, "kept_at")?;
    Ok(SitePostRow {
        content: ContentId(row.get("content_id")?),
        site: SiteId(row.get("site_id")?),
        post_id: row.get("post_id")?,
        is_page: row.get("is_page")?,
        agreed: super::json(row, "agreed")?,
        sent: super::json(row, "sent")?,
        kept_featured: (!kept.is_empty()).then_some((kept, kept_at)),
        found_at: optional_instant(row, "found_at")?,
    })
}

fn read_conflict(row: &Row<'_>) -> rusqlite::Result<ConflictRow> {
    Ok(ConflictRow {
        content: ContentId(row.get("content_id")?),
        title: row.get("title")?,
        site: SiteId(row.get("site_id")?),
        site_name: row.get("name")?,
        theirs: super::json(row, "theirs")?,
        found_at: instant(row, "found_at")?,
    })
}
