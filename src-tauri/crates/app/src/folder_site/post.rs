//! Posts as folders: begun, found, written, moved to their clean address, read back.

use super::disk::{self, is_folder, is_slug, is_taken, refused};
use super::front_matter::FrontMatter;
use super::media::{is_there, media_id};
use super::state::{MediaState, PostState, StatusWord};
use super::{Folder, markdown, page};
use igny8_core::port::SiteError;
use igny8_core::port::destination::{
    DraftPost, PostUpdate, RemotePost, RemoteStatus, RemoteTerm, SearchFields, SiteProbe,
};
use std::fs;
use std::path::{Path, PathBuf};
use url::Url;

const MARKDOWN_FILE: &str = "index.md";
const PAGE_FILE: &str = "index.html";

/// File written and removed to see whether the folder takes any.
const PROBE_FILE: &str = "probe";

/// Suffixes tried for a taken address. More posts of one slug than that are a loop somewhere.
const SUFFIX_MAX: u32 = 1_000;

impl Folder {
    /// Makes the folder and writes into it, to see that it can be done.
    pub(super) fn probe(&self) -> Result<SiteProbe, SiteError> {
        self.make_root()?;
        disk::write_whole(&self.root, PROBE_FILE, b"")?;
        fs::remove_file(self.root.join(PROBE_FILE)).map_err(|error| refused(&error))?;
        let address = file_url(&self.root);
        Ok(SiteProbe {
            name: self.site_name.clone(),
            home_url: address.clone(),
            api_url: address,
            can_publish: true,
            can_upload: true,
            ..SiteProbe::default()
        })
    }

    /// Begins a post. One that was begun under this slug before is that post: the slug is unique to it.
    pub(super) fn create_draft(&self, post: &DraftPost) -> Result<RemotePost, SiteError> {
        checked_slug(&post.slug)?;
        self.make_root()?;
        match self.locate(&post.slug) {
            Ok((_, state)) if state.is_page != post.is_page => return Err(rejected("kind")),
            Ok((folder, state)) => match read_back(&folder, &state) {
                // One of its files was removed: it is begun again where it was.
                Err(SiteError::NotFound) => {
                    let state = PostState::begin(&post.slug, post.is_page, self.clock.now());
                    let head = FrontMatter::draft(&post.title, folder_name(&folder), state.created_at);
                    self.write_files(&folder, &head, "")?;
                    state.write(&folder)?;
                    return read_back(&folder, &state);
                }
                read => return read,
            },
            Err(SiteError::NotFound) => {}
            Err(error) => return Err(error),
        }
        let slug = self.free_slug(&post.slug, None)?;
        let state = PostState::begin(&post.slug, post.is_page, self.clock.now());
        let head = FrontMatter::draft(&post.title, &slug, state.created_at);
        // Built aside and moved into place, so that a half-made folder never takes the name.
        let part = self.root.join(format!(".{slug}.part"));
        remove_part(&part).and_then(|()| fs::create_dir(&part)).map_err(|error| refused(&error))?;
        self.write_files(&part, &head, "")?;
        state.write(&part)?;
        let folder = self.root.join(&slug);
        self.move_folder(&part, &folder)?;
        read_back(&folder, &state)
    }

    /// Finds a post by the slug it was begun under or the one it has now, our suffixes included.
    pub(super) fn find_post(&self, slug: &str, is_page: bool) -> Result<Option<RemotePost>, SiteError> {
        let posts = self.posts()?;
        let rank = |folder: &Path, state: &PostState| -> Option<u32> {
            if state.id == slug {
                return Some(0);
            }
            let rest = folder_name(folder).strip_prefix(slug)?;
            if rest.is_empty() {
                Some(1)
            } else {
                rest.strip_prefix('-')?.parse().ok().filter(|n| (2..=SUFFIX_MAX).contains(n))
            }
        };
        let of_kind = posts.iter().filter(|(_, state)| state.is_page == is_page);
        let ranked = of_kind.filter_map(|post| rank(&post.0, &post.1).map(|rank| (rank, post)));
        let best = ranked.min_by_key(|(rank, _)| *rank);
        match best.map(|(_, (folder, state))| read_back(folder, state)).transpose() {
            // One of its files was removed: it is no post any more.
            Err(SiteError::NotFound) => Ok(None),
            found => found,
        }
    }

