//! Each kind of damage is planted by somebody who is not held back by triggers, and must be found and named: here what a
//! start finds, in `tampering` and `details` what the audit in full does.

mod changed;
mod details;
mod kept;
mod late;
mod standing;
mod tampering;

use super::FindingKind::{self, Balance, Cap, Month, OpenHold, Overdrawn, Standing, StatementSum, UsageSum};
use super::{Fact, Finding};
use crate::fixture::{Bench, NOW, lease_next, open_operation, request, settlement, spaced};
use crate::ledger::Grant;
use crate::{Audit, LedgerError};
use igny8_core::id::TransferId;
use igny8_core::money::Credits;

/// A wallet of 100 with one call settled at 7 and one hold of 10 open.
fn used() -> Bench {
    let mut bench = Bench::new();
    bench
        .write(|write| {
            let gift = Grant::Extra { id: TransferId(spaced(0x0E, 1)), memo: "extra".to_owned() };
            write.grant(&gift, Credits::whole(100), NOW)?;
            let operation = open_operation(write, 1, 2)?;
            let lease = lease_next(write)?;
            let open = write.hold(&request(1, operation, lease, Credits::whole(10)), NOW)?.spend();
            write.settle(&open, &settlement(Credits::whole(7)), NOW)?;
            let lease = lease_next(write)?;
            write.hold(&request(2, operation, lease, Credits::whole(10)), NOW).map(drop)
        })
        .map_err(|error: LedgerError| error)
        .unwrap();
    bench
}

/// The broken rules after somebody ran these statements on the file, each once for each row it shows in.
fn findings_after(damage: &str) -> Vec<(FindingKind, String)> {
    let mut found: Vec<_> = listed_after(damage).into_iter().map(|finding| (finding.kind, finding.row)).collect();
    found.dedup();
    found
}

fn kinds_after(damage: &str) -> Vec<FindingKind> {
    listed_after(damage).into_iter().map(|finding| finding.kind).collect()
}

fn listed_after(damage: &str) -> Vec<Finding> {
    let mut bench = used();
    assert_eq!(bench.read(|read| read.audit()).findings, Vec::new(), "sound before");
    let outsider = bench.outsider();
    outsider
        .execute_batch(
            "pragma foreign_keys = off;
             drop trigger transfer_is_immutable; drop trigger transfer_is_permanent;
             drop trigger transfer_resolves_a_hold; drop trigger transfer_post; drop trigger transfer_hold;
             drop trigger transfer_resolve; drop trigger credit_transaction_is_immutable;
             drop trigger credit_transaction_is_permanent;",
        )
        .unwrap();
    outsider.execute_batch(damage).unwrap();
    bench.read(|read| read.audit()).findings
}

fn balance(account: &str) -> (FindingKind, String) {
    (Balance, account.to_owned())
}

#[test]
fn sound_books_are_summed() {
    let audit = used().read(|read| read.audit());
    let expected = Audit {
        transfers: 4,
        granted: Credits::whole(100),
        available: Credits::whole(83),
        held: Credits::whole(10),
        used: Credits::whole(7),
        lapsed: Credits::ZERO,
        findings: Vec::new(),
        more_findings: 0,
    };
    assert_eq!(audit, expected);
}

#[test]
fn an_empty_file_is_sound() {
    let audit = Bench::new().read(|read| read.audit());
    assert!(audit.is_ok() && audit.transfers == 0, "{audit:?}");
}

#[test]
fn a_balance_that_was_edited_is_found() {
    for (account, damage) in [
        ("wallet", "update account set credits_posted = credits_posted + 1 where code = 'wallet'"),
        ("wallet", "update account set debits_pending = debits_pending - 1 where code = 'wallet'"),
        ("extra", "update account set debits_posted = debits_posted + 1 where code = 'extra'"),
        ("usage", "update account set credits_pending = 0 where code = 'usage'"),
        ("lapsed", "update account set credits_posted = 1 where code = 'lapsed'"),
    ] {
        assert_eq!(findings_after(damage), [balance(account)], "{damage}");
    }
}

#[test]
fn a_transfer_that_was_edited_is_found() {
    let found = kinds_after("update transfer set amount = amount - 1 where kind = 'hold' and seq = 4");
    assert_eq!(found, [Balance, Balance, Cap, Cap, Cap, Month], "wallet and usage; month, day and site");
}

