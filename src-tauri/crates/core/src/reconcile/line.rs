//! A row of a vendor's file as what it says about one request, or about several over a span of time.

use super::cell::{Said, Unreadable, UnreadableCell};
use super::column::{Field, Header};
use super::date::{self, DateOrder, When};
use super::model::plain_model;
use super::value::{self, DecimalMark};
use crate::money::Usd;
use crate::time::UtcMs;
use std::collections::HashMap;

/// Longest id and model name kept, in characters: the longest real ones have a quarter of it.
const WORD_CHARS_MAX: usize = 200;
/// What a column of variants says of a model that is none.
const NO_VARIANT: &str = "standard";

/// What a row says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TheirLine {
    /// Line of the file, from 1.
    pub line: u64,
    /// The vendor's id of the request; empty when the file names none.
    pub request_id: String,
    /// When, or the span's beginning; a span whose end cannot be read has no beginning either.
    pub at: Said<UtcMs>,
    /// The first instant after the span of a sum; `None` for one request.
    pub until: Option<UtcMs>,
    /// The model as the file names it, with its variant behind a colon; empty when it does not.
    pub model: String,
    /// Tokens read and written.
    pub tokens: Said<i64>,
    /// Requests, where the file counts them.
    pub requests: Said<i64>,
    /// US dollars.
    pub cost: Said<Usd>,
    /// Some cell of it cannot be read, so that the line cannot agree with anything.
    pub is_unreadable: bool,
}

/// How a file writes what can be written in several ways, as far as its cells show it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// The mark before decimals; `None` when nothing shows it.
    pub decimal: Option<DecimalMark>,
    /// The order of a date that ends with its year; `None` when nothing shows it, or both orders are shown.
    pub date: Option<DateOrder>,
}

/// A row as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadRow {
    /// What it says; `None` when that cannot be compared with anything.
    pub line: Option<TheirLine>,
    /// Its cells that cannot be read.
    pub unreadable: Vec<UnreadableCell>,
}

impl TheirLine {
    /// Whether it is a sum over a span.
    #[must_use]
    pub fn is_sum(&self) -> bool {
        self.until.is_some() && self.request_id.is_empty()
    }
}

impl Header {
    /// Reads a row.
    #[must_use]
    pub fn read_line<C: AsRef<str>>(&self, line: u64, row: &[C], marks: Marks) -> ReadRow {
        let mut reader = RowReader { header: self, line, row, marks, unreadable: Vec::new() };
        let read = reader.read();
        let says_which = !read.request_id.is_empty() || read.at.value().is_some();
        let is_silent = read.tokens == Said::Nothing && read.cost == Said::Nothing && read.requests == Said::Nothing;
        let line = (says_which && (!is_silent || !read.request_id.is_empty())).then_some(read);
        ReadRow { line, unreadable: reader.unreadable }
    }

    /// The decimal mark that a row's cost shows beyond doubt.
    #[must_use]
    pub fn decimal_mark<C: AsRef<str>>(&self, row: &[C]) -> Option<DecimalMark> {
        self.cells(row, Field::Cost).find_map(value::mark_in)
    }

    /// The orders that a row's dates show beyond doubt.
    pub fn date_orders<C: AsRef<str>>(&self, row: &[C]) -> impl Iterator<Item = DateOrder> {
        let times = self.cells(row, Field::Time).chain(self.cells(row, Field::TimeEnd));
        times.filter_map(date::order_in)
    }
}

/// Reads the cells of one row, and keeps those that cannot be read.
struct RowReader<'a, C> {
    header: &'a Header,
    line: u64,
    row: &'a [C],
    marks: Marks,
    unreadable: Vec<UnreadableCell>,
}