    /// Writes everything of a post, then moves it to the slug of the update, or that slug with a suffix when another
    /// post has it. Can be repeated after any failure.
    pub(super) fn update_post(&self, id: &str, is_page: bool, update: &PostUpdate) -> Result<RemotePost, SiteError> {
        if !update.slug.is_empty() {
            checked_slug(&update.slug)?;
        }
        let (folder, mut state) = self.locate_kind(id, is_page)?;
        let wanted = if update.slug.is_empty() { folder_name(&folder) } else { &update.slug };
        let slug = self.free_slug(wanted, Some(&folder))?;
        state.status = StatusWord::of(&update.status)?;
        state.modified_at = self.clock.now();
        let date = match &update.status {
            RemoteStatus::Publish => *state.published_at.get_or_insert(state.modified_at),
            RemoteStatus::Future(at) => *at,
            RemoteStatus::Draft | RemoteStatus::Other(_) => state.created_at,
        };
        let featured = featured_file(&state, update.featured_media.as_deref())?;
        let head = FrontMatter {
            title: update.title.clone(),
            slug: slug.clone(),
            date,
            status: state.status,
            description: update.meta_description.clone(),
            meta_title: update.meta_title.clone(),
            excerpt: update.excerpt.clone(),
            categories: update.categories.iter().map(|term| term.id.clone()).collect(),
            tags: update.tags.iter().map(|term| term.id.clone()).collect(),
            featured_image_alt: featured.map(|media| media.alt.clone()).unwrap_or_default(),
            featured_image: featured.map(|media| media.file.clone()).unwrap_or_default(),
        };
        self.write_files(&folder, &head, &update.content)?;
        state.write(&folder)?;
        let target = self.root.join(&slug);
        if target != folder {
            self.move_folder(&folder, &target)?;
        }
        read_back(&target, &state)
    }

    /// Makes a draft of a post again, as its files have it otherwise.
    pub(super) fn take_back(&self, id: &str, is_page: bool) -> Result<RemotePost, SiteError> {
        let post = self.read_post(id, is_page)?;
        let terms = |names: Vec<String>| names.into_iter().map(|name| RemoteTerm { id: name.clone(), name }).collect();
        let update = PostUpdate {
            title: post.title,
            slug: post.slug,
            content: post.content,
            excerpt: post.excerpt,
            meta_title: post.search.title.unwrap_or_default(),
            meta_description: post.search.description.unwrap_or_default(),
            categories: terms(post.categories),
            tags: terms(post.tags),
            featured_media: post.featured_media,
            status: RemoteStatus::Draft,
        };
        self.update_post(id, is_page, &update)
    }

    /// Reads a post from its files.
    pub(super) fn read_post(&self, id: &str, is_page: bool) -> Result<RemotePost, SiteError> {
        let (folder, state) = self.locate_kind(id, is_page)?;
        read_back(&folder, &state)
    }

