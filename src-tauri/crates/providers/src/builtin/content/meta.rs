//! What search results and archives show of an article.

use super::{Draft, wishes};
use crate::builtin::phrase::Kind;
use crate::builtin::{grammar, template, words};
use igny8_core::function::output::clean_line;
use std::collections::BTreeSet;

/// Characters of a title that search results show whole.
pub(super) const META_TITLE_CHARS_MAX: usize = 60;
/// Characters of a description that search results show; a shorter one wastes the place.
pub(super) const META_DESCRIPTION_CHARS: std::ops::RangeInclusive<usize> = 120..=155;
/// Characters of an excerpt: two lines of a list.
const EXCERPT_CHARS_MAX: usize = 300;
/// Tags of an article; more would put it into archives that hold nothing else.
const TAGS_MAX: usize = 6;
/// Words of a tag.
const TAG_WORDS_MAX: usize = 4;

/// Sentences that fill a description up to its length, of many lengths so that one always fits.
const CLOSERS: &[&str] = &[
    "Clear and to the point.",
    "With a checklist.",
    "With a checklist to take along.",
    "Short, clear and without filler.",
    "With answers to common questions.",
    "Read this before you decide.",
    "Includes the points most people overlook.",
    "Plain words.",
];

/// The article's title, shortened at a natural place when it is too long, with the site's name where there is room.
pub(super) fn title(draft: &Draft<'_>) -> String {
    let whole = draft.title.as_str();
    let before_mark = match (whole.find(": "), whole.find("? ")) {
        (Some(colon), Some(question)) if question < colon => whole.get(..=question),
        (Some(colon), _) => whole.get(..colon),
        (None, Some(question)) => whole.get(..=question),
        (None, None) => None,
    };
    let fits = |text: &&str| text.chars().count() <= META_TITLE_CHARS_MAX;
    let title = std::iter::once(whole)
        .chain(before_mark)
        .find(fits)
        .map_or_else(|| grammar::cut(before_mark.unwrap_or(whole), META_TITLE_CHARS_MAX), str::to_owned);
    let site = grammar::clean(&draft.input.site.name);
    let with_site = format!("{title} | {site}");
    if !site.is_empty() && with_site.chars().count() <= META_TITLE_CHARS_MAX { with_site } else { title }
}

/// A summary of 120 to 155 characters.
pub(super) fn description(draft: &Draft<'_>) -> String {
    let mut phrase = draft.phrase.clone();
    for text in [&mut phrase.subject.bare, &mut phrase.subject.noun, &mut phrase.subject.verb, &mut phrase.keyword] {
        // With a longer subject the sentence would be cut in its useful part.
        *text = grammar::cut(text, 48);
    }
    let values = draft.values(&phrase, template::plain);
    let summary = clean_line(&values.fill(wishes::wish(&phrase).summary), usize::MAX);
    let aspects = values.fill("With notes on {a1}, {a2} and {a3}.");
    let base = format!("{summary} {aspects}");
    // The field's criteria have no say in a straight answer.
    let base = if draft.phrase.subject.kind == Kind::Question { summary.clone() } else { base };
    let bases = [base, summary.clone(), grammar::cut(&summary, *META_DESCRIPTION_CHARS.start() - 4)];
    bases.iter().find_map(|base| filled_up(base)).unwrap_or(summary)
}

/// The base with none, one, two or three closing sentences, whichever first has the right length.
fn filled_up(base: &str) -> Option<String> {
    let fits = |text: &str| META_DESCRIPTION_CHARS.contains(&text.chars().count());
    let mut layer = vec![base.to_owned()];
    for _ in 0..=3 {
        if let Some(found) = layer.iter().find(|text| fits(text)) {
            return Some(found.clone());
        }
        layer = layer
            .iter()
            .flat_map(|text| CLOSERS.iter().filter(|c| !text.contains(*c)).map(move |c| format!("{text} {c}")))
            .filter(|text| text.chars().count() <= *META_DESCRIPTION_CHARS.end())
            .collect();
    }
    None
}

/// The opening without its Markdown escapes.
pub(super) fn excerpt(draft: &Draft<'_>) -> String {
    let wish = wishes::wish(&draft.phrase);
    let values = draft.values(&draft.phrase, template::plain);
    let opening = values.fill(template::choose(wish.openings, draft.seed));
    grammar::cut(&clean_line(&format!("{opening} {}", draft.outline.promise), usize::MAX), EXCERPT_CHARS_MAX)
}

/// Short topics of the keywords and the cluster, each once.
pub(super) fn tags(draft: &Draft<'_>) -> Vec<String> {
    let cluster = grammar::inside(&grammar::clean(&draft.input.cluster).to_lowercase());
    let phrases = std::iter::once(&draft.phrase).chain(&draft.secondary);
    let topics = phrases
        .filter(|p| !matches!(p.subject.kind, Kind::Matter | Kind::Question) && p.subject.sides.is_none())
        .map(|p| p.subject.bare.clone());
    let mut seen: Vec<BTreeSet<String>> = Vec::new();
    let mut tags = Vec::new();
    for topic in topics.chain([cluster]) {
        let stems: BTreeSet<String> = words::content_stems(&topic).into_iter().collect();
        let short = topic.split(' ').count() <= TAG_WORDS_MAX && !topic.contains(['<', '>', '“']);
        if short && !stems.is_empty() && !seen.contains(&stems) && tags.len() < TAGS_MAX {
            seen.push(stems);
            tags.push(topic);
        }
    }
    tags
}

/// The sector and the cluster; the topic when neither has a name.
pub(super) fn categories(draft: &Draft<'_>) -> Vec<String> {
    let mut categories: Vec<String> = Vec::new();
    for name in [&draft.input.site.sector, &draft.input.cluster] {
        let name = grammar::clean(name);
        if !name.is_empty() && !categories.iter().any(|c| c.to_lowercase() == name.to_lowercase()) {
            categories.push(name);
        }
    }
    if categories.is_empty() {
        categories.push(grammar::title_case(&grammar::cut(&draft.phrase.subject.bare, META_TITLE_CHARS_MAX)));
    }
    categories
}
