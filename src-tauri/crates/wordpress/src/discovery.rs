//! Finding the REST interface of an address that a person typed. A status of 200 proves nothing: with plain permalinks
//! `/wp-json/` answers 200 with a page, so only data with the right namespaces counts. No password takes part.

pub(crate) mod links;

use crate::address::{self, ApiBase, is_local};
use crate::answer::typed;
use crate::connection::{Options, client};
use crate::errors::{Effect, accept, redirected};
use crate::public_only::PublicOnly;
use crate::transport::{Exchange, Overlong, exchange};
use igny8_core::port::SiteError;
use reqwest::Client;
use serde::Deserialize;
use serde_json::Value;
use std::sync::Arc;
use url::Url;

/// Redirects followed for one address: http to https, to or from www, into a folder, and two to spare.
const REDIRECTS_MAX: usize = 5;

/// Folders in which the interface is looked for where no page names it: those nearest to what was typed, and the root.
const FOLDERS_MAX: usize = 4;

/// Where the interface stands below the site's own folder, unless it was renamed.
const GUESSES: [&str; 3] = ["wp-json/", "?rest_route=/", "index.php?rest_route=/"];

/// Addresses below a site's folder that are none of its pages.
const INSIDE: [&str; 7] =
    ["wp-admin", "wp-login.php", "wp-json", "xmlrpc.php", "wp-content", "wp-includes", "index.php"];

/// How much of a home page is read: the links stand in its head.
const HOME_BYTES_MAX: usize = 1024 * 1024;

/// The namespace of posts, media and terms.
pub(crate) const NAMESPACE: &str = "wp/v2";

/// A site that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Discovered {
    /// The address its REST interface answers at, to be read by [`ApiBase::parse`].
    pub api_url: String,
    /// Its address as it is stored: of the same place as the one that was typed.
    pub home_url: String,
    /// Its name; empty when it tells visitors nothing.
    pub name: String,
    /// The page where it asks whether a program may sign in, as it names it; absent where it has no application
    /// passwords, or tells visitors nothing.
    pub authorize_url: Option<String>,
}

