//! The commands of the window, by area. They are listed once, in `surface.rs`.

pub mod account;
pub mod automation;
pub mod desktop;
pub mod following;
pub mod models;
pub mod outbox;
pub mod planner;
pub mod prompts;
pub mod publishing;
pub mod schedule;
pub mod sites;
pub mod spending;
pub mod usage;
pub mod work;
pub mod workspace;
pub mod writer;
