//! Arguments of `outbox`.

use clap::Subcommand;

/// Deliveries that are on their way, wait, or cannot arrive.
#[derive(Debug, Subcommand)]
pub enum OutboxCommand {
    /// List them: where each stands, why, and when it is tried again.
    List {
        /// Only of this site: its id or name.
        #[arg(long)]
        site: Option<String>,
    },
    /// Try deliveries now that wait or are parked: those named, or all of a site.
    #[command(group = clap::ArgGroup::new("which").required(true).args(["ids", "site"]))]
    Retry {
        /// Ids, as 'outbox list' shows them.
        #[arg(value_name = "ID")]
        ids: Vec<String>,
        /// All of this site: its id or name.
        #[arg(long)]
        site: Option<String>,
        /// Read the application password of the site from standard input and use it for this once.
        #[arg(long, requires = "site")]
        password_stdin: bool,
    },
    /// Take deliveries out, and the drafts they have made off their sites.
    Discard {
        /// Ids, as 'outbox list' shows them.
        #[arg(value_name = "ID", required = true)]
        ids: Vec<String>,
    },
    /// Put deliveries back that were taken out.
    Restore {
        /// Ids, as 'outbox discard' said them.
        #[arg(value_name = "ID", required = true)]
        ids: Vec<String>,
    },
}
