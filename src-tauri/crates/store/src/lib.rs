//! The one SQLite file: connections, migrations, the writer's queue, one file per table, the ledger and its auditor.
//!
//! All SQL of the product stands in this crate. There is one writer on a thread of its own and a few readers that
//! cannot write; a change is announced after its commit and never before. Reading is a type ([`Read`]) and writing is
//! another ([`Write`]), so that a query cannot change a row and a transaction cannot be nested by mistake.

mod audit;
mod backup;
mod connection;
mod digest;
mod error;
#[cfg(test)]
mod fixture;
mod handle;
pub mod ledger;
pub mod leftover;
mod migrate;
mod newest;
mod queue;
mod report;
mod store;
pub mod table;
mod writer;

pub use audit::{Audit, Fact, Finding, FindingKind};
pub use backup::BackupError;
pub use error::StoreError;
pub use handle::{Changes, Read, Write};
pub use ledger::{Held, LedgerError, OpenCall};
pub use queue::{ReaderLoop, Step};
pub use report::ReportTable;
pub use store::{Store, Urgency};
pub use writer::WriterLoop;
