//! What the command line needs beyond the window's commands: the same use cases, but waited for. Nothing here is a
//! second way to do a thing; it starts what the window starts and returns when it has ended.

mod all;
mod cap;
mod interrupted;
mod request;
mod run;
mod told;

pub use all::{EndedEarly, all_ended, ended_early, held_runs, pause_all, resume_all};
pub use cap::Cap;
pub use interrupted::{Begun, begun, begun_price, go_on, interrupted_count};
pub use request::{Obeyed, run_cancel, run_pause, run_resume_beside, set_spending_stopped};
pub use run::{
    RunEnded, RunFailed, RunMade, RunStatus, is_run_open, is_work_open, run_pipeline, run_price, run_status,
};
pub use told::{DoubtTold, Told, doubts_since, shortfalls_since, told_so_far};

use crate::commands::writer::lost;
use crate::dto::audit::FindingView;
use crate::dto::work::{Estimate, OperationRow};
use crate::view;
use crate::view::list::id;
use crate::view::work::Named;
use crate::{Fault, Igny8};
use igny8_core::function::AiFunction;
use igny8_core::id::{ContentId, OperationId, SiteId};
use igny8_core::money::Credits;
use igny8_core::outbox::FAILURES_MAX;
use igny8_core::port::{VaultError, VaultState};
use igny8_core::receipt::ReceiptField;
use igny8_core::status::{OperationStatus, Trigger, UnitState};
use igny8_engine::EngineError;
use igny8_engine::operation::Items;
use igny8_engine::publish::{CUT_OFF, Delivered, PICTURE_MISSING, edited_code};
use igny8_engine::roles;
use igny8_store::table::operation::OperationRow as StoredOperation;
use igny8_store::{BackupError, ReportTable, StoreError};
use secrecy::SecretString;
use serde::Serialize;
use std::path::Path;

/// How one delivery ended.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Delivery {
    /// Article id.
    pub id: String,
    /// Its address; empty when it failed.
    pub url: String,
    /// All that the site has a place for was read back as it was sent.
    pub as_sent: bool,
    /// Fields that are not there, most of them for want of a place; the receipt says why.
    pub dropped: Vec<String>,
    /// Host or folder it was for; empty when it did not fail.
    pub host: String,
    /// Why it failed, a code; empty when it did not.
    pub code: String,
    /// What the site said beside that; empty when it said nothing.
    pub note: String,
    /// It waits in the outbox, and is tried again from then on; absent for all others.
    pub next_try_at: Option<String>,
    /// The same as a fault, which has its sentence.
    #[serde(skip)]
    pub fault: Option<Fault>,
}

/// The auditor's report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AuditReport {
    /// The books balance.
    pub ok: bool,
    /// Transfers read.
    pub transfers: i64,
    /// Ever granted.
    pub granted: String,
    /// Can be spent.
    pub available: String,
    /// Kept back by open holds.
    pub held: String,
    /// Ever used.
    pub used: String,
    /// Ever lapsed.
    pub lapsed: String,
    /// What does not add up.
    pub findings: Vec<FindingView>,
    /// How much more does not, which is not listed.
    pub more: u32,
}

/// What of a site the command line works on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Of {
    /// What waits.
    Waiting,
    /// What waits, and new ideas.
    WithIdeas,
    /// What failed.
    Failed,
    /// These of what failed: tasks, or image slots.
    Chosen(Vec<i64>),
}

/// An article or a picture whose last attempt failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FailedItem {
    /// Id of the task or of the image slot.
    pub id: String,
    /// Title of the article.
    pub title: String,
    /// Why, a code.
    pub code: String,
}

/// What failed at a site.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Failed {
    /// Articles.
    pub tasks: Vec<FailedItem>,
    /// Pictures.
    pub images: Vec<FailedItem>,
}

/// How a function ended.
#[derive(Clone, Debug)]
pub struct Ended {
    /// Its task, as the lists show it.
    pub row: OperationRow,
    /// Why not all of it was made: [`Fault::InsufficientCredits`], or [`Fault::RunStopped`] with the reason; absent when
    /// all was.
    pub unmade: Option<Fault>,
}

