//! Text alternatives of pictures: how one that was derived follows what it was derived from. One that a person wrote is
//! theirs, and nothing here touches it.

use crate::function::output::clean_line;
use crate::status::AltOrigin;

/// Longest derived text alternative: what screen readers read in one breath.
pub const DERIVED_CHARS_MAX: usize = 125;
/// Longest title that is quoted in one whole; the beginning of a longer one is.
const QUOTED_CHARS_MAX: usize = 80;
/// Fewest characters by which a quotation is known as a title's beginning.
const QUOTED_CHARS_MIN: usize = 27;
/// Words by which a title is known where nothing marks it as one.
const TELLING_WORDS_MIN: usize = 3;
/// Marks of a quotation.
const QUOTES: [char; 8] = ['“', '”', '„', '"', '\'', '‘', '’', '«'];

/// A text alternative of a picture that is not made yet after its article got another title; nothing when it does not name
/// the old one. A picture that is made shows what it shows, and is described so until it is made anew.
#[must_use]
pub fn retitled(alt: &str, before: &str, after: &str) -> Option<String> {
    named(alt, before).map(|named| replaced(alt, named, after))
}

/// What a picture that was just made shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown<'a> {
    /// What its model was asked to show.
    Scene(&'a str),
    /// Words that the built-in engine set; it draws no scene.
    Card(&'a str),
}

/// A derived text alternative after its picture was made, and what it describes then; nothing when it is still right. A
/// card is described by the words that it sets now.
#[must_use]
pub fn remade(origin: AltOrigin, alt: &str, shown: Shown<'_>) -> Option<(String, AltOrigin)> {
    match (origin, shown) {
        (AltOrigin::Card | AltOrigin::Outdated, Shown::Scene(prompt)) => Some((scene(prompt), AltOrigin::Scene)),
        (AltOrigin::Card, Shown::Card(words)) => quoting(alt, words).map(|alt| (alt, AltOrigin::Card)),
        (AltOrigin::Own | AltOrigin::Scene, _) | (AltOrigin::Outdated, Shown::Card(_)) => None,
    }
}

/// What a text alternative is after a person saved a picture's description and its alternative.
#[must_use]
pub fn edited(origin: AltOrigin, is_alt_changed: bool, is_prompt_changed: bool) -> AltOrigin {
    match (origin, is_alt_changed, is_prompt_changed) {
        (_, true, _) => AltOrigin::Own,
        (AltOrigin::Scene, false, true) => AltOrigin::Outdated,
        (origin, false, _) => origin,
    }
}

/// The scene of a description: its first sentence.
fn scene(prompt: &str) -> String {
    let first = prompt.split_inclusive(['.', '!', '?', '\n']).find(|part| part.trim().len() > 1).unwrap_or(prompt);
    cut(first.trim().trim_end_matches(['.', ':', ',']), DERIVED_CHARS_MAX)
}

/// The alternative of a card that sets these words; nothing when it quotes them already, or has no words.
fn quoting(alt: &str, words: &str) -> Option<String> {
    let (_, rest) = alt.split_once('“')?;
    let (quoted, _) = rest.rsplit_once('”')?;
    if quoted.is_empty() || named(alt, words).is_some() { None } else { Some(replaced(alt, quoted, words)) }
}

/// A text alternative with other words in place of some, as long as one may be.
fn replaced(alt: &str, before: &str, after: &str) -> String {
    let room = DERIVED_CHARS_MAX.saturating_sub(alt.chars().count().saturating_sub(before.chars().count()));
    let after = cut(after, room.min(QUOTED_CHARS_MAX));
    clean_line(&alt.replacen(before, &after, 1), DERIVED_CHARS_MAX)
}

/// The part of a text alternative that is the title, or the quoted beginning of a long one.
fn named<'a>(alt: &'a str, title: &str) -> Option<&'a str> {
    if title.is_empty() {
        return None;
    }
    // A few words of a scene may happen to be the title's as well.
    let is_telling = title.split_whitespace().count() >= TELLING_WORDS_MIN;
    if let Some((at, _)) = alt.match_indices(title).find(|(at, _)| is_telling || is_quoted(alt, *at, title.len())) {
        return alt.get(at..at + title.len());
    }
    let (_, rest) = alt.split_once('“')?;
    let (quoted, _) = rest.split_once('”')?;
    let is_beginning = title.chars().count() > QUOTED_CHARS_MAX
        && quoted.chars().count() >= QUOTED_CHARS_MIN
        && title.starts_with(quoted);
    is_beginning.then_some(quoted)
}

fn is_quoted(alt: &str, at: usize, length: usize) -> bool {
    let before = alt.get(..at).and_then(|text| text.chars().next_back());
    let after = alt.get(at + length..).and_then(|text| text.chars().next());
    before.is_some_and(|c| QUOTES.contains(&c)) && after.is_some_and(|c| QUOTES.contains(&c))
}

