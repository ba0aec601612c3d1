-- What AI work consumed is asked for in many ways: by day, by operation, by article, by part of an article, as a file.
-- All of them must mean the same, so which part of a record's cost was lost, and which article it belongs to, is said
-- here once.

-- Articles by their task, removed ones too, and every picture of an article: without these, what an article cost would
-- be a walk through all articles and all pictures.
create index content_by_task on content(task_id) where task_id is not null;
create index image_by_content on image(content_id);

-- A usage record with the part of its cost that bought no result, and with its article; null for work that was for none,
-- such as clustering. Writing is booked on the task. Where a task was written again after its article was removed, a
-- record belongs to the newest article that was there by then, and one before the first to the first.
create view usage_line as
select
  u.id, u.call_id, u.operation_id, u.operation_type, u.site_id, u.model_id, u.related_type, u.related_id,
  case u.related_type
    when 'content' then u.related_id
    when 'image' then (select i.content_id from image i where i.id = u.related_id)
    when 'task' then coalesce(
      (select max(c.id) from content c where c.task_id = u.related_id and c.created_at <= u.at),
      (select min(c.id) from content c where c.task_id = u.related_id))
  end as content_id,
  u.outcome, u.credits, u.cost_nano, u.credit_value_nano,
  case u.cost_nano when 0 then 0 else
    (select coalesce(sum(a.cost_nano), 0) from attempt a where a.call_id = u.call_id) end as lost_nano,
  u.tokens_input, u.tokens_cached, u.tokens_cache_write, u.tokens_output, u.tokens_reasoning, u.tokens_image_input,
  u.tokens_image_output, u.images, u.is_estimated, u.reused_from, u.at
from usage_log u;
