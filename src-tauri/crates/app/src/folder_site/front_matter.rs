//! The head of `index.md`: YAML as static site generators read it. Every text is a double-quoted scalar, which is the
//! part of YAML that JSON shares, so the same file is read back exactly without a YAML parser.

use super::state::StatusWord;
use igny8_core::port::SiteError;
use igny8_core::time::UtcMs;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::fmt::Write;

/// What stands in the head.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FrontMatter {
    /// Title.
    pub(super) title: String,
    /// Last part of the address.
    pub(super) slug: String,
    /// When it was or will be public; for a draft when it was begun.
    pub(super) date: UtcMs,
    /// State.
    pub(super) status: StatusWord,
    /// Description for search results.
    pub(super) description: String,
    /// Title for search results.
    pub(super) meta_title: String,
    /// Summary.
    pub(super) excerpt: String,
    /// Category names.
    pub(super) categories: Vec<String>,
    /// Tag names.
    pub(super) tags: Vec<String>,
    /// File name of the featured image; empty without one.
    pub(super) featured_image: String,
    /// Its text alternative.
    pub(super) featured_image_alt: String,
}

const FENCE: &str = "---\n";

impl FrontMatter {
    /// The head of a draft that has no more than a title.
    pub(super) fn draft(title: &str, slug: &str, date: UtcMs) -> Self {
        Self {
            title: title.to_owned(),
            slug: slug.to_owned(),
            date,
            status: StatusWord::Draft,
            description: String::new(),
            meta_title: String::new(),
            excerpt: String::new(),
            categories: Vec::new(),
            tags: Vec::new(),
            featured_image: String::new(),
            featured_image_alt: String::new(),
        }
    }

    /// The head with its fences.
    pub(super) fn to_yaml(&self) -> String {
        let mut out = String::from(FENCE);
        put(&mut out, "title", &self.title);
        put(&mut out, "slug", &self.slug);
        // Bare, so that it is a timestamp and not a text.
        let _ = writeln!(out, "date: {}", self.date.to_rfc3339());
        put(&mut out, "status", &self.status);
        put(&mut out, "draft", &(self.status == StatusWord::Draft));
        put(&mut out, "description", &self.description);
        put(&mut out, "meta_title", &self.meta_title);
        put(&mut out, "excerpt", &self.excerpt);
        put(&mut out, "categories", &self.categories);
        put(&mut out, "tags", &self.tags);
        put(&mut out, "featured_image", &self.featured_image);
        put(&mut out, "featured_image_alt", &self.featured_image_alt);
        out + FENCE
    }

    /// Reads the head of a Markdown file. Lines of other names are somebody else's and are passed over.
    pub(super) fn parse(markdown: &str) -> Result<Self, SiteError> {
        let body = markdown.strip_prefix(FENCE).ok_or(SiteError::BadReply)?;
        let (head, _) = body.split_once("\n---\n").ok_or(SiteError::BadReply)?;
        let lines: BTreeMap<&str, &str> = head.lines().filter_map(|line| line.split_once(": ")).collect();
        let date = lines.get("date").and_then(|date| UtcMs::from_rfc3339(date)).ok_or(SiteError::BadReply)?;
        Ok(Self {
            title: take(&lines, "title")?,
            slug: take(&lines, "slug")?,
            date,
            status: take(&lines, "status")?,
            description: take(&lines, "description")?,
            meta_title: take(&lines, "meta_title")?,
            excerpt: take(&lines, "excerpt")?,
            categories: take(&lines, "categories")?,
            tags: take(&lines, "tags")?,
            featured_image: take(&lines, "featured_image")?,
            featured_image_alt: take(&lines, "featured_image_alt")?,
        })
    }
}

fn put(out: &mut String, name: &str, value: &(impl Serialize + ?Sized)) {
    // Texts, lists of texts and truth values always have a JSON form.
    let json = serde_json::to_string(value).unwrap_or_default();
    let _ = writeln!(out, "{name}: {}", printable(&json));
}

/// JSON allows characters inside quotes that YAML does not, or takes for line breaks; escaped they are the same.
fn printable(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}' => {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out
}

fn take<T: DeserializeOwned>(lines: &BTreeMap<&str, &str>, name: &str) -> Result<T, SiteError> {
    let line = lines.get(name).ok_or(SiteError::BadReply)?;
    serde_json::from_str(line).map_err(|_| SiteError::BadReply)
}
