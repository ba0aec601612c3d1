//! `igny8ctl`: the command line over the same app as the window. Exit code 0 means done, 1 refused or failed with the
//! reason on standard error, 2 wrong usage.

mod args;
mod commands;
mod conflict_text;
mod doctor_text;
mod failure;
mod fault_text;
mod finding_text;
mod input;
mod interrupt;
mod notice_text;
mod output;
mod price_text;
mod reason_text;
mod secret;
mod site_text;
mod text;

use args::Args;
use clap::Parser;
use failure::Failure;
use igny8_app::caught;
use std::process::ExitCode;

fn main() -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(usage) => return explain(&usage),
    };
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => {
            output::warn(&format!("No worker threads can be started ({error})."));
            return ExitCode::FAILURE;
        }
    };
    end(runtime.block_on(caught(commands::run(args))))
}

/// Help, the version, or what is wrong with the arguments.
fn explain(usage: &clap::Error) -> ExitCode {
    match usage.print() {
        Ok(()) => ExitCode::from(u8::try_from(usage.exit_code()).unwrap_or(2)),
        Err(error) => end(Err(error.into())),
    }
}

fn end(done: Result<(), Failure>) -> ExitCode {
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) if failure.is_reader_gone() => ExitCode::SUCCESS,
        Err(failure) => {
            output::warn(&failure.sentence());
            ExitCode::FAILURE
        }
    }
}
