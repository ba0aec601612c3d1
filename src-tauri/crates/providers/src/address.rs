//! The address of a vendor's interface. Every request is built from it here, so that a key cannot reach an origin other
//! than the stored one, and cannot travel unencrypted: plain `http` is for servers on this machine only.

use std::net::IpAddr;
use url::{Host, Url};

/// Longest address accepted, in bytes; the database holds no longer one.
const BYTES_MAX: usize = 2_000;

/// The root of a vendor's interface, such as `https://api.openai.com/v1/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VendorAddress(Url);

/// Why a text is no address of a vendor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// No address of the web.
    #[error("not an address")]
    NotAnAddress,
    /// Unencrypted, and not on this machine.
    #[error("not encrypted")]
    Unencrypted,
}

impl VendorAddress {
    /// Reads an address as a person types it; without a scheme it is an encrypted one.
    ///
    /// # Errors
    /// [`AddressError`].
    pub fn parse(text: &str) -> Result<Self, AddressError> {
        let text = text.trim();
        let with_scheme = if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
        let mut url = Url::parse(&with_scheme).map_err(|_| AddressError::NotAnAddress)?;
        if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none_or(str::is_empty) {
            return Err(AddressError::NotAnAddress);
        }
        // A word with neither a scheme nor a dot is hardly meant as a name of a host.
        if !text.contains("://") && is_word(&url) {
            return Err(AddressError::NotAnAddress);
        }
        if url.scheme() == "http" && !is_loopback(&url) {
            return Err(AddressError::Unencrypted);
        }
        // A name and a password inside an address would be shown wherever the address is.
        if url.set_username("").and_then(|()| url.set_password(None)).is_err() {
            return Err(AddressError::NotAnAddress);
        }
        url.set_query(None);
        url.set_fragment(None);
        if !url.path().ends_with('/') {
            url.set_path(&format!("{}/", url.path()));
        }
        if url.as_str().len() > BYTES_MAX { Err(AddressError::NotAnAddress) } else { Ok(Self(url)) }
    }

    /// The address as it is stored and shown, without a slash at its end.
    #[must_use]
    pub fn to_text(&self) -> String {
        self.0.as_str().trim_end_matches('/').to_owned()
    }

    /// The address of one of its endpoints, such as `chat/completions`.
    pub(crate) fn endpoint(&self, path: &str) -> Url {
        let mut url = self.0.clone();
        url.set_path(&format!("{}{path}", self.0.path()));
        url
    }

    /// The same below `root`, which a person may have typed as the address's end or left out.
    pub(crate) fn endpoint_below(&self, root: &str, path: &str) -> Url {
        if self.ends_with(root) { self.endpoint(path) } else { self.endpoint(&format!("{root}/{path}")) }
    }

    /// The same below `root`, where a person may have typed `other` in its place.
    pub(crate) fn endpoint_beside(&self, other: &str, root: &str, path: &str) -> Url {
        let mut url = self.endpoint_below(root, path);
        if self.ends_with(other) {
            let before = self.0.path().trim_end_matches('/').strip_suffix(other).unwrap_or_default();
            url.set_path(&format!("{before}{root}/{path}"));
        }
        url
    }

    /// The same of one thing of a kind, whose name may have any characters.
    pub(crate) fn endpoint_of(&self, root: &str, kind: &str, name: &str) -> Url {
        let mut url = self.endpoint_below(root, kind);
        // Only an address that is no base cannot be added to, and such is none of ours.
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.push(name);
        }
        url
    }

    /// The same below `root` along a path whose parts may have any characters.
    pub(crate) fn endpoint_along(&self, root: &str, path: &str) -> Url {
        let mut url = if self.ends_with(root) { self.endpoint("") } else { self.endpoint(root) };
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().extend(path.split('/').filter(|part| !part.is_empty()));
        }
        url
    }

    /// Whether the last part of the path is this.
    pub(crate) fn ends_with(&self, root: &str) -> bool {
        self.0.path().trim_end_matches('/').rsplit('/').next() == Some(root)
    }

    /// The port, where it is not its scheme's own.
    pub(crate) fn port(&self) -> Option<u16> {
        self.0.port()
    }

    /// The host's name.
    pub(crate) fn host(&self) -> &str {
        self.0.host_str().unwrap_or_default()
    }

    /// Whether the host is this one, or one below it.
    pub(crate) fn is_below(&self, host: &str) -> bool {
        self.host().strip_suffix(host).is_some_and(|before| before.is_empty() || before.ends_with('.'))
    }

    /// Whether `url` is of the same scheme, host and port.
    pub(crate) fn same_origin(&self, url: &Url) -> bool {
        self.0.origin() == url.origin()
    }

    /// Whether the vendor is on this machine, where no proxy belongs in between.
    pub(crate) fn is_loopback(&self) -> bool {
        is_loopback(&self.0)
    }
}

