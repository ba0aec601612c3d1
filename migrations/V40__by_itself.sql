-- What happens by itself, and when.
--
-- A site's articles are approved and given a time without a person where its settings say so. What an article lacked for
-- it stands beside the article, with what it was looked at as: one that has not changed since is not looked at again, and
-- one that a person has taken back is left to people.
create table publishing_settings (
  site_id integer primary key references site(id),
  auto_approve integer not null check (auto_approve in (0, 1)),
  auto_schedule integer not null check (auto_schedule in (0, 1)),
  words_percent integer not null check (words_percent between 0 and 200),
  needs_pictures integer not null check (needs_pictures in (0, 1)),
  needs_meta integer not null check (needs_meta in (0, 1)),
  headings_min integer not null check (headings_min between 0 and 20),
  refuses_same_topic integer not null check (refuses_same_topic in (0, 1)),
  takes_outlines integer not null check (takes_outlines in (0, 1)),
  rhythm text not null check (rhythm in ('immediate', 'interval', 'time_slots', 'stagger')),
  every_days integer not null check (every_days between 0 and 366),
  -- A day and times on the wall of the site's zone: 'YYYY-MM-DD' and 'HH:MM'.
  anchor_day text not null check (length(anchor_day) = 10),
  at_time text not null check (length(at_time) = 5),
  -- Bits, Monday the lowest.
  days integer not null check (days between 0 and 127),
  times text not null check (json_valid(times)),
  from_time text not null check (length(from_time) = 5),
  until_time text not null check (length(until_time) = 5),
  every_minutes integer not null check (every_minutes between 0 and 1439),
  -- 0 is no limit.
  per_day integer not null check (per_day between 0 and 10000),
  per_week integer not null check (per_week between 0 and 10000),
  per_month integer not null check (per_month between 0 and 10000),
  queue_limit integer not null check (queue_limit between 0 and 10000),
  updated_at integer not null check (updated_at > 0)
) strict;

create table verdict (
  content_id integer primary key references content(id),
  site_id integer not null references site(id),
  -- What of it was looked at: when it or one of its pictures had changed last. 0 when nobody looked.
  seen_at integer not null default 0 check (seen_at >= 0),
  flaws text not null default '[]' check (json_valid(flaws)),
  -- A person took its approval back: it is approved by people from then on.
  is_left_to_people integer not null default 0 check (is_left_to_people in (0, 1)),
  -- A person took its time away: it gets none by itself.
  keeps_no_date integer not null default 0 check (keeps_no_date in (0, 1))
) strict;
create index verdict_by_site on verdict(site_id);

-- Work that comes back is done once for each time on the wall, whatever clocks do: that is its key. The instant is what the
-- zone made of it when it was looked at.
create table occurrence (
  id integer primary key autoincrement,
  kind text not null check (kind in ('run')),
  site_id integer not null references site(id),
  -- 'YYYY-MM-DDTHH:MM'.
  wall text not null check (length(wall) = 16),
  zone text not null check (zone <> ''),
  due_at integer not null,
  fit text not null check (fit in ('exact', 'skipped', 'repeated')),
  state text not null check (state in ('waiting', 'done', 'refused', 'missed')),
  is_made_up integer not null check (is_made_up in (0, 1)),
  -- Not before this instant.
  starts_at integer not null default 0 check (starts_at >= 0),
  -- The key of the command that begins it, so that it begins no second one.
  key blob not null unique check (length(key) = 16),
  -- Why it was refused, a code; empty otherwise.
  code text not null default '' check ((state = 'refused') = (code <> '')),
  decided_at integer not null,
  unique (kind, site_id, wall)
) strict;
create index occurrence_by_due on occurrence(kind, site_id, due_at);
create index occurrence_waiting on occurrence(starts_at) where state = 'waiting';

-- Since when a schedule is watched: what was due before that is nobody's business.
create table schedule_watch (
  kind text not null check (kind in ('run')),
  site_id integer not null references site(id),
  -- The rule as it was when it began to be watched; another rule is watched from anew.
  rule text not null check (rule <> ''),
  since integer not null check (since >= 0),
  primary key (kind, site_id)
) strict, without rowid;
