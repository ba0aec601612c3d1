-- The web system's table names as views, so that the queries its users have keep working on this file with any
-- sqlite3 from 3.40 on. For reading only: amounts are floating point here and integers everywhere else.

create view igny8_billing_aimodelconfig as
select
  id, model_name, display_name, model_type, provider,
  cast(nullif(cost_per_1k_input, '') as real) as cost_per_1k_input,
  cast(nullif(cost_per_1k_output, '') as real) as cost_per_1k_output,
  cast(nullif(cost_per_1k_cached_input, '') as real) as cost_per_1k_cached_input,
  cast(nullif(cost_per_image, '') as real) as cost_per_image,
  case when credits_per_image < 0 then null else credits_per_image / 1e6 end as credits_per_image,
  case when tokens_per_credit < 0 then null else tokens_per_credit end as tokens_per_credit,
  min_credits / 1e6 as min_credits,
  is_active, is_default, context_tokens as max_input_tokens, max_output_tokens
from model;

create view igny8_ai_task_logs as
select
  lower(hex(o.id)) as id, lower(hex(o.id)) as task_id, o.function_name, o.phase, o.status, o.error_code as error,
  m.model_name as model, m.provider, o.cost_nano / 1e9 as cost, o.credits / 1e6 as credits, o.items_total,
  o.units_total, o.units_done, o.units_failed, o.results, o.started_by, o.site_id,
  o.created_at, case o.ended_at when 0 then null else (o.ended_at - o.created_at) / 1000.0 end as duration
from operation o join model m on m.id = o.model_id;

create view igny8_billing_creditusagelog as
select
  u.id, lower(hex(u.operation_id)) as task_id, u.operation_type, u.credits / 1e6 as credits_used,
  u.cost_nano / 1e9 as cost_usd, u.credit_value_nano / 1e9 as credit_value_usd, m.model_name as model_used, m.provider,
  u.tokens_input + u.tokens_cached as tokens_input, u.tokens_output, u.images, u.is_estimated, u.outcome,
  u.related_type as related_object_type, u.related_id as related_object_id, u.reused_from, u.site_id,
  u.at as created_at
from usage_log u join model m on m.id = u.model_id;

create view igny8_notifications_notification as
select
  id, notification_type, severity, site_id, related_type as related_object_type, related_id as related_object_id,
  params as metadata, case read_at when 0 then 0 else 1 end as is_read, read_at, created_at
from notification
where removed_at = 0;

create view igny8_billing_credittransaction as
select
  id, operation_type, transaction_type, amount / 1e6 as amount, balance_after / 1e6 as balance_after,
  memo as description, lower(hex(operation_id)) as task_id, at as created_at
from credit_transaction;
