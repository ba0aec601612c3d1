//! The key of a vendor through the program: given once, kept through other changes, tried for nothing, and told in words
//! when it is wrong, gone, or nobody is there to take it.

use igny8_testkit::vendor::{Reply, Vendor};
use igny8_tests::keyring::Keyring;
use igny8_tests::program::{Home, Ran};
use igny8_tests::vendor::{PROVIDER, connect, exact_vendor, home_with};
use serde_json::Value;

const KEY: &str = "sk-canary-7f3a9c41d2e8";

fn tested(home: &Home) -> Ran {
    home.run(&["--json", "models", "test", "--name", PROVIDER])
}

/// The verdict of a test that does not go well.
fn verdict(home: &Home) -> String {
    let ran = tested(home);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert_eq!(ran.stderr.trim_end().lines().count(), 1, "one sentence: {}", ran.stderr);
    let said: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!((said["ok"].as_bool(), said["models"].as_u64()), (Some(false), None), "{said}");
    said["verdict"].as_str().unwrap().to_owned()
}

fn anew(home: &Home, vendor: &Vendor, more: &[&str], key: &str) -> Ran {
    let url = vendor.base_url();
    let named = ["--json", "models", "connect", "--name", PROVIDER, "--url", &url];
    home.run_with(&[&named[..], more].concat(), key)
}

#[test]
fn a_vendor_is_tried_for_nothing_and_what_is_wrong_is_said() {
    let vendor = exact_vendor(Some(KEY));
    let mut home = Home::default();
    let _keyring = Keyring::start(&mut home);
    connect(&home, &vendor, KEY).json();
    let right = tested(&home).json();
    assert_eq!((right["verdict"].as_str(), right["models"].as_u64()), (Some("right"), Some(2)), "{right}");
    let told = home.run(&["models", "test", "--name", PROVIDER]).stdout;
    assert!(told.contains("takes the key and lists 2 models") && !told.contains("canary"), "{told}");

    vendor.then(Reply::rate_limited(&[]));
    assert_eq!(verdict(&home), "busy");
    vendor.then(Reply::out_of_money());
    assert_eq!(verdict(&home), "out_of_money");
    vendor.then(Reply::page(200));
    assert_eq!(verdict(&home), "stranger");
    connect(&home, &vendor, "sk-canary-of-somebody-else").json();
    assert_eq!(verdict(&home), "wrong_key");
    assert_eq!(home.run(&["models", "test", "--name", "nobody"]).code, 1, "one that is not connected");
    assert_eq!((vendor.seen(), vendor.bill().lines), (vec![], vec![]), "no model was asked");
    let books = home.books();
    assert_eq!(books.number("select (select count(*) from call) + (select count(*) from usage_log)"), 0);
    drop(vendor);
    assert_eq!(verdict(&home), "unreachable");
    assert!(!home.dump().contains("canary"), "no key is in the database");
}

#[test]
fn a_key_outlives_another_rate_and_goes_to_no_other_address() {
    let vendor = exact_vendor(Some(KEY));
    let mut home = Home::default();
    let _keyring = Keyring::start(&mut home);
    connect(&home, &vendor, KEY).json();
    let slower = anew(&home, &vendor, &["--per-minute", "30", "--keep-key"], "").json();
    assert_eq!((slower["key"].as_str(), slower["per_minute"].as_u64()), (Some("keyring"), Some(30)), "{slower}");
    let row = "select per_minute, has_secret, secret_tail from provider";
    assert_eq!(home.sqlite(row).stdout.trim(), "30|1|d2e8");
    assert_eq!(tested(&home).json()["verdict"], "right", "it is the key that was given");

    let other = exact_vendor(Some(KEY));
    let moved = anew(&home, &other, &["--keep-key"], "");
    assert!(moved.code == 1 && moved.stderr.contains("was given for another address"), "{moved:?}");
    assert_eq!(home.sqlite(row).stdout.trim(), "30|1|d2e8", "nothing is changed by that");
    assert_eq!(other.greetings(), [], "and nothing was sent there");
    for bad in ["0", "100001"] {
        let refused = anew(&home, &vendor, &["--per-minute", bad, "--keep-key"], "");
        assert!(refused.code == 1 && refused.stderr.contains("--per-minute"), "{bad}: {refused:?}");
    }
    anew(&home, &vendor, &[], "").json();
    assert_eq!(home.sqlite(row).stdout.trim(), "0|0|", "without a word of it, it is forgotten");
    assert_eq!(verdict(&home), "wrong_key", "and the vendor wants one");
}

#[test]
fn a_key_that_is_gone_from_the_keyring_is_told() {
    let vendor = exact_vendor(Some(KEY));
    let mut home = Home::default();
    let keyring = Keyring::start(&mut home);
    assert_eq!(connect(&home, &vendor, KEY).json()["key"], "keyring");
    drop(keyring);
    assert_eq!(verdict(&home), "no_key", "the next program has none");
    assert_eq!(vendor.greetings(), [], "and asks nobody without it");
    let told = home.run(&["models", "test", "--name", PROVIDER]).stdout;
    assert!(told.contains("no system keyring") && !told.contains("any more"), "there never was one: {told}");
}

#[test]
fn where_something_else_answers_the_address_that_was_asked_is_named() {
    let vendor = exact_vendor(None);
    let (home, url) = (home_with(&vendor), vendor.base_url());
    vendor.then(Reply::page(200));
    let ran = home.run(&["cluster", "--site", "Tea"]);
    assert!(ran.code == 1 && ran.stderr.contains(&format!("asked was {url}")), "{ran:?}");
    let told = home.run(&["notifications", "list"]).stdout;
    assert!(told.contains(&format!("asked was {url}")), "{told}");
    vendor.then(Reply::page(200));
    let tested = home.run(&["models", "test", "--name", PROVIDER]);
    assert!(tested.code == 1 && tested.stdout.contains(&url), "{tested:?}");
}
