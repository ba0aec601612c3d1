//! The report: a table for people, and a file for programs.

use crate::machine::Machine;
use serde::Serialize;
use std::fmt;
use std::path::{Path, PathBuf};

/// A goal and what was measured.
#[derive(Debug, Serialize)]
pub struct Goal {
    /// As the list of goals numbers it.
    pub id: &'static str,
    /// What is divided by what.
    pub metric: &'static str,
    /// What came of it.
    pub ratio: f64,
    /// What it must not pass.
    pub goal: f64,
    /// From which side.
    pub bar: Bar,
    /// Whether it is met.
    pub ok: bool,
    /// The figures behind the ratio.
    pub detail: String,
    /// What was measured with it and is held to no bar.
    pub beside: Vec<Figure>,
}

/// A figure without a bar.
#[derive(Debug, Serialize)]
pub struct Figure {
    /// What is divided by what.
    pub metric: &'static str,
    /// What came of it.
    pub ratio: f64,
    /// The figures behind the ratio.
    pub detail: String,
}

/// A side of a bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Bar {
    /// Less is better.
    #[serde(rename = "at most")]
    AtMost,
    /// More is better.
    #[serde(rename = "at least")]
    AtLeast,
}

/// Everything that was measured, and on what.
#[derive(Debug, Serialize)]
pub struct Report {
    /// One line each.
    pub goals: Vec<Goal>,
    /// The machine when it began.
    pub before: Machine,
    /// The machine when it ended.
    pub after: Machine,
}

impl Goal {
    /// A goal that is met by a ratio of at most `goal`.
    pub fn at_most(id: &'static str, metric: &'static str, ratio: f64, goal: f64, detail: String) -> Self {
        Self { id, metric, ratio, goal, bar: Bar::AtMost, ok: ratio <= goal, detail, beside: Vec::new() }
    }

    /// A goal that is met by a ratio of at least `goal`.
    pub fn at_least(id: &'static str, metric: &'static str, ratio: f64, goal: f64, detail: String) -> Self {
        Self { id, metric, ratio, goal, bar: Bar::AtLeast, ok: ratio >= goal, detail, beside: Vec::new() }
    }

    /// The goal with what was measured beside it.
    pub fn with(self, beside: Vec<Figure>) -> Self {
        Self { beside, ..self }
    }
}

impl Report {
    /// Whether every bar is met, and there is one.
    pub fn is_met(&self) -> bool {
        !self.goals.is_empty() && self.goals.iter().all(|goal| goal.ok)
    }

    /// Writes the file.
    pub fn write(&self) {
        let json = serde_json::to_string_pretty(self).expect("a report is JSON");
        std::fs::write(folder().join("report.json"), json).expect("the report can be written");
    }
}

/// Where the report goes: always beside the sources, wherever cargo puts what it builds.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/bench")
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "before: {}\nafter:  {}\n", self.before, self.after)?;
        for goal in &self.goals {
            let (side, verdict) = match (goal.bar, goal.ok) {
                (Bar::AtMost, true) => ("<=", "ok"),
                (Bar::AtMost, false) => ("<=", "MISSED"),
                (Bar::AtLeast, true) => (">=", "ok"),
                (Bar::AtLeast, false) => (">=", "MISSED"),
            };
            writeln!(f, "{:<6} {:>9.3} {side} {:<7.3} {verdict:<6} {}", goal.id, goal.ratio, goal.goal, goal.metric)?;
            writeln!(f, "       {}", goal.detail)?;
            for Figure { metric, ratio, detail } in &goal.beside {
                writeln!(f, "       beside it {ratio:.3}, {metric}: {detail}")?;
            }
        }
        Ok(())
    }
}
