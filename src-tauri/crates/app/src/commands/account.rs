//! Credits, notices and the completion of a site.

use crate::dto::account::{Balance, Completion, NotificationPage, Period, TransactionPage};
use crate::dto::list::ListQuery;
use crate::view;
use crate::view::list::{self, id, ids, invalid};
use crate::{Fault, Igny8};
use igny8_core::function::AiFunction;
use igny8_core::id::{NotificationId, SiteId};
use igny8_core::money::Usd;
use igny8_core::notice::{NoticeGroup, kinds_of};
use igny8_core::status::{Severity, TransactionType};
use igny8_engine::settings;
use igny8_store::StoreError;
use igny8_store::table::notification::NotificationFilter;
use igny8_store::table::transaction::TransactionFilter;

/// Milliseconds of a day.
const DAY_MS: i64 = 86_400_000;

/// The balance.
///
/// # Errors
/// When the database cannot be read.
pub async fn balance(app: &Igny8) -> Result<Balance, Fault> {
    let (wallet, settings) =
        app.engine.store().read(|r| Ok::<_, StoreError>((r.wallet()?, settings::load(r)?))).await?;
    Ok(view::account::balance(&wallet, &settings))
}

/// A page of the statement, newest first. The filter takes transaction types in `status` and function names in `kind`.
///
/// # Errors
/// [`Fault::InvalidField`].
pub async fn transactions(app: &Igny8, query: ListQuery) -> Result<TransactionPage, Fault> {
    let types = query.filter.status.iter().map(|word| word.parse::<TransactionType>());
    let functions = query.filter.kind.iter().map(|word| word.parse::<AiFunction>());
    let filter = TransactionFilter {
        types: types.collect::<Result<_, _>>().map_err(|_| invalid("status", "unknown"))?,
        functions: functions.collect::<Result<_, _>>().map_err(|_| invalid("kind", "unknown"))?,
    };
    let page =
        app.engine.store().read(move |r| r.transactions_page(&filter, query.cursor.as_deref(), query.limit)).await?;
    Ok(TransactionPage {
        rows: page.rows.into_iter().map(view::account::transaction).collect(),
        next_cursor: page.next_cursor,
        total: page.total,
    })
}

/// Adds credits that do not expire; the same command again, which has the same key, adds none.
///
/// # Errors
/// [`Fault::InvalidField`] for an amount that is no positive decimal, or a key that came with another grant.
pub async fn credits_grant(app: &Igny8, amount: &str, memo: &str, key: &str) -> Result<(), Fault> {
    Ok(app.engine.grant_credits(id(key, "key")?, list::credits(amount, "amount")?, memo).await?)
}

/// Sets the monthly budget; it is granted from the next turn of the month on.
///
/// # Errors
/// [`Fault::InvalidField`] for an amount that is no decimal or negative.
pub async fn budget_set(app: &Igny8, amount: &str) -> Result<(), Fault> {
    Ok(app.engine.set_budget(list::credits(amount, "amount")?).await?)
}

/// Sets the IANA zone in which days and months turn.
///
/// # Errors
/// [`Fault::InvalidField`] for a zone that is not known.
pub async fn zone_set(app: &Igny8, zone: &str) -> Result<(), Fault> {
    Ok(app.engine.set_zone(zone.trim()).await?)
}

/// Sets what a credit is worth in US dollars; usage already recorded keeps its value.
///
/// # Errors
/// [`Fault::InvalidField`] for a price that is no decimal, negative or above a hundred dollars.
pub async fn credit_price_set(app: &Igny8, price: &str) -> Result<(), Fault> {
    let price = Usd::parse(price).map_err(|error| list::amount("price", error))?;
    Ok(app.engine.set_credit_price(price).await?)
}

/// A page of notices, newest first. The filter takes a site, and in `kind` severities and groups, of which each narrows
/// the other; the status word `unread` leaves out what was seen, `silent` shows what was written for nobody.
///
/// # Errors
/// [`Fault::InvalidField`].
pub async fn notifications(app: &Igny8, query: ListQuery) -> Result<NotificationPage, Fault> {
    let (is_unread, is_silent) = match query.filter.status.as_slice() {
        [] => (false, false),
        [word] if word == "unread" => (true, false),
        [word] if word == "silent" => (false, true),
        _ => return Err(invalid("status", "unknown")),
    };
    let (mut severities, mut types) = (Vec::new(), Vec::new());
    for word in &query.filter.kind {
        match (word.parse::<Severity>(), word.parse::<NoticeGroup>()) {
            (Ok(severity), _) => severities.push(severity),
            (Err(_), Ok(group)) => types.extend(kinds_of(group).into_iter().map(str::to_owned)),
            (Err(_), Err(_)) => return Err(invalid("kind", "unknown")),
        }
    }
    let filter = NotificationFilter {
        site: query.filter.site_id.as_deref().map(|text| id::<SiteId>(text, "siteId")).transpose()?,
        severities,
        types,
        is_unread,
        is_silent,
    };
    let page = app.engine.store().read(move |r| {
        let page = r.notifications_page(&filter, query.cursor.as_deref(), query.limit)?;
        Ok::<_, StoreError>((page, r.unread_notifications()?))
    });
    let (page, unread) = page.await?;
    Ok(NotificationPage {
        rows: page.rows.into_iter().map(view::account::notification).collect(),
        next_cursor: page.next_cursor,
        total: page.total,
        unread,
    })
}

/// Marks notices as seen; an empty list means all.
///
/// # Errors
/// [`Fault::InvalidField`].
pub async fn notifications_mark_read(app: &Igny8, notices: &[String]) -> Result<(), Fault> {
    let (notices, now) = (ids::<NotificationId>(notices, "ids")?, app.engine.clock().now());
    Ok(app.engine.store().write(move |w| w.mark_notifications_read(&notices, now)).await?)
}

/// Removes notices.
///
/// # Errors
/// [`Fault::InvalidField`].
pub async fn notifications_remove(app: &Igny8, notices: &[String]) -> Result<(), Fault> {
    let (notices, now) = (ids::<NotificationId>(notices, "ids")?, app.engine.clock().now());
    Ok(app.engine.store().write(move |w| w.remove_notifications(&notices, now)).await?)
}

/// Brings removed notices back.
///
/// # Errors
/// [`Fault::InvalidField`].
pub async fn notifications_restore(app: &Igny8, notices: &[String]) -> Result<(), Fault> {
    let notices = ids::<NotificationId>(notices, "ids")?;
    Ok(app.engine.store().write(move |w| w.restore_notifications(&notices)).await?)
}

/// How far a site's work is, of all items or of those made in a span up to now.
///
/// # Errors
/// [`Fault::InvalidField`].
pub async fn completion(app: &Igny8, site: &str, period: Period) -> Result<Completion, Fault> {
    let site: SiteId = id(site, "siteId")?;
    let days = match period {
        Period::All => None,
        Period::Days7 => Some(7),
        Period::Days30 => Some(30),
        Period::Days90 => Some(90),
    };
    let now = app.engine.clock().now();
    let since = days.map(|days: i64| now.plus_ms(-days * DAY_MS));
    let completion = app.engine.store().read(move |r| r.completion(site, since)).await?;
    Ok(view::account::completion(&completion))
}
