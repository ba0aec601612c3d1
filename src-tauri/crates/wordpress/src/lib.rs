//! WordPress as a destination: finding a site's REST interface, asking what it may do, and the single steps of one
//! publish with an application password. One file per subject of the interface; what the steps mean for a post, and in
//! which order they come, is decided elsewhere, so nothing here remembers anything between two calls.

mod address;
mod answer;
mod blocks;
mod connection;
mod discovery;
mod errors;
mod media;
mod posts;
mod probe;
mod public_only;
mod site;
mod terms;
mod transport;

pub use address::{ApiBase, site_address};
pub use connection::{Credentials, Options};
pub use discovery::{Discovered, discover};
pub use site::WordPressSite;
