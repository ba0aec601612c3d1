//! The disk that fails is itself tried: with known work whose calls can be counted by hand, and with settings that are
//! known to lose commits. A disk that cannot show those losses could not show ours.

use igny8_faultvfs::{Call, Dice, Disk, Fault, FileKind, Files, Tape, Trouble, write_into};
use rusqlite::{Connection, ErrorCode};
use std::io::Write as _;
use std::path::Path;
use tempfile::TempDir;

/// Commits of the recorded work: enough for a checkpoint among them.
const COMMITS: u32 = 120;
/// Cuts of each recording.
const CUTS: usize = 400;

fn folder() -> TempDir {
    tempfile::tempdir().expect("a temporary folder can be made")
}

/// A database with a log, as the product has it but for how it syncs.
fn open(folder: &Path, synchronous: &str) -> Connection {
    let conn = Connection::open(folder.join("a.db")).expect("a database can be made");
    conn.pragma_update(None, "journal_mode", "wal").expect("it can have a log");
    conn.pragma_update(None, "synchronous", synchronous).expect("syncing can be chosen");
    // A checkpoint among so few commits.
    conn.pragma_update(None, "wal_autocheckpoint", 60).expect("checkpoints can be chosen");
    conn.execute_batch("create table if not exists line (n integer primary key, text text not null)")
        .expect("a table can be made");
    conn
}

fn add(conn: &Connection, n: u32) -> rusqlite::Result<usize> {
    conn.execute("insert into line (n, text) values (?1, ?2)", (n, "words ".repeat(400)))
}

#[test]
fn a_commit_with_a_log_is_one_sync_of_it() {
    let folder = folder();
    let disk = Disk::watch(folder.path()).unwrap();
    let conn = open(folder.path(), "full");
    add(&conn, 1).unwrap();
    let before = disk.counts();
    for n in 2..=11 {
        add(&conn, n).unwrap();
    }
    let spent = disk.counts().since(&before);
    assert_eq!(spent.commits(), 10, "each commit brings its frames to the platter once");
    assert_eq!(spent.of(FileKind::Wal, Call::Sync), 10, "and syncs nothing else");
    assert_eq!(spent.of(FileKind::Database, Call::Write), 0, "the database waits for its checkpoint");
    assert!(spent.of(FileKind::Wal, Call::Write) >= 20, "a frame is a header and a page: {spent:?}");

    let before = disk.counts();
    drop(conn);
    let spent = disk.counts().since(&before);
    assert!(spent.of(FileKind::Database, Call::Write) > 0, "the last connection brings the log home");
    assert_eq!((spent.of(FileKind::Wal, Call::Delete), spent.commits()), (1, 0), "and removes it");
}

#[test]
fn a_checkpoint_is_not_counted_as_a_commit() {
    let folder = folder();
    let disk = Disk::watch(folder.path()).unwrap();
    let conn = open(folder.path(), "full");
    let before = disk.counts();
    for n in 1..=COMMITS {
        add(&conn, n).unwrap();
    }
    let spent = disk.counts().since(&before);
    assert_eq!(spent.commits(), u64::from(COMMITS));
    assert!(spent.of(FileKind::Database, Call::Sync) > 0, "there were checkpoints: {spent:?}");
    assert!(spent.of(FileKind::Wal, Call::Sync) > u64::from(COMMITS), "which sync the log as well: {spent:?}");
}

#[test]
fn a_planted_fault_strikes_its_call_and_no_other_folder() {
    let (here, elsewhere) = (folder(), folder());
    let (disk, other) = (Disk::watch(here.path()).unwrap(), Disk::watch(elsewhere.path()).unwrap());
    let (conn, bystander) = (open(here.path(), "full"), open(elsewhere.path(), "full"));
    disk.plant(Fault { at: 1, calls: Fault::FOR_EVER, trouble: Trouble::Full });
    let refused = add(&conn, 1).unwrap_err();
    assert_eq!(refused.sqlite_error_code(), Some(ErrorCode::DiskFull));
    add(&bystander, 1).expect("the other folder has room");
    assert!(disk.mend() > 0, "it struck");
    add(&conn, 1).expect("a mended disk takes it");

    disk.plant(Fault { at: 1, calls: 1, trouble: Trouble::InputOutput });
    assert_eq!(add(&conn, 2).unwrap_err().sqlite_error_code(), Some(ErrorCode::SystemIoFailure));
    assert_eq!(disk.struck(), 1, "once");
    add(&conn, 2).expect("the call after it goes well");
    assert_eq!((disk.mend(), other.mend()), (1, 0), "nothing struck elsewhere");
}

