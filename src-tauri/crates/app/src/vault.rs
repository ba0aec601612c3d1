//! Secrets in the operating system's keyring. A keyring can take as long as a person takes to type a password, or never
//! answer, so it is asked on one thread of its own, one question at a time, and no caller waits longer than a limit.
//! Where there is no keyring, secrets live in memory until the process ends; they are never written to a file. All folders of
//! a user share one keyring: which secret is whose is up to [`own`].

mod backend;
mod classify;
pub(crate) mod own;
#[cfg(all(unix, not(target_os = "macos")))]
mod secret_service;
#[cfg(test)]
mod tests;
mod worker;

use async_trait::async_trait;
use backend::SystemKeyring;
use igny8_core::port::vault::SecretName;
use igny8_core::port::{Vault, VaultError, VaultState};
use secrecy::SecretString;
use std::time::Duration;
use worker::{Answer, Question, Worker};

/// The service name all our secrets are kept under.
const SERVICE: &str = "com.igny8.desktop";

/// How long a caller waits. A keyring that works answers within a second; one that asks for its password needs a person
/// to read and type, which this allows for, while a page that waits longer would seem dead.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(20);

/// The operating system's keyring, or memory where there is none.
///
/// The thread is never waited for: a keyring that hangs does not keep the process from ending. While it hangs, further
/// calls fail at once instead of queueing behind it; when it comes back, so does the vault.
pub struct KeyringVault {
    worker: Worker,
    timeout: Duration,
}

impl KeyringVault {
    /// The keyring of this user. Asks nothing of it yet.
    #[must_use]
    pub fn new() -> Self {
        Self { worker: Worker::start(Box::new(SystemKeyring::new(SERVICE))), timeout: ANSWER_TIMEOUT }
    }

    async fn ask(&self, question: Question) -> Result<Answer, VaultError> {
        self.worker.ask(question, self.timeout).await
    }
}

impl Default for KeyringVault {
    fn default() -> Self {
        Self::new()
    }
}

#[async_trait]
impl Vault for KeyringVault {
    async fn state(&self) -> VaultState {
        match self.ask(Question::State).await {
            Ok(Answer::State(state)) => state,
            Err(VaultError::Locked) => VaultState::Locked,
            // No answer from a keyring that was locked when it was asked: its password prompt is still open.
            Err(VaultError::TimedOut) if self.worker.was_locked() => VaultState::Locked,
            Err(VaultError::Denied) => VaultState::Denied,
            Ok(Answer::Done | Answer::Secret(_))
            | Err(VaultError::TimedOut | VaultError::Broken | VaultError::NotFound | VaultError::Absent) => {
                VaultState::Broken
            }
        }
    }

    async fn set(&self, name: &SecretName, secret: SecretString) -> Result<(), VaultError> {
        self.ask(Question::Set(name.clone(), secret)).await.map(drop)
    }

    async fn get(&self, name: &SecretName) -> Result<SecretString, VaultError> {
        match self.ask(Question::Get(name.clone())).await? {
            Answer::Secret(secret) => Ok(secret),
            Answer::Done | Answer::State(_) => Err(VaultError::Broken),
        }
    }

    async fn forget(&self, name: &SecretName) -> Result<(), VaultError> {
        self.ask(Question::Forget(name.clone())).await.map(drop)
    }
}
