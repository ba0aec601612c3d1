-- Why work of no run stands still though nobody has asked for it: a call of it cost more than was held for it. '' where a
-- person has paused it, where its program ended in the middle of it, and where it does not stand still. Why it has ended,
-- or what of it failed, stands apart.
alter table operation add column paused_code text not null default '' check (paused_code = '' or interrupted_at > 0);
