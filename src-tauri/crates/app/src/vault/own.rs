//! The secrets of one data folder. A user's keyring is one for all folders, and each of them counts its sites from 1 and may
//! have a vendor of any name: every name bears the folder's own mark, so that none overwrites the secret of another.
//!
//! The mark stands in a file of the folder and not in the database: a copy of the database that is put back belongs to the
//! folder it is put back into, and whoever moves the folder moves it too. Secrets of before there were marks stand under the
//! plain names. They are moved once, when the folder is first opened: read, kept under the new name, and only then forgotten
//! under the old one, so that a crash in between loses nothing. A keyring that is locked or does not answer is left alone;
//! what it has is moved at a later start, or when it is first asked for.

use crate::folder::{DataFolder, FolderError};
use async_trait::async_trait;
use igny8_core::port::vault::SecretName;
use igny8_core::port::{Vault, VaultError, VaultState};
use secrecy::{ExposeSecret, SecretString};
use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use uuid::Uuid;

/// What stands behind the mark of a folder whose secrets may still stand under plain names.
const OLDER: &str = "older";

/// What tells a folder from all others.
#[derive(Debug)]
pub(crate) struct FolderMark {
    path: PathBuf,
    id: Uuid,
    /// Secrets of it may still stand under plain names.
    has_older: AtomicBool,
}

impl FolderMark {
    /// The mark of a folder, made with `id` where there is none. The lock must be held. A database without one is from before
    /// there were any.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(crate) fn of(folder: &DataFolder, id: Uuid) -> Result<Self, FolderError> {
        if let Some(mark) = Self::read(folder) {
            return Ok(mark);
        }
        let mark = Self { path: folder.mark(), id, has_older: AtomicBool::new(folder.database().exists()) };
        mark.write().map_err(FolderError::at(&mark.path))?;
        Ok(mark)
    }

    /// The mark that a folder has.
    pub(crate) fn read(folder: &DataFolder) -> Option<Self> {
        let path = folder.mark();
        let text = fs::read_to_string(&path)
            .inspect_err(|error| {
                if error.kind() != ErrorKind::NotFound {
                    tracing::error!(%error, "the folder's mark cannot be read");
                }
            })
            .ok()?;
        let mut words = text.split_whitespace();
        let id = words.next()?.parse().ok()?;
        Some(Self { path, id, has_older: AtomicBool::new(words.next() == Some(OLDER)) })
    }

    /// Nothing of it stands under a plain name any more.
    fn has_moved(&self) {
        self.has_older.store(false, Ordering::Relaxed);
        if let Err(error) = self.write() {
            tracing::warn!(%error, "that the folder's secrets were moved could not be noted");
        }
    }

    /// In one step, so that no process ever reads a half of it.
    fn write(&self) -> std::io::Result<()> {
        let older = if self.has_older.load(Ordering::Relaxed) { OLDER } else { "" };
        let new = self.path.with_extension("new");
        let mut file = File::create(&new)?;
        writeln!(file, "{} {older}", self.id)?;
        file.sync_all()?;
        fs::rename(&new, &self.path)
    }
}

/// A secret that a folder has by its database, and the characters it ends in, where those are known.
#[derive(Clone, Debug)]
pub(crate) struct Owned {
    pub(crate) name: SecretName,
    pub(crate) tail: String,
}

/// A keyring as one folder uses it.
pub(crate) struct FolderVault {
    keyring: Arc<dyn Vault>,
    /// None for a folder that is only read and has no mark yet.
    mark: Option<FolderMark>,
}

impl FolderVault {
    pub(crate) fn new(keyring: Arc<dyn Vault>, mark: Option<FolderMark>) -> Self {
        Self { keyring, mark }
    }

    /// Moves what stands under plain names, once. One that ends otherwise than the folder's is another folder's, and stays.
    pub(crate) async fn take_over(&self, owned: &[Owned]) {
        let Some(mark) = self.mark.as_ref().filter(|mark| mark.has_older.load(Ordering::Relaxed)) else { return };
        // Asked first, since this makes no keyring ask for its password.
        if !owned.is_empty() && self.keyring.state().await != VaultState::Available {
            return;
        }
        for secret in owned {
            let is_ours = |found: &SecretString| found.expose_secret().ends_with(&secret.tail);
            match self.keyring.get(&self.own(&secret.name)).await {
                Err(VaultError::NotFound) => {}
                Ok(_) => continue,
                Err(_) => return,
            }
            match self.move_over(&secret.name, is_ours).await {
                Ok(_) | Err(VaultError::NotFound) => {}
                Err(_) => return,
            }
        }
        mark.has_moved();
    }

    /// Takes a secret out from under its plain name.
    async fn move_over(
        &self,
        name: &SecretName,
        is_ours: impl Fn(&SecretString) -> bool + Send,
    ) -> Result<SecretString, VaultError> {
        let found = self.keyring.get(name).await?;
        if !is_ours(&found) {
            return Err(VaultError::NotFound);
        }
        self.keyring.set(&self.own(name), found.clone()).await?;
        // Left where it is, it is one too many and does no harm.
        if let Err(error) = self.keyring.forget(name).await {
            tracing::warn!(%error, "a secret that was moved could not be forgotten under its old name");
        }
        Ok(found)
    }

    fn has_older(&self) -> bool {
        self.mark.as_ref().is_some_and(|mark| mark.has_older.load(Ordering::Relaxed))
    }

    fn own(&self, name: &SecretName) -> SecretName {
        match &self.mark {
            Some(mark) => SecretName(format!("{}/{}", mark.id.simple(), name.0)),
            None => name.clone(),
        }
    }
}

