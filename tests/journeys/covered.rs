//! A run begins only when the wallet covers it, or when the user has said what it may spend; and whatever ends it, what it
//! made and spent is said.

use crate::bad_input::assert_refused;
use igny8_tests::program::Home;

/// A site with 560 keywords, which a month's budget does not cover.
fn home_with_many() -> Home {
    let home = Home::default();
    home.json(&["site", "add", "--name", "Tea", "--kind", "folder", "--sector", "Leaves"]);
    let subjects = ["green tea", "teapot", "matcha", "oolong", "tea scone", "rooibos", "tea ceremony"];
    let wishes = ["benefits", "recipe", "storage", "price", "temperature", "history", "caffeine", "taste"];
    let places = [
        "",
        "in winter",
        "in spring",
        "at home",
        "at work",
        "for beginners",
        "for two",
        "on a budget",
        "abroad",
        "outdoors",
    ];
    let mut phrases = Vec::new();
    for subject in subjects {
        for wish in wishes {
            phrases.extend(places.map(|place| format!("{subject} {wish} {place}\n")));
        }
    }
    let file = home.file("many.csv", format!("keyword\n{}", phrases.concat()));
    home.json(&["keywords", "import", &file, "--site", "Tea"]);
    home
}

#[test]
fn a_run_that_the_wallet_does_not_cover_is_refused_before_it_begins() {
    let home = home_with_many();
    let (plan, wallet) = (home.books().plan(), home.books().wallet());
    let start = ["run", "start", "--site", "Tea"];
    let words =
        ["not enough credits", "will cost about", "1000 available", "nothing was begun", "--cap", "credits grant"];
    assert_refused(&home.run(&start), &words, "without a cap");
    let above = [&start[..], &["--cap", "1001"]].concat();
    assert_refused(&home.run(&above), &["--cap: 1001", "1000", "nothing was begun"], "with a cap above the wallet");
    assert_eq!((home.books().plan(), home.books().wallet()), (plan, wallet), "nothing was made or moved");
    assert_eq!(home.books().number("select count(*) from operation"), 0, "and nothing was begun");
}

#[test]
fn a_run_that_ends_at_its_cap_says_what_it_made_and_spent() {
    let home = home_with_many();
    let without = home.run(&["run", "start", "--site", "Tea"]);
    assert!(!without.stderr.contains("Running"), "what is refused is not announced first: {without:?}");
    let ran = home.run(&["run", "start", "--site", "Tea", "--cap", "40"]);
    assert_eq!(ran.code, 1, "the cap ends it: {ran:?}");
    let spent = -home.books().number("select sum(amount) from credit_transaction where transaction_type = 'deduction'");
    assert!(spent > 0, "it spent something: {ran:?}");
    let said = format!("{} credits.", spent / 1_000_000);
    assert!(ran.stdout.starts_with("Made before it ended: ") && ran.stdout.trim_end().ends_with(&said), "{ran:?}");
    assert!(ran.stderr.contains("Stopped:"), "and why it ended: {ran:?}");
    let price = ran.stderr.lines().find(|line| line.starts_with("Running Tea: ")).expect("its price is said");
    let end = "; its cap is 40, less than that: it ends there, with ";
    assert!(price.contains(" credits, likely ") && price.contains(end), "{price}");
    let likely = price.split("likely ").nth(1).and_then(|rest| rest.split(';').next()).expect("what it likely costs");
    assert!(likely.parse::<f64>().unwrap() > 40.0, "the whole price, and not what the cap leaves of it: {price}");
}

#[test]
fn a_run_whose_cap_has_no_room_for_an_articles_pictures_says_that_and_begins_none() {
    let home = home_with_many();
    home.json(&["credits", "grant", "10000"]);
    for command in ["cluster", "ideas"] {
        home.json(&[command, "--site", "Tea"]);
    }
    let dear = home.run(&["write", "--site", "Tea", "--limit", "1", "--cap", "0.000001"]);
    assert_refused(&dear, &["It may cost ", "Nothing of it was begun"], "more than the command may cost");
    let most = dear.stderr.split("It may cost ").nth(1).and_then(|rest| rest.split(' ').next());
    let cap = (most.expect("it says how much").parse::<f64>().unwrap() + 1.0).to_string();
    let calls = home.books().number("select count(*) from call");
    let ran = home.run(&["run", "start", "--site", "Tea", "--cap", &cap]);
    assert_refused(
        &ran,
        &["another article and its pictures", "could not be finished", "--cap"],
        "by itself it would fit",
    );
    assert!(!ran.stderr.contains("first call"), "{ran:?}");
    assert_eq!(home.books().number("select count(*) from call"), calls, "nothing was asked");
    let status = home.json(&["run", "status", "--site", "Tea"]);
    assert_eq!(status["run"]["stopped_code"], "cap_run_rest");
}

#[test]
fn a_run_whose_cap_is_below_its_first_call_says_so_and_not_that_it_has_spent() {
    let home = home_with_many();
    let ran = home.run(&["run", "start", "--site", "Tea", "--cap", "5"]);
    assert_refused(&ran, &["stopped", "first call", "more than the run's cap", "--cap"], "nothing was let through");
    assert!(!ran.stderr.contains("spent"), "{ran:?}");
    assert_eq!(home.books().number("select used + held from cap where scope = 'run'"), 0);
    assert_eq!(home.books().number("select count(*) from call"), 0);
    let status = home.run(&["run", "status", "--site", "Tea"]).stdout;
    assert!(status.contains("first call"), "{status}");

    let without = home.run(&["run", "start", "--site", "Tea"]);
    assert!(!without.stderr.contains("Running"), "what is refused is not announced first: {without:?}");
    let ran = home.run(&["run", "start", "--site", "Tea", "--cap", "40"]);
    assert!(ran.stderr.contains("leaves too little for"), "one that was spent on is told as that: {ran:?}");
}
