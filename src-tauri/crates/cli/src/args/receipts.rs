//! Arguments of `receipts`.

use clap::{Subcommand, ValueEnum};
use std::path::PathBuf;

/// What was read back of deliveries.
#[derive(Debug, Subcommand)]
pub enum ReceiptsCommand {
    /// Write receipts, field by field, to standard output or a file.
    Export {
        /// Only of this site: its id or name.
        #[arg(long)]
        site: Option<String>,
        /// A row for each field, or an object for each delivery.
        #[arg(long, value_enum, default_value_t = ReceiptFormat::Csv)]
        format: ReceiptFormat,
        /// The file; replaced when all of it is written.
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
}

/// A format of receipts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ReceiptFormat {
    /// A table for spreadsheets.
    Csv,
    /// One document for programs.
    Json,
}
