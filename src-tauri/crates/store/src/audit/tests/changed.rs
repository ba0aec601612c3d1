//! As `tampering`, of what several rows repeat, so that the one that was changed must be told from those that were not; of
//! rows that somebody adds or takes away with everything that belongs to them; and of values that only a rule or a seal
//! speaks of.

use super::tampering::{Tampering, history, is_found, row, tamper};
use crate::audit::Finding;
use crate::audit::FindingKind::{
    self, EitherRow, Line, Month, Seal, Standing, StatementSum, Task, Transfer, Units, Unpaid, UsageSum,
};
use crate::fixture::{Bench, operation_id};

/// Rows of before seals were kept.
const UNSEALED: &str = "update call set seal = x'', answer_seal = x'';
    update sealed_from set transfer_seq = (select max(seq) from transfer), usage_id = (select max(id) from usage_log);";
/// Somebody's gift to themselves, whose sums the file's own triggers move.
const GIFT: &str = "insert into transfer (id, kind, debit_id, credit_id, amount, at)
      values (x'0e0e0000000000000000000000000001', 'post', 2, 3, 50000000, 1796000000000);
    insert into credit_transaction (transfer_id, transaction_type, amount, balance_after, memo, at)
      select id, 'grant', amount, (select credits_posted - debits_posted from account where id = 3), 'bought', at
      from transfer order by seq desc limit 1;";

fn found_in(bench: &mut Bench, damage: &str) -> Vec<Finding> {
    tamper(bench, damage);
    bench.read(|read| read.audit_in_full()).findings
}

fn found_after(damage: &str) -> Vec<Finding> {
    found_in(&mut history(), damage)
}

/// Rules that rows break, without the sums that do not add up for it.
fn named(found: &[Finding]) -> Vec<(FindingKind, &'static str, &str)> {
    let is_sum = |kind| {
        matches!(kind, FindingKind::Balance | FindingKind::Cap | FindingKind::Totals | StatementSum | Month | UsageSum)
    };
    let of_rows = found.iter().filter(|finding| !is_sum(finding.kind));
    of_rows.map(|finding| (finding.kind, finding.table, finding.row.as_str())).collect()
}

#[test]
fn of_the_rows_that_repeat_a_charge_the_changed_one_is_named_and_it_comes_first() {
    for damage in [
        "update transfer set amount = amount - 1000000 where seq = 6",
        "update transfer set amount = 1 where seq = 6",
        "update transfer set amount = 9000000 where seq = 6",
        "update transfer set amount = amount + 90000000 where seq = 6",
    ] {
        let found = found_after(damage);
        assert_eq!(named(&found), [(Transfer, "transfer", "6")], "{damage}");
        assert_eq!(found.first().map(|finding| finding.kind), Some(Transfer), "before all sums: {found:?}");
        assert!(found.len() > 1, "and the sums do not add up: {found:?}");
    }
    let released = found_after("update transfer set kind = 'release', amount = 0 where seq = 6");
    assert_eq!(named(&released), [(Transfer, "transfer", "6"), (Transfer, "transfer", "6")], "kind and amount");
    let with_its_line = found_after(
        "update transfer set amount = amount - 1000000 where seq = 6;
         update credit_transaction set amount = amount + 1000000 where id = 5",
    );
    assert_eq!(
        with_its_line.iter().map(|finding| (finding.kind, finding.row.as_str())).take(2).collect::<Vec<_>>(),
        [(Transfer, "6"), (Line, "5")],
        "the record is as it was sealed"
    );
    assert!(!with_its_line.iter().any(|finding| finding.table == "usage_log" && !finding.row.is_empty()));
}

#[test]
fn without_seals_the_odd_row_is_named_and_two_against_two_are_named_both() {
    let mut bench = history();
    let found = found_in(&mut bench, &[UNSEALED, "update transfer set amount = amount - 1 where seq = 6"].concat());
    assert_eq!(named(&found), [(Transfer, "transfer", "6")]);
    let mut bench = history();
    let both = [
        UNSEALED,
        "update transfer set amount = amount - 1 where seq = 6; update credit_transaction set amount = amount + 1 where id = 5",
    ];
    let found = found_in(&mut bench, &both.concat());
    let either = |table, row| (EitherRow, table, row);
    let named = named(&found);
    assert!(named.starts_with(&[either("transfer", "6"), either("usage_log", "1")]), "{named:?}");
    let [of_transfer, of_record] = [&found[0], &found[1]];
    assert_eq!(
        (&of_transfer.expected, &of_transfer.found),
        (&of_record.found, &of_record.expected),
        "each by the other"
    );
}

#[test]
fn credits_that_somebody_adds_past_the_app_are_found() {
    let mut bench = history();
    bench.outsider().execute_batch(GIFT).unwrap();
    let found = bench.read(|read| read.audit_in_full()).findings;
    let newest = (Standing, "credit_transaction", "14");
    assert_eq!(named(&found), [(Seal, "transfer", "21"), newest], "no commit left its line: {found:?}");
    assert_eq!(found.len(), 2, "everything else adds up");

    let copied = "update transfer set seal = (select seal from transfer where seq = 4) where seq = 21";
    assert_eq!(named(&found_in(&mut bench, copied)).first(), Some(&(Seal, "transfer", "21")), "another's seal");
    let moved = "update transfer set seal = x'' where seq = 21; update sealed_from set post_seq = 21";
    assert!(named(&found_in(&mut bench, moved)).contains(&(Seal, "sealed_from", "1")), "the place since when");
}

