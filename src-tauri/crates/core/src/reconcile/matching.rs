//! Which of our requests a line of the vendor's file is about. The vendor's own id decides where both have it; of several
//! attempts that it knows under one id, the line is about all. Where it does not, the nearest of ours in time with the same model and the same number of tokens is taken, within a window
//! that forgives clocks and the length of a call. Of a request whose answer was lost we know neither the vendor's id nor
//! its tokens, and a vendor that counts no tokens leaves them to a guess: what is left of those takes the nearest line in
//! time of the same model. A line that is a sum is compared
//! with the sum of what is left of ours in its span.

use super::line::TheirLine;
use super::model::{is_same_model, plain_model};
use crate::money::Usd;
use crate::time::UtcMs;
use std::collections::{BTreeMap, HashMap, HashSet};

/// How far apart the two times of one request may be: vendors write when it began and we when it ended, a picture takes
/// minutes, and clocks of desktops are off by some.
pub const CLOCK_SLACK_MS: i64 = 10 * 60_000;

/// A difference of cost that is rounding, for each request: vendors write millionths of a dollar.
pub const TOLERANCE: Usd = Usd(1_000);

/// One request of ours: one attempt at a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OurRequest {
    /// When its answer, or its failure, was written down.
    pub at: UtcMs,
    /// Vendor.
    pub provider: String,
    /// Model.
    pub model: String,
    /// The vendor's id; empty when it named none.
    pub request_id: String,
    /// The operation it belongs to.
    pub operation: String,
    /// All tokens, as the vendor counted them; `None` for an attempt that left no answer, and where they are a guess of ours.
    pub tokens: Option<i64>,
    /// What we booked for it.
    pub cost: Usd,
    /// It left no result.
    pub is_lost: bool,
}

impl OurRequest {
    /// An attempt that left nothing and cost nothing, such as one that was turned away: no vendor lists it, and none is
    /// expected to.
    #[must_use]
    pub fn is_unbilled(&self) -> bool {
        self.is_lost && self.cost == Usd::ZERO
    }
}

/// How a line was matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MatchedBy {
    /// By the vendor's id.
    RequestId,
    /// By model, time and tokens.
    Tokens,
    /// By model and time: our side has neither the id nor the vendor's count of tokens, as when the answer was lost.
    Time,
    /// A sum, by model and span.
    Span,
}

/// A line and our requests it is about, by their places in the lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// How it was found.
    pub by: MatchedBy,
    /// The line's place.
    pub line: usize,
    /// The requests' places, at least one.
    pub requests: Vec<usize>,
}

/// What both have and what only one has, by places in the lists.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// Lines with requests of ours, in the order of the file.
    pub matched: Vec<Match>,
    /// Requests without a line, in their own order; of attempts that cost nothing none is missed.
    pub ours_only: Vec<usize>,
    /// Lines without a request, in the order of the file.
    pub theirs_only: Vec<usize>,
}

/// Compares lines, folded, with our requests.
#[must_use]
pub fn compare(lines: &[TheirLine], ours: &[OurRequest]) -> Comparison {
    let mut table = Table::new(lines, ours);
    table.by_request_id();
    table.by_tokens();
    table.by_time();
    table.by_span();
    table.conclude()
}

/// Those that are `wanted`; all where none is.
fn some_of(places: &[usize], wanted: impl Fn(usize) -> bool) -> Vec<usize> {
    let some: Vec<usize> = places.iter().copied().filter(|at| wanted(*at)).collect();
    if some.is_empty() { places.to_vec() } else { some }
}

struct Table<'a> {
    lines: &'a [TheirLine],
    ours: &'a [OurRequest],
    /// Plain names of their models, by place.
    models: Vec<String>,
    is_free: Vec<bool>,
    matched: BTreeMap<usize, Match>,
}

impl<'a> Table<'a> {
    fn new(lines: &'a [TheirLine], ours: &'a [OurRequest]) -> Self {
        let models = ours.iter().map(|request| plain_model(&request.model)).collect();
        Self { lines, ours, models, is_free: vec![true; ours.len()], matched: BTreeMap::new() }
    }

    /// A vendor may know several attempts under one id, as when it is asked once more about a request that it took on; and
    /// two vendors may number alike. All that the line can be about are its own: those of its model where there are some,
    /// and of these, those that cost something.
    fn by_request_id(&mut self) {
        let mut places: HashMap<&str, Vec<usize>> = HashMap::new();
        for (at, request) in self.ours.iter().enumerate().filter(|(_, request)| !request.request_id.is_empty()) {
            places.entry(&request.request_id).or_default().push(at);
        }
        for (at, line) in self.lines.iter().enumerate().filter(|(_, line)| !line.request_id.is_empty()) {
            let Some(named) = places.get(line.request_id.as_str()) else { continue };
            let model = plain_model(&line.model);
            let of_model = some_of(named, |ours| self.is_model(ours, &model));
            let ours = some_of(&of_model, |ours| self.is_open(ours));
            self.take(MatchedBy::RequestId, at, ours);
        }
    }

