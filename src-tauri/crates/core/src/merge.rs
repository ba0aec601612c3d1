//! Two wordings of one article beside each other: where they agree, where they do not, and who has changed it there since
//! both had the same. What is decided is put together from the pieces of both.

use crate::article::Piece;
use crate::status::{UnknownWord, vocabulary};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Most comparisons of one alignment: what is longer and differs from end to end is one difference.
const COMPARISONS_MAX: usize = 4_000_000;

vocabulary! {
    /// Who has changed something since both sides had the same.
    ChangedBy {
        /// Nobody: both have it.
        Nobody = "nobody",
        /// The app's side alone.
        Us = "us",
        /// The site's side alone.
        Them = "them",
        /// Both, or nobody can tell.
        Both = "both",
    }

    /// Whose wording is kept.
    Side {
        /// The app's.
        Ours = "ours",
        /// The site's.
        Theirs = "theirs",
        /// The app's, and the site's behind it.
        Both = "both",
    }
}

impl ChangedBy {
    /// Whose wording is kept where nobody says otherwise; nothing where only a person can tell.
    #[must_use]
    pub const fn suggests(self) -> Option<Side> {
        match self {
            Self::Nobody | Self::Us => Some(Side::Ours),
            Self::Them => Some(Side::Theirs),
            Self::Both => None,
        }
    }

    /// Who changed a value that is not the same on both sides; `before` is what both had, where that is known.
    #[must_use]
    pub fn of<T: PartialEq>(before: Option<&T>, ours: &T, theirs: &T) -> Self {
        if ours == theirs {
            return Self::Nobody;
        }
        match before {
            Some(before) if before == ours => Self::Them,
            Some(before) if before == theirs => Self::Us,
            Some(_) | None => Self::Both,
        }
    }
}

/// A run of pieces that both sides have, or that each has otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// Who changed it.
    pub by: ChangedBy,
    /// Markup of the app's pieces.
    pub ours: Vec<String>,
    /// Markup of the site's pieces.
    pub theirs: Vec<String>,
}

impl Run {
    /// The pieces that a decision leaves.
    #[must_use]
    pub fn kept(&self, side: Side) -> Vec<String> {
        match side {
            Side::Ours => self.ours.clone(),
            Side::Theirs => self.theirs.clone(),
            Side::Both => self.ours.iter().chain(&self.theirs).cloned().collect(),
        }
    }
}

/// Lays two wordings beside each other; `before` is what both had.
#[must_use]
pub fn align(before: &[Piece], ours: &[Piece], theirs: &[Piece]) -> Vec<Run> {
    let known: BTreeSet<&str> = before.iter().map(|piece| piece.key.as_str()).collect();
    let mut runs: Vec<Run> = Vec::new();
    let (mut our_at, mut their_at) = (0, 0);
    let ends = std::iter::once((ours.len(), theirs.len()));
    for (our_end, their_end) in common(ours, theirs).into_iter().chain(ends) {
        let (apart_ours, apart_theirs) = (between(ours, our_at, our_end), between(theirs, their_at, their_end));
        if !apart_ours.is_empty() || !apart_theirs.is_empty() {
            runs.push(Run {
                by: who(&known, apart_ours, apart_theirs),
                ours: markup(apart_ours),
                theirs: markup(apart_theirs),
            });
        }
        if let (Some(our), Some(their)) = (ours.get(our_end), theirs.get(their_end)) {
            match runs.last_mut().filter(|run| run.by == ChangedBy::Nobody) {
                Some(run) => {
                    run.ours.push(our.html.clone());
                    run.theirs.push(their.html.clone());
                }
                None => runs.push(Run {
                    by: ChangedBy::Nobody,
                    ours: vec![our.html.clone()],
                    theirs: vec![their.html.clone()],
                }),
            }
        }
        (our_at, their_at) = (our_end + 1, their_end + 1);
    }
    runs
}

fn between(pieces: &[Piece], from: usize, to: usize) -> &[Piece] {
    pieces.get(from..to).unwrap_or_default()
}

fn markup(pieces: &[Piece]) -> Vec<String> {
    pieces.iter().map(|piece| piece.html.clone()).collect()
}

/// Who changed a run that is not the same: the side that has what neither had before. Where nobody has, something was
/// taken out, and whoever has less took it out.
fn who(known: &BTreeSet<&str>, ours: &[Piece], theirs: &[Piece]) -> ChangedBy {
    let is_new = |piece: &Piece| !known.contains(piece.key.as_str());
    match (ours.iter().any(is_new), theirs.iter().any(is_new)) {
        (true, false) => ChangedBy::Us,
        (false, true) => ChangedBy::Them,
        (false, false) if ours.is_empty() => ChangedBy::Us,
        (false, false) if theirs.is_empty() => ChangedBy::Them,
        (true, true) | (false, false) => ChangedBy::Both,
    }
}

