//! What the user is told of a run: its life, and none of its steps. It is written with the line of the run's log that it
//! comes from, so that whatever begins, pauses or ends a run tells it, and nothing tells it twice.

use crate::table::notification::NewNotification;
use crate::{StoreError, Write};
use igny8_core::id::RunId;
use igny8_core::status::{RunEventKind, Severity};
use igny8_core::time::UtcMs;
use std::collections::BTreeMap;

/// Why a run ended that somebody has ended.
const CANCELLED: &str = "cancelled";

impl Write<'_> {
    /// Tells of an event of a run, where it is one to tell of.
    ///
    /// # Errors
    /// When the file fails.
    pub(super) fn tell_run(
        &mut self,
        id: RunId,
        event: RunEventKind,
        code: &str,
        now: UtcMs,
    ) -> Result<(), StoreError> {
        let Some((kind, severity)) = notice_of(event, code) else { return Ok(()) };
        let run = self.run(id)?;
        let site = match self.site(run.site) {
            Ok(site) => site.name,
            // It was removed meanwhile, and its run ends all the same.
            Err(StoreError::NotFound) => return Ok(()),
            Err(error) => return Err(error),
        };
        let params = BTreeMap::from([
            ("site", site),
            ("run", id.to_string()),
            ("trigger", run.trigger.to_string()),
            ("code", code.to_owned()),
        ]);
        let new = NewNotification {
            notification_type: kind.to_owned(),
            severity,
            site: Some(run.site),
            operation: None,
            related_type: "run",
            related_id: 0,
            params,
            dedupe: format!("{kind}:{id}:{}", now.0),
        };
        self.notify(&new, now).map(drop)
    }
}

/// The notice of an event. That a run was interrupted is told at the next start, with all that was.
fn notice_of(event: RunEventKind, code: &str) -> Option<(&'static str, Severity)> {
    match event {
        RunEventKind::Began => Some(("automation_started", Severity::Info)),
        RunEventKind::Paused => Some(("automation_paused", Severity::Warning)),
        RunEventKind::Resumed => Some(("automation_resumed", Severity::Info)),
        RunEventKind::Ended => Some(match code {
            "" => ("automation_completed", Severity::Success),
            CANCELLED => ("automation_cancelled", Severity::Warning),
            _ => ("automation_failed", Severity::Error),
        }),
        RunEventKind::Interrupted
        | RunEventKind::StageBegan
        | RunEventKind::StageEnded
        | RunEventKind::StageOff
        | RunEventKind::ItemDone
        | RunEventKind::ItemFailed
        | RunEventKind::ItemParked => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_runs_life_is_told_and_its_steps_are_not() {
        let kind = |event, code| notice_of(event, code).map(|(kind, _)| kind);
        assert_eq!(kind(RunEventKind::Began, ""), Some("automation_started"));
        assert_eq!(kind(RunEventKind::Ended, ""), Some("automation_completed"));
        assert_eq!(kind(RunEventKind::Ended, "cancelled"), Some("automation_cancelled"));
        assert_eq!(kind(RunEventKind::Ended, "cap_run"), Some("automation_failed"));
        assert_eq!(kind(RunEventKind::ItemFailed, "bad_answer"), None);
        for event in RunEventKind::ALL {
            assert!(kind(*event, "").is_none_or(igny8_core::notice::is_kind), "{event} is no listed kind");
        }
    }
}
