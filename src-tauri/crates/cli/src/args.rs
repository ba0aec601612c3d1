//! The arguments of `igny8ctl`. Secrets are never among them: they come on standard input.

mod automation;
mod conflicts;
mod models;
mod notifications;
mod outbox;
mod prompts;
mod publishing;
mod receipts;
mod run;
mod schedule;
mod sectors;
mod site;
mod sites;
mod work;

use clap::{Parser, Subcommand, ValueEnum};

use std::path::PathBuf;

pub use automation::{AutomationChanges, AutomationCommand, CatchUpArg, Every, stage_word};
pub use conflicts::ConflictsCommand;
pub use models::{ModelKind, ModelsCommand, NewModel, NewTier};
pub use notifications::{NotificationsCommand, Switch};
pub use outbox::OutboxCommand;
pub use prompts::PromptsCommand;
pub use publishing::{PublishingChanges, PublishingCommand, RhythmArg};
pub use receipts::{ReceiptFormat, ReceiptsCommand};
pub use run::RunCommand;
pub use schedule::{Calendar, CalendarCommand, CalendarFormat, Schedule};
pub use sectors::SectorCommand;
pub use site::{BodyFormArg, Kind, PictureFormatArg, SiteAdd, SiteCommand};
pub use sites::{HandOverArg, MissedArg, SiteChanges};
pub use work::{PaidWork, Retry, Work};

/// Igny8 from the command line: the same core and the same data folder as the window.
#[derive(Debug, Parser)]
#[command(name = "igny8ctl", version, about, max_term_width = 100)]
pub struct Args {
    /// Data folder; the user's own by default.
    #[arg(long, value_name = "DIR", global = true)]
    pub data_dir: Option<PathBuf>,
    /// Print one JSON object instead of a table.
    #[arg(long, global = true)]
    pub json: bool,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// The whole way on the sample workspace: keywords in, published articles out.
    Demo,
    /// Sites and their connections.
    #[command(subcommand)]
    Site(SiteCommand),
    /// Sectors of a site.
    #[command(subcommand)]
    Sector(SectorCommand),
    /// Keywords.
    #[command(subcommand)]
    Keywords(KeywordsCommand),
    /// Group keywords that wait.
    Cluster(PaidWork),
    /// Find ideas for clusters that have none.
    Ideas(PaidWork),
    /// Queue new ideas and write what is queued.
    Write(PaidWork),
    /// Describe and make images that are missing.
    Images(PaidWork),
    /// Try articles and pictures again that failed.
    Retry(Retry),
    /// Approve articles in review.
    Approve(Work),
    /// Publish approved articles now.
    Publish {
        /// What and where.
        #[command(flatten)]
        work: Work,
        /// Read the application password from standard input and use it for this once.
        #[arg(long)]
        password_stdin: bool,
        /// Make a new post of an article whose post is in the trash of the site or gone; the old one stays where it is.
        #[arg(long)]
        anew: bool,
        /// Also publish what has a time, now instead of then.
        #[arg(long)]
        scheduled: bool,
    },
    /// Say when approved articles go out, or take their times away.
    Schedule(Schedule),
    /// What is public, what has a time, and what waits for one.
    Calendar(Calendar),
    /// How the articles of a site go forward by themselves: approved, and given a time.
    #[command(subcommand)]
    Publishing(PublishingCommand),
    /// What is on its way to its site, waits, or cannot arrive.
    #[command(subcommand)]
    Outbox(OutboxCommand),
    /// The pipeline of a site: cluster, ideas, write, images.
    #[command(subcommand)]
    Run(RunCommand),
    /// What a site has chosen for its runs: when they begin by themselves, their stages, batches and limits.
    #[command(subcommand)]
    Automation(AutomationCommand),
    /// What of a site waits for you, and the one thing to do about each.
    Needs {
        /// Site id or name.
        #[arg(long)]
        site: String,
    },
    /// The balance and the books.
    #[command(subcommand)]
    Credits(CreditsCommand),
    /// Vendors of models, and the model catalogue.
    #[command(subcommand)]
    Models(ModelsCommand),
    /// What happened, and how far each kind of notice reaches.
    #[command(subcommand)]
    Notifications(NotificationsCommand),
    /// What models are asked with.
    #[command(subcommand)]
    Prompts(PromptsCommand),
    /// Articles that somebody has changed on their site.
    #[command(subcommand)]
    Conflicts(ConflictsCommand),
    /// What was read back of deliveries.
    #[command(subcommand)]
    Receipts(ReceiptsCommand),
    /// What was spent and made, as the web system's reports count it.
    Report,
    /// Copy the database to a file.
    Backup {
        /// Where to; an earlier copy is replaced when all of it is written, any other file is left alone.
        file: PathBuf,
    },
    /// Replace the database by a copy, whose books are added up first; the present one is kept beside it.
    Restore {
        /// The copy.
        file: PathBuf,
        /// Only look whether the copy can be used and its books balance, and replace nothing.
        #[arg(long)]
        check: bool,
    },
}

