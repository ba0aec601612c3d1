//! From groups of words to clusters a person recognises: parted where members want different things, named after the
//! keyword most people type, described in one sentence.

use super::Grouped;
use crate::builtin::{grammar, words};
use igny8_core::function::input::KeywordInput;
use igny8_core::function::output::{ClusterDraft, TITLE_CHARS_MAX, clean_line};
use igny8_core::intent;
use igny8_core::status::Intent;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Members each side must have before one topic becomes two clusters: below it, two thin articles would compete.
const SIDE_MIN: usize = 3;
/// Other keywords a description names.
const EXAMPLES_MAX: usize = 2;

/// Parts a group in which some want to learn and others to buy, when both sides can stand by themselves. Keywords that
/// state no intent go with the side that has the strongest keyword of the group.
pub(super) fn part_by_intent(group: Grouped<'_>) -> Vec<Grouped<'_>> {
    let (mut learn, mut buy, mut open) = (Vec::new(), Vec::new(), Vec::new());
    for keyword in &group.members {
        match keyword.intent.or_else(|| intent::stated(&keyword.text)) {
            Some(Intent::Informational) => learn.push(*keyword),
            Some(Intent::Commercial | Intent::Transactional) => buy.push(*keyword),
            Some(Intent::Navigational) | None => open.push(*keyword),
        }
    }
    if learn.len() < SIDE_MIN || buy.len() < SIDE_MIN {
        return vec![group];
    }
    let strongest = |side: &[&KeywordInput]| side.iter().map(|k| k.volume.unwrap_or(0)).max();
    let learn_is_main = (strongest(&learn), learn.len()) >= (strongest(&buy), buy.len());
    let (mut main, side) = if learn_is_main { (learn, buy) } else { (buy, learn) };
    main.extend(open);
    vec![Grouped { existing: group.existing, members: main }, Grouped { existing: None, members: side }]
}

/// Names and describes the groups; no two get one name, and a name that exists already is written as it exists.
pub(super) fn named(groups: Vec<Grouped<'_>>, existing: &[String]) -> Vec<ClusterDraft> {
    let mut taken: BTreeSet<String> = groups.iter().filter_map(|g| g.existing).map(str::to_lowercase).collect();
    groups
        .into_iter()
        .map(|mut group| {
            sort_by_strength(&mut group.members);
            let name = match group.existing {
                Some(name) => name.to_owned(),
                None => new_name(&group.members, existing, &mut taken),
            };
            let keyword_ids = group.members.iter().map(|k| k.id.0).collect();
            ClusterDraft { name, description: description(&group.members), keyword_ids }
        })
        .collect()
}

/// Most searched first. Of equals (files without a volume column) the most typical first, the one whose words the
/// others share most, so that a cluster is called "Marathon Training Plan" and not "Marathon Plan PDF".
fn sort_by_strength(members: &mut [&KeywordInput]) {
    let mut shared: BTreeMap<String, usize> = BTreeMap::new();
    for keyword in members.iter() {
        for stem in topic_stems(&keyword.text) {
            *shared.entry(stem).or_insert(0) += 1;
        }
    }
    members.sort_by_cached_key(|keyword| {
        let stems = topic_stems(&keyword.text);
        let sum: usize = stems.iter().filter_map(|stem| shared.get(stem)).sum();
        let typical = sum.saturating_mul(1_000).checked_div(stems.len()).unwrap_or(0);
        (Reverse(keyword.volume.unwrap_or(0)), Reverse((typical, sum)), keyword.text.chars().count(), keyword.id)
    });
}

fn topic_stems(text: &str) -> BTreeSet<String> {
    words::content_stems(text).into_iter().collect()
}

/// The strongest keyword in Title Case; when a cluster of that name stands already, the next one.
fn new_name(members: &[&KeywordInput], existing: &[String], taken: &mut BTreeSet<String>) -> String {
    let mut names = members.iter().map(|k| title(&k.text)).filter(|name| !name.is_empty());
    let first = names.next().unwrap_or_else(|| "Keywords".to_owned());
    let free = std::iter::once(first.clone()).chain(names).find(|name| !taken.contains(&name.to_lowercase()));
    let name = free.unwrap_or_else(|| {
        let mut numbered = (2_u32..).map(|n| format!("{first} {n}"));
        numbered.find(|name| !taken.contains(&name.to_lowercase())).unwrap_or_default()
    });
    taken.insert(name.to_lowercase());
    let as_it_exists = existing.iter().find(|e| e.to_lowercase() == name.to_lowercase());
    as_it_exists.cloned().unwrap_or(name)
}

fn title(keyword: &str) -> String {
    clean_line(&grammar::title_case(&grammar::clean(keyword)), TITLE_CHARS_MAX)
}

/// One sentence: what it is about, what the searchers want, which other phrases it holds.
fn description(members: &[&KeywordInput]) -> String {
    let Some(head) = members.first() else {
        return String::new();
    };
    let wish = match main_intent(members) {
        Intent::Informational => "readers who want to understand",
        Intent::Commercial => "readers who compare before they choose",
        Intent::Transactional => "readers who are ready to buy or book",
        Intent::Navigational => "readers who look for a certain place",
    };
    let head_stems = topic_stems(&head.text);
    let mut examples: Vec<String> = Vec::new();
    for keyword in members.iter().skip(1) {
        let adds = words::content_stems(&keyword.text).into_iter().any(|stem| !head_stems.contains(&stem));
        if adds && examples.len() < EXAMPLES_MAX {
            examples.push(format!("“{}”", grammar::inside(&grammar::clean(&keyword.text))));
        }
    }
    let topic = grammar::inside(&grammar::clean(&head.text));
    if examples.is_empty() {
        format!("Searches for “{topic}”, from {wish}.")
    } else {
        format!("Searches for “{topic}”, from {wish}, with questions such as {}.", grammar::list(&examples))
    }
}

/// The intent most members have or state; of equals the strongest member's. Bare topics have no say.
fn main_intent(members: &[&KeywordInput]) -> Intent {
    let intents: Vec<Intent> = members.iter().filter_map(|k| k.intent.or_else(|| intent::stated(&k.text))).collect();
    let count = |wanted: Intent| intents.iter().filter(|i| **i == wanted).count();
    let most = intents.iter().map(|i| count(*i)).max().unwrap_or(0);
    intents.iter().copied().find(|i| count(*i) == most).unwrap_or(Intent::Informational)
}
