//! English on the small scale: cleaning a phrase for print, sentence and title case, articles, -ing forms, lists.
//! Rules of thumb with tables of exceptions; templates are worded so that a wrong guess stays readable.

use super::names;
use super::nouns::{Number, number};
use igny8_core::invisible::is_invisible;

/// Longest phrase that is woven into a sentence, in characters: a longer one is no keyword and would drown the text.
const PHRASE_CHARS_SHOWN: usize = 90;

/// Words a title leaves small unless they open or close it.
const SMALL_WORDS: &[&str] = &[
    "a", "an", "and", "as", "at", "but", "by", "for", "from", "if", "in", "into", "nor", "of", "on", "or", "per", "so",
    "than", "the", "to", "via", "vs", "vs.", "with",
];

/// Words that already determine a noun.
const DETERMINERS: &[&str] =
    &["a", "an", "the", "my", "your", "our", "their", "his", "her", "this", "that", "these", "those", "every", "any"];

/// A phrase fit for print: white space folded, invisible and control characters dropped, cut at a word when it is far
/// too long. May be empty.
pub(super) fn clean(text: &str) -> String {
    let spaced: String =
        text.chars().take(PHRASE_CHARS_SHOWN * 4).map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
    let folded = spaced.split(' ').map(|w| w.chars().filter(|c| !is_invisible(*c)).collect::<String>());
    let joined = folded.filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ");
    cut(&joined, PHRASE_CHARS_SHOWN)
}

/// At most `chars_max` characters of `text`, cut between words where there is a word to cut at; no mark is added.
pub(super) fn cut(text: &str, chars_max: usize) -> String {
    if text.chars().count() <= chars_max {
        return text.to_owned();
    }
    let head: String = text.chars().take(chars_max).collect();
    let next_is_space = text.chars().nth(chars_max).is_some_and(char::is_whitespace);
    let whole = match head.rfind(' ') {
        Some(at) if !next_is_space && at > head.len() / 3 => head.get(..at).unwrap_or(&head),
        _ => &head,
    };
    whole
        .trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ':' | ';' | '-' | '–' | '&' | '('))
        .to_owned()
}

/// A phrase as it stands inside a sentence: names written properly, the rest as typed.
pub(super) fn inside(phrase: &str) -> String {
    let shouted = is_shouted(phrase);
    let words = phrase.split(' ').filter(|w| !w.is_empty()).map(|w| {
        let lower = if shouted { w.to_lowercase() } else { w.to_owned() };
        written_form(&lower).unwrap_or(lower)
    });
    words.collect::<Vec<_>>().join(" ")
}

/// The phrase with a capital first letter; names such as "iPhone" keep theirs.
pub(super) fn sentence_case(text: &str) -> String {
    let first = text.split(' ').next().unwrap_or_default();
    if has_inner_capital(first) {
        return text.to_owned();
    }
    let mut chars = text.chars();
    match chars.next() {
        Some(c) => c.to_uppercase().chain(chars).collect(),
        None => String::new(),
    }
}

/// Title Case as English-language headlines use it.
pub(super) fn title_case(text: &str) -> String {
    let shouted = is_shouted(text);
    let words: Vec<&str> = text.split(' ').filter(|w| !w.is_empty()).collect();
    let last = words.len().saturating_sub(1);
    let mut opens = true;
    let mut out = Vec::with_capacity(words.len());
    for (position, word) in words.iter().enumerate() {
        let lower = if shouted { word.to_lowercase() } else { (*word).to_owned() };
        // "For" is part of the verb in "What to Look For and How".
        let part_of_verb = lower == "for" && position > 0 && words.get(position - 1) == Some(&"look");
        out.push(title_word(&lower, opens || position == last || part_of_verb));
        opens = word.ends_with([':', '?', '!', '.', '–', '—']) && !matches!(lower.as_str(), "vs.");
    }
    out.join(" ")
}

/// The noun phrase with the article a sentence needs: "a standing desk", "running shoes", "email marketing", "the water
/// temperature".
pub(super) fn with_article(noun_phrase: &str) -> String {
    match number(noun_phrase) {
        _ if stands_alone(noun_phrase) => noun_phrase.to_owned(),
        Number::Singular => format!("{} {noun_phrase}", article(noun_phrase)),
        Number::Measure => format!("the {noun_phrase}"),
        Number::Plural | Number::Mass => noun_phrase.to_owned(),
    }
}