/// Whether an address names a host by one word that is not this machine's.
fn is_word(url: &Url) -> bool {
    matches!(url.host(), Some(Host::Domain(name)) if !name.contains('.')) && !is_loopback(url)
}

/// Whether an address names this machine.
fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(ip)) => IpAddr::V4(ip).is_loopback(),
        Some(Host::Ipv6(ip)) => IpAddr::V6(ip).is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endpoints_are_built_below_the_path() {
        for text in
            ["https://api.vendor.example/v1", " api.vendor.example/v1/ ", "https://u:p@api.vendor.example/v1?a=b#c"]
        {
            let address = VendorAddress::parse(text).unwrap();
            assert_eq!(address.endpoint("chat/completions").as_str(), "https://api.vendor.example/v1/chat/completions");
            assert_eq!(address.to_text(), "https://api.vendor.example/v1", "{text}");
            assert_eq!(VendorAddress::parse(&address.to_text()), Ok(address), "the stored form reads back as itself");
        }
    }

    #[test]
    fn an_address_may_end_in_the_root_of_its_endpoints_or_before_it() {
        for text in ["https://api.vendor.example", "https://api.vendor.example/v1/"] {
            let address = VendorAddress::parse(text).unwrap();
            assert_eq!(address.endpoint_below("v1", "messages").as_str(), "https://api.vendor.example/v1/messages");
        }
        let below = VendorAddress::parse("https://proxy.example/far").unwrap();
        let of = |name| below.endpoint_of("v1beta", "models", name).to_string();
        assert_eq!(of("a-1.5:do"), "https://proxy.example/far/v1beta/models/a-1.5:do");
        assert_eq!(of("../x?y#z"), "https://proxy.example/far/v1beta/models/..%2Fx%3Fy%23z", "and stays where it is");
    }

    #[test]
    fn a_path_stays_below_its_root() {
        for text in ["https://api.vendor.example", "https://api.vendor.example/v2/"] {
            let address = VendorAddress::parse(text).unwrap();
            let along = |path| address.endpoint_along("v2", path).to_string();
            assert_eq!(along("image/generate"), "https://api.vendor.example/v2/image/generate");
            assert_eq!(along("/../../x?y#z"), "https://api.vendor.example/v2/x%3Fy%23z", "wherever it leads");
        }
    }

    #[test]
    fn a_key_never_travels_in_the_clear() {
        let insecure = [
            "http://api.vendor.example/v1",
            "http://192.168.1.5:11434",
            "http://nas.local/",
            "http://localhost.evil.example/",
        ];
        for text in insecure {
            assert_eq!(VendorAddress::parse(text), Err(AddressError::Unencrypted), "{text}");
        }
        for text in ["http://localhost:11434/v1", "http://127.0.0.1:8080", "http://[::1]/v1"] {
            assert!(VendorAddress::parse(text).unwrap().is_loopback(), "{text}");
        }
        assert!(VendorAddress::parse("localhost:11434/v1").is_ok(), "this machine is no mere word");
        assert!(VendorAddress::parse("https://models/v1").is_ok(), "whoever writes a scheme means a host");
        for text in ["notaurl", "models:8080/v1", "models/api.v1"] {
            assert_eq!(VendorAddress::parse(text), Err(AddressError::NotAnAddress), "{text}");
        }
        for text in
            ["", "file:///etc/passwd", "ftp://a.example", "https://", &format!("a.example/{}", "x".repeat(2_000))]
        {
            assert_eq!(VendorAddress::parse(text), Err(AddressError::NotAnAddress), "{text}");
        }
    }
}
