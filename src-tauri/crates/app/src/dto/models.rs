//! Vendors and what is added to the catalogue.

use super::work::AiFunctionView;
use serde::{Deserialize, Serialize};
use specta::Type;
use std::fmt;

/// A connected vendor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ProviderView {
    /// Its name, as models and books name it.
    pub name: String,
    /// Address of its interface.
    pub url: String,
    /// The language it is asked in: `openai`, `anthropic`, `gemini`, `ollama`, `runware` or `bria`.
    pub dialect: String,
    /// It was connected with a key.
    pub has_key: bool,
    /// The key's last characters, to recognise it by; empty for a short key and for none.
    pub key_tail: String,
    /// Calls that may be under way at once.
    pub concurrency: u32,
    /// Requests in a minute at the most; absent for as many as it takes.
    pub per_minute: Option<u32>,
}

/// A vendor to connect, or to connect anew.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ProviderDraft {
    /// Letters, digits, dots, dashes and underscores.
    pub name: String,
    /// Address of its interface.
    pub url: String,
    /// The language it is asked in; the one that its address and name suggest when absent.
    pub dialect: Option<String>,
    /// Its key. Absent for a server that takes none.
    pub key: Option<String>,
    /// Without a key, the one that is kept stays; only at the address that it was given for.
    pub keeps_key: bool,
    /// Requests in a minute at the most; absent for as many as it takes.
    pub per_minute: Option<u32>,
}

impl fmt::Debug for ProviderDraft {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ProviderDraft").field("name", &self.name).field("url", &self.url).finish_non_exhaustive()
    }
}

/// What a vendor said to a question that costs nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ProviderTest {
    /// How it stands.
    pub verdict: ProviderVerdict,
    /// Models it lists, as many as it lists at once; absent for one without a list.
    pub models: Option<u32>,
}

/// How a vendor stands that was asked something that costs nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ProviderVerdict {
    /// It is there and takes the key, or takes everybody.
    Right,
    /// It does not take the key, or wants one.
    WrongKey,
    /// It knows the key, and does not let it ask.
    NotAllowed,
    /// The keyring has no key for it any more, or cannot be read.
    NoKey,
    /// Nobody answers at its address.
    Unreachable,
    /// It was asked and gave no answer, or none that says anything.
    Silent,
    /// It takes no requests at the moment.
    Busy,
    /// Its account has no money.
    OutOfMoney,
    /// Somebody answers who does not speak its language.
    Stranger,
}

/// A model of the catalogue.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ModelView {
    /// Id.
    pub id: String,
    /// Vendor or `builtin`.
    pub provider: String,
    /// Vendor's model id.
    pub model_name: String,
    /// Name for people.
    pub display_name: String,
    /// `text` or `image`.
    pub model_type: String,
    /// US dollars per 1,000 input tokens; absent means unknown.
    pub cost_per_1k_input: Option<String>,
    /// US dollars per 1,000 output tokens.
    pub cost_per_1k_output: Option<String>,
    /// US dollars per 1,000 input tokens from the vendor's cache; absent means as input.
    pub cost_per_1k_cached_input: Option<String>,
    /// US dollars per 1,000 input tokens that the vendor writes to its cache; absent means as input.
    pub cost_per_1k_cache_write: Option<String>,
    /// US dollars per 1,000 tokens of reasoning; absent means as output.
    pub cost_per_1k_reasoning: Option<String>,
    /// US dollars per 1,000 tokens of pictures read; absent means as input.
    pub cost_per_1k_image_input: Option<String>,
    /// US dollars per 1,000 tokens of pictures made; absent means as output.
    pub cost_per_1k_image_output: Option<String>,
    /// US dollars per image.
    pub cost_per_image: Option<String>,
    /// Credits per image.
    pub credits_per_image: Option<String>,
    /// Tokens one credit buys.
    pub tokens_per_credit: Option<u32>,
    /// The least a text call costs.
    pub min_credits: String,
    /// May be chosen.
    pub is_active: bool,
    /// Chosen when nothing else is said.
    pub is_default: bool,
    /// The day its vendor ends it, such as `2026-12-01`.
    pub retires_on: Option<String>,
    /// The model to use instead, of the same vendor.
    pub replaced_by: Option<String>,
    /// Its end is near: thirty days or less.
    pub ends_soon: bool,
    /// Whether it can be used now.
    pub state: ModelState,
    /// When this price was true, or was entered.
    pub priced_at: String,
    /// Most tokens it reads; 0 for an image model.
    pub context_tokens: u32,
    /// Most tokens it writes in one answer; 0 for an image model.
    pub max_output_tokens: u32,
    /// What an image model can be asked for, as an object of JSON; absent for text.
    pub picture: Option<String>,
    /// How a text model thinks before it answers, as an object of JSON: `tokens` at the most, and `ask`, the fields in which
    /// its requests say it; absent for an image model.
    pub thinking: Option<String>,
    /// Hours of the day, in UTC, at which its tokens cost less.
    pub hours: Vec<HoursView>,
    /// What a picture costs in each quality, of an image model that is sold in several; its own price is that of the one
    /// that is asked for.
    pub tiers: Vec<TierView>,
}

