//! What each site has chosen for its runs, one row a site; a site without one has the defaults. What a choice means, and
//! which can be, is `core`'s to say.

use crate::{Read, StoreError, Write};
use igny8_core::automation::{Automation, RunStage, Schedule, StageRules};
use igny8_core::id::SiteId;
use igny8_core::money::Credits;
use igny8_core::time::UtcMs;
use igny8_core::topic::Topic;
use rusqlite::{OptionalExtension, Row, params};

const ONE: &str = "select site_id, is_enabled, frequency, minute_of_day, zone, weekdays, month_day, catch_up,
   within_delay_s, between_delay_s, credits_max, stages from automation where site_id = ?1";
const ENABLED: &str = "select a.site_id, a.is_enabled, a.frequency, a.minute_of_day, a.zone, a.weekdays, a.month_day,
   a.catch_up, a.within_delay_s, a.between_delay_s, a.credits_max, a.stages
   from automation a join site s on s.id = a.site_id and s.removed_at = 0
   where a.is_enabled = 1 order by a.site_id";

impl Read<'_> {
    /// What a site has chosen; the defaults where it has chosen nothing.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn automation(&self, site: SiteId) -> Result<Automation, StoreError> {
        let found = self.conn.prepare_cached(ONE)?.query_row(params![site.0], read_automation).optional()?;
        Ok(found.map(|(_, chosen)| chosen).unwrap_or_default())
    }

    /// The sites whose runs begin by themselves, with what they have chosen.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn automations_enabled(&self) -> Result<Vec<(SiteId, Automation)>, StoreError> {
        let mut statement = self.conn.prepare_cached(ENABLED)?;
        let rows = statement.query_map([], read_automation)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Write<'_> {
    /// Stores what a site has chosen.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] for a choice that cannot be.
    pub fn set_automation(&mut self, site: SiteId, chosen: &Automation, now: UtcMs) -> Result<(), StoreError> {
        let schedule = &chosen.schedule;
        self.conn
            .prepare_cached(
                "insert into automation (site_id, is_enabled, frequency, minute_of_day, zone, weekdays, month_day, catch_up,
                   within_delay_s, between_delay_s, credits_max, stages, updated_at)
                 values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
                 on conflict (site_id) do update set is_enabled = excluded.is_enabled, frequency = excluded.frequency,
                   minute_of_day = excluded.minute_of_day, zone = excluded.zone, weekdays = excluded.weekdays,
                   month_day = excluded.month_day, catch_up = excluded.catch_up,
                   within_delay_s = excluded.within_delay_s, between_delay_s = excluded.between_delay_s,
                   credits_max = excluded.credits_max, stages = excluded.stages, updated_at = excluded.updated_at",
            )?
            .execute(params![
                site.0,
                chosen.is_enabled,
                schedule.frequency.as_str(),
                schedule.minute_of_day,
                schedule.zone,
                schedule.weekdays,
                schedule.month_day,
                schedule.catch_up.as_str(),
                chosen.within_delay_s,
                chosen.between_delay_s,
                chosen.credits_max.map_or(0, |most| most.0),
                super::column::to_json(&chosen.stages)?,
                now.0,
            ])?;
        if !chosen.is_enabled {
            self.stop_watching_runs(site)?;
        }
        self.touch(Topic::Settings);
        Ok(())
    }

    /// Takes a site back to the defaults.
    ///
    /// # Errors
    /// When the file fails.
    pub fn reset_automation(&mut self, site: SiteId) -> Result<(), StoreError> {
        self.conn.prepare_cached("delete from automation where site_id = ?1")?.execute(params![site.0])?;
        self.stop_watching_runs(site)?;
        self.touch(Topic::Settings);
        Ok(())
    }
}

fn read_automation(row: &Row<'_>) -> rusqlite::Result<(SiteId, Automation)> {
    let stages: std::collections::BTreeMap<RunStage, StageRules> = super::json(row, "stages")?;
    let credits: i64 = row.get("credits_max")?;
    let schedule = Schedule {
        frequency: super::word(row, "frequency")?,
        minute_of_day: row.get("minute_of_day")?,
        zone: row.get("zone")?,
        weekdays: row.get("weekdays")?,
        month_day: row.get("month_day")?,
        catch_up: super::word(row, "catch_up")?,
    };
    let chosen = Automation {
        is_enabled: row.get("is_enabled")?,
        schedule,
        within_delay_s: row.get("within_delay_s")?,
        between_delay_s: row.get("between_delay_s")?,
        credits_max: (credits > 0).then_some(Credits(credits)),
        stages,
    };
    Ok((SiteId(row.get("site_id")?), chosen))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{Bench, NOW, SITE};
    use igny8_core::automation::{CatchUp, Frequency};

    #[test]
    fn what_was_chosen_is_read_back_and_a_reset_leaves_the_defaults() {
        let mut bench = Bench::new();
        assert_eq!(bench.read(|read| read.automation(SITE)), Automation::default());
        assert_eq!(bench.read(|read| read.automations_enabled()), []);
        let mut chosen = Automation {
            is_enabled: true,
            schedule: Schedule {
                frequency: Frequency::Weekly,
                minute_of_day: 1_439,
                zone: "Europe/Berlin".to_owned(),
                weekdays: 0b001_0101,
                month_day: 31,
                catch_up: CatchUp::Skip,
            },
            within_delay_s: 5,
            between_delay_s: 60,
            credits_max: Some(Credits::whole(30)),
            ..Automation::default()
        };
        let rules = StageRules { is_on: false, batch: Some(3), most: Some(9), share: 15 };
        chosen.stages.insert(RunStage::AutoCluster, rules);
        for _ in 0..2 {
            let stored = chosen.clone();
            bench.write(move |write| write.set_automation(SITE, &stored, NOW)).unwrap();
        }
        assert_eq!(bench.read(|read| read.automation(SITE)), chosen);
        assert_eq!(bench.read(|read| read.automations_enabled()), [(SITE, chosen)]);
        bench.write(|write| write.reset_automation(SITE)).unwrap();
        assert_eq!(bench.read(|read| read.automation(SITE)), Automation::default());
    }
}
