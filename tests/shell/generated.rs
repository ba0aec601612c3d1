//! Files made from the command list. `IGNY8_BLESS=1` writes them anew.

use igny8_shell::surface;
use std::path::Path;

fn assert_generated(path: &str, want: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if std::env::var_os("IGNY8_BLESS").is_some() {
        std::fs::write(&file, want).unwrap();
    }
    let have = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(have == want, "{path} is not what the command list says; run IGNY8_BLESS=1 cargo test --test shell");
}

#[test]
fn the_bindings_are_those_of_the_command_list() {
    assert_generated(surface::BINDINGS, &surface::bindings().unwrap());
}

#[test]
fn the_permissions_name_every_command() {
    assert_generated(surface::PERMISSIONS, &surface::permissions().unwrap());
}

#[test]
fn every_read_that_declares_topics_is_a_command() {
    let bindings = surface::bindings().unwrap();
    for read in igny8_app::PROVIDES {
        assert!(bindings.contains(&format!("\t{}: (", read.command)), "{} is no command", read.command);
    }
}
