//! The one door to the providers. Adapters are handed in at start and whenever a vendor is connected, and kept private;
//! the only way through is a call that takes the ledger's permission by value and gives back the open hold with whatever
//! came of it.

mod rate;

use igny8_core::hangup::Hangup;
use igny8_core::id::CallId;
use igny8_core::port::models::{ImageAnswer, ImageRequest, TextAnswer, TextRequest};
use igny8_core::port::{FailedCall, ImageModel, ProviderError, TextModel};
use igny8_core::status::ModelType;
use igny8_store::{Held, OpenCall};
use rate::Rate;
use std::collections::BTreeMap;
use std::num::NonZeroU32;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

/// A request of either kind.
#[derive(Clone, Debug)]
pub enum Request {
    /// Text.
    Text(Box<TextRequest>),
    /// An image.
    Image(Box<ImageRequest>),
}

impl Request {
    /// The same request as a permission's call, for whoever waits for its answer.
    fn under(&self, held: &Held, hangup: &Hangup) -> Self {
        let mut request = self.clone();
        match &mut request {
            Self::Text(text) => {
                text.call = held.call();
                text.hangup = hangup.clone();
            }
            Self::Image(image) => {
                image.call = held.call();
                image.hangup = hangup.clone();
                image.earlier = held.earlier().map(str::to_owned);
            }
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
    pub result: Result<Answer, FailedCall>,
}

/// Calls at once to a provider of which nothing else is known: one that works on this machine is bound by its processor.
const CONCURRENCY: usize = 1;

/// How much a provider is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// Calls at once, at least one.
    pub concurrency: usize,
    /// Requests in a minute; none for as many as it takes.
    pub per_minute: Option<NonZeroU32>,
}

impl Pace {
    /// So many calls at once, as often as the provider takes them.
    #[must_use]
    pub const fn at_once(concurrency: usize) -> Self {
        Self { concurrency, per_minute: None }
    }
}

/// A provider as it stands at the door.
struct Provider {
    text: Option<Arc<dyn TextModel>>,
    image: Option<Arc<dyn ImageModel>>,
    concurrency: usize,
    /// None for one that is asked as often as it takes.
    rate: Option<Rate>,
    /// It asked to be left alone until this moment of the monotonic clock.
    rests_until_ms: u64,
}

impl Default for Provider {
    fn default() -> Self {
        Self { text: None, image: None, concurrency: CONCURRENCY, rate: None, rests_until_ms: 0 }
    }
}

/// The providers of this installation. A copy is the same door: whoever connects vendors keeps one, the engine another.
#[derive(Clone, Default)]
pub struct Door {
    providers: Arc<RwLock<BTreeMap<String, Provider>>>,
}

impl Door {
    /// A door without providers.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a text provider.
    #[must_use]
    pub fn with_text(self, provider: &str, model: Arc<dyn TextModel>) -> Self {
        self.write().entry(provider.to_owned()).or_default().text = Some(model);
        self
    }

    /// Adds an image provider.
    #[must_use]
    pub fn with_image(self, provider: &str, model: Arc<dyn ImageModel>) -> Self {
        self.write().entry(provider.to_owned()).or_default().image = Some(model);
        self
    }

    /// Puts a provider at the door, in place of an earlier one of the same name, with how much it may be asked. A call that
    /// is under way ends with the adapter it began with.
    pub fn register(
        &self,
        provider: &str,
        text: Option<Arc<dyn TextModel>>,
        image: Option<Arc<dyn ImageModel>>,
        pace: Pace,
    ) {
        let rate = pace.per_minute.map(Rate::new);
        let placed = Provider { text, image, concurrency: pace.concurrency.max(1), rate, rests_until_ms: 0 };
        self.write().insert(provider.to_owned(), placed);
    }

    /// Takes a provider away; later calls find none.
    pub fn unregister(&self, provider: &str) {
        self.write().remove(provider);
    }

    /// How many calls a provider may have at once, at least one.
    #[must_use]
    pub fn concurrency(&self, provider: &str) -> usize {
        self.read().get(provider).map_or(CONCURRENCY, |provider| provider.concurrency)
    }

