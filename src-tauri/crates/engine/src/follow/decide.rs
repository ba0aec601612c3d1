//! Deciding which of two wordings is kept: ours, theirs, or of each piece one. Nothing goes out by a decision: it says
//! what the article is from now on, and that what the site has was seen. The next delivery may then write over it, as
//! long as nobody has changed it once more.

use crate::publish::POST_EDITED;
use crate::publish::edits::NO_PICTURE;
use crate::publish::our_post::is_slug_of;
use crate::publish::receipt::hash;
use crate::{Engine, EngineError};
use igny8_core::agreed::{Agreed, is_live};
use igny8_core::article;
use igny8_core::function::output::{DESCRIPTION_CHARS_MAX, TITLE_CHARS_MAX, clean_line};
use igny8_core::id::ContentId;
use igny8_core::merge::{ChangedBy, Run, Side, align};
use igny8_core::port::destination::SearchFields;
use igny8_core::receipt::ReceiptField;
use igny8_core::status::{DeliveryStatus, ImageType};
use igny8_core::time::UtcMs;
use igny8_store::table::content::{ContentRow, TakenOver};
use igny8_store::table::image::ImageRow;
use igny8_store::table::outbox::OutboxState;
use igny8_store::table::site_post::{ConflictRow, SitePostRow};
use igny8_store::{Read, StoreError, Write};
use std::collections::BTreeMap;

/// A field of both sides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldCompared {
    /// Which.
    pub field: ReceiptField,
    /// Who changed it.
    pub by: ChangedBy,
    /// As it is here.
    pub ours: String,
    /// As it is there.
    pub theirs: String,
    /// A choice is to be made; what is only told, such as the state, is not chosen.
    pub is_choice: bool,
}

/// Both sides of an article beside each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compared {
    /// The article and its post.
    pub conflict: ConflictRow,
    /// The version of our text.
    pub version: u32,
    /// Fields that are not the same.
    pub fields: Vec<FieldCompared>,
    /// The text, in runs of pieces.
    pub runs: Vec<Run>,
    /// What of theirs an article cannot hold.
    pub left_out: Vec<String>,
}

/// What is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Ours throughout.
    Mine,
    /// Theirs throughout.
    Theirs,
    /// Of each field and each run what is named; a field that is not named stays ours.
    Merged {
        /// Fields.
        fields: BTreeMap<ReceiptField, Side>,
        /// Runs, all of them.
        runs: Vec<Side>,
    },
}

impl Decision {
    fn of_field(&self, field: ReceiptField) -> Side {
        match self {
            Self::Mine => Side::Ours,
            Self::Theirs => Side::Theirs,
            Self::Merged { fields, .. } => fields.get(&field).copied().unwrap_or(Side::Ours),
        }
    }

    fn of_runs(&self, count: usize) -> Option<Vec<Side>> {
        match self {
            Self::Mine => Some(vec![Side::Ours; count]),
            Self::Theirs => Some(vec![Side::Theirs; count]),
            Self::Merged { runs, .. } => (runs.len() == count).then(|| runs.clone()),
        }
    }
}

impl Engine {
    /// Both sides of an article whose post somebody else has changed; nothing when nothing is to be decided.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn conflict(&self, content: ContentId) -> Result<Option<Compared>, EngineError> {
        Ok(self.store.read(move |r| compare(r, content)).await?.map(|(compared, _)| compared))
    }

    /// Decides. `found_at` and `version` name what was decided about: when either side has changed since, nothing is.
    ///
    /// # Errors
    /// [`EngineError::NotFound`] when nothing is to be decided; [`EngineError::WrongState`] when either side has changed
    /// since, or the article is on its way; [`EngineError::InvalidField`] for a decision that leaves something open.
    pub async fn decide(
        &self,
        content: ContentId,
        (found_at, version): (UtcMs, u32),
        decision: Decision,
    ) -> Result<(), EngineError> {
        let now = self.clock.now();
        let decided = self.store.write(move |w| {
            let Some((compared, sides)) = compare(w, content)? else { return Err(EngineError::NotFound("conflict")) };
            if compared.conflict.found_at != found_at || compared.version != version {
                return Err(EngineError::WrongState("conflict"));
            }
            let Some(chosen) = decision.of_runs(compared.runs.len()) else {
                return Err(EngineError::InvalidField { field: "runs", rule: "required" });
            };
            settle(w, &compared, &sides, &decision, &chosen, now)?;
            Ok(())
        });
        decided.await
    }
}

/// All that is known of both sides.
struct Sides {
    article: ContentRow,
    post: SitePostRow,
    images: Vec<ImageRow>,
}

