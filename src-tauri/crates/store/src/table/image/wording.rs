//! What a slot is to show and what it says to who cannot see it: worded by a person here, or by somebody on the site.

use crate::{StoreError, Write};
use igny8_core::alt;
use igny8_core::id::ImageId;
use igny8_core::status::AltOrigin;
use igny8_core::time::UtcMs;
use rusqlite::params;

impl Write<'_> {
    /// Changes what a slot shows and its text alternative; a picture that is there stays until it is made anew. An
    /// alternative that a person has changed is theirs from then on.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for an unknown or removed slot.
    pub fn image_update(&mut self, image: ImageId, prompt: &str, alt: &str, now: UtcMs) -> Result<(), StoreError> {
        let row = self.image(image)?;
        if row.prompt == prompt && row.alt == alt {
            return Ok(());
        }
        let origin = alt::edited(row.alt_origin, row.alt != alt, row.prompt != prompt);
        self.conn
            .prepare_cached(
                "update image set failures = case prompt when ?2 then failures else 0 end, prompt = ?2, alt = ?3,
                   alt_origin = ?4, updated_at = ?5
                 where id = ?1",
            )?
            .execute(params![image.0, prompt, alt, origin.as_str(), now.0])?;
        self.touch_images();
        Ok(())
    }

    /// Somebody has worded a picture's text alternative on the site, and nobody did here since: it is ours as well, and
    /// nothing is to be sent for it.
    ///
    /// # Errors
    /// When the file fails.
    pub fn image_seen_worded(&mut self, image: ImageId, alt: &str) -> Result<(), StoreError> {
        self.conn.prepare_cached("update image set alt = ?2, alt_origin = ?3 where id = ?1")?.execute(params![
            image.0,
            alt,
            AltOrigin::Own.as_str()
        ])?;
        self.touch_images();
        Ok(())
    }
}
