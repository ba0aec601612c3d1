//! Copies of the database: made without destroying anything, and put back in place of one that is damaged.

use crate::bad_input::{assert_refused, furnished};
use igny8_app::commands::spending;
use igny8_app::dto::audit::BooksOfCopy;
use igny8_app::{Fault, Igny8, OpenOptions};
use igny8_core::money::Credits;
use igny8_engine::settings;
use igny8_store::Store;
use igny8_tests::program::{Home, Ran};
use std::fs;
use std::os::unix::fs::{MetadataExt, symlink};
use std::path::{Path, PathBuf};

/// How many openings a damaged database is tried with: bytes all over the file, few enough to take seconds.
const OPENINGS: usize = 120;

#[test]
fn a_copy_brings_everything_back() {
    let home = furnished();
    let copy = home.path("copy.db").to_string_lossy().into_owned();
    let before = home.dump();
    home.json(&["backup", &copy]);
    home.json(&["credits", "grant", "77"]);
    home.json(&["site", "add", "--name", "Later", "--kind", "folder"]);
    let later = home.dump();
    assert_ne!(later, before);

    let restored = home.json(&["restore", &copy]);
    assert_eq!(home.dump(), before, "the database is the one that was copied");
    let kept = restored["kept"].as_str().expect("the database before is kept");
    assert!(Path::new(kept).starts_with(home.data().join("backups")), "{kept}");
    home.json(&["restore", kept]);
    assert_eq!(home.dump(), later, "and can be brought back in turn");
    assert_eq!(home.json(&["credits", "audit"])["ok"], true);
}

#[test]
fn whether_the_books_of_a_copy_balance_is_said_before_anything_is_replaced() {
    let home = furnished();
    let [sound, off] = ["sound.db", "off.db"].map(|name| home.path(name).to_string_lossy().into_owned());
    home.json(&["backup", &sound]);
    fs::copy(&sound, &off).unwrap();
    let tampered = rusqlite::Connection::open(&off).unwrap();
    tampered
        .execute_batch("update account set credits_posted = credits_posted + 1000000 where code = 'wallet'")
        .unwrap();
    drop(tampered);
    home.json(&["credits", "grant", "77"]);
    let before = home.dump();

    let looked = home.run(&["restore", &sound, "--check"]);
    assert_eq!((looked.code, looked.stdout.trim()), (0, "The books in this copy balance."), "{looked:?}");
    let refused = home.run(&["restore", &off, "--check"]);
    assert_eq!(refused.code, 1, "{refused:?}");
    assert!(refused.stdout.starts_with("The books in this copy do not balance."), "{refused:?}");
    assert!(refused.stdout.contains("account wallet, credits_posted: "), "and what differs: {refused:?}");
    assert_eq!(home.dump(), before, "nothing was replaced");
    assert!(!home.data().join("restoring.db").exists(), "and nothing is left of the look");

    let blocked = home.data().join("backups");
    fs::remove_dir_all(&blocked).ok();
    fs::write(&blocked, "a file where the copies should be").unwrap();
    let failed = home.run(&["restore", &off]);
    assert_eq!(failed.code, 1, "the database before cannot be kept: {failed:?}");
    assert!(failed.stderr.contains("The books in this copy do not balance."), "said all the same: {failed:?}");
    assert_eq!(home.dump(), before, "before anything was replaced");
    fs::remove_file(&blocked).unwrap();

    let restored = home.run(&["--json", "restore", &off]);
    assert_eq!(restored.code, 0, "what is asked for is done, and can be undone: {restored:?}");
    assert!(restored.stderr.contains("do not balance"), "{restored:?}");
    let restored: serde_json::Value = serde_json::from_str(&restored.stdout).unwrap();
    assert_eq!(restored["books_balance"], false);
    let kept = home.json(&["restore", restored["kept"].as_str().unwrap()]);
    assert_eq!((&kept["books_balance"], home.dump()), (&serde_json::json!(true), before));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_window_says_of_each_copy_whether_its_books_balance() {
    let home = furnished();
    let backups = home.data().join("backups");
    fs::create_dir_all(&backups).unwrap();
    let kept = |name: &str| backups.join(name);
    home.json(&["backup", &kept("sound.db").to_string_lossy()]);
    fs::copy(kept("sound.db"), kept("off.db")).unwrap();
    let tampered = rusqlite::Connection::open(kept("off.db")).unwrap();
    tampered
        .execute_batch("delete from setting_seal; update setting set value = '\"UTC\"' where key = 'zone'")
        .unwrap();
    drop(tampered);
    fs::write(kept("broken.db"), "no database").unwrap();
    fs::write(kept("letter.txt"), "Dear reader,").unwrap();
    for (at, name) in (1..).zip(["broken.db", "sound.db", "off.db"]) {
        let made = std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_796_000_000 + at);
        fs::File::options().write(true).open(kept(name)).unwrap().set_modified(made).unwrap();
    }
    let whole = fs::read(kept("sound.db")).unwrap();

    let app = Igny8::open(OpenOptions { data_dir: Some(home.data()) }).await.unwrap();
    let copies = spending::books_of_copies(&app).await.unwrap();
    let said: Vec<_> = copies.iter().map(|copy| (copy.file.as_str(), copy.books)).collect();
    let due = [("off.db", BooksOfCopy::Off), ("sound.db", BooksOfCopy::Balance), ("broken.db", BooksOfCopy::Unusable)];
    let due = due.map(|(name, books)| (kept(name).display().to_string(), books));
    assert_eq!(said, due.each_ref().map(|(file, books)| (file.as_str(), *books)), "the newest first");
    assert_eq!(copies[1].made_at, "2026-11-30T00:53:22Z");
    assert_eq!(fs::read(kept("sound.db")).unwrap(), whole, "the copies stay as they are");
    let left = fs::read_dir(home.data())
        .unwrap()
        .filter(|entry| entry.as_ref().unwrap().file_name().to_string_lossy().starts_with("restoring"));
    assert_eq!(left.count(), 0, "and nothing is left of the look");
}

