//! WordPress as a destination: finding a site's REST interface, asking what it may do, and the single steps of one
//! publish with an application password. One file per subject of the interface; what the steps mean for a post, and in
//! which order they come, is decided elsewhere, so nothing here remembers anything between two calls.

mod address;
mod answer;
mod authority;
mod blocks;
mod classic;
mod connection;
mod consent;
mod cron;
mod discovery;
mod doctor;
mod errors;
mod glances;
mod media;
mod offers;
mod permits;
mod plain;
mod posts;
mod probe;
mod public_only;
mod seo;
mod site;
mod terms;
mod transport;

pub use address::{ApiBase, same_place, site_address};
pub use authority::{Authorities, BadAuthority};
pub use connection::{Credentials, Options};
pub use consent::{Consent, consent};
pub use discovery::{Discovered, discover};
pub use doctor::examine;
pub use site::WordPressSite;

/// The plugin that lets a site's fields for search results be written: one file of PHP, which is offered and never needed.
pub const COMPANION: &str = include_str!("../companion/igny8-companion.php");
