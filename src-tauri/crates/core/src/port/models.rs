//! What a model can be asked, and what can come back. These ports know no money: whoever calls them holds a permit
//! that the ledger gave out, and that is not their concern.

use crate::function::AiFunction;
use crate::function::input::{SiteContext, TextInput};
use crate::hangup::Hangup;
use crate::id::CallId;
use crate::live::Listener;
use crate::picture::{Ask, Negative};
use crate::status::{ImageFormat, ImageType};
use crate::usage::Usage;
use async_trait::async_trait;
use serde_json::{Map, Value};
use std::borrow::Cow;

/// One text call. Vendors read the prompt and the schema; the built-in engine reads the typed input.
#[derive(Clone, Debug)]
pub struct TextRequest {
    /// Stays the same through retries; sent where the vendor has an idempotency header.
    pub call: CallId,
    /// The model's id at its vendor.
    pub model_name: String,
    /// The typed input.
    pub input: TextInput,
    /// Instructions.
    pub system_prompt: String,
    /// The item as delimited data.
    pub user_prompt: String,
    /// JSON schema of the answer.
    pub schema: Value,
    /// The answer's room, in tokens, with what the model needs to think before it.
    pub max_output_tokens: u32,
    /// What the request says of thinking, in the words of its vendor's interface: fields that are laid into it.
    pub thinking: Map<String, Value>,
    /// Most tokens the model reads and writes in one call.
    pub context_tokens: u32,
    /// Hears the answer while it is written, from models that can tell it in pieces. What comes of the call is the same
    /// with it and without.
    pub listener: Option<Listener>,
    /// Whether anybody still waits for the answer.
    pub hangup: Hangup,
}

/// A complete text answer. A cut one is [`ProviderError::CutOff`], never this.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextAnswer {
    /// What the model wrote, expected to be JSON.
    pub text: String,
    /// What it consumed.
    pub usage: Usage,
    /// The vendor's own id of the request.
    pub provider_request_id: Option<String>,
}

/// One image call.
#[derive(Clone, Debug)]
pub struct ImageRequest {
    /// Stays the same through retries.
    pub call: CallId,
    /// The model's id at its vendor.
    pub model_name: String,
    /// Its style, and what it shows.
    pub prompt: String,
    /// What it must not show; empty when nothing is said. A model without a field for it reads it in
    /// [`ImageRequest::words`].
    pub negative_prompt: String,
    /// What the built-in renderer sets in type and colour.
    pub brief: ImageBrief,
    /// Wanted pixels.
    pub width: u32,
    /// Wanted pixels.
    pub height: u32,
    /// Wanted file format.
    pub format: ImageFormat,
    /// Chooses among designs; the same seed gives the same picture where the model can.
    pub seed: u64,
    /// The vendor's id of an earlier attempt at this call whose answer was lost. Where the vendor can be asked what became
    /// of it, it is, and nothing is made anew.
    pub earlier: Option<String>,
    /// Whether anybody still waits for the picture.
    pub hangup: Hangup,
    /// How the wish is put to this model.
    pub ask: Ask,
}

impl ImageRequest {
    /// All that the model reads of what to show; what not to show is in it for a model without a field for that.
    #[must_use]
    pub fn words(&self) -> String {
        told(&self.prompt, &self.negative_prompt, self.ask.negative)
    }

    /// What stands in the field for what not to show; nothing for a model without one, and where nothing is said.
    #[must_use]
    pub fn negative_field(&self) -> Option<&str> {
        let is_said = self.ask.negative == Negative::Field && !self.negative_prompt.is_empty();
        is_said.then_some(self.negative_prompt.as_str())
    }
}

/// What a model is told to show, and, where it has no field for it, what not.
#[must_use]
pub fn told(prompt: &str, negative_prompt: &str, negative: Negative) -> String {
    match negative {
        Negative::InPrompt if !negative_prompt.is_empty() => format!("{prompt}\nNot in the picture: {negative_prompt}"),
        Negative::InPrompt | Negative::Field => prompt.to_owned(),
    }
}

