//! Every call to the disk fails once, or from then on, as an I/O error and as a full disk, while a ledger goes through its
//! life. What was answered "done" is in the file, whether the process is killed or the power
//! goes; what was answered "failed" is not; asked again under the same ids, everything takes place exactly once.

use igny8_faultvfs::{Dice, Disk, Fault, Files, Replay, Tape, Trouble, write_into};
use igny8_store::ledger::Lease;
use igny8_store::{LedgerError, StoreError};
use igny8_tests::effort;
use igny8_tests::errands::{self, Call, Clerk, Errand};
use igny8_tests::picture::Picture;
use igny8_tests::stepped_store::SteppedStore;
use std::io::Write as _;
use std::ops::Range;
use std::path::Path;
use std::sync::OnceLock;
use tempfile::TempDir;

/// How often a process asks again before it leaves a thing to the next one. More than the longest row of failures that
/// ends by itself.
const TRIES: usize = 5;
/// Every so many calls three fail in a row as well.
const THREE_EVERY: u64 = 4;
/// Every so many runs the books are audited in full once all is done, which makes every migration anew in memory to hold the
/// file against; in the others their sums are recomputed.
const FULL_EVERY: usize = 16;

/// Groups of errands that are asked for together. An empty one closes the file and opens it again.
fn script() -> Vec<Vec<Errand>> {
    use Errand::{Begin, DayLimit, Extra, Month, Open, Refuse, Release, Settle, Stop, Suspend};
    vec![
        vec![Month("2026-11", 1_000)],
        vec![Extra(1, 50), Open(1, 6), Open(2, 5)],
        // The third asks for more than there is; its neighbours must not notice.
        vec![Begin(Call(1), 1, 0, 30), Begin(Call(2), 1, 1, 30), Begin(Call(3), 1, 2, 5_000), Begin(Call(4), 1, 3, 30)],
        // The second costs more than its hold.
        vec![Settle(Call(1), 20), Settle(Call(2), 40), Release(Call(4))],
        vec![DayLimit(Some(150))],
        // The second is more than the day has left.
        vec![Begin(Call(5), 1, 4, 40), Begin(Call(6), 1, 5, 100)],
        vec![Suspend(Call(5))],
        vec![],
        vec![Settle(Call(5), 10), DayLimit(None)],
        vec![Begin(Call(7), 2, 0, 60)],
        vec![Month("2026-12", 900)],
        vec![Stop(true)],
        vec![Begin(Call(8), 2, 1, 10)],
        vec![Stop(false)],
        vec![Begin(Call(9), 2, 2, 10), Settle(Call(7), 55), Begin(Call(10), 2, 3, 10)],
        vec![Settle(Call(9), 5), Settle(Call(10), 6), Refuse(2, 4)],
        vec![],
    ]
}

/// The last word on an errand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Said {
    /// Nobody asked, or nobody answered.
    Nothing,
    Done,
    /// The ledger's own rules.
    Refused,
    /// The store says that nothing was kept.
    Failed,
    /// The store cannot say.
    Unknown,
}

/// What happened in all runs.
#[derive(Debug, Default)]
struct Tally {
    runs: usize,
    calls_failed: u64,
    reported_failed: usize,
    reported_unknown: usize,
    unknown_but_durable: usize,
    done_all_the_same: usize,
    audited_in_full: usize,
}

/// One process under one fault.
struct Life<'t> {
    script: &'t [Vec<Errand>],
    said: Vec<Said>,
    clerk: Clerk,
    tries: usize,
    tally: &'t mut Tally,
}

/// The file as it is before a group of the script, what was said until then, and how many calls the group takes.
struct Start {
    group: usize,
    files: Files,
    clerk: Clerk,
    said: Vec<Said>,
    calls: u64,
}

/// Where runs begin, and the books they must all end with.
struct Known {
    starts: Vec<Start>,
    end: Picture,
}

