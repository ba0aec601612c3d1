//! AI operations and the pipeline.

use crate::dto::list::ListQuery;
use crate::dto::spending::ResumeEstimate;
use crate::dto::work::{Estimate, OperationPage, OperationRequest, OperationView, PipelineView};
use crate::view;
use crate::view::list::{id, ids, invalid};
use crate::view::work::Named;
use crate::{Fault, Igny8};
use igny8_core::function::AiFunction;
use igny8_core::id::{ClientKey, ContentId, ImageId, OperationId, SiteId};
use igny8_core::status::{OperationStatus, Trigger};
use igny8_engine::operation::Items;
use igny8_engine::roles;
use igny8_store::table::operation::{OperationFilter, OperationRow};
use igny8_store::{Read, StoreError};

/// What a function on these items would cost.
///
/// # Errors
/// [`Fault::NothingToDo`]; [`Fault::NoModel`]; [`Fault::UnpricedModel`].
pub async fn estimate(app: &Igny8, request: OperationRequest) -> Result<Estimate, Fault> {
    let (site, items) = (id::<SiteId>(&request.site_id, "siteId")?, items(&request)?);
    Ok(view::work::estimate(app.engine.estimate(request.function.into(), site, items).await?))
}

/// Starts a function and returns its operation's id at once; the same command again, which has the same key, returns the
/// same id and starts nothing.
///
/// # Errors
/// As [`estimate`]; [`Fault::BooksDoNotBalance`].
pub async fn operation_start(app: &Igny8, request: OperationRequest, key: &str) -> Result<String, Fault> {
    let (site, items, key) = (id::<SiteId>(&request.site_id, "siteId")?, items(&request)?, id(key, "key")?);
    let started = app.engine.start_operation(key, request.function.into(), site, items, Trigger::Manual).await?;
    Ok(started.to_string())
}

/// Stops an operation at once, or gives it up when it was interrupted, with the run that was interrupted in
/// it. What was made stays.
///
/// # Errors
/// [`Fault::WrongState`] when it has ended.
pub async fn operation_cancel(app: &Igny8, operation: &str) -> Result<(), Fault> {
    Ok(app.engine.cancel_operation(id::<OperationId>(operation, "id")?).await?)
}

/// A page of operations, newest first. The filter takes a site, function names in `kind`, status words in `status`.
///
/// # Errors
/// [`Fault::InvalidField`].
pub async fn operations(app: &Igny8, query: ListQuery) -> Result<OperationPage, Fault> {
    let filter = OperationFilter {
        site: query.filter.site_id.as_deref().map(|text| id::<SiteId>(text, "siteId")).transpose()?,
        functions: words::<AiFunction>(&query.filter.kind, "kind")?,
        statuses: words::<OperationStatus>(&query.filter.status, "status")?,
    };
    let page = app.engine.store().read(move |r| {
        let page = r.operations_page(&filter, query.cursor.as_deref(), query.limit)?;
        let rows = page.rows.into_iter().map(|row| named(r, row)).collect::<Result<Vec<_>, StoreError>>()?;
        Ok::<_, StoreError>((rows, page.next_cursor, page.total))
    });
    let (rows, next_cursor, total) = page.await?;
    Ok(OperationPage { rows: rows.into_iter().map(view::work::operation).collect(), next_cursor, total })
}

/// One operation with its units.
///
/// # Errors
/// [`Fault::NotFound`].
pub async fn operation(app: &Igny8, operation: &str) -> Result<OperationView, Fault> {
    let operation: OperationId = id(operation, "id")?;
    let found = app.engine.store().read(move |r| {
        let row = named(r, r.operation(operation)?)?;
        Ok::<_, StoreError>((row, r.operation_units(operation)?))
    });
    let (row, units) = found.await.map_err(|error| match error {
        StoreError::NotFound => Fault::NotFound { what: "operation".to_owned() },
        other => other.into(),
    })?;
    Ok(OperationView { row: view::work::operation(row), units: units.into_iter().map(view::work::unit).collect() })
}

/// Where a site's pipeline is.
///
/// # Errors
/// [`Fault::InvalidField`].
pub async fn pipeline(app: &Igny8, site: &str) -> Result<PipelineView, Fault> {
    Ok(view::work::pipeline(&app.engine.pipeline(id::<SiteId>(site, "siteId")?).await?))
}

/// Takes a site all the way in the background. Without a cap the run gets the one its estimate names. The same command
/// again, which has the same key, begins no second run.
///
/// # Errors
/// [`Fault::RunNotCovered`]; [`Fault::WrongState`] when it is running, and of `interrupted` for a cap over what was;
/// [`Fault::NotFound`]; [`Fault::BooksDoNotBalance`];
/// [`Fault::SpendingStopped`]; [`Fault::InvalidField`].
pub async fn pipeline_start(app: &Igny8, site: &str, cap: Option<&str>, key: &str) -> Result<(), Fault> {
    let (site, cap) = (id::<SiteId>(site, "siteId")?, cap.map(super::spending::cap).transpose()?);
    let key: ClientKey = id(key, "key")?;
    Ok(app.engine.start_run(key, site, cap).await?)
}

