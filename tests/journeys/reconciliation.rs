//! The vendor's own usage file beside our books: what both have, what only we have, what only the vendor has; and the
//! requests that went wrong stand on both sides as well.

use igny8_testkit::vendor::{Bill, Billed, IMAGE_MODEL, Kind, Reply, TEXT_MODEL};
use igny8_tests::program::Home;
use igny8_tests::vendor::{exact_vendor, home_with};
use serde_json::Value;

/// Bytes of an answer after which its head has come and its body has not.
const IN_THE_BODY: usize = 300;
/// Nano-dollars of what somebody else asked the vendor for.
const ELSEWHERE: u64 = 7_000_000;

/// The bill as the file that vendors let their customers download: one line for each request, the first at the first
/// moment, the others at the last.
fn usage_file(lines: &[Billed], first: &str, last: &str) -> String {
    let rows = lines.iter().enumerate().map(|(place, line)| {
        let at = if place == 0 { first } else { last };
        let model = if line.kind == Kind::Image { IMAGE_MODEL } else { TEXT_MODEL };
        let (read, written) = (line.consumed.prompt, line.consumed.completion);
        format!("{},{at},{model},{read},{written},{}\n", line.request, line.nano as f64 / 1e9)
    });
    format!("request id,time,model,input tokens,output tokens,cost (usd)\n{}", rows.collect::<String>())
}

fn reconcile(home: &Home, lines: &[Billed]) -> Value {
    let seconds = "select strftime('%Y-%m-%dT%H:%M:%SZ', min(at) / 1000, 'unixepoch'),
                   strftime('%Y-%m-%dT%H:%M:%SZ', max(at) / 1000 + 1, 'unixepoch') from attempt";
    let span = home.sqlite(seconds).stdout;
    let (first, last) = span.trim().split_once('|').expect("two moments");
    let file = home.file("usage.csv", usage_file(lines, first, last));
    home.json(&["credits", "reconcile", &file])
}

/// How lines were matched, by the vendor's request id.
fn found_by(found: &Value, line: &Billed) -> String {
    let rows = found["matched"].as_array().expect("a list");
    let row = rows.iter().find(|row| row["request_id"] == line.request.as_str());
    row.map_or_else(|| "nothing".to_owned(), |row| row["by"].as_str().unwrap_or_default().to_owned())
}

fn dollars(found: &Value, sum: &str) -> f64 {
    found["sums"][sum].as_str().and_then(|text| text.parse().ok()).unwrap_or_else(|| panic!("{sum} in {found}"))
}

#[test]
fn a_vendors_file_and_the_books_tell_each_other_what_they_miss() {
    let vendor = exact_vendor(None);
    let home = home_with(&vendor);
    home.json(&["cluster", "--site", "Tea"]);
    // Billed, and lost after the vendor said under which id; the second attempt goes well.
    vendor.then(Reply::Cut(IN_THE_BODY));
    home.json(&["ideas", "--site", "Tea"]);
    // Billed, and lost without a word.
    vendor.then(Reply::Cut(0));
    home.json(&["write", "--site", "Tea", "--limit", "1"]);
    // The pictures are described; of the first the vendor sends something that is none.
    vendor.then(Reply::Answer);
    vendor.then(Reply::Says("<html>".to_owned()));
    assert_eq!(home.run(&["images", "--site", "Tea"]).code, 1, "one picture is none");

    let Bill { lines } = vendor.bill();
    let [clusters, ideas_lost, ideas, article_lost, article, described, no_picture, rest @ ..] = &lines[..] else {
        panic!("seven requests and some pictures: {lines:?}")
    };
    assert!(!rest.is_empty(), "some pictures were made");
    let whole = reconcile(&home, &lines);
    for line in [clusters, ideas_lost, ideas, article, described, no_picture].into_iter().chain(rest) {
        assert_eq!(found_by(&whole, line), "request_id", "{line:?}");
    }
    assert_eq!(found_by(&whole, article_lost), "time", "nobody told us its id: {whole}");
    let sums = &whole["sums"];
    assert_eq!([&sums["ours_only"], &sums["theirs_only"]], [0, 0], "nobody has what the other has not: {sums}");
    let differing: Vec<&str> = whole["matched"]
        .as_array()
        .expect("a list")
        .iter()
        .filter(|row| row["difference"].as_str().is_some_and(|text| text != "0"))
        .map(|row| row["request_id"].as_str().unwrap_or_default())
        .collect();
    // Of a lost answer nobody told us its cost: the books have what it likely came to.
    assert_eq!(differing.len(), 2, "{differing:?}");
    assert!([ideas_lost, article_lost].iter().all(|line| differing.contains(&line.request.as_str())), "{differing:?}");
    let billed: u64 = lines.iter().map(|line| line.nano).sum();
    assert!((dollars(&whole, "matched_their_cost") - billed as f64 / 1e9).abs() < 1e-9, "the whole bill");
    let booked = home.books().number("select sum(cost_nano) from usage_log");
    assert!((dollars(&whole, "matched_our_cost") - booked as f64 / 1e9).abs() < 1e-9, "and all of the books");

    // A line that is missing from their file, and one that is not ours.
    let stranger = Billed { request: "req_elsewhere".to_owned(), nano: ELSEWHERE, ..clusters.clone() };
    let theirs: Vec<Billed> = lines.iter().filter(|line| *line != article).cloned().chain([stranger]).collect();
    let found = reconcile(&home, &theirs);
    let (ours_only, theirs_only) = (&found["ours_only"][0], &found["theirs_only"][0]);
    assert_eq!([&found["sums"]["ours_only"], &found["sums"]["theirs_only"]], [1, 1], "{}", found["sums"]);
    assert_eq!(ours_only["request_id"], article.request.as_str(), "the article's request is ours alone");
    assert!((dollars(&found, "ours_only_cost") - article.nano as f64 / 1e9).abs() < 1e-9, "with its cost");
    assert_eq!(theirs_only["request_id"], "req_elsewhere", "and the stranger's is theirs");
    assert!((dollars(&found, "theirs_only_cost") - ELSEWHERE as f64 / 1e9).abs() < 1e-9, "with its cost");
}

