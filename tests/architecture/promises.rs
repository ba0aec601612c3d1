//! The table of what was really lost elsewhere names the tests that fail when we do the same. A name that no test bears
//! would be a promise that nobody keeps.

use std::collections::BTreeSet;

use regex::Regex;

use crate::tree::{self, SourceFile, Violation};

/// Where the table stands.
const TABLE: &str = "tests/README.md";
const HEADING: &str = "## Where money was really lost";
/// Tests whose functions a macro writes, one to a line.
const MISTAKES: &str = "tests/simulation/mistakes.rs";

/// The names of tests, by how they are written.
#[derive(Default)]
struct Names<'f> {
    /// Of the real thing.
    real: BTreeSet<&'f str>,
    /// Of planted mistakes.
    planted: BTreeSet<&'f str>,
}

fn test_names(files: &[SourceFile]) -> Names<'_> {
    let attribute = r"#\[(?:tokio::)?test[^\]]*\]\s*(?:#\[[^\]]*\]\s*)*(?:async )?fn (\w+)";
    let written = Regex::new(attribute).expect("the pattern is valid");
    let planted = Regex::new(r"(?m)^    (\w+) => \w+,$").expect("the pattern is valid");
    let mut names = Names::default();
    for file in files.iter().filter(|file| file.is_rust()) {
        let found = |pattern: &Regex| {
            let found: Vec<_> = pattern.captures_iter(&file.text).filter_map(|found| found.get(1)).collect();
            found.into_iter().map(|name| name.as_str())
        };
        names.real.extend(found(&written));
        if file.path == MISTAKES {
            names.planted.extend(found(&planted));
        }
    }
    names
}

/// Names in the table that no test bears, files that are not there, and rows without a test of the real thing.
fn broken(readme: &SourceFile, names: &Names<'_>, is_file: impl Fn(&str) -> bool) -> Vec<Violation> {
    let code = Regex::new("`([^`]+)`").expect("the pattern is valid");
    let section = readme.lines().skip_while(|(_, line)| *line != HEADING).skip(1);
    let rows = section.take_while(|(_, line)| !line.starts_with("## ")).filter(|(_, line)| line.starts_with('|'));
    let mut broken = Vec::new();
    // Behind the header and the line under it.
    for (line, row) in rows.skip(2) {
        let named = |text| code.captures_iter(text).filter_map(|found| found.get(1)).map(|found| found.as_str());
        let spans: Vec<&str> = named(row).collect();
        let (files, tests): (Vec<&str>, Vec<&str>) = spans.into_iter().partition(|span| span.ends_with(".rs"));
        let strangers = tests.iter().filter(|name| !names.real.contains(*name) && !names.planted.contains(*name));
        broken.extend(strangers.map(|name| readme.violation(line, format!("no test is called {name}"))));
        let missing = files.iter().filter(|path| !is_file(path));
        broken.extend(missing.map(|path| readme.violation(line, format!("there is no {path}"))));
        let last = row.trim_end_matches('|').rsplit('|').next().unwrap_or_default();
        if !named(last).any(|name| names.real.contains(name)) {
            broken.push(readme.violation(line, "names no test of the real thing"));
        }
    }
    broken
}

#[test]
fn every_loss_of_others_names_tests_that_exist() {
    let readme = tree::files().iter().find(|file| file.path == TABLE).expect("the page is there");
    assert!(readme.text.contains(HEADING), "with the table on it");
    let is_file =
        |path: &str| tree::files().iter().any(|file| file.path == format!("tests/{path}") || file.path == path);
    let names = test_names(tree::files());
    tree::refuse(broken(readme, &names, is_file), "Name tests that are there, by their own names.");
}

#[test]
fn planted_breaks_are_found() {
    let sources = [
        SourceFile::planted(
            "a.rs",
            "#[test]\nfn one() {}\n#[tokio::test(flavor = \"x\")]\nasync fn two() {}\nfn three() {}",
        ),
        SourceFile::planted(MISTAKES, "mistakes! {\n    four => Four,\n}\n"),
    ];
    let names = test_names(&sources);
    assert_eq!((&names.real, &names.planted), (&BTreeSet::from(["one", "two"]), &BTreeSet::from(["four"])));
    let page = |row: &str| {
        let text = format!("{HEADING}\n\n| thread | tests |\n|---|---|\n{row}\n\n## Next\n| `nobody` |\n");
        broken(&SourceFile::planted(TABLE, &text), &names, |path| path == "a.rs").len()
    };
    assert_eq!(page("| x | `four` | `one` in `a.rs` |"), 0);
    assert_eq!(page("| x | `one` | `four` |"), 1, "a planted mistake is not the real thing");
    assert_eq!(page("| x | `one`, `three` |"), 1, "a function that is no test");
    assert_eq!(page("| x | `one` in `b.rs` |"), 1, "a file that is not there");
    assert_eq!(page("| x | a word |"), 1, "a row without a test");
}
