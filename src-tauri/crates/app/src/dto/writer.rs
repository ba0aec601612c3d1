//! Tasks, articles, images and deliveries.

use serde::{Deserialize, Serialize};
use specta::Type;

/// A task waiting to be written.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct TaskRow {
    /// Id.
    pub id: String,
    /// Working title.
    pub title: String,
    /// Cluster name.
    pub cluster: Option<String>,
    /// Sector name.
    pub sector: String,
    /// How it is built.
    pub content_structure: String,
    /// Words to aim for.
    pub word_count_target: u32,
    /// `queued`, `completed` or `failed`.
    pub status: String,
    /// Why the last attempt failed, a code; empty otherwise.
    pub error_code: String,
    /// When it was queued.
    pub created_at: String,
}

/// A page of tasks.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct TaskPage {
    /// Rows.
    pub rows: Vec<TaskRow>,
    /// For the next page.
    pub next_cursor: Option<String>,
    /// Rows that match in all.
    pub total: u32,
}

/// An article in a list.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ContentRow {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// Cluster name.
    pub cluster: Option<String>,
    /// Sector name.
    pub sector: String,
    /// Kind of page.
    pub content_type: String,
    /// How it is built.
    pub content_structure: String,
    /// An outline to be written out.
    pub is_outline: bool,
    /// Words.
    pub word_count: u32,
    /// Editorial state: `draft`, `review`, `approved`.
    pub status: String,
    /// Delivery state: `not_published`, `scheduled`, `publishing`, `published`, `failed`.
    pub delivery: String,
    /// Image slots.
    pub images_total: u32,
    /// Slots with a picture.
    pub images_generated: u32,
    /// Slots whose last attempt failed.
    pub images_failed: u32,
    /// It was changed after it was published or handed over, and the site still has the older state. Publishing a published
    /// one again changes it there; what was handed over is brought up to date by itself.
    pub is_behind: bool,
    /// When it goes out; absent without a time.
    pub scheduled_at: Option<String>,
    /// Its site has it as a post of the future.
    pub is_handed_over: bool,
    /// Its site is to have something else of it than it has: what was changed, moved or taken back is on its way there.
    pub is_unsent: bool,
    /// Its time has passed without it, and since then it is a person's to decide; absent otherwise.
    pub missed_at: Option<String>,
    /// Its delivery waits in the outbox; absent while it is on its way, and when there is none. Publishing it tries at once.
    pub waits: Option<DeliveryWait>,
    /// Why its last delivery failed; absent when it did not. Of a published article: why the site could not be brought up to
    /// date.
    pub failure: Option<DeliveryFailure>,
    /// Somebody has changed it on its site, and what is kept is to be decided.
    pub is_edited_there: bool,
    /// What it lacks to be approved without a person; empty when nobody looked, or it lacks nothing.
    pub flaws: Vec<super::publishing::FlawView>,
    /// The site had it before: it is followed and never written.
    pub is_imported: bool,
    /// Address on the site.
    pub external_url: Option<String>,
    /// When it was published.
    pub published_at: Option<String>,
    /// When it was written.
    pub created_at: String,
    /// When it was last changed.
    pub updated_at: String,
}

/// Why a delivery waits.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DeliveryWait {
    /// A code, as [`DeliveryFailure`] has it; empty while others go first.
    pub code: String,
    /// Host or folder.
    pub host: String,
    /// The site's own short code, or where it redirected to; empty otherwise.
    pub note: String,
    /// From when on it is tried again; absent for at once.
    pub next_try_at: Option<String>,
}

/// Why a delivery failed.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DeliveryFailure {
    /// A code, as [`crate::Fault::Site`] has it, `cut_off`, `picture_missing`, `post_trashed`, `post_gone`,
    /// `post_replaced`, `post_elsewhere`, `post_namesake`, `post_edited`, `post_unpublished` or `from_copy`.
    pub code: String,
    /// Host or folder.
    pub host: String,
    /// The site's own short code, or where it redirected to; empty otherwise.
    pub note: String,
    /// The post may have been public and is not to be had: publishing anew would make another one.
    pub post_is_missing: bool,
}

/// A page of articles.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ContentPage {
    /// Rows.
    pub rows: Vec<ContentRow>,
    /// For the next page.
    pub next_cursor: Option<String>,
    /// Rows that match in all.
    pub total: u32,
}

