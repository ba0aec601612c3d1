//! Tasks, articles, images and their delivery.

use crate::dto::list::{Changed, ListQuery, Selection};
use crate::dto::schedule::SentBack;
use crate::dto::writer::{
    ContentEdit, ContentEdited, ContentPage, ContentView, DeliveryFailure, DeliveryWait, ImageSetPage, TaskPage,
};
use crate::view;
use crate::view::list::{SELECTION_MAX, changed, id, ids, invalid};
use crate::view::writer::{Article, Delivery};
use crate::{Fault, Igny8};
use igny8_core::function::output::{DESCRIPTION_CHARS_MAX, TITLE_CHARS_MAX, clean_line};
use igny8_core::id::{ContentId, ImageId, TaskId};
use igny8_core::quality::Flaw;
use igny8_core::schedule::ProofKind;
use igny8_core::status::{ContentStatus, DeliveryStatus};
use igny8_engine::notices::{self, Step};
use igny8_engine::publish::{LostPost, POST_EDITED, is_post_missing, missing_by_status};
use igny8_store::table::content::{ContentFields, ContentRow};
use igny8_store::table::outbox::{OutboxRow, OutboxState};
use igny8_store::{Read, StoreError};

/// Longest text alternative.
const ALT_CHARS_MAX: usize = 250;
/// Most tags or categories of an article.
const TERMS_MAX: usize = 50;

/// A page of tasks.
///
/// # Errors
/// [`Fault::InvalidField`] for an unknown filter, word, column or cursor.
pub async fn tasks(app: &Igny8, query: ListQuery) -> Result<TaskPage, Fault> {
    let query = view::list::query(query)?;
    let page = app.engine.store().read(move |r| r.task_page(&query)).await?;
    Ok(TaskPage {
        rows: page.rows.into_iter().map(view::writer::task).collect(),
        next_cursor: page.next_cursor,
        total: page.total,
    })
}

/// Takes tasks out of the queue; their ideas can be queued again.
///
/// # Errors
/// [`Fault::InvalidField`].
pub async fn tasks_remove(app: &Igny8, selection: Selection) -> Result<Changed, Fault> {
    let (selection, now) = (view::list::selection(selection)?, app.engine.clock().now());
    let removed = app.engine.store().write(move |w| w.task_remove(&w.task_ids(&selection, SELECTION_MAX)?, now));
    Ok(changed(&removed.await?))
}

/// Brings removed tasks back, but for those whose ideas were queued again.
///
/// # Errors
/// [`Fault::InvalidField`].
pub async fn tasks_restore(app: &Igny8, tasks: &[String]) -> Result<(), Fault> {
    let (tasks, now) = (ids::<TaskId>(tasks, "ids")?, app.engine.clock().now());
    app.engine.store().write(move |w| w.task_restore(&tasks, now)).await?;
    Ok(())
}

/// A page of articles.
///
/// # Errors
/// As [`tasks`].
pub async fn contents(app: &Igny8, query: ListQuery) -> Result<ContentPage, Fault> {
    let query = view::list::query(query)?;
    let page = app.engine.store().read(move |r| {
        let page = r.content_page(&query)?;
        let row = |row: &ContentRow| Ok(view::writer::content_row(row, delivery(r, row)?, flaws(r, row)?));
        let rows = page.rows.iter().map(row).collect::<Result<Vec<_>, StoreError>>()?;
        Ok::<_, StoreError>(ContentPage { rows, next_cursor: page.next_cursor, total: page.total })
    });
    Ok(page.await?)
}

