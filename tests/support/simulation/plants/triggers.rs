//! The planted mistakes as statements. `raise(ignore)` drops the write that a trigger comes before; a trigger that
//! writes something else first has changed it.

mod times;

use super::Plant;

/// What puts a mistake into a file; nothing for those that stand elsewhere.
pub(super) const fn of(plant: Plant) -> &'static str {
    match plant {
        Plant::RecoversNothing | Plant::PublishesAtOnce => "",
        Plant::ChargesApart => CHARGES_APART,
        Plant::HoldsWithoutCall => HOLDS_WITHOUT_CALL,
        Plant::KeepsLeases => KEEPS_LEASES,
        Plant::ForgetsSends => FORGETS_SENDS,
        Plant::ReleasesResults => RELEASES_RESULTS,
        Plant::ChargesTheEstimate => CHARGES_THE_ESTIMATE,
        Plant::ChargesLostAnswers => CHARGES_LOST_ANSWERS,
        Plant::RefundsTwice => REFUNDS_TWICE,
        Plant::ChargesTwice => CHARGES_TWICE,
        Plant::HoldsNothing => HOLDS_NOTHING,
        Plant::UnguardsTheWallet => UNGUARDS_THE_WALLET,
        Plant::KeepsReservations => KEEPS_RESERVATIONS,
        Plant::RefundsOneSide => REFUNDS_ONE_SIDE,
        Plant::GrantsTwice => GRANTS_TWICE,
        Plant::TurnsTheMonthTwice => TURNS_THE_MONTH_TWICE,
        Plant::ForgetsTotals => FORGETS_TOTALS,
        Plant::CountsCancelledAsDone => COUNTS_CANCELLED_AS_DONE,
        Plant::NotifiesTwice => NOTIFIES_TWICE,
        Plant::HidesFailures => HIDES_FAILURES,
        Plant::ForgetsReleasedUsage => FORGETS_RELEASED_USAGE,
        Plant::IgnoresCaps => IGNORES_CAPS,
        Plant::IgnoresTheSwitch => IGNORES_THE_SWITCH,
        Plant::LosesArticles => LOSES_ARTICLES,
        Plant::AnswersOthers => ANSWERS_OTHERS,
        Plant::KeepsUnderAnother => KEEPS_UNDER_ANOTHER,
        Plant::ForgetsLostCost => FORGETS_LOST_COST,
        Plant::ForgetsAnswers => FORGETS_ANSWERS,
        Plant::PricesCacheAsInput => PRICES_CACHE_AS_INPUT,
        Plant::AsksUnderAnother => ASKS_UNDER_ANOTHER,
        Plant::CountsNoLoss => COUNTS_NO_LOSS,
        Plant::BeginsOffTheRecord => times::BEGINS_OFF_THE_RECORD,
        Plant::PassesOverTimes => times::PASSES_OVER_TIMES,
        Plant::HidesMissedRuns => times::HIDES_MISSED_RUNS,
        Plant::HidesMissedArticles => times::HIDES_MISSED_ARTICLES,
    }
}

const ASKS_UNDER_ANOTHER: &str = "
    create trigger planted after update of state on call when new.state = 'unknown'
    begin update call set request_hash = cast(substr(old.request_hash, 1, 30) || x'4B41' as blob) where id = new.id; end;";

/// It is put down as what was never sent, with its cost.
const COUNTS_NO_LOSS: &str = "
    create trigger planted before insert on attempt when new.outcome = 'outcome_unknown'
    begin
      insert into attempt (call_id, n, outcome, provider_request_id, cost_nano, at)
        values (new.call_id, new.n, 'not_sent', new.provider_request_id, new.cost_nano, new.at);
      select raise(ignore);
    end;";

const HOLDS_WITHOUT_CALL: &str = "
    create trigger planted before insert on call when new.hold_id is not null
    begin select raise(ignore); end;";

const KEEPS_LEASES: &str = "
    create trigger planted before update on job
    when old.state = 'leased' and new.state = 'ready' and new.lease_token > old.lease_token
    begin select raise(ignore); end;";

const FORGETS_SENDS: &str = "
    create trigger planted after update of attempts on call when new.attempts > old.attempts
    begin update call set attempts = old.attempts where id = new.id; end;";

const RELEASES_RESULTS: &str = "
    create trigger planted before insert on transfer when new.kind = 'settle'
    begin
      insert into transfer (id, kind, debit_id, credit_id, amount, hold_id, call_id, at)
        values (new.id, 'release', new.debit_id, new.credit_id, 0, new.hold_id, new.call_id, new.at);
      select raise(ignore);
    end;";

