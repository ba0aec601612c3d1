//! Pictures that are priced by their tokens: what one costs is known only when it is made, and has a price before that
//! all the same, which is shown, and which is on the books when its answer is lost.

use igny8_app::commands::{sites, spending, work};
use igny8_app::dto::work::{AiFunctionView, OperationRequest};
use igny8_app::{Igny8, OpenOptions};
use igny8_providers::builtin::BuiltinText;
use igny8_testkit::vendor::{IMAGE_MODEL, Kind, OfPictures, Reply, Stated, Tariff, Terms, Vendor};
use igny8_tests::program::Home;
use igny8_tests::vendor::{CREDITS_PER_IMAGE, PROVIDER, assert_books_have_the_bill, home_with};
use serde_json::{Value, json};
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

/// Adds the picture model anew, with a list of its qualities and one of what each costs.
fn add_tiers(home: &Home, prices: &[&str], able: &str, tiers: Option<&str>) -> Value {
    let model = ["models", "add", "--provider", PROVIDER, "--model", IMAGE_MODEL, "--picture", able];
    let tiers = tiers.map_or_else(Vec::new, |tiers| vec!["--tiers", tiers]);
    home.json(&[&model[..], prices, &tiers].concat());
    let listed = home.json(&["models", "list"]);
    let mut models = listed["models"].as_array().expect("a list").iter();
    models.find(|model| model["model_name"] == IMAGE_MODEL && model["is_active"] == true).expect("it is on").clone()
}

/// Credits held and charged, and nano-dollars, of each picture so far.
fn charged(home: &Home) -> Vec<(i64, i64, i64)> {
    let each = "select h.amount, u.credits, u.cost_nano from usage_log u join call c on c.id = u.call_id
                join transfer h on h.id = c.hold_id where u.operation_type = 'image_generation' order by u.id";
    home.books().rows(each, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
}

#[test]
fn a_picture_is_held_and_charged_at_the_price_of_its_quality() {
    let (home, _vendor) = described("--output");
    let able = |quality: &str| {
        format!(
            r#"{{"sizes":{{"listed":[{{"width":1024,"height":1024}}]}},"qualities":["low","high","max"],"quality":"{quality}"}}"#
        )
    };
    let prices = ["--type", "image", "--input", "0.005", "--output", "0.04"];
    let tiers =
        r#"[{"quality":"high","image_tokens":4160,"credits_per_image":"24"},{"quality":"low","image_tokens":272}]"#;
    let low = add_tiers(&home, &prices, &able("low"), Some(tiers));
    assert_eq!(low["credits_per_image"], 3.0, "by the rule of the catalogue: {low}");
    let said = home.run(&["models", "list"]).stdout;
    assert!(said.contains("*low 3 ($0.01832), high 24 ($0.2516)"), "{said}");
    home.json(&["images", "--site", "Tea", "--limit", "1"]);

    let high = add_tiers(&home, &prices, &able("high"), None);
    assert_eq!((&high["credits_per_image"], &high["tiers"][1]["is_asked"]), (&json!(24.0), &json!(true)), "{high}");
    let able = able("max");
    let unpriced = ["models", "add", "--provider", PROVIDER, "--model", IMAGE_MODEL, "--picture", &able];
    let refused = home.run(&[&unpriced[..], &prices].concat());
    assert!(refused.code == 1 && refused.stderr.contains("no price of the quality"), "{refused:?}");
    home.json(&["images", "--site", "Tea"]);
    let held: Vec<(i64, i64)> = charged(&home).into_iter().map(|(held, credits, _)| (held, credits)).collect();
    let [first, rest @ ..] = &held[..] else { panic!("pictures were made") };
    assert_eq!(first, &(3_000_000, 3_000_000));
    assert!(!rest.is_empty() && rest.iter().all(|one| *one == (24_000_000, 24_000_000)), "{held:?}");
    assert_eq!(home.json(&["credits", "audit"])["ok"], true, "the books balance");
}

#[test]
fn a_picture_is_held_and_charged_at_the_price_of_its_size() {
    let (home, _vendor) = described("--output");
    let tiers = r#"[{"quality":"","pixels_max":800000,"cost_per_image":"0.02","credits_per_image":"2"},
                    {"quality":"","cost_per_image":"0.04","credits_per_image":"5"}]"#;
    let model = add_tiers(&home, &["--type", "image", "--image", "0.04"], r#"{"sizes":"any"}"#, Some(tiers));
    assert_eq!((&model["credits_per_image"], &model["cost_per_image"]), (&json!(5.0), &json!(0.04)), "the dearest");
    home.json(&["images", "--site", "Tea"]);
    let charged = charged(&home);
    let [small, large] = [(2_000_000, 2_000_000, 20_000_000), (5_000_000, 5_000_000, 40_000_000)];
    assert!(charged.contains(&small) && charged.contains(&large), "of both sizes: {charged:?}");
    assert!(charged.iter().all(|one| *one == small || *one == large), "{charged:?}");
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
