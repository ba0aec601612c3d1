//! The disk of the program itself is full while a vendor works for it, or while it takes a keyword file in: a tracer
//! refuses its writes to the log, as a full disk does, for as long as somebody takes to make room. The program says why it
//! stops and leaves nothing half done; the next one goes on, and nobody is charged twice.

use igny8_testkit::vendor::Vendor;
use igny8_tests::program::{Home, Ran};
use igny8_tests::vendor::{exact_vendor, home_with};
use std::io::Write as _;

/// Writes to the log before the disk is full. The last of them is more than the command takes.
const WRITES: [usize; 10] = [1, 8, 20, 32, 44, 56, 68, 92, 116, 2_000];
/// Of a keyword file: more than the log takes in a few writes, and no more than one commit takes.
const ROWS: usize = 20_000;
const CLUSTER: [&str; 3] = ["cluster", "--site", "Tea"];

/// Runs a command with a log that takes so many writes; then it refuses as many as it is said, or all.
fn with_room_for(home: &Home, command: &[&str], writes: usize, until: &str) -> (Ran, usize) {
    let (wal, trace) = (home.data().join("igny8.db-wal"), home.path("trace"));
    let refuse = format!("inject=write,pwrite64:error=ENOSPC:when={}{until}", writes + 1);
    let tracer = ["strace", "-f", "-qq", "-o", trace.to_str().unwrap(), "-P", wal.to_str().unwrap()];
    let what = ["-e", "trace=write,pwrite64", "-e", &refuse];
    let ran = home.run_under(&[&tracer[..], &what].concat(), command, "");
    let trace = std::fs::read_to_string(trace).expect("the tracer leaves a trace");
    (ran, trace.matches("INJECTED").count())
}

fn assert_says_why(ran: &Ran, place: &str) {
    assert_eq!((ran.code, ran.stdout.as_str()), (1, ""), "{place}: {ran:?}");
    // Behind what it will cost.
    let said = ran.stderr.lines().filter(|line| line.starts_with("igny8ctl: ")).count();
    assert_eq!(said, 1, "{place}: one sentence: {}", ran.stderr);
    for words in ["disk is full", "free some space"] {
        assert!(ran.stderr.contains(words), "{place}: {words}: {}", ran.stderr);
    }
}

/// With room again: nothing is astray, and the work is finished and charged once.
fn assert_goes_on(vendor: &Vendor, home: &Home, place: &str) {
    assert_eq!(home.json(&["credits", "audit"])["ok"], true, "{place}: the books balance");
    let astray = home.books().number(
        "select count(*) from transfer h where kind = 'hold'
           and not exists (select 1 from transfer r where r.hold_id = h.id)
           and not exists (select 1 from call c where c.hold_id = h.id and c.state in ('sent', 'unknown'))",
    );
    assert_eq!(astray, 0, "{place}: every open hold belongs to a call");
    home.json(&["run", "start", "--site", "Tea"]);
    let books = home.books();
    let charged = "select count(*) from usage_log where outcome = 'settled' and operation_type = 'clustering'";
    assert_eq!(books.number(charged), 1, "{place}: charged once");
    assert_eq!(books.open_holds(), 0, "{place}: no hold is open");
    assert!(books.plan()["clusters"] > 0, "{place}: for what is stored");
    let asked = vendor
        .seen()
        .iter()
        .filter(|seen| seen.body["response_format"]["json_schema"]["name"] == "auto_cluster")
        .count();
    assert!((1..=2).contains(&asked), "{place}: asked once, and once more when the answer was lost: {asked}");
    assert_eq!(home.json(&["credits", "audit"])["ok"], true, "{place}: the books balance in the end");
}

#[test]
fn a_full_disk_in_paid_work_is_named_and_leaves_nothing_half_done() {
    let stopped: usize = std::thread::scope(|scope| {
        let lives = WRITES.map(|writes| {
            scope.spawn(move || {
                let vendor = exact_vendor(None);
                let (home, place) = (home_with(&vendor), format!("full after {writes} writes"));
                // Room is made after the second refusal.
                let (ran, refused) = with_room_for(&home, &CLUSTER, writes, &format!("..{}", writes + 2));
                match refused {
                    0 => assert_eq!(ran.code, 0, "{place}: it was never full: {ran:?}"),
                    _ => assert_says_why(&ran, &place),
                }
                assert_goes_on(&vendor, &home, &place);
                usize::from(refused > 0)
            })
        });
        lives.into_iter().map(|life| life.join().expect("a life goes well")).sum()
    });
    assert_eq!(stopped, WRITES.len() - 1, "all but the last met a full disk");
    writeln!(std::io::stderr(), "full: {stopped} programs met a full disk in paid work, 0 left anything half done")
        .expect("standard error takes a line");
}

#[test]
fn a_disk_that_stays_full_is_no_reason_to_ask_a_vendor() {
    let vendor = exact_vendor(None);
    let home = home_with(&vendor);
    let before = home.dump();
    let (ran, refused) = with_room_for(&home, &CLUSTER, 0, "+");
    assert!(refused > 0, "the disk was full");
    assert_says_why(&ran, "full from the beginning");
    assert!(vendor.seen().is_empty(), "what could not be paid and stored is not asked for");
    assert_eq!(home.dump(), before, "and the database is as it was");
}

#[test]
fn a_full_disk_keeps_nothing_of_a_keyword_file() {
    let home = Home::default();
    let rows: String = (0..ROWS).map(|n| format!("tea keyword number {n} with a rather long tail,{n}\n")).collect();
    let file = home.file("large.csv", format!("keyword,volume\n{rows}"));
    home.json(&["site", "add", "--name", "Tea", "--kind", "folder", "--sector", "Leaves"]);
    let before = home.dump();
    let import = ["keywords", "import", &file, "--site", "Tea"];
    for writes in [0, 5, 200] {
        let (ran, refused) = with_room_for(&home, &import, writes, "+");
        assert!(refused > 0, "the disk was full after {writes} writes");
        assert_says_why(&ran, &format!("full after {writes} writes"));
        assert_eq!(home.dump(), before, "after {writes} writes: the database is as it was");
    }
    assert_eq!(home.json(&["credits", "audit"])["ok"], true, "the books balance");
    assert_eq!(home.run(&import).code, 0, "with room it is taken in");
    let taken = home.books().number("select count(*) from keyword");
    assert_eq!(taken, i64::try_from(ROWS).unwrap(), "as a whole");
}
