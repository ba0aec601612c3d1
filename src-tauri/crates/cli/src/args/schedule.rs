//! Arguments of `schedule` and `calendar`.

use clap::{Subcommand, ValueEnum};
use std::path::PathBuf;

/// When articles go out.
#[derive(Debug, clap::Args)]
#[command(group = clap::ArgGroup::new("what").required(true).args(["at", "off", "swap", "next_free"]))]
pub struct Schedule {
    /// Site id or name.
    #[arg(long)]
    pub site: String,
    /// When: a time in the zone of the site, such as 2026-12-01T09:00, or an instant with its offset. It is to come yet;
    /// what is to go out now is published.
    #[arg(long, value_name = "TIME")]
    pub at: Option<String>,
    /// Of several articles each goes out so many minutes after the one before.
    #[arg(long, value_name = "MINUTES", requires = "at", default_value_t = 0)]
    pub step: u32,
    /// Take their times away.
    #[arg(long)]
    pub off: bool,
    /// Give each of two articles the other's time.
    #[arg(long)]
    pub swap: bool,
    /// Give them the next free times by the rules of the site; without articles, all that are approved and have no time.
    #[arg(long)]
    pub next_free: bool,
    /// Ids of approved articles.
    #[arg(value_name = "ARTICLE", required_unless_present = "next_free")]
    pub articles: Vec<String>,
}

/// What is in the calendar.
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Calendar {
    /// Only of this site: its id or name.
    #[arg(long)]
    pub site: Option<String>,
    /// From this instant on, with its offset; what has no time is always in it.
    #[arg(long, value_name = "INSTANT")]
    pub from: Option<String>,
    /// Up to this instant.
    #[arg(long, value_name = "INSTANT")]
    pub until: Option<String>,
    /// Only what stands so: review, unscheduled, scheduled, awaiting_proof, publishing, published, failed, missed; may be given more
    /// than once.
    #[arg(long = "state", value_name = "STATE")]
    pub states: Vec<String>,
    /// Out for other tools.
    #[command(subcommand)]
    pub command: Option<CalendarCommand>,
}

/// The calendar for other tools.
#[derive(Debug, Subcommand)]
pub enum CalendarCommand {
    /// Write the calendar to standard output or a file.
    Export {
        /// Only of this site: its id or name.
        #[arg(long)]
        site: Option<String>,
        /// From this instant on, with its offset; what has no time is always in a table.
        #[arg(long, value_name = "INSTANT")]
        from: Option<String>,
        /// Up to this instant.
        #[arg(long, value_name = "INSTANT")]
        until: Option<String>,
        /// A row for each article, or an event for each that has a time.
        #[arg(long, value_enum, default_value_t = CalendarFormat::Csv)]
        format: CalendarFormat,
        /// The file; replaced when all of it is written.
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
}

/// A format of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CalendarFormat {
    /// A table for spreadsheets.
    Csv,
    /// iCalendar, for calendar programs.
    Ics,
}
