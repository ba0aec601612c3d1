//! `generate_content`: writes an article for a task. The model's Markdown becomes the canonical, sanitised form before
//! anything is stored; questions and answers are appended as a section of their own.

use super::{About, Aim, Failure, Function, Output, Prepared, UnitContext, Unprepared, parse_some, text_unit};
use igny8_core::article;
use igny8_core::function::input::{ContentInput, KeywordInput, SiteContext, TextInput};
use igny8_core::function::output::{
    AnswerError, BODY_BYTES_MAX, ContentOutput, DESCRIPTION_CHARS_MAX, LinkSuggestion, Question, TITLE_CHARS_MAX,
    clean_line,
};
use igny8_core::id::{ClusterId, IdeaId, SiteId, TaskId};
use igny8_core::intent;
use igny8_core::prompt::PromptKind;
use igny8_core::status::{ContentStatus, ContentStructure, ContentType, Intent, Origin, TaskStatus};
use igny8_core::time::UtcMs;
use igny8_store::ledger::Related;
use igny8_store::table::content::{ContentText, NewContent};
use igny8_store::table::idea::IdeaRow;
use igny8_store::table::task::{TaskBrief, TaskRow};
use igny8_store::{Read, StoreError, Write};

/// Keywords of the cluster that a model sees.
const KEYWORDS_MAX: u32 = 30;
/// Articles of the site offered for links.
const RELATED_MAX: u32 = 20;
/// Tags or categories kept.
const TERMS_MAX: usize = 10;
/// Questions printed at the end.
const QUESTIONS_MAX: usize = 12;
/// Other keywords kept.
const SECONDARY_MAX: usize = 20;

pub(super) struct GenerateContent;

impl Function for GenerateContent {
    fn waiting(&self, read: &Read<'_>, site: SiteId, limit: u32) -> Result<Vec<i64>, StoreError> {
        Ok(read.queued_tasks(site, limit)?.into_iter().map(|task| task.id.0).collect())
    }

    fn failed_ones(
        &self,
        read: &Read<'_>,
        site: SiteId,
        failures_max: Option<u32>,
        limit: u32,
    ) -> Result<Vec<i64>, StoreError> {
        Ok(read.failed_tasks(site, failures_max, limit)?.into_iter().map(|id| id.0).collect())
    }

    fn take_up(&self, write: &mut Write<'_>, ids: &[i64], now: UtcMs) -> Result<(), StoreError> {
        let ids: Vec<TaskId> = ids.iter().copied().map(TaskId).collect();
        write.task_retry(&ids, now).map(drop)
    }

    fn wish_anew(&self, write: &mut Write<'_>, ids: &[i64], now: UtcMs) -> Result<(), StoreError> {
        let ids: Vec<TaskId> = ids.iter().copied().map(TaskId).collect();
        write.task_requeue(&ids, now).map(drop)
    }

    fn eligible(&self, read: &Read<'_>, site: SiteId, ids: &[i64]) -> Result<Vec<i64>, StoreError> {
        let ids: Vec<TaskId> = ids.iter().copied().map(TaskId).collect();
        let rows = read.tasks(&ids)?;
        Ok(rows.into_iter().filter(|t| t.site == site && t.status == TaskStatus::Queued).map(|t| t.id.0).collect())
    }

    fn related(&self, items: &[i64]) -> Related {
        items.first().map_or(Related::None, |id| Related::Task(*id))
    }

    fn prepare(&self, read: &Read<'_>, unit: &UnitContext, items: &[i64]) -> Result<Option<Prepared>, Unprepared> {
        let Some(TaskBrief { task, cluster_keywords }) = open(read, items, unit.aim, KEYWORDS_MAX)? else {
            return Ok(None);
        };
        let about = self.related(items);
        prepare(read, unit, Wanted::from(task), &cluster_keywords, about).map(Some)
    }

