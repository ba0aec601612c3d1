//! Posts and pages. WordPress makes a new post of every POST to the list, so a create carries nothing that can fail
//! after the row was made, and its slug is the handle by which it is found again; everything else is set by id, which
//! can be repeated.

use crate::answer::typed;
use crate::connection::Connection;
use crate::plain;
use crate::seo;
use igny8_core::port::destination::{DraftPost, PostUpdate, RemotePost, RemoteStatus, RemoteTerm, SeoWay, SiteError};
use igny8_core::time::UtcMs;
use serde::Deserialize;
use serde_json::{Map, Value, json};

/// The suffixes under which a site may have stored our slug when it thought it taken, beside none. More of the same
/// slug than that never come from us: it is unique.
const SLUG_SUFFIXES: &[&str] = &["-2", "-3"];

/// What is asked of a post: the raw forms only, because rendering runs every filter of every plugin.
pub(crate) const FIELDS: &str =
    "id,link,slug,status,title.raw,content.raw,excerpt.raw,author,categories,tags,featured_media,date_gmt,modified_gmt";

/// The code of a refusal of a post's fields alone. Everything else of the post was set by then.
const FIELDS_REFUSED: &str = "rest_cannot_update";

pub(crate) async fn create_draft(connection: &Connection, post: &DraftPost) -> Result<RemotePost, SiteError> {
    let fields = json!({ "title": plain::stored(&post.title), "slug": post.slug, "status": "draft" });
    remote(connection.post(collection(post.is_page), fields).await?, SeoWay::Excerpt)
}

/// Finds a post in any state but the trash. The plain slug wins over one that the site gave a suffix.
pub(crate) async fn find(connection: &Connection, slug: &str, is_page: bool) -> Result<Option<RemotePost>, SiteError> {
    let posts = named(connection, slug, is_page).await?;
    Ok(posts.into_iter().min_by_key(|post| post.slug.len()))
}

/// All posts of a slug, or of it with one of the suffixes, in any state but the trash; the oldest first.
pub(crate) async fn named(connection: &Connection, slug: &str, is_page: bool) -> Result<Vec<RemotePost>, SiteError> {
    let slugs: Vec<String> =
        std::iter::once("").chain(SLUG_SUFFIXES.iter().copied()).map(|end| format!("{slug}{end}")).collect();
    let query = [
        ("slug", slugs.join(",")),
        ("status", "any".to_owned()),
        ("context", "edit".to_owned()),
        ("_fields", FIELDS.to_owned()),
    ];
    let found = connection.list(collection(is_page), &query).await?;
    let read = |post| remote(post, SeoWay::Excerpt);
    let mut posts = found.into_iter().map(read).collect::<Result<Vec<_>, _>>()?;
    posts.retain(|post| slugs.contains(&post.slug));
    posts.sort_by_key(|post| number(&post.id).unwrap_or(u64::MAX));
    Ok(posts)
}

/// Sets the text of a draft and nothing else.
pub(crate) async fn set_text(connection: &Connection, id: &str, content: &str) -> Result<(), SiteError> {
    connection.post(&item(id, false)?, json!({ "content": content })).await.map(drop)
}

/// Removes a post for good, past the trash.
pub(crate) async fn remove(connection: &Connection, id: &str, is_page: bool) -> Result<(), SiteError> {
    connection.delete(&item(id, is_page)?).await.map(drop)
}

/// Sets everything in one request. A post that was handed over for later and is now published at once needs its date
/// taken off, because WordPress turns "publish" with a date ahead back into "future".
pub(crate) async fn update(
    connection: &Connection,
    id: &str,
    is_page: bool,
    update: &PostUpdate,
    way: SeoWay,
) -> Result<RemotePost, SiteError> {
    let route = item(id, is_page)?;
    if way == SeoWay::RankMath {
        seo::write_rank_math(connection, number(id)?, update).await;
    }
    let mut sent = fields(is_page, update, way)?;
    let answered = match connection.post(&route, Value::Object(sent.clone())).await {
        Err(SiteError::Forbidden { code }) if code == FIELDS_REFUSED && sent.remove("meta").is_some() => {
            connection.post(&route, Value::Object(sent)).await?
        }
        answered => answered?,
    };
    let post = remote(answered, way)?;
    let held_back = update.status == RemoteStatus::Publish && matches!(post.status, RemoteStatus::Future(_));
    if !held_back {
        return Ok(post);
    }
    let at_once = json!({ "status": "publish", "date_gmt": null });
    remote(connection.post(&route, at_once).await?, way)
}

