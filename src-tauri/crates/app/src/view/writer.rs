//! Tasks, articles, images and receipts for the border. Article HTML is sanitised once more on its way out, and its
//! images are placed by address `media:<hash>`.

use super::{instant, instant_or_none};
use crate::dto::writer as dto;
use igny8_core::article::{self, ComposedImage};
use igny8_core::quality::Flaw;
use igny8_core::status::ImageType;
use igny8_store::table::content::{ContentRow, Edited};
use igny8_store::table::image::{ImageRow, ImageSetRow};
use igny8_store::table::outbox::PublicationRow;
use igny8_store::table::task::TaskRow;
use igny8_store::table::usage::UsageSums;

/// What an article's row does not know of its delivery.
#[derive(Clone, Debug, Default)]
pub(crate) struct Delivery {
    pub is_edited_there: bool,
    pub is_unsent: bool,
    pub waits: Option<dto::DeliveryWait>,
    pub failure: Option<dto::DeliveryFailure>,
}

/// All that a whole article is shown from.
pub(crate) struct Article {
    pub row: ContentRow,
    pub html: String,
    pub images: Vec<ImageRow>,
    pub publication: Option<PublicationRow>,
    pub hand_over: Option<PublicationRow>,
    pub zone: String,
    pub delivery: Delivery,
    pub flaws: Vec<Flaw>,
    pub usage: UsageSums,
}

pub(crate) fn task(row: TaskRow) -> dto::TaskRow {
    dto::TaskRow {
        id: row.id.to_string(),
        title: row.title,
        cluster: row.cluster_name,
        sector: row.sector_name,
        content_structure: row.content_structure.to_string(),
        word_count_target: row.word_count_target,
        status: row.status.to_string(),
        error_code: row.error_code,
        created_at: instant(row.created_at),
    }
}

pub(crate) fn content_row(row: &ContentRow, delivery: Delivery, flaws: Vec<Flaw>) -> dto::ContentRow {
    dto::ContentRow {
        id: row.id.to_string(),
        title: row.title.clone(),
        cluster: row.cluster_name.clone(),
        sector: row.sector_name.clone(),
        content_type: row.content_type.to_string(),
        content_structure: row.content_structure.to_string(),
        is_outline: row.is_outline,
        word_count: row.word_count,
        status: row.status.to_string(),
        delivery: row.delivery.to_string(),
        images_total: row.images_total,
        images_generated: row.images_generated,
        images_failed: row.images_failed,
        is_behind: row.is_behind,
        scheduled_at: row.scheduled_publish_at.map(instant),
        is_handed_over: row.handed_for.is_some(),
        is_unsent: delivery.is_unsent,
        missed_at: row.missed_at.map(instant),
        waits: delivery.waits,
        failure: delivery.failure,
        is_edited_there: delivery.is_edited_there,
        flaws: flaws.into_iter().map(super::publishing::flaw).collect(),
        is_imported: row.is_imported,
        external_url: row.external_url.clone(),
        published_at: row.published_at.and_then(instant_or_none),
        created_at: instant(row.created_at),
        updated_at: instant(row.updated_at),
    }
}

pub(crate) fn content(article: Article) -> dto::ContentView {
    let placed: Vec<ComposedImage> = article.images.iter().filter_map(figure).collect();
    let html = article::compose(&article::sanitize(&article.html), &placed);
    let row = article.row;
    dto::ContentView {
        row: content_row(&row, article.delivery, article.flaws),
        site_id: row.site.to_string(),
        slug: row.slug,
        excerpt: row.excerpt,
        meta_title: row.meta_title,
        meta_description: row.meta_description,
        primary_keyword: row.primary_keyword,
        secondary_keywords: row.secondary_keywords,
        tags: row.tags,
        categories: row.categories,
        html,
        images: article.images.into_iter().map(image).collect(),
        version: row.version,
        receipt: article.publication.map(receipt),
        hand_over: article.hand_over.map(receipt),
        zone: article.zone,
        credits: article.usage.credits.to_string(),
        cost: article.usage.cost.to_string(),
    }
}

pub(crate) fn edited(edited: &Edited) -> dto::ContentEdited {
    dto::ContentEdited { fields: edited.fields.iter().map(ToString::to_string).collect(), alts: edited.alts }
}

pub(crate) fn image(row: ImageRow) -> dto::ImageView {
    dto::ImageView {
        id: row.id.to_string(),
        image_type: row.image_type.to_string(),
        position: row.position,
        heading: row.heading,
        prompt: row.prompt,
        alt: row.alt,
        status: row.status.to_string(),
        error_code: row.error_code,
        media: row.media_hash.map(|hash| format!("media:{hash}")),
        width: row.width,
        height: row.height,
        bytes: row.bytes,
        made_from: row.made_from,
        seed: (!row.seed.is_empty()).then_some(row.seed),
        cost: row.cost.map(|cost| cost.to_string()),
    }
}

pub(crate) fn image_set(row: ImageSetRow) -> dto::ImageSetRow {
    dto::ImageSetRow {
        id: row.content.to_string(),
        title: row.title,
        status: row.status.to_string(),
        images: row.images.into_iter().map(image).collect(),
        updated_at: instant(row.updated_at),
    }
}

/// An in-article picture as markup; built as text and then sanitised like any other, so that no title can break out.
fn figure(image: &ImageRow) -> Option<ComposedImage> {
    let hash = image.media_hash.as_ref().filter(|_| image.image_type == ImageType::InArticle)?;
    let alt = image.alt.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;");
    let (width, height) = (image.width, image.height);
    let raw =
        format!("<figure><img src=\"media:{hash}\" alt=\"{alt}\" width=\"{width}\" height=\"{height}\"></figure>");
    Some(ComposedImage { heading: image.heading.clone(), markup: article::sanitize(&raw) })
}

fn receipt(row: PublicationRow) -> dto::ReceiptView {
    let fields = row.receipt.into_iter().map(|field| dto::ReceiptField {
        field: field.field.to_string(),
        verdict: field.verdict.to_string(),
        note: field.note.map(|note| note.to_string()).unwrap_or_default(),
        sent: field.sent,
        found: field.found,
    });
    dto::ReceiptView {
        url: row.external_url,
        external_id: row.external_id,
        version: row.version,
        at: instant(row.at),
        fields: fields.collect(),
    }
}