impl<C: AsRef<str>> RowReader<'_, C> {
    fn read(&mut self) -> TheirLine {
        let (start, end) = (self.time(Field::Time), self.time(Field::TimeEnd));
        let at = end.why().map_or_else(|| start.map(When::start), Said::Unreadable);
        let until = end.map(When::start).value().or_else(|| start.value().and_then(When::end));
        let (tokens, requests, cost) = (self.tokens(), self.counts(Field::Requests), self.cost());
        TheirLine {
            line: self.line,
            request_id: self.word(Field::RequestId),
            at,
            until,
            model: self.model(),
            tokens,
            requests,
            cost,
            is_unreadable: !self.unreadable.is_empty(),
        }
    }

    fn first(&self, field: Field) -> &str {
        self.header.cells(self.row, field).next().unwrap_or_default()
    }

    fn word(&self, field: Field) -> String {
        self.first(field).chars().take(WORD_CHARS_MAX).collect()
    }

    fn model(&self) -> String {
        let (model, variant) = (self.word(Field::Model), self.word(Field::Variant));
        let is_said = model.is_empty() || variant.is_empty() || model.contains(':');
        if is_said || variant.eq_ignore_ascii_case(NO_VARIANT) { model } else { format!("{model}:{variant}") }
    }

    fn keep(&mut self, field: Field, column: &str, text: &str, why: Option<Unreadable>) {
        self.unreadable.extend(why.map(|why| UnreadableCell::new(self.line, column, field, text, why)));
    }

    fn time(&mut self, field: Field) -> Said<When> {
        let header = self.header;
        let Some((column, cell)) = header.named_cells(self.row, field).next() else { return Said::Nothing };
        let read = date::when(cell, self.marks.date);
        self.keep(field, column, cell, read.why());
        read
    }

    fn cost(&mut self) -> Said<Usd> {
        let (header, row) = (self.header, self.row);
        let Some((column, cell)) = header.named_cells(row, Field::Cost).next() else { return Said::Nothing };
        let currency = header.cells(row, Field::Currency).next().unwrap_or_default();
        let read = value::cost(cell, currency, self.marks.decimal);
        let text = if currency.is_empty() { cell.to_owned() } else { format!("{cell} {currency}") };
        self.keep(Field::Cost, column, &text, read.why());
        read
    }

    /// The sum of all cells of a count.
    fn counts(&mut self, field: Field) -> Said<i64> {
        let (header, row) = (self.header, self.row);
        header.named_cells(row, field).fold(Said::Nothing, |sum, (column, cell)| {
            let read = value::count(cell, self.marks.decimal);
            self.keep(field, column, cell, read.why());
            sum.plus(read, i64::checked_add)
        })
    }

    /// All tokens of a row. Where the tokens read are given without the cached ones, those are added; of those that are
    /// already inside, and of a total that is not needed, it only matters that they can be read.
    fn tokens(&mut self) -> Said<i64> {
        let [input, uncached, cached, written_to_cache, output, total] = [
            Field::TokensInput,
            Field::TokensUncached,
            Field::TokensCached,
            Field::TokensCacheWrite,
            Field::TokensOutput,
            Field::TokensTotal,
        ]
        .map(|field| self.counts(field));
        let add = i64::checked_add;
        let apart = uncached.plus(cached, add).plus(written_to_cache, add);
        let read = if self.header.has(Field::TokensUncached) { apart } else { input };
        match read.plus(output, add) {
            Said::Nothing => total,
            said => said,
        }
    }
}

/// Joins the rows that are about one thing: parts of one request, and sums over one span of one model, which vendors
/// list for each key or kind of token apart. The first row's line stays.
#[must_use]
pub fn fold(lines: Vec<TheirLine>) -> Vec<TheirLine> {
    let mut folded: Vec<TheirLine> = Vec::with_capacity(lines.len());
    let mut places: HashMap<(String, Option<(UtcMs, UtcMs)>), usize> = HashMap::new();
    for line in lines {
        let key = match (line.at.value(), line.until) {
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
    into.tokens = into.tokens.plus(other.tokens, i64::checked_add);
    into.requests = into.requests.plus(other.requests, i64::checked_add);
    into.cost = into.cost.plus(other.cost, |one, other| one.0.checked_add(other.0).map(Usd));
    let is_beyond = into.tokens.why().or(into.requests.why()).or(into.cost.why()).is_some();
    into.is_unreadable |= other.is_unreadable || is_beyond;
    if into.at.value().is_none() && other.at != Said::Nothing {
        into.at = other.at;
    }
    if into.model.is_empty() {
        into.model.clone_from(&other.model);
    }
}