fn known() -> &'static Known {
    static KNOWN: OnceLock<Known> = OnceLock::new();
    KNOWN.get_or_init(|| {
        let (script, folder) = (script(), folder_with(&prepared()));
        let database = folder.path().join("a.db");
        let disk = Disk::record(folder.path()).expect("the folder is there");
        let mut tally = Tally::default();
        let mut life = Life::new(&script, &mut tally);
        let mut store = SteppedStore::open(&database).expect("nothing fails here");
        let mut starts = Vec::new();
        for (group, errands) in script.iter().enumerate() {
            if !errands.is_empty() {
                let files = killed(&disk);
                let (clerk, said) = (life.clerk.clone(), life.said.clone());
                starts.push(Start { group, files, clerk, said, calls: 0 });
            }
            store = life.group(store, &database, group).expect("nothing fails here").0;
        }
        drop(store);
        assert_eq!(life.said.iter().filter(|said| **said == Said::Refused).count(), 3, "{:?}", life.said);
        assert!(life.said.iter().all(|said| matches!(said, Said::Done | Said::Refused)), "{:?}", life.said);
        for start in &mut starts {
            start.calls = calls_of(&script, start);
        }
        Known { starts, end: Picture::of(&database) }
    })
}

/// A file with a site and models in it.
fn prepared() -> Files {
    let folder = folder_with(&Files::new());
    let database = folder.path().join("a.db");
    let mut store = SteppedStore::open(&database).expect("a file can be made");
    store.write(errands::prepare).expect("it can be prepared");
    drop(store);
    Files::from([("a.db".to_owned(), std::fs::read(&database).expect("it can be read"))])
}

fn folder_with(files: &Files) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    write_into(folder.path(), files).expect("files can be written");
    folder
}

fn played(tape: &Tape) -> Replay<'_> {
    let mut replay = tape.play();
    while replay.step() {}
    replay
}

/// The folder had the process been killed now.
fn killed(disk: &Disk) -> Files {
    played(&disk.tape()).killed()
}

/// Calls from the opening of the file to the end of the group, and through a closing of the file that follows it.
fn calls_of(script: &[Vec<Errand>], start: &Start) -> u64 {
    let folder = folder_with(&start.files);
    let disk = Disk::without_syncs(folder.path()).expect("the folder is there");
    let mut tally = Tally::default();
    let mut life = Life::from(script, start, TRIES, &mut tally);
    let _store = life.live(&folder.path().join("a.db"), start.group..own_end(script, start.group));
    disk.counts().total()
}

/// Where a group's own calls end.
fn own_end(script: &[Vec<Errand>], group: usize) -> usize {
    let is_followed_by_a_closing = script.get(group + 1).is_some_and(Vec::is_empty);
    group + 1 + usize::from(is_followed_by_a_closing)
}

impl<'t> Life<'t> {
    fn new(script: &'t [Vec<Errand>], tally: &'t mut Tally) -> Self {
        let errands = script.iter().map(Vec::len).sum();
        Self { script, said: vec![Said::Nothing; errands], clerk: Clerk::new(0xA1, script), tries: TRIES, tally }
    }

    fn from(script: &'t [Vec<Errand>], start: &Start, tries: usize, tally: &'t mut Tally) -> Self {
        Self { script, said: start.said.clone(), clerk: start.clerk.clone(), tries, tally }
    }

    /// Opens the file and goes through some groups, until one cannot be done.
    fn live(&mut self, database: &Path, groups: Range<usize>) -> Option<SteppedStore> {
        let mut store = SteppedStore::open(database).ok()?;
        for group in groups {
            let (opened, is_done) = self.group(store, database, group)?;
            store = opened;
            if !is_done {
                break;
            }
        }
        Some(store)
    }

    /// Asks for everything of a group. Whatever fails is asked for again a few times. `None` when the file cannot be
    /// opened again.
    fn group(&mut self, mut store: SteppedStore, database: &Path, group: usize) -> Option<(SteppedStore, bool)> {
        let errands = &self.script[group];
        if errands.is_empty() {
            drop(store);
            return Some((SteppedStore::open(database).ok()?, true));
        }
        let first = self.script[..group].iter().map(Vec::len).sum();
        let mut waiting: Vec<usize> = (0..errands.len()).collect();
        for _ in 0..self.tries {
            waiting = self.ask(&mut store, database, errands, first, &waiting);
            if waiting.is_empty() {
                break;
            }
        }
        Some((store, waiting.is_empty()))
    }

