//! A folder as a destination: each article a folder of its own with Markdown, a complete page, its images and its
//! state as data. What is read back is read from the disk, never from memory, so that a receipt proves what is there.
//!
//! The address of a post can change when it is published, its id never does: the id is the slug it was begun under.

mod disk;
mod fit;
mod front_matter;
mod markdown;
mod media;
mod page;
mod post;
mod state;
#[cfg(test)]
mod tests;

pub(crate) use fit::is_writable;

use async_trait::async_trait;
use igny8_core::port::destination::{
    Article, DraftPost, MediaUpload, PostUpdate, RemoteMedia, RemotePost, RemoteTerm, SiteProbe, Taxonomy,
};
use igny8_core::port::{Clock, Destination, SiteError};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

/// Held during each step of every folder: two steps at once could choose the same free name, and two values of
/// [`FolderSite`] may stand for the same folder.
static ONE_STEP: Mutex<()> = Mutex::new(());

/// One site's folder.
pub struct FolderSite {
    folder: Arc<Folder>,
}

/// The folder with all it takes to write a post into it.
struct Folder {
    root: PathBuf,
    site_name: String,
    language: String,
    clock: Arc<dyn Clock>,
}

impl FolderSite {
    /// A site whose posts stand in `root`, which is made when the first is written. `language` is the BCP 47 language
    /// of its pages.
    #[must_use]
    pub fn new(root: PathBuf, site_name: &str, language: &str, clock: Arc<dyn Clock>) -> Self {
        let folder = Folder { root, site_name: site_name.to_owned(), language: language.to_owned(), clock };
        Self { folder: Arc::new(folder) }
    }

    /// Runs one step where waiting for a disk holds up nobody.
    async fn step<T, F>(&self, step: F) -> Result<T, SiteError>
    where
        T: Send + 'static,
        F: FnOnce(&Folder) -> Result<T, SiteError> + Send + 'static,
    {
        let folder = Arc::clone(&self.folder);
        let run = move || {
            let _one = ONE_STEP.lock().unwrap_or_else(PoisonError::into_inner);
            step(&folder)
        };
        // A step that never came back may have written; all steps can be repeated.
        tokio::task::spawn_blocking(run).await.unwrap_or(Err(SiteError::Unknown))
    }
}

#[async_trait]
impl Destination for FolderSite {
    async fn probe(&self) -> Result<SiteProbe, SiteError> {
        self.step(Folder::probe).await
    }

    async fn create_draft(&self, post: &DraftPost) -> Result<RemotePost, SiteError> {
        let post = post.clone();
        self.step(move |folder| folder.create_draft(&post)).await
    }

    async fn find_post(&self, slug: &str, is_page: bool) -> Result<Option<RemotePost>, SiteError> {
        let slug = slug.to_owned();
        self.step(move |folder| folder.find_post(&slug, is_page)).await
    }

    async fn find_media(&self, file_name: &str) -> Result<Option<RemoteMedia>, SiteError> {
        let file_name = file_name.to_owned();
        self.step(move |folder| folder.find_media(&file_name)).await
    }

    async fn upload_media(&self, media: &MediaUpload) -> Result<RemoteMedia, SiteError> {
        let media = media.clone();
        self.step(move |folder| folder.upload_media(&media)).await
    }

    async fn describe_media(&self, id: &str, alt: &str) -> Result<RemoteMedia, SiteError> {
        let (id, alt) = (id.to_owned(), alt.to_owned());
        self.step(move |folder| folder.describe_media(&id, &alt)).await
    }

    /// A folder has no list of terms: a term is there once a post names it, so its name is its id.
    async fn ensure_terms(&self, _taxonomy: Taxonomy, names: &[String]) -> Result<Vec<RemoteTerm>, SiteError> {
        let names = names.iter().map(|name| name.trim()).filter(|name| !name.is_empty());
        Ok(names.map(|name| RemoteTerm { id: name.to_owned(), name: name.to_owned() }).collect())
    }

    fn render(&self, article: &Article) -> String {
        page::render_body(article)
    }

    async fn update_post(&self, id: &str, is_page: bool, update: &PostUpdate) -> Result<RemotePost, SiteError> {
        let (id, update) = (id.to_owned(), update.clone());
        self.step(move |folder| folder.update_post(&id, is_page, &update)).await
    }

    async fn take_back(&self, id: &str, is_page: bool) -> Result<RemotePost, SiteError> {
        let id = id.to_owned();
        self.step(move |folder| folder.take_back(&id, is_page)).await
    }

    async fn read_post(&self, id: &str, is_page: bool) -> Result<RemotePost, SiteError> {
        let id = id.to_owned();
        self.step(move |folder| folder.read_post(&id, is_page)).await
    }

    async fn read_media(&self, id: &str) -> Result<RemoteMedia, SiteError> {
        let id = id.to_owned();
        self.step(move |folder| folder.read_media(&id)).await
    }
}
