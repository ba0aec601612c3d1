//! The proof of a delivery: every field as it was sent against what was read back. That a request was answered with
//! "done" proves nothing: a site may change what it was sent, or drop it without a word.

use igny8_core::port::destination::{
    MediaUpload, Named, PostUpdate, RemoteMedia, RemotePost, RemoteStatus, RemoteTerm, SearchFields,
};
use igny8_core::receipt::{ReceiptField, ReceiptNote, Verdict};
use igny8_core::time::UtcMs;
use igny8_store::table::receipt::ReceiptRow;
use sha2::{Digest, Sha256};

/// How far the clock of a site may be from ours: what it publishes at once bears its own time.
const CLOCKS_APART_MS: u64 = 10 * 60 * 1_000;
/// Sites keep whole seconds.
const SECOND_MS: i64 = 1_000;
/// Bytes of a text's hash that are kept: enough that two texts are told apart.
const HASH_BYTES: usize = 8;

/// A delivery, field by field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// The fields.
    pub fields: Vec<ReceiptRow>,
}

/// What a post is to be.
pub(super) struct Sent<'a> {
    /// As it was sent.
    pub update: &'a PostUpdate,
    /// Pages have no terms.
    pub is_page: bool,
    /// Its description has no place but the excerpt.
    pub is_described_in_excerpt: bool,
    /// When it is to have become public.
    pub date: UtcMs,
    /// Who is to sign it; nobody where the place knows no authors.
    pub author: Named,
}

/// What it is.
pub(super) struct Found<'a> {
    /// As it was read back.
    pub post: &'a RemotePost,
    /// Its title and description for search results; nothing when they could not be read.
    pub search: Option<&'a SearchFields>,
    /// Who signs it.
    pub author: Named,
    /// Its pictures, as they were sent and as they are there.
    pub media: &'a [(MediaUpload, RemoteMedia)],
    /// Terms it has that nobody sent.
    pub terms: &'a [RemoteTerm],
}

impl Receipt {
    /// Compares what was sent with what was read back.
    pub(super) fn compare(sent: &Sent<'_>, found: &Found<'_>) -> Self {
        let (update, post) = (sent.update, found.post);
        let mut fields = vec![
            text(ReceiptField::Title, &update.title, &post.title),
            text(ReceiptField::Slug, &update.slug, &post.slug),
            date(sent.date, &update.status, post.date),
            text(ReceiptField::Status, update.status.word(), post.status.word()),
        ];
        fields.extend(author(&sent.author, &found.author));
        fields.push(excerpt(sent, &post.excerpt));
        let terms = |field, sent_terms, ids| terms(field, sent_terms, ids, found.terms, sent.is_page);
        fields.push(terms(ReceiptField::Categories, &update.categories, &post.categories));
        fields.push(terms(ReceiptField::Tags, &update.tags, &post.tags));
        fields.push(body(&update.content, &post.content));
        fields.extend(featured(update, found));
        fields.extend(found.media.iter().map(|(upload, there)| text(ReceiptField::Alt, &upload.alt, &there.alt)));
        let title = found.search.map(|search| search.title.as_deref());
        fields.extend(in_field(ReceiptField::MetaTitle, &update.meta_title, title));
        let described = found.search.map(|search| search.description.as_deref());
        fields.extend(if is_described_in_excerpt(sent) {
            Some(as_excerpt(sent, &post.excerpt))
        } else {
            in_field(ReceiptField::MetaDescription, &update.meta_description, described)
        });
        Self { fields }
    }

    /// Whether all that the place has room for arrived as it was sent.
    #[must_use]
    pub fn is_as_sent(&self) -> bool {
        let is_well = |row: &ReceiptRow| row.verdict == Verdict::AsSent || row.note.is_some_and(ReceiptNote::is_given);
        self.fields.iter().all(is_well)
    }

    /// The fields that the place has no room for, or that are not there for another reason.
    pub fn dropped(&self) -> impl Iterator<Item = ReceiptField> {
        self.fields.iter().filter(|row| row.verdict == Verdict::Dropped).map(|row| row.field)
    }
}

pub(super) fn text(field: ReceiptField, sent: &str, found: &str) -> ReceiptRow {
    let (sent, found) = (sent.trim(), found.trim());
    let verdict = if sent == found {
        Verdict::AsSent
    } else if found.is_empty() {
        Verdict::Dropped
    } else {
        Verdict::Changed
    };
    ReceiptRow { field, verdict, note: None, sent: sent.to_owned(), found: found.to_owned() }
}

/// A field that not every place has, or lets be read. Where nothing was to be in it, nothing is missing.
pub(super) fn in_field(field: ReceiptField, sent: &str, found: Option<Option<&str>>) -> Option<ReceiptRow> {
    let note = match found {
        Some(Some(found)) => return Some(text(field, sent, found)),
        Some(None) => ReceiptNote::NoField,
        None => ReceiptNote::Unreadable,
    };
    (!sent.trim().is_empty()).then(|| ReceiptRow { note: Some(note), ..text(field, sent, "") })
}

