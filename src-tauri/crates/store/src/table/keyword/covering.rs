//! Keywords that come into a cluster whose ideas are made. The ideas were found without them, so no article would answer
//! them: an idea that is not written yet takes them in, and where there is none the cluster waits for ideas again, for
//! these keywords alone.

use crate::table::column::{ids, to_json};
use crate::{Read, StoreError, Write};
use igny8_core::id::{ClusterId, IdeaId, KeywordId, SiteId};
use igny8_core::time::UtcMs;
use igny8_core::topic::Topic;
use rusqlite::{OptionalExtension, params};
use std::collections::BTreeSet;

/// Phrases that one article can answer.
pub const PHRASES_MAX: usize = 20;

impl Read<'_> {
    /// Clusters of keywords, each once.
    pub(crate) fn clusters_of_keywords(&self, keywords: &[KeywordId]) -> Result<Vec<ClusterId>, StoreError> {
        ids(
            self.conn,
            "select distinct cluster_id from keyword
             where id in (select value from json_each(?1)) and cluster_id is not null",
            params![to_json(keywords)?],
            ClusterId,
        )
    }

    /// Whether an idea of the site is not written yet, so that it can take in keywords that join its cluster.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn has_open_ideas(&self, site: SiteId) -> Result<bool, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "select exists (select 1 from idea
             where site_id = ?1 and status in ('new', 'queued') and is_disabled = 0 and removed_at = 0)",
        )?;
        Ok(statement.query_row(params![site.0], |row| row.get(0))?)
    }

    /// Clusters of a site that have ideas, and so would wait for further ones if keywords joined them.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn mapped_cluster_count(&self, site: SiteId) -> Result<u32, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "select count(*) from cluster where site_id = ?1 and status = 'mapped' and is_disabled = 0 and removed_at = 0",
        )?;
        Ok(statement.query_row(params![site.0], |row| row.get(0))?)
    }

    /// The newest idea of a cluster that is not written and not in a model's hands, with its phrases.
    fn open_idea(&self, cluster: ClusterId) -> Result<Option<(IdeaId, Vec<String>)>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "select i.id as id, i.keywords as keywords from idea i
             left join task t on t.idea_id = i.id and t.removed_at = 0
             where i.cluster_id = ?1 and i.status in ('new', 'queued') and i.is_disabled = 0 and i.removed_at = 0
               and (t.id is null or (t.status in ('queued', 'failed') and not exists (
                 select 1 from content c where c.task_id = t.id and c.removed_at = 0)))
               and not exists (select 1 from job j join operation o on o.id = j.operation_id, json_each(j.item_ids) item
                 where j.state = 'leased' and o.function_name = 'generate_content' and item.value = t.id)
               and json_array_length(i.keywords) < ?2
             order by i.id desc limit 1",
        )?;
        let most = i64::try_from(PHRASES_MAX).unwrap_or(i64::MAX);
        let found = statement
            .query_row(params![cluster.0, most], |row| {
                Ok((IdeaId(row.get("id")?), crate::table::json(row, "keywords")?))
            })
            .optional()?;
        Ok(found)
    }

    fn has_ideas(&self, cluster: ClusterId) -> Result<bool, StoreError> {
        let mut statement =
            self.conn.prepare_cached("select exists (select 1 from idea where cluster_id = ?1 and removed_at = 0)")?;
        Ok(statement.query_row(params![cluster.0], |row| row.get(0))?)
    }
}

impl Write<'_> {
    /// Sees to it that keywords which have just come into a cluster lead to an article.
    pub(super) fn cover_joined(
        &mut self,
        cluster: ClusterId,
        joined: &[KeywordId],
        now: UtcMs,
    ) -> Result<(), StoreError> {
        let mut left = joined.to_vec();
        if joined.is_empty() || !self.has_ideas(cluster)? {
            // Its first ideas are still to be found, with all its keywords.
            return self.set_uncovered(joined, false);
        }
        while let Some((idea, phrases)) = self.open_idea(cluster)? {
            let taken: Vec<KeywordId> = left.drain(..left.len().min(PHRASES_MAX - phrases.len())).collect();
            self.idea_take(idea, phrases, &taken, now)?;
            self.set_uncovered(&taken, false)?;
            if left.is_empty() {
                return Ok(());
            }
        }
        self.set_uncovered(&left, true)?;
        self.clusters_settle(&[cluster], now)
    }

    /// Notes that ideas were found for all that these clusters hold.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn cluster_covered(&mut self, clusters: &[ClusterId]) -> Result<(), StoreError> {
        self.conn
            .prepare_cached(
                "update keyword set is_uncovered = 0
                 where is_uncovered = 1 and cluster_id in (select value from json_each(?1))",
            )?
            .execute(params![to_json(clusters)?])?;
        Ok(())
    }

    /// Lets clusters with ideas wait for more while a keyword of theirs is not covered, and no longer.
    pub(crate) fn clusters_settle(&mut self, clusters: &[ClusterId], now: UtcMs) -> Result<(), StoreError> {
        self.conn
            .prepare_cached(
                "update cluster set status = 'new', updated_at = ?2
                 where id in (select value from json_each(?1)) and status = 'mapped'
                   and exists (select 1 from keyword k where k.cluster_id = cluster.id and k.is_uncovered = 1
                     and k.is_disabled = 0 and k.removed_at = 0)",
            )?
            .execute(params![to_json(clusters)?, now.0])?;
        self.cluster_mark_mapped(clusters, now)?;
        self.touch(Topic::Clusters);
        Ok(())
    }

    fn set_uncovered(&mut self, keywords: &[KeywordId], is_uncovered: bool) -> Result<(), StoreError> {
        self.conn
            .prepare_cached(
                "update keyword set is_uncovered = ?2
                 where id in (select value from json_each(?1)) and is_uncovered <> ?2",
            )?
            .execute(params![to_json(keywords)?, is_uncovered])?;
        Ok(())
    }

    /// Adds keywords to the phrases of an idea, each once.
    fn idea_take(
        &mut self,
        idea: IdeaId,
        mut phrases: Vec<String>,
        keywords: &[KeywordId],
        now: UtcMs,
    ) -> Result<(), StoreError> {
        let mut known: BTreeSet<String> = phrases.iter().map(|each| each.to_lowercase()).collect();
        for keyword in self.keywords(keywords)?.into_iter().filter(|keyword| !keyword.is_disabled) {
            if known.insert(keyword.text.to_lowercase()) {
                phrases.push(keyword.text);
            }
        }
        self.conn.prepare_cached("update idea set keywords = ?2, updated_at = ?3 where id = ?1")?.execute(params![
            idea.0,
            to_json(&phrases)?,
            now.0
        ])?;
        self.touch(Topic::Ideas);
        self.touch(Topic::Tasks);
        Ok(())
    }
}
