//! Use cases: one verb per function, the runner that works off paid units, the pipeline that strings them together, and
//! the delivery of articles. The engine decides; the store keeps; the outside world comes in through ports. It is the
//! only crate that can reach a provider, and only with a hold of the ledger in its hand.

pub mod books;
mod connection;
pub mod door;
mod engine;
mod error;
pub mod export;
pub mod follow;
pub mod function;
pub mod import;
mod interrupted;
pub mod keyword_file;
pub mod media;
mod once;
pub mod operation;
pub mod pipeline;
pub mod prompt;
pub mod publish;
pub mod reconcile;
mod recovery;
mod requests;
pub mod roles;
mod room;
mod runner;
pub mod sample;
pub mod settings;
pub mod table_file;
mod unit;
pub mod usage_file;

pub use connection::host_of;
pub use engine::{Destinations, Engine, Ports};
pub use error::EngineError;
pub use runner::Ran;
