//! What the articles of a site are about, and what the ideas that wait are, so that nobody writes a second article on a
//! topic without knowing.

use super::json;
use crate::{Read, StoreError};
use igny8_core::id::{ContentId, IdeaId, SiteId};
use igny8_core::repeats::Subject;
use rusqlite::params;

/// An article by what it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArticleSubject {
    /// Which.
    pub content: ContentId,
    /// What about.
    pub subject: Subject,
    /// Its address on the site; empty where it has none.
    pub url: String,
    /// The site had it before.
    pub is_imported: bool,
    /// Nobody has approved it yet.
    pub is_open: bool,
}

/// An idea that is not written yet, by what it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdeaSubject {
    /// Which.
    pub idea: IdeaId,
    /// What about.
    pub subject: Subject,
}

impl Read<'_> {
    /// All articles of a site, those it had before among them, the oldest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn article_subjects(&self, site: SiteId) -> Result<Vec<ArticleSubject>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "select id, title, slug, primary_keyword, external_url, is_imported, status <> 'approved' as is_open
             from content where site_id = ?1 and removed_at = 0 order by id",
        )?;
        let rows = statement.query_map(params![site.0], |row| {
            let keyword: String = row.get("primary_keyword")?;
            Ok(ArticleSubject {
                content: ContentId(row.get("id")?),
                subject: Subject {
                    title: row.get("title")?,
                    slug: row.get("slug")?,
                    keywords: Some(keyword).filter(|keyword| !keyword.is_empty()).into_iter().collect(),
                },
                url: row.get("external_url")?,
                is_imported: row.get("is_imported")?,
                is_open: row.get("is_open")?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Ideas of a site that nobody has written yet, the oldest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn idea_subjects(&self, site: SiteId) -> Result<Vec<IdeaSubject>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "select id, title, keywords from idea
             where site_id = ?1 and removed_at = 0 and status in ('new', 'queued') order by id",
        )?;
        let rows = statement.query_map(params![site.0], |row| {
            Ok(IdeaSubject {
                idea: IdeaId(row.get("id")?),
                subject: Subject { title: row.get("title")?, slug: String::new(), keywords: json(row, "keywords")? },
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
