//! Posts that a site had before. They stand beside the articles, so that links and the check for repeated topics know
//! them; no list of work and no count has them.

use super::SLUG_FALLBACK;
use crate::{Read, StoreError, Write};
use igny8_core::agreed::Agreed;
use igny8_core::id::{ContentId, SectorId, SiteId};
use igny8_core::slug::slug;
use igny8_core::status::Origin;
use igny8_core::time::UtcMs;
use igny8_core::topic::Topic;
use rusqlite::{OptionalExtension, params};

/// A post as it is taken in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportedPost {
    /// Id there.
    pub post_id: String,
    /// Page or post.
    pub is_page: bool,
    /// Title, 1–200 characters.
    pub title: String,
    /// Its slug there.
    pub slug: String,
    /// Its address.
    pub url: String,
    /// Summary.
    pub excerpt: String,
    /// Canonical, sanitised HTML.
    pub html: String,
    /// Words in it.
    pub word_count: u32,
    /// When it became public there.
    pub published_at: UtcMs,
    /// As it was read.
    pub agreed: Agreed,
}

/// What became of posts that were taken in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TakenIn {
    /// Not known before.
    pub added: u32,
    /// Changed there since.
    pub updated: u32,
    /// As they were, or articles of ours.
    pub unchanged: u32,
}

/// A post that was taken in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportedRow {
    /// Its article here.
    pub content: ContentId,
    /// Title.
    pub title: String,
    /// Its address.
    pub url: String,
    /// Words.
    pub word_count: u32,
    /// When it became public there.
    pub published_at: UtcMs,
}

impl Read<'_> {
    /// Posts of a site that were taken in, the newest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn imported_posts(&self, site: SiteId) -> Result<Vec<ImportedRow>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "select id, title, external_url, word_count, published_at from content
             where site_id = ?1 and is_imported = 1 and removed_at = 0 order by published_at desc, id desc",
        )?;
        let rows = statement.query_map(params![site.0], |row| {
            Ok(ImportedRow {
                content: ContentId(row.get("id")?),
                title: row.get("title")?,
                url: row.get("external_url")?,
                word_count: row.get("word_count")?,
                published_at: UtcMs(row.get("published_at")?),
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Write<'_> {
    /// Takes posts in: each once, however often it comes.
    ///
    /// # Errors
    /// When the file fails.
    pub fn content_import(
        &mut self,
        (site, sector): (SiteId, SectorId),
        posts: &[ImportedPost],
        now: UtcMs,
    ) -> Result<TakenIn, StoreError> {
        let mut taken = TakenIn::default();
        for post in posts {
            match self.known_post(site, post)? {
                None => {
                    self.add_imported(site, sector, post, now)?;
                    taken.added += 1;
                }
                Some((content, true)) if self.refresh_imported(site, content, post, now)? => taken.updated += 1,
                Some(_) => taken.unchanged += 1,
            }
        }
        self.touch(Topic::Contents);
        Ok(taken)
    }

    /// The article of a post, and whether it was taken in.
    fn known_post(&self, site: SiteId, post: &ImportedPost) -> Result<Option<(ContentId, bool)>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "select c.id, c.is_imported from site_post p join content c on c.id = p.content_id
             where p.site_id = ?1 and p.is_page = ?2 and p.post_id = ?3 order by c.is_imported, c.id desc limit 1",
        )?;
        let row = statement
            .query_row(params![site.0, post.is_page, post.post_id], |row| Ok((ContentId(row.get(0)?), row.get(1)?)));
        Ok(row.optional()?)
    }

    fn add_imported(
        &mut self,
        site: SiteId,
        sector: SectorId,
        post: &ImportedPost,
        now: UtcMs,
    ) -> Result<(), StoreError> {
        let slug = self.free_slug(site, &slug(&post.slug, &slug(&post.title, SLUG_FALLBACK)))?;
        self.conn
            .prepare_cached(
                "insert into content (site_id, sector_id, title, slug, excerpt, content_type, content_structure,
                   word_count, status, delivery, published_at, external_id, external_url, created_at, updated_at,
                   is_imported)
                 values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 'approved', 'published', ?9, ?10, ?11, ?12, ?9, 1)",
            )?
            .execute(params![
                site.0,
                sector.0,
                post.title,
                slug,
                post.excerpt,
                if post.is_page { "page" } else { "post" },
                if post.is_page { "general" } else { "article" },
                post.word_count,
                post.published_at.0,
                post.post_id,
                post.url,
                now.0,
            ])?;
        let content = ContentId(self.conn.last_insert_rowid());
        self.add_version(content, 1, &post.html, Origin::Person, now)?;
        self.site_post_agree((content, site), (&post.post_id, post.is_page), &post.agreed)
    }

    /// Brings a post that was taken in up to date. One that was removed here comes back. Answers whether it was not as it
    /// is.
    fn refresh_imported(
        &mut self,
        site: SiteId,
        content: ContentId,
        post: &ImportedPost,
        now: UtcMs,
    ) -> Result<bool, StoreError> {
        let is_back = self
            .conn
            .prepare_cached("update content set removed_at = 0 where id = ?1 and removed_at > 0")?
            .execute(params![content.0])?
            > 0;
        let known = self.site_post(content)?.map(|row| row.agreed);
        if known.as_ref() == Some(&post.agreed) {
            return Ok(is_back);
        }
        if known.and_then(|agreed| agreed.body) != post.agreed.body {
            self.content_save_version(content, &post.html, post.word_count, Origin::Person, now)?;
        }
        self.conn
            .prepare_cached(
                "update content set title = ?2, excerpt = ?3, external_url = ?4, published_at = ?5, updated_at = ?5,
                   delivery = 'published'
                 where id = ?1",
            )?
            .execute(params![content.0, post.title, post.excerpt, post.url, post.published_at.0])?;
        self.site_post_agree((content, site), (&post.post_id, post.is_page), &post.agreed)?;
        Ok(true)
    }
}
