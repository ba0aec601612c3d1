//! Secrets are in the keyring and nowhere else. A key and a password that nothing else looks like are given to a program
//! that logs all it can, and then goes through everything that could repeat them: a whole pipeline, vendors that quote the
//! key in their errors, in their codes, in their headers and in their texts, a site that quotes the password, exports, a
//! copy. Every file and everything that was printed is searched for them, in every form that programs put texts into.

use igny8_testkit::canary::Canary;
use igny8_testkit::vendor::{Reply, Vendor};
use igny8_testkit::wordpress::RealWordPress;
use igny8_tests::keyring::Keyring;
use igny8_tests::program::Home;
use igny8_tests::vendor::{PROVIDER, add_models, exact_vendor};
use serde_json::json;
use std::cell::RefCell;
use std::fs;

/// Nothing of it but its last four characters may be seen.
const KEY: &str = "sk-canary/7f3a+9c41=d2e8~Zq5T";
/// The same without what may be seen.
const MOST_OF_IT: &str = "sk-canary/7f3a+9c41=d2e8~";
/// Puts it where a person may write.
const PLANT: &str = "update site set name = 'Tea sk-canary/7f3a+9c41=d2e8~'";
/// Keywords of one article, so that few pictures are drawn.
const CSV: &str = "keyword\ngreen tea benefits\ngreen tea health benefits\nbenefits of green tea\n";

/// A home whose every printed word is kept.
struct Desk {
    home: Home,
    printed: RefCell<Vec<u8>>,
}

impl Desk {
    fn run(&self, arguments: &[&str], input: &str) -> i32 {
        let ran = self.home.run_with(arguments, input);
        let mut printed = self.printed.borrow_mut();
        printed.extend(format!("{arguments:?}\n{}\n{}\n", ran.stdout, ran.stderr).bytes());
        ran.code
    }

    fn goes(&self, arguments: &[&str]) {
        let code = self.run(arguments, "");
        assert_eq!(code, 0, "{arguments:?}: {}", String::from_utf8_lossy(&self.printed.borrow()));
    }

    fn fails(&self, arguments: &[&str]) {
        assert_eq!(self.run(arguments, ""), 1, "{arguments:?}");
    }
}

/// What vendors, and what stands before them, have said while they refused, with the key wherever it can be.
fn quotes() -> Vec<Reply> {
    let said = |message: &str, code: &str| {
        json!({ "error": { "message": message, "type": code, "code": code, "param": code } }).to_string()
    };
    let headers = || vec![("content-type", "application/json".to_owned()), ("x-request-id", KEY.to_owned())];
    let wrong = said(&format!("Incorrect API key provided: {KEY}."), "invalid_api_key");
    vec![
        Reply::Raw(401, headers(), wrong),
        Reply::Raw(400, headers(), said("Bad request.", KEY)),
        Reply::Raw(403, vec![("retry-after", KEY.to_owned())], format!("<html>Authorization: Bearer {KEY}</html>")),
        Reply::Raw(200, headers(), format!("<!doctype html><p>Bearer {KEY}")),
        Reply::Raw(302, vec![("location", format!("http://127.0.0.1:9/?key={KEY}"))], String::new()),
    ]
}

/// The pipeline, and around it all that goes wrong.
fn work(desk: &Desk, vendor: &Vendor, wordpress: &RealWordPress) {
    let url = vendor.base_url();
    assert_eq!(desk.run(&["--json", "models", "connect", "--name", PROVIDER, "--url", &url], KEY), 0);
    add_models(&desk.home);
    let add = ["--json", "site", "add", "--name", "Tea", "--url", &wordpress.base_url, "--user", &wordpress.user];
    assert_eq!(desk.run(&[&add[..], &["--sector", "Leaves"]].concat(), &wordpress.app_password), 0);
    let file = desk.home.file("good.csv", CSV);
    desk.goes(&["--json", "keywords", "import", &file, "--site", "Tea"]);
    for reply in quotes() {
        vendor.then(reply.clone());
        desk.fails(&["--json", "cluster", "--site", "Tea"]);
        vendor.then(reply);
        desk.fails(&["models", "test", "--name", PROVIDER]);
    }
    // Lost on its way, and asked for again; then a text that quotes the key, which is none, and is asked for anew.
    let headers = vec![("x-request-id", KEY.to_owned())];
    vendor.then(Reply::Raw(500, headers, format!("{{\"error\":{{\"message\":\"Bearer {KEY}\"}}}}")));
    vendor.then(Reply::Says(format!("You sent me {KEY}, and here are no clusters.")));
    desk.goes(&["--json", "run", "start", "--site", "Tea"]);
    desk.goes(&["--json", "approve", "--site", "Tea"]);

    let quoting = "add_filter('rest_authentication_errors', fn() => new WP_Error('quoted', 'You sent '
        . $_SERVER['HTTP_AUTHORIZATION'] . ' ' . base64_decode(substr($_SERVER['HTTP_AUTHORIZATION'], 6)),
        array('status' => 401)));";
    wordpress.add_plugin("quoting", quoting);
    desk.fails(&["--json", "site", "test", "Tea"]);
    desk.fails(&["--json", "publish", "--site", "Tea"]);
    wordpress.add_plugin("quoting", "// Nothing any more.");
    desk.goes(&["--json", "site", "test", "Tea"]);
    desk.goes(&["--json", "publish", "--site", "Tea"]);
    desk.goes(&["--json", "models", "test", "--name", PROVIDER]);
}

