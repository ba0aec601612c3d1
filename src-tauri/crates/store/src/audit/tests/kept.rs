//! As `tampering`, of what paid work goes by and of where the books end: settings, limits and prices that are changed or
//! taken away together with their seals, the newest rows, and things that were paid for.

use super::tampering::{Tampering, history, is_found_in, row, tamper};
use crate::audit::FindingKind::{self, Answer, Line, Record, Seal, Standing};
use crate::fixture::{Bench, NOW, TEXT};
use crate::ledger::{Grant, StandingLimit};
use igny8_core::id::TransferId;
use igny8_core::model::Model;
use igny8_core::money::Credits;
use uuid::Uuid;

/// The history with a limit that nothing comes near to, one that was taken back, and a model that no work was done with.
fn furnished() -> Bench {
    let mut bench = history();
    bench
        .write(|w| {
            w.set_limit(StandingLimit::Day, Some(Credits::whole(500)))?;
            w.set_limit(StandingLimit::Month, Some(Credits::whole(900)))?;
            w.set_limit(StandingLimit::Month, None)?;
            w.set_spending_stopped(true, NOW)?;
            w.set_spending_stopped(false, NOW)?;
            let other = Model { model_name: "other".to_owned(), is_default: false, ..w.model(TEXT)? };
            w.add_model(&other, NOW)?;
            Ok::<_, crate::LedgerError>(())
        })
        .unwrap();
    bench
}

fn of_settings() -> Vec<Tampering> {
    let (setting, all) = ("setting", String::new());
    let notes = "credit_price_notes".to_owned();
    vec![
        (
            "delete from setting_seal where key = 'credit_price_notes'; update setting set value = '[[0,1]]'",
            Seal,
            setting,
            notes.clone(),
        ),
        ("update setting_seal set seal = x''; update setting set value = '[[0,1]]'", Seal, setting, notes.clone()),
        ("insert into setting (key, value) values ('monthly_budget', '9')", Seal, setting, "monthly_budget".to_owned()),
        (
            "delete from setting_seal where key = 'credit_price_notes'; delete from setting",
            Seal,
            "setting_seal",
            all.clone(),
        ),
        ("delete from setting_seal where key = ''", Seal, "setting_seal", all.clone()),
        ("update setting_seal set seal = x'' where key = ''", Seal, "setting_seal", all.clone()),
        ("delete from setting_seal; delete from setting", Seal, "setting_seal", all),
    ]
}

fn of_limits() -> Vec<Tampering> {
    let (limit, switch, all) = ("spending_limit", "spending_switch", String::new());
    let day = "day 0".to_owned();
    vec![
        (
            "update spending_limit set amount = 700000000;
             update cap set wanted = 700000000, ceiling = 700000000 where scope = 'day'",
            Seal,
            limit,
            day.clone(),
        ),
        (
            "delete from spending_limit;
             update cap set wanted = -1, ceiling = 4000000000000000000 where scope = 'day'",
            Seal,
            limit,
            day.clone(),
        ),
        ("delete from setting_seal where key = 'limit:day:0'", Seal, limit, day),
        (
            "delete from setting_seal where key = 'limit:day:0'; delete from spending_limit;
             update cap set wanted = -1, ceiling = 4000000000000000000 where scope = 'day'",
            Seal,
            "setting_seal",
            all,
        ),
        (
            "insert into spending_limit (scope, site_id, amount) values ('month', 0, 5000000000);
             update cap set wanted = 5000000000, ceiling = 5000000000 where scope = 'month'",
            Seal,
            limit,
            "month 0".to_owned(),
        ),
        ("update spending_switch set stopped_at = 1", Seal, switch, row(1)),
        (
            "delete from setting_seal where key = 'stop:1'; update spending_switch set stopped_at = 1",
            Seal,
            switch,
            row(1),
        ),
    ]
}

fn of_prices() -> Vec<Tampering> {
    let model = "model";
    vec![
        ("update model set cost_per_1k_input = '9' where id = 3", Seal, model, row(3)),
        ("update model set tokens_per_credit = 1 where id = 3", Seal, model, row(3)),
        ("update model set credits_per_image = 7 where id = 3", Seal, model, row(3)),
        ("update model set min_credits = 0 where id = 1", Seal, model, row(1)),
        ("update model set priced_at = 9 where id = 3", Seal, model, row(3)),
        (r#"update model set tiers = '[{"quality":"low","credits_per_image":0}]' where id = 3"#, Seal, model, row(3)),
        ("update model set seal = x'', cost_per_1k_output = '0' where id = 3", Seal, model, row(3)),
        (
            "insert into model (provider, model_name, display_name, model_type, is_active, cost_per_1k_input,
               cost_per_1k_output, tokens_per_credit, priced_at, created_at)
             values ('openai', 'gift', 'Gift', 'text', 1, '0', '0', 1000000, 1, 1)",
            Seal,
            model,
            row(4),
        ),
    ]
}

