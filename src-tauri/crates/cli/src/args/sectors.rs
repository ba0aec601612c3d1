//! Arguments of `sector`.

use clap::Subcommand;

/// Sectors.
#[derive(Debug, Subcommand)]
pub enum SectorCommand {
    /// List the sectors of a site.
    List {
        /// Site id or name.
        #[arg(long)]
        site: String,
    },
    /// Add a sector to a site.
    Add {
        /// Its name.
        name: String,
        /// Site id or name.
        #[arg(long)]
        site: String,
    },
    /// Give a sector another name.
    Rename {
        /// Sector id or name.
        sector: String,
        /// Its new name.
        name: String,
        /// Site id or name.
        #[arg(long)]
        site: String,
    },
    /// Remove an empty sector.
    Remove {
        /// Sector id or name.
        sector: String,
        /// Site id or name.
        #[arg(long)]
        site: String,
    },
}
