//! Vendors that speak OpenAI's language: OpenAI itself, gateways, and servers on one's own machine. One adapter is one
//! vendor, for text and pictures alike; what differs between the two stands in [`chat`] and [`images`].

mod chat;
mod errors;
mod images;
mod usage;

use crate::connection::{BEARER, Connection, Sending};
use crate::http::Exchange;
use igny8_core::id::CallId;
use igny8_core::port::FailedCall;
use reqwest::Client;
use serde_json::Value;
use std::sync::OnceLock;

/// A vendor's text and image models.
pub struct OpenAi {
    connection: Connection,
    /// For files that lie elsewhere; made when the first one does.
    public: OnceLock<Option<Client>>,
}

impl OpenAi {
    /// A vendor's models over its connection.
    #[must_use]
    pub const fn new(connection: Connection) -> Self {
        Self { connection, public: OnceLock::new() }
    }

    async fn post(
        &self,
        path: &str,
        call: CallId,
        body: &Value,
        body_bytes_max: usize,
    ) -> Result<Exchange, FailedCall> {
        let url = self.connection.address.endpoint(path);
        self.connection.post(Sending { url, call, key: BEARER, headers: &[], body, body_bytes_max }).await
    }
}
