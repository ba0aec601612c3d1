//! What tests stand on instead of the outside world, and what of the world they start for themselves. No part of the
//! product depends on it.

pub mod canary;
pub mod clock;
pub mod destination;
pub mod ids;
pub mod offload;
pub mod quoting;
pub mod scripted;
pub mod vault;
pub mod vendor;
pub mod wordpress;
