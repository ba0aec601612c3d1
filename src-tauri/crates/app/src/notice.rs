//! Commits, progress and growing texts as one stream for a screen: commits coalesced to a few a second, the rest as it comes. A screen
//! that fell behind is told so and asks for everything again.

use crate::dto::list as dto;
use crate::dto::work::{ProgressView, WritingView};
use crate::view;
use igny8_core::live::Writing;
use igny8_core::progress::Progress;
use igny8_core::topic::Topic;
use igny8_store::Changes;
use std::collections::BTreeSet;
use std::time::Duration;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::time::Instant;

/// Commits within this time are told together: at most ten a second, well within 100 ms of the row.
const COALESCE: Duration = Duration::from_millis(80);

/// One thing a screen should know.
#[derive(Clone, Debug)]
pub enum Notice {
    /// These topics have changed.
    Changed {
        /// Number of the newest commit.
        seq: u64,
        /// Each once.
        topics: Vec<dto::Topic>,
        /// Some commits were missed: everything may have changed.
        is_lagged: bool,
    },
    /// An operation moved.
    Progress(ProgressView),
    /// An article has grown, or is written no longer.
    Writing(WritingView),
}

/// The stream.
pub struct Notices {
    changes: Receiver<Changes>,
    progress: Receiver<Progress>,
    writings: Receiver<Writing>,
    pending: BTreeSet<Topic>,
    seq: u64,
    is_lagged: bool,
    due: Option<Instant>,
}

impl Notices {
    pub(crate) fn new(changes: Receiver<Changes>, progress: Receiver<Progress>, writings: Receiver<Writing>) -> Self {
        Self { changes, progress, writings, pending: BTreeSet::new(), seq: 0, is_lagged: false, due: None }
    }

    /// The next notice; `None` when the store is closed.
    pub async fn next(&mut self) -> Option<Notice> {
        loop {
            let due = self.due;
            tokio::select! {
                biased;
                () = until(due), if due.is_some() => return Some(self.flush()),
                change = self.changes.recv() => match change {
                    Ok(change) => self.note(change),
                    Err(RecvError::Lagged(_)) => self.note_lag(),
                    Err(RecvError::Closed) => return None,
                },
                progress = self.progress.recv() => match progress {
                    Ok(progress) => return Some(Notice::Progress(view::progress(&progress))),
                    Err(RecvError::Lagged(_)) => {}
                    Err(RecvError::Closed) => return None,
                },
                writing = self.writings.recv() => match writing {
                    Ok(writing) => return Some(Notice::Writing(view::writing(writing))),
                    Err(RecvError::Lagged(_)) => {}
                    Err(RecvError::Closed) => return None,
                },
            }
        }
    }

    fn note(&mut self, change: Changes) {
        self.seq = change.seq;
        self.pending.extend(change.topics);
        self.due.get_or_insert_with(soon);
    }

    fn note_lag(&mut self) {
        self.is_lagged = true;
        self.due.get_or_insert_with(soon);
    }

    fn flush(&mut self) -> Notice {
        self.due = None;
        Notice::Changed {
            seq: self.seq,
            topics: std::mem::take(&mut self.pending).into_iter().map(Into::into).collect(),
            is_lagged: std::mem::take(&mut self.is_lagged),
        }
    }
}

/// The end of the current coalescing span. Tokio's clock, so that a paused test clock governs it.
fn soon() -> Instant {
    Instant::now() + COALESCE
}

async fn until(due: Option<Instant>) {
    match due {
        Some(due) => tokio::time::sleep_until(due).await,
        None => std::future::pending().await,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use igny8_core::id::{OperationId, TaskId};
    use tokio::sync::broadcast;

    #[tokio::test]
    async fn a_growing_text_is_passed_on_as_it_comes_and_so_is_its_end() {
        let (changes, progress, writings) =
            (broadcast::Sender::new(1), broadcast::Sender::new(1), broadcast::Sender::new(4));
        let mut notices = Notices::new(changes.subscribe(), progress.subscribe(), writings.subscribe());
        let operation = OperationId("018f4d2a-7c3b-7e21-9d4f-5a6b7c8d9e0f".parse().unwrap());
        for text in [Some("Tea".to_owned()), Some("Tea is".to_owned()), None] {
            writings.send(Writing { operation, task: TaskId(7), title: "Tea".to_owned(), text }).unwrap();
        }
        for expected in [Some("Tea"), Some("Tea is"), None] {
            let Some(Notice::Writing(view)) = notices.next().await else { panic!("{expected:?}") };
            assert_eq!((view.text.as_deref(), view.task_id.as_str()), (expected, "7"));
            assert_eq!(view.operation_id, operation.to_string());
        }
        drop(writings);
        assert!(notices.next().await.is_none(), "the engine is gone");
    }
}
