//! Limits and forecasts for the border.

use super::instant;
use crate::dto::spending as dto;
use igny8_core::status::CapScope;
use igny8_engine::books::Spending;
use igny8_engine::pipeline::{Forecast, Rest, RestOfRun, StageForecast};
use igny8_store::ledger::CapView;

pub(crate) fn spending(spending: &Spending) -> dto::Spending {
    dto::Spending {
        is_stopped: spending.stopped_at.is_some(),
        stopped_at: spending.stopped_at.map(instant),
        limits: spending.caps.iter().filter_map(limit).collect(),
        low_percent: spending.low_percent,
    }
}

/// Caps of a run are shown with the run.
fn limit(cap: &CapView) -> Option<dto::SpendingLimit> {
    let scope = match cap.scope {
        CapScope::Month => dto::LimitScope::Month,
        CapScope::Day => dto::LimitScope::Day,
        CapScope::Site => dto::LimitScope::Site,
        CapScope::Run | CapScope::Share => return None,
    };
    Some(dto::SpendingLimit {
        scope,
        site_id: cap.site.map(|site| site.to_string()),
        site_name: cap.site_name.clone(),
        wanted: cap.wanted.map(|wanted| wanted.to_string()),
        used: cap.used.to_string(),
        held: cap.held.to_string(),
    })
}

pub(crate) fn forecast(forecast: &Forecast) -> dto::PipelineEstimate {
    dto::PipelineEstimate {
        stages: forecast.stages.iter().map(stage).collect(),
        credits_min: forecast.credits.min.to_string(),
        credits_likely: forecast.credits.likely.to_string(),
        credits_max: forecast.credits.max.to_string(),
        cost_min: forecast.cost.min.to_string(),
        cost_max: forecast.cost.max.to_string(),
        is_covered: forecast.is_covered(),
        available: forecast.available.to_string(),
        in_time: forecast.in_time().to_string(),
        balance_after_min: forecast.available.minus(forecast.credits.max).to_string(),
        balance_after_max: forecast.available.minus(forecast.credits.min).to_string(),
        run_cap: forecast.run_cap.to_string(),
    }
}

pub(crate) fn rest(rest: Rest) -> dto::ResumeEstimate {
    match rest {
        Rest::Work(estimate) => dto::ResumeEstimate::Work(super::work::estimate(estimate)),
        Rest::Run(run) => dto::ResumeEstimate::Run(rest_of_run(&run)),
    }
}

pub(crate) fn rest_of_run(run: &RestOfRun) -> dto::RunRestEstimate {
    dto::RunRestEstimate {
        stages: run.stages.iter().map(stage).collect(),
        credits_min: run.credits.min.to_string(),
        credits_likely: run.credits.likely.to_string(),
        credits_max: run.credits.max.to_string(),
        cost_min: run.cost.min.to_string(),
        cost_max: run.cost.max.to_string(),
        available: run.available.to_string(),
        balance_after_min: run.available.minus(run.credits.max).to_string(),
        balance_after_max: run.available.minus(run.credits.min).to_string(),
        is_affordable: run.is_affordable(),
        units: run.units,
        held: run.held.to_string(),
        cap: run.cap.map(|cap| cap.cap.to_string()),
        cap_left: run.cap.map(|cap| cap.left.to_string()),
        whole: whole(run),
    }
}

fn whole(run: &RestOfRun) -> Option<Box<dto::WholePrice>> {
    let (credits, cost) = run.whole;
    let price = dto::WholePrice {
        credits_min: credits.min.to_string(),
        credits_likely: credits.likely.to_string(),
        credits_max: credits.max.to_string(),
        cost_min: cost.min.to_string(),
        cost_max: cost.max.to_string(),
        is_likely: credits.likely > run.credits.likely,
    };
    (credits.max > run.credits.max).then(|| Box::new(price))
}

fn stage(stage: &StageForecast) -> dto::StageEstimate {
    dto::StageEstimate {
        function: stage.function.into(),
        items_min: stage.items.min,
        items_max: stage.items.max,
        credits_min: stage.credits.min.to_string(),
        credits_max: stage.credits.max.to_string(),
        cost_min: stage.cost.min.to_string(),
        cost_max: stage.cost.max.to_string(),
    }
}
