//! What a command may spend that is no run and has no row of its own for it. Nothing is begun that may cost more than is
//! left, at the most that is held for it and that no charge exceeds, so that it needs no watching afterwards.

use crate::Fault;
use crate::commands::spending;
use crate::dto::work::{Estimate, OperationRow};
use crate::view::list;
use igny8_core::money::Credits;

/// What of a command's cap is left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cap {
    left: Credits,
}

impl Cap {
    /// The cap as it was typed.
    ///
    /// # Errors
    /// [`Fault::InvalidField`] when it is no amount above nothing.
    pub fn of(text: &str) -> Result<Self, Fault> {
        spending::cap(text).map(|left| Self { left })
    }

    /// What is left, in credits.
    #[must_use]
    pub fn left(&self) -> String {
        self.left.to_string()
    }

    /// Whether work of this price cannot cost more than is left.
    #[must_use]
    pub fn covers(&self, price: &Estimate) -> bool {
        list::credits(&price.credits_max, "cap").is_ok_and(|most| most <= self.left)
    }

    /// Counts what work was charged.
    pub fn spend(&mut self, row: &OperationRow) {
        let spent = list::credits(&row.credits, "cap").unwrap_or(self.left);
        self.left = self.left.minus(spent).max(Credits::ZERO);
    }
}
