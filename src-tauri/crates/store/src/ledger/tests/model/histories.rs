//! Long random histories, each made twice: by the ledger on its file and by the model. Some commits are given up, now and
//! then the process ends and the auditor reads the file.

use super::{Dice, Model, step};
use crate::StoreError;
use crate::fixture::{Bench, open_operation};
use crate::ledger::tests::books;
use std::io::Write as _;

const SEED: u64 = 0x1697_8001;
/// Operations in all, unless `IGNY8_LEDGER_OPERATIONS` says otherwise.
const OPERATIONS: usize = 200_000;
/// Operations on one file. The next history begins on a new one: what is compared grows with the file, and a history
/// twice as long would take four times as long.
const HISTORY: usize = 10_000;
/// Operations in one commit, each inside a savepoint of its own.
const BATCH: usize = 100;
/// Every so many batches the commit is given up, and the model goes back too.
const GIVEN_UP_EVERY: usize = 7;
/// Every so many batches the process ends and the auditor reads the file.
const CRASH_EVERY: usize = 20;

/// One history on a file of its own, with what it comes to.
struct History {
    bench: Bench,
    model: Model,
    dice: Dice,
    refused: usize,
    given_up: usize,
}

impl History {
    fn begin(dice: Dice) -> Self {
        let mut bench = Bench::new();
        bench.write(|write| open_operation(write, 1, u32::try_from(HISTORY).unwrap())).unwrap();
        Self { bench, model: Model::default(), dice, refused: 0, given_up: 0 }
    }

    /// One commit of many operations, kept or given up.
    fn batch(&mut self, is_kept: bool) {
        let (mut after, mut thrown) = (self.model.clone(), self.dice.clone());
        let before = (!is_kept).then(|| books(&self.bench.outsider()));
        let (sender, made) = std::sync::mpsc::channel();
        let done = self.bench.write(move |write| {
            let refused = (0..BATCH).filter(|_| !step(write, &mut after, &mut thrown)).count();
            sender.send((after.clone(), thrown.clone(), refused)).unwrap();
            if is_kept { Ok(()) } else { Err(StoreError::Closed) }
        });
        let (after, thrown, refused) = made.recv().unwrap();
        assert_eq!(done.is_ok(), is_kept);
        (self.dice, self.refused) = (thrown, self.refused + refused);
        match before {
            None => self.model = after,
            Some(before) => {
                self.given_up += BATCH;
                assert_eq!(books(&self.bench.outsider()), before, "a commit that is given up leaves nothing");
            }
        }
    }

    /// The process ends, and the next one audits the file.
    fn crash(self) -> Self {
        let mut bench = self.bench.reopen();
        let audit = bench.read(|read| read.audit());
        assert!(audit.is_ok(), "{audit:?}");
        Self { bench, ..self }
    }

    fn play(mut self, batches: usize) -> Self {
        for batch in 1..=batches {
            self.batch(batch % GIVEN_UP_EVERY != 0);
            if batch % CRASH_EVERY == 0 {
                self = self.crash();
            }
        }
        assert_eq!(self.bench.read(|read| read.wallet()), self.model.wallet());
        self.crash()
    }
}

#[test]
fn long_histories_agree_with_the_model() {
    let (operations, seed) = (number("IGNY8_LEDGER_OPERATIONS", OPERATIONS), number("IGNY8_LEDGER_SEED", SEED));
    let (mut dice, mut left) = (Dice(seed), operations.div_ceil(BATCH));
    let (mut refused, mut given_up, mut calls, mut histories) = (0, 0, 0, 0);
    while left > 0 {
        let batches = left.min(HISTORY / BATCH);
        let history = History::begin(dice).play(batches);
        (refused, given_up) = (refused + history.refused, given_up + history.given_up);
        (calls, histories) = (calls + history.model.calls.len(), histories + 1);
        (dice, left) = (history.dice, left - batches);
    }
    assert!(
        refused > operations / 10 && refused < operations * 9 / 10,
        "{refused} refused: the histories are one-sided"
    );
    let report = format!(
        "ledger model: seed {seed:#x}, {operations} operations in {histories} histories, {refused} refused, {given_up} \
         given up"
    );
    // Past the test harness's capture, so that the counts stand in every run's output.
    writeln!(std::io::stderr(), "{report}, {calls} calls, all agreed").unwrap();
}

/// `make soak` asks for more, and for other numbers each day.
#[allow(clippy::disallowed_methods, reason = "a test's own surroundings: no composition root hands them in")]
fn number<T: std::str::FromStr>(name: &str, otherwise: T) -> T {
    let Ok(text) = std::env::var(name) else { return otherwise };
    text.parse().unwrap_or_else(|_| panic!("{name} is to be a number, not {text:?}"))
}
