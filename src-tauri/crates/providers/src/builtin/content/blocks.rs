//! What stands below a section's opening, in Markdown: points, tables, steps, entries, parts about further keywords.

use super::bank::{Bank, Point};
use super::sections::{Block, Section};
use super::{Depth, Draft, wishes};
use crate::builtin::phrase::{Form, Kind, Phrase};
use crate::builtin::template::{self, markdown};
use crate::builtin::{grammar, words};

/// Entries of a list whose title names no number.
const ENTRIES_DEFAULT: usize = 5;
/// Most entries a title may ask for; one paragraph each.
const ENTRIES_MAX: usize = 12;
/// Related articles a page lists.
const LINKS_MAX: usize = 8;

/// Criteria that are kept for the parts about further keywords.
const ASPECTS_FOR_PARTS: usize = 3;

/// How a mistake is told in a part about a keyword.
const SLIPS: &[&str] = &[
    "A common slip with {noun}: {slip}.",
    "{Noun} can go wrong by {slip}.",
    "Watch out for one thing with {noun}: {slip}.",
];
/// How a step is.
const EXTRA_STEPS: &[&str] = &["Give {noun} one extra step.", "One step pays off with {noun} in particular."];

/// How an entry begins that has no keyword of its own.
const ENTRY_HEADINGS: &[&str] = &["If {a} comes first", "Think of {a}", "Start from {a}", "Do not forget {a}"];
/// Points that speak for one side.
const SIDE_POINTS: &[&str] = &[
    "{Aspect} matters most to you, and {side} came out ahead in your own test.",
    "You know {side} already, and {aspect} gives you no reason to change.",
    "The people you share it with prefer {side}, and {aspect} is good enough.",
];

/// The block of a section; empty for one that only opens.
pub(super) fn block(draft: &Draft<'_>, section: &Section, depth: Depth, bank: &mut Bank) -> String {
    match section.block {
        Block::Prose => String::new(),
        Block::Aspects => aspects(aspect_count(draft, depth), bank),
        // A list needs the other criteria for its entries.
        Block::AspectTable if draft.outline.sections.iter().any(|s| s.block == Block::Entries) => aspect_table(3, bank),
        Block::AspectTable => aspect_table(depth.aspects + 1, bank),
        Block::Steps => steps(depth.steps, bank),
        Block::Needs => lines(draft.practice().needs.iter().map(|need| grammar::sentence_case(need))),
        Block::Mistakes => mistakes(depth.mistakes, bank),
        Block::Keywords => keywords(draft, depth.keywords, bank),
        Block::Entries => entries(draft, bank),
        Block::Side => side(draft, section),
        Block::Readers => readers(draft),
        Block::Checklist => checklist(draft),
        Block::Links => {
            let titles = draft.input.related.iter().take(LINKS_MAX).map(|r| markdown(&grammar::clean(&r.title)));
            lines(titles.filter(|title| !title.is_empty()))
        }
    }
}

fn lines(items: impl Iterator<Item = String>) -> String {
    let mut out = String::from("\n");
    for item in items {
        out.push_str("- ");
        out.push_str(&item);
        out.push('\n');
    }
    out
}

/// As many criteria as fit while some are left for the parts about further keywords.
fn aspect_count(draft: &Draft<'_>, depth: Depth) -> usize {
    let parts = draft.parts().len().min(depth.keywords).min(ASPECTS_FOR_PARTS);
    depth.aspects.min(draft.domain.aspects.len() - parts)
}

fn aspects(count: usize, bank: &mut Bank) -> String {
    let points = (0..count).map_while(|_| bank.aspect());
    lines(points.map(|a| format!("**{}.** {} {}", grammar::sentence_case(a.name), a.check, a.why)))
}

fn aspect_table(count: usize, bank: &mut Bank) -> String {
    let mut out = String::from("\n| Criterion | How to check | Why it matters |\n| --- | --- | --- |\n");
    for a in (0..count).map_while(|_| bank.aspect()) {
        out.push_str(&format!("| **{}** | {} | {} |\n", grammar::sentence_case(a.name), a.check, a.why));
    }
    out
}

fn steps(count: usize, bank: &mut Bank) -> String {
    let mut out = String::from("\n");
    for (number, (name, how)) in (1..).zip(bank.steps(count)) {
        out.push_str(&format!("{number}. **{name}.** {how}\n"));
    }
    out
}

fn mistakes(count: usize, bank: &mut Bank) -> String {
    let points = (0..count).map_while(|_| bank.mistake());
    lines(points.map(|(mistake, instead)| format!("**{}.** {instead}", grammar::sentence_case(mistake))))
}

fn keywords(draft: &Draft<'_>, count: usize, bank: &mut Bank) -> String {
    let mut out = String::new();
    for (position, phrase) in (0_u64..).zip(draft.parts().into_iter().take(count)) {
        out.push_str(&format!("\n### {}\n\n{}\n", markdown(&heading(phrase)), part(draft, phrase, bank, position)));
    }
    out
}

