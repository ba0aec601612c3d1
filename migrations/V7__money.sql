-- What control of spending needs: prices and consumption by bucket, caps that the ledger's own triggers move, paid
-- answers that need not be paid twice, vendors that are not built in, and the mark that says whether a commit whose
-- answer was lost took place.

-- Prices a vendor states apart. '' means as the next coarser one: cache writes and image input as input, reasoning and
-- image output as output.
alter table model add column cost_per_1k_cache_write text not null default '';
alter table model add column cost_per_1k_reasoning text not null default '';
alter table model add column cost_per_1k_image_input text not null default '';
alter table model add column cost_per_1k_image_output text not null default '';

-- Buckets are disjoint: their sum is what the vendor counted. tokens_output leaves reasoning out from here on.
alter table usage_log add column tokens_cache_write integer not null default 0 check (tokens_cache_write >= 0);
alter table usage_log add column tokens_reasoning integer not null default 0 check (tokens_reasoning >= 0);
alter table usage_log add column tokens_image_input integer not null default 0 check (tokens_image_input >= 0);
alter table usage_log add column tokens_image_output integer not null default 0 check (tokens_image_output >= 0);

drop view igny8_billing_creditusagelog;
create view igny8_billing_creditusagelog as
select
  u.id, lower(hex(u.operation_id)) as task_id, u.operation_type, u.credits / 1e6 as credits_used,
  u.cost_nano / 1e9 as cost_usd, u.credit_value_nano / 1e9 as credit_value_usd, m.model_name as model_used, m.provider,
  u.tokens_input + u.tokens_cached + u.tokens_cache_write + u.tokens_image_input as tokens_input,
  u.tokens_output + u.tokens_reasoning + u.tokens_image_output as tokens_output,
  u.images, u.is_estimated, u.outcome,
  u.related_type as related_object_type, u.related_id as related_object_id, u.reused_from, u.site_id,
  u.at as created_at
from usage_log u join model m on m.id = u.model_id;

-- Which run of an automation an operation belongs to; null for what a person started by itself.
alter table operation add column run_id blob check (run_id is null or length(run_id) = 16);
create index operation_by_run on operation(run_id) where run_id is not null;

-- A limit on spending within a month, a day, a site's month, a run, or a function's share of a run. Rows exist for every
-- period that something was held in, limited or not, so that a limit set later knows what was spent before it.
create table cap (
  id integer primary key autoincrement,
  scope text not null check (scope in ('month', 'day', 'site', 'run', 'share')),
  -- 'month:2026-11', 'day:2026-11-25', 'site:3:2026-11', 'run:<hex>', 'share:<hex>:<function>'.
  key text not null unique,
  -- What the user asked for, micro-credits; -1 means no limit.
  wanted integer not null default -1 check (wanted >= -1),
  -- What is enforced. A wish below what is already spent or held cannot be met: then nothing more is let through.
  ceiling integer not null check (ceiling >= 0),
  held integer not null default 0 check (held >= 0),
  used integer not null default 0 check (used >= 0),
  created_at integer not null,
  check (used + held <= ceiling)
) strict;
create index cap_by_scope on cap(scope, id);

-- The limits a user keeps on spending: each month, each day, and each month on one site. A cap takes its wish from here
-- when its period begins, and follows a change within it.
create table spending_limit (
  scope text not null check (scope in ('month', 'day', 'site')),
  site_id integer not null default 0,
  amount integer not null check (amount between 0 and 4000000000000000),
  primary key (scope, site_id),
  check ((scope = 'site') = (site_id > 0))
) strict, without rowid;

-- While it is off, nothing is held and so nothing paid can start. stopped_at is 0 while spending is allowed.
create table spending_switch (
  id integer primary key check (id = 1),
  stopped_at integer not null default 0
) strict;
insert into spending_switch (id) values (1);

-- The caps a call counts against, written before its hold.
create table call_cap (
  call_id blob not null check (length(call_id) = 16),
  cap_id integer not null references cap(id),
  primary key (call_id, cap_id)
) strict, without rowid;

create trigger cap_hold after insert on transfer
when new.kind = 'hold'
begin
  update cap set held = held + new.amount
  where id in (select cap_id from call_cap where call_id = new.call_id);
end;

create trigger cap_resolve after insert on transfer
when new.kind in ('settle', 'release')
begin
  update cap set
    held = held - (select amount from transfer where id = new.hold_id),
    used = used + new.amount,
    ceiling = case wanted when -1 then ceiling else
      max(wanted, used + new.amount + held - (select amount from transfer where id = new.hold_id)) end
  where id in (select cap_id from call_cap where call_id = new.call_id);
end;

-- What was paid for, so that the same request is answered from here.
create table answer (
  -- SHA-256 of function, model and input.
  request_hash blob primary key check (length(request_hash) = 32),
  usage_id integer not null unique references usage_log(id),
  -- The model's text; empty for a picture.
  body text not null,
  -- The stored picture; empty for text.
  media_hash text not null default '',
  media_type text not null default '' check (media_type in ('', 'image/png', 'image/webp', 'image/jpeg')),
  width integer not null default 0,
  height integer not null default 0,
  bytes integer not null default 0,
  at integer not null,
  check ((body = '') <> (media_hash = ''))
) strict, without rowid;

-- Where models are asked that are not built in. The key is in the keyring; here is only its end, to be recognised by.
create table provider (
  name text primary key check (length(name) between 1 and 100),
  kind text not null check (kind in ('openai_compatible')),
  base_url text not null check (length(base_url) between 1 and 2000),
  has_secret integer not null default 0 check (has_secret in (0, 1)),
  secret_tail text not null default '' check (length(secret_tail) <= 4),
  -- Calls that may be under way at once.
  concurrency integer not null default 4 check (concurrency between 1 and 64),
  created_at integer not null,
  updated_at integer not null,
  removed_at integer not null default 0
) strict, without rowid;

-- The last commit of the writer, by a token made for it. After a COMMIT that returned an error the file itself says
-- whether it took place.
create table commit_mark (
  id integer primary key check (id = 1),
  token blob not null check (length(token) = 16)
) strict;
insert into commit_mark (id, token) values (1, zeroblob(16));