#[test]
fn a_grant_that_is_changed_with_its_line_and_all_sums_is_named_and_its_line_is_not() {
    let more = "update transfer set amount = amount + 1000000 where seq = 4;
        update credit_transaction set amount = amount + 1000000 where id = 4;
        update credit_transaction set balance_after = balance_after + 1000000 where id >= 4;
        update account set debits_posted = debits_posted + 1000000 where code = 'extra';
        update account set credits_posted = credits_posted + 1000000 where code = 'wallet'";
    let found = found_after(more);
    assert_eq!(named(&found), [(Seal, "transfer", "4")], "{found:?}");
    let alone = found_after("update transfer set amount = amount + 1000000 where seq = 4");
    assert_eq!(named(&alone), [(Seal, "transfer", "4")], "{alone:?}");
}

#[test]
fn a_row_that_is_taken_away_with_everything_that_repeats_it_leaves_a_gap() {
    let gift = "delete from credit_transaction where id = 4; delete from transfer where seq = 4;
        update credit_transaction set balance_after = balance_after - 100000000 where id > 4;
        update account set debits_posted = debits_posted - 100000000 where code = 'extra';
        update account set credits_posted = credits_posted - 100000000 where code = 'wallet'";
    let found = found_after(gift);
    assert_eq!(named(&found), [(Standing, "transfer", "4"), (Standing, "credit_transaction", "4")], "{found:?}");
    let last = "delete from transfer where seq = 20";
    assert!(named(&found_after(last)).contains(&(Standing, "transfer", "20")));
    let counter = "update sqlite_sequence set seq = 3 where name = 'transfer'";
    assert_eq!(named(&found_after(counter)), [(Standing, "sqlite_sequence", "transfer")]);
}

#[test]
fn what_an_earlier_version_left_out_is_nobodys_gap() {
    let before = "update sealed_from set post_seq = 12, line_id = 10, free_id = 6;
        update transfer set seal = x'' where seq <= 12; update usage_log set seal = x'' where id <= 6";
    assert_eq!(named(&found_after(before)), []);
}

/// What only a rule or a seal speaks of.
fn of_the_rest() -> Vec<Tampering> {
    let (usage, job, texts) = ("usage_log", "job", operation_id(1).to_string());
    let loose = "pragma ignore_check_constraints = on; ";
    let limit: &'static str =
        [loose, "insert into spending_limit (scope, site_id, amount) values ('site', 0, 5)"].concat().leak();
    let notice: &'static str =
        [loose, "update notification set params = '{' where operation_id is not null"].concat().leak();
    vec![
        ("update usage_log set reused_from = 2 where outcome = 'reused'", Seal, usage, row(7)),
        ("update usage_log set is_cost_stated = 1 where outcome = 'refused'", Unpaid, usage, row(6)),
        ("update usage_log set seal = x'' where outcome = 'refused'", Seal, usage, row(6)),
        ("update credit_transaction set memo = 'a gift' where id = 4", Seal, "credit_transaction", row(4)),
        (limit, Standing, "spending_limit", "site 0".to_owned()),
        (notice, Standing, "notification", format!("operation:{texts}")),
        ("update job set ended_at = ended_at + 1 where id = 1", Units, job, row(1)),
        ("update job set ended_at = ended_at + 1 where id = 5", Units, job, row(5)),
        ("update job set ended_at = ended_at + 1 where id = 6", Units, job, row(6)),
        ("update job set ended_at = 0 where id = 1", Units, job, row(1)),
        ("update job set ended_at = 1 where state = 'leased'", Units, job, row(10)),
        ("update job set error_code = 'bad_image' where id = 5", Units, job, row(5)),
        ("update job set error_code = 'bad_image' where id = 6", Units, job, row(6)),
        ("update job set error_code = 'cap_day' where id = 1", Units, job, row(1)),
        ("update job set error_code = '' where id = 6", Units, job, row(6)),
        ("update job set attempts = 9 where id = 1", Units, job, row(1)),
        ("update job set attempts = 0 where id = 1", Units, job, row(1)),
        ("update operation set is_anew = 1 where units_failed > 0", Task, "operation", texts.clone()),
        ("update operation set joined = 3 where units_failed > 0", Task, "operation", texts),
        (
            "insert into transfer (id, kind, debit_id, credit_id, amount, call_id, at)
               values (zeroblob(16), 'hold', 3, 4, 0, zeroblob(16), 1);
             insert into transfer (id, kind, debit_id, credit_id, amount, hold_id, call_id, at)
               values (x'0f0f0000000000000000000000000001', 'release', 3, 4, 0, zeroblob(16), zeroblob(16), 1)",
            Standing,
            "call",
            "00000000-0000-0000-0000-000000000000".to_owned(),
        ),
    ]
}

#[test]
fn what_only_a_rule_or_a_seal_speaks_of_is_found_and_named() {
    is_found(of_the_rest());
}

#[test]
fn a_start_already_sees_a_setting_that_was_changed() {
    let mut bench = history();
    bench.outsider().execute_batch("update setting set value = '[[0,1]]'").unwrap();
    let found = bench.read(|read| read.audit()).findings;
    assert_eq!(named(&found), [(Seal, "setting", "credit_price_notes")]);
}
