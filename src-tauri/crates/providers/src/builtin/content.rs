//! The built-in answer to `generate_content`: an outline draft to write from. Sections come from the structure, wording
//! from what the keyword asks ([`wishes`]), substance from the field ([`super::domain`]); what only a person can know is
//! marked as a note to the writer. It says nothing it cannot know, and it is marked as an outline.

mod bank;
mod blocks;
mod links;
mod meta;
mod pages;
mod questions;
mod sections;
mod structures;
mod wishes;

#[cfg(test)]
mod tests;

use super::domain::{self, Domain, Signals};
use super::phrase::{self, Form, Kind, Phrase, Subject};
use super::template::{self, Values};
use super::{grammar, words};
use bank::Bank;
use igny8_core::function::input::ContentInput;
use igny8_core::function::output::{ContentOutput, TITLE_CHARS_MAX, clean_line};
use sections::{Block, Section};
use structures::Outline;

/// The part of the word target an outline fills, in percent: enough to write from, plainly less than the article.
const OUTLINE_PERCENT: u64 = 48;
/// Sections of an outline.
const SECTIONS_MAX: usize = 8;
/// What a crowded outline gives up first.
const GIVEN_UP_FIRST: &[Block] = &[Block::Needs, Block::Readers, Block::Checklist, Block::Mistakes];
/// Further keywords that are kept.
const SECONDARY_MAX: usize = 12;

/// How much an outline says.
#[derive(Clone, Copy, Debug)]
struct Depth {
    sections: usize,
    aspects: usize,
    steps: usize,
    mistakes: usize,
    keywords: usize,
    /// Whether the opening says what the article brings and for whom.
    promises: bool,
    /// Opening paragraphs of a section.
    leads: usize,
    /// Every how many sections there is a note to the writer.
    note_every: usize,
}

/// From a short page to a long guide; the one nearest to the wished length is taken.
const DEPTHS: &[Depth] = &[
    Depth { sections: 5, aspects: 2, steps: 3, mistakes: 2, keywords: 0, promises: false, leads: 1, note_every: 9 },
    Depth { sections: 5, aspects: 3, steps: 3, mistakes: 2, keywords: 1, promises: true, leads: 1, note_every: 3 },
    Depth { sections: 6, aspects: 3, steps: 4, mistakes: 3, keywords: 2, promises: true, leads: 1, note_every: 2 },
    Depth { sections: 6, aspects: 4, steps: 5, mistakes: 3, keywords: 3, promises: true, leads: 1, note_every: 1 },
    Depth { sections: 7, aspects: 4, steps: 5, mistakes: 4, keywords: 4, promises: true, leads: 1, note_every: 1 },
    Depth { sections: 8, aspects: 5, steps: 5, mistakes: 4, keywords: 5, promises: true, leads: 1, note_every: 1 },
    Depth { sections: 8, aspects: 5, steps: 6, mistakes: 5, keywords: 8, promises: true, leads: 2, note_every: 1 },
    Depth { sections: 8, aspects: 5, steps: 7, mistakes: 5, keywords: 12, promises: true, leads: 2, note_every: 1 },
];

/// Everything the parts of an outline need to know.
struct Draft<'a> {
    input: &'a ContentInput,
    title: String,
    /// The primary keyword, read.
    phrase: Phrase,
    secondary: Vec<Phrase>,
    outline: &'static Outline,
    domain: &'static Domain,
    /// Turns wording round; from the title and the wished-for variation.
    seed: u64,
}

/// An outline of the article.
pub(super) fn draft(input: &ContentInput) -> ContentOutput {
    let draft = Draft::new(input);
    let faq = questions::faq(&draft);
    let in_faq: usize = faq.iter().map(|q| count_words(&q.question) + count_words(&q.answer)).sum();
    let body = draft.body(in_faq);
    ContentOutput {
        meta_title: meta::title(&draft),
        meta_description: meta::description(&draft),
        excerpt: meta::excerpt(&draft),
        internal_links: links::suggestions(&draft, &body),
        tags: meta::tags(&draft),
        categories: meta::categories(&draft),
        primary_keyword: draft.primary(),
        secondary_keywords: draft.secondary.iter().map(|p| p.keyword.clone()).collect(),
        title: draft.title,
        body_markdown: body,
        faq,
        is_outline: true,
    }
}

/// Drops what does not fit: the last section before the closing one, then questions and links.
pub(super) fn shorten(output: &mut ContentOutput) -> bool {
    let starts: Vec<usize> = output.body_markdown.match_indices("\n## ").map(|(at, _)| at).collect();
    if let [.., from, to] = starts.as_slice() {
        output.body_markdown.replace_range(*from..*to, "");
        return true;
    }
    super::halve(&mut output.faq)
        || super::halve(&mut output.internal_links)
        || super::halve(&mut output.secondary_keywords)
}