/// What failed at a site.
///
/// # Errors
/// When the file cannot be read.
pub async fn failed(app: &Igny8, site: &str) -> Result<Failed, Fault> {
    let site: SiteId = id(site, "siteId")?;
    let found = app.engine.store().read(move |r| {
        let tasks = r.tasks(&r.failed_tasks(site, None, u32::MAX)?)?;
        let images = r.images(&r.failed_images(site, None, u32::MAX)?)?;
        Ok::<_, StoreError>((tasks, images))
    });
    let (tasks, images) = found.await?;
    let item = |id: String, title, code| FailedItem { id, title, code };
    Ok(Failed {
        tasks: tasks.into_iter().map(|row| item(row.id.to_string(), row.title, row.error_code)).collect(),
        images: images.into_iter().map(|row| item(row.id.to_string(), row.content_title, row.error_code)).collect(),
    })
}

/// Runs a function on at most `limit` of what waits or failed at a site, and waits for its end; once `stop` is ready, it
/// ends after the unit at hand. The background work must be running.
///
/// # Errors
/// [`Fault::NothingToDo`], and whatever refuses it before it begins. What ends it later is a part of the result.
pub async fn run_function(
    app: &Igny8,
    function: AiFunction,
    site: &str,
    of: Of,
    limit: Option<u32>,
    stop: impl Future<Output = ()>,
) -> Result<Ended, Fault> {
    let (site, items) = (id::<SiteId>(site, "siteId")?, items(of, limit));
    let key = app.engine.new_client_key();
    let operation = app.engine.start_operation(key, function, site, items, Trigger::Manual).await?;
    ended(app, (function, site, operation), stop).await
}

/// What [`run_function`] will cost, before anything is begun; `None` where there is nothing to do or it would be refused, for
/// which it has the reason itself.
///
/// # Errors
/// [`Fault::InvalidField`].
pub async fn function_price(
    app: &Igny8,
    function: AiFunction,
    site: &str,
    of: Of,
    limit: Option<u32>,
) -> Result<Option<Estimate>, Fault> {
    let site = id::<SiteId>(site, "siteId")?;
    let is_stopped = app.engine.store().read(|r| r.spending_stopped_at()).await?.is_some();
    if is_stopped || !app.engine.books_balance() {
        return Ok(None);
    }
    let needs_all = of == Of::WithIdeas;
    let price = app.engine.estimate(function, site, items(of, limit)).await.ok();
    Ok(price.filter(|price| !needs_all || price.is_affordable()).map(view::work::estimate))
}

fn items(of: Of, limit: Option<u32>) -> Items {
    match of {
        Of::Waiting => limit.map_or(Items::Waiting, Items::First),
        Of::WithIdeas => Items::WithIdeas(limit.unwrap_or(u32::MAX)),
        Of::Failed => Items::AllFailed(limit.unwrap_or(u32::MAX)),
        Of::Chosen(ids) => Items::Failed(ids),
    }
}

/// Refuses the making of pictures before their descriptions are paid, when they could not be made: no model any more, no price, no vendor.
///
/// # Errors
/// [`Fault::ModelEnded`]; [`Fault::UnpricedModel`]; [`Fault::NoModel`]; [`Fault::RunStopped`] with the reason; [`Fault::BooksDoNotBalance`].
pub async fn check_images(app: &Igny8, site: &str) -> Result<(), Fault> {
    let site: SiteId = id(site, "siteId")?;
    let (first, then) = (AiFunction::GenerateImagePrompts, AiFunction::GenerateImages);
    Ok(app.engine.check_follow_up(first, then, site).await?)
}

/// Waits for the end of an operation; once `stop` is ready, it ends after the unit at hand.
async fn ended(
    app: &Igny8,
    (function, site, operation): (AiFunction, SiteId, OperationId),
    stop: impl Future<Output = ()>,
) -> Result<Ended, Fault> {
    let row = tokio::select! {
        row = app.engine.wait_for(operation) => row?,
        () = stop => cancelled(app, operation).await?,
    };
    let unmade = match unmade_reason(app, &row).await? {
        _ if row.status == OperationStatus::Interrupted => Some(Fault::WrongState { what: "paused".to_owned() }),
        Some(_) if row.is_cancelled => Some(Fault::Cancelled),
        Some(code) if code == "insufficient_credits" => Some(shortage(app, function, site).await?),
        reason => {
            let until = row.goes_on_at().map(view::instant);
            let (model, code) = (row.model, reason.clone().unwrap_or_default());
            let address = app.engine.store().read(move |r| roles::address_of_stranger(r, model, &code)).await?;
            reason.map(|reason| Fault::RunStopped { reason, until, address })
        }
    };
    let (id, code) = (row.model, row.error_code.clone());
    let names = app.engine.store().read(move |r| {
        let address = roles::address_of_stranger(r, id, &code)?;
        Ok::<_, StoreError>((r.site(site)?.name, r.model(id)?.display_name, address))
    });
    let (site, model, address) = names.await?;
    Ok(Ended { row: view::work::operation(Named { row, site, model, address }), unmade })
}

