//! Categories and tags by name. WordPress stores names with their ampersands escaped, searches by part of a name and
//! refuses a name it has, naming the term that has it. A tag is therefore made without a look: one request, whether it is
//! there or not. A category is looked for first, since one of the same name may stand below another one, where WordPress
//! would not see it.

use crate::answer::typed;
use crate::connection::{Body, Connection};
use crate::errors::{Effect, accept};
use crate::plain;
use crate::posts::number;
use igny8_core::port::destination::{RemoteTerm, SiteError, Taxonomy};
use serde::Deserialize;
use serde_json::{Value, json};

/// Terms per page: WordPress allows no more.
const PAGE_TERMS: usize = 100;

/// Pages of search results read for one name. A name that is part of more than five hundred others is made instead,
/// which answers with the existing one.
const PAGES_MAX: usize = 5;

/// The code of a refusal to make a term, to who may only use those there are.
const MAKING_REFUSED: &str = "rest_cannot_create";

/// The terms of those names in their order, without an id where there is none and we may make none; blank names are left
/// out.
pub(crate) async fn ensure(
    connection: &Connection,
    taxonomy: Taxonomy,
    names: &[String],
) -> Result<Vec<RemoteTerm>, SiteError> {
    let mut terms: Vec<RemoteTerm> = Vec::with_capacity(names.len());
    for name in names.iter().map(|name| name.trim()).filter(|name| !name.is_empty()) {
        let known = terms.iter().find(|term| term.name.to_lowercase() == name.to_lowercase()).cloned();
        if let Some(known) = known {
            terms.push(known);
            continue;
        }
        let made = match taxonomy {
            Taxonomy::Category => found_or_made(connection, taxonomy, name).await,
            Taxonomy::Tag => create(connection, taxonomy, name).await,
        };
        terms.push(match made {
            // Who may not make terms may still use those there are, and publish without the others.
            Err(SiteError::Forbidden { code }) if code == MAKING_REFUSED => {
                let there = match taxonomy {
                    Taxonomy::Category => None,
                    Taxonomy::Tag => find(connection, taxonomy, name).await?,
                };
                there.unwrap_or_else(|| RemoteTerm { id: String::new(), name: name.to_owned() })
            }
            made => made?,
        });
    }
    Ok(terms)
}

/// The terms of those ids; what is no id of a term is left out.
pub(crate) async fn names(
    connection: &Connection,
    taxonomy: Taxonomy,
    ids: &[String],
) -> Result<Vec<RemoteTerm>, SiteError> {
    let wanted: Vec<&str> = ids.iter().map(String::as_str).filter(|id| number(id).is_ok()).take(PAGE_TERMS).collect();
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let query =
        [("include", wanted.join(",")), ("per_page", PAGE_TERMS.to_string()), ("_fields", "id,name".to_owned())];
    let found = connection.list(route(taxonomy), &query).await?;
    Ok(found.into_iter().filter_map(typed::<Term>).map(Term::remote).collect())
}

async fn found_or_made(connection: &Connection, taxonomy: Taxonomy, name: &str) -> Result<RemoteTerm, SiteError> {
    match find(connection, taxonomy, name).await? {
        Some(term) => Ok(term),
        None => create(connection, taxonomy, name).await,
    }
}

async fn find(connection: &Connection, taxonomy: Taxonomy, name: &str) -> Result<Option<RemoteTerm>, SiteError> {
    for page in 1..=PAGES_MAX {
        let query = [
            ("search", plain::stored(name)),
            ("per_page", PAGE_TERMS.to_string()),
            ("page", page.to_string()),
            ("_fields", "id,name".to_owned()),
        ];
        let found = connection.list(route(taxonomy), &query).await?;
        let last = found.len() < PAGE_TERMS;
        let terms = found.into_iter().map(typed::<Term>).collect::<Option<Vec<_>>>().ok_or(SiteError::BadReply)?;
        let wanted = name.to_lowercase();
        let same = terms.into_iter().map(Term::remote).find(|term| term.name.to_lowercase() == wanted);
        if same.is_some() || last {
            return Ok(same);
        }
    }
    Ok(None)
}

/// A name that is there makes no second term, so a request whose answer was lost is sent once more.
async fn create(connection: &Connection, taxonomy: Taxonomy, name: &str) -> Result<RemoteTerm, SiteError> {
    let make = || connection.post_raw(route(taxonomy), &[], Body::Json(json!({ "name": name })));
    let exchange = match make().await {
        Err(SiteError::Unknown) => make().await?,
        answered => answered?,
    };
    if let Some(id) = exchange.json().and_then(|value| existing(&value)) {
        return Ok(RemoteTerm { id: id.to_string(), name: name.to_owned() });
    }
    let made: Term = typed(accept(&exchange, Effect::Write)?).ok_or(SiteError::BadReply)?;
    Ok(made.remote())
}

/// The id in WordPress's refusal of a name it has.
fn existing(value: &Value) -> Option<u64> {
    let refused = value.get("code")?.as_str()? == "term_exists";
    value.get("data")?.get("term_id")?.as_u64().filter(|id| refused && *id > 0)
}

fn route(taxonomy: Taxonomy) -> &'static str {
    match taxonomy {
        Taxonomy::Category => "wp/v2/categories",
        Taxonomy::Tag => "wp/v2/tags",
    }
}

/// A term in an answer.
#[derive(Deserialize)]
struct Term {
    id: u64,
    name: String,
}

impl Term {
    fn remote(self) -> RemoteTerm {
        RemoteTerm { id: self.id.to_string(), name: plain::read(&self.name) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_refusal_of_an_existing_name_gives_an_id() {
        let answer = |code: &str| json!({ "code": code, "message": "m", "data": { "status": 400, "term_id": 7 } });
        assert_eq!(existing(&answer("term_exists")), Some(7));
        assert_eq!(existing(&answer("rest_cannot_create")), None);
        assert_eq!(existing(&json!({ "code": "term_exists", "data": null })), None);
    }
}
