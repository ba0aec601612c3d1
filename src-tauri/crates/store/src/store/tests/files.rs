//! Files that are ours, files that are not, and copies.

use super::block_on;
use crate::fixture::{Bench, NOW, lease_next, open_operation, request, spaced};
use crate::ledger::Grant;
use crate::{BackupError, LedgerError, Store, StoreError};
use igny8_core::id::TransferId;
use igny8_core::money::Credits;
use rusqlite::Connection;
use std::path::Path;

fn refusal(path: &Path) -> StoreError {
    match Store::open(path, None) {
        Ok(_) => panic!("{} was opened", path.display()),
        Err(error) => error,
    }
}

fn reading_refusal(path: &Path) -> StoreError {
    match Store::open_read_only(path) {
        Ok(_) => panic!("{} was opened", path.display()),
        Err(error) => error,
    }
}

#[test]
fn a_newer_apps_file_is_refused_and_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("igny8.db");
    drop(Store::open_stepped(&path, None, 0).unwrap());
    let newer = "insert into refinery_schema_history (version, name, applied_on, checksum) values (9999, 'x', '', '')";
    Connection::open(&path).unwrap().execute_batch(newer).unwrap();
    let before = std::fs::read(&path).unwrap();
    assert!(matches!(refusal(&path), StoreError::TooNew { found: 9_999, known } if known < 9_999));
    assert!(matches!(reading_refusal(&path), StoreError::TooNew { found: 9_999, .. }));
    assert!(std::fs::read(&path).unwrap() == before, "not a byte differs");
}

#[test]
fn another_programs_database_is_refused_and_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("theirs.db");
    Connection::open(&path).unwrap().execute_batch("create table t (a)").unwrap();
    let before = std::fs::read(&path).unwrap();
    for error in [refusal(&path), reading_refusal(&path)] {
        assert_eq!(error, StoreError::Corrupt("another program's database".to_owned()));
    }
    assert!(std::fs::read(&path).unwrap() == before, "not a byte differs");
}

#[test]
fn what_is_no_database_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("letter.txt");
    std::fs::write(&path, "Dear reader, ".repeat(100)).unwrap();
    for error in [refusal(&path), reading_refusal(&path)] {
        assert!(matches!(error, StoreError::Corrupt(_)), "{error:?}");
    }
    assert!(matches!(refusal(folder.path()), StoreError::Io(_)), "a folder");
    assert_eq!(reading_refusal(&folder.path().join("nothing.db")), StoreError::NotFound);
    assert!(!folder.path().join("nothing.db").exists(), "looking makes no file");
}

#[test]
fn an_empty_file_becomes_a_new_one() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("igny8.db");
    std::fs::write(&path, "").unwrap();
    let store = Store::open(&path, None).unwrap();
    assert!(block_on(store.read(|read| read.audit())).unwrap().is_ok());
}

#[test]
fn a_reading_store_reads_and_cannot_write() {
    let mut bench = Bench::new();
    bench.write(|write| write.set_setting("zone", "\"UTC\"")).unwrap();
    let reading = Store::open_read_only(bench.store.path()).unwrap();
    assert_eq!(block_on(reading.read(|read| read.setting("zone"))), Ok(Some("\"UTC\"".to_owned())));
    assert_eq!(block_on(reading.write(|write| write.set_setting("zone", "1"))), Err(StoreError::Closed));
}

/// A store with an open hold in it.
fn with_a_hold() -> Bench {
    let mut bench = Bench::new();
    let held = bench.write(|write| {
        let gift = Grant::Extra { id: TransferId(spaced(0x0E, 1)), memo: String::new() };
        write.grant(&gift, Credits::whole(100), NOW)?;
        let operation = open_operation(write, 1, 1)?;
        let lease = lease_next(write)?;
        write.hold(&request(1, operation, lease, Credits::whole(10)), NOW).map(drop)
    });
    assert_eq!(held, Ok::<_, LedgerError>(()));
    bench
}

#[test]
fn a_backup_is_a_whole_file_of_its_own() {
    let mut bench = with_a_hold();
    let target = bench.beside("copies").join("today.db");
    bench.store.backup_to(&target).unwrap();
    bench.write(|write| write.set_setting("zone", "\"UTC\"")).unwrap();

    let names = std::fs::read_dir(target.parent().unwrap()).unwrap().map(|entry| entry.unwrap().file_name());
    assert_eq!(names.collect::<Vec<_>>(), ["today.db"], "nothing is left beside it");
    let copy = Store::open(&target, None).unwrap();
    let (wallet, audit) = block_on(copy.read(|read| Ok::<_, StoreError>((read.wallet()?, read.audit()?)))).unwrap();
    assert_eq!((wallet.available, wallet.held), (Credits::whole(90), Credits::whole(10)));
    assert!(audit.is_ok(), "{audit:?}");
    assert_eq!(block_on(copy.read(|read| read.setting("zone"))), Ok(None), "what came later is not in it");
}

