-- Pictures are made by several vendors, each with its own sizes, words and limits: what a model can do is data beside its
-- prices. A picture is kept with what it was made from, and a request that a vendor knows under one id and was asked for
-- twice, because its answer was lost, is billed once and must be counted once.

-- What an image model can be asked for: an object, or '' for one that takes every wish as it is. Models of vendors so far
-- speak OpenAI's language, in which these three sizes are common.
alter table model add column picture text not null default '' check (picture = '' or json_valid(picture));
update model set picture = '{"sizes":{"listed":[{"width":1024,"height":1024},{"width":1536,"height":1024},{"width":1024,"height":1536}]},"fit":"crop"}'
where model_type = 'image' and provider <> 'builtin';

-- What a picture was made from: the whole of the words, the seed as its vendor counts it ('' where there is none), and the
-- record that says what it cost; null for pictures from before.
alter table image add column made_from text not null default '';
alter table image add column seed text not null default '';
alter table image add column usage_id integer references usage_log(id);

-- Attempts with what their vendor bills for each. Where a later one of the same call bears the same id of the vendor's, both
-- were one request there: what a lost answer was taken for is not billed beside what came in the end.
create view attempt_billed as
select
  a.call_id, a.n, a.outcome, a.provider_request_id, a.cost_nano, a.at,
  case
    when a.cost_nano = 0 or a.provider_request_id = '' then a.cost_nano
    when exists (
      select 1 from attempt b
      where b.call_id = a.call_id and b.n > a.n and b.provider_request_id = a.provider_request_id
        and (b.outcome = 'settled' or b.cost_nano > 0)) then 0
    else a.cost_nano
  end as billed_nano
from attempt a;

drop view usage_line;
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
    (select coalesce(sum(a.billed_nano), 0) from attempt_billed a where a.call_id = u.call_id) end as lost_nano,
  u.tokens_input, u.tokens_cached, u.tokens_cache_write, u.tokens_output, u.tokens_reasoning, u.tokens_image_input,
  u.tokens_image_output, u.images, u.is_estimated, u.reused_from, u.at
from usage_log u;