/// A whole article.
///
/// # Errors
/// [`Fault::NotFound`].
pub async fn content(app: &Igny8, content: &str) -> Result<ContentView, Fault> {
    let content: ContentId = id(content, "id")?;
    let article = app.engine.store().read(move |r| {
        let row = r.content(content)?;
        Ok::<_, StoreError>(Article {
            delivery: delivery(r, &row)?,
            flaws: flaws(r, &row)?,
            html: r.content_html(content)?,
            images: r.images_of(content)?,
            publication: match row.external_url {
                Some(_) => r.latest_proof(content, Some(ProofKind::Published))?,
                None => None,
            },
            hand_over: match (row.handed_for, &row.external_url) {
                (None, None) => None,
                (Some(_), _) | (_, Some(_)) => r.latest_proof(content, Some(ProofKind::HandedOver))?,
            },
            zone: r.site(row.site)?.zone,
            usage: r.content_usage(content)?,
            row,
        })
    });
    let article = article.await.map_err(|error| match error {
        StoreError::NotFound => Fault::NotFound { what: "content".to_owned() },
        other => other.into(),
    })?;
    Ok(view::writer::content(article))
}

/// What an article's row does not know of its delivery: why it waits, or failed, and what somebody did to its post. One that
/// is published and not behind has had no delivery since.
fn delivery(read: &Read<'_>, row: &ContentRow) -> Result<Delivery, StoreError> {
    let (post, is_unsent) = (read.site_post(row.id)?, is_unsent(read, row)?);
    let is_edited_there = post.as_ref().is_some_and(|post| post.found_at.is_some());
    let is_settled = match row.delivery {
        DeliveryStatus::NotPublished => row.handed_for.is_none(),
        DeliveryStatus::Published => !row.is_behind,
        DeliveryStatus::Scheduled | DeliveryStatus::Publishing | DeliveryStatus::Failed => false,
    };
    let last = if is_settled { None } else { read.latest_outbox(row.id)? };
    // What was decided since keeps nobody from publishing.
    let is_decided = |last: &OutboxRow| last.error_code == POST_EDITED && !is_edited_there;
    let stands = |last: &OutboxRow| !last.is_in_hand && !last.is_discarded && last.state != OutboxState::Done;
    let host = || match read.site(row.site) {
        Ok(site) => Ok(igny8_engine::host_of(&site)),
        Err(StoreError::NotFound) => Ok(String::new()),
        Err(error) => Err(error),
    };
    let Some(last) = last.filter(|last| stands(last) && !is_decided(last)) else {
        let status = post.and_then(|post| post.agreed.status).filter(|_| row.delivery == DeliveryStatus::NotPublished);
        let failure = match status.and_then(|status| missing_by_status(&status)) {
            Some(how) => Some(failure(how.code().to_owned(), host()?, String::new())),
            None => None,
        };
        return Ok(Delivery { is_edited_there, is_unsent, failure, waits: None });
    };
    let (code, note, host) = (last.error_code, last.error_note, host()?);
    if last.state.is_open() {
        let next_try_at = read.outbox_waits_until(last.id)?.map(view::instant);
        let waits = Some(DeliveryWait { code, host, note, next_try_at });
        return Ok(Delivery { is_edited_there, is_unsent, waits, failure: None });
    }
    Ok(Delivery { is_edited_there, is_unsent, waits: None, failure: Some(failure(code, host, note)) })
}

/// Whether the site is to have something else of an article than it has.
fn is_unsent(read: &Read<'_>, row: &ContentRow) -> Result<bool, StoreError> {
    match row.delivery {
        DeliveryStatus::NotPublished => Ok(row.handed_for.is_some()),
        DeliveryStatus::Published => Ok(row.is_behind),
        DeliveryStatus::Publishing | DeliveryStatus::Failed => Ok(false),
        DeliveryStatus::Scheduled => {
            let site_publishes = match read.site(row.site) {
                Ok(site) => site.publishes_itself(),
                Err(StoreError::NotFound) => return Ok(false),
                Err(error) => return Err(error),
            };
            Ok(match row.handed_for {
                Some(_) if !site_publishes && row.is_time_chosen_here => true,
                Some(_) => row.is_behind || row.handed_for != row.scheduled_publish_at,
                None => site_publishes,
            })
        }
    }
}

/// What an article in review lacks to be approved without a person.
fn flaws(read: &Read<'_>, row: &ContentRow) -> Result<Vec<Flaw>, StoreError> {
    if row.status == ContentStatus::Review { read.flaws_of(row.id) } else { Ok(Vec::new()) }
}

