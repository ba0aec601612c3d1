//! What was played, in numbers.

use std::fmt;
use std::ops::AddAssign;

/// Milliseconds of a day.
const DAY_MS: i64 = 86_400_000;

/// Counts of one world or of many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Worlds.
    pub seeds: u64,
    /// Things that happened, one at a time.
    pub moves: u64,
    /// Ends of a process.
    pub crashes: u64,
    /// Things the user asked for.
    pub commands: u64,
    /// Operations.
    pub operations: u64,
    /// Requests a vendor saw.
    pub requests: u64,
    /// Results that were stored and charged.
    pub charged: u64,
    /// Results that were stored for nothing, because they had been paid for.
    pub reused: u64,
    /// Answers that were billed and never arrived.
    pub lost: u64,
    /// Calls for ideas or clusters that were sent again when a sibling had been stored meanwhile.
    pub beside: u64,
    /// Articles read back from a site.
    pub published: u64,
    /// Times that articles were given.
    pub planned: u64,
    /// Articles that a site was proven to have for their time.
    pub handed_over: u64,
    /// Articles that went out from here when their time had come.
    pub due_here: u64,
    /// Times of articles that passed without them.
    pub missed: u64,
    /// Runs that began by themselves, for a time on the wall.
    pub came_back: u64,
    /// Times on the wall for which none was begun, and why is on record.
    pub left_out: u64,
    /// How far the wall clock went, in milliseconds.
    pub passed_ms: i64,
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.seeds += other.seeds;
        self.moves += other.moves;
        self.crashes += other.crashes;
        self.commands += other.commands;
        self.operations += other.operations;
        self.requests += other.requests;
        self.charged += other.charged;
        self.reused += other.reused;
        self.lost += other.lost;
        self.beside += other.beside;
        self.published += other.published;
        self.planned += other.planned;
        self.handed_over += other.handed_over;
        self.due_here += other.due_here;
        self.missed += other.missed;
        self.came_back += other.came_back;
        self.left_out += other.left_out;
        self.passed_ms += other.passed_ms;
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} seeds, {} moves, {} crashes, {} commands, {} operations, {} requests, {} results charged, {} reused, \
             {} answers lost, {} asked again beside stored siblings, {} articles published, {} times given, \
             {} handed over, {} due here, {} missed, {} runs came back, {} left out, {} virtual days",
            self.seeds,
            self.moves,
            self.crashes,
            self.commands,
            self.operations,
            self.requests,
            self.charged,
            self.reused,
            self.lost,
            self.beside,
            self.published,
            self.planned,
            self.handed_over,
            self.due_here,
            self.missed,
            self.came_back,
            self.left_out,
            self.passed_ms / DAY_MS,
        )
    }
}
