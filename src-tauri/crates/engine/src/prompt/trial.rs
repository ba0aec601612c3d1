//! Seeing a wording before it counts: what a real item of a site would be asked with, for nothing; and what a model answers
//! to it, held and charged like any other call. A trial's answer is shown and stored nowhere but among the paid answers,
//! so that the same words at work are not paid for a second time.

use super::Prompts;
use super::specimen::{asked_with, specimen};
use crate::door::{Door, Request};
use crate::function::{Aim, Prepared, function};
use crate::once::Once;
use crate::operation::{not_found, unit_context};
use crate::roles::{model_for, unbarred};
use crate::unit::{paid_answer, price, request_hash};
use crate::{Engine, EngineError};
use igny8_core::id::{CallId, ClientKey, ModelId, OperationId, SiteId};
use igny8_core::model::{Charge, Model};
use igny8_core::prompt::{PromptKind, check};
use igny8_core::status::{ContentType, Intent, Trigger};
use igny8_core::time::UtcMs;
use igny8_store::ledger::PaidBody;
use igny8_store::table::operation::{NewOperation, OperationRow};
use igny8_store::table::prompt::TrialRow;
use igny8_store::{Read, StoreError, Write};
use uuid::Uuid;

/// Words of an article that is not there, for a preview without one.
const WORDS: u32 = 1_500;

/// A wording to look at.
#[derive(Clone, Debug)]
pub struct Trial {
    /// What it is for.
    pub kind: PromptKind,
    /// The site whose settings and items it is looked at with.
    pub site: SiteId,
    /// The template; `None` takes the wording that is in use.
    pub body: Option<String>,
    /// The model to ask; `None` asks the one of the prompt's function.
    pub model: Option<ModelId>,
}

impl Trial {
    /// What is wrong with its wording.
    fn check(&self) -> Result<(), EngineError> {
        let checked = self.body.as_deref().map_or(Ok(()), |body| check(self.kind, body));
        checked.map_err(|error| EngineError::Prompt { kind: self.kind, error })
    }

    fn wording(&self, prompts: &Prompts) -> String {
        self.body.clone().unwrap_or_else(|| prompts.wording(self.kind).to_owned())
    }

    fn model(&self, read: &Read<'_>) -> Result<Model, EngineError> {
        match self.model {
            Some(id) => read.model(id).map_err(|error| not_found(error, "model")),
            None => model_for(read, self.kind.function()),
        }
    }
}

/// What would be sent.
#[derive(Clone, Debug)]
pub struct Preview {
    /// The instructions, as they are sent.
    pub instruction: String,
    /// The data beside them, as it is sent; empty when the site has no item of the sort.
    pub data: String,
    /// The item's name; empty when there is none.
    pub item: String,
    /// The model that would be asked.
    pub model: String,
    /// What asking costs; `None` without an item.
    pub price: Option<PreviewPrice>,
}

/// What asking costs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PreviewPrice {
    /// What asking likely costs: nothing for a question that is paid already.
    pub likely: Charge,
    /// The most it can cost.
    pub worst: Charge,
    /// This very question is paid already, and its answer is taken from the books.
    pub is_paid: bool,
}

/// How a trial stands.
#[derive(Clone, Debug)]
pub struct TrialOutcome {
    /// Its operation.
    pub row: OperationRow,
    /// What was answered, once it was.
    pub answer: Option<PaidBody>,
    /// Tokens read and written for it.
    pub tokens: (u32, u32),
}

impl Engine {
    /// What a wording would be sent as. No model is asked.
    ///
    /// # Errors
    /// [`EngineError::Prompt`]; [`EngineError::NotFound`]; [`EngineError::NoModel`]; [`EngineError::Unpriced`].
    pub async fn prompt_preview(&self, trial: Trial) -> Result<Preview, EngineError> {
        trial.check()?;
        let door = self.door.clone();
        self.store
            .read(move |r| {
                let model = trial.model(r)?;
                let Some((_, prepared)) = prepare(r, &trial, &model)? else {
                    return without_item(r, &trial, model);
                };
                let (likely, worst) = price(&door, &model, &prepared)?;
                let hash = request_hash(trial.kind.function(), &model, &prepared.request);
                let price = match paid_answer(r, &hash)? {
                    Some(_) => PreviewPrice { is_paid: true, ..PreviewPrice::default() },
                    None => PreviewPrice { likely, worst, is_paid: false },
                };
                let (instruction, data) = sent((&door, &model.provider), trial.kind, prepared.request);
                let (item, model) = (prepared.item, model.display_name);
                Ok(Preview { instruction, data, item, model, price: Some(price) })
            })
            .await
    }

