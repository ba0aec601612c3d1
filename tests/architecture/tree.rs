//! The files the rules look at: everything in the repository that git does not ignore, read once.
//!
//! Reading the ignore files instead of asking git keeps the rules working in an unpacked archive, and shows a break
//! before the file is committed.

use std::fmt;
use std::path::Path;
use std::sync::OnceLock;

use ignore::WalkBuilder;

/// One text file of the repository.
pub struct SourceFile {
    /// Relative to the repository root, with forward slashes.
    pub path: String,
    pub text: String,
}

impl SourceFile {
    /// A file that exists only in a test.
    pub fn planted(path: &str, text: &str) -> Self {
        Self { path: path.to_owned(), text: text.to_owned() }
    }

    pub fn is_rust(&self) -> bool {
        self.path.ends_with(".rs")
    }

    pub fn is_typescript(&self) -> bool {
        self.path.ends_with(".ts") || self.path.ends_with(".tsx")
    }

    /// A break of a rule on one line of this file; lines count from 1.
    pub fn violation(&self, line: usize, what: impl Into<String>) -> Violation {
        Violation { path: self.path.clone(), line, what: what.into() }
    }

    /// Lines with their numbers, which count from 1.
    pub fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text.lines().enumerate().map(|(index, line)| (index + 1, line))
    }
}

/// Where a rule is broken, and by what.
#[derive(Debug)]
pub struct Violation {
    pub path: String,
    pub line: usize,
    pub what: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.path, self.line, self.what)
    }
}

/// The repository root.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the tests package lies one folder below the root")
}

/// Every text file that git does not ignore, in path order.
pub fn files() -> &'static [SourceFile] {
    static FILES: OnceLock<Vec<SourceFile>> = OnceLock::new();
    FILES.get_or_init(read_tree)
}

fn read_tree() -> Vec<SourceFile> {
    let walk = WalkBuilder::new(root())
        .hidden(false)
        .parents(false)
        .git_global(false)
        .require_git(false)
        .filter_entry(|entry| entry.file_name() != ".git")
        .build();
    let mut files: Vec<SourceFile> =
        walk.filter_map(|entry| read(entry.expect("the tree is readable").path())).collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

/// `None` for folders and for files that are not UTF-8: no rule here speaks about those.
fn read(path: &Path) -> Option<SourceFile> {
    let text = String::from_utf8(std::fs::read(path).ok()?).ok()?;
    let relative = path.strip_prefix(root()).expect("the walk stays below the root");
    let path = relative.to_str().expect("file names are UTF-8").replace('\\', "/");
    Some(SourceFile { path, text })
}

/// Runs a rule over the tree and fails with every break and the way to mend it.
pub fn enforce(rule: impl Fn(&SourceFile) -> Vec<Violation>, how_to_mend: &str) {
    refuse(files().iter().flat_map(rule).collect(), how_to_mend);
}

/// Fails when there is a break.
pub fn refuse(violations: Vec<Violation>, how_to_mend: &str) {
    let list: Vec<String> = violations.iter().map(Violation::to_string).collect();
    assert!(list.is_empty(), "{how_to_mend}\n  {}\n", list.join("\n  "));
}

#[test]
fn the_walk_sees_sources_and_leaves_out_what_git_ignores() {
    let seen = |path: &str| files().iter().any(|file| file.path == path);
    assert!(seen("Cargo.toml") && seen("tests/architecture/tree.rs"), "the walk must reach the root and this file");
    assert!(seen(".gitignore"), "dot files are rules' business too");
    let built = files().iter().find(|file| file.path.starts_with("target/") || file.path.contains("node_modules/"));
    assert!(built.is_none(), "build output is not ours: {:?}", built.map(|file| &file.path));
}
