//! One vendor as it is reached in any language: its address, its key, its bounds, and one way to send. What is said
//! there and what the answer means is its dialect's.
//!
//! The key is asked of the vault for every call and kept nowhere: a key that is changed or forgotten is so at once.
//! Nothing is sent twice here; a second attempt is the engine's decision, and comes under the same call's id. The wait for
//! an answer ends when nobody wants it any more, and its connection is closed with it, so that whoever cancels is not worked
//! for any longer. What asks about work that others have taken on, and what fetches a picture that is made, is not hung up
//! on: it costs nothing, and says or brings what is paid for.
//!
//! The library `genai` speaks these dialects too and is not used. It drops the headers of a success, and with them the
//! id under which the vendor bills a request; it reads a body whole, however large it is unpacked; it takes one time
//! limit for all phases, so that a request that never left looks like one whose answer was lost; and it counts usage in
//! optional 32-bit numbers of one shape, in which a vendor's own figures cannot be told from absent ones. Each of these
//! is money here.

use crate::address::VendorAddress;
use crate::http::{self, Bounds, Exchange, Failure, NoEncryption};
use crate::stream::{Intake, Streaming};
use igny8_core::hangup::Hangup;
use igny8_core::id::CallId;
use igny8_core::port::vault::SecretName;
use igny8_core::port::{FailedCall, ProviderError, Vault};
use reqwest::header::{ACCEPT, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Client, Method, Request};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::sync::{Arc, OnceLock};
use url::Url;
use uuid::Uuid;

/// The call's id, by which a vendor's own log can be searched. It is the same for all that is sent under the call.
const CALL_HEADER: &str = "x-client-request-id";
/// What a vendor that remembers its answers knows a request by, so that a second attempt can be told from a second wish.
const KEY_HEADER: &str = "idempotency-key";

/// The shortest key that is taken out of every answer. Vendors' own have forty characters and more; a server of one's own may
/// have a word for its key, which answers hold by chance: that is taken out of refusals only.
const KEY_BYTES_MIN: usize = 12;

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
    /// For files that lie elsewhere; made when the first one does.
    public: OnceLock<Option<Client>>,
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
    /// How the answer comes in pieces; `None` for one that is asked for whole.
    pub(crate) streaming: Option<Streaming<'a>>,
    /// Whether anybody still waits for the answer.
    pub(crate) hangup: &'a Hangup,
}

