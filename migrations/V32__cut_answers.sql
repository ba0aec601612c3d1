-- What a model had written when its answer broke off. It is kept with the attempt, for whoever wants to see how far it came
-- and for what its vendor may bill; it is no answer, and nothing is ever made of it.
create table attempt_text (
  call_id blob not null,
  n integer not null,
  -- As much of its beginning as is worth keeping.
  text text not null check (length(text) between 1 and 16384),
  primary key (call_id, n),
  foreign key (call_id, n) references attempt(call_id, n)
) strict;

-- When a vendor that asked to be left alone may be asked again, of the work that waits for it or ended for it; 0 where none
-- has asked.
alter table operation add column may_go_on_at integer not null default 0 check (may_go_on_at >= 0);
