//! Every kind of notice that is written is one that the user can choose for, and each of those has a name on the screen. A
//! kind that is not listed would go by its severity alone, under a name that nobody understands.

use crate::tree::{self, SourceFile, Violation};
use igny8_core::notice::{NOTICE_KINDS, is_kind};
use regex::Regex;

/// Where the kinds are listed.
const LIST: &str = "src-tauri/crates/core/src/notice.rs";
/// Where kinds have their names.
const NAMES: &str = "ui/src/messages/en/notifications.ts";

/// How a kind is written down beside its severity, or as what it is.
fn written() -> Regex {
    Regex::new(r#""([a-z]+(?:_[a-z]+)+)",\s*Severity::|notification_type:\s*"([a-z_]+)""#)
        .expect("the pattern is valid")
}

fn unlisted(file: &SourceFile, written: &Regex) -> Vec<Violation> {
    let is_checked = file.is_rust() && file.path.starts_with("src-tauri/crates/") && file.path != LIST;
    if !is_checked || file.path.contains("/tests") {
        return Vec::new();
    }
    let named = |text: &'_ str| {
        let found = written.captures(text)?;
        found.get(1).or(found.get(2)).map(|kind| kind.as_str().to_owned())
    };
    let kinds = file.lines().filter_map(|(line, text)| Some((line, named(text)?)));
    kinds
        .filter(|(_, kind)| !is_kind(kind))
        .map(|(line, kind)| file.violation(line, format!("{kind} is no listed kind of notice")))
        .collect()
}

#[test]
fn every_kind_that_is_written_can_be_chosen_for() {
    let written = written();
    tree::enforce(|file| unlisted(file, &written), "List the kind in `core/src/notice.rs`, and name it on the screen.");
}

fn unnamed(file: &SourceFile) -> Vec<Violation> {
    if file.path != NAMES {
        return Vec::new();
    }
    let lacking = NOTICE_KINDS.iter().filter(|(kind, _, _)| !file.text.contains(&format!("\n    {kind}: '")));
    lacking.map(|(kind, _, _)| file.violation(1, format!("{kind} has no name"))).collect()
}

#[test]
fn every_kind_has_a_name_on_the_screen() {
    tree::enforce(unnamed, "Name the kind under `kind`, as what happened.");
}

#[test]
fn planted_breaks_are_found() {
    let planted =
        |text: &str| unlisted(&SourceFile::planted("src-tauri/crates/engine/src/a.rs", text), &written()).len();
    assert_eq!(planted("tell(w, (\"post_vanished\", Severity::Error))"), 1, "beside its severity");
    assert_eq!(planted("notification_type: \"post_vanished\".to_owned(),"), 1, "as what it is");
    assert_eq!(planted("tell(w, (\"publish_failed\", Severity::Error))"), 0, "it is listed");
    assert!(!unnamed(&SourceFile::planted(NAMES, "kind: {}")).is_empty(), "nothing has a name");
}