/// What is called good, with the article a sentence needs: "a good plumber", "good advice", "a good ratio".
pub(super) fn called_good(noun_phrase: &str) -> String {
    let is_one = matches!(number(noun_phrase), Number::Singular | Number::Measure);
    if is_one && !stands_alone(noun_phrase) { format!("a good {noun_phrase}") } else { format!("good {noun_phrase}") }
}

/// Whether a noun phrase takes no article whatever it names: it has a determiner, is a name, or is not English.
fn stands_alone(noun_phrase: &str) -> bool {
    let first = noun_phrase.split(' ').next().unwrap_or_default().to_lowercase();
    let is_english =
        noun_phrase.chars().all(|c| !c.is_alphabetic() || c.is_ascii() || ('\u{c0}'..='\u{17f}').contains(&c));
    let is_name = names::written(&first).is_some() && !noun_phrase.contains(' ');
    let is_determined = DETERMINERS.contains(&first.as_str()) || first.starts_with(|c: char| c.is_ascii_digit());
    is_determined || is_name || !is_english
}

/// "a" or "an", by the sound the phrase begins with as far as spelling tells.
pub(super) fn article(phrase: &str) -> &'static str {
    let first = phrase.split([' ', '-']).next().unwrap_or_default();
    let lower = first.to_lowercase();
    let silent_h = ["hour", "honest", "heir", "honor"].iter().any(|w| lower.starts_with(w));
    let sounds_you = ["uni", "use", "usb", "usu", "eu", "one", "ut", "ufo", "ux"].iter().any(|w| lower.starts_with(w))
        && !lower.starts_with("unin");
    // Initialisms are spelled out: "an SEO", "an HR".
    let spelled = first.len() > 1 && first.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
    let letter_vowel = spelled && lower.starts_with(['a', 'e', 'f', 'h', 'i', 'l', 'm', 'n', 'o', 'r', 's', 'x']);
    let pronounced = ["led", "seo", "saas", "ram", "lego", "nas", "sem"].contains(&lower.as_str())
        && lower != "seo"
        && lower != "led";
    let vowel = lower.starts_with(['a', 'e', 'i', 'o', 'u']) || lower.starts_with('8');
    let an = if spelled && !pronounced { letter_vowel } else { silent_h || (vowel && !sounds_you) };
    if an { "an" } else { "a" }
}

/// The -ing form of a verb in its base form.
pub(super) fn gerund(verb: &str) -> String {
    const DOUBLED: &[&str] = &[
        "set", "get", "cut", "run", "plan", "stop", "begin", "put", "dig", "trim", "swim", "win", "shop", "chop",
        "hit", "let", "fit", "clip", "drop", "ship", "skip", "snap", "strip", "swap", "tap", "tip", "wrap", "scrub",
        "rub", "mop", "jog", "hem", "knit", "quit", "sit", "spin", "submit", "prep", "map", "blog", "pet", "unclog",
    ];
    if DOUBLED.contains(&verb) {
        let last = verb.chars().last().map(String::from).unwrap_or_default();
        return format!("{verb}{last}ing");
    }
    if let Some(stem) = verb.strip_suffix("ie") {
        return format!("{stem}ying");
    }
    let keeps_e = ["ee", "oe", "ye"].iter().any(|end| verb.ends_with(end)) || verb == "be";
    match verb.strip_suffix('e') {
        Some(stem) if !keeps_e => format!("{stem}ing"),
        _ => format!("{verb}ing"),
    }
}

/// "a, b and c".
pub(super) fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [head @ .., last] => format!("{} and {last}", head.join(", ")),
    }
}

fn title_word(word: &str, must_capitalise: bool) -> String {
    if let Some(name) = written_form(word) {
        return name;
    }
    if word == "vs" || word == "vs." {
        return "vs.".to_owned();
    }
    if SMALL_WORDS.contains(&word) && !must_capitalise {
        return word.to_owned();
    }
    let parts = word.split('-').enumerate().map(|(at, part)| {
        let kept = (at > 0 && SMALL_WORDS.contains(&part)) || has_inner_capital(part);
        if kept { part.to_owned() } else { capitalised(part) }
    });
    parts.collect::<Vec<_>>().join("-")
}

