//! The opened data folder as commands find it: the app, or why it could not be opened, which every command then
//! answers, so that the window shows the reason instead of an empty page.

use igny8_app::{Fault, Igny8};
use std::sync::Arc;

/// The app, or the fault that kept it from opening.
pub struct Opened {
    app: Result<Arc<Igny8>, Fault>,
}

impl Opened {
    /// Wraps the outcome of opening.
    #[must_use]
    pub fn new(app: Result<Arc<Igny8>, Fault>) -> Self {
        Self { app }
    }

    /// The app.
    ///
    /// # Errors
    /// Why it could not be opened.
    pub fn get(&self) -> Result<&Igny8, Fault> {
        match &self.app {
            Ok(app) => Ok(app),
            Err(fault) => Err(fault.clone()),
        }
    }

    /// Lets the unit at hand finish.
    pub fn stop(&self) {
        if let Ok(app) = &self.app {
            tauri::async_runtime::block_on(app.stop());
        }
    }
}
