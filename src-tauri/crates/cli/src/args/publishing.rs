//! Arguments of `publishing`.

use super::Answer;
use clap::{Subcommand, ValueEnum};

/// How the articles of a site go forward by themselves.
#[derive(Debug, Subcommand)]
pub enum PublishingCommand {
    /// Show the settings of a site.
    Show {
        /// Site id or name.
        #[arg(long)]
        site: String,
    },
    /// Change settings of a site; the rest stays as it is.
    Set {
        /// Site id or name.
        #[arg(long)]
        site: String,
        /// What to change.
        #[command(flatten)]
        changes: PublishingChanges,
    },
    /// Show which times the settings of a site give in the next thirty days, with changes that are tried and not kept.
    Preview {
        /// Site id or name.
        #[arg(long)]
        site: String,
        /// What to try.
        #[command(flatten)]
        changes: PublishingChanges,
    },
}

/// How articles are spread over days and hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum RhythmArg {
    /// As soon as limits allow.
    Immediate,
    /// One every so many days.
    Interval,
    /// At chosen times of chosen days.
    TimeSlots,
    /// Spread over a part of chosen days.
    Stagger,
}

/// A day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DayArg {
    /// Monday.
    Mon,
    /// Tuesday.
    Tue,
    /// Wednesday.
    Wed,
    /// Thursday.
    Thu,
    /// Friday.
    Fri,
    /// Saturday.
    Sat,
    /// Sunday.
    Sun,
}

/// What to change. Times are on the wall of the site's zone, HH:MM; a limit of 0 is none.
#[derive(Debug, Default, clap::Args)]
pub struct PublishingChanges {
    /// Whether what passes the floor is approved without a person.
    #[arg(long, value_name = "YES_OR_NO", value_enum)]
    pub auto_approve: Option<Answer>,
    /// Whether what is approved gets the next free time without being asked.
    #[arg(long, value_name = "YES_OR_NO", value_enum)]
    pub auto_schedule: Option<Answer>,
    /// Floor: words of what was aimed at, in percent, up to 200; 0 asks for none.
    #[arg(long, value_name = "PERCENT")]
    pub words_percent: Option<u32>,
    /// Floor: every picture it has a place for, and at least one.
    #[arg(long, value_name = "YES_OR_NO", value_enum)]
    pub needs_pictures: Option<Answer>,
    /// Floor: title and description for search results.
    #[arg(long, value_name = "YES_OR_NO", value_enum)]
    pub needs_meta: Option<Answer>,
    /// Floor: headings at least, up to 20.
    #[arg(long, value_name = "N")]
    pub headings: Option<u32>,
    /// Floor: no other article of the site about the same.
    #[arg(long, value_name = "YES_OR_NO", value_enum)]
    pub refuses_same_topic: Option<Answer>,
    /// Floor: an outline that is to be written out will do.
    #[arg(long, value_name = "YES_OR_NO", value_enum)]
    pub takes_outlines: Option<Answer>,
    /// How articles are spread over days and hours.
    #[arg(long, value_enum)]
    pub rhythm: Option<RhythmArg>,
    /// Interval: days between two; 1 is daily, 7 is weekly.
    #[arg(long, value_name = "N")]
    pub every_days: Option<u32>,
    /// Interval: a day on which an article goes out, such as 2026-12-01; the others are counted from it.
    #[arg(long, value_name = "DAY")]
    pub anchor: Option<String>,
    /// Interval: when on the day.
    #[arg(long, value_name = "TIME")]
    pub time: Option<String>,
    /// Slots and stagger: days of the week, such as mon,wed,fri.
    #[arg(long, value_enum, value_delimiter = ',')]
    pub days: Option<Vec<DayArg>>,
    /// Slots: the times, such as 09:00,15:30.
    #[arg(long, value_name = "TIMES", value_delimiter = ',')]
    pub times: Option<Vec<String>>,
    /// Stagger: the first of a day.
    #[arg(long, value_name = "TIME")]
    pub from: Option<String>,
    /// Stagger: none of a day is later.
    #[arg(long, value_name = "TIME")]
    pub until: Option<String>,
    /// Stagger: minutes between two.
    #[arg(long, value_name = "N")]
    pub every_minutes: Option<u32>,
    /// Most on a day.
    #[arg(long, value_name = "N")]
    pub per_day: Option<u32>,
    /// Most in a week from Monday.
    #[arg(long, value_name = "N")]
    pub per_week: Option<u32>,
    /// Most in a month.
    #[arg(long, value_name = "N")]
    pub per_month: Option<u32>,
    /// Most that wait for their time.
    #[arg(long, value_name = "N")]
    pub queue_limit: Option<u32>,
}
