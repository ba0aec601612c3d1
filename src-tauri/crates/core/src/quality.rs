//! The quality floor: what an article must have to be approved without a person. What fails it is not refused, it waits
//! for a person with the reasons beside it.

use crate::keyword_file::clean_keyword;
use crate::status::{UnknownWord, vocabulary};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

vocabulary! {
    /// What an article can lack of the floor.
    QualityFlaw {
        /// It is an outline that is to be written out.
        Outline = "outline",
        /// It is too short.
        Words = "words",
        /// Pictures are missing.
        Pictures = "pictures",
        /// No title for search results.
        MetaTitle = "meta_title",
        /// No description for search results.
        MetaDescription = "meta_description",
        /// Too few headings.
        Headings = "headings",
        /// Another article of the site is about the same.
        SameTopic = "same_topic",
    }
}

/// Of how many words in a hundred two titles may share and be about two things.
const SAME_TOPIC_PERCENT: usize = 75;
/// Words shorter than this join others and say nothing, in the languages that have such.
const WORD_CHARS_MIN: usize = 3;

/// What is asked of an article. Each part can be left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QualityFloor {
    /// Words of what was aimed at, in percent; 0 asks for none.
    pub words_percent: u8,
    /// Every picture it has a place for, and at least one.
    pub needs_pictures: bool,
    /// Title and description for search results.
    pub needs_meta: bool,
    /// Second-level headings at least; 0 asks for none.
    pub headings_min: u8,
    /// No other article of the site about the same.
    pub refuses_same_topic: bool,
    /// An outline that is to be written out will do.
    pub takes_outlines: bool,
}

impl Default for QualityFloor {
    fn default() -> Self {
        Self {
            words_percent: 80,
            needs_pictures: true,
            needs_meta: true,
            headings_min: 2,
            refuses_same_topic: true,
            takes_outlines: false,
        }
    }
}

/// What an article is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subject {
    /// Its title.
    pub title: String,
    /// Its strongest keyword; empty without one.
    pub keyword: String,
}

/// What is looked at in an article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ArticleFacts {
    /// What it is about.
    pub subject: Subject,
    /// Words in it.
    pub words: u32,
    /// Words that were aimed at; 0 when nobody said.
    pub words_aimed: u32,
    /// Places for pictures.
    pub pictures: u32,
    /// Of those, with a picture.
    pub pictures_made: u32,
    /// It has a title for search results.
    pub has_meta_title: bool,
    /// It has a description for search results.
    pub has_meta_description: bool,
    /// Second-level headings.
    pub headings: u32,
    /// An outline to be written out.
    pub is_outline: bool,
}

/// One thing that an article lacks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flaw {
    /// What.
    pub flaw: QualityFlaw,
    /// What it has of that: words, pictures or headings; 0 where nothing is counted.
    pub has: u32,
    /// What is asked for; 0 where nothing is counted.
    pub wants: u32,
    /// The title of the article that is about the same; empty for the rest.
    pub other: String,
}

/// What an article lacks of the floor, in a fixed order; nothing when it passes. `others` are the articles of its site that
/// are approved or public.
#[must_use]
pub fn flaws(floor: &QualityFloor, article: &ArticleFacts, others: &[Subject]) -> Vec<Flaw> {
    let mut found = Vec::new();
    let mut lacks = |flaw, has, wants| found.push(Flaw { flaw, has, wants, other: String::new() });
    if article.is_outline && !floor.takes_outlines {
        lacks(QualityFlaw::Outline, 0, 0);
    }
    let words = u64::from(article.words_aimed) * u64::from(floor.words_percent);
    let words = u32::try_from(words.div_ceil(100)).unwrap_or(u32::MAX);
    if article.words < words {
        lacks(QualityFlaw::Words, article.words, words);
    }
    if floor.needs_pictures && (article.pictures == 0 || article.pictures_made < article.pictures) {
        lacks(QualityFlaw::Pictures, article.pictures_made, article.pictures.max(1));
    }
    if floor.needs_meta && !article.has_meta_title {
        lacks(QualityFlaw::MetaTitle, 0, 0);
    }
    if floor.needs_meta && !article.has_meta_description {
        lacks(QualityFlaw::MetaDescription, 0, 0);
    }
    if article.headings < u32::from(floor.headings_min) {
        lacks(QualityFlaw::Headings, article.headings, u32::from(floor.headings_min));
    }
    if floor.refuses_same_topic
        && let Some(other) = others.iter().find(|other| is_same_topic(&article.subject, other))
    {
        found.push(Flaw { flaw: QualityFlaw::SameTopic, has: 0, wants: 0, other: other.title.clone() });
    }
    found
}

