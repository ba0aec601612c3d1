//! Vendors for the border.

use crate::dto::models as dto;
use igny8_store::table::provider::ProviderRow;

pub(crate) fn provider(row: ProviderRow) -> dto::ProviderView {
    dto::ProviderView {
        name: row.name,
        url: row.base_url,
        dialect: row.dialect.to_string(),
        has_key: row.has_secret,
        key_tail: row.secret_tail,
        concurrency: row.concurrency,
    }
}
