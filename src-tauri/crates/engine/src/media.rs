//! The media folder: one file per picture, named by the SHA-256 of its bytes. A file is written, synced and renamed
//! before the row that names it is committed, so that a row never points at nothing; what a killed process left is swept
//! at the next start.
//!
//! Whatever a model sends is checked by its header, limited in size and pixels, decoded and encoded again: nothing is
//! kept as it came.

use igny8_core::status::ImageFormat;
use image::imageops::FilterType;
use image::{DynamicImage, ImageFormat as Codec, ImageReader};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

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
    /// Counts what is begun, so that two who keep the same picture at once do not write into one file.
    begun: Arc<AtomicU64>,
}

impl Media {
    /// Opens or makes the folder.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn open(dir: &Path) -> Result<Self, MediaError> {
        std::fs::create_dir_all(dir).map_err(|_| MediaError::Io)?;
        Ok(Self { dir: dir.to_owned(), begun: Arc::default() })
    }

    /// Checks a model's picture, encodes it again as `format` and keeps it. With a size it is cut around its middle to that
    /// shape and made smaller to it, never larger. Blocking: call it off the async threads.
    ///
    /// # Errors
    /// [`MediaError`]; nothing is kept then.
    pub fn keep(&self, bytes: &[u8], format: ImageFormat, size: Option<(u32, u32)>) -> Result<StoredMedia, MediaError> {
        let picture = decode(bytes)?;
        let picture = match size {
            Some(size) => fitted(picture, size),
            None => picture,
        };
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
        let sync_names = || File::open(&self.dir).and_then(|dir| dir.sync_all());
        let written = if target.exists() {
            // Its bytes are on the disk, for it has its name; whoever gave it that may not have come to say so of the name.
            sync_names()
        } else {
            let n = self.begun.fetch_add(1, Ordering::Relaxed);
            let beside = self.dir.join(format!("{hash}.{n}{PARTIAL}"));
            File::create(&beside)
                .and_then(|mut out| out.write_all(file).and_then(|()| out.sync_all()))
                .and_then(|()| std::fs::rename(&beside, &target))
                .and_then(|()| sync_names())
        };
        written.map_err(|error| match error.kind() {
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => MediaError::DiskFull,
            _ => MediaError::Io,
        })
    }
}

