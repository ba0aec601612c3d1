//! Opening a table file: what the system says about it, what its bytes are, and its beginning as text.

use super::encoding::{CHUNK_BYTES, Encoded, examine};
use super::error::{SizeLimit, TableFileError};
use super::rows::Rows;
use super::source::TextSource;
use super::{FILE_BYTES_MAX, SAMPLE_BYTES};
use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::Path;

/// An open file of which every byte was looked at.
pub(crate) struct TableFile {
    file: File,
    encoded: Encoded,
}

impl TableFile {
    /// Opens a file and finds its encoding.
    ///
    /// # Errors
    /// See [`TableFileError`]. A file over [`FILE_BYTES_MAX`] or with an endless line is refused without reading on.
    pub(crate) fn open(path: &Path) -> Result<Self, TableFileError> {
        // Asked before opening: opening a pipe would wait for its writer.
        let metadata = std::fs::metadata(path)?;
        if !metadata.is_file() {
            let kind = if metadata.is_dir() { ErrorKind::IsADirectory } else { ErrorKind::Unsupported };
            return Err(TableFileError::Unreadable { kind });
        }
        if metadata.len() > FILE_BYTES_MAX {
            return Err(TableFileError::TooLarge { limit: SizeLimit::Bytes });
        }
        let mut file = File::open(path)?;
        let encoded = examine(&mut (&mut file).take(FILE_BYTES_MAX))?;
        if !encoded.is_proved {
            TextSource::start(file.try_clone()?, encoded)?.prove()?;
        }
        Ok(Self { file, encoded })
    }

    /// The encoding's name, such as `UTF-16LE`.
    pub(crate) fn encoding(&self) -> &'static str {
        self.encoded.encoding.name()
    }

    /// The text's beginning, and whether that is all of it.
    pub(crate) fn sample(&self) -> Result<(String, bool), TableFileError> {
        let mut source = TextSource::start(self.file.try_clone()?, self.encoded)?;
        let mut bytes = Vec::new();
        while bytes.len() < SAMPLE_BYTES {
            let mut part = vec![0; CHUNK_BYTES];
            let length = source.read(&mut part)?;
            if length == 0 {
                return Ok((into_text(bytes), true));
            }
            // Only the row limit is left to others here: a row that has no end is found when the rows are read.
            source.begin_row(1);
            bytes.extend_from_slice(part.get(..length).unwrap_or_default());
        }
        Ok((into_text(bytes), false))
    }

    /// Its rows, from the first one on.
    pub(crate) fn rows(self, delimiter: Option<u8>) -> Result<Rows, TableFileError> {
        Ok(Rows::new(TextSource::start(self.file, self.encoded)?, delimiter))
    }
}

/// The text without a character that the sample's end cut in two.
fn into_text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap_or_else(|error| {
        let whole = error.utf8_error().valid_up_to();
        let mut bytes = error.into_bytes();
        bytes.truncate(whole);
        String::from_utf8_lossy(&bytes).into_owned()
    })
}