fn failure(code: String, host: String, note: String) -> DeliveryFailure {
    let post_is_missing = is_post_missing(&code);
    DeliveryFailure { code, host, note, post_is_missing }
}

/// Changes an article's fields and says which of them are not as they were.
///
/// # Errors
/// [`Fault::InvalidField`]; [`Fault::WrongState`] while it is on its way this moment.
pub async fn content_update(app: &Igny8, content: &str, edit: ContentEdit) -> Result<ContentEdited, Fault> {
    let content: ContentId = id(content, "id")?;
    let title = clean_line(&edit.title, TITLE_CHARS_MAX);
    if title.is_empty() {
        return Err(invalid("title", "required"));
    }
    let terms = |values: &[String]| -> Vec<String> {
        values.iter().map(|v| clean_line(v, TITLE_CHARS_MAX)).filter(|v| !v.is_empty()).take(TERMS_MAX).collect()
    };
    let fields = ContentFields {
        title,
        slug: edit.slug,
        excerpt: clean_line(&edit.excerpt, DESCRIPTION_CHARS_MAX),
        meta_title: clean_line(&edit.meta_title, TITLE_CHARS_MAX),
        meta_description: clean_line(&edit.meta_description, DESCRIPTION_CHARS_MAX),
        tags: terms(&edit.tags),
        categories: terms(&edit.categories),
    };
    let now = app.engine.clock().now();
    let edited = app.engine.store().write(move |w| w.content_update(content, &fields, now)).await?;
    Ok(view::writer::edited(&edited))
}

/// Sends drafts to review.
///
/// # Errors
/// [`Fault::InvalidField`].
pub async fn contents_send_to_review(app: &Igny8, selection: Selection) -> Result<Changed, Fault> {
    let (selection, now) = (view::list::selection(selection)?, app.engine.clock().now());
    let moved = app.engine.store().write(move |w| {
        let moved = w.content_send_to_review(&w.content_ids(&selection, SELECTION_MAX)?, now)?;
        notices::tell_step(w, Step::ToReview, &moved, now)?;
        Ok::<_, StoreError>(moved)
    });
    Ok(changed(&moved.await?))
}

/// Approves articles in review.
///
/// # Errors
/// [`Fault::InvalidField`].
pub async fn contents_approve(app: &Igny8, selection: Selection) -> Result<Changed, Fault> {
    let (selection, now) = (view::list::selection(selection)?, app.engine.clock().now());
    let moved = app.engine.store().write(move |w| {
        let moved = w.content_approve(&w.content_ids(&selection, SELECTION_MAX)?, now)?;
        notices::tell_step(w, Step::Approved, &moved, now)?;
        Ok::<_, StoreError>(moved)
    });
    Ok(changed(&moved.await?))
}

/// Sends articles back one step: approved to review, review to draft. One that had a time loses it, and what its site has of
/// it is taken back there. Undone by approving them again and giving them the times that are answered.
///
/// # Errors
/// [`Fault::InvalidField`].
pub async fn contents_send_back(app: &Igny8, selection: Selection) -> Result<SentBack, Fault> {
    let sent = app.engine.send_back(view::list::selection(selection)?, SELECTION_MAX).await?;
    Ok(view::schedule::sent_back(sent))
}

/// Removes articles; what is on a site stays there.
///
/// # Errors
/// [`Fault::InvalidField`].
pub async fn contents_remove(app: &Igny8, selection: Selection) -> Result<Changed, Fault> {
    let (selection, now) = (view::list::selection(selection)?, app.engine.clock().now());
    let removed = app.engine.store().write(move |w| w.content_remove(&w.content_ids(&selection, SELECTION_MAX)?, now));
    Ok(changed(&removed.await?))
}

