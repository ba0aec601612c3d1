//! The address of a site's REST interface. It comes in two forms, a path (`/wp-json/`) and a query parameter
//! (`?rest_route=/`), and everything sent with a password is built from it here, so that a password cannot reach an
//! origin other than the stored one.

use igny8_core::port::SiteError;
use std::net::IpAddr;
use url::{Host, Url};

/// The root of a REST interface that was found and confirmed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiBase {
    root: Url,
    form: Form,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// Routes are appended to the path.
    Path,
    /// Routes are the value of `rest_route`.
    Query,
}

/// The query parameter that carries the route where a site has no path for it.
const REST_ROUTE: &str = "rest_route";

impl ApiBase {
    /// Reads a stored address, such as `https://site.example/wp-json/` or `https://site.example/index.php?rest_route=/`.
    ///
    /// # Errors
    /// `NotWordPress` when it is no address of the web, `Tls` when it would send a password unencrypted: plain `http`
    /// is for this machine and `.local` names only.
    pub fn parse(text: &str) -> Result<Self, SiteError> {
        Self::from_url(Url::parse(text.trim()).map_err(|_| SiteError::NotWordPress)?)
    }

    pub(crate) fn from_url(mut root: Url) -> Result<Self, SiteError> {
        if !matches!(root.scheme(), "http" | "https") || root.host().is_none() {
            return Err(SiteError::NotWordPress);
        }
        if root.scheme() == "http" && !is_local(&root) {
            return Err(SiteError::Tls);
        }
        // Names and passwords inside an address would be shown wherever the address is.
        if root.set_username("").and_then(|()| root.set_password(None)).is_err() {
            return Err(SiteError::NotWordPress);
        }
        root.set_fragment(None);
        if root.query_pairs().any(|(name, _)| name == REST_ROUTE) {
            let others = owned_pairs(&root).into_iter().filter(|(name, _)| name != REST_ROUTE && name != "_fields");
            set_pairs(&mut root, others.collect());
            return Ok(Self { root, form: Form::Query });
        }
        root.set_query(None);
        if !root.path().ends_with('/') {
            root.set_path(&format!("{}/", root.path()));
        }
        Ok(Self { root, form: Form::Path })
    }

    /// The full address of a route, such as `wp/v2/posts`, with query parameters.
    pub(crate) fn route(&self, route: &str, query: &[(&str, String)]) -> Url {
        let mut url = self.root.clone();
        let mut pairs = owned_pairs(&url);
        match self.form {
            Form::Path => url.set_path(&format!("{}{route}", self.root.path())),
            Form::Query => pairs.push((REST_ROUTE.to_owned(), format!("/{route}"))),
        }
        pairs.extend(query.iter().map(|(name, value)| ((*name).to_owned(), value.clone())));
        set_pairs(&mut url, pairs);
        url
    }

    /// The address as it is stored and shown.
    #[must_use]
    pub fn as_url(&self) -> String {
        self.route("", &[]).to_string()
    }

    /// Whether `url` is of the same scheme, host and port.
    pub(crate) fn same_origin(&self, url: &Url) -> bool {
        self.root.origin() == url.origin()
    }

    /// The address of the site around the interface. `home` is what the site says of itself; where that names another
    /// place, it is the folder the interface is in.
    pub(crate) fn site_url(&self, home: &str) -> String {
        let named = Url::parse(home).ok().filter(|home| place(home) == place(&self.root));
        let mut url = named.unwrap_or_else(|| self.folder());
        // A site behind a proxy often believes that it has no encryption.
        let _ = url.set_scheme(self.root.scheme());
        let _ = url.set_username("").and_then(|()| url.set_password(None));
        url.set_query(None);
        url.set_fragment(None);
        url.as_str().trim_end_matches('/').to_owned()
    }

    fn folder(&self) -> Url {
        let mut url = self.root.clone();
        let path = match self.form {
            Form::Path => url.path().trim_end_matches('/'),
            Form::Query => url.path(),
        };
        let above = path.rsplit_once('/').map_or("/", |(above, _)| above).to_owned();
        url.set_path(&above);
        url
    }

    /// Whether the interface is on this machine or in its local network by name, where no proxy belongs in between.
    pub(crate) fn is_local(&self) -> bool {
        is_local(&self.root)
    }
}

/// The place a site's address names, however it is written: host, port and path. A site that moves from `http` to
/// `https`, or to its name with `www.`, is the same site.
#[must_use]
pub fn site_address(text: &str) -> String {
    let Some(url) = typed(text) else { return text.trim().to_owned() };
    let host = url.host_str().unwrap_or_default();
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    format!("{}{port}{}", host.strip_prefix("www.").unwrap_or(host), url.path().trim_end_matches('/'))
}

/// Whether two addresses, however they are written, belong to one owner as far as a password is concerned: the same port
/// of the same host, with or without `www.`. Names of this machine are one host.
#[must_use]
pub fn same_place(one: &str, other: &str) -> bool {
    let place = |text: &str| typed(text).map(|url| place(&url));
    place(one).is_some_and(|one| place(other) == Some(one))
}

/// An address as a person types it; the secure scheme goes without saying.
pub(crate) fn typed(text: &str) -> Option<Url> {
    let text = text.trim();
    let whole = if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
    Url::parse(&whole).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.host().is_some())
}

