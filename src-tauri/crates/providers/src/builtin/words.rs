//! Words of a phrase as the built-in engine compares them: folded, without stop words, lightly stemmed. The stems are
//! keys and are never shown, so they may be ugly as long as forms of one word meet.

use unicode_normalization::UnicodeNormalization;

/// Characters of a phrase that are read. Real keywords have under 80; the rest of a longer text adds nothing to its
/// topic and would let one line cost as much as a thousand.
const PHRASE_CHARS_READ: usize = 300;
/// Words of a phrase that are read, for the same reason.
const PHRASE_WORDS_READ: usize = 32;

/// Words without a topic of their own.
const STOP_WORDS: &[&str] = &[
    "a", "about", "after", "all", "am", "an", "and", "any", "are", "as", "at", "be", "been", "before", "but", "by",
    "can", "could", "did", "do", "does", "for", "from", "get", "had", "has", "have", "how", "i", "if", "in", "into",
    "is", "it", "its", "me", "my", "need", "of", "off", "on", "or", "our", "out", "over", "s", "shall", "should", "so",
    "t", "than", "that", "the", "their", "them", "there", "these", "they", "this", "to", "too", "up", "us", "use",
    "using", "was", "we", "were", "what", "whats", "when", "where", "which", "who", "why", "will", "with", "without",
    "would", "you", "your",
];

/// Words that say what somebody wants with a topic, not which topic it is.
const MODIFIERS: &[&str] = &[
    "advice",
    "affordable",
    "alternative",
    "alternatives",
    "beginner",
    "beginners",
    "best",
    "brand",
    "brands",
    "buy",
    "calculator",
    "cheap",
    "cheapest",
    "checklist",
    "compare",
    "comparison",
    "cost",
    "costs",
    "deal",
    "deals",
    "definition",
    "different",
    "difference",
    "diy",
    "easy",
    "example",
    "examples",
    "explained",
    "free",
    "fast",
    "good",
    "great",
    "guide",
    "hacks",
    "home",
    "idea",
    "ideas",
    "instructions",
    "kit",
    "list",
    "long",
    "make",
    "meaning",
    "men",
    "mens",
    "much",
    "many",
    "new",
    "often",
    "online",
    "open",
    "order",
    "pdf",
    "price",
    "prices",
    "pricing",
    "pros",
    "purchase",
    "quick",
    "quote",
    "quotes",
    "rated",
    "rates",
    "recommended",
    "review",
    "reviews",
    "sale",
    "schedule",
    "sign",
    "signs",
    "simple",
    "small",
    "start",
    "step",
    "stop",
    "template",
    "templates",
    "time",
    "tip",
    "tips",
    "tool",
    "tools",
    "top",
    "tutorial",
    "types",
    "under",
    "versus",
    "vs",
    "way",
    "ways",
    "women",
    "womens",
    "work",
    "worth",
    "practical",
    "plain",
    "explanation",
    "details",
    "basics",
    "matter",
    "needs",
    "shortlist",
    "choose",
    "know",
    "right",
    "usual",
    "mistakes",
    "answer",
    "short",
];

/// Pairs of words that ask for the same thing; the right one stands for both.
const SAME: &[(&str, &str)] = &[
    ("purchase", "buy"),
    ("versus", "vs"),
    ("inexpensive", "cheap"),
    ("affordable", "cheap"),
    ("tv", "television"),
    ("bike", "bicycle"),
    ("bikes", "bicycle"),
    ("automobile", "car"),
    ("photos", "photo"),
    ("pictures", "photo"),
    ("houseplants", "plants"),
    ("houseplant", "plants"),
    ("colour", "color"),
    ("colours", "color"),
    ("odour", "odor"),
    ("smell", "odor"),
    ("smells", "odor"),
];

/// Lower-case words of a phrase, punctuation and possessives dropped. Scripts that do not put spaces between words
/// give overlapping pairs of characters instead.
pub(super) fn words(phrase: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut word = String::new();
    let mut previous_ideograph = None;
    for c in phrase.chars().take(PHRASE_CHARS_READ).nfkc().flat_map(char::to_lowercase) {
        if is_unspaced(c) {
            push_word(&mut out, &mut word);
            if let Some(before) = previous_ideograph {
                out.push(format!("{before}{c}"));
            }
            previous_ideograph = Some(c);
            continue;
        }
        previous_ideograph = None;
        if c.is_alphanumeric() || matches!(c, '\'' | '\u{2019}') {
            word.push(if c == '\u{2019}' { '\'' } else { c });
        } else {
            push_word(&mut out, &mut word);
        }
    }
    push_word(&mut out, &mut word);
    out.truncate(PHRASE_WORDS_READ);
    out
}

