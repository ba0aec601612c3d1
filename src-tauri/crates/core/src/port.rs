//! The outside world as traits: models, sites, secrets, time, ids. Everything the product must be able to do without,
//! or to have played by a test, stands here; SQLite does not, because it is the truth and tests use the real thing.

pub mod clock;
pub mod destination;
pub mod diagnosis;
pub mod models;
pub mod vault;
pub mod vendor;

pub use clock::{Clock, Ids, Offload};
pub use destination::{Destination, SiteError};
pub use diagnosis::Diagnosis;
pub use models::{FailedCall, ImageModel, ProviderError, TextModel};
pub use vault::{Vault, VaultError, VaultState};
pub use vendor::{Greeting, VendorCheck};
