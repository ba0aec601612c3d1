//! Runs futures in one thread, one poll at a time, in the order somebody else chooses. Between two polls the world may
//! do anything, also end all of them: dropping the executor is how a process dies.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Wake, Waker};

/// A future that was started.
struct Task {
    name: &'static str,
    work: Pin<Box<dyn Future<Output = ()>>>,
    woken: Arc<Woken>,
    waker: Waker,
}

/// Whether a task has something to do.
struct Woken(AtomicBool);

impl Wake for Woken {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// The tasks of one process, oldest first.
#[derive(Default)]
pub struct Executor {
    tasks: Vec<Task>,
}

impl Executor {
    /// Starts a future; it is polled when it is its turn.
    pub fn spawn(&mut self, name: &'static str, work: impl Future<Output = ()> + 'static) {
        let woken = Arc::new(Woken(AtomicBool::new(true)));
        let waker = Waker::from(Arc::clone(&woken));
        self.tasks.push(Task { name, work: Box::pin(work), woken, waker });
    }

    /// How many tasks can go on.
    pub fn ready(&self) -> usize {
        self.tasks.iter().filter(|task| task.woken.0.load(Ordering::Relaxed)).count()
    }

    /// How many tasks there are.
    pub fn len(&self) -> usize {
        self.tasks.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.tasks.is_empty()
    }

    /// Names of the tasks that have not ended.
    pub fn names(&self) -> Vec<&'static str> {
        self.tasks.iter().map(|task| task.name).collect()
    }

    /// Polls the n-th of those that can go on, and says its name.
    pub fn poll(&mut self, nth: usize) -> Option<&'static str> {
        let ready = self.tasks.iter().enumerate().filter(|(_, task)| task.woken.0.load(Ordering::Relaxed));
        let (place, _) = { ready }.nth(nth)?;
        let task = &mut self.tasks[place];
        task.woken.0.store(false, Ordering::Relaxed);
        let name = task.name;
        let has_ended = task.work.as_mut().poll(&mut Context::from_waker(&task.waker)).is_ready();
        if has_ended {
            drop(self.tasks.remove(place));
        }
        Some(name)
    }
}
