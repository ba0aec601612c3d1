//! What is printed, and where it cannot be: full devices, readers that leave, several files, a log of what failed.

use crate::bad_input::{assert_refused, furnished};
use igny8_tests::program::{Home, Ran};
use serde_json::Value;
use std::fs;

/// Runs `igny8ctl` in a shell that sends its output somewhere; `"$@"` is the program with its data folder.
fn shell(home: &Home, script: &str) -> Ran {
    home.run_under(&["bash", "-c", script, "bash"], &[], "")
}

#[test]
fn an_answer_that_cannot_be_written_is_a_failure_and_a_reader_that_leaves_is_none() {
    let home = furnished();
    let before = home.dump();
    let commands = [
        "report",
        "--json report",
        "site list",
        "models list",
        "credits balance",
        "credits ledger",
        "credits limits",
        "credits audit",
        "credits export --format csv",
        "credits export --format hledger",
        "--help",
    ];
    for command in commands {
        let full = shell(&home, &format!(r#""$@" {command} >/dev/full"#));
        assert_refused(&full, &["could not be written", "no space"], command);
        // The reader is gone before the first byte is written.
        let gone = shell(&home, &format!(r#"{{ sleep 0.2; "$@" {command}; echo "$?" >&2; }} | true"#));
        assert_eq!((gone.stdout.as_str(), gone.stderr.trim()), ("", "0"), "{command} ends quietly");
        let mute = shell(&home, &format!(r#""$@" {command} >/dev/full 2>/dev/full"#));
        assert_eq!(mute.code, 1, "{command} with nowhere to say why");
    }
    let first = shell(&home, r#"set -o pipefail; "$@" report | head -1"#);
    assert_eq!((first.code, first.stderr.as_str(), first.stdout.lines().count()), (0, "", 1), "{first:?}");
    assert_eq!(home.dump(), before);
}

#[test]
fn of_several_files_all_are_imported_or_none() {
    let home = furnished();
    let before = home.dump();
    let more = home.file("more.csv", "keyword\nwhite tea\noolong tea\n");
    let bad = home.file("bad.csv", "colour,size\nred,5\n");
    let late = home.file("late.csv", [b"keyword\n".to_vec(), b"red tea\n".repeat(20_000), b"a\0b\n".to_vec()].concat());
    for bad in [&bad, &late, &home.path("missing.csv").to_string_lossy().into_owned()] {
        let ran = home.run(&["keywords", "import", &more, bad, "--site", "Tea"]);
        assert_refused(&ran, &[bad, "nothing was imported"], bad);
        assert_eq!(home.dump(), before, "{bad}");
    }
    let other = home.file("other.csv", "keyword\npu erh tea\n");
    let imported = home.json(&["keywords", "import", &more, &other, "--site", "Tea"]);
    let added: Vec<_> = imported["imported"].as_array().unwrap().iter().map(|one| &one["summary"]["added"]).collect();
    assert_eq!(added, [2, 1], "{imported}");
}

#[test]
fn a_dry_run_works_beside_an_open_window() {
    let home = furnished();
    let file = home.file("more.csv", "keyword\nwhite tea\n");
    let lock = igny8_app::folder::DataFolder::at(&home.data()).lock().unwrap();
    let previewed = home.json(&["keywords", "import", &file, "--site", "Tea", "--dry-run"]);
    assert_eq!(previewed["files"][0]["keyword_count"], 1, "{previewed}");
    assert_refused(&home.run(&["keywords", "import", &file, "--site", "Tea"]), &["open on this folder"], "for real");
    drop(lock);
}

#[test]
fn why_a_folder_could_not_be_opened_is_in_the_log() {
    let home = furnished();
    fs::write(home.database(), "no database at all").unwrap();
    for side in ["-wal", "-shm"] {
        let _gone = fs::remove_file(home.data().join(format!("igny8.db{side}")));
    }
    assert_refused(&home.run(&["credits", "balance"]), &["damaged"], "a damaged database");
    let logs = fs::read_dir(home.data().join("logs")).unwrap().map(|file| file.unwrap().path());
    let text: String = logs.map(|file| fs::read_to_string(file).unwrap()).collect();
    assert!(text.contains("could not be opened") && text.contains("the database is damaged"), "{text}");
}

/// The page that says what `--json` prints.
const DOCUMENTED: &str = include_str!("../../docs/json.md");

/// Every name in a value, but those a vendor gave its fields.
fn names(value: &Value) -> Vec<String> {
    match value {
        Value::Object(fields) => {
            let below = |name: &str, value| if ["more", "ask"].contains(&name) { Vec::new() } else { names(value) };
            fields.iter().flat_map(|(name, value)| [vec![name.clone()], below(name, value)].concat()).collect()
        }
        Value::Array(items) => items.iter().flat_map(names).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Vec::new(),
    }
}

/// Every name that a command prints is spelled as they all are, and stands on the page.
pub fn assert_documented(printed: &Value, by: &str) {
    for name in names(printed) {
        let is_plain = name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
        assert!(is_plain, "{by}: {name}");
        assert!(DOCUMENTED.contains(&format!("`{name}`")), "{by} prints {name}, which is not documented");
    }
}

#[test]
fn every_name_that_is_printed_is_in_snake_case_and_documented() {
    let home = furnished();
    let file = home.file("more.csv", "keyword,volume\nwhite tea,5\n,7\n");
    let commands: [&[&str]; 17] = [
        &["keywords", "import", &file, "--site", "Tea", "--dry-run"],
        &["keywords", "import", &file, "--site", "Tea"],
        &["cluster", "--site", "Tea"],
        &["run", "start", "--site", "Tea"],
        &["run", "status", "--site", "Tea"],
        &["retry", "--site", "Tea", "--list"],
        &["approve", "--site", "Tea"],
        &["publish", "--site", "Tea"],
        &["site", "list"],
        &["sector", "list", "--site", "Tea"],
        &["credits", "balance"],
        &["credits", "ledger"],
        &["credits", "limits"],
        &["credits", "audit"],
        &["credits", "zone"],
        &["models", "list"],
        &["report"],
    ];
    for arguments in commands {
        let printed = home.json(arguments);
        assert_documented(&printed, &arguments.join(" "));
    }
}