#[async_trait]
impl Vault for FolderVault {
    async fn state(&self) -> VaultState {
        self.keyring.state().await
    }

    async fn set(&self, name: &SecretName, secret: SecretString) -> Result<(), VaultError> {
        self.keyring.set(&self.own(name), secret).await?;
        if self.has_older() { self.keyring.forget(name).await } else { Ok(()) }
    }

    async fn get(&self, name: &SecretName) -> Result<SecretString, VaultError> {
        match self.keyring.get(&self.own(name)).await {
            Err(VaultError::NotFound) if self.has_older() => self.move_over(name, |_| true).await,
            other => other,
        }
    }

    async fn forget(&self, name: &SecretName) -> Result<(), VaultError> {
        self.keyring.forget(&self.own(name)).await?;
        if self.has_older() { self.keyring.forget(name).await } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;
    use std::sync::{Mutex, PoisonError};

    /// A keyring that does so many things and fails from then on.
    #[derive(Default)]
    struct Wary {
        secrets: Mutex<BTreeMap<SecretName, String>>,
        left: Mutex<Option<u32>>,
        is_locked: AtomicBool,
    }

    impl Wary {
        fn step(&self) -> Result<(), VaultError> {
            let mut left = self.left.lock().unwrap_or_else(PoisonError::into_inner);
            match left.as_mut() {
                Some(0) => Err(VaultError::Broken),
                Some(steps) => {
                    *steps -= 1;
                    Ok(())
                }
                None => Ok(()),
            }
        }

        fn fail_after(&self, steps: Option<u32>) {
            *self.left.lock().unwrap() = steps;
        }
    }

    #[async_trait]
    impl Vault for Wary {
        async fn state(&self) -> VaultState {
            if self.is_locked.load(Ordering::Relaxed) { VaultState::Locked } else { VaultState::Available }
        }

        async fn set(&self, name: &SecretName, secret: SecretString) -> Result<(), VaultError> {
            self.step()?;
            self.secrets.lock().unwrap().insert(name.clone(), secret.expose_secret().to_owned());
            Ok(())
        }

        async fn get(&self, name: &SecretName) -> Result<SecretString, VaultError> {
            self.step()?;
            let found = self.secrets.lock().unwrap().get(name).cloned();
            found.map(SecretString::from).ok_or(VaultError::NotFound)
        }

        async fn forget(&self, name: &SecretName) -> Result<(), VaultError> {
            self.step()?;
            self.secrets.lock().unwrap().remove(name);
            Ok(())
        }
    }

    fn name() -> SecretName {
        SecretName("site:1".to_owned())
    }

    fn older() -> (tempfile::TempDir, DataFolder, Arc<Wary>) {
        let dir = tempfile::tempdir().unwrap();
        let folder = DataFolder::at(dir.path());
        File::create(folder.database()).unwrap();
        let keyring = Arc::new(Wary::default());
        keyring.secrets.lock().unwrap().insert(name(), "pass".to_owned());
        (dir, folder, keyring)
    }

    /// The folder as the next start finds it.
    fn started(folder: &DataFolder, keyring: &Arc<Wary>) -> FolderVault {
        FolderVault::new(Arc::<Wary>::clone(keyring), Some(FolderMark::of(folder, Uuid::from_u128(7)).unwrap()))
    }

    async fn secret(vault: &FolderVault) -> Result<String, VaultError> {
        vault.get(&name()).await.map(|secret| secret.expose_secret().to_owned())
    }

    #[tokio::test]
    async fn wherever_moving_is_cut_short_nothing_is_lost() {
        let owned = [Owned { name: name(), tail: String::new() }];
        for steps in 0..5 {
            let (_dir, folder, keyring) = older();
            keyring.fail_after(Some(steps));
            started(&folder, &keyring).take_over(&owned).await;
            keyring.fail_after(None);
            let next = started(&folder, &keyring);
            next.take_over(&owned).await;
            assert_eq!(secret(&next).await.as_deref(), Ok("pass"), "after {steps} steps");
            assert!(!next.has_older(), "and it is over");
        }
    }

    #[tokio::test]
    async fn a_locked_keyring_is_left_alone_and_asked_later() {
        let owned = [Owned { name: name(), tail: String::new() }];
        let (_dir, folder, keyring) = older();
        keyring.is_locked.store(true, Ordering::Relaxed);
        keyring.fail_after(Some(0));
        let vault = started(&folder, &keyring);
        vault.take_over(&owned).await;
        assert!(vault.has_older(), "it waits");
        keyring.fail_after(None);
        assert_eq!(secret(&vault).await.as_deref(), Ok("pass"), "once it is unlocked it is found all the same");
        let next = started(&folder, &keyring);
        keyring.is_locked.store(false, Ordering::Relaxed);
        next.take_over(&owned).await;
        assert_eq!((secret(&next).await.as_deref(), next.has_older()), (Ok("pass"), false));
        assert_eq!(keyring.secrets.lock().unwrap().len(), 1, "and stands nowhere else");
    }

    #[tokio::test]
    async fn a_folder_that_is_new_looks_under_no_plain_name() {
        let (_dir, _, keyring) = older();
        let dir = tempfile::tempdir().unwrap();
        let vault = started(&DataFolder::at(dir.path()), &keyring);
        assert_eq!(secret(&vault).await, Err(VaultError::NotFound));
        vault.forget(&name()).await.unwrap();
        assert_eq!(keyring.secrets.lock().unwrap().len(), 1, "nor forgets what stands there");
    }
}