/// Capital first letter, past an opening quote or bracket; "4k" becomes "4K".
fn capitalised(word: &str) -> String {
    let digits_then_letter = word.chars().rev().skip(1).all(|c| c.is_ascii_digit()) && word.len() > 1;
    if digits_then_letter && word.ends_with(['k', 'g', 'd']) {
        return word.to_uppercase();
    }
    let mut done = false;
    word.chars()
        .flat_map(|c| {
            let first_letter = !done && c.is_alphanumeric();
            done = done || first_letter;
            if first_letter { c.to_uppercase().collect::<Vec<_>>() } else { vec![c] }
        })
        .collect()
}

/// The known name inside a word, its punctuation and possessive kept.
fn written_form(word: &str) -> Option<String> {
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
    let (stem, tail) = match bare.strip_suffix("'s").or_else(|| bare.strip_suffix("’s")) {
        Some(stem) => (stem, "’s"),
        None => (bare, ""),
    };
    let name = names::written(stem)?;
    Some(word.replacen(bare, &format!("{name}{tail}"), 1))
}

fn has_inner_capital(word: &str) -> bool {
    word.chars().skip(1).any(char::is_uppercase)
}

/// Everything in capitals, as some exports write: the capitals say nothing then.
fn is_shouted(text: &str) -> bool {
    let mut letters = text.chars().filter(|c| c.is_alphabetic());
    let long = text.split(' ').filter(|w| w.chars().count() > 3).count() >= 2;
    long && letters.all(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_cased_like_headlines() {
        let table = [
            ("how to clean white sneakers", "How to Clean White Sneakers"),
            ("mailchimp vs convertkit", "Mailchimp vs. ConvertKit"),
            ("best seo tools for wordpress", "Best SEO Tools for WordPress"),
            ("iphone's battery: a guide", "iPhone’s Battery: A Guide"),
            ("step-by-step setup", "Step-by-Step Setup"),
            ("BEST RUNNING SHOES", "Best Running Shoes"),
            ("4k webcam with \"auto\" focus", "4K Webcam with \"Auto\" Focus"),
            ("what to look for", "What to Look For"),
            ("crème brûlée", "Crème Brûlée"),
        ];
        for (from, to) in table {
            assert_eq!(title_case(from), to);
        }
        assert_eq!(inside("french press vs AeroPress"), "French press vs AeroPress");
        assert_eq!(sentence_case("iPhone cases"), "iPhone cases");
        assert_eq!(sentence_case("élan"), "Élan");
    }

    #[test]
    fn nouns_get_the_article_they_need() {
        let table = [
            ("standing desk", "a standing desk"),
            ("espresso machine for home", "an espresso machine for home"),
            ("running shoes for flat feet", "running shoes for flat feet"),
            ("email marketing", "email marketing"),
            ("email marketing software", "email marketing software"),
            ("SEO audit", "an SEO audit"),
            ("hourly rate", "an hourly rate"),
            ("university course", "a university course"),
            ("my cat", "my cat"),
            ("uninterruptible power supply", "an uninterruptible power supply"),
            ("Mailchimp", "Mailchimp"),
            ("French press", "a French press"),
            ("coffee water temperature", "the coffee water temperature"),
            ("cold brew ratio", "the cold brew ratio"),
            ("web analytics", "web analytics"),
            ("wedding", "a wedding"),
            ("беговые кроссовки", "беговые кроссовки"),
        ];
        for (from, to) in table {
            assert_eq!(with_article(from), to);
        }
    }

    #[test]
    fn verbs_lists_and_cuts() {
        for (base, ing) in
            [("clean", "cleaning"), ("make", "making"), ("set", "setting"), ("tie", "tying"), ("see", "seeing")]
        {
            assert_eq!(gerund(base), ing);
        }
        assert_eq!(list(&["a".into(), "b".into(), "c".into()]), "a, b and c");
        assert_eq!(cut("one two three", 9), "one two");
        assert_eq!(cut("one two three", 7), "one two");
        assert_eq!(cut(&"x".repeat(50), 10), "x".repeat(10));
        assert_eq!(clean(" a\u{202e}b\t\u{0} c\u{200b} "), "ab c");
        assert!(clean(&"long ".repeat(3_000)).chars().count() <= PHRASE_CHARS_SHOWN);
    }
}