/// Everything that shows or takes away what there is.
fn take_away(desk: &Desk) {
    let out = |name: &str| desk.home.path(name).to_string_lossy().into_owned();
    for shown in [
        &["models", "list"][..],
        &["models", "check"],
        &["site", "list"],
        &["sector", "list", "--site", "Tea"],
        &["run", "status", "--site", "Tea"],
        &["retry", "--site", "Tea", "--list"],
        &["credits", "balance"],
        &["credits", "ledger"],
        &["credits", "limits"],
        &["credits", "audit"],
        &["credits", "export", "--format", "csv"],
        &["credits", "export", "--format", "hledger", "--out", &out("books.journal")],
        &["prompts", "list"],
        &["report"],
        &["backup", &out("copy.db")],
    ] {
        desk.goes(shown);
        if shown[0] != "backup" && shown.get(4) != Some(&"--out") {
            desk.goes(&[&["--json"], shown].concat());
        }
    }
}

#[test]
fn secrets_are_in_the_keyring_and_nowhere_else() {
    let (wordpress, vendor) = (RealWordPress::start(), exact_vendor(Some(KEY)));
    let mut home = Home::default();
    let _keyring = Keyring::start(&mut home);
    home.set("IGNY8_LOG", "trace");
    let desk = Desk { home, printed: RefCell::default() };
    work(&desk, &vendor, &wordpress);
    take_away(&desk);
    let books = desk.home.books();
    assert!(books.number("select count(*) from publication") > 0, "an article went out with the password");
    assert!(vendor.bill().lines.len() > 3, "and was made with the key");
    assert!(vendor.seen().iter().all(|seen| seen.headers["authorization"].ends_with(KEY)), "which was sent each time");

    let password = wordpress.app_password.as_str();
    let bare: String = password.split_whitespace().collect();
    let canary = Canary::of(&[MOST_OF_IT, password, &bare]);
    let logged: u64 = files(&desk.home, "data/logs").iter().map(|file| fs::metadata(file).unwrap().len()).sum();
    assert!(logged > 100_000, "it was talkative: {logged} bytes");
    assert_eq!(canary.below(&desk.home.path("")), [""; 0], "no file has them");
    assert_eq!(canary.in_bytes(&desk.printed.borrow()), None, "nothing that was printed has them");
    // A text may lie across two pages of a file; as statements it is whole.
    let dumps = [desk.home.database(), desk.home.path("copy.db")].map(|file| {
        let dump = desk.home.output(&["sqlite3".as_ref(), file.as_os_str(), ".dump".as_ref()], "").stdout;
        assert!(dump.contains("green tea benefits"), "{} is read", file.display());
        dump
    });
    assert_eq!(dumps.map(|dump| canary.in_bytes(dump.as_bytes()).map(str::to_owned)), [None, None]);
    assert_found_where_planted(&desk, &canary);
}

/// The search finds what is there, in each of its forms, in a file as deep as any and in a row of the database.
fn assert_found_where_planted(desk: &Desk, canary: &Canary) {
    for (number, (form, bytes)) in canary.forms().into_iter().enumerate() {
        let planted = desk.home.path(&format!("data/logs/planted-{number}"));
        fs::write(&planted, [b"2026-11-23 INFO ", bytes, b"\n"].concat()).unwrap();
        let found = canary.below(&desk.home.path(""));
        assert_eq!(found, [format!("{}: {form}", planted.display())], "{form}");
        fs::remove_file(&planted).unwrap();
    }
    let copy = desk.home.copy();
    copy.sqlite(PLANT);
    assert_eq!(canary.in_bytes(copy.dump().as_bytes()), Some("plain"));
    assert!(!canary.below(&copy.path("")).is_empty(), "also in the file itself");
}

fn files(home: &Home, folder: &str) -> Vec<std::path::PathBuf> {
    fs::read_dir(home.path(folder)).unwrap().flatten().map(|entry| entry.path()).collect()
}
