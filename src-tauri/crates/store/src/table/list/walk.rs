//! How a page is found: which ids in which order, from where, then the rows of those ids.

use super::{ListFilter, ListQuery, PAGE_ROWS_MAX, Page, Selection, Sort, SortColumn};
use crate::StoreError;
use crate::table::column::to_json;
use igny8_core::status::{ContentStructure, ContentType, DeliveryStatus, Intent, UnknownWord};
use rusqlite::types::Value;
use rusqlite::{CachedStatement, Connection};
use std::collections::BTreeSet;
use std::str::FromStr;

/// A parameter's name and value. Null means that the filter is not set.
pub(crate) type Params = Vec<(&'static str, Value)>;

/// The literals of one list. All take the list's filter parameters by name.
pub(crate) struct ListSql {
    /// Answers `id, is_unknown, k` in order, for `:sort`, `:descending`, the cursor's `:after_unknown`, `:after_key`,
    /// `:after_id` and `:limit`. It reads every matching row, which a list of thousands bears.
    pub(crate) sorted: &'static str,
    /// The column whose order an index holds, for the list that may have hundreds of thousands of rows.
    pub(crate) indexed: Option<Indexed>,
    /// Answers how many rows match.
    pub(crate) count: &'static str,
}

/// Literals that walk an index from the cursor on and stop when the page is full.
pub(crate) struct Indexed {
    /// The column's name.
    pub(crate) column: &'static str,
    /// Smallest first.
    pub(crate) ascending: Segments,
    /// Largest first.
    pub(crate) descending: Segments,
}

/// The parts of a column that follow a place, each one range of the index. They are apart because an index serves
/// either "this value, further ids" or "further values", and would walk all ties for both at once.
pub(crate) struct Segments {
    /// Rows with just the value `:after_key`, which may be null, and an id beyond `:after_id`; takes `:limit`.
    pub(crate) tied: &'static str,
    /// Rows with a value beyond `:after_key`; takes `:limit`.
    pub(crate) beyond: &'static str,
}

/// The place of a row in a list.
#[derive(Clone, Debug, PartialEq)]
struct Place {
    is_unknown: bool,
    key: Value,
    id: i64,
}

/// Reads one page; `load` turns ids into rows, in their order. `S` is the list's status vocabulary.
pub(crate) fn page<S, C, T>(
    conn: &Connection,
    sql: &ListSql,
    query: &ListQuery<C>,
    load: impl FnOnce(&str) -> Result<Vec<T>, StoreError>,
) -> Result<Page<T>, StoreError>
where
    S: FromStr<Err = UnknownWord>,
    C: SortColumn,
{
    let filter = filter_params::<S>(&query.filter)?;
    let cursor = query.cursor.as_deref().map(|text| read_cursor(text, query.sort)).transpose()?;
    let (after, total) = match cursor {
        Some((place, total)) => (Some(place), total),
        None => (None, count(conn, sql, &filter)?),
    };
    let limit = query.limit.clamp(1, PAGE_ROWS_MAX) as usize;
    // One more than wanted tells whether a page follows.
    let mut places = places(conn, sql, query.sort, &filter, after, limit + 1)?;
    let has_next = places.len() > limit;
    places.truncate(limit);
    let next_cursor = match places.last() {
        Some(last) if has_next => Some(write_cursor(query.sort, last, total)?),
        Some(_) | None => None,
    };
    let ids: Vec<i64> = places.iter().map(|place| place.id).collect();
    Ok(Page { rows: load(&to_json(&ids)?)?, next_cursor, total })
}

/// The ids an action is for, at most `max`, in the list's own order where they are found by a filter.
pub(crate) fn selected<S, C, T>(
    conn: &Connection,
    sql: &ListSql,
    selection: &Selection,
    max: usize,
    id: fn(i64) -> T,
) -> Result<Vec<T>, StoreError>
where
    S: FromStr<Err = UnknownWord>,
    C: SortColumn,
{
    match selection {
        Selection::Ids(ids) => {
            let mut seen = BTreeSet::new();
            let once = ids.iter().copied().filter(|one| seen.insert(*one));
            Ok(once.take(max).map(id).collect())
        }
        Selection::Matching { filter, except } => {
            let filter = filter_params::<S>(filter)?;
            let except: BTreeSet<i64> = except.iter().copied().collect();
            let places = places(conn, sql, C::DEFAULT, &filter, None, max.saturating_add(except.len()))?;
            let kept = places.into_iter().map(|place| place.id).filter(|one| !except.contains(one));
            Ok(kept.take(max).map(id).collect())
        }
    }
}

/// The filter as parameters. `S` is the list's status vocabulary.
pub(crate) fn filter_params<S: FromStr<Err = UnknownWord>>(filter: &ListFilter) -> Result<Params, StoreError> {
    let known = filter.intent.iter().filter(|word| !word.is_empty()).cloned().collect::<Vec<_>>();
    words::<Intent>(&known)?;
    let number = |n: Option<i64>| n.map_or(Value::Null, Value::Integer);
    Ok(vec![
        (":site", Value::Integer(filter.site.0)),
        (":sector", number(filter.sector.map(|id| id.0))),
        (":cluster", number(filter.cluster.map(|id| id.0))),
        (":content", number(filter.content.map(|id| id.0))),
        (":status", words::<S>(&filter.status)?),
        (":delivery", words::<DeliveryStatus>(&filter.delivery)?),
        (":intent", set(&filter.intent)?),
        (":country", set(&filter.country)?),
        (":content_type", words::<ContentType>(&filter.content_type)?),
        (":content_structure", words::<ContentStructure>(&filter.content_structure)?),
        (":search", filter.search.as_deref().map_or(Value::Null, pattern)),
        (":is_disabled", number(filter.is_disabled.map(i64::from))),
        (":volume_min", number(filter.volume_min)),
        (":volume_max", number(filter.volume_max)),
        (":difficulty_min", number(filter.difficulty_min)),
        (":difficulty_max", number(filter.difficulty_max)),
    ])
}

/// Binds what the statement takes.
///
/// # Errors
/// [`StoreError::BadQuery`] for a value the statement has no parameter for.
pub(crate) fn bind(statement: &mut CachedStatement<'_>, params: &[(&'static str, Value)]) -> Result<(), StoreError> {
    for (name, value) in params {
        match statement.parameter_index(name)? {
            Some(index) => statement.raw_bind_parameter(index, value)?,
            None if *value == Value::Null => {}
            None => return Err(StoreError::BadQuery(name.trim_start_matches(':').to_owned())),
        }
    }
    Ok(())
}

