//! Vendors and the catalogue. A key goes into the vault and never comes back; the row only knows its end. A price is
//! never changed: a model that is added again replaces its row, and calls keep the one they were held under.

use crate::dto::models::{KeyKept, ModelDraft, ProviderView};
use crate::vendors::{self, vendor_secret};
use crate::view;
use crate::view::list::{self, id, invalid};
use crate::{Fault, Igny8};
use igny8_core::id::ModelId;
use igny8_core::model::{BUILTIN, Model, Price};
use igny8_core::money::Credits;
use igny8_core::port::VaultState;
use igny8_core::status::{Dialect, ModelType};
use igny8_core::time::UtcMs;
use igny8_providers::{AddressError, VendorAddress};
use igny8_store::table::provider::NewProvider;
use igny8_store::{Read, StoreError, Write};
use secrecy::SecretString;

/// Longest name of a vendor, in characters.
const NAME_CHARS_MAX: usize = 100;
/// Longest name of a model, in characters.
const MODEL_CHARS_MAX: usize = 200;
/// Longest key, in bytes; those of vendors have some 200.
const KEY_BYTES_MAX: usize = 4_096;
/// Characters of a key that are kept to recognise it by, and the shortest key that may lose so many.
const TAIL_CHARS: usize = 4;
const TAIL_KEY_CHARS_MIN: usize = 16;

/// Calls at once to a vendor: few enough for the smallest plan, and enough that a run does not take all day.
const CONCURRENCY: u32 = 4;

/// What is assumed of a text model of which only the prices are said: what the smaller ones of today can do.
const CONTEXT_TOKENS: u32 = 128_000;
const MAX_OUTPUT_TOKENS: u32 = 16_000;
/// Tokens one credit buys unless it is said otherwise, as of the built-in engine.
const TOKENS_PER_CREDIT: u32 = 1_000;
/// Most tokens one more item takes of a call: a cluster with thirty keywords to read, its ideas with their briefs to
/// write. So many items are sent at once as have room, and no more than a model keeps in mind.
const TOKENS_PER_ITEM: (i64, i64) = (1_500, 640);
const ITEMS_MAX: i64 = 100;

/// The connected vendors.
///
/// # Errors
/// When the database cannot be read.
pub async fn providers(app: &Igny8) -> Result<Vec<ProviderView>, Fault> {
    let rows = app.engine.store().read(|r| r.providers()).await?;
    Ok(rows.into_iter().map(view::models::provider).collect())
}

/// Connects a vendor, or connects it anew with another address or key. No key is for servers that take none. It is asked
/// in `dialect`, or in the one that its address and name suggest.
///
/// # Errors
/// [`Fault::InvalidField`]; [`Fault::SecretStore`] when the key could not be kept, in which case nothing is changed.
pub async fn provider_connect(
    app: &Igny8,
    name: &str,
    url: &str,
    dialect: Option<&str>,
    key: Option<String>,
) -> Result<KeyKept, Fault> {
    let name = vendor_name(name)?;
    let address = VendorAddress::parse(url).map_err(|error| match error {
        AddressError::NotAnAddress => invalid("url", "format"),
        AddressError::Unencrypted => invalid("url", "unencrypted"),
    })?;
    let dialect: Dialect = match dialect {
        Some(word) => word.parse().map_err(|_| invalid("dialect", "unknown"))?,
        None => address.likely_dialect(&name),
    };
    let key = key.map(|key| key.trim().to_owned()).filter(|key| !key.is_empty());
    let kept = keep_key(app, &name, key.as_deref()).await?;
    let provider = NewProvider {
        name: name.clone(),
        dialect,
        base_url: address.to_text(),
        secret_tail: key.as_deref().map(tail),
        concurrency: concurrency(dialect),
    };
    let now = app.engine.clock().now();
    let row = app.engine.store().write(move |w| {
        w.provider_add(&provider, now)?;
        w.provider(&provider.name)
    });
    vendors::register(app, &row.await?);
    Ok(kept)
}

