//! What nobody may do to the books, tried with statements of the kind a bug or a careless migration would run.

use super::{books, funded, held};
use crate::StoreError;
use crate::fixture::{NOW, settlement};
use igny8_core::money::Credits;

/// Refused to the writer by its authorizer, before the statement runs.
const FORBIDDEN: &[&str] = &[
    "update account set credits_posted = credits_posted + 1 where id = 3",
    "update account set no_overdraft = 0",
    "insert into account (id, code, no_overdraft) values (8, 'lost', 0)",
    "delete from account where id = 7",
    "update transfer set amount = 0",
    "delete from transfer",
    "delete from transfer where seq = 1",
    "update credit_transaction set amount = 0",
    "delete from credit_transaction",
    "update usage_log set credits = 0",
    "delete from usage_log",
    "update attempt set cost_nano = 0",
    "delete from attempt",
    "delete from call",
    "update budget_month set used = 0",
    "insert into budget_month (seq, granted) values (9, 1)",
    "delete from budget_month",
    "update client_key set answer = '1'",
    "delete from client_key",
    "update sealed_from set transfer_seq = 9",
    "delete from sealed_from",
    "delete from setting",
    "delete from setting_seal",
    "delete from model",
    "drop trigger transfer_is_immutable",
    "drop trigger transfer_post",
    "drop index transfer_one_resolution",
    "drop table transfer",
    "drop view igny8_billing_credittransaction",
    "alter table transfer rename to elsewhere",
    "create trigger gift after insert on setting begin update account set credits_posted = 9 where id = 3; end",
    "create temp trigger gift after insert on setting begin update account set credits_posted = 9 where id = 3; end",
    "attach ':memory:' as elsewhere",
    "pragma foreign_keys = off",
    "pragma ignore_check_constraints = on",
    "pragma recursive_triggers = off",
    "pragma writable_schema = on",
    "pragma synchronous = off",
    "pragma fullfsync = off",
    "pragma checkpoint_fullfsync = off",
    "pragma journal_mode = off",
];

/// Refused by the schema itself to anybody.
const IMPOSSIBLE: &[(&str, &str)] = &[
    ("update transfer set amount = 1", "transfers are immutable"),
    ("delete from transfer where kind = 'hold'", "transfers are permanent"),
    ("update credit_transaction set amount = 1", "the statement is immutable"),
    ("delete from credit_transaction", "the statement is permanent"),
    (
        "insert into transfer (id, kind, debit_id, credit_id, amount, hold_id, call_id, at)
         select zeroblob(16), 'settle', 3, 4, amount + 1, id, call_id, 1 from transfer where kind = 'hold'",
        "resolution differs from its hold",
    ),
    (
        "insert into transfer (id, kind, debit_id, credit_id, amount, hold_id, call_id, at)
         select zeroblob(16), 'settle', 1, 4, amount, id, call_id, 1 from transfer where kind = 'hold'",
        "resolution differs from its hold",
    ),
    (
        "insert into transfer (id, kind, debit_id, credit_id, amount, hold_id, call_id, at)
         select zeroblob(16), 'settle', 3, 4, amount, id, null, 1 from transfer where kind = 'hold'",
        "resolution differs from its hold",
    ),
    (
        "insert into transfer (id, kind, debit_id, credit_id, amount, hold_id, at)
         values (zeroblob(16), 'settle', 3, 4, 1, (select id from transfer where kind = 'post'), 1)",
        "no such hold",
    ),
    (
        "insert into transfer (id, kind, debit_id, credit_id, amount, hold_id, call_id, at)
         select zeroblob(16), 'release', 3, 4, 1, id, call_id, 1 from transfer where kind = 'hold'",
        "CHECK constraint failed",
    ),
    (
        "insert into transfer (id, kind, debit_id, credit_id, amount, at)
         values (zeroblob(16), 'post', 3, 5, 100000001, 1)",
        "CHECK constraint failed",
    ),
    (
        "insert into transfer (id, kind, debit_id, credit_id, amount, at) values (zeroblob(16), 'post', 2, 3, -1, 1)",
        "CHECK constraint failed",
    ),
    (
        "insert into transfer (id, kind, debit_id, credit_id, amount, at) values (zeroblob(16), 'post', 2, 3, 1.5, 1)",
        "cannot store REAL value",
    ),
];

#[test]
fn the_writer_may_not_touch_the_books_past_the_ledger() {
    let mut bench = funded(100);
    let open = held(&mut bench, 1, Credits::whole(10)).unwrap();
    let before = books(&bench.outsider());
    for sql in FORBIDDEN {
        let done = bench.write(|write| write.conn.execute_batch(sql).map_err(StoreError::from));
        let Err(StoreError::Statement(why)) = done else { panic!("{sql}: {done:?}") };
        assert!(why.contains("not authorized") || why.contains("prohibited"), "{sql}: {why}");
        assert_eq!(books(&bench.outsider()), before, "{sql}");
    }
    bench.write(move |write| write.settle(&open, &settlement(Credits::whole(10)), NOW)).unwrap();
    assert!(bench.read(|read| read.audit()).is_ok(), "the ledger still can");
}

#[test]
fn the_schema_refuses_what_would_break_the_books() {
    let mut bench = funded(100);
    drop(held(&mut bench, 1, Credits::whole(10)).unwrap());
    let outsider = bench.outsider();
    let before = books(&outsider);
    for (sql, reason) in IMPOSSIBLE {
        let why = outsider.execute_batch(sql).expect_err(sql).to_string();
        assert!(why.contains(reason), "{sql}: {why}");
        assert_eq!(books(&outsider), before, "{sql}");
    }
}

#[test]
fn a_hold_cannot_be_resolved_by_two_transfers() {
    let mut bench = funded(100);
    let open = held(&mut bench, 1, Credits::whole(10)).unwrap();
    bench.write(move |write| write.settle(&open, &settlement(Credits::whole(4)), NOW)).unwrap();
    let second = "insert into transfer (id, kind, debit_id, credit_id, amount, hold_id, call_id, at)
        select zeroblob(16), 'settle', 3, 4, 1, id, call_id, 1 from transfer where kind = 'hold'";
    let why = bench.outsider().execute_batch(second).expect_err("refused").to_string();
    assert!(why.contains("UNIQUE constraint failed: transfer.hold_id"), "{why}");
}

#[test]
fn replacing_a_transfer_is_removing_it() {
    let mut bench = funded(100);
    let before = books(&bench.outsider());
    let replace = "insert or replace into transfer (seq, id, kind, debit_id, credit_id, amount, at)
        select seq, id, kind, debit_id, credit_id, 1, at from transfer";
    let done = bench.write(|write| write.conn.execute_batch(replace).map_err(StoreError::from));
    assert_eq!(done, Err(StoreError::Conflict("transfers are permanent".to_owned())));
    assert_eq!(books(&bench.outsider()), before);
}
