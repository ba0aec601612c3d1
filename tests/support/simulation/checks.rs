//! What must be so, asked with statements of our own from a connection of our own. Some of it holds at every commit,
//! some after each recovery, some once there is nothing left to do. Each rule names what it finds, so that a failing
//! seed says where to look.

mod outside;
mod rest;
mod times;
mod units;

use crate::simulation::press::Post;
use crate::simulation::truth::Truth;
use crate::simulation::vendor::Request;
use crate::stepped_store::SteppedStore;
use igny8_core::time::UtcMs;
use igny8_store::FindingKind;
use rusqlite::Connection;
use std::path::Path;

/// What the world outside knows, which the books are held against.
pub struct Outside<'a> {
    /// Everything that was asked of the vendor.
    pub requests: &'a [Request],
    /// What the user did and was told.
    pub truth: &'a Truth,
    /// Every post of the site.
    pub posts: &'a [Post],
    /// What time it is by the clock of the computer.
    pub now: UtcMs,
    /// And by that of the site.
    pub right: UtcMs,
    /// Things happen by themselves in this world when their time has come.
    pub keeps_times: bool,
}

/// A rule, and a query for whatever breaks it.
type Rule = (&'static str, &'static str);

/// Rules that hold at every commit.
const ALWAYS: &[Rule] = &[
    (
        "an account holds what its transfers moved",
        "select a.code from account a left join transfer t on a.id in (t.debit_id, t.credit_id)
           left join transfer r on r.hold_id = t.id
         group by a.id having
           a.debits_posted <> coalesce(sum(case when a.id = t.debit_id and t.kind in ('post', 'settle')
             then t.amount end), 0)
           or a.credits_posted <> coalesce(sum(case when a.id = t.credit_id and t.kind in ('post', 'settle')
             then t.amount end), 0)
           or a.debits_pending <> coalesce(sum(case when a.id = t.debit_id and t.kind = 'hold' and r.id is null
             then t.amount end), 0)
           or a.credits_pending <> coalesce(sum(case when a.id = t.credit_id and t.kind = 'hold' and r.id is null
             then t.amount end), 0)",
    ),
    (
        "the wallet covers what is held",
        "with moved as (select
             coalesce(sum(case when c.code = 'wallet' and t.kind in ('post', 'settle') then t.amount
               when d.code = 'wallet' and t.kind in ('post', 'settle') then -t.amount end), 0) as posted,
             coalesce(sum(case when d.code = 'wallet' and t.kind = 'hold' and r.id is null then t.amount end), 0) as held
           from transfer t join account c on c.id = t.credit_id join account d on d.id = t.debit_id
             left join transfer r on r.hold_id = t.id)
         select posted || ' < ' || held from moved where posted < held",
    ),
    (
        "granted = available + held + used + lapsed",
        "with moved as (select
             coalesce(sum(case when c.code = 'wallet' and t.kind = 'post' then t.amount end), 0) as granted,
             coalesce(sum(case when d.code = 'wallet' and t.kind = 'settle' then t.amount end), 0) as used,
             coalesce(sum(case when d.code = 'wallet' and c.code = 'lapsed' then t.amount end), 0) as lapsed
           from transfer t join account c on c.id = t.credit_id join account d on d.id = t.debit_id)
         select granted || ' <> ' || (credits_posted - debits_posted) || ' + ' || used || ' + ' || lapsed
         from moved, account where code = 'wallet' and granted <> credits_posted - debits_posted + used + lapsed",
    ),
    (
        "the statement sums to the balance",
        "select amount || ' <> ' || balance from (select
             (select coalesce(sum(amount), 0) from credit_transaction) as amount,
             (select credits_posted - debits_posted from account where code = 'wallet') as balance)
         where amount <> balance",
    ),
    (
        "each line of the statement says the balance after it",
        "select id from (select id, balance_after, sum(amount) over (order by id) as running from credit_transaction)
         where running <> balance_after",
    ),
    (
        "an open hold has an open call, and the other way round",
        "select 'hold ' || hex(h.id) from transfer h where h.kind = 'hold'
           and not exists (select 1 from transfer r where r.hold_id = h.id)
           and not exists (select 1 from call c where c.hold_id = h.id and c.state in ('held', 'sent', 'unknown'))
         union all
         select 'call ' || hex(c.id) from call c where c.state in ('held', 'sent', 'unknown')
           and exists (select 1 from transfer r where r.hold_id = c.hold_id)",
    ),
    (
        "a call says how its hold was resolved",
        "select hex(c.id) || ' ' || c.state from call c left join transfer r on r.hold_id = c.hold_id
         where (c.state = 'settled') <> (r.kind is 'settle') or (c.state = 'released') <> (r.kind is 'release')",
    ),
    (
        "a hold is resolved at most once and for at most its amount",
        "select hex(h.id) from transfer h join transfer r on r.hold_id = h.id
         group by h.id having count(*) > 1 or max(r.amount) > h.amount",
    ),
    (
        "a resolved call has one usage row that says the same",
        "select hex(c.id) || ' ' || coalesce(u.outcome, 'none') from call c
           left join transfer r on r.hold_id = c.hold_id left join usage_log u on u.call_id = c.id
         where (u.id is null) <> (r.id is null)
           or (r.kind = 'settle' and (u.outcome <> 'settled' or u.credits <> r.amount))
           or (r.kind = 'release' and (u.outcome <> 'released' or u.credits <> 0))",
    ),
    (
        "a resolved call has one line in the statement, and its last attempt is on record",
        "select hex(c.id) from call c join transfer r on r.hold_id = c.hold_id
         where (select count(*) from credit_transaction s where s.call_id = c.id
             and s.transfer_id = r.id and s.amount = -r.amount) <> 1
           or (select count(*) from credit_transaction s where s.call_id = c.id and s.transaction_type <> 'lapse') <> 1
           or not exists (select 1 from attempt a where a.call_id = c.id and a.n = c.attempts)",
    ),
    (
        "an operation's totals are those of its usage rows",
        "select hex(o.id) || ' ' || o.credits || ' ' || o.cost_nano from operation o
         where o.credits <> (select coalesce(sum(u.credits), 0) from usage_log u where u.operation_id = o.id)
           or o.cost_nano <> (select coalesce(sum(u.cost_nano), 0) from usage_log u where u.operation_id = o.id)",
    ),
    (
        "an operation counts its units as they ended",
        "select hex(o.id) || ' ' || o.units_done || '+' || o.units_failed from operation o
         where o.units_total <> (select count(*) from job j where j.operation_id = o.id)
           or o.units_done <> (select count(*) from job j where j.operation_id = o.id and j.state = 'done')
           or o.units_failed <> (select count(*) from job j where j.operation_id = o.id and j.state = 'failed')",
    ),
    (
        "each finished unit was paid for once, or used what was paid for",
        "select hex(o.id) || ' ' || o.units_done from operation o
         where o.units_done <> (select count(*) from usage_log u
           where u.operation_id = o.id and u.outcome in ('settled', 'reused'))",
    ),
    (
        "a unit that has ended keeps no hold",
        "select j.id || ' ' || j.state from job j join call c on c.job_id = j.id
         where j.state in ('done', 'failed', 'cancelled') and c.state in ('held', 'sent', 'unknown')",
    ),
    (
        "an operation is closed exactly when its units have ended",
        "select hex(o.id) || ' ' || o.status from operation o where (o.status = 'pending') <>
           exists (select 1 from job j where j.operation_id = o.id and j.state in ('ready', 'leased'))",
    ),
    (
        "a closed operation gave one notice, an open one none",
        "select hex(o.id) || ' ' || count(n.id) from operation o left join notification n on n.operation_id = o.id
         group by o.id having count(n.id) <> (o.status <> 'pending')",
    ),
    (
        "a closed operation that was begun has its records",
        "select hex(o.id) from operation o where o.status <> 'pending'
           and exists (select 1 from job j where j.operation_id = o.id and j.attempts > 0)
           and not (exists (select 1 from usage_log u where u.operation_id = o.id)
             and exists (select 1 from credit_transaction s where s.operation_id = o.id))",
    ),
    (
        "by the books too no unit was lost more than twice, and no call was sent for ever",
        "select 'unit ' || c.job_id from call c group by c.job_id having sum(c.attempts) - (select count(*)
           from attempt a join call d on d.id = a.call_id
           where d.job_id = c.job_id and a.outcome <> 'outcome_unknown') > 2
         union all
         select 'call ' || hex(id) from call where attempts > 5",
    ),
    (
        "what a request is made of again is kept while its call is open, and no longer",
        "select hex(a.call_id) from call_asked a join call c on c.id = a.call_id where c.resolved_at > 0",
    ),
    (
        "nobody pays twice for the same request",
        "select group_concat(hex(c.id)) from call c where c.state = 'settled'
         group by c.request_hash having count(*) > 1",
    ),
    (
        "an article, an idea and a picture are paid once for each wish",
        "select u.related_type || ' ' || u.related_id from usage_log u
           left join task t on u.related_type = 'task' and t.id = u.related_id
           left join image i on u.related_type = 'image' and i.id = u.related_id
         where u.outcome = 'settled' and u.related_type in ('task', 'image', 'cluster')
         group by u.related_type, u.related_id having count(*) > 1 + coalesce(t.variation, i.variation, 0)",
    ),
    (
        "what was paid for is kept, for whoever asks the same",
        "select u.id from usage_log u where u.outcome = 'settled' and u.call_id is not null
           and not exists (select 1 from answer a where a.usage_id = u.id)",
    ),
    (
        "a paid answer was paid for, and what used it cost nothing",
        "select 'answer ' || a.usage_id from answer a join usage_log u on u.id = a.usage_id where u.outcome <> 'settled'
         union all
         select 'usage ' || u.id from usage_log u left join usage_log p on p.id = u.reused_from
         where (u.outcome = 'reused') <> (u.reused_from is not null)
           or (u.outcome = 'reused' and (u.credits > 0 or u.cost_nano > 0 or p.outcome <> 'settled'
             or p.model_id <> u.model_id or p.operation_type <> u.operation_type))",
    ),
    (
        "what was asked for an article or a picture names it",
        "select u.id from usage_log u where u.call_id is not null and u.related_id = 0
           and u.operation_type in ('content_generation', 'image_prompt_extraction', 'image_generation')",
    ),
    (
        "what holds the cost of a lost answer is an estimate",
        "select u.id from usage_log u where u.is_estimated = 0 and exists (select 1 from attempt a
           where a.call_id = u.call_id and a.outcome = 'outcome_unknown' and a.cost_nano > 0
             and not exists (select 1 from attempt b where b.call_id = a.call_id and b.n > a.n
               and a.provider_request_id <> '' and b.provider_request_id = a.provider_request_id
               and (b.outcome = 'settled' or b.cost_nano > 0)))",
    ),
    (
        "each month is granted and lapses at most once",
        "select s.transaction_type || ' ' || s.memo from credit_transaction s join transfer t on t.id = s.transfer_id
           join account d on d.id = t.debit_id join account c on c.id = t.credit_id
         where d.code = 'budget' or (c.code = 'lapsed' and s.call_id is null)
         group by s.transaction_type, s.memo having count(*) > 1",
    ),
    (
        "of each month that has turned lapsed what was not drawn",
        "with turned as (select m.seq, m.granted, m.drawn,
             (select min(n.seq) from budget_month n where n.seq > m.seq) as turn from budget_month m)
         select seq || ' ' || granted || ' - ' || drawn from turned where turn is not null
           and max(granted - drawn, 0) <> (select coalesce(sum(t.amount), 0) from transfer t
             join account c on c.id = t.credit_id left join credit_transaction s on s.transfer_id = t.id
             left join transfer h on h.id = s.call_id and h.kind = 'hold'
             where t.kind = 'post' and c.code = 'lapsed' and coalesce(h.seq, t.seq) between turned.seq and turned.turn)",
    ),
    (
        "a cap counts what its calls hold and have used, and is kept",
        "select p.key || ' ' || p.held || '+' || p.used from cap p
           left join call_cap l on l.cap_id = p.id left join call c on c.id = l.call_id
           left join transfer h on h.id = c.hold_id left join transfer r on r.hold_id = h.id
         group by p.id having p.held <> coalesce(sum(case when r.id is null then h.amount end), 0)
           or p.used <> coalesce(sum(r.amount), 0) or p.held + p.used > p.ceiling",
    ),
    (
        "every call counts against the month, the day and the month of its site",
        "select hex(c.id) from call c left join call_cap l on l.call_id = c.id left join cap p on p.id = l.cap_id
         group by c.id having count(distinct p.scope) filter (where p.scope in ('month', 'day', 'site')) <> 3",
    ),
    (
        "a call of a run counts against the run and its function's share",
        "select hex(c.id) from call c join operation o on o.id = c.operation_id
         where o.run_id is not null and (select count(*) from call_cap l join cap p on p.id = l.cap_id
           where l.call_id = c.id and p.key in ('run:' || lower(hex(o.run_id)),
             'share:' || lower(hex(o.run_id)) || ':' || o.function_name)) <> 2",
    ),
    (
        "published means proved",
        "select c.id || ' ' || c.delivery from content c where c.delivery = 'published'
           and not exists (select 1 from publication p where p.content_id = c.id and p.external_id = c.external_id)
         union all
         select 'proof ' || p.id from publication p join outbox o on o.id = p.outbox_id where o.state <> 'done'",
    ),
    (
        "a delivery that is over is proved, unless its article was thought better of",
        "select hex(o.id) from outbox o where o.state = 'done'
           and not exists (select 1 from publication p where p.outbox_id = o.id)
           and not exists (select 1 from witness_planned w where w.content_id = o.content_id)",
    ),
    (
        "an article is on its way for as long as its delivery is open",
        "select c.id || ' ' || c.delivery from content c where c.delivery = 'publishing' and not
           exists (select 1 from outbox o where o.content_id = c.id and o.state in ('pending', 'drafted', 'updated'))
         union all
         select c.id || ' ' || c.delivery || ', open' from content c join outbox o on o.content_id = c.id
         where o.state in ('pending', 'drafted', 'updated') and c.delivery not in ('publishing', 'scheduled')
           and c.removed_at = 0 and c.handed_for = 0 and o.lease = x'' and o.remote_id = '' and o.attempts = 0",
    ),
];

