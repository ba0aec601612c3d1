//! Which model a function asks, and what keeps a model from being asked. Whatever starts, prices or shows work finds its
//! model here, so that a button, an estimate and a run mean the same one.
//!
//! There are two sets of roles and one switch: Testing, whose functions ask the built-in engine unless they are told
//! otherwise, and Live, whose functions ask the default of their kind.

mod ending;

pub use ending::InUse;
pub(crate) use ending::tell_end;

use crate::door::Door;
use crate::unit::Cause;
use crate::{EngineError, settings};
use igny8_core::function::AiFunction;
use igny8_core::id::ModelId;
use igny8_core::model::{BUILTIN, Model};
use igny8_core::port::ProviderError;
use igny8_core::retry::{DELAY_MS_MAX, REST_MS_MAX};
use igny8_core::status::{ModelMode, ModelType};
use igny8_core::time::UtcMs;
use igny8_store::table::model_role::ModelRole;
use igny8_store::{Read, StoreError, Write};

/// The model that a function asks, in the set that is switched on.
///
/// # Errors
/// [`EngineError::NoModel`] when none is chosen.
pub fn model_for(read: &Read<'_>, function: AiFunction) -> Result<Model, EngineError> {
    model_in(read, settings::model_mode(read)?, function)
}

/// The model that a function asks in one of the sets.
///
/// # Errors
/// [`EngineError::NoModel`] when none is chosen.
pub fn model_in(read: &Read<'_>, mode: ModelMode, function: AiFunction) -> Result<Model, EngineError> {
    let model_type = function.model_type();
    let found = match read.model_role(mode, function)? {
        Some(role) => read.model_named(&role.provider, &role.model_name),
        None => fallback(read, mode, model_type),
    };
    found.map_err(|error| match error {
        StoreError::NotFound => EngineError::NoModel(model_type),
        other => other.into(),
    })
}

/// Gives a function a model of its own in one of the sets, or with `None` takes it away again.
///
/// # Errors
/// [`EngineError::InvalidField`] for a model of another kind than the function's; [`EngineError::ModelEnded`];
/// [`EngineError::Unpriced`].
pub fn assign(
    write: &mut Write<'_>,
    mode: ModelMode,
    function: AiFunction,
    model: Option<&Model>,
    now: UtcMs,
) -> Result<(), EngineError> {
    let Some(model) = model else { return Ok(write.clear_model_role(mode, function)?) };
    if model.model_type != function.model_type() {
        return Err(EngineError::InvalidField { field: "model", rule: "kind" });
    }
    unbarred(write, model, now)?;
    let (provider, model_name) = (model.provider.clone(), model.model_name.clone());
    write.set_model_role(&ModelRole { mode, function, provider, model_name }, now)?;
    Ok(ending::tell(write, now)?)
}

/// Makes a model the one that all functions of its kind ask in the set that counts.
///
/// # Errors
/// [`EngineError::ModelEnded`]; [`EngineError::Unpriced`]; [`EngineError::Store`] for a row that is off.
pub fn use_for_kind(write: &mut Write<'_>, model: &Model, now: UtcMs) -> Result<(), EngineError> {
    unbarred(write, model, now)?;
    write.set_default_model(model.model_type, model.id)?;
    for function in of_kind(model.model_type) {
        write.clear_model_role(ModelMode::Live, function)?;
    }
    Ok(ending::tell(write, now)?)
}

/// Puts one model in the place of another, wherever it is asked in either set. Answers in how many places that was.
///
/// # Errors
/// [`EngineError::InvalidField`] for a model of another kind; [`EngineError::ModelEnded`]; [`EngineError::Unpriced`];
/// [`EngineError::Store`] for a row that is off.
pub fn switch(write: &mut Write<'_>, from: &Model, to: &Model, now: UtcMs) -> Result<u32, EngineError> {
    if from.model_type != to.model_type {
        return Err(EngineError::InvalidField { field: "model", rule: "kind" });
    }
    unbarred(write, to, now)?;
    let mut places = 0;
    match write.default_model(from.model_type) {
        Ok(default) if is_same(&default, from) => {
            write.set_default_model(to.model_type, to.id)?;
            places += 1;
        }
        Ok(_) | Err(StoreError::NotFound) => {}
        Err(error) => return Err(error.into()),
    }
    for mode in ModelMode::ALL {
        for function in of_kind(from.model_type) {
            let role = write.model_role(*mode, function)?;
            let is_meant = |role: &ModelRole| (&role.provider, &role.model_name) == (&from.provider, &from.model_name);
            if role.as_ref().is_some_and(is_meant) {
                assign(write, *mode, function, Some(to), now)?;
                places += 1;
            }
        }
    }
    ending::tell(write, now)?;
    Ok(places)
}

