//! Use cases: one verb per function, the runner that works off paid units, the pipeline that strings them together, and
//! the delivery of articles. The engine decides; the store keeps; the outside world comes in through ports. It is the
//! only crate that can reach a provider, and only with a hold of the ledger in its hand.

mod appointments;
mod automation;
mod background;
pub mod books;
mod connection;
pub mod door;
mod engine;
mod error;
pub mod export;
pub mod follow;
pub mod forward;
pub mod function;
pub mod import;
mod inbox;
mod interrupted;
pub mod keyword_file;
pub mod media;
pub mod notices;
mod once;
pub mod operation;
pub mod pause_all;
pub mod pipeline;
pub mod planning;
pub mod prompt;
pub mod publish;
pub mod reconcile;
mod recovery;
mod requests;
mod rezoned;
pub mod roles;
mod room;
mod runner;
pub mod sample;
pub mod schedule;
pub mod settings;
mod sweeps;
pub mod table_file;
mod timer;
mod unit;
pub mod usage_file;
mod waking;

pub use connection::host_of;
pub use engine::{Destinations, Engine, Ports};
pub use error::EngineError;
pub use runner::Ran;