/// A whole article for reading and review.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ContentView {
    /// As in lists.
    pub row: ContentRow,
    /// Site id.
    pub site_id: String,
    /// Slug.
    pub slug: String,
    /// Summary.
    pub excerpt: String,
    /// Title for search results.
    pub meta_title: String,
    /// Description for search results.
    pub meta_description: String,
    /// Strongest keyword.
    pub primary_keyword: String,
    /// Other keywords.
    pub secondary_keywords: Vec<String>,
    /// Tags.
    pub tags: Vec<String>,
    /// Categories.
    pub categories: Vec<String>,
    /// Sanitised HTML with its images placed; image addresses are `media:<hash>`.
    pub html: String,
    /// Images, featured first.
    pub images: Vec<ImageView>,
    /// Version number.
    pub version: u32,
    /// The proof of what is on the site; absent when nothing of it is public there.
    pub receipt: Option<ReceiptView>,
    /// The proof that the site had it as a post of the future; absent when it never did, or does no more.
    pub hand_over: Option<ReceiptView>,
    /// IANA zone of its site, in which its time is meant.
    pub zone: String,
    /// Credits charged for it so far, all functions.
    pub credits: String,
    /// Provider cost so far, US dollars.
    pub cost: String,
}

/// An article's fields that a person may change.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ContentEdit {
    /// Title.
    pub title: String,
    /// Slug.
    pub slug: String,
    /// Summary.
    pub excerpt: String,
    /// Title for search results.
    pub meta_title: String,
    /// Description for search results.
    pub meta_description: String,
    /// Tags.
    pub tags: Vec<String>,
    /// Categories.
    pub categories: Vec<String>,
}

/// What an edit of an article changed. Its text stays in the version it has.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ContentEdited {
    /// Fields that are not as they were: `title`, `slug`, `excerpt`, `meta_title`, `meta_description`, `tags`, `categories`.
    pub fields: Vec<String>,
    /// Pictures whose text alternative followed the title.
    pub alts: u32,
}

/// An image slot.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ImageView {
    /// Id.
    pub id: String,
    /// `featured` or `in_article`.
    pub image_type: String,
    /// 0 for featured, then 1–4.
    pub position: u32,
    /// Heading it stands under.
    pub heading: String,
    /// What it shows.
    pub prompt: String,
    /// Text alternative.
    pub alt: String,
    /// `pending`, `generated` or `failed`.
    pub status: String,
    /// Why it failed, a code; empty otherwise. With a picture: why it could not be made anew.
    pub error_code: String,
    /// Address of the picture as `media:<hash>`; absent without one.
    pub media: Option<String>,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// Size of the file.
    pub bytes: u32,
    /// What the model was told to show; empty without a picture, and for one of an earlier version.
    pub made_from: String,
    /// The seed of the picture, as its vendor counts it; absent where there is none.
    pub seed: Option<String>,
    /// What its vendor bills for the picture, US dollars; absent without one, and for one of an earlier version.
    pub cost: Option<String>,
}

/// One article with its images.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ImageSetRow {
    /// Article id.
    pub id: String,
    /// Article title.
    pub title: String,
    /// Editorial state of the article.
    pub status: String,
    /// Its images, featured first.
    pub images: Vec<ImageView>,
    /// When the article was last changed.
    pub updated_at: String,
}

/// A page of articles with their images.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ImageSetPage {
    /// Rows.
    pub rows: Vec<ImageSetRow>,
    /// For the next page.
    pub next_cursor: Option<String>,
    /// Rows that match in all.
    pub total: u32,
}

/// The proof of a delivery: what was sent against what was read back.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ReceiptView {
    /// Address on the site.
    pub url: String,
    /// Id on the site.
    pub external_id: String,
    /// The version of the text that it proves.
    pub version: u32,
    /// When it was read back.
    pub at: String,
    /// Field by field.
    pub fields: Vec<ReceiptField>,
}

/// One field of a receipt.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ReceiptField {
    /// `title`, `slug`, `date`, `status`, `author`, `excerpt`, `categories`, `tags`, `body`, `featured_image`, `alt`,
    /// `meta_title`, `meta_description`.
    pub field: String,
    /// `as_sent`, `changed` or `dropped`.
    pub verdict: String,
    /// Why, where that was known when it was sent: `no_field`, `as_excerpt`, `gave_way`, `unreadable`; empty otherwise.
    pub note: String,
    /// What was sent, short.
    pub sent: String,
    /// What was read back, short.
    pub found: String,
}
