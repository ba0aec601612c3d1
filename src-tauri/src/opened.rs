//! The data folder as commands find it: the app, or why it cannot be opened, which every command then answers, so that
//! the window shows the reason instead of an empty page. A command that comes after a failed try tries again: commands
//! come from a page that is drawn or from a person who pressed "Try again", never from a timer.

use igny8_app::{Fault, Igny8};
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use tauri::async_runtime::Mutex;

type Opening = Pin<Box<dyn Future<Output = Result<Arc<Igny8>, Fault>> + Send>>;

/// How far it is.
enum Stage {
    NotYet,
    Open(Arc<Igny8>),
    /// The window is gone; a command that comes late must not open it again.
    Closed,
}

/// The app once it is open, and how to open it.
pub struct Opened {
    open: Box<dyn Fn() -> Opening + Send + Sync>,
    stage: RwLock<Stage>,
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
            stage: RwLock::new(Stage::NotYet),
            failure: Mutex::new(None),
            failures: AtomicU64::new(0),
        }
    }

    /// The app, opened now if it is not open. Whoever comes during a try shares its outcome.
    ///
    /// # Errors
    /// Why it cannot be opened; [`Fault::Cancelled`] once it is closed.
    pub async fn get(&self) -> Result<Arc<Igny8>, Fault> {
        let seen = self.failures.load(Ordering::Acquire);
        if let Some(answer) = self.answer() {
            return answer;
        }
        let mut failure = self.failure.lock().await;
        if let Some(answer) = self.answer() {
            return answer;
        }
        if let Some(shared) = failure.as_ref().filter(|_| self.failures.load(Ordering::Acquire) != seen) {
            return Err(shared.clone());
        }
        match (self.open)().await {
            Ok(app) => {
                self.enter(Stage::Open(Arc::clone(&app)));
                Ok(app)
            }
            Err(fault) => {
                *failure = Some(fault.clone());
                self.failures.fetch_add(1, Ordering::Release);
                Err(fault)
            }
        }
    }

    /// Lets the unit at hand finish and closes the database. A try that is under way is waited for.
    pub async fn close(&self) {
        let _no_try = self.failure.lock().await;
        if let Stage::Open(app) = self.enter(Stage::Closed) {
            app.close().await;
        }
    }

    /// What there is to say without a try.
    fn answer(&self) -> Option<Result<Arc<Igny8>, Fault>> {
        match &*self.stage.read().unwrap_or_else(PoisonError::into_inner) {
            Stage::NotYet => None,
            Stage::Open(app) => Some(Ok(Arc::clone(app))),
            Stage::Closed => Some(Err(Fault::Cancelled)),
        }
    }

    /// Answers the stage before.
    fn enter(&self, next: Stage) -> Stage {
        std::mem::replace(&mut *self.stage.write().unwrap_or_else(PoisonError::into_inner), next)
    }
}
