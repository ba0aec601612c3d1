//! Keywords. One phrase of one market is one row in its sector: an import joins it instead of doubling it. A keyword is
//! new until it is in a cluster; which cluster, and that it is in one, change together and only here.

mod covering;
mod list;
#[cfg(test)]
mod tests;
mod waiting;

pub use covering::PHRASES_MAX;
pub use list::KeywordSort;

use super::column::{ids, instant, optional_word, to_json};
use crate::{Read, StoreError, Write};
use igny8_core::id::{ClusterId, KeywordId, SectorId, SiteId};
use igny8_core::status::{Intent, KeywordStatus};
use igny8_core::time::UtcMs;
use igny8_core::topic::Topic;
use rusqlite::{Row, params};

/// A keyword.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeywordRow {
    /// Id.
    pub id: KeywordId,
    /// Its site.
    pub site: SiteId,
    /// Its sector.
    pub sector: SectorId,
    /// The sector's name.
    pub sector_name: String,
    /// The phrase as shown, 1–200 characters.
    pub text: String,
    /// Monthly searches, or how often the own site was shown; `None` is unknown.
    pub volume: Option<i64>,
    /// The volume is how often the own site was shown, which is all that some tools know.
    pub volume_is_impressions: bool,
    /// 0–100; `None` is unknown.
    pub difficulty: Option<i64>,
    /// Price of a click in nano-US-dollars; `None` is unknown.
    pub cpc_nano: Option<i64>,
    /// What the searcher wants; `None` is unknown.
    pub intent: Option<Intent>,
    /// ISO 3166 code in upper case; empty when unknown.
    pub country: String,
    /// File or way it came in.
    pub source: String,
    /// Its cluster.
    pub cluster: Option<ClusterId>,
    /// The cluster's name.
    pub cluster_name: Option<String>,
    /// New until it is in a cluster.
    pub status: KeywordStatus,
    /// Left out of clustering.
    pub is_disabled: bool,
    /// Clustering looked at it and found no group for it.
    pub is_passed_over: bool,
    /// When it came in.
    pub created_at: UtcMs,
    /// When it was last changed.
    pub updated_at: UtcMs,
}

/// A keyword to add.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewKeyword {
    /// The phrase as shown; see [`igny8_core::keyword_file::clean_keyword`].
    pub text: String,
    /// The phrase as compared, from the same place.
    pub key: String,
    /// Monthly searches, or how often the own site was shown.
    pub volume: Option<i64>,
    /// The volume is how often the own site was shown.
    pub volume_is_impressions: bool,
    /// 0–100.
    pub difficulty: Option<i64>,
    /// Price of a click in nano-US-dollars.
    pub cpc_nano: Option<i64>,
    /// What the searcher wants.
    pub intent: Option<Intent>,
    /// ISO 3166 code in upper case; empty when unknown.
    pub country: String,
}

/// What a person may change of a keyword.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeywordFields {
    /// Monthly searches.
    pub volume: Option<i64>,
    /// 0–100.
    pub difficulty: Option<i64>,
    /// What the searcher wants.
    pub intent: Option<Intent>,
    /// ISO 3166 code in upper case; empty for unknown.
    pub country: String,
}

/// What adding keywords did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct KeywordsAdded {
    /// New rows.
    pub inserted: u32,
    /// Rows that were there, of which unknown fields were filled.
    pub joined: u32,
}

impl Read<'_> {
    /// Keywords by id, in the order given; removed and unknown ones are left out.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn keywords(&self, ids: &[KeywordId]) -> Result<Vec<KeywordRow>, StoreError> {
        list::load(self.conn, &to_json(ids)?)
    }
}

