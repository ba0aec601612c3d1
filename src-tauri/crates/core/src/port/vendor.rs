//! A vendor as it is asked something that costs nothing, to see whether it is there and takes the key.

use super::ProviderError;
use async_trait::async_trait;
use uuid::Uuid;

/// What a vendor says to a question that costs nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Greeting {
    /// How many models it lists on the first page of its list; absent for one that has no list.
    pub models: Option<u32>,
}

/// A vendor that can be asked something that costs nothing.
#[async_trait]
pub trait VendorCheck: Send + Sync {
    /// Asks once, without a word to any model. `id` is new, for vendors that want each question to have one of its own.
    ///
    /// # Errors
    /// [`ProviderError::Auth`] for a key that is not taken, and the rest as of a call. Nothing is ever billed.
    async fn check(&self, id: Uuid) -> Result<Greeting, ProviderError>;
}
