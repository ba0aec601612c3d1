//! A call whose answer is told while it is written. What is told lives in memory alone and may be lost; what comes of the
//! call is the same with it and without.

use super::Unit;
use crate::Engine;
use crate::door::Request;
use crate::function::function;
use igny8_core::id::TaskId;
use igny8_core::live::{Listener, Writing, growing};
use igny8_store::ledger::Related;
use std::sync::{Mutex, PoisonError};
use tokio::sync::broadcast::Sender;

/// Time between two reports of one text: often enough to be seen growing, and four times a second of work for a window.
const TELL_EVERY_MS: u64 = 250;

/// A request with somebody who listens. It ends by telling that nothing is written any more.
pub(super) struct Aloud {
    pub(super) request: Request,
    writings: Sender<Writing>,
    silence: Writing,
}

impl Drop for Aloud {
    fn drop(&mut self) {
        // Nobody listening is no error.
        drop(self.writings.send(self.silence.clone()));
    }
}

impl Engine {
    /// The unit's request with a listener, where its text is one to be shown and somebody looks.
    pub(super) fn aloud(&self, unit: &Unit) -> Option<Aloud> {
        let field = function(unit.operation.function).shown_field()?;
        let (Related::Task(task), Request::Text(request)) = (unit.prepared.related, &unit.prepared.request) else {
            return None;
        };
        if self.writings.receiver_count() == 0 {
            return None;
        }
        let title = unit.prepared.item.clone();
        let silence = Writing { operation: unit.operation.id, task: TaskId(task), title, text: None };
        let mut request = request.clone();
        request.listener = Some(self.listener(field, silence.clone()));
        Some(Aloud { request: Request::Text(request), writings: self.writings.clone(), silence })
    }

    fn listener(&self, field: &'static str, of: Writing) -> Listener {
        let (clock, writings) = (self.clock.clone(), self.writings.clone());
        let next = Mutex::new((0, String::new()));
        Listener::new(move |written| {
            let now = clock.monotonic_ms();
            let mut next = next.lock().unwrap_or_else(PoisonError::into_inner);
            let (due_ms, told) = &mut *next;
            if now < *due_ms {
                return;
            }
            let text = growing(written, field);
            if text == *told {
                return;
            }
            *due_ms = now.saturating_add(TELL_EVERY_MS);
            told.clone_from(&text);
            drop(writings.send(Writing { text: Some(text), ..of.clone() }));
        })
    }
}