/// Finds the REST interface of the site at `address`, which may lack its scheme or point at a page inside the site.
///
/// # Errors
/// `Unreachable`, `Tls`, `Busy` and `Redirected` (to another place, which a person must have typed before it gets a
/// password) as met; `NotWordPress` when the site
/// answers but none of its addresses is a REST interface, or the more telling reason one of them gave.
pub async fn discover(address: &str, options: Options) -> Result<Discovered, SiteError> {
    let start = typed_address(address)?;
    let visitor = Visitor::new(&start, options)?;
    let (home, page) = visitor.home(start).await?;
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
pub(crate) fn typed_address(text: &str) -> Result<Url, SiteError> {
    let mut url = address::typed(text).ok_or(SiteError::NotWordPress)?;
    if url.set_username("").and_then(|()| url.set_password(None)).is_err() {
        return Err(SiteError::NotWordPress);
    }
    if url.scheme() == "http" && !is_local(&url) && url.set_scheme("https").is_err() {
        return Err(SiteError::NotWordPress);
    }
    url.set_fragment(None);
    url.set_query(None);
    let segments: Vec<&str> = url.path().split('/').collect();
    if let Some(at) = segments.iter().position(|segment| INSIDE.contains(segment)) {
        let above = format!("{}/", segments.get(..at).unwrap_or_default().join("/"));
        url.set_path(&above);
    }
    Ok(url)
}

/// The same site under its name with `www.`, or without. Some have a certificate or an address for one of them only.
fn twin(url: &Url) -> Option<Url> {
    let name = url.domain().filter(|name| name.contains('.') && !is_local(url))?;
    let other = name.strip_prefix("www.").map_or_else(|| format!("www.{name}"), str::to_owned);
    let mut twin = url.clone();
    twin.set_host(Some(&other)).ok()?;
    Some(twin)
}

/// Addresses to try, in the order of how much they prove.
pub(crate) fn candidates(home: &Url, page: &Exchange) -> Vec<Url> {
    let mut found = links::in_headers(home, &page.headers);
    found.extend(links::in_page(home, &page.body));
    let folders = folders(home);
    // By guess first: a site answers the form with a parameter at each of its pages, and only one of them is its own.
    for guess in GUESSES {
        found.extend(folders.iter().filter_map(|folder| folder.join(guess).ok()));
    }
    let mut seen = Vec::new();
    found.retain(|url| {
        !seen.contains(url) && {
            seen.push(url.clone());
            true
        }
    });
    found
}

/// The folder of a page and those above it, for a page that does not say where its site is.
fn folders(home: &Url) -> Vec<Url> {
    let mut folder = home.clone();
    folder.set_query(None);
    let last = folder.path().rsplit('/').next().unwrap_or_default();
    if !last.is_empty() && !last.contains('.') {
        folder.set_path(&format!("{}/", folder.path()));
    }
    let mut above = vec![folder.join("./").unwrap_or_else(|_| folder.clone())];
    while let Some(next) = above.last().and_then(|folder| folder.join("../").ok()).filter(|next| !above.contains(next))
    {
        above.push(next);
    }
    let root = above.pop();
    above.truncate(FOLDERS_MAX.saturating_sub(1));
    above.extend(root);
    above
}

/// How much an error says about why the interface was not found.
fn weight(error: &SiteError) -> u8 {
    match error {
        SiteError::Busy { .. } | SiteError::Auth => 4,
        SiteError::Redirected { .. } | SiteError::Tls => 3,
        SiteError::HtmlInsteadOfJson { status } if *status >= 400 && *status != 404 => 2,
        SiteError::Forbidden { .. } | SiteError::Unknown | SiteError::ServerError { .. } | SiteError::Unreachable => 1,
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
    /// Ways to sign in by name; an empty list where there is none.
    #[serde(default)]
    authentication: Value,
}

/// Where the index names the page of consent.
const AUTHORIZE_PAGE: &str = "/application-passwords/endpoints/authorization";

/// A client without a password that follows redirects itself.
pub(crate) struct Visitor {
    pub(crate) client: Client,
    guard: PublicOnly,
    options: Options,
}

impl Visitor {
    pub(crate) fn new(start: &Url, options: Options) -> Result<Self, SiteError> {
        let guard = PublicOnly::but(start);
        let resolver = Arc::new(guard.clone());
        let client = client(&options, is_local(start), Box::new(move |builder| builder.dns_resolver(resolver)))?;
        Ok(Self { client, guard, options })
    }

    /// Reads the page that was typed, or the same one with or without `www.` where it cannot be had.
    pub(crate) async fn home(&self, start: Url) -> Result<(Url, Exchange), SiteError> {
        let twin = twin(&start);
        match (self.get(start, Overlong::Cut).await, twin) {
            (Err(error @ (SiteError::Unreachable | SiteError::Tls)), Some(twin)) => {
                self.get(twin, Overlong::Cut).await.map_err(|_| error)
            }
            (got, _) => got,
        }
    }

    /// Reads an address, following redirects that lead neither out of encryption nor to another place.
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
        let (url, answer) = self.ask(candidate, home).await?;
        read_index(url, &answer)
    }

    /// Reads an address that only an answer named.
    pub(crate) async fn ask(&self, candidate: Url, home: &Url) -> Result<(Url, Exchange), SiteError> {
        if !safe_scheme(home, &candidate) || !self.guard.allows(&candidate) {
            return Err(redirected(Some(candidate.as_str())));
        }
        self.get(candidate, Overlong::Refuse).await
    }
}

/// The site behind an answer of the address of its interface.
pub(crate) fn read_index(url: Url, answer: &Exchange) -> Result<Discovered, SiteError> {
    let value = match accept(answer, Effect::Read) {
        Ok(value) => value,
        // A site that shows its interface to members only says so in the interface's own words.
        Err(SiteError::Auth) if answer.json().is_some() => {
            let base = ApiBase::from_url(url)?;
            let (api_url, home_url) = (base.as_url(), base.site_url(""));
            return Ok(Discovered { api_url, home_url, name: String::new(), authorize_url: None });
        }
        Err(error) => return Err(error),
    };
    let index: Index = typed(value).ok_or(SiteError::NotWordPress)?;
    if !index.namespaces.iter().any(|namespace| namespace == NAMESPACE) {
        return Err(SiteError::NotWordPress);
    }
    let base = ApiBase::from_url(url)?;
    let name = crate::plain::read(&index.name);
    let authorize_url = index.authentication.pointer(AUTHORIZE_PAGE).and_then(Value::as_str).map(str::to_owned);
    Ok(Discovered { api_url: base.as_url(), home_url: base.site_url(&index.home), name, authorize_url })
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
        assert_eq!(typed("https://a.example/wp-administrators"), Ok("https://a.example/wp-administrators".to_owned()));
        assert_eq!(typed("https://a.example/b/wp-json/wp/v2"), Ok("https://a.example/b/".to_owned()));
        assert_eq!(typed("http://127.0.0.1:8080"), Ok("http://127.0.0.1:8080/".to_owned()));
        assert_eq!(typed("https://u:p@a.example/"), Ok("https://a.example/".to_owned()));
        for text in ["", "file:///etc/passwd", "ftp://a.example", "http://"] {
            assert_eq!(typed(text), Err(SiteError::NotWordPress), "{text}");
        }
    }

    fn guesses(home: &str) -> Vec<String> {
        let page = Exchange { status: 200, headers: reqwest::header::HeaderMap::new(), body: Vec::new() };
        candidates(&Url::parse(home).unwrap(), &page).iter().map(Url::to_string).collect()
    }

    #[test]
    fn guesses_are_made_from_the_page_upwards_and_tried_once() {
        let all = [
            "https://a.example/blog/wp-json/",
            "https://a.example/wp-json/",
            "https://a.example/blog/?rest_route=/",
            "https://a.example/?rest_route=/",
            "https://a.example/blog/index.php?rest_route=/",
            "https://a.example/index.php?rest_route=/",
        ];
        assert_eq!(guesses("https://a.example/blog"), all);
        assert_eq!(guesses("https://a.example/blog/a.html"), all);
        let deep = guesses("https://a.example/1/2/3/4/5/");
        assert_eq!(deep.len(), FOLDERS_MAX * GUESSES.len());
        assert_eq!(deep.last().map(String::as_str), Some("https://a.example/index.php?rest_route=/"));
    }

    #[test]
    fn a_name_has_a_twin_and_a_number_has_none() {
        let other = |text: &str| twin(&Url::parse(text).unwrap()).map(|url| url.to_string());
        assert_eq!(other("https://a.example/b").as_deref(), Some("https://www.a.example/b"));
        assert_eq!(other("https://www.a.example/b").as_deref(), Some("https://a.example/b"));
        assert_eq!((other("https://127.0.0.1/"), other("https://localhost/")), (None, None));
    }
}
