//! Usage for the border.

use super::{figure, instant};
use crate::dto::usage as dto;
use igny8_core::function::AiFunction;
use igny8_core::usage::calendar::Period;
use igny8_store::table::usage::article::{ArticleUsage, UsageLine};
use igny8_store::table::usage::{TokenSums, UsageFigures};

pub(crate) fn period(period: dto::UsagePeriod) -> Period {
    match period {
        dto::UsagePeriod::Month => Period::Month,
        dto::UsagePeriod::Last30Days => Period::Days(30),
        dto::UsagePeriod::Last90Days => Period::Days(90),
        dto::UsagePeriod::All => Period::All,
    }
}

pub(crate) fn figures(figures: &UsageFigures) -> dto::UsageFigures {
    dto::UsageFigures {
        records: figures.records,
        settled: figures.settled,
        lost: figures.released,
        refused: figures.refused,
        reused: figures.reused,
        images: figures.images,
        credits: figures.credits.to_string(),
        cost: figures.cost.to_string(),
        credit_value: figures.credit_value.to_string(),
        lost_cost: figures.lost_cost.to_string(),
        tokens: tokens(&figures.tokens),
    }
}

fn tokens(tokens: &TokenSums) -> dto::TokenBuckets {
    dto::TokenBuckets {
        input: tokens.input.to_string(),
        cached_input: tokens.cached_input.to_string(),
        cache_write: tokens.cache_write.to_string(),
        output: tokens.output.to_string(),
        reasoning: tokens.reasoning.to_string(),
        image_input: tokens.image_input.to_string(),
        image_output: tokens.image_output.to_string(),
        total: tokens.total().to_string(),
    }
}

pub(crate) fn article(row: ArticleUsage) -> dto::ArticleUsageRow {
    let figures = row.figures;
    dto::ArticleUsageRow {
        id: row.content.to_string(),
        title: row.title,
        site_id: row.site.to_string(),
        site: row.site_name,
        status: row.status.to_string(),
        is_removed: row.is_removed,
        records: figures.records,
        credits: figures.credits.to_string(),
        cost: figures.cost.to_string(),
        credit_value: figures.credit_value.to_string(),
        lost_cost: figures.lost_cost.to_string(),
        images: figures.images,
        tokens: figures.tokens.total().to_string(),
        last_used_at: instant(row.last_used_at),
    }
}

/// The three parts of an article, those that consumed nothing too.
pub(crate) fn parts(parts: &[(AiFunction, UsageFigures)]) -> Vec<dto::CostPart> {
    let of = |function: AiFunction| {
        let found = parts.iter().find(|(part, _)| *part == function);
        figures(&found.map(|(_, figures)| *figures).unwrap_or_default())
    };
    vec![
        dto::CostPart { part: dto::ContentPart::Writing, figures: of(AiFunction::GenerateContent) },
        dto::CostPart { part: dto::ContentPart::ImagePrompts, figures: of(AiFunction::GenerateImagePrompts) },
        dto::CostPart { part: dto::ContentPart::Images, figures: of(AiFunction::GenerateImages) },
    ]
}

pub(crate) fn line(line: UsageLine) -> dto::CostLine {
    dto::CostLine {
        id: line.id.to_string(),
        operation_id: line.operation.to_string(),
        operation_type: line.function.operation_type().to_owned(),
        outcome: line.outcome.to_string(),
        model: line.model,
        attempts: line.attempts,
        credits: line.credits.to_string(),
        cost: line.cost.to_string(),
        tokens: line.tokens.to_string(),
        images: line.images,
        is_estimated: line.is_estimated,
        at: instant(line.at),
    }
}

/// Tenths as a decimal: 41 as `4.1`.
pub(crate) fn tenths(tenths: i64) -> String {
    format!("{}.{}", tenths / 10, (tenths % 10).abs())
}

/// A number of lines of a file or of entries written.
pub(crate) fn lines(count: u64) -> u32 {
    figure(i64::try_from(count).unwrap_or(i64::MAX))
}