#[test]
fn what_cannot_be_read_is_named_and_never_agrees() {
    let vendor = exact_vendor(None);
    let home = home_with(&vendor);
    home.json(&["cluster", "--site", "Tea"]);
    home.json(&["ideas", "--site", "Tea"]);
    let Bill { lines } = vendor.bill();
    let [first, second, ..] = &lines[..] else { panic!("two requests: {lines:?}") };
    let row = |line: &Billed, model: &str, cost: &str| {
        format!("{},{model},{},{},{cost}\n", line.request, line.consumed.prompt, line.consumed.completion)
    };
    let head = "request id,model,input tokens,output tokens,cost (usd)\n";
    let found = |rows: String| home.json(&["credits", "reconcile", &home.file("bill.csv", format!("{head}{rows}"))]);

    let exact = format!("{}", second.nano as f64 / 1e9);
    let found_beyond = found(row(first, TEXT_MODEL, "99999999999999999") + &row(second, TEXT_MODEL, &exact));
    let sums = &found_beyond["sums"];
    assert_eq!([&sums["matched"], &sums["not_compared"], &sums["costed"], &sums["differing"]], [2, 1, 1, 0], "{sums}");
    assert_eq!(sums["matched_our_cost"], sums["matched_their_cost"], "over the same line: {sums}");
    assert_eq!(sums["difference"], "0");
    assert!((dollars(&found_beyond, "uncosted_our_cost") - first.nano as f64 / 1e9).abs() < 1e-9, "{sums}");
    let cell = &found_beyond["unreadable"][0];
    assert_eq!([&found_beyond["unreadable_cells"], &cell["line"]], [1, 2], "{cell}");
    assert_eq!([&cell["text"], &cell["why"]], ["99999999999999999", "out_of_range"]);

    let other =
        found(row(first, "another-model", &format!("{}", first.nano as f64 / 1e9)) + &row(second, TEXT_MODEL, "€0.04"));
    assert_eq!([&other["sums"]["differing"], &other["sums"]["not_compared"]], [1, 1], "{}", other["sums"]);
    assert_eq!(other["matched"][0]["our_model"], TEXT_MODEL, "{}", other["matched"]);
    assert_eq!([&other["unreadable"][0]["text"], &other["unreadable"][0]["why"]], ["€0.04", "other_currency"]);
}

#[test]
fn a_file_that_names_no_times_is_missed_what_came_after_its_first_line() {
    let vendor = exact_vendor(None);
    let home = home_with(&vendor);
    for command in ["cluster", "ideas"] {
        home.json(&[command, "--site", "Tea"]);
    }
    let Bill { lines } = vendor.bill();
    let [first, second, ..] = &lines[..] else { panic!("two requests: {lines:?}") };
    let row = |id: &str, line: &Billed| format!("{id},{TEXT_MODEL},{}\n", line.nano as f64 / 1e9);
    let file = |rows: String| home.file("bill.csv", format!("request id,model,cost (usd)\n{rows}"));
    let found = |rows: String| home.json(&["credits", "reconcile", &file(rows)]);
    let counts = |found: &Value| {
        let sums = &found["sums"];
        [&sums["matched"], &sums["ours_only"], &sums["theirs_only"], &found["earlier"]].map(|count| count.as_u64())
    };
    let later = u64::try_from(lines.len()).unwrap() - 1;

    let of_first = found(row(&first.request, first));
    assert_eq!(counts(&of_first), [1, later, 0, 0].map(Some), "what came later is missed in it: {of_first}");
    let second_on = found(lines.iter().skip(1).map(|line| row(&line.request, line)).collect());
    assert_eq!(counts(&second_on), [later, 0, 0, 1].map(Some), "what came before it may be none of its: {second_on}");
    let told = home.run(&["credits", "reconcile", &file(row(&second.request, second))]).stdout;
    assert!(told.contains("Not compared: 1 request of ours before the first that matched"), "and is told: {told}");
    let of_none = found(row("req_elsewhere", first));
    assert_eq!(counts(&of_none), [0, later + 1, 1, 0].map(Some), "all of ours is missed in a stranger's: {of_none}");
    let whole = found(lines.iter().map(|line| row(&line.request, line)).collect());
    assert_eq!(counts(&whole), [later + 1, 0, 0, 0].map(Some), "and nothing in a whole one: {whole}");
}
