//! The simulation: whole histories of the product from one number each. The real engine, store and ledger run in one
//! thread over a real file; time, ids, chance, the vendor, the site and the user are the world's. A process may end
//! between any two awaits, and the next one finds what it left. After each start, now and then, and at the end the books
//! are held against what the world outside knows.
//!
//! | part | what it is |
//! |---|---|
//! | [`chance`] | the one source of everything that is not decided |
//! | `clock` | a wall clock that jumps, timers that only know how long the machine was awake |
//! | `executor` | tasks, polled one at a time by whoever has the turn |
//! | [`vendor`] | answers, loses answers, and keeps its own bill |
//! | `press` | a WordPress behind a line that breaks |
//! | `user` | commands, and what the user knows from their answers ([`truth`]) |
//! | [`checks`] | what must be so |
//! | [`plants`] | mistakes that must be noticed |
//! | [`world`] | whose turn it is |
//! | [`pairs`] | every pair of commands on a run, with nothing left to chance |

pub mod chance;
pub mod checks;
mod clock;
mod executor;
mod file;
mod listener;
mod many;
pub mod pairs;
pub mod plants;
mod press;
mod process;
mod tally;
pub mod truth;
mod user;
pub mod vendor;
pub mod world;

pub use many::{Played, play_many, play_one};
pub use plants::Plant;
pub use tally::Tally;
pub use world::{Ending, World};