/// What a picture costs in one quality.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct TierView {
    /// The vendor's word for it; empty where none is said.
    pub quality: String,
    /// Most pixels of a picture at this price; absent for every size that no other price of the quality is for.
    pub pixels_max: Option<u32>,
    /// US dollars for a picture; absent where it is paid by its tokens.
    pub cost_per_image: Option<String>,
    /// Tokens of a picture of 1,024 × 1,024, where it is paid by its tokens.
    pub image_tokens: Option<u32>,
    /// Credits for a picture.
    pub credits_per_image: String,
    /// US dollars that a picture likely costs, in the largest of the usual sizes; absent where the model has no prices.
    pub likely_cost: Option<String>,
    /// It is the one that is asked for.
    pub is_asked: bool,
}

/// Hours of every day at which a model's tokens cost a part of what its prices say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct HoursView {
    /// The time they begin with, in UTC, such as `10:00`.
    pub from: String,
    /// The time they end before; one before `from` is on the next day.
    pub until: String,
    /// The part that is asked, in percent.
    pub percent: u8,
}

/// Whether a model can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ModelState {
    /// It can.
    Ready,
    /// Its vendor is not connected: no key yet.
    NoKey,
    /// Nobody has said what it costs.
    Unpriced,
    /// Its vendor has ended it.
    Ended,
    /// Another price has taken its place.
    Off,
}

/// Where the key of a vendor is that was just connected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum KeyKept {
    /// There is none.
    None,
    /// With the operating system.
    Keyring,
    /// In the memory of this process: there is no keyring.
    Memory,
}

