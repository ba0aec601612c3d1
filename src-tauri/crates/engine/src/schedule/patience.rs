//! When sites at which something is due may be looked at again: soon where a site was poked, later each time that it does not
//! answer. It is forgotten with the process, since a start looks at once.

use super::guard::NUDGE_WAIT_MS;
use igny8_core::id::SiteId;
use igny8_core::schedule::GuardOutcome;
use igny8_core::time::UtcMs;
use std::collections::BTreeMap;

/// How soon a site is looked at again, and how long that is put off at most where it does not answer.
const AGAIN_MS: i64 = 60_000;
const AGAIN_MS_MAX: i64 = 15 * 60_000;
/// After so many looks in a row that nobody answered the wait grows no more.
const FAILURES_MAX: u32 = 8;

/// By site: not before this instant, after so many looks in a row that nobody answered.
#[derive(Default)]
pub(crate) struct Patience(BTreeMap<SiteId, (UtcMs, u32)>);

impl Patience {
    /// Whether a site may be looked at. A clock that was set back leaves nobody waiting for longer than the longest wait.
    pub fn allows(&self, site: SiteId, now: UtcMs) -> bool {
        let until = self.0.get(&site).map(|(until, _)| *until);
        until.is_none_or(|until| until <= now || until > now.plus_ms(AGAIN_MS_MAX))
    }

    /// Notes a look: what came of it, or nothing when nobody answered.
    pub fn after(&mut self, site: SiteId, outcomes: Option<&[GuardOutcome]>, now: UtcMs) {
        let before = self.0.get(&site).map_or(0, |(_, failures)| *failures);
        let (failures, wait_ms) = match outcomes {
            Some(all) if all.contains(&GuardOutcome::Nudged) => (0, NUDGE_WAIT_MS),
            Some(_) => (0, AGAIN_MS),
            None => {
                let failures = before.saturating_add(1).min(FAILURES_MAX);
                (failures, AGAIN_MS.saturating_mul(1 << failures).min(AGAIN_MS_MAX))
            }
        };
        self.0.insert(site, (now.plus_ms(wait_ms), failures));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_poked_site_is_looked_at_soon_and_a_silent_one_ever_more_seldom() {
        let (site, now) = (SiteId(1), UtcMs(1_795_424_400_000));
        let mut patience = Patience::default();
        assert!(patience.allows(site, now), "the first time at once");
        patience.after(site, Some(&[GuardOutcome::Nudged]), now);
        assert!(
            !patience.allows(site, now.plus_ms(NUDGE_WAIT_MS - 1)) && patience.allows(site, now.plus_ms(NUDGE_WAIT_MS))
        );
        let mut waits = Vec::new();
        for _ in 0..9 {
            patience.after(site, None, now);
            waits.push((1..=60).find(|minutes| patience.allows(site, now.plus_ms(minutes * 60_000))).unwrap());
        }
        assert_eq!(waits, [2, 4, 8, 15, 15, 15, 15, 15, 15]);
        assert!(patience.allows(site, now.plus_ms(-AGAIN_MS_MAX)), "a clock that was set back holds nobody up");
        assert!(patience.allows(SiteId(2), now));
        patience.after(site, Some(&[]), now);
        assert!(patience.allows(site, now.plus_ms(AGAIN_MS)), "who answers is asked as at first");
    }
}