/// Disconnects a vendor: its key is forgotten, its models are switched off, and what was done by them is done by the
/// built-in engine again.
///
/// # Errors
/// [`Fault::NotFound`].
pub async fn provider_remove(app: &Igny8, name: &str) -> Result<(), Fault> {
    let (provider, now) = (name.trim().to_owned(), app.engine.clock().now());
    let removed = app.engine.store().write(move |w| {
        let row = w.provider(&provider)?;
        w.provider_remove(&provider, now)?;
        for model in w.models()?.into_iter().filter(|model| model.is_active && model.provider == provider) {
            w.model_retire(model.id)?;
            if model.is_default {
                fall_back(w, model.model_type)?;
            }
        }
        Ok::<_, StoreError>(row)
    });
    let row = removed.await.map_err(no_vendor)?;
    vendors::unregister(app, &row.name);
    if row.has_secret && app.vault.forget(&vendor_secret(&row.name)).await.is_err() {
        tracing::warn!(provider = row.name, "the keyring could not be told to forget a key");
    }
    Ok(())
}

/// Adds a model of a connected vendor to the catalogue and returns its id. One that is there already is replaced.
///
/// # Errors
/// [`Fault::InvalidField`]; [`Fault::NotFound`] for a vendor that is not connected.
pub async fn model_add(app: &Igny8, draft: ModelDraft) -> Result<String, Fault> {
    let now = app.engine.clock().now();
    let (model, use_it) = (model_of(&draft, now)?, draft.is_default);
    let added = app.engine.store().write(move |w| {
        is_there(w, &model.provider)?;
        let known = w.models()?;
        let same =
            known.iter().find(|k| k.is_active && (&k.provider, &k.model_name) == (&model.provider, &model.model_name));
        let id = match same {
            // A default of one kind must not become one of the other.
            Some(same) if same.model_type != model.model_type => return Err(StoreError::WrongState("model")),
            Some(same) => w.model_replace(same.id, &model, now)?,
            None => w.add_model(&model, now)?,
        };
        if use_it {
            w.set_default_model(model.model_type, id)?;
        }
        Ok::<_, StoreError>(id)
    });
    Ok(added.await.map_err(no_vendor)?.to_string())
}

/// Makes a model the one that is used for its kind when nothing else is said.
///
/// # Errors
/// [`Fault::NotFound`] for an unknown model, one that is off, or one whose vendor is not connected.
pub async fn model_default(app: &Igny8, model: &str) -> Result<(), Fault> {
    let model: ModelId = id(model, "id")?;
    let set = app.engine.store().write(move |w| {
        let row = w.model(model)?;
        is_there(w, &row.provider)?;
        w.set_default_model(row.model_type, model)
    });
    set.await.map_err(|error| match error {
        StoreError::NotFound => Fault::NotFound { what: "model".to_owned() },
        other => other.into(),
    })
}

/// Keeps a vendor's key, or forgets an older one.
async fn keep_key(app: &Igny8, name: &str, key: Option<&str>) -> Result<KeyKept, Fault> {
    let secret = vendor_secret(name);
    let Some(key) = key else {
        let owned = name.to_owned();
        let older = app.engine.store().read(move |r| r.provider(&owned)).await;
        if older.is_ok_and(|row| row.has_secret) && app.vault.forget(&secret).await.is_err() {
            tracing::warn!(provider = name, "the keyring could not be told to forget a key");
        }
        return Ok(KeyKept::None);
    };
    if key.len() > KEY_BYTES_MAX {
        return Err(invalid("key", "too_long"));
    }
    if !key.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(invalid("key", "format"));
    }
    app.vault.set(&secret, SecretString::from(key.to_owned())).await?;
    Ok(if app.vault.state().await == VaultState::Absent { KeyKept::Memory } else { KeyKept::Keyring })
}

/// Calls at once. A server that runs models itself makes further ones wait in a queue of its own, where their time runs.
const fn concurrency(dialect: Dialect) -> u32 {
    match dialect {
        Dialect::Ollama => 1,
        Dialect::OpenAi | Dialect::Anthropic | Dialect::Gemini => CONCURRENCY,
    }
}