/// Makes a draft of a post. Its date goes with that, so that it is dated anew when it is published.
pub(crate) async fn take_back(connection: &Connection, id: &str, is_page: bool) -> Result<RemotePost, SiteError> {
    let fields = json!({ "status": "draft", "date_gmt": null });
    remote(connection.post(&item(id, is_page)?, fields).await?, SeoWay::Excerpt)
}

pub(crate) async fn read(
    connection: &Connection,
    id: &str,
    is_page: bool,
    way: SeoWay,
) -> Result<RemotePost, SiteError> {
    let query = [("context", "edit".to_owned()), ("_fields", format!("{FIELDS}{}", seo::asked(way)))];
    remote(connection.get(&item(id, is_page)?, &query).await?, way)
}

pub(crate) fn collection(is_page: bool) -> &'static str {
    if is_page { "wp/v2/pages" } else { "wp/v2/posts" }
}

fn item(id: &str, is_page: bool) -> Result<String, SiteError> {
    Ok(format!("{}/{}", collection(is_page), number(id)?))
}

/// An id as WordPress has them. Anything else names nothing there, and must not become part of an address.
pub(crate) fn number(id: &str) -> Result<u64, SiteError> {
    id.parse().ok().filter(|number| *number > 0).ok_or(SiteError::NotFound)
}

fn numbers(terms: &[RemoteTerm]) -> Result<Vec<u64>, SiteError> {
    terms.iter().filter(|term| !term.id.is_empty()).map(|term| number(&term.id)).collect()
}

/// The fields of an update.
fn fields(is_page: bool, update: &PostUpdate, way: SeoWay) -> Result<Map<String, Value>, SiteError> {
    let mut fields = Map::new();
    fields.insert("title".to_owned(), json!(plain::stored(&update.title)));
    fields.insert("slug".to_owned(), json!(update.slug));
    fields.insert("content".to_owned(), json!(update.content));
    fields.insert("excerpt".to_owned(), json!(plain::stored(seo::excerpt(update, way))));
    if !is_page {
        // Where none of them is to be had the post keeps the one that every post begins with: without any, WordPress would
        // give it that one again with the next touch, as if somebody had chosen it.
        let categories = numbers(&update.categories)?;
        if !categories.is_empty() || update.categories.is_empty() {
            fields.insert("categories".to_owned(), json!(categories));
        }
        fields.insert("tags".to_owned(), json!(numbers(&update.tags)?));
    }
    let featured = update.featured_media.as_deref().map(number).transpose()?;
    fields.insert("featured_media".to_owned(), json!(featured.unwrap_or(0)));
    match &update.status {
        RemoteStatus::Draft => {
            fields.insert("status".to_owned(), json!("draft"));
            fields.insert("date_gmt".to_owned(), Value::Null);
        }
        RemoteStatus::Publish => {
            fields.insert("status".to_owned(), json!("publish"));
        }
        RemoteStatus::Future(at) => {
            fields.insert("status".to_owned(), json!("future"));
            fields.insert("date_gmt".to_owned(), json!(date_gmt(*at)));
        }
        RemoteStatus::Other(word) => {
            fields.insert("status".to_owned(), json!(word));
        }
    }
    if let Some(meta) = seo::fields(update, way) {
        fields.insert("meta".to_owned(), meta);
    }
    Ok(fields)
}

/// An instant as WordPress writes it: UTC, whole seconds, no zone.
fn date_gmt(at: UtcMs) -> String {
    const MS: i64 = 1000;
    UtcMs(at.0.div_euclid(MS).saturating_mul(MS)).to_rfc3339().trim_end_matches('Z').to_owned()
}

/// What [`date_gmt`] wrote. Drafts without a date have one of zeros, which is none.
pub(crate) fn read_gmt(date: &str) -> Option<UtcMs> {
    UtcMs::from_rfc3339(&format!("{date}Z"))
}

/// A post in an answer with `context=edit`.
#[derive(Deserialize)]
struct Post {
    id: u64,
    #[serde(default)]
    link: String,
    #[serde(default)]
    slug: String,
    status: String,
    title: Raw,
    content: Raw,
    #[serde(default)]
    excerpt: Option<Raw>,
    #[serde(default)]
    author: u64,
    #[serde(default)]
    categories: Vec<u64>,
    #[serde(default)]
    tags: Vec<u64>,
    #[serde(default)]
    featured_media: u64,
    #[serde(default)]
    meta: Value,
    #[serde(default)]
    date_gmt: Option<String>,
    #[serde(default)]
    modified_gmt: Option<String>,
}