#[test]
fn a_transfer_that_was_removed_is_found() {
    let found = kinds_after("delete from transfer where kind = 'settle'");
    let of_accounts = vec![Balance; 4];
    // Each cap, and the month, holds more and has used less than it should.
    let expected = [of_accounts, vec![StatementSum, OpenHold], vec![Cap; 6], vec![Month; 2], vec![UsageSum]];
    assert_eq!(found, expected.concat());
}

#[test]
fn a_line_of_the_statement_that_was_edited_or_removed_is_found() {
    let edited = listed_after("update credit_transaction set amount = -6000000 where transaction_type = 'deduction'");
    let [Finding { kind: StatementSum, expected, found, .. }] = edited.as_slice() else { panic!("{edited:?}") };
    assert_eq!((expected, found), (&Fact::Credits(Credits::whole(93)), &Fact::Credits(Credits::whole(94))));
    assert_eq!(kinds_after("delete from credit_transaction where transaction_type = 'grant'"), [StatementSum]);
}

#[test]
fn a_hold_without_a_call_and_a_call_without_a_hold_are_found() {
    let call = |n| crate::fixture::call_id(n).to_string();
    assert_eq!(findings_after("delete from call where state = 'sent'"), [(OpenHold, call(2))]);
    let forgotten = findings_after("update call set state = 'released', resolved_at = 1 where state = 'sent'");
    assert_eq!(forgotten, [(OpenHold, call(2))]);
    let reopened = findings_after("update call set state = 'sent', resolved_at = 0 where state = 'settled'");
    assert_eq!(reopened, [(OpenHold, call(1))]);
}

#[test]
fn a_resolution_that_was_moved_to_another_hold_is_found() {
    let found =
        kinds_after("update transfer set hold_id = (select id from transfer where seq = 4) where kind = 'settle'");
    assert_eq!(found, [OpenHold, OpenHold], "one hold is open and its call is not, of the other the reverse");
}

#[test]
fn ids_need_not_rise_with_time() {
    let mut bench = Bench::new();
    bench
        .write(|write| {
            let gift = Grant::Extra { id: TransferId(spaced(0x0E, 1)), memo: "extra".to_owned() };
            write.grant(&gift, Credits::whole(100), NOW)?;
            let operation = open_operation(write, 1, 3)?;
            let mut open = Vec::new();
            for call in [9, 5, 7] {
                let lease = lease_next(write)?;
                open.push(write.hold(&request(call, operation, lease, Credits::whole(10)), NOW)?.spend());
            }
            open.pop();
            open.into_iter()
                .rev()
                .try_for_each(|open| write.settle(&open, &settlement(Credits::whole(7)), NOW).map(drop))
        })
        .map_err(|error: LedgerError| error)
        .unwrap();
    let audit = bench.read(|read| read.audit());
    assert_eq!((audit.findings, audit.held, audit.used), (Vec::new(), Credits::whole(10), Credits::whole(14)));
}

#[test]
fn a_usage_record_that_was_edited_or_removed_is_found() {
    assert_eq!(kinds_after("update usage_log set credits = 8000000"), [UsageSum]);
    assert_eq!(kinds_after("delete from usage_log"), [UsageSum, Standing], "and it was the newest");
}

#[test]
fn an_overdrawn_wallet_is_found() {
    let found = kinds_after("update transfer set amount = 200000000 where seq = 4");
    assert_eq!(found, [Balance, Balance, Overdrawn, Cap, Cap, Cap, Month]);
}

#[test]
fn a_cap_that_was_moved_by_hand_is_found() {
    assert_eq!(kinds_after("update cap set used = used + 1 where scope = 'day'"), [Cap]);
    assert_eq!(kinds_after("update cap set held = 0"), [Cap; 3], "month, day and site");
    assert_eq!(kinds_after("delete from call_cap"), [Cap; 6]);
}

#[test]
fn a_month_that_was_moved_by_hand_is_found() {
    assert_eq!(findings_after("update budget_month set used = used + 1"), [(Month, "0".to_owned())]);
    assert_eq!(findings_after("update budget_month set drawn = 0"), [(Month, "0".to_owned())]);
    assert_eq!(findings_after("delete from budget_month"), [(Month, "0".to_owned())]);
    let stray = findings_after("insert into budget_month (seq, granted) values (9, 1)");
    assert_eq!(stray, [(Month, "9".to_owned())]);
}
