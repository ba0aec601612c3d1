//! A WordPress site as the engine sees it: the steps of [`Destination`], each handed to the file of its subject.

use crate::address::ApiBase;
use crate::connection::{Connection, Credentials, Options};
use crate::{blocks, classic, consent, cron, glances, media, posts, probe, seo, terms};
use async_trait::async_trait;
use igny8_core::on_site::BodyForm;
use igny8_core::port::destination::{
    Article, Destination, DraftPost, MediaUpload, PostPage, PostUpdate, RemoteGlance, RemoteMedia, RemotePost,
    RemoteTerm, SearchFields, SeoPath, SeoWay, SiteError, SiteProbe, Taxonomy,
};
use igny8_core::time::UtcMs;

/// One site, signed in with an application password. Nothing is asked before the first step.
pub struct WordPressSite {
    connection: Connection,
    seo_paths: Vec<SeoPath>,
    body_form: BodyForm,
}

impl WordPressSite {
    /// Prepares the connection. The process must have installed a cryptography provider before.
    ///
    /// # Errors
    /// `Tls` when it has not, or when the system's certificates cannot be read.
    pub fn new(api: ApiBase, credentials: Credentials, options: Options) -> Result<Self, SiteError> {
        let connection = Connection::new(api, credentials, options)?;
        Ok(Self { connection, seo_paths: Vec::new(), body_form: BodyForm::Blocks })
    }

    /// The same, with the ways to write for search results that a probe found. Without, only the excerpt is known.
    #[must_use]
    pub fn writing_for_searches(self, seo_paths: Vec<SeoPath>) -> Self {
        Self { seo_paths, ..self }
    }

    /// The same, with articles written as this form. Without, they are blocks.
    #[must_use]
    pub fn writing_as(self, body_form: BodyForm) -> Self {
        Self { body_form, ..self }
    }

    fn seo_way(&self, is_page: bool) -> SeoWay {
        let kind = if is_page { "page" } else { "post" };
        self.seo_paths.iter().find(|path| path.post_type == kind).map_or(SeoWay::Excerpt, |path| path.way)
    }
}

#[async_trait]
impl Destination for WordPressSite {
    async fn probe(&self) -> Result<SiteProbe, SiteError> {
        probe::probe(&self.connection).await
    }

    async fn sign_out(&self) -> Result<(), SiteError> {
        consent::revoke(&self.connection).await
    }

    async fn create_draft(&self, post: &DraftPost) -> Result<RemotePost, SiteError> {
        posts::create_draft(&self.connection, post).await
    }

    async fn find_post(&self, slug: &str, is_page: bool) -> Result<Option<RemotePost>, SiteError> {
        posts::find(&self.connection, slug, is_page).await
    }

    async fn posts_named(&self, slug: &str, is_page: bool) -> Result<Vec<RemotePost>, SiteError> {
        posts::named(&self.connection, slug, is_page).await
    }

    async fn media_named(&self, file_name: &str, post_id: &str) -> Result<Vec<RemoteMedia>, SiteError> {
        media::named(&self.connection, file_name, post_id).await
    }

    async fn try_text(&self, id: &str, content: &str) -> Result<(), SiteError> {
        posts::set_text(&self.connection, id, content).await
    }

    async fn remove_draft(&self, id: &str, is_page: bool) -> Result<(), SiteError> {
        posts::remove(&self.connection, id, is_page).await
    }

    async fn remove_media(&self, id: &str) -> Result<(), SiteError> {
        media::remove(&self.connection, id).await
    }

    async fn find_media(&self, file_name: &str) -> Result<Option<RemoteMedia>, SiteError> {
        media::find(&self.connection, file_name).await
    }

    async fn find_several_media(&self, file_names: &[String]) -> Result<Vec<(String, RemoteMedia)>, SiteError> {
        media::find_several(&self.connection, file_names).await
    }

    async fn upload_media(&self, media: &MediaUpload) -> Result<RemoteMedia, SiteError> {
        media::upload(&self.connection, media).await
    }

    async fn describe_media(&self, id: &str, alt: &str) -> Result<RemoteMedia, SiteError> {
        media::describe(&self.connection, id, alt).await
    }

    async fn ensure_terms(&self, taxonomy: Taxonomy, names: &[String]) -> Result<Vec<RemoteTerm>, SiteError> {
        terms::ensure(&self.connection, taxonomy, names).await
    }

    async fn term_names(&self, taxonomy: Taxonomy, ids: &[String]) -> Result<Vec<RemoteTerm>, SiteError> {
        terms::names(&self.connection, taxonomy, ids).await
    }

    fn render(&self, article: &Article) -> String {
        match self.body_form {
            BodyForm::Blocks => blocks::render(article),
            BodyForm::Classic => classic::render(article),
        }
    }

    async fn update_post(&self, id: &str, is_page: bool, update: &PostUpdate) -> Result<RemotePost, SiteError> {
        posts::update(&self.connection, id, is_page, update, self.seo_way(is_page)).await
    }

    async fn take_back(&self, id: &str, is_page: bool) -> Result<RemotePost, SiteError> {
        posts::take_back(&self.connection, id, is_page).await
    }

    async fn clock(&self) -> Result<Option<UtcMs>, SiteError> {
        cron::clock(&self.connection).await
    }

    async fn nudge(&self) -> Result<(), SiteError> {
        cron::nudge(&self.connection).await
    }

    async fn read_post(&self, id: &str, is_page: bool) -> Result<RemotePost, SiteError> {
        posts::read(&self.connection, id, is_page, self.seo_way(is_page)).await
    }

    async fn glance(&self, ids: &[String], is_page: bool) -> Result<Vec<RemoteGlance>, SiteError> {
        glances::glance(&self.connection, ids, is_page).await
    }

    async fn list_posts(&self, is_page: bool, page: u32) -> Result<PostPage, SiteError> {
        glances::list(&self.connection, is_page, page).await
    }

    fn describes_in_excerpt(&self, is_page: bool) -> bool {
        self.seo_way(is_page) == SeoWay::Excerpt
    }

    /// Rank Math writes its fields and does not let them be read, unless the companion does: then the page says what came
    /// of them.
    async fn read_search(
        &self,
        post: &RemotePost,
        is_page: bool,
        sent: &PostUpdate,
    ) -> Result<SearchFields, SiteError> {
        let has_fields = post.search.title.is_some() || post.search.description.is_some();
        if self.seo_way(is_page) != SeoWay::RankMath || has_fields {
            return Ok(post.search.clone());
        }
        seo::read_page(&self.connection, &post.url, sent).await
    }

    async fn read_media(&self, id: &str) -> Result<RemoteMedia, SiteError> {
        media::read(&self.connection, id).await
    }

    async fn read_several_media(&self, ids: &[String]) -> Result<Vec<RemoteMedia>, SiteError> {
        media::read_several(&self.connection, ids).await
    }
}
