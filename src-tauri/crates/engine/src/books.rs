//! Keeping the books: the turn of the month, grants, budgets and limits, the switch that stops all paid work, the audit,
//! and what the user is told about money. Each notice goes with the commit of its cause and is given once.

use crate::once::Once;
use crate::operation::{close_if_final, release_suspended};
use crate::{Engine, EngineError, settings};
use igny8_core::budget;
use igny8_core::id::{CallId, ClientKey, RunId, SiteId, TransferId};
use igny8_core::money::{Credits, NANO, Usd};
use igny8_core::status::{CapScope, OperationStatus, Severity};
use igny8_core::time::{CalendarDay, UtcMs};
use igny8_core::topic::Topic;
use igny8_core::usage::Usage;
use igny8_core::usage::most::Doubt;
use igny8_store::ledger::{CapView, Grant, MonthStanding, StandingLimit};
use igny8_store::table::notification::NewNotification;
use igny8_store::{Audit, LedgerError, OpenCall, StoreError, Write, leftover};
use std::collections::BTreeMap;
use std::ffi::OsStr;

/// Longest memo of a grant, in characters.
const MEMO_CHARS_MAX: usize = 200;
/// Highest price of a credit, a hundred dollars: the value of ninety million credits still fits the books.
const CREDIT_PRICE_MAX: Usd = Usd(100 * NANO);
/// Why units end when all paid work is stopped.
const STOPPED: &str = "spending_stopped";

/// What limits spending, and how much of it is taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spending {
    /// Since when nothing paid may start; `None` while it may.
    pub stopped_at: Option<UtcMs>,
    /// Month, day, and sites.
    pub caps: Vec<CapView>,
    /// Below this part of what was granted, in percent, the balance counts as low.
    pub low_percent: u8,
}

