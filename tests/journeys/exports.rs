//! The books in somebody else's hands: the journal through `hledger`, the tables through `sqlite3`, and every figure
//! they come to as the app shows it and as the file holds it.

use igny8_core::function::AiFunction;
use igny8_core::money::Credits;
use igny8_engine::export::Export;
use igny8_engine::operation::Items;
use igny8_testkit::vendor::{Reply, Stated, Vendor};
use igny8_tests::books::Books;
use igny8_tests::hledger::{balances, check, micro, pending, within};
use igny8_tests::program::Home;
use igny8_tests::vendor::{await_requests, exact_vendor, home_with};
use igny8_tests::world::World;
use serde_json::json;
use std::collections::BTreeMap;
use std::ffi::OsStr;

/// More tokens than any hold covers, and fewer than the wallet's credits buy.
const TOKENS_BEYOND_ANY_HOLD: u64 = 100_000;
const MONTH_MS: i64 = 31 * 24 * 3_600_000;

/// Everything that can happen to a credit but the turn of a month: granted, charged, given back, beyond its hold.
fn lived(vendor: &Vendor) -> Home {
    let home = home_with(vendor);
    // Whatever a person types is no part of the journal's grammar.
    home.json(&["credits", "grant", "250.5", "--memo", "a gift ; not  a comment | = 5 CREDIT"]);
    vendor.then(Reply::Ends(Some("length")));
    assert_eq!(home.run(&["cluster", "--site", "Tea"]).code, 1, "an answer that was cut off is none");
    home.json(&["cluster", "--site", "Tea"]);
    let usage = json!({ "prompt_tokens": 900, "completion_tokens": TOKENS_BEYOND_ANY_HOLD });
    vendor.then(Reply::Stating(Stated::As(usage)));
    home.json(&["ideas", "--site", "Tea"]);
    home.json(&["write", "--site", "Tea", "--limit", "1"]);
    home.json(&["images", "--site", "Tea"]);
    home
}