/// Host and port as [`same_place`] compares them; no port is that of the scheme.
pub(crate) fn place(url: &Url) -> (String, Option<u16>) {
    let is_machine = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    };
    let host = url.host_str().unwrap_or_default();
    let host = if is_machine { "localhost" } else { host.strip_prefix("www.").unwrap_or(host) };
    (host.to_owned(), url.port())
}

/// Whether what is sent there is sent encrypted, or does not leave this machine and its local names.
pub(crate) fn is_encrypted(url: &Url) -> bool {
    url.scheme() == "https" || (url.scheme() == "http" && is_local(url))
}

/// Whether an address names this machine or a `.local` name.
pub(crate) fn is_local(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost") || name.ends_with(".local"),
        Some(Host::Ipv4(ip)) => IpAddr::V4(ip).is_loopback(),
        Some(Host::Ipv6(ip)) => IpAddr::V6(ip).is_loopback(),
        None => false,
    }
}

fn owned_pairs(url: &Url) -> Vec<(String, String)> {
    url.query_pairs().map(|(name, value)| (name.into_owned(), value.into_owned())).collect()
}

fn set_pairs(url: &mut Url, pairs: Vec<(String, String)>) {
    if pairs.is_empty() {
        url.set_query(None);
    } else {
        url.query_pairs_mut().clear().extend_pairs(pairs);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_the_same_however_it_is_written_and_another_one_is_not() {
        for written in ["tea.example", "https://tea.example/", "http://www.TEA.example", " https://tea.example:443 "] {
            assert_eq!(site_address(written), "tea.example", "{written}");
        }
        assert_eq!(site_address("https://tea.example/blog/"), "tea.example/blog");
        assert_eq!(site_address("http://127.0.0.1:8080"), "127.0.0.1:8080");
        assert_eq!(site_address("https://:"), "https://:", "what is no address stands for itself");
    }

    #[test]
    fn a_password_of_one_address_is_good_for_its_other_spellings_only() {
        for other in ["tea.example/blog", "http://www.tea.example", "https://TEA.example:443/?p=1"] {
            assert!(same_place("https://tea.example", other), "{other}");
        }
        let others = ["https://tea.example:8443", "https://blog.tea.example", "https://tea.example.evil", "nonsense:"];
        for other in others {
            assert!(!same_place("https://tea.example", other), "{other}");
        }
        assert!(
            same_place("http://localhost:81", "http://127.0.0.1:81/") && !same_place("localhost:81", "localhost:82")
        );
        assert!(!same_place("", ""), "what is no address is no place");
    }

    #[test]
    fn the_site_is_where_it_says_it_is_or_around_its_interface() {
        let site = |root: &str, home: &str| ApiBase::parse(root).unwrap().site_url(home);
        assert_eq!(site("https://www.a.example/wp-json/", "https://a.example/"), "https://a.example");
        assert_eq!(site("https://a.example/blog/wp-json/", "http://a.example/blog"), "https://a.example/blog");
        assert_eq!(site("https://a.example/blog/data/", "https://other.example"), "https://a.example/blog");
        assert_eq!(site("https://a.example/blog/index.php?rest_route=/", ""), "https://a.example/blog");
        assert_eq!(site("https://a.example/?rest_route=/", ""), "https://a.example");
    }

    fn route(base: &str) -> String {
        ApiBase::parse(base).unwrap().route("wp/v2/posts", &[("slug", "a b".to_owned())]).to_string()
    }

    #[test]
    fn both_forms_join_routes_and_parameters() {
        assert_eq!(route("https://a.example/wp-json"), "https://a.example/wp-json/wp/v2/posts?slug=a+b");
        assert_eq!(
            route("https://a.example/blog/index.php?rest_route=/"),
            "https://a.example/blog/index.php?rest_route=%2Fwp%2Fv2%2Fposts&slug=a+b"
        );
        assert_eq!(
            route("https://a.example/?lang=en&rest_route=%2F"),
            "https://a.example/?lang=en&rest_route=%2Fwp%2Fv2%2Fposts&slug=a+b"
        );
    }

    #[test]
    fn the_stored_form_reads_back_as_itself() {
        for text in ["https://a.example/wp-json/", "https://a.example/?rest_route=%2F", "http://127.0.0.1:81/x/"] {
            let base = ApiBase::parse(text).unwrap();
            assert_eq!(base.as_url(), text);
            assert_eq!(ApiBase::parse(&base.as_url()).unwrap(), base);
        }
    }

    #[test]
    fn a_password_never_travels_in_the_clear() {
        assert_eq!(ApiBase::parse("http://a.example/wp-json/"), Err(SiteError::Tls));
        assert_eq!(ApiBase::parse("http://192.168.1.5/wp-json/"), Err(SiteError::Tls));
        assert_eq!(ApiBase::parse("http://localhost.evil.example/"), Err(SiteError::Tls));
        assert!(ApiBase::parse("http://localhost:8080/wp-json/").is_ok());
        assert!(ApiBase::parse("http://[::1]/wp-json/").is_ok());
        assert!(ApiBase::parse("http://blog.local/wp-json/").is_ok());
        assert_eq!(ApiBase::parse("file:///etc/passwd"), Err(SiteError::NotWordPress));
        assert_eq!(ApiBase::parse("nonsense"), Err(SiteError::NotWordPress));
        assert_eq!(ApiBase::parse("https://u:p@a.example/wp-json/").unwrap().as_url(), "https://a.example/wp-json/");
    }
}