#[test]
fn a_restore_keeps_the_pictures_of_the_database_before() {
    let home = furnished();
    let copy = home.path("copy.db").to_string_lossy().into_owned();
    home.json(&["backup", &copy]);
    // What the copy does not name: a picture made after it, and what was left of one that was being written.
    let picture = home.data().join("media").join("5a".repeat(32));
    let half = home.data().join("media").join(format!("{}.partial", "6b".repeat(32)));
    home.json(&["restore", &copy]);
    for file in [&picture, &half] {
        fs::write(file, "pixels").unwrap();
    }
    home.json(&["site", "list"]);
    assert!(picture.exists(), "the database before may name it");
    assert!(!half.exists(), "nobody names what was never whole");
    fs::remove_dir_all(home.data().join("backups")).unwrap();
    home.json(&["site", "list"]);
    assert!(!picture.exists(), "once no copy is kept, what no row names is swept");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_in_a_log_beside_a_copy_comes_along() {
    let home = furnished();
    let names = || {
        let found = fs::read_dir(home.data()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        found.filter(|name| name.starts_with("igny8.db")).collect::<Vec<_>>()
    };
    assert_eq!(names(), ["igny8.db"], "an ordinary end brings the log into the database");
    // As a killed process leaves it.
    let store = Store::open(&home.database(), None).unwrap();
    store.write(|w| settings::save_budget(w, Credits::whole(7))).await.unwrap();
    let later = home.dump();
    let (file, log) = (home.path("x.db"), home.path("x.db-wal"));
    fs::copy(home.database(), &file).unwrap();
    fs::copy(home.data().join("igny8.db-wal"), &log).unwrap();
    store.close().await;
    let left = (fs::read(&file).unwrap(), fs::read(&log).unwrap());
    home.json(&["credits", "grant", "5"]);
    assert_ne!(home.dump(), later);
    home.json(&["restore", &file.to_string_lossy()]);
    assert_eq!(home.dump(), later, "with what was in the log");
    assert_eq!((fs::read(&file).unwrap(), fs::read(&log).unwrap()), left, "and both are left as they were");
}

fn backup_in(home: &Home, folder: &Path, target: &str) -> Ran {
    home.run_under(&["env", "-C", &folder.to_string_lossy()], &["backup", target], "")
}

#[test]
fn a_copy_never_takes_the_place_of_the_database_or_of_another_file() {
    let home = furnished();
    let before = home.dump();
    symlink(home.database(), home.path("link.db")).unwrap();
    fs::hard_link(home.database(), home.path("hard.db")).unwrap();
    let database = home.database().to_string_lossy().into_owned();
    let by_name: [(PathBuf, &str); 7] = [
        (home.path(""), "data/lock"),
        (home.data(), "media/new.db"),
        (home.path(""), &database),
        (home.path(""), "link.db"),
        (home.path(""), "hard.db"),
        (home.data(), "igny8.db"),
        (home.path(""), "data/../data/./igny8.db"),
    ];
    for (folder, name) in by_name {
        assert_refused(&backup_in(&home, &folder, name), &["the database itself", "another file"], name);
    }
    for (name, content) in [("letter.txt", "Dear reader,"), ("empty.db", "")] {
        fs::write(home.path(name), content).unwrap();
        assert_refused(&backup_in(&home, &home.path(""), name), &["no copy made by igny8", "another file"], name);
        assert_eq!(fs::read_to_string(home.path(name)).unwrap(), content, "{name} is as it was");
    }
    let export = ["credits", "export", "--format", "csv", "--out", &database];
    assert_refused(&home.run(&export), &["the database itself"], "an export onto it");
    assert_eq!(home.dump(), before, "the database is as it was");

    let copied = backup_in(&home, &home.path(""), "copy.db");
    assert_eq!(copied.code, 0, "a bare name stands in the folder the program runs in: {copied:?}");
    home.json(&["credits", "grant", "77"]);
    // A copy is told of once it is made, which is not in it.
    let later = home.dump();
    assert_eq!(backup_in(&home, &home.path(""), "copy.db").code, 0, "an older copy is replaced");
    home.json(&["credits", "grant", "1"]);
    home.json(&["restore", &home.path("copy.db").to_string_lossy()]);
    assert_eq!(home.dump(), later, "by the newer one");
}

#[test]
fn an_export_takes_the_place_of_nothing_in_the_data_folder_and_of_nobodys_file_beside_it() {
    let home = furnished();
    let export = |out: &Path| home.run(&["credits", "export", "--format", "csv", "--out", &out.to_string_lossy()]);
    symlink(home.data(), home.path("link")).unwrap();
    let picture = home.file("data/media/picture", "a picture");
    let targets =
        [home.data().join("lock"), PathBuf::from(&picture), home.path("link/lock"), home.data().join("new.csv")];
    let lock = fs::metadata(&targets[0]).unwrap().ino();
    for target in &targets {
        assert_refused(&export(target), &["the database itself", "another file"], &target.to_string_lossy());
    }
    assert_eq!(fs::metadata(&targets[0]).unwrap().ino(), lock, "the lock is the file that other processes look at");
    assert!(!targets[3].exists(), "and nothing new stands there");

    let beside = home.file("books.csv.part", "somebody's own");
    let before = fs::read_dir(home.path("")).unwrap().count();
    assert_eq!(export(&home.path("books.csv")).code, 0);
    assert_eq!(fs::read_to_string(beside).unwrap(), "somebody's own");
    assert_eq!(fs::read_dir(home.path("")).unwrap().count(), before + 1, "the export, and nothing else");
}

#[test]
fn an_export_replaces_an_earlier_one_of_its_kind_and_nobodys_file() {
    let home = furnished();
    let table = ["credits", "export", "--format", "csv"];
    let kinds: [&[&str]; 3] = [
        &[&table[..], &["--what", "usage"]].concat(),
        &[&table[..], &["--what", "statement"]].concat(),
        &["credits", "export", "--format", "hledger"],
    ];
    let out = |kind: &[&str], file: &Path| home.run(&[kind, &["--out", &file.to_string_lossy()]].concat());
    let (letter, link) = (PathBuf::from(home.file("letter.csv", "id,at,Dear reader")), home.path("link.csv"));
    symlink(&letter, &link).unwrap();
    for (at, kind) in kinds.into_iter().enumerate() {
        let file = home.path(&format!("books{at}"));
        assert_eq!(out(kind, &file).code, 0, "{kind:?}");
        home.json(&["credits", "grant", "1"]);
        let first = fs::read(&file).unwrap();
        assert_eq!(out(kind, &file).code, 0, "{kind:?}: an earlier one is replaced");
        if at > 0 {
            assert_ne!(fs::read(&file).unwrap(), first, "{kind:?}: by the later one");
        }
        let others = [letter.clone(), link.clone(), home.path(&format!("books{}", at.saturating_sub(1)))];
        for other in others.iter().filter(|other| **other != file) {
            let before = fs::read(other).unwrap();
            assert_refused(
                &out(kind, other),
                &["--out", "no earlier export", "another file"],
                &other.to_string_lossy(),
            );
            assert_eq!(fs::read(other).unwrap(), before, "{} is as it was", other.display());
        }
    }
    let pipe = home.path("pipe");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    assert_refused(&out(kinds[0], &pipe), &["--out", "another file"], "a pipe");
}

#[test]
fn what_killed_processes_left_half_written_goes() {
    let home = furnished();
    let old = |path: &Path| {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "half").unwrap();
        let long_ago = std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_700_000_000);
        fs::File::options().write(true).open(path).unwrap().set_modified(long_ago).unwrap();
    };
    let part = "igny8-019ac0de-0000-7000-8000-000000000000.part";
    let in_data = ["backups/before-schema-9.db.partial", "restoring.db", "restoring.db.raw-wal"];
    let in_data = in_data.map(|name| home.data().join(name));
    let beside = [part, "copy.db.partial", "copy.db.partial2-journal"].map(|name| home.path(name));
    let of_others = ["igny8-letter.part", "song.mp3.partial", "other.db.partial"].map(|name| home.path(name));
    in_data.iter().chain(&beside).chain(&of_others).for_each(|path| old(path));
    fs::write(home.path("copy.db.partial1"), "half").unwrap();

    home.json(&["site", "list"]);
    assert_eq!(in_data.iter().filter(|path| path.exists()).count(), 0, "at the next start");
    assert_eq!(beside.iter().filter(|path| path.exists()).count(), 3, "not by whoever writes nothing there");
    let books = home.path("books.csv").to_string_lossy().into_owned();
    home.json(&["credits", "export", "--format", "csv", "--out", &books]);
    assert_eq!(beside.each_ref().map(|path| path.exists()), [false, true, true], "at the next export to the folder");
    home.json(&["backup", &home.path("copy.db").to_string_lossy()]);
    assert_eq!(beside.iter().filter(|path| path.exists()).count(), 0, "at the next copy of the name");
    assert!(home.path("copy.db.partial1").exists(), "what was just written to may be somebody's at work");
    assert!(of_others.iter().all(|path| path.exists()), "nothing of others is touched");
}