/// The middle of a picture in the shape of `size`, and no larger than it.
fn fitted(picture: DynamicImage, (width, height): (u32, u32)) -> DynamicImage {
    let (wide, high) = (picture.width(), picture.height());
    if (wide, high) == (width, height) || width == 0 || height == 0 {
        return picture;
    }
    if wide >= width && high >= height {
        return picture.resize_to_fill(width, height, FilterType::CatmullRom);
    }
    // Too small on one side at least: only the shape.
    let side = |whole: u32, of: u32, to: u32| {
        let side = u64::from(whole) * u64::from(to) / u64::from(of);
        u32::try_from(side).unwrap_or(u32::MAX).max(1)
    };
    let (cut_wide, cut_high) = (wide.min(side(high, height, width)), high.min(side(wide, width, height)));
    picture.crop_imm((wide - cut_wide) / 2, (high - cut_high) / 2, cut_wide, cut_high)
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
        let kept = media.keep(&png(8, 4), ImageFormat::WebP, None).unwrap();
        assert_eq!((kept.width, kept.height, kept.media_type), (8, 4, "image/webp"));
        assert_eq!(media.keep(&png(8, 4), ImageFormat::WebP, None).unwrap(), kept);
        assert_eq!(media.read(&kept.hash).unwrap().len(), kept.bytes as usize);
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1);
    }

    #[test]
    fn many_who_keep_the_same_picture_at_once_all_have_it() {
        let dir = tempfile::tempdir().unwrap();
        let media = Media::open(dir.path()).unwrap();
        for round in 0..20_u8 {
            let picture = image::DynamicImage::ImageRgb8(image::RgbImage::from_pixel(64, 64, image::Rgb([round; 3])));
            let mut file = Vec::new();
            picture.write_to(&mut Cursor::new(&mut file), Codec::Png).unwrap();
            let start = std::sync::Barrier::new(8);
            std::thread::scope(|scope| {
                let all: Vec<_> = (0..8)
                    .map(|_| {
                        scope.spawn(|| {
                            start.wait();
                            media.clone().keep(&file, ImageFormat::Png, None).unwrap()
                        })
                    })
                    .collect();
                let kept: BTreeSet<String> = all.into_iter().map(|one| one.join().unwrap().hash).collect();
                assert_eq!(kept.len(), 1);
            });
        }
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 20, "and nothing is left over");
    }

    #[test]
    fn a_picture_of_another_size_is_cut_around_its_middle_and_never_made_larger() {
        let dir = tempfile::tempdir().unwrap();
        let media = Media::open(dir.path()).unwrap();
        let fit = |from: (u32, u32), to| {
            let kept = media.keep(&png(from.0, from.1), ImageFormat::Png, Some(to)).unwrap();
            (kept.width, kept.height)
        };
        for (from, to, expected) in [
            ((1_536, 1_024), (1_200, 675), (1_200, 675)),
            ((1_344, 768), (1_200, 675), (1_200, 675)),
            ((1_200, 675), (1_200, 675), (1_200, 675)),
            ((800, 600), (1_200, 675), (800, 450)),
            ((1_300, 400), (1_200, 675), (711, 400)),
            ((3, 1), (1_200, 675), (1, 1)),
        ] {
            assert_eq!(fit(from, to), expected, "{from:?} for {to:?}");
        }
        let halves =
            image::RgbImage::from_fn(400, 100, |x, _| image::Rgb([if (150..250).contains(&x) { 255 } else { 0 }; 3]));
        let mut file = Vec::new();
        DynamicImage::from(halves).write_to(&mut Cursor::new(&mut file), Codec::Png).unwrap();
        let kept = media.keep(&file, ImageFormat::Png, Some((100, 100))).unwrap();
        let middle = image::load_from_memory(&media.read(&kept.hash).unwrap()).unwrap().to_rgb8();
        assert!(middle.pixels().all(|pixel| pixel.0 == [255; 3]), "the middle is what is kept");
    }

    #[test]
    fn a_file_that_is_gone_is_missing_and_a_folder_that_is_gone_is_not_every_picture() {
        let dir = tempfile::tempdir().unwrap();
        let media = Media::open(dir.path()).unwrap();
        let (one, other) =
            (media.keep(&png(8, 4), ImageFormat::Png, None), media.keep(&png(4, 8), ImageFormat::Png, None));
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
        assert_eq!(media.keep(b"<svg/>", ImageFormat::Png, None), Err(MediaError::NotAnImage));
        assert_eq!(media.keep(&png(SIDE_PX_MAX + 1, 1), ImageFormat::Png, None), Err(MediaError::TooLarge));
        assert_eq!(media.read("../../etc/passwd"), Err(MediaError::NotFound));
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0);
    }

    #[test]
    fn the_sweep_keeps_what_rows_name_and_all_that_is_whole_when_that_is_unknown() {
        let dir = tempfile::tempdir().unwrap();
        let media = Media::open(dir.path()).unwrap();
        let (kept, stray) = (
            media.keep(&png(2, 2), ImageFormat::Png, None).unwrap(),
            media.keep(&png(3, 3), ImageFormat::Png, None).unwrap(),
        );
        std::fs::write(dir.path().join(format!("{}.partial", stray.hash)), "half").unwrap();
        assert_eq!(media.sweep(None), Ok(1));
        assert!(media.read(&kept.hash).is_ok() && media.read(&stray.hash).is_ok());
        assert_eq!(media.sweep(Some(&BTreeSet::from([kept.hash.clone()]))), Ok(1));
        assert!(media.read(&kept.hash).is_ok());
        assert_eq!(media.read(&stray.hash), Err(MediaError::NotFound));
    }
}
