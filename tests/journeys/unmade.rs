//! Work that ends before all of it is done: exit code 1, what was made, why the rest was not, and a way on that works.

use igny8_core::function::AiFunction;
use igny8_core::money::Credits;
use igny8_engine::settings;
use igny8_store::Store;
use igny8_testkit::vendor::{IMAGE_MODEL, Reply};
use igny8_tests::program::{Home, Ran};
use igny8_tests::vendor::{PROVIDER, add_models, connect, exact_vendor, furnish, home_with};
use serde_json::Value;

const IMAGES: [&str; 3] = ["images", "--site", "Tea"];

/// An article whose three pictures are still to be described and made.
fn write_one(home: &Home) {
    for command in ["cluster", "ideas"] {
        home.json(&[command, "--site", "Tea"]);
    }
    home.json(&["write", "--site", "Tea", "--limit", "1"]);
}

/// Whole credits that `more` than what was used is.
fn used_and(home: &Home, more: i64) -> String {
    let limits = home.json(&["credits", "limits"]);
    let month = limits["spending"]["limits"].as_array().unwrap().iter().find(|limit| limit["scope"] == "month");
    let used: f64 = month.expect("the month is listed")["used"].as_str().unwrap().parse().unwrap();
    (used + more as f64).to_string()
}

/// What a program printed as JSON that exited with 1 and one sentence.
fn partial(ran: &Ran) -> Value {
    assert_eq!((ran.code, ran.stderr.trim_end().lines().count()), (1, 1), "one sentence: {ran:?}");
    serde_json::from_str(&ran.stdout).unwrap_or_else(|error| panic!("{error}: {ran:?}"))
}

/// Done, failed and not begun units of the last operation.
fn units(printed: &Value) -> (u64, u64, u64) {
    let last = printed["operations"].as_array().unwrap().last().unwrap();
    let [total, done, failed] = ["units_total", "units_done", "units_failed"].map(|name| last[name].as_u64().unwrap());
    (done, failed, total - done - failed)
}

fn assert_says(ran: &Ran, words: &[&str]) {
    for word in words {
        assert!(ran.stderr.contains(word), "says {word:?}: {}", ran.stderr);
    }
}