/// Places of a longest sequence that both have, in order.
fn common(ours: &[Piece], theirs: &[Piece]) -> Vec<(usize, usize)> {
    let is_same = |(our, their): &(&Piece, &Piece)| our.key == their.key;
    let front = ours.iter().zip(theirs).take_while(is_same).count();
    let rest = ours.len().min(theirs.len()) - front;
    let back = ours.iter().rev().zip(theirs.iter().rev()).take(rest).take_while(is_same).count();
    let (our_end, their_end) = (ours.len() - back, theirs.len() - back);
    let mut places: Vec<(usize, usize)> = (0..front).map(|at| (at, at)).collect();
    let middle = longest(between(ours, front, our_end), between(theirs, front, their_end));
    places.extend(middle.into_iter().map(|(our, their)| (our + front, their + front)));
    places.extend((0..back).map(|at| (our_end + at, their_end + at)));
    places
}

/// The same without a common beginning and end.
fn longest(ours: &[Piece], theirs: &[Piece]) -> Vec<(usize, usize)> {
    if ours.len().saturating_mul(theirs.len()) > COMPARISONS_MAX {
        return Vec::new();
    }
    // From the end: how many the rest of both has in common.
    let width = theirs.len() + 1;
    let mut lengths = vec![0_u32; width * (ours.len() + 1)];
    let at = |our: usize, their: usize| our * width + their;
    let read = |lengths: &[u32], place: usize| lengths.get(place).copied().unwrap_or_default();
    for (i, our) in ours.iter().enumerate().rev() {
        for (j, their) in theirs.iter().enumerate().rev() {
            let length = if our.key == their.key {
                read(&lengths, at(i + 1, j + 1)) + 1
            } else {
                read(&lengths, at(i + 1, j)).max(read(&lengths, at(i, j + 1)))
            };
            if let Some(place) = lengths.get_mut(at(i, j)) {
                *place = length;
            }
        }
    }
    let (mut i, mut j, mut places) = (0, 0, Vec::new());
    while let (Some(our), Some(their)) = (ours.get(i), theirs.get(j)) {
        if our.key == their.key {
            places.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if read(&lengths, at(i + 1, j)) >= read(&lengths, at(i, j + 1)) {
            i += 1;
        } else {
            j += 1;
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn pieces(text: &str) -> Vec<Piece> {
        text.chars().map(|c| Piece { html: format!("<p>{c}</p>"), key: c.to_string() }).collect()
    }

    fn told(before: &str, ours: &str, theirs: &str) -> Vec<(ChangedBy, usize, usize)> {
        let runs = align(&pieces(before), &pieces(ours), &pieces(theirs));
        runs.iter().map(|run| (run.by, run.ours.len(), run.theirs.len())).collect()
    }

    #[test]
    fn each_difference_says_who_made_it() {
        use ChangedBy::{Both, Nobody, Them, Us};
        assert_eq!(told("abc", "abc", "abc"), [(Nobody, 3, 3)]);
        assert_eq!(told("abc", "abc", "axc"), [(Nobody, 1, 1), (Them, 1, 1), (Nobody, 1, 1)]);
        assert_eq!(told("abc", "ayc", "abc"), [(Nobody, 1, 1), (Us, 1, 1), (Nobody, 1, 1)]);
        assert_eq!(told("abc", "ayc", "axc"), [(Nobody, 1, 1), (Both, 1, 1), (Nobody, 1, 1)]);
        assert_eq!(told("abc", "abc", "abxc"), [(Nobody, 2, 2), (Them, 0, 1), (Nobody, 1, 1)]);
        assert_eq!(told("abc", "abc", "ac"), [(Nobody, 1, 1), (Them, 1, 0), (Nobody, 1, 1)], "taken out there");
        assert_eq!(told("abc", "ac", "abc"), [(Nobody, 1, 1), (Us, 0, 1), (Nobody, 1, 1)], "taken out here");
        assert_eq!(told("abcd", "aycd", "abcx"), [(Nobody, 1, 1), (Us, 1, 1), (Nobody, 1, 1), (Them, 1, 1)]);
        assert_eq!(told("", "", ""), []);
    }

    #[test]
    fn a_value_says_who_changed_it() {
        assert_eq!(ChangedBy::of(Some(&1), &1, &2), ChangedBy::Them);
        assert_eq!(ChangedBy::of(Some(&1), &2, &1), ChangedBy::Us);
        assert_eq!(ChangedBy::of(Some(&1), &2, &3), ChangedBy::Both);
        assert_eq!(ChangedBy::of(None, &2, &3), ChangedBy::Both);
        assert_eq!(ChangedBy::of(Some(&1), &3, &3), ChangedBy::Nobody);
    }

    proptest! {
        #[test]
        fn nothing_is_lost_and_nothing_invented(before in "[a-d]{0,8}", ours in "[a-f]{0,8}", theirs in "[a-f]{0,8}") {
            let runs = align(&pieces(&before), &pieces(&ours), &pieces(&theirs));
            let all = |side| runs.iter().flat_map(|run| run.kept(side)).collect::<Vec<_>>();
            prop_assert_eq!(all(Side::Ours), markup(&pieces(&ours)));
            prop_assert_eq!(all(Side::Theirs), markup(&pieces(&theirs)));
        }
    }
}
