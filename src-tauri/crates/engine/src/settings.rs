//! The settings as one typed tree, read from and written to single JSON values. A setting that was never set has the
//! default below; a stored value that no longer parses falls back to it as well, so that an old file always opens.

use crate::pause_all::PausedAll;
use igny8_core::id::ContentId;
use igny8_core::money::{Credits, Usd};
use igny8_core::notice::QuietHours;
use igny8_core::status::ModelMode;
use igny8_core::time::UtcMs;
use igny8_store::{Read, StoreError, Write};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// Monthly budget of a new installation: enough for some two hundred outlines with images from the built-in engine.
const MONTHLY_BUDGET: Credits = Credits::whole(1_000);
/// One US cent: what a credit is worth until the user says otherwise.
const CREDIT_PRICE: Usd = Usd(10_000_000);
/// What share of the granted credits is left, in percent, when the user is told that they run low.
const LOW_PERCENT: u8 = 20;

/// What the user has chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Credits granted at each turn of the month.
    pub monthly_budget: Credits,
    /// What a credit is worth.
    pub credit_price: Usd,
    /// IANA zone in which days and months turn.
    pub zone: String,
    /// The zone before, while the month of the change lasts there.
    leaving: Option<LeftZone>,
    /// Below this part of what was granted, in percent, the balance counts as low; 0 never does.
    pub low_percent: u8,
}

/// A zone that was left, and the month that it was there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct LeftZone {
    zone: String,
    month: String,
}

impl Settings {
    /// The month, `YYYY-MM`, whose budget counts at an instant. A change to a zone that is ahead does not end a month
    /// before its time: what is left of its budget lapses when it ends where it was granted. A change to a zone that
    /// is behind leads back into a month that was granted, which the ledger grants no second time.
    #[must_use]
    pub fn month(&self, now: UtcMs) -> String {
        let here = now.month_in(&self.zone);
        match &self.leaving {
            // The form sorts as time does.
            Some(left) if here > left.month && now.month_in(&left.zone) == left.month => left.month.clone(),
            _ => here,
        }
    }
}

const KEY_BUDGET: &str = "monthly_budget";
const KEY_PRICE: &str = "credit_price";
const KEY_ZONE: &str = "zone";
const KEY_LEFT_ZONE: &str = "left_zone";
const KEY_LOW: &str = "low_percent";
const KEY_MODEL_MODE: &str = "model_mode";
const KEY_APPEARANCE: &str = "appearance";
const KEY_VERSION: &str = "app_version";
const KEY_QUIET: &str = "quiet_hours";
const KEY_CLOSE_TO_TRAY: &str = "close_to_tray";
const KEY_MET_TRAY: &str = "met_tray";
const KEY_PAUSED_ALL: &str = "paused_all";
const KEY_MARK: &str = "folder_mark";
const KEY_COPIED: &str = "copied_up_to";

/// Reads all settings.
///
/// # Errors
/// When the file cannot be read.
pub fn load(read: &Read<'_>) -> Result<Settings, StoreError> {
    Ok(Settings {
        monthly_budget: value(read, KEY_BUDGET)?.unwrap_or(MONTHLY_BUDGET),
        credit_price: value(read, KEY_PRICE)?.unwrap_or(CREDIT_PRICE),
        zone: value(read, KEY_ZONE)?.unwrap_or_else(|| "UTC".to_owned()),
        leaving: value(read, KEY_LEFT_ZONE)?,
        low_percent: low_percent(read)?,
    })
}

/// Reads from which part of the granted credits on the balance counts as low, in percent. Every charge asks.
///
/// # Errors
/// When the file cannot be read.
pub fn low_percent(read: &Read<'_>) -> Result<u8, StoreError> {
    Ok(value(read, KEY_LOW)?.unwrap_or(LOW_PERCENT).min(100))
}

