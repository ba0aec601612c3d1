//! As `tampering`, of rows that are gone as a whole, and of the values that guard the others.

use super::tampering::{Tampering, is_found, row};
use crate::audit::FindingKind::{Cap, Seal, Standing};
use crate::fixture::{call_id, operation_id, spaced};

/// Rows that others speak of, or that always stand.
fn of_rows() -> Vec<Tampering> {
    let (account, cap) = ("account", "cap");
    let run = spaced(0x0D, 1).to_string();
    vec![
        ("delete from cap where scope = 'month'", Cap, cap, row(1)),
        ("delete from cap where scope = 'month'", Standing, cap, row(1)),
        ("delete from cap where scope = 'day'", Cap, cap, row(2)),
        ("delete from cap where scope = 'share'", Standing, cap, row(5)),
        ("delete from operation where units_failed > 0", Standing, "operation", operation_id(1).to_string()),
        ("delete from model where id = 1", Standing, "model", row(1)),
        ("delete from site", Standing, "site", row(1)),
        ("delete from job where id = 1", Standing, "job", row(1)),
        ("delete from call where id = (select min(id) from call)", Standing, "call", call_id(1).to_string()),
        ("delete from run", Standing, "run", run),
        ("delete from account where code = 'budget'", Standing, account, "budget".to_owned()),
        ("delete from account where code = 'extra'", Standing, account, "extra".to_owned()),
        ("delete from account where code = 'shortfall'", Standing, account, "shortfall".to_owned()),
        ("delete from account where code = 'lost'", Standing, account, "lost".to_owned()),
        ("delete from spending_switch", Standing, "spending_switch", row(1)),
        ("delete from commit_mark", Standing, "commit_mark", row(1)),
        ("delete from setting where key = 'credit_price_notes'", Standing, "setting", "credit_price_notes".to_owned()),
    ]
}

/// Values that guard others.
fn of_guards() -> Vec<Tampering> {
    let (account, cap) = ("account", "cap");
    vec![
        ("update account set no_overdraft = 0 where code = 'wallet'", Standing, account, "wallet".to_owned()),
        ("update account set no_overdraft = 1 where code = 'lost'", Standing, account, "lost".to_owned()),
        (
            "pragma ignore_check_constraints = on; update account set code = 'gift' where code = 'extra'",
            Standing,
            account,
            "gift".to_owned(),
        ),
        ("update cap set key = 'month:2026-12' where scope = 'month'", Seal, cap, "month:2026-12".to_owned()),
        ("update cap set key = 'day:2026-01-01' where scope = 'day'", Seal, cap, "day:2026-01-01".to_owned()),
        ("update cap set created_at = 1 where key = 'site:1:2026-11'", Seal, cap, "site:1:2026-11".to_owned()),
        ("update cap set ceiling = ceiling - 1 where scope = 'month'", Cap, cap, "month:2026-11".to_owned()),
        (
            "update cap set wanted = 100000000, ceiling = 100000000 where scope = 'month'",
            Cap,
            cap,
            "month:2026-11".to_owned(),
        ),
        ("update cap set seal = x'' where scope = 'month'", Seal, cap, "month:2026-11".to_owned()),
        ("update setting set value = '[[0,1]]'", Seal, "setting", "credit_price_notes".to_owned()),
    ]
}

/// Holds that are resolved: nothing is kept back for them any more.
fn of_holds() -> Vec<Tampering> {
    vec![
        ("update transfer set amount = amount + 1000000 where seq = 5", Seal, "transfer", row(5)),
        ("update transfer set amount = amount - 1000000 where seq = 5", Seal, "transfer", row(5)),
        ("update transfer set at = at - 1 where seq = 12", Seal, "transfer", row(12)),
    ]
}

#[test]
fn a_row_that_is_gone_is_found_and_named() {
    is_found(of_rows());
}

#[test]
fn a_value_that_guards_others_is_found_and_named() {
    is_found(of_guards());
}

#[test]
fn what_was_held_for_a_resolved_call_is_found_and_named() {
    is_found(of_holds());
}
