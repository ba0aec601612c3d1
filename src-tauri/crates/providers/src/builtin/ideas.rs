//! The built-in answer to `generate_ideas`: one to three articles for each cluster, chosen by what its keywords ask for.
//!
//! Keywords are read as wishes; each kind of wish has a plan (structure, titles, angle). The strongest keyword leads,
//! other wishes in the cluster get an article of their own, and every keyword belongs to exactly one idea, so that two
//! articles of a site never compete for the same phrase.

mod templates;

#[cfg(test)]
mod tests;

use super::domain::{self, Domain, Signals};
use super::phrase::{self, Form, Phrase};
use super::template::{self, Values};
use super::{grammar, words};
use igny8_core::function::input::{ClusterBrief, IdeasInput};
use igny8_core::function::output::{DESCRIPTION_CHARS_MAX, IdeaDraft, IdeasOutput, TITLE_CHARS_MAX, clean_line};
use igny8_core::status::{ContentStructure, ContentType};
use std::collections::BTreeSet;
use templates::Plan;

/// Ideas of one cluster at most.
const IDEAS_MAX: usize = 3;
/// Keywords a cluster needs for each idea beyond the first.
const KEYWORDS_PER_IDEA: usize = 3;
/// Keywords of one idea at most; more would be a list, not a text.
const KEYWORDS_MAX: usize = 8;
/// Titles up to this length are shown whole in search results; longer ones are taken only when nothing shorter is free.
const TITLE_CHARS_WISHED: usize = 65;
/// Two titles that share this part of their words, in percent, are one title.
const SAME_TITLE_PERCENT: usize = 80;
/// Word targets: the least a page needs, the most a reader bears, what each further keyword adds.
const WORDS_MIN: u32 = 500;
const WORDS_MAX: u32 = 3_000;
const WORDS_PER_KEYWORD: u32 = 50;
/// How many times more a bare topic must be searched to lead.
const TOPIC_LEAD: i64 = 3;
/// Numbers of entries that lists get.
const ENTRIES: &[u64] = &[5, 7, 9];
/// Keywords and criteria a brief names.
const BRIEF_KEYWORDS: usize = 4;
const BRIEF_ASPECTS: usize = 3;

/// An article to be: who leads, how it is planned, which keywords it answers.
struct Draft<'a> {
    lead: Phrase,
    plan: &'static Plan,
    keywords: Vec<&'a str>,
}

/// Ideas for all clusters.
pub(super) fn ideas(input: &IdeasInput) -> IdeasOutput {
    let mut taken = Titles::new(&input.existing_titles);
    let mut ideas = Vec::new();
    for cluster in &input.clusters {
        let surrounding: Vec<&str> =
            cluster.keywords.iter().map(|k| k.text.as_str()).chain([input.site.sector.as_str()]).collect();
        let drafts = drafts(cluster);
        let keyword = drafts.first().map_or("", |d| d.lead.keyword.as_str());
        let head = drafts.first().map_or("", |d| d.lead.subject.head());
        let domain = domain::find(Signals { head, keyword, title: &cluster.name, surrounding: &surrounding });
        for (position, draft) in (0_u64..).zip(drafts) {
            ideas.extend(written(cluster, draft, domain, position, &mut taken).map(|idea| planned(idea, input)));
        }
    }
    IdeasOutput { ideas }
}

/// A site that has said how long its articles are is taken at its word.
fn planned(idea: IdeaDraft, input: &IdeasInput) -> IdeaDraft {
    let word_count = input.word_count.map_or(idea.word_count, |words| words.clamp(WORDS_MIN, WORDS_MAX));
    IdeaDraft { word_count, ..idea }
}

/// Drops what does not fit: the last ideas first, since clusters and ideas come strongest first.
pub(super) fn shorten(output: &mut IdeasOutput) -> bool {
    super::halve(&mut output.ideas)
}

/// What to write for one cluster, strongest wish first.
fn drafts(cluster: &ClusterBrief) -> Vec<Draft<'_>> {
    let texts: Vec<&str> = cluster.keywords.iter().map(|k| k.text.as_str()).filter(|t| !t.trim().is_empty()).collect();
    let texts = if texts.is_empty() { vec![cluster.name.as_str()] } else { texts };
    let texts = decided_first(cluster, texts);
    let wanted = (1 + texts.len().saturating_sub(1) / KEYWORDS_PER_IDEA).min(IDEAS_MAX);
    let mut drafts: Vec<Draft<'_>> = Vec::new();
    for text in texts {
        let lead = phrase::read(text);
        let plan = templates::plan(lead.form);
        let home = drafts.iter().position(|d| std::ptr::eq(d.plan, plan));
        match home.or_else(|| (drafts.len() >= wanted).then_some(0)) {
            Some(at) => {
                if let Some(draft) = drafts.get_mut(at) {
                    draft.keywords.push(text);
                }
            }
            None => drafts.push(Draft { lead, plan, keywords: vec![text] }),
        }
    }
    let missing = wanted.saturating_sub(drafts.len());
    let further: Vec<Draft<'_>> = drafts.first().map_or_else(Vec::new, |main| {
        let structures: Vec<ContentStructure> = drafts.iter().map(|d| d.plan.structure).collect();
        let plans = templates::further(main.lead.subject.kind).iter().filter(|p| !structures.contains(&p.structure));
        let fits = main.lead.form != Form::Versus && main.lead.form != Form::Collection;
        plans
            .take(if fits { missing } else { 0 })
            .map(|plan| Draft { lead: main.lead.clone(), plan, keywords: vec![] })
            .collect()
    });
    drafts.extend(further);
    drafts
}

