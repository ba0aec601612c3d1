//! Credits, notices and completion for the border.

use super::instant;
use crate::dto::account as dto;
use igny8_core::time::UtcMs;
use igny8_engine::settings::Settings;
use igny8_store::ledger::WalletView;
use igny8_store::table::completion::Completion;
use igny8_store::table::notification::NotificationRow;
use igny8_store::table::transaction::TransactionRow;

pub(crate) fn balance(wallet: &WalletView, settings: &Settings) -> dto::Balance {
    dto::Balance {
        available: wallet.available.to_string(),
        held: wallet.held.to_string(),
        used_this_month: wallet.used_this_month.to_string(),
        available_value: wallet.available.value_at(settings.credit_price).to_string(),
        monthly_budget: settings.monthly_budget.to_string(),
        month_granted: wallet.month_granted.to_string(),
        month_drawn: wallet.month_drawn.to_string(),
        monthly_left: wallet.monthly_left.to_string(),
        extra_left: wallet.available.minus(wallet.monthly_left).to_string(),
        credit_price: settings.credit_price.to_string(),
        granted: wallet.granted.to_string(),
        used: wallet.used.to_string(),
        lapsed: wallet.lapsed.to_string(),
    }
}

pub(crate) fn transaction(row: TransactionRow) -> dto::TransactionRow {
    dto::TransactionRow {
        id: row.id.to_string(),
        transaction_type: row.transaction_type.as_str().to_owned(),
        operation_type: row.function.map(|f| f.operation_type().to_owned()).unwrap_or_default(),
        amount: row.amount.to_string(),
        balance_after: row.balance_after.to_string(),
        operation_id: row.operation.map(|id| id.to_string()),
        memo: row.memo,
        at: instant(row.at),
    }
}

pub(crate) fn notification(row: NotificationRow) -> dto::NotificationRow {
    dto::NotificationRow {
        id: row.id.to_string(),
        notification_type: row.notification_type,
        severity: row.severity.to_string(),
        params: row.params.into_iter().map(|(name, value)| dto::Param { name, value }).collect(),
        site_id: row.site.map(|id| id.to_string()),
        operation_id: row.operation.map(|id| id.to_string()),
        related_id: (row.related_id > 0).then(|| row.related_id.to_string()),
        related_type: row.related_type,
        is_read: row.read_at > UtcMs(0),
        created_at: instant(row.created_at),
    }
}

pub(crate) fn completion(completion: &Completion) -> dto::Completion {
    dto::Completion {
        keywords: completion.keywords,
        keywords_mapped: completion.keywords_mapped,
        keywords_left_out: completion.keywords_left_out,
        clusters: completion.clusters,
        clusters_mapped: completion.clusters_mapped,
        ideas: completion.ideas,
        ideas_queued: completion.ideas_queued,
        ideas_completed: completion.ideas_completed,
        tasks_queued: completion.tasks_queued,
        tasks_failed: completion.tasks_failed,
        contents: completion.contents,
        drafts: completion.drafts,
        review: completion.review,
        approved: completion.approved,
        on_the_way: completion.on_the_way,
        published: completion.published,
        images: completion.images,
        images_generated: completion.images_generated,
        images_failed: completion.images_failed,
        credits_used: completion.credits_used.to_string(),
    }
}
