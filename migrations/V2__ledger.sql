-- Money. Double entry; a transfer is never changed or removed; a hold resolves at most once and for at most its amount;
-- balances are moved by these triggers alone. The writer's authorizer refuses every other way to touch them.

create table account (
  id integer primary key,
  code text not null unique check (code in ('budget', 'extra', 'wallet', 'usage', 'lapsed', 'shortfall', 'lost')),
  no_overdraft integer not null check (no_overdraft in (0, 1)),
  debits_pending integer not null default 0 check (debits_pending >= 0),
  debits_posted integer not null default 0 check (debits_posted >= 0),
  credits_pending integer not null default 0 check (credits_pending >= 0),
  credits_posted integer not null default 0 check (credits_posted >= 0),
  check (no_overdraft = 0 or debits_posted + debits_pending <= credits_posted)
) strict;

-- budget: where monthly grants come from. extra: where bought or gifted credits come from. wallet: what can be spent.
-- usage: what was spent. lapsed: unspent monthly credits of past months. shortfall: what vendors took beyond a hold.
-- lost: what attempts cost that left no result.
insert into account (id, code, no_overdraft) values
  (1, 'budget', 0), (2, 'extra', 0), (3, 'wallet', 1), (4, 'usage', 0), (5, 'lapsed', 0), (6, 'shortfall', 0),
  (7, 'lost', 0);

create table transfer (
  seq integer primary key autoincrement,
  id blob not null unique check (length(id) = 16),
  kind text not null check (kind in ('post', 'hold', 'settle', 'release')),
  debit_id integer not null references account(id),
  credit_id integer not null references account(id),
  amount integer not null check (amount between 0 and 4000000000000000),
  hold_id blob references transfer(id),
  call_id blob check (call_id is null or length(call_id) = 16),
  at integer not null,
  memo text not null default '',
  check (debit_id <> credit_id),
  check (kind <> 'release' or amount = 0),
  check ((kind in ('settle', 'release')) = (hold_id is not null))
) strict;
create unique index transfer_one_resolution on transfer(hold_id) where hold_id is not null;
create index transfer_by_call on transfer(call_id) where call_id is not null;

create trigger transfer_is_immutable before update on transfer
begin
  select raise(abort, 'transfers are immutable');
end;

create trigger transfer_is_permanent before delete on transfer
begin
  select raise(abort, 'transfers are permanent');
end;

create trigger transfer_resolves_a_hold before insert on transfer
when new.kind in ('settle', 'release')
begin
  select raise(abort, 'no such hold')
  where not exists (select 1 from transfer h where h.id = new.hold_id and h.kind = 'hold');
  select raise(abort, 'resolution differs from its hold')
  where exists (
    select 1 from transfer h where h.id = new.hold_id
      and (h.debit_id <> new.debit_id or h.credit_id <> new.credit_id or new.amount > h.amount
           or h.call_id is not new.call_id));
end;

create trigger transfer_post after insert on transfer
when new.kind = 'post'
begin
  update account set debits_posted = debits_posted + new.amount where id = new.debit_id;
  update account set credits_posted = credits_posted + new.amount where id = new.credit_id;
end;

create trigger transfer_hold after insert on transfer
when new.kind = 'hold'
begin
  update account set debits_pending = debits_pending + new.amount where id = new.debit_id;
  update account set credits_pending = credits_pending + new.amount where id = new.credit_id;
end;

create trigger transfer_resolve after insert on transfer
when new.kind in ('settle', 'release')
begin
  update account set
    debits_pending = debits_pending - (select amount from transfer where id = new.hold_id),
    debits_posted = debits_posted + new.amount
  where id = new.debit_id;
  update account set
    credits_pending = credits_pending - (select amount from transfer where id = new.hold_id),
    credits_posted = credits_posted + new.amount
  where id = new.credit_id;
end;

-- The model catalogue. A changed price is a new row; calls keep the row they were held under. Prices are canonical
-- decimal text in US dollars per 1,000 tokens or per image; '' means unknown, and unknown refuses.
create table model (
  id integer primary key autoincrement,
  provider text not null check (length(provider) between 1 and 100),
  model_name text not null check (length(model_name) between 1 and 200),
  display_name text not null,
  model_type text not null check (model_type in ('text', 'image')),
  is_active integer not null check (is_active in (0, 1)),
  is_default integer not null default 0 check (is_default in (0, 1)),
  cost_per_1k_input text not null default '',
  cost_per_1k_output text not null default '',
  cost_per_1k_cached_input text not null default '',
  cost_per_image text not null default '',
  -- Micro-credits; -1 means unpriced.
  credits_per_image integer not null default -1 check (credits_per_image >= -1),
  -- -1 means unpriced.
  tokens_per_credit integer not null default -1 check (tokens_per_credit = -1 or tokens_per_credit > 0),
  -- Micro-credits.
  min_credits integer not null default 0 check (min_credits >= 0),
  context_tokens integer not null default 0 check (context_tokens >= 0),
  max_output_tokens integer not null default 0 check (max_output_tokens >= 0),
  items_per_call integer not null default 1 check (items_per_call >= 1),
  retires_on integer not null default 0,
  replaced_by text not null default '',
  priced_at integer not null,
  created_at integer not null
) strict;
create unique index model_current on model(provider, model_name) where is_active = 1;
create unique index model_one_default on model(model_type) where is_default = 1;
