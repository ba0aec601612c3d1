-- A hold that is resolved after its month has turned gives back what it did not take, and of that the month's budget
-- lapses, as it does at the turn: unspent monthly credits do not become credits that never lapse. The auditor holds what
-- lapsed of each month against what was granted and drawn in it.

-- What of an unspent budget did not lapse: it came back after the turn, before this was kept. It stays in the wallet.
alter table budget_month add column stays integer not null default 0;
update budget_month set stays = max(granted - drawn, 0) - coalesce((
    select t.amount from transfer t
    where t.kind = 'post' and t.debit_id = 3 and t.credit_id = 5
      and t.seq = (select min(n.seq) from budget_month n where n.seq > budget_month.seq) - 1), 0)
  where seq < (select max(seq) from budget_month);