#[test]
fn a_newer_backup_replaces_an_older_one_and_a_failed_one_does_not() {
    let mut bench = Bench::new();
    let target = bench.beside("today.db");
    bench.store.backup_to(&target).unwrap();
    bench.write(|write| write.set_setting("zone", "1")).unwrap();
    bench.store.backup_to(&target).unwrap();
    let kept = |target: &Path| {
        let reading = Store::open_read_only(target).unwrap();
        block_on(reading.read(|read| read.setting("zone"))).unwrap()
    };
    assert_eq!(kept(&target), Some("1".to_owned()));

    // What killed processes left, as often as is allowed.
    for name in ["".to_owned()].into_iter().chain((1..9).map(|n| n.to_string())) {
        std::fs::write(bench.beside(&format!("today.db.partial{name}")), "half").unwrap();
    }
    bench.write(|write| write.set_setting("zone", "2")).unwrap();
    assert!(matches!(bench.store.backup_to(&target), Err(BackupError::Write { .. })));
    assert_eq!(kept(&target), Some("1".to_owned()), "the older copy is still there");
}

/// What stands at a path, and whether that is a link.
fn bytes(path: &Path) -> (Vec<u8>, bool) {
    (std::fs::read(path).unwrap_or_default(), path.is_symlink())
}

#[test]
#[cfg(unix)]
fn a_backup_never_takes_the_place_of_anything_but_an_older_backup() {
    let bench = with_a_hold();
    let other = with_a_hold();
    let live = bench.store.path().to_owned();
    let folder = live.parent().unwrap();
    std::fs::hard_link(&live, bench.beside("hard.db")).unwrap();
    std::os::unix::fs::symlink(&live, bench.beside("link.db")).unwrap();
    std::os::unix::fs::symlink(bench.beside("nowhere.db"), bench.beside("dangling.db")).unwrap();
    std::os::unix::fs::symlink(folder, bench.beside("folder")).unwrap();
    let around = folder.join("folder").join("..").join(folder.file_name().unwrap()).join("igny8.db");
    for itself in [live.clone(), bench.beside("hard.db"), bench.beside("link.db"), bench.beside("folder/igny8.db")]
        .into_iter()
        .chain([around, bench.beside("igny8.db-wal"), bench.beside("igny8.db-shm"), bench.beside("igny8.db-journal")])
    {
        let before = bytes(&itself);
        let refused = bench.store.backup_to(&itself);
        assert!(matches!(refused, Err(BackupError::Itself)), "{}: {refused:?}", itself.display());
        assert_eq!(bytes(&itself), before, "{}", itself.display());
    }
    std::fs::write(bench.beside("notes.txt"), "a person's").unwrap();
    std::fs::write(bench.beside("empty"), "").unwrap();
    rusqlite::Connection::open(bench.beside("theirs.db")).unwrap().execute_batch("create table t (x)").unwrap();
    for foreign in ["notes.txt", "empty", "theirs.db", "dangling.db", "folder"] {
        let foreign = bench.beside(foreign);
        let before = bytes(&foreign);
        let refused = bench.store.backup_to(&foreign);
        assert!(matches!(refused, Err(BackupError::Foreign)), "{}: {refused:?}", foreign.display());
        assert_eq!(bytes(&foreign), before, "{}", foreign.display());
    }
    let refused = bench.store.backup_to(other.store.path());
    assert!(matches!(refused, Err(BackupError::Foreign)), "the database of another data folder: {refused:?}");
    assert!(!bench.beside("nowhere.db").exists() && !bench.beside("igny8.db-journal").exists());

    // Through a link, the older backup behind it is replaced and the link stays.
    bench.store.backup_to(&bench.beside("good.db")).unwrap();
    std::os::unix::fs::symlink(bench.beside("good.db"), bench.beside("newest.db")).unwrap();
    bench.store.backup_to(&bench.beside("newest.db")).unwrap();
    assert!(bench.beside("newest.db").is_symlink() && !bench.beside("good.db").is_symlink());
    assert!(Store::open_read_only(&live).is_ok());
}

