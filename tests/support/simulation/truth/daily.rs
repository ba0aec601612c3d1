//! Runs that come back each day, as far as the user knows: of a change that was not answered nobody knows which rule is in
//! force, nor while another one of the same site is on its way.

use igny8_core::id::SiteId;
use igny8_core::time::UtcMs;

/// Runs of a site that certainly come back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Daily {
    /// Whose.
    pub site: SiteId,
    /// At which minute of the day.
    pub minute: u16,
    /// What the clock showed when it was chosen: what was due before is nobody's business.
    pub since: UtcMs,
}

/// A change that is on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Begun {
    site: SiteId,
    since: UtcMs,
    nth: usize,
    /// Another one of the site was on its way when it began.
    is_beside: bool,
}

/// Of all sites.
#[derive(Debug, Default)]
pub struct Dailies {
    certain: Vec<Daily>,
    /// Every change, and whether it is on its way.
    changes: Vec<(SiteId, bool)>,
}

impl Dailies {
    /// Those that are certain.
    pub fn certain(&self) -> &[Daily] {
        &self.certain
    }

    /// The user chooses, while the clock shows this.
    pub fn begin(&mut self, site: SiteId, since: UtcMs) -> Begun {
        self.certain.retain(|daily| daily.site != site);
        let is_beside = self.changes.contains(&(site, true));
        self.changes.push((site, true));
        Begun { site, since, nth: self.changes.len() - 1, is_beside }
    }

    /// The user is told that it is chosen: runs at this minute, or none. Of two changes that were on their way at once either
    /// may be the later one.
    pub fn end(&mut self, begun: Begun, minute: Option<u16>) {
        self.changes[begun.nth].1 = false;
        let is_last = self.changes.iter().skip(begun.nth + 1).all(|(site, _)| *site != begun.site);
        if let Some(minute) = minute.filter(|_| is_last && !begun.is_beside) {
            self.certain.push(Daily { site: begun.site, minute, since: begun.since });
        }
    }

    /// The process ended: what is not answered never will be, and either took place or did not.
    pub fn forget_answers(&mut self) {
        self.changes.iter_mut().for_each(|(_, is_open)| *is_open = false);
    }
}
