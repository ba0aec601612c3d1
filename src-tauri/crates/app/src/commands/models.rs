//! Vendors. A key goes into the vault and never comes back; the row only knows its end. Their models are in the
//! catalogue, see [`catalogue`].

pub mod catalogue;
mod draft;
pub mod ending;
pub mod roles;
pub mod trial;

use crate::dto::models::{KeyKept, ProviderDraft, ProviderTest, ProviderVerdict, ProviderView};
use crate::vendors::{self, vendor_secret};
use crate::view;
use crate::view::list::invalid;
use crate::{Fault, Igny8};
use igny8_core::id::ModelId;
use igny8_core::model::{BUILTIN, Model};
use igny8_core::port::{Greeting, ProviderError, VaultError, VaultState};
use igny8_core::status::{Dialect, ModelType};
use igny8_core::time::UtcMs;
use igny8_engine::{EngineError, roles as engine_roles};
use igny8_providers::{AddressError, VendorAddress};
use igny8_store::table::provider::NewProvider;
use igny8_store::{Read, StoreError, Write};
use secrecy::SecretString;

/// Longest name of a vendor, in characters.
const NAME_CHARS_MAX: usize = 100;
/// Longest key, in bytes; those of vendors have some 200.
const KEY_BYTES_MAX: usize = 4_096;
/// Characters of a key that are kept to recognise it by, and the shortest key that may lose so many.
const TAIL_CHARS: usize = 4;
const TAIL_KEY_CHARS_MIN: usize = 16;

/// Most requests in a minute that can be asked for; the largest accounts are given some ten thousand.
const PER_MINUTE_MAX: u32 = 100_000;

/// Calls at once to a vendor: few enough for the smallest plan, and enough that a run does not take all day.
const CONCURRENCY: u32 = 4;

/// The connected vendors.
///
/// # Errors
/// When the database cannot be read.
pub async fn providers(app: &Igny8) -> Result<Vec<ProviderView>, Fault> {
    let rows = app.engine.store().read(|r| r.providers()).await?;
    Ok(rows.into_iter().map(view::models::provider).collect())
}

/// Connects a vendor, or connects it anew with another address, key or rate. No key is for servers that take none. It is
/// asked in the draft's dialect, or in the one that its address and name suggest. Models that were switched off with it are
/// on again.
///
/// # Errors
/// [`Fault::InvalidField`]; [`Fault::SecretStore`] when the key could not be kept, or an older one not be forgotten, in which case nothing is changed.
pub async fn provider_connect(app: &Igny8, draft: ProviderDraft) -> Result<KeyKept, Fault> {
    let name = vendor_name(&draft.name)?;
    let address = VendorAddress::parse(&draft.url).map_err(|error| match error {
        AddressError::NotAnAddress => invalid("url", "format"),
        AddressError::Unencrypted => invalid("url", "unencrypted"),
    })?;
    let dialect: Dialect = match draft.dialect.as_deref() {
        Some(word) => word.parse().map_err(|_| invalid("dialect", "unknown"))?,
        None => address.likely_dialect(&name),
    };
    let per_minute = draft.per_minute.unwrap_or(0);
    if draft.per_minute == Some(0) || per_minute > PER_MINUTE_MAX {
        return Err(invalid("perMinute", "range"));
    }
    let base_url = address.to_text();
    let key = draft.key.map(|key| key.trim().to_owned()).filter(|key| !key.is_empty());
    let (kept, secret_tail) = match key {
        None if draft.keeps_key => kept_key(app, &name, &base_url).await?,
        key => (keep_key(app, &name, key.as_deref()).await?, key.as_deref().map(tail)),
    };
    let concurrency = concurrency(dialect);
    let provider = NewProvider { name, dialect, base_url, secret_tail, concurrency, per_minute };
    let now = app.engine.clock().now();
    let row = app.engine.store().write(move |w| {
        w.provider_add(&provider, now)?;
        switch_on(w, &provider.name, now)?;
        w.provider(&provider.name)
    });
    vendors::register(app, &row.await?);
    Ok(kept)
}

