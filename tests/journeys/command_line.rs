//! What the window can do and the command line must as well: sectors, a removed site, the monthly budget, a run that is
//! looked at and cancelled; and the words it says all this in.

use crate::bad_input::{assert_refused, furnished};
use igny8_testkit::vendor::Reply;
use igny8_tests::program::Home;
use igny8_tests::vendor::{await_requests, exact_vendor, home_with};
use serde_json::json;

const SITE: [&str; 2] = ["--site", "Tea"];

fn sectors(home: &Home) -> Vec<(String, i64)> {
    let listed = home.json(&[&["sector", "list"][..], &SITE].concat());
    let each = listed["sectors"].as_array().unwrap().iter();
    each.map(|one| (one["name"].as_str().unwrap().to_owned(), one["keywords"].as_i64().unwrap())).collect()
}

#[test]
fn sectors_are_listed_added_renamed_and_removed_while_they_are_empty() {
    let home = furnished();
    assert_eq!(sectors(&home), [("Leaves".to_owned(), 3)]);
    assert_eq!(home.run(&[&["sector", "add", "Pots"][..], &SITE].concat()).stdout.trim(), "Sector 2 added.");
    let twice = home.run(&[&["sector", "add", "pots"][..], &SITE].concat());
    assert_refused(&twice, &["name", "taken"], "a second one of the name");
    home.json(&[&["sector", "rename", "pots", "Kettles"][..], &SITE].concat());
    assert_eq!(sectors(&home), [("Kettles".to_owned(), 0), ("Leaves".to_owned(), 3)]);
    let file = home.path("good.csv").to_string_lossy().into_owned();
    let unnamed = home.run(&[&["keywords", "import", &file][..], &SITE].concat());
    assert_refused(&unnamed, &["--sector: is missing", "'sector list --site site'"], "a file for one of two sectors");
    let in_use = home.run(&[&["sector", "remove", "Leaves"][..], &SITE].concat());
    assert_refused(&in_use, &["sector", "keywords", "empty"], "one that is in use");
    home.json(&[&["sector", "remove", "Kettles"][..], &SITE].concat());
    assert_eq!(sectors(&home), [("Leaves".to_owned(), 3)]);
    let gone = home.run(&[&["sector", "rename", "Kettles", "Cups"][..], &SITE].concat());
    assert_refused(&gone, &["no such sector", "'sector list --site SITE'"], "a removed one");
    let unknown = home.run(&["sector", "list", "--site", "Coffee"]);
    assert_refused(&unknown, &["no such site", "'site list'"], "sectors of no site");
}

#[test]
fn a_removed_site_comes_back_with_all_it_had() {
    let home = furnished();
    let before = home.json(&["site", "list"]);
    let removed = home.run(&["site", "remove", "Tea"]);
    assert!(removed.stdout.contains("'site restore 1'"), "the way back is told: {removed:?}");
    assert_eq!(home.json(&["site", "list"])["sites"], serde_json::json!([]));
    let gone = home.json(&["site", "list", "--removed"]);
    let found = &gone["removed_sites"][0];
    assert_eq!((&found["id"], &found["name"]), (&"1".into(), &"Tea".into()), "and can be found later: {gone}");
    assert!(found["removed_at"].as_str().is_some_and(|at| at.ends_with('Z')), "with when it went: {gone}");
    home.json(&["site", "restore", "1"]);
    assert_eq!((home.json(&["site", "list"]), sectors(&home)), (before.clone(), vec![("Leaves".to_owned(), 3)]));
    assert_refused(&home.run(&["site", "restore", "1"]), &["no such site", "--removed"], "one that is not removed");
    assert_eq!(home.json(&["site", "list", "--removed"])["removed_sites"], serde_json::json!([]));
    home.run(&["site", "remove", "Tea"]);
    home.json(&["site", "restore", "tea"]);
    assert_eq!(home.json(&["site", "list"]), before, "by its name as well");
}

