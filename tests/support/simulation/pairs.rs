//! Every pair of commands on a run, with the process ending at every point behind the first of them. Nothing is left to
//! chance here: turns go round, the vendor answers everything, and a story is told again with its process ending one move
//! later each time, until it is over before that.
//!
//! Whatever came, the books are held against the world outside; a pause that was answered holds over the start, and costs
//! nothing, until somebody goes on; a cancel that was answered has ended the run; and in the end what stands still can be
//! gone on with, to its end.

use super::chance::Chance;
use super::checks::{self, Outside};
use super::clock::VirtualClock;
use super::file::Folder;
use super::press::{Habit, Press};
use super::process::{Around, Process};
use super::truth::Truth;
use super::user::is_a_refusal;
use super::vendor::Vendor;
use igny8_core::automation::{Automation, RunStage, StageRules};
use igny8_core::id::SiteId;
use igny8_core::money::Credits;
use igny8_core::port::Clock;
use igny8_core::time::UtcMs;
use igny8_engine::EngineError;
use igny8_testkit::ids::CountingIds;
use rusqlite::Connection;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;

/// A command on a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// A run begun, or what is there gone on with.
    Start,
    /// The run paused.
    Pause,
    /// What stands still gone on with.
    Resume,
    /// The run cancelled.
    Cancel,
    /// The process ended and started again.
    Restart,
}

impl Command {
    /// Each of them.
    pub const ALL: [Self; 5] = [Self::Start, Self::Pause, Self::Resume, Self::Cancel, Self::Restart];
}

/// How a story ended.
#[derive(Debug, Default)]
pub struct Told {
    /// What did not hold.
    pub broken: Vec<String>,
    /// The process ended where it was to; otherwise the story was over before.
    pub has_crashed: bool,
}

const SITE: SiteId = SiteId(1);
/// Moves before the first command, so that something is at hand, and between the two.
const BEFORE: usize = 45;
const BETWEEN: usize = 12;
/// Moves within which a world of this size comes to rest, many times over.
const MOVES_MAX: usize = 20_000;

/// Commands that have no answer yet. Of such as overlap either may have come first, whatever was answered last.
#[derive(Clone, Copy, Debug, Default)]
struct UnderWay {
    count: u32,
    do_overlap: bool,
}

impl UnderWay {
    const fn begun(self) -> Self {
        Self { count: self.count + 1, do_overlap: self.count > 0 }
    }

    const fn ended(self) -> Self {
        let count = self.count.saturating_sub(1);
        Self { count, do_overlap: self.do_overlap && count > 0 }
    }
}

/// What the user was told last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Answered {
    #[default]
    Nothing,
    Pause,
    Cancel,
}

struct Stage {
    around: Around,
    file: Rc<Connection>,
    process: Option<Process>,
    turn: usize,
    moves: usize,
    /// The move after which the process ends.
    crash_at: Option<usize>,
    told: Told,
    answered: Rc<Cell<Answered>>,
    under_way: Rc<Cell<UnderWay>>,
}

/// A run begins; `first` comes while it is at work, `second` a little later, and the process ends `crash_after` moves behind
/// the first.
pub fn tell(first: Command, second: Command, crash_after: Option<usize>) -> Told {
    let mut stage = Stage::new();
    stage.command(Command::Start);
    stage.play(BEFORE);
    stage.crash_at = crash_after.map(|after| stage.moves + after);
    stage.command(first);
    stage.play(BETWEEN);
    stage.command(second);
    stage.rest();
    stage.end()
}

impl Stage {
    fn new() -> Self {
        let folder = Folder::new();
        folder.set_budget(Credits::whole(500));
        folder.choose(SITE, &short_way());
        let file = Rc::new(folder.connection());
        let clock = VirtualClock::at(UtcMs(1_796_079_000_000));
        let around = Around {
            press: Press::new(clock.clone(), Habit::Punctual, false),
            clock,
            ids: Arc::new(CountingIds::default()),
            vendor: Vendor::faithful(),
            folder,
            truth: Rc::new(RefCell::new(Truth::default())),
            keeps_times: false,
        };
        let process = Some(Process::start(&around, true));
        let mut stage = Self {
            around,
            file,
            process,
            turn: 0,
            moves: 0,
            crash_at: None,
            told: Told::default(),
            answered: Rc::default(),
            under_way: Rc::default(),
        };
        stage.until_up();
        stage
    }

