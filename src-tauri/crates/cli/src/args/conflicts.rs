//! Arguments of `conflicts`.

use clap::Subcommand;

/// Articles that somebody has changed on their site.
#[derive(Debug, Subcommand)]
pub enum ConflictsCommand {
    /// List the articles about which somebody is to decide.
    List {
        /// Only of this site: its id or name.
        #[arg(long)]
        site: Option<String>,
    },
    /// Show both sides of an article, run by run.
    Show {
        /// Id of the article; 'conflicts list' says which there are.
        article: String,
    },
    /// Keep the article as it is here; the next 'publish' writes it over what was changed there.
    TakeMine {
        /// Id of the article.
        article: String,
    },
    /// Take the article over as it is on the site, its text as a new version.
    TakeTheirs {
        /// Id of the article.
        article: String,
    },
    /// Keep some of both. What only one side has changed is kept from that side, unless it is named.
    Merge {
        /// Id of the article.
        article: String,
        /// A run of the text, as 'conflicts show' numbers them, and whose is kept: 3=theirs; ours, theirs or both.
        #[arg(long = "run", value_name = "N=SIDE")]
        runs: Vec<String>,
        /// A field and whose is kept: title=theirs; ours or theirs.
        #[arg(long = "field", value_name = "FIELD=SIDE")]
        fields: Vec<String>,
    },
}
