//! Finding the REST interface of an address that a person typed. A status of 200 proves nothing: with plain permalinks
//! `/wp-json/` answers 200 with a page, so only data with the right namespaces counts. No password takes part.

pub(crate) mod links;

use crate::address::{ApiBase, is_local};
use crate::answer::typed;
use crate::connection::{Options, client};
use crate::errors::{Effect, accept, redirected};
use crate::public_only::PublicOnly;
use crate::transport::{Exchange, Overlong, exchange};
use igny8_core::port::SiteError;
use reqwest::Client;
use serde::Deserialize;
use std::sync::Arc;
use url::Url;

/// Redirects followed for one address: http to https, to or from www, into a folder, and two to spare.
const REDIRECTS_MAX: usize = 5;

/// How much of a home page is read: the links stand in its head.
const HOME_BYTES_MAX: usize = 1024 * 1024;

/// The namespace of posts, media and terms.
pub(crate) const NAMESPACE: &str = "wp/v2";

/// A site that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Discovered {
    /// The address its REST interface answers at, to be read by [`ApiBase::parse`].
    pub api_url: String,
    /// Its public address.
    pub home_url: String,
    /// Its name; empty when it tells visitors nothing.
    pub name: String,
}

/// Finds the REST interface of the site at `address`, which may lack its scheme or point at a page inside the site.
///
/// # Errors
/// `Unreachable`, `Tls`, `Busy` and `Redirected` (to where we do not follow) as met; `NotWordPress` when the site
/// answers but none of its addresses is a REST interface, or the more telling reason one of them gave.
pub async fn discover(address: &str, options: Options) -> Result<Discovered, SiteError> {
    let start = typed_address(address)?;
    let visitor = Visitor::new(&start, options)?;
    let (home, page) = visitor.get(start, Overlong::Cut).await?;
    let mut failure = SiteError::NotWordPress;
    for candidate in candidates(&home, &page) {
        match visitor.index(candidate, &home).await {
            Ok(found) => return Ok(found),
            Err(error) if weight(&error) > weight(&failure) => failure = error,
            Err(_) => {}
        }
    }
    Err(failure)
}

/// What the person meant: https unless it is this machine, without pages of the administration.
fn typed_address(text: &str) -> Result<Url, SiteError> {
    let text = text.trim();
    let with_scheme = if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
    let mut url = Url::parse(&with_scheme).map_err(|_| SiteError::NotWordPress)?;
    let scheme_known = matches!(url.scheme(), "http" | "https") && url.host().is_some();
    if !scheme_known || url.set_username("").and_then(|()| url.set_password(None)).is_err() {
        return Err(SiteError::NotWordPress);
    }
    if url.scheme() == "http" && !is_local(&url) && url.set_scheme("https").is_err() {
        return Err(SiteError::NotWordPress);
    }
    url.set_fragment(None);
    url.set_query(None);
    let inside = ["/wp-admin", "/wp-login.php", "/wp-json", "/xmlrpc.php"];
    if let Some(at) = inside.iter().find_map(|page| url.path().find(page)) {
        let above = url.path().get(..=at).unwrap_or("/").to_owned();
        url.set_path(&above);
    }
    Ok(url)
}

/// Addresses to try, in the order of how much they prove.
fn candidates(home: &Url, page: &Exchange) -> Vec<Url> {
    let mut found = links::in_headers(home, &page.headers);
    found.extend(links::in_page(home, &page.body));
    let mut folder = home.clone();
    folder.set_query(None);
    let last = folder.path().rsplit('/').next().unwrap_or_default();
    if !last.is_empty() && !last.contains('.') {
        folder.set_path(&format!("{}/", folder.path()));
    }
    found.extend(
        ["wp-json/", "?rest_route=/", "index.php?rest_route=/"].iter().filter_map(|guess| folder.join(guess).ok()),
    );
    let mut seen = Vec::new();
    found.retain(|url| {
        !seen.contains(url) && {
            seen.push(url.clone());
            true
        }
    });
    found
}

/// How much an error says about why the interface was not found.
fn weight(error: &SiteError) -> u8 {
    match error {
        SiteError::Busy { .. } | SiteError::Auth => 4,
        SiteError::Redirected { .. } | SiteError::Tls => 3,
        SiteError::HtmlInsteadOfJson { status } if *status >= 400 && *status != 404 => 2,
        SiteError::Forbidden { .. } | SiteError::Unknown | SiteError::Unreachable => 1,
        SiteError::HtmlInsteadOfJson { .. }
        | SiteError::NotWordPress
        | SiteError::NotFound
        | SiteError::Rejected { .. }
        | SiteError::BadReply
        | SiteError::Folder
        | SiteError::NoCredentials
        | SiteError::Keyring(_) => 0,
    }
}