/// The end of a key that is long enough to lose it.
fn tail(key: &str) -> String {
    let length = key.chars().count();
    if length < TAIL_KEY_CHARS_MIN { String::new() } else { key.chars().skip(length - TAIL_CHARS).collect() }
}

/// Uses the built-in engine for a kind, where the catalogue has it.
fn fall_back(write: &mut Write<'_>, model_type: ModelType) -> Result<(), StoreError> {
    let models = write.models()?;
    let builtin = models.iter().find(|m| m.is_active && m.provider == BUILTIN && m.model_type == model_type);
    builtin.map_or(Ok(()), |model| write.set_default_model(model_type, model.id))
}

/// A vendor that can be asked.
fn is_there(read: &Read<'_>, provider: &str) -> Result<(), StoreError> {
    if provider == BUILTIN { Ok(()) } else { read.provider(provider).map(drop) }
}

fn no_vendor(error: StoreError) -> Fault {
    match error {
        StoreError::NotFound => Fault::NotFound { what: "vendor".to_owned() },
        other => other.into(),
    }
}

/// A name of letters, digits, dots, dashes and underscores, which is not the built-in engine's.
fn vendor_name(name: &str) -> Result<String, Fault> {
    let name = name.trim();
    if name.is_empty() {
        return Err(invalid("name", "required"));
    }
    if name.len() > NAME_CHARS_MAX {
        return Err(invalid("name", "too_long"));
    }
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    if !name.chars().all(plain) {
        return Err(invalid("name", "format"));
    }
    if name.eq_ignore_ascii_case(BUILTIN) {
        return Err(invalid("name", "taken"));
    }
    Ok(name.to_owned())
}

fn model_of(draft: &ModelDraft, now: UtcMs) -> Result<Model, Fault> {
    let model_type: ModelType = draft.model_type.parse().map_err(|_| invalid("modelType", "unknown"))?;
    let name = draft.model_name.trim();
    if name.is_empty() {
        return Err(invalid("modelName", "required"));
    }
    if name.chars().count() > MODEL_CHARS_MAX {
        return Err(invalid("modelName", "too_long"));
    }
    let is_text = model_type == ModelType::Text;
    for (said, field) in [(&draft.cost_per_image, "costPerImage"), (&draft.credits_per_image, "creditsPerImage")] {
        if is_text && said.is_some() {
            return Err(invalid(field, "image_only"));
        }
    }
    let context = i64::from(draft.context_tokens.unwrap_or(CONTEXT_TOKENS));
    let max_output = i64::from(draft.max_output_tokens.unwrap_or(MAX_OUTPUT_TOKENS));
    if is_text && (context == 0 || max_output == 0) {
        return Err(invalid("maxOutputTokens", "range"));
    }
    let (to_read, to_write) = TOKENS_PER_ITEM;
    let is_free = draft.provider.trim() == BUILTIN;
    let price = |text: &Option<String>, field| {
        if is_free { free(text.as_deref(), field) } else { price(text.as_deref(), field) }
    };
    let model = Model {
        id: ModelId(0),
        provider: draft.provider.trim().to_owned(),
        model_name: name.to_owned(),
        display_name: name.to_owned(),
        model_type,
        is_active: true,
        is_default: false,
        cost_per_1k_input: price(&draft.cost_per_1k_input, "costPer1kInput")?,
        cost_per_1k_output: price(&draft.cost_per_1k_output, "costPer1kOutput")?,
        cost_per_1k_cached_input: price(&draft.cost_per_1k_cached_input, "costPer1kCachedInput")?,
        cost_per_1k_cache_write: price(&draft.cost_per_1k_cache_write, "costPer1kCacheWrite")?,
        cost_per_1k_reasoning: price(&draft.cost_per_1k_reasoning, "costPer1kReasoning")?,
        cost_per_1k_image_input: price(&draft.cost_per_1k_image_input, "costPer1kImageInput")?,
        cost_per_1k_image_output: price(&draft.cost_per_1k_image_output, "costPer1kImageOutput")?,
        cost_per_image: price(&draft.cost_per_image, "costPerImage")?,
        credits_per_image: credits(draft.credits_per_image.as_deref(), "creditsPerImage")?,
        tokens_per_credit: is_text.then(|| i64::from(draft.tokens_per_credit.unwrap_or(TOKENS_PER_CREDIT))),
        min_credits: credits(draft.min_credits.as_deref(), "minCredits")?.unwrap_or(if is_text {
            Credits::whole(1)
        } else {
            Credits::ZERO
        }),
        context_tokens: if is_text { context } else { 0 },
        max_output_tokens: if is_text { max_output } else { 0 },
        items_per_call: if is_text { (context / to_read).min(max_output / to_write).clamp(1, ITEMS_MAX) } else { 1 },
        retires_on: None,
        replaced_by: None,
        priced_at: now,
    };
    priced(&model)?;
    Ok(model)
}

