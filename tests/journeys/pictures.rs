//! Pictures that are priced by their tokens: what one costs is known only when it is made, and has a price before that
//! all the same, which is shown, and which is on the books when its answer is lost.

use igny8_app::commands::{sites, spending, work};
use igny8_app::dto::work::{AiFunctionView, OperationRequest};
use igny8_app::{Igny8, OpenOptions};
use igny8_providers::builtin::BuiltinText;
use igny8_testkit::vendor::{IMAGE_MODEL, Kind, OfPictures, Reply, Stated, Tariff, Terms, Vendor};
use igny8_tests::program::Home;
use igny8_tests::vendor::{CREDITS_PER_IMAGE, PROVIDER, assert_books_have_the_bill, home_with};
use std::sync::Arc;

/// Nano-dollars for 1,000 tokens of a prompt and of a picture; in the catalogue `0.005` and `0.04`.
const PER_1K: (u64, u64) = (5_000_000, 40_000_000);
/// Micro-credits of a picture.
const PICTURE: i64 = CREDITS_PER_IMAGE as i64 * 1_000_000;

/// A lost attempt's cost, the whole cost and credits of its call; whether they are an estimate, and how it ended.
type Lost = ((i64, i64, i64), (bool, String));

/// A vendor that bills pictures by tokens, and a home with one described article. Pictures made are priced by `flag`.
fn described(flag: &str) -> (Home, Vendor) {
    let tariff = Tariff { pictures: OfPictures::ByTokens(PER_1K.0, PER_1K.1), ..Tariff::default() };
    let terms = Terms { tariff, stated: Stated::InParts, ..Terms::default() };
    let vendor = Vendor::start_on(terms, Arc::new(BuiltinText::new()));
    let home = home_with(&vendor);
    let credits = CREDITS_PER_IMAGE.to_string();
    let model = ["models", "add", "--provider", PROVIDER, "--model", IMAGE_MODEL, "--type", "image", "--default"];
    home.json(&[&model[..], &["--input", "0.005", flag, "0.04", "--credits-per-image", &credits]].concat());
    for command in ["cluster", "ideas"] {
        home.json(&[command, "--site", "Tea"]);
    }
    home.json(&["write", "--site", "Tea", "--limit", "1"]);
    (home, vendor)
}

/// The reported cost of pictures in nano-dollars, by the query the web system's users know.
fn reported(home: &Home) -> i64 {
    let reports = home.json(&["report"]);
    let rows = reports["reports"][2]["rows"].as_array().expect("a list of rows");
    let pictures = rows.iter().find(|row| row[0] == "image_generation").expect("pictures are in the report");
    (pictures[3].as_str().expect("a sum").parse::<f64>().expect("a number") * 1e9).round() as i64
}

fn billed(vendor: &Vendor) -> i64 {
    i64::try_from(vendor.bill().nano_of(Kind::Image)).expect("a small bill")
}

#[test]
fn a_picture_whose_answer_holds_nothing_costs_what_its_vendor_says() {
    let (home, vendor) = described("--image-output");
    vendor.then(Reply::Answer);
    vendor.then(Reply::Empty);
    assert_eq!(home.run(&["images", "--site", "Tea", "--limit", "1"]).code, 1, "its operation made nothing");
    let lost = home.books().rows(
        "select credits, cost_nano, is_estimated from usage_log where outcome = 'released'",
        [],
        |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?, row.get::<_, bool>(2)?)),
    );
    assert_eq!(lost, [(0, billed(&vendor), false)], "the vendor's money and no credits");
    assert!(billed(&vendor) > 0, "it was made");

    home.json(&["images", "--site", "Tea"]);
    assert_books_have_the_bill(&home.books(), &vendor);
    assert_eq!(reported(&home), billed(&vendor), "the reported sum is the bill");
    assert_eq!(home.json(&["credits", "audit"])["ok"], true, "the books balance");
}

#[test]
fn a_picture_whose_answer_is_lost_costs_what_one_usually_does() {
    let (home, vendor) = described("--output");
    vendor.then(Reply::Answer);
    vendor.then(Reply::Stall(0));
    let mut at_work = home.start(&["images", "--site", "Tea", "--limit", "1"]);
    assert!(at_work.until(|| billed(&vendor) > 0), "the picture is made");
    assert!(at_work.kill(), "it was still waiting for its answer");
    let first = billed(&vendor);
    home.json(&["images", "--site", "Tea"]);

    let lost = home.books().rows(
        "select a.cost_nano, u.cost_nano, u.credits, u.is_estimated, u.outcome
         from attempt a join usage_log u on u.call_id = a.call_id where a.outcome = 'outcome_unknown'",
        [],
        |row| Ok(((row.get(0)?, row.get(1)?, row.get(2)?), (row.get(3)?, row.get(4)?))),
    );
    let [((guess, cost, credits), (is_estimated, outcome))]: [Lost; 1] = lost.try_into().expect("one attempt was lost");
    assert!((first..2 * first).contains(&guess), "it is taken for a usual one: {guess} for {first}");
    assert_eq!((cost, credits), (first + guess, PICTURE), "the same picture twice, and charged once");
    assert!(is_estimated && outcome == "settled", "the row says that a part of it is a guess");
    assert_eq!(reported(&home), billed(&vendor) - first + guess, "in the reported sum the guess stands for the bill");
    assert_eq!(home.json(&["credits", "audit"])["ok"], true, "the books balance");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_pictures_will_cost_is_said_before_they_are_made() {
    let (home, vendor) = tokio::task::spawn_blocking(|| described("--image-output")).await.unwrap();
    let app = Igny8::open(OpenOptions { data_dir: Some(home.data()) }).await.unwrap();
    let site = sites::sites(&app).await.unwrap().remove(0).id;
    let ahead = spending::pipeline_estimate(&app, &site).await.unwrap();
    let stage = ahead.stages.iter().find(|stage| stage.function == AiFunctionView::GenerateImages);
    let stage = stage.expect("pictures are ahead");
    assert!(dollars(&stage.cost_max) > 0.0 && stage.items_max > 0, "{stage:?}");
    app.stop().await;
    drop(app);

    vendor.then(Reply::Answer);
    vendor.then(Reply::out_of_money());
    let home = tokio::task::spawn_blocking(move || {
        assert_eq!(home.run(&["images", "--site", "Tea", "--limit", "1"]).code, 1, "described and not made");
        home
    });
    let home = home.await.unwrap();
    let app = Igny8::open(OpenOptions { data_dir: Some(home.data()) }).await.unwrap();
    let request = OperationRequest {
        function: AiFunctionView::GenerateImages,
        site_id: site,
        ids: Vec::new(),
        ideas: None,
        regenerate: false,
        retry: false,
    };
    let button = work::estimate(&app, request).await.unwrap();
    let each = dollars(&button.cost) / f64::from(button.units);
    assert!((0.0633..0.1).contains(&each), "a usual picture of this vendor costs 0.0633: {button:?}");
}

fn dollars(text: &str) -> f64 {
    text.parse().unwrap_or_else(|error| panic!("{text:?}: {error}"))
}
