//! The house rules that no compiler checks: who may depend on whom, how long a file may grow, what must not be in it.
//!
//! Each rule is one test over the whole tree whose message says how to mend a break, and beside it stands a test that
//! plants a break, so that a rule cannot pass by looking at nothing.

mod arrows;
mod modules;
mod notices;
mod portable;
mod promises;
mod size;
mod sql;
mod syntax;
mod time;
mod tree;
mod twins;
mod ui;
mod unfinished;