/// Brings removed articles back.
///
/// # Errors
/// [`Fault::InvalidField`].
pub async fn contents_restore(app: &Igny8, contents: &[String]) -> Result<(), Fault> {
    let (contents, now) = (ids::<ContentId>(contents, "ids")?, app.engine.clock().now());
    app.engine.store().write(move |w| w.content_restore(&contents, now)).await?;
    Ok(())
}

/// Puts approved articles into the outbox, from where they go out in the background; each ends as published, waits, or
/// is parked with its reason. One that waits is tried at once. Returns those that were taken on; the same command again,
/// which has the same key, returns the same. A post that was public and is missing on its site is told and not made again,
/// unless `anew` asks for another one.
///
/// # Errors
/// [`Fault::NothingToDo`] when none of them is approved, not on the site as it is here, and not on its way.
pub async fn contents_publish(app: &Igny8, selection: Selection, anew: bool, key: &str) -> Result<Changed, Fault> {
    let (key, asked) = (id(key, "key")?, (selection.clone(), anew));
    let selection = view::list::selection(selection)?;
    let ready = app.engine.store().read(move |r| {
        let ids = r.content_ids(&selection, SELECTION_MAX)?;
        let mut ready = Vec::new();
        for row in r.contents(&ids)?.into_iter().filter(ContentRow::is_publishable) {
            if !is_on_its_way(r, &row)? {
                ready.push(row.id);
            }
        }
        Ok::<_, StoreError>(ready)
    });
    Ok(changed(&app.engine.take_on(key, &asked, ready.await?, lost(anew)).await?))
}

/// Whether its delivery goes out by itself, and has not failed yet.
fn is_on_its_way(read: &Read<'_>, row: &ContentRow) -> Result<bool, StoreError> {
    if row.delivery != DeliveryStatus::Publishing {
        return Ok(false);
    }
    Ok(read.latest_outbox(row.id)?.is_some_and(|last| last.is_in_hand || last.error_code.is_empty()))
}

/// What is done about posts that are missing on their site.
pub(crate) fn lost(anew: bool) -> LostPost {
    if anew { LostPost::MakeAnew } else { LostPost::Tell }
}

/// A page of articles with their images.
///
/// # Errors
/// As [`tasks`].
pub async fn image_sets(app: &Igny8, query: ListQuery) -> Result<ImageSetPage, Fault> {
    let query = view::list::query(query)?;
    let page = app.engine.store().read(move |r| r.image_set_page(&query)).await?;
    Ok(ImageSetPage {
        rows: page.rows.into_iter().map(view::writer::image_set).collect(),
        next_cursor: page.next_cursor,
        total: page.total,
    })
}

/// Takes images out of their articles.
///
/// # Errors
/// [`Fault::InvalidField`].
pub async fn images_remove(app: &Igny8, images: &[String]) -> Result<Changed, Fault> {
    let (images, now) = (ids::<ImageId>(images, "ids")?, app.engine.clock().now());
    Ok(changed(&app.engine.store().write(move |w| w.image_remove(&images, now)).await?))
}

/// Brings removed images back, but for those whose places were filled meanwhile.
///
/// # Errors
/// [`Fault::InvalidField`].
pub async fn images_restore(app: &Igny8, images: &[String]) -> Result<(), Fault> {
    let (images, now) = (ids::<ImageId>(images, "ids")?, app.engine.clock().now());
    app.engine.store().write(move |w| w.image_restore(&images, now)).await?;
    Ok(())
}

/// Changes what an image shows and its text alternative.
///
/// # Errors
/// [`Fault::InvalidField`]; [`Fault::NotFound`].
pub async fn image_update(app: &Igny8, image: &str, prompt: &str, alt: &str) -> Result<(), Fault> {
    let image: ImageId = id(image, "id")?;
    let (prompt, alt) = (clean_line(prompt, DESCRIPTION_CHARS_MAX), clean_line(alt, ALT_CHARS_MAX));
    if prompt.is_empty() {
        return Err(invalid("prompt", "required"));
    }
    let now = app.engine.clock().now();
    Ok(app.engine.store().write(move |w| w.image_update(image, &prompt, &alt, now)).await?)
}
