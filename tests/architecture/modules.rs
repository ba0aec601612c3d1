//! The shape of Rust modules: each opens with what it owns, none hides in a `mod.rs`, every crate carries the lints.

use crate::tree::{self, SourceFile, Violation};

#[test]
fn modules_open_with_what_they_own() {
    tree::enforce(no_module_doc, "Open the file with `//!`: what the module owns and why the border is there.");
}

fn no_module_doc(file: &SourceFile) -> Vec<Violation> {
    let silent = file.is_rust() && !file.text.starts_with("//! ");
    if silent { vec![file.violation(1, "no module documentation on the first line")] } else { Vec::new() }
}

#[test]
fn no_module_is_called_mod_rs() {
    tree::enforce(mod_rs, "Name the file after its module: `planner.rs` beside `planner/`.");
}

fn mod_rs(file: &SourceFile) -> Vec<Violation> {
    let named = file.path.rsplit('/').next() == Some("mod.rs");
    if named { vec![file.violation(1, "a mod.rs")] } else { Vec::new() }
}

#[test]
fn every_crate_carries_the_workspace_lints() {
    tree::enforce(
        no_lints,
        "Add `[lints]` with `workspace = true` to the manifest: the bans on unwrap, unsafe and now() live there.",
    );
}

/// The tests package is left out: a panic there is the report.
fn no_lints(file: &SourceFile) -> Vec<Violation> {
    let is_crate = file.path.ends_with("Cargo.toml") && file.path != "tests/Cargo.toml";
    let carries = file.text.contains("[lints]\nworkspace = true");
    if is_crate && !carries { vec![file.violation(1, "does not inherit the lints")] } else { Vec::new() }
}

/// The one crate that cannot do without: tests alone may depend on it, see `arrows`.
const UNSAFE: &str = "src-tauri/crates/faultvfs/";

#[test]
fn unsafe_code_is_allowed_in_one_crate() {
    tree::enforce(unsafe_allowed, "Do it without `unsafe`, or with a library that does it for us.");
}

/// The lint refuses unsafe code wherever it is not let in.
fn unsafe_allowed(file: &SourceFile) -> Vec<Violation> {
    // Put together here, so that this file does not break its own rule.
    let word = concat!("unsafe", "_code");
    let lets_in = |text: &str| {
        ["allow", "expect", "warn"]
            .iter()
            .any(|lint| text.contains(&format!("{lint}({word}")) || text.contains(&format!("{word} = \"{lint}\"")))
    };
    let is_checked = (file.is_rust() || file.path.ends_with("Cargo.toml")) && !file.path.starts_with(UNSAFE);
    let found = file.lines().filter(|(_, text)| is_checked && lets_in(text));
    found.map(|(line, _)| file.violation(line, "unsafe code is let in")).collect()
}

#[test]
fn planted_breaks_are_found() {
    assert_eq!(no_module_doc(&SourceFile::planted("a.rs", "use std::fmt;\n")).len(), 1, "no documentation");
    assert!(no_module_doc(&SourceFile::planted("a.rs", "//! Owns a.\n")).is_empty(), "documented");
    assert_eq!(mod_rs(&SourceFile::planted("src/planner/mod.rs", "")).len(), 1, "a mod.rs");
    assert_eq!(no_lints(&SourceFile::planted("x/Cargo.toml", "[package]\nname = \"x\"\n")).len(), 1, "no lints");
    let planted = concat!("#![allow(unsafe", "_code, reason = \"speed\")]\n");
    assert_eq!(unsafe_allowed(&SourceFile::planted("src-tauri/crates/core/src/a.rs", planted)).len(), 1, "unsafe");
    assert!(unsafe_allowed(&SourceFile::planted("src-tauri/crates/faultvfs/src/a.rs", planted)).is_empty(), "the one");
}
