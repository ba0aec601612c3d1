//! What a vendor's bill says our books must say: every amount is worked out from what the vendor consumed and was asked,
//! by the published formulas, and never taken from the code under test.

use crate::books::Books;
use igny8_core::function::AiFunction;
use igny8_providers::builtin::BuiltinText;
use igny8_testkit::vendor::{Billed, Kind, Stated, Terms, Vendor};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The name it is connected under.
pub const PROVIDER: &str = "loopback";
/// Tokens one credit buys of its text model.
pub const TOKENS_PER_CREDIT: u64 = 1_000;
/// Credits a picture of its costs.
pub const CREDITS_PER_IMAGE: u64 = 5;
/// What its ordinary tariff is in the catalogue: dollars for 1,000 tokens in, out, cached and written to the cache, and
/// for a picture.
pub const PRICES: [&str; 5] = ["0.002", "0.008", "0.0005", "0.0025", "0.04"];

/// A vendor whose answers say what they consumed in all its parts, as far as a test may expect equal sums.
pub fn exact_vendor(key: Option<&str>) -> Vendor {
    let terms = Terms { key: key.map(str::to_owned), stated: Stated::InParts, ..Terms::default() };
    Vendor::start_on(terms, Arc::new(BuiltinText::new()))
}

/// What one function should have cost by the vendor's bill.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Due {
    /// Calls that were billed.
    pub calls: u64,
    /// Whole credits.
    pub credits: u64,
    /// Nano-dollars.
    pub nano: u64,
}

/// The bill, by function.
pub fn due(vendor: &Vendor) -> BTreeMap<AiFunction, Due> {
    let asked: BTreeMap<String, AiFunction> = vendor
        .seen()
        .iter()
        .map(|seen| {
            let name = seen.body["response_format"]["json_schema"]["name"].as_str();
            let function = name.map_or(AiFunction::GenerateImages, |name| name.parse().expect("a function's name"));
            (seen.call().to_owned(), function)
        })
        .collect();
    let mut due: BTreeMap<AiFunction, Due> = BTreeMap::new();
    for line in vendor.bill().lines {
        let sum = due.entry(asked[&line.call]).or_default();
        sum.calls += 1;
        sum.credits += credits(&line);
        sum.nano += line.nano;
    }
    due
}

fn credits(line: &Billed) -> u64 {
    match line.kind {
        Kind::Image => CREDITS_PER_IMAGE,
        Kind::Text => (line.consumed.prompt + line.consumed.completion).div_ceil(TOKENS_PER_CREDIT).max(1),
    }
}

/// Every line of the vendor's bill must stand in our books, under the same call and with the same cost, and no other.
pub fn assert_books_have_the_bill(books: &Books, vendor: &Vendor) {
    let ours: BTreeMap<String, i64> = books
        .rows(
            "select lower(hex(u.call_id)), sum(u.cost_nano) from usage_log u join model m on m.id = u.model_id
             where m.provider = 'loopback' and u.cost_nano > 0 group by u.call_id",
            [],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .into_iter()
        .collect();
    let mut theirs: BTreeMap<String, i64> = BTreeMap::new();
    for line in vendor.bill().lines {
        *theirs.entry(line.call.replace('-', "")).or_default() += i64::try_from(line.nano).expect("a small bill");
    }
    assert_eq!(ours, theirs, "our cost of each call is what the vendor bills for it");
    assert!(!theirs.is_empty(), "something was billed");
}
