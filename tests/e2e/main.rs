//! Stories in the real window: the built app, a real webview, a real keyring, driven as a person would.
//!
//! Few and whole. What a page does in detail is tested over the fake host in `ui/tests`, where it costs less.

mod arguments;
mod color;
mod display;
mod driver;
mod instrument;
mod life;
mod live;
mod outliving;
mod page;
mod panel;
mod process;
mod session;
mod site;
mod stories;
mod tray;

use std::fmt;

/// Why a story could not go on.
#[derive(Debug)]
pub struct Failure {
    /// WebDriver's own name for the error, when it is the driver's.
    code: Option<String>,
    words: String,
}

impl Failure {
    pub fn new(words: impl Into<String>) -> Self {
        Self { code: None, words: words.into() }
    }

    pub fn of_driver(code: &str, message: &str) -> Self {
        Self { code: Some(code.to_owned()), words: format!("{code}: {message}") }
    }

    /// Whether the page may simply not be there yet.
    pub fn is_passing(&self) -> bool {
        const PASSING: [&str; 4] =
            ["no such element", "stale element reference", "element not interactable", "element click intercepted"];
        self.code.as_deref().is_some_and(|code| PASSING.contains(&code))
    }

    /// Whether the program that was driven has ended.
    pub fn is_over(&self) -> bool {
        self.code.as_deref() == Some("invalid session id")
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words)
    }
}