    /// Whether a provider is here for a kind of model.
    pub(crate) fn has(&self, provider: &str, model_type: ModelType) -> bool {
        match model_type {
            ModelType::Text => self.text(provider).is_some(),
            ModelType::Image => self.image(provider).is_some(),
        }
    }

    /// Takes a turn at a provider at a moment of the monotonic clock. Where there is none yet, the provider is left alone
    /// until there is.
    ///
    /// # Errors
    /// How many milliseconds that takes.
    pub(crate) fn take_turn(&self, provider: &str, now_ms: u64) -> Result<(), u64> {
        let rate = |provider: &Provider| provider.rate.as_ref().map_or(Ok(()), |rate| rate.take(now_ms));
        let taken = self.read().get(provider).map_or(Ok(()), rate);
        taken.inspect_err(|wait_ms| self.rest(provider, now_ms.saturating_add(*wait_ms)))
    }

    /// Leaves a provider alone until a moment of the monotonic clock, as it has asked of one call: further ones before it
    /// would only be refused, and counted against us. The vendor's own word is a rate as well; what it lets an account do
    /// is known to it alone and changes with its plan.
    pub(crate) fn rest(&self, provider: &str, until_ms: u64) {
        if let Some(provider) = self.write().get_mut(provider) {
            provider.rests_until_ms = provider.rests_until_ms.max(until_ms);
        }
    }

    /// Providers that are left alone at `now_ms`, each with how much longer.
    pub(crate) fn resting(&self, now_ms: u64) -> Vec<(String, u64)> {
        let all = self.read();
        let longer = all.iter().map(|(name, provider)| (name.clone(), provider.rests_until_ms.saturating_sub(now_ms)));
        longer.filter(|(_, ms)| *ms > 0).collect()
    }

    /// Input tokens of a request as its provider counts them; a generous estimate for a provider that is not here.
    pub(crate) fn count_input_tokens(&self, provider: &str, request: &TextRequest) -> u32 {
        match self.text(provider) {
            Some(model) => model.count_input_tokens(request),
            None => {
                let bytes = request.system_prompt.len() + request.user_prompt.len();
                u32::try_from(bytes).unwrap_or(u32::MAX)
            }
        }
    }

    /// Whether a request can be read by a model that reads so many tokens. Only what is certainly too long cannot.
    pub(crate) fn fits(&self, provider: &str, request: &TextRequest) -> bool {
        self.text(provider).is_none_or(|model| model.least_input_tokens(request) < request.context_tokens)
    }

    /// A request as its provider's model is sent it.
    pub(crate) fn as_sent(&self, provider: &str, request: &TextRequest) -> TextRequest {
        self.text(provider).map_or_else(|| request.clone(), |model| model.as_sent(request).into_owned())
    }

    /// The vendor's id of the newest attempt at a call, of which an earlier one may have an id as well, where it is known
    /// without an answer.
    pub(crate) fn request_id(
        &self,
        provider: &str,
        model_type: ModelType,
        (call, earlier): (CallId, Option<&str>),
    ) -> Option<String> {
        match model_type {
            ModelType::Text => None,
            ModelType::Image => self.image(provider)?.request_id(call, earlier),
        }
    }

