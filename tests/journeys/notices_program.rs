//! Notices through the program: what is listed, what was seen, how far each kind reaches, and when it is quiet.

use crate::bad_input::{assert_refused, furnished};
use crate::output::assert_documented;
use igny8_tests::program::Home;
use serde_json::Value;

fn listed(home: &Home, more: &[&str]) -> Vec<(String, String)> {
    let printed = home.json(&[&["notifications", "list"], more].concat());
    assert_documented(&printed, "notifications list");
    let rows = printed["notifications"].as_array().unwrap().clone();
    let text = |row: &Value, name: &str| row[name].as_str().unwrap().to_owned();
    rows.iter().map(|row| (text(row, "notification_type"), text(row, "id"))).collect()
}

fn kinds(home: &Home, more: &[&str]) -> Vec<String> {
    listed(home, more).into_iter().map(|(kind, _)| kind).collect()
}

fn unread(home: &Home) -> i64 {
    home.json(&["notifications", "list"])["unread"].as_i64().unwrap()
}

fn import(home: &Home, word: &str) {
    let file = home.file(&format!("{word}.csv"), format!("keyword\n{word} tea\n"));
    home.json(&["keywords", "import", &file, "--site", "Tea"]);
}

#[test]
fn what_happened_is_listed_until_it_is_seen() {
    let home = furnished();
    let before = unread(&home);
    import(&home, "white");
    let all = listed(&home, &[]);
    assert_eq!(all[0].0, "keywords_imported", "the newest first: {all:?}");
    assert_eq!(unread(&home), before + 1);
    let text = home.run(&["notifications", "list", "--limit", "1"]).stdout;
    assert!(text.contains("* Imported white.csv: 1 new keywords"), "{text}");

    let read = home.json(&["notifications", "read", &all[0].1]);
    assert_documented(&read, "notifications read");
    assert_eq!((unread(&home), kinds(&home, &["--unread"]).len() as i64), (before, before));
    home.json(&["notifications", "read", "--all"]);
    assert_eq!((unread(&home), kinds(&home, &["--unread"])), (0, Vec::new()));
    assert_eq!(listed(&home, &[]), all, "they stay in the list");
    assert_eq!(home.run(&["notifications", "read"]).code, 2, "neither ids nor all");
}

#[test]
fn a_kind_reaches_as_far_as_was_chosen_from_then_on_and_is_kept_in_any_case() {
    let home = furnished();
    let chosen = home.json(&["notifications", "prefs", "keywords_imported", "none"]);
    assert_documented(&chosen, "notifications prefs");
    let before = unread(&home);
    import(&home, "white");
    assert_eq!(unread(&home), before, "nobody is told");
    let silent = home.json(&["notifications", "list", "--silent"]);
    assert_eq!(silent["notifications"][0]["notification_type"], "keywords_imported", "{silent}");
    assert_eq!(silent["notifications"][0]["is_read"], true);

    home.json(&["notifications", "prefs", "keywords_imported", "system"]);
    import(&home, "red");
    let waiting = "select count(*) from notification where told_at = 0 and notification_type = 'keywords_imported'";
    assert_eq!(home.books().number(waiting), 1, "the next window has it for the system");
    home.json(&["notifications", "prefs", "keywords_imported", "default"]);
    import(&home, "pu-erh");
    assert_eq!((unread(&home), home.books().number(waiting)), (before + 2, 1));
    assert_eq!(home.json(&["credits", "audit"])["ok"], true);

    assert_refused(&home.run(&["notifications", "prefs", "keywords_lost", "none"]), &["known"], "no such kind");
    assert_eq!(home.run(&["notifications", "prefs", "keywords_imported"]).code, 2, "a kind without a channel");
}

#[test]
fn quiet_hours_are_kept_by_the_users_clocks() {
    let home = furnished();
    let quiet = home.json(&["notifications", "quiet"]);
    assert_documented(&quiet, "notifications quiet");
    assert_eq!(quiet["quiet_hours"]["is_on"], false, "not by themselves");
    let set = home.json(&["notifications", "quiet", "on", "--from", "21:30", "--until", "6:05"]);
    let hours = (&set["quiet_hours"]["from"], &set["quiet_hours"]["until"], &set["quiet_hours"]["is_on"]);
    assert_eq!(hours, (&"21:30".into(), &"06:05".into(), &true.into()));
    home.json(&["credits", "zone", "Asia/Tokyo"]);
    assert_eq!(home.json(&["notifications", "quiet"])["quiet_hours"]["zone"], "Asia/Tokyo");
    let off = home.json(&["notifications", "quiet", "off"]);
    assert_eq!((&off["quiet_hours"]["is_on"], &off["quiet_hours"]["from"]), (&false.into(), &"21:30".into()));
    for times in [["25:00", "07:00"], ["22:00", "soon"], ["07:00", "07:00"]] {
        let set = ["notifications", "quiet", "on", "--from", times[0], "--until", times[1]];
        assert_eq!(home.run(&set).code, 1, "{times:?}");
    }
}

#[test]
fn steps_of_articles_are_told_in_one_whatever_takes_them() {
    let home = furnished();
    home.json(&["run", "start", "--site", "Tea"]);
    let approved = home.json(&["approve", "--site", "Tea"])["approved"].as_array().unwrap().len();
    assert!(approved > 0, "something was in review");
    let told = home.json(&["notifications", "list", "--limit", "1"]);
    let notice = &told["notifications"][0];
    assert_eq!(
        (&notice["notification_type"], &notice["severity"]),
        (&"content_approved".into(), &"info".into()),
        "{told}"
    );
    let count = notice["params"].as_array().unwrap().iter().find(|param| param["name"] == "count").unwrap();
    assert_eq!(count["value"], approved.to_string());
}

#[test]
fn a_copy_that_is_made_and_one_that_is_put_back_are_told() {
    let home = furnished();
    let file = home.path("copy.db").display().to_string();
    home.json(&["backup", &file]);
    assert_eq!(kinds(&home, &["--limit", "1"]), ["system_backup"]);
    assert!(home.run(&["notifications", "list", "--limit", "1"]).stdout.contains("Copied the database to"));
    home.json(&["restore", &file]);
    assert_eq!(kinds(&home, &["--limit", "1"]), ["system_restore"], "in the notices of what was put back");
    assert!(home.run(&["notifications", "list", "--limit", "1"]).stdout.contains("copy.db"));
    let restored = |home: &Home| kinds(home, &[]).into_iter().filter(|kind| kind == "system_restore").count();
    assert_eq!(restored(&home), 1, "once");
}
