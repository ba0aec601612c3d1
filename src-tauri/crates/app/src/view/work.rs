//! Operations for the border.

use super::{instant, instant_or_none};
use crate::dto::work as dto;
use igny8_core::function::AiFunction;
use igny8_core::live::Writing;
use igny8_core::progress::Progress;
use igny8_core::status::OperationStatus;
use igny8_engine::operation::Estimate;
use igny8_engine::pipeline::{PipelineState, Standing};
use igny8_store::table::operation::{OperationRow, UnitRow};

/// An operation with the names that its row has only by id.
pub(crate) struct Named {
    pub row: OperationRow,
    pub site: String,
    pub model: String,
    /// The address that was asked, where something else than the vendor answered there.
    pub address: Option<String>,
}

impl From<AiFunction> for dto::AiFunctionView {
    fn from(function: AiFunction) -> Self {
        match function {
            AiFunction::AutoCluster => Self::AutoCluster,
            AiFunction::GenerateIdeas => Self::GenerateIdeas,
            AiFunction::GenerateContent => Self::GenerateContent,
            AiFunction::GenerateImagePrompts => Self::GenerateImagePrompts,
            AiFunction::GenerateImages => Self::GenerateImages,
        }
    }
}

impl From<dto::AiFunctionView> for AiFunction {
    fn from(function: dto::AiFunctionView) -> Self {
        match function {
            dto::AiFunctionView::AutoCluster => Self::AutoCluster,
            dto::AiFunctionView::GenerateIdeas => Self::GenerateIdeas,
            dto::AiFunctionView::GenerateContent => Self::GenerateContent,
            dto::AiFunctionView::GenerateImagePrompts => Self::GenerateImagePrompts,
            dto::AiFunctionView::GenerateImages => Self::GenerateImages,
        }
    }
}

pub(crate) fn estimate(estimate: Estimate) -> dto::Estimate {
    dto::Estimate {
        is_affordable: estimate.is_affordable(),
        items: estimate.items,
        units: estimate.units,
        model: estimate.model,
        credits: estimate.credits.to_string(),
        credits_max: estimate.credits_max.to_string(),
        cost: estimate.cost.to_string(),
        cost_max: estimate.cost_max.to_string(),
        balance_after: estimate.available.minus(estimate.credits).to_string(),
        balance_after_min: estimate.available.minus(estimate.credits_max).to_string(),
    }
}

pub(crate) fn operation(named: Named) -> dto::OperationRow {
    let row = named.row;
    let may_go_on_at = row.goes_on_at().map(instant);
    // What failed of it so far is not why it stands still.
    let error_code = if row.status == OperationStatus::Interrupted { row.paused_code } else { row.error_code };
    dto::OperationRow {
        id: row.id.to_string(),
        function: row.function.name().to_owned(),
        is_trial: row.is_trial,
        site_id: row.site.to_string(),
        site: named.site,
        model: named.model,
        started_by: row.started_by.to_string(),
        phase: row.phase.to_string(),
        status: row.status.to_string(),
        is_cancelled: row.is_cancelled,
        items_total: row.items_total,
        units_total: row.units_total,
        units_done: row.units_done,
        units_failed: row.units_failed,
        results: row.results,
        joined: row.joined,
        credits: row.credits.to_string(),
        cost: row.cost.to_string(),
        error_code,
        created_at: instant(row.created_at),
        ended_at: instant_or_none(row.ended_at),
        may_go_on_at,
        asked_at: named.address,
    }
}

pub(crate) fn unit(row: UnitRow) -> dto::UnitRow {
    dto::UnitRow {
        item: row.name,
        state: row.state.map(|state| state.as_str().to_owned()).unwrap_or_default(),
        error_code: row.error_code,
        outcome: row.outcome.map(|outcome| outcome.as_str().to_owned()).unwrap_or_default(),
        credits: row.credits.to_string(),
        cost: row.cost.to_string(),
        tokens_input: u32::try_from(row.usage.tokens_in()).unwrap_or(u32::MAX),
        tokens_output: u32::try_from(row.usage.tokens_out()).unwrap_or(u32::MAX),
        images: row.usage.images,
        is_estimated: row.usage.is_estimated,
        partial: row.partial,
        at: instant_or_none(row.at),
    }
}

pub(crate) fn progress(progress: &Progress) -> dto::ProgressView {
    dto::ProgressView {
        operation_id: progress.operation.to_string(),
        site_id: progress.site.to_string(),
        function: progress.function.into(),
        phase: progress.phase.to_string(),
        done: progress.done,
        total: progress.total,
        item: progress.item.clone(),
        credits: progress.credits.to_string(),
    }
}

pub(crate) fn writing(writing: Writing) -> dto::WritingView {
    dto::WritingView {
        operation_id: writing.operation.to_string(),
        task_id: writing.task.to_string(),
        title: writing.title,
        text: writing.text,
    }
}

pub(crate) fn pipeline(state: &PipelineState) -> dto::PipelineView {
    dto::PipelineView {
        standing: state.standing.into(),
        stage: state.stage.map(|stage| stage.to_string()).unwrap_or_default(),
        operation_id: state.operation.map(|id| id.to_string()),
        // One that was cancelled goes on with nothing, whatever of it was interrupted.
        has_run: state.run.is_some() && !(state.is_cancelling && state.standing == Standing::Interrupted),
        is_cancelling: state.is_cancelling,
        units_waiting: state.left.units,
        held: state.left.held.to_string(),
        stopped_code: state.stopped_code.clone(),
    }
}

impl From<Standing> for dto::PipelineStanding {
    fn from(standing: Standing) -> Self {
        match standing {
            Standing::Running => Self::Running,
            Standing::HeldBack => Self::HeldBack,
            Standing::Pausing => Self::Pausing,
            Standing::Paused => Self::Paused,
            Standing::Interrupted => Self::Interrupted,
            Standing::Idle => Self::Idle,
        }
    }
}
