-- Each answer that was paid is kept under the record it was paid with, beside older ones to the same request. What was
-- kept may be of no use any more (its picture is gone from the disk, a newer version reads its text otherwise), and the
-- request is paid once more: then the newest answer is the one that serves, and nothing is paid a third time.
create table answer_kept (
  usage_id integer primary key references usage_log(id),
  -- SHA-256 of function, model and input.
  request_hash blob not null check (length(request_hash) = 32),
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
) strict;
insert into answer_kept (usage_id, request_hash, body, media_hash, media_type, width, height, bytes, at)
  select usage_id, request_hash, body, media_hash, media_type, width, height, bytes, at from answer order by usage_id;
drop table answer;
alter table answer_kept rename to answer;
create index answer_by_request on answer(request_hash, usage_id);

-- Behind which usage record every settled call has an answer of its own. Before, an older answer to the same request stood
-- for the later ones.
alter table sealed_from add column answer_id integer not null default 0;
update sealed_from set answer_id = (select coalesce(max(id), 0) from usage_log);
