//! Title and description for search results. WordPress has no place for them; what a site has depends on its plugins:
//! fields of a post that the REST interface lets be written, or an address of a plugin's own. Where there is neither, the
//! description goes into the excerpt, which plugins and themes show for want of another, and the title goes nowhere.

use crate::connection::Connection;
use igny8_core::port::destination::{PostUpdate, SearchFields, SeoWay, SiteError};
use scraper::{Html, Selector};
use serde_json::{Map, Value, json};
use url::Url;

/// The namespace Rank Math writes through, and its address there.
pub(crate) const RANK_MATH: &str = "rankmath/v1";
const RANK_MATH_ROUTE: &str = "rankmath/v1/updateMeta";

/// Ways by fields, each with the namespace of the plugin whose fields they are.
const BY_FIELDS: [(SeoWay, &str); 3] = [
    (SeoWay::YoastFields, "yoast/v1"),
    (SeoWay::SeoPressFields, "seopress/v1"),
    (SeoWay::FrameworkFields, "the-seo-framework/v1"),
];

/// The fields of a post that hold title and description.
struct Keys {
    title: &'static str,
    description: &'static str,
}

const fn keys(way: SeoWay) -> Option<Keys> {
    match way {
        SeoWay::YoastFields => Some(Keys { title: "_yoast_wpseo_title", description: "_yoast_wpseo_metadesc" }),
        SeoWay::SeoPressFields => Some(Keys { title: "_seopress_titles_title", description: "_seopress_titles_desc" }),
        SeoWay::FrameworkFields => Some(Keys { title: "_genesis_title", description: "_genesis_description" }),
        SeoWay::RankMath => Some(Keys { title: "rank_math_title", description: "rank_math_description" }),
        SeoWay::Excerpt => None,
    }
}

/// The way of one kind of post. The site's description of its route says which fields can be written; one that it does
/// not name would be dropped without a word. Fields that no plugin of the site's is known to read are the last choice.
pub(crate) async fn way(connection: &Connection, route: &str, has: impl Fn(&str) -> bool) -> SeoWay {
    let described = connection.describe(route).await.unwrap_or_default();
    let fields = described.pointer("/schema/properties/meta/properties");
    let is_named = |way: SeoWay| {
        let key = keys(way).map(|keys| keys.description);
        key.is_some_and(|key| fields.is_some_and(|fields| fields.get(key).is_some()))
    };
    let of_plugin = BY_FIELDS.iter().find(|(way, plugin)| has(plugin) && is_named(*way));
    let of_none = || BY_FIELDS.iter().find(|(way, _)| is_named(*way));
    match of_plugin {
        Some((way, _)) => *way,
        None if has(RANK_MATH) => SeoWay::RankMath,
        None => of_none().map_or(SeoWay::Excerpt, |(way, _)| *way),
    }
}

/// What is asked of a post so that [`read`] finds its fields; empty where there are none.
pub(crate) fn asked(way: SeoWay) -> String {
    keys(way).map(|keys| format!(",meta.{},meta.{}", keys.title, keys.description)).unwrap_or_default()
}

/// What the fields of a post hold. A field that the answer does not name is none that can be read.
pub(crate) fn read(meta: &Value, way: SeoWay) -> SearchFields {
    let text = |key: &str| meta.get(key).and_then(Value::as_str).map(str::to_owned);
    keys(way).map_or_else(SearchFields::default, |keys| SearchFields {
        title: text(keys.title),
        description: text(keys.description),
    })
}

/// The fields of a post as they are written with everything else of it; nothing where they are not written so.
pub(crate) fn fields(update: &PostUpdate, way: SeoWay) -> Option<Value> {
    if way == SeoWay::RankMath {
        return None;
    }
    keys(way).map(|keys| json!({ keys.title: update.meta_title, keys.description: update.meta_description }))
}

