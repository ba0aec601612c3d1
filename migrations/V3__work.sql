-- Work in progress and its records: operations, their paid units, what each call consumed, what the user was told, and
-- what was delivered to sites.

-- One AI function over n items, as it was started. This is the task log.
create table operation (
  id blob primary key check (length(id) = 16),
  function_name text not null check (function_name in
    ('auto_cluster', 'generate_ideas', 'generate_content', 'generate_image_prompts', 'generate_images')),
  site_id integer not null references site(id),
  model_id integer not null references model(id),
  started_by text not null check (started_by in ('manual', 'automation')),
  phase text not null default 'INIT' check (phase in ('INIT', 'PREP', 'AI_CALL', 'PARSE', 'SAVE', 'DONE')),
  status text not null default 'pending' check (status in ('pending', 'success', 'error')),
  is_cancelled integer not null default 0 check (is_cancelled in (0, 1)),
  items_total integer not null check (items_total >= 0),
  units_total integer not null check (units_total >= 0),
  units_done integer not null default 0 check (units_done >= 0),
  units_failed integer not null default 0 check (units_failed >= 0),
  -- What was made: clusters, ideas, articles, image slots or images.
  results integer not null default 0 check (results >= 0),
  credits integer not null default 0 check (credits >= 0),
  cost_nano integer not null default 0 check (cost_nano >= 0),
  error_code text not null default '',
  created_at integer not null,
  ended_at integer not null default 0,
  check (units_done + units_failed <= units_total),
  check ((status = 'pending') = (ended_at = 0))
) strict, without rowid;
create index operation_by_time on operation(created_at);
create index operation_open on operation(site_id) where status = 'pending';

-- One paid unit: one text call or one image.
create table job (
  id integer primary key autoincrement,
  operation_id blob not null references operation(id),
  ordinal integer not null check (ordinal >= 0),
  state text not null default 'ready' check (state in ('ready', 'leased', 'done', 'failed', 'cancelled')),
  item_ids text not null check (json_valid(item_ids)),
  run_at integer not null default 0,
  -- Counted before the work, so that a unit that kills the process is not tried for ever.
  attempts integer not null default 0 check (attempts >= 0),
  -- The process that works on it. A new process voids the leases of all others: only one can hold the data folder.
  lease_instance blob,
  lease_token integer not null default 0,
  error_code text not null default '',
  created_at integer not null,
  ended_at integer not null default 0,
  unique (operation_id, ordinal),
  check ((state = 'leased') = (lease_instance is not null))
) strict;
create index job_ready on job(run_at, id) where state = 'ready';
create index job_leased on job(lease_instance) where state = 'leased';

-- One paid request, all its attempts included.
create table call (
  id blob primary key check (length(id) = 16),
  job_id integer not null references job(id),
  operation_id blob not null references operation(id),
  state text not null check (state in ('held', 'sent', 'unknown', 'settled', 'released')),
  hold_id blob not null unique references transfer(id),
  -- The price version it was held under.
  model_id integer not null references model(id),
  -- SHA-256 of function, model and input: an unchanged input reuses the paid answer.
  request_hash blob not null check (length(request_hash) = 32),
  attempts integer not null default 1 check (attempts >= 1),
  sent_at integer not null default 0,
  resolved_at integer not null default 0,
  check ((state in ('settled', 'released')) = (resolved_at > 0))
) strict, without rowid;
create index call_open on call(state) where state in ('held', 'sent', 'unknown');
create index call_by_job on call(job_id);

create table attempt (
  call_id blob not null references call(id),
  n integer not null check (n >= 1),
  outcome text not null,
  provider_request_id text not null default '',
  -- What the vendor billed or probably billed for an attempt that left no result.
  cost_nano integer not null default 0 check (cost_nano >= 0),
  at integer not null,
  primary key (call_id, n)
) strict, without rowid;

