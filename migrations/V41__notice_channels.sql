-- How far each kind of notice reaches is the user's choice: kept only, in the list, or shown by the system as well. The
-- row is the truth in any case: nothing that the system does, or is not there to do, takes anything from it. So a row
-- says itself whether it was meant for nobody, and whether the system still has to be given it.

-- Kinds that the user chose for; any other goes by its severity.
create table notification_choice (
  notification_type text primary key check (length(notification_type) between 1 and 60),
  channel text not null check (channel in ('none', 'app', 'system'))
) strict, without rowid;

alter table notification add column is_silent integer not null default 0 check (is_silent in (0, 1));
-- When it was settled whether the system shows it; 0 while that waits.
alter table notification add column told_at integer not null default 0 check (told_at >= 0);
-- What was written before is told by the list alone.
update notification set told_at = max(created_at, 1);
create index notification_untold on notification(id) where told_at = 0;

-- A second start asks the first to come forward. A table of its own beside that of requests for work: only a window
-- answers, and what nobody answered is of no use to a later start.
create table window_request (
  id integer primary key,
  at integer not null,
  -- When a window came forward; 0 before.
  answered_at integer not null default 0 check (answered_at >= 0)
) strict;
create index window_request_waiting on window_request(id) where answered_at = 0;