/// Whether what a month goes by, its budget and the zone it turns in, is as it was set: nothing is granted by a value that
/// somebody has put there past the app.
///
/// # Errors
/// When the file cannot be read.
pub fn is_month_sound(read: &Read<'_>) -> Result<bool, StoreError> {
    Ok(read.is_setting_sound(KEY_BUDGET)? && read.is_setting_sound(KEY_ZONE)?)
}

/// Stores the monthly budget; it is granted from the next turn of the month on.
///
/// # Errors
/// When the file fails.
pub fn save_budget(write: &mut Write<'_>, budget: Credits) -> Result<(), StoreError> {
    save(write, KEY_BUDGET, &budget)
}

/// Stores what a credit is worth; it counts for usage recorded from now on.
///
/// # Errors
/// When the file fails.
pub fn save_credit_price(write: &mut Write<'_>, price: Usd) -> Result<(), StoreError> {
    save(write, KEY_PRICE, &price)?;
    write.note_credit_price(price)
}

/// Stores from which part of the granted credits on the balance counts as low, in percent.
///
/// # Errors
/// When the file fails.
pub fn save_low_percent(write: &mut Write<'_>, percent: u8) -> Result<(), StoreError> {
    save(write, KEY_LOW, &percent.min(100))
}

/// Stores the user's zone if none was ever stored, which is how a new installation learns it. One that was taken away is
/// left to the auditor.
///
/// # Errors
/// When the file fails.
pub fn save_zone_once(write: &mut Write<'_>, zone: &str) -> Result<(), StoreError> {
    if write.setting(KEY_ZONE)?.is_none() && write.is_setting_sound(KEY_ZONE)? {
        save(write, KEY_ZONE, &zone)?;
    }
    Ok(())
}

/// Stores the zone in which days and months turn.
///
/// # Errors
/// When the file fails.
pub fn save_zone(write: &mut Write<'_>, zone: &str, now: UtcMs) -> Result<(), StoreError> {
    let before = load(write)?;
    if before.zone == zone {
        return Ok(());
    }
    let month = before.month(now);
    // Changed again before the month has ended where it was granted: that zone still says when.
    let granted_in = before.leaving.filter(|left| left.month == month && now.month_in(&left.zone) == month);
    let left = granted_in.unwrap_or(LeftZone { zone: before.zone, month });
    save(write, KEY_LEFT_ZONE, &left)?;
    save(write, KEY_ZONE, &zone)
}

/// Reads which set of models is asked: the one that counts, unless the user is trying things.
///
/// # Errors
/// When the file cannot be read.
pub fn model_mode(read: &Read<'_>) -> Result<ModelMode, StoreError> {
    Ok(value(read, KEY_MODEL_MODE)?.unwrap_or(ModelMode::Live))
}

/// Stores which set of models is asked.
///
/// # Errors
/// When the file fails.
pub fn save_model_mode(write: &mut Write<'_>, mode: ModelMode) -> Result<(), StoreError> {
    save(write, KEY_MODEL_MODE, &mode)
}

/// Reads the window's looks, which mean nothing to the engine; `None` when none were chosen.
///
/// # Errors
/// When the file cannot be read.
pub fn appearance<T: DeserializeOwned>(read: &Read<'_>) -> Result<Option<T>, StoreError> {
    value(read, KEY_APPEARANCE)
}

/// Stores the window's looks.
///
/// # Errors
/// When the file fails.
pub fn save_appearance<T: Serialize>(write: &mut Write<'_>, appearance: &T) -> Result<(), StoreError> {
    save(write, KEY_APPEARANCE, appearance)
}

/// Reads when the system shows nothing of ours. Hours that are none count as never chosen.
///
/// # Errors
/// When the file cannot be read.
pub fn quiet_hours(read: &Read<'_>) -> Result<QuietHours, StoreError> {
    let stored: Option<QuietHours> = value(read, KEY_QUIET)?;
    let sound = stored.and_then(|hours| QuietHours::new(hours.is_on, hours.from, hours.until).ok());
    Ok(sound.unwrap_or_default())
}

