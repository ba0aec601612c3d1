//! What the stories share: a world to play them in, the books as a stranger reads them, the command line as a
//! program, and whole histories from one number each.

pub mod articles;
pub mod books;
pub mod effort;
pub mod errands;
pub mod hledger;
pub mod keyring;
pub mod line;
pub mod picture;
pub mod power;
pub mod program;
pub mod simulation;
pub mod stepped;
pub mod stepped_store;
pub mod tracer;
pub mod vendor;
pub mod world;
