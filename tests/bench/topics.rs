//! P20, as far as the border to the window: how long after a commit its topic leaves, one by one, and how many topics leave in
//! a second while a thousand commits a second come.

use crate::folder;
use crate::machine::timed_async;
use crate::report::Goal;
use igny8_app::{Igny8, Notice};
use igny8_store::StoreError;
use std::time::Duration;

/// Commits that are timed, and the time between two of them: people do one thing after the other.
const COMMITS: usize = 100;
const BETWEEN: Duration = Duration::from_millis(150);
/// How long the storm is.
const STORM: Duration = Duration::from_secs(5);
const COMMITS_PER_SECOND: u32 = 1_000;
/// What is left to the window of the hundred milliseconds from commit to screen.
const BAR_MS: f64 = 50.0;
/// Most updates of a screen in a second.
const UPDATES: f64 = 10.0;

pub fn measure() -> Vec<Goal> {
    let data = tempfile::tempdir().expect("a temporary folder can be made");
    folder::run(async {
        let app = folder::open(data.path()).await;
        vec![one_by_one(&app).await, storm(&app).await]
    })
}

async fn one_by_one(app: &Igny8) -> Goal {
    let mut notices = app.notices();
    let mut times = Vec::with_capacity(COMMITS);
    for nth in 0..COMMITS {
        commit(app, nth).await;
        let (notice, time) = timed_async(notices.next()).await;
        assert!(matches!(notice, Some(Notice::Changed { .. })), "a commit is told");
        times.push(time.as_secs_f64() * 1_000.0);
        tokio::time::sleep(BETWEEN).await;
    }
    times.sort_by(f64::total_cmp);
    let p95 = times[COMMITS * 95 / 100];
    let detail = format!("{COMMITS} commits: median {:.1} ms, worst {:.1} ms", times[COMMITS / 2], times[COMMITS - 1]);
    Goal::at_most("P20", "milliseconds from a commit to its topic at the border, p95", p95, BAR_MS, detail)
}

async fn storm(app: &Igny8) -> Goal {
    let mut notices = app.notices();
    let writing = async {
        let mut ticks = tokio::time::interval(Duration::from_secs(1) / COMMITS_PER_SECOND);
        let mut nth = 0;
        loop {
            ticks.tick().await;
            commit(app, nth).await;
            nth += 1;
        }
    };
    let mut told = 0_u32;
    let listening = async {
        while let Some(Notice::Changed { .. }) = notices.next().await {
            told += 1;
        }
    };
    tokio::select! {
        () = writing => {}
        () = listening => {}
        () = tokio::time::sleep(STORM) => {}
    }
    let rate = f64::from(told) / STORM.as_secs_f64();
    let detail = format!("{told} in {} s", STORM.as_secs());
    Goal::at_most("P20/2", "topics a second at the border while commits come without a pause", rate, UPDATES, detail)
}

/// Something of the smallest kind.
async fn commit(app: &Igny8, nth: usize) {
    let stored = app.engine().store().write(move |w| w.set_setting("bench", &nth.to_string()));
    stored.await.map_err(|error: StoreError| error).expect("it can be stored");
}