const FORGETS_TOTALS: &str = "
    create trigger planted before update of credits on operation when new.credits > old.credits
      and new.units_done = 1
    begin select raise(ignore); end;";

const COUNTS_CANCELLED_AS_DONE: &str = "
    create trigger planted after update of state on job when new.state = 'cancelled'
    begin update operation set units_done = units_done + 1 where id = new.operation_id; end;";

const NOTIFIES_TWICE: &str = "
    create trigger planted after insert on notification
    when new.operation_id is not null and new.severity = 'error' and new.dedupe not like '% again'
    begin
      insert into notification (notification_type, severity, site_id, operation_id, related_type, params, dedupe,
          created_at)
        values (new.notification_type, new.severity, new.site_id, new.operation_id, new.related_type, new.params,
          new.dedupe || ' again', new.created_at);
    end;";

const HIDES_FAILURES: &str = "
    create trigger planted before insert on notification when new.severity = 'error'
    begin select raise(ignore); end;";

const FORGETS_RELEASED_USAGE: &str = "
    create trigger planted before insert on usage_log when new.outcome = 'released'
    begin select raise(ignore); end;";

const IGNORES_CAPS: &str = "
    create trigger planted before insert on call_cap begin select raise(ignore); end;";

const IGNORES_THE_SWITCH: &str = "
    create trigger planted after update on spending_switch when new.stopped_at > 0
    begin update spending_switch set stopped_at = 0 where id = 1; end;";

const LOSES_ARTICLES: &str = "
    create trigger planted before insert on content_version when new.origin = 'model'
    begin select raise(ignore); end;";

/// The charge waits in a table that stands for the memory of the process: a crash empties it.
const CHARGES_APART: &str = "
    create table later_transfer (id, kind, debit_id, credit_id, amount, hold_id, call_id, at);
    create table later_line (transfer_id, operation_id, call_id, transaction_type, operation_type, amount, memo, at);
    create table later_now (is_now);
    create trigger planted before insert on transfer
    when new.kind = 'settle' and not exists (select 1 from later_now)
    begin
      insert into later_transfer
        values (new.id, new.kind, new.debit_id, new.credit_id, new.amount, new.hold_id, new.call_id, new.at);
      select raise(ignore);
    end;
    create trigger planted_line before insert on credit_transaction
    when new.transaction_type = 'deduction' and new.call_id is not null and not exists (select 1 from later_now)
    begin
      insert into later_line values (new.transfer_id, new.operation_id, new.call_id, new.transaction_type,
        new.operation_type, new.amount, new.memo, new.at);
      select raise(ignore);
    end;";

/// The second commit.
pub(super) const LATER: &str = "
    begin immediate;
    insert into later_now values (1);
    insert into transfer (id, kind, debit_id, credit_id, amount, hold_id, call_id, at) select * from later_transfer;
    insert into credit_transaction (transfer_id, operation_id, call_id, transaction_type, operation_type, amount,
        balance_after, memo, at)
      select l.transfer_id, l.operation_id, l.call_id, l.transaction_type, l.operation_type, l.amount,
        (select coalesce(sum(amount), 0) from credit_transaction)
          + sum(l.amount) over (order by l.rowid), l.memo, l.at from later_line l;
    delete from later_transfer;
    delete from later_line;
    delete from later_now;
    commit;";

const CHARGES_THE_ESTIMATE: &str = "
    create trigger planted before insert on transfer
    when new.kind = 'settle' and new.amount < (select amount from transfer where id = new.hold_id)
    begin
      insert into transfer (id, kind, debit_id, credit_id, amount, hold_id, call_id, at)
        select new.id, new.kind, new.debit_id, new.credit_id, amount, new.hold_id, new.call_id, new.at
        from transfer where id = new.hold_id;
      select raise(ignore);
    end;
    create trigger planted_line before insert on credit_transaction
    when new.transfer_id is not null and new.call_id is not null
      and new.amount <> -(select amount from transfer where id = new.transfer_id)
    begin
      insert into credit_transaction (transfer_id, operation_id, call_id, transaction_type, operation_type, amount,
          balance_after, memo, at)
        select new.transfer_id, new.operation_id, new.call_id, new.transaction_type, new.operation_type, -amount,
          new.balance_after, new.memo, new.at from transfer where id = new.transfer_id;
      select raise(ignore);
    end;";

const CHARGES_LOST_ANSWERS: &str = "
    create trigger planted before insert on transfer
    when new.kind = 'release' and (select attempts from call where id = new.call_id) > 1
    begin
      insert into transfer (id, kind, debit_id, credit_id, amount, hold_id, call_id, at)
        select new.id, 'settle', new.debit_id, new.credit_id, amount, new.hold_id, new.call_id, new.at
        from transfer where id = new.hold_id;
      select raise(ignore);
    end;";

