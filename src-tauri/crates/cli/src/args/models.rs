//! `models …`: vendors, and the catalogue with its prices.

use clap::builder::PossibleValuesParser;
use clap::{Subcommand, ValueEnum};
use igny8_app::{AiFunction, Dialect, ModelMode};

/// Vendors and the catalogue.
#[derive(Debug, Subcommand)]
pub enum ModelsCommand {
    /// List the models with their prices.
    List {
        /// Also the models that another price has replaced.
        #[arg(long)]
        all: bool,
    },
    /// Connect a vendor. Its key is read from standard input when there is one.
    Connect {
        /// A name for it.
        #[arg(long)]
        name: String,
        /// Address of its interface, such as https://api.openai.com/v1, https://api.anthropic.com or
        /// http://127.0.0.1:11434.
        #[arg(long)]
        url: String,
        /// The language it is asked in; by default the one that its address, or else its name, suggests.
        #[arg(long, value_parser = dialects())]
        dialect: Option<String>,
        /// Requests in a minute at the most; as many as the vendor takes by default. Each data folder counts for itself:
        /// where several programs or folders use one key, give each its part.
        #[arg(long, value_name = "N")]
        per_minute: Option<u32>,
        /// Keep the key it has, where none is on standard input.
        #[arg(long)]
        keep_key: bool,
    },
    /// Ask a vendor something that costs nothing, and say whether it is there and takes the key. Ends with 1 when it does
    /// not.
    Test {
        /// Its name.
        #[arg(long)]
        name: String,
    },
    /// Disconnect a vendor: forget its key and switch its models off.
    Disconnect {
        /// Its name.
        name: String,
    },
    /// Add a model of a connected vendor, or give one a new price. What is left unsaid is as in the catalogue, where it
    /// knows the model.
    Add(Box<NewModel>),
    /// Use a model from now on: for all functions of its kind, or for one.
    Use {
        /// The model's name, or VENDOR/MODEL where several vendors have one of that name.
        model: String,
        /// Only for this function.
        #[arg(long = "for", value_name = "FUNCTION", value_parser = functions())]
        function: Option<String>,
        /// In the set to try things with, and not in the one that counts. Needs --for.
        #[arg(long, requires = "function")]
        testing: bool,
    },
    /// Say which set of models is asked, or switch to the other: in testing, functions ask the built-in engine unless they
    /// were given another model to try; live is the one that counts.
    Mode {
        /// Which.
        #[arg(value_parser = PossibleValuesParser::new(ModelMode::ALL.iter().map(|mode| mode.as_str())))]
        mode: Option<String>,
    },
    /// Say of every model in use whether it can be asked, and whether its vendor ends it. Ends with 1 when a run would be
    /// refused.
    Check,
    /// Put one model in the place of another, wherever it is used.
    Switch {
        /// The model in use: its name, or VENDOR/MODEL.
        from: String,
        /// The one to use instead.
        to: String,
    },
}

fn functions() -> PossibleValuesParser {
    PossibleValuesParser::new(AiFunction::ALL.iter().map(|function| function.name()))
}

fn dialects() -> PossibleValuesParser {
    PossibleValuesParser::new(Dialect::ALL.iter().map(|dialect| dialect.as_str()))
}

/// A model with its prices, in US dollars.
#[derive(Debug, clap::Args)]
pub struct NewModel {
    /// The vendor's name.
    #[arg(long)]
    pub provider: String,
    /// The vendor's model id.
    #[arg(long)]
    pub model: String,
    /// What it makes.
    #[arg(long = "type", value_enum)]
    pub kind: Option<ModelKind>,
    /// Price of 1,000 tokens read.
    #[arg(long, value_name = "PRICE")]
    pub input: Option<String>,
    /// Price of 1,000 tokens written.
    #[arg(long, value_name = "PRICE")]
    pub output: Option<String>,
    /// Price of 1,000 tokens read from the vendor's cache; as input by default.
    #[arg(long, value_name = "PRICE")]
    pub cached_input: Option<String>,
    /// Price of 1,000 tokens written to the vendor's cache; as input by default.
    #[arg(long, value_name = "PRICE")]
    pub cache_write: Option<String>,
    /// Price of 1,000 tokens of reasoning; as output by default.
    #[arg(long, value_name = "PRICE")]
    pub reasoning: Option<String>,
    /// Price of 1,000 tokens of pictures read; as input by default.
    #[arg(long, value_name = "PRICE")]
    pub image_input: Option<String>,
    /// Price of 1,000 tokens of pictures made; as output by default.
    #[arg(long, value_name = "PRICE")]
    pub image_output: Option<String>,
    /// Price of a picture.
    #[arg(long, value_name = "PRICE")]
    pub image: Option<String>,
    /// Tokens one credit buys; 1,000 by default.
    #[arg(long, value_name = "N")]
    pub tokens_per_credit: Option<u32>,
    /// The least a text call costs; 1 by default.
    #[arg(long, value_name = "CREDITS")]
    pub min_credits: Option<String>,
    /// What a picture costs.
    #[arg(long, value_name = "CREDITS")]
    pub credits_per_image: Option<String>,
    /// What an image model can be asked for, as an object of JSON: sizes, quality, steps, seed_max, negative, more; what is
    /// usual of its vendor's language by default.
    #[arg(long, value_name = "JSON")]
    pub picture: Option<String>,
    /// What a picture costs in each quality, as a list of JSON: objects with quality, pixels_max for a price up to so many
    /// pixels, cost_per_image or image_tokens (of 1,024 x 1,024), and credits_per_image; as in the catalogue by default.
    #[arg(long, value_name = "JSON", value_parser = tiers)]
    pub tiers: Option<Tiers>,
    /// How a text model thinks before it answers, as an object of JSON: tokens, the most it thinks with, and ask, the fields
    /// of its vendor's own in which a request says it; as is usual of its name by default.
    #[arg(long, value_name = "JSON")]
    pub thinking: Option<String>,
    /// Most tokens it reads.
    #[arg(long, value_name = "TOKENS")]
    pub context: Option<u32>,
    /// Most tokens it writes in one answer.
    #[arg(long, value_name = "TOKENS")]
    pub max_output: Option<u32>,
    /// The day its vendor ends it, such as 2026-12-01.
    #[arg(long, value_name = "DAY")]
    pub retires_on: Option<String>,
    /// The model of the same vendor to use instead.
    #[arg(long, value_name = "MODEL")]
    pub replaced_by: Option<String>,
    /// Use it for its kind from now on.
    #[arg(long)]
    pub default: bool,
}

/// What a picture costs in each quality.
#[derive(Clone, Debug)]
pub struct Tiers(pub Vec<NewTier>);

/// What a picture costs in one quality.
#[derive(Clone, Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewTier {
    /// The vendor's word for it.
    pub quality: String,
    /// Most pixels of a picture at this price.
    pub pixels_max: Option<u32>,
    /// Dollars for a picture.
    pub cost_per_image: Option<String>,
    /// Tokens of a picture of 1,024 × 1,024.
    pub image_tokens: Option<u32>,
    /// Credits for a picture.
    pub credits_per_image: Option<String>,
}

fn tiers(text: &str) -> Result<Tiers, String> {
    serde_json::from_str(text).map(Tiers).map_err(|error| error.to_string())
}

/// What a model makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ModelKind {
    /// Text.
    Text,
    /// Pictures.
    Image,
}
