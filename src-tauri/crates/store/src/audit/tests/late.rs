//! What lapses late, and what somebody can do to it.

use super::tampering::tamper;
use crate::audit::{Finding, FindingKind};
use crate::fixture::{Bench, NOW, call_id, lease_next, open_operation, release, request};
use crate::ledger::Grant;
use igny8_core::money::Credits;

/// A hold of ten over the turn, given back after it.
fn lapsed_late() -> Bench {
    let mut bench = Bench::new();
    let month = |name: &str| Grant::Monthly { month: name.to_owned() };
    bench
        .write(move |w| {
            open_operation(w, 1, 1)?;
            w.grant(&month("2026-11"), Credits::whole(50), NOW)?;
            let lease = lease_next(w)?;
            let open = w.hold(&request(1, crate::fixture::operation_id(1), lease, Credits::whole(10)), NOW)?.spend();
            w.grant(&month("2026-12"), Credits::whole(50), NOW)?;
            w.release(&open, &release("cancelled"), NOW)
        })
        .unwrap();
    bench
}

fn books_after(damage: &str) -> Vec<Finding> {
    let mut bench = lapsed_late();
    tamper(&bench, damage);
    let mut found = bench.read(|read| read.audit()).findings;
    found.extend(bench.read(|read| read.audit_in_full()).findings);
    found
}

#[test]
fn what_lapsed_late_is_in_the_books_and_what_is_done_to_it_is_found() {
    let mut bench = lapsed_late();
    let wallet = bench.read(|read| read.wallet());
    assert_eq!((wallet.available, wallet.lapsed), (Credits::whole(50), Credits::whole(50)));
    let of_lapses = |found: &Finding| ["transfer", "credit_transaction", "budget_month"].contains(&found.table);
    assert!(!books_after("select 1").iter().any(of_lapses));

    let gone = "delete from credit_transaction where transaction_type = 'lapse' and call_id is not null;
        delete from transfer where credit_id = 5 and amount = 10000000;
        update account set debits_posted = debits_posted - 10000000 where code = 'wallet';
        update account set credits_posted = credits_posted - 10000000 where code = 'lapsed'";
    let late = "update credit_transaction set %% where transaction_type = 'lapse' and call_id is not null";
    let another = format!("call_id = x'{}'", call_id(2).0.simple());
    for (damage, kind, table) in [
        (gone.to_owned(), FindingKind::Month, "budget_month"),
        ("update budget_month set stays = 10000000 where granted > 0".to_owned(), FindingKind::Month, "budget_month"),
        (late.replace("%%", "memo = '2027-01'"), FindingKind::Line, "credit_transaction"),
        (late.replace("%%", "call_id = null"), FindingKind::Line, "credit_transaction"),
        (late.replace("%%", &another), FindingKind::Line, "credit_transaction"),
    ] {
        let found = books_after(&damage);
        assert!(found.iter().any(|f| (f.kind, f.table) == (kind, table)), "{damage}: {found:#?}");
    }
}