/// Writes by Rank Math's own address, before the post is public. A refusal keeps nobody from publishing: what came of it
/// is read back.
pub(crate) async fn write_rank_math(connection: &Connection, id: u64, update: &PostUpdate) {
    let Some(keys) = keys(SeoWay::RankMath) else { return };
    let both = [(keys.title, &update.meta_title), (keys.description, &update.meta_description)];
    // An empty one would delete there what nobody here has seen: the plugin lets them be written and not read.
    let meta: Map<String, Value> = both
        .into_iter()
        .filter(|(_, text)| !text.trim().is_empty())
        .map(|(key, text)| (key.to_owned(), Value::from(text.as_str())))
        .collect();
    if meta.is_empty() {
        return;
    }
    let sent = json!({ "objectType": "post", "objectID": id, "meta": meta });
    if let Err(error) = connection.post(RANK_MATH_ROUTE, sent).await {
        tracing::warn!(%error, "title and description for search results were not taken");
    }
}

/// The summary that a post gets: the description where that has no other place.
pub(crate) fn excerpt(update: &PostUpdate, way: SeoWay) -> &str {
    let is_described = way == SeoWay::Excerpt && !update.meta_description.trim().is_empty();
    if is_described { &update.meta_description } else { &update.excerpt }
}

/// What searchers are given: title and description of the public page. Only what was sent is looked for: a page has a
/// title in any case.
pub(crate) async fn read_page(
    connection: &Connection,
    url: &str,
    sent: &PostUpdate,
) -> Result<SearchFields, SiteError> {
    let url = Url::parse(url).ok().filter(|url| connection.base().same_origin(url)).ok_or(SiteError::BadReply)?;
    let page = connection.get_public(url).await?;
    if !(200..300).contains(&page.status) {
        return Err(SiteError::BadReply);
    }
    let (title, description) = head(&String::from_utf8_lossy(&page.body));
    let if_sent = |sent: &str, found: String| (!sent.trim().is_empty()).then_some(found);
    Ok(SearchFields {
        title: if_sent(&sent.meta_title, title),
        description: if_sent(&sent.meta_description, description),
    })
}

/// Title and description in the head of a page; empty where it has none.
fn head(page: &str) -> (String, String) {
    let page = Html::parse_document(page);
    let first = |selector: &str| {
        let selector = Selector::parse(selector).ok()?;
        page.select(&selector).next()
    };
    let title = first("head title").map(|title| title.text().collect::<String>());
    let described = first("head meta[name=description]").and_then(|meta| meta.attr("content"));
    (title.unwrap_or_default().trim().to_owned(), described.unwrap_or_default().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn update() -> PostUpdate {
        PostUpdate {
            excerpt: "Short.".to_owned(),
            meta_title: "For <searchers>".to_owned(),
            meta_description: "Described".to_owned(),
            ..PostUpdate::default()
        }
    }

    #[test]
    fn what_is_written_into_fields_is_read_out_of_them() {
        for (way, _) in BY_FIELDS {
            let written = fields(&update(), way).unwrap();
            let read = read(&written, way);
            assert_eq!(read.title.as_deref(), Some("For <searchers>"), "{way:?}");
            assert_eq!(read.description.as_deref(), Some("Described"), "{way:?}");
            assert!(asked(way).matches(",meta.").count() == 2 && excerpt(&update(), way) == "Short.", "{way:?}");
        }
        assert_eq!(fields(&update(), SeoWay::RankMath), None, "it has an address of its own");
        // PHP has one empty value for a list and for a table.
        assert_eq!(read(&json!([]), SeoWay::YoastFields), SearchFields::default());
        assert_eq!(read(&json!({ "_yoast_wpseo_title": "" }), SeoWay::YoastFields).title.as_deref(), Some(""));
    }

    #[test]
    fn the_description_is_the_excerpt_where_nothing_else_is() {
        assert_eq!(excerpt(&update(), SeoWay::Excerpt), "Described");
        let undescribed = PostUpdate { meta_description: " ".to_owned(), ..update() };
        assert_eq!(excerpt(&undescribed, SeoWay::Excerpt), "Short.");
        assert_eq!((fields(&update(), SeoWay::Excerpt), asked(SeoWay::Excerpt)), (None, String::new()));
    }

    #[test]
    fn a_page_says_what_searchers_are_given() {
        let page = "<html><head><title>Tea &amp; more\n</title><meta name=\"description\" content=\"All &quot;tea&quot;\">\
            </head><body><svg><title>no</title></svg></body></html>";
        assert_eq!(head(page), ("Tea & more".to_owned(), "All \"tea\"".to_owned()));
        assert_eq!(head("<p>"), (String::new(), String::new()));
    }
}