-- What each unit consumed. Written in the commit that resolves it.
create table usage_log (
  id integer primary key autoincrement,
  call_id blob unique references call(id),
  operation_id blob not null references operation(id),
  operation_type text not null check (operation_type in
    ('clustering', 'idea_generation', 'content_generation', 'image_prompt_extraction', 'image_generation')),
  site_id integer not null references site(id),
  model_id integer not null references model(id),
  related_type text not null default '' check (related_type in ('', 'keyword', 'cluster', 'idea', 'task', 'content', 'image')),
  related_id integer not null default 0,
  outcome text not null check (outcome in ('settled', 'released', 'refused', 'reused')),
  credits integer not null check (credits >= 0),
  -- What the vendor bills.
  cost_nano integer not null check (cost_nano >= 0),
  -- Credits times the credit's price.
  credit_value_nano integer not null check (credit_value_nano >= 0),
  tokens_input integer not null default 0 check (tokens_input >= 0),
  tokens_cached integer not null default 0 check (tokens_cached >= 0),
  tokens_output integer not null default 0 check (tokens_output >= 0),
  images integer not null default 0 check (images >= 0),
  is_estimated integer not null default 0 check (is_estimated in (0, 1)),
  reused_from integer references usage_log(id),
  at integer not null
) strict;
create index usage_by_operation on usage_log(operation_id);
create index usage_by_time on usage_log(at);
create index usage_by_related on usage_log(related_type, related_id);

-- The account statement: one row for each posted movement, and rows of 0 for what was released or refused.
create table credit_transaction (
  id integer primary key autoincrement,
  transfer_id blob unique references transfer(id),
  operation_id blob references operation(id),
  call_id blob references call(id),
  transaction_type text not null check (transaction_type in ('grant', 'deduction', 'release', 'refusal', 'lapse')),
  operation_type text not null default '',
  amount integer not null,
  -- Posted balance of the wallet right after; open holds do not count.
  balance_after integer not null check (balance_after >= 0),
  memo text not null default '',
  at integer not null,
  check (transaction_type <> 'deduction' or amount <= 0),
  check (transaction_type not in ('release', 'refusal') or amount = 0)
) strict;
create index credit_transaction_by_time on credit_transaction(at);
create index credit_transaction_by_operation on credit_transaction(operation_id);

create trigger credit_transaction_is_immutable before update on credit_transaction
begin
  select raise(abort, 'the statement is immutable');
end;

create trigger credit_transaction_is_permanent before delete on credit_transaction
begin
  select raise(abort, 'the statement is permanent');
end;

create table notification (
  id integer primary key autoincrement,
  notification_type text not null check (length(notification_type) between 1 and 60),
  severity text not null check (severity in ('info', 'success', 'warning', 'error')),
  site_id integer not null default 0,
  operation_id blob references operation(id),
  related_type text not null default '',
  related_id integer not null default 0,
  -- Numbers and names for the sentence; the sentence itself belongs to the screen.
  params text not null default '{}' check (json_valid(params)),
  dedupe text not null unique,
  read_at integer not null default 0,
  created_at integer not null,
  removed_at integer not null default 0
) strict;
create index notification_unread on notification(created_at) where read_at = 0 and removed_at = 0;
create index notification_by_time on notification(created_at) where removed_at = 0;

-- One intended delivery and how far it is. Every step is repeatable by id; the draft slug finds a post whose answer
-- was lost.
create table outbox (
  id blob primary key check (length(id) = 16),
  content_id integer not null references content(id),
  site_id integer not null references site(id),
  state text not null check (state in ('pending', 'drafted', 'updated', 'done', 'failed')),
  content_version integer not null check (content_version >= 1),
  draft_slug text not null check (length(draft_slug) between 1 and 200),
  remote_id text not null default '',
  -- Media already placed: {"<image id>": {"id": …, "url": …}}.
  placed text not null default '{}' check (json_valid(placed)),
  attempts integer not null default 0 check (attempts >= 0),
  error_code text not null default '',
  created_at integer not null,
  updated_at integer not null,
  check (state not in ('drafted', 'updated', 'done') or remote_id <> '')
) strict, without rowid;
create unique index outbox_one_open on outbox(content_id) where state in ('pending', 'drafted', 'updated');

-- A finished delivery and its proof: what was read back from the site, field by field.
create table publication (
  id integer primary key autoincrement,
  outbox_id blob not null unique references outbox(id),
  content_id integer not null references content(id),
  site_id integer not null references site(id),
  external_id text not null,
  external_url text not null,
  content_version integer not null,
  receipt text not null check (json_valid(receipt)),
  at integer not null
) strict;
create index publication_by_content on publication(content_id);
