//! The block editor of several WordPresses over one text: what its own scripts make of it.

use super::{output_of, tree};
use std::process::Command;

/// Versions whose editor can be asked, the oldest first; the last one is to come.
pub const EDITORS: [&str; 5] = ["6.2", "6.3", "6.4", "6.5", "nightly"];

/// What the editor of a version makes of a text: names of blocks in order, inner ones in brackets, invalid ones with an
/// exclamation mark, and on further lines what it said.
#[must_use]
pub fn edited(version: &str, text: &str) -> String {
    let package = tree::package();
    let needs = output_of(Command::new("php").arg(tree::scripts().join("editor.php")).arg(tree::archive(version)), "");
    let mut node = Command::new("node");
    node.arg(tree::scripts().join("editor.cjs"));
    node.arg(tree::scripts().join("../../ui/node_modules/jsdom"));
    node.arg(package.join(format!("public/wp-{version}/wp-includes/js/dist"))).arg(needs);
    output_of(&mut node, text)
}