#[test]
fn the_monthly_budget_is_set() {
    let home = furnished();
    let granted = home.json(&["credits", "balance"])["month_granted"].clone();
    let changed = home.json(&["credits", "budget", "250.5"]);
    assert_eq!(
        (&changed["monthly_budget"], &changed["month_granted"]),
        (&"250.5".into(), &granted),
        "of the next month"
    );
    assert_eq!(home.json(&["credits", "balance"])["monthly_budget"], "250.5", "and kept");
    assert_refused(&home.run(&["credits", "budget", "much"]), &["amount", "decimal number"], "no number");
    assert_eq!(home.json(&["credits", "balance"])["monthly_budget"], "250.5", "a refusal changes nothing");
}

#[test]
fn a_run_is_looked_at_from_beside_it_and_cancelled_once_its_program_has_ended() {
    let vendor = exact_vendor(None);
    let home = home_with(&vendor);
    let (status, cancel) = ([&["run", "status"][..], &SITE].concat(), [&["run", "cancel"][..], &SITE].concat());
    let none = home.json(&status);
    assert_eq!((&none["run"]["status"], &none["run"]["id"]), (&"idle".into(), &serde_json::Value::Null), "{none}");
    assert_refused(&home.run(&cancel), &["no run of Tea", "'run start --site SITE'"], "no run yet");

    vendor.then(Reply::Never);
    let running = home.start(&[&["run", "start"][..], &SITE].concat());
    await_requests(&vendor, 1);
    let beside = home.json(&status);
    assert_eq!(
        (&beside["run"]["status"], &beside["run"]["stage"], &beside["run"]["units_done"]),
        (&"running".into(), &"auto_cluster".into(), &0.into()),
        "{beside}"
    );
    assert!(running.kill(), "it was still at work");

    let left = home.json(&status);
    assert_eq!((&left["run"]["status"], &left["run"]["id"]), (&"interrupted".into(), &beside["run"]["id"]), "{left}");
    let cancelled = home.json(&cancel);
    assert_eq!(
        (&cancelled["run"]["status"], &cancelled["run"]["stopped_code"]),
        (&"idle".into(), &"cancelled".into()),
        "{cancelled}"
    );
    assert_eq!(home.books().open_holds(), 0, "what was kept for it is given back");
    assert_refused(&home.run(&cancel), &["no run of Tea"], "a second time");
    assert_eq!(home.json(&["credits", "audit"])["ok"], true, "the books balance");
    let rest = home.json(&[&["run", "start"][..], &SITE].concat());
    assert_ne!(rest["run"]["made"]["articles"], 0, "{rest}");
    let again = home.json(&[&["run", "start"][..], &SITE].concat());
    assert_eq!(again["run"]["made"], json!({ "articles": 0, "images": 0, "credits": "0" }), "{again}");
    assert_ne!(again["run"]["completion"]["contents"], 0, "what the site has stands beside it: {again}");
    let done = home.run(&status);
    assert!(done.stdout.contains("the last one has ended"), "{done:?}");
}

#[test]
fn answers_are_in_words_that_fit() {
    let home = furnished();
    let tested = home.run(&["site", "test", "Tea"]);
    let folder = home.data().join("published");
    assert!(tested.stdout.contains(&*folder.to_string_lossy()), "{tested:?}");
    assert!(!tested.stdout.contains("()"), "nobody signs in to a folder: {tested:?}");
    let colour = home.run(&["site", "edit", "Tea", "--color", "red"]);
    assert_refused(&colour, &["--color", "#rrggbb"], "a colour by name");
    assert!(!colour.stderr.contains("brandColor"), "{colour:?}");
    let url = ["site", "add", "--name", "X", "--kind", "folder", "--url", "not/absolute"];
    assert_refused(&home.run(&url), &["url", "whole path"], "a path from nowhere");
    for command in ["cluster", "ideas"] {
        home.json(&[command, "--site", "Tea"]);
    }
    home.json(&["write", "--site", "Tea", "--limit", "1"]);
    home.json(&["images", "--site", "Tea"]);
    assert_eq!(home.run(&["approve", "--site", "Tea"]).stdout.trim(), "1 article approved.");
}
