-- What the books go by and what stands at their end: that a setting was ever made, a limit, the stop of all spending, the
-- prices of a model before anything was paid at them, and which rows are the newest. Changed or taken away past the app,
-- seals and all, they would read as if they had always been so. `digest` is the app's own, which it lends to migrations.

-- Settings of before settings were sealed are taken at their word once, now; from here on an empty seal is none.
update setting_seal set seal = digest('setting', key, (select s.value from setting s where s.key = setting_seal.key))
  where seal = x'' and key in (select key from setting);
-- Limits and the switch have their seals among them, under names that no setting has.
insert into setting_seal (key, seal)
  select 'limit:' || scope || ':' || site_id, digest('limit', scope, site_id, amount) from spending_limit;
insert into setting_seal (key, seal) select 'stop:1', digest('stop', stopped_at) from spending_switch;
-- Under the empty name: all names, so that one cannot be taken away together with its seal.
insert into setting_seal (key, seal)
  select '', digest('names', coalesce(group_concat(key, char(10) order by key), '')) from setting_seal;

-- A row of the catalogue is never priced anew, so that what it asks for is sealed with it.
alter table model add column seal blob not null default x'' check (length(seal) in (0, 16));
update model set seal = digest('model row', provider, model_name, model_type, cost_per_1k_input, cost_per_1k_output,
  cost_per_1k_cached_input, cost_per_1k_cache_write, cost_per_1k_reasoning, cost_per_1k_image_input,
  cost_per_1k_image_output, cost_per_image, credits_per_image, tokens_per_credit, min_credits, priced_at, created_at);

-- The newest numbers of the books as the last commit left them. Whoever takes the newest rows away, with everything they
-- moved and with the counters of their numbers, leaves a file that has been there before; but not this mark. A commit
-- that does not find it as the one before left it empties the seal for good.
alter table commit_mark add column newest_transfer integer not null default 0;
alter table commit_mark add column newest_usage integer not null default 0;
alter table commit_mark add column newest_line integer not null default 0;
alter table commit_mark add column seal blob not null default x'' check (length(seal) in (0, 16));
update commit_mark set
  newest_transfer = (select coalesce(max(seq), 0) from transfer),
  newest_usage = (select coalesce(max(id), 0) from usage_log),
  newest_line = (select coalesce(max(id), 0) from credit_transaction);
update commit_mark set seal = digest('newest', newest_transfer, newest_usage, newest_line);
