//! Asking a Secret Service whether its default collection is locked. The keyring library can only try to use it, which
//! opens a password prompt; looking must not.

use super::backend::Presence;
use keyring_core::Error;
use secret_service::EncryptionType;
use secret_service::blocking::SecretService;

/// How the default collection is. Connects anew each time, since a keyring daemon may have been restarted in between.
pub(super) fn presence() -> Result<Presence, Error> {
    // No secret passes over this connection, so it needs no encryption.
    let service = SecretService::connect(EncryptionType::Plain).map_err(failed)?;
    let collection = match service.get_default_collection() {
        Ok(collection) => collection,
        // A daemon without a collection asks for the password of a new one.
        Err(secret_service::Error::NoResult) => return Ok(Presence::Locked),
        Err(error) => return Err(failed(error)),
    };
    let is_locked = collection.is_locked().map_err(failed)?;
    Ok(if is_locked { Presence::Locked } else { Presence::Present })
}

fn failed(error: secret_service::Error) -> Error {
    Error::PlatformFailure(Box::new(error))
}
