//! The order in which a picture reaches the disk, as the system was asked for it: its file is synced, then it gets its name,
//! then the folder that has the name is synced, and only then is the commit written that says it was paid for. A power cut
//! between any two leaves no paid picture without its file.

use igny8_tests::program::Home;
use igny8_tests::vendor::{exact_vendor, home_with};
use std::collections::HashMap;
use std::io::Write as _;

/// What changes a file, makes a change last, or renames.
const CALLS: &str = "trace=write,pwrite64,fsync,fdatasync,rename,renameat,renameat2";
/// As much of what is written as a frame of the log has, so that the name of a picture in it is seen.
const SHOWN: &str = "8192";

/// A call of the system: the lines of the trace at which it began and ended, and the call.
struct Call {
    from: usize,
    to: usize,
    text: String,
}

impl Call {
    fn is_sync_of(&self, path: &str) -> bool {
        ["fsync(", "fdatasync("].iter().any(|name| self.text.starts_with(name)) && self.text.contains(path)
    }
}

/// Runs a command under a tracer, which names files by their paths.
fn traced(home: &Home, command: &[&str]) -> Vec<Call> {
    let trace = home.path("trace");
    let tracer = ["strace", "-f", "-y", "-qq", "-s", SHOWN, "-e", CALLS, "-o", trace.to_str().unwrap()];
    let ran = home.run_under(&tracer, command, "");
    assert_eq!(ran.code, 0, "{ran:?}");
    calls(&String::from_utf8_lossy(&std::fs::read(trace).expect("the tracer leaves a trace")))
}

/// The calls of a trace, in the order in which they began. One that others came in between of has two lines.
fn calls(trace: &str) -> Vec<Call> {
    let mut calls: Vec<Call> = Vec::new();
    let mut open: HashMap<&str, usize> = HashMap::new();
    for (at, line) in trace.lines().enumerate() {
        let Some((thread, text)) = line.split_once(' ') else { continue };
        let text = text.trim_start();
        if text.starts_with("<... ") {
            if let Some(call) = open.remove(thread).and_then(|place| calls.get_mut(place)) {
                call.to = at;
            }
            continue;
        }
        if text.ends_with("<unfinished ...>") {
            open.insert(thread, calls.len());
        }
        calls.push(Call { from: at, to: at, text: text.to_owned() });
    }
    calls
}

fn first<'c>(calls: &'c [Call], what: &str, is_it: impl Fn(&Call) -> bool) -> &'c Call {
    calls.iter().find(|call| is_it(call)).unwrap_or_else(|| panic!("no call is {what}"))
}

#[test]
fn a_picture_is_on_the_disk_under_its_name_before_the_books_say_that_it_is_paid() {
    let vendor = exact_vendor(None);
    let home = home_with(&vendor);
    for command in ["cluster", "ideas"] {
        home.json(&[command, "--site", "Tea"]);
    }
    home.json(&["write", "--site", "Tea", "--limit", "1"]);
    let calls = traced(&home, &["images", "--site", "Tea"]);

    let media = home.data().join("media");
    let folder = format!("<{}>", media.display());
    let names = std::fs::read_dir(&media).expect("the folder is there").flatten();
    let names: Vec<String> = names.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    assert!(!names.is_empty(), "pictures were made");
    for name in &names {
        let file = format!("{}/{name}", media.display());
        let renamed = first(&calls, &format!("the naming of {name}"), |call| {
            call.text.starts_with("rename") && call.text.contains(&format!("\"{file}\""))
        });
        let synced = first(&calls, &format!("a sync of {name}"), |call| call.is_sync_of(&format!("<{file}.")));
        assert!(synced.to < renamed.from, "{name}: its bytes are on the disk before it has its name");
        let written = first(&calls, &format!("the commit with {name}"), |call| {
            call.text.contains("igny8.db-wal>") && call.text.contains(name.as_str())
        });
        let settled = first(&calls, &format!("the sync of the commit with {name}"), |call| {
            call.from > written.from && call.is_sync_of("igny8.db-wal>")
        });
        let named = first(&calls, &format!("a sync of the folder behind the naming of {name}"), |call| {
            call.from > renamed.to && call.is_sync_of(&folder)
        });
        assert!(named.to < settled.from, "{name}: its name is on the disk before the books have it");
    }
    assert_eq!(home.json(&["credits", "audit"])["ok"], true);
    writeln!(
        std::io::stderr(),
        "pictures: {} files were synced, named and synced by name before they were paid",
        names.len()
    )
    .expect("standard error takes a line");
}
