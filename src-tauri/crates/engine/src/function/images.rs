//! `generate_images`: one picture for one slot, settled one by one. A picture that is made anew takes the place of the old
//! one when it is stored, and not before.

use super::{Aim, Failure, Function, Output, Painted, Prepared, UnitContext, Unprepared};
use crate::door::Request;
use igny8_core::function::output::AnswerError;
use igny8_core::hangup::Hangup;
use igny8_core::id::{ImageId, SiteId};
use igny8_core::model::BUILTIN;
use igny8_core::picture::Wish;
use igny8_core::port::models::{ImageBrief, ImageRequest, told};
use igny8_core::prompt::{PromptKind, image_prompt};
use igny8_core::status::{ImageStatus, ImageType};
use igny8_core::time::UtcMs;
use igny8_store::ledger::Related;
use igny8_store::table::image::{ImageRow, StoredImage};
use igny8_store::{Read, StoreError, Write};

/// Pixels of a featured image: the 16:9 that previews of shared links use.
const FEATURED_PX: (u32, u32) = (1_200, 675);
/// Pixels of an image inside the text.
const IN_ARTICLE_PX: (u32, u32) = (1_024, 768);

pub(super) struct GenerateImages;

impl Function for GenerateImages {
    fn waiting(&self, read: &Read<'_>, site: SiteId, limit: u32) -> Result<Vec<i64>, StoreError> {
        Ok(read.pending_images(site, limit)?.into_iter().map(|image| image.id.0).collect())
    }

    fn failed_ones(
        &self,
        read: &Read<'_>,
        site: SiteId,
        failures_max: Option<u32>,
        limit: u32,
    ) -> Result<Vec<i64>, StoreError> {
        Ok(read.failed_images(site, failures_max, limit)?.into_iter().map(|id| id.0).collect())
    }

    fn take_up(&self, write: &mut Write<'_>, ids: &[i64], now: UtcMs) -> Result<(), StoreError> {
        let ids: Vec<ImageId> = ids.iter().copied().map(ImageId).collect();
        write.image_retry(&ids, now).map(drop)
    }

    fn eligible(&self, read: &Read<'_>, site: SiteId, ids: &[i64]) -> Result<Vec<i64>, StoreError> {
        let ids: Vec<ImageId> = ids.iter().copied().map(ImageId).collect();
        let rows = read.images(&ids)?;
        Ok(rows.into_iter().filter(|i| i.site == site && i.status == ImageStatus::Pending).map(|i| i.id.0).collect())
    }

    fn related(&self, items: &[i64]) -> Related {
        items.first().map_or(Related::None, |id| Related::Image(*id))
    }

    fn prepare(&self, read: &Read<'_>, unit: &UnitContext, items: &[i64]) -> Result<Option<Prepared>, Unprepared> {
        let Some(image) = open(read, items, unit.aim)? else { return Ok(None) };
        let (width, height) = match image.image_type {
            ImageType::Featured => FEATURED_PX,
            ImageType::InArticle => IN_ARTICLE_PX,
        };
        let item = if image.heading.is_empty() { image.content_title.clone() } else { image.heading.clone() };
        let seed = seed(&image);
        let (style, mut prompts) = unit.prompts.task(&[PromptKind::Image(image.image_type)], &unit.prompts.values())?;
        let (negative_prompt, negative) = unit.prompts.task(&[PromptKind::NegativePrompt], &unit.prompts.values())?;
        prompts.extend(negative);
        let (able, prompt) = (&unit.model.picture, image_prompt(&style, &image.prompt));
        let words = told(&prompt, &negative_prompt, able.negative);
        let ask = able.ask(&Wish { size: (width, height), prompt: &words, seed })?;
        let request = ImageRequest {
            call: unit.call,
            model_name: unit.model.model_name.clone(),
            prompt,
            negative_prompt,
            brief: ImageBrief {
                site: unit.site.clone(),
                title: image.content_title,
                heading: image.heading,
                label: image.label,
                image_type: Some(image.image_type),
            },
            width,
            height,
            format: unit.image_format,
            seed,
            earlier: None,
            hangup: Hangup::default(),
            ask,
        };
        Ok(Some(Prepared {
            request: Request::Image(Box::new(request)),
            item,
            related: self.related(items),
            expected_output_tokens: 0,
            prompts,
        }))
    }

    fn parse(&self, _: &str) -> Result<Output, AnswerError> {
        Err(AnswerError::NotJson)
    }

    fn save(
        &self,
        write: &mut Write<'_>,
        unit: &UnitContext,
        items: &[i64],
        output: Output,
        now: UtcMs,
    ) -> Result<u32, StoreError> {
        let Output::Image(painted) = output else { return Ok(0) };
        let Painted { media, made_from, seed } = *painted;
        let Some(image) = open(write, items, unit.aim)? else { return Ok(0) };
        let stored = StoredImage {
            media_hash: media.hash,
            media_type: media.media_type.to_owned(),
            width: media.width,
            height: media.height,
            bytes: media.bytes,
            model: unit.model.id,
            is_card: unit.model.provider == BUILTIN,
            made_from,
            seed,
        };
        match unit.aim {
            Aim::Anew => write.image_replace(image.id, &stored, now)?,
            Aim::Waiting | Aim::Failed | Aim::Trial => write.image_store_generated(image.id, &stored, now)?,
        }
        write.content_review_when_illustrated(image.content, now)?;
        Ok(1)
    }

    fn failed(&self, write: &mut Write<'_>, items: &[i64], failure: &Failure, now: UtcMs) -> Result<(), StoreError> {
        for id in items.iter().copied().map(ImageId) {
            let marked = match failure.is_anew {
                true => write.image_replace_failed(id, failure.code, now),
                false => write.image_store_failed(id, failure.code, failure.is_the_items(), now),
            };
            match marked {
                // Removed or made meanwhile: nothing to mark.
                Ok(()) | Err(StoreError::NotFound | StoreError::WrongState(_)) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }
}

fn open(read: &Read<'_>, items: &[i64], aim: Aim) -> Result<Option<ImageRow>, StoreError> {
    let Some(id) = items.first().copied().map(ImageId) else { return Ok(None) };
    match read.image(id) {
        Ok(image) => Ok(Some(image).filter(|image| is_open(image.status, aim))),
        Err(StoreError::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

const fn is_open(status: ImageStatus, aim: Aim) -> bool {
    match (status, aim) {
        (ImageStatus::Pending, _) | (_, Aim::Anew | Aim::Trial) | (ImageStatus::Failed, Aim::Failed) => true,
        (ImageStatus::Generated, Aim::Waiting | Aim::Failed) | (ImageStatus::Failed, Aim::Waiting) => false,
    }
}

/// A picture in place of another looks different; a slot that has none is always asked for in the same way.
fn seed(image: &ImageRow) -> u64 {
    let id = u64::try_from(image.id.0).unwrap_or(0);
    let variation = image.variation + u32::from(image.status == ImageStatus::Generated);
    id.wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(u64::from(variation))
}
