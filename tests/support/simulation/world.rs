//! One world, played from its seed: at each move chance decides whose turn it is. A task is polled once, the store's
//! writer or reader serves what waits, an answer arrives, time passes or is set, the user wants something, or the
//! process ends where it stands and the next one starts. Nothing else moves, so that the same seed is the same history.

mod hours;
mod rest;

use super::chance::Chance;
use super::checks::{self, Outside};
use super::clock::VirtualClock;
use super::file::Folder;
use super::listener::Heard;
use super::plants::Plant;

use super::press::{Habit, Press};
use super::process::{Around, Process};
use super::tally::Tally;
use super::truth::Truth;
use super::user::{User, Wish};
use super::vendor::{Fate, Vendor};
use igny8_core::money::Credits;
use igny8_core::port::Clock;
use igny8_core::time::UtcMs;
use igny8_testkit::ids::CountingIds;
use rusqlite::Connection;
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

/// Commands of the user that may be under way at once.
const WISHES_MAX: usize = 6;

/// How often, of a thousand times, the user wants something when nothing happens.
const BORED: u32 = 800;

/// In every so-manyeth world nothing has a time: all that happens there is about money.
const UNTIMED: u64 = 3;
/// How often, of a thousand times, the user wants something of the calendar where there is one.
const OF_TIMES: u32 = 300;

/// Calls that were sent again after a sibling of theirs, whose result the next request of the kind names, was stored.
const BESIDE: &str = "
    select count(*) from call c join operation o on o.id = c.operation_id join attempt a on a.call_id = c.id and a.n = 1
    where c.attempts > 1 and o.function_name in ('auto_cluster', 'generate_ideas')
      and exists (select 1 from call s join usage_log u on u.call_id = s.id and u.outcome = 'settled'
        where s.operation_id = c.operation_id and s.id <> c.id and u.at between a.at and c.sent_at)";

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;

/// How turbulent a world is, in moves of a thousand.
#[derive(Clone, Copy, Debug)]
struct Weather {
    moves: u64,
    crashes: u32,
    wishes: u32,
    jumps: u32,
    looks: u32,
}

/// A world in play.
pub struct World {
    chance: Chance,
    weather: Weather,
    around: Around,
    file: Rc<Connection>,
    process: Option<Process>,
    plant: Option<Plant>,
    tally: Tally,
    was_recovered: bool,
    heard: Heard,
    /// What happened, when somebody wants to read it.
    trace: Option<Vec<String>>,
}

/// How a world ended.
#[derive(Debug)]
pub struct Ending {
    /// What was played.
    pub tally: Tally,
    /// What did not hold; nothing in a world that is sound.
    pub broken: Vec<String>,
    /// What happened, if that was wanted.
    pub trace: Vec<String>,
}

impl World {
    /// A world before its first move.
    pub fn new(seed: u64, plant: Option<Plant>, is_traced: bool) -> Self {
        let mut chance = Chance::of(seed);
        let mut weather = Weather {
            moves: chance.pick(&[400, 800, 1_400]),
            crashes: chance.pick(&[0, 4, 10, 25]),
            wishes: chance.pick(&[30, 60, 120]),
            jumps: chance.pick(&[0, 3, 15]),
            looks: 5,
        };
        let keeps_times = !seed.is_multiple_of(UNTIMED);
        if keeps_times {
            // Something is due often enough that it is worth sleeping over it.
            weather.jumps = chance.pick(&[10, 25, 40]);
        }
        let habit = match keeps_times {
            true => chance.weighed(&[(6, Habit::Punctual), (2, Habit::WhenPoked), (1, Habit::Never)]),
            false => Habit::Punctual,
        };
        // Around the turn of a month, the ends of daylight saving, and in the middle of nothing.
        let start = UtcMs(
            chance.pick(&[1_795_424_400_000, 1_796_079_000_000, 1_806_175_800_000, 1_824_919_200_000])
                + chance.between(0, DAY),
        );
        let folder = Folder::new();
        folder.set_budget(Credits::whole(chance.pick(&[15, 60, 300])));
        let file = Rc::new(folder.connection());
        if let Some(plant) = plant {
            plant.put_into(&file);
        }
        let clock = VirtualClock::at(start);
        let around = Around {
            press: Press::new(clock.clone(), habit, plant == Some(Plant::PublishesAtOnce)),
            clock,
            ids: Arc::new(CountingIds::default()),
            vendor: Vendor::new(chance.split()),
            folder,
            truth: Rc::new(RefCell::new(Truth::default())),
            keeps_times,
        };
        let trace = is_traced.then(Vec::new);
        let tally = Tally { seeds: 1, ..Tally::default() };
        let (was_recovered, heard) = (false, Heard::default());
        Self { chance, weather, around, file, process: None, plant, tally, was_recovered, heard, trace }
    }

