//! The composition root: opens a data folder, wires the real adapters to the engine, and offers every command as a
//! function that takes and returns the types of [`dto`] and fails with a [`Fault`]. The window and the command line are
//! two thin skins over it.

mod calling;
mod catalogue;
mod caught;
pub mod commands;
mod copies;
mod desktop;
pub mod destinations;
pub mod dto;
mod ending;
mod fault;
pub mod folder;
pub mod folder_site;
mod igny8;
mod logging;
mod notice;
mod provides;
mod restore;
mod system;
pub mod vault;
mod vendors;
mod view;

pub use calling::{Taken, call_window};
pub use caught::caught;
pub use desktop::Desktop;
pub use ending::end_requested;
pub use fault::Fault;
pub use igny8::{Igny8, OpenOptions};
pub use igny8_core::function::AiFunction;
pub use igny8_core::status::{Dialect, ModelMode};
pub use logging::start_logging;
pub use notice::{Notice, Notices};
pub use provides::{PROVIDES, Provides};
pub use restore::Restore;
pub use system::SystemClock;
