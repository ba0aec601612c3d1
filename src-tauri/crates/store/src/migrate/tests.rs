//! Upgrading a file of an older version.

use super::embedded;
use crate::{Store, StoreError};
use rusqlite::Connection;
use std::path::Path;

/// A file as the version before made it: everything but the newest migration.
fn older(path: &Path) -> i32 {
    let mut conn = crate::connection::open_writer(path).unwrap();
    super::lend_digest(&conn).unwrap();
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

#[test]
fn what_was_set_before_it_was_sealed_is_taken_at_its_word_once_and_sealed_from_then_on() {
    const BEFORE_SEALS: i32 = 28;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("igny8.db");
    let mut conn = crate::connection::open_writer(&path).unwrap();
    let runner = embedded::migrations::runner();
    runner.set_target(refinery::Target::Version(BEFORE_SEALS)).run(&mut conn).unwrap();
    conn.execute_batch(
        "insert into setting (key, value) values ('zone', '\"UTC\"'), ('month', '\"2026-11\"');
         insert into setting_seal (key, seal) select key, x'' from setting;
         insert into spending_limit (scope, site_id, amount) values ('day', 0, 5000000);
         update spending_switch set stopped_at = 9;
         insert into model (provider, model_name, display_name, model_type, is_active, cost_per_1k_input,
             cost_per_1k_output, tokens_per_credit, priced_at, created_at)
           values ('openai', 'writer', 'Writer', 'text', 1, '0.00015', '0.0006', 1000, 1, 1)",
    )
    .unwrap();
    drop(conn);
    assert_eq!(Store::audit_closed(&path).unwrap().findings, Vec::new());
    assert_eq!(version(&path), super::known(), "brought up to be looked at");
    for (damage, table) in [
        ("update setting set value = '\"Asia/Tokyo\"' where key = 'zone'", "setting"),
        ("update spending_limit set amount = 6000000", "spending_limit"),
        ("update spending_switch set stopped_at = 0", "spending_switch"),
        ("update model set cost_per_1k_input = '0'", "model"),
        ("update commit_mark set newest_line = 1", "commit_mark"),
    ] {
        let damaged = folder.path().join("damaged.db");
        std::fs::copy(&path, &damaged).unwrap();
        Connection::open(&damaged).unwrap().execute_batch(damage).unwrap();
        let found = Store::audit_closed(&damaged).unwrap().findings;
        assert_eq!(found.iter().map(|finding| finding.table).collect::<Vec<_>>(), [table], "{damage}: {found:?}");
    }
}
