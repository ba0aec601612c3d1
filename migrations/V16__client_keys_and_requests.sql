-- Commands that come twice, commands of a process that has not the folder, and what a month has used by key. A click
-- that is sent again must not move money again; a stop must not wait until a window is closed; and the balance is read
-- for every screen, so that it must not be a walk through the month.

-- Commands that carried a key, with what they answered. The same key again is the same command: it is answered from
-- here and does nothing. A key that comes with something else is refused.
create table client_key (
  key blob primary key check (length(key) = 16),
  -- SHA-256 of the command and what was asked of it.
  request_hash blob not null check (length(request_hash) = 32),
  answer text not null check (json_valid(answer)),
  at integer not null
) strict, without rowid;

-- What a process beside the one that has the folder asks of it. Putting a row here is all that it may write.
create table run_request (
  id integer primary key,
  command text not null check (command in ('run_cancel', 'spending_stop', 'spending_resume')),
  -- 0 where it is about no site.
  site_id integer not null default 0,
  at integer not null,
  -- When it was obeyed; 0 before.
  served_at integer not null default 0,
  check ((command = 'run_cancel') = (site_id > 0))
) strict;
create index run_request_waiting on run_request(id) where served_at = 0;

-- Months that the clock named before the first that a budget was granted for: it was ahead then. A month after one of
-- these has its turn, although the first grant is of a later one.
create table month_before (
  month text primary key check (month glob '[0-9][0-9][0-9][0-9]-[0-9][0-9]'),
  at integer not null
) strict, without rowid;

-- The time from one monthly grant to the next. The ledger's triggers move it, like the balances.
create table budget_month (
  -- The grant's place in the ledger; 0 for the time before the first.
  seq integer primary key,
  granted integer not null,
  -- Taken or kept back by holds placed in it.
  drawn integer not null default 0,
  -- Settled in it, whenever it was held.
  used integer not null default 0
) strict;
insert into budget_month (seq, granted) values (0, 0);
insert into budget_month (seq, granted) select seq, amount from transfer where kind = 'post' and debit_id = 1;
update budget_month set
  drawn = coalesce((
    select sum(coalesce(r.amount, h.amount)) from transfer h left join transfer r on r.hold_id = h.id
    where h.kind = 'hold' and budget_month.seq = (select max(m.seq) from budget_month m where m.seq < h.seq)), 0),
  used = coalesce((
    select sum(s.amount) from transfer s
    where s.kind = 'settle' and budget_month.seq = (select max(m.seq) from budget_month m where m.seq < s.seq)), 0);

create trigger month_grant after insert on transfer
when new.kind = 'post' and new.debit_id = 1
begin
  insert into budget_month (seq, granted) values (new.seq, new.amount);
end;

create trigger month_hold after insert on transfer
when new.kind = 'hold'
begin
  update budget_month set drawn = drawn + new.amount where seq = (select max(seq) from budget_month);
end;

create trigger month_resolve after insert on transfer
when new.kind in ('settle', 'release')
begin
  update budget_month set drawn = drawn + new.amount - (select amount from transfer where id = new.hold_id)
  where seq = (
    select max(m.seq) from budget_month m where m.seq < (select seq from transfer where id = new.hold_id));
  update budget_month set used = used + new.amount where seq = (select max(seq) from budget_month);
end;
