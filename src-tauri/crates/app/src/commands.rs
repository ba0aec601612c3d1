//! The commands: one function for each, taking and returning the types of the border. A command is either a read, which
//! declares the topics it is made of and touches no writer, or a write, which returns ids, a summary or nothing. The
//! window's shell and the command line call these and add nothing.

pub mod account;
pub mod all_work;
pub mod automation;
pub mod books;
pub mod calendar;
pub mod companion;
pub mod conflicts;
pub mod demo;
pub mod desktop;
pub mod following;
pub mod headless;
pub mod models;
pub mod outbox;
pub mod passages;
pub mod planner;
pub mod prompts;
pub mod publishing;
pub mod receipts;
pub mod repeats;
pub mod schedule;
pub mod sites;
pub mod spending;
pub mod usage;
pub mod work;
pub mod workspace;
pub mod writer;