    fn shown_field(&self) -> Option<&'static str> {
        Some("body_markdown")
    }

    fn parse(&self, text: &str) -> Result<Output, AnswerError> {
        parse_some(
            text,
            |output: &ContentOutput| output.body_markdown.trim().is_empty() || output.title.trim().is_empty(),
            |output| Output::Content(Box::new(as_text(output))),
        )
    }

    fn save(
        &self,
        write: &mut Write<'_>,
        unit: &UnitContext,
        items: &[i64],
        output: Output,
        now: UtcMs,
    ) -> Result<u32, StoreError> {
        let Output::Content(text) = output else { return Ok(0) };
        let Some(TaskBrief { task, .. }) = open(write, items, Aim::Waiting, 0)? else { return Ok(0) };
        if text.html.is_empty() {
            return Ok(0);
        }
        let title = if text.title.is_empty() { task.title } else { text.title };
        // Whose words are no words of the article, and are not counted.
        let html = match unit.has_contents {
            true => article::with_contents(&text.html),
            false => text.html.clone(),
        };
        let text = ContentText { title, html, ..*text };
        match write.content_of_task(task.id)? {
            Some(content) => {
                write.content_rewrite(content, &text, Origin::Model, now)?;
            }
            None => {
                let new = NewContent {
                    site: unit.site_id,
                    sector: task.sector,
                    cluster: task.cluster,
                    task: Some(task.id),
                    content_type: task.content_type,
                    content_structure: task.content_structure,
                    text,
                    origin: Origin::Model,
                };
                write.content_add(&new, now)?;
            }
        }
        write.task_complete(&[task.id], now)?;
        Ok(1)
    }

    fn failed(&self, write: &mut Write<'_>, items: &[i64], failure: &Failure, now: UtcMs) -> Result<(), StoreError> {
        let ids: Vec<TaskId> = items.iter().copied().map(TaskId).collect();
        write.task_fail(&ids, failure.code, failure.is_the_items(), now).map(drop)
    }
}

/// The task and as many keywords of its cluster, while it waits to be written, or is to be written again. One
/// whose article was approved meanwhile does not: an approved text is not replaced, and what cannot be stored must not be
/// paid for.
fn open(read: &Read<'_>, items: &[i64], aim: Aim, keywords_max: u32) -> Result<Option<TaskBrief>, StoreError> {
    let Some(id) = items.first().copied().map(TaskId) else { return Ok(None) };
    let brief = match read.task_brief(id, keywords_max) {
        Ok(brief) if is_open(brief.task.status, aim) => brief,
        Ok(_) | Err(StoreError::NotFound) => return Ok(None),
        Err(error) => return Err(error),
    };
    if aim == Aim::Trial {
        return Ok(Some(brief));
    }
    let article = read.content_of_task(id)?.map(|article| read.content(article)).transpose()?;
    Ok(Some(brief).filter(|_| article.is_none_or(|article| article.status != ContentStatus::Approved)))
}

fn is_open(status: TaskStatus, aim: Aim) -> bool {
    match status {
        TaskStatus::Queued => true,
        TaskStatus::Failed => aim != Aim::Waiting,
        TaskStatus::Completed => matches!(aim, Aim::Anew | Aim::Trial),
    }
}

/// What an article is asked for by, whether its task is there already or will be.
struct Wanted {
    sector: String,
    cluster: Option<ClusterId>,
    cluster_name: Option<String>,
    title: String,
    description: String,
    keywords: Vec<String>,
    content_type: ContentType,
    structure: ContentStructure,
    word_count_target: u32,
    variation: u32,
}

impl From<TaskRow> for Wanted {
    fn from(task: TaskRow) -> Self {
        Self {
            sector: task.sector_name,
            cluster: task.cluster,
            cluster_name: task.cluster_name,
            title: task.title,
            description: task.description,
            keywords: task.keywords,
            content_type: task.content_type,
            structure: task.content_structure,
            word_count_target: task.word_count_target,
            variation: task.variation,
        }
    }
}

impl From<IdeaRow> for Wanted {
    fn from(idea: IdeaRow) -> Self {
        Self {
            sector: idea.sector_name,
            cluster: idea.cluster,
            cluster_name: idea.cluster_name,
            title: idea.title,
            description: idea.description,
            keywords: idea.keywords,
            content_type: idea.content_type,
            structure: idea.content_structure,
            word_count_target: idea.word_count_target,
            variation: 0,
        }
    }
}

/// As the unit of the task that a new idea would get, to be priced; `None` when the idea is gone.
pub(crate) fn prepare_idea(read: &Read<'_>, unit: &UnitContext, id: IdeaId) -> Result<Option<Prepared>, Unprepared> {
    let Some(idea) = read.ideas(&[id])?.pop() else { return Ok(None) };
    let keywords = idea.cluster.map(|cluster| read.cluster_keywords(cluster, KEYWORDS_MAX)).transpose()?;
    prepare(read, unit, Wanted::from(idea), &keywords.unwrap_or_default(), Related::None).map(Some)
}

fn prepare(
    read: &Read<'_>,
    unit: &UnitContext,
    wanted: Wanted,
    cluster_keywords: &[KeywordInput],
    about: Related,
) -> Result<Prepared, Unprepared> {
    let related = read.related_articles(unit.site_id, wanted.cluster, None, RELATED_MAX)?;
    // A word is about 1.4 tokens of English; the fields around the body take some 400.
    let expected = wanted.word_count_target.saturating_mul(14) / 10 + 400;
    let item = wanted.title.clone();
    let input = as_input(wanted, cluster_keywords, unit, related);
    let kinds = [PromptKind::Content, PromptKind::Structure(input.structure)];
    let values =
        unit.prompts.values().of_article(input.content_type, input.structure, input.intent, input.word_count_target);
    let about = About { item, related: about, expected_output_tokens: expected };
    text_unit(unit, &kinds, &values, TextInput::GenerateContent(Box::new(input)), about)
}

