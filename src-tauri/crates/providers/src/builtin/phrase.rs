//! Reading a keyword as the wish it is: "best running shoes for flat feet" asks for picks among running shoes for flat
//! feet, "how to clean white sneakers" for a method. Titles and sentences are built from the parts found here, so that
//! no template ever says "How to best running shoes".

mod subject;

pub(super) use subject::{Kind, Subject};

use super::grammar;
use super::nouns::{self, Number};

/// What a keyword asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Form {
    /// A way to do something.
    Method,
    /// What a thing is.
    Meaning,
    /// An answer to any other question.
    Question,
    /// The best of a kind.
    Pick,
    /// One or the other.
    Versus,
    /// A judgement on one thing.
    Verdict,
    /// What it costs.
    Price,
    /// To buy it.
    Purchase,
    /// Somebody close by.
    Local,
    /// Something in place of a thing.
    Alternatives,
    /// A list of ideas, tips, examples.
    Collection,
    /// Only the thing.
    Topic,
}

/// A keyword read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Phrase {
    pub(super) form: Form,
    /// The keyword as it stands inside a sentence.
    pub(super) keyword: String,
    /// What it is about.
    pub(super) subject: Subject,
}

/// Nouns that make a phrase a list when they are its head.
const COLLECTION_HEADS: &[&str] = &[
    "ideas",
    "tips",
    "examples",
    "ways",
    "recipes",
    "exercises",
    "hacks",
    "tricks",
    "templates",
    "activities",
    "mistakes",
    "quotes",
    "gifts",
    "signs",
    "prompts",
    "things",
    "benefits",
    "habits",
];

/// Heads of which there is a right one rather than several to pick from, beside measures: "best brewing method".
const WAYS: &[&str] = &["method", "order", "position", "recipe", "setting", "settings", "technique"];

/// Words that open a question.
const QUESTION_WORDS: &[&str] = &[
    "how", "what", "why", "when", "who", "where", "which", "can", "could", "does", "do", "did", "is", "are", "should",
    "will", "whats", "what's",
];

/// Reads a keyword. Any text is read as something; one without words becomes a topic without a name.
pub(super) fn read(keyword: &str) -> Phrase {
    let cleaned = grammar::clean(keyword);
    let shown = grammar::inside(cleaned.trim_end_matches(['?', '!', '.', ' ']));
    let words = without_year(&shown);
    let lower: Vec<String> = words.iter().map(|w| w.to_lowercase()).collect();
    let tokens: Vec<&str> = lower.iter().map(String::as_str).collect();
    let (form, subject) = RULES
        .iter()
        .find_map(|rule| rule(&words, &tokens))
        .unwrap_or_else(|| (Form::Topic, Subject::thing(&words.join(" "))));
    Phrase { form, keyword: shown, subject }
}

type Read = Option<(Form, Subject)>;
/// Words as shown, the same words in lower case.
type Rule = fn(&[&str], &[&str]) -> Read;

/// In order of decidedness: the first that fits reads the keyword.
const RULES: &[Rule] =
    &[versus, method, local, pick, price, purchase, verdict, alternatives, meaning, question, collection, imperative];

fn versus(words: &[&str], lower: &[&str]) -> Read {
    let sides = |at: usize, from: usize| {
        let (a, b) = (words.get(from..at)?.join(" "), words.get(at + 1..)?.join(" "));
        (!a.is_empty() && !b.is_empty()).then(|| (Form::Versus, Subject::sides(&a, &b)))
    };
    if let Some(at) = lower.iter().position(|w| matches!(*w, "vs" | "vs." | "versus")) {
        return sides(at, 0);
    }
    let from = after(lower, &["difference", "between"])
        .or_else(|| after(lower, &["what", "is", "the", "difference", "between"]))?;
    let at = lower.iter().position(|w| *w == "and")?;
    sides(at, from)
}

fn method(words: &[&str], lower: &[&str]) -> Read {
    const OPENERS: &[&[&str]] = &[
        &["how", "to"],
        &["how", "do", "i"],
        &["how", "do", "you"],
        &["how", "can", "i"],
        &["how", "can", "you"],
        &["how", "should", "i"],
        &["what", "is", "the", "best", "way", "to"],
        &["the", "best", "way", "to"],
        &["best", "way", "to"],
        &["best", "ways", "to"],
        &["ways", "to"],
        &["easy", "ways", "to"],
        &["steps", "to"],
    ];
    let from = OPENERS.iter().find_map(|opener| after(lower, opener))?;
    let action = words.get(from..)?.join(" ");
    (!action.is_empty()).then(|| (Form::Method, Subject::action(&action)))
}

fn local(words: &[&str], lower: &[&str]) -> Read {
    let to = lower
        .windows(2)
        .position(|pair| pair == ["near", "me"])
        .or_else(|| lower.iter().position(|w| *w == "nearby"))?;
    let thing = words.get(..to)?.join(" ");
    (!thing.is_empty()).then(|| (Form::Local, Subject::thing(&thing)))
}

