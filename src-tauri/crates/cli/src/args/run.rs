//! Arguments of `run`.

use clap::Subcommand;
use std::path::PathBuf;

/// The pipeline.
#[derive(Debug, Subcommand)]
pub enum RunCommand {
    /// Run it in the foreground, and go on with what was interrupted; Ctrl-C pauses it after the unit at hand.
    Start {
        /// Site id or name.
        #[arg(long)]
        site: String,
        /// Most credits the run may spend; 1.2 times its estimate by default. What was interrupted goes on under the cap it
        /// has: this is refused until it did, or was given up.
        #[arg(long, value_name = "CREDITS", allow_negative_numbers = true)]
        cap: Option<String>,
    },
    /// Go on with what of the site was paused or interrupted, in the foreground: its run under the cap it has, or what
    /// belongs to no run. Nothing else is begun. A program that has the folder open goes on with it itself.
    Resume {
        /// Site id or name.
        #[arg(long, required_unless_present = "all")]
        site: Option<String>,
        /// Instead of a site: all that 'run pause --all' held, and nothing else.
        #[arg(long, conflicts_with = "site")]
        all: bool,
    },
    /// How far it is, also from beside the program that runs it; or what of the site was interrupted.
    Status {
        /// Site id or name.
        #[arg(long)]
        site: String,
    },
    /// Pause it after the units at hand, also from beside the program that runs it: it waits where it was until 'run resume'
    /// goes on with it, whatever is started meanwhile.
    Pause {
        /// Site id or name.
        #[arg(long, required_unless_present = "all")]
        site: Option<String>,
        /// Instead of a site: all AI work of all of them, single tasks too, and what would begin by itself.
        #[arg(long, conflicts_with = "site")]
        all: bool,
    },
    /// Cancel it, also from beside the program that runs it, and close the requests that are under way for it; or give up what
    /// was interrupted. What was made stays.
    Cancel {
        /// Site id or name.
        #[arg(long)]
        site: String,
    },
    /// The runs there were, newest first.
    History {
        /// Site id or name.
        #[arg(long)]
        site: String,
        /// How many.
        #[arg(long, default_value_t = 20)]
        limit: u32,
    },
    /// One run: its stages, what they made and cost, and the run before it.
    Show {
        /// Run id, from 'run history'.
        run: String,
    },
    /// What happened in a run, item by item, as CSV.
    Log {
        /// Run id, from 'run history'.
        run: String,
        /// The file; standard output without. An earlier log is replaced when all of it is written.
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
}