/// A text field. Without its raw form the answer is none for an editor, and nothing can be compared with it.
#[derive(Deserialize)]
pub(crate) struct Raw {
    pub(crate) raw: String,
}

pub(crate) fn remote(value: Value, way: SeoWay) -> Result<RemotePost, SiteError> {
    let post: Post = typed(value).ok_or(SiteError::BadReply)?;
    let strings = |ids: Vec<u64>| ids.iter().map(u64::to_string).collect();
    let date = post.date_gmt.as_deref().and_then(read_gmt);
    Ok(RemotePost {
        id: post.id.to_string(),
        url: post.link,
        slug: post.slug,
        title: plain::read(&post.title.raw),
        status: status(post.status, date)?,
        date,
        author: if post.author > 0 { post.author.to_string() } else { String::new() },
        content: post.content.raw,
        excerpt: post.excerpt.map(|excerpt| plain::read(&excerpt.raw)).unwrap_or_default(),
        categories: strings(post.categories),
        tags: strings(post.tags),
        featured_media: (post.featured_media > 0).then(|| post.featured_media.to_string()),
        search: seo::read(&post.meta, way),
        modified: post.modified_gmt.unwrap_or_default(),
    })
}

pub(crate) fn status(word: String, date: Option<UtcMs>) -> Result<RemoteStatus, SiteError> {
    match word.as_str() {
        "draft" => Ok(RemoteStatus::Draft),
        "publish" => Ok(RemoteStatus::Publish),
        "future" => date.map(RemoteStatus::Future).ok_or(SiteError::BadReply),
        _ => Ok(RemoteStatus::Other(word)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_update_says_everything_and_a_page_has_no_terms() {
        let term = |id: &str| RemoteTerm { id: id.to_owned(), name: String::new() };
        let update = PostUpdate {
            slug: "a".to_owned(),
            categories: vec![term("3")],
            tags: vec![term("4"), term("5")],
            featured_media: Some("9".to_owned()),
            status: RemoteStatus::Future(UtcMs(1_795_426_200_999)),
            ..PostUpdate::default()
        };
        let sent = fields(false, &update, SeoWay::Excerpt).unwrap();
        assert_eq!(sent["date_gmt"], "2026-11-23T09:30:00");
        assert_eq!((&sent["categories"], &sent["tags"]), (&json!([3]), &json!([4, 5])));
        assert_eq!((&sent["status"], &sent["featured_media"]), (&json!("future"), &json!(9)));
        let page = fields(true, &update, SeoWay::YoastFields).unwrap();
        assert!(page["meta"].is_object() && sent.get("meta").is_none());
        assert!(page.get("categories").is_none() && page.get("tags").is_none());
        let none = PostUpdate { categories: vec![term("")], tags: vec![term("")], ..PostUpdate::default() };
        let sent = fields(false, &none, SeoWay::Excerpt).unwrap();
        assert_eq!((sent.get("categories"), &sent["tags"]), (None, &json!([])), "none of them is there");
        let draft = fields(false, &PostUpdate::default(), SeoWay::Excerpt).unwrap();
        assert_eq!((&draft["date_gmt"], &draft["featured_media"]), (&Value::Null, &json!(0)));
    }

    #[test]
    fn an_id_that_is_no_number_never_becomes_an_address() {
        for id in ["", "0", "-1", "1/../../users", "1?x", "９"] {
            assert_eq!(item(id, false), Err(SiteError::NotFound), "{id}");
        }
        assert_eq!(item("12", true), Ok("wp/v2/pages/12".to_owned()));
    }

    #[test]
    fn a_post_without_its_raw_text_is_no_answer() {
        let mut post = json!({ "id": 1, "status": "future", "title": { "raw": "t" }, "content": { "raw": "c" },
            "date_gmt": "2026-11-23T09:30:00", "featured_media": 0 });
        let read = remote(post.clone(), SeoWay::Excerpt).unwrap();
        assert_eq!(read.status, RemoteStatus::Future(UtcMs(1_795_426_200_000)));
        assert_eq!(read.featured_media, None);
        post["content"] = json!({ "rendered": "c" });
        assert_eq!(remote(post, SeoWay::Excerpt), Err(SiteError::BadReply));
    }
}
