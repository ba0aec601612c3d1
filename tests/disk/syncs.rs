//! What a paid call costs the disk, counted and not timed: the syncs of the log. The engine works on articles over a store
//! that is stepped, so that the counts do not depend on how threads fall: as on a slow disk, the writer commits only when
//! nothing else can go on, and whatever was asked for by then waits together. `make bench` counts the same with threads.

use igny8_engine::Ran;
use igny8_faultvfs::{Call, Counts, Disk, FileKind};
use igny8_store::WriterLoop;
use igny8_tests::articles;
use igny8_tests::stepped::Stepped;
use igny8_tests::world::Surroundings;
use std::io::Write as _;
use std::pin::pin;
use tokio::sync::watch;

/// Calls that are counted.
const CALLS: usize = 208;
/// Calls at once.
const AT_ONCE: usize = 16;

/// Makes the articles wait, lets `work` go through them, and says what that cost the disk.
async fn spent(at_once: usize, work: impl AsyncFnOnce(&mut Stepped)) -> Counts {
    let around = Surroundings::default();
    let disk = Disk::without_syncs(&around.folder()).unwrap();
    articles::wait_in(&around, CALLS).await;
    let mut world = Stepped::open_at(around, articles::door(at_once)).await;
    let before = disk.counts();
    work(&mut world).await;
    let spent = disk.counts().since(&before);
    let world = world.restart().await;
    let settled = world.books().number("select count(*) from call where state = 'settled'");
    assert_eq!(usize::try_from(settled), Ok(CALLS), "every call was paid");
    world.assert_books_closed().await;
    let counts = format!(
        "syncs: {CALLS} calls, {at_once} at once: {} syncs of the log by commits, {} of it and {} of the database by checkpoints",
        spent.commits(),
        spent.of(FileKind::Wal, Call::Sync) - spent.commits(),
        spent.of(FileKind::Database, Call::Sync),
    );
    // Past the test harness's capture, so that the counts stand in every run's output.
    writeln!(std::io::stderr(), "{counts}").expect("standard error takes a line");
    spent
}

#[tokio::test]
async fn a_paid_call_alone_is_two_syncs() {
    let spent = spent(1, async |world: &mut Stepped| {
        for _ in 0..CALLS {
            let engine = world.engine.clone();
            let ran = world.until_quiet(pin!(engine.step()), WriterLoop::step).await;
            assert_eq!(ran.expect("a unit needs nothing but the store").unwrap(), Ran::Unit);
        }
    });
    assert_eq!(spent.await.commits(), 2 * CALLS as u64, "one before the call and one after it, and nothing else");
}

#[tokio::test]
async fn calls_that_wait_together_share_their_syncs() {
    let spent = spent(AT_ONCE, async |world: &mut Stepped| {
        let engine = world.engine.clone();
        let (stop, stopped) = watch::channel(false);
        let mut run = pin!(engine.run(stopped));
        assert!(world.until_quiet(run.as_mut(), WriterLoop::step).await.is_none(), "it waits for more to do");
        stop.send_replace(true);
        assert!(world.until_quiet(run.as_mut(), WriterLoop::step).await.is_some(), "it ends when told to");
    });
    let commits = spent.await.commits();
    assert!(commits > 0 && 2 * commits <= CALLS as u64, "at most one sync for two calls: {commits} for {CALLS}");
}