    /// The second way, for lines of one request. Where the file's ids are of the kind we keep, a request of ours with an
    /// id that the file does not have is another one, however alike; one without an id may be any.
    fn by_tokens(&mut self) {
        let by_tokens = self.free_by_tokens(!self.matched.is_empty());
        for (at, line) in self.lines.iter().enumerate() {
            let (Some(when), Some(tokens)) = (line.at.value(), line.tokens.value()) else { continue };
            if line.is_sum() || self.matched.contains_key(&at) {
                continue;
            }
            let candidates = by_tokens.get(&tokens).map_or(&[] as &[usize], Vec::as_slice);
            if let Some(ours) = self.nearest(candidates, when, &plain_model(&line.model)) {
                self.take(MatchedBy::Tokens, at, vec![ours]);
            }
        }
    }

    /// The third way, for requests of ours of which we know neither the id nor the tokens though the vendor may have worked:
    /// a booked cost says so. A line without a time has no nearest.
    fn by_time(&mut self) {
        let is_vague = |(at, request): &(usize, &OurRequest)| {
            self.is_free(*at) && !request.is_unbilled() && request.request_id.is_empty() && request.tokens.is_none()
        };
        let vague: Vec<usize> = self.ours.iter().enumerate().filter(is_vague).map(|(at, _)| at).collect();
        for (at, line) in self.lines.iter().enumerate().filter(|(_, line)| !line.is_sum()) {
            let Some(when) = line.at.value().filter(|_| !self.matched.contains_key(&at)) else { continue };
            if let Some(ours) = self.nearest(&vague, when, &plain_model(&line.model)) {
                self.take(MatchedBy::Time, at, vec![ours]);
            }
        }
    }

    /// The nearest free candidate in time of a model, within the window.
    fn nearest(&self, candidates: &[usize], when: UtcMs, model: &str) -> Option<usize> {
        let apart =
            |ours: &usize| self.ours.get(*ours).map_or(i64::MAX, |o| o.at.0.saturating_sub(when.0).saturating_abs());
        candidates
            .iter()
            .filter(|ours| self.is_free(**ours) && self.is_model(**ours, model) && apart(ours) <= CLOCK_SLACK_MS)
            .min_by_key(|ours| (apart(ours), **ours))
            .copied()
    }

    fn free_by_tokens(&self, ids_agree: bool) -> HashMap<i64, Vec<usize>> {
        let mut places: HashMap<i64, Vec<usize>> = HashMap::new();
        for (at, request) in self.ours.iter().enumerate().filter(|(at, _)| self.is_free(*at)) {
            let has_other_id = ids_agree && !request.request_id.is_empty();
            if let Some(tokens) = request.tokens.filter(|_| !has_other_id) {
                places.entry(tokens).or_default().push(at);
            }
        }
        places
    }

    fn by_span(&mut self) {
        let mut order: Vec<usize> = (0..self.ours.len()).collect();
        order.sort_by_key(|at| self.ours.get(*at).map(|request| request.at));
        for (at, line) in self.lines.iter().enumerate().filter(|(_, line)| line.is_sum()) {
            let (Some(from), Some(until)) = (line.at.value(), line.until) else { continue };
            let model = plain_model(&line.model);
            let when = |place: &usize| self.ours.get(*place).map_or(UtcMs(i64::MAX), |request| request.at);
            let first = order.partition_point(|place| when(place) < from);
            let inside = order.get(first..).unwrap_or_default().iter().take_while(|place| when(place) < until);
            let is_counted = |place: &usize| self.is_open(*place) && self.is_model(*place, &model);
            let found: Vec<usize> = inside.copied().filter(is_counted).collect();
            if !found.is_empty() {
                self.take(MatchedBy::Span, at, found);
            }
        }
    }

    fn take(&mut self, by: MatchedBy, line: usize, requests: Vec<usize>) {
        for request in &requests {
            if let Some(is_free) = self.is_free.get_mut(*request) {
                *is_free = false;
            }
        }
        self.matched.insert(line, Match { by, line, requests });
    }

    fn is_free(&self, request: usize) -> bool {
        self.is_free.get(request).copied().unwrap_or_default()
    }

    /// Free, and something that a vendor would count.
    fn is_open(&self, request: usize) -> bool {
        self.is_free(request) && !self.ours.get(request).is_some_and(OurRequest::is_unbilled)
    }

    /// A file that names no model means any.
    fn is_model(&self, request: usize, model: &str) -> bool {
        model.is_empty() || self.models.get(request).is_some_and(|ours| is_same_model(ours, model))
    }

    fn conclude(self) -> Comparison {
        let taken: HashSet<usize> = self.matched.keys().copied().collect();
        Comparison {
            ours_only: (0..self.ours.len()).filter(|at| self.is_open(*at)).collect(),
            theirs_only: (0..self.lines.len()).filter(|at| !taken.contains(at)).collect(),
            matched: self.matched.into_values().collect(),
        }
    }
}