impl Engine {
    /// Adds the books up and remembers whether they balance: what a start waits for.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn audit(&self) -> Result<Audit, EngineError> {
        let audit = self.store.read(|r| r.audit()).await?;
        Ok(self.note_audit(audit))
    }

    /// As [`Engine::audit`], and holds each row against the others that say the same.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn audit_in_full(&self) -> Result<Audit, EngineError> {
        let audit = self.store.read(|r| r.audit_in_full()).await?;
        Ok(self.note_audit(audit))
    }

    fn note_audit(&self, audit: Audit) -> Audit {
        self.set_books_balance(audit.is_ok());
        if !audit.is_ok() {
            tracing::error!(findings = ?audit.findings, more = audit.more_findings, "the books do not balance");
        }
        // What was held back may go on.
        self.wake.notify_one();
        audit
    }

    /// Lets screens know that the books were looked at.
    ///
    /// # Errors
    /// When the file fails.
    pub async fn announce_audit(&self) -> Result<(), EngineError> {
        let announced = self.store.write(|w| {
            w.announce(Topic::Credits);
            Ok::<_, StoreError>(())
        });
        Ok(announced.await?)
    }

    /// Adds credits that do not expire; the same command again adds none. Not while the books do not balance: what is
    /// wrong would be carried on into the balance of each new line.
    ///
    /// # Errors
    /// [`EngineError::InvalidField`] for an amount that is not positive, or a key that came with another grant;
    /// [`EngineError::BooksDoNotBalance`].
    pub async fn grant_credits(&self, key: ClientKey, amount: Credits, memo: &str) -> Result<(), EngineError> {
        if !self.books_balance() {
            return Err(EngineError::BooksDoNotBalance);
        }
        if amount <= Credits::ZERO {
            return Err(EngineError::InvalidField { field: "amount", rule: "range" });
        }
        let memo = igny8_core::function::output::clean_line(memo, MEMO_CHARS_MAX);
        let (id, now) = (TransferId(self.ids.next()), self.clock.now());
        let once = Once::new(key, "credits_grant", &(amount, &memo))?;
        let grant = Grant::Extra { id, memo };
        let granted = self.store.write_paid(move |w| {
            once.run(w, now, |w| {
                w.grant(&grant, amount, now)?;
                Ok::<_, EngineError>(())
            })
        });
        granted.await?;
        self.make_room();
        Ok(())
    }

    /// Sets the monthly budget; it is granted from the next turn of the month on.
    ///
    /// # Errors
    /// [`EngineError::InvalidField`] for a negative amount.
    pub async fn set_budget(&self, amount: Credits) -> Result<(), EngineError> {
        if amount < Credits::ZERO || amount > igny8_core::money::CREDITS_MAX {
            return Err(EngineError::InvalidField { field: "amount", rule: "range" });
        }
        Ok(self.store.write(move |w| settings::save_budget(w, amount)).await?)
    }

    /// Sets what a credit is worth. Usage already recorded keeps the value it had.
    ///
    /// # Errors
    /// [`EngineError::InvalidField`] for a negative price or one above a hundred dollars.
    pub async fn set_credit_price(&self, price: Usd) -> Result<(), EngineError> {
        if price < Usd::ZERO || price > CREDIT_PRICE_MAX {
            return Err(EngineError::InvalidField { field: "price", rule: "range" });
        }
        Ok(self.store.write(move |w| settings::save_credit_price(w, price)).await?)
    }

    /// What limits spending now.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn spending(&self) -> Result<Spending, EngineError> {
        let now = self.clock.now();
        let spending = self.store.read(move |r| {
            let settings = settings::load(r)?;
            Ok::<_, StoreError>(Spending {
                stopped_at: r.spending_stopped_at()?,
                caps: r.standing_caps(now.day_in(&settings.zone))?,
                low_percent: settings.low_percent,
            })
        });
        Ok(spending.await?)
    }

    /// Sets or clears a limit that is kept on every period of its kind, the present one included.
    ///
    /// # Errors
    /// [`EngineError::InvalidField`] for a negative amount; [`EngineError::NotFound`] for an unknown site.
    pub async fn set_limit(&self, of: StandingLimit, amount: Option<Credits>) -> Result<(), EngineError> {
        self.store
            .write(move |w| {
                if let StandingLimit::Site(site) = of {
                    w.site(site).map_err(|error| crate::operation::not_found(error, "site"))?;
                }
                Ok::<_, EngineError>(w.set_limit(of, amount)?)
            })
            .await?;
        self.make_room();
        Ok(())
    }

    /// Sets from which part of the granted credits on the balance counts as low, in percent; 0 never tells.
    ///
    /// # Errors
    /// [`EngineError::InvalidField`] above 100.
    pub async fn set_low_percent(&self, percent: u8) -> Result<(), EngineError> {
        if percent > 100 {
            return Err(EngineError::InvalidField { field: "percent", rule: "range" });
        }
        Ok(self.store.write(move |w| settings::save_low_percent(w, percent)).await?)
    }

    /// Stops all paid work in one commit: nothing is held any more, whoever asks; what waits in the queue is cancelled
    /// with its holds given back. Answers under way are still stored and charged. What was interrupted spends nothing by
    /// itself: it goes on waiting, and is gone on with or given up once spending is allowed again.
    ///
    /// # Errors
    /// When the file fails.
    pub async fn stop_spending(&self) -> Result<(), EngineError> {
        let (instance, now, door) = (self.instance, self.clock.now(), self.door.clone());
        self.store
            .write_paid(move |w| {
                w.set_spending_stopped(true, now)?;
                let open = w.open_operations()?;
                for operation in open.iter().filter(|row| row.status != OperationStatus::Interrupted) {
                    release_suspended(w, &door, operation.id, instance, STOPPED, now)?;
                    w.cancel_ready_units(operation.id, STOPPED, now)?;
                    close_if_final(w, operation.id, now)?;
                }
                Ok::<_, LedgerError>(())
            })
            .await?;
        Ok(())
    }

    /// Allows paid work again. What was cancelled is not started anew, and what was interrupted waits for its word.
    ///
    /// # Errors
    /// When the file fails.
    pub async fn allow_spending(&self) -> Result<(), EngineError> {
        let now = self.clock.now();
        self.store.write(move |w| w.set_spending_stopped(false, now)).await?;
        self.wake.notify_one();
        Ok(())
    }

    /// Makes sure that this month's budget was granted; the runner asks for it whenever it looks at the clock. Months
    /// that were missed do not add up.
    ///
    /// # Errors
    /// When the file fails.
    pub async fn turn_month(&self) -> Result<(), EngineError> {
        let now = self.clock.now();
        let standing = self.store.read(move |r| r.month_standing(&settings::load(r)?.month(now)));
        if standing.await? != MonthStanding::Settled {
            self.store.write_paid(move |w| turn_month(w, now)).await?;
        }
        Ok(())
    }

    /// Sets the zone in which the user's days and months turn. A month that has been granted is neither granted again nor
    /// cut short by it: see [`settings::Settings::month`].
    ///
    /// # Errors
    /// [`EngineError::InvalidField`] for what is no IANA zone.
    pub async fn set_zone(&self, zone: &str) -> Result<(), EngineError> {
        if !igny8_core::time::is_zone(zone) {
            return Err(EngineError::InvalidField { field: "zone", rule: "unknown" });
        }
        let (zone, now) = (zone.to_owned(), self.clock.now());
        self.store.write(move |w| settings::save_zone(w, &zone, now)).await?;
        self.turn_month().await
    }

    /// Copies the database to `target` while it stays in use, after an audit in full. What killed processes left of
    /// earlier copies of that name goes.
    ///
    /// # Errors
    /// When the copy could not be made; an older copy of the same name is still there.
    pub async fn backup(&self, target: std::path::PathBuf) -> Result<Audit, EngineError> {
        let audit = self.audit_in_full().await?;
        let (store, now) = (self.store.clone(), self.clock.now());
        let copied = self.off_thread(move || {
            if let Some(name) = target.file_name().and_then(OsStr::to_str) {
                leftover::sweep_beside(&target, now, |found| leftover::copy_begun_by(found) == Some(name));
            }
            store.backup_to(&target)
        });
        copied.await??;
        Ok(audit)
    }
}

