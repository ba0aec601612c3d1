//! A disk that counts, fails and remembers, for tests: it stands between SQLite and the file system, under the product's
//! own connections, and the product does not know that it is there.
//!
//! This is the one crate with `unsafe` in it: SQLite's interface to a file system is a table of C functions, and there
//! is no other way to stand in it. Nothing but tests may depend on the crate, so that no unsafe line ships. The unsafe
//! part is [`shim`] alone; what it decides and remembers is ordinary Rust.

mod dice;
mod disk;
mod platter;
#[allow(unsafe_code, reason = "SQLite's interface to a file system is a table of C functions")]
mod shim;
mod tape;

pub use dice::Dice;
pub use disk::{Call, Counts, Disk, Fault, FileKind, Trouble};
pub use tape::{Files, Replay, Tape, write_into};