/// A keyword as a heading; a question gets its mark.
fn heading(phrase: &Phrase) -> String {
    let title = grammar::title_case(&phrase.keyword);
    let asks = matches!(phrase.form, Form::Question | Form::Meaning) && phrase.keyword.contains(' ');
    let opens =
        ["what", "why", "how", "can", "do", "does", "is", "are", "should", "will", "when", "which", "who", "where"];
    let first = phrase.keyword.split(' ').next().unwrap_or_default().to_lowercase();
    let is_clause = phrase.subject.kind == Kind::Matter;
    if asks && opens.contains(&first.as_str()) && !is_clause { format!("{title}?") } else { title }
}

/// A paragraph about a keyword: a sentence for its wish and a point of the field; only a note where nobody but the
/// writer has the answer.
fn part(draft: &Draft<'_>, phrase: &Phrase, bank: &mut Bank, position: u64) -> String {
    let wish = wishes::wish(phrase);
    if wish.parts.is_empty() {
        return "> **To write:** answer in two sentences, with the source.".to_owned();
    }
    let values = draft.values(phrase, markdown);
    let turn = draft.seed.wrapping_add(position);
    match bank.point() {
        Some(Point::Aspect(a)) => {
            let first = values.with("a1", a.name.to_owned()).fill(template::choose(wish.parts, turn));
            format!("{first} {} {}", a.check, a.why)
        }
        Some(Point::Mistake(mistake, instead)) => {
            let slip = values.with("slip", mistake.to_owned());
            format!("{} {instead}", slip.fill(template::choose(SLIPS, turn)))
        }
        Some(Point::Step(step, how)) => {
            format!("{} **{step}.** {how}", values.fill(template::choose(EXTRA_STEPS, turn)))
        }
        None => values.fill("> **To write:** say in three sentences what is special about {noun}."),
    }
}

fn entries(draft: &Draft<'_>, bank: &mut Bank) -> String {
    let about_mistakes = draft.is_about_mistakes();
    let named = draft.entries();
    let mut out = String::new();
    for position in 0..entry_count(&draft.title) {
        let entry = if about_mistakes {
            bank.mistake().map(|(mistake, instead)| (grammar::title_case(mistake), format!("**Instead:** {instead}")))
        } else {
            entry(draft, named.get(position).copied(), position, bank)
        };
        let Some((title, text)) = entry else { break };
        out.push_str(&format!("\n### {}. {title}\n\n{text}\n", position + 1));
    }
    out
}

/// An entry for a keyword, or for a criterion, or for a step.
fn entry(draft: &Draft<'_>, named: Option<&Phrase>, position: usize, bank: &mut Bank) -> Option<(String, String)> {
    let turn = u64::try_from(position).unwrap_or(0);
    if let Some(phrase) = named {
        return Some((markdown(&heading(phrase)), part(draft, phrase, bank, turn)));
    }
    if let Some(a) = bank.aspect() {
        let heading = template::choose(ENTRY_HEADINGS, turn).replace("{a}", a.name);
        return Some((grammar::title_case(&heading), format!("{} {}", a.check, a.why)));
    }
    let (name, how) = bank.steps(1).into_iter().next()?;
    Some((grammar::title_case(name), how.to_owned()))
}

/// The number in the title, so that "7 ideas" has seven.
fn entry_count(title: &str) -> usize {
    let numbers = words::words(title).into_iter().filter_map(|word| word.parse::<usize>().ok());
    numbers.into_iter().find(|n| (2..=ENTRIES_MAX).contains(n)).unwrap_or(ENTRIES_DEFAULT)
}

fn side(draft: &Draft<'_>, section: &Section) -> String {
    let is_first = std::ptr::eq(section, &raw const super::sections::SIDE_A);
    let (a, b) = draft.phrase.subject.sides.clone().unwrap_or_default();
    let (side, skip) = if is_first { (a, 0) } else { (b, SIDE_POINTS.len()) };
    let aspects = draft.domain.aspects.iter().skip(skip);
    lines(SIDE_POINTS.iter().zip(aspects).map(|(point, aspect)| {
        let filled = point.replace("{Aspect}", &grammar::sentence_case(aspect.name)).replace("{aspect}", aspect.name);
        filled.replace("{side}", &markdown(&grammar::with_article(&side)))
    }))
}

fn readers(draft: &Draft<'_>) -> String {
    let [a1, a2, ..] = &draft.domain.aspects;
    let preference = format!("People who care more about {} than about {}", a1.name, a2.name);
    let readers = draft.domain.readers.iter().map(|reader| grammar::sentence_case(reader));
    lines(readers.chain([preference]))
}

fn checklist(draft: &Draft<'_>) -> String {
    let checked = draft.domain.aspects.iter().take(3).map(|a| format!("{} checked", grammar::sentence_case(a.name)));
    let first = std::iter::once("The purpose written down in one sentence".to_owned());
    lines(
        first
            .chain(checked)
            .chain(["Two ways compared, doing nothing included", "A date set to look back"].map(str::to_owned)),
    )
}
