//! What a model can be asked, and what can come back. These ports know no money: whoever calls them holds a permit
//! that the ledger gave out, and that is not their concern.

use crate::function::AiFunction;
use crate::function::input::{SiteContext, TextInput};
use crate::id::CallId;
use crate::live::Listener;
use crate::picture::{Ask, Negative};
use crate::status::{ImageFormat, ImageType};
use crate::usage::Usage;
use async_trait::async_trait;

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
    pub schema: serde_json::Value,
    /// The answer's room, in tokens, with what the model needs to think before it.
    pub max_output_tokens: u32,
    /// Most tokens the model reads and writes in one call.
    pub context_tokens: u32,
    /// Hears the answer while it is written, from models that can tell it in pieces. What comes of the call is the same
    /// with it and without.
    pub listener: Option<Listener>,
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
    /// The key is missing, wrong or revoked.
    #[error("the key was not accepted")]
    Auth,
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
    /// The model takes no schema beside the prompt; not run. It is asked without one from then on.
    #[error("the schema was refused")]
    SchemaRefused,
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
    /// A web page under a success status or a ban: a login page, a firewall or a gateway answered, or the address is another
    /// program's. The vendor has seen neither the key nor the request.
    #[error("a web page instead of an answer")]
    Page,
    /// Sent, and then nothing that says how it ended.
    #[error("outcome unknown")]
    Unknown,
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
            Self::Quota => "quota",
            Self::UnknownModel => "unknown_model",
            Self::Rejected { .. } => "rejected",
            Self::SchemaRefused => "schema_refused",
            Self::ContentRefused { .. } => "content_refused",
            Self::CutOff { .. } => "cut_off",
            Self::PromptCut { .. } => "prompt_cut",
            Self::Page => "page_instead_of_answer",
            Self::Unknown => "outcome_unknown",
            Self::BadReply { .. } => "bad_reply",
            Self::NoSuchProvider => "no_such_provider",
        }
    }
}

/// A text model's adapter.
#[async_trait]
pub trait TextModel: Send + Sync {
    /// Tokens this model counts for the request's input, or an upper estimate. Used to size the hold.
    fn count_input_tokens(&self, request: &TextRequest) -> u32;

    /// The fewest tokens that the request's input can have. One that does not fit even so is not sent.
    fn least_input_tokens(&self, _request: &TextRequest) -> u32 {
        0
    }

    /// Most tokens a model of this name thinks with before it answers, on top of the answer's own; none for most.
    fn thinking_tokens(&self, _model_name: &str) -> u32 {
        0
    }

    /// Runs one call. Never retries by itself.
    async fn complete(&self, request: &TextRequest) -> Result<TextAnswer, FailedCall>;
}

/// An image model's adapter.
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