/// Disconnects a vendor: its key is forgotten, its models are switched off, and what was done by them is done by the
/// built-in engine again.
///
/// # Errors
/// [`Fault::NotFound`]; [`Fault::SecretStore`] when the keyring could not be told to forget its key, in which case nothing is
/// changed: it would be told that the key is gone.
pub async fn provider_remove(app: &Igny8, name: &str) -> Result<(), Fault> {
    let (provider, now) = (name.trim().to_owned(), app.engine.clock().now());
    forget_key(app, &provider).await?;
    let removed = app.engine.store().write(move |w| {
        let row = w.provider(&provider)?;
        w.provider_remove(&provider, now)?;
        for model in w.models()?.into_iter().filter(|model| model.is_active && model.provider == provider) {
            w.model_retire(model.id)?;
            if model.is_default {
                fall_back(w, model.model_type)?;
            }
        }
        w.clear_model_roles_of(&provider)?;
        Ok::<_, StoreError>(row)
    });
    let row = removed.await.map_err(no_vendor)?;
    vendors::unregister(app, &row.name);
    Ok(())
}

/// Forgets the key of a vendor, if it has one.
async fn forget_key(app: &Igny8, name: &str) -> Result<(), Fault> {
    let owned = name.to_owned();
    let row = match app.engine.store().read(move |r| r.provider(&owned)).await {
        Err(StoreError::NotFound) => return Ok(()),
        row => row?,
    };
    match if row.has_secret { app.vault.forget(&vendor_secret(name)).await } else { Ok(()) } {
        // Where there is no keyring, it went with the process that had it.
        Ok(()) | Err(VaultError::NotFound | VaultError::Absent) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

/// Asks a vendor something that costs nothing, and says how it stands.
///
/// # Errors
/// [`Fault::NotFound`].
pub async fn provider_test(app: &Igny8, name: &str) -> Result<ProviderTest, Fault> {
    let name = name.trim().to_owned();
    let row = app.engine.store().read(move |r| r.provider(&name)).await.map_err(no_vendor)?;
    let said = |verdict| ProviderTest { verdict, models: None };
    if row.has_secret && app.vault.get(&vendor_secret(&row.name)).await.is_err() {
        return Ok(said(ProviderVerdict::NoKey));
    }
    let Some(vendor) = vendors::check(app, &row) else { return Ok(said(ProviderVerdict::Unreachable)) };
    let answer = vendor.check(app.engine.ids().next()).await;
    Ok(match answer {
        Ok(Greeting { models }) => ProviderTest { verdict: ProviderVerdict::Right, models },
        Err(error) => said(verdict(&error)),
    })
}

/// How a vendor stands that answered so.
const fn verdict(error: &ProviderError) -> ProviderVerdict {
    match error {
        ProviderError::Auth => ProviderVerdict::WrongKey,
        ProviderError::NoKey => ProviderVerdict::NoKey,
        ProviderError::NotAllowed { .. } => ProviderVerdict::NotAllowed,
        ProviderError::NotSent | ProviderError::NoSuchProvider => ProviderVerdict::Unreachable,
        ProviderError::Unknown => ProviderVerdict::Silent,
        ProviderError::RateLimited { .. } | ProviderError::Overloaded { .. } => ProviderVerdict::Busy,
        ProviderError::Quota => ProviderVerdict::OutOfMoney,
        ProviderError::UnknownModel
        | ProviderError::Rejected { .. }
        | ProviderError::FormRefused
        | ProviderError::ContentRefused { .. }
        | ProviderError::CutOff { .. }
        | ProviderError::PromptCut { .. }
        | ProviderError::Page
        | ProviderError::BadForm
        | ProviderError::BadReply { .. } => ProviderVerdict::Stranger,
    }
}

/// The key that a vendor has already, and its end. It goes to no other address than the one it was given for.
async fn kept_key(app: &Igny8, name: &str, base_url: &str) -> Result<(KeyKept, Option<String>), Fault> {
    let name = name.to_owned();
    let row = app.engine.store().read(move |r| r.provider(&name)).await.map_err(no_vendor)?;
    if !row.has_secret {
        return Ok((KeyKept::None, None));
    }
    if row.base_url != base_url {
        return Err(invalid("vendorKey", "other_address"));
    }
    Ok((kept_in(app).await, Some(row.secret_tail)))
}

/// Where keys are.
async fn kept_in(app: &Igny8) -> KeyKept {
    if app.vault.state().await == VaultState::Absent { KeyKept::Memory } else { KeyKept::Keyring }
}

/// Keeps a vendor's key, or forgets an older one.
async fn keep_key(app: &Igny8, name: &str, key: Option<&str>) -> Result<KeyKept, Fault> {
    let Some(key) = key else {
        forget_key(app, name).await?;
        return Ok(KeyKept::None);
    };
    if key.len() > KEY_BYTES_MAX {
        return Err(invalid("vendorKey", "too_long"));
    }
    if !key.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(invalid("vendorKey", "format"));
    }
    app.vault.set(&vendor_secret(name), SecretString::from(key.to_owned())).await?;
    Ok(kept_in(app).await)
}

/// Calls at once. A server that runs models itself makes further ones wait in a queue of its own, where their time runs.
const fn concurrency(dialect: Dialect) -> u32 {
    match dialect {
        Dialect::Ollama => 1,
        Dialect::OpenAi | Dialect::Anthropic | Dialect::Gemini | Dialect::Runware | Dialect::Bria => CONCURRENCY,
    }
}

/// The end of a key that is long enough to lose it.
fn tail(key: &str) -> String {
    let length = key.chars().count();
    if length < TAIL_KEY_CHARS_MIN { String::new() } else { key.chars().skip(length - TAIL_CHARS).collect() }
}

/// Switches on those of a vendor's models that went off with it: the last row of each name, unless it has ended or never
/// had a price.
fn switch_on(write: &mut Write<'_>, provider: &str, now: UtcMs) -> Result<(), StoreError> {
    let models = write.models()?;
    let theirs = || models.iter().filter(|model| model.provider == provider);
    for model in theirs().filter(|model| !model.is_active && !model.is_unpriced() && !model.has_ended(now)) {
        let is_over = |other: &Model| other.is_active || other.id.0 > model.id.0;
        if !theirs().any(|other| other.model_name == model.model_name && is_over(other)) {
            write.model_restore(model.id)?;
        }
    }
    Ok(())
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

/// Refuses a model that has ended, or whose vendor is not connected.
async fn usable(app: &Igny8, model: ModelId) -> Result<(), Fault> {
    let now = app.engine.clock().now();
    let found = app.engine.store().read(move |r| {
        let row = r.model(model)?;
        Ok::<_, StoreError>((is_there(r, &row.provider).is_ok(), engine_roles::successor(r, &row, now)?, row))
    });
    let (is_connected, successor, row) = found.await.map_err(no_model)?;
    if row.has_ended(now) {
        return Err(EngineError::ended(&row, successor).into());
    }
    if is_connected { Ok(()) } else { Err(Fault::NotConnected { provider: row.provider }) }
}

fn no_vendor(error: impl Into<EngineError>) -> Fault {
    not_there(error.into(), "vendor")
}

fn no_model(error: impl Into<EngineError>) -> Fault {
    not_there(error.into(), "model")
}

fn not_there(error: EngineError, what: &str) -> Fault {
    match error {
        EngineError::Store(StoreError::NotFound) => Fault::NotFound { what: what.to_owned() },
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_end_of_a_long_key_is_shown() {
        assert_eq!(tail("sk-canary-0123456789"), "6789");
        assert_eq!(tail("short-key"), "");
    }
}