/// What a model costs must be known, in the vendor's money and in credits: at an unknown price nothing is called.
fn priced(model: &Model) -> Result<(), Fault> {
    let missing = match model.model_type {
        ModelType::Text if model.cost_per_1k_input.is_none() => Some("costPer1kInput"),
        ModelType::Text if model.cost_per_1k_output.is_none() => Some("costPer1kOutput"),
        ModelType::Text => None,
        ModelType::Image if model.credits_per_image.is_none() => Some("creditsPerImage"),
        ModelType::Image => model.one_image().err().map(|_| "costPerImage"),
    };
    if model.tokens_per_credit == Some(0) {
        return Err(invalid("tokensPerCredit", "range"));
    }
    missing.map_or(Ok(()), |field| Err(invalid(field, "required")))
}

/// The price of what the built-in engine does: nobody bills it, whatever it costs in credits.
fn free(text: Option<&str>, field: &str) -> Result<Option<Price>, Fault> {
    match price(text, field)? {
        Some(price) if price != Price::FREE => Err(invalid(field, "builtin")),
        Some(_) | None => Ok(Some(Price::FREE)),
    }
}

fn price(text: Option<&str>, field: &str) -> Result<Option<Price>, Fault> {
    text.map(|text| Price::parse(text).map_err(|_| invalid(field, "format"))).transpose()
}

fn credits(text: Option<&str>, field: &str) -> Result<Option<Credits>, Fault> {
    let credits = text.map(|text| list::credits(text, field)).transpose()?;
    if credits.is_some_and(|credits| credits < Credits::ZERO) { Err(invalid(field, "range")) } else { Ok(credits) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_end_of_a_long_key_is_shown() {
        assert_eq!(tail("sk-canary-0123456789"), "6789");
        assert_eq!(tail("short-key"), "");
    }

    #[test]
    fn the_built_in_engine_is_billed_by_nobody() {
        let draft = |input: Option<&str>| ModelDraft {
            provider: BUILTIN.to_owned(),
            model_name: "igny8-text-1".to_owned(),
            model_type: "text".to_owned(),
            cost_per_1k_input: input.map(str::to_owned),
            ..ModelDraft::default()
        };
        for input in [None, Some("0"), Some("0.00")] {
            let model = model_of(&draft(input), UtcMs(0)).unwrap();
            assert_eq!((model.cost_per_1k_input, model.cost_per_1k_output), (Some(Price::FREE), Some(Price::FREE)));
        }
        assert_eq!(model_of(&draft(Some("1")), UtcMs(0)), Err(invalid("costPer1kInput", "builtin")));
    }

    #[test]
    fn a_call_carries_what_its_answer_has_room_for() {
        let items = |context_tokens, max_output_tokens| {
            let draft = ModelDraft {
                provider: "v".to_owned(),
                model_name: "m".to_owned(),
                model_type: "text".to_owned(),
                cost_per_1k_input: Some("0.001".to_owned()),
                cost_per_1k_output: Some("0.002".to_owned()),
                context_tokens,
                max_output_tokens,
                ..ModelDraft::default()
            };
            model_of(&draft, UtcMs(0)).unwrap().items_per_call
        };
        assert_eq!((items(None, None), items(Some(8_000), None)), (25, 5));
        assert_eq!((items(Some(1_000), Some(100)), items(Some(1_000_000), Some(1_000_000))), (1, 100));
    }
}
