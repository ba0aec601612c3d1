//! What crosses the border to a screen. These types belong to the app and not to the domain, so that either can be
//! renamed without the other, and so that no secret has a path to the window.
//!
//! Conventions: ids are strings; credits and money are decimal strings; counts are `u32`; instants are RFC 3339 in UTC;
//! an absent instant or number is `null`; durations end in `_ms`.

pub mod account;
pub mod audit;
pub mod automation;
pub mod books;
pub mod conflict;
pub mod desktop;
pub mod list;
pub mod models;
pub mod outbox;
pub mod planner;
pub mod prompts;
pub mod publishing;
pub mod schedule;
pub mod site;
pub mod spending;
pub mod usage;
pub mod work;
pub mod writer;
