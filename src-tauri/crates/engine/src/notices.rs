//! Notices of what nobody paid for: steps of articles, connections, looks at a site, what a vendor refuses, a newer app. Those
//! about money are written where it moves, those about deliveries where they end.

use crate::{Engine, EngineError, settings};
use igny8_core::id::{ContentId, SiteId};
use igny8_core::status::{Connection, DestinationKind, Severity};
use igny8_core::time::UtcMs;
use igny8_store::table::notification::NewNotification;
use igny8_store::table::site::SiteRow;
use igny8_store::{StoreError, Write};
use std::collections::BTreeMap;

/// A vendor that refuses a key is told of once a day.
const KEY_EVERY_MS: i64 = 86_400_000;
/// One that wants to be left alone is told of once an hour.
const REST_EVERY_MS: i64 = 3_600_000;

/// A step that a person let articles go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// From draft to review.
    ToReview,
    /// From review to approved.
    Approved,
}

/// Tells that articles went a step, all of them in one.
///
/// # Errors
/// When the file fails.
pub fn tell_step(write: &mut Write<'_>, step: Step, moved: &[ContentId], now: UtcMs) -> Result<(), StoreError> {
    let Some(first) = moved.first() else { return Ok(()) };
    let article = write.content(*first)?;
    let kind = match step {
        Step::ToReview => "content_ready_review",
        Step::Approved => "content_approved",
    };
    let params = BTreeMap::from([("count", moved.len().to_string()), ("title", article.title)]);
    let related = if moved.len() == 1 { ("content", first.0) } else { ("", 0) };
    let dedupe = format!("{kind}:{first}:{}", now.0);
    tell(write, (kind, Severity::Info), Some(article.site), related, params, dedupe, now)
}

/// Tells that a site is connected, or is no longer; nothing when it stands as before, and nothing of a first try that
/// failed, before whose answer the user sits.
pub(crate) fn tell_connection(
    write: &mut Write<'_>,
    (before, host): (&SiteRow, &str),
    failure: Option<&str>,
    now: UtcMs,
) -> Result<(), StoreError> {
    let (kind, severity) = match (before.connection == Connection::Ok, failure) {
        (false, None) if before.kind == DestinationKind::WordPress => ("site_connected", Severity::Success),
        (true, Some(_)) => ("site_disconnected", Severity::Error),
        (_, None | Some(_)) => return Ok(()),
    };
    let mut params = BTreeMap::from([("host", host.to_owned())]);
    params.extend(failure.map(|code| ("code", code.to_owned())));
    let dedupe = format!("{kind}:{}:{}", before.id, now.0);
    tell(write, (kind, severity), Some(before.id), ("site", before.id.0), params, dedupe, now)
}

/// Tells what a vendor refuses: our key, or everything for a while.
pub(crate) fn tell_vendor(write: &mut Write<'_>, vendor: &str, code: &str, now: UtcMs) -> Result<(), StoreError> {
    let (kind, severity, every_ms) = match code {
        "auth" => ("provider_key_invalid", Severity::Error, KEY_EVERY_MS),
        "rate_limited" => ("provider_rate_limited", Severity::Warning, REST_EVERY_MS),
        _ => return Ok(()),
    };
    let dedupe = format!("{kind}:{vendor}:{}", now.0.div_euclid(every_ms));
    let params = BTreeMap::from([("vendor", vendor.to_owned())]);
    tell(write, (kind, severity), None, ("", 0), params, dedupe, now)
}

/// Tells that deliveries wait for a person, because their file is a copy; nothing of none.
pub(crate) fn tell_held(write: &mut Write<'_>, held: usize, now: UtcMs) -> Result<(), StoreError> {
    if held == 0 {
        return Ok(());
    }
    let params = BTreeMap::from([("count", held.to_string())]);
    let dedupe = format!("deliveries_held:{}", now.0);
    tell(write, ("deliveries_held", Severity::Warning), None, ("", 0), params, dedupe, now)
}

impl Engine {
    /// Tells what a look at a site has found that a person asked for, or why there was none.
    ///
    /// # Errors
    /// When the file fails.
    pub async fn tell_sync(&self, site: SiteId, looked: Result<usize, (String, String)>) -> Result<(), EngineError> {
        let now = self.clock.now();
        let told = self.store.write(move |w| {
            let host = crate::host_of(&w.site(site)?);
            let (kind, severity, mut params) = match &looked {
                Ok(count) => ("sync_done", Severity::Success, BTreeMap::from([("count", count.to_string())])),
                Err((code, note)) => {
                    let why = BTreeMap::from([("code", code.clone()), ("note", note.clone())]);
                    ("sync_failed", Severity::Error, why)
                }
            };
            params.insert("host", host);
            let dedupe = format!("{kind}:{site}:{}", now.0);
            tell(w, (kind, severity), Some(site), ("site", site.0), params, dedupe, now)
        });
        Ok(told.await?)
    }

    /// Tells that a copy of the database was made, and whether the books in it balance.
    ///
    /// # Errors
    /// When the file fails.
    pub async fn tell_backup(&self, file: String, do_books_balance: bool) -> Result<(), EngineError> {
        let books = if do_books_balance { "balance" } else { "off" };
        self.tell_copy("system_backup", BTreeMap::from([("file", file), ("books", books.to_owned())])).await
    }

    /// Tells that a copy was put in the place of the database.
    ///
    /// # Errors
    /// When the file fails.
    pub async fn tell_restore(&self, file: String) -> Result<(), EngineError> {
        self.tell_copy("system_restore", BTreeMap::from([("file", file)])).await
    }

    async fn tell_copy(&self, kind: &'static str, params: BTreeMap<&'static str, String>) -> Result<(), EngineError> {
        let now = self.clock.now();
        let told = self.store.write(move |w| {
            let severity = if params.get("books").is_some_and(|books| books == "off") {
                Severity::Warning
            } else {
                Severity::Info
            };
            let dedupe = format!("{kind}:{}", now.0);
            tell(w, (kind, severity), None, ("", 0), params.clone(), dedupe, now)
        });
        Ok(told.await?)
    }

    /// Tells that another version of the app opened this file than the last time.
    ///
    /// # Errors
    /// When the file fails.
    pub async fn tell_version(&self, version: &'static str) -> Result<(), EngineError> {
        let now = self.clock.now();
        let told = self.store.write(move |w| {
            let Some(before) = settings::exchange_version(w, version)? else { return Ok(()) };
            let params = BTreeMap::from([("version", version.to_owned()), ("before", before)]);
            let dedupe = format!("system_update:{version}:{}", now.0);
            tell(w, ("system_update", Severity::Info), None, ("", 0), params, dedupe, now)
        });
        Ok(told.await?)
    }
}

fn tell(
    write: &mut Write<'_>,
    (kind, severity): (&str, Severity),
    site: Option<SiteId>,
    (related_type, related_id): (&'static str, i64),
    params: BTreeMap<&'static str, String>,
    dedupe: String,
    now: UtcMs,
) -> Result<(), StoreError> {
    let new = NewNotification {
        notification_type: kind.to_owned(),
        severity,
        site,
        operation: None,
        related_type,
        related_id,
        params,
        dedupe,
    };
    write.notify(&new, now).map(drop)
}
