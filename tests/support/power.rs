//! Power that goes: a ledger at work is recorded call by call, and the power is cut at many places of the recording, each
//! time with another part of what was not synced yet. Whatever had been acknowledged must be in the file, the file must
//! be whole and its books must balance; and so must they when the power goes again while the file is being opened.

use crate::errands::{self, Clerk, Errand};
use crate::picture::Picture;
use crate::stepped_store::SteppedStore;
use igny8_faultvfs::{Call, Dice, Disk, FileKind, Files, Tape, write_into};
use std::path::Path;
use tempfile::TempDir;

/// Rounds of the recorded work. Each begins some calls and ends others; together they fill the log several times over,
/// so that checkpoints are among what is cut.
const ROUNDS: u64 = 150;
/// Most calls begun in one round: they are committed together.
const ROUND_MAX: usize = 6;
/// One in so many cuts is followed by another while the file is being opened.
const SECOND_CUT_ONE_IN: usize = 5;

/// After one in so many cuts the books are audited in full once the next process has gone on, which takes as long as all the
/// rest of a cut; after the others their sums are recomputed.
const FULL_AUDIT_ONE_IN: usize = 8;

/// Most cuts of one recording; more are made of another, with another seed.
const CUTS_OF_ONE: usize = 1_000;

/// Cuts the power at as many places, of as many recordings as that takes.
pub fn cut_many(cuts: usize, seed: u64) -> Losses {
    let mut all = Losses::default();
    for seed in seed.. {
        let wanted = cuts.saturating_sub(all.cuts).min(CUTS_OF_ONE);
        if wanted == 0 {
            break;
        }
        let losses = Recording::make(seed).cut(wanted, seed);
        all.cuts += losses.cuts;
        all.second_cuts += losses.second_cuts;
        all.acknowledged += losses.acknowledged;
        all.lost += losses.lost;
        all.damaged += losses.damaged;
        all.looked += losses.looked;
        all.audited_in_full += losses.audited_in_full;
    }
    all
}

/// Work that was recorded.
struct Recording {
    tape: Tape,
    /// What was acknowledged, in order; a mark of the tape is a number of these.
    acknowledged: Vec<Errand>,
    script: Vec<Vec<Errand>>,
}

/// What many cuts left.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Losses {
    /// How often the power went.
    pub cuts: usize,
    /// Of these, while the file was being opened after another.
    pub second_cuts: usize,
    /// Charges that had been acknowledged, over all cuts.
    pub acknowledged: usize,
    /// Acknowledged things that were gone.
    pub lost: usize,
    /// Files that were not whole, did not open, or whose books did not balance.
    pub damaged: usize,
    /// Files that were looked into.
    pub looked: usize,
    /// Of these, whose books were audited in full in the end.
    pub audited_in_full: usize,
}

impl Recording {
    /// Records a ledger at work.
    fn make(seed: u64) -> Self {
        let script = script(&mut Dice::new(seed));
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let database = folder.path().join("a.db");
        let mut store = SteppedStore::open(&database).expect("a file can be made");
        store.write(errands::prepare).expect("it can be prepared");
        drop(store);
        let disk = Disk::record(folder.path()).expect("the folder is there");
        let mut store = SteppedStore::open(&database).expect("the file opens");
        let (mut clerk, mut acknowledged) = (Clerk::new(0xA1, &script), Vec::new());
        for group in &script {
            let answers = store.write_together(group.iter().map(|errand| clerk.work(errand)).collect());
            for (errand, answer) in group.iter().zip(answers) {
                clerk.note(errand, answer.unwrap_or_else(|error| panic!("{errand:?}: {error}")));
                acknowledged.push(errand.clone());
            }
            disk.mark(u64::try_from(acknowledged.len()).expect("a count"));
        }
        let checkpoints = disk.counts().of(FileKind::Database, Call::Sync);
        assert!(checkpoints > 1, "checkpoints are among what is cut: {checkpoints}");
        Self { tape: disk.tape(), acknowledged, script }
    }

