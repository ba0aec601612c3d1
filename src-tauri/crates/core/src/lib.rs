//! The domain of Igny8: types, rules and ports. Nothing here reads a file, opens a socket, asks the time or starts a
//! thread, so every rule can be tested by calling it, and any shell (window, command line, test) can stand around it.

pub mod agreed;
pub mod alt;
pub mod article;
pub mod automation;
pub mod bisect;
pub mod budget;
pub mod catch_up;
#[cfg(test)]
mod every_zone;
pub mod function;
pub mod hangup;
pub mod id;
pub mod inbox;
pub mod intent;
pub mod invisible;
pub mod journal;
pub mod keyword_file;
pub mod language;
pub mod live;
pub mod merge;
pub mod model;
pub mod money;
pub mod notice;
pub mod on_site;
pub mod outbox;
pub mod panicked;
pub mod picture;
pub mod port;
pub mod progress;
pub mod prompt;
pub mod publishing;
pub mod quality;
pub mod reach;
pub mod receipt;
pub mod reconcile;
pub mod recurring;
pub mod repeats;
pub mod retry;
pub mod schedule;
pub mod slots;
pub mod slug;
pub mod status;
pub mod time;
pub mod topic;
pub mod usage;
pub mod zone;