/// Whether the description stands where the excerpt belongs.
fn is_described_in_excerpt(sent: &Sent<'_>) -> bool {
    sent.is_described_in_excerpt && !sent.update.meta_description.trim().is_empty()
}

/// The description where the excerpt belongs.
fn as_excerpt(sent: &Sent<'_>, found: &str) -> ReceiptRow {
    let row = text(ReceiptField::MetaDescription, &sent.update.meta_description, found);
    ReceiptRow { note: (row.verdict == Verdict::AsSent).then_some(ReceiptNote::AsExcerpt), ..row }
}

/// The excerpt, or what became of it where the description has its place.
fn excerpt(sent: &Sent<'_>, found: &str) -> ReceiptRow {
    let row = text(ReceiptField::Excerpt, &sent.update.excerpt, found);
    let has_given_way = row.verdict != Verdict::AsSent
        && is_described_in_excerpt(sent)
        && as_excerpt(sent, found).verdict == Verdict::AsSent;
    ReceiptRow { note: has_given_way.then_some(ReceiptNote::GaveWay), ..row }
}

/// What is published at once bears the time of the place; what was handed over for later, the time that was asked for.
pub(super) fn date(sent: UtcMs, status: &RemoteStatus, found: Option<UtcMs>) -> ReceiptRow {
    let second = |at: UtcMs| UtcMs(at.0.div_euclid(SECOND_MS).saturating_mul(SECOND_MS));
    let apart = match status {
        RemoteStatus::Future(_) => 0,
        RemoteStatus::Publish | RemoteStatus::Draft | RemoteStatus::Other(_) => CLOCKS_APART_MS,
    };
    let verdict = match found {
        None => Verdict::Dropped,
        Some(at) if second(at).0.abs_diff(second(sent).0) <= apart => Verdict::AsSent,
        Some(_) => Verdict::Changed,
    };
    let shown = |at: UtcMs| second(at).to_rfc3339();
    let found = found.map(shown).unwrap_or_default();
    ReceiptRow { field: ReceiptField::Date, verdict, note: None, sent: shown(sent), found }
}

/// Nothing for a place that knows no authors.
fn author(sent: &Named, found: &Named) -> Option<ReceiptRow> {
    if sent.id.is_empty() && found.id.is_empty() {
        return None;
    }
    let by_id = text(ReceiptField::Author, &sent.id, &found.id);
    Some(ReceiptRow { sent: sent.name.clone(), found: found.name.clone(), ..by_id })
}

/// Terms are sent and compared as sets of ids; names are what a person reads.
fn terms(
    field: ReceiptField,
    sent: &[RemoteTerm],
    found: &[String],
    others: &[RemoteTerm],
    is_page: bool,
) -> ReceiptRow {
    let missing = sent.iter().filter(|term| !found.contains(&term.id)).count();
    let verdict = if missing == 0 && found.len() == sent.len() {
        Verdict::AsSent
    } else if found.is_empty() {
        Verdict::Dropped
    } else {
        Verdict::Changed
    };
    let name = |id: &String| {
        let term = sent.iter().chain(others).find(|term| term.id == *id);
        term.map_or_else(|| format!("#{id}"), |term| term.name.clone())
    };
    let note = (is_page && verdict == Verdict::Dropped).then_some(ReceiptNote::NoField);
    let sent_names: Vec<&str> = sent.iter().map(|term| term.name.as_str()).collect();
    let found_names: Vec<String> = found.iter().map(name).collect();
    ReceiptRow { field, verdict, note, sent: sent_names.join(", "), found: found_names.join(", ") }
}

/// Bodies are compared whole and shown by hash.
fn body(sent: &str, found: &str) -> ReceiptRow {
    let whole = text(ReceiptField::Body, sent, found);
    ReceiptRow { sent: hash(sent), found: hash(found), ..whole }
}

/// What a text is known by.
pub(crate) fn hash(text: &str) -> String {
    let digest = Sha256::digest(text.trim());
    digest.iter().take(HASH_BYTES).map(|byte| format!("{byte:02x}")).collect()
}

/// The picture above the text; shown as the address it is served from, where that is known.
fn featured(update: &PostUpdate, found: &Found<'_>) -> Option<ReceiptRow> {
    let there = found.post.featured_media.as_deref().unwrap_or_default();
    let sent = update.featured_media.as_deref().unwrap_or_default();
    if sent.is_empty() && there.is_empty() {
        return None;
    }
    let shown = |id: &str| {
        let media = found.media.iter().find(|(_, media)| media.id == id);
        let name = media.map(|(_, media)| media.url.rsplit('/').next().unwrap_or_default().to_owned());
        name.unwrap_or_else(|| if id.is_empty() { String::new() } else { format!("#{id}") })
    };
    Some(ReceiptRow { sent: shown(sent), found: shown(there), ..text(ReceiptField::FeaturedImage, sent, there) })
}

#[cfg(test)]
mod tests;