/// As [`Engine::turn_month`], inside a commit that needs it.
pub(crate) fn turn_month(write: &mut Write<'_>, now: UtcMs) -> Result<(), LedgerError> {
    if !settings::is_month_sound(write)? {
        return Ok(());
    }
    let settings = settings::load(write).map_err(LedgerError::Store)?;
    let month = settings.month(now);
    write.grant(&Grant::Monthly { month }, settings.monthly_budget, now)?;
    Ok(())
}

/// Tells once after each grant that little of it is left, and once that nothing is.
pub(crate) fn tell_balance(write: &mut Write<'_>, now: UtcMs) -> Result<(), StoreError> {
    let granted = write.month_funds()?;
    tell_low(write, granted, now)?;
    // Where nothing came in, nothing has run out.
    if granted > Credits::ZERO && write.is_wallet_empty()? { tell_exhausted(write, now) } else { Ok(()) }
}

fn tell_low(write: &mut Write<'_>, granted: Credits, now: UtcMs) -> Result<(), StoreError> {
    // With what open holds keep back: most of it comes back, and nothing runs low for a moment.
    let (low_percent, available) = (settings::low_percent(write)?, write.posted()?);
    if !budget::is_low(available, granted, low_percent) {
        return Ok(());
    }
    let dedupe = format!("credits_low:{}", write.newest_grant()?);
    let params = BTreeMap::from([
        ("available", available.to_string()),
        ("granted", granted.to_string()),
        ("percent", low_percent.to_string()),
    ]);
    tell(write, "credits_low", Severity::Warning, None, params, dedupe, now)
}