fn words<S: FromStr<Err = UnknownWord>>(words: &[String]) -> Result<Value, StoreError> {
    for word in words {
        word.parse::<S>().map_err(|unknown| StoreError::BadQuery(unknown.to_string()))?;
    }
    set(words)
}

fn set(words: &[String]) -> Result<Value, StoreError> {
    if words.is_empty() { Ok(Value::Null) } else { to_json(words).map(Value::Text) }
}

/// A pattern for `like … escape '\'` that finds the text as it stands.
fn pattern(search: &str) -> Value {
    let text = search.trim();
    if text.is_empty() {
        return Value::Null;
    }
    let mut out = String::with_capacity(text.len() + 2);
    out.push('%');
    for c in text.chars() {
        if matches!(c, '%' | '_' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out.push('%');
    Value::Text(out)
}

fn count(conn: &Connection, sql: &ListSql, filter: &Params) -> Result<u32, StoreError> {
    let mut statement = conn.prepare_cached(sql.count)?;
    bind(&mut statement, filter)?;
    let mut rows = statement.raw_query();
    let row = rows.next()?.ok_or(StoreError::NotFound)?;
    Ok(row.get(0)?)
}

fn places<C: SortColumn>(
    conn: &Connection,
    sql: &ListSql,
    sort: Sort<C>,
    filter: &Params,
    after: Option<Place>,
    limit: usize,
) -> Result<Vec<Place>, StoreError> {
    if let Some(indexed) = sql.indexed.as_ref().filter(|indexed| indexed.column == sort.column.word()) {
        let segments = if sort.is_descending { &indexed.descending } else { &indexed.ascending };
        return walk(conn, segments, sort.is_descending, filter, after, limit);
    }
    let (unknown, key, id) = match after {
        Some(place) => (Value::Integer(i64::from(place.is_unknown)), place.key, Value::Integer(place.id)),
        None => (Value::Null, Value::Null, Value::Null),
    };
    let extra = vec![
        (":sort", Value::Text(sort.column.word().to_owned())),
        (":descending", Value::Integer(i64::from(sort.is_descending))),
        (":after_unknown", unknown),
        (":after_key", key),
        (":after_id", id),
        (":limit", limit_value(limit)),
    ];
    run(conn, sql.sorted, filter, &extra)
}

/// Walks the index from a place on: the rest of its ties, then further values, then the rows without one.
fn walk(
    conn: &Connection,
    segments: &Segments,
    is_descending: bool,
    filter: &Params,
    after: Option<Place>,
    limit: usize,
) -> Result<Vec<Place>, StoreError> {
    // Beyond any value and any id, so that the first page is a range like every other.
    let start = if is_descending { i64::MAX } else { i64::MIN };
    let tied = |key: Value, id: i64| (segments.tied, vec![(":after_key", key), (":after_id", Value::Integer(id))]);
    let beyond = |key: Value| (segments.beyond, vec![(":after_key", key)]);
    let parts = match after {
        None => vec![beyond(Value::Integer(start)), tied(Value::Null, start)],
        Some(place) if place.is_unknown => vec![tied(Value::Null, place.id)],
        Some(place) => vec![tied(place.key.clone(), place.id), beyond(place.key), tied(Value::Null, start)],
    };
    let mut found = Vec::new();
    for (sql, mut extra) in parts {
        if found.len() < limit {
            extra.push((":limit", limit_value(limit - found.len())));
            found.extend(run(conn, sql, filter, &extra)?);
        }
    }
    Ok(found)
}

fn limit_value(limit: usize) -> Value {
    Value::Integer(i64::try_from(limit).unwrap_or(i64::MAX))
}

fn run(
    conn: &Connection,
    sql: &'static str,
    filter: &Params,
    extra: &[(&'static str, Value)],
) -> Result<Vec<Place>, StoreError> {
    let mut statement = conn.prepare_cached(sql)?;
    bind(&mut statement, filter)?;
    bind(&mut statement, extra)?;
    let mut rows = statement.raw_query();
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(Place { id: row.get("id")?, is_unknown: row.get("is_unknown")?, key: row.get("k")? });
    }
    Ok(found)
}

/// A cursor carries its sort order, so that it cannot be used under another, and the total, so that only the first page
/// counts.
fn write_cursor<C: SortColumn>(sort: Sort<C>, place: &Place, total: u32) -> Result<String, StoreError> {
    let key = match &place.key {
        Value::Integer(number) => serde_json::json!(number),
        Value::Real(number) => serde_json::json!(number),
        Value::Text(text) => serde_json::json!(text),
        Value::Null | Value::Blob(_) => serde_json::Value::Null,
    };
    to_json(&(sort.column.word(), sort.is_descending, place.is_unknown, key, place.id, total))
}

fn read_cursor<C: SortColumn>(text: &str, sort: Sort<C>) -> Result<(Place, u32), StoreError> {
    let bad = || StoreError::BadQuery("cursor".to_owned());
    type Cursor = (String, bool, bool, serde_json::Value, i64, u32);
    let (column, is_descending, is_unknown, key, id, total): Cursor = serde_json::from_str(text).map_err(|_| bad())?;
    if column != sort.column.word() || is_descending != sort.is_descending {
        return Err(bad());
    }
    let key = match key {
        serde_json::Value::Number(number) => number.as_i64().map(Value::Integer).ok_or_else(bad)?,
        serde_json::Value::String(text) => Value::Text(text),
        serde_json::Value::Null
        | serde_json::Value::Bool(_)
        | serde_json::Value::Array(_)
        | serde_json::Value::Object(_) => return Err(bad()),
    };
    Ok((Place { is_unknown, key, id }, total))
}
