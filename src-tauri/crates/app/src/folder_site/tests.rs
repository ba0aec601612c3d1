//! The folder destination over real folders: the whole way of a post, repeated steps, broken and hostile folders.

mod attacks;
mod writing;

use super::*;
use igny8_core::port::destination::{PlacedImage, RemoteStatus};
use igny8_core::time::UtcMs;
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicI64, Ordering};
use tempfile::TempDir;

/// A clock that goes on by one second each time it is asked.
struct SteppingClock(AtomicI64);

#[async_trait::async_trait]
impl Clock for SteppingClock {
    fn now(&self) -> UtcMs {
        UtcMs(self.0.fetch_add(1_000, Ordering::Relaxed))
    }

    fn monotonic_ms(&self) -> u64 {
        0
    }

    async fn sleep_ms(&self, _: u64) {}
}

/// A site in a folder that vanishes with it.
struct Site {
    site: FolderSite,
    outer: TempDir,
    root: PathBuf,
}

fn site() -> Site {
    let outer = tempfile::tempdir().unwrap();
    let root = outer.path().join("published").join("my-site");
    let start = UtcMs::from_rfc3339("2026-11-23T09:00:00Z").unwrap();
    let clock = Arc::new(SteppingClock(AtomicI64::new(start.0)));
    Site { site: FolderSite::new(root.clone(), "My <Site>", "en", clock), outer, root }
}

fn draft(slug: &str) -> DraftPost {
    DraftPost { slug: slug.to_owned(), title: format!("Title of {slug}"), is_page: false }
}

fn picture(post_id: &str, file_name: &str) -> MediaUpload {
    MediaUpload {
        post_id: post_id.to_owned(),
        file_name: file_name.to_owned(),
        media_type: "image/png".to_owned(),
        bytes: b"\x89PNG\r\n\x1a\npixels".to_vec(),
        alt: "Red \"shoes\" & [laces]".to_owned(),
        caption: String::new(),
        title: "Shoes".to_owned(),
    }
}

fn term(name: &str) -> RemoteTerm {
    RemoteTerm { id: name.to_owned(), name: name.to_owned() }
}

fn publish(slug: &str, content: &str) -> PostUpdate {
    PostUpdate {
        title: "Shoes: a \"guide\"\nfor <all> — 50% off".to_owned(),
        slug: slug.to_owned(),
        content: content.to_owned(),
        excerpt: "Short.".to_owned(),
        meta_title: "Shoes | My Site".to_owned(),
        meta_description: "All & more \u{2028} about 'shoes'".to_owned(),
        categories: vec![term("Shoes & laces")],
        tags: vec![term("red"), term("guide: long")],
        featured_media: None,
        status: RemoteStatus::Publish,
    }
}

/// Every name below a folder, sorted.
fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}
