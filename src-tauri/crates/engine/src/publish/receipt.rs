//! The proof of a delivery: every field as it was sent against what was read back.

use igny8_core::port::destination::{MediaUpload, PostUpdate, RemoteMedia, RemotePost, RemoteTerm};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Characters of a value kept in a receipt.
const VALUE_CHARS_MAX: usize = 120;

/// A delivery, field by field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// The fields.
    pub fields: Vec<ReceiptField>,
}

/// One field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptField {
    /// Its name.
    pub field: String,
    /// How it arrived.
    pub verdict: Verdict,
    /// What was sent, cut.
    pub sent: String,
    /// What was read back, cut.
    pub found: String,
}

/// How a field arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Equal.
    AsSent,
    /// There, but different.
    Changed,
    /// Not there.
    Dropped,
}

impl Receipt {
    /// Compares what was sent with what was read back.
    #[must_use]
    pub fn compare(sent: &PostUpdate, found: &RemotePost, media: &[(MediaUpload, RemoteMedia)]) -> Self {
        let mut fields = vec![
            field("title", &sent.title, &found.title),
            field("slug", &sent.slug, &found.slug),
            field("status", "publish", status_word(found)),
            field("excerpt", &sent.excerpt, &found.excerpt),
            terms("categories", &sent.categories, &found.categories),
            terms("tags", &sent.tags, &found.tags),
            body(&sent.content, &found.content),
        ];
        if let Some(featured) = &sent.featured_media {
            fields.push(field("featured_image", featured, found.featured_media.as_deref().unwrap_or_default()));
        }
        for (upload, placed) in media {
            fields.push(field("alt", &upload.alt, &placed.alt));
        }
        Self { fields }
    }

    /// Whether everything arrived as it was sent.
    #[must_use]
    pub fn is_as_sent(&self) -> bool {
        self.fields.iter().all(|field| field.verdict == Verdict::AsSent)
    }
}

fn status_word(found: &RemotePost) -> &str {
    use igny8_core::port::destination::RemoteStatus;
    match &found.status {
        RemoteStatus::Draft => "draft",
        RemoteStatus::Publish => "publish",
        RemoteStatus::Future(_) => "future",
        RemoteStatus::Other(word) => word,
    }
}

fn field(name: &str, sent: &str, found: &str) -> ReceiptField {
    let verdict = if sent.trim() == found.trim() {
        Verdict::AsSent
    } else if found.trim().is_empty() {
        Verdict::Dropped
    } else {
        Verdict::Changed
    };
    ReceiptField { field: name.to_owned(), verdict, sent: cut(sent), found: cut(found) }
}

/// Terms are sent and compared as sets of ids; names are what a person reads.
fn terms(name: &str, sent: &[RemoteTerm], found: &[String]) -> ReceiptField {
    let missing = sent.iter().filter(|term| !found.contains(&term.id)).count();
    let verdict = if missing == 0 && found.len() == sent.len() {
        Verdict::AsSent
    } else if missing == sent.len() && found.is_empty() {
        Verdict::Dropped
    } else {
        Verdict::Changed
    };
    let names =
        |terms: &mut dyn Iterator<Item = &RemoteTerm>| terms.map(|t| t.name.as_str()).collect::<Vec<_>>().join(", ");
    ReceiptField {
        field: name.to_owned(),
        verdict,
        sent: cut(&names(&mut sent.iter())),
        found: cut(&names(&mut sent.iter().filter(|term| found.contains(&term.id)))),
    }
}

/// Bodies are compared whole and shown by hash.
fn body(sent: &str, found: &str) -> ReceiptField {
    let plain = field("body", sent, found);
    ReceiptField { sent: hash(sent), found: hash(found), ..plain }
}

fn hash(text: &str) -> String {
    let digest = Sha256::digest(text.trim());
    digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

fn cut(text: &str) -> String {
    text.chars().take(VALUE_CHARS_MAX).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use igny8_core::port::destination::RemoteStatus;

    fn term(id: &str) -> RemoteTerm {
        RemoteTerm { id: id.to_owned(), name: format!("term {id}") }
    }

    #[test]
    fn each_field_says_how_it_arrived() {
        let sent = PostUpdate {
            title: "T".to_owned(),
            content: "body".to_owned(),
            categories: vec![term("1"), term("2")],
            featured_media: Some("9".to_owned()),
            ..PostUpdate::default()
        };
        let found = RemotePost {
            title: "T!".to_owned(),
            content: "body".to_owned(),
            status: RemoteStatus::Publish,
            categories: vec!["1".to_owned()],
            ..RemotePost::default()
        };
        let receipt = Receipt::compare(&sent, &found, &[]);
        let verdict = |name: &str| receipt.fields.iter().find(|f| f.field == name).unwrap().verdict;
        assert_eq!(verdict("title"), Verdict::Changed);
        assert_eq!(verdict("body"), Verdict::AsSent);
        assert_eq!(verdict("categories"), Verdict::Changed);
        assert_eq!(verdict("featured_image"), Verdict::Dropped);
        assert!(!receipt.is_as_sent());
    }
}
