//! A request from outside to end: Ctrl-C, or the system's word that programs shall end. The first ends the work at hand
//! in good order, so that the database is closed; the second ends the program at once, for work that takes too long to
//! end. What a program that ends at once leaves is what a power cut leaves, and the next start puts it right.

use crate::output;
use igny8_app::{Fault, end_requested};
use std::process;
use tokio::sync::watch;

/// The exit code of a program that did not do what it was asked for.
const ENDED_EARLY: i32 = 1;

/// Listens for requests to end.
#[derive(Clone)]
pub struct Interrupt {
    has_come: watch::Receiver<bool>,
}

impl Interrupt {
    /// Listens from now on. Call inside a tokio runtime.
    #[must_use]
    pub fn listen() -> Self {
        let (come, has_come) = watch::channel(false);
        let first = end_requested();
        tokio::spawn(async move {
            first.await;
            // Listened for before anybody is told that it will be heard.
            let second = end_requested();
            output::warn("Stopping after what is at hand. Ask once more to stop at once.");
            come.send_replace(true);
            second.await;
            output::warn("Stopped at once. What was sent may be billed, and the next command says what was left.");
            process::exit(ENDED_EARLY);
        });
        Self { has_come }
    }

    /// Whether an end was asked for.
    #[must_use]
    pub fn has_come(&self) -> bool {
        *self.has_come.borrow()
    }

    /// Ready once an end was asked for.
    pub async fn came(&self) {
        if self.has_come.clone().wait_for(|has_come| *has_come).await.is_err() {
            // Nobody listens any more, so nobody can ask.
            std::future::pending::<()>().await;
        }
    }

    /// What comes of `work`, which is left where it is once an end was asked for.
    ///
    /// # Errors
    /// [`Fault::Cancelled`], and as the work.
    pub async fn or_left<T, E: From<Fault>>(&self, work: impl Future<Output = Result<T, E>>) -> Result<T, E> {
        tokio::select! {
            biased;
            done = work => done,
            () = self.came() => Err(Fault::Cancelled.into()),
        }
    }
}
