//! P16 and what P19 says of the processor: 10,000 units in the queue of a run. How long a pause, a resume and a cancel take
//! until they are answered, against twenty raw syncs; and what the app costs the machine while all of them stand still.

use crate::folder;
use crate::machine::{median_ms, process_time, timed_async};
use crate::raw::Raw;
use crate::report::Goal;
use igny8_app::commands::desktop;
use igny8_app::dto::desktop::Popup;
use igny8_app::{Desktop, Igny8};
use igny8_core::function::AiFunction;
use igny8_core::id::{ModelId, OperationId, RunId, SiteId};
use igny8_core::money::Credits;
use igny8_core::status::{RunTrigger, Trigger};
use igny8_engine::Engine;
use igny8_store::LedgerError;
use igny8_store::table::operation::NewOperation;
use igny8_store::table::run::NewRun;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// Units that wait.
const UNITS: u32 = 10_000;
/// Times that each command is sent.
const ROUNDS: usize = 15;
/// Raw syncs that a command may take as long as.
const SYNCS: usize = 20;
/// How long the idle app is watched.
const WATCHED: Duration = Duration::from_secs(30);

/// How long each command took.
#[derive(Default)]
struct Commands {
    pauses: Vec<Duration>,
    resumes: Vec<Duration>,
    cancels: Vec<Duration>,
}

pub fn measure() -> Vec<Goal> {
    let data = tempfile::tempdir().expect("a temporary folder can be made");
    let mut raw = Raw::new();
    let commands = folder::run(command(data.path(), &mut raw));
    let bar = SYNCS as f64;
    let anchor = median_ms(raw.times());
    let goal = |id, metric, times: &[Duration]| {
        let median = median_ms(times);
        let detail = format!("{ROUNDS} times over {UNITS} units: median {median:.2} ms, raw {anchor:.3} ms");
        Goal::at_most(id, metric, median / anchor, bar, detail)
    };
    vec![
        goal("P16", "10,000 queued units paused, median / raw 4 KiB write and sync, median", &commands.pauses),
        goal("P16/2", "10,000 queued units gone on with, the same", &commands.resumes),
        goal("P16/3", "10,000 queued units cancelled, the same", &commands.cancels),
    ]
}

pub fn idle() -> Vec<Goal> {
    let data = tempfile::tempdir().expect("a temporary folder can be made");
    let (spent, seconds) = folder::run(stand_still(data.path()));
    let detail = format!("{spent:.3} s of the processor in {seconds:.1} s, {UNITS} units paused");
    vec![Goal::at_most("P19", "of a core, while 10,000 queued units are paused", spent / seconds, 0.01, detail)]
}

async fn command(data: &Path, raw: &mut Raw) -> Commands {
    let app = folder::open(data).await;
    let ((site, _, model), engine) = (folder::add_site(&app).await, app.engine());
    let mut commands = Commands::default();
    for _ in 0..ROUNDS {
        queue(engine, site, model).await;
        let (done, time) = timed_async(engine.pause_pipeline(site)).await;
        done.expect("it can be paused");
        commands.pauses.push(time);
        let (done, time) = timed_async(engine.take_up_site(site)).await;
        assert!(done.expect("it can be gone on with"), "it is a run");
        commands.resumes.push(time);
        let (done, time) = timed_async(engine.cancel_pipeline(site)).await;
        done.expect("it can be cancelled");
        commands.cancels.push(time);
        // The rows follow behind the answer, as they do in the program.
        engine.sweep_cancelled().await.expect("they can be cancelled");
        (0..SYNCS).for_each(|_| raw.write());
    }
    commands
}

/// A desktop before which nobody sits.
struct Unwatched;

impl Desktop for Unwatched {
    fn is_looked_at(&self) -> bool {
        false
    }

    fn show(&self, _popup: &Popup) {}

    fn come_forward(&self) {}
}

/// What the shell adds behind its window: every notice goes to the page, and the tray is drawn from what is stored, once a
/// second at the most.
fn begin_the_shell(app: &Arc<Igny8>) {
    app.heed_callers(Arc::new(Unwatched));
    app.tell_desktop(Arc::new(Unwatched));
    let (mut to_the_page, mut to_the_tray, tray) = (app.notices(), app.notices(), Arc::downgrade(app));
    tokio::spawn(async move { while to_the_page.next().await.is_some() {} });
    tokio::spawn(async move {
        loop {
            let Some(app) = tray.upgrade() else { return };
            desktop::tray(&app).await.expect("the tray can be drawn");
            drop(app);
            tokio::time::sleep(Duration::from_secs(1)).await;
            if to_the_tray.next().await.is_none() {
                return;
            }
        }
    });
}

/// The app with everything it does in the background, as the program has it, and nothing to be done.
async fn stand_still(data: &Path) -> (f64, f64) {
    let app = Arc::new(folder::open(data).await);
    let (site, _, model) = folder::add_site(&app).await;
    queue(app.engine(), site, model).await;
    app.engine().pause_pipeline(site).await.expect("it can be paused");
    app.start().await.expect("the background work starts");
    app.follow_sites();
    begin_the_shell(&app);
    app.attend();
    // What a start does once is not what an idle app does.
    tokio::time::sleep(Duration::from_secs(5)).await;
    let before = process_time();
    let ((), time) = timed_async(tokio::time::sleep(WATCHED)).await;
    let spent = process_time().saturating_sub(before);
    app.stop().await;
    (spent.as_secs_f64(), time.as_secs_f64())
}

/// A run that has as many units in its queue.
async fn queue(engine: &Engine, site: SiteId, model: ModelId) {
    let (run, operation, now) = (RunId(engine.ids().next()), OperationId(engine.ids().next()), engine.clock().now());
    let queued = engine.store().write(move |w| {
        w.open_run_cap(run, Credits::whole(1_000_000), &[], now)?;
        let (trigger, estimate) = (RunTrigger::Manual, Credits::whole(1));
        w.open_run_of(&NewRun { id: run, site, trigger, estimate, stages: Vec::new() }, now)?;
        let work = NewOperation {
            id: operation,
            function: AiFunction::GenerateContent,
            site,
            model,
            started_by: Trigger::Automation,
            run: Some(run),
            is_anew: false,
            items_total: UNITS,
            units: (1..=i64::from(UNITS)).map(|item| vec![item]).collect(),
        };
        Ok::<_, LedgerError>(w.open_operation(&work, now)?)
    });
    queued.await.expect("units can be queued");
}
