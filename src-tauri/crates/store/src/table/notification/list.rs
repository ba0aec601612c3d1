//! The list of notices by pages.

use super::at_hand;
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
    /// It was written for nobody.
    pub is_silent: bool,
    /// When it was written.
    pub created_at: UtcMs,
}

/// What the list is narrowed to. Hidden notices never show, and those written for nobody only when they are asked for. An
/// empty list means all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NotificationFilter {
    /// One site.
    pub site: Option<SiteId>,
    /// These severities.
    pub severities: Vec<Severity>,
    /// These types.
    pub types: Vec<String>,
    /// Only what was not seen yet.
    pub is_unread: bool,
    /// Those written for nobody, and no others.
    pub is_silent: bool,
}

/// What a filter leaves: its site, severities, types, whether only what is unread, whether only what is silent.
macro_rules! narrowed {
    () => {
        concat!(
            at_hand!(),
            " and (?1 is null or site_id = ?1)
              and (?2 = '[]' or severity in (select value from json_each(?2)))
              and (?3 = '[]' or notification_type in (select value from json_each(?3)))
              and (?4 = 0 or read_at = 0)
              and is_silent = ?5"
        )
    };
}

const PAGE: &str = concat!(
    "select id, notification_type, severity, site_id, operation_id, related_type, related_id, params, read_at, is_silent,
       created_at
     from notification
     where ",
    narrowed!(),
    " and (created_at, id) < (?6, ?7)
     order by created_at desc, id desc limit ?8"
);

const COUNT: &str = concat!("select count(*) from notification where ", narrowed!());

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
        let mut statement = self.conn.prepare_cached(PAGE)?;
        let rows = statement.query_map(
            params![
                filter.site.map(|site| site.0),
                filter.severity_words(),
                filter.type_words(),
                filter.is_unread,
                filter.is_silent,
                start.at,
                start.id.map_or(0, |id| id.0),
                timeline::rows_asked(limit),
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
        let mut statement = self.conn.prepare_cached(COUNT)?;
        let (site, severities, types) = (filter.site.map(|site| site.0), filter.severity_words(), filter.type_words());
        let narrowed = params![site, severities, types, filter.is_unread, filter.is_silent];
        Ok(statement.query_row(narrowed, |row| row.get(0))?)
    }
}

impl NotificationFilter {
    fn severity_words(&self) -> String {
        timeline::words(self.severities.iter().map(|severity| severity.as_str()))
    }

    fn type_words(&self) -> String {
        timeline::words(self.types.iter().map(String::as_str))
    }
}

pub(super) fn read_notification(row: &Row<'_>) -> rusqlite::Result<NotificationRow> {
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
        is_silent: row.get("is_silent")?,
        created_at: UtcMs(row.get("created_at")?),
    })
}

#[cfg(test)]
mod tests;
