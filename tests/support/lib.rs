//! What the stories share: a world to play them in, the books as a stranger reads them, and the command line as a
//! program.

pub mod books;
pub mod effort;
pub mod errands;
pub mod keyring;
pub mod picture;
pub mod power;
pub mod program;
pub mod stepped;
pub mod stepped_store;
pub mod vendor;
pub mod world;
