//! What waits for a person: each kind of thing has one act that comes next, which is the kind's own.

use crate::status::{UnknownWord, vocabulary};
use serde::{Deserialize, Serialize};

vocabulary! {
    /// Why something waits, most pressing first.
    Need {
        /// Functions cannot be asked for: no key, no price, or a model that has ended.
        Model = "model",
        /// The site cannot be reached, or refuses us: look at the connection.
        Connection = "connection",
        /// Work stands still because its process has ended: go on, or give up.
        Interrupted = "interrupted",
        /// A run was paused: go on, or cancel.
        Paused = "paused",
        /// An article was changed on its site: decide what is kept.
        Conflict = "conflict",
        /// The time of an article has passed without it: give it another one.
        Missed = "missed",
        /// A delivery cannot arrive until somebody has done something: look at its reason.
        Parked = "parked",
        /// A run that was due was not begun, and none has begun since: begin one.
        RunMissed = "run_missed",
        /// An article could not be written: try again.
        TaskFailed = "task_failed",
        /// A picture could not be made: try again.
        ImageFailed = "image_failed",
        /// An article waits to be read, at some sites because it lacks something: approve it.
        Review = "review",
    }
}
