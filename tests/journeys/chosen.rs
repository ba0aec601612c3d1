//! Single articles of what failed, chosen on the command line.

use crate::bad_input::assert_refused;
use igny8_testkit::vendor::Reply;
use igny8_tests::program::Home;
use igny8_tests::vendor::{assert_books_have_the_bill, exact_vendor, home_with};

fn failed_tasks(home: &Home) -> Vec<(String, String, String)> {
    let listed = home.json(&["retry", "--site", "Tea", "--list"]);
    let text = |item: &serde_json::Value, key: &str| item[key].as_str().unwrap().to_owned();
    let tasks = listed["tasks"].as_array().unwrap().iter();
    tasks.map(|task| (text(task, "id"), text(task, "title"), text(task, "code"))).collect()
}

#[test]
fn one_of_several_failures_is_tried_again_and_the_others_wait() {
    let vendor = exact_vendor(None);
    let home = home_with(&vendor);
    assert_eq!(failed_tasks(&home), [], "nothing has failed yet");
    let file = home.file(
        "more.csv",
        "keyword\nespresso machine cleaning\nespresso machine repair\nespresso machine for home\nteapot with infuser\n",
    );
    home.json(&["keywords", "import", &file, "--site", "Tea"]);
    for command in ["cluster", "ideas"] {
        home.json(&[command, "--site", "Tea"]);
    }
    for _ in 0..2 {
        vendor.then(Reply::error(400, "invalid_request_error", Some("context_length_exceeded")));
    }
    assert_eq!(home.run(&["write", "--site", "Tea", "--limit", "2"]).code, 1);
    let failed = failed_tasks(&home);
    assert_eq!(failed.iter().map(|task| task.2.as_str()).collect::<Vec<_>>(), ["rejected"; 2], "{failed:?}");
    let [(first, title, _), (second, ..)] = &failed[..] else { panic!("two failed: {failed:?}") };
    let told = home.run(&["retry", "--site", "Tea", "--list"]).stdout;
    assert!(told.contains("--task") && told.contains(first) && told.contains(title), "ids to choose by: {told}");

    let again = home.json(&["retry", "--site", "Tea", "--task", second]);
    assert_eq!(again["operations"].as_array().unwrap().len(), 1, "{again}");
    assert_eq!((&again["operations"][0]["items_total"], &again["operations"][0]["results"]), (&1.into(), &1.into()));
    assert_eq!(failed_tasks(&home).iter().map(|task| &task.0).collect::<Vec<_>>(), [first], "the other one waits");
    for (option, id, word) in [("--task", second, "no such failed task"), ("--image", first, "no such failed image")] {
        let ran = home.run(&["retry", "--site", "Tea", "--task", first, option, id]);
        assert_refused(&ran, &[word, "--list"], "one that has not failed");
    }
    assert_eq!(failed_tasks(&home).len(), 1, "a refusal tries nothing");
    assert_eq!(home.run(&["retry", "--site", "Tea", "--task", first, "--limit", "1"]).code, 2, "one or the other");
    assert_books_have_the_bill(&home.books(), &vendor);
}