#[test]
fn a_full_disk_takes_what_overwrites_and_refuses_what_grows() {
    let folder = folder();
    let disk = Disk::watch(folder.path()).unwrap();
    let conn = open(folder.path(), "full");
    disk.leave_space(40_000);
    let mut stored = 0;
    let refused = loop {
        match add(&conn, stored + 1) {
            Ok(_) => stored += 1,
            Err(error) => break error,
        }
    };
    assert_eq!(refused.sqlite_error_code(), Some(ErrorCode::DiskFull));
    assert!((1..12).contains(&stored), "some went in before: {stored}");
    let found: u32 = conn.query_row("select count(*) from line", [], |row| row.get(0)).unwrap();
    assert_eq!(found, stored, "what was refused is not there, what went in is, and can be read");
    assert!(disk.mend() > 0);
    add(&conn, stored + 1).expect("with space it goes on");
}

/// Commits, each marked on the tape once it is acknowledged.
fn record(synchronous: &str) -> Tape {
    let folder = folder();
    let disk = Disk::record(folder.path()).unwrap();
    let conn = open(folder.path(), synchronous);
    for n in 1..=COMMITS {
        add(&conn, n).unwrap();
        disk.mark(n.into());
    }
    drop(conn);
    disk.tape()
}

/// What a power cut did.
#[derive(Debug, Default)]
struct Losses {
    lost: usize,
    damaged: usize,
}

/// Cuts a recording at many places and looks for what had been acknowledged.
fn cut(tape: &Tape) -> Losses {
    let mut losses = Losses::default();
    let mut dice = Dice::new(11);
    let mut places: Vec<usize> = (0..CUTS).map(|_| dice.below(tape.len())).collect();
    places.sort_unstable();
    let (mut replay, mut played) = (tape.play(), 0);
    for place in places {
        while played < place && replay.step() {
            played += 1;
        }
        match lines(&replay.cut(&mut dice)) {
            Some(found) if u64::from(found) >= replay.mark() => {}
            Some(_) => losses.lost += 1,
            None => losses.damaged += 1,
        }
    }
    losses
}

/// How many lines the remains of a database hold, all from the first; `None` when they are damaged.
fn lines(files: &Files) -> Option<u32> {
    let folder = folder();
    write_into(folder.path(), files).expect("files can be written");
    let _quick = Disk::without_syncs(folder.path()).expect("the folder is there");
    let conn = Connection::open(folder.path().join("a.db")).expect("a file can be opened");
    let verdict: String = conn.query_row("pragma integrity_check", [], |row| row.get(0)).ok()?;
    let has_table = conn.query_row("select count(*) from sqlite_schema where name = 'line'", [], |row| row.get(0));
    if verdict != "ok" {
        return None;
    }
    if has_table == Ok(0_u32) {
        return Some(0);
    }
    let (count, highest): (u32, u32) = conn
        .query_row("select count(*), coalesce(max(n), 0) from line", [], |row| Ok((row.get(0)?, row.get(1)?)))
        .ok()?;
    (count == highest).then_some(count)
}

#[test]
fn power_cuts_lose_nothing_under_full_and_show_what_lesser_settings_lose() {
    let full = cut(&record("full"));
    assert_eq!((full.lost, full.damaged), (0, 0), "under FULL every acknowledged commit is there");
    let normal = cut(&record("normal"));
    assert!(normal.lost > CUTS / 10, "under NORMAL the last commits go: {normal:?}");
    assert_eq!(normal.damaged, 0, "but the file stays whole");
    let off = cut(&record("off"));
    assert!(off.damaged > 0, "without syncs files are damaged: {off:?}");
    let counts = format!(
        "shim: {CUTS} cuts each; full lost {}, normal {}, off {} and damaged {}",
        full.lost, normal.lost, off.lost, off.damaged
    );
    // Past the test harness's capture, so that the counts stand in every run's output.
    writeln!(std::io::stderr(), "{counts}").expect("standard error takes a line");
}

#[test]
fn a_process_that_is_killed_loses_nothing_whatever_is_synced() {
    for synchronous in ["full", "normal", "off"] {
        let tape = record(synchronous);
        let mut replay = tape.play();
        for _ in 0..tape.len() / 2 {
            assert!(replay.step(), "half of it can be played");
        }
        let found = lines(&replay.killed()).expect("the file is whole");
        assert!(u64::from(found) >= replay.mark() && replay.mark() > 0, "{synchronous}: {found} of {}", replay.mark());
    }
}
