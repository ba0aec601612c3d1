-- What nobody could tell from what the app had written: credits that somebody put in past it, with their line and their
-- sums; the word about credits that were given; which paid answer an item was given again. So the commit that writes such
-- a row writes its digest into it, as V21 does for calls, and from here on no number of a row is left out, so that one that
-- is taken away leaves a gap.

-- Of a posting: 16 bytes of what it moved and under which number, and 16 of the word in its line of the statement. Holds
-- and what resolves them are sealed with their call.
alter table transfer add column seal blob not null default x'' check (length(seal) in (0, 32));
-- Of what was free: used again or refused. What a call consumed is sealed with the call.
alter table usage_log add column seal blob not null default x'' check (length(seal) in (0, 16));

-- Behind which rows this holds.
alter table sealed_from add column post_seq integer not null default 0;
alter table sealed_from add column free_id integer not null default 0;
alter table sealed_from add column line_id integer not null default 0;
update sealed_from set
  post_seq = (select coalesce(max(seq), 0) from transfer),
  free_id = (select coalesce(max(id), 0) from usage_log),
  line_id = (select coalesce(max(id), 0) from credit_transaction);
