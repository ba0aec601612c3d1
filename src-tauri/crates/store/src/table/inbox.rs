//! What of a site waits for a person, one row a thing: a query over the rows that the lists of those things show as well,
//! so that nothing here can be out of step with them.

use crate::{Read, StoreError};
use igny8_core::id::SiteId;
use igny8_core::inbox::Need;
use igny8_core::quality::Flaw;
use igny8_core::time::UtcMs;
use rusqlite::params;

/// A thing that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NeedRow {
    /// Why it waits.
    pub need: Need,
    /// What it is: an article, a task, an image slot, a site; of work its operation, empty for a run.
    pub id: String,
    /// Its name.
    pub title: String,
    /// Why it failed, a code; empty where it did not.
    pub code: String,
    /// What an article lacks that is not approved by itself for it.
    pub flaws: Vec<Flaw>,
    /// Since when.
    pub at: UtcMs,
}

macro_rules! needs {
    () => {
        "with need as (
           select 'interrupted' as need, lower(hex(o.id)) as id, o.function_name as title, o.paused_code as code,
             o.interrupted_at as at
           from operation o indexed by operation_open
           where o.status = 'pending' and o.site_id = ?1 and o.interrupted_at > 0
             and not exists (select 1 from run r where r.id = o.run_id and r.paused_at > 0)
           union all
           select 'interrupted', '', r.stage, '', r.interrupted_at from run r
           where r.site_id = ?1 and r.ended_at = 0 and r.interrupted_at > 0 and not exists (
             select 1 from operation o where o.run_id = r.id and o.status = 'pending')
           union all
           select 'paused', '', r.stage, r.paused_code, r.paused_at from run r
           where r.site_id = ?1 and r.ended_at = 0 and r.paused_at > 0
           union all
           select 'connection', s.id, s.name, s.connection_code, s.updated_at from site s
           where s.id = ?1 and s.connection = 'failed' and s.removed_at = 0
           union all
           select 'missed', c.id, c.title, '', c.missed_at from content c
           where c.site_id = ?1 and c.status = 'approved' and c.delivery = 'scheduled' and c.missed_at > 0
             and c.removed_at = 0
           union all
           select 'run_missed', '', '', o.code, o.due_at from (
             select code, due_at, state from occurrence indexed by occurrence_by_due
             where kind = 'run' and site_id = ?1 and state <> 'waiting' order by due_at desc limit 1) o
           where o.state in ('missed', 'refused')
             and exists (select 1 from automation a where a.site_id = ?1 and a.is_enabled = 1)
             and not exists (select 1 from run r where r.site_id = ?1 and r.created_at >= o.due_at)
           union all
           select 'conflict', p.content_id, c.title, '', p.found_at
           from site_post p join content c on c.id = p.content_id and c.removed_at = 0
           where p.site_id = ?1 and p.found_at > 0
           union all
           select 'parked', o.content_id, c.title, o.error_code, o.updated_at
           from outbox o join content c on c.id = o.content_id and c.removed_at = 0 and c.status = 'approved'
           where o.site_id = ?1 and o.state = 'failed' and o.discarded_from = ''
           union all
           select 'task_failed', t.id, i.title, t.error_code, t.updated_at
           from task t join idea i on i.id = t.idea_id
           where t.site_id = ?1 and t.status = 'failed' and t.removed_at = 0
           union all
           select 'image_failed', g.id, c.title, g.error_code, g.updated_at
           from image g join content c on c.id = g.content_id and c.removed_at = 0
           where g.site_id = ?1 and g.status = 'failed' and g.removed_at = 0
           union all
           select 'review', c.id, c.title, '', c.updated_at from content c
           where c.site_id = ?1 and c.status = 'review' and c.removed_at = 0)"
    };
}

/// Most pressing first, and of each kind what waits longest.
const ROWS: &str = concat!(
    needs!(),
    " select n.need, n.id, n.title, n.code, n.at,
        coalesce((select v.flaws from verdict v where n.need = 'review' and v.content_id = n.id), '[]') as flaws
      from need n
      order by case n.need when 'connection' then 1 when 'interrupted' then 2 when 'paused' then 3 when 'conflict' then 4
        when 'missed' then 5 when 'parked' then 6 when 'run_missed' then 7 when 'task_failed' then 8
        when 'image_failed' then 9 else 10 end, n.at, n.id limit ?2"
);
const COUNT: &str = concat!(needs!(), " select count(*) from need");