/// Stores when the system shows nothing of ours.
///
/// # Errors
/// When the file fails.
pub fn save_quiet_hours(write: &mut Write<'_>, hours: QuietHours) -> Result<(), StoreError> {
    save(write, KEY_QUIET, &hours)
}

/// Reads whether closing the window leaves the app at work in the tray, where there is one. It does unless that was
/// switched off: what is due while nobody watches is what the app is for.
///
/// # Errors
/// When the file cannot be read.
pub fn closes_to_tray(read: &Read<'_>) -> Result<bool, StoreError> {
    Ok(value(read, KEY_CLOSE_TO_TRAY)?.unwrap_or(true))
}

/// Stores whether closing the window leaves the app at work in the tray.
///
/// # Errors
/// When the file fails.
pub fn save_closes_to_tray(write: &mut Write<'_>, closes: bool) -> Result<(), StoreError> {
    save(write, KEY_CLOSE_TO_TRAY, &closes)
}

/// Notes that the window has gone into the tray; whether it is for the first time.
///
/// # Errors
/// When the file fails.
pub fn meet_tray(write: &mut Write<'_>) -> Result<bool, StoreError> {
    let is_first = write.setting(KEY_MET_TRAY)?.is_none();
    if is_first {
        save(write, KEY_MET_TRAY, &true)?;
    }
    Ok(is_first)
}

/// Reads whether all AI work is paused, and what that held.
///
/// # Errors
/// When the file cannot be read.
pub fn paused_all(read: &Read<'_>) -> Result<Option<PausedAll>, StoreError> {
    value(read, KEY_PAUSED_ALL)
}

/// Stores that all AI work is paused, and what that held; `None` once it is not.
///
/// # Errors
/// When the file fails.
pub fn save_paused_all(write: &mut Write<'_>, all: Option<&PausedAll>) -> Result<(), StoreError> {
    save(write, KEY_PAUSED_ALL, &all)
}

/// Stores which version of the app has the file; the one before, when it was another.
///
/// # Errors
/// When the file fails.
pub fn exchange_version(write: &mut Write<'_>, version: &str) -> Result<Option<String>, StoreError> {
    let before: Option<String> = value(write, KEY_VERSION)?;
    if before.as_deref() == Some(version) {
        return Ok(None);
    }
    save(write, KEY_VERSION, &version)?;
    Ok(before)
}

/// Stores by what the folder is known that the file is at work in; whether that is another one than before.
///
/// # Errors
/// When the file fails.
pub(crate) fn exchange_mark(write: &mut Write<'_>, mark: &str) -> Result<bool, StoreError> {
    let before: Option<String> = value(write, KEY_MARK)?;
    if before.as_deref() == Some(mark) {
        return Ok(false);
    }
    save(write, KEY_MARK, &mark)?;
    Ok(before.is_some())
}

/// Reads up to which article the file is a copy, whose original may have gone on with them; nothing where it is none.
///
/// # Errors
/// When the file cannot be read.
pub(crate) fn copied_up_to(read: &Read<'_>) -> Result<Option<ContentId>, StoreError> {
    Ok(value(read, KEY_COPIED)?.map(ContentId))
}

/// Stores up to which article the file is a copy.
///
/// # Errors
/// When the file fails.
pub(crate) fn save_copied_up_to(write: &mut Write<'_>, last: ContentId) -> Result<(), StoreError> {
    save(write, KEY_COPIED, &last.0)
}

fn value<T: DeserializeOwned>(read: &Read<'_>, key: &str) -> Result<Option<T>, StoreError> {
    Ok(read.setting(key)?.and_then(|json| serde_json::from_str(&json).ok()))
}

fn save<T: Serialize>(write: &mut Write<'_>, key: &str, value: &T) -> Result<(), StoreError> {
    let json = serde_json::to_string(value).map_err(|error| StoreError::Statement(error.to_string()))?;
    write.set_setting(key, &json)
}
