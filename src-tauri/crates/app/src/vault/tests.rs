//! The vault over keyrings that work, refuse, hang or are not there; and over this system's real one.

mod fake;
#[cfg(target_os = "linux")]
mod system;

use super::backend::{Backend, Presence};
use super::*;
use fake::{Hang, Scripted, Step, hanging};
use igny8_core::port::VaultState;
use keyring_core::Error;
use secrecy::ExposeSecret;
use std::sync::Arc;

/// Long enough for a thread to answer on a busy machine; no test waits for it to pass.
const LONG: Duration = Duration::from_secs(60);

fn vault(backend: impl Backend + 'static, timeout: Duration) -> KeyringVault {
    KeyringVault { worker: Worker::start(Box::new(backend)), timeout }
}

fn name(text: &str) -> SecretName {
    SecretName(text.to_owned())
}

async fn read(vault: &KeyringVault, text: &str) -> Result<String, VaultError> {
    vault.get(&name(text)).await.map(|secret| secret.expose_secret().to_owned())
}

/// Asks until a question has reached the keyring and hangs there. On a busy machine the first may time out on its way,
/// and is then not asked at all.
async fn wait_in_vain(vault: &KeyringVault, hang: &Hang) {
    while !hang.was_asked() {
        assert_eq!(read(vault, "site:1").await, Err(VaultError::TimedOut));
    }
}

fn platform(words: &str) -> Box<dyn std::error::Error + Send + Sync> {
    Box::new(std::io::Error::other(words.to_owned()))
}

#[tokio::test]
async fn secrets_are_kept_replaced_and_forgotten() {
    let vault = vault(Scripted::new(), LONG);
    assert_eq!(vault.state().await, VaultState::Available);
    assert_eq!(read(&vault, "site:1").await, Err(VaultError::NotFound));
    vault.set(&name("site:1"), "one".into()).await.unwrap();
    vault.set(&name("site:2"), "two".into()).await.unwrap();
    vault.set(&name("site:1"), "new".into()).await.unwrap();
    assert_eq!(read(&vault, "site:1").await.as_deref(), Ok("new"));
    assert_eq!(read(&vault, "site:2").await.as_deref(), Ok("two"));
    vault.forget(&name("site:1")).await.unwrap();
    vault.forget(&name("site:1")).await.unwrap();
    assert_eq!(read(&vault, "site:1").await, Err(VaultError::NotFound));
}

#[tokio::test]
async fn without_a_keyring_secrets_live_in_memory_and_the_state_says_so() {
    let vault = vault(Scripted::new().always(Presence::Absent), LONG);
    vault.set(&name("site:1"), "one".into()).await.unwrap();
    assert_eq!(read(&vault, "site:1").await.as_deref(), Ok("one"));
    assert_eq!(vault.state().await, VaultState::Absent);
    vault.forget(&name("site:1")).await.unwrap();
    assert_eq!(read(&vault, "site:1").await, Err(VaultError::Absent));
}

#[tokio::test]
async fn a_locked_keyring_is_not_replaced_by_memory() {
    let backend = Scripted::new().always(Presence::Locked);
    let refusal = || Error::NoStorageAccess(platform("SS error: prompt dismissed"));
    let backend = backend.fail(Step::Set, refusal()).fail(Step::Get, refusal()).fail(Step::Forget, refusal());
    let vault = vault(backend, LONG);
    assert_eq!(vault.state().await, VaultState::Locked);
    assert_eq!(vault.set(&name("site:1"), "one".into()).await, Err(VaultError::Locked));
    assert_eq!(read(&vault, "site:1").await, Err(VaultError::Locked));
    assert_eq!(vault.forget(&name("site:1")).await, Err(VaultError::Locked));
    assert_eq!(read(&vault, "site:1").await, Err(VaultError::NotFound), "nothing was kept aside");
}

