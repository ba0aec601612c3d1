//! The journal's text, transfer by transfer. That hledger reads it is shown by the journeys.

use super::*;
use proptest::prelude::*;

fn entry(movement: Movement) -> Entry {
    Entry {
        seq: 7,
        at: UtcMs::from_rfc3339("2026-11-25T23:30:00Z").unwrap(),
        movement,
        function: None,
        site: String::new(),
        call: String::new(),
        cost: None,
        memo: String::new(),
    }
}

fn paid(movement: Movement) -> Entry {
    Entry {
        function: Some(AiFunction::GenerateContent),
        site: "Tea, garden".to_owned(),
        call: "c1".to_owned(),
        cost: Some(Usd(1_234_567)),
        ..entry(movement)
    }
}

fn text(entry: &Entry) -> String {
    Journal::new("Europe/Berlin").entry(entry)
}

#[test]
fn a_grant_comes_out_of_equity_on_the_users_day() {
    let grant = Movement::Post { from: Account::Budget, to: Account::Wallet, amount: Credits::whole(1_000) };
    let expected = "2026-11-26 * (7) Monthly budget | 2026-11  ; at:2026-11-25T23:30:00Z\n    \
                    Equity:Granted:Monthly  -1000 CREDIT\n    Assets:Wallet  1000 CREDIT\n\n";
    assert_eq!(text(&Entry { memo: "2026-11".to_owned(), ..entry(grant) }), expected);
}

#[test]
fn an_open_hold_is_pending() {
    let hold = |is_open| text(&paid(Movement::Hold { amount: Credits(2_500_000), is_open }));
    assert!(hold(true).starts_with("2026-11-26 ! (7) Hold | content_generation  ; at:"), "{}", hold(true));
    assert!(hold(false).starts_with("2026-11-26 * (7) Hold"), "{}", hold(false));
    assert!(hold(true).contains("    Assets:Wallet  -2.5 CREDIT\n    Assets:Held  2.5 CREDIT\n"));
}

#[test]
fn a_settle_charges_and_gives_the_rest_back_with_the_vendors_cost_as_a_tag() {
    let settled = text(&paid(Movement::Settle { held: Credits(3_000_000), amount: Credits(1_000_001) }));
    let expected = "2026-11-26 * (7) Settle | content_generation  ; at:2026-11-25T23:30:00Z, site:Tea garden, \
                    call:c1, cost_usd:0.001234567\n    Assets:Held  -3 CREDIT\n    \
                    Expenses:Usage:content_generation  1.000001 CREDIT\n    Assets:Wallet  1.999999 CREDIT\n\n";
    assert_eq!(settled, expected);
}

#[test]
fn what_was_taken_beyond_a_hold_is_no_part_of_usage() {
    let beyond = Movement::Post { from: Account::Shortfall, to: Account::Usage, amount: Credits::whole(2) };
    let shown = text(&paid(beyond));
    assert!(shown.contains("    Equity:Shortfall  -2 CREDIT\n    Expenses:Shortfall  2 CREDIT\n"), "{shown}");
}

#[test]
fn no_memo_breaks_out_of_its_line() {
    let grant = Movement::Post { from: Account::Extra, to: Account::Wallet, amount: Credits::whole(1) };
    let evil = "a;b | c\n2026-01-01 * theft\n    Assets:Wallet  99 CREDIT\r\n\u{2028}\u{85}\t\u{202e}end";
    let shown = text(&Entry { memo: evil.to_owned(), ..entry(grant) });
    let first = shown.lines().next().unwrap();
    assert!(first.contains("Extra credits | a,b / c 2026-01-01 * theft Assets:Wallet 99 CREDIT end  ; at:"), "{first}");
    assert_eq!(shown.lines().count(), 4, "title, two postings, an empty line: {shown}");
}

#[test]
fn the_tail_asserts_the_balances_on_the_latest_day() {
    let mut journal = Journal::new("UTC");
    assert_eq!(journal.tail(Balances::default()), "", "nothing moved, nothing to assert");
    let grant = Movement::Post { from: Account::Extra, to: Account::Wallet, amount: Credits::whole(1) };
    drop(journal.entry(&entry(grant)));
    drop(journal.entry(&Entry { at: UtcMs(0), ..entry(grant) }));
    let balances = Balances { available: Credits(1_500_000), held: Credits::ZERO, used: Credits::whole(4) };
    let tail = journal.tail(balances);
    assert!(tail.starts_with("2026-11-25 * "), "a clock that was set back does not move the assertion: {tail}");
    assert!(tail.contains("Assets:Wallet  0 CREDIT = 1.5 CREDIT\n"), "{tail}");
    assert!(tail.contains("Expenses:Usage  0 CREDIT =* 4 CREDIT\n"), "{tail}");
}

#[test]
fn every_account_is_declared_with_its_type() {
    let head = Journal::new("UTC").head();
    for line in [
        "account Assets:Wallet  ; type:A",
        "account Equity:Granted:Extra  ; type:E",
        "account Expenses:Usage:image_generation  ; type:X",
        "account Expenses:Shortfall  ; type:X",
    ] {
        assert!(head.lines().any(|found| found == line), "{line} in {head}");
    }
}

proptest! {
    #[test]
    fn postings_sum_to_nothing_and_texts_stay_on_one_line(
        held in 0_i64..1_000_000_000, part in 0_i64..=100, memo in any::<String>(), site in any::<String>(),
    ) {
        let amount = Credits(held * part / 100);
        for movement in [
            Movement::Hold { amount: Credits(held), is_open: true },
            Movement::Settle { held: Credits(held), amount },
            Movement::Release { held: Credits(held) },
            Movement::Post { from: Account::Wallet, to: Account::Lapsed, amount },
        ] {
            let entry = Entry { memo: memo.clone(), site: site.clone(), ..paid(movement) };
            let sum: i64 = postings(&entry).iter().map(|(_, amount)| amount.0).sum();
            prop_assert_eq!(sum, 0);
            let shown = text(&entry);
            prop_assert_eq!(shown.lines().count(), postings(&entry).len() + 2, "{}", shown);
            prop_assert_eq!(shown.matches(';').count(), 1, "{}", shown);
        }
    }
}
