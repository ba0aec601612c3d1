//! What a vendor can do with a request: answer properly, or one of the things that real ones, and what stands between
//! us and them, have done.

use serde_json::{Value, json};
use std::sync::Arc;
use tokio::sync::Notify;

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text.
    Text,
    /// A picture.
    Image,
}

/// What an answer says of its consumption.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Stated {
    /// The whole figures.
    #[default]
    Plain,
    /// The whole figures and their parts: some of the prompt cached, some of the completion thought.
    InParts,
    /// Nothing.
    Nothing,
    /// This.
    As(Value),
}

/// How a request goes.
#[derive(Clone, Debug)]
pub enum Reply {
    /// Properly.
    Answer,
    /// Properly, once the test lets it.
    When(Arc<Notify>),
    /// Properly, but for what it says of its consumption.
    Stating(Stated),
    /// With this in place of the answer's text (or, of a picture, of the file), and the real consumption.
    Says(String),
    /// With this file in place of the picture, and the real consumption.
    Paints(Vec<u8>),
    /// Properly, with this as the reason why it ended; none leaves the reason out.
    Ends(Option<&'static str>),
    /// With a refusal in place of the text.
    Declines,
    /// With a picture's address in place of the file, at the vendor itself or at this place.
    At(Option<String>),
    /// With a picture's address that leads to a missing file.
    AtNothing,
    /// With nothing in its list of answers, and the real consumption.
    Empty,
    /// Properly, but only so many tokens of the prompt were read.
    Reads(u64),
    /// These bytes, head and all, and then the end of the connection.
    Bytes(Vec<u8>),
    /// A success whose head has no end.
    EndlessHead,
    /// Properly made and billed, then the connection ends after so many bytes of the answer.
    Cut(usize),
    /// Properly made and billed, then nothing comes any more after so many bytes of the answer.
    Stall(usize),
    /// Properly, but the half of the answer comes only once the test lets it.
    HalfUntil(Arc<Notify>),
    /// Properly but whole, though it was asked for in pieces.
    InOne,
    /// A success that is this over and over, of this kind.
    Over(&'static str, &'static str),
    /// Read, and never answered.
    Never,
    /// The connection is reset before the request was read.
    ResetUnread,
    /// The connection is reset after the request was read.
    ResetRead,
    /// Closed without a word after the request was read.
    HangUp,
    /// A status with header lines and a body, as they are.
    Raw(u16, Vec<(&'static str, String)>, String),
    /// A success whose body comes a byte every few milliseconds and does not end.
    Drip,
    /// A success whose body has no end.
    Endless,
    /// An error whose body has no end.
    EndlessError(u16),
    /// A success whose body is small until it is unpacked.
    Bomb,
}

impl Reply {
    /// An error in the vendor's own shape.
    #[must_use]
    pub fn error(status: u16, error_type: &str, code: Option<&str>) -> Self {
        let error = json!({ "message": "What went wrong.", "type": error_type, "param": null, "code": code });
        Self::Raw(status, vec![data()], json!({ "error": error }).to_string())
    }

    /// Too many requests, with what it asks to wait.
    #[must_use]
    pub fn rate_limited(wait: &[(&'static str, &str)]) -> Self {
        let body = json!({ "error": { "message": "Slow down.", "type": "requests", "code": "rate_limit_exceeded" } });
        let wait = wait.iter().map(|(name, value)| (*name, (*value).to_owned()));
        Self::Raw(429, wait.chain([data()]).collect(), body.to_string())
    }

    /// The account is empty.
    #[must_use]
    pub fn out_of_money() -> Self {
        Self::error(429, "insufficient_quota", Some("insufficient_quota"))
    }

    /// The key is wrong.
    #[must_use]
    pub fn wrong_key() -> Self {
        Self::error(401, "invalid_request_error", Some("invalid_api_key"))
    }

    /// The model is not there.
    #[must_use]
    pub fn unknown_model() -> Self {
        Self::error(404, "invalid_request_error", Some("model_not_found"))
    }

    /// A page of something that stands in front of the vendor.
    #[must_use]
    pub fn page(status: u16) -> Self {
        let page = "<!doctype html><title>Bad gateway</title><h1>Bad gateway</h1>";
        Self::Raw(status, vec![("content-type", "text/html".to_owned())], page.to_owned())
    }

    /// A way to another address.
    #[must_use]
    pub fn redirect(status: u16, location: &str) -> Self {
        Self::Raw(status, vec![("location", location.to_owned())], String::new())
    }
}

fn data() -> (&'static str, String) {
    ("content-type", "application/json".to_owned())
}