/// What an image is for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImageBrief {
    /// The site, with its brand colour.
    pub site: SiteContext,
    /// The article's title.
    pub title: String,
    /// The heading it stands under; empty for a featured image.
    pub heading: String,
    /// The article's strongest keyword or cluster, used as a label.
    pub label: String,
    /// Its place.
    pub image_type: Option<ImageType>,
}

/// A complete image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImageAnswer {
    /// The file as the model gave it; it is checked and re-encoded before it is kept.
    pub bytes: Vec<u8>,
    /// The seed it was made from, as its vendor says it.
    pub seed: Option<u64>,
    /// What it consumed.
    pub usage: Usage,
    /// The vendor's own id of the request.
    pub provider_request_id: Option<String>,
}

/// Why there is no answer. The classes differ in what may be done next and in who pays.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProviderError {
    /// The request never left. Nothing was spent.
    #[error("not sent")]
    NotSent,
    /// Too many requests of ours; not run.
    #[error("rate limited")]
    RateLimited {
        /// How long the vendor asks to wait, in milliseconds.
        retry_after_ms: Option<u64>,
    },
    /// Too many requests of everybody's: the vendor is overloaded; not run.
    #[error("overloaded")]
    Overloaded {
        /// How long the vendor asks to wait, in milliseconds.
        retry_after_ms: Option<u64>,
    },
    /// The key is wrong or revoked.
    #[error("the key was not accepted")]
    Auth,
    /// The keyring did not give the key, because it is locked, silent or has it no more. Nothing was sent.
    #[error("the key could not be had")]
    NoKey,
    /// The key is good, and its account may not use this model until a person has done what its vendor wants.
    #[error("not allowed to use the model")]
    NotAllowed {
        /// What that is.
        wants: Wanted,
    },
    /// The vendor account has no money or reached its limit.
    #[error("the vendor account is exhausted")]
    Quota,
    /// The vendor does not know the model, or has ended it.
    #[error("unknown or retired model")]
    UnknownModel,
    /// The request is not acceptable to this model.
    #[error("rejected: {reason}")]
    Rejected {
        /// The vendor's short code.
        reason: String,
    },
    /// The model does not take the form it was asked in, a schema beside the prompt or an answer in pieces; not run. It is
    /// asked otherwise from then on.
    #[error("the form was refused")]
    FormRefused,
    /// The vendor declined to answer this content.
    #[error("refused for its content")]
    ContentRefused {
        /// What was consumed until it did; nothing when it looked at the request alone.
        usage: Usage,
    },
    /// The answer ended before its end.
    #[error("cut off")]
    CutOff {
        /// What was consumed all the same.
        usage: Usage,
    },
    /// The vendor read only a part of the prompt and answered that.
    #[error("the prompt was cut")]
    PromptCut {
        /// What was consumed all the same.
        usage: Usage,
    },
    /// What answered is no model's server: a login page, a firewall or a gateway, or there is nothing of a vendor's at the
    /// address, as where its /v1 is missing. Nothing was run.
    #[error("a web page instead of an answer")]
    Page,
    /// Sent, and then nothing that says how it ended.
    #[error("outcome unknown")]
    Unknown,
    /// The model wrote what is not in the form that was asked for, and its vendor, which says so, keeps it back.
    #[error("the answer has not the form asked for")]
    BadForm,
    /// An answer that is not what the vendor documents.
    #[error("unreadable answer")]
    BadReply {
        /// What the vendor says it consumed all the same; nothing when it does not say.
        usage: Usage,
    },
    /// The provider is not connected in this installation.
    #[error("no such provider")]
    NoSuchProvider,
}

/// What a vendor wants before it lets an account use a model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// Whoever owns the account shows who they are.
    Verification,
    /// The interface is switched on for the account's project.
    Service,
    /// The key, or its account, is given the right.
    Permission,
}

/// Most bytes that are kept of an answer that broke off: the first half of a long article.
const PARTIAL_BYTES_MAX: usize = 16 * 1024;

/// A call that came to no answer: why, and under which id the vendor has it. Where the vendor said its id before things
/// went wrong, the failure can be found on its bill.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{error}")]
pub struct FailedCall {
    /// Why there is no answer.
    pub error: ProviderError,
    /// The vendor's own id of the request; `None` when it gave none.
    pub provider_request_id: Option<String>,
    /// What the model had written until then, where anything of it is known. It is no answer.
    pub partial: Option<String>,
}