fn compare(read: &Read<'_>, content: ContentId) -> Result<Option<(Compared, Sides)>, StoreError> {
    let (Some(conflict), Some(post)) = (read.conflict(content)?, read.site_post(content)?) else { return Ok(None) };
    let article = read.content(content)?;
    let images = read.images_of(content)?;
    let before = match read.latest_publication(content)? {
        Some(proven) => read.content_version(content, proven.version)?.html,
        None => String::new(),
    };
    let ours = article::pieces(&read.content_html(content)?);
    let theirs = article::pieces(&conflict.theirs.post.content);
    let placed = images.iter().filter(|i| i.image_type == ImageType::InArticle && i.media_hash.is_some()).count();
    let sides = Sides { article, post, images };
    let compared = Compared {
        version: sides.article.version,
        fields: fields(&sides, &conflict),
        runs: align(&article::pieces(&before), &ours, &theirs),
        left_out: article::foreign(&conflict.theirs.post.content, placed),
        conflict,
    };
    Ok(Some((compared, sides)))
}

fn fields(sides: &Sides, conflict: &ConflictRow) -> Vec<FieldCompared> {
    let (theirs, article, agreed) = (&conflict.theirs, &sides.article, &sides.post.agreed);
    // Of what is known by number there and by name here, only whether anything was changed here is known.
    let changed = if article.is_behind { ChangedBy::Both } else { ChangedBy::Them };
    let listed = |names: &[String]| names.join(", ");
    let compared = theirs.fields.iter().filter_map(|field| {
        let (by, ours, theirs, is_choice) = match field {
            ReceiptField::Title => {
                let by = ChangedBy::of(agreed.title.as_ref(), &article.title, &theirs.post.title);
                (by, article.title.clone(), theirs.post.title.clone(), true)
            }
            ReceiptField::Excerpt => {
                let ours = our_excerpt(article, theirs.is_described_in_excerpt);
                let by = ChangedBy::of(agreed.excerpt.as_ref(), &ours.to_owned(), &theirs.post.excerpt);
                (by, ours.to_owned(), theirs.post.excerpt.clone(), true)
            }
            ReceiptField::Status => {
                (ChangedBy::Them, "publish".to_owned(), theirs.post.status.word().to_owned(), false)
            }
            ReceiptField::Categories => (changed, listed(&article.categories), listed(&theirs.categories), true),
            ReceiptField::Tags => (changed, listed(&article.tags), listed(&theirs.tags), true),
            ReceiptField::FeaturedImage => {
                let ours = sides.images.iter().find(|i| i.image_type == ImageType::Featured && i.media_hash.is_some());
                (changed, ours.map(|i| i.alt.clone()).unwrap_or_default(), theirs.featured.clone(), true)
            }
            ReceiptField::MetaTitle => {
                let found = theirs.post.search.title.clone().unwrap_or_default();
                (
                    ChangedBy::of(agreed.search.title.as_ref(), &article.meta_title, &found),
                    article.meta_title.clone(),
                    found,
                    true,
                )
            }
            ReceiptField::MetaDescription => {
                let (ours, found) =
                    (&article.meta_description, theirs.post.search.description.clone().unwrap_or_default());
                (ChangedBy::of(agreed.search.description.as_ref(), ours, &found), ours.clone(), found, true)
            }
            ReceiptField::Slug | ReceiptField::Date | ReceiptField::Author | ReceiptField::Body | ReceiptField::Alt => {
                return None;
            }
        };
        Some(FieldCompared { field: *field, by, ours, theirs, is_choice })
    });
    compared.collect()
}

/// What of an article stands where the summary belongs there.
fn our_excerpt(article: &ContentRow, is_described_in_excerpt: bool) -> &str {
    let is_description = is_described_in_excerpt && !article.meta_description.is_empty();
    if is_description { &article.meta_description } else { &article.excerpt }
}

fn settle(
    w: &mut Write<'_>,
    compared: &Compared,
    sides: &Sides,
    decision: &Decision,
    chosen: &[Side],
    now: UtcMs,
) -> Result<(), StoreError> {
    let (article, theirs) = (&sides.article, &compared.conflict.theirs);
    let taken = taken_over(compared, sides, decision, chosen);
    if !is_live(&theirs.post.status) {
        w.content_seen_off(article.id, now)?;
    }
    w.content_take_over(article.id, &taken, now)?;
    let agreed = Agreed::on(&theirs.post, hash(&theirs.post.content));
    // What met the change is over; what was decided is asked for anew where its time is still to come.
    // An update that is parked because of it is over as well: whoever publishes again asks for it anew.
    if let Some(row) = w.latest_outbox(article.id)? {
        let is_over = match article.delivery {
            DeliveryStatus::Scheduled => true,
            DeliveryStatus::Published => row.state == OutboxState::Failed && row.error_code == POST_EDITED,
            DeliveryStatus::NotPublished | DeliveryStatus::Publishing | DeliveryStatus::Failed => false,
        };
        if is_over {
            w.outbox_set_aside(&row, now)?;
        }
    }
    w.site_post_agree((article.id, article.site), (&sides.post.post_id, sides.post.is_page), &agreed)?;
    if theirs.fields.contains(&ReceiptField::FeaturedImage) {
        let is_theirs = decision.of_field(ReceiptField::FeaturedImage) == Side::Theirs;
        let kept = is_theirs.then(|| theirs.post.featured_media.as_deref().unwrap_or(NO_PICTURE));
        w.site_post_keep_featured(article.id, kept, now)?;
    }
    w.publication_stands(article.id, theirs.post.status.word())
}

