//! Keeping the books: the turn of the month, grants, the budget and the audit.

use crate::{Engine, EngineError, settings};
use igny8_core::id::TransferId;
use igny8_core::money::Credits;
use igny8_core::time::UtcMs;
use igny8_store::ledger::Grant;
use igny8_store::{Audit, LedgerError, StoreError, Write};

/// Longest memo of a grant, in characters.
const MEMO_CHARS_MAX: usize = 200;

impl Engine {
    /// Recomputes the books and remembers whether they balance.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn audit(&self) -> Result<Audit, EngineError> {
        let audit = self.store.read(|r| r.audit()).await?;
        self.set_books_balance(audit.is_ok());
        if !audit.is_ok() {
            tracing::error!(findings = ?audit.findings, "the books do not balance");
        }
        Ok(audit)
    }

    /// Adds credits that do not expire.
    ///
    /// # Errors
    /// [`EngineError::InvalidField`] for an amount that is not positive.
    pub async fn grant_credits(&self, amount: Credits, memo: &str) -> Result<(), EngineError> {
        if amount <= Credits::ZERO {
            return Err(EngineError::InvalidField { field: "amount", rule: "range" });
        }
        let memo = igny8_core::function::output::clean_line(memo, MEMO_CHARS_MAX);
        let (id, now) = (TransferId(self.ids.next()), self.clock.now());
        self.store.write(move |w| w.grant(&Grant::Extra { id, memo }, amount, now)).await?;
        self.wake.notify_one();
        Ok(())
    }

    /// Sets the monthly budget; it is granted from the next turn of the month on.
    ///
    /// # Errors
    /// [`EngineError::InvalidField`] for a negative amount.
    pub async fn set_budget(&self, amount: Credits) -> Result<(), EngineError> {
        if amount < Credits::ZERO || amount > igny8_core::money::CREDITS_MAX {
            return Err(EngineError::InvalidField { field: "amount", rule: "range" });
        }
        Ok(self.store.write(move |w| settings::save_budget(w, amount)).await?)
    }

    /// Makes sure that this month's budget was granted. Months that were missed do not add up.
    ///
    /// # Errors
    /// When the file fails.
    pub async fn turn_month(&self) -> Result<(), EngineError> {
        let now = self.clock.now();
        self.store.write(move |w| turn_month(w, now)).await?;
        Ok(())
    }
}

/// As [`Engine::turn_month`], inside a commit that needs it.
pub(crate) fn turn_month(write: &mut Write<'_>, now: UtcMs) -> Result<(), LedgerError> {
    let settings = settings::load(write).map_err(LedgerError::Store)?;
    let month = now.month_in(&settings.zone);
    write.grant(&Grant::Monthly { month }, settings.monthly_budget, now)?;
    Ok(())
}

impl Engine {
    /// Copies the database to `target` while it stays in use, after an audit.
    ///
    /// # Errors
    /// When the copy could not be made; an older copy of the same name is still there.
    pub async fn backup(&self, target: std::path::PathBuf) -> Result<Audit, EngineError> {
        let audit = self.audit().await?;
        let store = self.store.clone();
        tokio::task::spawn_blocking(move || store.backup_to(&target)).await.map_err(|_| StoreError::Closed)??;
        Ok(audit)
    }
}