/// An operation that is ended after the unit at hand.
async fn cancelled(app: &Igny8, operation: OperationId) -> Result<StoredOperation, Fault> {
    match app.engine.wind_up_operation(operation).await {
        // It has just ended by itself.
        Ok(()) | Err(EngineError::WrongState(_)) => Ok(app.engine.wait_for(operation).await?),
        Err(error) => Err(error.into()),
    }
}

/// Why an operation did less than it was to do, a code. What kept the rest from being begun comes before what made one
/// unit fail: starting again meets it first.
async fn unmade_reason(app: &Igny8, row: &StoredOperation) -> Result<Option<String>, Fault> {
    if row.units_done == row.units_total {
        return Ok(None);
    }
    let operation = row.id;
    let units = app.engine.store().read(move |r| r.operation_units(operation)).await?;
    let unbegun = units.into_iter().find(|unit| unit.state == Some(UnitState::Cancelled));
    Ok(Some(unbegun.map_or_else(|| row.error_code.clone(), |unit| unit.error_code)))
}

/// What the rest of a function's work needs, and what there is.
async fn shortage(app: &Igny8, function: AiFunction, site: SiteId) -> Result<Fault, Fault> {
    let available = app.engine.store().read(|r| r.available()).await?;
    let left = app.engine.estimate(function, site, Items::Waiting).await.map_or(Credits::ZERO, |left| left.credits);
    let needed = left.max(available.plus(Credits::whole(1)));
    Ok(Fault::InsufficientCredits { needed: needed.to_string(), available: available.to_string() })
}

/// Reads a keyword file to its end without storing anything of it.
///
/// # Errors
/// [`Fault::KeywordFile`] when it could not be imported.
pub async fn keyword_file_check(app: &Igny8, path: &Path) -> Result<(), Fault> {
    Ok(app.engine.check_keyword_file(path).await?)
}

/// Publishes articles now, one after the other, and says of each how it ended. `anew` makes another post of those whose
/// post is in the trash of their site or gone. Once `is_to_end` says so no further one is begun, and of those nothing is
/// said.
///
/// # Errors
/// [`Fault::InvalidField`] when an id is none; what keeps an article from being published is a result.
pub async fn publish_all(
    app: &Igny8,
    contents: &[String],
    anew: bool,
    is_to_end: impl Fn() -> bool,
) -> Result<Vec<Delivery>, Fault> {
    let ids = contents.iter().map(|content| id::<ContentId>(content, "id")).collect::<Result<Vec<_>, _>>()?;
    let mut delivered: Vec<Delivery> = Vec::with_capacity(ids.len());
    let mut downs = 0;
    for (nth, content) in ids.iter().enumerate() {
        if is_to_end() {
            break;
        }
        let ended = app.engine.publish_all(&[*content], lost(anew)).await;
        let is_down = ended.iter().any(|(_, ended)| ended.as_ref().is_ok_and(Delivered::met_no_site));
        downs = if is_down { downs + 1 } else { 0 };
        delivered.extend(ended.into_iter().map(|(content, ended)| delivery(content, ended)));
        if let (FAILURES_MAX.., Some(rest), Some(last)) = (downs, ids.get(nth + 1..), delivered.last().cloned()) {
            delivered.extend(leave_in_outbox(app, rest, anew, &last).await?);
            break;
        }
    }
    Ok(delivered)
}

/// Puts articles into the outbox whose site was just found to be down: to try each of them would take as long as many
/// time-outs. They wait for what the last one waits for.
async fn leave_in_outbox(
    app: &Igny8,
    contents: &[ContentId],
    anew: bool,
    last: &Delivery,
) -> Result<Vec<Delivery>, Fault> {
    if contents.is_empty() {
        return Ok(Vec::new());
    }
    let left = app.engine.take_on(app.engine.new_client_key(), &contents, contents.to_vec(), lost(anew)).await?;
    Ok(left.iter().map(|content| Delivery { id: content.to_string(), ..last.clone() }).collect())
}

