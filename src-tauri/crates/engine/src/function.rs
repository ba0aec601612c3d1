//! The AI functions as values of one trait: which items wait, what a unit asks for, what its answer changes. Nothing
//! here calls a provider or moves money; that is the unit's business, the same for all of them.

mod clusters;
mod contents;
mod ideas;
mod image_prompts;
mod images;

pub(crate) use contents::prepare_idea;
pub(crate) use image_prompts::description_tokens;

use crate::EngineError;
use crate::door::Request;
use crate::media::StoredMedia;
use crate::prompt::Prompts;
use crate::settings::Settings;
use igny8_core::budget;
use igny8_core::function::AiFunction;
use igny8_core::function::input::{Siblings, SiteContext, TextInput};
use igny8_core::function::output::{AnswerError, ClusterOutput, IdeasOutput, ImagePromptsOutput, read};
use igny8_core::hangup::Hangup;
use igny8_core::id::{CallId, OperationId, SiteId};
use igny8_core::model::Model;
use igny8_core::picture::Unfit;
use igny8_core::prompt::{PromptError, PromptKind, PromptValues};
use igny8_core::status::ImageFormat;
use igny8_core::time::UtcMs;
use igny8_store::ledger::Related;
use igny8_store::table::content::ContentText;
use igny8_store::table::prompt::PromptUse;
use igny8_store::{Read, StoreError, Write};
use std::collections::BTreeSet;

/// Most items one operation takes: a whole month's keyword export. More is a second operation.
pub const ITEMS_MAX: usize = 20_000;

/// Failures in a row after which a run leaves an item alone that may be their cause. It can always be tried again by hand.
pub(crate) const RUN_FAILURES_MAX: u32 = 3;

/// Which items of a function an operation takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Aim {
    /// Those that wait.
    Waiting,
    /// Also those whose last attempt failed.
    Failed,
    /// Whatever is there, to be put beside it and then in its place.
    Anew,
    /// Whatever is there, to see what a model makes of it. Nothing is stored.
    Trial,
}

/// What every unit of an operation shares.
#[derive(Clone, Debug)]
pub(crate) struct UnitContext {
    pub site_id: SiteId,
    /// The operation it belongs to; `None` while something is only priced or shown.
    pub operation: Option<OperationId>,
    pub site: SiteContext,
    pub model: Model,
    /// Most pictures inside an article.
    pub in_article_images: u32,
    /// Whether its articles begin with a table of their contents. As it was asked for: its site may be removed by the time
    /// that an article comes.
    pub has_contents: bool,
    /// File format of its pictures.
    pub image_format: ImageFormat,
    /// What its model is asked with.
    pub prompts: Prompts,
    pub settings: Settings,
    pub call: CallId,
    pub aim: Aim,
    /// What its request named beside its items when it was sent; `None` for one that is made for the first time, which
    /// names what is there now.
    pub siblings: Option<Siblings>,
}

/// A unit ready to be priced and sent.
#[derive(Clone, Debug)]
pub(crate) struct Prepared {
    /// What goes through the door.
    pub request: Request,
    /// Its name for people.
    pub item: String,
    /// What it is about, for the books.
    pub related: Related,
    /// Tokens the answer will likely take; 0 for images.
    pub expected_output_tokens: u32,
    /// Whose words it is asked with.
    pub prompts: Vec<PromptUse>,
}

/// Why a unit has no request.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Unprepared {
    /// The file.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Its prompt cannot be used.
    #[error("{0}: {1}")]
    Prompt(PromptKind, PromptError),
    /// Its model cannot be told what is wished for.
    #[error(transparent)]
    Unfit(#[from] Unfit),
}

impl From<(PromptKind, PromptError)> for Unprepared {
    fn from((kind, error): (PromptKind, PromptError)) -> Self {
        Self::Prompt(kind, error)
    }
}

impl From<Unprepared> for EngineError {
    fn from(error: Unprepared) -> Self {
        match error {
            Unprepared::Store(error) => error.into(),
            Unprepared::Prompt(kind, error) => Self::Prompt { kind, error },
            Unprepared::Unfit(unfit) => Self::stopped(unfit.code()),
        }
    }
}

