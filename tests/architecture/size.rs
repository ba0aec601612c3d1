//! How long a thing may grow before it must be split: files, Rust functions, README files.

use crate::syntax;
use crate::tree::{self, SourceFile, Violation};

/// What fits a reader's head in one sitting; tests included, so that a file's tests stay near it.
const MAX_FILE_LINES: usize = 500;

/// One screen and a half: past this a function does several things.
const MAX_FUNCTION_LINES: usize = 70;

/// A README is a map; what does not fit belongs to the folder it speaks about.
const MAX_README_LINES: usize = 200;

/// Written by a program and never read from top to bottom.
const GENERATED: [&str; 2] = ["ui/src/bindings.ts", "ui/src/routeTree.gen.ts"];

#[test]
fn files_are_at_most_500_lines() {
    tree::enforce(long_file, "Split the file by idea: `planner.rs` keeps the public part, `planner/` takes the rest.");
}

fn long_file(file: &SourceFile) -> Vec<Violation> {
    let counted = (file.is_rust() || file.is_typescript()) && !GENERATED.contains(&file.path.as_str());
    over(file, counted, MAX_FILE_LINES)
}

#[test]
fn readmes_are_at_most_200_lines() {
    tree::enforce(long_readme, "Shorten it, or move the part that speaks about one folder into that folder's README.");
}

fn long_readme(file: &SourceFile) -> Vec<Violation> {
    over(file, file.path.ends_with("README.md"), MAX_README_LINES)
}

fn over(file: &SourceFile, counted: bool, limit: usize) -> Vec<Violation> {
    let lines = file.text.lines().count();
    if counted && lines > limit { vec![file.violation(limit + 1, format!("{lines} lines"))] } else { Vec::new() }
}

#[test]
fn functions_are_at_most_70_lines() {
    tree::enforce(long_function, "Give a step of the function its own name and function.");
}

fn long_function(file: &SourceFile) -> Vec<Violation> {
    if !file.is_rust() {
        return Vec::new();
    }
    let long = syntax::functions(file).into_iter().filter(|function| function.lines > MAX_FUNCTION_LINES);
    long.map(|function| file.violation(function.line, format!("`{}` has {} lines", function.name, function.lines)))
        .collect()
}

#[test]
fn one_line_too_many_is_found() {
    let fits = "// a\n".repeat(MAX_FILE_LINES);
    assert!(long_file(&SourceFile::planted("a.rs", &fits)).is_empty(), "500 lines are allowed");
    for path in ["a.rs", "ui/src/a.ts", "ui/src/a.tsx"] {
        assert_eq!(long_file(&SourceFile::planted(path, &format!("{fits}// b\n"))).len(), 1, "{path}");
    }
    assert!(long_file(&SourceFile::planted(GENERATED[0], &format!("{fits}// b\n"))).is_empty(), "generated");
}

#[test]
fn a_long_readme_is_found() {
    let text = "words\n".repeat(MAX_README_LINES + 1);
    assert_eq!(long_readme(&SourceFile::planted("tests/README.md", &text)).len(), 1, "201 lines");
}

#[test]
fn a_long_function_is_found() {
    let body = "  g();\n".repeat(MAX_FUNCTION_LINES - 2);
    assert!(long_function(&SourceFile::planted("a.rs", &format!("fn f() {{\n{body}}}\n"))).is_empty(), "70 lines");
    let found = long_function(&SourceFile::planted("a.rs", &format!("fn f() {{\n  g();\n{body}}}\n")));
    assert_eq!(found.len(), 1, "71 lines");
}
