//! Which addresses a site may send us to while it is being looked for. The address a person typed may be anywhere,
//! their own network included; an address that only a remote answer names must be of the same place, since what is found
//! there gets the password, and public, checked after the name was resolved, so that no site can make this computer read
//! from its owner's network.

use crate::address::place;
use igny8_core::reach::is_public;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use std::io;
use std::net::SocketAddr;
use url::Url;

/// Resolves the trusted name freely and every other name to public addresses only.
#[derive(Clone, Debug)]
pub(crate) struct PublicOnly {
    trusted: String,
    place: (String, Option<u16>),
}

impl PublicOnly {
    /// Trusts the host of the address a person typed.
    pub(crate) fn but(url: &Url) -> Self {
        Self { trusted: url.host_str().unwrap_or_default().to_owned(), place: place(url) }
    }

    /// Whether `url` may be asked at all; names are judged again when they are resolved.
    pub(crate) fn allows(&self, url: &Url) -> bool {
        place(url) == self.place
    }
}

impl Resolve for PublicOnly {
    fn resolve(&self, name: Name) -> Resolving {
        let trusted = name.as_str() == self.trusted;
        Box::pin(async move {
            let all = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let usable: Vec<SocketAddr> = all.filter(|address| trusted || is_public(address.ip())).collect();
            if usable.is_empty() {
                return Err(io::Error::from(io::ErrorKind::AddrNotAvailable).into());
            }
            Ok(Box::new(usable.into_iter()) as Addrs)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    #[test]
    fn only_the_typed_place_is_asked() {
        let guard = PublicOnly::but(&url("http://192.168.1.5/"));
        assert!(guard.allows(&url("http://192.168.1.5/wp-json/")));
        let others = ["http://192.168.1.6/", "http://169.254.169.254/latest/meta-data/", "http://localhost/"];
        for other in others {
            assert!(!guard.allows(&url(other)), "{other}");
        }
        let guard = PublicOnly::but(&url("https://tea.example/"));
        assert!(guard.allows(&url("https://www.tea.example/wp-json/")));
        for other in ["https://nas.local/", "https://127.0.0.1/", "https://tea.example:8443/", "https://b.example/"] {
            assert!(!guard.allows(&url(other)), "{other}");
        }
    }

    #[tokio::test]
    async fn a_name_that_only_an_answer_gave_must_lead_into_the_public_internet() {
        let resolve = |typed: &str, name: &str| PublicOnly::but(&url(typed)).resolve(name.parse().unwrap());
        assert!(resolve("http://localhost/", "localhost").await.is_ok(), "a person may have a site at home");
        assert!(resolve("https://www.localhost.example/", "localhost").await.is_err());
    }
}