/// The open hold of the last picture with all that it moved, its call, and the counter of its number.
const LAST: &str = "delete from call_cap where call_id = (select call_id from transfer where seq = 20);
    delete from call where state = 'sent'; delete from transfer where seq = 20;
    update cap set held = held - 5000000 where held > 0;
    update account set debits_pending = debits_pending - 5000000 where code = 'wallet';
    update account set credits_pending = credits_pending - 5000000 where code = 'usage';
    update budget_month set drawn = drawn - 5000000 where seq = (select max(seq) from budget_month);
    update job set state = 'ready', lease_instance = null, attempts = 0 where state = 'leased';
    update sqlite_sequence set seq = 19 where name = 'transfer'";

fn of_the_end() -> Vec<Tampering> {
    let (line, mark) = ("credit_transaction", "commit_mark");
    vec![
        ("update credit_transaction set id = 99 where id = 13", Standing, line, row(13)),
        (LAST, Standing, "transfer", row(20)),
        ("update commit_mark set newest_transfer = 19", Seal, mark, row(1)),
        ("update commit_mark set newest_usage = 8, seal = x''", Seal, mark, row(1)),
    ]
}

fn of_things() -> Vec<Tampering> {
    let image = "image";
    vec![
        ("delete from image where id = 1", Standing, image, row(1)),
        ("delete from task where id = 1", Standing, "task", row(1)),
        ("update image set usage_id = 1 where id = 1", Record, image, row(1)),
        ("update image set usage_id = null where id = 1", Record, image, row(1)),
        ("update image set usage_id = 8 where id = 3", Record, image, row(3)),
        ("update answer set at = at - 1 where usage_id = 1", Answer, "answer", row(1)),
        (
            "update credit_transaction set operation_type = 'clustering' where id = 1",
            Line,
            "credit_transaction",
            row(1),
        ),
        (
            "update credit_transaction set operation_id = (select min(id) from operation) where id = 4",
            Line,
            "credit_transaction",
            row(4),
        ),
        ("delete from transfer where seq = 1", Standing, "transfer", row(1)),
    ]
}

fn found(bench: &mut Bench) -> Vec<(FindingKind, &'static str, String)> {
    let findings = bench.read(|read| read.audit_in_full()).findings;
    findings.into_iter().map(|finding| (finding.kind, finding.table, finding.row)).collect()
}

#[test]
fn what_is_furnished_is_clean() {
    assert_eq!(found(&mut furnished()), []);
    assert!(furnished().read(|read| read.audit()).is_ok());
}

#[test]
fn a_setting_that_is_changed_with_its_seal_is_found_and_named() {
    is_found_in(furnished, of_settings());
}

#[test]
fn a_limit_that_is_changed_with_its_seal_is_found_and_named() {
    is_found_in(furnished, of_limits());
}

#[test]
fn a_price_that_nothing_was_paid_at_is_found_and_named() {
    is_found_in(furnished, of_prices());
}

#[test]
fn rows_that_are_taken_from_the_end_are_found_and_named() {
    is_found_in(history, of_the_end());
}

#[test]
fn a_thing_that_was_paid_for_is_missed() {
    is_found_in(history, of_things());
}

#[test]
fn the_newest_rows_are_missed_by_the_mark_alone_and_stay_missed_when_work_goes_on() {
    let mut bench = history();
    tamper(&bench, LAST);
    assert_eq!(found(&mut bench), [(Standing, "transfer", row(20))], "so did the file look before");
    assert!(!bench.read(|read| read.audit()).is_ok(), "a start sees it");
    let gift = Grant::Extra { id: TransferId(Uuid::from_u128(9)), memo: String::new() };
    bench.write(move |w| w.grant(&gift, Credits::whole(1), NOW)).unwrap();
    assert_eq!(found(&mut bench), [(Seal, "commit_mark", row(1))], "a row of the same number does not cover it up");
    assert!(!bench.reopen().read(|read| read.audit()).is_ok(), "nor does the next start");
}

#[test]
fn a_setting_that_is_missed_stays_missed_when_others_are_made() {
    let mut bench = furnished();
    tamper(&bench, "delete from setting_seal where key = 'credit_price_notes'; delete from setting");
    bench.write(|w| w.set_setting("zone", "\"UTC\"")).unwrap();
    assert_eq!(found(&mut bench).first(), Some(&(Seal, "setting_seal", String::new())));
}

#[test]
fn a_start_already_sees_prices_and_limits_that_were_changed() {
    for damage in ["update model set cost_per_1k_input = '9' where id = 3", "update spending_switch set stopped_at = 1"]
    {
        let mut bench = furnished();
        tamper(&bench, damage);
        let kinds: Vec<_> = bench.read(|read| read.audit()).findings.into_iter().map(|f| f.kind).collect();
        assert_eq!(kinds, [Seal], "{damage}");
    }
}