/// Whether two articles would compete for the same searches: the same strongest keyword, or titles of mostly the same words.
fn is_same_topic(one: &Subject, other: &Subject) -> bool {
    let key = |subject: &Subject| clean_keyword(&subject.keyword).ok().map(|keyword| keyword.key);
    if key(one).is_some_and(|one| key(other) == Some(one)) {
        return true;
    }
    let (one, other) = (words_of(&one.title), words_of(&other.title));
    let all = one.union(&other).count();
    all > 0 && one.intersection(&other).count() * 100 >= all * SAME_TOPIC_PERCENT
}

fn words_of(title: &str) -> BTreeSet<String> {
    let words = title.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase);
    words.filter(|word| word.chars().count() >= WORD_CHARS_MIN).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn subject(title: &str, keyword: &str) -> Subject {
        Subject { title: title.to_owned(), keyword: keyword.to_owned() }
    }

    fn sound() -> ArticleFacts {
        ArticleFacts {
            subject: subject("Green tea benefits", "green tea benefits"),
            words: 1_200,
            words_aimed: 1_500,
            pictures: 3,
            pictures_made: 3,
            has_meta_title: true,
            has_meta_description: true,
            headings: 5,
            is_outline: false,
        }
    }

    fn lacks(floor: &QualityFloor, article: &ArticleFacts, others: &[Subject]) -> Vec<QualityFlaw> {
        flaws(floor, article, others).into_iter().map(|flaw| flaw.flaw).collect()
    }

    #[test]
    fn an_article_passes_that_has_all_of_it() {
        assert_eq!(flaws(&QualityFloor::default(), &sound(), &[subject("Black tea", "black tea")]), []);
    }

    #[test]
    fn each_part_fails_alone_and_says_by_how_much() {
        let floor = QualityFloor::default();
        let with = |change: fn(&mut ArticleFacts)| {
            let mut article = sound();
            change(&mut article);
            flaws(&floor, &article, &[])
        };
        let flaw = |flaw, has, wants| vec![Flaw { flaw, has, wants, other: String::new() }];
        assert_eq!(with(|a| a.words = 1_199), flaw(QualityFlaw::Words, 1_199, 1_200));
        assert_eq!(with(|a| a.pictures_made = 2), flaw(QualityFlaw::Pictures, 2, 3));
        assert_eq!(with(|a| (a.pictures, a.pictures_made) = (0, 0)), flaw(QualityFlaw::Pictures, 0, 1));
        assert_eq!(with(|a| a.has_meta_title = false), flaw(QualityFlaw::MetaTitle, 0, 0));
        assert_eq!(with(|a| a.has_meta_description = false), flaw(QualityFlaw::MetaDescription, 0, 0));
        assert_eq!(with(|a| a.headings = 1), flaw(QualityFlaw::Headings, 1, 2));
        assert_eq!(with(|a| a.is_outline = true), flaw(QualityFlaw::Outline, 0, 0));
        assert_eq!(with(|a| a.words_aimed = 0), [], "nobody said how long");
    }

    #[test]
    fn a_part_that_is_left_out_asks_for_nothing() {
        let floor = QualityFloor {
            words_percent: 0,
            needs_pictures: false,
            needs_meta: false,
            headings_min: 0,
            refuses_same_topic: false,
            takes_outlines: true,
        };
        let bare = ArticleFacts { words_aimed: 1_500, is_outline: true, ..ArticleFacts::default() };
        assert_eq!(flaws(&floor, &bare, &[Subject::default()]), []);
    }

    #[test]
    fn the_same_topic_is_the_same_keyword_or_mostly_the_same_title() {
        let floor = QualityFloor::default();
        let against = |other| lacks(&floor, &sound(), &[other]);
        assert_eq!(against(subject("Something else", "Green  Tea benefits")), [QualityFlaw::SameTopic]);
        assert_eq!(against(subject("Benefits of green tea", "")), [QualityFlaw::SameTopic]);
        assert_eq!(against(subject("Green tea for sleep", "green tea sleep")), []);
        assert_eq!(against(subject("", "")), [], "nothing is not about the same");
        let named = flaws(&floor, &sound(), &[subject("Benefits of green tea", "")]);
        assert_eq!(named[0].other, "Benefits of green tea");
    }
}