/// A model to add to the catalogue. Prices are decimals in US dollars; an absent one is unknown, or that of the next
/// coarser bucket.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ModelDraft {
    /// A connected vendor.
    pub provider: String,
    /// The vendor's model id.
    pub model_name: String,
    /// `text` or `image`; may be empty where the catalogue knows the model.
    pub model_type: String,
    /// Name for people; the model id when absent.
    pub display_name: Option<String>,
    /// For 1,000 tokens read.
    pub cost_per_1k_input: Option<String>,
    /// For 1,000 tokens written; of pictures made as well, where those have no price of their own.
    pub cost_per_1k_output: Option<String>,
    /// For 1,000 tokens read from the vendor's cache.
    pub cost_per_1k_cached_input: Option<String>,
    /// For 1,000 tokens written to the vendor's cache.
    pub cost_per_1k_cache_write: Option<String>,
    /// For 1,000 tokens of reasoning.
    pub cost_per_1k_reasoning: Option<String>,
    /// For 1,000 tokens of pictures read.
    pub cost_per_1k_image_input: Option<String>,
    /// For 1,000 tokens of pictures made.
    pub cost_per_1k_image_output: Option<String>,
    /// For a picture.
    pub cost_per_image: Option<String>,
    /// Tokens one credit buys; 1,000 when absent.
    pub tokens_per_credit: Option<u32>,
    /// The least a text call costs in credits; 1 when absent.
    pub min_credits: Option<String>,
    /// What a picture costs in credits.
    pub credits_per_image: Option<String>,
    /// What a picture costs in each quality; as it does now, or as in the catalogue, when absent. The price of a picture is
    /// then that of the quality that is asked for, and one without a price is refused.
    pub tiers: Option<Vec<TierDraft>>,
    /// What an image model can be asked for, as an object of JSON; what is usual of its vendor's language when absent.
    pub picture: Option<String>,
    /// How a text model thinks before it answers, as an object of JSON; as it does now, or as is usual of its name, when absent.
    pub thinking: Option<String>,
    /// Most tokens the model reads.
    pub context_tokens: Option<u32>,
    /// Most tokens the model writes in one answer.
    pub max_output_tokens: Option<u32>,
    /// The day its vendor ends it, such as `2026-12-01`; empty says that no end is known.
    pub retires_on: Option<String>,
    /// The model to use instead, of the same vendor.
    pub replaced_by: Option<String>,
    /// Use it for its kind from now on.
    pub is_default: bool,
}

/// The price of a picture in one quality.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct TierDraft {
    /// The vendor's word for it.
    pub quality: String,
    /// Most pixels of a picture at this price; absent for every size.
    pub pixels_max: Option<u32>,
    /// US dollars for a picture; absent where it is paid by its tokens.
    pub cost_per_image: Option<String>,
    /// Tokens of a picture of 1,024 × 1,024, where it is paid by its tokens.
    pub image_tokens: Option<u32>,
    /// Credits for a picture; by the rule of the catalogue when absent.
    pub credits_per_image: Option<String>,
}

/// Which set of models is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ModelModeView {
    /// The one to try things with.
    Testing,
    /// The one that counts.
    Live,
}

/// Which model each function asks.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ModelRoles {
    /// The set that is switched on.
    pub mode: ModelModeView,
    /// Every function in both sets.
    pub roles: Vec<RoleView>,
}

/// The model of a function in one of the sets.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RoleView {
    /// Which set.
    pub mode: ModelModeView,
    /// Which function.
    pub function: AiFunctionView,
    /// It was chosen for this function; otherwise it is the one of its kind.
    pub is_own: bool,
    /// The model; absent when none is chosen.
    pub model: Option<ModelView>,
}

/// A place where a model is used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RoleUse {
    /// Which set.
    pub mode: ModelModeView,
    /// Which function.
    pub function: AiFunctionView,
}

/// A model in use that has ended, ends soon, or is not known to its vendor.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct EndingView {
    /// Which.
    pub model: ModelView,
    /// Its vendor did not know it when it was asked for it last.
    pub is_unknown: bool,
    /// What to use instead; absent where the catalogue names nothing.
    pub successor: Option<ModelView>,
    /// What it is used for.
    pub uses: Vec<RoleUse>,
    /// Sites whose functions ask it, or that it worked for in the last thirty days, by name.
    pub sites: Vec<String>,
    /// Sites whose runs begin by themselves and ask it, by name.
    pub automations: Vec<String>,
    /// Wordings of the user's own that it is asked with.
    pub prompts: Vec<OwnPromptView>,
    /// Operations that ask it and are open, whether they are under way or were interrupted.
    pub open_operations: u32,
}

/// A wording of the user's own that is in use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct OwnPromptView {
    /// What it is for.
    pub kind: String,
    /// The name of the site that it counts for; absent for all sites.
    pub site: Option<String>,
}
