//! Asking a Secret Service whether its default collection is locked. The keyring library can only try to use it, which
//! opens a password prompt; looking must not.

use super::backend::Presence;
use keyring_core::Error;
use secret_service::EncryptionType;
use secret_service::blocking::SecretService;

/// What begins the names of errors that something on the bus answers with.
const ANSWERED: &str = "org.freedesktop.DBus.Error.";
/// Those of them by which the bus itself says that nobody offers the service, or that it could not be started.
const NOBODY: [&str; 3] = ["Error.ServiceUnknown", "Error.NameHasNoOwner", "Error.Spawn."];

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

/// What an error means that kept a session with the service from being opened: that there is none to open, or that there
/// is one that could not be used, which memory must not stand in for.
pub(super) fn absence(error: &Error) -> Result<Presence, Error> {
    let words = match error {
        Error::PlatformFailure(platform) | Error::NoStorageAccess(platform) => platform.to_string(),
        _ => return Ok(Presence::Absent),
    };
    let is_answer = words.contains(ANSWERED) && !NOBODY.iter().any(|nobody| words.contains(nobody));
    if is_answer { Err(Error::PlatformFailure(words.into())) } else { Ok(Presence::Absent) }
}

fn failed(error: secret_service::Error) -> Error {
    Error::PlatformFailure(Box::new(error))
}
