//! `auto_cluster`: groups new keywords of one sector. An answer may only name keywords it was given; a keyword stands in
//! one cluster; an existing cluster is joined by its name.

use super::{
    About, Aim, CAUSES_OF_OTHERS, Failure, Function, Output, Prepared, UnitContext, Unprepared, parse_some, text_unit,
};
use igny8_core::function::input::{ClusterInput, KeywordInput, SiteContext, TextInput};
use igny8_core::function::output::{AnswerError, ClusterOutput, DESCRIPTION_CHARS_MAX, TITLE_CHARS_MAX, clean_line};
use igny8_core::id::{KeywordId, SectorId, SiteId};
use igny8_core::prompt::PromptKind;
use igny8_core::status::KeywordStatus;
use igny8_core::time::UtcMs;
use igny8_store::ledger::Related;
use igny8_store::table::keyword::KeywordRow;
use igny8_store::{Read, StoreError, Write};
use std::collections::{BTreeMap, BTreeSet};

/// Tokens an answer takes per keyword: an id and its share of a name and a sentence.
const TOKENS_PER_KEYWORD: usize = 14;
/// Tokens an answer takes besides.
const TOKENS_BASE: usize = 60;

pub(super) struct AutoCluster;

impl Function for AutoCluster {
    fn waiting(&self, read: &Read<'_>, site: SiteId, limit: u32) -> Result<Vec<i64>, StoreError> {
        Ok(read.keywords_to_cluster(site, limit)?.into_iter().map(|id| id.0).collect())
    }

    fn failing(&self, read: &Read<'_>, site: SiteId, failures: u32) -> Result<BTreeSet<i64>, StoreError> {
        read.failing_keywords(site, failures, CAUSES_OF_OTHERS)
    }

    fn eligible(&self, read: &Read<'_>, site: SiteId, ids: &[i64]) -> Result<Vec<i64>, StoreError> {
        Ok(new_ones(read, ids)?.into_iter().filter(|k| k.site == site).map(|k| k.id.0).collect())
    }

    /// Keywords of different sectors never share a call: a cluster belongs to one sector.
    fn units(&self, read: &Read<'_>, ids: &[i64], per_call: usize) -> Result<Vec<Vec<i64>>, StoreError> {
        let mut by_sector: BTreeMap<SectorId, Vec<i64>> = BTreeMap::new();
        for keyword in new_ones(read, ids)? {
            by_sector.entry(keyword.sector).or_default().push(keyword.id.0);
        }
        Ok(by_sector.values().flat_map(|ids| ids.chunks(per_call).map(<[i64]>::to_vec)).collect())
    }

    fn related(&self, _: &[i64]) -> Related {
        Related::None
    }

    fn prepare(&self, read: &Read<'_>, unit: &UnitContext, items: &[i64]) -> Result<Option<Prepared>, Unprepared> {
        let keywords = match unit.aim {
            Aim::Trial => any(read, items)?,
            Aim::Waiting | Aim::Failed | Aim::Anew => new_ones(read, items)?,
        };
        let Some(first) = keywords.first() else { return Ok(None) };
        let sector = read.sector(first.sector)?;
        let expected = u32::try_from(keywords.len() * TOKENS_PER_KEYWORD + TOKENS_BASE).unwrap_or(u32::MAX);
        let item = first.text.clone();
        let input = TextInput::AutoCluster(ClusterInput {
            site: SiteContext { sector: sector.name, ..unit.site.clone() },
            existing: read.cluster_names(first.sector)?,
            keywords: keywords.into_iter().map(as_input).collect(),
        });
        let about = About { item, related: self.related(items), expected_output_tokens: expected };
        text_unit(unit, &[PromptKind::Clustering], &unit.prompts.values(), input, about).map(Some)
    }

    fn parse(&self, text: &str) -> Result<Output, AnswerError> {
        parse_some(text, |output: &ClusterOutput| output.clusters.is_empty(), Output::Clusters)
    }

    fn save(
        &self,
        write: &mut Write<'_>,
        unit: &UnitContext,
        items: &[i64],
        output: Output,
        now: UtcMs,
    ) -> Result<u32, StoreError> {
        let Output::Clusters(output) = output else { return Ok(0) };
        let asked = new_ones(write, items)?;
        let Some(sector) = asked.first().map(|k| k.sector) else { return Ok(0) };
        let mut free: BTreeSet<KeywordId> = asked.iter().map(|k| k.id).collect();
        let (mut stored, mut joined) = (0, 0);
        for draft in output.clusters {
            let name = clean_line(&draft.name, TITLE_CHARS_MAX);
            let members: Vec<KeywordId> = draft.keywords().into_iter().filter(|id| free.remove(id)).collect();
            if name.is_empty() || members.is_empty() {
                continue;
            }
            let description = clean_line(&draft.description, DESCRIPTION_CHARS_MAX);
            let (cluster, is_new) = write.cluster_add_or_join(unit.site_id, sector, &name, &description, now)?;
            write.keyword_map_to_cluster(&members, cluster, now)?;
            stored += 1;
            joined += u32::from(!is_new);
        }
        if let Some(operation) = unit.operation.filter(|_| joined > 0) {
            write.count_joined(operation, joined)?;
        }
        if stored > 0 {
            let asked: Vec<KeywordId> = asked.iter().map(|k| k.id).collect();
            write.keyword_pass_over(&asked, now)?;
        }
        Ok(stored)
    }

    fn failed(&self, _: &mut Write<'_>, _: &[i64], _: &Failure, _: UtcMs) -> Result<(), StoreError> {
        Ok(())
    }
}

fn new_ones(read: &Read<'_>, ids: &[i64]) -> Result<Vec<KeywordRow>, StoreError> {
    let rows = any(read, ids)?;
    Ok(rows.into_iter().filter(|k| k.status == KeywordStatus::New && !k.is_disabled).collect())
}

fn any(read: &Read<'_>, ids: &[i64]) -> Result<Vec<KeywordRow>, StoreError> {
    let ids: Vec<KeywordId> = ids.iter().copied().map(KeywordId).collect();
    read.keywords(&ids)
}

fn as_input(keyword: KeywordRow) -> KeywordInput {
    KeywordInput {
        id: keyword.id,
        text: keyword.text,
        volume: keyword.volume,
        difficulty: keyword.difficulty,
        intent: keyword.intent,
    }
}
