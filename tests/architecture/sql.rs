//! SQL lives in `store` and in `migrations`, as plain literals: a statement put together from text can be injected
//! into, cannot be cached, and cannot be found by reading.

use regex::{Captures, Regex};

use crate::syntax;
use crate::tree::{self, SourceFile, Violation};

/// The crate that owns the database, and the headless tests, which check it from outside.
const HOMES: [&str; 2] = ["src-tauri/crates/store/", "tests/"];

/// Macros that build text while the program runs. `concat!` is none of them: it takes literals alone, so a statement of
/// named parts is still a literal, with no room for a value.
const BUILDERS: [&str; 4] = ["format", "format_args", "write", "writeln"];

/// How a literal opens when it is a statement.
const OPENINGS: [&str; 7] = [
    r"<select>\b.*\b<from>\b",
    r"<insert>\s+(<or>\s+\w+\s+)?<into>\b",
    r"<update>\s+\S+\s+<set>\b",
    r"<delete>\s+<from>\b",
    r"<with>\s+\S+\s+<as>\s*\(",
    r"(<create>|<drop>|<alter>)\s+(\w+\s+)?(<table>|<index>|<view>|<trigger>)\b",
    r"<pragma>\s+\w+",
];

/// Keywords count when all lower or all upper case, so that "Select a site from the list" stays English.
fn statement() -> Regex {
    let keyword = Regex::new(r"<(\w+)>").expect("the pattern is valid");
    let both_cases = |word: &Captures<'_>| format!("({}|{})", &word[1], word[1].to_uppercase());
    let openings = OPENINGS.join("|");
    let openings = keyword.replace_all(&openings, both_cases);
    Regex::new(&format!(r"(?s)^(\s|--[^\n]*\n)*({openings})")).expect("the pattern is valid")
}

#[test]
fn sql_is_written_only_in_the_store() {
    let statement = statement();
    let rule = |file: &SourceFile| outside_the_store(file, &statement);
    tree::enforce(rule, "Move the query into a `store` function that says what it answers.");
}

fn outside_the_store(file: &SourceFile, statement: &Regex) -> Vec<Violation> {
    if !file.is_rust() || HOMES.iter().any(|home| file.path.starts_with(home)) {
        return Vec::new();
    }
    statements(file, syntax::texts(file), statement)
}

#[test]
fn sql_is_never_put_together_from_text() {
    let statement = statement();
    let rule = |file: &SourceFile| put_together(file, &statement);
    tree::enforce(rule, "Write the statement as one literal and bind the values as parameters.");
}

fn put_together(file: &SourceFile, statement: &Regex) -> Vec<Violation> {
    if !file.is_rust() {
        return Vec::new();
    }
    statements(file, syntax::texts_in_macros(file, &BUILDERS), statement)
}

fn statements(file: &SourceFile, texts: Vec<syntax::Text>, statement: &Regex) -> Vec<Violation> {
    let found = texts.into_iter().filter(|text| statement.is_match(&text.value));
    found
        .map(|text| file.violation(text.line, text.value.split_whitespace().take(6).collect::<Vec<_>>().join(" ")))
        .collect()
}

#[test]
fn planted_statements_are_found() {
    let found = |path: &str, text: &str| outside_the_store(&SourceFile::planted(path, text), &statement()).len();
    let planted = [
        "select id\n from site",
        "SELECT COUNT(*) FROM site;",
        "  -- totals\n select sum(a) from b",
        "insert or ignore into site (id) values (1)",
        "UPDATE site SET name = ?1",
        "delete from site",
        "with paid as (select 1) select * from paid",
        "create unique index a on b (c)",
        "PRAGMA foreign_keys = ON",
    ];
    for sql in planted {
        let text = format!("fn f() {{ run(r#\"{sql}\"#) }}");
        assert_eq!(found("src-tauri/crates/engine/src/a.rs", &text), 1, "{sql}");
        assert_eq!(found("src-tauri/crates/store/src/a.rs", &text), 0, "the store may: {sql}");
    }
    for words in ["Select a site from the list", "update failed", "created from a template", "with care"] {
        assert_eq!(found("src-tauri/crates/cli/src/a.rs", &format!("fn f() {{ say(\"{words}\") }}")), 0, "{words}");
    }
}

#[test]
fn planted_formatted_statements_are_found() {
    let found =
        |text: &str| put_together(&SourceFile::planted("src-tauri/crates/store/src/a.rs", text), &statement()).len();
    let planted = [
        "fn f() { format!(\"select {columns} from {table}\"); }",
        "fn f() { w.run(&format!(\"delete from {}\", table)); }",
        "fn f() { write!(sql, \"update {table} set a = 1\"); }",
    ];
    for text in planted {
        assert_eq!(found(text), 1, "{text}");
    }
    assert_eq!(found("fn f() { w.run(\"delete from site where id = ?1\", [id]); }"), 0, "a plain literal");
    assert_eq!(found("const A: &str = concat!(\"delete from site where \", old!());"), 0, "a literal of named parts");
}
