//! Which articles of the same site are worth a link, and on which words.

use super::Draft;
use crate::builtin::{grammar, words};
use igny8_core::function::output::LinkSuggestion;
use std::collections::{BTreeMap, BTreeSet};

/// Links of one article.
const LINKS_MAX: usize = 5;
/// A word that at least one in this many titles hold says nothing about two articles; with few articles every word does.
const COMMON_ONE_IN: usize = 3;
const FEW_ARTICLES: usize = 6;
/// Words of an anchor, from the most to the fewest tried.
const ANCHOR_WORDS: std::ops::RangeInclusive<usize> = 2..=6;

/// The related articles that share topic words with this one, nearest first. The anchor is a run of words of the target's
/// title that stands in the body, so that it can be linked where it is; else the title.
pub(super) fn suggestions(draft: &Draft<'_>, body: &str) -> Vec<LinkSuggestion> {
    let sets: Vec<BTreeSet<String>> = draft.input.related.iter().map(|r| topic(&r.title)).collect();
    let mut held_by: BTreeMap<&str, usize> = BTreeMap::new();
    for stem in sets.iter().flatten() {
        *held_by.entry(stem).or_insert(0) += 1;
    }
    let keywords = draft.secondary.iter().map(|p| p.keyword.as_str());
    let own: BTreeSet<String> =
        [draft.title.as_str(), draft.phrase.keyword.as_str()].into_iter().chain(keywords).flat_map(topic).collect();
    let mut scored: Vec<(u64, usize)> = sets
        .iter()
        .enumerate()
        .filter(|(at, _)| draft.input.related.get(*at).is_some_and(|r| r.title != draft.title && !r.slug.is_empty()))
        .map(|(at, set)| {
            // A word that stands in every title of the site says little about this one.
            let weight = |stem: &String| {
                let holders = held_by.get(stem.as_str()).copied().unwrap_or(1);
                u64::try_from(1_000 / holders.max(1)).unwrap_or(1).max(1)
            };
            let telling = set.intersection(&own).any(|stem| {
                let holders = held_by.get(stem.as_str()).copied().unwrap_or(0);
                sets.len() < FEW_ARTICLES || holders * COMMON_ONE_IN <= sets.len()
            });
            (if telling { set.intersection(&own).map(weight).sum() } else { 0 }, at)
        })
        .filter(|(score, _)| *score > 0)
        .collect();
    scored.sort_by_key(|(score, at)| (std::cmp::Reverse(*score), *at));
    let lower = body.to_lowercase();
    scored
        .into_iter()
        .take(LINKS_MAX)
        .filter_map(|(_, at)| draft.input.related.get(at))
        .map(|related| LinkSuggestion { slug: related.slug.clone(), anchor: anchor(&related.title, &lower) })
        .collect()
}

fn topic(text: &str) -> BTreeSet<String> {
    let topical = words::words(text).into_iter().filter(|w| !words::is_stop(w) && !words::is_modifier(w));
    topical.map(|w| words::stem(&w)).collect()
}

/// The longest run of the title's words that the body holds.
fn anchor(title: &str, lower_body: &str) -> String {
    let title = grammar::clean(title);
    let tokens: Vec<&str> = title.split(' ').map(|w| w.trim_matches(|c: char| !c.is_alphanumeric())).collect();
    for length in ANCHOR_WORDS.rev() {
        for run in tokens.windows(length) {
            let ends = run.first().into_iter().chain(run.last());
            let weak = ends.into_iter().any(|w| words::is_stop(&w.to_lowercase()));
            let text = run.join(" ").to_lowercase();
            if !weak && !text.is_empty() && lower_body.contains(&text) {
                return text;
            }
        }
    }
    title
}
