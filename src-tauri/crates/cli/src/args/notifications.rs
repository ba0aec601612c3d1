//! Arguments of `notifications`.

use clap::{Subcommand, ValueEnum};

/// Notices, and how far each kind reaches.
#[derive(Debug, Subcommand)]
pub enum NotificationsCommand {
    /// List notices, newest first.
    List {
        /// Only of this site: its id or name.
        #[arg(long)]
        site: Option<String>,
        /// Only what was not seen yet.
        #[arg(long)]
        unread: bool,
        /// Only kinds that were chosen to reach nobody.
        #[arg(long, conflicts_with = "unread")]
        silent: bool,
        /// How many.
        #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=500))]
        limit: u32,
    },
    /// Mark notices as seen: those named, or all.
    #[command(group = clap::ArgGroup::new("which").required(true).args(["ids", "all"]))]
    Read {
        /// Ids, as 'notifications list' shows them.
        #[arg(value_name = "ID")]
        ids: Vec<String>,
        /// All of them.
        #[arg(long)]
        all: bool,
    },
    /// Show how far each kind of notice reaches, or choose it for one.
    Prefs {
        /// The kind, as this command lists them.
        #[arg(requires = "channel")]
        kind: Option<String>,
        /// How far it is to reach from now on.
        #[arg(value_enum)]
        channel: Option<ChannelArg>,
    },
    /// Show or set the hours in which the system shows no notifications, by the clocks of your zone ('credits zone').
    Quiet {
        /// Keep them, or not.
        #[arg(value_enum)]
        switch: Option<Switch>,
        /// Time of day they begin, such as 22:00.
        #[arg(long, value_name = "TIME", requires = "switch")]
        from: Option<String>,
        /// Time of day they end; before the beginning when they last over midnight.
        #[arg(long, value_name = "TIME", requires = "switch")]
        until: Option<String>,
    },
}

/// How far a kind reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ChannelArg {
    /// It is kept, and nobody is told.
    None,
    /// It stands in the list and counts as unread.
    App,
    /// That, and the system's notifications show it.
    System,
    /// As far as its severity says.
    Default,
}

/// Whether something is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Switch {
    /// It is.
    On,
    /// It is not.
    Off,
}

impl ChannelArg {
    /// The word for it; `None` leaves it to the severity.
    pub const fn word(self) -> Option<&'static str> {
        match self {
            Self::None => Some("none"),
            Self::App => Some("app"),
            Self::System => Some("system"),
            Self::Default => None,
        }
    }
}
