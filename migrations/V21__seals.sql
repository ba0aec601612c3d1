-- What a call leaves on record and no second row repeats: whether its consumption was counted or guessed, what it was
-- for, how each of its attempts ended, when, at which cost and under which number of the vendor's, what the model was
-- called, and what it answered. Changed by hand, such a value would look as if it had always been there. So the commit
-- that writes the rows writes their digests beside them, and the auditor holds the two against each other.

-- Of the usage record, of the model's name, of the hold and of each attempt, 16 bytes each, one behind the other; empty while
-- the call is open, and for calls that were resolved before this was kept.
alter table call add column seal blob not null default x''
  check (seal = x'' or (length(seal) >= 64 and length(seal) % 16 = 0));
-- Of what was answered; empty where nothing was paid for, and for calls as above.
alter table call add column answer_seal blob not null default x'' check (length(answer_seal) in (0, 16));

-- What a limit is about, and what a run may spend, do not change while it counts; empty for those of before.
alter table cap add column seal blob not null default x'' check (length(seal) in (0, 16));

-- Settings that were made, each with the digest of what it says: one that is taken away would read as one that was never
-- made. The digest is empty for settings of before.
create table setting_seal (
  key text primary key,
  seal blob not null check (length(seal) in (0, 16))
) strict, without rowid;
insert into setting_seal (key, seal) select key, x'' from setting;

-- Behind which transfer, which usage record and which limit rows carry digests. Without it, taking all digests away would make a call
-- look like one of before.
create table sealed_from (
  id integer primary key check (id = 1),
  transfer_seq integer not null,
  usage_id integer not null,
  cap_id integer not null
) strict;
insert into sealed_from (id, transfer_seq, usage_id, cap_id) values (1,
  (select coalesce(max(seq), 0) from transfer), (select coalesce(max(id), 0) from usage_log),
  (select coalesce(max(id), 0) from cap));
