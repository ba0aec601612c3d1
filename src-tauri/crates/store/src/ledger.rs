//! The ledger: the only way money moves. A hold is placed before a call is made and resolved once, by a settle in the
//! commit that stores the result or by a release. Whoever wants to call a provider must show a [`Held`], and only the
//! ledger makes one; it cannot be copied, and spending it turns it into an [`OpenCall`] that only the ledger takes back.
//!
//! Each movement writes its records in the same commit: the transfer, the line of the statement, the usage row, and the
//! totals of the operation it belongs to.

mod answer;
mod asked;
mod cap;
mod credit_price;
mod grant;
mod hold;
mod record;
mod resolve;
mod room;
mod seal;
#[cfg(test)]
mod tests;

pub use answer::{PaidAnswer, PaidBody};
pub use asked::Asked;
pub use cap::{CapView, StandingLimit};
pub(crate) use credit_price::PRICE_NOTES;
pub use grant::{Grant, MonthStanding, WalletView};
pub use hold::{HoldRequest, Lease};
pub use record::Related;
pub use resolve::{Release, Settled, Settlement};
pub use room::Funds;

use crate::StoreError;
use igny8_core::id::{CallId, ModelId, OperationId};
use igny8_core::money::{Credits, Usd};
use igny8_core::status::CapScope;

/// Account rows as V2 inserts them.
pub(crate) mod account {
    /// Source of monthly grants.
    pub const BUDGET: i64 = 1;
    /// Source of extra credits.
    pub const EXTRA: i64 = 2;
    /// What can be spent.
    pub const WALLET: i64 = 3;
    /// What was spent.
    pub const USAGE: i64 = 4;
    /// Unspent monthly credits of past months.
    pub const LAPSED: i64 = 5;
    /// What vendors took beyond a hold.
    pub const SHORTFALL: i64 = 6;
}

/// Permission for one call to one provider: credits are held and the intent to send is on disk.
#[derive(Debug)]
pub struct Held {
    open: OpenCall,
}

/// A call whose hold is not resolved. Settle it or release it; dropping it leaves the hold for recovery to find.
#[derive(Debug)]
#[must_use = "an unresolved hold keeps credits back until the next start"]
pub struct OpenCall {
    pub(crate) call: CallId,
    pub(crate) operation: OperationId,
    pub(crate) lease: Lease,
    pub(crate) model: ModelId,
    pub(crate) amount: Credits,
    pub(crate) attempts: u32,
    pub(crate) request_hash: [u8; 32],
    /// What one attempt at it will likely cost at its vendor's; `None` for a call from before this was kept.
    pub(crate) likely: Option<Usd>,
    /// The vendor's id of an earlier attempt at it.
    pub(crate) earlier: Option<String>,
}

impl Held {
    pub(crate) fn new(open: OpenCall) -> Self {
        Self { open }
    }

    /// The call's id; it stays the same through retries.
    #[must_use]
    pub fn call(&self) -> CallId {
        self.open.call
    }

    /// The vendor's own id of an earlier attempt at the same call, under which it can be asked what became of that.
    #[must_use]
    pub fn earlier(&self) -> Option<&str> {
        self.open.earlier.as_deref()
    }

    /// Spends the permission: the request is about to leave.
    pub fn spend(self) -> OpenCall {
        self.open
    }
}

impl OpenCall {
    /// The call's id.
    #[must_use]
    pub fn call(&self) -> CallId {
        self.call
    }

    /// The operation it belongs to.
    #[must_use]
    pub fn operation(&self) -> OperationId {
        self.operation
    }

    /// The lease under which it was made.
    #[must_use]
    pub fn lease(&self) -> Lease {
        self.lease
    }

    /// What was held for it.
    #[must_use]
    pub fn amount(&self) -> Credits {
        self.amount
    }

    /// The price version it was held under.
    #[must_use]
    pub fn model(&self) -> ModelId {
        self.model
    }

    /// What it asked for, as the hash of its request.
    #[must_use]
    pub fn request_hash(&self) -> &[u8; 32] {
        &self.request_hash
    }

    /// What one attempt at it will likely cost at its vendor's, as it was known when it was held; `None` for a call from
    /// before this was kept.
    #[must_use]
    pub fn likely(&self) -> Option<Usd> {
        self.likely
    }

    /// The vendor's own id of its newest attempt that has one on record.
    #[must_use]
    pub fn earlier(&self) -> Option<&str> {
        self.earlier.as_deref()
    }

    /// How often it was sent, from 1.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.attempts
    }
}

/// Why the ledger refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LedgerError {
    /// The wallet does not cover the hold.
    #[error("{needed} credits needed, {available} available")]
    InsufficientCredits {
        /// What the hold needs.
        needed: Credits,
        /// What the wallet has.
        available: Credits,
    },
    /// A limit the user has set, or a run's cap, does not cover the hold.
    #[error("the {scope} cap leaves {left} of the {needed} credits needed")]
    CapReached {
        /// Which.
        scope: CapScope,
        /// What the hold needs.
        needed: Credits,
        /// What the cap has left.
        left: Credits,
    },
    /// The user has stopped all paid work.
    #[error("paid work is stopped")]
    Stopped,
    /// The unit was taken by someone else or is no longer to be done.
    #[error("the unit is not free")]
    NotFree,
    /// The call was resolved before.
    #[error("the call is resolved")]
    Resolved,
    /// An amount outside the range of a ledger line.
    #[error("amount out of range")]
    OutOfRange,
    /// The file.
    #[error(transparent)]
    Store(#[from] StoreError),
}