fn as_input(
    wanted: Wanted,
    cluster_keywords: &[KeywordInput],
    unit: &UnitContext,
    related: Vec<igny8_core::function::input::RelatedArticle>,
) -> ContentInput {
    let mut phrases = wanted.keywords;
    for keyword in cluster_keywords {
        if !phrases.contains(&keyword.text) {
            phrases.push(keyword.text.clone());
        }
    }
    let primary = if phrases.is_empty() { wanted.title.clone() } else { phrases.remove(0) };
    let stated = cluster_keywords.iter().find(|k| k.text == primary).and_then(|k| k.intent);
    let intent: Intent = stated.unwrap_or_else(|| intent::guess(&primary));
    ContentInput {
        site: SiteContext { sector: wanted.sector, ..unit.site.clone() },
        title: wanted.title,
        description: wanted.description,
        primary_keyword: primary,
        secondary_keywords: phrases.into_iter().take(SECONDARY_MAX).collect(),
        cluster: wanted.cluster_name.unwrap_or_default(),
        content_type: wanted.content_type,
        structure: wanted.structure,
        intent,
        word_count_target: wanted.word_count_target,
        related,
        variation: wanted.variation,
    }
}

/// What is stored of an answer. Cleaning it takes longer than storing it, and is done before the file is asked for.
fn as_text(output: ContentOutput) -> ContentText {
    let lines = |values: Vec<String>, max: usize| -> Vec<String> {
        let clean = values.iter().map(|v| clean_line(v, TITLE_CHARS_MAX)).filter(|v| !v.is_empty());
        clean.take(max).collect()
    };
    let mut markdown = output.body_markdown;
    if markdown.len() > BODY_BYTES_MAX {
        let end = (0..=BODY_BYTES_MAX).rev().find(|at| markdown.is_char_boundary(*at)).unwrap_or(0);
        markdown.truncate(end);
    }
    let html = article::from_markdown(&with_questions(markdown, &output.faq));
    ContentText {
        title: clean_line(&output.title, TITLE_CHARS_MAX),
        excerpt: clean_line(&output.excerpt, DESCRIPTION_CHARS_MAX),
        meta_title: clean_line(&output.meta_title, TITLE_CHARS_MAX),
        meta_description: clean_line(&output.meta_description, DESCRIPTION_CHARS_MAX),
        primary_keyword: clean_line(&output.primary_keyword, TITLE_CHARS_MAX),
        secondary_keywords: lines(output.secondary_keywords, SECONDARY_MAX),
        tags: lines(output.tags, TERMS_MAX),
        categories: lines(output.categories, TERMS_MAX),
        internal_links: links(output.internal_links),
        is_outline: output.is_outline,
        word_count: article::word_count(&html),
        html,
    }
}

/// As many links as articles were named to link to, each with something to link.
fn links(suggested: Vec<LinkSuggestion>) -> Vec<LinkSuggestion> {
    let clean = suggested.into_iter().map(|link| LinkSuggestion {
        slug: clean_line(&link.slug, TITLE_CHARS_MAX),
        anchor: clean_line(&link.anchor, TITLE_CHARS_MAX),
    });
    clean.filter(|link| !link.slug.is_empty() && !link.anchor.is_empty()).take(RELATED_MAX as usize).collect()
}

/// The body with its questions as a last section, unless it brings such a section itself.
fn with_questions(mut markdown: String, questions: &[Question]) -> String {
    if questions.is_empty() || questions.iter().any(|q| markdown.contains(q.question.trim())) {
        return markdown;
    }
    markdown.push_str("\n\n## Frequently asked questions\n");
    for question in questions.iter().take(QUESTIONS_MAX) {
        let asked = clean_line(&question.question, TITLE_CHARS_MAX);
        let answer = clean_line(&question.answer, DESCRIPTION_CHARS_MAX);
        markdown.push_str(&format!("\n### {asked}\n\n{answer}\n"));
    }
    markdown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_links_are_kept_than_articles_were_named() {
        let link = |slug: String, anchor: &str| LinkSuggestion { slug, anchor: anchor.to_owned() };
        let mut suggested = vec![link(String::new(), "nowhere"), link("steep".to_owned(), " \n")];
        suggested.extend((0..5_000).map(|n| link(format!("tea-{n}"), &"a ".repeat(9_000))));
        let kept = links(suggested);
        assert_eq!(kept.len(), RELATED_MAX as usize);
        assert_eq!(kept.first().map(|link| link.slug.as_str()), Some("tea-0"), "one that says nothing takes no place");
        assert!(kept.iter().all(|link| link.anchor.chars().count() <= TITLE_CHARS_MAX));
    }
}
