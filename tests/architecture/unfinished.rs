//! Nothing unfinished, skipped or silenced is committed.

use regex::Regex;

use crate::tree::{self, SourceFile, Violation};

/// Pattern and name of what must not stand in Rust. The words are put together here, so that this file does not break
/// its own rule.
fn in_rust() -> [(Regex, &'static str); 4] {
    [
        (pattern(&[r"\b(to", r"do|unimpl", r"emented)!"]), "an unwritten body"),
        (pattern(&[r"\b(TO", r"DO|FIX", r"ME|XX", r"X)\b"]), "a note instead of the work"),
        (pattern(&[r"#!?\[\s*ign", r"ore\b"]), "a test that does not run"),
        (
            pattern(&[r"\b(allow|expect)\([^)]*\b(dead", r"_code|unu", r"sed(_\w+)?)\b"]),
            "a silenced warning about unused code",
        ),
    ]
}

/// The same for TypeScript.
fn in_typescript() -> [(Regex, &'static str); 3] {
    [
        (pattern(&[r"\b(TO", r"DO|FIX", r"ME|XX", r"X)\b"]), "a note instead of the work"),
        (
            pattern(&[r"\b(it|test|describe|suite)(\.\w+)*\.(sk", r"ip|on", r"ly|to", r"do|fix", r"me|fails)\b"]),
            "a test that does not run, or runs alone",
        ),
        (pattern(&[r"@ts-(ign", r"ore|noch", r"eck)"]), "a silenced type error"),
    ]
}

fn pattern(parts: &[&str]) -> Regex {
    Regex::new(&parts.concat()).expect("the pattern is valid")
}

#[test]
fn nothing_is_left_unfinished_or_skipped() {
    let (rust, typescript) = (in_rust(), in_typescript());
    let rule = |file: &SourceFile| unfinished(file, &rust, &typescript);
    tree::enforce(rule, "Write what is missing, run the test, or take the code out.");
}

fn unfinished(file: &SourceFile, rust: &[(Regex, &str)], typescript: &[(Regex, &str)]) -> Vec<Violation> {
    let patterns = if file.is_rust() { rust } else { typescript };
    if !file.is_rust() && !file.is_typescript() {
        return Vec::new();
    }
    let hits = |(line, text)| {
        let named = patterns.iter().filter(move |(pattern, _)| pattern.is_match(text));
        named.map(move |(_, name)| file.violation(line, *name))
    };
    file.lines().flat_map(hits).collect()
}

#[test]
fn planted_breaks_are_found() {
    let found =
        |path: &str, text: &str| unfinished(&SourceFile::planted(path, text), &in_rust(), &in_typescript()).len();
    let rust = [
        concat!("to", "do!()"),
        concat!("unimpl", "emented!(\"x\")"),
        concat!("// TO", "DO: later"),
        concat!("// FIX", "ME"),
        concat!("#[ign", "ore]"),
        concat!("#[ign", "ore = \"slow\"]"),
        concat!("#![allow(de", "ad_code)]"),
        concat!("#[allow(clippy::a, unu", "sed_variables)]"),
    ];
    for line in rust {
        assert_eq!(found("a.rs", line), 1, "{line}");
    }
    let typescript = [
        concat!("it.sk", "ip('a', () => {})"),
        concat!("test.describe.on", "ly('a')"),
        concat!("test.to", "do('a')"),
        concat!("// @ts-ign", "ore"),
        concat!("/* TO", "DO */"),
    ];
    for line in typescript {
        assert_eq!(found("ui/src/a.test.tsx", line), 1, "{line}");
    }
    assert_eq!(found("a.rs", "rows.iter().skip(1); // ignored ids\n"), 0, "ordinary words");
}