/// Tells once after each grant that the wallet is empty or did not cover what was asked of it.
pub(crate) fn tell_exhausted(write: &mut Write<'_>, now: UtcMs) -> Result<(), StoreError> {
    let dedupe = format!("credits_exhausted:{}", write.newest_grant()?);
    let params = BTreeMap::from([("available", write.available()?.to_string())]);
    tell(write, "credits_exhausted", Severity::Error, None, params, dedupe, now)
}

/// Tells once in each period that a cap stopped work; once more when the cap was set anew since and is reached again.
pub(crate) fn tell_cap_reached(
    write: &mut Write<'_>,
    scope: CapScope,
    site: SiteId,
    run: Option<RunId>,
    day: CalendarDay,
    now: UtcMs,
) -> Result<(), StoreError> {
    let (period, about) = match (scope, run) {
        (CapScope::Month, _) => (day.month(), None),
        (CapScope::Day, _) => (day.to_string(), None),
        (CapScope::Run | CapScope::Share, Some(run)) => (run.to_string(), Some(site)),
        (CapScope::Site | CapScope::Run | CapScope::Share, _) => (format!("{site}:{}", day.month()), Some(site)),
    };
    let mut dedupe = format!("cap:{scope}:{period}");
    let standing = write.standing_caps(day)?.into_iter().find(|cap| cap.scope == scope && cap.site == about);
    if let Some(limit) = standing.and_then(|cap| cap.wanted) {
        dedupe.push_str(&format!(":{limit}"));
    }
    let params = BTreeMap::from([("scope", scope.to_string()), ("period", period)]);
    tell(write, "budget_reached", Severity::Warning, about, params, dedupe, now)
}

/// Tells that a call cost more than was held for it, whose excess was not taken from the wallet, and whether something
/// waits because of it.
pub(crate) fn tell_shortfall(
    write: &mut Write<'_>,
    call: CallId,
    site: SiteId,
    (excess, waits): (Credits, bool),
    now: UtcMs,
) -> Result<(), StoreError> {
    let waits = if waits { "yes" } else { "no" };
    let params = BTreeMap::from([("credits", excess.to_string()), ("waits", waits.to_owned())]);
    tell(write, "credits_shortfall", Severity::Warning, Some(site), params, format!("shortfall:{call}"), now)
}

/// Tells what is doubtful about what a vendor said of a call, and what is booked of it.
pub(crate) fn tell_doubt(
    write: &mut Write<'_>,
    (open, site): (&OpenCall, SiteId),
    (usage, cost): (&Usage, Usd),
    doubt: Doubt,
    now: UtcMs,
) -> Result<(), StoreError> {
    let (notification_type, said, booked, expected) = match doubt {
        Doubt::Use(said) => {
            let booked = usage.tokens().max(u64::from(usage.images));
            ("usage_disbelieved", said.to_string(), booked.to_string(), None)
        }
        Doubt::Cost(of) => ("cost_disbelieved", of.said.to_string(), cost.to_string(), Some(of.expected)),
        Doubt::Dear(of) => ("cost_unexpected", of.said.to_string(), cost.to_string(), Some(of.expected)),
        Doubt::Unreadable => ("cost_unreadable", String::new(), cost.to_string(), None),
    };
    let vendor = write.model(open.model())?.provider;
    let mut params = BTreeMap::from([("vendor", vendor), ("said", said), ("booked", booked)]);
    params.extend(expected.map(|expected| ("expected", expected.to_string())));
    let dedupe = format!("disbelieved:{}", open.call());
    tell(write, notification_type, Severity::Warning, Some(site), params, dedupe, now)
}

fn tell(
    write: &mut Write<'_>,
    notification_type: &str,
    severity: Severity,
    site: Option<SiteId>,
    params: BTreeMap<&'static str, String>,
    dedupe: String,
    now: UtcMs,
) -> Result<(), StoreError> {
    let notice = NewNotification {
        notification_type: notification_type.to_owned(),
        severity,
        site,
        operation: None,
        related_type: "",
        related_id: 0,
        params,
        dedupe,
    };
    write.notify(&notice, now).map(drop)
}
