//! `generate_ideas`: titles and briefs for clusters that have none.

use super::{
    About, CAUSES_OF_OTHERS, Failure, Function, Output, Prepared, UnitContext, Unprepared, parse_some, text_unit,
};
use igny8_core::function::input::{ClusterBrief, IdeasInput, SiteContext, TextInput};
use igny8_core::function::output::{
    AnswerError, DESCRIPTION_CHARS_MAX, IdeaDraft, IdeasOutput, TITLE_CHARS_MAX, clean_line,
};
use igny8_core::id::{ClusterId, SectorId, SiteId};
use igny8_core::prompt::PromptKind;
use igny8_core::status::ArticleLength;
use igny8_core::time::UtcMs;
use igny8_store::ledger::Related;
use igny8_store::table::cluster::ClusterRow;
use igny8_store::table::idea::NewIdea;
use igny8_store::table::keyword::PHRASES_MAX;
use igny8_store::{Read, StoreError, Write};
use std::collections::{BTreeMap, BTreeSet};

/// Keywords of a cluster that a model sees: the strongest say what it is about.
const KEYWORDS_PER_CLUSTER: u32 = 30;
/// Existing titles shown so that they are not repeated; the newest matter most and prompts are paid by length.
const TITLES_SHOWN_MAX: usize = 300;
/// Ideas kept of one cluster.
const IDEAS_PER_CLUSTER_MAX: usize = 10;
/// Tokens an answer takes per cluster: two ideas with their briefs.
const TOKENS_PER_CLUSTER: usize = 420;

pub(super) struct GenerateIdeas;

impl Function for GenerateIdeas {
    fn waiting(&self, read: &Read<'_>, site: SiteId, limit: u32) -> Result<Vec<i64>, StoreError> {
        Ok(read.new_clusters(site, limit)?.into_iter().map(|cluster| cluster.id.0).collect())
    }

    fn failing(&self, read: &Read<'_>, site: SiteId, failures: u32) -> Result<BTreeSet<i64>, StoreError> {
        read.failing_clusters(site, failures, CAUSES_OF_OTHERS)
    }

    fn eligible(&self, read: &Read<'_>, site: SiteId, ids: &[i64]) -> Result<Vec<i64>, StoreError> {
        Ok(usable(read, ids)?.into_iter().filter(|c| c.site == site).map(|c| c.id.0).collect())
    }

    fn related(&self, items: &[i64]) -> Related {
        if let [cluster] = items { Related::Cluster(*cluster) } else { Related::None }
    }

    fn prepare(&self, read: &Read<'_>, unit: &UnitContext, items: &[i64]) -> Result<Option<Prepared>, Unprepared> {
        let clusters = usable(read, items)?;
        let Some(first) = clusters.first() else { return Ok(None) };
        let one_sector = clusters.iter().all(|c| c.sector == first.sector);
        let sector = if one_sector { read.sector(first.sector)?.name } else { String::new() };
        let expected = u32::try_from(clusters.len() * TOKENS_PER_CLUSTER).unwrap_or(u32::MAX);
        let item = first.name.clone();
        let ids: Vec<ClusterId> = clusters.iter().map(|c| c.id).collect();
        let related = self.related(&ids.iter().map(|id| id.0).collect::<Vec<_>>());
        let mut titles = read.idea_titles(unit.site_id)?;
        titles.truncate(TITLES_SHOWN_MAX);
        let input = TextInput::GenerateIdeas(IdeasInput {
            site: SiteContext { sector, ..unit.site.clone() },
            clusters: read.cluster_briefs(&ids, KEYWORDS_PER_CLUSTER)?,
            existing_titles: titles,
            word_count: unit.prompts.voice().length.map(ArticleLength::words),
        });
        let about = About { item, related, expected_output_tokens: expected };
        text_unit(unit, &[PromptKind::Ideas], &unit.prompts.values(), input, about).map(Some)
    }

    fn parse(&self, text: &str) -> Result<Output, AnswerError> {
        parse_some(text, |output: &IdeasOutput| output.ideas.is_empty(), Output::Ideas)
    }