    /// Cuts the power at as many places.
    fn cut(&self, cuts: usize, seed: u64) -> Losses {
        let mut dice = Dice::new(seed);
        let mut places: Vec<usize> = (0..cuts).map(|_| dice.below(self.tape.len())).collect();
        places.sort_unstable();
        let (mut replay, mut played, mut losses) = (self.tape.play(), 0, Losses::default());
        for place in places {
            while played < place && replay.step() {
                played += 1;
            }
            let promised = usize::try_from(replay.mark()).expect("a count");
            let promised = &self.acknowledged[..promised.min(self.acknowledged.len())];
            let remains = replay.cut(&mut dice);
            let is_cut_again = dice.chance(1, SECOND_CUT_ONE_IN);
            let remains = if is_cut_again { cut_while_opening(&remains, &mut dice) } else { remains };
            losses.cuts += 1 + usize::from(is_cut_again);
            losses.second_cuts += usize::from(is_cut_again);
            losses.acknowledged += promised.iter().filter(|errand| matches!(errand, Errand::Settle(..))).count();
            let in_full = losses.looked % FULL_AUDIT_ONE_IN == 0;
            losses.looked += 1;
            losses.audited_in_full += usize::from(in_full);
            match self.find(&remains, promised, in_full) {
                Ok(lost) => losses.lost += lost,
                Err(how) => {
                    losses.damaged += 1;
                    println!("power: seed {seed}, cut at {place} of {}: {how}", self.tape.len());
                }
            }
        }
        losses
    }

    /// How much of what was promised is gone; the error says what is wrong with the file.
    fn find(&self, remains: &Files, promised: &[Errand], in_full: bool) -> Result<usize, String> {
        let folder = folder_with(remains);
        let _mended = Disk::without_syncs(folder.path()).map_err(|error| error.to_string())?;
        let database = folder.path().join("a.db");
        let mut store = SteppedStore::open(&database).map_err(|error| format!("does not open: {error}"))?;
        assert_balance(&mut store)?;
        let found = Picture::of(&database);
        let lost = promised.iter().filter(|errand| !found.shows(errand)).count();
        // The next process goes on: it finds every hold that was open and can work with the file.
        let clerk = Clerk::new(0xA2, &self.script);
        store.write(clerk.recovery()).map_err(|error| format!("recovery: {error}"))?;
        store.write(clerk.work(&Errand::Extra(u64::MAX >> 1, 1))).map_err(|error| format!("a grant: {error}"))?;
        if !in_full {
            return assert_balance(&mut store).map(|()| lost);
        }
        let audit = store.read(|r| r.audit_in_full()).map_err(|error| format!("audit in full: {error}"))?;
        if audit.is_ok() { Ok(lost) } else { Err(format!("rows do not agree: {:?}", audit.findings)) }
    }
}

fn assert_balance(store: &mut SteppedStore) -> Result<(), String> {
    let audit = store.read(|r| r.audit()).map_err(|error| format!("audit: {error}"))?;
    if audit.is_ok() { Ok(()) } else { Err(format!("the books do not balance: {:?}", audit.findings)) }
}

/// Opens what a cut left, and cuts the power again at any call of that.
fn cut_while_opening(remains: &Files, dice: &mut Dice) -> Files {
    let folder = folder_with(remains);
    let disk = Disk::record(folder.path()).expect("the folder is there");
    open_and_close(&folder.path().join("a.db"));
    let tape = disk.tape();
    let mut replay = tape.play();
    for _ in 0..dice.below(tape.len() + 1) {
        replay.step();
    }
    replay.cut(dice)
}

fn open_and_close(database: &Path) {
    // Whether it opens is asked of what is left afterwards.
    drop(SteppedStore::open(database));
}

fn folder_with(files: &Files) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    write_into(folder.path(), files).expect("files can be written");
    folder
}

/// A life of work: in each round some calls are begun, and others, begun before, are settled or given back.
fn script(dice: &mut Dice) -> Vec<Vec<Errand>> {
    let mut groups = vec![vec![Errand::Month("2026-11", 1_000_000)], vec![Errand::Extra(1, 500)]];
    let (mut call, mut open) = (0, Vec::new());
    for round in 1..=ROUNDS {
        let units = u32::try_from(1 + dice.below(ROUND_MAX)).expect("a few");
        groups.push(vec![Errand::Open(round, units)]);
        let mut group = Vec::new();
        for unit in 0..units {
            call += 1;
            group.push(Errand::Begin(errands::Call(call), round, unit, 30));
        }
        while dice.chance(4, 5) && !open.is_empty() {
            let ended = open.swap_remove(dice.below(open.len()));
            group.push(if dice.chance(1, 6) { Errand::Release(ended) } else { Errand::Settle(ended, 20) });
        }
        open.extend(group.iter().filter_map(|errand| match errand {
            Errand::Begin(call, ..) => Some(*call),
            _ => None,
        }));
        groups.push(group);
    }
    groups
}
