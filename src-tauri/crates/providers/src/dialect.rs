//! The adapters of each dialect, and the dialect that an address most likely speaks. Everything else here knows one
//! language; this is where there are several.

use crate::address::VendorAddress;
use crate::anthropic::Anthropic;
use crate::bria::Bria;
use crate::connection::Connection;
use crate::gemini::Gemini;
use crate::ollama::Ollama;
use crate::openai::OpenAi;
use crate::runware::Runware;
use igny8_core::port::{ImageModel, TextModel};
use igny8_core::status::Dialect;
use std::sync::Arc;

/// The port at which Ollama answers unless it is told otherwise.
const OLLAMA_PORT: u16 = 11_434;
/// The dialects of well-known hosts; those below them speak it too.
const HOSTS: [(&str, Dialect); 6] = [
    ("anthropic.com", Dialect::Anthropic),
    ("bria-api.com", Dialect::Bria),
    ("googleapis.com", Dialect::Gemini),
    ("openai.com", Dialect::OpenAi),
    ("openrouter.ai", Dialect::OpenAi),
    ("runware.ai", Dialect::Runware),
];
/// The dialects of names that people give vendors whose address says nothing.
const NAMES: [(&str, Dialect); 7] = [
    ("anthropic", Dialect::Anthropic),
    ("bria", Dialect::Bria),
    ("claude", Dialect::Anthropic),
    ("gemini", Dialect::Gemini),
    ("google", Dialect::Gemini),
    ("ollama", Dialect::Ollama),
    ("runware", Dialect::Runware),
];
/// The end of the path under which Google speaks OpenAI's language, and that under which everybody else does.
const BRIDGE: &str = "openai";
const OPENAI_PATHS: [&str; 2] = ["v1", BRIDGE];

/// A vendor's models, of the kinds that its dialect has.
#[derive(Clone)]
pub struct Models {
    /// Text.
    pub text: Option<Arc<dyn TextModel>>,
    /// Pictures.
    pub image: Option<Arc<dyn ImageModel>>,
}

/// The adapters of a vendor.
#[must_use]
pub fn models(dialect: Dialect, connection: Connection) -> Models {
    match dialect {
        Dialect::OpenAi => {
            let both = Arc::new(OpenAi::new(connection));
            Models { text: Some(both.clone()), image: Some(both) }
        }
        Dialect::Anthropic => Models { text: Some(Arc::new(Anthropic::new(connection))), image: None },
        Dialect::Gemini => {
            let both = Arc::new(Gemini::new(connection));
            Models { text: Some(both.clone()), image: Some(both) }
        }
        Dialect::Ollama => Models { text: Some(Arc::new(Ollama::new(connection))), image: None },
        Dialect::Runware => Models { text: None, image: Some(Arc::new(Runware::new(connection))) },
        Dialect::Bria => Models { text: None, image: Some(Arc::new(Bria::new(connection))) },
    }
}

impl VendorAddress {
    /// Whether Ollama is there, by its port.
    pub(crate) fn is_ollamas(&self) -> bool {
        self.port() == Some(OLLAMA_PORT)
    }

    /// What a vendor of this address and name most likely speaks. Nearly everything that is not known speaks OpenAI's.
    #[must_use]
    pub fn likely_dialect(&self, name: &str) -> Dialect {
        if let Some((_, dialect)) = HOSTS.iter().find(|(host, _)| self.is_below(host)) {
            return if self.ends_with(BRIDGE) { Dialect::OpenAi } else { *dialect };
        }
        // Also where the address is that of the interface it shares with others: through its own no prompt is cut in silence.
        if self.is_ollamas() {
            return Dialect::Ollama;
        }
        if OPENAI_PATHS.iter().any(|path| self.ends_with(path)) {
            return Dialect::OpenAi;
        }
        let name = name.to_ascii_lowercase();
        NAMES.iter().find(|(part, _)| name.contains(part)).map_or(Dialect::OpenAi, |(_, dialect)| *dialect)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_well_known_address_says_its_dialect_and_a_name_does_where_it_says_nothing() {
        let cases = [
            ("https://api.openai.com/v1", "mine", Dialect::OpenAi),
            ("https://api.anthropic.com", "mine", Dialect::Anthropic),
            ("https://api.anthropic.com/v1", "mine", Dialect::Anthropic),
            ("https://generativelanguage.googleapis.com", "mine", Dialect::Gemini),
            ("https://generativelanguage.googleapis.com/v1", "mine", Dialect::Gemini),
            ("https://generativelanguage.googleapis.com/v1beta/openai", "gemini", Dialect::OpenAi),
            ("https://openrouter.ai/api/v1", "claude-by-router", Dialect::OpenAi),
            ("http://127.0.0.1:11434", "mine", Dialect::Ollama),
            ("http://127.0.0.1:11434/v1", "mine", Dialect::Ollama),
            ("http://127.0.0.1:1234/v1", "ollama", Dialect::OpenAi),
            ("https://proxy.example/far", "Claude", Dialect::Anthropic),
            ("https://proxy.example/far", "google-2", Dialect::Gemini),
            ("https://ollama.lan.example", "ollama", Dialect::Ollama),
            ("https://api.runware.ai/v1", "mine", Dialect::Runware),
            ("https://engine.prod.bria-api.com/v2", "mine", Dialect::Bria),
            ("https://proxy.example/far", "my-runware", Dialect::Runware),
            ("https://notanthropic.com", "mine", Dialect::OpenAi),
            ("https://gateway.example/v1", "anthropic", Dialect::OpenAi),
        ];
        for (url, name, expected) in cases {
            assert_eq!(VendorAddress::parse(url).unwrap().likely_dialect(name), expected, "{url} {name}");
        }
    }
}
