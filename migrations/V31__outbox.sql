-- Deliveries wait for their site by themselves, over restarts and days without a network: each row says from when on it
-- may be tried, whose hands it is in, and how often it failed for what may be its own fault.

-- The process that works on it; empty for nobody. Void as soon as that process has ended.
alter table outbox add column lease blob not null default x'' check (length(lease) in (0, 16));
-- Not tried before this instant; 0 for at once.
alter table outbox add column next_try_at integer not null default 0;
-- Failures that may be the article's own fault since it was last asked for.
alter table outbox add column setbacks integer not null default 0 check (setbacks >= 0);
-- The user knows that its post is missing on the site and asked for another one.
alter table outbox add column makes_anew integer not null default 0 check (makes_anew in (0, 1));
-- Taken out by the user, from how it stood: it can be put back. Empty for all others.
alter table outbox add column discarded_from text not null default '' check (discarded_from in ('', 'waiting', 'parked'));
create index outbox_waiting on outbox(created_at) where state in ('pending', 'drafted', 'updated');
create index outbox_parked on outbox(updated_at) where state = 'failed' and discarded_from = '';
create index outbox_by_content on outbox(content_id, created_at);

-- A site that failed lately, and until when it is left alone. A site that answers has no row.
create table site_health (
  site_id integer primary key references site(id),
  -- In a row, and of those that say that the site is down.
  failures integer not null check (failures >= 0),
  -- 0 for not at all.
  rests_until integer not null
) strict;
