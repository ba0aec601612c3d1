//! The shell without a screen: bindings and permissions follow from the one command list, every command is reachable
//! from the main window and from no other, and the configuration keeps its walls.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test's panic is its report; outside test functions the lints do not know that this is one"
)]

mod generated;
mod opening;
mod reach;
mod secrets;
mod walls;
