//! What a text is about, in the grammatical shapes sentences need.

use crate::builtin::grammar;
use crate::builtin::nouns::{self, Number};

/// What sort of thing a subject is; templates say for which sorts they read well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::builtin) enum Kind {
    /// Something one can have, buy or judge.
    Thing,
    /// Something one does.
    Action,
    /// A matter of degree: when, how often, how much.
    Matter,
    /// A question with a straight answer.
    Question,
}

/// A subject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::builtin) struct Subject {
    pub(in crate::builtin) kind: Kind,
    /// Without an article: "standing desk", "cleaning white sneakers".
    pub(in crate::builtin) bare: String,
    /// As the object of a sentence: "a standing desk".
    pub(in crate::builtin) noun: String,
    /// The verb phrase of an action: "clean white sneakers"; elsewhere as `bare`.
    pub(in crate::builtin) verb: String,
    /// The two things of a comparison.
    pub(in crate::builtin) sides: Option<(String, String)>,
}

/// Verbs that open a keyword which asks for a method.
const VERBS: &[&str] = &[
    "avoid",
    "build",
    "choose",
    "clean",
    "create",
    "decrease",
    "descale",
    "feed",
    "find",
    "fix",
    "get",
    "grow",
    "hide",
    "improve",
    "increase",
    "install",
    "learn",
    "lose",
    "lower",
    "make",
    "organize",
    "prevent",
    "propagate",
    "prune",
    "reduce",
    "remove",
    "repair",
    "replace",
    "revive",
    "save",
    "sharpen",
    "start",
    "steam",
    "store",
    "unclog",
    "use",
    "wash",
    "write",
];

/// Second words that show the first to be no verb: "clean energy", "cleaning services", "start menu".
const COMPOUNDS: &[&str] = &[
    "eating",
    "energy",
    "room",
    "services",
    "service",
    "company",
    "companies",
    "products",
    "supplies",
    "menu",
    "date",
    "quality",
    "cases",
    "lady",
    "tools",
    "process",
    "bot",
    "time",
    "up",
    "and",
    "cars",
    "tips",
    "ideas",
    "guide",
    "schedule",
    "course",
    "courses",
    "app",
    "apps",
    "software",
    "examples",
    "bags",
    "system",
    "kit",
    "table",
    "milk",
];

impl Subject {
    /// Something one can have; an article in front of it is kept out of compounds.
    pub(super) fn thing(text: &str) -> Self {
        let noun = grammar::with_article(text);
        Self { kind: Kind::Thing, bare: text.to_owned(), noun, verb: text.to_owned(), sides: None }
    }

    /// Something one does, given as a verb phrase.
    pub(super) fn action(verb_phrase: &str) -> Self {
        let words: Vec<&str> = verb_phrase.split(' ').collect();
        let adverbs = words.iter().take_while(|w| w.ends_with("ly") || matches!(**w, "not" | "best")).count();
        let verb_at = if adverbs < words.len() { adverbs } else { 0 };
        let gerunds: Vec<String> = words
            .iter()
            .enumerate()
            .map(|(at, word)| {
                let joined = at == verb_at + 2 && words.get(verb_at + 1).is_some_and(|w| matches!(*w, "and" | "or"));
                let is_verb = (at == verb_at || joined) && word.chars().all(|c| c.is_ascii_lowercase());
                if is_verb { grammar::gerund(word) } else { (*word).to_owned() }
            })
            .collect();
        let bare = gerunds.join(" ");
        Self { kind: Kind::Action, noun: bare.clone(), bare, verb: verb_phrase.to_owned(), sides: None }
    }

    /// A clause such as "when to replace running shoes".
    pub(super) fn matter(clause: &str) -> Self {
        let bare = clause.to_owned();
        Self { kind: Kind::Matter, noun: "this question".to_owned(), verb: bare.clone(), bare, sides: None }
    }

    /// A question that only fits into a sentence between quotation marks.
    pub(super) fn quoted(question: &str) -> Self {
        Self { kind: Kind::Question, ..Self::matter(&format!("“{question}”")) }
    }

    /// Two things of which one is to be chosen.
    pub(super) fn sides(a: &str, b: &str) -> Self {
        let bare = format!("{a} or {b}");
        Self {
            kind: Kind::Thing,
            noun: format!("{} or {}", grammar::with_article(a), grammar::with_article(b)),
            verb: bare.clone(),
            bare,
            sides: Some((a.to_owned(), b.to_owned())),
        }
    }

    /// The subject as a thing, for structures that judge or offer something.
    pub(in crate::builtin) fn into_thing(self) -> Self {
        Self { kind: Kind::Thing, ..self }
    }

    /// The word that says what field it belongs to: a thing's head noun, an action's verb.
    pub(in crate::builtin) fn head(&self) -> &str {
        match self.kind {
            Kind::Thing => nouns::head_noun(&self.bare),
            Kind::Action => self.verb.split(' ').next().unwrap_or_default(),
            Kind::Matter | Kind::Question => "",
        }
    }

    /// Whether "is" or "are" follows it.
    pub(in crate::builtin) fn is_plural(&self) -> bool {
        self.kind == Kind::Thing && self.sides.is_none() && nouns::number(&self.bare) == Number::Plural
    }
}

/// The base form of a verb that opens a method, given in base or -ing form.
pub(super) fn base_verb(word: &str) -> Option<&'static str> {
    VERBS.iter().copied().find(|verb| *verb == word || grammar::gerund(verb) == word)
}

/// True when a verb and this word after it form a noun: "cleaning services".
pub(super) fn is_compound(second: &str) -> bool {
    COMPOUNDS.contains(&second)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn actions_become_nouns() {
        for (verb, noun) in [
            ("clean white sneakers", "cleaning white sneakers"),
            ("properly clean suede", "properly cleaning suede"),
            ("plan and write a book", "planning and writing a book"),
            ("get stains out", "getting stains out"),
            ("日本", "日本"),
        ] {
            assert_eq!(Subject::action(verb).bare, noun);
        }
    }

    #[test]
    fn number_follows_the_head() {
        assert!(Subject::thing("running shoes for winter").is_plural());
        assert!(!Subject::thing("email marketing").is_plural());
        assert!(!Subject::sides("cats", "dogs").is_plural());
    }
}