/// A switch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Answer {
    /// On.
    Yes,
    /// Off.
    No,
}

/// Keywords.
#[derive(Debug, Subcommand)]
pub enum KeywordsCommand {
    /// Import keyword files.
    Import {
        /// CSV or text files of any tool.
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// Site id or name.
        #[arg(long)]
        site: String,
        /// Sector name; needed when the site has several.
        #[arg(long)]
        sector: Option<String>,
        /// Only say what the files hold.
        #[arg(long)]
        dry_run: bool,
    },
}

/// The books.
#[derive(Debug, Subcommand)]
pub enum CreditsCommand {
    /// What can be spent.
    Balance,
    /// Add credits that do not expire.
    Grant {
        /// How many, a decimal.
        #[arg(allow_negative_numbers = true)]
        amount: String,
        /// A word about them.
        #[arg(long, default_value = "")]
        memo: String,
        /// A UUID made for this grant: the same command with the same key, sent again, adds nothing.
        #[arg(long, value_name = "UUID")]
        key: Option<String>,
    },
    /// Set what a credit is worth; usage already recorded keeps its value.
    Price {
        /// US dollars a credit, a decimal.
        #[arg(allow_negative_numbers = true)]
        amount: String,
    },
    /// Set the monthly budget; it is granted from the next turn of the month on.
    Budget {
        /// Credits, a decimal.
        #[arg(allow_negative_numbers = true)]
        amount: String,
    },
    /// The newest lines of the statement.
    Ledger {
        /// How many.
        #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..))]
        limit: u32,
    },
    /// Set a limit on spending, or clear it.
    Limit {
        /// What it is about.
        #[arg(value_enum)]
        scope: LimitArg,
        /// Credits, a decimal; `none` clears the limit.
        #[arg(allow_negative_numbers = true)]
        amount: String,
        /// Site id or name, for a site's limit.
        #[arg(long)]
        site: Option<String>,
    },
    /// The limits and what is taken of them.
    Limits,
    /// Stop all paid work at once, also that of another program that has this folder open.
    Stop,
    /// Allow paid work again, also to another program that has this folder open.
    Resume,
    /// Recompute the books from the transfers, row by row, and say what differs.
    ///
    /// It does not see what stands in one row alone and is sealed nowhere: how often a unit was tried, that pictures were
    /// asked for anew, a limit that nothing was counted against yet. Nor does it see that the whole file was put back to an
    /// earlier state: keep a copy or an export apart for that.
    Audit,
    /// The zone in which days and months turn.
    Zone {
        /// Another one, an IANA name such as Europe/Berlin.
        name: Option<String>,
    },
    /// Write the books for another tool, to standard output or a file.
    Export {
        /// A journal for hledger, or a table.
        #[arg(long, value_enum)]
        format: ExportFormat,
        /// Which table, for csv.
        #[arg(long, value_enum, default_value_t = ExportTable::Usage)]
        what: ExportTable,
        /// The file; an earlier export of this kind is replaced when all of it is written, any other file is left alone.
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// Compare a vendor's usage file with the books: what both have, and what only one has.
    Reconcile {
        /// CSV exported at the vendor.
        file: PathBuf,
        /// The vendor, as the model catalogue names it; those whose models the file names by default.
        #[arg(long, value_name = "P")]
        provider: Option<String>,
    },
}

/// A format of exports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    /// Double entry, for hledger.
    Hledger,
    /// A table for spreadsheets.
    Csv,
}

/// A table of the books.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExportTable {
    /// Lines of the statement.
    Statement,
    /// Usage records.
    Usage,
}

/// What a limit is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LimitArg {
    /// Each calendar month.
    Month,
    /// Each day.
    Day,
    /// Each month of one site.
    Site,
}
