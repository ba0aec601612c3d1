//! `igny8ctl`: the command line over the same app as the window. Exit code 0 means done, 1 refused or failed with the
//! reason on standard error, 2 wrong usage.

mod args;
mod commands;
mod fault_text;
mod output;
mod secret;

use args::Args;
use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    let args = Args::parse();
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("igny8ctl: no worker threads: {error}");
            return ExitCode::FAILURE;
        }
    };
    match runtime.block_on(commands::run(args)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("igny8ctl: {}", fault_text::sentence(&fault));
            ExitCode::FAILURE
        }
    }
}