/// The keywords in the order in which they choose plans: the leading one, then those that ask for something certain,
/// then bare topics. A bare topic leads only when it is searched far more than anything certain: an article on the best
/// kettles answers "gooseneck kettle" too, the other way round it does not.
fn decided_first<'a>(cluster: &ClusterBrief, texts: Vec<&'a str>) -> Vec<&'a str> {
    let volume = |text: &str| cluster.keywords.iter().find(|k| k.text == text).and_then(|k| k.volume).unwrap_or(0);
    let is_topic = |text: &str| phrase::read(text).form == Form::Topic;
    let top = texts.first().map_or(0, |text| volume(text));
    let (topics, certain): (Vec<&str>, Vec<&str>) = texts.into_iter().partition(|text| is_topic(text));
    let certain_leads = certain.first().is_some_and(|text| volume(text).saturating_mul(TOPIC_LEAD) >= top);
    if certain_leads || topics.is_empty() {
        return certain.into_iter().chain(topics).collect();
    }
    let (lead, others) = topics.split_at(1);
    lead.iter().copied().chain(certain).chain(others.iter().copied()).collect()
}

fn written(
    cluster: &ClusterBrief,
    draft: Draft<'_>,
    domain: &Domain,
    position: u64,
    taken: &mut Titles,
) -> Option<IdeaDraft> {
    let values = values(&draft.lead);
    // Which wording comes first depends on the keyword, so that a list of ideas does not end alike in every line.
    let turn = template::turn(draft.plan.titles.len(), template::hash(&draft.lead.keyword));
    let wordings = draft.plan.titles.iter().cycle().skip(turn).take(draft.plan.titles.len());
    let title = taken.take(wordings.map(|t| headline(&values.fill(t))))?;
    let mut keywords: Vec<String> = draft.keywords.iter().map(|k| grammar::clean(k)).take(KEYWORDS_MAX).collect();
    if keywords.is_empty() {
        // A further idea answers the topic itself, in the words of its title.
        keywords.push(grammar::clean(title.split([':', '?']).next().unwrap_or(&title)).to_lowercase());
    }
    let extra = u32::try_from(keywords.len().saturating_sub(1)).unwrap_or(0).saturating_mul(WORDS_PER_KEYWORD);
    let word_count = draft.plan.words.saturating_add(extra).clamp(WORDS_MIN, WORDS_MAX);
    Some(IdeaDraft {
        cluster_id: cluster.id.0,
        description: clean_line(&brief(&draft, &keywords, domain, position, &values), DESCRIPTION_CHARS_MAX),
        title,
        keywords,
        content_type: ContentType::Post,
        content_structure: draft.plan.structure,
        word_count,
    })
}

/// Angle, reader, what to cover.
fn brief(draft: &Draft<'_>, keywords: &[String], domain: &Domain, position: u64, values: &Values) -> String {
    let reader = template::choose(&domain.readers, position);
    let quoted: Vec<String> =
        keywords.iter().take(BRIEF_KEYWORDS).map(|k| format!("“{}”", grammar::inside(k))).collect();
    let aspects: Vec<String> = domain.aspects.iter().take(BRIEF_ASPECTS).map(|a| a.name.to_owned()).collect();
    format!(
        "Angle: {}. Reader: {reader}. Cover: {}; say something about {}. Show {}.",
        values.fill(draft.plan.angle),
        grammar::list(&quoted),
        grammar::list(&aspects),
        template::choose(&domain.evidence, position),
    )
}

fn values(lead: &Phrase) -> Values {
    let entries = template::choose(ENTRIES, template::hash(&lead.keyword));
    let good = grammar::called_good(&lead.subject.bare);
    Values::of(&lead.subject, template::plain)
        .with("n", entries.to_string())
        .with("good", good)
        .with("question", as_question(&lead.keyword))
}

/// "can dogs eat grapes" asks and gets its mark; "when to replace shoes" names a topic and gets a colon.
fn as_question(keyword: &str) -> String {
    let lower = keyword.to_lowercase();
    let clause = lower.split(' ').take(4).any(|w| w == "to") || lower.starts_with("best ");
    if clause { format!("{keyword}:") } else { format!("{keyword}?") }
}

fn headline(text: &str) -> String {
    clean_line(grammar::title_case(text).trim_end_matches(':'), TITLE_CHARS_MAX)
}

/// Titles that are taken, as sets of words.
struct Titles {
    sets: Vec<BTreeSet<String>>,
}

impl Titles {
    fn new(existing: &[String]) -> Self {
        Self { sets: existing.iter().map(|t| Self::set(t)).collect() }
    }

    /// The first free title of a wished length, else the first free one; it is taken from then on.
    fn take(&mut self, titles: impl Iterator<Item = String>) -> Option<String> {
        let free: Vec<String> = titles.filter(|title| !title.is_empty() && !self.has(title)).collect();
        let stumbles = |title: &str| title.split(' ').filter(|w| *w == "for").count() > 1;
        let short = free.iter().find(|title| title.chars().count() <= TITLE_CHARS_WISHED && !stumbles(title));
        let title = short.or_else(|| free.first())?.clone();
        self.sets.push(Self::set(&title));
        Some(title)
    }

    fn has(&self, title: &str) -> bool {
        let set = Self::set(title);
        self.sets.iter().any(|other| {
            let shared = set.intersection(other).count();
            let all = set.len() + other.len() - shared;
            shared * 100 >= all * SAME_TITLE_PERCENT
        })
    }

    fn set(title: &str) -> BTreeSet<String> {
        words::words(title).iter().map(|w| words::stem(w)).collect()
    }
}
