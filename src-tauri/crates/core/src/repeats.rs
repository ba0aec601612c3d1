//! Whether two articles are about the same. Two of one topic on one site stand in each other's way in search results. What
//! is compared is what a search sees of an article: its title, its address and the keyword it is for. It is a warning for
//! a person and never a verdict: a second article on one topic may be meant.

use crate::slug::slug;
use crate::status::{UnknownWord, vocabulary};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use unicode_normalization::UnicodeNormalization;

vocabulary! {
    /// How much two articles have in common, the most telling first.
    Likeness {
        /// The same title, but for case, accents and signs.
        Title = "title",
        /// The same words in the keyword each is for.
        Keyword = "keyword",
        /// The same address.
        Address = "address",
        /// Nearly the same words in the title.
        Words = "words",
    }
}

/// Of all words of two titles, how many percent both must have to be nearly the same: three of four words are another
/// topic as often as not, five of six seldom are.
const SHARED_PERCENT: usize = 80;
/// Words that a title must have before nearly the same counts: of two or three each makes another topic.
const WORDS_MIN: usize = 4;

/// What an article is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subject {
    /// Its title.
    pub title: String,
    /// The last part of its address; empty where it has none yet.
    pub slug: String,
    /// Keywords it is for, the first one first.
    pub keywords: Vec<String>,
}

/// Articles by what they are about, to be asked for those that are like another one.
#[derive(Clone, Debug, Default)]
pub struct Subjects {
    all: Vec<Known>,
    by_key: BTreeMap<(u8, String), Vec<usize>>,
    by_word: BTreeMap<String, Vec<usize>>,
}

#[derive(Clone, Debug)]
struct Known {
    words: BTreeSet<String>,
}

impl Subjects {
    /// Those of a site, in the order by which they are named.
    #[must_use]
    pub fn new(all: &[Subject]) -> Self {
        let mut subjects = Self::default();
        for (at, subject) in all.iter().enumerate() {
            let words = words(&subject.title);
            for word in &words {
                subjects.by_word.entry(word.clone()).or_default().push(at);
            }
            for (likeness, key) in keys(subject) {
                subjects.by_key.entry((rank(likeness), key)).or_default().push(at);
            }
            subjects.all.push(Known { words });
        }
        subjects
    }

    /// The one that is most like `subject`, by its place in what this was made of, and how. Those that `is_itself` says yes
    /// to are left out.
    #[must_use]
    pub fn like(&self, subject: &Subject, is_itself: impl Fn(usize) -> bool) -> Option<(usize, Likeness)> {
        for (likeness, key) in keys(subject) {
            let same = self.by_key.get(&(rank(likeness), key)).into_iter().flatten();
            if let Some(at) = same.copied().find(|at| !is_itself(*at)) {
                return Some((at, likeness));
            }
        }
        self.nearly(&words(&subject.title), is_itself).map(|at| (at, Likeness::Words))
    }

    /// The one that has the most words of a title, where that is nearly all of both.
    fn nearly(&self, words: &BTreeSet<String>, is_itself: impl Fn(usize) -> bool) -> Option<usize> {
        if words.len() < WORDS_MIN {
            return None;
        }
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for at in words.iter().filter_map(|word| self.by_word.get(word)).flatten() {
            *shared.entry(*at).or_default() += 1;
        }
        let is_near = |(at, shared): &(usize, usize)| {
            let of_both = self.all.get(*at).map_or(0, |known| known.words.len() + words.len() - shared);
            !is_itself(*at) && shared * 100 >= of_both * SHARED_PERCENT
        };
        shared
            .into_iter()
            .filter(is_near)
            .max_by_key(|(at, shared)| (*shared, std::cmp::Reverse(*at)))
            .map(|(at, _)| at)
    }
}

/// By what it is the same as another, the most telling first.
fn keys(subject: &Subject) -> Vec<(Likeness, String)> {
    let mut keys = Vec::new();
    let mut add = |likeness, key: String| {
        if !key.is_empty() {
            keys.push((likeness, key));
        }
    };
    add(Likeness::Title, in_order(&subject.title));
    if let Some(first) = subject.keywords.first() {
        // In any order: people type a search as it comes to them.
        add(Likeness::Keyword, words(first).into_iter().collect::<Vec<_>>().join(" "));
    }
    add(Likeness::Address, slug(&subject.slug, ""));
    keys
}

const fn rank(likeness: Likeness) -> u8 {
    match likeness {
        Likeness::Title => 0,
        Likeness::Keyword => 1,
        Likeness::Address => 2,
        Likeness::Words => 3,
    }
}

/// A text with nothing but its letters and digits, in small letters, without accents.
fn in_order(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let joins = |c: &char| matches!(c, '\'' | '\u{2019}') || ('\u{300}'..='\u{36f}').contains(c);
    for c in text.nfkd().filter(|c| !joins(c)).flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out.truncate(out.trim_end().len());
    out
}

fn words(text: &str) -> BTreeSet<String> {
    in_order(text).split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn subject(title: &str, slug: &str, keyword: &str) -> Subject {
        let keywords = if keyword.is_empty() { Vec::new() } else { vec![keyword.to_owned()] };
        Subject { title: title.to_owned(), slug: slug.to_owned(), keywords }
    }

    fn known() -> Subjects {
        Subjects::new(&[
            subject("How to Brew Green Tea at Home", "brew-green-tea", "brew green tea"),
            subject("Crème brûlée: the chef's way", "creme-brulee", ""),
            subject("日本の緑茶", "ryokucha", ""),
            subject("Tea", "tea", ""),
        ])
    }

    fn like(title: &str, slug: &str, keyword: &str) -> Option<(usize, Likeness)> {
        known().like(&subject(title, slug, keyword), |_| false)
    }

    #[test]
    fn the_same_topic_is_known_by_title_keyword_address_and_nearly_all_words() {
        assert_eq!(like("how to brew GREEN tea, at home!", "", ""), Some((0, Likeness::Title)));
        assert_eq!(like("Creme brulee, the chefs way", "", ""), Some((1, Likeness::Title)));
        assert_eq!(like("Sencha for beginners", "", "green tea brew"), Some((0, Likeness::Keyword)));
        assert_eq!(like("Sencha for beginners", "brew-green-tea", ""), Some((0, Likeness::Address)));
        assert_eq!(like("How to brew the green tea at home", "", ""), Some((0, Likeness::Words)));
        assert_eq!(like("日本の緑茶", "", ""), Some((2, Likeness::Title)), "in any script");
    }

    #[test]
    fn another_topic_is_none() {
        for title in ["How to brew black coffee at home", "Green tea", "Tea time", "", "緑茶"] {
            assert_eq!(like(title, "", ""), None, "{title}");
        }
        assert_eq!(like("Kettles", "", "green tea"), None, "half of a keyword is another");
    }

    #[test]
    fn nothing_repeats_itself() {
        let subjects = known();
        let first = subject("How to Brew Green Tea at Home", "brew-green-tea", "brew green tea");
        assert_eq!(subjects.like(&first, |at| at == 0), None);
        assert_eq!(Subjects::default().like(&first, |_| false), None);
    }
}