/// An answer that passed its reader.
#[derive(Clone, Debug)]
pub(crate) enum Output {
    Clusters(ClusterOutput),
    Ideas(IdeasOutput),
    Content(Box<ContentText>),
    ImagePrompts(ImagePromptsOutput),
    Image(Box<Painted>),
}

/// A picture that is in the media folder, and what it was made from.
#[derive(Clone, Debug)]
pub(crate) struct Painted {
    pub media: StoredMedia,
    /// All that its model was told to show.
    pub made_from: String,
    /// The seed, as its vendor counts it.
    pub seed: Option<u64>,
}

/// How a unit failed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Failure {
    /// Why, a code.
    pub code: &'static str,
    /// What was there was to be made anew.
    pub is_anew: bool,
    /// The item was only looked at.
    pub is_trial: bool,
}

/// Causes that say nothing about the item: what never reached the vendor, what the vendor refuses to everybody, and what
/// the books do not let through.
pub(crate) const CAUSES_OF_OTHERS: &[&str] = &[
    "not_sent",
    "rate_limited",
    "overloaded",
    "schema_refused",
    "auth",
    "no_key",
    "quota",
    "page_instead_of_answer",
    "unknown_model",
    "account_unverified",
    "service_disabled",
    "model_not_allowed",
    "no_such_provider",
    "unpriced",
    "model_ended",
    "price_out_of_range",
    "media_failed",
    "item_gone",
    "prompt_failed",
    "insufficient_credits",
    "spending_stopped",
    "cap_month",
    "cap_day",
    "cap_site",
    "cap_run",
    "cap_run_rest",
    "cap_share",
];

impl Failure {
    /// Whether the item may be the cause, so that it would fail each time: an answer was asked for and given, or not given
    /// for a cause nobody knows.
    pub fn is_the_items(&self) -> bool {
        !CAUSES_OF_OTHERS.contains(&self.code)
    }
}

