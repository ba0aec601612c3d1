//! `generate_image_prompts`: describes the images an article needs and makes their slots.

use super::{
    About, Aim, CAUSES_OF_OTHERS, Failure, Function, Output, Prepared, UnitContext, Unprepared, parse_some, text_unit,
};
use igny8_core::alt::DERIVED_CHARS_MAX;
use igny8_core::article;
use igny8_core::function::input::{ImagePromptsInput, SiteContext, TextInput};
use igny8_core::function::output::{
    AnswerError, DESCRIPTION_CHARS_MAX, ImagePrompt, ImagePromptsOutput, TITLE_CHARS_MAX, clean_line,
};
use igny8_core::id::{ContentId, SiteId};
use igny8_core::model::BUILTIN;
use igny8_core::prompt::PromptKind;
use igny8_core::status::{AltOrigin, ContentStatus};
use igny8_core::time::UtcMs;
use igny8_store::ledger::Related;
use igny8_store::table::content::ContentRow;
use igny8_store::table::image::NewImage;
use igny8_store::{Read, StoreError, Write};
use std::collections::BTreeSet;

/// Words of the article's opening that a model sees.
const EXCERPT_CHARS_MAX: usize = 600;
/// Tokens an answer takes per image.
const TOKENS_PER_IMAGE: u32 = 120;

pub(super) struct GenerateImagePrompts;

impl Function for GenerateImagePrompts {
    fn waiting(&self, read: &Read<'_>, site: SiteId, limit: u32) -> Result<Vec<i64>, StoreError> {
        Ok(read.drafts_without_image_prompts(site, limit)?.into_iter().map(|content| content.id.0).collect())
    }

    fn failing(&self, read: &Read<'_>, site: SiteId, failures: u32) -> Result<BTreeSet<i64>, StoreError> {
        read.failing_articles(site, failures, CAUSES_OF_OTHERS)
    }

    fn eligible(&self, read: &Read<'_>, site: SiteId, ids: &[i64]) -> Result<Vec<i64>, StoreError> {
        let ids: Vec<ContentId> = ids.iter().copied().map(ContentId).collect();
        let rows = read.contents(&ids)?;
        Ok(rows.into_iter().filter(|c| c.site == site && may_illustrate(c)).map(|c| c.id.0).collect())
    }

    fn related(&self, items: &[i64]) -> Related {
        items.first().map_or(Related::None, |id| Related::Content(*id))
    }

    fn prepare(&self, read: &Read<'_>, unit: &UnitContext, items: &[i64]) -> Result<Option<Prepared>, Unprepared> {
        let Some(content) = open(read, items, unit.aim)? else { return Ok(None) };
        let html = read.content_html(content.id)?;
        let expected = description_tokens(unit.in_article_images);
        let item = content.title.clone();
        let excerpt: String = article::plain_text(&html).chars().take(EXCERPT_CHARS_MAX).collect();
        let input = TextInput::GenerateImagePrompts(Box::new(ImagePromptsInput {
            site: SiteContext { sector: content.sector_name, ..unit.site.clone() },
            title: content.title,
            headings: article::headings(&html),
            excerpt,
            primary_keyword: content.primary_keyword,
            in_article_max: unit.in_article_images,
        }));
        let about = About { item, related: self.related(items), expected_output_tokens: expected };
        let values = unit.prompts.values().of_pictures(unit.in_article_images);
        text_unit(unit, &[PromptKind::ImagePrompts], &values, input, about).map(Some)
    }

    fn parse(&self, text: &str) -> Result<Output, AnswerError> {
        let empty = |output: &ImagePromptsOutput| output.featured.prompt.trim().is_empty();
        parse_some(text, empty, Output::ImagePrompts)
    }

    fn save(
        &self,
        write: &mut Write<'_>,
        unit: &UnitContext,
        items: &[i64],
        output: Output,
        now: UtcMs,
    ) -> Result<u32, StoreError> {
        let Output::ImagePrompts(output) = output else { return Ok(0) };
        let Some(content) = open(write, items, unit.aim)? else { return Ok(0) };
        let in_article = usize::try_from(unit.in_article_images).unwrap_or(0);
        let usable = output.in_article.iter().filter(|p| !p.prompt.trim().is_empty()).take(in_article);
        // The built-in engine describes the cards that it would draw.
        let origin = if unit.model.provider == BUILTIN { AltOrigin::Card } else { AltOrigin::Scene };
        let described = std::iter::once(&output.featured).chain(usable).zip(0..);
        let slots: Vec<NewImage> = described.map(|(prompt, position)| as_slot(prompt, position, origin)).collect();
        let made = write.image_set_slots(content.id, &slots, now)?;
        Ok(u32::try_from(made.len()).unwrap_or(u32::MAX))
    }

    fn failed(&self, _: &mut Write<'_>, _: &[i64], _: &Failure, _: UtcMs) -> Result<(), StoreError> {
        Ok(())
    }
}

/// Tokens that an answer likely takes for an article with so many pictures in its text, and one above it.
pub(crate) const fn description_tokens(in_article_images: u32) -> u32 {
    TOKENS_PER_IMAGE.saturating_mul(in_article_images.saturating_add(1))
}

fn may_illustrate(content: &ContentRow) -> bool {
    match content.status {
        ContentStatus::Draft | ContentStatus::Review => true,
        ContentStatus::Approved => false,
    }
}

fn open(read: &Read<'_>, items: &[i64], aim: Aim) -> Result<Option<ContentRow>, StoreError> {
    let Some(id) = items.first().copied().map(ContentId) else { return Ok(None) };
    match read.content(id) {
        Ok(content) => Ok(Some(content).filter(|content| aim == Aim::Trial || may_illustrate(content))),
        Err(StoreError::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

fn as_slot(prompt: &ImagePrompt, position: u32, alt_origin: AltOrigin) -> NewImage {
    NewImage {
        position,
        heading: if position == 0 { String::new() } else { clean_line(&prompt.heading, TITLE_CHARS_MAX) },
        prompt: clean_line(&prompt.prompt, DESCRIPTION_CHARS_MAX),
        alt: clean_line(&prompt.alt, DERIVED_CHARS_MAX),
        alt_origin,
    }
}
