//! One process: an engine over a store whose loops are stepped, and the tasks that run in it. Dropping it is how it ends:
//! tasks first, then whatever waited for the store, then the store.

use crate::simulation::clock::VirtualClock;
use crate::simulation::executor::Executor;
use crate::simulation::file::Folder;
use crate::simulation::press::Press;
use crate::simulation::truth::Truth;
use crate::simulation::user::is_a_refusal;
use crate::simulation::vendor::Vendor;
use crate::world::PROVIDER;
use igny8_core::port::{Destination, Offload, SiteError};
use igny8_engine::door::Door;
use igny8_engine::media::Media;
use igny8_engine::{Destinations, Engine, Ports};
use igny8_store::table::site::SiteRow;
use igny8_store::{ReaderLoop, Step, Store, WriterLoop};
use igny8_testkit::ids::CountingIds;
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;
use tokio::sync::watch;

/// What surrounds a process and lives on when it ends.
pub struct Around {
    /// Time.
    pub clock: VirtualClock,
    /// Identity.
    pub ids: Arc<CountingIds>,
    /// Who is asked.
    pub vendor: Vendor,
    /// Where articles go.
    pub press: Press,
    /// The data.
    pub folder: Folder,
    /// What the user knows.
    pub truth: Rc<RefCell<Truth>>,
    /// Somebody has the program open, so that things happen by themselves when their time has come.
    pub keeps_times: bool,
}

/// A running process.
pub struct Process {
    /// Its tasks. The first is the process itself: recovery, the runner, whoever sends.
    pub tasks: Executor,
    /// Its engine.
    pub engine: Arc<Engine>,
    stop: watch::Sender<bool>,
    writer: WriterLoop,
    reader: ReaderLoop,
}

impl Process {
    /// Starts a process. A start that forgets to recover is one of the planted mistakes.
    pub fn start(around: &Around, recovers: bool) -> Self {
        let opened = Store::open_stepped(&around.folder.database(), None, 1);
        let (store, writer, readers) = opened.unwrap_or_else(|error| panic!("the store does not open: {error}"));
        let reader = readers.into_iter().next().expect("one reader was asked for");
        let ports = Ports {
            clock: Arc::new(around.clock.clone()),
            ids: around.ids.clone(),
            destinations: Arc::new(OneSite(around.press.clone())),
            offload: Arc::new(InPlace),
            door: Door::new()
                .with_text(PROVIDER, Arc::new(around.vendor.clone()))
                .with_image(PROVIDER, Arc::new(around.vendor.clone())),
        };
        let media = Media::open(&around.folder.media()).expect("there is a media folder");
        let engine = Arc::new(Engine::new(store, media, ports));
        let (stop, stopped) = watch::channel(false);
        let mut tasks = Executor::default();
        let how = How { recovers, keeps_times: around.keeps_times };
        tasks.spawn("process", live(Arc::clone(&engine), Rc::clone(&around.truth), stopped, how));
        Self { tasks, engine, stop, writer, reader }
    }

    /// The writer serves what waits. False when nothing did.
    pub fn write(&mut self) -> bool {
        self.writer.step() == Step::Served
    }

    /// The reader serves what waits. False when nothing did.
    pub fn read(&mut self) -> bool {
        self.reader.step() == Step::Served
    }

    /// Asks the process to end after what it is at.
    pub fn stop(&self) {
        self.stop.send_replace(true);
    }
}

/// What a process does beside what each of them does.
#[derive(Clone, Copy)]
struct How {
    recovers: bool,
    keeps_times: bool,
}

/// The life of a process, as the app leads it.
async fn live(engine: Arc<Engine>, truth: Rc<RefCell<Truth>>, stop: watch::Receiver<bool>, how: How) {
    let audit = if how.recovers { engine.recover().await } else { engine.audit().await };
    match audit {
        Ok(audit) => {
            let mut truth = truth.borrow_mut();
            truth.recovered = Some(audit.is_ok());
            truth.complaints.extend(audit.findings.iter().map(|finding| format!("the audit found {finding:?}")));
        }
        Err(error) => return truth.borrow_mut().complaints.push(format!("recovery failed: {error}")),
    }
    let runs = engine.go_on_by_itself().await.unwrap_or_else(|error| {
        truth.borrow_mut().complaints.push(format!("interrupted work did not go on: {error}"));
        Vec::new()
    });
    let resumed = async {
        for site in runs {
            if let Err(error) = engine.resume_pipeline(site).await
                && !is_a_refusal(&error)
            {
                truth.borrow_mut().complaints.push(format!("a run did not go on: {error:?}"));
            }
        }
        std::future::pending().await
    };
    let times = async {
        if how.keeps_times {
            engine.attend();
            engine.keep_times(stop.clone()).await;
        }
    };
    let [running, driving, sending] = [(); 3].map(|()| stop.clone());
    tokio::select! {
        biased;
        _ = async { tokio::join!(engine.run(running), engine.drive_runs(driving), engine.send(sending), times) } => {}
        () = resumed => {}
    }
}

/// Every site is the one there is.
struct OneSite(Press);

#[async_trait::async_trait]
impl Destinations for OneSite {
    fn address(&self, site: &SiteRow) -> String {
        site.url.clone()
    }

    async fn open(&self, _: &SiteRow) -> Result<Arc<dyn Destination>, SiteError> {
        Ok(Arc::new(self.0.clone()))
    }
}

/// Blocking work is done where it is asked for.
struct InPlace;

impl Offload for InPlace {
    fn run(&self, work: Box<dyn FnOnce() + Send>) {
        work();
    }
}
