//! The prompt library: reading it, wording it, looking at a wording before it counts; authors, and how sites speak.

use crate::dto::prompts::{
    AuthorDraft, AuthorView, PromptLibrary, PromptPreview, PromptTrialRequest, PromptTrialView, PromptUseView,
    PromptVersionView, SiteVoiceView,
};
use crate::view;
use crate::view::list::{id, invalid};
use crate::{Fault, Igny8};
use igny8_core::function::output::{TITLE_CHARS_MAX, clean_line};
use igny8_core::id::{AuthorId, ContentId, OperationId, PromptVersionId, SiteId};
use igny8_core::prompt::{AUTHOR_NOTE_CHARS_MAX, Author, PromptKind};
use igny8_engine::prompt::Trial;
use igny8_store::StoreError;
use igny8_store::ledger::PaidBody;
use igny8_store::table::author::VoiceFields;
use std::str::FromStr;

/// Every prompt, as it counts for one site, or for all when none is named.
///
/// # Errors
/// [`Fault::InvalidField`].
pub async fn prompts(app: &Igny8, site: Option<&str>) -> Result<PromptLibrary, Fault> {
    let site = site_of(site)?;
    let read = app
        .engine
        .store()
        .read(move |r| Ok::<_, StoreError>(view::prompts::library(&r.prompts_in_use(site)?, &r.prompt_overrides()?)));
    Ok(read.await?)
}

/// The wordings of a prompt, for all sites or of one, newest first.
///
/// # Errors
/// [`Fault::InvalidField`].
pub async fn prompt_versions(app: &Igny8, kind: &str, site: Option<&str>) -> Result<Vec<PromptVersionView>, Fault> {
    let (kind, site) = (kind_of(kind)?, site_of(site)?);
    let read = app.engine.store().read(move |r| {
        let in_use = r.prompts_in_use(site)?.into_iter().find(|row| row.kind == kind && row.site == site);
        let in_use = in_use.map(|row| row.id);
        let rows = r.prompt_versions(kind, site)?.into_iter();
        Ok::<_, StoreError>(rows.map(|row| view::prompts::version(row, in_use)).collect())
    });
    Ok(read.await?)
}

/// Keeps a wording and puts it in use. Returns its id.
///
/// # Errors
/// [`Fault::Prompt`]; [`Fault::NotFound`] for an unknown site; [`Fault::InvalidField`].
pub async fn prompt_save(app: &Igny8, kind: &str, site: Option<&str>, body: &str) -> Result<String, Fault> {
    let (kind, site) = (kind_of(kind)?, site_of(site)?);
    Ok(app.engine.prompt_save(kind, site, &lines(body)).await?.to_string())
}

/// Puts an earlier wording in use again.
///
/// # Errors
/// [`Fault::NotFound`]; [`Fault::InvalidField`].
pub async fn prompt_use_version(app: &Igny8, version: &str) -> Result<(), Fault> {
    Ok(app.engine.prompt_use_version(id::<PromptVersionId>(version, "id")?).await?)
}

/// Goes back to the app's own words, or for a site to those for all sites. Returns the wording that was in use, by which
/// it can be put back.
///
/// # Errors
/// [`Fault::NotFound`] when there is nothing to go back from; [`Fault::InvalidField`].
pub async fn prompt_reset(app: &Igny8, kind: &str, site: Option<&str>) -> Result<String, Fault> {
    let (kind, site) = (kind_of(kind)?, site_of(site)?);
    Ok(app.engine.prompt_reset(kind, site).await?.to_string())
}

/// What a wording would be sent as for an item of a site. No model is asked.
///
/// # Errors
/// [`Fault::Prompt`]; [`Fault::NotFound`]; [`Fault::NoModel`]; [`Fault::UnpricedModel`]; [`Fault::InvalidField`].
pub async fn prompt_preview(app: &Igny8, request: PromptTrialRequest) -> Result<PromptPreview, Fault> {
    let preview = app.engine.prompt_preview(trial(request)?).await?;
    let funds = app.engine.store().read(|r| r.funds(None)).await?;
    Ok(view::prompts::preview(preview, funds))
}

/// Asks a model with a wording, once, on an item of a site, and returns the operation's id at once.
///
/// # Errors
/// As [`prompt_preview`]; [`Fault::NothingToDo`] when the site has no item of the sort; [`Fault::SpendingStopped`];
/// [`Fault::BooksDoNotBalance`].
pub async fn prompt_try(app: &Igny8, request: PromptTrialRequest, key: &str) -> Result<String, Fault> {
    Ok(app.engine.prompt_try(id(key, "key")?, trial(request)?).await?.to_string())
}

/// How a trial stands, with its answer once there is one.
///
/// # Errors
/// [`Fault::NotFound`]; [`Fault::InvalidField`].
pub async fn prompt_trial(app: &Igny8, operation: &str) -> Result<PromptTrialView, Fault> {
    let outcome = app.engine.prompt_trial(id::<OperationId>(operation, "id")?).await?;
    let (text, picture) = match outcome.answer {
        Some(PaidBody::Text(text)) => (text, String::new()),
        Some(PaidBody::Picture { hash, .. }) => (String::new(), format!("media:{hash}")),
        None => (String::new(), String::new()),
    };
    Ok(PromptTrialView {
        status: outcome.row.status.to_string(),
        credits: outcome.row.credits.to_string(),
        cost: outcome.row.cost.to_string(),
        tokens_input: outcome.tokens.0,
        tokens_output: outcome.tokens.1,
        error_code: outcome.row.error_code,
        text,
        picture,
    })
}