/// One AI function.
pub(crate) trait Function: Sync {
    /// Items of a site that wait for this function, at most `limit`.
    fn waiting(&self, read: &Read<'_>, site: SiteId, limit: u32) -> Result<Vec<i64>, StoreError>;

    /// Of the given items those of this site that may be worked on now, in the given order.
    fn eligible(&self, read: &Read<'_>, site: SiteId, ids: &[i64]) -> Result<Vec<i64>, StoreError>;

    /// Items of a site whose last attempt failed, at most `limit`: all, or those a run may take up again.
    fn failed_ones(&self, _: &Read<'_>, _: SiteId, _: Option<u32>, _: u32) -> Result<Vec<i64>, StoreError> {
        Ok(Vec::new())
    }

    /// Of what waits, the items that a run leaves alone because they have failed so often in a row. Items that are told
    /// apart by a state of their own after a failure do not wait then.
    fn failing(&self, _: &Read<'_>, _: SiteId, _failures: u32) -> Result<BTreeSet<i64>, StoreError> {
        Ok(BTreeSet::new())
    }

    /// Makes those of the given items wait again whose last attempt failed.
    fn take_up(&self, _: &mut Write<'_>, _: &[i64], _: UtcMs) -> Result<(), StoreError> {
        Ok(())
    }

    /// Notes that the given items are to be made as another variation, where the wish is the item's and not the
    /// operation's.
    fn wish_anew(&self, _: &mut Write<'_>, _: &[i64], _: UtcMs) -> Result<(), StoreError> {
        Ok(())
    }

    /// Splits items into units of at most `per_call`.
    fn units(&self, _: &Read<'_>, ids: &[i64], per_call: usize) -> Result<Vec<Vec<i64>>, StoreError> {
        Ok(ids.chunks(per_call).map(<[i64]>::to_vec).collect())
    }

    /// What a unit of these items is about, for the books.
    fn related(&self, items: &[i64]) -> Related;

    /// Builds a unit's request; `None` when none of its items needs it any more.
    fn prepare(&self, read: &Read<'_>, unit: &UnitContext, items: &[i64]) -> Result<Option<Prepared>, Unprepared>;

    /// The field of its answer that may be shown while it is written; none for most.
    fn shown_field(&self) -> Option<&'static str> {
        None
    }

    /// Reads a text answer. Image functions have none.
    fn parse(&self, text: &str) -> Result<Output, AnswerError>;

    /// Stores an answer and returns how many things it made; 0 means that nothing could be stored, and nothing is
    /// charged then.
    fn save(
        &self,
        write: &mut Write<'_>,
        unit: &UnitContext,
        items: &[i64],
        output: Output,
        now: UtcMs,
    ) -> Result<u32, StoreError>;

    /// Marks items whose unit failed.
    fn failed(&self, write: &mut Write<'_>, items: &[i64], failure: &Failure, now: UtcMs) -> Result<(), StoreError>;
}

/// The function behind a name.
pub(crate) fn function(kind: AiFunction) -> &'static dyn Function {
    match kind {
        AiFunction::AutoCluster => &clusters::AutoCluster,
        AiFunction::GenerateIdeas => &ideas::GenerateIdeas,
        AiFunction::GenerateContent => &contents::GenerateContent,
        AiFunction::GenerateImagePrompts => &image_prompts::GenerateImagePrompts,
        AiFunction::GenerateImages => &images::GenerateImages,
    }
}

/// What a unit is about, for the books. A trial is about nothing: it is no part of what its item costs.
pub(crate) fn related(kind: AiFunction, is_trial: bool, items: &[i64]) -> Related {
    if is_trial { Related::None } else { function(kind).related(items) }
}

/// Stores what a unit was answered and returns how many things it made. A trial's answer is kept among the paid ones
/// alone, and counts as one.
pub(crate) fn save(
    kind: AiFunction,
    write: &mut Write<'_>,
    unit: &UnitContext,
    items: &[i64],
    output: Output,
    now: UtcMs,
) -> Result<u32, StoreError> {
    match unit.aim {
        Aim::Trial => Ok(1),
        Aim::Waiting | Aim::Failed | Aim::Anew => function(kind).save(write, unit, items, output, now),
    }
}

/// Marks items whose unit failed, unless they were only looked at.
pub(crate) fn failed(
    kind: AiFunction,
    write: &mut Write<'_>,
    items: &[i64],
    failure: &Failure,
    now: UtcMs,
) -> Result<(), StoreError> {
    if failure.is_trial { Ok(()) } else { function(kind).failed(write, items, failure, now) }
}

/// The answer's room for an expected length and what is thought before it, within what the model can write.
pub(crate) fn answer_room(model: &Model, expected_output_tokens: u32) -> u32 {
    let wanted = budget::answer_room(expected_output_tokens, model.thinking.tokens);
    wanted.min(u32::try_from(model.max_output_tokens).unwrap_or(u32::MAX))
}

/// What a text unit is about, beside its input.
struct About {
    item: String,
    related: Related,
    expected_output_tokens: u32,
}

/// A text unit from its prompts and its typed input.
fn text_unit(
    unit: &UnitContext,
    kinds: &[PromptKind],
    values: &PromptValues,
    input: TextInput,
    about: About,
) -> Result<Prepared, Unprepared> {
    let (task, prompts) = unit.prompts.task(kinds, values)?;
    let input = match &unit.siblings {
        Some(siblings) => input.among(siblings.clone()),
        None => input,
    };
    let prompt = igny8_core::prompt::prompt(&task, &input);
    let request = Request::Text(Box::new(igny8_core::port::models::TextRequest {
        call: unit.call,
        model_name: unit.model.model_name.clone(),
        input,
        system_prompt: prompt.system,
        user_prompt: prompt.user,
        schema: prompt.schema,
        max_output_tokens: answer_room(&unit.model, about.expected_output_tokens),
        thinking: unit.model.thinking.ask.clone(),
        context_tokens: u32::try_from(unit.model.context_tokens).unwrap_or(u32::MAX),
        listener: None,
        hangup: Hangup::default(),
    }));
    let About { item, related, expected_output_tokens } = about;
    Ok(Prepared { request, item, related, expected_output_tokens, prompts })
}

/// Reads an answer that must hold something.
fn parse_some<T: serde::de::DeserializeOwned>(
    text: &str,
    is_empty: impl Fn(&T) -> bool,
    wrap: impl Fn(T) -> Output,
) -> Result<Output, AnswerError> {
    let output: T = read(text)?;
    if is_empty(&output) { Err(AnswerError::Empty) } else { Ok(wrap(output)) }
}
