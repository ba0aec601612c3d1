//! The journal read by somebody else's tool: `hledger` as a stranger would run it.

use crate::program::{Home, Ran};
use std::collections::BTreeMap;
use std::ffi::OsStr;

/// Whether hledger finds nothing wrong with a journal, by its strictest rules.
pub fn check(home: &Home, journal: &str) -> Ran {
    hledger(home, &["check", "--strict"], journal)
}

/// The balance of every account, in micro-credits. The journal must be in order.
pub fn balances(home: &Home, journal: &str) -> BTreeMap<String, i64> {
    balances_of(home, journal, &[])
}

/// The same of what is only pending: holds that nothing has resolved.
pub fn pending(home: &Home, journal: &str) -> BTreeMap<String, i64> {
    balances_of(home, journal, &["--pending"])
}

/// What stands in an account and everything below it.
pub fn within(balances: &BTreeMap<String, i64>, account: &str) -> i64 {
    let below = format!("{account}:");
    balances.iter().filter(|(name, _)| *name == account || name.starts_with(&below)).map(|(_, amount)| amount).sum()
}

/// A decimal number of credits in micro-credits.
pub fn micro(text: &str) -> i64 {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    assert!(part.len() <= 6, "no finer than a micro-credit: {text}");
    format!("{whole}{part:0<6}").parse().unwrap_or_else(|error| panic!("{text:?}: {error}"))
}

fn balances_of(home: &Home, journal: &str, more: &[&str]) -> BTreeMap<String, i64> {
    let ran = hledger(home, &[&["balance", "--flat", "--empty", "--no-total", "-O", "csv"], more].concat(), journal);
    assert_eq!(ran.code, 0, "hledger balance: {}", ran.stderr);
    let rows = ran.stdout.lines().skip(1).map(|line| {
        let (name, amount) = line.trim_matches('"').split_once("\",\"").expect("an account and its balance");
        (name.to_owned(), micro(amount.split(' ').next().unwrap_or_default()))
    });
    rows.collect()
}

fn hledger(home: &Home, arguments: &[&str], journal: &str) -> Ran {
    let line: Vec<&OsStr> = ["hledger", "-f", "-"].iter().chain(arguments).map(OsStr::new).collect();
    home.output(&line, journal)
}
