//! Files in the media library. A file's name holds its content's hash, so the same name is the same file, and an upload
//! with an unclear end is found again by the slug we gave it.

use crate::answer::typed;
use crate::connection::{Body, Connection};
use crate::errors::{Effect, accept};
use crate::plain;
use crate::posts::number;
use igny8_core::port::destination::{MediaUpload, RemoteMedia, SiteError};
use serde::Deserialize;
use serde_json::{Value, json};

const ROUTE: &str = "wp/v2/media";

/// What is asked of a file.
const FIELDS: &str = "id,source_url,alt_text";

/// Suffixes a site may have added to our slug, beside none.
const SLUG_SUFFIXES: &[&str] = &["", "-2", "-3"];

/// Files that are asked for at once: as many as WordPress puts on a page.
const PAGE_FILES: usize = 100;

/// How often a site is asked to go on with the sizes of one image, each time a few more: WordPress's own uploader
/// gives up after five.
const RESUMES_MAX: usize = 5;

/// Sends the bytes as they are: PHP's limit for uploaded files, often 2 MB, holds for forms only. Alt text, caption,
/// title and slug go along as parameters, so that one request does all.
pub(crate) async fn upload(connection: &Connection, media: &MediaUpload) -> Result<RemoteMedia, SiteError> {
    let name = plain_name(&media.file_name);
    let mut query = vec![
        ("slug", slug(&name)),
        ("title", plain::stored(&media.title)),
        ("alt_text", media.alt.clone()),
        ("caption", plain::stored(&media.caption)),
    ];
    if !media.post_id.is_empty() {
        query.push(("post", number(&media.post_id)?.to_string()));
    }
    let file = Body::File { media_type: &media.media_type, name: &name, bytes: &media.bytes };
    let exchange = connection.post_raw(ROUTE, &query, file).await?;
    // The file is in, and only its smaller sizes are missing: sending it again would double it.
    let placed = match (exchange.status, exchange.upload_id()) {
        (500.., Some(id)) => resume(connection, id).await?,
        _ => remote(accept(&exchange, Effect::Write)?)?,
    };
    if placed.alt == media.alt {
        return Ok(placed);
    }
    // A site that drops parameters beside a raw body gets them again by id.
    let (title, caption) = (plain::stored(&media.title), plain::stored(&media.caption));
    let fields = json!({ "alt_text": media.alt, "title": title, "caption": caption });
    remote(connection.post(&format!("{ROUTE}/{}", placed.id), fields).await?)
}

pub(crate) async fn describe(connection: &Connection, id: &str, alt: &str) -> Result<RemoteMedia, SiteError> {
    let route = format!("{ROUTE}/{}", number(id)?);
    remote(connection.post(&route, json!({ "alt_text": alt })).await?)
}

pub(crate) async fn find(connection: &Connection, file_name: &str) -> Result<Option<RemoteMedia>, SiteError> {
    let found = find_several(connection, &[file_name.to_owned()]).await?;
    Ok(found.into_iter().next().map(|(_, file)| file))
}

/// All files of a name that belong to a post, the oldest first.
pub(crate) async fn named(
    connection: &Connection,
    file_name: &str,
    post_id: &str,
) -> Result<Vec<RemoteMedia>, SiteError> {
    let name = plain_name(file_name);
    let parent = ("parent", number(post_id)?.to_string());
    let mut files = of_slugs(connection, &[slug(&name)], Some(parent)).await?;
    files.retain(|file| served_under(&file.url, stem(&name)));
    Ok(files)
}

/// Removes a file for good.
pub(crate) async fn remove(connection: &Connection, id: &str) -> Result<(), SiteError> {
    connection.delete(&format!("{ROUTE}/{}", number(id)?)).await.map(drop)
}

/// The files of those names that are there, in one request for all: each with the name it was sent under.
pub(crate) async fn find_several(
    connection: &Connection,
    file_names: &[String],
) -> Result<Vec<(String, RemoteMedia)>, SiteError> {
    let mut there = Vec::new();
    for some in file_names.chunks(PAGE_FILES / SLUG_SUFFIXES.len()) {
        let slugs: Vec<String> = some.iter().map(|name| slug(&plain_name(name))).collect();
        let files = of_slugs(connection, &slugs, None).await?;
        there.extend(some.iter().filter_map(|name| {
            let plain = plain_name(name);
            let file = files.iter().find(|file| served_under(&file.url, stem(&plain)))?;
            Some((name.clone(), file.clone()))
        }));
    }
    Ok(there)
}