#[test]
fn a_closed_database_is_copied_with_its_log_and_left_to_the_byte() {
    let bench = with_a_hold();
    // As a killed process leaves it: all of the content is still in the log.
    let left = tempfile::tempdir().unwrap();
    let (path, log) = (left.path().join("igny8.db"), left.path().join("igny8.db-wal"));
    std::fs::copy(bench.store.path(), &path).unwrap();
    std::fs::copy(bench.beside("igny8.db-wal"), &log).unwrap();
    let before = (bytes(&path), bytes(&log));
    let copy = left.path().join("copy.db");
    Store::copy_closed(&path, &copy).unwrap();
    assert_eq!((bytes(&path), bytes(&log)), before);
    let mut names: Vec<_> = std::fs::read_dir(left.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["copy.db", "igny8.db", "igny8.db-wal"], "and nothing is added");
    let wallet = block_on(Store::open(&copy, None).unwrap().read(|read| read.wallet())).unwrap();
    assert_eq!((wallet.available, wallet.held), (Credits::whole(90), Credits::whole(10)));
}

#[test]
fn a_process_that_is_killed_loses_nothing_it_was_answered() {
    let bench = with_a_hold();
    // The files as they lie on the disk at this instant, with nothing closed or checkpointed.
    let after = tempfile::tempdir().unwrap();
    let (path, wal) = (after.path().join("igny8.db"), after.path().join("igny8.db-wal"));
    std::fs::copy(bench.store.path(), &path).unwrap();
    std::fs::copy(bench.beside("igny8.db-wal"), wal).unwrap();
    let store = Store::open(&path, None).unwrap();
    let (wallet, audit) = block_on(store.read(|read| Ok::<_, StoreError>((read.wallet()?, read.audit()?)))).unwrap();
    assert_eq!((wallet.available, wallet.held), (Credits::whole(90), Credits::whole(10)));
    assert!(audit.is_ok(), "{audit:?}");
}

#[test]
fn a_file_with_a_log_beside_it_is_copied_with_the_log_and_nothing_is_written_there() {
    let bench = with_a_hold();
    let (left, ours) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (path, log) = (left.path().join("x.db"), left.path().join("x.db-wal"));
    std::fs::copy(bench.store.path(), &path).unwrap();
    std::fs::copy(bench.beside("igny8.db-wal"), &log).unwrap();
    let before = (bytes(&path), bytes(&log));
    let copy = ours.path().join("copy.db");
    // What a try that was killed left there.
    std::fs::write(ours.path().join("copy.db.raw-wal"), "another log").unwrap();
    Store::copy_untouched(&path, &copy).unwrap();
    assert_eq!((bytes(&path), bytes(&log)), before);
    let names = |folder: &Path| {
        let mut names: Vec<_> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name()).collect();
        names.sort();
        names
    };
    assert_eq!(names(left.path()), ["x.db", "x.db-wal"], "nothing is added");
    assert_eq!(names(ours.path()), ["copy.db"], "nothing is left");
    let held = |copy: &Path| block_on(Store::open(copy, None).unwrap().read(|read| read.wallet())).unwrap().held;
    assert_eq!(held(&copy), Credits::whole(10));

    // A copy of ours is whole by itself; a log under its name is another database's.
    let mut later = with_a_hold();
    later.write(|write| write.set_setting("zone", "7")).unwrap();
    let whole = left.path().join("whole.db");
    bench.store.backup_to(&whole).unwrap();
    std::fs::copy(later.beside("igny8.db-wal"), left.path().join("whole.db-wal")).unwrap();
    let again = ours.path().join("again.db");
    Store::copy_untouched(&whole, &again).unwrap();
    let zone = block_on(Store::open_read_only(&again).unwrap().read(|read| read.setting("zone"))).unwrap();
    assert_ne!(zone, Some("7".to_owned()));
}

#[tokio::test]
async fn a_closed_store_leaves_one_file() {
    // Connections that are closed at the same moment leave the log to each other, now and then.
    for _ in 0..60 {
        close_and_look().await;
    }
}

async fn close_and_look() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("igny8.db");
    let store = Store::open(&path, None).unwrap();
    store.write(|write| write.set_setting("zone", "1")).await.unwrap();
    assert!(folder.path().join("igny8.db-wal").metadata().unwrap().len() > 0);
    let other = store.clone();
    let closing = tokio::spawn(store.close());
    assert_eq!(other.read(|read| read.setting("zone")).await.unwrap(), Some("1".to_owned()), "others go on");
    drop(other);
    closing.await.unwrap();
    let names: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(names, ["igny8.db"]);
}
