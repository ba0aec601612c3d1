//! What a person can choose, through the program: how many pictures articles get and in which format, and what a credit
//! is worth. Each choice counts from then on, and what is there already stays as it was made.

use crate::bad_input::assert_refused;
use igny8_app::commands::spending::pipeline_estimate;
use igny8_app::dto::work::AiFunctionView;
use igny8_app::{Igny8, OpenOptions};
use igny8_tests::program::Home;

/// A site with ideas to write of.
fn planned() -> Home {
    let home = Home::default();
    home.json(&["site", "add", "--name", "Tea", "--kind", "folder", "--sector", "Leaves"]);
    let words = "keyword\ngreen tea benefits\ngreen tea for sleep\nhow to brew green tea\nmatcha whisk\nbest matcha whisk\n\
        matcha whisk holder\n";
    home.json(&["keywords", "import", &home.file("good.csv", words), "--site", "Tea"]);
    for command in ["cluster", "ideas"] {
        home.json(&[command, "--site", "Tea"]);
    }
    home
}

/// Writes and illustrates one more article and returns its pictures: place, type, and the first bytes of the file.
fn illustrate_one(home: &Home) -> Vec<(i64, String, Vec<u8>)> {
    home.json(&["write", "--site", "Tea", "--limit", "1"]);
    home.json(&["images", "--site", "Tea"]);
    pictures(home, home.books().number("select max(id) from content"))
}

fn pictures(home: &Home, article: i64) -> Vec<(i64, String, Vec<u8>)> {
    const OF: &str = "select position, media_type, media_hash from image where content_id = ?1 order by position";
    let rows = home.books().rows(OF, [article], |row| Ok((row.get(0)?, row.get(1)?, row.get::<_, String>(2)?)));
    let start = |hash: String| {
        let bytes = std::fs::read(home.data().join("media").join(hash)).expect("the picture is in the media folder");
        bytes.into_iter().take(12).collect::<Vec<u8>>()
    };
    rows.into_iter().map(|(place, kind, hash)| (place, kind, start(hash))).collect()
}

#[test]
fn a_site_chooses_how_many_pictures_its_articles_get_and_in_which_format() {
    let home = planned();
    home.json(&["site", "edit", "Tea", "--images", "0", "--image-format", "png"]);
    let first = illustrate_one(&home);
    assert_eq!(first.len(), 1, "the featured one alone: {first:?}");
    let (place, kind, bytes) = &first[0];
    assert_eq!((*place, kind.as_str()), (0, "image/png"));
    assert!(bytes.starts_with(b"\x89PNG\r\n\x1a\n"), "{bytes:?}");

    home.json(&["site", "edit", "Tea", "--images", "4", "--image-format", "webp"]);
    let second = illustrate_one(&home);
    assert_eq!(second.iter().map(|picture| picture.0).collect::<Vec<_>>(), [0, 1, 2, 3, 4], "four inside the text");
    for (_, kind, bytes) in &second {
        assert_eq!(kind, "image/webp");
        assert!(bytes.starts_with(b"RIFF") && bytes.ends_with(b"WEBP"), "{bytes:?}");
    }
    let oldest = home.books().number("select min(id) from content");
    assert_eq!(pictures(&home, oldest), first, "what was made stays");
    assert_eq!(home.json(&["credits", "audit"])["ok"], true, "every picture is in the books");
}

#[test]
fn a_number_or_format_that_cannot_be_is_refused_and_a_new_site_takes_its_own() {
    let home = Home::default();
    let add = ["site", "add", "--name", "Tea", "--kind", "folder"];
    assert_refused(&home.run(&[&add[..], &["--images", "5"]].concat()), &["--images", "range", "0 to 4"], "five");
    home.json(&[&add[..], &["--images", "1", "--image-format", "png"]].concat());
    let row = || home.sqlite("select in_article_images, image_format from site").stdout;
    assert_eq!(row().trim(), "1|png");
    assert_refused(&home.run(&["site", "edit", "Tea", "--images", "5"]), &["--images", "range"], "five");
    for wrong in [["--images", "-1"], ["--images", "two"], ["--image-format", "gif"]] {
        assert_eq!(home.run(&[&["site", "edit", "Tea"], &wrong[..]].concat()).code, 2, "{wrong:?} is wrong usage");
    }
    home.json(&["site", "edit", "Tea", "--name", "Leaves"]);
    assert_eq!(row().trim(), "1|png", "what is not named stays");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_forecast_of_a_run_follows_the_number_of_pictures() {
    let home = planned();
    let mut forecasts = Vec::new();
    for images in ["0", "2", "4"] {
        home.json(&["site", "edit", "Tea", "--images", images]);
        let options = OpenOptions { data_dir: Some(home.data()) };
        let app = Igny8::open_for_reading(options).await.unwrap();
        let estimate = pipeline_estimate(&app, "1").await.unwrap();
        let of = |function| {
            let stage = estimate.stages.iter().find(|stage| stage.function == function).expect("the stage");
            (stage.items_min, stage.items_max)
        };
        forecasts.push((of(AiFunctionView::GenerateContent), of(AiFunctionView::GenerateImages)));
    }
    let (articles, _) = forecasts[0].0;
    assert!(articles > 0, "there is something to write");
    let expected = [1, 3, 5].map(|each| ((articles, articles), (articles, articles * each)));
    assert_eq!(forecasts, expected, "a featured picture each, and at most as many inside as were chosen");
}

#[test]
fn a_new_price_of_a_credit_counts_for_new_work_only() {
    let home = planned();
    let rows = || {
        const VALUES: &str = "select id, credits, credit_value_nano from usage_log order by id";
        home.books().rows(VALUES, [], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?, row.get::<_, i64>(2)?)))
    };
    let before = rows();
    assert!(before.iter().any(|row| row.1 > 0), "something was charged: {before:?}");
    for (_, credits, value) in &before {
        assert_eq!(*value, credits * 10, "a cent a credit: {before:?}");
    }
    let balance = home.json(&["credits", "price", "0.25"]);
    assert_eq!(balance["credit_price"], "0.25");
    let number = |name: &str| balance[name].as_str().unwrap().parse::<f64>().unwrap();
    assert!((number("available_value") - number("available") * 0.25).abs() < 1e-9, "{balance}");

    home.json(&["write", "--site", "Tea", "--limit", "1"]);
    let after = rows();
    let (kept, new) = after.split_at(before.len());
    assert_eq!(kept, before, "what was recorded keeps its value");
    assert!(new.iter().any(|row| row.1 > 0), "something was charged: {new:?}");
    for (_, credits, value) in new {
        assert_eq!(*value, credits * 250, "a quarter a credit: {new:?}");
    }
    for (price, rule) in [("-1", "range"), ("100.01", "range"), ("0.0000000001", "decimals"), ("ten", "form")] {
        assert_refused(&home.run(&["credits", "price", "--", price]), &["price", rule], price);
    }
    assert_eq!(home.json(&["credits", "balance"])["credit_price"], "0.25");
}