/// Files of those slugs, the oldest first: that is the one that others may know by now.
async fn of_slugs(
    connection: &Connection,
    slugs: &[String],
    also: Option<(&'static str, String)>,
) -> Result<Vec<RemoteMedia>, SiteError> {
    let slugs = slugs.iter().flat_map(|slug| SLUG_SUFFIXES.iter().map(move |end| format!("{slug}{end}")));
    let slugs = slugs.collect::<Vec<_>>().join(",");
    let query = [("slug", slugs), ("per_page", PAGE_FILES.to_string()), ("_fields", FIELDS.to_owned())];
    let query: Vec<(&str, String)> = query.into_iter().chain(also).collect();
    let found = connection.list(ROUTE, &query).await?;
    let mut files = found.into_iter().map(remote).collect::<Result<Vec<_>, _>>()?;
    files.sort_by_key(|file| number(&file.id).unwrap_or(u64::MAX));
    Ok(files)
}

pub(crate) async fn read(connection: &Connection, id: &str) -> Result<RemoteMedia, SiteError> {
    let query = [("context", "edit".to_owned()), ("_fields", FIELDS.to_owned())];
    remote(connection.get(&format!("{ROUTE}/{}", number(id)?), &query).await?)
}

pub(crate) async fn read_several(connection: &Connection, ids: &[String]) -> Result<Vec<RemoteMedia>, SiteError> {
    let known: Vec<&str> = ids.iter().map(String::as_str).filter(|id| number(id).is_ok()).collect();
    let mut there = Vec::with_capacity(known.len());
    for some in known.chunks(PAGE_FILES) {
        let query = [
            ("include", some.join(",")),
            ("per_page", PAGE_FILES.to_string()),
            ("context", "edit".to_owned()),
            ("_fields", FIELDS.to_owned()),
        ];
        for file in connection.list(ROUTE, &query).await? {
            there.push(remote(file)?);
        }
    }
    Ok(there)
}

/// Asks for the missing sizes until the site has made them or has had its tries; the file itself is usable either way.
async fn resume(connection: &Connection, id: u64) -> Result<RemoteMedia, SiteError> {
    let route = format!("{ROUTE}/{id}/post-process");
    for _ in 0..RESUMES_MAX {
        if let Ok(value) = connection.post(&route, json!({ "action": "create-image-subsizes" })).await {
            return remote(value);
        }
    }
    read(connection, &id.to_string()).await
}

/// A name of plain ASCII with one dot: what else a name holds, WordPress rewrites, and then it is not found again.
fn plain_name(file_name: &str) -> String {
    let plain = |text: &str| -> String {
        text.chars().map(|c| if c.is_ascii_alphanumeric() || c == '_' { c } else { '-' }).collect()
    };
    match file_name.rsplit_once('.') {
        Some((stem, extension)) => format!("{}.{}", plain(stem), plain(extension)),
        None => plain(file_name),
    }
}

fn stem(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

fn slug(name: &str) -> String {
    stem(name).to_ascii_lowercase()
}

/// Whether an address serves the file of that name; WordPress adds `-1` to a name that is taken and `-scaled` to a
/// picture it made smaller.
fn served_under(url: &str, stem: &str) -> bool {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    let served = path.rsplit('/').next().unwrap_or_default();
    let end = served.rsplit_once('.').map_or(served, |(name, _)| name).strip_prefix(stem);
    end.is_some_and(|end| end.is_empty() || end.starts_with('-'))
}

/// A file in an answer.
#[derive(Deserialize)]
struct File {
    id: u64,
    source_url: String,
    #[serde(default)]
    alt_text: String,
}

fn remote(value: Value) -> Result<RemoteMedia, SiteError> {
    let file: File = typed(value).ok_or(SiteError::BadReply)?;
    Ok(RemoteMedia { id: file.id.to_string(), url: file.source_url, alt: file.alt_text })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_plain_and_have_one_dot() {
        assert_eq!(plain_name("ab12.featured.webp"), "ab12-featured.webp");
        assert_eq!(plain_name("café\"\r\n.png"), "caf----.png");
        assert_eq!(slug("AB_12.png"), "ab_12");
    }

    #[test]
    fn a_file_is_known_by_the_name_it_is_served_under() {
        assert!(served_under("https://a.example/wp-content/uploads/2026/11/ab12.png?v=1", "ab12"));
        assert!(served_under("https://cdn.example/ab12-scaled.jpg", "ab12"));
        assert!(served_under("https://cdn.example/ab12-1.webp", "ab12"));
        assert!(!served_under("https://cdn.example/ab123.png", "ab12"));
        assert!(!served_under("https://cdn.example/other.png", "ab12"));
    }
}