/// The topic-bearing stems of a phrase, in order. A phrase of stop words alone keeps them: it is still a phrase.
pub(super) fn content_stems(phrase: &str) -> Vec<String> {
    let all = words(phrase);
    let topical: Vec<String> = all.iter().filter(|w| !is_stop(w)).map(|w| stem(w)).collect();
    if topical.is_empty() { all.iter().map(|w| stem(w)).collect() } else { topical }
}

/// True for words such as "the" or "how".
pub(super) fn is_stop(word: &str) -> bool {
    STOP_WORDS.contains(&word)
}

/// True for words such as "best", "price" or "guide".
pub(super) fn is_modifier(word: &str) -> bool {
    MODIFIERS.contains(&word)
}

/// The key under which the forms of an English word meet: plurals, -ing and -ed forms, a final e.
pub(super) fn stem(word: &str) -> String {
    let word = SAME.iter().find(|(from, _)| *from == word).map_or(word, |(_, to)| *to);
    if !word.is_ascii() || word.len() <= 3 {
        return word.to_owned();
    }
    let singular = strip_plural(word);
    let bare = strip_ending(&singular, "ing", 3).or_else(|| strip_ending(&singular, "ed", 3)).unwrap_or(singular);
    match bare.strip_suffix('e') {
        Some(rest) if rest.len() >= 3 => rest.to_owned(),
        _ => bare,
    }
}

fn strip_plural(word: &str) -> String {
    if let Some(rest) = word.strip_suffix("ies").filter(|rest| rest.len() >= 2) {
        return format!("{rest}y");
    }
    if let Some(rest) = word.strip_suffix("ves").filter(|rest| rest.len() >= 3 && !rest.ends_with('o')) {
        return format!("{rest}f");
    }
    for ending in ["sses", "shes", "ches", "xes", "zes", "oes"] {
        if word.ends_with(ending) {
            return word.trim_end_matches("es").to_owned();
        }
    }
    let is_plural = word.ends_with('s') && !["ss", "us", "is"].iter().any(|end| word.ends_with(end));
    if is_plural { word.trim_end_matches('s').to_owned() } else { word.to_owned() }
}

/// `word` without `ending`, a doubled consonant at the new end made single; `None` when too little would be left.
fn strip_ending(word: &str, ending: &str, keep_min: usize) -> Option<String> {
    let rest = word.strip_suffix(ending)?;
    let has_vowel = rest.contains(['a', 'e', 'i', 'o', 'u', 'y']);
    if rest.len() < keep_min || !has_vowel || (ending == "ed" && rest.ends_with('e')) {
        return None;
    }
    let mut tail = rest.chars().rev();
    let (last, before) = (tail.next()?, tail.next()?);
    let doubled = last == before && !matches!(last, 'l' | 's' | 'z' | 'e' | 'o');
    Some(if doubled { rest.get(..rest.len() - 1).unwrap_or(rest).to_owned() } else { rest.to_owned() })
}

fn push_word(out: &mut Vec<String>, word: &mut String) {
    let trimmed = word.trim_matches('\'');
    let bare = trimmed.strip_suffix("'s").unwrap_or(trimmed).replace('\'', "");
    if !bare.is_empty() {
        out.push(bare);
    }
    word.clear();
}

/// Kana, ideographs and Thai: written without spaces.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{0e01}'..='\u{0e3a}' | '\u{0e40}'..='\u{0e4e}' | '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{2fa1f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_one_word_meet() {
        for forms in [
            &["clean", "cleaning", "cleaned", "cleans"][..],
            &["bake", "baking", "baked", "bakes"],
            &["run", "running", "runs"],
            &["shoe", "shoes"],
            &["berry", "berries"],
            &["dress", "dresses"],
            &["leaf", "leaves"],
            &["box", "boxes"],
            &["propagate", "propagating"],
        ] {
            let stems: std::collections::BTreeSet<String> = forms.iter().map(|w| stem(w)).collect();
            assert_eq!(stems.len(), 1, "{forms:?} -> {stems:?}");
        }
        assert_ne!(stem("need"), stem("ne"));
        assert_ne!(stem("string"), stem("str"));
    }

    #[test]
    fn phrases_lose_their_small_words() {
        assert_eq!(content_stems("How to clean the Dog’s bed?"), ["clean", "dog", "bed"]);
        assert_eq!(content_stems("to be or not to be"), ["not"]);
        assert_eq!(content_stems("what is it"), ["what", "is", "it"]);
        assert_eq!(words("東京の桜"), ["東京", "京の", "の桜"]);
        assert!(words("'").is_empty());
    }

    #[test]
    fn long_text_is_read_in_part() {
        assert!(words(&"word ".repeat(5_000)).len() <= PHRASE_WORDS_READ);
        assert_eq!(words(&"x".repeat(10_000)).len(), 1);
    }
}