fn delivery(content: ContentId, ended: Result<Delivered, EngineError>) -> Delivery {
    let id = content.to_string();
    let failed = |host: String, code: &str, note: String| {
        let fault = Fault::Site { host: host.clone(), failure: code.to_owned(), note: note.clone() };
        Delivery { id: id.clone(), host, code: code.to_owned(), note, fault: Some(fault), ..Delivery::default() }
    };
    match ended {
        Ok(Delivered::Published { url, receipt }) => {
            let dropped = receipt.dropped().map(|field| field.to_string()).collect();
            Delivery { id, url, as_sent: receipt.is_as_sent(), dropped, ..Delivery::default() }
        }
        Ok(Delivered::Waiting { host, error, until }) => {
            Delivery { next_try_at: Some(view::instant(until)), ..failed(host, error.code(), error.note()) }
        }
        Ok(Delivered::Failed { host, error }) => failed(host, error.code(), error.note()),
        Ok(Delivered::PostMissing { host, how }) => failed(host, how.code(), String::new()),
        Ok(Delivered::EditedThere { host, fields }) => failed(host, edited_code(&fields), listed(&fields)),
        Ok(Delivered::PictureMissing { host }) => failed(host, PICTURE_MISSING, String::new()),
        Err(error) => Delivery { id, code: CUT_OFF.to_owned(), fault: Some(Fault::from(error)), ..Delivery::default() },
    }
}

fn listed(fields: &[ReceiptField]) -> String {
    fields.iter().map(|field| field.as_str()).collect::<Vec<_>>().join(", ")
}

/// Refuses what would need a keyring to outlive this process: on the command line, memory keeps nothing.
///
/// # Errors
/// [`Fault::SecretStore`] when there is no keyring.
pub async fn need_keyring(app: &Igny8) -> Result<(), Fault> {
    match app.vault.state().await {
        VaultState::Absent => Err(VaultError::Absent.into()),
        // Each of these says so itself when it is asked to keep something, or lets the user unlock it.
        VaultState::Available | VaultState::Locked | VaultState::Denied | VaultState::Broken => Ok(()),
    }
}

/// Uses a password for a site until the process ends, instead of the one that is kept.
///
/// # Errors
/// [`Fault::InvalidField`].
pub fn lend_password(app: &Igny8, site: &str, password: String) -> Result<(), Fault> {
    app.lent.lend(id::<SiteId>(site, "siteId")?, SecretString::from(password));
    Ok(())
}

/// Recomputes the books.
///
/// # Errors
/// When the file cannot be read.
pub async fn audit(app: &Igny8) -> Result<AuditReport, Fault> {
    let audit = app.audit().await?;
    let listed = view::audit::findings(&audit);
    Ok(AuditReport {
        ok: audit.is_ok(),
        transfers: audit.transfers,
        granted: audit.granted.to_string(),
        available: audit.available.to_string(),
        held: audit.held.to_string(),
        used: audit.used.to_string(),
        lapsed: audit.lapsed.to_string(),
        findings: listed.findings,
        more: listed.more,
    })
}

/// The web system's reporting queries.
///
/// # Errors
/// When the file cannot be read.
pub async fn report(app: &Igny8) -> Result<Vec<ReportTable>, Fault> {
    Ok(app.engine.store().read(|r| r.report()).await?)
}

/// Copies the database to `target`, which lies outside the data folder or among the copies in it. Whether the books in it
/// balance.
///
/// # Errors
/// When the copy could not be made; an older copy of the same name is still there.
pub async fn backup(app: &Igny8, target: &Path) -> Result<bool, Fault> {
    let unwritable = |error| BackupError::Write { path: target.to_owned(), error };
    let is_copy = app.folder.holds_as_copy(target).map_err(unwritable)?;
    if !is_copy && app.folder.holds(target).map_err(unwritable)? {
        return Err(BackupError::Itself.into());
    }
    // A mistyped folder is not made: whoever looks for the copy later would not find it where it was meant to be.
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty());
    if let Some(error) = folder.and_then(|folder| folder.metadata().err()) {
        return Err(unwritable(error).into());
    }
    let is_sound = app.engine.backup(target.to_owned()).await?.is_ok();
    // Beside the program that has the folder nothing is written, notices neither.
    if app.has_the_folder() {
        app.engine.tell_backup(target.display().to_string(), is_sound).await?;
    }
    Ok(is_sound)
}