    /// Plays until the process has recovered.
    fn until_up(&mut self) {
        for _ in 0..MOVES_MAX {
            if self.around.truth.borrow().recovered.is_some() {
                return;
            }
            self.advance();
        }
        self.told.broken.push("a process comes up".to_owned());
    }

    fn play(&mut self, moves: usize) {
        for _ in 0..moves {
            self.advance();
        }
    }

    /// Plays until nobody has anything to do but to wait for time.
    fn rest(&mut self) {
        for _ in 0..MOVES_MAX {
            if !self.advance() && self.process_now().tasks.len() == 1 && !self.is_run_at_work() {
                return;
            }
        }
        let names = self.process_now().tasks.names();
        self.told.broken.push(format!("a story comes to rest: {names:?}"));
    }

    /// One move, by whoever's turn it is, and the end of the process where it is due. False when only time passed.
    fn advance(&mut self) -> bool {
        self.moves += 1;
        if self.crash_at.is_some_and(|at| self.moves > at) {
            self.crash_at = None;
            self.told.has_crashed = true;
            self.crash();
        }
        for _ in 0..4 {
            self.turn += 1;
            let (turn, ready) = (self.turn, self.process_now().tasks.ready());
            let has_moved = match turn % 4 {
                0 if ready > 0 => self.process_now().tasks.poll(turn % ready).is_some(),
                1 => self.process_now().write(),
                2 => self.process_now().read(),
                3 if self.around.vendor.waiting() > 0 => {
                    self.around.vendor.deliver(&mut Chance::of(0));
                    true
                }
                _ => false,
            };
            if has_moved {
                return true;
            }
        }
        self.around.clock.to_next_timer();
        false
    }

    fn crash(&mut self) {
        drop(self.process.take());
        self.under_way.set(UnderWay::default());
        self.around.vendor.hang_up();
        self.around.truth.borrow_mut().forget_answers();
        let asked = self.around.vendor.requests().len();
        self.process = Some(Process::start(&self.around, true));
        self.until_up();
        self.told.broken.extend(checks::recovered(&self.file));
        self.look_after_a_start(asked);
    }

    /// What was answered before the process ended holds in the next one, until somebody says otherwise.
    fn look_after_a_start(&mut self, asked: usize) {
        match self.answered.get() {
            Answered::Nothing => {}
            Answered::Pause => {
                for _ in 0..200 {
                    self.turn += 1;
                    let ready = self.process_now().tasks.ready().max(1);
                    let turn = self.turn;
                    let process = self.process_now();
                    process.tasks.poll(turn % ready);
                    process.write();
                    process.read();
                }
                self.hold("a pause holds over a start", "select 1 from run where paused_at > 0 and ended_at = 0");
                if self.around.vendor.requests().len() > asked {
                    self.told.broken.push("what is paused asks for nothing".to_owned());
                }
            }
            Answered::Cancel => self.hold(
                "what was cancelled has ended",
                "select 1 where not exists (select 1 from run where ended_at = 0)",
            ),
        }
    }

    fn hold(&mut self, rule: &str, query: &'static str) {
        let holds = self.file.prepare_cached(query).and_then(|mut statement| statement.exists([]));
        if !holds.expect("a statement of ours") {
            self.told.broken.push(rule.to_owned());
        }
    }

