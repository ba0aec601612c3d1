//! A row of a vendor's file as what it says about one request, or about several over a span of time.

use super::column::{Field, Header};
use super::model::plain_model;
use super::value::{self, DecimalMark};
use crate::money::Usd;
use crate::time::UtcMs;
use std::collections::HashMap;

/// Longest id and model name kept, in characters: the longest real ones have a quarter of it.
const WORD_CHARS_MAX: usize = 200;

/// What a row says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TheirLine {
    /// Line of the file, from 1.
    pub line: u64,
    /// The vendor's id of the request; empty when the file names none.
    pub request_id: String,
    /// When, or the span's beginning.
    pub at: Option<UtcMs>,
    /// The first instant after the span of a sum; `None` for one request.
    pub until: Option<UtcMs>,
    /// The model as the file names it; empty when it does not.
    pub model: String,
    /// Tokens read and written.
    pub tokens: Option<i64>,
    /// Requests, where the file counts them.
    pub requests: Option<i64>,
    /// US dollars.
    pub cost: Option<Usd>,
}

impl TheirLine {
    /// Whether it is a sum over a span.
    #[must_use]
    pub fn is_sum(&self) -> bool {
        self.until.is_some() && self.request_id.is_empty()
    }
}

impl Header {
    /// Reads a row; `None` when it says nothing that can be compared.
    #[must_use]
    pub fn read_line<C: AsRef<str>>(&self, line: u64, row: &[C], mark: DecimalMark) -> Option<TheirLine> {
        let first = |field: Field| self.cells(row, field).next().unwrap_or_default();
        let word = |field: Field| first(field).chars().take(WORD_CHARS_MAX).collect::<String>();
        let (start, end) = (value::when(first(Field::Time)), value::when(first(Field::TimeEnd)));
        let is_dollars = matches!(first(Field::Currency).to_ascii_uppercase().as_str(), "" | "USD");
        let read = TheirLine {
            line,
            request_id: word(Field::RequestId),
            at: start.map(value::When::start),
            until: end.map(value::When::start).or_else(|| start.and_then(value::When::end)),
            model: word(Field::Model),
            tokens: self.tokens(row),
            requests: value::count(first(Field::Requests)),
            cost: value::cost(first(Field::Cost), mark).filter(|_| is_dollars),
        };
        let says_which = !read.request_id.is_empty() || read.at.is_some();
        let says_how_much = read.tokens.is_some() || read.cost.is_some() || read.requests.is_some();
        (says_which && (says_how_much || !read.request_id.is_empty())).then_some(read)
    }

    /// The decimal mark that a row's cost shows beyond doubt.
    #[must_use]
    pub fn decimal_mark<C: AsRef<str>>(&self, row: &[C]) -> Option<DecimalMark> {
        self.cells(row, Field::Cost).find_map(value::mark_in)
    }

    /// All tokens of a row. Where the tokens read are given without the cached ones, those are added.
    fn tokens<C: AsRef<str>>(&self, row: &[C]) -> Option<i64> {
        let sum = |field: Field| {
            let counts: Vec<i64> = self.cells(row, field).filter_map(value::count).collect();
            (!counts.is_empty()).then(|| counts.iter().fold(0_i64, |sum, n| sum.saturating_add(*n)))
        };
        let plus = |one: Option<i64>, other: Option<i64>| match (one, other) {
            (None, None) => None,
            (one, other) => Some(one.unwrap_or_default().saturating_add(other.unwrap_or_default())),
        };
        let apart = || plus(sum(Field::TokensUncached), plus(sum(Field::TokensCached), sum(Field::TokensCacheWrite)));
        let read = if self.has(Field::TokensUncached) { apart() } else { sum(Field::TokensInput) };
        plus(read, sum(Field::TokensOutput)).or_else(|| sum(Field::TokensTotal))
    }
}

/// Joins the rows that are about one thing: parts of one request, and sums over one span of one model, which vendors
/// list for each key or kind of token apart. The first row's line stays.
#[must_use]
pub fn fold(lines: Vec<TheirLine>) -> Vec<TheirLine> {
    let mut folded: Vec<TheirLine> = Vec::with_capacity(lines.len());
    let mut places: HashMap<(String, Option<(UtcMs, UtcMs)>), usize> = HashMap::new();
    for line in lines {
        let key = match (line.at, line.until) {
            _ if !line.request_id.is_empty() => Some((line.request_id.clone(), None)),
            (Some(at), Some(until)) => Some((plain_model(&line.model), Some((at, until)))),
            _ => None,
        };
        let place = key.as_ref().and_then(|key| places.get(key)).copied();
        match place.and_then(|at| folded.get_mut(at)) {
            Some(earlier) => join(earlier, &line),
            None => {
                if let Some(key) = key {
                    places.insert(key, folded.len());
                }
                folded.push(line);
            }
        }
    }
    folded
}

fn join(into: &mut TheirLine, other: &TheirLine) {
    let sum = |one: Option<i64>, other: Option<i64>| match (one, other) {
        (Some(one), Some(other)) => Some(one.saturating_add(other)),
        (one, other) => one.or(other),
    };
    into.tokens = sum(into.tokens, other.tokens);
    into.requests = sum(into.requests, other.requests);
    into.cost = sum(into.cost.map(|cost| cost.0), other.cost.map(|cost| cost.0)).map(Usd);
    into.at = into.at.or(other.at);
    if into.model.is_empty() {
        into.model.clone_from(&other.model);
    }
}
