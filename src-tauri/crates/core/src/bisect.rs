//! Which passage of a text is refused by somebody who only says yes or no to a whole. Each question costs a request, and
//! firewalls ban who asks too often, so as few are asked as can be: the end of the first refused passage is found by
//! halving, then its beginning, then what follows is looked at in the same way. It takes for granted that more text around
//! a refused passage is refused as well.

use std::ops::Range;

/// Passages that are looked for. Who has more of them has a rule against the whole text, and changes that.
pub const PASSAGES_MAX: usize = 5;

/// A search under way over numbered parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bisection {
    parts: usize,
    /// Parts before this one are done with.
    from: usize,
    found: Vec<Range<usize>>,
    step: Step,
    is_cut_short: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    /// Whether anything of the rest is refused.
    Rest,
    /// Up to `passes` the rest is taken, up to `refused` it is not.
    End { passes: usize, refused: usize },
    /// Whether the last part of a passage that ends here is all of it.
    Last { end: usize },
    /// From `refused` to the end it is not taken, from `passes` on it is.
    Beginning { refused: usize, passes: usize, end: usize },
    /// Nothing is left to be asked.
    Over,
}

impl Bisection {
    /// A search over so many parts.
    #[must_use]
    pub const fn over(parts: usize) -> Self {
        let step = if parts == 0 { Step::Over } else { Step::Rest };
        Self { parts, from: 0, found: Vec::new(), step, is_cut_short: false }
    }

    /// The same, where the whole is known to be refused.
    #[must_use]
    pub fn over_refused(parts: usize) -> Self {
        let mut search = Self::over(parts);
        if parts > 0 {
            search.told(true);
        }
        search
    }

    /// The parts that are to be tried next; nothing once it is over.
    #[must_use]
    pub fn question(&self) -> Option<Range<usize>> {
        match self.step {
            Step::Rest => Some(self.from..self.parts),
            Step::End { passes, refused } => Some(self.from..middle(passes, refused)),
            Step::Last { end } => Some(end.saturating_sub(1)..end),
            Step::Beginning { refused, passes, end } => Some(middle(refused, passes)..end),
            Step::Over => None,
        }
    }

    /// Takes the answer to [`Bisection::question`].
    pub fn told(&mut self, is_refused: bool) {
        self.step = match self.step {
            Step::Rest if is_refused => self.narrow_end(self.from, self.parts),
            Step::Rest | Step::Over => Step::Over,
            Step::End { passes, refused } => {
                let at = middle(passes, refused);
                if is_refused { self.narrow_end(passes, at) } else { self.narrow_end(at, refused) }
            }
            Step::Last { end } if is_refused => self.keep(end.saturating_sub(1)..end),
            Step::Last { end } => self.narrow_beginning(self.from, end.saturating_sub(1), end),
            Step::Beginning { refused, passes, end } => {
                let at = middle(refused, passes);
                if is_refused {
                    self.narrow_beginning(at, passes, end)
                } else {
                    self.narrow_beginning(refused, at, end)
                }
            }
        };
    }

    /// Passages that were found, in their order.
    #[must_use]
    pub fn found(&self) -> &[Range<usize>] {
        &self.found
    }

    /// There may be more of them than are looked for.
    #[must_use]
    pub const fn is_cut_short(&self) -> bool {
        self.is_cut_short
    }

    fn narrow_end(&mut self, passes: usize, refused: usize) -> Step {
        if refused.saturating_sub(passes) > 1 {
            Step::End { passes, refused }
        } else if refused.saturating_sub(self.from) <= 1 {
            self.keep(self.from..refused)
        } else {
            Step::Last { end: refused }
        }
    }

    fn narrow_beginning(&mut self, refused: usize, passes: usize, end: usize) -> Step {
        if passes.saturating_sub(refused) > 1 {
            Step::Beginning { refused, passes, end }
        } else {
            self.keep(refused..end)
        }
    }

    fn keep(&mut self, passage: Range<usize>) -> Step {
        self.from = passage.end;
        self.found.push(passage);
        if self.from >= self.parts {
            return Step::Over;
        }
        self.is_cut_short = self.found.len() >= PASSAGES_MAX;
        if self.is_cut_short { Step::Over } else { Step::Rest }
    }
}

/// A place between two, which are at least two apart.
const fn middle(one: usize, other: usize) -> usize {
    one + (other - one) / 2
}

#[cfg(test)]
#[expect(clippy::single_range_in_vec_init, reason = "one passage is a list of one range")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Searches where whatever has one of these whole in it is refused. Answers what was found and how often was asked.
    fn search(parts: usize, refused: &[Range<usize>]) -> (Vec<Range<usize>>, usize) {
        let mut search = Bisection::over(parts);
        let mut asked = 0;
        while let Some(question) = search.question() {
            assert!(question.start < question.end && question.end <= parts, "{question:?} of {parts}");
            search.told(refused.iter().any(|bad| bad.start >= question.start && bad.end <= question.end));
            asked += 1;
            assert!(asked < 200, "it ends");
        }
        (search.found().to_vec(), asked)
    }

    #[test]
    fn what_is_taken_whole_costs_one_question() {
        assert_eq!(search(40, &[]), (vec![], 1));
        assert_eq!(search(0, &[]), (vec![], 0));
        assert_eq!(Bisection::over_refused(1).found(), [0..1], "one that is known to be refused costs none");
    }

    #[test]
    fn each_passage_is_found_in_about_as_many_questions_as_the_number_of_parts_has_digits() {
        let (found, asked) = search(64, &[20..21]);
        assert_eq!(found, [20..21]);
        assert!(asked <= 1 + 6 + 1 + 1, "{asked}");
        let (found, asked) = search(64, &[5..6, 50..51]);
        assert_eq!(found, [5..6, 50..51]);
        assert!(asked <= 2 * 8 + 1, "{asked}");
    }

    #[test]
    fn a_passage_of_several_parts_is_found_from_end_to_end() {
        assert_eq!(search(30, &[11..14]).0, [11..14]);
        assert_eq!(search(30, &[0..30]).0, [0..30]);
        assert_eq!(search(30, &[3..4, 4..6]).0, [3..4, 4..6]);
    }

    #[test]
    fn who_refuses_everything_is_not_asked_about_every_part() {
        let all: Vec<Range<usize>> = (0..1_000).map(|at| at..at + 1).collect();
        let mut search = Bisection::over(1_000);
        let mut asked = 0;
        while let Some(question) = search.question() {
            search.told(all.iter().any(|bad| bad.start >= question.start && bad.end <= question.end));
            asked += 1;
        }
        assert_eq!((search.found().len(), search.is_cut_short()), (PASSAGES_MAX, true));
        assert!(asked < PASSAGES_MAX * 14, "{asked}");
    }

    proptest! {
        #[test]
        fn passages_that_lie_apart_are_found_and_nothing_else(
            gaps in prop::collection::vec((1..20_usize, 1..4_usize), 0..PASSAGES_MAX), rest in 0..20_usize,
        ) {
            let mut at = 0;
            let refused: Vec<Range<usize>> = gaps
                .iter()
                .map(|(gap, long)| {
                    let passage = at + gap..at + gap + long;
                    at = passage.end;
                    passage
                })
                .collect();
            prop_assert_eq!(search(at + rest, &refused).0, refused);
        }
    }
}
