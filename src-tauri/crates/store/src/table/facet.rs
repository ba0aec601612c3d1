//! Facets: the values a list's filters can take, as they are actually present. Each facet applies every filter but its
//! own, so that choosing one value never hides the others of the same filter.

#[cfg(test)]
mod tests;

use super::list::{ListFilter, bind, filter_params};
use crate::StoreError;
use igny8_core::status::UnknownWord;
use rusqlite::Connection;
use std::str::FromStr;

/// One filter and its values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facet {
    /// Name of the field of [`ListFilter`].
    pub field: &'static str,
    /// Values present, most frequent first.
    pub values: Vec<FacetValue>,
}

/// One value of a filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetValue {
    /// What to put into the filter: a word, or an id as text. Empty means unknown.
    pub value: String,
    /// Name where the value is an id; empty where it is a word.
    pub label: String,
    /// Rows that have it under the other filters.
    pub count: u32,
}

/// Runs a facet statement, which answers `field, value, label, n`. `fields` says which facets there are, so that one
/// without a value is there too, with an empty list.
pub(crate) fn facets<S: FromStr<Err = UnknownWord>>(
    conn: &Connection,
    sql: &'static str,
    fields: &[&'static str],
    filter: &ListFilter,
) -> Result<Vec<Facet>, StoreError> {
    let mut statement = conn.prepare_cached(sql)?;
    bind(&mut statement, &filter_params::<S>(filter)?)?;
    let mut rows = statement.raw_query();
    let mut found: Vec<Facet> = fields.iter().map(|field| Facet { field, values: Vec::new() }).collect();
    while let Some(row) = rows.next()? {
        let field: String = row.get("field")?;
        let value = FacetValue { value: row.get("value")?, label: row.get("label")?, count: row.get("n")? };
        if let Some(facet) = found.iter_mut().find(|facet| facet.field == field) {
            facet.values.push(value);
        }
    }
    for facet in &mut found {
        facet.values.sort_by(|a, b| {
            b.count.cmp(&a.count).then_with(|| a.label.cmp(&b.label)).then_with(|| a.value.cmp(&b.value))
        });
    }
    Ok(found)
}
