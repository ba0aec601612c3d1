-- Runs that a person can pause, that begin because their time has come, and that say afterwards what they did; and what
-- of a run each site has chosen. A pause is a row: it holds for the process that works and for the next one alike.

create table run_next (
  id blob primary key check (length(id) = 16),
  site_id integer not null references site(id),
  trigger text not null default 'manual' check (trigger in ('manual', 'scheduled', 'catch_up')),
  -- The stage at hand, or the last one; '' before the first.
  stage text not null default '' check (stage in ('', 'auto_cluster', 'generate_ideas', 'queue_ideas',
    'generate_content', 'generate_image_prompts', 'generate_images', 'review')),
  -- Why it ended early; '' when it did not.
  stopped_code text not null default '',
  -- What it was likely to cost when it began, in micro-credits; 0 where nobody asked.
  estimate integer not null default 0 check (estimate >= 0),
  created_at integer not null,
  -- Since when somebody has paused it; 0 while it goes on.
  paused_at integer not null default 0 check (paused_at >= 0),
  -- Since when it waits because its process has ended; 0 otherwise.
  interrupted_at integer not null default 0 check (interrupted_at >= 0),
  -- How long it stood still in all, paused or interrupted, in milliseconds.
  still_ms integer not null default 0 check (still_ms >= 0),
  ended_at integer not null default 0 check (ended_at >= 0),
  check (stopped_code = '' or ended_at > 0),
  check (paused_at = 0 or ended_at = 0),
  check (interrupted_at = 0 or ended_at = 0)
) strict, without rowid;
insert into run_next (id, site_id, stage, stopped_code, created_at, interrupted_at, ended_at)
  select id, site_id, stage, stopped_code, created_at, interrupted_at, ended_at from run;
drop table run;
alter table run_next rename to run;
create unique index run_one_open on run(site_id) where ended_at = 0;
create index run_by_site on run(site_id, created_at);

-- Each stage of a run as it stood at the start, and when it was at it. What a paid stage made and cost stands in its
-- operations; what one that costs nothing took and made stands here.
create table run_stage (
  run_id blob not null references run(id),
  stage text not null check (stage in ('auto_cluster', 'generate_ideas', 'queue_ideas',
    'generate_content', 'generate_image_prompts', 'generate_images', 'review')),
  is_on integer not null check (is_on in (0, 1)),
  -- Items that waited for it, and those that it was likely to get in all, with what the stages before it make.
  waiting integer not null check (waiting >= 0),
  expected integer not null check (expected >= 0),
  taken integer not null default 0 check (taken >= 0),
  made integer not null default 0 check (made >= 0),
  began_at integer not null default 0 check (began_at >= 0),
  ended_at integer not null default 0 check (ended_at >= 0),
  primary key (run_id, stage)
) strict, without rowid;

-- What happened in a run, in its order. Of each site the newest runs keep theirs; the runs themselves stay.
create table run_event (
  id integer primary key autoincrement,
  run_id blob not null references run(id),
  at integer not null,
  kind text not null check (kind in ('began', 'paused', 'resumed', 'interrupted', 'stage_began', 'stage_ended',
    'stage_off', 'item_done', 'item_failed', 'item_parked', 'ended')),
  stage text not null default '' check (stage in ('', 'auto_cluster', 'generate_ideas', 'queue_ideas',
    'generate_content', 'generate_image_prompts', 'generate_images', 'review')),
  -- The unit it is about; 0 for none.
  job_id integer not null default 0,
  -- Why, a code; '' where there is nothing to say.
  code text not null default ''
) strict;
create index run_event_by_run on run_event(run_id, id);

-- Whatever ends a unit of a run leaves its line, in the commit that ends it.
create trigger run_event_of_unit after update of state on job
when old.state = 'leased' and new.state in ('done', 'failed')
begin
  insert into run_event (run_id, at, kind, stage, job_id, code)
  select o.run_id, new.ended_at,
    case when new.state = 'done' then 'item_done' when new.error_code = 'too_many_attempts' then 'item_parked'
      else 'item_failed' end,
    o.function_name, new.id, new.error_code
  from operation o where o.id = new.operation_id and o.run_id is not null;
end;

-- What a site has chosen for its runs. A site without a row has the defaults of the app.
create table automation (
  site_id integer primary key references site(id),
  -- Runs begin by themselves when their time has come.
  is_enabled integer not null check (is_enabled in (0, 1)),
  frequency text not null check (frequency in ('daily', 'weekly', 'monthly')),
  -- The wall time that was chosen: minutes since midnight, in a zone; '' for the site's own.
  minute_of_day integer not null check (minute_of_day between 0 and 1439),
  zone text not null,
  -- Days of the week for 'weekly', one bit each, Monday the lowest; the day of the month for 'monthly', where a month that
  -- is shorter takes its last.
  weekdays integer not null check (weekdays between 1 and 127),
  month_day integer not null check (month_day between 1 and 31),
  -- What becomes of runs whose time came while the app was closed.
  catch_up text not null check (catch_up in ('skip', 'latest', 'spaced')),
  within_delay_s integer not null check (within_delay_s between 0 and 3600),
  between_delay_s integer not null check (between_delay_s between 0 and 3600),
  -- Most micro-credits of one run; 0 for what its estimate allows.
  credits_max integer not null check (credits_max >= 0),
  -- By stage: whether it is on, items in one batch, items in one run (0 for all that wait), and percent of a run's credits.
  stages text not null check (json_valid(stages)),
  updated_at integer not null
) strict;

-- A pause and its end can be asked for from beside, as an end can.
create table run_request_next (
  id integer primary key,
  command text not null check (command in ('run_pause', 'run_resume', 'run_cancel', 'spending_stop', 'spending_resume')),
  -- 0 where it is about no site.
  site_id integer not null default 0,
  at integer not null,
  -- When it was obeyed; 0 before.
  served_at integer not null default 0,
  -- Why it was not, a code; '' where it was.
  refused_code text not null default '',
  check ((command in ('run_pause', 'run_resume', 'run_cancel')) = (site_id > 0))
) strict;
insert into run_request_next (id, command, site_id, at, served_at) select id, command, site_id, at, served_at from run_request;
drop table run_request;
alter table run_request_next rename to run_request;
create index run_request_waiting on run_request(id) where served_at = 0;
