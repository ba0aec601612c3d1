//! What the user is told of, and how loudly: the kinds of notices, in groups as a person thinks of them, and where each
//! reaches the user unless they chose otherwise. A notice is a row in the database before it is anything else; whether it
//! is also shown by the system's own notifications is decided here, without a clock and without a desktop.

mod pace;
mod quiet;

pub use pace::{BURST, Pace, Tell, Waiting};
pub use quiet::{BadQuietHours, DAY_MINUTES, QuietHours};

use crate::status::{Severity, UnknownWord, vocabulary};
use NoticeGroup::{Articles, Automation, Credits, Models, Publishing, Sites, System, Work};
use Severity::{Error, Info, Success, Warning};
use serde::{Deserialize, Serialize};

vocabulary! {
    /// How far a notice reaches.
    Channel {
        /// It is kept, and nobody is told.
        None = "none",
        /// It stands in the list and counts as unread.
        App = "app",
        /// That, and the system's notifications show it.
        System = "system",
    }

    /// What kinds of notices are about.
    NoticeGroup {
        /// AI work and imports.
        Work = "work",
        /// Articles on their way through review.
        Articles = "articles",
        /// Deliveries to sites.
        Publishing = "publishing",
        /// Runs of the pipeline.
        Automation = "automation",
        /// Spending, and what vendors say of it.
        Credits = "credits",
        /// Connections, and what happens on sites without us.
        Sites = "sites",
        /// Models and their vendors.
        Models = "models",
        /// The app itself.
        System = "system",
    }
}

/// Every kind of notice: what it is about, and how much it matters as a rule. Whoever writes one says how much it does.
pub const NOTICE_KINDS: &[(&str, NoticeGroup, Severity)] = &[
    ("ai_cluster_success", Work, Success),
    ("ai_cluster_partial", Work, Warning),
    ("ai_cluster_failed", Work, Error),
    ("ai_ideas_success", Work, Success),
    ("ai_ideas_partial", Work, Warning),
    ("ai_ideas_failed", Work, Error),
    ("ai_content_success", Work, Success),
    ("ai_content_partial", Work, Warning),
    ("ai_content_failed", Work, Error),
    ("ai_prompts_success", Work, Success),
    ("ai_prompts_partial", Work, Warning),
    ("ai_prompts_failed", Work, Error),
    ("ai_image_success", Work, Success),
    ("ai_image_partial", Work, Warning),
    ("ai_image_failed", Work, Error),
    ("prompt_trial_success", Work, Success),
    ("prompt_trial_partial", Work, Warning),
    ("prompt_trial_failed", Work, Error),
    ("keywords_imported", Work, Success),
    ("interrupted", Work, Warning),
    ("content_ready_review", Articles, Info),
    ("content_approved", Articles, Info),
    ("auto_approved", Articles, Success),
    ("content_held", Articles, Info),
    ("content_scheduled", Articles, Info),
    ("schedule_moved", Articles, Warning),
    ("schedule_kept", Articles, Warning),
    ("content_published", Publishing, Success),
    ("publish_failed", Publishing, Error),
    ("update_failed", Publishing, Warning),
    ("hand_over_failed", Publishing, Warning),
    ("take_back_failed", Publishing, Error),
    ("publish_missed", Publishing, Warning),
    ("site_down", Publishing, Warning),
    ("deliveries_held", Publishing, Warning),
    ("automation_started", Automation, Info),
    ("automation_completed", Automation, Success),
    ("automation_failed", Automation, Error),
    ("automation_paused", Automation, Warning),
    ("automation_resumed", Automation, Info),
    ("automation_cancelled", Automation, Warning),
    ("automation_skipped", Automation, Warning),
    ("automation_missed", Automation, Warning),
    ("work_not_paused", Automation, Warning),
    ("work_not_resumed", Automation, Warning),
    ("credits_low", Credits, Warning),
    ("credits_exhausted", Credits, Error),
    ("credits_shortfall", Credits, Warning),
    ("budget_reached", Credits, Warning),
    ("usage_disbelieved", Credits, Warning),
    ("cost_disbelieved", Credits, Warning),
    ("cost_unexpected", Credits, Warning),
    ("cost_unreadable", Credits, Warning),
    ("site_connected", Sites, Success),
    ("site_disconnected", Sites, Error),
    ("sync_done", Sites, Success),
    ("sync_failed", Sites, Error),
    ("site_changed", Sites, Warning),
    ("post_published", Sites, Info),
    ("post_unpublished", Sites, Warning),
    ("post_trashed", Sites, Warning),
    ("post_deleted", Sites, Warning),
    ("post_rescheduled", Sites, Info),
    ("post_retitled", Sites, Info),
    ("post_moved", Sites, Info),
    ("post_edited", Sites, Warning),
    ("posts_taken_in", Sites, Success),
    ("posts_not_taken_in", Sites, Warning),
    ("model_ends_soon", Models, Warning),
    ("model_ended", Models, Error),
    ("provider_key_invalid", Models, Error),
    ("provider_rate_limited", Models, Warning),
    ("system_update", System, Info),
    ("system_backup", System, Info),
    ("system_restore", System, Info),
];

