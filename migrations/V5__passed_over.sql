-- A keyword that clustering looked at and that fitted nowhere. It stays new, but it does not wait any more until new
-- keywords join its sector: asking again about the same leftovers would cost credits and change nothing.
alter table keyword add column passed_over_at integer not null default 0;