    /// Every post of the site. Folders that are not ours, and links to folders, are passed over.
    pub(super) fn posts(&self) -> Result<Vec<(PathBuf, PostState)>, SiteError> {
        let entries = match fs::read_dir(&self.root) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(refused(&error)),
        };
        let mut posts = Vec::new();
        for entry in entries {
            let folder = entry.map_err(|error| refused(&error))?.path();
            if is_slug(folder_name(&folder))
                && is_folder(&folder)
                && let Ok(state) = PostState::read(&folder)
            {
                posts.push((folder, state));
            }
        }
        posts.sort_by(|one, other| one.0.cmp(&other.0));
        Ok(posts)
    }

    /// The post with this id. Most are found where they began or not far from it; a moved one is looked for.
    pub(super) fn locate(&self, id: &str) -> Result<(PathBuf, PostState), SiteError> {
        if !is_slug(id) {
            return Err(SiteError::NotFound);
        }
        let first = self.root.join(id);
        if is_folder(&first)
            && let Ok(state) = PostState::read(&first)
            && state.id == id
        {
            return Ok((first, state));
        }
        self.posts()?.into_iter().find(|(_, state)| state.id == id).ok_or(SiteError::NotFound)
    }

    fn locate_kind(&self, id: &str, is_page: bool) -> Result<(PathBuf, PostState), SiteError> {
        self.locate(id).and_then(|post| if post.1.is_page == is_page { Ok(post) } else { Err(SiteError::NotFound) })
    }

    fn make_root(&self) -> Result<(), SiteError> {
        fs::create_dir_all(&self.root).map_err(|error| refused(&error))
    }

    fn move_folder(&self, from: &Path, to: &Path) -> Result<(), SiteError> {
        let moved = fs::rename(from, to).and_then(|()| disk::sync_folder(&self.root));
        moved.map_err(|error| refused(&error))
    }

    /// The first of `slug`, `slug-2`, `slug-3` … that is free or belongs to `own`.
    fn free_slug(&self, slug: &str, own: Option<&Path>) -> Result<String, SiteError> {
        let names = std::iter::once(slug.to_owned()).chain((2..=SUFFIX_MAX).map(|n| format!("{slug}-{n}")));
        let mut usable = names.filter(|name| is_slug(name) && !disk::is_device_name(name));
        let is_free = |name: &String| {
            let path = self.root.join(name);
            own == Some(path.as_path()) || !is_taken(&path)
        };
        usable.find(is_free).ok_or_else(|| rejected("slug"))
    }

    fn write_files(&self, folder: &Path, head: &FrontMatter, body: &str) -> Result<(), SiteError> {
        let text = format!("{}\n{}\n", head.to_yaml(), markdown::from_html(body)?.trim_end());
        disk::write_whole(folder, MARKDOWN_FILE, text.as_bytes())?;
        let page = page::write(head, body, &self.language, &self.site_name);
        disk::write_whole(folder, PAGE_FILE, page.as_bytes())
    }
}

/// The post as its files have it: head from the Markdown, body from the page, and a picture only when its bytes are
/// the ones that were placed.
fn read_back(folder: &Path, state: &PostState) -> Result<RemotePost, SiteError> {
    let head = FrontMatter::parse(&disk::read_text(&folder.join(MARKDOWN_FILE))?)?;
    let page_path = folder.join(PAGE_FILE);
    let page = disk::read_text(&page_path)?;
    let body = page::read_body(&page).ok_or(SiteError::BadReply)?;
    let featured = state.media.iter().find(|media| media.file == head.featured_image && is_there(folder, media));
    // They differ only while a step is unfinished, and until it is finished nothing is public.
    let status = if head.status == state.status { head.status.at(head.date) } else { RemoteStatus::Draft };
    Ok(RemotePost {
        id: state.id.clone(),
        url: file_url(&page_path),
        slug: folder_name(folder).to_owned(),
        title: head.title,
        status,
        date: Some(head.date),
        author: String::new(),
        content: body.to_owned(),
        excerpt: head.excerpt,
        categories: head.categories,
        tags: head.tags,
        featured_media: featured.map(|media| media_id(&state.id, &media.file)),
        search: SearchFields { title: Some(head.meta_title), description: Some(head.description) },
        modified: state.modified_at.to_rfc3339(),
    })
}

/// Removes what an interrupted beginning left; a link in its place is removed, not followed.
fn remove_part(part: &Path) -> std::io::Result<()> {
    if is_folder(part) {
        return fs::remove_dir_all(part);
    }
    if is_taken(part) { fs::remove_file(part) } else { Ok(()) }
}

fn featured_file<'a>(state: &'a PostState, featured: Option<&str>) -> Result<Option<&'a MediaState>, SiteError> {
    let Some(id) = featured else { return Ok(None) };
    let found = state.media.iter().find(|media| media_id(&state.id, &media.file) == id);
    found.map(Some).ok_or_else(|| rejected("featured_media"))
}

fn checked_slug(slug: &str) -> Result<(), SiteError> {
    if is_slug(slug) { Ok(()) } else { Err(rejected("slug")) }
}

fn rejected(code: &str) -> SiteError {
    SiteError::Rejected { status: 0, code: code.to_owned() }
}

fn folder_name(folder: &Path) -> &str {
    folder.file_name().and_then(|name| name.to_str()).unwrap_or_default()
}

/// The address under which a browser opens the file.
fn file_url(path: &Path) -> String {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    Url::from_file_path(&whole).map(String::from).unwrap_or_else(|()| whole.display().to_string())
}