/// Why a model may not be called at all, as it is recorded and as it is told: its vendor has ended it, or it has no price.
///
/// # Errors
/// When the file cannot be read.
pub(crate) fn barred(read: &Read<'_>, model: &Model, now: UtcMs) -> Result<Option<(Cause, EngineError)>, StoreError> {
    if model.has_ended(now) {
        return Ok(Some((Cause::MODEL_ENDED, EngineError::ended(model, successor(read, model, now)?))));
    }
    Ok(model.is_unpriced().then(|| (Cause::UNPRICED, EngineError::unpriced(model))))
}

/// As [`barred`], for whoever needs only the refusal.
///
/// # Errors
/// [`EngineError::ModelEnded`]; [`EngineError::Unpriced`]; when the file cannot be read.
pub(crate) fn unbarred(read: &Read<'_>, model: &Model, now: UtcMs) -> Result<(), EngineError> {
    barred(read, model, now)?.map_or(Ok(()), |(_, error)| Err(error))
}

/// The name of what can be used in a model's place: the one that is noted, if the file has it, it is on, and it has not ended as
/// well. A name that leads nowhere is told to nobody.
///
/// # Errors
/// When the file cannot be read.
pub fn successor(read: &Read<'_>, model: &Model, now: UtcMs) -> Result<Option<String>, StoreError> {
    let Some(name) = &model.replaced_by else { return Ok(None) };
    match read.model_named(&model.provider, name) {
        Ok(row) => Ok((row.is_active && !row.has_ended(now)).then_some(row.model_name)),
        Err(StoreError::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

/// As [`barred`]; and why a model could not be called from here: its vendor is not connected, or wants to be left alone.
///
/// # Errors
/// When the file cannot be read.
pub(crate) fn out_of_reach(
    read: &Read<'_>,
    model: &Model,
    door: &Door,
    now: UtcMs,
) -> Result<Option<(Cause, EngineError)>, StoreError> {
    let barred = barred(read, model, now)?.or_else(|| {
        let gone = || EngineError::stopped(Cause::NO_PROVIDER.code());
        (!door.has(&model.provider, model.model_type)).then(|| (Cause::NO_PROVIDER, gone()))
    });
    if barred.is_some() { Ok(barred) } else { left_alone(read, &model.provider, now) }
}

/// Why nothing is begun at a vendor: it has asked to be left alone for longer than anybody waits for it. A program that was
/// started again knows it as well. What it asks for less is waited for.
///
/// # Errors
/// When the file cannot be read.
pub(crate) fn left_alone(
    read: &Read<'_>,
    provider: &str,
    now: UtcMs,
) -> Result<Option<(Cause, EngineError)>, StoreError> {
    let until = match read.provider(provider) {
        Ok(row) => row.rests_until,
        Err(StoreError::NotFound) => return Ok(None),
        Err(error) => return Err(error),
    };
    let wait_ms = u64::try_from(until.0.saturating_sub(now.0)).unwrap_or(0);
    // More than any vendor can ask of us was noted before somebody set the clock back.
    let is_long = (DELAY_MS_MAX + 1..=REST_MS_MAX).contains(&wait_ms);
    let refused =
        || EngineError::RunStopped { code: Cause::LEFT_ALONE.code().to_owned(), until: Some(until), address: None };
    Ok(is_long.then(|| (Cause::LEFT_ALONE, refused())))
}

/// The address that a model's vendor is asked at, where work ended because something else answers there: it is the first
/// thing to look at. It is stored without a name, a password or a query.
///
/// # Errors
/// When the file cannot be read.
pub fn address_of_stranger(read: &Read<'_>, model: ModelId, code: &str) -> Result<Option<String>, StoreError> {
    if code != ProviderError::Page.code() {
        return Ok(None);
    }
    match read.provider(&read.model(model)?.provider) {
        Ok(vendor) => Ok(Some(vendor.base_url)),
        Err(StoreError::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

fn fallback(read: &Read<'_>, mode: ModelMode, model_type: ModelType) -> Result<Model, StoreError> {
    match mode {
        ModelMode::Live => read.default_model(model_type),
        ModelMode::Testing => {
            let is_builtin = |m: &Model| m.is_active && m.provider == BUILTIN && m.model_type == model_type;
            read.models()?.into_iter().find(is_builtin).ok_or(StoreError::NotFound)
        }
    }
}

fn of_kind(model_type: ModelType) -> impl Iterator<Item = AiFunction> {
    AiFunction::ALL.iter().copied().filter(move |function| function.model_type() == model_type)
}

fn is_same(one: &Model, other: &Model) -> bool {
    (&one.provider, &one.model_name) == (&other.provider, &other.model_name)
}
