//! Where a file may be fetched from that only a vendor's answer names: encrypted, and from the public internet, checked
//! again after the name was resolved.

use igny8_core::reach::is_public;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use std::io;
use std::net::{IpAddr, SocketAddr};
use url::{Host, Url};

/// Resolves names to public addresses only.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PublicOnly;

/// Whether `url` may be asked at all; names are judged again when they are resolved.
pub(crate) fn allows(url: &Url) -> bool {
    let host = match url.host() {
        Some(Host::Domain(_)) => true,
        Some(Host::Ipv4(ip)) => is_public(IpAddr::V4(ip)),
        Some(Host::Ipv6(ip)) => is_public(IpAddr::V6(ip)),
        None => false,
    };
    host && url.scheme() == "https"
}

impl Resolve for PublicOnly {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let all = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let usable: Vec<SocketAddr> = all.filter(|address| is_public(address.ip())).collect();
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
    use std::str::FromStr;

    #[test]
    fn only_encrypted_public_places_are_allowed() {
        let allows = |text: &str| allows(&Url::parse(text).unwrap());
        assert!(allows("https://pictures.vendor.example/a.png?sig=x") && allows("https://93.184.216.34/a.png"));
        for url in
            ["http://pictures.vendor.example/a.png", "https://169.254.169.254/", "https://[::1]/", "file:///etc/x"]
        {
            assert!(!allows(url), "{url}");
        }
    }

    #[tokio::test]
    async fn a_name_that_leads_home_is_not_followed() {
        let resolved = PublicOnly.resolve(Name::from_str("localhost").unwrap()).await;
        assert!(resolved.is_err(), "whatever a vendor calls it");
    }
}
