//! The store under test: what is announced and when, which files are refused, copies, and a disk that is full.

mod disk;
mod files;
mod groups;
mod reports;

use crate::fixture::Bench;
use crate::{Changes, Store, StoreError};
use igny8_core::topic::Topic;
use tokio::sync::broadcast::error::TryRecvError;

fn block_on<F: Future>(work: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(work)
}

#[test]
fn a_commit_waits_for_the_drive_itself() {
    let mut bench = Bench::new();
    for pragma in ["pragma synchronous", "pragma fullfsync", "pragma checkpoint_fullfsync"] {
        let is = bench.write(move |write| Ok::<i64, StoreError>(write.conn.query_row(pragma, [], |row| row.get(0))?));
        let expected = if pragma == "pragma synchronous" { 2 } else { 1 };
        assert_eq!(is, Ok(expected), "{pragma}");
    }
}

#[test]
fn a_change_is_announced_after_its_commit_and_not_before() {
    let mut bench = Bench::new();
    let mut changes = bench.store.changes();
    let mut early = bench.store.changes();
    bench
        .write(move |write| {
            write.set_setting("zone", "\"UTC\"")?;
            write.set_setting("month", "\"2026-11\"")?;
            assert_eq!(early.try_recv(), Err(TryRecvError::Empty), "nothing is announced inside the transaction");
            Ok::<_, StoreError>(())
        })
        .unwrap();
    assert_eq!(changes.try_recv(), Ok(Changes { seq: 1, topics: vec![Topic::Settings] }), "each topic once");
    assert_eq!(bench.read(|read| read.setting("zone")), Some("\"UTC\"".to_owned()), "it can be read by then");
    assert_eq!(changes.try_recv(), Err(TryRecvError::Empty), "once for a commit");
}

#[test]
fn what_is_rolled_back_is_neither_kept_nor_announced() {
    let mut bench = Bench::new();
    let mut changes = bench.store.changes();
    let given_up = bench.write(|write| {
        write.set_setting("zone", "\"UTC\"")?;
        Err::<(), _>(StoreError::NotFound)
    });
    assert_eq!(given_up, Err(StoreError::NotFound), "the caller gets its own reason");
    let refused = bench.write(|write| {
        write.set_setting("zone", "\"UTC\"")?;
        write.set_setting("month", "no JSON")
    });
    assert!(matches!(refused, Err(StoreError::Conflict(_))), "{refused:?}");
    assert_eq!(bench.read(|read| read.setting("zone")), None);
    assert_eq!(changes.try_recv(), Err(TryRecvError::Empty));
    bench.write(|write| write.set_setting("zone", "\"UTC\"")).unwrap();
    assert_eq!(changes.try_recv().map(|change| change.seq), Ok(1), "only commits count");
}

#[test]
fn a_commit_that_touches_nothing_shown_is_not_announced() {
    let mut bench = Bench::new();
    let mut changes = bench.store.changes();
    bench.write(|_| Ok::<_, StoreError>(())).unwrap();
    assert_eq!(changes.try_recv(), Err(TryRecvError::Empty));
}

#[test]
fn a_reader_cannot_write() {
    let mut bench = Bench::new();
    for sql in [
        "insert into setting (key, value) values ('zone', '1')",
        "update account set credits_posted = 1",
        "delete from site",
        "create table t (a)",
        "drop table setting",
    ] {
        let done = bench.try_read(|read| read.conn.execute_batch(sql).map_err(StoreError::from));
        assert!(done.is_err(), "{sql}");
    }
    assert_eq!(bench.read(|read| read.setting("zone")), None);
}

#[test]
fn the_queries_of_one_read_see_the_same_state() {
    let mut bench = Bench::new();
    let outsider = bench.outsider();
    let (before, after) = bench.read(move |read| {
        let before = read.setting("zone")?;
        outsider.execute_batch("insert into setting (key, value) values ('zone', '1')")?;
        Ok((before, read.setting("zone")?))
    });
    assert_eq!((before, after), (None, None));
    assert_eq!(bench.read(|read| read.setting("zone")), Some("1".to_owned()), "the next read sees it");
}

#[test]
fn callers_on_many_threads_are_all_served() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&folder.path().join("igny8.db"), None).unwrap();
    let mut changes = store.changes();
    let writers: Vec<_> = (0..4)
        .map(|writer| {
            let store = store.clone();
            std::thread::spawn(move || {
                for n in 0..20 {
                    let key = format!("{writer}.{n}");
                    block_on(store.write(move |write| write.set_setting(&key, "1"))).unwrap();
                    let key = format!("{writer}.{n}");
                    let found = block_on(store.read(move |read| read.setting(&key)));
                    assert_eq!(found, Ok(Some("1".to_owned())), "what was answered can be read at once");
                }
            })
        })
        .collect();
    for writer in writers {
        writer.join().unwrap();
    }
    let announced: Vec<u64> = std::iter::from_fn(|| changes.try_recv().ok()).map(|change| change.seq).collect();
    let commits = u64::try_from(announced.len()).unwrap();
    assert_eq!(announced, (1..=commits).collect::<Vec<_>>(), "each commit is announced once, in order");
    assert!((20..=80).contains(&commits), "no writer has two changes in one commit, four may share one: {commits}");
}

#[test]
fn a_store_without_loops_answers_that_it_is_closed() {
    let folder = tempfile::tempdir().unwrap();
    let (store, writer, readers) = Store::open_stepped(&folder.path().join("igny8.db"), None, 1).unwrap();
    drop((writer, readers));
    assert_eq!(block_on(store.write(|_| Ok::<_, StoreError>(()))), Err(StoreError::Closed));
    assert_eq!(block_on(store.read(|_| Ok::<_, StoreError>(()))), Err(StoreError::Closed));
}