#[test]
fn a_limit_that_is_reached_midway_is_no_success_and_raising_it_lets_the_rest_be_made() {
    let site = ["--site", "Tea"];
    let limits: [(&str, &[&str], &str); 3] =
        [("month", &[], "month's"), ("day", &[], "day's"), ("site", &site, "site's")];
    let prepared = Home::default();
    furnish(&prepared);
    write_one(&prepared);
    for (scope, of, whose) in limits {
        let home = prepared.copy();
        home.json(&[&["credits", "limit", scope, &used_and(&home, 2)], of].concat());
        let ran = home.run(&[&["--json"], &IMAGES[..]].concat());
        let (done, failed, untried) = units(&partial(&ran));
        assert!(done > 0 && untried > 0, "{scope}: it ended midway: {ran:?}");
        assert_eq!(failed, 1, "{scope}: one was refused");
        let command = format!("'credits limit {scope} AMOUNT");
        assert_says(
            &ran,
            &[whose, "limit is reached", "What was finished stays", &command, "start again for the rest"],
        );
        let again = home.run(&IMAGES);
        assert_eq!((again.code, again.stdout.as_str()), (1, ""), "{scope}: started again it makes nothing: {again:?}");
        assert_says(&again, &[whose, &command]);

        home.json(&[&["credits", "limit", scope, &used_and(&home, 100)], of].concat());
        let rest = units(&home.json(&IMAGES));
        assert_eq!(rest, (untried + 1, 0, 0), "{scope}: raised, all that was left is made");
    }
    let home = prepared.copy();
    home.json(&["credits", "limit", "month", &used_and(&home, 2)]);
    let ran = home.run(&IMAGES);
    assert_eq!(ran.code, 1, "{ran:?}");
    for words in ["Images: ", " made, 1 failed, ", " not begun (the month's limit is reached)"] {
        assert!(ran.stdout.contains(words), "people are told what was made: {words}: {}", ran.stdout);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn credits_that_run_out_midway_are_no_success_and_a_grant_lets_the_rest_be_made() {
    let home = Home::default();
    std::fs::create_dir(home.data()).unwrap();
    let store = Store::open(&home.database(), None).unwrap();
    store.write(|w| settings::save_budget(w, Credits::ZERO)).await.unwrap();
    drop(store);
    let vendor = exact_vendor(None);
    connect(&home, &vendor, "").json();
    add_models(&home);
    let dear = ["--type", "image", "--image", "0.04", "--credits-per-image", "50", "--default"];
    home.json(&[&["models", "add", "--provider", PROVIDER, "--model", IMAGE_MODEL], &dear[..]].concat());
    furnish(&home);
    home.json(&["credits", "grant", "100"]);
    write_one(&home);
    let ran = home.run(&[&["--json"], &IMAGES[..]].concat());
    let (done, failed, untried) = units(&partial(&ran));
    assert!(done > 0 && untried > 0 && failed == 1, "it ended midway: {ran:?}");
    assert_says(&ran, &["Not enough credits", "'credits grant AMOUNT'", "What was made stays", "start again"]);
    home.json(&["credits", "grant", "500"]);
    assert_eq!(units(&home.json(&IMAGES)), (untried + 1, 0, 0), "all that was left is made");
}

#[test]
fn a_stop_of_all_paid_work_is_told_with_the_command_that_ends_it() {
    let home = Home::default();
    furnish(&home);
    home.json(&["credits", "stop"]);
    let ran = home.run(&["cluster", "--site", "Tea"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (1, ""), "{ran:?}");
    assert_says(&ran, &["stopped", "'credits resume'"]);
    home.json(&["credits", "resume"]);
    home.json(&["cluster", "--site", "Tea"]);
}

#[test]
fn a_run_that_went_to_its_end_without_all_of_it_is_no_success_and_says_what_failed() {
    let vendor = exact_vendor(None);
    let home = home_with(&vendor);
    write_one(&home);
    home.sqlite("update idea set is_disabled = 1 where status = 'new'");
    let stand = home.copy();
    let replies = || {
        // The pictures are described, the first is made, the second is none.
        vendor.then(Reply::Answer);
        vendor.then(Reply::Answer);
        vendor.then(Reply::Says("<html>no picture</html>".to_owned()));
    };
    replies();
    let ran = home.run(&["run", "start", "--site", "Tea"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.stdout.starts_with("Made: 0 articles, 2 images, ") && ran.stdout.contains("; 1 failed."), "{ran:?}");
    assert_says(
        &ran,
        &["Not all was made", "Images: 1 failed (what the vendor sent is no picture)", "start the run again"],
    );
    replies();
    let ran = stand.run(&["--json", "run", "start", "--site", "Tea"]);
    let run = &partial(&ran)["run"];
    assert_eq!(run["status"], "partial", "{run}");
    assert_eq!(run["failed"], serde_json::json!([{ "function": "generate_images", "code": "bad_image", "units": 1 }]));
    let again = stand.json(&["run", "start", "--site", "Tea"]);
    assert_eq!((&again["run"]["status"], &again["run"]["failed"]), (&"completed".into(), &serde_json::json!([])));
}

#[test]
fn what_a_command_will_cost_is_said_before_it_spends_and_a_cap_is_kept() {
    let home = Home::default();
    furnish(&home);
    let before = home.dump();
    for cap in ["0", "-1", "many"] {
        assert_eq!(home.run(&["cluster", "--site", "Tea", "--cap", cap]).code, 1, "{cap} is no cap");
    }
    let dear = home.run(&["cluster", "--site", "Tea", "--cap", "0.5"]);
    assert_eq!((dear.code, dear.stdout.as_str()), (1, ""), "{dear:?}");
    assert_says(&dear, &["It may cost ", "which is more than the 0.5 that --cap leaves", "Nothing of it was begun."]);
    assert_eq!(home.dump(), before, "nothing was begun");
    for (command, what) in
        [("cluster", "Clusters"), ("ideas", "Ideas"), ("write", "Drafts"), ("images", "Image descriptions")]
    {
        let available = home.json(&["credits", "balance"])["available"].as_str().unwrap().parse::<f64>().unwrap();
        let ran = home.run(&[command, "--site", "Tea", "--limit", "1", "--cap", "1000"]);
        assert_eq!(ran.code, 0, "{command}: {ran:?}");
        // A command of several steps says the price of each before it.
        let prices: Vec<&str> = ran.stderr.lines().filter(|line| line.contains(" of Tea: about ")).collect();
        let first = prices.first().unwrap_or_else(|| panic!("{command}: its price is said: {ran:?}"));
        assert!(first.starts_with(&format!("{what} of Tea: about ")), "{command}: {first}");
        for price in &prices {
            for part in [" at most ", "; provider $", " left afterwards"] {
                assert!(price.contains(part), "{command}: {price}");
            }
        }
        let number = |price: &&str, before: &str| -> f64 {
            price.split(before).nth(1).unwrap().split([' ', ';']).next().unwrap().parse().unwrap()
        };
        let most: f64 = prices.iter().map(|price| number(price, "at most ")).sum();
        let left = home.json(&["credits", "balance"])["available"].as_str().unwrap().parse::<f64>().unwrap();
        assert!(left < available && available - left <= most, "{command}: {prices:?}");
        assert!(first.contains(&format!("{} left", available - number(first, "about "))), "{command}: {first}");
    }
    assert!(home.run(&["images", "--site", "Tea"]).stderr.contains("Images of Tea: about "), "each step says its own");
    let json = home.run(&["--json", "ideas", "--site", "Tea"]);
    assert_eq!((json.code, json.stderr.as_str()), (0, ""), "programs are told by the answer");
}

#[test]
fn a_picture_that_fails_among_others_is_no_success_and_retry_makes_it() {
    let vendor = exact_vendor(None);
    let home = home_with(&vendor);
    write_one(&home);
    // The pictures are described, the first is made, the second is none.
    vendor.then(Reply::Answer);
    vendor.then(Reply::Answer);
    vendor.then(Reply::Says("<html>no picture</html>".to_owned()));
    let ran = home.run(&[&["--json"], &IMAGES[..]].concat());
    let (done, failed, untried) = units(&partial(&ran));
    assert!(done > 0, "the others were made: {ran:?}");
    assert_eq!((failed, untried), (1, 0), "{ran:?}");
    assert_says(&ran, &["1 failed: ", "What was made stays", "'retry'"]);
    let again = home.json(&["retry", "--site", "Tea"]);
    assert_eq!(again["operations"][0]["function"], AiFunction::GenerateImages.name(), "{again}");
    assert_eq!(units(&again), (1, 0, 0), "what failed is made");
}

#[test]
fn a_vendor_that_asks_for_a_long_wait_is_told_by_its_own_words_with_the_time() {
    for (status, words) in [(503, "too busy to answer"), (429, "fewer requests at a time")] {
        let vendor = exact_vendor(None);
        let home = home_with(&vendor);
        vendor.from_now_on(Reply::Raw(status, vec![("retry-after", "1200".to_owned())], "{}".to_owned()));
        let ran = home.run(&["cluster", "--site", "Tea"]);
        assert_eq!((ran.code, vendor.seen().len()), (1, 1), "{status}: it is not asked again before: {ran:?}");
        let at = home.sqlite("select strftime('%Y-%m-%d %H:%M:%S', may_go_on_at / 1000, 'unixepoch') from operation");
        let second = format!("{} UTC", at.stdout.trim());
        assert_says(&ran, &[words, &format!("not before {second}"), &format!("Wait until {second}, then")]);
    }
}

#[test]
fn a_vendor_that_asked_for_a_long_wait_is_left_alone_by_the_next_program_as_well() {
    let vendor = exact_vendor(None);
    let home = home_with(&vendor);
    vendor.then(Reply::rate_limited(&[("retry-after", "3600")]));
    assert_eq!(home.run(&["cluster", "--site", "Tea"]).code, 1);
    let until = home.books().number("select may_go_on_at from operation");
    for command in [&["cluster"][..], &["run", "start"]] {
        let before = home.books().number("select count(*) from operation");
        let ran = home.run(&[command, &["--site", "Tea"]].concat());
        assert_eq!((ran.code, vendor.seen().len()), (1, 1), "{command:?}: nobody is asked: {ran:?}");
        assert_says(&ran, &["fewer requests at a time", "not before"]);
        let books = home.books();
        assert_eq!(books.number("select count(*) from operation"), before + 1, "{command:?}: it is on the books, once");
        assert_eq!(books.number("select rests_until from provider"), until, "{command:?}: and no longer than was said");
        assert_eq!(books.open_holds(), 0, "{command:?}");
    }
    // Whoever connects it anew, with another key or account, asks it anew.
    igny8_tests::vendor::connect(&home, &vendor, "").json();
    home.json(&["cluster", "--site", "Tea"]);
    assert_eq!(vendor.seen().len(), 2);
    assert_eq!(home.json(&["credits", "audit"])["ok"], true);
}
