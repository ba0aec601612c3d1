//! Models that answer as they are told. Unless told otherwise they let a real model answer, so that a test only says
//! what goes wrong; and they remember what they were asked and what it consumed, so that a test can work out for itself
//! what should have been paid.

use async_trait::async_trait;
use igny8_core::function::AiFunction;
use igny8_core::function::input::TextInput;
use igny8_core::id::CallId;
use igny8_core::port::models::{ImageAnswer, ImageRequest, TextAnswer, TextRequest, text_function};
use igny8_core::port::{FailedCall, ImageModel, ProviderError, TextModel};
use igny8_core::usage::Usage;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::Notify;

/// How the next call goes.
#[derive(Clone, Debug)]
pub enum Reply {
    /// As the real model answers.
    Answer,
    /// With this text (or, for a picture, these bytes) in place of the real answer, and the real consumption.
    Says(String),
    /// Not at all, for this reason.
    Fails(ProviderError),
    /// As the real model answers, once the test lets it.
    When(Arc<Notify>),
    /// Never. The request is on its way for as long as somebody waits.
    Never,
    /// With a panic, as a bug in an adapter would.
    Panics,
}

/// A call as the models saw it.
#[derive(Clone, Debug)]
pub struct Asked {
    /// What for.
    pub function: AiFunction,
    /// Under which id.
    pub call: CallId,
    /// The typed input; none for a picture.
    pub input: Option<TextInput>,
    /// The instructions of a text, or what the picture shows.
    pub prompt: String,
    /// What the answer consumed; nothing when there was none.
    pub usage: Usage,
}

/// What is said next, and what was asked before. One script serves both kinds of model.
#[derive(Debug, Default)]
pub struct Script {
    next: Mutex<VecDeque<Reply>>,
    asked: Mutex<Vec<Asked>>,
    arrived: Notify,
}

impl Script {
    /// Says how the next call goes that nothing was said about; the real model answers those after it.
    pub fn then(&self, reply: Reply) {
        lock(&self.next).push_back(reply);
    }

    /// Every call so far, oldest first.
    #[must_use]
    pub fn asked(&self) -> Vec<Asked> {
        lock(&self.asked).clone()
    }

    /// Forgets what was asked, so that a test looks at its own calls only.
    pub fn forget(&self) {
        lock(&self.asked).clear();
    }

    /// Waits until a model was asked since the last wait.
    pub async fn arrival(&self) {
        self.arrived.notified().await;
    }

    fn arrive(&self, asked: Asked) -> (usize, Reply) {
        let mut all = lock(&self.asked);
        all.push(asked);
        self.arrived.notify_one();
        (all.len() - 1, lock(&self.next).pop_front().unwrap_or(Reply::Answer))
    }

    fn consumed(&self, place: usize, usage: Usage) {
        if let Some(asked) = lock(&self.asked).get_mut(place) {
            asked.usage = usage;
        }
    }
}

/// A text model on a script.
pub struct ScriptedText {
    script: Arc<Script>,
    real: Arc<dyn TextModel>,
}

impl ScriptedText {
    /// `real` answers whatever the script says nothing about.
    #[must_use]
    pub fn new(script: Arc<Script>, real: Arc<dyn TextModel>) -> Self {
        Self { script, real }
    }
}

#[async_trait]
impl TextModel for ScriptedText {
    fn count_input_tokens(&self, request: &TextRequest) -> u32 {
        self.real.count_input_tokens(request)
    }

    async fn complete(&self, request: &TextRequest) -> Result<TextAnswer, FailedCall> {
        let (place, reply) = self.script.arrive(Asked {
            function: text_function(&request.input),
            call: request.call,
            input: Some(request.input.clone()),
            prompt: request.system_prompt.clone(),
            usage: Usage::default(),
        });
        let answer = match permission(reply).await? {
            None => self.real.complete(request).await?,
            Some(text) => TextAnswer { text, ..self.real.complete(request).await? },
        };
        self.script.consumed(place, answer.usage);
        Ok(answer)
    }
}

/// An image model on a script.
pub struct ScriptedImage {
    script: Arc<Script>,
    real: Arc<dyn ImageModel>,
}

impl ScriptedImage {
    /// `real` answers whatever the script says nothing about.
    #[must_use]
    pub fn new(script: Arc<Script>, real: Arc<dyn ImageModel>) -> Self {
        Self { script, real }
    }
}

#[async_trait]
impl ImageModel for ScriptedImage {
    async fn render(&self, request: &ImageRequest) -> Result<ImageAnswer, FailedCall> {
        let (place, reply) = self.script.arrive(Asked {
            function: AiFunction::GenerateImages,
            call: request.call,
            input: None,
            prompt: request.prompt.clone(),
            usage: Usage::default(),
        });
        let answer = match permission(reply).await? {
            None => self.real.render(request).await?,
            Some(text) => ImageAnswer { bytes: text.into_bytes(), ..self.real.render(request).await? },
        };
        self.script.consumed(place, answer.usage);
        Ok(answer)
    }
}

/// Waits as long as the reply wants; then nothing for the real answer, or what stands in its place.
async fn permission(reply: Reply) -> Result<Option<String>, ProviderError> {
    match reply {
        Reply::Answer => Ok(None),
        Reply::Says(text) => Ok(Some(text)),
        Reply::Fails(error) => Err(error),
        Reply::When(let_go) => {
            let_go.notified().await;
            Ok(None)
        }
        Reply::Never => std::future::pending().await,
        Reply::Panics => std::panic::panic_any("planted in the script"),
    }
}

/// A test that panicked while it held the lock leaves the values whole.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
