//! Vendors that speak OpenAI's language over HTTP: OpenAI itself, gateways, and servers on one's own machine. One
//! adapter is one vendor, for text and pictures alike; what differs between the two stands in [`chat`] and [`images`].
//!
//! The key is asked of the vault for every call and kept nowhere: a key that is changed or forgotten is so at once.
//! Nothing is sent twice here; a second attempt is the engine's decision, and comes under the same call's id.

mod chat;
mod errors;
mod images;
mod schema;
mod usage;

use crate::address::VendorAddress;
use crate::http::{self, Bounds, Exchange, Failure, NoEncryption};
use igny8_core::id::CallId;
use igny8_core::port::vault::SecretName;
use igny8_core::port::{FailedCall, ProviderError, Vault};
use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue};
use reqwest::{Client, Method};
use secrecy::ExposeSecret;
use serde_json::Value;
use std::sync::{Arc, OnceLock};

/// The call's id in the words of those who take one, so that a second attempt can be told from a second wish.
const ID_HEADERS: [&str; 2] = ["idempotency-key", "x-client-request-id"];

/// A vendor's text and image models.
pub struct OpenAi {
    client: Client,
    /// For files that lie elsewhere; made when the first one does.
    public: OnceLock<Option<Client>>,
    address: VendorAddress,
    /// Where its key is; absent for a server that takes none.
    secret: Option<SecretName>,
    vault: Arc<dyn Vault>,
    bounds: Bounds,
}

impl OpenAi {
    /// A vendor at an address, with the name its key is kept under if it has one.
    ///
    /// # Errors
    /// [`NoEncryption`] when the process cannot make encrypted connections.
    pub fn new(
        address: VendorAddress,
        secret: Option<SecretName>,
        vault: Arc<dyn Vault>,
        bounds: Bounds,
    ) -> Result<Self, NoEncryption> {
        let client = http::client(&address, &bounds)?;
        Ok(Self { client, public: OnceLock::new(), address, secret, vault, bounds })
    }

    /// Sends a request once and reads its answer, whatever it says.
    async fn post(
        &self,
        path: &str,
        call: CallId,
        body: &Value,
        body_bytes_max: usize,
    ) -> Result<Exchange, FailedCall> {
        let url = self.address.endpoint(path);
        let request = self.client.request(Method::POST, url).headers(self.headers(call).await?).body(body.to_string());
        let request = request.build().map_err(|_| ProviderError::NotSent)?;
        let answer = http::exchange(&self.client, request, &self.bounds, body_bytes_max).await;
        let status = answer.as_ref().map(|answer| answer.status).ok();
        tracing::debug!(host = self.address.host(), path, %call, status, failure = ?answer.as_ref().err(), "vendor");
        answer.map_err(|failure| match failure {
            Failure::NotSent => ProviderError::NotSent.into(),
            Failure::Lost { request_id } => {
                FailedCall { error: ProviderError::Unknown, provider_request_id: request_id }
            }
        })
    }

    async fn headers(&self, call: CallId) -> Result<HeaderMap, ProviderError> {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        for name in ID_HEADERS {
            headers.insert(name, HeaderValue::from_str(&call.to_string()).map_err(|_| ProviderError::NotSent)?);
        }
        if let Some(secret) = &self.secret {
            // A keyring that is locked or gone is no reason to send without a key and be refused.
            let key = self.vault.get(secret).await.map_err(|_| ProviderError::Auth)?;
            let bearer = format!("Bearer {}", key.expose_secret());
            let mut bearer = HeaderValue::from_str(&bearer).map_err(|_| ProviderError::Auth)?;
            bearer.set_sensitive(true);
            headers.insert(AUTHORIZATION, bearer);
        }
        Ok(headers)
    }
}
