//! Why a command did not do all it was asked: a fault of the app, a fault about one file of several, work that was not
//! all done, or an answer that could not be printed.

use crate::output::counted;
use crate::{fault_text, reason_text};
use igny8_app::commands::headless::{EndedEarly, RunFailed};
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
    /// A run went to its end, and not all of it was made.
    Incomplete {
        /// What failed, by stage and cause.
        failed: Vec<RunFailed>,
    },
    /// Runs that went on and ended before all of them was made.
    EndedEarly {
        /// Which, and why.
        early: Vec<EndedEarly>,
    },
    /// What is to be begun may cost more than the command may.
    OverCap {
        /// Credits it may cost.
        most: String,
        /// Credits that are left of what was named.
        left: String,
    },
    /// Work was cancelled; these commands do the rest.
    Cancelled {
        /// Commands, without the site.
        again: Vec<&'static str>,
    },
    /// The site has no run that could be cancelled.
    NoRun {
        /// Name of the site.
        site: String,
    },
    /// Nothing of a site was interrupted.
    NothingInterrupted {
        /// Name of the site.
        site: String,
    },
    /// A run was asked to stop, and waits where it was.
    Paused,
    /// The demonstration was asked to stop, and waits where it was.
    DemoPaused,
    /// Articles that were to be published and are not.
    Unpublished {
        /// Those that were tried, by title, and why each was not.
        refused: Vec<(String, Fault)>,
        /// How many of those wait and are tried again.
        waiting: usize,
        /// How many were not begun, because an end was asked for.
        untried: usize,
    },
    /// Nothing would keep the key of a vendor until the next command.
    KeyNotKept {
        /// Name of the vendor.
        vendor: String,
    },
    /// The program that has the folder has not answered a request.
    NotHeard,
    /// The books do not balance, and what differs was just printed.
    BooksOff,
    /// The books of a copy do not balance, and what differs was just printed.
    CopyOff,
    /// Models in use cannot be asked, and which was just printed.
    ModelsOff,
    /// A vendor is not there or does not take the key, and which was just printed.
    VendorOff,
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
            Self::Incomplete { failed } => reason_text::incomplete(failed),
            Self::EndedEarly { early } => reason_text::ended_early(early),
            Self::OverCap { most, left } => format!(
                "It may cost {}, which is more than the {left} that --cap leaves. Nothing of it was begun.",
                counted(most, "credit", "credits")
            ),
            Self::Cancelled { again } => cancelled(again),
            Self::NoRun { site } => format!("No run of {site} is under way. 'run start --site SITE' begins one."),
            Self::NothingInterrupted { site } => {
                format!("Nothing of {site} was interrupted. 'run start --site SITE' begins a run.")
            }
            Self::Paused => {
                "Paused after what was at hand. 'run resume' goes on with it, 'run cancel' gives it up.".to_owned()
            }
            Self::DemoPaused => {
                "Stopped after what was at hand. What was made stays, and 'demo' goes on with it.".to_owned()
            }
            Self::Unpublished { refused, waiting, untried } => unpublished(refused, *waiting, *untried),
            Self::KeyNotKept { vendor } => format!(
                "There is no system keyring on this computer, so nothing keeps a key between commands, and {vendor} was not \
                 connected. Install or start a keyring, such as gnome-keyring, and connect it again; a server that needs no \
                 key is connected with nothing on standard input."
            ),
            Self::NotHeard => {
                "The program that has this folder open has not answered. The request stays, and is obeyed \
                               as soon as that program looks, or the next one opens the folder."
                    .to_owned()
            }
            Self::BooksOff => {
                "The books do not balance, so no paid work is done. Keep a copy of this file with 'backup \
                               FILE', then go back to the newest copy whose books balance with 'restore FILE'; \
                               'restore FILE --check' says whether a copy's do."
                    .to_owned()
            }
            Self::CopyOff => "Nothing was replaced. Look for an older copy whose books balance.".to_owned(),
            Self::ModelsOff => {
                "A run would be refused: a model in use cannot be asked. 'models switch FROM TO' puts another in its \
                               place, 'models connect' gives a vendor its key."
                    .to_owned()
            }
            Self::VendorOff => {
                "Nothing would be done by it as it is. 'models connect' gives it another address, language or key."
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

fn cancelled(again: &[&str]) -> String {
    let commands: Vec<String> = again.iter().map(|command| format!("'{command}'")).collect();
    let verb = if again.len() == 1 { "does" } else { "do" };
    format!("Cancelled. What was finished stays, and {} {verb} the rest.", commands.join(" and "))
}

/// Each reason once, with the articles it holds for where there are several reasons, and what was not begun.
fn unpublished(refused: &[(String, Fault)], waiting: usize, untried: usize) -> String {
    let mut reasons: Vec<(String, Vec<&str>)> = Vec::new();
    for (title, fault) in refused {
        let reason = fault_text::sentence(fault);
        match reasons.iter_mut().find(|(known, _)| *known == reason) {
            Some((_, titles)) => titles.push(title),
            None => reasons.push((reason, vec![title])),
        }
    }
    let is_one = reasons.len() == 1;
    let told = reasons.into_iter().map(|(reason, titles)| match is_one {
        true => reason,
        false => format!("{}: {reason}", titles.join(", ")),
    });
    let begun = (untried > 0).then(|| {
        let what = counted(untried, "article was", "articles were");
        format!(
            "Stopped after what was at hand: {what} not begun. What was published stays, and 'publish' does the rest."
        )
    });
    let waits = (waiting > 0).then(|| {
        let what = counted(waiting, "article waits", "articles wait");
        format!(
            "{what} in the outbox, which the open window, the next 'publish' or 'outbox retry' works off; 'outbox list' says \
             why, and from when on."
        )
    });
    told.chain(waits).chain(begun).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_published_is_told_once_for_each_reason() {
        let offline =
            || Fault::Site { host: "tea.example".to_owned(), failure: "unreachable".to_owned(), note: String::new() };
        let of = |title: &str, fault| (title.to_owned(), fault);
        let told = |refused, untried| Failure::Unpublished { refused, waiting: 0, untried }.sentence();
        let reason = fault_text::sentence(&offline());
        assert_eq!(told(vec![of("Pots", offline()), of("Cups", offline())], 0), reason);
        let two = told(vec![of("Pots", offline()), of("Cups", Fault::DiskFull), of("Tins", offline())], 1);
        let disk = fault_text::sentence(&Fault::DiskFull);
        assert!(two.starts_with(&format!("Pots, Tins: {reason} Cups: {disk} ")), "{two}");
        assert!(
            two.ends_with("1 article was not begun. What was published stays, and 'publish' does the rest."),
            "{two}"
        );
    }

    #[test]
    fn what_was_cancelled_says_which_commands_do_the_rest() {
        let cancelled = |again| Failure::Cancelled { again }.sentence();
        assert!(cancelled(vec!["write"]).ends_with("and 'write' does the rest."));
        assert!(cancelled(vec!["write", "images"]).ends_with("and 'write' and 'images' do the rest."));
    }

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
