//! Images of articles: a slot has a prompt, then a picture or a failure. Trying again after a failure repeats the same
//! request; wishing for another picture is a new variation, and the picture that is there stays until the other one is
//! stored.

mod list;
#[cfg(test)]
mod tests;
mod wording;

pub use list::{ImageSetRow, ImageSetSort};

use super::column::{changes_one, ids, instant, optional_text, to_json};
use crate::{Read, StoreError, Write};
use igny8_core::alt::{self, Shown};
use igny8_core::id::{ContentId, ImageId, ModelId, SiteId};
use igny8_core::money::Usd;
use igny8_core::status::{AltOrigin, ImageStatus, ImageType};
use igny8_core::time::UtcMs;
use igny8_core::topic::Topic;
use rusqlite::{Row, params};

/// The code of a picture whose file is gone.
const FILE_MISSING: &str = "file_missing";

/// An image slot with what its article says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImageRow {
    /// Id.
    pub id: ImageId,
    /// Its site.
    pub site: SiteId,
    /// Its article.
    pub content: ContentId,
    /// The article's title.
    pub content_title: String,
    /// What the article is about in a word or two: its strongest keyword, else its cluster, else nothing.
    pub label: String,
    /// Which place it fills.
    pub image_type: ImageType,
    /// 0 for featured, then 1–4.
    pub position: u32,
    /// Heading it stands under; empty for the featured image.
    pub heading: String,
    /// What it shows.
    pub prompt: String,
    /// Text alternative.
    pub alt: String,
    /// What it was made from.
    pub alt_origin: AltOrigin,
    /// Where it is.
    pub status: ImageStatus,
    /// Why the last attempt failed, a code; empty otherwise. With a picture: why it could not be made anew.
    pub error_code: String,
    /// SHA-256 of the picture's file, in hex; its name in the media folder.
    pub media_hash: Option<String>,
    /// Media type of the picture.
    pub media_type: Option<String>,
    /// Pixels; 0 without a picture.
    pub width: u32,
    /// Pixels; 0 without a picture.
    pub height: u32,
    /// Size of the file; 0 without a picture.
    pub bytes: u32,
    /// Wished-for other pictures so far.
    pub variation: u32,
    /// The model that made the picture.
    pub model: Option<ModelId>,
    /// All that the model was told to show; empty without a picture, and for one of an earlier version.
    pub made_from: String,
    /// The seed of the picture, as its vendor counts it; empty where there is none.
    pub seed: String,
    /// What its vendor bills for the picture; `None` without one, and for one of an earlier version.
    pub cost: Option<Usd>,
    /// When the slot was made.
    pub created_at: UtcMs,
    /// When it was last changed.
    pub updated_at: UtcMs,
}

impl ImageRow {
    /// Whether it had a picture whose file is gone, and none was made since.
    #[must_use]
    pub fn is_lost(&self) -> bool {
        self.status == ImageStatus::Failed && self.error_code == FILE_MISSING
    }
}

/// An image slot to make.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewImage {
    /// 0 for featured, then 1–4 inside the text.
    pub position: u32,
    /// Heading it stands under; empty for the featured image.
    pub heading: String,
    /// What it shows.
    pub prompt: String,
    /// Text alternative.
    pub alt: String,
    /// What it was made from.
    pub alt_origin: AltOrigin,
}

/// A picture whose file is in the media folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredImage {
    /// SHA-256 of the file, in hex.
    pub media_hash: String,
    /// `image/png`, `image/webp` or `image/jpeg`.
    pub media_type: String,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// Size of the file.
    pub bytes: u32,
    /// The model that made it.
    pub model: ModelId,
    /// It is a card of the built-in engine, and shows no scene.
    pub is_card: bool,
    /// All that the model was told to show.
    pub made_from: String,
    /// The seed, as its vendor counts it; `None` where there is none.
    pub seed: Option<u64>,
}