/// The refund has an id of its own each time, so that nothing collides.
const REFUNDS_TWICE: &str = "
    create trigger planted after insert on transfer when new.kind = 'release'
    begin
      insert into transfer (id, kind, debit_id, credit_id, amount, at)
        select cast(substr(new.id, 1, 14) || x'5256' as blob), 'post', 2, new.debit_id, amount, new.at
        from transfer where id = new.hold_id;
      insert into credit_transaction (transfer_id, transaction_type, amount, balance_after, memo, at)
        select t.id, 'grant', t.amount, a.credits_posted - a.debits_posted, 'refund', t.at
        from transfer t, account a where t.id = cast(substr(new.id, 1, 14) || x'5256' as blob) and a.id = new.debit_id;
    end;";

const CHARGES_TWICE: &str = "
    create trigger planted after insert on transfer when new.kind = 'settle'
      and new.amount <= (select credits_posted - debits_posted - debits_pending from account where id = new.debit_id)
    begin
      insert into transfer (id, kind, debit_id, credit_id, amount, at)
        values (cast(substr(new.id, 1, 14) || x'5256' as blob), 'post', new.debit_id, new.credit_id, new.amount, new.at);
      insert into credit_transaction (transfer_id, transaction_type, amount, balance_after, memo, at)
        select t.id, 'deduction', -t.amount, a.credits_posted - a.debits_posted, 'retried', t.at
        from transfer t, account a where t.id = cast(substr(new.id, 1, 14) || x'5256' as blob) and a.id = new.debit_id;
    end;";

/// Pending amounts stay at nothing, and no rule of the file stands behind that: a check before the call and a charge after
/// it, with nothing in between. One call at a time is still refused what the wallet does not cover.
const HOLDS_NOTHING: &str = "
    drop trigger transfer_hold;
    drop trigger transfer_resolve;
    create trigger transfer_resolve after insert on transfer when new.kind in ('settle', 'release')
    begin
      update account set debits_posted = debits_posted + new.amount where id = new.debit_id;
      update account set credits_posted = credits_posted + new.amount where id = new.credit_id;
    end;
    pragma writable_schema = on;
    update sqlite_schema set sql = replace(sql,
      'check (no_overdraft = 0 or debits_posted + debits_pending <= credits_posted)', 'check (true)')
      where name = 'account';
    update sqlite_schema set sql = replace(sql, 'check (balance_after >= 0)', '') where name = 'credit_transaction';
    pragma writable_schema = reset;";

const UNGUARDS_THE_WALLET: &str = "update account set no_overdraft = 0 where code = 'wallet';";

const KEEPS_RESERVATIONS: &str = "
    drop trigger cap_resolve;
    create trigger cap_resolve after insert on transfer when new.kind = 'settle'
    begin
      update cap set
        held = held - (select amount from transfer where id = new.hold_id),
        used = used + new.amount
      where id in (select cap_id from call_cap where call_id = new.call_id);
    end;";

const REFUNDS_ONE_SIDE: &str = "
    drop trigger transfer_resolve;
    create trigger transfer_resolve after insert on transfer when new.kind in ('settle', 'release')
    begin
      update account set
        debits_pending = debits_pending - (select amount from transfer where id = new.hold_id),
        debits_posted = debits_posted + new.amount
      where id = new.debit_id;
      update account set
        credits_pending = credits_pending - (select amount from transfer where id = new.hold_id),
        credits_posted = credits_posted + new.amount
      where id = new.credit_id and new.kind = 'settle';
    end;";

const GRANTS_TWICE: &str = "
    create trigger planted after insert on credit_transaction
    when new.transaction_type = 'grant' and new.memo like 'grant %'
      and exists (select 1 from transfer where id = new.transfer_id and substr(hex(id), 29, 4) <> '4756')
    begin
      insert into transfer (id, kind, debit_id, credit_id, amount, at)
        select cast(substr(id, 1, 14) || x'4756' as blob), kind, debit_id, credit_id, amount, at
        from transfer where id = new.transfer_id;
      insert into credit_transaction (transfer_id, transaction_type, amount, balance_after, memo, at)
        values (cast(substr(new.transfer_id, 1, 14) || x'4756' as blob), 'grant', new.amount, new.balance_after + new.amount,
          new.memo, new.at);
    end;";

