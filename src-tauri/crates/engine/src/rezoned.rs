//! Times of articles whose zone has other rules than when they were chosen, or whose site has moved to another zone. What a
//! person chose is what the clock on the wall shows; so the instant follows, and whoever planned is told what moved.

use crate::schedule::{Placement, When, place};
use crate::{Engine, EngineError};
use igny8_core::id::SiteId;
use igny8_core::status::Severity;
use igny8_core::time::UtcMs;
use igny8_core::zone::{Wall, Zone};
use igny8_store::table::content::PlannedWall;
use igny8_store::table::notification::NewNotification;
use igny8_store::{Read, StoreError, Write};
use std::collections::BTreeMap;

/// Articles that are named in a notice; how many there are is said beside them.
const NAMED_MAX: usize = 5;
/// Between their titles.
const TITLES_BETWEEN: &str = "; ";

impl Engine {
    /// Moves the times to come that are not what their wall shows any more, and tells of it. Answers how many moved.
    ///
    /// # Errors
    /// When the file fails; nothing moved then.
    pub async fn keep_walls(&self) -> Result<u32, EngineError> {
        let now = self.clock.now();
        if self.store.read(move |r| off_the_wall(r, now)).await?.is_empty() {
            return Ok(0);
        }
        let moved = self.store.write(move |w| {
            let mut moved: BTreeMap<SiteId, u32> = BTreeMap::new();
            for (planned, wall) in off_the_wall(w, now)? {
                let placed = place(w, &[Placement { content: planned.content, at: Some(When::Wall(wall)) }], now)?;
                let is_later = placed.iter().any(|one| one.time.as_ref().is_some_and(|time| time.at != planned.at));
                *moved.entry(planned.site).or_default() += u32::from(is_later);
            }
            moved.retain(|_, count| *count > 0);
            for (site, count) in &moved {
                tell(w, *site, *count, now)?;
            }
            Ok::<_, EngineError>(moved.into_values().sum::<u32>())
        });
        let moved = moved.await?;
        self.wake_for_times();
        Ok(moved)
    }
}

impl Engine {
    /// Follows a site into another zone, from `before`: its times to come are moved so that its clocks show what was chosen,
    /// and what did not move is told by name. That is what was chosen on the site or would lie in the past, and the runs that
    /// have a zone of their own. What becomes of those is for a person to say.
    ///
    /// # Errors
    /// When the file fails.
    pub async fn rezoned(&self, site: SiteId, before: &str) -> Result<(), EngineError> {
        self.keep_walls().await?;
        let (now, before) = (self.clock.now(), before.to_owned());
        let told = self.store.write(move |w| {
            let titles: Vec<String> = w.times_of_other_clocks(site, now)?.into_iter().map(|(_, title)| title).collect();
            let (row, chosen) = (w.site(site)?, w.automation(site)?);
            let own = chosen.schedule.zone.clone();
            let runs_zone = if chosen.is_enabled && !own.is_empty() && own != row.zone { own } else { String::new() };
            if titles.is_empty() && runs_zone.is_empty() {
                return Ok(());
            }
            let named = titles.iter().take(NAMED_MAX).map(String::as_str).collect::<Vec<_>>().join(TITLES_BETWEEN);
            let params = BTreeMap::from([
                ("site", row.name),
                ("zone", row.zone),
                ("before", before.clone()),
                ("count", titles.len().to_string()),
                ("titles", named),
                ("runs_zone", runs_zone),
            ]);
            let notice = NewNotification {
                notification_type: "schedule_kept".to_owned(),
                severity: Severity::Warning,
                site: Some(site),
                operation: None,
                related_type: "site",
                related_id: site.0,
                params,
                dedupe: format!("schedule_kept:{site}:{}", now.0),
            };
            w.notify(&notice, now).map(drop)
        });
        Ok(told.await?)
    }
}

/// What is planned for another instant than its wall and the zone of its site say, where that is still to come.
fn off_the_wall(read: &Read<'_>, now: UtcMs) -> Result<Vec<(PlannedWall, Wall)>, StoreError> {
    let is_off = |planned: PlannedWall| {
        let (zone, wall) = (Zone::named(&planned.zone_of_site), planned.wall.parse::<Wall>().ok()?);
        let shows_it = planned.zone == planned.zone_of_site && zone.wall(planned.at) == wall;
        (!shows_it && zone.resolve(wall).at > now).then_some((planned, wall))
    };
    Ok(read.planned_walls(now)?.into_iter().filter_map(is_off).collect())
}

fn tell(write: &mut Write<'_>, site: SiteId, count: u32, now: UtcMs) -> Result<(), StoreError> {
    let row = write.site(site)?;
    let notice = NewNotification {
        notification_type: "schedule_moved".to_owned(),
        severity: Severity::Warning,
        site: Some(site),
        operation: None,
        related_type: "site",
        related_id: site.0,
        params: BTreeMap::from([("site", row.name), ("zone", row.zone), ("count", count.to_string())]),
        dedupe: format!("schedule_moved:{site}:{}", now.0),
    };
    write.notify(&notice, now).map(drop)
}
