//! The one door to the providers. Adapters are handed in at start and kept private; the only way through is a call
//! that takes the ledger's permission by value and gives back the open hold with whatever came of it.

use igny8_core::id::CallId;
use igny8_core::port::models::{ImageAnswer, ImageRequest, TextAnswer, TextRequest};
use igny8_core::port::{ImageModel, ProviderError, TextModel};
use igny8_store::{Held, OpenCall};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A request of either kind.
#[derive(Clone, Debug)]
pub enum Request {
    /// Text.
    Text(Box<TextRequest>),
    /// An image.
    Image(Box<ImageRequest>),
}

impl Request {
    /// The same request under another call's id.
    fn under(&self, call: CallId) -> Self {
        let mut request = self.clone();
        match &mut request {
            Self::Text(text) => text.call = call,
            Self::Image(image) => image.call = call,
        }
        request
    }
}

/// A complete answer of either kind.
#[derive(Clone, Debug)]
pub enum Answer {
    /// Text.
    Text(TextAnswer),
    /// An image.
    Image(ImageAnswer),
}

/// What came through the door: the hold, still to be resolved, and the answer or the reason there is none.
#[derive(Debug)]
pub struct Outcome {
    /// Must be settled or released.
    pub open: OpenCall,
    /// What came back.
    pub result: Result<Answer, ProviderError>,
}

/// The providers of this installation.
#[derive(Default)]
pub struct Door {
    text: BTreeMap<String, Arc<dyn TextModel>>,
    image: BTreeMap<String, Arc<dyn ImageModel>>,
}

impl Door {
    /// A door without providers.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a text provider.
    #[must_use]
    pub fn with_text(mut self, provider: &str, model: Arc<dyn TextModel>) -> Self {
        self.text.insert(provider.to_owned(), model);
        self
    }

    /// Adds an image provider.
    #[must_use]
    pub fn with_image(mut self, provider: &str, model: Arc<dyn ImageModel>) -> Self {
        self.image.insert(provider.to_owned(), model);
        self
    }

    /// Input tokens of a request as its provider counts them; a generous estimate for a provider that is not here.
    pub(crate) fn count_input_tokens(&self, provider: &str, request: &TextRequest) -> u32 {
        match self.text.get(provider) {
            Some(model) => model.count_input_tokens(request),
            None => {
                let bytes = request.system_prompt.len() + request.user_prompt.len();
                u32::try_from(bytes).unwrap_or(u32::MAX)
            }
        }
    }

    /// The only way to a provider. The request leaves under the id of the hold's call, so that a vendor tells a second
    /// attempt at the same call from a new one.
    pub(crate) async fn call(&self, held: Held, provider: &str, request: &Request) -> Outcome {
        let result = match &request.under(held.call()) {
            Request::Text(request) => match self.text.get(provider) {
                Some(model) => model.complete(request).await.map(Answer::Text),
                None => Err(ProviderError::NoSuchProvider),
            },
            Request::Image(request) => match self.image.get(provider) {
                Some(model) => model.render(request).await.map(Answer::Image),
                None => Err(ProviderError::NoSuchProvider),
            },
        };
        Outcome { open: held.spend(), result }
    }
}