    /// Asks a model with a wording, once, on a real item of the site. The same command again asks nobody and returns what
    /// the first did.
    ///
    /// # Errors
    /// [`EngineError::Prompt`]; [`EngineError::NothingToDo`] when the site has no item of the sort;
    /// [`EngineError::NotFound`]; [`EngineError::NoModel`]; [`EngineError::ModelEnded`]; [`EngineError::Unpriced`], which
    /// are on the books as any refusal at a start; [`EngineError::SpendingStopped`];
    /// [`EngineError::BooksDoNotBalance`]; [`EngineError::InvalidField`] for a key that came with something else.
    pub async fn prompt_try(&self, key: ClientKey, trial: Trial) -> Result<OperationId, EngineError> {
        trial.check()?;
        if !self.books_balance() {
            return Err(EngineError::BooksDoNotBalance);
        }
        let once = Once::new(key, "prompt_try", &(trial.kind.as_str(), trial.site, &trial.body, trial.model))?;
        let (id, now, door) = (OperationId(self.ids.next()), self.clock.now(), self.door.clone());
        let (kind, site, asked) = (trial.kind.function(), trial.site, trial.clone());
        let started = self.store.write(move |w| once.run(w, now, |w| open(w, &door, &trial, id, now))).await;
        if matches!(started, Err(EngineError::ModelEnded { .. } | EngineError::Unpriced { .. })) {
            let model = self.store.read(move |r| asked.model(r)).await?;
            self.refuse_out_of_reach((kind, site, 1), Trigger::Manual, &model).await?;
        }
        self.wake.notify_one();
        started
    }

    /// How a trial stands, with its answer once there is one.
    ///
    /// # Errors
    /// [`EngineError::NotFound`] for an operation that is none.
    pub async fn prompt_trial(&self, id: OperationId) -> Result<TrialOutcome, EngineError> {
        let found = self.store.read(move |r| {
            let row = r.operation(id)?;
            if !row.is_trial {
                return Err(StoreError::NotFound);
            }
            let answer = r.answer_of_operation(id)?.map(|paid| paid.body);
            Ok(TrialOutcome { row, answer, tokens: r.tokens_of_operation(id)? })
        });
        found.await.map_err(|error| not_found(error, "operation"))
    }
}

/// Puts the one unit of a trial in the queue.
fn open(
    write: &mut Write<'_>,
    door: &Door,
    trial: &Trial,
    id: OperationId,
    now: UtcMs,
) -> Result<OperationId, EngineError> {
    if write.spending_stopped_at()?.is_some() {
        return Err(EngineError::SpendingStopped);
    }
    crate::books::turn_month(write, now)?;
    let model = trial.model(write)?;
    let (items, prepared) = prepare(write, trial, &model)?.ok_or(EngineError::NothingToDo)?;
    unbarred(write, &model, now)?;
    price(door, &model, &prepared)?;
    let new = NewOperation {
        id,
        function: trial.kind.function(),
        site: trial.site,
        model: model.id,
        started_by: Trigger::Manual,
        run: None,
        is_anew: false,
        items_total: u32::try_from(items.len()).unwrap_or(u32::MAX),
        units: vec![items],
    };
    write.open_operation(&new, now)?;
    let prompts = Prompts::of_site(write, trial.site).map_err(|error| not_found(error, "site"))?;
    write.mark_trial(id, &TrialRow { kind: trial.kind, body: trial.wording(&prompts) })?;
    Ok(id)
}

/// The items a wording is looked at with, and the request it makes of them.
fn prepare(read: &Read<'_>, trial: &Trial, model: &Model) -> Result<Option<(Vec<i64>, Prepared)>, EngineError> {
    // Nothing is asked under this id.
    let call = CallId(Uuid::nil());
    let unit = unit_context(read, trial.site, model.clone(), call, Aim::Trial);
    let mut unit = unit.map_err(|error| not_found(error, "site"))?;
    let wording = trial.wording(&unit.prompts);
    unit.prompts = unit.prompts.trying(trial.kind, wording);
    let items = specimen(read, trial.site, trial.kind)?;
    if items.is_empty() {
        return Ok(None);
    }
    let prepared = function(trial.kind.function()).prepare(read, &unit, &items)?;
    Ok(prepared.map(|prepared| (items, prepared)))
}

/// What is sent, as two texts.
fn sent((door, provider): (&Door, &str), kind: PromptKind, request: Request) -> (String, String) {
    match request {
        Request::Text(request) => {
            let sent = door.as_sent(provider, &request);
            (sent.system_prompt, sent.user_prompt)
        }
        Request::Image(request) if kind == PromptKind::NegativePrompt => (request.negative_prompt, request.prompt),
        // With what not to show, in the words or in a field of its own.
        Request::Image(request) => (request.words(), request.negative_field().unwrap_or_default().to_owned()),
    }
}

/// A preview of the wording alone, with the site's settings and example figures.
fn without_item(read: &Read<'_>, trial: &Trial, model: Model) -> Result<Preview, EngineError> {
    let prompts = Prompts::of_site(read, trial.site).map_err(|error| not_found(error, "site"))?;
    let wording = trial.wording(&prompts);
    let prompts = prompts.trying(trial.kind, wording);
    let kinds = asked_with(trial.kind);
    let structure = kinds.iter().find_map(|kind| match kind {
        PromptKind::Structure(structure) => Some(*structure),
        _ => None,
    });
    let values = prompts.values().of_pictures(read.site(trial.site)?.in_article_images);
    let values = match structure {
        Some(structure) => values.of_article(ContentType::Post, structure, Intent::Informational, WORDS),
        None => values,
    };
    let (instruction, _) =
        prompts.task(&kinds, &values).map_err(|(kind, error)| EngineError::Prompt { kind, error })?;
    Ok(Preview { instruction, data: String::new(), item: String::new(), model: model.display_name, price: None })
}
