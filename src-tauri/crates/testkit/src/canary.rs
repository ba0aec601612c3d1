//! A secret that is looked for wherever it must not be: as it is, and in the forms that programs put texts into without
//! meaning to, such as base 64 in a header and percent signs in an address.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use regex::bytes::Regex;
use std::fs;
use std::path::Path;

/// Secrets, and all that they look like.
pub struct Canary {
    forms: Vec<(String, Vec<u8>)>,
    any: Regex,
}

impl Canary {
    /// Looks for these. Each must be long enough to be nothing else.
    ///
    /// # Panics
    /// For a secret of fewer than 12 characters, which other texts may hold by chance.
    #[must_use]
    pub fn of(secrets: &[&str]) -> Self {
        assert!(secrets.iter().all(|secret| secret.len() >= 12), "too short to be looked for");
        let forms: Vec<(String, Vec<u8>)> = secrets.iter().flat_map(|secret| forms(secret)).collect();
        let words: Vec<String> = forms.iter().map(|(_, bytes)| literal(bytes)).collect();
        let any = Regex::new(&format!("(?-u){}", words.join("|"))).unwrap_or_else(|error| panic!("{error}"));
        Self { forms, any }
    }

    /// The form in which a secret is in these bytes.
    #[must_use]
    pub fn in_bytes(&self, bytes: &[u8]) -> Option<&str> {
        let found = self.any.find(bytes)?.as_bytes();
        self.forms.iter().find(|(_, form)| form == found).map(|(name, _)| name.as_str())
    }

    /// Every file below a folder that holds a secret, by name or by content, with the form it has there.
    ///
    /// # Panics
    /// When a folder cannot be read; a file that cannot, such as a socket, is passed over.
    #[must_use]
    pub fn below(&self, folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        let mut found = Vec::new();
        for path in entries.flatten().map(|entry| entry.path()) {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            found.extend(self.in_bytes(name.as_bytes()).map(|form| format!("name of {}: {form}", path.display())));
            if path.is_dir() {
                found.extend(self.below(&path));
            } else if let Ok(bytes) = fs::read(&path) {
                found.extend(self.in_bytes(&bytes).map(|form| format!("{}: {form}", path.display())));
            }
        }
        found
    }

    /// Every form that is looked for, to be planted.
    #[must_use]
    pub fn forms(&self) -> Vec<(&str, &[u8])> {
        self.forms.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect()
    }
}

fn forms(secret: &str) -> Vec<(String, Vec<u8>)> {
    let bytes = secret.as_bytes();
    let hex = |upper: bool| -> String {
        bytes.iter().map(|byte| if upper { format!("{byte:02X}") } else { format!("{byte:02x}") }).collect()
    };
    let percent = |byte: &u8, upper: bool| if upper { format!("%{byte:02X}") } else { format!("%{byte:02x}") };
    let every = |upper: bool| -> String { bytes.iter().map(|byte| percent(byte, upper)).collect() };
    let some = |upper: bool| -> String {
        let is_plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(byte);
        bytes.iter().map(|b| if is_plain(b) { char::from(*b).to_string() } else { percent(b, upper) }).collect()
    };
    let mut all = vec![
        ("plain".to_owned(), bytes.to_vec()),
        ("backwards".to_owned(), bytes.iter().rev().copied().collect()),
        ("JSON with slashes escaped".to_owned(), secret.replace('/', "\\/").into_bytes()),
        ("UTF-16".to_owned(), secret.encode_utf16().flat_map(u16::to_le_bytes).collect()),
        ("percent".to_owned(), some(true).into_bytes()),
        ("percent, lower case".to_owned(), some(false).into_bytes()),
        ("percent throughout".to_owned(), every(true).into_bytes()),
        ("percent throughout, lower case".to_owned(), every(false).into_bytes()),
        ("hex".to_owned(), hex(false).into_bytes()),
        ("hex, upper case".to_owned(), hex(true).into_bytes()),
    ];
    for before in 0..3 {
        let padded = [&vec![0; before], bytes].concat();
        for (name, text) in
            [("base 64", STANDARD_NO_PAD.encode(&padded)), ("base 64 url", URL_SAFE_NO_PAD.encode(&padded))]
        {
            all.push((
                format!("{name} behind {before} others"),
                whole(&text, before, padded.len()).as_bytes().to_vec(),
            ));
        }
    }
    all.sort_by(|one, other| one.1.cmp(&other.1));
    all.dedup_by(|one, other| one.1 == other.1);
    all
}

/// The characters of a text in base 64 that are made of the secret's bits alone, whatever stands around it.
fn whole(text: &str, before: usize, length: usize) -> &str {
    text.get((before * 8).div_ceil(6)..length * 8 / 6).unwrap_or_default()
}

fn literal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("\\x{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_found_in_every_form_and_anywhere() {
        let canary = Canary::of(&["sk-canary/7f3a+9c41=d2e8"]);
        assert!(canary.forms().len() >= 13, "{:?}", canary.forms());
        for (name, form) in canary.forms() {
            assert_eq!(canary.in_bytes(&[b"before", form, b"behind"].concat()), Some(name));
        }
        for before in ["", "a", "ab", "abc", "admin:"] {
            for behind in ["", "x", "xy"] {
                let text = format!("{before}sk-canary/7f3a+9c41=d2e8{behind}");
                assert!(canary.in_bytes(STANDARD_NO_PAD.encode(&text).as_bytes()).is_some(), "{text}");
            }
        }
        assert_eq!(canary.in_bytes(b"sk-canary/7f3a+9c41=d2e"), None, "all but its end is another");
    }
}
