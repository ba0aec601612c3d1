//! Keywords, clusters, ideas and keyword files for the border.

use super::{figure, instant};
use crate::dto::planner as dto;
use igny8_core::keyword_file::Field;
use igny8_core::money::Usd;
use igny8_core::status::Intent;
use igny8_engine::import::Imported;
use igny8_engine::keyword_file::{IgnoredRow, Preview, Warning};
use igny8_store::table::cluster::ClusterRow;
use igny8_store::table::idea::IdeaRow;
use igny8_store::table::keyword::KeywordRow;

pub(crate) fn keyword(row: KeywordRow) -> dto::KeywordRow {
    dto::KeywordRow {
        id: row.id.to_string(),
        text: row.text,
        sector_id: row.sector.to_string(),
        sector: row.sector_name,
        volume: row.volume.map(figure),
        volume_is_impressions: row.volume_is_impressions,
        difficulty: row.difficulty.map(figure),
        cpc: row.cpc_nano.map(|nano| Usd(nano).to_string()),
        intent: intent(row.intent),
        country: row.country,
        cluster_id: row.cluster.map(|id| id.to_string()),
        cluster: row.cluster_name,
        status: row.status.to_string(),
        is_disabled: row.is_disabled,
        is_passed_over: row.is_passed_over,
        source: row.source,
        created_at: instant(row.created_at),
    }
}

pub(crate) fn cluster(row: ClusterRow) -> dto::ClusterRow {
    dto::ClusterRow {
        id: row.id.to_string(),
        name: row.name,
        description: row.description,
        sector_id: row.sector.to_string(),
        sector: row.sector_name,
        keyword_count: row.keyword_count,
        volume: row.volume.map_or(0, figure),
        idea_count: row.idea_count,
        content_count: row.content_count,
        status: row.status.to_string(),
        is_disabled: row.is_disabled,
        created_at: instant(row.created_at),
    }
}

pub(crate) fn idea(row: IdeaRow) -> dto::IdeaRow {
    dto::IdeaRow {
        id: row.id.to_string(),
        title: row.title,
        description: row.description,
        keywords: row.keywords,
        cluster_id: row.cluster.map(|id| id.to_string()),
        cluster: row.cluster_name,
        sector: row.sector_name,
        content_type: row.content_type.to_string(),
        content_structure: row.content_structure.to_string(),
        word_count_target: row.word_count_target,
        status: row.status.to_string(),
        task_id: row.task.map(|id| id.to_string()),
        error_code: row.error_code,
        is_disabled: row.is_disabled,
        created_at: instant(row.created_at),
    }
}

pub(crate) fn imported(imported: Imported) -> dto::ImportSummary {
    dto::ImportSummary {
        added: imported.added,
        updated: imported.updated,
        joined: imported.joined,
        ignored: imported.ignored,
    }
}

pub(crate) fn preview(preview: Preview, file_name: String) -> dto::KeywordFilePreview {
    let used = preview.columns.iter().filter_map(|column| {
        let field = field_word(column.field?).to_owned();
        Some(dto::MappedColumn { header: column.header.clone(), field })
    });
    let unused = preview.columns.iter().filter(|column| column.field.is_none()).map(|column| column.header.clone());
    dto::KeywordFilePreview {
        kind: preview.kind.as_str().to_owned(),
        file_name,
        columns: used.collect(),
        unused_columns: unused.collect(),
        rows: preview
            .rows
            .iter()
            .map(|row| dto::PreviewRow {
                text: row.text.clone(),
                volume: row.volume.map(|v| figure(v.searches)).or(row.impressions.map(figure)),
                difficulty: row.difficulty.map(figure),
                intent: intent(row.intent()),
            })
            .collect(),
        keyword_count: u32::try_from(preview.counts.keywords).unwrap_or(u32::MAX),
        joined_count: u32::try_from(preview.counts.joined).unwrap_or(u32::MAX),
        ignored: preview.counts.ignored_rows.iter().map(ignored).collect(),
        warnings: preview.warnings.iter().map(warning).collect(),
        is_whole: preview.is_whole,
    }
}

/// The field a column fills, in the screens' words.
fn field_word(field: Field) -> &'static str {
    match field {
        Field::Keyword => "keyword",
        Field::Volume => "volume",
        Field::Difficulty => "difficulty",
        Field::Cpc => "cpc",
        Field::Currency => "currency",
        Field::Intent | Field::IntentFlag(_) => "intent",
        Field::Country => "country",
        Field::Impressions => "impressions",
        Field::Clicks => "clicks",
        Field::Position => "position",
        Field::MonthSearches => "month_searches",
    }
}

fn ignored(row: &IgnoredRow) -> dto::IgnoredRow {
    dto::IgnoredRow { line: u32::try_from(row.line).unwrap_or(u32::MAX), reason: row.reason.code().to_owned() }
}

fn warning(warning: &Warning) -> String {
    match warning {
        Warning::SearchConsoleLimit => "search_console_limit".to_owned(),
        Warning::VolumeRanges => "volume_ranges".to_owned(),
        Warning::ForeignCurrency(code) => format!("foreign_currency:{code}"),
    }
}

fn intent(intent: Option<Intent>) -> String {
    intent.map(|i| i.to_string()).unwrap_or_default()
}
