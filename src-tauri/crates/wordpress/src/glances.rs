//! Many posts at once: how those stand that we know, and which ones a site has beside them. Both are asked for in pages of
//! as many as WordPress gives, and with no field more than is looked at.

use crate::answer::typed;
use crate::connection::Connection;
use crate::plain;
use crate::posts::{self, FIELDS, Raw};
use igny8_core::port::destination::{GLANCES_MAX, PostPage, RemoteGlance, RemotePost, SeoWay, SiteError};
use serde::Deserialize;
use serde_json::Value;

/// States that are asked for. "Any" leaves the trash out.
const STATES: &str = "publish,future,draft,pending,private,trash";

/// What a glance sees.
const GLANCE_FIELDS: &str = "id,slug,status,title.raw,date_gmt,modified_gmt";

/// Posts of a page of a whole list, with their texts: a page of a hundred long articles is more than an answer may be, and
/// one of so many seldom is.
const LISTED_AT_ONCE: u32 = 25;

/// Looks at posts by id. An id that is no number names nothing there.
pub(crate) async fn glance(
    connection: &Connection,
    ids: &[String],
    is_page: bool,
) -> Result<Vec<RemoteGlance>, SiteError> {
    let known: Vec<&str> = ids.iter().map(String::as_str).filter(|id| posts::number(id).is_ok()).collect();
    let mut found = Vec::with_capacity(known.len());
    for some in known.chunks(GLANCES_MAX) {
        let query = [
            ("include", some.join(",")),
            ("per_page", GLANCES_MAX.to_string()),
            ("status", STATES.to_owned()),
            ("context", "edit".to_owned()),
            ("_fields", GLANCE_FIELDS.to_owned()),
        ];
        for post in connection.list(posts::collection(is_page), &query).await? {
            found.push(seen(post)?);
        }
    }
    Ok(found)
}

/// One page of what is public, oldest first, so that a post that is added meanwhile moves no other. A page whose texts are
/// more than an answer may be is read in halves.
pub(crate) async fn list(connection: &Connection, is_page: bool, page: u32) -> Result<PostPage, SiteError> {
    let first = page.saturating_sub(1).saturating_mul(LISTED_AT_ONCE);
    // Still to be read: from where on, and how many; what is next comes last.
    let mut parts = vec![(first, LISTED_AT_ONCE)];
    let (mut posts, mut total) = (Vec::new(), 0);
    while let Some((offset, count)) = parts.pop() {
        match part(connection, is_page, offset, count).await {
            // An answer that is too long is no better than one that cannot be read.
            Err(SiteError::BadReply) if count > 1 => {
                let half = count / 2;
                parts.push((offset.saturating_add(half), count - half));
                parts.push((offset, half));
            }
            answered => {
                let (read, said) = answered?;
                posts.extend(read);
                total = total.max(said.unwrap_or_default());
            }
        }
    }
    let has_more = u32::try_from(posts.len()) == Ok(LISTED_AT_ONCE);
    Ok(PostPage { posts, total, has_more })
}

/// So many posts from one on, with how many there are in all, where the site says it.
async fn part(
    connection: &Connection,
    is_page: bool,
    offset: u32,
    count: u32,
) -> Result<(Vec<RemotePost>, Option<u32>), SiteError> {
    let query = [
        ("offset", offset.to_string()),
        ("per_page", count.to_string()),
        ("orderby", "id".to_owned()),
        ("order", "asc".to_owned()),
        ("status", "publish".to_owned()),
        ("context", "edit".to_owned()),
        ("_fields", FIELDS.to_owned()),
    ];
    let (posts, total) = connection.list_counted(posts::collection(is_page), &query).await?;
    let posts = posts.into_iter().map(|post| posts::remote(post, SeoWay::Excerpt)).collect::<Result<Vec<_>, _>>()?;
    Ok((posts, total))
}

/// A post in an answer to a glance.
#[derive(Deserialize)]
struct Seen {
    id: u64,
    #[serde(default)]
    slug: String,
    status: String,
    title: Raw,
    #[serde(default)]
    date_gmt: Option<String>,
    #[serde(default)]
    modified_gmt: Option<String>,
}

fn seen(value: Value) -> Result<RemoteGlance, SiteError> {
    let post: Seen = typed(value).ok_or(SiteError::BadReply)?;
    let date = post.date_gmt.as_deref().and_then(posts::read_gmt);
    Ok(RemoteGlance {
        id: post.id.to_string(),
        slug: post.slug,
        title: plain::read(&post.title.raw),
        status: posts::status(post.status, date)?,
        date,
        modified: post.modified_gmt.unwrap_or_default(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use igny8_core::port::destination::RemoteStatus;
    use igny8_core::time::UtcMs;
    use serde_json::json;

    #[test]
    fn a_glance_reads_what_it_asked_for() {
        let post = json!({ "id": 7, "slug": "tea", "status": "future", "title": { "raw": "R&amp;D" },
            "date_gmt": "2026-11-23T09:30:00", "modified_gmt": "2026-11-22T09:30:00" });
        let glance = seen(post.clone()).unwrap();
        assert_eq!((glance.id.as_str(), glance.title.as_str()), ("7", "R&D"));
        assert_eq!(glance.status, RemoteStatus::Future(UtcMs(1_795_426_200_000)));
        let mut bare = post;
        bare["title"] = json!({ "rendered": "R&#038;D" });
        assert_eq!(seen(bare), Err(SiteError::BadReply), "not as its editor sees it");
    }
}