fn journal(home: &Home) -> String {
    let ran = home.run(&["credits", "export", "--format", "hledger"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "the journal is written");
    ran.stdout
}

/// Every account of the journal as hledger adds it up, against what the app shows and what the transfers say.
fn assert_agree(home: &Home, journal: &str) -> BTreeMap<String, i64> {
    let checked = check(home, journal);
    assert_eq!((checked.code, checked.stderr.as_str()), (0, ""), "hledger finds nothing wrong");
    let (found, shown) = (balances(home, journal), home.json(&["credits", "balance"]));
    let said = |name: &str| micro(shown[name].as_str().unwrap_or_else(|| panic!("{name} in {shown}")));
    assert_eq!(within(&found, "Assets:Wallet"), said("available"), "available");
    assert_eq!(within(&found, "Assets:Held"), said("held"), "held");
    assert_eq!(within(&found, "Expenses:Usage"), said("used"), "used");
    assert_eq!(-within(&found, "Equity:Granted"), said("granted"), "granted");
    assert_eq!(within(&found, "Equity:Lapsed"), said("lapsed"), "lapsed");
    assert_eq!(
        pending(home, journal).get("Assets:Held").copied().unwrap_or_default(),
        said("held"),
        "open holds are !"
    );
    assert_as_the_transfers_say(&found, &home.books());
    found
}

/// Account by account, from statements of the test's own.
fn assert_as_the_transfers_say(found: &BTreeMap<String, i64>, books: &Books) {
    let of = |account: &str| found.get(account).copied().unwrap_or_default();
    let posted = rows(
        books,
        "select a.code, sum(case when t.credit_id = a.id then t.amount else -t.amount end) from transfer t
           join account a on a.id in (t.credit_id, t.debit_id)
         where t.kind in ('post', 'settle') group by a.code",
    );
    for (account, code) in [
        ("Equity:Granted:Monthly", "budget"),
        ("Equity:Granted:Extra", "extra"),
        ("Equity:Lapsed", "lapsed"),
        ("Equity:Shortfall", "shortfall"),
    ] {
        assert_eq!(of(account), posted.get(code).copied().unwrap_or_default(), "{account}");
    }
    assert_eq!(of("Expenses:Shortfall"), -of("Equity:Shortfall"), "what went beyond a hold was never in the wallet");
    let (wallet, held) = books.wallet();
    assert_eq!((of("Assets:Wallet"), of("Assets:Held")), (wallet - held, held), "the wallet, and what is held of it");
    let used = rows(books, "select operation_type, sum(credits) from usage_log group by operation_type");
    for function in AiFunction::ALL {
        let operation = function.operation_type();
        let account = format!("Expenses:Usage:{operation}");
        assert_eq!(of(&account), used.get(operation).copied().unwrap_or_default(), "{account}");
    }
    let every: i64 = found.values().sum();
    assert_eq!(every, 0, "every credit came from somewhere: {found:?}");
}

fn rows(books: &Books, sql: &str) -> BTreeMap<String, i64> {
    books.rows(sql, [], |row| Ok((row.get(0)?, row.get(1)?))).into_iter().collect()
}

#[test]
fn hledger_comes_to_the_balance_account_by_account() {
    let vendor = exact_vendor(None);
    let home = lived(&vendor);
    let whole = journal(&home);
    let found = assert_agree(&home, &whole);
    for account in ["Equity:Granted:Monthly", "Equity:Granted:Extra", "Equity:Shortfall", "Expenses:Shortfall"] {
        assert!(found[account] != 0, "{account} was moved");
    }
    for function in AiFunction::ALL {
        assert!(found[&format!("Expenses:Usage:{}", function.operation_type())] > 0, "{function} was used");
    }
    assert!(whole.contains(" Release | "), "and a hold was given back");

    // A journal that somebody has shortened or changed is found out.
    let entries: Vec<&str> = whole.split("\n\n").collect();
    let settled = entries.iter().position(|entry| entry.contains(") Settle | ")).expect("something was charged");
    let without = [&entries[..settled], &entries[settled + 1..]].concat().join("\n\n");
    assert_ne!(check(&home, &without).code, 0, "a transaction that is missing");
    let changed = whole.replacen("  250.5 CREDIT", "  251.5 CREDIT", 1);
    assert!(changed != whole && check(&home, &changed).code != 0, "an amount that was changed");
}

#[test]
fn a_journal_that_is_written_while_a_call_is_paid_for_shows_its_hold() {
    let vendor = exact_vendor(None);
    let home = home_with(&vendor);
    vendor.then(Reply::Never);
    let at_work = home.start(&["cluster", "--site", "Tea"]);
    await_requests(&vendor, 1);
    let beside = journal(&home);
    let found = assert_agree(&home, &beside);
    assert!(found["Assets:Held"] > 0, "the call is held for");
    assert_eq!(beside.lines().filter(|line| line.contains(" ! (")).count(), 1, "and marked as pending");
    assert!(at_work.kill(), "it was still waiting for its answer");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_lapses_at_the_turn_of_a_month_is_in_the_journal() {
    let world = World::new().await;
    let site = world.add_tea_site().await;
    world.grant(Credits::whole(20), "extra").await.unwrap();
    world.run(AiFunction::AutoCluster, site, Items::Waiting).await;
    world.around.clock.advance_ms(MONTH_MS);
    let world = world.restart().await;
    world.run(AiFunction::GenerateIdeas, site, Items::Waiting).await;
    let mut journal = Vec::new();
    world.engine.export(Export::Journal, &mut journal).await.unwrap();
    let (home, journal) = (Home::default(), String::from_utf8(journal).unwrap());
    let checked = check(&home, &journal);
    assert_eq!((checked.code, checked.stderr.as_str()), (0, ""), "hledger finds nothing wrong");
    let found = balances(&home, &journal);
    assert!(found["Equity:Lapsed"] > 0, "the unspent budget went");
    assert_as_the_transfers_say(&found, &world.books());
}

/// Rows, credits and cost of the usage records, by group, from the table.
const USAGE_OF_CSV: &str = "
    with line as (
      select *, cast(round(credits * 1e6) as integer) as micro, cast(round(cost_usd * 1e9) as integer) as nano from export)
    select 'operation ' || operation_type, count(*), sum(micro), sum(nano) from line group by 1 union all
    select 'model ' || model, count(*), sum(micro), sum(nano) from line group by 1 union all
    select 'site ' || site, count(*), sum(micro), sum(nano) from line group by 1 union all
    select 'outcome ' || outcome, count(*), sum(micro), sum(nano) from line group by 1 union all
    select 'day ' || substr(at, 1, 10), count(*), sum(micro), sum(nano) from line group by 1";
/// The same from the file.
const USAGE_OF_FILE: &str = "
    with line as (
      select *, u.credits as micro, u.cost_nano as nano from usage_log u
        join model m on m.id = u.model_id join site s on s.id = u.site_id)
    select 'operation ' || operation_type, count(*), sum(micro), sum(nano) from line group by 1 union all
    select 'model ' || model_name, count(*), sum(micro), sum(nano) from line group by 1 union all
    select 'site ' || name, count(*), sum(micro), sum(nano) from line group by 1 union all
    select 'outcome ' || outcome, count(*), sum(micro), sum(nano) from line group by 1 union all
    select 'day ' || date(at / 1000, 'unixepoch'), count(*), sum(micro), sum(nano) from line group by 1";
/// Rows and amounts of the statement, and its newest line, from the table.
const STATEMENT_OF_CSV: &str = "
    select type || ' ' || operation_type, count(*), sum(cast(round(amount * 1e6) as integer)), max(cast(id as integer))
    from export group by 1";
/// The same from the file.
const STATEMENT_OF_FILE: &str = "
    select transaction_type || ' ' || operation_type, count(*), sum(amount), max(id) from credit_transaction group by 1";

/// Three numbers for each group.
type Sums = BTreeMap<String, [i64; 3]>;

fn of_csv(home: &Home, csv: &str, query: &str) -> Sums {
    let file = home.file("export.csv", csv);
    let import = format!(".import --csv {file} export");
    let ran = home.output(&["sqlite3", ":memory:", &import, query].map(OsStr::new), "");
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "sqlite3 reads the file");
    sums(&ran.stdout)
}

fn sums(rows: &str) -> Sums {
    let row = |line: &str| {
        let mut cells = line.split('|');
        let name = cells.next().unwrap_or_default().to_owned();
        let numbers: Vec<i64> = cells.map(|cell| cell.parse().unwrap_or_else(|_| panic!("numbers: {line}"))).collect();
        (name, numbers.try_into().unwrap_or_else(|_| panic!("four columns: {line}")))
    };
    rows.lines().map(row).collect()
}

#[test]
fn the_tables_sum_to_what_the_file_holds() {
    let vendor = exact_vendor(None);
    let home = lived(&vendor);
    let export = |what: &str| {
        let ran = home.run(&["credits", "export", "--format", "csv", "--what", what]);
        assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{what} is written");
        ran.stdout
    };
    let theirs = of_csv(&home, &export("usage"), USAGE_OF_CSV);
    assert_eq!(theirs, sums(&home.sqlite(USAGE_OF_FILE).stdout), "usage by operation, model, site, outcome and day");
    assert!(theirs["site Tea"].iter().all(|sum| *sum > 0), "something was used and cost something: {theirs:?}");
    assert!(theirs["outcome released"][2] > 0, "and something was billed for nothing");

    let theirs = of_csv(&home, &export("statement"), STATEMENT_OF_CSV);
    assert_eq!(theirs, sums(&home.sqlite(STATEMENT_OF_FILE).stdout), "the statement");
    let balance: i64 = theirs.values().map(|sum| sum[1]).sum();
    assert_eq!(balance, home.books().wallet().0, "whose sum is the balance");
}
