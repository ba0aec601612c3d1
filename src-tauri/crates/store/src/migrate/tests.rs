//! Upgrading a file of an older version.

use super::embedded;
use crate::{Store, StoreError};
use rusqlite::Connection;
use std::path::Path;

/// A file as the version before made it: everything but the newest migration.
fn older(path: &Path) -> i32 {
    let mut conn = crate::connection::open_writer(path).unwrap();
    let runner = embedded::migrations::runner();
    let before = runner.get_migrations().iter().map(refinery::Migration::version);
    let older = before.filter(|version| *version < super::known()).max().unwrap();
    runner.set_target(refinery::Target::Version(older)).run(&mut conn).unwrap();
    conn.execute_batch("insert into site (name, kind, created_at, updated_at) values ('Garden', 'folder', 1, 1)")
        .unwrap();
    older
}

fn version(path: &Path) -> i32 {
    super::applied(&Connection::open(path).unwrap()).unwrap()
}

fn sites(path: &Path) -> i64 {
    Connection::open(path).unwrap().query_row("select count(*) from site", [], |row| row.get(0)).unwrap()
}

#[test]
fn an_older_file_is_copied_aside_and_brought_up() {
    let folder = tempfile::tempdir().unwrap();
    let (path, copies) = (folder.path().join("igny8.db"), folder.path().join("backups"));
    let older = older(&path);
    drop(Store::open_stepped(&path, Some(&copies), 0).unwrap());
    assert_eq!((version(&path), sites(&path)), (super::known(), 1));
    let copy = copies.join(format!("before-schema-{}.db", super::known()));
    assert_eq!((version(&copy), sites(&copy)), (older, 1), "the copy is the file as it was");

    std::fs::remove_file(&copy).unwrap();
    drop(Store::open_stepped(&path, Some(&copies), 0).unwrap());
    assert!(!copy.exists(), "a file that is up to date is not copied");
}

#[test]
fn a_new_file_is_not_copied() {
    let folder = tempfile::tempdir().unwrap();
    let (path, copies) = (folder.path().join("igny8.db"), folder.path().join("backups"));
    drop(Store::open_stepped(&path, Some(&copies), 0).unwrap());
    assert!(!copies.exists());
}

#[test]
fn without_a_copy_nothing_is_upgraded() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("igny8.db");
    let older = older(&path);
    let blocked = folder.path().join("backups");
    std::fs::write(&blocked, "a file where the folder should be").unwrap();
    assert!(matches!(Store::open_stepped(&path, Some(&blocked), 0), Err(StoreError::Io(_))));
    assert_eq!((version(&path), sites(&path)), (older, 1));
}

#[test]
fn a_disk_that_is_full_at_the_upgrade_is_named_and_leaves_the_older_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("igny8.db");
    let mut conn = crate::connection::open_writer(&path).unwrap();
    conn.pragma_update(None, "max_page_count", 8).unwrap();
    assert_eq!(super::migrate(&mut conn, &path, None), Err(StoreError::DiskFull));
    drop(conn);
    assert_eq!(version(&path), 0);
    assert!(Store::open_stepped(&path, None, 0).is_ok(), "with room it is made");
}
