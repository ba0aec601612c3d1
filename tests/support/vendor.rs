//! What a vendor's bill says our books must say: every amount is worked out from what the vendor consumed and was asked,
//! by the published formulas, and never taken from the code under test.

use crate::books::Books;
use crate::program::{Home, Ran};
use igny8_core::function::AiFunction;
use igny8_core::status::Dialect;
use igny8_providers::builtin::BuiltinText;
use igny8_testkit::vendor::{Billed, IMAGE_MODEL, Kind, Stated, TEXT_MODEL, Terms, Vendor};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

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
    exact_vendor_of(Dialect::OpenAi, key)
}

/// The same of another language than OpenAI's.
pub fn exact_vendor_of(dialect: Dialect, key: Option<&str>) -> Vendor {
    let terms = Terms { dialect, key: key.map(str::to_owned), stated: Stated::InParts, ..Terms::default() };
    Vendor::start_on(terms, Arc::new(BuiltinText::new()))
}

/// A home whose work a vendor does that takes everybody: connected, its models chosen, and a site with keywords.
pub fn home_with(vendor: &Vendor) -> Home {
    let home = Home::default();
    connect(&home, vendor, "").json();
    add_models(&home);
    furnish(&home);
    home
}

/// Connects the vendor, with the key on standard input.
pub fn connect(home: &Home, vendor: &Vendor, key: &str) -> Ran {
    connect_as(home, PROVIDER, vendor, key)
}

/// The same under another name.
pub fn connect_as(home: &Home, name: &str, vendor: &Vendor, key: &str) -> Ran {
    let (url, dialect) = (vendor.base_url(), vendor.dialect());
    let named = ["--json", "models", "connect", "--name", name, "--url", &url, "--dialect", dialect.as_str()];
    home.run_with(&named, key)
}

/// The bill as the file that vendors let their customers download, one line for each request, and where it lies. The first
/// line is of the first moment that anything was asked at, the others of the last.
pub fn bill_file(home: &Home, lines: &[Billed]) -> String {
    let seconds = "select strftime('%Y-%m-%dT%H:%M:%SZ', min(at) / 1000, 'unixepoch'),
                   strftime('%Y-%m-%dT%H:%M:%SZ', max(at) / 1000 + 1, 'unixepoch') from attempt";
    let span = home.sqlite(seconds).stdout;
    let (first, last) = span.trim().split_once('|').expect("two moments");
    let rows = lines.iter().enumerate().map(|(place, line)| {
        let at = if place == 0 { first } else { last };
        let model = if line.kind == Kind::Image { IMAGE_MODEL } else { TEXT_MODEL };
        format!("{},{at},{model},{}\n", line.request, line.nano as f64 / 1e9)
    });
    home.file("bill.csv", format!("request id,time,model,cost (usd)\n{}", rows.collect::<String>()))
}

/// The vendor's models at its ordinary tariff, chosen for their kinds.
pub fn add_models(home: &Home) {
    let [.., image] = PRICES;
    let credits = CREDITS_PER_IMAGE.to_string();
    add_text_model(home);
    let picture = ["models", "add", "--provider", PROVIDER, "--model", IMAGE_MODEL, "--type", "image"];
    home.json(&[&picture[..], &["--image", image, "--credits-per-image", &credits]].concat());
    home.json(&["models", "use", IMAGE_MODEL]);
}

/// Its text model alone, chosen for texts.
pub fn add_text_model(home: &Home) {
    let [input, output, cached, cache_write, _] = PRICES;
    let text = ["models", "add", "--provider", PROVIDER, "--model", TEXT_MODEL, "--type", "text", "--input", input];
    let prices = ["--output", output, "--cached-input", cached, "--cache-write", cache_write, "--default"];
    home.json(&[&text[..], &prices].concat());
}

/// A site with keywords.
pub fn furnish(home: &Home) {
    home.json(&["site", "add", "--name", "Tea", "--kind", "folder", "--sector", "Leaves"]);
    let file =
        home.file("good.csv", "keyword\ngreen tea benefits\ngreen tea for sleep\nhow to brew green tea\nbest teapot\n");
    home.json(&["keywords", "import", &file, "--site", "Tea"]);
}

/// Waits until the vendor was asked so often in all. It is told of each request as it comes; the bound is for a program
/// that will never ask.
pub fn await_requests(vendor: &Vendor, count: usize) {
    const LONGEST: Duration = Duration::from_secs(60);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime");
    let asked = async {
        while vendor.seen().len() < count {
            vendor.arrival().await;
        }
    };
    let waited = runtime.block_on(async { tokio::time::timeout(LONGEST, asked).await });
    waited.unwrap_or_else(|_| panic!("asked {} times and not {count}", vendor.seen().len()));
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
        .map(|seen| (seen.call().to_owned(), vendor.function(seen).expect("a request that is understood")))
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

/// Whole credits that a line of the bill comes to.
pub fn credits(line: &Billed) -> u64 {
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
