//! A firewall in front of a real WordPress that refuses what it takes for an attack: the passage is found on request, with
//! few requests, and nothing of the search is left on the site.

use crate::outbox_program::Desk;
use crate::output::assert_documented;
use igny8_tests::line::{Fate, Passing};
use rusqlite::Connection;
use serde_json::Value;

/// What the firewall refuses, wherever it stands.
const BAD: [&str; 2] = ["UNION SELECT password", "etc/passwd"];
/// Paragraphs around it.
const PARAGRAPHS: usize = 40;

/// A site whose firewall refuses these, and an article that has them at these paragraphs.
fn refusing(bad: &'static [&'static str], at: &[usize]) -> Desk {
    let desk = Desk::with("1");
    let harmless = "Leaves keep what the water gives them, and a cup keeps it warm for a while.";
    let paragraphs = (0..PARAGRAPHS).map(|number| {
        let place = at.iter().position(|place| *place == number);
        let attack = place.map(|place| format!("Never type {} into a box.", bad[place])).unwrap_or_default();
        format!("<p>{number}. {harmless} {attack}</p>")
    });
    let html = format!("<h2>Leaves</h2>{}", paragraphs.collect::<String>());
    let file = Connection::open(desk.home.database()).unwrap();
    file.execute("update content_version set html = ?1", [&html]).unwrap();
    desk.line.decide(move |_, passing| if is_refused(passing, bad) { Fate::Refused } else { Fate::Through });
    desk
}

fn is_refused(passing: &Passing, bad: &[&str]) -> bool {
    let text = passing.text();
    passing.method == "POST" && bad.iter().any(|bad| text.contains(bad))
}

fn parked(desk: &Desk) -> Value {
    let ran = desk.home.run(&["--json", "publish", "--site", "Tea"]);
    let told: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(told["failed"][0]["code"], "html_instead_of_json", "{told}");
    desk.home.json(&["outbox", "list"])["outbox"][0].clone()
}

/// Drafts that the search made and that are still there.
fn tried(desk: &Desk) -> usize {
    let code = "echo count(array_filter(get_posts(array('post_status' => 'any', 'numberposts' => -1)),
        fn($post) => str_starts_with($post->post_name, 'igny8-tried')));";
    desk.wordpress.eval_php(code).parse().unwrap()
}

#[test]
fn the_passage_that_a_firewall_refuses_is_found_and_nothing_of_the_search_is_left() {
    let desk = refusing(&BAD[..1], &[23]);
    let entry = parked(&desk);
    let before = desk.line.log().len();
    let found = desk.home.json(&["site", "bisect", entry["id"].as_str().unwrap()]);
    assert_documented(&found, "site bisect");
    let passages = found["passages"].as_array().unwrap();
    assert_eq!((passages.len(), &found["is_whole"]), (1, &true.into()), "{found}");
    assert_eq!((&passages[0]["place"], &passages[0]["text"]), (&"body".into(), &BAD[0].into()), "{found}");
    let asked = desk.line.log().len() - before;
    assert!(asked <= 24, "few requests: {asked} for {found}");
    assert_eq!((tried(&desk), desk.public()), (0, 0), "nothing of it is left, and nothing is public");
    assert_eq!(desk.home.books().number("select count(*) from leftover"), 0);
    // Worded otherwise, it goes out in the same post.
    desk.home.sqlite("update content_version set html = replace(html, 'UNION SELECT', 'union of')");
    desk.home.json(&["outbox", "retry", "--site", "Tea"]);
    assert_eq!((desk.public(), desk.posts("draft")), (1, 0));
}

#[test]
fn two_passages_are_found_one_after_the_other() {
    let desk = refusing(&BAD, &[3, 31]);
    let entry = parked(&desk);
    let by_entry = desk.home.run(&["site", "bisect", entry["id"].as_str().unwrap()]);
    assert_eq!(by_entry.code, 0, "{by_entry:?}");
    for bad in BAD {
        assert!(by_entry.stdout.contains(bad), "{bad}: {}", by_entry.stdout);
    }
    assert!(by_entry.stdout.contains("refuses 2 passages") && !by_entry.stdout.contains("There may be more"));
    assert_eq!(tried(&desk), 0);
}

#[test]
fn a_text_that_is_taken_whole_is_said_to_be_and_a_search_ends_when_it_is_told_to() {
    let desk = refusing(&[], &[]);
    let article = desk.home.books().number("select id from content").to_string();
    let found = desk.home.json(&["site", "bisect", &article]);
    assert_eq!((found["passages"].as_array().map(Vec::len), &found["tried"]), (Some(0), &1.into()), "{found}");

    let desk = refusing(&BAD, &[3, 31]);
    let article = desk.home.books().number("select id from content").to_string();
    let mut running = desk.home.start(&["site", "bisect", &article]);
    assert!(running.until(|| desk.line.passed() > 4), "it is under way");
    running.signal("INT");
    let ran = running.end();
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(desk.line.passed() < 12, "it ended early");
    assert_eq!(tried(&desk), 0, "and took away what it tried with");
}

#[test]
fn a_search_that_is_killed_leaves_a_draft_that_the_next_look_takes_away() {
    let desk = refusing(&BAD, &[3, 31]);
    let article = desk.home.books().number("select id from content").to_string();
    let mut running = desk.home.start(&["site", "bisect", &article]);
    assert!(running.until(|| desk.line.passed() > 4), "it is under way");
    assert!(running.kill());
    assert_eq!(tried(&desk), 1, "it could not take it away");
    let tidied = desk.home.json(&["site", "tidy", "Tea"]);
    assert_eq!((&tidied["posts"], tried(&desk)), (&1.into(), 0), "{tidied}");
}
