//! P3: how often the log is synced for a paid call, counted at SQLite's door to the file system. Alone, and with as many
//! calls at once as a vendor may be given: their answers arrive together, and the threads of the product do the rest.

use crate::machine::block_on;
use crate::report::Goal;
use igny8_engine::Engine;
use igny8_faultvfs::{Call, Counts, Disk, FileKind};
use igny8_store::Store;
use igny8_tests::articles;
use igny8_tests::books::Books;
use igny8_tests::world::Surroundings;
use tokio::sync::watch;

/// Paid calls that are counted, a multiple of [`AT_ONCE`].
const CALLS: usize = 240;
/// Calls at once.
const AT_ONCE: usize = 16;

pub fn measure() -> Vec<Goal> {
    let alone = block_on(count(1));
    let together = block_on(count(AT_ONCE));
    vec![
        goal("P3", "syncs of the log per paid call, one at a time", &alone, 2.0),
        goal("P3/16", "syncs of the log per paid call, 16 in parallel", &together, 0.5),
    ]
}

fn goal(id: &'static str, metric: &'static str, spent: &Counts, bar: f64) -> Goal {
    let detail = format!(
        "{CALLS} calls: {} syncs by commits; apart from them {} of the log and {} of the database by checkpoints; \
         articles have no files",
        spent.commits(),
        spent.of(FileKind::Wal, Call::Sync) - spent.commits(),
        spent.of(FileKind::Database, Call::Sync),
    );
    Goal::at_most(id, metric, spent.commits() as f64 / CALLS as f64, bar, detail)
}

/// Works on all articles, so many at once, and says what it cost the disk.
async fn count(at_once: usize) -> Counts {
    let around = Surroundings::default();
    let disk = Disk::watch(&around.folder()).expect("the folder is there");
    articles::wait_in(&around, CALLS).await;
    let store = Store::open(&around.database(), None).expect("the store opens");
    let engine = around.engine_at(store, articles::door_that_waits_for(at_once));
    assert!(engine.recover().await.expect("recovery goes through").is_ok(), "the books balance");
    let before = disk.counts();
    let (stop, stopped) = watch::channel(false);
    let (run, watch) = (engine.run(stopped), stop_when_done(&engine, &stop));
    tokio::join!(run, watch);
    let spent = disk.counts().since(&before);
    let settled = Books::of(&around.database()).number("select count(*) from call where state = 'settled'");
    assert_eq!(usize::try_from(settled), Ok(CALLS), "every call was paid");
    spent
}

/// Ends the engine when the last article is there. Reading costs the disk no sync.
async fn stop_when_done(engine: &Engine, stop: &watch::Sender<bool>) {
    let mut changes = engine.store().changes();
    while !engine.store().read(|r| r.open_operations()).await.expect("operations can be read").is_empty() {
        // Having missed some is as good as having heard of one.
        drop(changes.recv().await);
    }
    stop.send_replace(true);
}