const TURNS_THE_MONTH_TWICE: &str = "
    create trigger planted after insert on operation
    when exists (select 1 from transfer where debit_id = 1)
      and (select count(*) from transfer where debit_id = 1) < 5
    begin
      insert into transfer (id, kind, debit_id, credit_id, amount, at)
        select cast(substr(new.id, 1, 14) || x'4D56' as blob), 'post', debit_id, credit_id, amount, new.created_at
        from transfer where debit_id = 1 order by seq desc limit 1;
      insert into credit_transaction (transfer_id, transaction_type, amount, balance_after, memo, at)
        select t.id, 'grant', t.amount, a.credits_posted - a.debits_posted,
          (select s.memo from credit_transaction s join transfer b on b.id = s.transfer_id
            where b.debit_id = 1 order by s.id limit 1), t.at
        from transfer t, account a where t.id = cast(substr(new.id, 1, 14) || x'4D56' as blob) and a.id = 3;
    end;";

/// A hash that leaves out what was asked: the next request of the same kind gets the last answer.
const ANSWERS_OTHERS: &str = "
    drop table answer;
    create table answer (request_hash blob primary key, usage_id integer not null, body text not null,
      media_hash text not null default '', media_type text not null default '', width integer not null default 0,
      height integer not null default 0, bytes integer not null default 0, at integer not null) without rowid;
    create trigger planted after insert on call
    begin
      insert or ignore into answer
        select new.request_hash, a.usage_id, a.body, a.media_hash, a.media_type, a.width, a.height, a.bytes, a.at
        from answer a join usage_log u on u.id = a.usage_id join operation o on o.id = new.operation_id
          join operation p on p.id = u.operation_id and p.function_name = o.function_name
        order by a.usage_id desc limit 1;
    end;";

/// Both copies of the hash are wrong in the same way.
const KEEPS_UNDER_ANOTHER: &str = "
    create trigger planted before insert on answer when hex(substr(new.request_hash, 31, 2)) <> '4B41'
    begin
      update call set request_hash = cast(substr(new.request_hash, 1, 30) || x'4B41' as blob)
        where id = (select call_id from usage_log where id = new.usage_id);
      insert into answer (request_hash, usage_id, body, media_hash, media_type, width, height, bytes, at)
        values (cast(substr(new.request_hash, 1, 30) || x'4B41' as blob), new.usage_id, new.body, new.media_hash,
          new.media_type, new.width, new.height, new.bytes, new.at);
      select raise(ignore);
    end;";

const FORGETS_LOST_COST: &str = "
    create trigger planted before insert on attempt when new.outcome = 'outcome_unknown' and new.cost_nano > 0
    begin
      insert into attempt (call_id, n, outcome, provider_request_id, cost_nano, at)
        values (new.call_id, new.n, new.outcome, new.provider_request_id, 0, new.at);
      select raise(ignore);
    end;";

const FORGETS_ANSWERS: &str = "
    create trigger planted before insert on answer begin select raise(ignore); end;";

/// A record is never changed once it stands, so that the wrong one is written in its place; what is kept of the answer
/// and of its words then names the record that is there.
const PRICES_CACHE_AS_INPUT: &str = "
    create table planted_now (is_now);
    create trigger planted before insert on usage_log
    when new.outcome = 'settled' and new.tokens_cached > 0 and not exists (select 1 from planted_now)
    begin
      insert into planted_now values (1);
      insert into usage_log (call_id, operation_id, operation_type, site_id, model_id, related_type, related_id, outcome,
          credits, cost_nano, credit_value_nano, tokens_input, tokens_cached, tokens_cache_write, tokens_output,
          tokens_reasoning, tokens_image_input, tokens_image_output, images, is_estimated, reused_from, at)
        values (new.call_id, new.operation_id, new.operation_type, new.site_id, new.model_id, new.related_type,
          new.related_id, new.outcome, new.credits, new.cost_nano + 150 * new.tokens_cached, new.credit_value_nano,
          new.tokens_input, new.tokens_cached, new.tokens_cache_write, new.tokens_output, new.tokens_reasoning,
          new.tokens_image_input, new.tokens_image_output, new.images, new.is_estimated, new.reused_from, new.at);
      delete from planted_now;
      select raise(ignore);
    end;
    create trigger planted_answer before insert on answer
    when new.usage_id <> (select max(id) from usage_log)
    begin
      insert into answer (request_hash, usage_id, body, media_hash, media_type, width, height, bytes, at)
        values (new.request_hash, (select max(id) from usage_log), new.body, new.media_hash, new.media_type, new.width,
          new.height, new.bytes, new.at);
      select raise(ignore);
    end;
    create trigger planted_prompt before insert on usage_prompt
    when new.usage_id <> (select max(id) from usage_log)
    begin
      insert into usage_prompt (usage_id, kind, version_id, built_in)
        values ((select max(id) from usage_log), new.kind, new.version_id, new.built_in);
      select raise(ignore);
    end;";