impl Read<'_> {
    /// One image slot that is not removed.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for any other id.
    pub fn image(&self, id: ImageId) -> Result<ImageRow, StoreError> {
        self.images(&[id])?.pop().ok_or(StoreError::NotFound)
    }

    /// Image slots by id, in the order given; removed and unknown ones are left out.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn images(&self, ids: &[ImageId]) -> Result<Vec<ImageRow>, StoreError> {
        list::load_images(self.conn, &to_json(ids)?)
    }

    /// The image slots of an article, featured first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn images_of(&self, content: ContentId) -> Result<Vec<ImageRow>, StoreError> {
        list::load_images_of(self.conn, &to_json(&[content])?)
    }

    /// Image slots of a site waiting for a picture, article by article, at most `limit`.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn pending_images(&self, site: SiteId, limit: u32) -> Result<Vec<ImageRow>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "select i.id from image i join content c on c.id = i.content_id
             where i.site_id = ?1 and i.status = 'pending' and i.removed_at = 0 and c.removed_at = 0
             order by i.content_id, i.position limit ?2",
        )?;
        let rows = statement.query_map(params![site.0, limit], |row| row.get(0))?;
        let found = rows.collect::<Result<Vec<i64>, _>>()?;
        list::load_images(self.conn, &to_json(&found)?)
    }

    /// Image slots of a site whose last attempt failed, article by article, at most `limit`: all, or those that have failed
    /// less than `failures_max` times in a row for a cause that may be their own.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn failed_images(
        &self,
        site: SiteId,
        failures_max: Option<u32>,
        limit: u32,
    ) -> Result<Vec<ImageId>, StoreError> {
        ids(
            self.conn,
            "select i.id from image i join content c on c.id = i.content_id
             where i.site_id = ?1 and i.status = 'failed' and i.removed_at = 0 and c.removed_at = 0
               and (?2 is null or i.failures < ?2)
             order by i.content_id, i.position limit ?3",
            params![site.0, failures_max, limit],
            ImageId,
        )
    }

    /// Names of all media files that a row speaks of, removed rows included: what can be restored keeps its picture.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn hashes_in_use(&self) -> Result<Vec<String>, StoreError> {
        let mut statement = self
            .conn
            .prepare_cached("select distinct media_hash from image where media_hash <> '' order by media_hash")?;
        let rows = statement.query_map([], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Write<'_> {
    /// Gives an article its image slots. Places that have a picture keep it; every other slot of the article is replaced
    /// by the new ones. Answers the slots now waiting for a picture.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for an unknown or removed article, [`StoreError::Conflict`] for a position above 4 or
    /// two slots on one place.
    pub fn image_set_slots(
        &mut self,
        content: ContentId,
        slots: &[NewImage],
        now: UtcMs,
    ) -> Result<Vec<ImageId>, StoreError> {
        let site = self.content(content)?.site;
        self.conn
            .prepare_cached(
                "update image set removed_at = ?2, updated_at = ?2
                 where content_id = ?1 and status <> 'generated' and removed_at = 0",
            )?
            .execute(params![content.0, now.0])?;
        let kept: Vec<u32> = self.images_of(content)?.iter().map(|image| image.position).collect();
        let mut insert = self.conn.prepare_cached(
            "insert into image (site_id, content_id, image_type, position, heading, prompt, alt, alt_origin, created_at, updated_at)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?9)",
        )?;
        let mut pending = Vec::new();
        for slot in slots.iter().filter(|slot| !kept.contains(&slot.position)) {
            let image_type = if slot.position == 0 { ImageType::Featured } else { ImageType::InArticle };
            pending.push(ImageId(insert.insert(params![
                site.0,
                content.0,
                image_type.as_str(),
                slot.position,
                slot.heading,
                slot.prompt,
                slot.alt,
                slot.alt_origin.as_str(),
                now.0,
            ])?));
        }
        drop(insert);
        self.touch_images();
        Ok(pending)
    }

    /// Pending → generated.
    ///
    /// # Errors
    /// [`StoreError::WrongState`] for a slot that is not waiting, [`StoreError::Conflict`] for an unknown media type.
    pub fn image_store_generated(
        &mut self,
        image: ImageId,
        stored: &StoredImage,
        now: UtcMs,
    ) -> Result<(), StoreError> {
        self.store_picture(
            "update image set status = 'generated', error_code = '', failures = 0, media_hash = ?2, media_type = ?3,
               width = ?4, height = ?5, bytes = ?6, model_id = ?7, updated_at = ?8, made_from = ?9, seed = ?10
             where id = ?1 and status = 'pending' and removed_at = 0",
            image,
            stored,
            now,
        )
    }

    /// Puts a picture that was wished for in place of what is there. In place of another picture it is the next variation.
    ///
    /// # Errors
    /// [`StoreError::WrongState`] for a removed slot, [`StoreError::Conflict`] for an unknown media type.
    pub fn image_replace(&mut self, image: ImageId, stored: &StoredImage, now: UtcMs) -> Result<(), StoreError> {
        self.store_picture(
            "update image set variation = variation + (status = 'generated'), status = 'generated', error_code = '',
               failures = 0, media_hash = ?2, media_type = ?3, width = ?4, height = ?5, bytes = ?6, model_id = ?7,
               updated_at = ?8, made_from = ?9, seed = ?10
             where id = ?1 and removed_at = 0",
            image,
            stored,
            now,
        )
    }

    fn store_picture(
        &mut self,
        change: &'static str,
        image: ImageId,
        stored: &StoredImage,
        now: UtcMs,
    ) -> Result<(), StoreError> {
        let moved = changes_one(
            self.conn,
            change,
            params![
                image.0,
                stored.media_hash,
                stored.media_type,
                stored.width,
                stored.height,
                stored.bytes,
                stored.model.0,
                now.0,
                stored.made_from,
                stored.seed.map(|seed| seed.to_string()).unwrap_or_default(),
            ],
        )?;
        if !moved {
            return Err(StoreError::WrongState("image"));
        }
        let row = self.image(image)?;
        let words = if row.heading.is_empty() { &row.content_title } else { &row.heading };
        let shown = if stored.is_card { Shown::Card(words) } else { Shown::Scene(&row.prompt) };
        if let Some((alt, origin)) = alt::remade(row.alt_origin, &row.alt, shown) {
            self.conn.prepare_cached("update image set alt = ?2, alt_origin = ?3 where id = ?1")?.execute(params![
                image.0,
                alt,
                origin.as_str()
            ])?;
        }
        self.touch_images();
        Ok(())
    }

    /// Notes which record says what a slot's picture cost; one that was answered from the books names the paid one.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn image_paid_by(&mut self, image: ImageId, usage: i64) -> Result<(), StoreError> {
        self.conn
            .prepare_cached(
                "update image set usage_id = (select coalesce(u.reused_from, u.id) from usage_log u where u.id = ?2)
                 where id = ?1",
            )?
            .execute(params![image.0, usage])?;
        Ok(())
    }

    /// Pending → failed, with a code, and whether the slot may be the cause itself.
    ///
    /// # Errors
    /// [`StoreError::WrongState`] for a slot that is not waiting.
    pub fn image_store_failed(
        &mut self,
        image: ImageId,
        code: &str,
        is_counted: bool,
        now: UtcMs,
    ) -> Result<(), StoreError> {
        let moved = changes_one(
            self.conn,
            "update image set status = 'failed', error_code = ?2, failures = failures + ?4, updated_at = ?3
             where id = ?1 and status = 'pending' and removed_at = 0",
            params![image.0, code, now.0, is_counted],
        )?;
        self.touch_images();
        if moved { Ok(()) } else { Err(StoreError::WrongState("image")) }
    }

    /// Notes that the picture that was wished for in place of this slot's could not be made. What is there stays.
    ///
    /// # Errors
    /// [`StoreError::WrongState`] for a removed slot.
    pub fn image_replace_failed(&mut self, image: ImageId, code: &str, now: UtcMs) -> Result<(), StoreError> {
        let moved = changes_one(
            self.conn,
            "update image set status = case status when 'pending' then 'failed' else status end, error_code = ?2,
               updated_at = ?3
             where id = ?1 and removed_at = 0",
            params![image.0, code, now.0],
        )?;
        self.touch_images();
        if moved { Ok(()) } else { Err(StoreError::WrongState("image")) }
    }

    /// Generated → failed, for every picture whose file is one of these, removed ones included. Answers which moved.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn image_files_lost(&mut self, hashes: &[String], now: UtcMs) -> Result<Vec<ImageId>, StoreError> {
        let moved = ids(
            self.conn,
            "update image set status = 'failed', error_code = ?2, media_hash = '', media_type = '', width = 0, height = 0,
               bytes = 0, updated_at = ?3
             where media_hash in (select value from json_each(?1)) and media_hash <> ''
             returning id",
            params![to_json(hashes)?, FILE_MISSING, now.0],
            ImageId,
        )?;
        self.touch_images();
        Ok(moved)
    }

    /// Failed → pending, as the same request. Answers which moved.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn image_retry(&mut self, images: &[ImageId], now: UtcMs) -> Result<Vec<ImageId>, StoreError> {
        let moved = ids(
            self.conn,
            "update image set status = 'pending', error_code = '', updated_at = ?2
             where id in (select value from json_each(?1)) and status = 'failed' and removed_at = 0
             returning id",
            params![to_json(images)?, now.0],
            ImageId,
        )?;
        self.touch_images();
        Ok(moved)
    }

    /// Removes image slots. Answers which were removed.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn image_remove(&mut self, images: &[ImageId], now: UtcMs) -> Result<Vec<ImageId>, StoreError> {
        let removed = ids(
            self.conn,
            "update image set removed_at = ?2, updated_at = ?2
             where id in (select value from json_each(?1)) and removed_at = 0
             returning id",
            params![to_json(images)?, now.0],
            ImageId,
        )?;
        self.touch_images();
        Ok(removed)
    }

    /// Undoes [`Write::image_remove`]. A slot whose place was filled meanwhile stays removed. Answers which came back.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn image_restore(&mut self, images: &[ImageId], now: UtcMs) -> Result<Vec<ImageId>, StoreError> {
        let restored = ids(
            self.conn,
            "update or ignore image set removed_at = 0, updated_at = ?2
             where id in (select value from json_each(?1)) and removed_at > 0
               and content_id in (select id from content where removed_at = 0)
             returning id",
            params![to_json(images)?, now.0],
            ImageId,
        )?;
        self.touch_images();
        Ok(restored)
    }

    /// Articles show how many of their images there are.
    fn touch_images(&mut self) {
        self.touch(Topic::Images);
        self.touch(Topic::Contents);
    }
}

fn read_image(row: &Row<'_>) -> rusqlite::Result<ImageRow> {
    let model: Option<i64> = row.get("model_id")?;
    Ok(ImageRow {
        id: ImageId(row.get("id")?),
        site: SiteId(row.get("site_id")?),
        content: ContentId(row.get("content_id")?),
        content_title: row.get("content_title")?,
        label: row.get("label")?,
        image_type: super::word(row, "image_type")?,
        position: row.get("position")?,
        heading: row.get("heading")?,
        prompt: row.get("prompt")?,
        alt: row.get("alt")?,
        alt_origin: super::word(row, "alt_origin")?,
        status: super::word(row, "status")?,
        error_code: row.get("error_code")?,
        media_hash: optional_text(row, "media_hash")?,
        media_type: optional_text(row, "media_type")?,
        width: row.get("width")?,
        height: row.get("height")?,
        bytes: row.get("bytes")?,
        variation: row.get("variation")?,
        model: model.map(ModelId),
        made_from: row.get("made_from")?,
        seed: row.get("seed")?,
        cost: row.get::<_, Option<i64>>("cost_nano")?.map(Usd),
        created_at: instant(row, "created_at")?,
        updated_at: instant(row, "updated_at")?,
    })
}