    /// Asks for some of a group together; those that are not decided are to be asked for again.
    fn ask(
        &mut self,
        store: &mut SteppedStore,
        database: &Path,
        group: &[Errand],
        first: usize,
        waiting: &[usize],
    ) -> Vec<usize> {
        let works = waiting.iter().map(|place| self.clerk.work(&group[*place])).collect();
        let mut again = Vec::new();
        for (place, outcome) in waiting.iter().zip(store.write_together(works)) {
            let errand = &group[*place];
            let said = self.hear(errand, outcome);
            // Who does not know looks it up before asking again.
            let looked_up = said == Said::Unknown && Picture::of(database).shows(errand);
            // What nobody knew stays unknown when a later try fails.
            let last = &mut self.said[first + place];
            *last = if *last == Said::Unknown && said == Said::Failed { Said::Unknown } else { said };
            if matches!(said, Said::Failed | Said::Unknown) && !looked_up {
                again.push(*place);
            }
        }
        again
    }

    fn hear(&mut self, errand: &Errand, outcome: Result<Option<Lease>, LedgerError>) -> Said {
        match outcome {
            Ok(lease) => {
                self.clerk.note(errand, lease);
                Said::Done
            }
            Err(LedgerError::Store(StoreError::OutcomeUnknown(_))) => {
                self.tally.reported_unknown += 1;
                Said::Unknown
            }
            Err(LedgerError::Store(StoreError::Conflict(_) | StoreError::NotFound)) => Said::Refused,
            Err(LedgerError::Store(_)) => {
                self.tally.reported_failed += 1;
                Said::Failed
            }
            Err(_) => Said::Refused,
        }
    }
}

/// One run: the fault, the group it strikes and the one after it, the end of the process or of the power, and what the
/// next process finds and finishes.
fn run(start: &Start, fault: Fault, dice: &mut Dice, tally: &mut Tally) {
    let (script, folder) = (script(), folder_with(&start.files));
    let disk = Disk::record(folder.path()).expect("the folder is there");
    disk.plant(fault);
    let before = tally.reported_failed + tally.reported_unknown;
    // Some processes die of their first failure, some go on.
    let mut life = Life::from(&script, start, if dice.chance(1, 4) { 1 } else { TRIES }, tally);
    let end = (own_end(&script, start.group) + 1).min(script.len());
    let _open_to_the_end = life.live(&folder.path().join("a.db"), start.group..end);
    let said = life.said;
    let struck = disk.struck();
    tally.runs += 1;
    tally.calls_failed += struck;
    if struck > 0 && tally.reported_failed + tally.reported_unknown == before {
        tally.done_all_the_same += 1;
    }

    let tape = disk.tape();
    let replay = played(&tape);
    let (end, remains) = if dice.chance(1, 2) { ("killed", replay.killed()) } else { ("cut", replay.cut(dice)) };
    let after = folder_with(&remains);
    let _mended = Disk::without_syncs(after.path()).expect("the folder is there");
    let place = format!("group {}, {fault:?}, {end}", start.group);
    finish(&after.path().join("a.db"), &script, &said, &place, tally);
}

/// The next process, on a mended disk.
fn finish(database: &Path, script: &[Vec<Errand>], said: &[Said], place: &str, tally: &mut Tally) {
    let mut store = SteppedStore::open(database).unwrap_or_else(|error| panic!("{place}: does not open: {error}"));
    assert_audit(&mut store, place);
    let errands: Vec<&Errand> = script.iter().flatten().collect();
    let found = Picture::of(database);
    for (errand, said) in errands.iter().zip(said) {
        let is_setting = matches!(errand, Errand::DayLimit(_) | Errand::Stop(_));
        match (said, found.shows(errand)) {
            (Said::Unknown, true) => tally.unknown_but_durable += 1,
            (Said::Done, false) if !is_setting => panic!("{place}: {errand:?} was acknowledged and is lost"),
            (Said::Failed | Said::Refused, true) if !is_setting => {
                panic!("{place}: {errand:?} was reported {said:?} and is there")
            }
            _ => {}
        }
    }
    assert_settings(&errands, said, &found, place);

    let mut clerk = Clerk::new(0xA2, script);
    store.write(clerk.recovery()).unwrap_or_else(|error| panic!("{place}: recovery: {error}"));
    for errand in errands {
        // A lost attempt is noted each time there is one: asking again would be another attempt.
        if matches!(errand, Errand::Suspend(_)) && found.shows(errand) {
            continue;
        }
        let outcome = store.write(clerk.work(errand));
        if let Ok(lease) = outcome {
            clerk.note(errand, lease);
        }
    }
    match tally.runs % FULL_EVERY {
        0 => assert_audit_in_full(&mut store, place, tally),
        _ => assert_audit(&mut store, place),
    }
    let end = Picture::of(database);
    assert_same(end.books(), known().end.books(), place);
    assert_eq!(end.open_calls(), 0, "{place}: no hold is open once there is nothing left to do");
}

