//! Whether a vendor is there and takes the key, asked in its own language and for nothing: for its list of models where it
//! has one, else for something that only who is let in is told. No model is asked, and no call's id is sent.

use crate::address::VendorAddress;
use crate::connection::{Asking, Connection, KeyHeader};
use crate::http::Exchange;
use crate::reply::{Listen, refusal, refused_inside, unreadable};
use crate::{anthropic, bria, gemini, ollama, openai, runware};
use igny8_core::port::{Greeting, ProviderError, VendorCheck};
use igny8_core::status::Dialect;
use serde_json::Value;
use url::Url;
use uuid::Uuid;

/// A question that costs nothing.
pub(crate) struct Free {
    pub(crate) url: Url,
    pub(crate) key: KeyHeader,
    pub(crate) headers: &'static [(&'static str, &'static str)],
    /// Absent for a question that is all in its address.
    pub(crate) body: Option<Value>,
    /// Where the answer has what shows that it is one, as a JSON pointer.
    pub(crate) proof: &'static str,
    /// What stands there is the list of its models.
    pub(crate) is_list: bool,
    /// It is about something that is not there; to be told so is to be let in.
    pub(crate) is_of_nothing: bool,
    pub(crate) listen: Listen,
}

impl Free {
    /// A vendor's list of its models.
    pub(crate) const fn list(url: Url, key: KeyHeader, proof: &'static str, listen: Listen) -> Self {
        Self { url, key, headers: &[], body: None, proof, is_list: true, is_of_nothing: false, listen }
    }
}

/// A vendor of a dialect, to be asked for nothing.
pub struct Check {
    dialect: Dialect,
    connection: Connection,
}

impl Check {
    /// The vendor over its connection.
    #[must_use]
    pub const fn new(dialect: Dialect, connection: Connection) -> Self {
        Self { dialect, connection }
    }
}

#[async_trait::async_trait]
impl VendorCheck for Check {
    async fn check(&self, id: Uuid) -> Result<Greeting, ProviderError> {
        let free = question(self.dialect, &self.connection.address, id);
        let Free { url, key, headers, body, .. } = &free;
        let body_bytes_max = self.connection.bounds.text_bytes_max;
        let asking = Asking { url: url.clone(), key: *key, headers, body: body.as_ref(), body_bytes_max };
        let exchange = self.connection.ask(asking).await.map_err(|failed| failed.error)?;
        match read(&exchange, &free) {
            Err(ProviderError::UnknownModel) if free.is_of_nothing => Ok(Greeting { models: None }),
            read => read,
        }
    }
}

fn question(dialect: Dialect, address: &VendorAddress, id: Uuid) -> Free {
    match dialect {
        Dialect::OpenAi => openai::free(address),
        Dialect::Anthropic => anthropic::free(address),
        Dialect::Gemini => gemini::free(address),
        Dialect::Ollama => ollama::free(address),
        Dialect::Runware => runware::free(address, id),
        Dialect::Bria => bria::free(address, id),
    }
}

fn read(exchange: &Exchange, free: &Free) -> Result<Greeting, ProviderError> {
    if !exchange.is_success() {
        return Err(refusal(exchange, exchange.status, free.listen));
    }
    if exchange.is_page() {
        return Err(ProviderError::Page);
    }
    if let Some(error) = refused_inside(exchange, free.listen) {
        return Err(error);
    }
    let body = exchange.json().ok_or_else(|| unreadable(None))?;
    let Some(proof) = body.pointer(free.proof) else {
        // A refusal under the status of a success, as one vendor sends it.
        let said = (free.listen)(&body);
        return Err(if said.words.is_empty() { unreadable(None) } else { refusal(exchange, 400, free.listen) });
    };
    if !free.is_list {
        return Ok(Greeting { models: None });
    }
    let list = proof.as_array().ok_or_else(|| unreadable(None))?;
    Ok(Greeting { models: u32::try_from(list.len()).ok() })
}
