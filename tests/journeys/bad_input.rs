//! What is wrong gets a sentence that names the cause and the next step, exit code 1, and leaves the database as it was.

use igny8_core::money::Credits;
use igny8_engine::settings;
use igny8_store::Store;
use igny8_tests::program::{Home, Ran};
use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;

/// A home with a folder site, one sector, and a few keywords.
pub(crate) fn furnished() -> Home {
    let home = Home::default();
    assert_eq!(home.json(&["site", "add", "--name", "Tea", "--kind", "folder", "--sector", "Leaves"])["id"], "1");
    let file = home.file("good.csv", "keyword,volume\ngreen tea benefits,900\nbest teapot,300\nteapot sizes,200\n");
    let imported = home.json(&["keywords", "import", &file, "--site", "Tea"]);
    assert_eq!(imported["imported"][0]["summary"]["added"], 3, "{imported}");
    home
}

/// One sentence with these words on the error output, nothing on the other, exit code 1. What was said of work that was to
/// begin ends in an ellipsis.
pub(crate) fn assert_refused(ran: &Ran, words: &[&str], what: &str) {
    assert_eq!(ran.code, 1, "{what}: {ran:?}");
    assert_eq!(ran.stdout, "", "{what}: nothing is printed where results go");
    let said: Vec<&str> = ran.stderr.lines().filter(|line| !line.ends_with('…')).collect();
    let sentence = said.join("\n");
    assert_eq!(said.len(), 1, "{what}: one line: {sentence}");
    assert!(sentence.ends_with('.') && !sentence.contains("panicked"), "{what}: a sentence: {sentence}");
    for word in words {
        assert!(sentence.to_lowercase().contains(&word.to_lowercase()), "{what}: says \"{word}\": {sentence}");
    }
}

/// The start of a ZIP whose first member has this name.
fn zip(member: &str) -> Vec<u8> {
    let mut bytes = b"PK\x03\x04\x14\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0".to_vec();
    bytes.extend([u8::try_from(member.len()).unwrap(), 0, 0, 0]);
    bytes.extend(member.as_bytes());
    bytes
}

#[test]
fn files_that_hold_no_keywords_are_refused_with_the_reason() {
    let home = furnished();
    let before = home.dump();
    let png = [&b"\x89PNG\r\n\x1a\n"[..], &[0; 64]].concat();
    let nul = b"keyword,volume\ngreen\0tea,5\nblack\0tea,6\n".to_vec();
    let binary: Vec<u8> = (0..4_096_u32).map(|n| u8::try_from(n * 7 % 256).unwrap()).collect();
    let mut endless = vec![b'a'; 100 * 1_024 * 1_024];
    endless.extend(b"\nkeyword\n");
    let rows: String = (4..300).map(|n| format!("keyword {n},{n}\n")).collect();
    let quote = format!("keyword,volume\nkeyword 1,1\nkeyword 2,2\nkeyword 3,3\n\"{rows}");
    let table: [(&str, Vec<u8>, &[&str]); 10] = [
        ("picture.csv", png, &["not text", "export", "csv"]),
        ("book.xlsx", zip("xl/workbook.xml"), &["spreadsheet", "save it as csv"]),
        ("pack.zip", zip("notes.txt"), &["archive", "unpack"]),
        ("empty.csv", Vec::new(), &["no keywords", "export"]),
        ("blank.csv", b"\n\n  \n".to_vec(), &["no keywords", "export"]),
        ("header.csv", b"colour,size\nred,5\nblue,6\n".to_vec(), &["no column", "colour, size", "keyword"]),
        ("nul.csv", nul, &["export"]),
        ("binary.csv", binary, &["csv"]),
        ("quote.csv", quote.into_bytes(), &["quote", "line 5", "never closed", "remove it"]),
        ("endless.csv", endless, &["line 1", "no end", "export"]),
    ];
    for (name, bytes, words) in table {
        let file = home.file(name, bytes);
        assert_refused(&home.run(&["keywords", "import", &file, "--site", "Tea"]), words, name);
        assert_refused(&home.run(&["keywords", "import", &file, "--site", "Tea", "--dry-run"]), words, name);
    }
    let missing = home.path("missing.csv");
    let ran = home.run(&["keywords", "import", &missing.to_string_lossy(), "--site", "Tea"]);
    assert_refused(&ran, &["no such file", "path"], "a missing file");
    let folder = home.data();
    let ran = home.run(&["keywords", "import", &folder.to_string_lossy(), "--site", "Tea"]);
    assert_refused(&ran, &["is a folder", "files in it"], "a folder in place of a file");
    assert_eq!(home.dump(), before, "the database is as it was");
}