    /// Plays it to its end.
    pub fn play(self) -> Ending {
        let heard = self.heard.clone();
        heard.during(|| self.play_on())
    }

    fn play_on(mut self) -> Ending {
        self.start();
        for _ in 0..self.weather.moves {
            self.step();
            if let Some(broken) = self.found() {
                return self.end(broken);
            }
        }
        let broken = self.rest();
        self.end(broken)
    }

    /// One move of the turbulent part.
    fn step(&mut self) {
        let draw = u32::try_from(self.chance.below(1_000)).unwrap_or(0);
        let Weather { crashes, wishes, jumps, .. } = self.weather;
        if draw < crashes {
            self.crash();
        } else if draw < crashes + wishes {
            self.wish();
        } else if draw < crashes + wishes + jumps {
            self.jump();
        } else if !self.go_on() && self.chance.permille(BORED) {
            // Nothing happens by itself: the user, who sees that, mostly wants something.
            self.wish();
        }
    }

    /// Whatever goes on by itself. False when nothing does but the clock.
    fn go_on(&mut self) -> bool {
        self.tally.moves += 1;
        let (vendor, press) = (self.around.vendor.waiting(), self.around.press.waiting());
        let ready = self.process_now().tasks.ready();
        // The store's loops are two more that may have something to do.
        let turn = self.chance.below(ready + 2 + vendor + press);
        let moved = if turn < ready {
            let name = self.process_now().tasks.poll(turn);
            self.note(|| format!("poll {}", name.unwrap_or("nothing")));
            true
        } else if turn < ready + 2 {
            self.serve(turn == ready)
        } else if turn < ready + 2 + vendor {
            self.note(|| "the vendor answers".to_owned());
            self.around.vendor.deliver(&mut self.chance);
            true
        } else {
            self.note(|| "the site serves".to_owned());
            self.around.press.serve(&mut self.chance);
            true
        };
        if moved {
            return true;
        }
        // What was drawn had nothing to do. If nobody has, time passes.
        let is_quiet = ready + vendor + press == 0 && !self.serve(true) && !self.serve(false);
        if is_quiet && !self.second_commit() {
            self.note(|| "time passes".to_owned());
            self.around.clock.to_next_timer();
            self.around.press.visit();
            return false;
        }
        true
    }

    fn serve(&mut self, is_writer: bool) -> bool {
        let process = self.process_now();
        let served = if is_writer { process.write() } else { process.read() };
        if served {
            self.note(|| if is_writer { "the writer commits".to_owned() } else { "the reader reads".to_owned() });
        }
        served
    }

    /// What a planted mistake left for a commit of its own.
    fn second_commit(&mut self) -> bool {
        self.plant.is_some_and(|plant| plant.second_commit(&self.file))
    }

    fn start(&mut self) {
        let recovers = self.plant != Some(Plant::RecoversNothing);
        self.process = Some(Process::start(&self.around, recovers));
    }

    /// The process ends where it stands, and the next one starts on the same file.
    fn crash(&mut self) {
        self.tally.crashes += 1;
        self.note(|| "the process ends".to_owned());
        drop(self.process.take());
        self.around.vendor.hang_up();
        self.around.press.hang_up(&mut self.chance);
        self.around.truth.borrow_mut().forget_answers();
        self.was_recovered = false;
        if let Some(plant) = self.plant {
            plant.forget(&self.file);
        }
        self.start();
    }

