//! Vendors that speak OpenAI's language: OpenAI itself, gateways, and servers on one's own machine. One adapter is one
//! vendor, for text and pictures alike; what differs between the two stands in [`chat`] and [`images`].

mod chat;
mod errors;
mod images;
mod pieces;
mod usage;

use crate::address::VendorAddress;
use crate::check::Free;
use crate::connection::{BEARER, Connection, Sending};
use crate::http::Exchange;
use crate::stream::Streaming;
use crate::strictness::Strictness;
use igny8_core::hangup::Hangup;
use igny8_core::id::CallId;
use igny8_core::port::FailedCall;
use igny8_core::status::Dialect;
use serde_json::Value;
use std::collections::BTreeSet;
use std::sync::Mutex;

/// A gateway that lists its models to everybody, and says something about a key only to whoever has one.
const OPEN_LIST: &str = "openrouter.ai";

/// A vendor's text and image models.
pub struct OpenAi {
    connection: Connection,
    /// Models that were refused in pieces, by their names; they are asked for whole answers until the program ends.
    only_whole: Mutex<BTreeSet<String>>,
    strictness: Strictness,
}

impl OpenAi {
    /// A vendor's models over its connection.
    #[must_use]
    pub fn new(connection: Connection) -> Self {
        let strictness = Strictness::of(Dialect::OpenAi, &connection.address);
        Self { connection, only_whole: Mutex::default(), strictness }
    }

    async fn post(
        &self,
        path: &str,
        (call, hangup): (CallId, &Hangup),
        body: &Value,
        body_bytes_max: usize,
        streaming: Option<Streaming<'_>>,
    ) -> Result<Exchange, FailedCall> {
        let url = self.connection.address.endpoint(path);
        let sending = Sending { url, call, key: BEARER, headers: &[], body, body_bytes_max, streaming, hangup };
        self.connection.post(sending).await
    }
}

/// Its models; where everybody is shown those, what it knows of the key.
pub(crate) fn free(address: &VendorAddress) -> Free {
    let is_open = address.is_below(OPEN_LIST);
    let url = address.endpoint(if is_open { "key" } else { "models" });
    Free { is_list: !is_open, ..Free::list(url, BEARER, "/data", errors::listen) }
}
