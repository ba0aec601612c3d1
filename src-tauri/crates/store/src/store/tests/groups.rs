//! Many changes in one commit: each is kept or refused by itself, and what goes first is decided by what it is.

use crate::fixture::Bench;
use crate::{Step, StoreError, Write};
use igny8_core::topic::Topic;
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use tokio::sync::broadcast::error::TryRecvError;

type Order = Arc<Mutex<Vec<&'static str>>>;

fn set(key: &'static str, order: &Order) -> impl FnMut(&mut Write<'_>) -> Result<(), StoreError> + Send + 'static {
    let order = Arc::clone(order);
    move |write| {
        order.lock().unwrap().push(key);
        write.set_setting(key, "1")
    }
}

/// Asks once, so that the request is in the queue.
fn queue<F: Future>(work: Pin<&mut F>) {
    assert!(work.poll(&mut Context::from_waker(Waker::noop())).is_pending(), "nothing is answered before a step");
}

fn answer<F: Future>(work: Pin<&mut F>) -> F::Output {
    match work.poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(outcome) => outcome,
        Poll::Pending => panic!("the step did not answer this request"),
    }
}

#[test]
fn what_waits_shares_a_commit_and_a_refusal_spoils_nobody() {
    let mut bench = Bench::new();
    let (store, order) = (bench.store.clone(), Order::default());
    let mut changes = store.changes();
    let mut first = pin!(store.write(set("first", &order)));
    let mut refused = pin!(store.write(|write: &mut Write<'_>| {
        write.set_setting("half", "1")?;
        write.set_setting("bad", "no JSON")
    }));
    let mut last = pin!(store.write(set("last", &order)));
    queue(first.as_mut());
    queue(refused.as_mut());
    queue(last.as_mut());
    assert_eq!(bench.writer.step(), Step::Served);
    assert_eq!((answer(first), answer(last)), (Ok(()), Ok(())));
    assert!(matches!(answer(refused), Err(StoreError::Conflict(_))));
    assert_eq!(bench.writer.step(), Step::Idle, "one step served all three");
    assert_eq!(changes.try_recv().map(|change| (change.seq, change.topics)), Ok((1, vec![Topic::Settings])));
    assert_eq!(changes.try_recv(), Err(TryRecvError::Empty), "one commit, one announcement");
    let kept = bench.read(|read| Ok((read.setting("first")?, read.setting("half")?, read.setting("last")?)));
    assert_eq!(kept, (Some("1".to_owned()), None, Some("1".to_owned())));
}

#[test]
fn a_change_or_a_query_that_panics_fails_alone() {
    let mut bench = Bench::new();
    let (store, order) = (bench.store.clone(), Order::default());
    let mut first = pin!(store.write(set("first", &order)));
    let mut panics = pin!(store.write(|write: &mut Write<'_>| -> Result<(), StoreError> {
        write.set_setting("half", "1")?;
        panic!("planted")
    }));
    let mut last = pin!(store.write(set("last", &order)));
    queue(first.as_mut());
    queue(panics.as_mut());
    queue(last.as_mut());
    bench.writer.step();
    assert_eq!((answer(first), answer(last)), (Ok(()), Ok(())));
    assert_eq!(answer(panics), Err(StoreError::Panicked("planted".to_owned())));
    let kept = |bench: &mut Bench| bench.read(|read| Ok((read.setting("half")?, read.setting("last")?)));
    assert_eq!(kept(&mut bench), (None, Some("1".to_owned())), "nothing of it is kept");

    let alone = bench.write(|_| -> Result<(), StoreError> { panic!("planted alone") });
    assert_eq!(alone, Err(StoreError::Panicked("planted alone".to_owned())));
    let query = bench.try_read(|_| -> Result<(), StoreError> { panic!("planted in a query") });
    assert_eq!(query, Err(StoreError::Panicked("planted in a query".to_owned())));
    assert_eq!(kept(&mut bench), (None, Some("1".to_owned())), "and both loops go on");
    assert_eq!(bench.write(set("later", &order)), Ok(()));
}

#[test]
fn paid_work_goes_first_and_a_slice_waits_for_its_turn_but_not_for_ever() {
    let mut bench = Bench::new();
    let (store, order) = (bench.store.clone(), Order::default());
    let mut slice = pin!(store.write_slice(set("slice", &order)));
    let mut next_slice = pin!(store.write_slice(set("next slice", &order)));
    let mut screen = pin!(store.write(set("screen", &order)));
    let mut paid = pin!(store.write_paid(set("paid", &order)));
    queue(slice.as_mut());
    queue(next_slice.as_mut());
    queue(screen.as_mut());
    queue(paid.as_mut());
    assert_eq!(bench.writer.step(), Step::Served);
    assert_eq!((answer(paid), answer(screen)), (Ok(()), Ok(())));
    let mut late = pin!(store.write_paid(set("late", &order)));
    queue(late.as_mut());
    assert_eq!(bench.writer.step(), Step::Served);
    assert_eq!(answer(slice), Ok(()), "a slice after each group");
    assert_eq!(bench.writer.step(), Step::Served);
    assert_eq!(answer(late), Ok(()), "and a group after each slice");
    assert_eq!(bench.writer.step(), Step::Served);
    assert_eq!(answer(next_slice), Ok(()));
    assert_eq!(*order.lock().unwrap(), ["paid", "screen", "slice", "late", "next slice"]);
}

#[test]
fn neighbours_of_a_change_that_ends_the_transaction_are_served_alone() {
    let mut bench = Bench::new();
    let (store, order) = (bench.store.clone(), Order::default());
    bench
        .write(|write| {
            let used: i64 = write.conn.query_row("pragma page_count", [], |row| row.get(0))?;
            write.conn.pragma_update(None, "max_page_count", used + 4)?;
            Ok::<_, StoreError>(())
        })
        .unwrap();
    let mut before = pin!(store.write(set("before", &order)));
    let mut large =
        pin!(store.write(|write: &mut Write<'_>| write.set_setting("large", &format!("\"{}\"", "x".repeat(200_000)))));
    let mut after = pin!(store.write(set("after", &order)));
    queue(before.as_mut());
    queue(large.as_mut());
    queue(after.as_mut());
    assert_eq!(bench.writer.step(), Step::Served);
    assert_eq!(answer(large), Err(StoreError::DiskFull), "the one at fault is told");
    assert_eq!((answer(before), answer(after)), (Ok(()), Ok(())), "the others are kept all the same");
    assert_eq!(*order.lock().unwrap(), ["before", "before", "after"], "what had run is run again");
    let kept = bench.read(|read| Ok((read.setting("before")?, read.setting("large")?, read.setting("after")?)));
    assert_eq!(kept, (Some("1".to_owned()), None, Some("1".to_owned())));
}

#[test]
fn every_commit_that_changes_something_moves_the_mark() {
    let mut bench = Bench::new();
    let mark = |bench: &Bench| -> Vec<u8> {
        bench.outsider().query_row("select token from commit_mark", [], |row| row.get(0)).unwrap()
    };
    let at_first = mark(&bench);
    bench.write(|_| Ok::<_, StoreError>(())).unwrap();
    assert_eq!(mark(&bench), at_first, "a commit of nothing costs no sync");
    bench.write(|write| write.set_setting("zone", "1")).unwrap();
    let moved = mark(&bench);
    assert_ne!(moved, at_first);
    drop(bench.write(|_| Err::<(), _>(StoreError::NotFound)));
    assert_eq!(mark(&bench), moved, "what is rolled back leaves it");
}
