//! What a searcher wants, read off the words of a phrase. The rule stands in the domain because two readers must agree:
//! an import that fills a missing intent, and the built-in engine that groups and writes by it.
//!
//! The words are the ones published keyword tools name for each class; English carries the full list, the other
//! languages their commonest buying, comparing and asking words. A phrase without any of them says nothing.

use crate::status::Intent;

/// Reaching a known place.
const NAVIGATIONAL: &[&str] = &[
    "login",
    "log in",
    "sign in",
    "signin",
    "official site",
    "official website",
    "homepage",
    "customer service",
    "support number",
    "contact number",
    "opening hours",
    "my account",
];

/// Asking for a method or a moment. They win over buying and comparing words: "how to buy a house" asks to learn.
const METHOD: &[&str] = &[
    "how to",
    "how do",
    "how does",
    "how can",
    "how should",
    "best way",
    "best ways",
    "best time",
    "best practices",
    "best practice",
    "wie man",
    "so geht",
    "comment faire",
    "cómo",
];

/// Ready to pay or to act.
const TRANSACTIONAL: &[&str] = &[
    "buy",
    "buying online",
    "purchase",
    "order online",
    "where to buy",
    "for sale",
    "on sale",
    "near me",
    "nearby",
    "price",
    "prices",
    "pricing",
    "coupon",
    "coupons",
    "promo code",
    "voucher",
    "discount",
    "discounts",
    "deal",
    "deals",
    "hire",
    "rent",
    "rental",
    "book online",
    "booking",
    "free trial",
    "download",
    "subscription",
    "subscribe",
    "free shipping",
    "delivery",
    "tickets",
    "quote online",
    "free quote",
    "appointment",
    "shop online",
    "online shop",
    "kaufen",
    "bestellen",
    "preis",
    "preise",
    "acheter",
    "prix",
    "comprar",
    "precio",
    "precios",
    "prezzo",
    "comprare",
    "kopen",
];

/// Weighing one thing against another.
const COMMERCIAL: &[&str] = &[
    "best",
    "top rated",
    "review",
    "reviews",
    "vs",
    "versus",
    "compare",
    "compared",
    "comparison",
    "alternative",
    "alternatives",
    "cheap",
    "cheapest",
    "affordable",
    "budget",
    "worth it",
    "pros and cons",
    "difference between",
    "cost",
    "costs",
    "how much",
    "rated",
    "recommended",
    "which",
    "brands",
    "services",
    "agency",
    "companies",
    "vergleich",
    "beste",
    "besten",
    "meilleur",
    "meilleure",
    "mejor",
    "mejores",
    "migliore",
    "migliori",
    "avis",
    "erfahrungen",
];

/// Learning words that may stand anywhere.
const INFORMATIONAL: &[&str] = &[
    "guide",
    "tutorial",
    "meaning",
    "definition",
    "definition of",
    "explained",
    "examples",
    "example",
    "ideas",
    "tips",
    "recipe",
    "recipes",
    "symptoms",
    "causes",
    "benefits",
    "history",
    "checklist",
    "template",
    "templates",
    "for beginners",
    "step by step",
    "was ist",
    "qu est ce que",
    "que es",
    "qué es",
    "cos è",
    "anleitung",
    "tutoriel",
];

/// Words that ask when they open the phrase.
const QUESTION_OPENERS: &[&str] = &[
    "how", "what", "whats", "why", "when", "who", "where", "can", "could", "does", "do", "did", "is", "are", "should",
    "will", "wie", "warum", "was", "wann", "comment", "pourquoi", "cuándo", "por", "come", "perché", "hoe", "waarom",
];

/// The intent a phrase states in so many words, or `None` when it holds no such word.
///
/// Case and punctuation do not matter. Of several signals the more decided one wins: a known place, then a method
/// asked for, then buying, comparing and learning words.
#[must_use]
pub fn stated(phrase: &str) -> Option<Intent> {
    let folded = fold(phrase);
    let holds = |list: &[&str]| list.iter().any(|words| folded.contains(&format!(" {words} ")));
    let opener = folded.split_whitespace().next().unwrap_or_default();
    if holds(NAVIGATIONAL) {
        Some(Intent::Navigational)
    } else if folded.contains(" where to buy ") {
        Some(Intent::Transactional)
    } else if holds(METHOD) {
        Some(Intent::Informational)
    } else if holds(TRANSACTIONAL) {
        Some(Intent::Transactional)
    } else if holds(COMMERCIAL) || opener == "top" {
        Some(Intent::Commercial)
    } else if holds(INFORMATIONAL) || QUESTION_OPENERS.contains(&opener) {
        Some(Intent::Informational)
    } else {
        None
    }
}

/// The likeliest intent of a phrase. One that states nothing is taken as a wish to learn, the commonest class.
#[must_use]
pub fn guess(phrase: &str) -> Intent {
    stated(phrase).unwrap_or(Intent::Informational)
}

/// Lower case, everything but letters and digits as one space, a space at both ends.
fn fold(phrase: &str) -> String {
    let mut out = String::with_capacity(phrase.len() + 2);
    out.push(' ');
    for c in phrase.chars() {
        if c.is_alphanumeric() {
            out.extend(c.to_lowercase());
        } else if !matches!(c, '\'' | '\u{2019}') && !out.ends_with(' ') {
            out.push(' ');
        }
    }
    if !out.ends_with(' ') {
        out.push(' ');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_tell_the_intent() {
        let table = [
            ("how to clean white sneakers", Intent::Informational),
            ("how to buy a house", Intent::Informational),
            ("What is keyword clustering?", Intent::Informational),
            ("what's cold brew", Intent::Informational),
            ("bathroom storage ideas", Intent::Informational),
            ("best way to clean suede", Intent::Informational),
            ("best running shoes for flat feet", Intent::Commercial),
            ("what is the best running shoe", Intent::Commercial),
            ("top 10 standing desks", Intent::Commercial),
            ("hoka vs. brooks", Intent::Commercial),
            ("is notion worth it", Intent::Commercial),
            ("how much does a roof cost", Intent::Commercial),
            ("buy running shoes online", Intent::Transactional),
            ("where to buy sourdough starter", Intent::Transactional),
            ("best price for iphone 15", Intent::Transactional),
            ("plumber near me", Intent::Transactional),
            ("mailchimp login", Intent::Navigational),
            ("laufschuhe kaufen", Intent::Transactional),
            ("running shoes", Intent::Informational),
        ];
        for (phrase, expected) in table {
            assert_eq!(guess(phrase), expected, "{phrase}");
        }
    }

    #[test]
    fn a_bare_topic_states_nothing_and_parts_of_words_do_not_count() {
        for phrase in ["running shoes", "crop top", "", "   ", "topology", "prebuy", "🏃", "日本語"] {
            assert_eq!(stated(phrase), None, "{phrase:?}");
        }
    }
}
