//! The media folder: one file per picture, named by the SHA-256 of its bytes. A file is written, synced and renamed
//! before the row that names it is committed, so that a row never points at nothing; what a killed process left is swept
//! at the next start.
//!
//! Whatever a model sends is checked by its header, limited in size and pixels, decoded and encoded again: nothing is
//! kept as it came.

use igny8_core::status::ImageFormat;
use image::{ImageFormat as Codec, ImageReader};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};

/// Largest picture file accepted, 40 MiB: four times what the largest documented size of a vendor needs.
const FILE_BYTES_MAX: usize = 40 * 1024 * 1024;
/// Longest side accepted, in pixels; checked from the header before anything is allocated.
const SIDE_PX_MAX: u32 = 8_192;
/// Memory a decoder may take.
const DECODE_BYTES_MAX: u64 = 512 * 1024 * 1024;

/// What a file's name ends in until it is whole.
const PARTIAL: &str = ".partial";

/// A picture as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredMedia {
    /// SHA-256 of the file, hexadecimal; also its name.
    pub hash: String,
    /// Media type.
    pub media_type: &'static str,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// Size of the file.
    pub bytes: u32,
}

/// Why a picture was not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MediaError {
    /// Not a picture of a known kind, or damaged.
    #[error("not a picture")]
    NotAnImage,
    /// Above the limits.
    #[error("too large")]
    TooLarge,
    /// The disk is full.
    #[error("disk full")]
    DiskFull,
    /// The folder cannot be written or read.
    #[error("the media folder cannot be used")]
    Io,
    /// No such file.
    #[error("no such picture")]
    NotFound,
}

/// The folder.
#[derive(Clone, Debug)]
pub struct Media {
    dir: PathBuf,
}

impl Media {
    /// Opens or makes the folder.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn open(dir: &Path) -> Result<Self, MediaError> {
        std::fs::create_dir_all(dir).map_err(|_| MediaError::Io)?;
        Ok(Self { dir: dir.to_owned() })
    }

    /// Checks a model's picture, encodes it again as `format` and keeps it. Blocking: call it off the async threads.
    ///
    /// # Errors
    /// [`MediaError`]; nothing is kept then.
    pub fn keep(&self, bytes: &[u8], format: ImageFormat) -> Result<StoredMedia, MediaError> {
        let picture = decode(bytes)?;
        let (codec, media_type) = match format {
            ImageFormat::Png => (Codec::Png, ImageFormat::Png.media_type()),
            ImageFormat::WebP => (Codec::WebP, ImageFormat::WebP.media_type()),
        };
        let mut file = Vec::new();
        picture.write_to(&mut Cursor::new(&mut file), codec).map_err(|_| MediaError::NotAnImage)?;
        let hash = hex(&Sha256::digest(&file));
        self.write(&hash, &file)?;
        Ok(StoredMedia {
            hash,
            media_type,
            width: picture.width(),
            height: picture.height(),
            bytes: u32::try_from(file.len()).map_err(|_| MediaError::TooLarge)?,
        })
    }

    /// Whether a picture is here.
    #[must_use]
    pub fn has(&self, hash: &str) -> bool {
        self.path(hash).is_ok_and(|path| path.exists())
    }

    /// Reads a kept picture.
    ///
    /// # Errors
    /// [`MediaError::NotFound`] for an unknown or malformed hash.
    pub fn read(&self, hash: &str) -> Result<Vec<u8>, MediaError> {
        std::fs::read(self.path(hash)?).map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => MediaError::NotFound,
            _ => MediaError::Io,
        })
    }

    /// Removes what an interrupted write left behind and, unless `named` is unknown, whole files that it does not name.
    /// Returns how many.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn sweep(&self, named: Option<&BTreeSet<String>>) -> Result<u32, MediaError> {
        let mut removed = 0;
        for entry in std::fs::read_dir(&self.dir).map_err(|_| MediaError::Io)?.flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let is_left_over = name.ends_with(PARTIAL) || named.is_some_and(|named| !named.contains(&name));
            if is_left_over && std::fs::remove_file(entry.path()).is_ok() {
                removed += 1;
            }
        }
        Ok(removed)
    }

    /// Which of these pictures have no file here. When none of them has one, none is said to be missing: then it is the
    /// folder that is not there, such as a disk that is not connected, and not a picture that has to be made again.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn missing(&self, hashes: &[String]) -> Result<Vec<String>, MediaError> {
        let entries = std::fs::read_dir(&self.dir).map_err(|_| MediaError::Io)?.flatten();
        let there: BTreeSet<String> = entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        let missing: Vec<String> = hashes.iter().filter(|hash| !there.contains(*hash)).cloned().collect();
        Ok(if missing.len() == hashes.len() { Vec::new() } else { missing })
    }

    fn path(&self, hash: &str) -> Result<PathBuf, MediaError> {
        let is_hash = hash.len() == 64 && hash.bytes().all(|b| b.is_ascii_hexdigit());
        if is_hash { Ok(self.dir.join(hash)) } else { Err(MediaError::NotFound) }
    }

    fn write(&self, hash: &str, file: &[u8]) -> Result<(), MediaError> {
        let target = self.path(hash)?;
        if target.exists() {
            return Ok(());
        }
        let beside = self.dir.join(format!("{hash}{PARTIAL}"));
        let written = File::create(&beside)
            .and_then(|mut out| out.write_all(file).and_then(|()| out.sync_all()))
            .and_then(|()| std::fs::rename(&beside, &target))
            .and_then(|()| File::open(&self.dir).and_then(|dir| dir.sync_all()));
        written.map_err(|error| match error.kind() {
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => MediaError::DiskFull,
            _ => MediaError::Io,
        })
    }
}