fn pick(words: &[&str], lower: &[&str]) -> Read {
    const OPENERS: &[&[&str]] = &[
        &["what", "is", "the", "best"],
        &["what", "are", "the", "best"],
        &["which", "is", "the", "best"],
        &["which", "are", "the", "best"],
        &["the", "best"],
        &["best"],
        &["top", "rated"],
        &["top"],
    ];
    let mut from = OPENERS.iter().find_map(|opener| after(lower, opener))?;
    if lower.get(from).is_some_and(|w| matches!(*w, "time" | "practices" | "practice" | "day")) {
        return None;
    }
    while lower.get(from).is_some_and(|w| w.chars().all(|c| c.is_ascii_digit()) || *w == "rated") {
        from += 1;
    }
    let thing = words.get(from..)?.join(" ");
    let is_way = WAYS.contains(&nouns::head_noun(&thing).to_lowercase().as_str());
    let form = if is_way || nouns::number(&thing) == Number::Measure { Form::Topic } else { Form::Pick };
    (!thing.is_empty()).then(|| (form, Subject::thing(&thing)))
}

fn price(words: &[&str], lower: &[&str]) -> Read {
    for opener in
        [&["how", "much", "does"][..], &["how", "much", "do"], &["how", "much", "is"], &["how", "much", "are"]]
    {
        if let Some(from) = after(lower, opener) {
            let to = lower.iter().position(|w| *w == "cost").unwrap_or(lower.len());
            return thing_between(Form::Price, words, from, to);
        }
    }
    for opener in [&["price", "of"][..], &["cost", "of"], &["average", "cost", "of"]] {
        if let Some(from) = after(lower, opener) {
            return thing_between(Form::Price, words, from, words.len());
        }
    }
    let last = *lower.last()?;
    let is_price = matches!(last, "price" | "prices" | "pricing" | "cost" | "costs" | "rates");
    if is_price { thing_between(Form::Price, words, 0, words.len().saturating_sub(1)) } else { None }
}

fn purchase(words: &[&str], lower: &[&str]) -> Read {
    let end = if lower.last() == Some(&"online") { words.len().saturating_sub(1) } else { words.len() };
    for opener in [&["where", "to", "buy"][..], &["buy"], &["purchase"], &["order"], &["hire"], &["rent"]] {
        if let Some(from) = after(lower, opener) {
            return thing_between(Form::Purchase, words, from, end);
        }
    }
    let to = lower.windows(2).position(|pair| pair == ["for", "sale"])?;
    thing_between(Form::Purchase, words, 0, to)
}

fn verdict(words: &[&str], lower: &[&str]) -> Read {
    if lower.last().is_some_and(|w| matches!(*w, "review" | "reviews")) {
        return thing_between(Form::Verdict, words, 0, words.len().saturating_sub(1));
    }
    let to = lower.windows(2).position(|pair| pair == ["worth", "it"])?;
    let from = after(lower, &["is"]).or_else(|| after(lower, &["are"]))?;
    thing_between(Form::Verdict, words, from, to)
}

fn alternatives(words: &[&str], lower: &[&str]) -> Read {
    if let Some(from) = after(lower, &["alternatives", "to"]).or_else(|| after(lower, &["alternative", "to"])) {
        return thing_between(Form::Alternatives, words, from, words.len());
    }
    let last = *lower.last()?;
    let from = usize::from(matches!(lower.first(), Some(&("free" | "cheap"))));
    let asks = matches!(last, "alternative" | "alternatives" | "competitors");
    if asks { thing_between(Form::Alternatives, words, from, words.len().saturating_sub(1)) } else { None }
}

fn meaning(words: &[&str], lower: &[&str]) -> Read {
    for opener in [
        &["what", "is"][..],
        &["what", "are"],
        &["what's"],
        &["whats"],
        &["what", "does"],
        &["how", "does"],
        &["how", "do"],
    ] {
        let Some(mut from) = after(lower, opener) else { continue };
        let ends_in = |word: &str| lower.last() == Some(&word);
        let plain_what = opener.last().is_some_and(|w| matches!(*w, "is" | "are" | "what's" | "whats"));
        let end = match (plain_what, ends_in("mean") || ends_in("work")) {
            (_, true) => words.len().saturating_sub(1),
            (true, false) => words.len(),
            (false, false) => continue,
        };
        if lower.get(from).is_some_and(|w| matches!(*w, "a" | "an")) {
            from += 1;
        }
        return thing_between(Form::Meaning, words, from, end);
    }
    let last = *lower.last()?;
    let defines = matches!(last, "meaning" | "definition" | "explained" | "basics");
    if defines { thing_between(Form::Meaning, words, 0, words.len().saturating_sub(1)) } else { None }
}

fn question(words: &[&str], lower: &[&str]) -> Read {
    let opens = lower.first().is_some_and(|w| QUESTION_WORDS.contains(w));
    // "how often to replace", "when to plant": already a clause that fits into a sentence.
    let is_clause =
        lower.iter().take(4).any(|w| *w == "to") && !matches!(lower.first(), Some(&("is" | "are" | "do" | "does")));
    if opens {
        let shown = words.join(" ");
        return Some((Form::Question, if is_clause { Subject::matter(&shown) } else { Subject::quoted(&shown) }));
    }
    let from = after(lower, &["best", "time", "to"])?;
    let clause = format!("the best time to {}", words.get(from..)?.join(" "));
    Some((Form::Question, Subject::matter(&clause)))
}

