//! The words of a schedule: who publishes what is due, what is done about what was missed, and how an article stands in the
//! calendar. How it stands follows from what is stored and from the time; it is stored nowhere.

use crate::status::{UnknownWord, vocabulary};
use serde::{Deserialize, Serialize};

vocabulary! {
    /// Who publishes what is due.
    HandOver {
        /// The site, which has it beforehand as a post of the future.
        WordPress = "wordpress",
        /// This computer, while the program runs.
        Computer = "computer",
    }

    /// What is done about an article whose time has passed without it.
    MissedRule {
        /// It is published as soon as that is noticed.
        Publish = "publish",
        /// It gets the next free time.
        NextSlot = "next_slot",
        /// It is told, and left to a person.
        Tell = "tell",
    }

    /// How an article stands in the calendar.
    CalendarState {
        /// It waits to be approved; only then it can have a time.
        Review = "review",
        /// Approved, without a time.
        Unscheduled = "unscheduled",
        /// Its time is still to come.
        Scheduled = "scheduled",
        /// Its time has come, and nobody has read back yet whether it is public.
        AwaitingProof = "awaiting_proof",
        /// It is on its way to its site, to be public at once.
        Publishing = "publishing",
        /// It is public, as it was read back.
        Published = "published",
        /// It could not be published.
        Failed = "failed",
        /// Its time has passed without it, and a person is to say what becomes of it.
        Missed = "missed",
    }

    /// What came of looking after an article whose time has come.
    GuardOutcome {
        /// It is public, as it was read back.
        Published = "published",
        /// It is not due yet by the clock of its site, or was changed there.
        Waiting = "waiting",
        /// Its site had not published it, and was poked.
        Nudged = "nudged",
        /// It goes out now.
        Publishing = "publishing",
        /// It was missed, and has another time.
        Moved = "moved",
        /// It was missed, and is left to a person.
        Told = "told",
    }

    /// What a proof is of.
    ProofKind {
        /// The article is public.
        Published = "published",
        /// The site has it as a post of the future.
        HandedOver = "handed_over",
    }
}