/// Everything took place exactly once; the lines that differ are what is to be seen.
fn assert_same(found: &[String], expected: &[String], place: &str) {
    let only = |these: &[String], those: &[String]| {
        these.iter().filter(|line| !those.contains(line)).cloned().collect::<Vec<_>>()
    };
    let (more, less) = (only(found, expected), only(expected, found));
    assert!(more.is_empty() && less.is_empty(), "{place}: once each\n  found {more:#?}\n  expected {less:#?}");
    assert_eq!(found.len(), expected.len(), "{place}: nothing is there twice");
}

/// A setting is what it was set to last, or one that may have been set since.
fn assert_settings(errands: &[&Errand], said: &[Said], found: &Picture, place: &str) {
    let is_limit = |errand: &Errand| matches!(errand, Errand::DayLimit(_));
    let is_switch = |errand: &Errand| matches!(errand, Errand::Stop(_));
    for (is_one, start) in
        [(&is_limit as &dyn Fn(&Errand) -> bool, Errand::DayLimit(None)), (&is_switch, Errand::Stop(false))]
    {
        let mut possible = vec![start];
        for (errand, said) in errands.iter().zip(said).filter(|(errand, _)| is_one(errand)) {
            match said {
                Said::Done => possible = vec![(*errand).clone()],
                Said::Unknown => possible.push((*errand).clone()),
                Said::Nothing | Said::Failed | Said::Refused => {}
            }
        }
        assert!(possible.iter().any(|errand| found.shows(errand)), "{place}: none of {possible:?} is set");
    }
}

fn assert_audit(store: &mut SteppedStore, place: &str) {
    let audit = store.read(|r| r.audit()).unwrap_or_else(|error| panic!("{place}: audit: {error}"));
    assert!(audit.is_ok(), "{place}: the books balance: {:?}", audit.findings);
}

fn assert_audit_in_full(store: &mut SteppedStore, place: &str, tally: &mut Tally) {
    let audit = store.read(|r| r.audit_in_full()).unwrap_or_else(|error| panic!("{place}: audit in full: {error}"));
    assert!(audit.is_ok(), "{place}: each row agrees with the others: {:?}", audit.findings);
    tally.audited_in_full += 1;
}

/// How many calls fail in a row.
fn rows(at: u64) -> impl Iterator<Item = u64> {
    [1, Fault::FOR_EVER].into_iter().chain(at.is_multiple_of(THREE_EVERY).then_some(3))
}

fn sweep(trouble: Trouble) {
    let mut tally = Tally::default();
    let mut dice = Dice::new(effort::disk_seed());
    for start in &known().starts {
        for at in 1..=start.calls {
            for calls in rows(at) {
                run(start, Fault { at, calls, trouble }, &mut dice, &mut tally);
            }
        }
    }
    let counts = format!(
        "sweep ({trouble:?}): {} runs, {} calls failed, {} requests reported failed, {} unknown of which {} durable, \
         {} runs done all the same, 0 acknowledged lost, 0 charged twice; {} audited in full",
        tally.runs,
        tally.calls_failed,
        tally.reported_failed,
        tally.reported_unknown,
        tally.unknown_but_durable,
        tally.done_all_the_same,
        tally.audited_in_full,
    );
    // Past the test harness's capture, so that the counts stand in every run's output.
    writeln!(std::io::stderr(), "{counts}").expect("standard error takes a line");
    assert!(tally.reported_failed > 0 && tally.audited_in_full > 0, "the faults reached the requests");
}

#[test]
fn every_io_error_leaves_acknowledged_work_and_nothing_else() {
    sweep(Trouble::InputOutput);
}

#[test]
fn every_full_disk_leaves_acknowledged_work_and_nothing_else() {
    sweep(Trouble::Full);
}