/// Pauses the run of a site after the units at hand.
///
/// # Errors
/// [`Fault::WrongState`] when no run is open.
pub async fn pipeline_pause(app: &Igny8, site: &str) -> Result<(), Fault> {
    Ok(app.engine.pause_pipeline(id::<SiteId>(site, "siteId")?).await?)
}

/// Goes on with what of a site was paused or interrupted: its run, under the cap it has, or where there was none its operations.
///
/// # Errors
/// [`Fault::WrongState`] when nothing was; [`Fault::BooksDoNotBalance`]; [`Fault::SpendingStopped`].
pub async fn pipeline_resume(app: &Igny8, site: &str) -> Result<(), Fault> {
    Ok(app.engine.resume_run(id::<SiteId>(site, "siteId")?).await?)
}

/// What it would cost to go on with what of a site was interrupted.
///
/// # Errors
/// [`Fault::WrongState`] when nothing was; as [`estimate`].
pub async fn pipeline_resume_estimate(app: &Igny8, site: &str) -> Result<ResumeEstimate, Fault> {
    Ok(view::spending::rest(app.engine.rest_of_site(id::<SiteId>(site, "siteId")?).await?))
}

/// What it would cost to go on with an operation that was interrupted: its own rest, or that of the run that was
/// interrupted in it.
///
/// # Errors
/// [`Fault::WrongState`] when it was not; [`Fault::NotFound`]; as [`estimate`].
pub async fn operation_resume_estimate(app: &Igny8, operation: &str) -> Result<ResumeEstimate, Fault> {
    Ok(view::spending::rest(app.engine.rest_of_operation(id::<OperationId>(operation, "id")?).await?))
}

/// Goes on with an operation that was interrupted, and with the run it belongs to when that was interrupted in it.
///
/// # Errors
/// As [`pipeline_resume`]; [`Fault::NotFound`].
pub async fn operation_resume(app: &Igny8, operation: &str) -> Result<(), Fault> {
    let operation: OperationId = id(operation, "id")?;
    if app.engine.take_up_operation(operation).await? {
        let row = app.engine.store().read(move |r| r.operation(operation)).await?;
        app.engine.take_run_further(row.site);
    }
    Ok(())
}

/// Stops a pipeline at once, or gives up what of the site was interrupted. What was made stays.
///
/// # Errors
/// [`Fault::WrongState`] when it is not running and nothing was interrupted.
pub async fn pipeline_cancel(app: &Igny8, site: &str) -> Result<(), Fault> {
    Ok(app.engine.cancel_pipeline(id::<SiteId>(site, "siteId")?).await?)
}

fn items(request: &OperationRequest) -> Result<Items, Fault> {
    let function: AiFunction = request.function.into();
    if let Some(ideas) = &request.ideas {
        let is_alone = request.ids.is_empty() && !request.retry && !request.regenerate;
        if function != AiFunction::GenerateContent || !is_alone {
            return Err(invalid("ideas", "unknown"));
        }
        return Ok(Items::Ideas(Box::new(view::list::selection(ideas.clone())?)));
    }
    if request.retry {
        let has_failed_ones = matches!(function, AiFunction::GenerateContent | AiFunction::GenerateImages);
        if !has_failed_ones || request.regenerate {
            return Err(invalid("retry", "unknown"));
        }
        return Ok(match request.ids.is_empty() {
            true => Items::AllFailed(u32::MAX),
            false => Items::Failed(ids::<i64>(&request.ids, "ids")?),
        });
    }
    if request.regenerate {
        return match function {
            AiFunction::GenerateImages if !request.ids.is_empty() => {
                Ok(Items::Remake(ids::<ImageId>(&request.ids, "ids")?))
            }
            AiFunction::GenerateContent if !request.ids.is_empty() => {
                Ok(Items::Rewrite(ids::<ContentId>(&request.ids, "ids")?))
            }
            _ => Err(invalid("regenerate", "unknown")),
        };
    }
    if request.ids.is_empty() {
        return Ok(Items::Waiting);
    }
    match function {
        AiFunction::GenerateImages => Ok(Items::ImagesOf(ids::<ContentId>(&request.ids, "ids")?)),
        AiFunction::AutoCluster
        | AiFunction::GenerateIdeas
        | AiFunction::GenerateContent
        | AiFunction::GenerateImagePrompts => Ok(Items::Ids(ids::<i64>(&request.ids, "ids")?)),
    }
}

fn words<T: std::str::FromStr>(texts: &[String], field: &str) -> Result<Vec<T>, Fault> {
    texts.iter().map(|text| text.parse().map_err(|_| invalid(field, "unknown"))).collect()
}

/// Site and model by name; a removed site keeps its name in its own row, which is all a history needs.
fn named(read: &Read<'_>, row: OperationRow) -> Result<Named, StoreError> {
    let site = match read.site(row.site) {
        Ok(site) => site.name,
        Err(StoreError::NotFound) => String::new(),
        Err(error) => return Err(error),
    };
    let model = read.model(row.model)?.display_name;
    let address = roles::address_of_stranger(read, row.model, &row.error_code)?;
    Ok(Named { row, site, model, address })
}