impl From<ProviderError> for FailedCall {
    fn from(error: ProviderError) -> Self {
        Self { error, provider_request_id: None, partial: None }
    }
}

impl FailedCall {
    /// The same, as the vendor has it under this id.
    #[must_use]
    pub fn known_as(self, provider_request_id: Option<String>) -> Self {
        Self { provider_request_id, ..self }
    }

    /// The same, with what had been written until then: its beginning, as far as it is kept.
    #[must_use]
    pub fn after(self, written: &str) -> Self {
        let kept = written.get(..written.floor_char_boundary(PARTIAL_BYTES_MAX)).unwrap_or_default().replace('\0', "");
        Self { partial: Some(kept).filter(|kept| !kept.is_empty()), ..self }
    }
}

impl ProviderError {
    /// The stable code that is stored and shown.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotSent => "not_sent",
            Self::RateLimited { .. } => "rate_limited",
            Self::Overloaded { .. } => "overloaded",
            Self::Auth => "auth",
            Self::NoKey => "no_key",
            Self::NotAllowed { wants: Wanted::Verification } => "account_unverified",
            Self::NotAllowed { wants: Wanted::Service } => "service_disabled",
            Self::NotAllowed { wants: Wanted::Permission } => "model_not_allowed",
            Self::Quota => "quota",
            Self::UnknownModel => "unknown_model",
            Self::Rejected { .. } => "rejected",
            // The first form that was refused, under which it is stored.
            Self::FormRefused => "schema_refused",
            Self::ContentRefused { .. } => "content_refused",
            Self::CutOff { .. } => "cut_off",
            Self::PromptCut { .. } => "prompt_cut",
            Self::Page => "page_instead_of_answer",
            Self::Unknown => "outcome_unknown",
            // As an answer that we find so ourselves.
            Self::BadForm => "bad_answer",
            Self::BadReply { .. } => "bad_reply",
            Self::NoSuchProvider => "no_such_provider",
        }
    }
}

/// A text model's adapter. Once nobody waits for the answer any more (see [`Hangup`]) the wait for its vendor ends as
/// [`ProviderError::Unknown`], and before anything left as [`ProviderError::NotSent`].
#[async_trait]
pub trait TextModel: Send + Sync {
    /// Tokens this model counts for the request's input, or an upper estimate. Used to size the hold.
    fn count_input_tokens(&self, request: &TextRequest) -> u32;

    /// The fewest tokens that the request's input can have. One that does not fit even so is not sent.
    fn least_input_tokens(&self, _request: &TextRequest) -> u32 {
        0
    }

    /// The request as its model is sent it: an interface that holds answers to no schema has it in words.
    fn as_sent<'r>(&self, request: &'r TextRequest) -> Cow<'r, TextRequest> {
        Cow::Borrowed(request)
    }

    /// Runs one call. Never retries by itself.
    async fn complete(&self, request: &TextRequest) -> Result<TextAnswer, FailedCall>;
}

/// An image model's adapter. It is hung up on like a text model's. A picture that its vendor has made is fetched all the same.
#[async_trait]
pub trait ImageModel: Send + Sync {
    /// The vendor's id of an attempt at a call, where it is known even when its answer is lost, and is billed once however
    /// often it is sent: because the vendor takes our id, or because it is asked what became of an earlier attempt, which it
    /// has under this id.
    fn request_id(&self, _call: CallId, _earlier: Option<&str>) -> Option<String> {
        None
    }

    /// Makes one image. Never retries by itself.
    async fn render(&self, request: &ImageRequest) -> Result<ImageAnswer, FailedCall>;
}

/// The functions whose answers are text.
#[must_use]
pub fn text_function(input: &TextInput) -> AiFunction {
    match input {
        TextInput::AutoCluster(_) => AiFunction::AutoCluster,
        TextInput::GenerateIdeas(_) => AiFunction::GenerateIdeas,
        TextInput::GenerateContent(_) => AiFunction::GenerateContent,
        TextInput::GenerateImagePrompts(_) => AiFunction::GenerateImagePrompts,
    }
}
