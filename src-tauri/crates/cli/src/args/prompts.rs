//! Arguments of `prompts`. Texts come on standard input: a template has lines, quotes and braces.

use clap::Subcommand;

/// The prompt library.
#[derive(Debug, Subcommand)]
pub enum PromptsCommand {
    /// List the prompts, and whose words are in use.
    List {
        /// Site id or name; for all sites by default.
        #[arg(long)]
        site: Option<String>,
    },
    /// Show the words in use and the settings they may name.
    Show {
        /// Which prompt, as 'prompts list' names it.
        kind: String,
        /// Site id or name; for all sites by default.
        #[arg(long)]
        site: Option<String>,
    },
    /// Use your own words, read from standard input, from now on.
    Set {
        /// Which prompt.
        kind: String,
        /// Only for this site.
        #[arg(long)]
        site: Option<String>,
    },
    /// Go back to the app's own words, or for a site to those for all sites. The words stay in the history.
    Reset {
        /// Which prompt.
        kind: String,
        /// Only for this site.
        #[arg(long)]
        site: Option<String>,
    },
    /// Show what would be sent for an item of a site, without asking a model. Words on standard input are shown in place
    /// of those in use.
    Preview {
        /// Which prompt.
        kind: String,
        /// Site id or name.
        #[arg(long)]
        site: String,
    },
    /// Ask a model once, for an item of a site, and show its answer; nothing of it is stored, and it is charged. Words on
    /// standard input are tried in place of those in use.
    Try {
        /// Which prompt.
        kind: String,
        /// Site id or name.
        #[arg(long)]
        site: String,
    },
}
