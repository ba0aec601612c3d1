//! A WordPress site as the engine sees it: the steps of [`Destination`], each handed to the file of its subject.

use crate::address::ApiBase;
use crate::connection::{Connection, Credentials, Options};
use crate::{blocks, media, posts, probe, terms};
use async_trait::async_trait;
use igny8_core::port::destination::{
    Article, Destination, DraftPost, MediaUpload, PostUpdate, RemoteMedia, RemotePost, RemoteTerm, SiteError,
    SiteProbe, Taxonomy,
};

/// One site, signed in with an application password. Nothing is asked before the first step.
pub struct WordPressSite {
    connection: Connection,
}

impl WordPressSite {
    /// Prepares the connection. The process must have installed a cryptography provider before.
    ///
    /// # Errors
    /// `Tls` when it has not, or when the system's certificates cannot be read.
    pub fn new(api: ApiBase, credentials: Credentials, options: Options) -> Result<Self, SiteError> {
        Ok(Self { connection: Connection::new(api, credentials, options)? })
    }
}

#[async_trait]
impl Destination for WordPressSite {
    async fn probe(&self) -> Result<SiteProbe, SiteError> {
        probe::probe(&self.connection).await
    }

    async fn create_draft(&self, post: &DraftPost) -> Result<RemotePost, SiteError> {
        posts::create_draft(&self.connection, post).await
    }

    async fn find_post(&self, slug: &str, is_page: bool) -> Result<Option<RemotePost>, SiteError> {
        posts::find(&self.connection, slug, is_page).await
    }

    async fn find_media(&self, file_name: &str) -> Result<Option<RemoteMedia>, SiteError> {
        media::find(&self.connection, file_name).await
    }

    async fn upload_media(&self, media: &MediaUpload) -> Result<RemoteMedia, SiteError> {
        media::upload(&self.connection, media).await
    }

    async fn ensure_terms(&self, taxonomy: Taxonomy, names: &[String]) -> Result<Vec<RemoteTerm>, SiteError> {
        terms::ensure(&self.connection, taxonomy, names).await
    }

    fn render(&self, article: &Article) -> String {
        blocks::render(article)
    }

    async fn update_post(&self, id: &str, is_page: bool, update: &PostUpdate) -> Result<RemotePost, SiteError> {
        posts::update(&self.connection, id, is_page, update).await
    }

    async fn read_post(&self, id: &str, is_page: bool) -> Result<RemotePost, SiteError> {
        posts::read(&self.connection, id, is_page).await
    }

    async fn read_media(&self, id: &str) -> Result<RemoteMedia, SiteError> {
        media::read(&self.connection, id).await
    }
}