fn decode(bytes: &[u8]) -> Result<image::DynamicImage, MediaError> {
    if bytes.len() > FILE_BYTES_MAX {
        return Err(MediaError::TooLarge);
    }
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|_| MediaError::NotAnImage)?;
    let mut limits = image::Limits::default();
    limits.max_image_width = Some(SIDE_PX_MAX);
    limits.max_image_height = Some(SIDE_PX_MAX);
    limits.max_alloc = Some(DECODE_BYTES_MAX);
    reader.limits(limits);
    reader.decode().map_err(|error| match error {
        image::ImageError::Limits(_) => MediaError::TooLarge,
        _ => MediaError::NotAnImage,
    })
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut file = Vec::new();
        image::DynamicImage::new_rgb8(width, height).write_to(&mut Cursor::new(&mut file), Codec::Png).unwrap();
        file
    }

    #[test]
    fn a_picture_is_kept_once_and_read_back() {
        let dir = tempfile::tempdir().unwrap();
        let media = Media::open(dir.path()).unwrap();
        let kept = media.keep(&png(8, 4), ImageFormat::WebP).unwrap();
        assert_eq!((kept.width, kept.height, kept.media_type), (8, 4, "image/webp"));
        assert_eq!(media.keep(&png(8, 4), ImageFormat::WebP).unwrap(), kept);
        assert_eq!(media.read(&kept.hash).unwrap().len(), kept.bytes as usize);
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_file_that_is_gone_is_missing_and_a_folder_that_is_gone_is_not_every_picture() {
        let dir = tempfile::tempdir().unwrap();
        let media = Media::open(dir.path()).unwrap();
        let (one, other) = (media.keep(&png(8, 4), ImageFormat::Png), media.keep(&png(4, 8), ImageFormat::Png));
        let hashes = [one.unwrap().hash, other.unwrap().hash];
        assert_eq!(media.missing(&hashes), Ok(vec![]));
        std::fs::remove_file(dir.path().join(&hashes[1])).unwrap();
        assert_eq!(media.missing(&hashes), Ok(vec![hashes[1].clone()]));
        std::fs::remove_file(dir.path().join(&hashes[0])).unwrap();
        assert_eq!(media.missing(&hashes), Ok(vec![]));
    }

    #[test]
    fn what_is_no_picture_or_too_large_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        let media = Media::open(dir.path()).unwrap();
        assert_eq!(media.keep(b"<svg/>", ImageFormat::Png), Err(MediaError::NotAnImage));
        assert_eq!(media.keep(&png(SIDE_PX_MAX + 1, 1), ImageFormat::Png), Err(MediaError::TooLarge));
        assert_eq!(media.read("../../etc/passwd"), Err(MediaError::NotFound));
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0);
    }

    #[test]
    fn the_sweep_keeps_what_rows_name_and_all_that_is_whole_when_that_is_unknown() {
        let dir = tempfile::tempdir().unwrap();
        let media = Media::open(dir.path()).unwrap();
        let (kept, stray) =
            (media.keep(&png(2, 2), ImageFormat::Png).unwrap(), media.keep(&png(3, 3), ImageFormat::Png).unwrap());
        std::fs::write(dir.path().join(format!("{}.partial", stray.hash)), "half").unwrap();
        assert_eq!(media.sweep(None), Ok(1));
        assert!(media.read(&kept.hash).is_ok() && media.read(&stray.hash).is_ok());
        assert_eq!(media.sweep(Some(&BTreeSet::from([kept.hash.clone()]))), Ok(1));
        assert!(media.read(&kept.hash).is_ok());
        assert_eq!(media.read(&stray.hash), Err(MediaError::NotFound));
    }
}
