//! Fields of life the built-in engine knows its way around in: what readers of a field look at, where they go wrong, in
//! which order work is done, what a writer should show. An outline about puppies must not read like one about
//! insurance, and no model is there to make the difference; these tables do. They hold ways of judging, never facts
//! about a product or a person, so nothing in them goes out of date or needs a source.

mod body;
mod house;
mod kitchen;
mod leisure;
mod money;
mod technology;
mod work;

use super::words;
use std::collections::BTreeSet;

/// What somebody looks at when judging a thing of the field.
#[derive(Clone, Copy, Debug)]
pub(super) struct Aspect {
    /// A noun phrase, lower case: "fit".
    pub(super) name: &'static str,
    /// A whole sentence: what to do about it.
    pub(super) check: &'static str,
    /// A whole sentence: why it matters.
    pub(super) why: &'static str,
}

/// One field.
#[derive(Debug)]
pub(super) struct Domain {
    /// Words that point to the field, lower case.
    signals: &'static [&'static str],
    /// Who reads, as noun phrases in the plural.
    pub(super) readers: [&'static str; 2],
    /// What is judged, most important first.
    pub(super) aspects: [Aspect; 6],
    /// Where people go wrong (an -ing phrase, lower case) and what to do instead (a whole sentence).
    pub(super) mistakes: [(&'static str, &'static str); 4],
    /// How work goes: a heading in sentence case, then a whole sentence.
    pub(super) steps: [(&'static str, &'static str); 5],
    /// What to have at hand, lower-case noun phrases.
    pub(super) needs: [&'static str; 4],
    /// What a writer should show, lower-case noun phrases.
    pub(super) evidence: [&'static str; 2],
    /// What a picture could show.
    pub(super) scenes: [&'static str; 2],
}

/// Signals that several fields share. Each counts for less than a word of one field, and one of them alone points nowhere:
/// a bed may be a dog's, a guest's or a vegetable's.
const AMBIGUOUS: &[&str] = &[
    "arm",
    "battery",
    "bed",
    "boot",
    "capsule",
    "charging",
    "client",
    "container",
    "content",
    "contract",
    "course",
    "crate",
    "day",
    "drill",
    "driving",
    "emergency",
    "engine",
    "fan",
    "filter",
    "focus",
    "french",
    "interest",
    "language",
    "leaf",
    "lease",
    "link",
    "links",
    "living",
    "management",
    "meeting",
    "mold",
    "monitor",
    "mouse",
    "office",
    "pour",
    "press",
    "pricing",
    "project",
    "raised",
    "remote",
    "remove",
    "replace",
    "ring",
    "store",
    "style",
    "subject",
    "suit",
    "tablet",
    "template",
    "tool",
    "tools",
    "tree",
    "watch",
    "welcome",
    "work",
    "working",
    "yield",
    "zoom",
];
/// How often a word of one field counts as much as an ambiguous one.
const CLEAR_WEIGHT: u32 = 3;
/// Different ambiguous words that together point to a field.
const AMBIGUOUS_MIN: usize = 2;

/// How much a word counts by where it stands.
const HEAD_WEIGHT: u32 = 3;
const KEYWORD_WEIGHT: u32 = 4;
const TITLE_WEIGHT: u32 = 3;
const SURROUNDING_WEIGHT: u32 = 1;

/// What is known about an item, from the nearest to the farthest.
#[derive(Clone, Copy, Debug)]
pub(super) struct Signals<'a> {
    /// What the keyword is about in one word: of an espresso machine the machine, of cleaning something the cleaning.
    pub(super) head: &'a str,
    /// The strongest keyword.
    pub(super) keyword: &'a str,
    /// Its title or cluster.
    pub(super) title: &'a str,
    /// Other keywords, the sector.
    pub(super) surrounding: &'a [&'a str],
}

/// The field an item belongs to; the general one when no word points anywhere, or nothing but one ambiguous word does.
pub(super) fn find(signals: Signals<'_>) -> &'static Domain {
    let mut weighted: Vec<(BTreeSet<String>, u32)> = vec![
        (stems(signals.head), HEAD_WEIGHT),
        (stems(signals.keyword), KEYWORD_WEIGHT),
        (stems(signals.title), TITLE_WEIGHT),
    ];
    weighted.extend(signals.surrounding.iter().map(|text| (stems(text), SURROUNDING_WEIGHT)));
    let score = |domain: &Domain| -> u32 {
        let (mut clear, mut ambiguous, mut met) = (0, 0, 0);
        for signal in domain.signals {
            let stem = words::stem(signal);
            let weight: u32 = weighted.iter().filter(|(s, _)| s.contains(&stem)).map(|(_, weight)| weight).sum();
            if !AMBIGUOUS.contains(signal) {
                clear += weight * CLEAR_WEIGHT;
            } else if weight > 0 {
                (ambiguous, met) = (ambiguous + weight, met + 1);
            }
        }
        if clear > 0 || met >= AMBIGUOUS_MIN { clear + ambiguous } else { 0 }
    };
    let best = ALL.iter().copied().map(|domain| (score(domain), domain)).filter(|(points, _)| *points > 0);
    // Of equals the first in the table wins, so that the choice never depends on anything but the words.
    best.fold(None, |best: Option<(u32, &Domain)>, next| match best {
        Some(held) if held.0 >= next.0 => Some(held),
        Some(_) | None => Some(next),
    })
    .map_or(&work::GENERAL, |(_, domain)| domain)
}

/// The field everything belongs to.
pub(super) fn general() -> &'static Domain {
    &work::GENERAL
}

fn stems(text: &str) -> BTreeSet<String> {
    words::words(text).iter().map(|w| words::stem(w)).collect()
}

static ALL: &[&Domain] = &[
    &body::SPORT_GEAR,
    &body::TRAINING,
    &body::HEALTH,
    &body::BEAUTY,
    &leisure::FASHION,
    &leisure::TRAVEL,
    &kitchen::COOKING,
    &kitchen::DRINKS,
    &kitchen::APPLIANCES,
    &house::FURNITURE,
    &house::UPKEEP,
    &house::GARDEN,
    &house::PETS,
    &leisure::FAMILY,
    &money::FINANCE,
    &money::LEARNING,
    &money::VEHICLES,
    &money::LOCAL,
    &technology::SOFTWARE,
    &technology::ELECTRONICS,
    &work::MARKETING,
    &work::BUSINESS,
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::builtin::nouns::{self, Number};
    use crate::builtin::phrase;

    fn of(keyword: &str) -> &'static Domain {
        let subject = phrase::read(keyword).subject;
        find(Signals { head: subject.head(), keyword, title: "", surrounding: &[] })
    }

    #[test]
    fn words_find_their_field() {
        let table = [
            ("running shoes for flat feet", &body::SPORT_GEAR),
            ("marathon training plan", &body::TRAINING),
            ("cold brew ratio", &kitchen::DRINKS),
            ("how to descale espresso machine", &house::UPKEEP),
            ("sourdough starter not rising", &kitchen::COOKING),
            ("best standing desk", &house::FURNITURE),
            ("puppy potty training", &house::PETS),
            ("dog training plan", &house::PETS),
            ("how to propagate pothos", &house::GARDEN),
            ("email marketing software", &work::MARKETING),
            ("term life insurance rates", &money::FINANCE),
            ("emergency plumber near me", &money::LOCAL),
            ("4k webcam", &technology::ELECTRONICS),
            ("best espresso machine for beginners", &kitchen::APPLIANCES),
            ("how to clean an espresso machine", &house::UPKEEP),
            ("coffee scale with timer", &kitchen::APPLIANCES),
            ("qwertz asdf", &work::GENERAL),
            ("", &work::GENERAL),
        ];
        for (keyword, expected) in table {
            assert!(std::ptr::eq(of(keyword), expected), "{keyword}: {:?}", of(keyword).readers);
        }
    }

    #[test]
    fn a_word_of_many_fields_does_not_choose_one() {
        let table = [
            ("dog bed review", &house::PETS),
            ("aeropress recipe", &kitchen::DRINKS),
            ("keto recipes", &kitchen::COOKING),
            ("raised bed soil mix", &house::GARDEN),
            ("raised bed", &house::GARDEN),
            ("bed frame with storage", &house::FURNITURE),
            ("bed sheets", &work::GENERAL),
            ("best bed for back pain", &body::HEALTH),
            ("cat tree with bed", &house::PETS),
            ("french press coffee", &kitchen::DRINKS),
            ("zoom webcam settings", &technology::ELECTRONICS),
            ("project management software", &technology::SOFTWARE),
            ("car battery charging", &money::VEHICLES),
            ("day trip to the island", &leisure::TRAVEL),
            ("watch strap", &work::GENERAL),
        ];
        for (keyword, expected) in table {
            assert!(std::ptr::eq(of(keyword), expected), "{keyword}: {:?}", of(keyword).readers);
        }
        let known: Vec<&str> = ALL.iter().flat_map(|domain| domain.signals).copied().collect();
        assert!(AMBIGUOUS.iter().all(|word| known.contains(word)), "a word no field has is not ambiguous");
    }

    #[test]
    fn every_entry_fits_the_sentences_it_is_used_in() {
        for domain in ALL.iter().chain([&&work::GENERAL]) {
            for aspect in &domain.aspects {
                // Sentences go on with "decides", "comes first".
                assert!(
                    nouns::number(aspect.name) != Number::Plural && !aspect.name.contains(" and "),
                    "{}",
                    aspect.name
                );
                assert!(
                    aspect.name.chars().next().unwrap().is_lowercase() || aspect.name.starts_with("SEO"),
                    "{}",
                    aspect.name
                );
                for sentence in [aspect.check, aspect.why] {
                    assert!(sentence.ends_with('.') && sentence.chars().next().unwrap().is_uppercase(), "{sentence}");
                }
            }
            for (mistake, instead) in &domain.mistakes {
                let verb = mistake.split(' ').next().unwrap();
                assert!((verb.ends_with("ing") || verb == "never") && instead.ends_with('.'), "{mistake}: {instead}");
            }
            for (step, how) in &domain.steps {
                assert!(!step.ends_with('.') && how.ends_with('.'), "{step}: {how}");
            }
            let nouns = domain.needs.iter().chain(&domain.evidence).chain(&domain.readers);
            assert!(nouns.into_iter().all(|n| !n.ends_with('.')), "{:?}", domain.readers);
        }
    }
}
