//! One vendor as it is reached in any language: its address, its key, its bounds, and one way to send. What is said
//! there and what the answer means is its dialect's.
//!
//! The key is asked of the vault for every call and kept nowhere: a key that is changed or forgotten is so at once.
//! Nothing is sent twice here; a second attempt is the engine's decision, and comes under the same call's id. A call
//! that is dropped closes its connection, so that whoever cancels it is not worked for any longer.
//!
//! The library `genai` speaks these dialects too and is not used. It drops the headers of a success, and with them the
//! id under which the vendor bills a request; it reads a body whole, however large it is unpacked; it takes one time
//! limit for all phases, so that a request that never left looks like one whose answer was lost; and it counts usage in
//! optional 32-bit numbers of one shape, in which a vendor's own figures cannot be told from absent ones. Each of these
//! is money here.

use crate::address::VendorAddress;
use crate::http::{self, Bounds, Exchange, Failure, NoEncryption};
use igny8_core::id::CallId;
use igny8_core::port::vault::SecretName;
use igny8_core::port::{FailedCall, ProviderError, Vault};
use reqwest::header::{ACCEPT, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Client, Method};
use secrecy::ExposeSecret;
use serde_json::Value;
use std::sync::Arc;
use url::Url;

/// The call's id in the words of those who take one, so that a second attempt can be told from a second wish.
const ID_HEADERS: [&str; 2] = ["idempotency-key", "x-client-request-id"];

/// The header that carries the key, and what stands before it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct KeyHeader(pub(crate) &'static str, pub(crate) &'static str);

/// As most take it.
pub(crate) const BEARER: KeyHeader = KeyHeader("authorization", "Bearer ");

/// A vendor, with the name its key is kept under if it has one.
pub struct Connection {
    pub(crate) client: Client,
    pub(crate) address: VendorAddress,
    pub(crate) bounds: Bounds,
    /// Absent for a server that takes none.
    secret: Option<SecretName>,
    vault: Arc<dyn Vault>,
}

/// What leaves.
pub(crate) struct Sending<'a> {
    pub(crate) url: Url,
    pub(crate) call: CallId,
    pub(crate) key: KeyHeader,
    /// Headers that the dialect asks for.
    pub(crate) headers: &'a [(&'static str, &'static str)],
    pub(crate) body: &'a Value,
    /// Most bytes of a success.
    pub(crate) body_bytes_max: usize,
}

impl Connection {
    /// A vendor at an address.
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
        Ok(Self { client, address, bounds, secret, vault })
    }

    /// Sends once and reads the answer, whatever it says.
    pub(crate) async fn post(&self, sending: Sending<'_>) -> Result<Exchange, FailedCall> {
        let Sending { url, call, body_bytes_max, .. } = &sending;
        let request = self.client.request(Method::POST, url.clone()).headers(self.headers(&sending).await?);
        let request = request.body(sending.body.to_string()).build().map_err(|_| ProviderError::NotSent)?;
        let answer = http::exchange(&self.client, request, &self.bounds, *body_bytes_max).await;
        let status = answer.as_ref().map(|answer| answer.status).ok();
        let (host, path) = (self.address.host(), url.path());
        tracing::debug!(host, path, %call, status, failure = ?answer.as_ref().err(), "vendor");
        answer.map_err(|failure| match failure {
            Failure::NotSent => ProviderError::NotSent.into(),
            Failure::Lost { request_id } => {
                FailedCall { error: ProviderError::Unknown, provider_request_id: request_id }
            }
        })
    }

    async fn headers(&self, sending: &Sending<'_>) -> Result<HeaderMap, ProviderError> {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        for name in ID_HEADERS {
            let id = HeaderValue::from_str(&sending.call.to_string()).map_err(|_| ProviderError::NotSent)?;
            headers.insert(name, id);
        }
        for (name, value) in sending.headers {
            headers.insert(*name, HeaderValue::from_static(value));
        }
        if let Some(secret) = &self.secret {
            // A keyring that is locked or gone is no reason to send without a key and be refused.
            let key = self.vault.get(secret).await.map_err(|_| ProviderError::Auth)?;
            let KeyHeader(name, before) = sending.key;
            let value = format!("{before}{}", key.expose_secret());
            let mut value = HeaderValue::from_str(&value).map_err(|_| ProviderError::Auth)?;
            value.set_sensitive(true);
            headers.insert(HeaderName::from_static(name), value);
        }
        Ok(headers)
    }
}
