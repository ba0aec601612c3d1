//! `make bench`: what the product promises about speed and durability, measured through its own API on real files. Every
//! figure is a ratio to something measured in the same run, taken in turn with it, since a disk is twenty times as quick
//! in one minute as in the next. The table is printed, `target/bench/report.json` holds the same, and a bar that is
//! missed ends the program with an error.
//!
//! `make bench ONLY="P1 P8"` measures some of them.

mod audit;
mod balance;
mod commits;
mod folder;
mod groups;
mod histories;
mod jobs;
mod machine;
mod queue;
mod raw;
mod report;
mod starts;
mod syncs;
mod topics;

use machine::Machine;
use report::{Goal, Report};
use std::path::Path;
use std::process::ExitCode;

/// A measurement: the goals it answers, and how it is taken.
type Measurement = (&'static [&'static str], fn() -> Vec<Goal>);

const MEASUREMENTS: &[Measurement] = &[
    (&["P1", "P2"], commits::measure),
    (&["P3"], syncs::measure),
    (&["P4"], groups::measure),
    (&["P5"], histories::power_cuts),
    (&["P6"], histories::histories),
    (&["P7"], balance::measure),
    (&["P8"], audit::measure),
    (&["P15"], jobs::measure),
    (&["P16"], queue::measure),
    (&["P17"], starts::measure),
    (&["P19"], queue::idle),
    (&["P20"], topics::measure),
];

fn main() -> ExitCode {
    let mut words = std::env::args_os().skip(1);
    match words.next() {
        Some(word) if word == starts::WRITE_LOG => starts::write_log(Path::new(&words.next().unwrap_or_default())),
        Some(word) if word == syncs::MAKE_PICTURES => {
            syncs::make_pictures();
            return ExitCode::SUCCESS;
        }
        Some(_) | None => {}
    }
    let wanted: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    let is_wanted = |ids: &[&str]| wanted.is_empty() || ids.iter().any(|id| wanted.iter().any(|word| word == id));
    let folder = report::folder();
    std::fs::create_dir_all(&folder).expect("the report's folder can be made");
    // A temporary folder may be in memory; what is measured here is this disk.
    let scratch = tempfile::tempdir_in(&folder).expect("a temporary folder can be made");
    tempfile::env::override_temp_dir(scratch.path()).expect("nobody has chosen another");
    let before = Machine::now();
    let mut goals = Vec::new();
    for (ids, measure) in MEASUREMENTS.iter().filter(|(ids, _)| is_wanted(ids)) {
        eprintln!("measuring {}", ids.join(", "));
        goals.extend(measure());
    }
    let report = Report { goals, before, after: Machine::now() };
    report.write();
    println!("{report}");
    if report.is_met() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
