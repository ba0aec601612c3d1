//! Keyrings that do as they are told: the library's own mock store with errors put in, and one that hangs.

use super::super::backend::{Backend, Presence};
use igny8_core::port::vault::SecretName;
use keyring_core::api::CredentialStoreApi;
use keyring_core::{Entry, Error, mock};
use secrecy::{ExposeSecret, SecretString};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};

/// A call that can be made to fail.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    Presence,
    Set,
    Get,
    Forget,
}

/// The library's mock store. An error put in is answered once.
pub(super) struct Scripted {
    store: Arc<mock::Store>,
    presence: Presence,
    errors: BTreeMap<Step, Error>,
    panics: bool,
}

impl Scripted {
    pub(super) fn new() -> Self {
        Self { store: mock::Store::new().unwrap(), presence: Presence::Present, errors: BTreeMap::new(), panics: false }
    }

    pub(super) fn always(self, presence: Presence) -> Self {
        Self { presence, ..self }
    }

    pub(super) fn fail(mut self, step: Step, error: Error) -> Self {
        self.errors.insert(step, error);
        self
    }

    pub(super) fn panicking(self) -> Self {
        Self { panics: true, ..self }
    }

    /// The entry, with the step's error put into the mock credential.
    fn entry(&mut self, name: &SecretName, step: Step) -> Entry {
        let entry = self.store.build("test", &name.0, None).unwrap();
        if let Some(error) = self.errors.remove(&step) {
            entry.as_any().downcast_ref::<mock::Cred>().unwrap().set_error(error);
        }
        entry
    }
}

impl Backend for Scripted {
    fn presence(&mut self) -> Result<Presence, Error> {
        assert!(!self.panics, "as told");
        self.errors.remove(&Step::Presence).map_or(Ok(self.presence), Err)
    }

    fn set(&mut self, name: &SecretName, secret: &SecretString) -> Result<(), Error> {
        self.entry(name, Step::Set).set_password(secret.expose_secret())
    }

    fn get(&mut self, name: &SecretName) -> Result<SecretString, Error> {
        self.entry(name, Step::Get).get_password().map(SecretString::from)
    }

    fn forget(&mut self, name: &SecretName) -> Result<(), Error> {
        self.entry(name, Step::Forget).delete_credential()
    }
}

/// The test's hand on a keyring that hangs.
pub(super) struct Hang {
    release: Sender<()>,
    asked: Arc<AtomicBool>,
}

impl Hang {
    pub(super) fn was_asked(&self) -> bool {
        self.asked.load(Ordering::SeqCst)
    }

    pub(super) fn release(&self) {
        self.release.send(()).unwrap();
    }
}

/// A keyring whose first call for a secret hangs until it is released.
pub(super) fn hanging(presence: Presence) -> (impl Backend, Hang) {
    let (release, released) = channel();
    let asked = Arc::new(AtomicBool::new(false));
    let inner = Scripted::new().always(presence);
    (Hanging { inner, released: Mutex::new(released), asked: Arc::clone(&asked) }, Hang { release, asked })
}

struct Hanging {
    inner: Scripted,
    released: Mutex<Receiver<()>>,
    asked: Arc<AtomicBool>,
}

impl Hanging {
    fn hang(&self) {
        if !self.asked.swap(true, Ordering::SeqCst) {
            self.released.lock().unwrap().recv().unwrap();
        }
    }
}

impl Backend for Hanging {
    fn presence(&mut self) -> Result<Presence, Error> {
        self.inner.presence()
    }

    fn set(&mut self, name: &SecretName, secret: &SecretString) -> Result<(), Error> {
        self.hang();
        self.inner.set(name, secret)
    }

    fn get(&mut self, name: &SecretName) -> Result<SecretString, Error> {
        self.hang();
        self.inner.get(name)
    }

    fn forget(&mut self, name: &SecretName) -> Result<(), Error> {
        self.hang();
        self.inner.forget(name)
    }
}
