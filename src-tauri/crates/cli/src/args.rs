//! The arguments of `igny8ctl`. Secrets are never among them: they come on standard input.

mod conflicts;
mod models;
mod outbox;
mod prompts;
mod receipts;
mod sectors;
mod work;

use clap::{Parser, Subcommand, ValueEnum};

use std::path::PathBuf;

pub use conflicts::ConflictsCommand;
pub use models::{ModelKind, ModelsCommand, NewModel};
pub use outbox::OutboxCommand;
pub use prompts::PromptsCommand;
pub use receipts::{ReceiptFormat, ReceiptsCommand};
pub use sectors::SectorCommand;
pub use work::{Retry, Work};

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
    Cluster(Work),
    /// Find ideas for clusters that have none.
    Ideas(Work),
    /// Queue new ideas and write what is queued.
    Write(Work),
    /// Describe and make images that are missing.
    Images(Work),
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
    },
    /// What is on its way to its site, waits, or cannot arrive.
    #[command(subcommand)]
    Outbox(OutboxCommand),
    /// The pipeline of a site: cluster, ideas, write, images.
    #[command(subcommand)]
    Run(RunCommand),
    /// The balance and the books.
    #[command(subcommand)]
    Credits(CreditsCommand),
    /// Vendors of models, and the model catalogue.
    #[command(subcommand)]
    Models(ModelsCommand),
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

/// Sites.
#[derive(Debug, Subcommand)]
pub enum SiteCommand {
    /// Add a site. The application password is read from standard input when there is one.
    Add(SiteAdd),
    /// List the sites.
    List {
        /// Those that were removed and can be brought back instead.
        #[arg(long)]
        removed: bool,
    },
    /// Change what is known of a site.
    Edit {
        /// Site id or name.
        site: String,
        /// What to change.
        #[command(flatten)]
        changes: SiteChanges,
    },
    /// Keep a new application password for a site, read from standard input.
    Password {
        /// Site id or name.
        site: String,
    },
    /// Ask the site who we are there and what we may do.
    Test {
        /// Site id or name.
        site: String,
        /// Read the application password from standard input and use it for this once.
        #[arg(long)]
        password_stdin: bool,
    },
    /// Look closely at the connection of a site: what is in the way, and how to mend it.
    Doctor {
        /// Site id or name.
        site: String,
        /// Read the application password from standard input and use it for this once.
        #[arg(long)]
        password_stdin: bool,
    },
    /// Find a site and name the page where it asks whether Igny8 may sign in; the password it shows goes to 'site password'.
    Consent {
        /// Site id or name, or an address that is no site here yet.
        site: String,
    },
    /// Trust a site by the certificate authorities in a file beside the system's, or by the system's alone again.
    Authority {
        /// Site id or name.
        site: String,
        /// The file, in PEM.
        #[arg(required_unless_present = "none")]
        file: Option<PathBuf>,
        /// Trust it by the system's alone.
        #[arg(long, conflicts_with = "file")]
        none: bool,
    },
    /// Write the companion plugin to a file: on a site of WordPress it lets titles and descriptions for search results be
    /// written, and does nothing else.
    Companion {
        /// The file.
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Look now at what became of the articles on a site without us, or on all sites.
    Sync {
        /// Site id or name; all sites without.
        site: Option<String>,
    },
    /// Take in the posts that a site had before, so that new articles link to them and do not repeat them.
    ImportPosts {
        /// Site id or name.
        site: String,
        /// Sector name; needed when the site has several.
        #[arg(long)]
        sector: Option<String>,
    },
    /// Take the application password back at the site, and forget it here.
    Disconnect {
        /// Site id or name.
        site: String,
        /// Read the application password from standard input, where none is kept.
        #[arg(long)]
        password_stdin: bool,
    },
    /// Remove a site from the lists; its articles stay where they are.
    Remove {
        /// Site id or name.
        site: String,
    },
    /// Bring a removed site back.
    Restore {
        /// Site id or name; 'site list --removed' says which there are.
        site: String,
    },
}

/// A site to add.
#[derive(Debug, clap::Args)]
pub struct SiteAdd {
    /// Name.
    #[arg(long)]
    pub name: String,
    /// Address of the WordPress site. With '--kind folder' the whole path of the folder; left out, a folder of its own in
    /// the data folder.
    #[arg(long, default_value = "")]
    pub url: String,
    /// Where its articles go.
    #[arg(long, value_enum, default_value_t = Kind::Wordpress)]
    pub kind: Kind,
    /// WordPress user name.
    #[arg(long, default_value = "")]
    pub user: String,
    /// Sectors to make.
    #[arg(long = "sector", value_name = "NAME")]
    pub sectors: Vec<String>,
    /// Language of its articles.
    #[arg(long, default_value = "en")]
    pub language: String,
    /// IANA time zone.
    #[arg(long, default_value = "UTC")]
    pub zone: String,
    /// Brand colour.
    #[arg(long, default_value = "#4453c7")]
    pub color: String,
    /// Most pictures inside an article, 0 to 4; the featured one comes on top.
    #[arg(long, value_name = "N", default_value_t = 2)]
    pub images: u32,
    /// File format of its pictures.
    #[arg(long, value_enum, default_value_t = PictureFormatArg::Webp)]
    pub image_format: PictureFormatArg,
    /// Let work that was interrupted go on at the next start without being asked.
    #[arg(long)]
    pub go_on_by_itself: bool,
}

/// What to change of a site, one thing at least; the rest stays as it is.
#[derive(Debug, clap::Args)]
#[group(required = true, multiple = true)]
pub struct SiteChanges {
    /// Name.
    #[arg(long)]
    pub name: Option<String>,
    /// Address of a WordPress site, or whole path of a folder; empty for a folder of its own in the data folder.
    #[arg(long)]
    pub url: Option<String>,
    /// WordPress user name.
    #[arg(long)]
    pub user: Option<String>,
    /// Language of its articles.
    #[arg(long)]
    pub language: Option<String>,
    /// IANA time zone.
    #[arg(long)]
    pub zone: Option<String>,
    /// Brand colour.
    #[arg(long)]
    pub color: Option<String>,
    /// Most pictures inside an article, 0 to 4; the featured one comes on top. Articles that have their pictures keep
    /// them.
    #[arg(long, value_name = "N")]
    pub images: Option<u32>,
    /// File format of pictures made from now on.
    #[arg(long, value_enum)]
    pub image_format: Option<PictureFormatArg>,
    /// Whether work that was interrupted goes on at the next start without being asked.
    #[arg(long, value_name = "YES_OR_NO", value_enum)]
    pub go_on_by_itself: Option<Answer>,
}

/// A switch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Answer {
    /// On.
    Yes,
    /// Off.
    No,
}

/// Where a site's articles go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Kind {
    /// WordPress over REST.
    Wordpress,
    /// A folder of files.
    Folder,
}

/// A file format of pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum PictureFormatArg {
    /// Read by every program.
    Png,
    /// A smaller file for the same picture.
    Webp,
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
    /// Go on with what of the site was interrupted, in the foreground: its run under the cap it has, or what belongs to no
    /// run. Nothing else is begun.
    Resume {
        /// Site id or name.
        #[arg(long)]
        site: String,
    },
    /// How far it is, also from beside the program that runs it; or what of the site was interrupted.
    Status {
        /// Site id or name.
        #[arg(long)]
        site: String,
    },
    /// Cancel it after the unit at hand, also from beside the program that runs it, or give up what was interrupted; what
    /// was made stays.
    Cancel {
        /// Site id or name.
        #[arg(long)]
        site: String,
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
