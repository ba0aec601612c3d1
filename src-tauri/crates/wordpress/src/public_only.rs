//! Which addresses a site may send us to while it is being looked for. The address a person typed may be anywhere,
//! their own network included; an address that only a remote answer names must be public, checked after the name was
//! resolved, so that no site can make this computer read from its owner's network.

use igny8_core::reach::is_public;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use std::io;
use std::net::{IpAddr, SocketAddr};
use url::{Host, Url};

/// Resolves the trusted name freely and every other name to public addresses only.
#[derive(Clone, Debug)]
pub(crate) struct PublicOnly {
    trusted: String,
}

impl PublicOnly {
    /// Trusts the host of the address a person typed.
    pub(crate) fn but(url: &Url) -> Self {
        Self { trusted: url.host_str().unwrap_or_default().to_owned() }
    }

    /// Whether `url` may be asked at all; names are judged again when they are resolved.
    pub(crate) fn allows(&self, url: &Url) -> bool {
        if url.host_str() == Some(self.trusted.as_str()) {
            return true;
        }
        match url.host() {
            Some(Host::Domain(_)) => !crate::address::is_local(url),
            Some(Host::Ipv4(ip)) => is_public(IpAddr::V4(ip)),
            Some(Host::Ipv6(ip)) => is_public(IpAddr::V6(ip)),
            None => false,
        }
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

    #[test]
    fn only_the_typed_host_may_be_private() {
        let url = |text: &str| Url::parse(text).unwrap();
        let guard = PublicOnly::but(&url("http://192.168.1.5/"));
        assert!(guard.allows(&url("http://192.168.1.5/wp-json/")));
        assert!(!guard.allows(&url("http://192.168.1.6/")));
        assert!(!guard.allows(&url("http://169.254.169.254/latest/meta-data/")));
        assert!(!guard.allows(&url("http://localhost/")) && !guard.allows(&url("https://nas.local/")));
        assert!(guard.allows(&url("https://example.com/")));
    }
}