/// As [`prompt_try`], waiting for the answer. The background work must be running.
///
/// # Errors
/// As [`prompt_try`].
pub async fn prompt_tried(app: &Igny8, request: PromptTrialRequest) -> Result<PromptTrialView, Fault> {
    let started = app.engine.prompt_try(app.engine.new_client_key(), trial(request)?).await?;
    app.engine.wait_for(started).await?;
    prompt_trial(app, &started.to_string()).await
}

/// What an article was asked for with; nothing for one that no model wrote.
///
/// # Errors
/// [`Fault::InvalidField`].
pub async fn content_prompts(app: &Igny8, content: &str) -> Result<Vec<PromptUseView>, Fault> {
    let content: ContentId = id(content, "id")?;
    let read = app.engine.store().read(move |r| {
        let uses = r.prompts_of_content(content)?.into_iter();
        uses.filter_map(|used| view::prompts::used(r, used).transpose()).collect::<Result<Vec<_>, StoreError>>()
    });
    Ok(read.await?)
}

/// The authors, by name.
///
/// # Errors
/// When the database cannot be read.
pub async fn authors(app: &Igny8) -> Result<Vec<AuthorView>, Fault> {
    let rows = app.engine.store().read(|r| r.authors()).await?;
    Ok(rows.into_iter().map(view::prompts::author).collect())
}

/// Adds an author, or changes one. Returns the id.
///
/// # Errors
/// [`Fault::InvalidField`], also for the name of another; [`Fault::NotFound`].
pub async fn author_save(app: &Igny8, author: Option<&str>, draft: AuthorDraft) -> Result<String, Fault> {
    let author = author.map(|text| id::<AuthorId>(text, "id")).transpose()?;
    let name = clean_line(&draft.name, TITLE_CHARS_MAX);
    if name.is_empty() {
        return Err(invalid("name", "required"));
    }
    let fields = Author { name, bio: note(&draft.bio, "bio")?, voice: note(&draft.voice, "voice")? };
    let now = app.engine.clock().now();
    let saved = app.engine.store().write(move |w| w.author_save(author, &fields, now)).await;
    Ok(saved.map_err(no_author)?.to_string())
}

/// Removes an author; sites they signed for are signed by nobody until they are brought back.
///
/// # Errors
/// [`Fault::NotFound`].
pub async fn author_remove(app: &Igny8, author: &str) -> Result<(), Fault> {
    let (author, now) = (id::<AuthorId>(author, "id")?, app.engine.clock().now());
    app.engine.store().write(move |w| w.author_remove(author, now)).await.map_err(no_author)
}

/// Brings a removed author back.
///
/// # Errors
/// [`Fault::NotFound`]; [`Fault::InvalidField`] when another has the name by now.
pub async fn author_restore(app: &Igny8, author: &str) -> Result<(), Fault> {
    let author = id::<AuthorId>(author, "id")?;
    app.engine.store().write(move |w| w.author_restore(author)).await.map_err(no_author)
}

/// How a site speaks.
///
/// # Errors
/// [`Fault::NotFound`]; [`Fault::InvalidField`].
pub async fn site_voice(app: &Igny8, site: &str) -> Result<SiteVoiceView, Fault> {
    let site: SiteId = id(site, "siteId")?;
    let fields = app.engine.store().read(move |r| r.voice(site)).await.map_err(no_site)?;
    Ok(view::prompts::voice(fields))
}

/// Sets how a site speaks.
///
/// # Errors
/// [`Fault::NotFound`] for the site or the author; [`Fault::InvalidField`].
pub async fn site_voice_save(app: &Igny8, site: &str, voice: SiteVoiceView) -> Result<(), Fault> {
    let site: SiteId = id(site, "siteId")?;
    let fields = VoiceFields {
        tone: word(&voice.tone, "tone")?,
        length: word(&voice.length, "length")?,
        author: voice.author_id.as_deref().map(|text| id::<AuthorId>(text, "authorId")).transpose()?,
    };
    let now = app.engine.clock().now();
    app.engine.store().write(move |w| w.voice_save(site, fields, now)).await.map_err(no_site)
}

fn trial(request: PromptTrialRequest) -> Result<Trial, Fault> {
    let (kind, site) = (kind_of(&request.kind)?, id(&request.site_id, "siteId")?);
    Ok(Trial { kind, site, body: Some(lines(&request.body)), model: None })
}

fn kind_of(word: &str) -> Result<PromptKind, Fault> {
    word.parse().map_err(|_| invalid("kind", "unknown"))
}

fn site_of(site: Option<&str>) -> Result<Option<SiteId>, Fault> {
    site.map(|text| id::<SiteId>(text, "siteId")).transpose()
}

/// A text with plain line ends and nothing around it, so that the same words are the same wording on every system.
fn lines(body: &str) -> String {
    body.replace("\r\n", "\n").replace('\r', "\n").trim().to_owned()
}

fn note(text: &str, field: &str) -> Result<String, Fault> {
    let text = lines(text);
    if text.chars().count() > AUTHOR_NOTE_CHARS_MAX { Err(invalid(field, "too_long")) } else { Ok(text) }
}

/// A word of a vocabulary; the empty one is none of them.
fn word<T: FromStr>(text: &str, field: &str) -> Result<Option<T>, Fault> {
    if text.is_empty() { Ok(None) } else { text.parse().map(Some).map_err(|_| invalid(field, "unknown")) }
}

fn no_author(error: StoreError) -> Fault {
    match error {
        StoreError::NotFound => Fault::NotFound { what: "author".to_owned() },
        other => other.into(),
    }
}

fn no_site(error: StoreError) -> Fault {
    match error {
        StoreError::NotFound => Fault::NotFound { what: "site".to_owned() },
        other => other.into(),
    }
}
