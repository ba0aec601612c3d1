//! List requests from the border: ids parsed, words checked by the lists themselves, columns by their own names.

use crate::dto::list as dto;
use crate::fault::Fault;
use igny8_core::id::{ClusterId, SectorId, SiteId};
use igny8_core::money::{AmountError, Credits};
use igny8_store::table::facet::Facet;
use igny8_store::table::list::{ListFilter, ListQuery, Selection, Sort, SortColumn};
use std::str::FromStr;

/// Longest search text, in characters.
const SEARCH_CHARS_MAX: usize = 200;
/// Most rows one action is for.
pub(crate) const SELECTION_MAX: usize = 100_000;

/// Parses an id of the border.
///
/// # Errors
/// [`Fault::InvalidField`] when it is none.
pub(crate) fn id<T: FromStr>(text: &str, field: &str) -> Result<T, Fault> {
    text.parse().map_err(|_| invalid(field, "format"))
}

/// Parses ids of the border.
///
/// # Errors
/// As [`id`].
pub(crate) fn ids<T: FromStr>(texts: &[String], field: &str) -> Result<Vec<T>, Fault> {
    if texts.len() > SELECTION_MAX {
        return Err(invalid(field, "too_long"));
    }
    texts.iter().map(|text| id(text, field)).collect()
}

/// Credits as a person writes them.
///
/// # Errors
/// [`Fault::InvalidField`] that says what is wrong with them.
pub(crate) fn credits(text: &str, field: &str) -> Result<Credits, Fault> {
    Credits::parse(text).map_err(|error| amount(field, error))
}

/// What is wrong with an amount.
pub(crate) fn amount(field: &str, error: AmountError) -> Fault {
    let rule = match error {
        AmountError::NotANumber => "format",
        AmountError::TooFine => "too_fine",
        AmountError::OutOfRange => "range",
    };
    invalid(field, rule)
}

pub(crate) fn invalid(field: &str, rule: &str) -> Fault {
    Fault::InvalidField { field: field.to_owned(), rule: rule.to_owned() }
}

/// A list's filter.
///
/// # Errors
/// [`Fault::InvalidField`] without a site, with a malformed id or a too long search.
pub(crate) fn filter(filter: dto::ListFilter) -> Result<ListFilter, Fault> {
    let site: SiteId = id(filter.site_id.as_deref().ok_or_else(|| invalid("siteId", "required"))?, "siteId")?;
    if !filter.kind.is_empty() {
        return Err(invalid("kind", "unknown"));
    }
    let search = searched(filter.search)?;
    Ok(ListFilter {
        sector: filter.sector_id.map(|text| id::<SectorId>(&text, "sectorId")).transpose()?,
        cluster: filter.cluster_id.map(|text| id::<ClusterId>(&text, "clusterId")).transpose()?,
        status: filter.status,
        delivery: filter.delivery,
        intent: filter.intent,
        country: filter.country,
        content_type: filter.content_type,
        content_structure: filter.content_structure,
        search,
        is_disabled: filter.is_disabled,
        volume_min: filter.volume_min.map(i64::from),
        volume_max: filter.volume_max.map(i64::from),
        difficulty_min: filter.difficulty_min.map(i64::from),
        difficulty_max: filter.difficulty_max.map(i64::from),
        ..ListFilter::of(site)
    })
}

/// A search; blanks are none.
///
/// # Errors
/// [`Fault::InvalidField`] when it is too long.
pub(crate) fn searched(search: Option<String>) -> Result<Option<String>, Fault> {
    let search = search.filter(|text| !text.trim().is_empty());
    if search.as_ref().is_some_and(|text| text.chars().count() > SEARCH_CHARS_MAX) {
        return Err(invalid("search", "too_long"));
    }
    Ok(search)
}

/// A page request of a list.
///
/// # Errors
/// As [`filter`]; an unknown column.
pub(crate) fn query<C: SortColumn>(query: dto::ListQuery) -> Result<ListQuery<C>, Fault> {
    let sort = match query.sort {
        Some(sort) => Sort { column: C::parse(&snake(&sort.column))?, is_descending: sort.descending },
        None => C::DEFAULT,
    };
    Ok(ListQuery { filter: filter(query.filter)?, sort, cursor: query.cursor, limit: query.limit })
}

/// A selection of a list.
///
/// # Errors
/// As [`filter`].
pub(crate) fn selection(selection: dto::Selection) -> Result<Selection, Fault> {
    Ok(match selection {
        dto::Selection::Ids { ids: texts } => Selection::Ids(ids(&texts, "ids")?),
        dto::Selection::Matching { filter: matching, except } => {
            Selection::Matching { filter: filter(*matching)?, except: ids(&except, "except")? }
        }
    })
}

/// Rows an action changed.
pub(crate) fn changed<T: std::fmt::Display>(ids: &[T]) -> dto::Changed {
    dto::Changed { ids: ids.iter().map(ToString::to_string).collect() }
}

/// Facets under the field names of the border's filter.
pub(crate) fn facets(facets: Vec<Facet>) -> Vec<dto::Facet> {
    let field = |name: &str| match name {
        "sector" => "sectorId".to_owned(),
        "cluster" => "clusterId".to_owned(),
        other => camel(other),
    };
    let value =
        |v: igny8_store::table::facet::FacetValue| dto::FacetValue { value: v.value, label: v.label, count: v.count };
    facets
        .into_iter()
        .map(|facet| dto::Facet { field: field(facet.field), values: facet.values.into_iter().map(value).collect() })
        .collect()
}

/// `wordCount` as `word_count`: rows have camel case at the border and snake case in the lists.
pub(crate) fn snake(camel: &str) -> String {
    let mut out = String::with_capacity(camel.len() + 4);
    for c in camel.chars() {
        if c.is_ascii_uppercase() {
            out.push('_');
        }
        out.push(c.to_ascii_lowercase());
    }
    out
}

fn camel(snake: &str) -> String {
    let mut parts = snake.split('_');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let mut chars = part.chars();
        out.extend(chars.next().map(|c| c.to_ascii_uppercase()));
        out.push_str(chars.as_str());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_change_case_and_nothing_else() {
        assert_eq!(snake("wordCountTarget"), "word_count_target");
        assert_eq!(camel("content_structure"), "contentStructure");
        assert_eq!(camel("status"), "status");
    }

    #[test]
    fn a_filter_needs_a_site_and_known_fields() {
        assert_eq!(filter(dto::ListFilter::default()), Err(invalid("siteId", "required")));
        let kinds = dto::ListFilter { site_id: Some("1".into()), kind: vec!["x".into()], ..Default::default() };
        assert_eq!(filter(kinds), Err(invalid("kind", "unknown")));
        let bad = dto::ListFilter { site_id: Some("one".into()), ..Default::default() };
        assert_eq!(filter(bad), Err(invalid("siteId", "format")));
    }
}
