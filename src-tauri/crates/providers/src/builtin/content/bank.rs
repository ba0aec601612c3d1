//! The sentences of a field, given out once each: an article must not say the same thing twice, whichever of its
//! sections ask for criteria, steps or mistakes. When the field has no more, the general one lends its own; only steps are
//! never mixed, because they are an order in which work is done.

use crate::builtin::domain::{self, Aspect, Domain};
use std::collections::VecDeque;

/// What is left to say.
pub(super) struct Bank {
    aspects: VecDeque<Aspect>,
    general_aspects: VecDeque<Aspect>,
    steps: VecDeque<(&'static str, &'static str)>,
    general_steps: VecDeque<(&'static str, &'static str)>,
    mistakes: VecDeque<(&'static str, &'static str)>,
}

/// One thing to say about a further keyword.
pub(super) enum Point {
    /// A criterion.
    Aspect(Aspect),
    /// A mistake and what to do instead.
    Mistake(&'static str, &'static str),
    /// A step and how to do it.
    Step(&'static str, &'static str),
}

impl Bank {
    /// The criteria of `domain`, the steps and mistakes of `practice`, and behind them those of the general field. `turn`
    /// moves the criteria after the first three round, so that articles of one field differ in more than headings.
    pub(super) fn new(domain: &Domain, practice: &Domain, turn: u64) -> Self {
        let mut aspects = domain.aspects.to_vec();
        if let Some(later) = aspects.get_mut(3..) {
            let length = u64::try_from(later.len()).unwrap_or(1).max(1);
            later.rotate_left(usize::try_from(turn % length).unwrap_or(0));
        }
        let general = domain::general();
        let known = |name: &str| domain.aspects.iter().any(|a| a.name == name);
        let general_aspects = general.aspects.iter().copied().filter(|a| !known(a.name)).collect();
        let mut bank = Self {
            aspects: aspects.into(),
            general_aspects,
            steps: practice.steps.to_vec().into(),
            general_steps: VecDeque::new(),
            mistakes: practice.mistakes.to_vec().into(),
        };
        if !std::ptr::eq(practice, general) {
            bank.general_steps.extend(general.steps);
            bank.mistakes.extend(general.mistakes);
        }
        bank
    }

    /// The next criterion.
    pub(super) fn aspect(&mut self) -> Option<Aspect> {
        self.aspects.pop_front().or_else(|| self.general_aspects.pop_front())
    }

    /// The next steps, at most `count`, each a heading and what to do: the field's, or where none of those is left the
    /// general ones.
    pub(super) fn steps(&mut self, count: usize) -> Vec<(&'static str, &'static str)> {
        let steps = if self.steps.is_empty() { &mut self.general_steps } else { &mut self.steps };
        steps.drain(..count.min(steps.len())).collect()
    }

    /// The next mistake and what to do instead.
    pub(super) fn mistake(&mut self) -> Option<(&'static str, &'static str)> {
        self.mistakes.pop_front()
    }

    /// Something to say about a further keyword: a criterion of the field, else what the sections about steps and
    /// mistakes would reach last.
    pub(super) fn point(&mut self) -> Option<Point> {
        let aspect = self.aspects.pop_front().map(Point::Aspect);
        let mistake = |bank: &mut Self| bank.mistakes.pop_back().map(|(what, instead)| Point::Mistake(what, instead));
        let last = |bank: &mut Self| bank.general_steps.pop_back().or_else(|| bank.steps.pop_back());
        let step = |bank: &mut Self| last(bank).map(|(what, how)| Point::Step(what, how));
        aspect.or_else(|| mistake(self)).or_else(|| step(self))
    }
}