#[tokio::test]
async fn each_error_has_its_state() {
    for (error, expected, state) in [
        (Error::NoStorageAccess(platform("SS Error: object locked")), VaultError::Locked, VaultState::Locked),
        (Error::NoStorageAccess(platform("-25291")), VaultError::Locked, VaultState::Locked),
        (
            Error::PlatformFailure(platform("org.freedesktop.Secret.Error.IsLocked")),
            VaultError::Locked,
            VaultState::Locked,
        ),
        (Error::PlatformFailure(platform("User interaction is not allowed.")), VaultError::Locked, VaultState::Locked),
        (Error::NoStorageAccess(platform("Permission denied")), VaultError::Denied, VaultState::Denied),
        (
            Error::PlatformFailure(platform("org.freedesktop.DBus.Error.AccessDenied: x")),
            VaultError::Denied,
            VaultState::Denied,
        ),
        (Error::PlatformFailure(platform("User canceled the operation.")), VaultError::Denied, VaultState::Denied),
        (Error::PlatformFailure(platform("zbus error: broken pipe")), VaultError::Broken, VaultState::Broken),
        (Error::BadEncoding(b"canary".to_vec()), VaultError::Broken, VaultState::Broken),
        (Error::Ambiguous(Vec::new()), VaultError::Broken, VaultState::Broken),
        (Error::TooLong("password".to_owned(), 3), VaultError::Broken, VaultState::Broken),
        (Error::NoDefaultStore, VaultError::Broken, VaultState::Broken),
    ] {
        let words = format!("{error}");
        assert_eq!(classify::class_of(&error), expected, "{words}");
        let vault = vault(Scripted::new().fail(Step::Get, error), LONG);
        assert_eq!(vault.state().await, state, "{words}");
        assert_eq!(vault.state().await, VaultState::Available, "asked again, it works");
    }
    let unreachable = Scripted::new().fail(Step::Presence, Error::PlatformFailure(platform("no reply")));
    assert_eq!(vault(unreachable, LONG).state().await, VaultState::Broken);
}

#[tokio::test]
async fn a_keyring_that_hangs_holds_nobody_up_and_may_come_back() {
    let (backend, hang) = hanging(Presence::Present);
    let vault = vault(backend, Duration::from_millis(50));
    wait_in_vain(&vault, &hang).await;
    // Nothing queues behind it: these answer although the keyring is still hanging, and never reach it.
    assert_eq!(vault.set(&name("site:1"), "late".into()).await, Err(VaultError::TimedOut));
    assert_eq!(vault.state().await, VaultState::Broken);
    hang.release();
    let vault = KeyringVault { timeout: LONG, ..vault };
    while vault.state().await != VaultState::Available {
        tokio::task::yield_now().await;
    }
    assert_eq!(read(&vault, "site:1").await, Err(VaultError::NotFound), "a refused secret is not kept later");
}

#[tokio::test]
async fn a_prompt_that_stays_open_reads_as_locked() {
    let (backend, hang) = hanging(Presence::Locked);
    let vault = vault(backend, Duration::from_millis(50));
    wait_in_vain(&vault, &hang).await;
    assert_eq!(vault.state().await, VaultState::Locked);
    hang.release();
}

#[tokio::test]
async fn a_question_whose_caller_left_is_not_asked() {
    let (backend, hang) = hanging(Presence::Present);
    let vault = Arc::new(vault(backend, LONG));
    let asking = Arc::clone(&vault);
    let first = tokio::spawn(async move { asking.set(&name("site:1"), "first".into()).await });
    while !hang.was_asked() {
        tokio::task::yield_now().await;
    }
    // Asks, is queued behind the first, and leaves.
    let second = tokio::time::timeout(Duration::ZERO, vault.set(&name("site:1"), "second".into())).await;
    assert!(second.is_err(), "still waiting when it left");
    hang.release();
    assert_eq!(first.await.unwrap(), Ok(()));
    assert_eq!(read(&vault, "site:1").await.as_deref(), Ok("first"));
}

#[tokio::test]
async fn a_keyring_library_that_panics_is_a_broken_keyring() {
    let vault = vault(Scripted::new().panicking(), LONG);
    assert_eq!(read(&vault, "site:1").await, Err(VaultError::Broken));
    assert_eq!(vault.state().await, VaultState::Broken);
}
