//! What a site has to publish with: kinds of posts, taxonomies, authors, and how titles and descriptions for search
//! results can be written. Each is asked by itself, and what this user may not see is left out: nothing of it is needed to
//! be let in.

use crate::answer::typed;
use crate::connection::Connection;
use crate::plain;
use crate::seo::{self, RANK_MATH};
use igny8_core::port::destination::{Named, SeoPath, SiteOffers};
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// Authors read: one page, the most WordPress gives.
const AUTHORS_MAX: usize = 100;

/// A kind of posts that WordPress shows pages of, and that no article becomes.
const ATTACHMENT: &str = "attachment";

/// Kinds of posts that articles become, and the routes they have.
const WRITTEN: [(&str, &str); 2] = [("post", "wp/v2/posts"), ("page", "wp/v2/pages")];

/// Namespaces of the plugins that write for search results, with their names.
const SEO_PLUGINS: [(&str, &str); 5] = [
    ("yoast/v1", "Yoast SEO"),
    (RANK_MATH, "Rank Math"),
    ("aioseo/v1", "All in One SEO"),
    ("seopress/v1", "SEOPress"),
    ("the-seo-framework/v1", "The SEO Framework"),
];

/// Asks for all of it. `namespaces` are those of the site's index.
pub(crate) async fn offers(connection: &Connection, namespaces: &[String]) -> SiteOffers {
    let has = |namespace: &str| namespaces.iter().any(|one| one == namespace);
    let plugins = SEO_PLUGINS.iter().filter(|(namespace, _)| has(namespace));
    let (types, taxonomies, authors) =
        tokio::join!(kinds::<Kind>(connection, "types"), kinds::<Kind>(connection, "taxonomies"), authors(connection));
    let post_types: Vec<Named> = types.iter().filter(|kind| kind.has_pages()).map(Kind::named).collect();
    let is_of_those = |kind: &&Kind| kind.types.iter().any(|of| post_types.iter().any(|post_type| post_type.id == *of));
    let taxonomies = taxonomies.iter().filter(|kind| kind.is_public()).filter(is_of_those).map(Kind::named).collect();
    let mut seo_paths = Vec::with_capacity(WRITTEN.len());
    let may_write = |id: &str| post_types.iter().any(|post_type| post_type.id == id);
    for (post_type, route) in WRITTEN.into_iter().filter(|(id, _)| may_write(id)) {
        let way = seo::way(connection, route, has).await;
        seo_paths.push(SeoPath { post_type: post_type.to_owned(), way });
    }
    let seo_plugins = plugins.map(|(_, name)| (*name).to_owned()).collect();
    SiteOffers { post_types, taxonomies, authors, seo_plugins, seo_paths }
}

/// A kind of posts or a taxonomy.
#[derive(Deserialize)]
struct Kind {
    slug: String,
    name: String,
    #[serde(default)]
    viewable: bool,
    #[serde(default)]
    visibility: BTreeMap<String, Value>,
    /// Of a taxonomy: the kinds of posts that have it.
    #[serde(default)]
    types: Vec<String>,
}

impl Kind {
    fn has_pages(&self) -> bool {
        self.viewable && self.slug != ATTACHMENT
    }

    fn is_public(&self) -> bool {
        self.visibility.get("public") == Some(&Value::Bool(true))
    }

    fn named(&self) -> Named {
        Named { id: self.slug.clone(), name: plain::read(&self.name) }
    }
}

/// A list that WordPress answers as an object by name; `_fields` would be read as a choice among those names.
async fn kinds<T: for<'de> Deserialize<'de>>(connection: &Connection, route: &str) -> Vec<T> {
    let answer = connection.get(&format!("wp/v2/{route}"), &[("context", "edit".to_owned())]).await;
    let by_name = answer.ok().and_then(typed::<BTreeMap<String, Value>>).unwrap_or_default();
    by_name.into_values().filter_map(typed).collect()
}

async fn authors(connection: &Connection) -> Vec<Named> {
    let query = [
        // What asks for a capability instead may be asked by administrators only.
        ("who", "authors".to_owned()),
        ("per_page", AUTHORS_MAX.to_string()),
        ("_fields", "id,name".to_owned()),
    ];
    #[derive(Deserialize)]
    struct Author {
        id: u64,
        name: String,
    }
    let found = connection.list("wp/v2/users", &query).await.unwrap_or_default();
    let authors = found.into_iter().filter_map(typed::<Author>);
    authors.map(|author| Named { id: author.id.to_string(), name: plain::read(&author.name) }).collect()
}
