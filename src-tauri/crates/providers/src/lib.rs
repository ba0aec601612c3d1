//! Adapters to AI models: everything that turns the ports [`igny8_core::port::models::TextModel`] and
//! [`igny8_core::port::models::ImageModel`] into calls. They know no money and no store; whoever may call them has
//! already paid. Only the composition root and tests may depend on this crate.

mod address;
pub mod anthropic;
mod base64;
pub mod bria;
mod buckets;
pub mod builtin;
mod check;
mod codes;
mod connection;
mod dialect;
mod fetch;
mod figures;
pub mod gemini;
mod http;
mod lenient;
pub mod ollama;
pub mod openai;
mod public;
mod reply;
pub mod runware;
mod schema;
mod stream;
mod strictness;
mod thinking;
mod tokens;
mod waits;
mod wording;
mod work;

pub use address::{AddressError, VendorAddress};
pub use check::Check;
pub use connection::Connection;
pub use dialect::{Models, models};
pub use http::{Bounds, NoEncryption};
