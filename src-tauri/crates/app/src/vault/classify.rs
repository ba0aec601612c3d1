//! What a keyring's error means for a person. The library has one class for everything that forbids access and one for
//! everything else, so the platform's own words decide between locked, refused and broken. The words are read, never
//! kept or logged: some errors carry the secret.

use igny8_core::port::VaultError;
use keyring_core::Error;

/// Words of platforms that mean a refusal: D-Bus policies, sandboxes, a cancelled or failed macOS dialog.
const DENIED: [&str; 6] =
    ["accessdenied", "access denied", "permission denied", "not authorized", "user canceled", "is not correct"];

/// Words of platforms that mean a lock: Secret Service, macOS without a screen to ask on.
const LOCKED: [&str; 4] = ["islocked", "locked", "prompt", "interaction is not allowed"];

/// The class of an error; `NoDefaultStore` is the backend's business and counts as broken here.
pub(super) fn class_of(error: &Error) -> VaultError {
    match error {
        Error::NoEntry => VaultError::NotFound,
        Error::NoStorageAccess(platform) => by_words(&platform.to_string(), VaultError::Locked),
        Error::PlatformFailure(platform) => by_words(&platform.to_string(), VaultError::Broken),
        Error::BadEncoding(_)
        | Error::BadDataFormat(..)
        | Error::BadStoreFormat(_)
        | Error::TooLong(..)
        | Error::Invalid(..)
        | Error::Ambiguous(_)
        | Error::NoDefaultStore
        | Error::NotSupportedByStore(_)
        | _ => VaultError::Broken,
    }
}

fn by_words(text: &str, otherwise: VaultError) -> VaultError {
    let text = text.to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| text.contains(word));
    if says(&DENIED) {
        VaultError::Denied
    } else if says(&LOCKED) {
        VaultError::Locked
    } else {
        otherwise
    }
}
