//! A vault in memory, which may also be told that it cannot be opened.

use async_trait::async_trait;
use igny8_core::port::vault::SecretName;
use igny8_core::port::{Vault, VaultError, VaultState};
use secrecy::SecretString;
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Secrets in memory.
#[derive(Default)]
pub struct RememberedVault {
    secrets: Mutex<BTreeMap<SecretName, SecretString>>,
    failure: Mutex<Option<VaultError>>,
}

impl RememberedVault {
    /// A vault that holds one secret.
    #[must_use]
    pub fn with(name: &str, secret: &str) -> Self {
        let vault = Self::default();
        lock(&vault.secrets).insert(SecretName(name.to_owned()), SecretString::from(secret.to_owned()));
        vault
    }

    /// From now on every question fails like this.
    pub fn fail(&self, failure: VaultError) {
        *lock(&self.failure) = Some(failure);
    }

    fn check(&self) -> Result<(), VaultError> {
        lock(&self.failure).map_or(Ok(()), Err)
    }
}

#[async_trait]
impl Vault for RememberedVault {
    async fn state(&self) -> VaultState {
        match self.check() {
            Ok(()) => VaultState::Available,
            Err(VaultError::Locked) => VaultState::Locked,
            Err(VaultError::Denied) => VaultState::Denied,
            Err(VaultError::Absent) => VaultState::Absent,
            Err(VaultError::NotFound | VaultError::Broken | VaultError::TimedOut) => VaultState::Broken,
        }
    }

    async fn set(&self, name: &SecretName, secret: SecretString) -> Result<(), VaultError> {
        self.check()?;
        lock(&self.secrets).insert(name.clone(), secret);
        Ok(())
    }

    async fn get(&self, name: &SecretName) -> Result<SecretString, VaultError> {
        self.check()?;
        lock(&self.secrets).get(name).cloned().ok_or(VaultError::NotFound)
    }

    async fn forget(&self, name: &SecretName) -> Result<(), VaultError> {
        self.check()?;
        lock(&self.secrets).remove(name);
        Ok(())
    }
}

/// A test that panicked while it held the lock leaves the values whole.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
