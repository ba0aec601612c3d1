//! What the app's program says without opening a window: it has no display here.

use crate::session::binary;
use std::process::{Command, Output};

fn ran(argument: &str) -> Output {
    let binary = binary().unwrap_or_else(|failure| panic!("{failure}"));
    Command::new(binary).arg(argument).env_clear().output().expect("it can be started")
}

#[test]
fn help_and_version_are_printed_and_no_window_is_opened() {
    for (argument, words) in [
        ("--help", ["Usage: igny8 [--data-dir DIR] [--in-tray]", "igny8ctl"]),
        ("-h", ["Usage: igny8 [--data-dir DIR] [--in-tray]", "igny8ctl"]),
        ("--version", ["igny8 ", env!("CARGO_PKG_VERSION")]),
        ("-V", ["igny8 ", env!("CARGO_PKG_VERSION")]),
    ] {
        let output = ran(argument);
        let told = String::from_utf8_lossy(&output.stdout);
        assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &[][..]), "{argument}: {output:?}");
        assert!(words.iter().all(|word| told.contains(word)), "{argument}: {told}");
    }
    let unknown = ran("--helpme");
    assert_eq!((unknown.status.code(), unknown.stdout.as_slice()), (Some(2), &[][..]), "{unknown:?}");
    assert!(String::from_utf8_lossy(&unknown.stderr).contains("igny8 --help"), "the way on is named: {unknown:?}");
}
