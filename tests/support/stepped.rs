//! An engine whose store takes a step only when the test says so, to end a process between any two of them.

use crate::world::{Surroundings, World};
use igny8_engine::Engine;
use igny8_store::{ReaderLoop, Step, Store, WriterLoop};
use std::sync::Arc;

/// An engine over a store that is stepped.
pub struct Stepped {
    pub engine: Arc<Engine>,
    around: Surroundings,
    writer: WriterLoop,
    reader: ReaderLoop,
}

impl Stepped {
    /// Opens the folder of a world that was ended, and recovers it.
    pub async fn open(around: Surroundings) -> Self {
        let opened = Store::open_stepped(&around.database(), None, 1);
        let (store, writer, readers) = opened.expect("the store opens");
        let reader = readers.into_iter().next().expect("one reader was asked for");
        let mut opened = Self { engine: Arc::new(around.engine(store)), around, writer, reader };
        let engine = Arc::clone(&opened.engine);
        let recovered = opened.drive(async move { engine.recover().await }, usize::MAX).await;
        assert!(recovered.expect("there is no last step").expect("recovery goes through").is_ok(), "the books balance");
        opened
    }

    /// Drives work to its end, or until the store has taken `steps_max` steps. `None` when it ran out of them: the work
    /// still goes on to where it next waits for the store, so that what it does outside has happened and is written
    /// nowhere, and is dropped there, as a process that is killed drops it.
    pub async fn drive<T>(&mut self, work: impl Future<Output = T>, steps_max: usize) -> Option<T> {
        let mut work = std::pin::pin!(work);
        let mut steps = 0;
        loop {
            tokio::select! {
                biased;
                done = &mut work => return Some(done),
                () = tokio::task::yield_now() => {}
            }
            if steps >= steps_max {
                return None;
            }
            for step in [self.writer.step(), self.reader.step()] {
                steps += usize::from(step == Step::Served);
            }
        }
    }

    /// Ends the process as it stands and starts the next one, with threads of its own.
    pub async fn restart(self) -> World {
        let around = self.around.clone();
        drop(self);
        let world = World::open(around);
        world.recover().await;
        world
    }
}
