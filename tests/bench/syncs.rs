//! P3: how often the log is synced for a paid call, counted at SQLite's door to the file system. Alone, and with sixteen
//! calls in parallel: each is answered as soon as it is asked, none waits for another, and the threads of the product do the
//! rest. What commits share a sync is whatever came while the disk was at the last one.
//!
//! Beside it stands what the same calls take when they go in step, all sixteen answered at the moment the last is asked:
//! the least there can be, which no vendor sees to.
//!
//! Beside it stands what it leaves out: the syncs of checkpoints, which many calls share, and those of pictures' files. The
//! files go past SQLite, so that a tracer counts them: this program, started again to make some pictures.

use crate::machine::block_on;
use crate::report::{Figure, Goal};
use igny8_core::function::AiFunction;
use igny8_engine::Engine;
use igny8_engine::door::Door;
use igny8_engine::operation::Items;
use igny8_faultvfs::{Call, Counts, Disk, FileKind};
use igny8_store::Store;
use igny8_tests::articles;
use igny8_tests::books::Books;
use igny8_tests::world::{Surroundings, World};
use std::process::Command;
use tokio::sync::watch;

/// Paid calls that are counted, a multiple of [`AT_ONCE`].
const CALLS: usize = 240;
/// Calls at once.
const AT_ONCE: usize = 16;

/// What this program is told when it is to make pictures.
pub const MAKE_PICTURES: &str = "--make-pictures";

pub fn measure() -> Vec<Goal> {
    let alone = block_on(count(articles::door(1)));
    let parallel = block_on(count(articles::door(AT_ONCE)));
    let in_step = block_on(count(articles::door_that_waits_for(AT_ONCE)));
    let mut one_at_a_time = goal("P3", "syncs of the log per paid call, one at a time", &alone, 2.0);
    one_at_a_time.beside.push(of_pictures());
    let mut sixteen = goal("P3/16", "syncs of the log per paid call, 16 in parallel", &parallel, 0.5);
    sixteen.beside.push(Figure {
        metric: "syncs of the log per paid call, 16 in step, answered together",
        ratio: in_step.commits() as f64 / CALLS as f64,
        detail: format!("{} for {CALLS} calls", in_step.commits()),
    });
    vec![one_at_a_time, sixteen]
}

fn goal(id: &'static str, metric: &'static str, spent: &Counts, bar: f64) -> Goal {
    let by_checkpoints = [
        ("syncs of the log by checkpoints, per paid call", spent.of(FileKind::Wal, Call::Sync) - spent.commits()),
        ("syncs of the database by checkpoints, per paid call", spent.of(FileKind::Database, Call::Sync)),
    ];
    let per_call = |syncs: u64| syncs as f64 / CALLS as f64;
    let beside = by_checkpoints.map(|(metric, syncs)| Figure {
        metric,
        ratio: per_call(syncs),
        detail: format!("{syncs} in all"),
    });
    let detail = format!(
        "mean of {CALLS} calls for articles: {} syncs of the log by commits are in; checkpoints, which many calls share, \
         and the files of pictures, which an article's own calls have none of, are out",
        spent.commits()
    );
    Goal::at_most(id, metric, per_call(spent.commits()), bar, detail).with(beside.into())
}

/// Works on all articles, with as many calls at once as this door lets through, and says what it cost the disk.
async fn count(door: Door) -> Counts {
    let around = Surroundings::default();
    let disk = Disk::watch(&around.folder()).expect("the folder is there");
    articles::wait_in(&around, CALLS).await;
    let store = Store::open(&around.database(), None).expect("the store opens");
    let engine = around.engine_at(store, door);
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

/// Syncs of a picture's file and of the folder it gets its name in.
fn of_pictures() -> Figure {
    let log = tempfile::NamedTempFile::new().expect("a temporary file can be made");
    let program = std::env::current_exe().expect("this program has a name");
    let traced = ["-f", "-qq", "-y", "--seccomp-bpf", "-e", "trace=fsync,fdatasync", "-o"];
    let ran = Command::new("strace").args(traced).arg(log.path()).arg(program).arg(MAKE_PICTURES).output();
    let ran = ran.expect("strace can be started");
    assert!(ran.status.success(), "pictures are made: {}", String::from_utf8_lossy(&ran.stderr));
    let pictures: u64 = String::from_utf8_lossy(&ran.stdout).trim().parse().expect("it says how many");
    let trace = std::fs::read_to_string(log.path()).expect("the tracer leaves a trace");
    let syncs = trace.lines().filter(|call| call.contains("/media")).count();
    assert!(pictures > 0 && syncs > 0, "there was something to count");
    let metric = "syncs of a picture's file and of its folder, per picture, before the commit that charges it";
    Figure { metric, ratio: syncs as f64 / pictures as f64, detail: format!("{syncs} for {pictures} pictures") }
}

/// What that program does: takes two articles as far as their pictures, and says how many these are.
pub fn make_pictures() {
    let made = block_on(async {
        let world = World::new().await;
        let site = world.add_tea_site().await;
        world.prepare_for(AiFunction::GenerateImages, site).await;
        world.run(AiFunction::GenerateImages, site, Items::Waiting).await;
        world.books().number("select count(*) from image where status = 'generated'")
    });
    println!("{made}");
}
