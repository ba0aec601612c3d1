//! Arguments of `automation` and `needs`.

use super::Answer;
use clap::{Subcommand, ValueEnum};
use std::str::FromStr;

/// What a site has chosen for its runs.
#[derive(Debug, Subcommand)]
pub enum AutomationCommand {
    /// What is chosen.
    Show {
        /// Site id or name.
        #[arg(long)]
        site: String,
    },
    /// Choose; what is not named stays as it is.
    Set(Box<AutomationChanges>),
}

/// What to change, one thing at least.
#[derive(Debug, clap::Args)]
pub struct AutomationChanges {
    /// Site id or name.
    #[arg(long)]
    pub site: String,
    /// Take everything back to the defaults first.
    #[arg(long)]
    pub reset: bool,
    /// Whether runs begin by themselves.
    #[arg(long, value_name = "YES_OR_NO", value_enum)]
    pub enabled: Option<Answer>,
    /// How often.
    #[arg(long, value_enum)]
    pub every: Option<Every>,
    /// When on the day, HH:MM.
    #[arg(long, value_name = "TIME")]
    pub at: Option<String>,
    /// Days of the week for '--every week': mon to sun.
    #[arg(long, value_name = "DAYS", value_delimiter = ',', value_enum)]
    pub days: Vec<Day>,
    /// Day of the month for '--every month'; a shorter month takes its last.
    #[arg(long, value_name = "1-31")]
    pub month_day: Option<u32>,
    /// IANA zone of that time; 'site' for the site's own.
    #[arg(long)]
    pub zone: Option<String>,
    /// What becomes of runs whose time came while no program was open.
    #[arg(long, value_enum)]
    pub catch_up: Option<CatchUpArg>,
    /// Switch a stage on or off.
    #[arg(long, value_name = "STAGE=on|off")]
    pub stage: Vec<Switch>,
    /// Items of one batch of a stage; 'all' for all that wait.
    #[arg(long, value_name = "STAGE=N|all")]
    pub batch: Vec<Count>,
    /// Most items of a stage in one run; 'all' for all that wait.
    #[arg(long, value_name = "STAGE=N|all")]
    pub most: Vec<Count>,
    /// Percent of a run's credits that a stage may take; 100 in all.
    #[arg(long, value_name = "STAGE=PERCENT")]
    pub share: Vec<Count>,
    /// Seconds between two batches.
    #[arg(long, value_name = "SECONDS")]
    pub within: Option<u32>,
    /// Seconds between two stages.
    #[arg(long, value_name = "SECONDS")]
    pub between: Option<u32>,
    /// Most credits of one run; 'auto' for what its estimate allows.
    #[arg(long, value_name = "CREDITS|auto")]
    pub credits: Option<String>,
    /// Whether work that was interrupted goes on at the next start without being asked.
    #[arg(long, value_name = "YES_OR_NO", value_enum)]
    pub go_on_by_itself: Option<Answer>,
}

/// How often.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Every {
    /// Each day.
    Day,
    /// On days of the week.
    Week,
    /// On a day of the month.
    Month,
}

/// What becomes of missed runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CatchUpArg {
    /// They are told of.
    Skip,
    /// The latest is made up for.
    Latest,
    /// All are, spaced out.
    Spaced,
}

/// A day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Day {
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

/// Stages as people name them here, and as the app does.
const STAGES: [(&str, &str); 7] = [
    ("cluster", "auto_cluster"),
    ("ideas", "generate_ideas"),
    ("queue", "queue_ideas"),
    ("write", "generate_content"),
    ("prompts", "generate_image_prompts"),
    ("images", "generate_images"),
    ("review", "review"),
];

/// A stage and whether it is on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Switch {
    /// Name of the stage.
    pub stage: &'static str,
    /// On.
    pub is_on: bool,
}

/// A stage and a number, or none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Count {
    /// Name of the stage.
    pub stage: &'static str,
    /// How many; `None` for all.
    pub count: Option<u32>,
}

impl Day {
    /// 1 for Monday to 7.
    #[must_use]
    pub const fn number(self) -> u32 {
        match self {
            Self::Mon => 1,
            Self::Tue => 2,
            Self::Wed => 3,
            Self::Thu => 4,
            Self::Fri => 5,
            Self::Sat => 6,
            Self::Sun => 7,
        }
    }
}

/// A stage's name as people say it.
pub fn stage_word(stage: &str) -> &str {
    STAGES.iter().find(|(_, name)| *name == stage).map_or(stage, |(word, _)| word)
}

fn stage_and_value(text: &str) -> Result<(&'static str, &str), String> {
    let (word, value) = text.split_once('=').ok_or("STAGE=VALUE is expected")?;
    let known = STAGES.iter().find(|(known, name)| *known == word || *name == word);
    let words: Vec<&str> = STAGES.iter().map(|(word, _)| *word).collect();
    known.map(|(_, name)| (*name, value)).ok_or_else(|| format!("a stage is one of {}", words.join(", ")))
}

impl FromStr for Switch {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (stage, value) = stage_and_value(text)?;
        match value {
            "on" => Ok(Self { stage, is_on: true }),
            "off" => Ok(Self { stage, is_on: false }),
            _ => Err("on or off is expected".to_owned()),
        }
    }
}

impl FromStr for Count {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (stage, value) = stage_and_value(text)?;
        if value == "all" {
            return Ok(Self { stage, count: None });
        }
        let count = value.parse().map_err(|_| "a number or 'all' is expected".to_owned())?;
        Ok(Self { stage, count: Some(count) })
    }
}
