//! Whether anybody still waits for an answer. A person who cancels work wants the request closed that is under way for it,
//! and not only nothing begun behind it: a vendor that sees its caller gone stops writing, and what it has not written it
//! does not bill. The request carries this sign, because only whoever waits for the vendor knows when an answer is in hand:
//! up to there the wait may be dropped, and from there on what was paid for is taken in.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;

/// A wait for the moment from which nobody waits any more.
pub type Over<'a> = Pin<Box<dyn Future<Output = ()> + Send + 'a>>;

/// Whoever may hang up.
pub trait Caller: Send + Sync {
    /// Whether it has hung up.
    fn is_gone(&self) -> bool;

    /// Ready once it has.
    fn gone(&self) -> Over<'_>;
}

/// The caller of a request; by default one that never hangs up.
#[derive(Clone, Default)]
pub struct Hangup(Option<Arc<dyn Caller>>);

impl Hangup {
    /// Of this caller.
    #[must_use]
    pub fn of(caller: Arc<dyn Caller>) -> Self {
        Self(Some(caller))
    }

    /// Whether nobody waits for the answer any more.
    #[must_use]
    pub fn has_come(&self) -> bool {
        self.0.as_ref().is_some_and(|caller| caller.is_gone())
    }

    /// Ready once nobody waits any more; never where nobody can hang up.
    pub async fn came(&self) {
        match &self.0 {
            Some(caller) => caller.gone().await,
            None => std::future::pending().await,
        }
    }
}

impl fmt::Debug for Hangup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Hangup").field(&self.has_come()).finish()
    }
}