/// What is asked about work that is under way already. It is no call, and bears no call's id: whoever remembers answers by
/// their ids would say the same for ever.
pub(crate) struct Asking<'a> {
    pub(crate) url: Url,
    pub(crate) key: KeyHeader,
    /// Headers that the dialect asks for.
    pub(crate) headers: &'a [(&'static str, &'static str)],
    /// Absent for a question that is all in its address.
    pub(crate) body: Option<&'a Value>,
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
        Ok(Self { client, address, bounds, secret, vault, public: OnceLock::new() })
    }

    /// Sends once and reads the answer, whatever it says.
    pub(crate) async fn post(&self, sending: Sending<'_>) -> Result<Exchange, FailedCall> {
        let Sending { url, call, key, headers: more, body, body_bytes_max, streaming, hangup } = sending;
        let secret = self.secret().await?;
        if hangup.has_come() {
            return Err(ProviderError::NotSent.into());
        }
        let mut headers = headers(key, secret.as_ref())?;
        let body = body.to_string();
        for (name, id) in [(CALL_HEADER, call.0), (KEY_HEADER, key_of(call, &body))] {
            let id = HeaderValue::from_str(&id.to_string()).map_err(|_| ProviderError::NotSent)?;
            headers.insert(name, id);
        }
        if let Some(streaming) = &streaming {
            headers.insert(ACCEPT, HeaderValue::from_static(streaming.framing.accepted()));
        }
        for (name, value) in more {
            headers.insert(*name, HeaderValue::from_static(value));
        }
        let request = self.client.request(Method::POST, url).headers(headers);
        let request = request.body(body).build().map_err(|_| ProviderError::NotSent)?;
        let answer = self.exchange(request, secret.as_ref(), body_bytes_max, streaming, hangup).await;
        answer.map_err(|failure| match failure {
            Failure::NotSent => ProviderError::NotSent.into(),
            Failure::Lost { request_id, written } => {
                FailedCall::from(ProviderError::Unknown).known_as(request_id).after(&written)
            }
        })
    }

    /// Asks once how far work is, or whether the vendor is there.
    pub(crate) async fn ask(&self, asking: Asking<'_>) -> Result<Exchange, FailedCall> {
        let method = if asking.body.is_some() { Method::POST } else { Method::GET };
        let secret = self.secret().await?;
        let mut headers = headers(asking.key, secret.as_ref())?;
        for (name, value) in asking.headers {
            headers.insert(*name, HeaderValue::from_static(value));
        }
        let mut request = self.client.request(method, asking.url).headers(headers);
        if let Some(body) = asking.body {
            request = request.body(body.to_string());
        }
        let request = request.build().map_err(|_| ProviderError::NotSent)?;
        // It is answered at once, and what it says is wanted also by whoever is about to leave.
        let stays = Hangup::default();
        let answer = self.exchange(request, secret.as_ref(), asking.body_bytes_max, None, &stays).await;
        answer.map_err(|failure| match failure {
            Failure::NotSent => ProviderError::NotSent.into(),
            Failure::Lost { .. } => ProviderError::Unknown.into(),
        })
    }

    /// The client for files that lie elsewhere.
    pub(crate) fn public(&self) -> Option<&Client> {
        self.public.get_or_init(|| http::public_client(&self.bounds).ok()).as_ref()
    }

    /// Sends, and takes out of the answer what it repeats of the key, before anybody reads it: vendors quote a wrong key
    /// in their errors, and an answer is kept.
    async fn exchange(
        &self,
        request: Request,
        secret: Option<&SecretString>,
        body_bytes_max: usize,
        streaming: Option<Streaming<'_>>,
        hangup: &Hangup,
    ) -> Result<Exchange, Failure> {
        let (host, path) = (self.address.host().to_owned(), request.url().path().to_owned());
        let (short, secret) = match secret {
            Some(secret) if secret.expose_secret().len() < KEY_BYTES_MIN => (Some(secret), None),
            secret => (None, secret),
        };
        let answer = match streaming {
            None => http::exchange(&self.client, request, &self.bounds, body_bytes_max, hangup).await,
            Some(streaming) => {
                let intake = Intake::new(streaming, secret);
                http::streamed(&self.client, request, &self.bounds, (body_bytes_max, intake), hangup).await
            }
        };
        let answer = match (secret, short) {
            (Some(secret), _) => {
                let secret = secret.expose_secret();
                answer.map(|it| it.without(secret)).map_err(|it| it.without(secret))
            }
            (None, Some(word)) => answer.map(|it| it.without_word(word.expose_secret())),
            (None, None) => answer,
        };
        let status = answer.as_ref().map(|answer| answer.status).ok();
        tracing::debug!(host, path, status, failure = answer.as_ref().err().map(Failure::name), "vendor");
        answer
    }

    /// The key, asked of the vault anew. A keyring that is locked or gone is no reason to send without a key and be refused,
    /// and says nothing of the key.
    async fn secret(&self) -> Result<Option<SecretString>, ProviderError> {
        match &self.secret {
            Some(secret) => self.vault.get(secret).await.map(Some).map_err(|_| ProviderError::NoKey),
            None => Ok(None),
        }
    }
}

/// The key of what is sent under a call. The same body keeps its key, however often and from which start of the program it
/// is sent; one that asks otherwise, without a schema or for a whole answer, has another. Vendors refuse a key that comes
/// with another body, or answer what the first one was answered.
fn key_of(call: CallId, body: &str) -> Uuid {
    let digest = Sha256::new().chain_update(call.as_bytes()).chain_update(body).finalize();
    let mut bytes = [0; 16];
    bytes.iter_mut().zip(digest).for_each(|(byte, of)| *byte = of);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

fn headers(key: KeyHeader, secret: Option<&SecretString>) -> Result<HeaderMap, ProviderError> {
    let mut headers = HeaderMap::new();
    headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    if let Some(secret) = secret {
        let KeyHeader(name, before) = key;
        let value = format!("{before}{}", secret.expose_secret());
        let mut value = HeaderValue::from_str(&value).map_err(|_| ProviderError::Auth)?;
        value.set_sensitive(true);
        headers.insert(HeaderName::from_static(name), value);
    }
    Ok(headers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_of_one_call_and_one_body() {
        let [call, other] = ["018f4d2a-7c3b-7e21-9d4f-5a6b7c8d9e0f", "018f4d2a-7c3b-7e21-9d4f-5a6b7c8d9e10"]
            .map(|id| id.parse::<CallId>().unwrap());
        let key = key_of(call, "{}");
        assert_eq!(key, key_of(call, "{}"), "however often it is sent");
        for another in [key_of(call, "{ }"), key_of(call, ""), key_of(other, "{}"), call.0] {
            assert_ne!(key, another);
        }
    }
}