impl Write<'_> {
    /// Adds keywords to a sector. One that is there (same key and market, not removed) is joined: what it does not know
    /// is filled, what it knows stays, volumes are never added up.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when a value breaks a rule of the schema; then none is added.
    pub fn keyword_add_batch(
        &mut self,
        site: SiteId,
        sector: SectorId,
        keywords: &[NewKeyword],
        source: &str,
        now: UtcMs,
    ) -> Result<KeywordsAdded, StoreError> {
        let mut insert = self.conn.prepare_cached(
            "insert into keyword (site_id, sector_id, text, key, volume, difficulty, cpc_nano, intent, country, source,
               created_at, updated_at, volume_is_impressions)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?11, ?12)
             on conflict (sector_id, key, country) where removed_at = 0 do nothing",
        )?;
        let mut join = self.conn.prepare_cached(
            "update keyword set
               volume = case when volume is null or volume_is_impressions > ?9 then coalesce(?4, volume) else volume end,
               volume_is_impressions = case
                 when ?4 is not null and (volume is null or volume_is_impressions > ?9) then ?9
                 else volume_is_impressions end,
               difficulty = coalesce(difficulty, ?5), cpc_nano = coalesce(cpc_nano, ?6),
               intent = case intent when '' then ?7 else intent end, updated_at = ?8
             where sector_id = ?1 and key = ?2 and country = ?3 and removed_at = 0",
        )?;
        let mut added = KeywordsAdded::default();
        for new in keywords {
            let intent = new.intent.map_or("", Intent::as_str);
            let (volume, difficulty, cpc) = (new.volume, new.difficulty, new.cpc_nano);
            let inserted = insert.execute(params![
                site.0,
                sector.0,
                new.text,
                new.key,
                volume,
                difficulty,
                cpc,
                intent,
                new.country,
                source,
                now.0,
                new.volume_is_impressions,
            ])?;
            if inserted == 0 {
                join.execute(params![
                    sector.0,
                    new.key,
                    new.country,
                    volume,
                    difficulty,
                    cpc,
                    intent,
                    now.0,
                    new.volume_is_impressions,
                ])?;
                added.joined += 1;
            } else {
                added.inserted += 1;
            }
        }
        drop((insert, join));
        if !keywords.is_empty() {
            self.touch(Topic::Keywords);
        }
        Ok(added)
    }

    /// Changes what a person knows better.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for an unknown or removed keyword, [`StoreError::Conflict`] when the sector has this
    /// phrase in that market already or a number is out of range.
    pub fn keyword_update(&mut self, id: KeywordId, fields: &KeywordFields, now: UtcMs) -> Result<(), StoreError> {
        let changed = self
            .conn
            .prepare_cached(
                "update keyword set volume_is_impressions = case when volume is ?2 then volume_is_impressions else 0 end,
                   volume = ?2, difficulty = ?3, intent = ?4, country = ?5, updated_at = ?6
                 where id = ?1 and removed_at = 0",
            )?
            .execute(params![
                id.0,
                fields.volume,
                fields.difficulty,
                fields.intent.map_or("", Intent::as_str),
                fields.country,
                now.0,
            ])?;
        self.touch(Topic::Keywords);
        if changed == 1 { Ok(()) } else { Err(StoreError::NotFound) }
    }

    /// Puts new keywords into a cluster of their own sector; mapped, removed and foreign ones are passed over. Answers
    /// which were mapped.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for an unknown or removed cluster.
    pub fn keyword_map_to_cluster(
        &mut self,
        keywords: &[KeywordId],
        cluster: ClusterId,
        now: UtcMs,
    ) -> Result<Vec<KeywordId>, StoreError> {
        let sector = self.cluster_sector(cluster)?;
        let mapped = ids(
            self.conn,
            "update keyword set status = 'mapped', cluster_id = ?2, updated_at = ?4
             where id in (select value from json_each(?1)) and sector_id = ?3 and status = 'new' and removed_at = 0
             returning id",
            params![to_json(keywords)?, cluster.0, sector.0, now.0],
            KeywordId,
        )?;
        self.cover_joined(cluster, &mapped, now)?;
        self.touch_keywords(&mapped, &[Topic::Keywords, Topic::Clusters]);
        Ok(mapped)
    }

    /// Moves keywords of the cluster's sector into it, from whichever cluster they are in or none. Answers which moved.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for an unknown or removed cluster.
    pub fn keyword_move_to_cluster(
        &mut self,
        keywords: &[KeywordId],
        cluster: ClusterId,
        now: UtcMs,
    ) -> Result<Vec<KeywordId>, StoreError> {
        let sector = self.cluster_sector(cluster)?;
        let left = self.clusters_of_keywords(keywords)?;
        let moved = ids(
            self.conn,
            "update keyword set status = 'mapped', cluster_id = ?2, updated_at = ?4
             where id in (select value from json_each(?1)) and sector_id = ?3 and cluster_id is not ?2
               and removed_at = 0
             returning id",
            params![to_json(keywords)?, cluster.0, sector.0, now.0],
            KeywordId,
        )?;
        self.cover_joined(cluster, &moved, now)?;
        self.clusters_settle(&left, now)?;
        self.touch_keywords(&moved, &[Topic::Keywords, Topic::Clusters]);
        Ok(moved)
    }

    /// Leaves keywords out of clustering, or lets them in again. Answers which changed.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn keyword_set_disabled(
        &mut self,
        keywords: &[KeywordId],
        is_disabled: bool,
        now: UtcMs,
    ) -> Result<Vec<KeywordId>, StoreError> {
        let changed = ids(
            self.conn,
            "update keyword set is_disabled = ?2, updated_at = ?3
             where id in (select value from json_each(?1)) and is_disabled <> ?2 and removed_at = 0
             returning id",
            params![to_json(keywords)?, is_disabled, now.0],
            KeywordId,
        )?;
        let clusters = self.clusters_of_keywords(&changed)?;
        self.clusters_settle(&clusters, now)?;
        self.touch_keywords(&changed, &[Topic::Keywords]);
        Ok(changed)
    }

    /// Removes keywords. Answers which were removed.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn keyword_remove(&mut self, keywords: &[KeywordId], now: UtcMs) -> Result<Vec<KeywordId>, StoreError> {
        let removed = ids(
            self.conn,
            "update keyword set removed_at = ?2, updated_at = ?2
             where id in (select value from json_each(?1)) and removed_at = 0
             returning id",
            params![to_json(keywords)?, now.0],
            KeywordId,
        )?;
        let left = self.clusters_of_keywords(&removed)?;
        self.clusters_settle(&left, now)?;
        self.touch_keywords(&removed, &[Topic::Keywords, Topic::Clusters]);
        Ok(removed)
    }

    /// Undoes [`Write::keyword_remove`]. A keyword that came in again meanwhile stays removed; one whose cluster was
    /// removed meanwhile comes back as new. Answers which came back.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn keyword_restore(&mut self, keywords: &[KeywordId], now: UtcMs) -> Result<Vec<KeywordId>, StoreError> {
        let wanted = to_json(keywords)?;
        self.leave_removed_clusters(&wanted)?;
        let restored = ids(
            self.conn,
            "update or ignore keyword set removed_at = 0, updated_at = ?2
             where id in (select value from json_each(?1)) and removed_at > 0
             returning id",
            params![wanted, now.0],
            KeywordId,
        )?;
        let clusters = self.clusters_of_keywords(&restored)?;
        self.clusters_settle(&clusters, now)?;
        self.touch_keywords(&restored, &[Topic::Keywords, Topic::Clusters]);
        Ok(restored)
    }

    /// Makes removed keywords whose cluster is removed too new again, noting where they were.
    fn leave_removed_clusters(&mut self, keywords: &str) -> Result<(), StoreError> {
        self.conn
            .prepare_cached(
                "insert or replace into cluster_leaver (keyword_id, cluster_id)
                 select k.id, k.cluster_id from keyword k join cluster c on c.id = k.cluster_id
                 where k.id in (select value from json_each(?1)) and k.removed_at > 0 and c.removed_at > 0",
            )?
            .execute(params![keywords])?;
        self.conn
            .prepare_cached(
                "update keyword set status = 'new', cluster_id = null
                 where id in (select value from json_each(?1)) and removed_at > 0
                   and cluster_id in (select id from cluster where removed_at > 0)",
            )?
            .execute(params![keywords])?;
        Ok(())
    }

    fn touch_keywords(&mut self, changed: &[KeywordId], topics: &[Topic]) {
        if !changed.is_empty() {
            for topic in topics {
                self.touch(*topic);
            }
        }
    }
}

fn read_keyword(row: &Row<'_>) -> rusqlite::Result<KeywordRow> {
    let cluster: Option<i64> = row.get("cluster_id")?;
    Ok(KeywordRow {
        id: KeywordId(row.get("id")?),
        site: SiteId(row.get("site_id")?),
        sector: SectorId(row.get("sector_id")?),
        sector_name: row.get("sector_name")?,
        text: row.get("text")?,
        volume: row.get("volume")?,
        volume_is_impressions: row.get("volume_is_impressions")?,
        difficulty: row.get("difficulty")?,
        cpc_nano: row.get("cpc_nano")?,
        intent: optional_word(row, "intent")?,
        country: row.get("country")?,
        source: row.get("source")?,
        cluster: cluster.map(ClusterId),
        cluster_name: row.get("cluster_name")?,
        status: super::word(row, "status")?,
        is_disabled: row.get("is_disabled")?,
        is_passed_over: row.get("is_passed_over")?,
        created_at: instant(row, "created_at")?,
        updated_at: instant(row, "updated_at")?,
    })
}