    /// The user wants something, once the app is up.
    fn wish(&mut self) {
        if !self.was_recovered || self.process_now().tasks.len() > WISHES_MAX {
            return;
        }
        let wish = match self.around.keeps_times && self.chance.permille(OF_TIMES) {
            true => Wish::Time(self.time_wish()),
            false => Wish::draw(&mut self.chance, &self.around.truth.borrow(), &self.file),
        };
        // Where times are kept, no run begins by itself but by them.
        let wish = match wish {
            Wish::RunDue(_) if self.around.keeps_times => Wish::Time(self.time_wish()),
            wish => wish,
        };
        self.tally.commands += 1;
        self.note(|| format!("the user: {wish:?}"));
        if wish == Wish::ToggleSite {
            return self.around.press.toggle();
        }
        self.ask(wish);
    }

    fn ask(&mut self, wish: Wish) {
        let user = User {
            engine: Arc::clone(&self.process_now().engine),
            truth: Rc::clone(&self.around.truth),
            file: Rc::clone(&self.file),
            clock: self.around.clock.clone(),
            nth: self.tally.commands,
        };
        self.process_now().tasks.spawn(wish.name(), user.wants(wish));
    }

    /// What does not hold, looked for after each start and now and then besides.
    fn found(&mut self) -> Option<Vec<String>> {
        let is_up = self.around.truth.borrow().recovered.is_some();
        let mut broken = self.heard.take();
        if is_up && !self.was_recovered {
            self.was_recovered = true;
            broken.extend(checks::recovered(&self.file));
        } else if broken.is_empty() && !self.chance.permille(self.weather.looks) {
            return None;
        }
        broken.extend(self.look(checks::always));
        (!broken.is_empty()).then_some(broken)
    }

    fn look(&self, check: fn(&Connection, &Outside<'_>) -> Vec<String>) -> Vec<String> {
        let (posts, requests) = (self.around.press.posts(), self.around.vendor.requests());
        let truth = self.around.truth.borrow();
        let outside = Outside {
            requests: &requests,
            truth: &truth,
            posts: &posts,
            now: self.around.clock.now(),
            right: self.around.clock.right(),
            keeps_times: self.around.keeps_times,
        };
        check(&self.file, &outside)
    }

    fn process_now(&mut self) -> &mut Process {
        self.process.as_mut().expect("there is always a process")
    }

    fn note(&mut self, what: impl FnOnce() -> String) {
        if let Some(trace) = &mut self.trace {
            trace.push(what());
        }
    }

    fn end(mut self, broken: Vec<String>) -> Ending {
        let count = |query: &str| {
            let counted: i64 = self.file.query_row(query, [], |row| row.get(0)).expect("rows can be counted");
            u64::try_from(counted).unwrap_or(0)
        };
        let requests = self.around.vendor.requests();
        self.tally.operations = count("select count(*) from operation");
        self.tally.charged = count("select count(*) from usage_log where outcome = 'settled'");
        self.tally.reused = count("select count(*) from usage_log where outcome = 'reused'");
        self.tally.beside = count(BESIDE);
        self.tally.published = count("select count(*) from publication where kind = 'published'");
        self.tally.planned = count("select count(*) from witness_planned");
        self.tally.handed_over = count("select count(*) from publication where kind = 'handed_over'");
        self.tally.due_here = count("select count(*) from witness_begun where due <= at");
        self.tally.missed = count("select count(*) from notification where notification_type = 'publish_missed'");
        self.tally.came_back = count("select count(*) from witness_due w join client_key k on k.key = w.key");
        self.tally.left_out = count("select count(*) from occurrence where state in ('missed', 'refused')");
        self.tally.requests = requests.len() as u64;
        let is_lost = |fate| matches!(fate, Fate::AnswerLost);
        let lost = requests.iter().filter(|r| is_lost(r.fate) || (r.told.is_some() && !r.is_delivered));
        self.tally.lost = lost.count() as u64;
        self.tally.passed_ms = self.around.clock.passed_ms();
        // The process ends before the folder it works in.
        drop(self.process.take());
        Ending { tally: self.tally, broken, trace: self.trace.take().unwrap_or_default() }
    }
}