#[test]
fn a_site_that_cannot_be_is_refused_by_its_field() {
    let home = furnished();
    let before = home.dump();
    let folders = [
        ("/", "form"),
        ("/tmp/../etc/passwd", "form"),
        ("/etc/passwd", "cannot be written"),
        ("/etc/passwd/x", "cannot be written"),
        ("/proc/igny8", "cannot be written"),
    ];
    let languages = [("", "is missing"), ("xx-yy-zz", "language code"), ("english", "language code")];
    let fields = folders.map(|(url, why)| ("--url", url, why)).into_iter();
    for (option, value, why) in fields.chain(languages.map(|(language, why)| ("--language", language, why))) {
        let added = home.run(&["site", "add", "--name", "X", "--kind", "folder", option, value]);
        assert_refused(&added, &[option.trim_start_matches('-'), why], value);
        let edited = home.run(&["site", "edit", "Tea", option, value]);
        assert_refused(&edited, &[option.trim_start_matches('-'), why], value);
    }
    assert_eq!(home.dump(), before, "the database is as it was");
    let folder = home.path("a/b");
    home.json(&["site", "add", "--name", "X", "--kind", "folder", "--url", &folder.to_string_lossy()]);
    assert!(!home.path("a").exists(), "it is made with the first article");
}

#[test]
fn what_is_not_there_or_not_possible_is_refused_with_the_reason() {
    let home = furnished();
    let before = home.dump();
    let file = home.path("good.csv").to_string_lossy().into_owned();
    let table: [(&[&str], &[&str]); 17] = [
        (&["keywords", "import", &file, "--site", "Coffee"], &["no such site", "list"]),
        (&["keywords", "import", &file, "--site", "Tea", "--sector", "Roots"], &["no such sector"]),
        (&["cluster", "--site", "99"], &["no such site"]),
        (&["site", "test", "nowhere"], &["no such site"]),
        (&["run", "start", "--site", "nowhere"], &["no such site"]),
        (&["credits", "grant", "-5"], &["amount", "positive number"]),
        (&["credits", "budget", "-5"], &["amount"]),
        (&["run", "start", "--site", "Tea", "--cap", "5000"], &["--cap", "5000", "1000", "credits grant"]),
        (&["models", "connect", "--name", "X", "--url", "notaurl"], &["--url", "form", "https://api.openai.com/v1"]),
        (&["models", "add", "--provider", "X", "--model", "m"], &["--type", "'text' or 'image'"]),
        (&["site", "consent", "not an address"], &["address", "form", "https://example.com"]),
        (&["site", "consent", ""], &["address", "missing"]),
        (&["credits", "limit", "site", "5"], &["--site", "which site"]),
        (
            &["models", "add", "--provider", "builtin", "--model", "igny8-text-1", "--type", "text", "--input", "1"],
            &["--input", "built-in engine"],
        ),
        (&["site", "add", "--name", "X", "--kind", "folder", "--url", "not/absolute"], &["url", "form"]),
        (&["site", "add", "--name", " ", "--kind", "folder"], &["name", "missing"]),
        (&["site", "add", "--name", "X"], &["url", "missing", "'--url https://example.com'", "'--kind folder'"]),
    ];
    for (arguments, words) in table {
        assert_refused(&home.run(arguments), words, &arguments.join(" "));
    }
    for arguments in [["publish", "--site", "Tea"], ["approve", "--site", "Tea"], ["images", "--site", "Tea"]] {
        let ran = home.run(&arguments);
        assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "nothing to do is no failure: {ran:?}");
        assert!(ran.stdout.starts_with("There is nothing to do"), "{ran:?}");
    }
    assert_refused(&home.run(&["credits", "grant", "0"]), &["range"], "a grant of nothing");
    assert_refused(&home.run(&["credits", "grant", "many"]), &[], "a grant of no number");
    assert_refused(&home.run(&["restore", &file]), &[], "restoring what is no database");
    assert_refused(&home.run(&["restore", "/proc/nowhere/copy.db"]), &["no such file"], "restoring nothing");
    let folder = home.data().to_string_lossy().into_owned();
    assert_refused(&home.run(&["restore", &folder]), &["is a folder"], "restoring a folder");
    let itself = home.database().to_string_lossy().into_owned();
    assert_refused(&home.run(&["restore", &itself]), &["the database itself"], "restoring it onto itself");
    let to = |place: &str| home.run(&["backup", place]);
    let missing = home.path("missing");
    let ran = to(&missing.join("copy.db").to_string_lossy());
    assert_refused(&ran, &["no such folder", "make it first"], "a copy to a folder that is not there");
    assert!(!missing.exists(), "which is not made");
    let gone = &["/proc/nowhere/copy.db: ", "no such folder", "another place"];
    assert_refused(&to("/proc/nowhere/copy.db"), gone, "a copy to nowhere");
    let in_the_way = &["/dev/null/copy.db: ", "a file is in the way", "another place"];
    assert_refused(&to("/dev/null/copy.db"), in_the_way, "a copy under a file");
    assert_eq!(home.dump(), before, "the database is as it was");
}