fn taken_over(compared: &Compared, sides: &Sides, decision: &Decision, chosen: &[Side]) -> TakenOver {
    let (article, theirs) = (&sides.article, &compared.conflict.theirs);
    let is_theirs = |field| theirs.fields.contains(&field) && decision.of_field(field) == Side::Theirs;
    let kept: Vec<String> = compared.runs.iter().zip(chosen).flat_map(|(run, side)| run.kept(*side)).collect();
    let ours: Vec<String> = compared.runs.iter().flat_map(|run| run.ours.clone()).collect();
    let title = clean_line(&theirs.post.title, TITLE_CHARS_MAX);
    let summary = clean_line(&theirs.post.excerpt, DESCRIPTION_CHARS_MAX);
    let (excerpt, meta_description) = match (is_theirs(ReceiptField::Excerpt), theirs.is_described_in_excerpt) {
        (false, _) => (article.excerpt.clone(), article.meta_description.clone()),
        (true, true) => (article.excerpt.clone(), summary),
        (true, false) => (summary, article.meta_description.clone()),
    };
    let (searched, described) = searched_as(article, &theirs.post.search, is_theirs, meta_description);
    let text = article::whole(&kept);
    let words = article::word_count(&text);
    let is_title_theirs = is_theirs(ReceiptField::Title) && !title.is_empty();
    let names =
        |field, ours: &[String], theirs: &[String]| if is_theirs(field) { theirs.to_vec() } else { ours.to_vec() };
    TakenOver {
        title: if is_title_theirs { title } else { article.title.clone() },
        excerpt,
        meta_title: searched,
        meta_description: described,
        categories: names(ReceiptField::Categories, &article.categories, &theirs.categories),
        tags: names(ReceiptField::Tags, &article.tags, &theirs.tags),
        html: (kept != ours).then_some((text, words)),
        is_all: is_all_theirs(compared, sides, decision, chosen),
    }
}

/// Title and description for search results as they were decided.
fn searched_as(
    article: &ContentRow,
    there: &SearchFields,
    is_theirs: impl Fn(ReceiptField) -> bool,
    described: String,
) -> (String, String) {
    let kept = |field, ours: String, theirs: &Option<String>, chars_max| match theirs {
        Some(theirs) if is_theirs(field) => clean_line(theirs, chars_max),
        Some(_) | None => ours,
    };
    (
        kept(ReceiptField::MetaTitle, article.meta_title.clone(), &there.title, TITLE_CHARS_MAX),
        kept(ReceiptField::MetaDescription, described, &there.description, DESCRIPTION_CHARS_MAX),
    )
}

/// Whether the site has everything as it was decided: nothing of ours is left to be sent.
fn is_all_theirs(compared: &Compared, sides: &Sides, decision: &Decision, chosen: &[Side]) -> bool {
    let article = &sides.article;
    let mut fields = compared.fields.iter().filter(|field| field.is_choice);
    let (there, is_described) = (&compared.conflict.theirs.post, compared.conflict.theirs.is_described_in_excerpt);
    let search = &there.search;
    // What is theirs there by a choice among the fields is the same.
    let is_chosen = |field| compared.conflict.theirs.fields.contains(&field);
    let is_same = |field, there: &Option<String>, here: &str| {
        is_chosen(field) || there.as_ref().is_none_or(|there| there == here)
    };
    let since = article.published_at.unwrap_or_default();
    article.delivery == DeliveryStatus::Published
        && fields.all(|field| decision.of_field(field.field) == Side::Theirs)
        && compared.runs.iter().zip(chosen).all(|(run, side)| run.by == ChangedBy::Nobody || *side == Side::Theirs)
        && sides.images.iter().all(|image| image.updated_at <= since)
        && is_same(ReceiptField::Title, &Some(there.title.trim().to_owned()), &article.title)
        && is_slug_of(&article.slug, &there.slug)
        && is_same(ReceiptField::Excerpt, &Some(there.excerpt.trim().to_owned()), our_excerpt(article, is_described))
        && is_same(ReceiptField::MetaTitle, &search.title, &article.meta_title)
        && is_same(ReceiptField::MetaDescription, &search.description, &article.meta_description)
}
