//! Images beside a post. Their names hold a hash of their bytes, the state holds all of it, and a file that no longer
//! has these bytes is not there.

use super::Folder;
use super::disk;
use super::state::{MediaState, PostState};
use igny8_core::port::SiteError;
use igny8_core::port::destination::{MediaUpload, RemoteMedia};
use sha2::{Digest, Sha256};
use std::path::Path;

/// Largest image file, 64 MiB: above every limit under which images are made.
const FILE_BYTES_MAX: u64 = 64 * 1024 * 1024;

impl Folder {
    /// Places a file. The same bytes under the same name are placed once.
    pub(super) fn upload_media(&self, media: &MediaUpload) -> Result<RemoteMedia, SiteError> {
        let too_large = media.bytes.len() as u64 > FILE_BYTES_MAX;
        if too_large || !disk::is_media_name(&media.file_name) {
            let code = if too_large { "file_size" } else { "file_name" };
            return Err(SiteError::Rejected { status: 0, code: code.to_owned() });
        }
        let (folder, mut state) = self.locate(&media.post_id)?;
        let entry = MediaState {
            file: media.file_name.clone(),
            sha256: sha256(&media.bytes),
            media_type: media.media_type.clone(),
            alt: media.alt.clone(),
            title: media.title.clone(),
        };
        if !is_there(&folder, &entry) {
            disk::write_whole(&folder, &entry.file, &media.bytes)?;
        }
        state.media.retain(|other| other.file != entry.file);
        state.media.push(entry);
        state.write(&folder)?;
        self.read_media(&media_id(&state.id, &media.file_name))
    }

    /// Finds a file by the name it was sent under.
    pub(super) fn find_media(&self, file_name: &str) -> Result<Option<RemoteMedia>, SiteError> {
        if !disk::is_media_name(file_name) {
            return Ok(None);
        }
        for (folder, state) in self.posts()? {
            let found = state.media.iter().find(|media| media.file == file_name && is_there(&folder, media));
            if let Some(media) = found {
                return Ok(Some(remote(&state, media)));
            }
        }
        Ok(None)
    }

    /// Sets the text alternative of a file that is there.
    pub(super) fn describe_media(&self, id: &str, alt: &str) -> Result<RemoteMedia, SiteError> {
        let (post, file) = id.split_once('/').ok_or(SiteError::NotFound)?;
        let (folder, mut state) = self.locate(post)?;
        let found = state.media.iter_mut().find(|media| media.file == file && is_there(&folder, media));
        alt.clone_into(&mut found.ok_or(SiteError::NotFound)?.alt);
        state.write(&folder)?;
        self.read_media(id)
    }

    /// Reads a file's description; a file whose bytes are gone or changed is not found.
    pub(super) fn read_media(&self, id: &str) -> Result<RemoteMedia, SiteError> {
        let (post, file) = id.split_once('/').ok_or(SiteError::NotFound)?;
        let (folder, state) = self.locate(post)?;
        let found = state.media.iter().find(|media| media.file == file && is_there(&folder, media));
        found.map(|media| remote(&state, media)).ok_or(SiteError::NotFound)
    }
}

/// The id of a file: its post and its name.
pub(super) fn media_id(post: &str, file: &str) -> String {
    format!("{post}/{file}")
}

/// Whether the file has the bytes that were placed.
pub(super) fn is_there(folder: &Path, media: &MediaState) -> bool {
    disk::read_bytes(&folder.join(&media.file), FILE_BYTES_MAX).is_ok_and(|bytes| sha256(&bytes) == media.sha256)
}

fn remote(state: &PostState, media: &MediaState) -> RemoteMedia {
    RemoteMedia { id: media_id(&state.id, &media.file), url: media.file.clone(), alt: media.alt.clone() }
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
