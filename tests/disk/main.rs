//! The disk as it is when it fails: calls that return errors, power that goes, processes that are killed, space that
//! runs out. Whatever was acknowledged is there afterwards, whatever was refused is not, and the books balance.
//!
//! Each test closes with a line that says how much it did. `make soak` does more of it.

mod full;
mod kills;
mod pictures;
mod power;
mod shim;
mod sweep;
mod syncs;
mod unsent;