/// Rules that hold when a start has recovered and nothing was begun yet.
const RECOVERED: &[Rule] = &[
    ("no unit is leased by a process that ended", "select id from job where state = 'leased'"),
    ("no delivery is in the hands of a process that ended", "select hex(id) from outbox where lease <> x''"),
    ("no call counts as sent that a process sent that ended", "select hex(id) from call where state = 'sent'"),
];

/// What holds at every commit. Returns what does not.
pub fn always(file: &Connection, outside: &Outside<'_>) -> Vec<String> {
    let mut broken = [ALWAYS, times::ALWAYS].map(|rules| broken(file, rules)).concat();
    broken.extend(outside::broken(file, outside));
    times::broken(file, outside, &mut broken);
    broken
}

/// What holds besides when a start has recovered.
pub fn recovered(file: &Connection) -> Vec<String> {
    broken(file, RECOVERED)
}

/// What holds besides when there is nothing left to do.
pub fn at_rest(file: &Connection, outside: &Outside<'_>) -> Vec<String> {
    rest::broken(file, outside)
}

/// What the product's own auditor finds once there is nothing left to do. The triggers of the witnesses are no part of
/// the product.
pub fn audited(database: &Path) -> Vec<String> {
    let mut store = SteppedStore::open(database).expect("the store opens");
    let audit = store.read(|read| read.audit_in_full()).expect("the books can be read");
    let findings = audit.findings.into_iter().filter(|finding| finding.kind != FindingKind::Schema);
    findings.map(|finding| format!("the audit in full found {finding:?}")).collect()
}

fn broken(file: &Connection, rules: &[Rule]) -> Vec<String> {
    let mut broken = Vec::new();
    for (rule, query) in rules {
        let mut statement = file.prepare_cached(query).unwrap_or_else(|error| panic!("{rule}: {error}"));
        let mut rows = statement.query([]).unwrap_or_else(|error| panic!("{rule}: {error}"));
        while let Some(row) = rows.next().unwrap_or_else(|error| panic!("{rule}: {error}")) {
            broken.push(format!("{rule}: {}", shown(row.get_ref(0).expect("one column"))));
        }
    }
    broken
}

fn shown(value: rusqlite::types::ValueRef<'_>) -> String {
    match value {
        rusqlite::types::ValueRef::Integer(number) => number.to_string(),
        rusqlite::types::ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
        other => format!("{other:?}"),
    }
}
