//! The web system's reporting queries, run word for word over the reporting views, for people who know them by heart.

use crate::{Read, StoreError};
use rusqlite::types::ValueRef;

/// The queries, one a paragraph.
const QUERIES: &str = include_str!("report.sql");

/// One query's answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportTable {
    /// The view it asks.
    pub source: String,
    /// Column names.
    pub columns: Vec<String>,
    /// Rows as text; empty for null.
    pub rows: Vec<Vec<String>>,
}

impl Read<'_> {
    /// Runs every query.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn report(&self) -> Result<Vec<ReportTable>, StoreError> {
        QUERIES
            .split("\n\n")
            .filter(|text| text.trim_start().starts_with("SELECT"))
            .map(|text| self.table(text))
            .collect()
    }

    fn table(&self, query: &str) -> Result<ReportTable, StoreError> {
        let mut statement = self.conn.prepare(query)?;
        let columns: Vec<String> = statement.column_names().map(str::to_owned).collect();
        let source = query.split_whitespace().find(|word| word.starts_with("igny8_")).unwrap_or_default();
        let width = columns.len();
        let rows = statement.query_map([], |row| {
            (0..width).map(|at| Ok(as_text(row.get_ref(at)?))).collect::<rusqlite::Result<Vec<String>>>()
        })?;
        Ok(ReportTable {
            source: source.trim_end_matches(';').to_owned(),
            columns,
            rows: rows.collect::<Result<_, _>>()?,
        })
    }
}

fn as_text(value: ValueRef<'_>) -> String {
    match value {
        ValueRef::Null => String::new(),
        ValueRef::Integer(number) => number.to_string(),
        ValueRef::Real(number) => number.to_string(),
        ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
        ValueRef::Blob(bytes) => format!("{} bytes", bytes.len()),
    }
}