#[test]
fn a_damaged_database_is_kept_to_the_byte_and_a_copy_takes_its_place() {
    let home = furnished();
    let copy = home.path("copy.db").to_string_lossy().into_owned();
    let whole = home.dump();
    home.json(&["backup", &copy]);
    let mut damaged = fs::read(home.database()).unwrap();
    for byte in damaged.iter_mut().skip(100).take(3_000) {
        *byte ^= 0xFF;
    }
    let log = b"what was left of a log".to_vec();
    let index = b"and of its index".to_vec();
    let put = |suffix: &str, bytes: &[u8]| fs::write(home.data().join(format!("igny8.db{suffix}")), bytes).unwrap();
    for (suffix, bytes) in [("", &damaged), ("-wal", &log), ("-shm", &index)] {
        put(suffix, bytes);
    }
    let restored = home.json(&["restore", &copy]);
    assert_eq!(home.dump(), whole, "the copy is in its place");
    let kept = restored["kept"].as_str().expect("the damaged database is kept");
    assert!(Path::new(kept).starts_with(home.data().join("backups")), "{kept}");
    for (suffix, bytes) in [("", &damaged), ("-wal", &log), ("-shm", &index)] {
        assert_eq!(&fs::read(format!("{kept}{suffix}")).unwrap(), bytes, "{suffix} is kept to the byte");
    }

    put("", b"no database at all");
    assert_refused(&home.run(&["credits", "balance"]), &["damaged", "restore"], "opening it");
    let again = home.json(&["restore", &copy]);
    assert_ne!(again["kept"], restored["kept"], "what was kept before is not written over");
    assert_eq!(fs::read(again["kept"].as_str().unwrap()).unwrap(), b"no database at all");
    assert_eq!(home.dump(), whole);

    fs::write(home.path("broken.db"), &damaged).unwrap();
    let broken = home.path("broken.db").to_string_lossy().into_owned();
    assert_refused(&home.run(&["restore", &broken]), &["damaged", "another copy"], "a copy that is damaged itself");
    assert_eq!(home.dump(), whole, "changes nothing");
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_byte_is_damaged_opening_works_or_says_so() {
    let home = furnished();
    let copy = home.path("copy.db");
    home.json(&["backup", &copy.to_string_lossy()]);
    let whole = fs::read(copy).unwrap();
    let mut outcomes = [0, 0];
    for at in (0..whole.len()).step_by(whole.len() / OPENINGS) {
        let mut damaged = whole.clone();
        damaged[at] ^= 0xFF;
        // A folder each: what was opened before closes its file in its own time.
        let folder = home.path(&format!("damaged at {at}"));
        fs::create_dir(&folder).unwrap();
        fs::write(folder.join("igny8.db"), damaged).unwrap();
        match Igny8::open(OpenOptions { data_dir: Some(folder) }).await {
            Ok(_) => outcomes[0] += 1,
            Err(Fault::Corrupt | Fault::TooNew) => outcomes[1] += 1,
            Err(fault) => panic!("byte {at}: {fault}"),
        }
    }
    assert!(outcomes.iter().all(|times| *times > 0), "both happen: {outcomes:?}");
}