fn collection(words: &[&str], _lower: &[&str]) -> Read {
    let thing = words.join(" ");
    let head = nouns::head_noun(&thing).to_lowercase();
    COLLECTION_HEADS.contains(&head.as_str()).then(|| (Form::Collection, Subject::thing(&thing)))
}

/// "propagate pothos in water", "descaling espresso machine": a method without "how to".
fn imperative(words: &[&str], lower: &[&str]) -> Read {
    let (first, second) = (*lower.first()?, *lower.get(1)?);
    let verb = subject::base_verb(first)?;
    if subject::is_compound(second) {
        return None;
    }
    let rest = words.get(1..)?.join(" ");
    Some((Form::Method, Subject::action(&format!("{verb} {rest}"))))
}

fn thing_between(form: Form, words: &[&str], from: usize, to: usize) -> Read {
    let thing = words.get(from..to)?.join(" ");
    (!thing.is_empty()).then(|| (form, Subject::thing(&thing)))
}

/// Where the rest begins when the words open with `opener`.
fn after(lower: &[&str], opener: &[&str]) -> Option<usize> {
    (lower.len() > opener.len() && lower.starts_with(opener)).then_some(opener.len())
}

/// The words without a year at either end: an article should not look old in January.
fn without_year(text: &str) -> Vec<&str> {
    let is_year = |w: &&str| w.len() == 4 && w.starts_with("20") && w.chars().all(|c| c.is_ascii_digit());
    let words: Vec<&str> = text.split(' ').filter(|w| !w.is_empty()).collect();
    let kept: Vec<&str> = words.iter().copied().filter(|w| !is_year(w)).collect();
    let dangling = kept.last().is_some_and(|w| matches!(*w, "in" | "of" | "for")) && kept.len() < words.len();
    let end = if dangling { kept.len().saturating_sub(1) } else { kept.len() };
    if kept.is_empty() { words } else { kept.into_iter().take(end).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keywords_are_read_as_wishes() {
        let table = [
            ("how to clean white sneakers", Form::Method, "cleaning white sneakers"),
            ("best way to descale a kettle", Form::Method, "descaling a kettle"),
            ("propagate pothos in water", Form::Method, "propagating pothos in water"),
            ("descaling espresso machine with vinegar", Form::Method, "descaling espresso machine with vinegar"),
            ("what is keyword clustering", Form::Meaning, "keyword clustering"),
            ("what is a standing desk?", Form::Meaning, "standing desk"),
            ("seo meaning", Form::Meaning, "SEO"),
            ("how does a heat pump work", Form::Meaning, "heat pump"),
            ("best running shoes for flat feet 2025", Form::Pick, "running shoes for flat feet"),
            ("best water temperature for coffee", Form::Topic, "water temperature for coffee"),
            ("top 10 crm tools", Form::Pick, "CRM tools"),
            ("what is the best webcam", Form::Pick, "webcam"),
            ("mailchimp vs convertkit", Form::Versus, "Mailchimp or ConvertKit"),
            ("difference between latte and cappuccino", Form::Versus, "latte or cappuccino"),
            ("hoka clifton review", Form::Verdict, "Hoka clifton"),
            ("is notion worth it", Form::Verdict, "notion"),
            ("standing desk price", Form::Price, "standing desk"),
            ("how much does a new roof cost", Form::Price, "a new roof"),
            ("buy sourdough starter online", Form::Purchase, "sourdough starter"),
            ("used cars for sale", Form::Purchase, "used cars"),
            ("emergency plumber near me", Form::Local, "emergency plumber"),
            ("free mailchimp alternatives", Form::Alternatives, "Mailchimp"),
            ("alternatives to mailchimp", Form::Alternatives, "Mailchimp"),
            ("storage ideas for small kitchens", Form::Collection, "storage ideas for small kitchens"),
            ("when to replace running shoes", Form::Question, "when to replace running shoes"),
            ("can dogs eat grapes", Form::Question, "“can dogs eat grapes”"),
            ("best time to visit japan", Form::Question, "the best time to visit Japan"),
            ("running shoes", Form::Topic, "running shoes"),
            ("training plan", Form::Topic, "training plan"),
            ("cleaning services", Form::Topic, "cleaning services"),
        ];
        for (keyword, form, bare) in table {
            let phrase = read(keyword);
            assert_eq!((phrase.form, phrase.subject.bare.as_str()), (form, bare), "{keyword}");
        }
    }

    #[test]
    fn anything_can_be_read() {
        for odd in ["", " ", "how to", "best", "vs", "a vs", "vs b", "price", "2025", "???", "near me", "what is", "🏃"]
        {
            let phrase = read(odd);
            assert!(!phrase.subject.bare.contains('\n'), "{odd:?}");
        }
        assert_eq!(read("best").form, Form::Topic);
    }
}
