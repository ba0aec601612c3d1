//! Grouping phrase vectors: candidate pairs from the inverted index, then average-linkage merging, nearest first.
//!
//! Because every vector has length 1 before it is added up, the mean similarity between two groups is the product of
//! their sums over the product of their sizes: exact, without visiting the pairs. The work is bounded by
//! [`NEIGHBOURS_MAX`] and [`POSTING_WINDOW`], not by the square of the number of phrases.

use super::vectors::{Space, Vector, add, count_as_f64, dot};
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

/// Groups nearer than this on average are one. Chosen on the labelled set beside the tests.
const SIMILARITY_MIN: f64 = 0.40;
/// A leftover joins the nearest group from here on.
const LEFTOVER_SIMILARITY_MIN: f64 = 0.20;
/// Members of a group: what one article can answer without losing its thread.
pub(super) const MEMBERS_MAX: usize = 12;
/// A phrase is paired with this many others that share a term, at most, for each of its terms.
const POSTING_WINDOW: usize = 48;
/// The nearest phrases that are kept as candidates for each phrase.
const NEIGHBOURS_MAX: usize = 32;

/// Rows of one group, ascending.
pub(super) type Rows = Vec<u32>;

/// Groups the rows of `space`. `seeds` are rows that never join each other (clusters that exist already). Every row
/// stands in exactly one group; one that fits nowhere is a group of its own.
pub(super) fn group(space: &Space, seeds: &BTreeSet<u32>) -> Vec<Rows> {
    let mut state = State::new(space, seeds);
    state.merge_while(SIMILARITY_MIN, MEMBERS_MAX, false);
    state.merge_while(LEFTOVER_SIMILARITY_MIN, MEMBERS_MAX, true);
    let mut groups: Vec<Rows> = state.groups.into_values().map(|g| g.rows).collect();
    groups.sort();
    groups
}

struct Group {
    rows: Rows,
    sum: Vector,
    has_seed: bool,
    neighbours: BTreeSet<u32>,
}

/// A possible merge; the greatest similarity comes first, then the lowest ids, so that equal inputs merge alike.
struct Candidate {
    similarity: f64,
    pair: (u32, u32),
}

impl PartialEq for Candidate {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}
impl Eq for Candidate {}
impl PartialOrd for Candidate {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Candidate {
    fn cmp(&self, other: &Self) -> Ordering {
        self.similarity.total_cmp(&other.similarity).then_with(|| other.pair.cmp(&self.pair))
    }
}

struct State {
    groups: BTreeMap<u32, Group>,
    next: u32,
}

impl State {
    fn new(space: &Space, seeds: &BTreeSet<u32>) -> Self {
        let neighbours = candidates(space);
        let rows = (0_u32..).zip(space.vectors.iter().zip(neighbours));
        let groups: BTreeMap<u32, Group> = rows
            .map(|(row, (vector, neighbours))| {
                let has_seed = seeds.contains(&row);
                (row, Group { rows: vec![row], sum: vector.clone(), has_seed, neighbours })
            })
            .collect();
        let next = u32::try_from(groups.len()).unwrap_or(u32::MAX);
        Self { groups, next }
    }

    /// Merges the nearest pair again and again. With `leftovers_only`, one side of each merge is a single row.
    fn merge_while(&mut self, similarity_min: f64, members_max: usize, leftovers_only: bool) {
        let mut heap: BinaryHeap<Candidate> = BinaryHeap::new();
        for (id, group) in &self.groups {
            for other in group.neighbours.range(id + 1..) {
                heap.extend(self.candidate(*id, *other, similarity_min));
            }
        }
        while let Some(Candidate { pair: (a, b), .. }) = heap.pop() {
            if !self.may_merge(a, b, members_max, leftovers_only) {
                continue;
            }
            let Some(merged) = self.merge(a, b) else { continue };
            let around: Vec<u32> =
                self.groups.get(&merged).map(|g| g.neighbours.iter().copied().collect()).unwrap_or_default();
            heap.extend(around.into_iter().filter_map(|other| self.candidate(other, merged, similarity_min)));
        }
    }

    fn candidate(&self, a: u32, b: u32, similarity_min: f64) -> Option<Candidate> {
        let (left, right) = (self.groups.get(&a)?, self.groups.get(&b)?);
        let pairs = count_as_f64(left.rows.len()) * count_as_f64(right.rows.len());
        let similarity = dot(&left.sum, &right.sum) / pairs;
        (similarity >= similarity_min).then_some(Candidate { similarity, pair: (a, b) })
    }