impl<'a> Draft<'a> {
    fn new(input: &'a ContentInput) -> Self {
        let given = clean_line(&input.title, TITLE_CHARS_MAX);
        let keyword = [input.primary_keyword.as_str(), input.title.as_str(), input.cluster.as_str()]
            .into_iter()
            .find(|text| !grammar::clean(text).is_empty())
            .unwrap_or("this topic");
        let outline = structures::outline(input.structure);
        let mut phrase = phrase::read(keyword);
        if outline.wants_thing && phrase.subject.kind != Kind::Thing {
            phrase.subject = thing_for(&phrase, &input.cluster);
        }
        let title = if given.is_empty() { grammar::title_case(&phrase.keyword) } else { given };
        let surrounding: Vec<&str> = input
            .secondary_keywords
            .iter()
            .map(String::as_str)
            .chain([input.cluster.as_str(), input.site.sector.as_str()])
            .collect();
        let domain =
            domain::find(Signals { head: phrase.subject.head(), keyword, title: &title, surrounding: &surrounding });
        let seed = template::hash(&title).wrapping_add(u64::from(input.variation).wrapping_mul(7));
        Self { input, secondary: secondary(input, &phrase.keyword), title, phrase, outline, domain, seed }
    }

    /// The field whose steps, mistakes and needs fit. A question is answered the same way in every field: how to house-train
    /// a puppy is no way to find out what it may eat.
    fn practice(&self) -> &'static Domain {
        if matches!(self.kind(), Kind::Matter | Kind::Question) { domain::general() } else { self.domain }
    }

    fn kind(&self) -> Kind {
        if self.outline.wants_thing { Kind::Thing } else { self.phrase.subject.kind }
    }

    /// Whether the article is a list of mistakes.
    fn is_about_mistakes(&self) -> bool {
        let words = words::words(&self.title);
        ["mistake", "mistakes", "wrong"].iter().any(|wanted| words.iter().any(|word| word == wanted))
    }

    /// Further keywords that name things a list can hold; none when the list is about something else.
    fn entries(&self) -> Vec<&Phrase> {
        let lists = self.outline.sections.iter().any(|s| s.block == Block::Entries) && !self.is_about_mistakes();
        let head = |phrase: &Phrase| words::stem(&phrase.subject.head().to_lowercase());
        let same_kind = |p: &&Phrase| matches!(p.form, Form::Pick | Form::Topic) && head(p) == head(&self.phrase);
        self.secondary.iter().filter(|p| lists && same_kind(p)).collect()
    }

    /// Further keywords that get a part of their own.
    fn parts(&self) -> Vec<&Phrase> {
        let entries = self.entries();
        self.secondary.iter().filter(|phrase| !entries.contains(phrase)).collect()
    }

    fn primary(&self) -> String {
        self.phrase.keyword.clone()
    }

    /// Values for sentences in Markdown, with the field's three strongest criteria.
    fn values(&self, phrase: &Phrase, print: fn(&str) -> String) -> Values {
        let site = if self.input.site.name.trim().is_empty() { "this site" } else { self.input.site.name.as_str() };
        let [a1, a2, a3, ..] = &self.domain.aspects;
        values_of(phrase, print)
            .with("site", print(&grammar::clean(site)))
            .with("a1", a1.name.to_owned())
            .with("a2", a2.name.to_owned())
            .with("a3", a3.name.to_owned())
    }

    /// The body whose length, with `words_besides` printed below it, comes nearest to the wished part of the target.
    fn body(&self, words_besides: usize) -> String {
        let wished = u64::from(self.input.word_count_target) * OUTLINE_PERCENT / 100;
        let bodies = DEPTHS.iter().map(|depth| self.body_at(*depth));
        let near = bodies.min_by_key(|body| {
            let words = u64::try_from(count_words(body) + words_besides).unwrap_or(u64::MAX);
            words.abs_diff(wished)
        });
        near.unwrap_or_default()
    }

    fn body_at(&self, depth: Depth) -> String {
        let mut bank = Bank::new(self.domain, self.practice(), self.seed);
        let mut body = self.opening(depth);
        for (position, section) in self.sections(depth).into_iter().enumerate() {
            body.push_str(&self.section(section, position, depth, &mut bank));
        }
        body
    }

    fn opening(&self, depth: Depth) -> String {
        let wish = wishes::wish(&self.phrase);
        let values = self.values(&self.phrase, template::markdown);
        let opening = values.fill(template::choose(wish.openings, self.seed));
        if !depth.promises {
            return opening + "\n";
        }
        let reader = template::choose(&self.domain.readers, self.seed);
        // A question's opening has promised everything already.
        let promise = if self.kind() == Kind::Question { "" } else { self.outline.promise };
        let whole = format!("{opening} {promise} It is written for {reader}.");
        whole.split_whitespace().collect::<Vec<_>>().join(" ") + "\n"
    }

    /// The sections that suit the subject and have something to say, the least needed ones given up.
    fn sections(&self, depth: Depth) -> Vec<&'static Section> {
        let has_sides = self.phrase.subject.sides.is_some();
        let kind = self.kind();
        let mut sections: Vec<&'static Section> = self
            .outline
            .sections
            .iter()
            .copied()
            .filter(|s| s.kind.is_none_or(|wanted| wanted == kind))
            .filter(|s| match s.block {
                Block::Side => has_sides,
                Block::Keywords => depth.keywords > 0 && !self.parts().is_empty(),
                Block::Links => !self.input.related.is_empty(),
                Block::Prose | Block::Aspects | Block::AspectTable | Block::Steps | Block::Needs | Block::Mistakes => {
                    true
                }
                Block::Entries | Block::Readers | Block::Checklist => true,
            })
            .collect();
        let wanted = depth.sections.min(SECTIONS_MAX);
        let mut given_up = GIVEN_UP_FIRST.iter();
        while sections.len() > wanted {
            let Some(block) = given_up.next() else { break };
            if let Some(at) = sections.iter().position(|s| s.block == *block) {
                sections.remove(at);
            }
        }
        while sections.len() > wanted {
            sections.remove(sections.len().saturating_sub(2));
        }
        sections
    }

    fn section(&self, section: &Section, position: usize, depth: Depth, bank: &mut Bank) -> String {
        let turn = self.seed.wrapping_add(u64::try_from(position).unwrap_or(0));
        let plain = self.values(&self.phrase, template::plain);
        let values = self.values(&self.phrase, template::markdown);
        let heading = grammar::title_case(&plain.fill(template::choose(section.headings, turn)));
        let mut out = format!("\n## {}\n", template::markdown(&heading));
        // A second paragraph opens only what has more to open than a list.
        let leads = if matches!(section.block, Block::Checklist | Block::Keywords) { 1 } else { depth.leads };
        for (offset, _) in (0_u64..).zip(section.leads.iter().take(leads)) {
            let lead = values.fill(template::choose(section.leads, turn.wrapping_add(offset)));
            out.push_str(&format!("\n{lead}\n"));
        }
        out.push_str(&blocks::block(self, section, depth, bank));
        if !section.note.is_empty() && position.is_multiple_of(depth.note_every.max(1)) {
            out.push_str(&format!("\n> **To write:** {}\n", values.fill(section.note)));
        }
        out
    }
}