    /// The user wants something of the run.
    fn command(&mut self, command: Command) {
        if command == Command::Restart {
            return self.crash();
        }
        let (engine, truth) = (Arc::clone(&self.process_now().engine), Rc::clone(&self.around.truth));
        let (answered, under_way) = (Rc::clone(&self.answered), Rc::clone(&self.under_way));
        // Until the answer comes, nobody knows.
        answered.set(Answered::Nothing);
        // A start is answered when its run is over, and is no say in what becomes of it meanwhile.
        let counts = command != Command::Start;
        if counts {
            under_way.set(under_way.get().begun());
        }
        self.process_now().tasks.spawn("command", async move {
            let done = match command {
                Command::Start => engine.run_pipeline(engine.new_client_key(), SITE, None).await,
                Command::Pause => engine.pause_pipeline(SITE).await,
                Command::Resume => engine.resume_run(SITE).await,
                Command::Cancel => engine.cancel_pipeline(SITE).await,
                Command::Restart => Ok(()),
            };
            let was = under_way.get();
            if counts {
                under_way.set(was.ended());
            }
            match command {
                Command::Pause if done.is_ok() && !was.do_overlap => answered.set(Answered::Pause),
                Command::Cancel if done.is_ok() => answered.set(Answered::Cancel),
                _ => {}
            }
            if let Err(error) = done
                && !is_expected(&error)
            {
                truth.borrow_mut().complaints.push(format!("{command:?} went wrong: {error:?}"));
            }
        });
    }

    /// Goes on with what stands still until the run has ended, and looks at everything.
    fn end(mut self) -> Told {
        self.answered.set(Answered::Nothing);
        for _ in 0..3 {
            if self.is_run_open() {
                self.command(Command::Resume);
                self.rest();
            }
        }
        self.hold("a run ends", "select 1 where not exists (select 1 from run where ended_at = 0)");
        self.hold(
            "a run's log begins and ends with it",
            "select 1 where not exists (select 1 from run r where
               (select kind from run_event where run_id = r.id order by id limit 1) is not 'began'
               or (select count(*) from run_event where run_id = r.id and kind = 'ended') <> 1)",
        );
        self.hold(
            "a run that stands still goes on before it stands still again",
            "select 1 where not exists (select 1 from run_event a join run_event b on b.run_id = a.run_id
               and b.id = (select min(c.id) from run_event c where c.run_id = a.run_id and c.id > a.id
                 and c.kind in ('paused', 'resumed', 'interrupted'))
             where a.kind = 'paused' and b.kind = 'paused' or a.kind = 'interrupted' and b.kind = 'interrupted')",
        );
        self.process_now().stop();
        self.play(200);
        let requests = self.around.vendor.requests();
        let truth = self.around.truth.borrow();
        let (now, right) = (self.around.clock.now(), self.around.clock.right());
        let outside = Outside { requests: &requests, truth: &truth, posts: &[], now, right, keeps_times: false };
        let mut broken = checks::always(&self.file, &outside);
        broken.extend(checks::at_rest(&self.file, &outside));
        drop(truth);
        drop(self.process.take());
        broken.extend(checks::audited(&self.around.folder.database()));
        self.told.broken.extend(broken);
        self.told
    }

    fn is_run_open(&self) -> bool {
        let open = self.file.prepare_cached("select 1 from run where ended_at = 0");
        open.and_then(|mut statement| statement.exists([])).expect("a statement of ours")
    }

    /// A run is open that waits for nobody's word.
    fn is_run_at_work(&self) -> bool {
        let open = self.file.prepare_cached(
            "select 1 from run where ended_at = 0 and paused_at = 0 and interrupted_at = 0
             union all select 1 from job where state = 'leased'",
        );
        open.and_then(|mut statement| statement.exists([])).expect("a statement of ours")
    }

    fn process_now(&mut self) -> &mut Process {
        self.process.as_mut().expect("there is always a process")
    }
}

/// A run of two small stages.
fn short_way() -> Automation {
    let mut chosen = Automation::default();
    for stage in RunStage::ALL {
        let is_on = matches!(stage, RunStage::AutoCluster | RunStage::GenerateIdeas);
        chosen.stages.insert(*stage, StageRules { is_on, most: Some(2), ..StageRules::of(*stage) });
    }
    chosen
}

/// A command that comes too late, or ends because of the next one.
fn is_expected(error: &EngineError) -> bool {
    is_a_refusal(error)
}
