//! An engine whose store takes a step only when the test says so, to end a process between any two of them.

use crate::world::{Surroundings, World};
use igny8_engine::Engine;
use igny8_engine::door::Door;
use igny8_store::{ReaderLoop, Step, Store, WriterLoop};
use std::pin::Pin;
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
        let make = |store| around.engine(store);
        Self::open_with(around.clone(), make).await
    }

    /// As [`Stepped::open`], with what stands at this door.
    pub async fn open_at(around: Surroundings, door: Door) -> Self {
        let make = |store| around.engine_at(store, door);
        Self::open_with(around.clone(), make).await
    }

    async fn open_with(around: Surroundings, make: impl FnOnce(Store) -> Engine) -> Self {
        let opened = Store::open_stepped(&around.database(), None, 1);
        let (store, writer, readers) = opened.expect("the store opens");
        let reader = readers.into_iter().next().expect("one reader was asked for");
        let mut opened = Self { engine: Arc::new(make(store)), around, writer, reader };
        let engine = Arc::clone(&opened.engine);
        let start = async move {
            let audit = engine.recover().await?;
            engine.go_on_by_itself().await.map(|_| audit)
        };
        let recovered = opened.drive(start, usize::MAX).await;
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

    /// Drives work as a slow disk would have it: the writer takes a step only when nothing else can go on, so that
    /// whatever is asked for meanwhile waits together. `commit` takes the step, to count it or to time it. `None` when
    /// the work is not done and waits for nothing that the store could give.
    pub async fn until_quiet<T>(
        &mut self,
        mut work: Pin<&mut impl Future<Output = T>>,
        mut commit: impl FnMut(&mut WriterLoop) -> Step,
    ) -> Option<T> {
        loop {
            tokio::select! {
                biased;
                done = &mut work => return Some(done),
                () = tokio::task::yield_now() => {}
            }
            if self.reader.step() != Step::Served && commit(&mut self.writer) != Step::Served {
                return None;
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