/// Kinds that reach further than their severity says: the end of what nobody watched.
const TOLD_BY_SYSTEM: &[&str] = &["automation_completed"];

/// Kinds that reach less far than their severity says: whoever caused them sits before the window, or nothing is to be
/// done about them.
const TOLD_IN_APP: &[&str] = &[
    "prompt_trial_partial",
    "prompt_trial_failed",
    "usage_disbelieved",
    "cost_disbelieved",
    "cost_unexpected",
    "cost_unreadable",
    "automation_paused",
    "provider_rate_limited",
    "posts_not_taken_in",
];

/// Whether there is such a kind.
#[must_use]
pub fn is_kind(kind: &str) -> bool {
    NOTICE_KINDS.iter().any(|(name, _, _)| *name == kind)
}

/// The kinds of a group, in the order in which they are listed.
#[must_use]
pub fn kinds_of(group: NoticeGroup) -> Vec<&'static str> {
    NOTICE_KINDS.iter().filter(|(_, of, _)| *of == group).map(|(name, _, _)| *name).collect()
}

/// How far a notice of a kind reaches when nothing was chosen for it: what went wrong or needs a person is worth an
/// interruption, what went well is not. A kind of a newer app goes by its severity as well.
#[must_use]
pub fn channel_unless_chosen(kind: &str, severity: Severity) -> Channel {
    if TOLD_BY_SYSTEM.contains(&kind) {
        return Channel::System;
    }
    if TOLD_IN_APP.contains(&kind) {
        return Channel::App;
    }
    match severity {
        Warning | Error => Channel::System,
        Info | Success => Channel::App,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_kind_is_listed_once_and_fits_its_column() {
        let names: BTreeSet<&str> = NOTICE_KINDS.iter().map(|(name, _, _)| *name).collect();
        assert_eq!(names.len(), NOTICE_KINDS.len(), "twice");
        assert!(names.iter().all(|name| (1..=60).contains(&name.len())), "{names:?}");
        let grouped: usize = NoticeGroup::ALL.iter().map(|group| kinds_of(*group).len()).sum();
        assert_eq!(grouped, NOTICE_KINDS.len());
        assert!(is_kind("publish_missed") && !is_kind("publish_mist"));
        assert!(TOLD_BY_SYSTEM.iter().chain(TOLD_IN_APP).all(|name| is_kind(name)), "of a kind that there is not");
    }

    #[test]
    fn every_function_has_its_three_kinds() {
        for function in crate::function::AiFunction::ALL {
            for ending in ["success", "partial", "failed"] {
                let kind = format!("{}_{ending}", function.notification_stem());
                assert!(is_kind(&kind), "{kind}");
            }
        }
    }

    #[test]
    fn what_needs_a_person_interrupts_and_what_went_well_does_not() {
        assert_eq!(channel_unless_chosen("publish_failed", Severity::Error), Channel::System);
        assert_eq!(channel_unless_chosen("content_published", Severity::Success), Channel::App);
        assert_eq!(channel_unless_chosen("automation_completed", Severity::Success), Channel::System);
        assert_eq!(channel_unless_chosen("prompt_trial_failed", Severity::Error), Channel::App);
        assert_eq!(channel_unless_chosen("of_a_newer_app", Severity::Warning), Channel::System);
    }
}
