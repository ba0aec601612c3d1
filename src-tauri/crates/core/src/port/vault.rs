//! Where secrets live: the operating system's keyring, or memory when there is none. Never a file of ours, never the
//! database. A secret goes in, can be used by an adapter, and can be forgotten; the window cannot read it back.

use secrecy::SecretString;

/// The name one secret is kept under, such as `site:3` or `provider:openai`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SecretName(pub String);

/// What the keyring is like right now. Each is an ordinary state with its own sentence on screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum VaultState {
    /// Secrets are kept by the operating system.
    Available,
    /// A keyring exists but is locked; unlocking it is up to the user.
    Locked,
    /// There is no keyring: secrets live until the app closes.
    Absent,
    /// The keyring refused us.
    Denied,
    /// The keyring answers nonsense or not at all.
    Broken,
}

/// Why a secret could not be kept or found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VaultError {
    /// Nothing is stored under this name.
    #[error("no such secret")]
    NotFound,
    /// See [`VaultState::Absent`]: what was kept in memory went with an earlier process, if there was anything.
    #[error("there is no keyring")]
    Absent,
    /// See [`VaultState::Locked`].
    #[error("the keyring is locked")]
    Locked,
    /// See [`VaultState::Denied`].
    #[error("the keyring refused")]
    Denied,
    /// See [`VaultState::Broken`].
    #[error("the keyring does not work")]
    Broken,
    /// No answer in time.
    #[error("the keyring did not answer in time")]
    TimedOut,
}

/// The place for secrets. Calls may block for seconds: adapters run them on a thread of their own.
#[async_trait::async_trait]
pub trait Vault: Send + Sync {
    /// How it is doing. Asks again each time it is called.
    async fn state(&self) -> VaultState;
    /// Keeps a secret, replacing an older one of the same name.
    async fn set(&self, name: &SecretName, secret: SecretString) -> Result<(), VaultError>;
    /// Takes a secret out for use.
    async fn get(&self, name: &SecretName) -> Result<SecretString, VaultError>;
    /// Forgets a secret. Forgetting one that is not there succeeds.
    async fn forget(&self, name: &SecretName) -> Result<(), VaultError>;
}