/// At most so many characters, cut at a word where there is one.
fn cut(text: &str, chars_max: usize) -> String {
    let line = clean_line(text, usize::MAX);
    if line.chars().count() <= chars_max {
        return line;
    }
    let head: String = line.chars().take(chars_max).collect();
    let whole = head.rsplit_once(' ').map_or(head.as_str(), |(whole, _)| whole);
    whole.trim_end_matches([',', ':', ';', '-', '–', '&', '(']).trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_alternative_that_names_the_title_names_the_new_one() {
        let card = "Title card: “Cold brew at home”, Daily Grind";
        assert_eq!(
            retitled(card, "Cold brew at home", "Cold brew in a day").as_deref(),
            Some("Title card: “Cold brew in a day”, Daily Grind")
        );
        assert_eq!(
            retitled("\"Cold brew\", set in white", "Cold brew", "Tea").as_deref(),
            Some("\"Tea\", set in white")
        );
        assert_eq!(retitled("Illustrated card: “Cold brew ratios”", "Cold brew", "Tea"), None, "a heading's words");
        assert_eq!(retitled("A jar of cold brew", "cold brew", "Tea"), None, "what is seen stays what it is");
        assert_eq!(retitled("A jar on a table", "Cold brew at home", "Tea"), None);
        assert_eq!(retitled("A jar", "", "Tea"), None);
    }

    #[test]
    fn a_long_title_is_known_by_its_quoted_beginning_and_quoted_by_its_own() {
        let before =
            "How to make cold brew coffee at home without any special equipment and without losing a whole day";
        let card = "Title card: “How to make cold brew coffee at home without any special equipment”, Daily Grind";
        let after = retitled(card, before, &before.replace("cold brew coffee", "iced tea")).unwrap();
        assert!(after.starts_with("Title card: “How to make iced tea at home without"), "{after}");
        assert!(after.chars().count() <= DERIVED_CHARS_MAX, "{after}");
        assert!(after.ends_with("”, Daily Grind"), "{after}");
        let short = "Title card: “How to make cold brew coffee at home”";
        assert_eq!(retitled(short, "How to make cold brew coffee at home in winter", "Tea"), None, "another title");
    }

    #[test]
    fn a_picture_made_anew_is_described_by_what_it_was_asked_to_show() {
        let prompt = Shown::Scene("A glass jar of cold brew on a kitchen table. Soft light, few colours, no words.");
        let scene = Some(("A glass jar of cold brew on a kitchen table".to_owned(), AltOrigin::Scene));
        let old = "Title card: “Old”";
        assert_eq!(remade(AltOrigin::Outdated, old, prompt), scene);
        assert_eq!(remade(AltOrigin::Card, old, prompt), scene, "no card any more");
        assert_eq!(remade(AltOrigin::Scene, old, prompt), None, "it was asked for in the same words");
        assert_eq!(remade(AltOrigin::Own, old, prompt), None);
        assert_eq!(remade(AltOrigin::Outdated, old, Shown::Card("New")), None);
    }

    #[test]
    fn a_card_made_anew_is_described_by_the_words_it_sets() {
        let card = |alt: &str, words: &str| remade(AltOrigin::Card, alt, Shown::Card(words)).map(|(alt, _)| alt);
        let of_now = Some("Title card: “Iced tea”, Daily Grind".to_owned());
        assert_eq!(card("Title card: “Cold brew”, Daily Grind", "Iced tea"), of_now);
        assert_eq!(card("Title card: “The “cold” in brew”, Daily Grind", "Iced tea"), of_now, "quotes in a title");
        assert_eq!(card("Title card: “Iced tea”, Daily Grind", "Iced tea"), None);
        assert_eq!(card("Abstract picture of simple shapes in few colours", "Iced tea"), None, "no words are set");
        let long = "How to make cold brew coffee at home without any special equipment and without losing a whole day";
        let alt = card("Title card: “Cold brew”, Daily Grind", long).unwrap();
        assert!(alt.chars().count() <= DERIVED_CHARS_MAX, "{alt}");
        assert_eq!(card(&alt, long), None, "its quoted beginning is known");
    }

    #[test]
    fn a_persons_words_stay_theirs() {
        assert_eq!(edited(AltOrigin::Card, true, true), AltOrigin::Own);
        assert_eq!(edited(AltOrigin::Own, false, true), AltOrigin::Own);
        assert_eq!(edited(AltOrigin::Scene, false, true), AltOrigin::Outdated);
        assert_eq!(edited(AltOrigin::Scene, false, false), AltOrigin::Scene);
    }
}
