//! What the vault needs of a keyring, and the one of this system. A border of its own, so that tests can put a keyring
//! there that refuses, lies or hangs.

use igny8_core::port::vault::SecretName;
use keyring::Entry;
use keyring_core::Error;
use secrecy::{ExposeSecret, SecretString};

/// What a keyring says of itself without being asked for a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Presence {
    /// There is none, for as long as this process lives.
    Absent,
    /// There is one, and it would ask for its password.
    Locked,
    /// There is one.
    Present,
}

/// A keyring. Every call may block.
pub(super) trait Backend: Send {
    /// Asks how it is without making it ask the user for anything.
    fn presence(&mut self) -> Result<Presence, Error>;
    /// Keeps a secret, replacing an older one.
    fn set(&mut self, name: &SecretName, secret: &SecretString) -> Result<(), Error>;
    /// Takes a secret out.
    fn get(&mut self, name: &SecretName) -> Result<SecretString, Error>;
    /// Forgets a secret; `NoEntry` when there is none.
    fn forget(&mut self, name: &SecretName) -> Result<(), Error>;
}

/// The keyring of this user: Keychain, Credential Manager or Secret Service.
pub(super) struct SystemKeyring {
    service: &'static str,
}

impl SystemKeyring {
    pub(super) fn new(service: &'static str) -> Self {
        Self { service }
    }

    fn entry(&self, name: &SecretName) -> Result<Entry, Error> {
        Entry::new(self.service, &name.0)
    }
}

impl Backend for SystemKeyring {
    fn presence(&mut self) -> Result<Presence, Error> {
        match Entry::store_status() {
            Ok(()) => platform_presence(),
            Err(error) => absence(error),
        }
    }

    fn set(&mut self, name: &SecretName, secret: &SecretString) -> Result<(), Error> {
        self.entry(name)?.set_password(secret.expose_secret())
    }

    fn get(&mut self, name: &SecretName) -> Result<SecretString, Error> {
        self.entry(name)?.get_password().map(SecretString::from)
    }

    fn forget(&mut self, name: &SecretName) -> Result<(), Error> {
        self.entry(name)?.delete_credential()
    }
}

#[cfg(all(unix, not(target_os = "macos")))]
fn absence(error: &Error) -> Result<Presence, Error> {
    super::secret_service::absence(error)
}

/// Where these systems have no keyring, they have none.
#[cfg(not(all(unix, not(target_os = "macos"))))]
fn absence(_: &Error) -> Result<Presence, Error> {
    Ok(Presence::Absent)
}

#[cfg(all(unix, not(target_os = "macos")))]
fn platform_presence() -> Result<Presence, Error> {
    super::secret_service::presence()
}

/// These systems have one keyring for each user, opened with the user's session.
#[cfg(not(all(unix, not(target_os = "macos"))))]
fn platform_presence() -> Result<Presence, Error> {
    Ok(Presence::Present)
}
