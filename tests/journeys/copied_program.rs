//! Copies of the data folder of the program before a real WordPress: put back, or opened elsewhere, they publish nothing a
//! second time.

use crate::outbox_program::Desk;
use igny8_tests::program::Home;
use serde_json::Value;

fn codes(home: &Home) -> Vec<String> {
    let listed = home.json(&["outbox", "list"]);
    listed["outbox"].as_array().unwrap().iter().map(|entry| entry["code"].as_str().unwrap().to_owned()).collect()
}

/// Lets what waits go on, all of which must be on the site as it was sent.
fn let_go_on(home: &Home) {
    let sent = home.json(&["outbox", "retry", "--site", "Tea"]);
    let sent = sent["published"].as_array().unwrap();
    assert!(sent.len() == 2 && sent.iter().all(|one| one["as_sent"] == true), "{sent:?}");
    assert_eq!(home.books().number("select count(*) from content where delivery = 'published'"), 2);
}

#[test]
fn what_a_copy_had_open_is_held_and_found_on_the_site_by_whoever_lets_it_go_on() {
    let mut desk = Desk::with("2");
    desk.line.go_down();
    desk.publish();
    let copy = desk.home.path("copy.db").to_string_lossy().into_owned();
    desk.home.json(&["backup", &copy]);
    let elsewhere = desk.home.copy();
    desk.line.come_back();
    let sent = desk.home.json(&["outbox", "retry", "--site", "Tea"]);
    assert_eq!(sent["published"].as_array().unwrap().len(), 2, "{sent}");
    let made = (desk.public(), desk.posts("draft"), desk.files());
    assert_eq!(made, (2, 0, desk.pictures()));

    // Put back: the database knows nothing of it.
    desk.home.json(&["restore", &copy]);
    desk.home.sqlite("update outbox set next_try_at = 0; delete from site_health");
    assert_eq!(codes(&desk.home), ["from_copy", "from_copy"]);
    let shown = desk.home.run(&["outbox", "list"]);
    assert!(shown.stdout.contains("copy of the data folder"), "{}", shown.stdout);
    let told: Value = desk.home.json(&["notifications", "list", "--unread"]);
    let kinds = told["notifications"].as_array().unwrap().iter().map(|one| one["notification_type"].as_str().unwrap());
    assert!(kinds.into_iter().any(|kind| kind == "deliveries_held"), "{told}");
    let_go_on(&desk.home);
    assert_eq!((desk.public(), desk.posts("draft"), desk.files()), made, "each is there once");

    // And so does a folder that was copied as it stood.
    elsewhere.sqlite("update outbox set next_try_at = 0; delete from site_health");
    assert_eq!(codes(&elsewhere), ["from_copy", "from_copy"]);
    let_go_on(&elsewhere);
    assert_eq!((desk.public(), desk.posts("draft"), desk.files()), made, "each is there once");
    assert_eq!(codes(&elsewhere), [] as [String; 0], "and the next start asks nobody again");
}