    /// The only way to a provider. The request leaves under the id of the hold's call, so that a vendor tells a second
    /// attempt at the same call from a new one, and with the vendor's id of an earlier attempt.
    ///
    /// What two attempts have the same id of is billed once. So an answer keeps an id that an earlier attempt has only where
    /// the adapter knows that it is one request at its vendor. A gateway that hands our own id back, or one and the same to
    /// everybody, has run and billed both.
    ///
    /// Only the wait for the vendor ends when whoever waits hangs up: the permission comes back with what came of it in any
    /// case, and is resolved by whoever asked.
    pub(crate) async fn call(&self, held: Held, provider: &str, request: &Request, hangup: &Hangup) -> Outcome {
        let model_type = if matches!(request, Request::Text(_)) { ModelType::Text } else { ModelType::Image };
        let known = self.request_id(provider, model_type, (held.call(), held.earlier()));
        let is_another = |id: &String| held.earlier() != Some(id.as_str()) || known.as_ref() == Some(id);
        let result = match &request.under(&held, hangup) {
            Request::Text(request) => match self.text(provider) {
                Some(model) => model.complete(request).await.map(Answer::Text),
                None => Err(ProviderError::NoSuchProvider.into()),
            },
            Request::Image(request) => match self.image(provider) {
                Some(model) => model.render(request).await.map(Answer::Image),
                None => Err(ProviderError::NoSuchProvider.into()),
            },
        };
        let result = match result {
            Ok(Answer::Text(answer)) => {
                let provider_request_id = answer.provider_request_id.filter(is_another);
                Ok(Answer::Text(TextAnswer { provider_request_id, ..answer }))
            }
            Ok(Answer::Image(answer)) => {
                let provider_request_id = answer.provider_request_id.filter(is_another);
                Ok(Answer::Image(ImageAnswer { provider_request_id, ..answer }))
            }
            Err(failed) => {
                let provider_request_id = failed.provider_request_id.filter(is_another);
                Err(FailedCall { provider_request_id, ..failed })
            }
        };
        Outcome { open: held.spend(), result }
    }

    /// Its adapter, taken out so that the door is not kept shut during a call.
    fn text(&self, provider: &str) -> Option<Arc<dyn TextModel>> {
        self.read().get(provider).and_then(|provider| provider.text.clone())
    }

    fn image(&self, provider: &str) -> Option<Arc<dyn ImageModel>> {
        self.read().get(provider).and_then(|provider| provider.image.clone())
    }

    fn read(&self) -> RwLockReadGuard<'_, BTreeMap<String, Provider>> {
        self.providers.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, BTreeMap<String, Provider>> {
        self.providers.write().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use async_trait::async_trait;

    struct Nobody;

    #[async_trait]
    impl TextModel for Nobody {
        fn count_input_tokens(&self, _: &TextRequest) -> u32 {
            0
        }

        async fn complete(&self, _: &TextRequest) -> Result<TextAnswer, FailedCall> {
            Err(ProviderError::NotSent.into())
        }
    }

    #[test]
    fn a_provider_comes_and_goes_at_every_copy_of_the_door() {
        let door = Door::new().with_text("builtin", Arc::new(Nobody));
        let kept = door.clone();
        kept.register("vendor", Some(Arc::new(Nobody)), None, Pace::at_once(4));
        assert!(door.text("vendor").is_some() && door.image("vendor").is_none(), "it is at the engine's door too");
        assert_eq!((door.concurrency("vendor"), door.concurrency("builtin"), door.concurrency("nobody")), (4, 1, 1));
        kept.register("vendor", Some(Arc::new(Nobody)), None, Pace::at_once(0));
        assert_eq!(door.concurrency("vendor"), 1, "none at once would be none at all");
        kept.rest("vendor", 1_000);
        kept.rest("vendor", 500);
        kept.rest("nobody", 1_000);
        assert_eq!(door.resting(400), [("vendor".to_owned(), 600)], "as long as was asked for at the most");
        assert_eq!(door.resting(1_000), []);
        kept.register("vendor", Some(Arc::new(Nobody)), None, Pace::at_once(1));
        assert_eq!(door.resting(400), [], "one that is connected anew is asked anew");
        let pace = Pace { concurrency: 4, per_minute: NonZeroU32::new(60) };
        kept.register("vendor", Some(Arc::new(Nobody)), None, pace);
        assert_eq!((door.take_turn("vendor", 5_000), door.take_turn("builtin", 5_000)), (Ok(()), Ok(())));
        assert_eq!(door.take_turn("vendor", 5_400), Err(600));
        assert_eq!(door.resting(5_400), [("vendor".to_owned(), 600)], "and nobody tries meanwhile");
        assert_eq!(door.take_turn("vendor", 6_000), Ok(()));
        kept.unregister("vendor");
        assert!(door.text("vendor").is_none() && door.text("builtin").is_some(), "only the one is gone");
    }
}
