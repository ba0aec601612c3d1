//! The prompt library, authors, and how sites speak.

use super::work::Estimate;
use serde::{Deserialize, Serialize};
use specta::Type;

/// Every prompt there is, as it counts for one site or for all.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PromptLibrary {
    /// In the order of the pipeline.
    pub prompts: Vec<PromptView>,
    /// Longest text, in characters.
    pub chars_max: u32,
    /// Number of the app's own texts.
    pub built_in_version: u32,
}

/// Whose words are in use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum PromptOrigin {
    /// The app's own.
    BuiltIn,
    /// The user's, for all sites.
    Yours,
    /// The user's, for this site.
    Site,
}

/// One prompt.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PromptView {
    /// Its word: `clustering`, `content_guide`, `image_featured`, ….
    pub kind: String,
    /// Name of the function that reads it.
    pub function: String,
    /// Whose words are in use.
    pub origin: PromptOrigin,
    /// The words in use.
    pub body: String,
    /// Id of the wording in use; `null` for the app's own.
    pub version_id: Option<String>,
    /// Its number; `null` for the app's own.
    pub version: Option<u32>,
    /// When it was written; `null` for the app's own.
    pub written_at: Option<String>,
    /// The app's own words.
    pub built_in: String,
    /// The words that count without the one of this site: the user's for all sites, else the app's own.
    pub inherited: String,
    /// Sites that have words of their own.
    pub site_count: u32,
    /// Settings a text of this kind may name.
    pub variables: Vec<PromptVariableView>,
}

/// A setting that a template may name.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PromptVariableView {
    /// Its name in a template.
    pub name: String,
    /// A value it may have.
    pub example: String,
}

/// One wording of a history.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PromptVersionView {
    /// Id.
    pub id: String,
    /// Its number, from 1.
    pub version: u32,
    /// The words.
    pub body: String,
    /// When it was written.
    pub written_at: String,
    /// It is in use.
    pub is_in_use: bool,
}

/// A wording to look at with what a site has.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PromptTrialRequest {
    /// What it is for.
    pub kind: String,
    /// The site.
    pub site_id: String,
    /// The words.
    pub body: String,
}

/// What would be sent.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PromptPreview {
    /// The instructions, as they are sent.
    pub instruction: String,
    /// The data beside them; empty when the site has no item of the sort.
    pub data: String,
    /// The item's name; empty when there is none.
    pub item: String,
    /// The model that would be asked.
    pub model: String,
    /// What one trial costs; `null` without an item.
    pub price: Option<Estimate>,
    /// This very question is paid already and costs nothing.
    pub is_paid: bool,
}

/// How a trial stands.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PromptTrialView {
    /// `pending`, `success` or `error`.
    pub status: String,
    /// Charged.
    pub credits: String,
    /// What the vendor bills, US dollars.
    pub cost: String,
    /// Tokens read.
    pub tokens_input: u32,
    /// Tokens written.
    pub tokens_output: u32,
    /// Why it failed, a code; empty otherwise.
    pub error_code: String,
    /// What a text model answered; empty otherwise.
    pub text: String,
    /// Address `media:<hash>` of the picture an image model made; empty otherwise.
    pub picture: String,
}

/// A prompt that an article was asked for with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PromptUseView {
    /// Its word.
    pub kind: String,
    /// Whose words.
    pub origin: PromptOrigin,
    /// Number of the wording, or of the app's own texts.
    pub version: u32,
}

/// Somebody who signs articles.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AuthorView {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Who that is.
    pub bio: String,
    /// How they write.
    pub voice: String,
    /// Sites they sign for.
    pub site_count: u32,
}

/// An author as the user fills it in.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AuthorDraft {
    /// Name.
    pub name: String,
    /// Who that is.
    pub bio: String,
    /// How they write.
    pub voice: String,
}

/// How a site speaks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SiteVoiceView {
    /// `neutral`, `friendly`, `professional`, `conversational`, `authoritative` or `playful`; empty leaves it to the model.
    pub tone: String,
    /// `short`, `medium` or `long`; empty leaves it to the topic.
    pub length: String,
    /// Who signs its articles; `null` for nobody.
    pub author_id: Option<String>,
}