fn count_words(text: &str) -> usize {
    text.split_whitespace().count()
}

/// Values of a keyword that are not the subject's alone.
fn values_of(phrase: &Phrase, print: fn(&str) -> String) -> Values {
    let is_clause = phrase.subject.kind == Kind::Matter;
    let asked = if is_clause { phrase.keyword.replacen(" to ", " should you ", 1) } else { phrase.keyword.clone() };
    let depends =
        if is_clause { format!("{} depends", phrase.keyword) } else { format!("{}? It depends", phrase.keyword) };
    Values::of(&phrase.subject, print)
        .with("question", print(&format!("{}?", grammar::sentence_case(&asked))))
        .with("depends", print(&grammar::sentence_case(&depends)))
        .with("good", print(&grammar::called_good(&phrase.subject.bare)))
}

/// The thing a page is about when its keyword asks a question or names an action: the cluster's, if it names one.
fn thing_for(phrase: &Phrase, cluster: &str) -> Subject {
    let of_cluster = phrase::read(&cluster.to_lowercase()).subject;
    if of_cluster.kind == Kind::Thing && !of_cluster.bare.is_empty() {
        return of_cluster;
    }
    phrase.subject.clone().into_thing()
}

/// The further keywords, each once, without the primary one.
fn secondary(input: &ContentInput, primary: &str) -> Vec<Phrase> {
    let mut seen = vec![words::words(primary)];
    let mut out = Vec::new();
    for text in &input.secondary_keywords {
        let words = words::words(text);
        if !words.is_empty() && !seen.contains(&words) && out.len() < SECONDARY_MAX {
            seen.push(words);
            out.push(phrase::read(text));
        }
    }
    out
}