    fn may_merge(&self, a: u32, b: u32, members_max: usize, leftovers_only: bool) -> bool {
        let (Some(left), Some(right)) = (self.groups.get(&a), self.groups.get(&b)) else {
            return false;
        };
        let single = left.rows.len() == 1 || right.rows.len() == 1;
        let fits = left.rows.len() + right.rows.len() <= members_max;
        fits && !(left.has_seed && right.has_seed) && (single || !leftovers_only)
    }

    fn merge(&mut self, a: u32, b: u32) -> Option<u32> {
        let (left, right) = (self.groups.remove(&a)?, self.groups.remove(&b)?);
        let mut neighbours: BTreeSet<u32> = left.neighbours.union(&right.neighbours).copied().collect();
        neighbours.remove(&a);
        neighbours.remove(&b);
        let id = self.next;
        self.next = self.next.saturating_add(1);
        for other in &neighbours {
            if let Some(group) = self.groups.get_mut(other) {
                group.neighbours.remove(&a);
                group.neighbours.remove(&b);
                group.neighbours.insert(id);
            }
        }
        let mut rows: Rows = left.rows.iter().chain(&right.rows).copied().collect();
        rows.sort_unstable();
        let has_seed = left.has_seed || right.has_seed;
        self.groups.insert(id, Group { rows, sum: add(&left.sum, &right.sum), has_seed, neighbours });
        Some(id)
    }
}

/// For each row the nearest rows that share a term with it, symmetric.
fn candidates(space: &Space) -> Vec<BTreeSet<u32>> {
    let mut kept: Vec<BTreeSet<u32>> = vec![BTreeSet::new(); space.vectors.len()];
    let orders: Vec<Vec<u32>> = space.postings.iter().map(|rows| by_shape(space, rows)).collect();
    let places = places(&orders, space.vectors.len());
    for ((row, vector), places) in (0_u32..).zip(&space.vectors).zip(&places) {
        let mut near: BTreeSet<u32> = BTreeSet::new();
        for (term, place) in places {
            let order = usize::try_from(*term).ok().and_then(|at| orders.get(at)).map_or(&[][..], Vec::as_slice);
            let from = place.saturating_sub(POSTING_WINDOW / 2);
            near.extend(order.iter().skip(from).take(POSTING_WINDOW).filter(|other| **other != row));
        }
        let mut ranked: Vec<Candidate> = near
            .into_iter()
            .filter_map(|other| {
                let vector_of_other = usize::try_from(other).ok().and_then(|at| space.vectors.get(at))?;
                Some(Candidate { similarity: dot(vector, vector_of_other), pair: (row, other) })
            })
            .collect();
        ranked.sort_by(|a, b| b.cmp(a));
        for candidate in ranked.into_iter().take(NEIGHBOURS_MAX) {
            let (a, b) = candidate.pair;
            insert(&mut kept, a, b);
            insert(&mut kept, b, a);
        }
    }
    kept
}

/// A term's rows with like phrases side by side: ordered by their heaviest terms, so that a window over a long list
/// still meets the nearest ones.
fn by_shape(space: &Space, rows: &[u32]) -> Vec<u32> {
    if rows.len() <= POSTING_WINDOW {
        return rows.to_vec();
    }
    let mut keyed: Vec<(Vec<u32>, u32)> = rows
        .iter()
        .map(|row| {
            let mut terms =
                usize::try_from(*row).ok().and_then(|at| space.vectors.get(at)).cloned().unwrap_or_default();
            // A term nobody else has places its row at random; rows are ordered by what they can share.
            terms.retain(|(term, _)| holders(space, *term) > 1);
            terms.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            (terms.into_iter().map(|(term, _)| term).collect(), *row)
        })
        .collect();
    keyed.sort();
    keyed.into_iter().map(|(_, row)| row).collect()
}

/// For each row its terms, each with the row's place in the term's order.
fn places(orders: &[Vec<u32>], rows: usize) -> Vec<Vec<(u32, usize)>> {
    let mut places: Vec<Vec<(u32, usize)>> = vec![Vec::new(); rows];
    for (term, order) in (0_u32..).zip(orders) {
        for (place, row) in order.iter().enumerate() {
            if let Some(list) = usize::try_from(*row).ok().and_then(|at| places.get_mut(at)) {
                list.push((term, place));
            }
        }
    }
    places
}

fn holders(space: &Space, term: u32) -> usize {
    usize::try_from(term).ok().and_then(|at| space.postings.get(at)).map_or(0, Vec::len)
}

fn insert(sets: &mut [BTreeSet<u32>], at: u32, value: u32) {
    if let Some(set) = usize::try_from(at).ok().and_then(|at| sets.get_mut(at)) {
        set.insert(value);
    }
}
