//! A store whose loops take a step only when the test says so: requests are put in the queue together and answered
//! together, in this thread.

use igny8_store::{Read, ReaderLoop, Step, Store, StoreError, Write, WriterLoop};
use std::path::Path;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

/// A request that waits for its answer.
type Waiting<'s, T, E> = Pin<Box<dyn Future<Output = Result<T, E>> + 's>>;

/// A store that is stepped.
pub struct SteppedStore {
    store: Store,
    writer: WriterLoop,
    reader: ReaderLoop,
}

impl SteppedStore {
    /// Opens or makes a file.
    pub fn open(database: &Path) -> Result<Self, StoreError> {
        let (store, writer, mut readers) = Store::open_stepped(database, None, 1)?;
        let reader = readers.pop().ok_or(StoreError::Closed)?;
        Ok(Self { store, writer, reader })
    }

    /// Serves one change.
    pub fn write<T, E, F>(&mut self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        F: FnMut(&mut Write<'_>) -> Result<T, E> + Send + 'static,
    {
        self.write_together(vec![work]).pop().expect("one request, one answer")
    }

    /// Puts changes in the queue and serves them all: as many commits as the writer makes of them.
    pub fn write_together<T, E, F>(&mut self, works: Vec<F>) -> Vec<Result<T, E>>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        F: FnMut(&mut Write<'_>) -> Result<T, E> + Send + 'static,
    {
        let store = &self.store;
        let mut answers: Vec<Waiting<'_, T, E>> =
            works.into_iter().map(|work| Box::pin(store.write_paid(work)) as _).collect();
        let mut context = Context::from_waker(Waker::noop());
        for answer in &mut answers {
            assert!(answer.as_mut().poll(&mut context).is_pending(), "nothing is answered before the writer's step");
        }
        while self.writer.step() == Step::Served {}
        let ready =
            |mut answer: Pin<Box<dyn Future<Output = Result<T, E>> + '_>>| match answer.as_mut().poll(&mut context) {
                Poll::Ready(outcome) => outcome,
                Poll::Pending => panic!("a request that was served was not answered"),
            };
        answers.into_iter().map(ready).collect()
    }

    /// Serves one query.
    pub fn read<T, E, F>(&mut self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        F: FnOnce(&Read<'_>) -> Result<T, E> + Send + 'static,
    {
        let mut answer = pin!(self.store.read(work));
        let mut context = Context::from_waker(Waker::noop());
        assert!(answer.as_mut().poll(&mut context).is_pending(), "nothing is answered before the reader's step");
        while self.reader.step() == Step::Served {}
        match answer.poll(&mut context) {
            Poll::Ready(outcome) => outcome,
            Poll::Pending => panic!("a query that was served was not answered"),
        }
    }
}
