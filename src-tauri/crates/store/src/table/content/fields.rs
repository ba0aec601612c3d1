//! What a person changes of an article beside its text. What is saved as it was changes nothing, so that a site is not
//! behind for it; text alternatives that name the title follow it as long as their picture is not made.

use super::{ContentRow, SLUG_FALLBACK};
use crate::table::column::to_json;
use crate::table::image::ImageRow;
use crate::{StoreError, Write};
use igny8_core::alt;
use igny8_core::id::ContentId;
use igny8_core::slug::slug;
use igny8_core::status::{AltOrigin, ArticleField, DeliveryStatus, ImageStatus};
use igny8_core::time::UtcMs;
use igny8_core::topic::Topic;
use rusqlite::params;

/// What a person may change of an article beside its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContentFields {
    /// Title, 1–200 characters.
    pub title: String,
    /// Slug; brought into form, made from the title when nothing is left.
    pub slug: String,
    /// Summary.
    pub excerpt: String,
    /// Title for search results.
    pub meta_title: String,
    /// Description for search results.
    pub meta_description: String,
    /// Tags by name.
    pub tags: Vec<String>,
    /// Categories by name.
    pub categories: Vec<String>,
}

/// What was saved.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edited {
    /// Fields that are not as they were, in the order of the vocabulary.
    pub fields: Vec<ArticleField>,
    /// Pictures whose text alternative followed.
    pub alts: u32,
}

impl Write<'_> {
    /// Changes an article's fields. Answers which changed.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when another article of the site has the slug, [`StoreError::WrongState`] while
    /// somebody delivers it and for what a site had before, [`StoreError::NotFound`] for an unknown or removed one.
    pub fn content_update(&mut self, id: ContentId, fields: &ContentFields, now: UtcMs) -> Result<Edited, StoreError> {
        let row = self.content(id)?;
        if row.is_imported {
            return Err(StoreError::WrongState("content"));
        }
        // What waits goes out as it is then.
        if row.delivery == DeliveryStatus::Publishing && self.is_delivery_in_hand(id)? {
            return Err(StoreError::WrongState("content"));
        }
        let slug = slug(&fields.slug, &slug(&fields.title, SLUG_FALLBACK));
        let changed = changed(&row, fields, &slug);
        if changed.is_empty() {
            return Ok(Edited::default());
        }
        self.conn
            .prepare_cached(
                "update content set title = ?2, slug = ?3, excerpt = ?4, meta_title = ?5, meta_description = ?6,
                   tags = ?7, categories = ?8, updated_at = ?9
                 where id = ?1",
            )?
            .execute(params![
                id.0,
                fields.title,
                slug,
                fields.excerpt,
                fields.meta_title,
                fields.meta_description,
                to_json(&fields.tags)?,
                to_json(&fields.categories)?,
                now.0,
            ])?;
        let alts = self.alts_follow_title(id, &row.title, &fields.title, now)?;
        self.touch(Topic::Contents);
        self.touch(Topic::Images);
        Ok(Edited { fields: changed, alts })
    }

    /// Brings the derived text alternatives of pictures that are still to be made up to date, for an article that got
    /// another title. A picture that is made shows the old one until it is made anew. Answers how many changed.
    pub(super) fn alts_follow_title(
        &mut self,
        id: ContentId,
        before: &str,
        after: &str,
        now: UtcMs,
    ) -> Result<u32, StoreError> {
        let mut followed = 0;
        if before == after {
            return Ok(followed);
        }
        let is_to_be_made =
            |image: &ImageRow| image.alt_origin != AltOrigin::Own && image.status != ImageStatus::Generated;
        for image in self.images_of(id)?.into_iter().filter(is_to_be_made) {
            let Some(alt) = alt::retitled(&image.alt, before, after) else { continue };
            self.conn
                .prepare_cached("update image set alt = ?2, updated_at = ?3 where id = ?1")?
                .execute(params![image.id.0, alt, now.0])?;
            followed += 1;
        }
        Ok(followed)
    }
}

fn changed(row: &ContentRow, fields: &ContentFields, slug: &str) -> Vec<ArticleField> {
    let is_changed = |field: &ArticleField| match field {
        ArticleField::Title => row.title != fields.title,
        ArticleField::Slug => row.slug != slug,
        ArticleField::Excerpt => row.excerpt != fields.excerpt,
        ArticleField::MetaTitle => row.meta_title != fields.meta_title,
        ArticleField::MetaDescription => row.meta_description != fields.meta_description,
        ArticleField::Tags => row.tags != fields.tags,
        ArticleField::Categories => row.categories != fields.categories,
    };
    ArticleField::ALL.iter().copied().filter(is_changed).collect()
}
