//! A vendor of every dialect through the program, from connecting it to finished articles: each function of a text is done
//! by it, leaves its four records, and costs what the vendor bills; pictures come from wherever they are made.

use igny8_core::function::AiFunction;
use igny8_core::status::Dialect;
use igny8_testkit::vendor::{Reply, TEXT_MODEL, Vendor};
use igny8_tests::books::Books;
use igny8_tests::program::Home;
use igny8_tests::vendor::{
    PROVIDER, add_text_model, assert_books_have_the_bill, connect, due, exact_vendor_of, furnish,
};

/// The functions whose answers are text.
const TEXTS: [AiFunction; 4] =
    [AiFunction::AutoCluster, AiFunction::GenerateIdeas, AiFunction::GenerateContent, AiFunction::GenerateImagePrompts];

fn home_of(vendor: &Vendor) -> Home {
    let home = Home::default();
    let connected = connect(&home, vendor, "").json();
    assert_eq!(connected["dialect"], vendor.dialect().as_str());
    add_text_model(&home);
    furnish(&home);
    home
}

/// Deductions, settled usage rows, successful rows of the task log and notices of success that a function left.
fn records_of(books: &Books, function: AiFunction) -> [i64; 4] {
    let counted = books.rows(
        "select (select count(*) from credit_transaction t join operation o on o.id = t.operation_id
                 where o.function_name = ?1 and t.transaction_type = 'deduction'),
           (select count(*) from usage_log u join operation o on o.id = u.operation_id
            where o.function_name = ?1 and u.outcome = 'settled'),
           (select count(*) from operation where function_name = ?1 and status = 'success'),
           (select count(*) from notification where notification_type = ?2 || '_success')",
        [function.name(), function.notification_stem()],
        |row| Ok([row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?]),
    );
    counted[0]
}

#[test]
fn every_dialect_does_the_whole_pipeline() {
    for dialect in Dialect::OF_TEXTS.iter().copied() {
        let vendor = exact_vendor_of(dialect, None);
        let home = home_of(&vendor);
        for command in ["cluster", "ideas"] {
            home.json(&[command, "--site", "Tea"]);
        }
        home.json(&["write", "--site", "Tea", "--limit", "1"]);
        home.json(&["images", "--site", "Tea"]);
        let due = due(&vendor);
        assert_eq!(due.keys().copied().collect::<Vec<_>>(), TEXTS, "{dialect}: the vendor did every text");
        let books = home.books();
        assert_books_have_the_bill(&books, &vendor);
        for (function, due) in due {
            let records = records_of(&books, function);
            let calls = i64::try_from(due.calls).unwrap();
            assert_eq!(records, [calls, calls, 1, 1], "{dialect}: {function} leaves its four records");
        }
        assert!(books.number("select count(*) from content") == 1, "{dialect}: an article is there");
        assert!(books.number("select count(*) from image where status = 'generated'") > 0, "{dialect}: with pictures");
        assert_eq!(books.number("select count(*) from usage_log where is_estimated = 1"), 0, "{dialect}: all is said");
        assert_eq!(home.json(&["credits", "audit"])["ok"], true, "{dialect}: the books balance");
    }
}

#[test]
fn a_prompt_that_was_cut_is_told_and_costs_no_credits() {
    let vendor = exact_vendor_of(Dialect::Ollama, None);
    let home = home_of(&vendor);
    let wallet = home.books().wallet();
    vendor.then(Reply::Reads(10));
    let ran = home.run(&["cluster", "--site", "Tea"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.stderr.contains("read only a part"), "{}", ran.stderr);
    let books = home.books();
    assert_eq!((books.wallet(), books.open_holds()), (wallet, 0), "nothing is charged or held");
    assert_eq!(books.number("select count(*) from cluster"), 0, "and nothing is stored");
    assert_books_have_the_bill(&books, &vendor);
}

#[test]
fn what_is_longer_than_the_model_reads_is_refused_before_it_is_sent() {
    for dialect in Dialect::OF_TEXTS.iter().copied() {
        let vendor = exact_vendor_of(dialect, None);
        let home = home_of(&vendor);
        let small = ["models", "add", "--provider", PROVIDER, "--model", TEXT_MODEL, "--type", "text"];
        home.json(&[&small[..], &["--input", "0.002", "--output", "0.008", "--context", "100"]].concat());
        let wallet = home.books().wallet();
        let ran = home.run(&["cluster", "--site", "Tea"]);
        assert!(ran.code == 1 && ran.stderr.contains("longer than all the model reads"), "{dialect}: {ran:?}");
        assert_eq!((vendor.seen(), vendor.bill().lines), (vec![], vec![]), "{dialect}: nothing was sent");
        let books = home.books();
        assert_eq!((books.wallet(), books.open_holds()), (wallet, 0), "{dialect}: nor charged or held");
        let ended = books.rows("select phase, error_code from operation", [], |row| Ok((row.get(0)?, row.get(1)?)));
        assert_eq!(ended, [("PREP".to_owned(), "prompt_too_long".to_owned())], "{dialect}");
        assert_eq!(
            books.number("select count(*) from keyword where status = 'new'"),
            4,
            "{dialect}: what waited waits"
        );
    }
}

#[test]
fn a_vendor_is_asked_in_the_language_its_address_and_name_suggest() {
    let home = Home::default();
    let connect = |name: &str, url: &str, more: &[&str]| {
        let named = ["--json", "models", "connect", "--name", name, "--url", url];
        home.run_with(&[&named[..], more].concat(), "")
    };
    let cases = [
        ("a", "https://api.openai.com/v1", "openai"),
        ("b", "https://api.anthropic.com", "anthropic"),
        ("c", "https://generativelanguage.googleapis.com", "gemini"),
        ("d", "http://127.0.0.1:11434", "ollama"),
        ("my-claude", "https://proxy.example/models", "anthropic"),
        ("e", "https://gateway.example/v1", "openai"),
    ];
    for (name, url, dialect) in cases {
        assert_eq!(connect(name, url, &[]).json()["dialect"], dialect, "{name} {url}");
    }
    let told = connect("b", "https://api.anthropic.com", &["--dialect", "openai"]).json();
    assert_eq!(told["dialect"], "openai", "what a person says counts");
    assert_eq!(connect("f", "https://a.example", &["--dialect", "klingon"]).code, 2, "a wrong word is a wrong use");
    let kept = home.sqlite("select group_concat(dialect) from (select dialect from provider order by name)").stdout;
    assert_eq!(kept.trim(), "openai,openai,gemini,ollama,openai,anthropic");
}
