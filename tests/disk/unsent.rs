//! A disk that fails while a hold is written, so that for a while nobody knows whether the books have the call as sent. It
//! was not sent: when the disk is well again the books have no such call, and nothing is counted as lost that no vendor was
//! asked.

use igny8_core::function::AiFunction;
use igny8_core::id::SiteId;
use igny8_core::status::OperationStatus;
use igny8_engine::operation::Items;
use igny8_faultvfs::{Disk, Fault, Trouble};
use igny8_testkit::scripted::Reply;
use igny8_tests::world::World;
use std::io::Write as _;
use std::time::Duration;

/// The first call of the disk that fails: the last one of the commit that holds, which is its sync, and some before it.
const FIRST: std::ops::Range<u64> = 0..6;
/// How many fail in a row: also those by which the store would find out, and make sure, whether the commit took place.
const IN_A_ROW: std::ops::RangeInclusive<u64> = 1..=5;
/// What the runner waits after a failure of the disk.
const WAIT_MS: i64 = 5_000;

/// Calls of the disk from the start of the work until its request has left.
async fn calls_until_asked(start: &World, site: SiteId) -> u64 {
    let around = start.fork();
    around.script.then(Reply::Never);
    let disk = Disk::without_syncs(&around.folder()).expect("the folder is there");
    let world = World::open(around);
    world.recover().await;
    world.start(AiFunction::AutoCluster, site, Items::Waiting).await.expect("it starts");
    let before = disk.counts();
    let (_stop, stopped) = tokio::sync::watch::channel(false);
    tokio::select! {
        () = world.engine.run(stopped) => unreachable!("nobody stops it"),
        () = world.around.script.arrival() => disk.counts().since(&before).total(),
    }
}

/// Does the work to its end, over whatever the disk refuses on the way.
async fn finish(world: &World, site: SiteId, disk: &Disk, fault: Fault) {
    let operation = world.start(AiFunction::AutoCluster, site, Items::Waiting).await.expect("it starts");
    disk.plant(fault);
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let ended = async {
        loop {
            let ended = tokio::time::timeout(Duration::from_millis(20), world.engine.wait_for(operation)).await;
            if ended.is_ok_and(|row| row.is_ok_and(|row| row.status == OperationStatus::Success)) {
                break;
            }
            world.around.clock.advance_ms(WAIT_MS);
        }
        stop.send_replace(true);
    };
    tokio::join!(world.engine.run(stopped), ended);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_never_sent_is_not_booked_as_lost() {
    let start = World::new().await;
    let site = start.add_tea_site().await;
    let (mut works, mut struck) = (0, 0);
    let last = calls_until_asked(&start, site).await;
    for at in FIRST.map(|before| last - before) {
        for calls in IN_A_ROW {
            let around = start.fork();
            let disk = Disk::without_syncs(&around.folder()).expect("the folder is there");
            let world = World::open(around);
            world.recover().await;
            let place = format!("{calls} calls fail from call {at}");
            finish(&world, site, &disk, Fault { at, calls, trouble: Trouble::InputOutput }).await;
            struck += disk.struck();
            works += 1;
            let attempts = world.books().number("select count(*) from attempt");
            let asked = i64::try_from(world.around.script.asked().len()).expect("few");
            assert_eq!((attempts, asked), (1, 1), "{place}: the one request is on the books, and no other");
            world.assert_books_closed().await;
        }
    }
    assert!(struck > works, "the disk failed each time");
    writeln!(std::io::stderr(), "unsent: {works} holds met {struck} failures of the disk, 0 were booked as lost")
        .expect("standard error takes a line");
}
