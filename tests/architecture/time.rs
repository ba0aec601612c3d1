//! Time and chance come in through ports, so that a test can own them. The compiler's lint bans the calls by type; this
//! rule closes its gaps: an `allow` beside a call, a function named but not called, and everything that is not Rust.

use regex::Regex;

use crate::syntax;
use crate::tree::{self, SourceFile, Violation};

/// Where the clock and chance may be asked, by the start of the path, and why.
const ALLOWED: [(&str, &str); 7] = [
    ("src-tauri/crates/app/src/system.rs", "implements the Clock and Ids ports"),
    ("src-tauri/crates/app/src/notice.rs", "asks tokio's clock, which a test pauses"),
    ("tests/bench/machine.rs", "measures"),
    ("tests/simulation/main.rs", "says how many histories it plays in a second"),
    ("ui/src/main.tsx", "hands the window its clock"),
    ("ui/src/data/progress.ts", "measures the pace of what is on the screen"),
    ("ui/src/host/fake", "is a world of its own, for tests and for looking at pages"),
];

const RUST: &str = r"\b(SystemTime|Instant|Timestamp|Zoned|Utc|Local|OffsetDateTime)::now\b|\bUuid::(now_v\d|new_v4)\b|\b(rand|getrandom|fastrand)::";

const TYPESCRIPT: &str = r"\bDate\.now\(|\bnew Date\(\)|\bperformance\.now\(|\bMath\.random\(|\bTemporal\.Now\b";

const SQL: &str = r"(?i)'now'|\bcurrent_(timestamp|date|time)\b|\bunixepoch\(\s*\)|\brandom(blob)?\(";

/// The patterns of each language.
struct Uses {
    rust: Regex,
    typescript: Regex,
    sql: Regex,
}

impl Uses {
    fn new() -> Self {
        let pattern = |text| Regex::new(text).expect("the pattern is valid");
        Self { rust: pattern(RUST), typescript: pattern(TYPESCRIPT), sql: pattern(SQL) }
    }

    fn find(&self, file: &SourceFile) -> Vec<Violation> {
        if file.path.starts_with("src-tauri/crates/store/") && file.is_rust() {
            let texts = syntax::texts(file).into_iter();
            let in_sql =
                texts.filter_map(|text| self.sql.find(&text.value).map(|hit| file.violation(text.line, hit.as_str())));
            return in_sql.chain(in_lines(file, &self.rust, "//")).collect();
        }
        if file.is_rust() {
            return in_lines(file, &self.rust, "//");
        }
        if file.is_typescript() && file.path.starts_with("ui/src/") {
            return in_lines(file, &self.typescript, "//");
        }
        if file.path.ends_with(".sql") { in_lines(file, &self.sql, "--") } else { Vec::new() }
    }
}

/// Breaks in the part of each line before its comment.
fn in_lines(file: &SourceFile, pattern: &Regex, comment: &str) -> Vec<Violation> {
    let before_comment = file.lines().map(|(line, text)| (line, text.split(comment).next().unwrap_or_default()));
    before_comment.filter_map(|(line, code)| pattern.find(code).map(|hit| file.violation(line, hit.as_str()))).collect()
}

#[test]
fn time_and_chance_come_in_through_ports() {
    let uses = Uses::new();
    let rule = |file: &SourceFile| match ALLOWED.iter().any(|(path, _)| file.path.starts_with(path)) {
        true => Vec::new(),
        false => uses.find(file),
    };
    tree::enforce(rule, "Take the instant or the id as an argument, from the Clock or Ids port.");
}

#[test]
fn every_exception_still_needs_to_be_one() {
    for (path, why) in ALLOWED {
        let mut files = tree::files().iter().filter(|file| file.path.starts_with(path));
        let used = files.any(|file| !Uses::new().find(file).is_empty());
        assert!(used, "{path} no longer asks the clock ({why}): take it off the list");
    }
}

#[test]
fn planted_breaks_are_found() {
    let planted = [
        ("src/a.rs", concat!("fn f() { Instant::", "now(); }")),
        ("src/a.rs", concat!("fn f() { x.unwrap_or_else(Timestamp::", "now); }")),
        ("src/a.rs", concat!("fn f() { Uuid::", "new_v4(); }")),
        ("src-tauri/crates/store/src/a.rs", "fn f() { run(\"select datetime('now')\"); }"),
        ("ui/src/a.ts", "const t = Date.now();"),
        ("ui/src/a.tsx", "const t = new Date();"),
        ("ui/src/a.ts", "Math.random()"),
        ("migrations/V1__a.sql", "at text not null default current_timestamp"),
    ];
    for (path, text) in planted {
        assert_eq!(Uses::new().find(&SourceFile::planted(path, text)).len(), 1, "{path}: {text}");
    }
    let allowed = [
        ("src/a.rs", "fn f() { clock.now(); } // not Instant\n"),
        ("ui/src/a.ts", "new Date(row.createdAt)"),
        ("migrations/V1__a.sql", "-- never current_timestamp\n"),
    ];
    for (path, text) in allowed {
        assert_eq!(Uses::new().find(&SourceFile::planted(path, text)).len(), 0, "{path}: {text}");
    }
}
