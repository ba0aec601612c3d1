//! Phrases as weighted term vectors of length 1: words and neighbouring pairs of words, TF-IDF, with words of intent
//! ("best", "price") weighing less than words of topic.

use crate::builtin::words;
use std::collections::BTreeMap;

/// A word of intent counts for this share of a topic word: two phrases about one thing are nearer than two "best".
const MODIFIER_SHARE: f64 = 0.25;
/// A pair of neighbouring words says more than its words alone, but must not drown them.
const PAIR_SHARE: f64 = 0.4;
/// A term no other phrase has cannot join anything; it only lengthens its vector, so it counts in part.
const LONELY_SHARE: f64 = 0.4;

/// A sparse vector, sorted by term.
pub(super) type Vector = Vec<(u32, f64)>;

/// The vectors of all phrases over one common vocabulary.
pub(super) struct Space {
    /// One unit vector for each phrase, in the given order; empty for a phrase without words.
    pub(super) vectors: Vec<Vector>,
    /// For each term the phrases that hold it, ascending.
    pub(super) postings: Vec<Vec<u32>>,
}

/// A term before it has a number.
struct Term {
    text: String,
    share: f64,
}

impl Space {
    /// Reads the phrases.
    pub(super) fn new<'a>(phrases: impl Iterator<Item = &'a str>) -> Self {
        let mut vocabulary: BTreeMap<String, u32> = BTreeMap::new();
        let mut counted: Vec<BTreeMap<u32, f64>> = Vec::new();
        let mut postings: Vec<Vec<u32>> = Vec::new();
        for (phrase, row) in phrases.zip(0_u32..) {
            let mut terms: BTreeMap<u32, f64> = BTreeMap::new();
            for term in terms_of(phrase) {
                let next = u32::try_from(vocabulary.len()).unwrap_or(u32::MAX);
                let id = *vocabulary.entry(term.text).or_insert(next);
                if terms.insert(id, term.share).is_none() {
                    add_posting(&mut postings, id, row);
                }
            }
            counted.push(terms);
        }
        let total = count_as_f64(counted.len());
        let vectors = counted.iter().map(|terms| unit(terms, &postings, total)).collect();
        Self { vectors, postings }
    }
}

/// The sum of products of two sparse vectors.
pub(super) fn dot(a: &[(u32, f64)], b: &[(u32, f64)]) -> f64 {
    let (mut left, mut right) = (a.iter().peekable(), b.iter().peekable());
    let mut sum = 0.0;
    while let (Some((x, xw)), Some((y, yw))) = (left.peek(), right.peek()) {
        match x.cmp(y) {
            std::cmp::Ordering::Less => {
                left.next();
            }
            std::cmp::Ordering::Greater => {
                right.next();
            }
            std::cmp::Ordering::Equal => {
                sum += xw * yw;
                left.next();
                right.next();
            }
        }
    }
    sum
}

/// The sum of two sparse vectors.
pub(super) fn add(a: &[(u32, f64)], b: &[(u32, f64)]) -> Vector {
    let mut sum: BTreeMap<u32, f64> = a.iter().copied().collect();
    for (term, weight) in b {
        *sum.entry(*term).or_insert(0.0) += weight;
    }
    sum.into_iter().collect()
}

/// Counts here stay far below 2^52, where every integer is exact.
#[allow(clippy::cast_precision_loss)]
pub(super) fn count_as_f64(count: usize) -> f64 {
    count as f64
}

fn terms_of(phrase: &str) -> Vec<Term> {
    let all = words::words(phrase);
    let mut kept: Vec<(String, f64)> = all
        .iter()
        .filter(|word| !words::is_stop(word))
        .map(|word| (words::stem(word), if words::is_modifier(word) { MODIFIER_SHARE } else { 1.0 }))
        .collect();
    if kept.is_empty() {
        kept = all.iter().map(|word| (words::stem(word), 1.0)).collect();
    }
    let pairs: Vec<Term> = kept
        .iter()
        .zip(kept.iter().skip(1))
        .map(|((a, x), (b, y))| {
            // "water propagate" and "propagate in water" are one wish: pairs have no order.
            let text = if a <= b { format!("{a} {b}") } else { format!("{b} {a}") };
            Term { text, share: PAIR_SHARE * x.min(*y) }
        })
        .collect();
    kept.into_iter().map(|(text, share)| Term { text, share }).chain(pairs).collect()
}

fn add_posting(postings: &mut Vec<Vec<u32>>, term: u32, row: u32) {
    let at = usize::try_from(term).unwrap_or(usize::MAX);
    if at == postings.len() {
        postings.push(Vec::new());
    }
    if let Some(rows) = postings.get_mut(at) {
        rows.push(row);
    }
}

fn unit(terms: &BTreeMap<u32, f64>, postings: &[Vec<u32>], total: f64) -> Vector {
    let weighted: Vector = terms
        .iter()
        .map(|(term, share)| {
            let holders = usize::try_from(*term).ok().and_then(|at| postings.get(at)).map_or(1, Vec::len);
            let lonely = if holders <= 1 { LONELY_SHARE } else { 1.0 };
            (*term, share * lonely * (1.0 + total / count_as_f64(holders.max(1))).ln())
        })
        .collect();
    let length = weighted.iter().map(|(_, w)| w * w).sum::<f64>().sqrt();
    if length <= 0.0 {
        return Vector::new();
    }
    weighted.into_iter().map(|(term, w)| (term, w / length)).collect()
}
