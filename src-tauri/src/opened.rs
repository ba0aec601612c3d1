//! The data folder as commands find it: the app, or why it cannot be opened, which every command then answers, so that
//! the window shows the reason instead of an empty page. A command that comes after a failed try tries again: commands
//! come from a page that is drawn or from a person who pressed "Try again", never from a timer.

use igny8_app::{Fault, Igny8};
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use tauri::async_runtime::Mutex;

type Opening = Pin<Box<dyn Future<Output = Result<Arc<Igny8>, Fault>> + Send>>;

/// The app once it is open, and how to open it.
pub struct Opened {
    open: Box<dyn Fn() -> Opening + Send + Sync>,
    app: OnceLock<Arc<Igny8>>,
    /// How the last try failed. Held during a try, so that there is one at a time.
    failure: Mutex<Option<Fault>>,
    /// Tries that failed.
    failures: AtomicU64,
}

impl Opened {
    /// Opens nothing yet.
    #[must_use]
    pub fn new<F>(open: impl Fn() -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Result<Arc<Igny8>, Fault>> + Send + 'static,
    {
        Self {
            open: Box::new(move || Box::pin(open())),
            app: OnceLock::new(),
            failure: Mutex::new(None),
            failures: AtomicU64::new(0),
        }
    }

    /// The app, opened now if it is not open. Whoever comes during a try shares its outcome.
    ///
    /// # Errors
    /// Why it cannot be opened.
    pub async fn get(&self) -> Result<&Igny8, Fault> {
        let seen = self.failures.load(Ordering::Acquire);
        if let Some(app) = self.app.get() {
            return Ok(app);
        }
        let mut failure = self.failure.lock().await;
        if let Some(app) = self.app.get() {
            return Ok(app);
        }
        if let Some(shared) = failure.as_ref().filter(|_| self.failures.load(Ordering::Acquire) != seen) {
            return Err(shared.clone());
        }
        match (self.open)().await {
            Ok(app) => Ok(self.app.get_or_init(|| app)),
            Err(fault) => {
                *failure = Some(fault.clone());
                self.failures.fetch_add(1, Ordering::Release);
                Err(fault)
            }
        }
    }

    /// Lets the unit at hand finish.
    pub fn stop(&self) {
        if let Some(app) = self.app.get() {
            tauri::async_runtime::block_on(app.stop());
        }
    }
}
