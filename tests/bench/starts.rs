//! P17: a start after the process was killed, with a log of 64 MB beside a database of a million rows, against a clean start
//! of the same folder. Both through the app: lock, migrations, recovery, audit. The process that is killed is this program,
//! started again to write the log.

use crate::folder;
use crate::machine::{median_ms, timed_async};
use crate::report::Goal;
use igny8_store::StoreError;
use igny8_store::table::keyword::NewKeyword;
use rusqlite::Connection;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

/// Keywords of the database.
const ROWS: u32 = 1_000_000;
/// Keywords added in one commit.
const BATCH: u32 = 10_000;
/// Bytes of the log.
const LOG: u64 = 64 * 1024 * 1024;
/// Times that the two take turns.
const ROUNDS: usize = 5;
/// How much longer the start after a kill may take.
const LONGER_S: f64 = 0.5;
/// What this program is told when it is to write a log and be killed.
pub const WRITE_LOG: &str = "--write-log";

pub fn measure() -> Vec<Goal> {
    let data = tempfile::tempdir().expect("a temporary folder can be made");
    folder::run(fill(data.path()));
    let (mut clean, mut killed) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        clean.push(folder::run(start(data.path())));
        write_and_die(data.path());
        killed.push(folder::run(start(data.path())));
    }
    let (clean, killed) = (median_ms(&clean) / 1_000.0, median_ms(&killed) / 1_000.0);
    let detail = format!("{ROUNDS} turns over {ROWS} rows: killed {killed:.3} s, clean {clean:.3} s, medians");
    let metric = "seconds that a start after a kill, with a log of 64 MB, takes longer than a clean one";
    vec![Goal::at_most("P17", metric, killed - clean, LONGER_S, detail)]
}

/// Opens the app and closes it again; how long it took until it could be used.
async fn start(data: &Path) -> Duration {
    let (app, time) = timed_async(folder::open(data)).await;
    let audit = app.last_audit().map(|(audit, _)| audit);
    assert!(audit.is_some_and(|audit| audit.is_ok()), "the books were added up");
    assert!(app.engine().books_balance(), "nothing is paid before that, and from now on it may be");
    Arc::new(app).close().await;
    time
}

async fn fill(data: &Path) {
    let app = folder::open(data).await;
    let (site, sector, _) = folder::add_site(&app).await;
    for first in (0..ROWS).step_by(BATCH as usize) {
        let now = app.engine().clock().now();
        let keyword = |n: u32| {
            let text = format!("phrase {n} of many");
            NewKeyword { key: text.clone(), text, volume: Some(i64::from(n % 10_000)), ..NewKeyword::default() }
        };
        let keywords: Vec<NewKeyword> = (first..first + BATCH).map(keyword).collect();
        let added =
            app.engine().store().write_slice(move |w| w.keyword_add_batch(site, sector, &keywords, "", now).map(drop));
        added.await.map_err(|error: StoreError| error).expect("keywords can be added");
    }
    Arc::new(app).close().await;
}

/// Has this program write into the log of the database, and ends it in the middle of that.
fn write_and_die(data: &Path) {
    let program = std::env::current_exe().expect("this program has a name");
    let database = data.join("igny8.db");
    let ended = Command::new(program).arg(WRITE_LOG).arg(&database).output().expect("it can be started");
    assert!(!ended.status.success(), "it was killed");
    let log = std::fs::metadata(data.join("igny8.db-wal")).expect("it left a log").len();
    assert!(log >= LOG, "the log has its size: {log}");
}

/// What that program does: writes until the log has its size, and is gone.
pub fn write_log(database: &Path) -> ! {
    let connection = Connection::open(database).expect("the database opens");
    connection.pragma_update(None, "wal_autocheckpoint", 0).expect("the log can be left alone");
    let log = database.with_extension("db-wal");
    let mut nth = 0;
    while std::fs::metadata(&log).map_or(0, |log| log.len()) < LOG {
        nth += 1;
        let touched = "update keyword set updated_at = updated_at + 1 where id % 997 = ?1";
        connection.execute(touched, [nth]).expect("it can be written");
    }
    std::process::abort()
}