/// The fields of an index that we read.
#[derive(Deserialize)]
struct Index {
    namespaces: Vec<String>,
    #[serde(default)]
    name: String,
    #[serde(default)]
    home: String,
}

/// A client without a password that follows redirects itself.
struct Visitor {
    client: Client,
    guard: PublicOnly,
    options: Options,
}

impl Visitor {
    fn new(start: &Url, options: Options) -> Result<Self, SiteError> {
        let guard = PublicOnly::but(start);
        let resolver = Arc::new(guard.clone());
        let client = client(&options, is_local(start), Box::new(move |builder| builder.dns_resolver(resolver)))?;
        Ok(Self { client, guard, options })
    }

    /// Reads an address, following redirects that lead neither out of encryption nor into a private network.
    async fn get(&self, start: Url, overlong: Overlong) -> Result<(Url, Exchange), SiteError> {
        let body_bytes_max = match overlong {
            Overlong::Cut => HOME_BYTES_MAX,
            Overlong::Refuse => self.options.body_bytes_max,
        };
        let mut url = start;
        for _ in 0..=REDIRECTS_MAX {
            let request = self.client.get(url.clone()).build().map_err(|_| SiteError::Unreachable)?;
            let phases = self.options.phases(0);
            let answer = exchange(&self.client, request, phases, body_bytes_max, overlong).await?;
            let Some(location) = answer.location().filter(|_| (300..400).contains(&answer.status)) else {
                return Ok((url, answer));
            };
            let next = url.join(location).map_err(|_| SiteError::BadReply)?;
            let allowed = safe_scheme(&url, &next) && self.guard.allows(&next);
            if !allowed {
                return Err(redirected(Some(next.as_str())));
            }
            url = next;
        }
        Err(redirected(Some(url.as_str())))
    }

    /// Asks one address whether it is a REST interface with posts.
    async fn index(&self, candidate: Url, home: &Url) -> Result<Discovered, SiteError> {
        if !safe_scheme(home, &candidate) || !self.guard.allows(&candidate) {
            return Err(redirected(Some(candidate.as_str())));
        }
        let (url, answer) = self.get(candidate, Overlong::Refuse).await?;
        let value = match accept(&answer, Effect::Read) {
            Ok(value) => value,
            // A site that shows its interface to members only says so in the interface's own words.
            Err(SiteError::Auth) if answer.json().is_some() => {
                return Ok(Discovered {
                    api_url: ApiBase::from_url(url)?.as_url(),
                    home_url: home.to_string(),
                    name: String::new(),
                });
            }
            Err(error) => return Err(error),
        };
        let index: Index = typed(value).ok_or(SiteError::NotWordPress)?;
        if !index.namespaces.iter().any(|namespace| namespace == NAMESPACE) {
            return Err(SiteError::NotWordPress);
        }
        let home_url = if index.home.is_empty() { home.to_string() } else { index.home };
        let name = crate::terms::plain_name(&index.name);
        Ok(Discovered { api_url: ApiBase::from_url(url)?.as_url(), home_url, name })
    }
}

/// Encryption is never given up on the way.
fn safe_scheme(from: &Url, to: &Url) -> bool {
    match to.scheme() {
        "https" => true,
        "http" => from.scheme() == "http" && is_local(to),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_type_addresses_in_many_ways() {
        let typed = |text| typed_address(text).map(|url| url.to_string());
        assert_eq!(typed("a.example"), Ok("https://a.example/".to_owned()));
        assert_eq!(typed(" http://a.example/blog "), Ok("https://a.example/blog".to_owned()));
        assert_eq!(typed("https://a.example/wp-admin/index.php?x=1"), Ok("https://a.example/".to_owned()));
        assert_eq!(typed("https://a.example/b/wp-json/wp/v2"), Ok("https://a.example/b/".to_owned()));
        assert_eq!(typed("http://127.0.0.1:8080"), Ok("http://127.0.0.1:8080/".to_owned()));
        assert_eq!(typed("https://u:p@a.example/"), Ok("https://a.example/".to_owned()));
        for text in ["", "file:///etc/passwd", "ftp://a.example", "http://"] {
            assert_eq!(typed(text), Err(SiteError::NotWordPress), "{text}");
        }
    }

    #[test]
    fn guesses_are_made_below_the_home_page_and_tried_once() {
        let home = Url::parse("https://a.example/blog").unwrap();
        let page = Exchange { status: 200, headers: reqwest::header::HeaderMap::new(), body: Vec::new() };
        let all: Vec<String> = candidates(&home, &page).iter().map(Url::to_string).collect();
        assert_eq!(
            all,
            [
                "https://a.example/blog/wp-json/",
                "https://a.example/blog/?rest_route=/",
                "https://a.example/blog/index.php?rest_route=/"
            ]
        );
    }
}
