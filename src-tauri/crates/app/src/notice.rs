//! Commits, progress and growing texts as one stream for a screen: a commit at once, many of them a few times a second, the
//! rest as it comes. A screen that fell behind is told so and asks for everything again.

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

/// Least time between two tellings of commits; those within it are told together. Ten a second at the most, with room for
/// one that reaches the screen late and the next one early.
const BETWEEN: Duration = Duration::from_millis(105);

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
    /// When commits were told last.
    told: Option<Instant>,
}

impl Notices {
    pub(crate) fn new(changes: Receiver<Changes>, progress: Receiver<Progress>, writings: Receiver<Writing>) -> Self {
        Self { changes, progress, writings, pending: BTreeSet::new(), seq: 0, is_lagged: false, due: None, told: None }
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
        self.plan();
    }

    fn note_lag(&mut self) {
        self.is_lagged = true;
        self.plan();
    }

    /// Sets when what waits is told: at once, unless something was told just now.
    fn plan(&mut self) {
        if self.due.is_none() {
            let now = Instant::now();
            self.due = Some(self.told.map_or(now, |told| now.max(told + BETWEEN)));
        }
    }

    fn flush(&mut self) -> Notice {
        self.due = None;
        self.told = Some(Instant::now());
        Notice::Changed {
            seq: self.seq,
            topics: std::mem::take(&mut self.pending).into_iter().map(Into::into).collect(),
            is_lagged: std::mem::take(&mut self.is_lagged),
        }
    }
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

    #[test]
    fn a_commit_is_told_at_once_and_those_that_follow_closely_are_told_together() {
        let (changes, progress, writings) =
            (broadcast::Sender::new(1), broadcast::Sender::new(1), broadcast::Sender::new(1));
        let mut notices = Notices::new(changes.subscribe(), progress.subscribe(), writings.subscribe());
        let commit = |seq, topic| Changes { seq, topics: vec![topic] };
        notices.note(commit(1, Topic::Credits));
        assert!(notices.due.is_some_and(|due| due <= Instant::now()), "nothing was told before it");
        notices.flush();
        let told = notices.told.unwrap();
        for (seq, topic) in [(2, Topic::Credits), (3, Topic::Contents), (4, Topic::Credits)] {
            notices.note(commit(seq, topic));
            assert_eq!(notices.due, Some(told + BETWEEN), "commit {seq} waits for the others");
        }
        let Notice::Changed { seq, topics, is_lagged } = notices.flush() else { panic!("a change is told") };
        assert_eq!((seq, topics.len(), is_lagged), (4, 2, false));
        notices.told = Some(told.checked_sub(BETWEEN).unwrap());
        notices.note(commit(5, Topic::Sites));
        assert!(notices.due.is_some_and(|due| due <= Instant::now()), "it was quiet meanwhile");
    }

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