impl Read<'_> {
    /// What of a site waits for a person, most pressing first, at most `limit`, and how much does in all.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn needs(&self, site: SiteId, limit: u32) -> Result<(Vec<NeedRow>, u32), StoreError> {
        let mut statement = self.conn.prepare_cached(ROWS)?;
        let rows = statement.query_map(params![site.0, limit], |row| {
            Ok(NeedRow {
                need: super::word(row, "need")?,
                id: match row.get_ref("id")? {
                    rusqlite::types::ValueRef::Integer(id) => id.to_string(),
                    other => other.as_str()?.to_owned(),
                },
                title: row.get("title")?,
                code: row.get("code")?,
                flaws: super::json(row, "flaws")?,
                at: UtcMs(row.get("at")?),
            })
        })?;
        let rows = rows.collect::<Result<Vec<_>, _>>()?;
        let total = self.conn.prepare_cached(COUNT)?.query_row(params![site.0], |row| row.get(0))?;
        Ok((rows, total))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{Bench, NOW, SITE, open_operation, operation_id};
    use crate::table::run::NewRun;
    use igny8_core::id::RunId;
    use igny8_core::money::Credits;
    use igny8_core::status::RunTrigger;

    fn needs(bench: &mut Bench) -> Vec<(Need, String)> {
        bench.read(|read| read.needs(SITE, 50)).0.into_iter().map(|row| (row.need, row.id)).collect()
    }

    #[test]
    fn what_stands_still_waits_for_a_word_and_nothing_else_does() {
        let mut bench = Bench::new();
        assert_eq!(needs(&mut bench), []);
        bench.write(|write| open_operation(write, 1, 1)).unwrap();
        assert_eq!(needs(&mut bench), [], "it is at work");
        bench.write(|write| write.mark_interrupted(NOW)).unwrap();
        let id = operation_id(1).0.simple().to_string();
        assert_eq!(needs(&mut bench), [(Need::Interrupted, id)]);
        bench.write(|write| write.go_on_with_operation(operation_id(1))).unwrap();
        let run = RunId(uuid::Uuid::from_u128(7));
        let (trigger, estimate) = (RunTrigger::Manual, Credits::ZERO);
        let new = NewRun { id: run, site: SITE, trigger, estimate, stages: Vec::new() };
        bench.write(move |write| write.open_run_of(&new, NOW)).unwrap();
        bench.write(move |write| write.pause_run(run, "shortfall", NOW)).unwrap();
        assert_eq!(needs(&mut bench), [(Need::Paused, String::new())]);
        bench.write(move |write| write.end_run(run, "cancelled", NOW)).unwrap();
        assert_eq!(needs(&mut bench), []);
    }

    #[test]
    fn every_thing_that_waits_is_named_once_and_the_pressing_ones_first() {
        let mut bench = Bench::new();
        bench
            .outsider()
            .execute_batch(
                "insert into sector (id, site_id, name, created_at) values (1, 1, 'Tea', 1);
                 insert into idea (id, site_id, sector_id, title, content_type, content_structure, word_count_target, created_at,
                   updated_at) values (1, 1, 1, 'How', 'post', 'article', 800, 1, 1);
                 insert into task (id, site_id, sector_id, idea_id, status, error_code, created_at, updated_at)
                   values (1, 1, 1, 1, 'failed', 'refused', 1, 1);
                 insert into content (id, site_id, sector_id, title, slug, content_type, content_structure, status, created_at,
                   updated_at) values (1, 1, 1, 'Read me', 'read-me', 'post', 'article', 'review', 1, 1);
                 insert into image (id, site_id, content_id, image_type, position, prompt, status, error_code, created_at,
                   updated_at) values (1, 1, 1, 'featured', 0, 'A pot', 'failed', 'refused', 1, 1);",
            )
            .unwrap();
        let found = bench.read(|read| read.needs(SITE, 50));
        let kinds: Vec<Need> = found.0.iter().map(|row| row.need).collect();
        assert_eq!(kinds, [Need::TaskFailed, Need::ImageFailed, Need::Review]);
        assert_eq!((found.0[0].title.as_str(), found.0[0].code.as_str(), found.1), ("How", "refused", 3));
        assert_eq!(bench.read(|read| read.needs(SITE, 1)).0.len(), 1);
    }

    #[test]
    fn what_was_missed_a_connection_that_failed_and_what_an_article_lacks_are_among_it() {
        let mut bench = Bench::new();
        bench
            .outsider()
            .execute_batch(
                "update site set connection = 'failed', connection_code = 'unreachable' where id = 1;
                 insert into sector (id, site_id, name, created_at) values (1, 1, 'Tea', 1);
                 insert into content (id, site_id, sector_id, title, slug, content_type, content_structure, status, delivery,
                   scheduled_publish_at, missed_at, created_at, updated_at)
                   values (1, 1, 1, 'Late', 'late', 'post', 'article', 'approved', 'scheduled', 5, 9, 1, 1);
                 insert into content (id, site_id, sector_id, title, slug, content_type, content_structure, status, created_at,
                   updated_at) values (2, 1, 1, 'Short', 'short', 'post', 'article', 'review', 1, 1);
                 insert into verdict (content_id, site_id, seen_at, flaws)
                   values (2, 1, 1, '[{\"flaw\":\"words\",\"has\":10,\"wants\":800,\"other\":\"\"}]');
                 insert into automation (site_id, is_enabled, frequency, minute_of_day, zone, weekdays, month_day, catch_up,
                   within_delay_s, between_delay_s, credits_max, stages, updated_at)
                   values (1, 1, 'daily', 0, '', 1, 1, 'skip', 0, 0, 0, '{}', 1);
                 insert into occurrence (kind, site_id, wall, zone, due_at, fit, state, is_made_up, key, code, decided_at)
                   values ('run', 1, '2026-11-23T14:00', 'UTC', 50, 'exact', 'missed', 0, zeroblob(16), '', 60);",
            )
            .unwrap();
        let (rows, total) = bench.read(|read| read.needs(SITE, 50));
        let kinds: Vec<Need> = rows.iter().map(|row| row.need).collect();
        assert_eq!(kinds, [Need::Connection, Need::Missed, Need::RunMissed, Need::Review]);
        assert_eq!((rows[0].code.as_str(), rows[1].title.as_str(), total), ("unreachable", "Late", 4));
        assert_eq!((rows[3].flaws.len(), rows[3].flaws[0].wants), (1, 800), "why it was not approved by itself");
        let run = RunId(uuid::Uuid::from_u128(7));
        let (trigger, estimate) = (RunTrigger::Manual, Credits::ZERO);
        let new = NewRun { id: run, site: SITE, trigger, estimate, stages: Vec::new() };
        bench.write(move |write| write.open_run_of(&new, NOW)).unwrap();
        assert_eq!(bench.read(|read| read.needs(SITE, 50)).1, 3, "one that has begun since makes up for it");
    }
}
