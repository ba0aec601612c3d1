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
        self.passed_ms += other.passed_ms;
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} seeds, {} moves, {} crashes, {} commands, {} operations, {} requests, {} results charged, {} reused, \
             {} answers lost, {} asked again beside stored siblings, {} articles published, {} virtual days",
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
            self.passed_ms / DAY_MS,
        )
    }
}