    fn save(
        &self,
        write: &mut Write<'_>,
        unit: &UnitContext,
        items: &[i64],
        output: Output,
        now: UtcMs,
    ) -> Result<u32, StoreError> {
        let Output::Ideas(output) = output else { return Ok(0) };
        let asked: BTreeMap<ClusterId, SectorId> = usable(write, items)?.iter().map(|c| (c.id, c.sector)).collect();
        let mut titles: BTreeSet<String> = write.idea_titles(unit.site_id)?.iter().map(|t| t.to_lowercase()).collect();
        let mut counts: BTreeMap<ClusterId, usize> = BTreeMap::new();
        let mut ideas = Vec::new();
        for draft in output.ideas {
            let cluster = draft.cluster();
            let Some(sector) = asked.get(&cluster) else { continue };
            let title = clean_line(&draft.title, TITLE_CHARS_MAX);
            let count = counts.get(&cluster).copied().unwrap_or_default();
            if title.is_empty() || count >= IDEAS_PER_CLUSTER_MAX || !titles.insert(title.to_lowercase()) {
                continue;
            }
            counts.insert(cluster, count + 1);
            ideas.push(as_new(draft, title, *sector));
        }
        let clusters: Vec<ClusterId> = counts.keys().copied().collect();
        for brief in further(write, &clusters)? {
            take_in(&mut ideas, &brief);
        }
        let added = write.idea_add_batch(unit.site_id, &ideas, now)?;
        write.cluster_covered(&clusters)?;
        write.cluster_mark_mapped(&clusters, now)?;
        Ok(u32::try_from(added.len()).unwrap_or(u32::MAX))
    }

    fn failed(&self, _: &mut Write<'_>, _: &[i64], _: &Failure, _: UtcMs) -> Result<(), StoreError> {
        Ok(())
    }
}

fn usable(read: &Read<'_>, ids: &[i64]) -> Result<Vec<ClusterRow>, StoreError> {
    let ids: Vec<ClusterId> = ids.iter().copied().map(ClusterId).collect();
    Ok(read.clusters(&ids)?.into_iter().filter(|c| !c.is_disabled).collect())
}

/// Clusters that have ideas already, with the keywords that came later.
fn further(read: &Read<'_>, clusters: &[ClusterId]) -> Result<Vec<ClusterBrief>, StoreError> {
    let had_ideas = read.clusters(clusters)?.into_iter().filter(|cluster| cluster.idea_count > 0);
    read.cluster_briefs(&had_ideas.map(|cluster| cluster.id).collect::<Vec<_>>(), KEYWORDS_PER_CLUSTER)
}

/// Each keyword that came later is a phrase of one of the cluster's new ideas: that it leads to an article is not left to
/// the model.
fn take_in(ideas: &mut [NewIdea], brief: &ClusterBrief) {
    let mut own: Vec<&mut NewIdea> = ideas.iter_mut().filter(|idea| idea.cluster == Some(brief.id)).collect();
    let known: BTreeSet<String> =
        own.iter().flat_map(|idea| &idea.keywords).map(|phrase| phrase.to_lowercase()).collect();
    for keyword in brief.keywords.iter().filter(|keyword| !known.contains(&keyword.text.to_lowercase())) {
        if let Some(idea) = own.iter_mut().find(|idea| idea.keywords.len() < PHRASES_MAX) {
            idea.keywords.push(keyword.text.clone());
        }
    }
}

fn as_new(draft: IdeaDraft, title: String, sector: SectorId) -> NewIdea {
    let cluster = draft.cluster();
    let phrases = draft.keywords.iter().map(|k| clean_line(k, TITLE_CHARS_MAX)).filter(|k| !k.is_empty());
    NewIdea {
        sector,
        cluster: Some(cluster),
        title,
        description: draft.description.chars().take(DESCRIPTION_CHARS_MAX).collect(),
        keywords: phrases.take(PHRASES_MAX).collect(),
        content_type: draft.content_type,
        content_structure: draft.content_structure,
        word_count_target: draft.word_count.clamp(100, 10_000),
    }
}
