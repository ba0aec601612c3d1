//! The list of notices by pages.

use super::shown;
use crate::table::list::Page;
use crate::table::timeline;
use crate::{Read, StoreError};
use igny8_core::id::{NotificationId, OperationId, SiteId};
use igny8_core::status::Severity;
use igny8_core::time::UtcMs;
use rusqlite::{Row, params};
use std::collections::BTreeMap;

/// A notice as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotificationRow {
    /// Id.
    pub id: NotificationId,
    /// Type, such as `ai_image_success`.
    pub notification_type: String,
    /// How much it matters.
    pub severity: Severity,
    /// Site it is about.
    pub site: Option<SiteId>,
    /// Operation it is about.
    pub operation: Option<OperationId>,
    /// What it is about: `content`, `site` … or empty.
    pub related_type: String,
    /// Row of that, 0 for none.
    pub related_id: i64,
    /// Numbers and names of the sentence.
    pub params: BTreeMap<String, String>,
    /// When it was seen; 0 while it was not.
    pub read_at: UtcMs,
    /// When it was written.
    pub created_at: UtcMs,
}

/// What the list is narrowed to. Hidden notices never show. An empty list means all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NotificationFilter {
    /// One site.
    pub site: Option<SiteId>,
    /// These severities.
    pub severities: Vec<Severity>,
    /// Only what was not seen yet.
    pub is_unread: bool,
}

const PAGE: &str = concat!(
    "select id, notification_type, severity, site_id, operation_id, related_type, related_id, params, read_at, created_at
     from notification
     where ",
    shown!(),
    " and (created_at, id) < (?1, ?2)
       and (?3 is null or site_id = ?3)
       and (?4 = '[]' or severity in (select value from json_each(?4)))
       and (?5 = 0 or read_at = 0)
     order by created_at desc, id desc limit ?6"
);

impl Read<'_> {
    /// A page of notices, newest first. `cursor` is the page before's `next_cursor`.
    ///
    /// # Errors
    /// [`StoreError::BadQuery`] for a cursor of another list.
    pub fn notifications_page(
        &self,
        filter: &NotificationFilter,
        cursor: Option<&str>,
        limit: u32,
    ) -> Result<Page<NotificationRow>, StoreError> {
        let start = timeline::start::<NotificationId>(cursor)?;
        let severities = timeline::words(filter.severities.iter().map(|severity| severity.as_str()));
        let mut statement = self.conn.prepare_cached(PAGE)?;
        let rows = statement.query_map(
            params![
                start.at,
                start.id.map_or(0, |id| id.0),
                filter.site.map(|site| site.0),
                severities,
                filter.is_unread,
                timeline::rows_asked(limit)
            ],
            read_notification,
        )?;
        let rows = rows.collect::<Result<_, _>>()?;
        timeline::page(&start, rows, limit, || self.notification_count(filter), |row| (row.created_at, row.id))
    }

    /// How many notices match.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn notification_count(&self, filter: &NotificationFilter) -> Result<u32, StoreError> {
        let severities = timeline::words(filter.severities.iter().map(|severity| severity.as_str()));
        let mut statement = self.conn.prepare_cached(concat!(
            "select count(*) from notification where ",
            shown!(),
            " and (?1 is null or site_id = ?1)
              and (?2 = '[]' or severity in (select value from json_each(?2)))
              and (?3 = 0 or read_at = 0)",
        ))?;
        let site = filter.site.map(|site| site.0);
        Ok(statement.query_row(params![site, severities, filter.is_unread], |row| row.get(0))?)
    }
}

fn read_notification(row: &Row<'_>) -> rusqlite::Result<NotificationRow> {
    let site: i64 = row.get("site_id")?;
    let operation: Option<crate::table::UuidColumn> = row.get("operation_id")?;
    Ok(NotificationRow {
        id: NotificationId(row.get("id")?),
        notification_type: row.get("notification_type")?,
        severity: crate::table::word(row, "severity")?,
        site: (site != 0).then_some(SiteId(site)),
        operation: operation.map(|id| OperationId(id.0)),
        related_type: row.get("related_type")?,
        related_id: row.get("related_id")?,
        params: crate::table::json(row, "params")?,
        read_at: UtcMs(row.get("read_at")?),
        created_at: UtcMs(row.get("created_at")?),
    })
}

#[cfg(test)]
mod tests;
