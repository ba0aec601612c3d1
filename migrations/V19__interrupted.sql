-- Work whose process has ended: it comes back paused, where it was, and nothing is spent on it until somebody says so.
-- How far a run is was known to its process alone; a run that outlives its process needs a row.

-- An operation that an earlier process began and did not end, since when; 0 once it goes on, and for all others. It stays
-- 'pending', for its units still wait and its holds are kept.
alter table operation add column interrupted_at integer not null default 0 check (interrupted_at >= 0);

-- One run of a site's pipeline. Its cap stands in `cap`, its operations name it.
create table run (
  id blob primary key check (length(id) = 16),
  site_id integer not null references site(id),
  -- The stage at hand, or the last one; '' before the first.
  stage text not null default '' check (stage in ('', 'auto_cluster', 'generate_ideas', 'queue_ideas',
    'generate_content', 'generate_image_prompts', 'generate_images')),
  -- Why it ended early; '' when it did not.
  stopped_code text not null default '',
  created_at integer not null,
  -- As for an operation.
  interrupted_at integer not null default 0 check (interrupted_at >= 0),
  ended_at integer not null default 0 check (ended_at >= 0),
  check (stopped_code = '' or ended_at > 0),
  check (interrupted_at = 0 or ended_at = 0)
) strict, without rowid;
create unique index run_one_open on run(site_id) where ended_at = 0;
create index run_by_site on run(site_id, created_at);

-- Runs that there were: of each its newest operation says how far it came, and the newest with one that is open is open.
insert into run (id, site_id, stage, stopped_code, created_at, ended_at)
select o.run_id, o.site_id, o.function_name,
  case when o.status = 'pending' then '' when o.is_cancelled = 1 then 'cancelled'
    when o.status = 'error' then o.error_code else '' end,
  (select min(f.created_at) from operation f where f.run_id = o.run_id),
  case when o.status = 'pending' and not exists (
      select 1 from operation n where n.site_id = o.site_id and n.run_id is not null and n.status = 'pending'
        and (n.created_at, n.id) > (o.created_at, o.id))
    then 0 else max(o.ended_at, o.created_at, 1) end
from operation o
where o.run_id is not null and not exists (
  select 1 from operation n where n.run_id = o.run_id and (n.created_at, n.id) > (o.created_at, o.id));

-- Whether work of a site that was interrupted goes on at the next start without being asked.
alter table site add column goes_on_by_itself integer not null default 0 check (goes_on_by_itself in (0, 1));
