//! Why a command did not do all it was asked: a fault of the app, a fault about one file of several, work that was not
//! all done, or an answer that could not be printed.

use crate::{fault_text, reason_text};
use igny8_app::{AiFunction, Fault};
use std::io::{self, ErrorKind};

/// A command that failed.
#[derive(Debug)]
pub enum Failure {
    /// The app refused or failed.
    Fault(Fault),
    /// The app refused or failed at one of several files.
    AtFile {
        /// The file.
        file: String,
        /// Why.
        fault: Box<Fault>,
        /// Files before it, which are done and stay done.
        kept: Vec<String>,
    },
    /// A function ended before all of its units were done.
    Unmade {
        /// Which.
        function: AiFunction,
        /// Why.
        cause: Fault,
        /// Units that were begun and failed.
        failed: u32,
        /// Units that were not begun.
        untried: u32,
    },
    /// The site has no run that could be cancelled.
    NoRun {
        /// Name of the site.
        site: String,
    },
    /// The program that has the folder has not answered a request.
    NotHeard,
    /// The books do not balance, and what differs was just printed.
    BooksOff,
    /// What was to be printed could not be.
    Output(io::Error),
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

impl Failure {
    /// Whether whoever read the output has left, as `head` does: then there is nobody to tell and nothing went wrong.
    #[must_use]
    pub fn is_reader_gone(&self) -> bool {
        matches!(self, Self::Output(error) if error.kind() == ErrorKind::BrokenPipe)
    }

    /// What happened and what to do, as a sentence.
    #[must_use]
    pub fn sentence(&self) -> String {
        match self {
            Self::Fault(fault) => fault_text::sentence(fault),
            Self::AtFile { file, fault, kept } => {
                let before = match kept.as_slice() {
                    [] => "Nothing was imported.".to_owned(),
                    kept => format!("Imported before it, and kept: {}.", kept.join(", ")),
                };
                format!("{file}: {} {before}", fault_text::sentence(fault))
            }
            Self::Unmade { function, cause, failed, untried } => {
                reason_text::unmade(*function, cause, *failed, *untried)
            }
            Self::NoRun { site } => format!("No run of {site} is under way. 'run start --site SITE' begins one."),
            Self::NotHeard => {
                "The program that has this folder open has not answered. The request stays, and is obeyed \
                               as soon as that program looks, or the next one opens the folder."
                    .to_owned()
            }
            Self::BooksOff => {
                "The books do not balance, so no paid work is done. Keep a copy of this file with 'backup \
                               FILE', then go back to the newest copy whose books balance with 'restore FILE'."
                    .to_owned()
            }
            Self::Output(error) if error.kind() == ErrorKind::StorageFull => {
                "The answer could not be written: no space is left where it goes. What the command did stands."
                    .to_owned()
            }
            Self::Output(error) => {
                format!("The answer could not be written ({error}). What the command did stands.")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_fails_says_what_was_kept_before_it() {
        let at = |kept: &[&str]| Failure::AtFile {
            file: "c.csv".to_owned(),
            fault: Box::new(Fault::DiskFull),
            kept: kept.iter().map(ToString::to_string).collect(),
        };
        assert!(at(&[]).sentence().ends_with("Nothing was imported."));
        assert!(at(&["a.csv", "b.csv"]).sentence().ends_with("Imported before it, and kept: a.csv, b.csv."));
        assert!(at(&[]).sentence().starts_with("c.csv: The disk is full."));
    }

    #[test]
    fn a_reader_that_left_is_no_failure_to_tell_of() {
        assert!(Failure::from(io::Error::from(ErrorKind::BrokenPipe)).is_reader_gone());
        assert!(!Failure::from(io::Error::from(ErrorKind::StorageFull)).is_reader_gone());
        assert!(!Failure::from(Fault::DiskFull).is_reader_gone());
    }
}
