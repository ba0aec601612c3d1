//! Which keywords a file had already, and what it said of them: a few bytes each, so that a million rows stay within
//! fixed memory, while a later and better row of the same keyword still counts.

use igny8_core::keyword_file::{Exactness, KeywordRow};
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

/// The identity of a keyword in its market. Two different keywords of one full file share it with a chance below one
/// in thirty million.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Identity(u64);

impl Identity {
    pub(super) fn of(row: &KeywordRow) -> Self {
        let mut hasher = DefaultHasher::new();
        (&row.key, &row.country).hash(&mut hasher);
        Self(hasher.finish())
    }
}

/// What is known of the keywords that were handed out.
#[derive(Default)]
pub(super) struct Seen(HashMap<Identity, Known>);

#[derive(Clone, Copy, Default)]
struct Known {
    volume: Option<Exactness>,
    difficulty: bool,
    cpc: bool,
    intents: bool,
    impressions: bool,
    clicks: bool,
    position: bool,
}

impl Seen {
    /// Whether this keyword was handed out.
    pub(super) fn contains(&self, identity: Identity) -> bool {
        self.0.contains_key(&identity)
    }

    /// Notes a row that is handed out.
    pub(super) fn note(&mut self, identity: Identity, row: &KeywordRow) {
        let known = self.0.entry(identity).or_default();
        known.volume = known.volume.max(row.volume.map(|volume| volume.exactness));
        known.difficulty |= row.difficulty.is_some();
        known.cpc |= row.cpc.is_some();
        known.intents |= !row.intents.is_empty();
        known.impressions |= row.impressions.is_some();
        known.clicks |= row.clicks.is_some();
        known.position |= row.position_milli.is_some();
    }

    /// Of another row of a keyword that was handed out, the part that is better or new; `None` when nothing is.
    pub(super) fn news(&self, identity: Identity, row: KeywordRow) -> Option<KeywordRow> {
        let known = self.0.get(&identity).copied().unwrap_or_default();
        let keep = |is_known: bool, value: Option<i64>| value.filter(|_| !is_known);
        let news = KeywordRow {
            volume: row.volume.filter(|volume| Some(volume.exactness) > known.volume),
            difficulty: keep(known.difficulty, row.difficulty),
            cpc: row.cpc.filter(|_| !known.cpc),
            intents: if known.intents { Vec::new() } else { row.intents },
            impressions: keep(known.impressions, row.impressions),
            clicks: keep(known.clicks, row.clicks),
            position_milli: keep(known.position, row.position_milli),
            text: row.text,
            key: row.key,
            country: row.country,
        };
        let is_new = news.volume.is_some()
            || news.difficulty.is_some()
            || news.cpc.is_some()
            || !news.intents.is_empty()
            || news.impressions.is_some()
            || news.clicks.is_some()
            || news.position_milli.is_some();
        is_new.then_some(news)
    }
}