#[test]
fn a_data_folder_that_cannot_be_used_is_named_with_its_cause() {
    type Case<'a> = (&'a dyn Fn(&Path), &'a str, &'a [&'a str]);
    let cases: [Case<'_>; 4] = [
        (&|data| fs::write(data, "a file").unwrap(), "", &["a file is in the way", "another place"]),
        // Whoever runs the program, the system lets nobody change this folder.
        (&|data| symlink("/sys/kernel", data).unwrap(), "/media", &["may not write", "permissions"]),
        (
            &|data| fs::create_dir(data).and_then(|()| fs::write(data.join("media"), "")).unwrap(),
            "/media",
            &["in the way"],
        ),
        (&|data| fs::create_dir_all(data.join("igny8.db")).unwrap(), "/igny8.db", &["cannot be used", "another place"]),
    ];
    for (spoil, at, words) in cases {
        let home = Home::default();
        spoil(&home.data());
        for arguments in [&["site", "list"][..], &["demo"]] {
            let ran = home.run(arguments);
            assert_refused(&ran, words, at);
            let place = format!("{}{at}: ", home.data().display());
            assert!(ran.stderr.contains(&place), "names {place}: {ran:?}");
            assert!(!ran.stderr.contains("The log"), "points to no log: {ran:?}");
        }
    }
}

#[test]
fn what_is_no_regular_file_and_a_sector_that_is_not_there_are_refused_before_anything_is_read() {
    let home = furnished();
    let before = home.dump();
    let pipe = home.data().join("pipe");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    for file in [pipe.to_str().unwrap(), "/dev/null", "/dev/zero"] {
        for more in [&[][..], &["--dry-run"]] {
            let import = [&["keywords", "import", file, "--site", "Tea"][..], more].concat();
            assert_refused(&home.run(&import), &["no regular file", "save"], file);
        }
    }
    let file = home.file("more.csv", "keyword\nwhite tea\n");
    for more in [&[][..], &["--dry-run"]] {
        let import = [&["keywords", "import", &file, "--site", "Tea", "--sector", "Nope"][..], more].concat();
        assert_refused(&home.run(&import), &["no such sector", "sector list"], "a dry run as the import");
    }
    assert_eq!(home.dump(), before, "the database is as it was");
}

#[test]
fn a_secret_that_cannot_be_taken_whole_is_refused() {
    let home = furnished();
    let before = home.dump();
    let add = ["site", "add", "--name", "W", "--kind", "wordpress", "--url", "https://example.org", "--user", "me"];
    let connect = ["models", "connect", "--name", "Their models", "--url", "https://api.example.org/v1"];
    let long = vec![b'k'; 5_000];
    for arguments in [&add[..], &connect] {
        assert_refused(&home.run_with(arguments, b"caf\xe9 abcd"), &["password", "utf-8"], "another encoding");
        assert_refused(&home.run_with(arguments, &long), &["password", "too long"], "too long");
    }
    assert_eq!(home.dump(), before, "the database is as it was");
}

#[test]
fn wrong_usage_is_another_code() {
    let home = Home::default();
    let no_limit = ["publish", "--site", "1", "--limit", "0"];
    for arguments in [&["frobnicate"][..], &["cluster"], &["ideas", "--site", "1", "--limit", "few"], &no_limit, &[]] {
        let ran = home.run(arguments);
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{arguments:?}: {}", ran.stderr);
        assert!(ran.stderr.contains("--help") || ran.stderr.contains("Usage"), "{arguments:?}: {}", ran.stderr);
    }
    assert!(!home.data().exists(), "wrong usage makes no data folder");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_credits_paid_work_is_refused_and_recorded() {
    let home = Home::default();
    std::fs::create_dir(home.data()).unwrap();
    let store = Store::open(&home.database(), None).unwrap();
    store.write(|w| settings::save_budget(w, Credits::ZERO)).await.unwrap();
    drop(store);
    home.json(&["site", "add", "--name", "Tea", "--kind", "folder", "--sector", "Leaves"]);
    let file = home.file("good.csv", "keyword\ngreen tea benefits\nbest teapot\n");
    home.json(&["keywords", "import", &file, "--site", "Tea"]);
    let plan = home.books().plan();

    for arguments in [&["cluster", "--site", "Tea"][..], &["run", "start", "--site", "Tea"]] {
        let ran = home.run(arguments);
        assert_refused(&ran, &["not enough credits", "0 available", "credits grant"], &arguments.join(" "));
    }
    let books = home.books();
    assert_eq!(books.plan(), plan, "nothing was made");
    assert_eq!(books.number("select count(*) from transfer where kind <> 'post'"), 0, "nothing was held");
    assert_eq!(books.wallet(), (0, 0), "and nothing moved");
    let refusals = "select count(*) from credit_transaction where transaction_type = 'refusal'";
    assert_eq!(books.number(refusals), 1, "the run was refused before it had an operation");
    home.json(&["credits", "grant", "20", "--memo", "a gift"]);
    assert_eq!(home.run(&["cluster", "--site", "Tea"]).code, 0, "with credits it works");
    assert_eq!(home.json(&["credits", "audit"])["ok"], true);
}

/// How often a closed folder is asked for: each time takes longer than a program to start.
const ASKED_AGAIN: usize = 50;

#[tokio::test(flavor = "multi_thread")]
async fn beside_an_open_writer_reading_works_and_writing_says_who_has_the_folder() {
    let home = furnished();
    let lock = igny8_app::folder::DataFolder::at(&home.data()).lock().unwrap();
    let writer = Store::open(&home.database(), None).unwrap();
    let before = home.dump();
    let copy = home.path("copy.db").to_string_lossy().into_owned();
    let reads: [&[&str]; 6] = [
        &["site", "list"],
        &["credits", "balance"],
        &["credits", "ledger"],
        &["credits", "audit"],
        &["models", "list"],
        &["report"],
    ];
    for arguments in reads {
        let ran = home.run(arguments);
        assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{arguments:?}");
        assert!(!ran.stdout.is_empty(), "{arguments:?} answers");
    }
    assert_eq!(home.run(&["backup", &copy]).code, 0, "a copy can be made of an open database");
    let file = home.path("good.csv").to_string_lossy().into_owned();
    let writes: [&[&str]; 6] = [
        &["demo"],
        &["cluster", "--site", "Tea"],
        &["keywords", "import", &file, "--site", "Tea"],
        &["credits", "grant", "5"],
        &["site", "remove", "Tea"],
        &["restore", &copy],
    ];
    for arguments in writes {
        assert_refused(&home.run(arguments), &["open on this folder", "close it"], &arguments.join(" "));
    }
    assert_eq!(home.dump(), before, "the database is as it was");
    drop((writer, lock));
    // A program that another test is just starting has a copy of the lock's handle until it runs.
    let works = (0..ASKED_AGAIN).any(|_| home.run(&["credits", "grant", "5"]).code == 0);
    assert!(works, "and once it is closed, writing works");
}
