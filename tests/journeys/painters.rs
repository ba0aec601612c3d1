//! Every language of pictures through the program: texts by one vendor, pictures by another, each with its four records, its
//! cost by its own bill, and the size the page wants; and what vendors send in place of a picture.

use igny8_core::function::AiFunction;
use igny8_core::status::Dialect;
use igny8_testkit::vendor::{Billed, IMAGE_MODEL, Reply, Vendor};
use igny8_tests::books::Books;
use igny8_tests::keyring::Keyring;
use igny8_tests::program::Home;
use igny8_tests::vendor::{CREDITS_PER_IMAGE, add_text_model, bill_file, connect_as, due, exact_vendor_of, furnish};
use serde_json::Value;

/// The name the vendor of pictures is connected under.
const PAINTER: &str = "painter";
/// What the catalogue says a picture costs, in nano-dollars; a vendor that says so itself is believed instead.
const LISTED_NANO: i64 = 50_000_000;

/// A home whose texts come from one vendor and whose pictures come from another.
fn home_of(writer: &Vendor, painter: &Vendor) -> Home {
    let home = Home::default();
    connect_as(&home, igny8_tests::vendor::PROVIDER, writer, "").json();
    add_text_model(&home);
    connect_as(&home, PAINTER, painter, "").json();
    let (credits, price) = (CREDITS_PER_IMAGE.to_string(), if is_stated(painter) { "0.05" } else { "0.04" });
    let model = ["models", "add", "--provider", PAINTER, "--model", IMAGE_MODEL, "--type", "image", "--image", price];
    home.json(&[&model[..], &["--credits-per-image", &credits, "--default"]].concat());
    furnish(&home);
    home
}

fn is_stated(painter: &Vendor) -> bool {
    painter.dialect() == Dialect::Runware
}

fn described(home: &Home) {
    for command in ["cluster", "ideas"] {
        home.json(&[command, "--site", "Tea"]);
    }
    home.json(&["write", "--site", "Tea", "--limit", "1"]);
}

fn number(value: usize) -> i64 {
    i64::try_from(value).expect("a small number")
}

/// Cost by call of the pictures, as our books have it.
fn booked(books: &Books) -> Vec<(String, i64)> {
    books.rows(
        "select lower(hex(u.call_id)), u.cost_nano from usage_log u join model m on m.id = u.model_id
         where m.provider = 'painter' and u.call_id is not null order by 1",
        [],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

fn billed(painter: &Vendor) -> Vec<(String, i64)> {
    let line = |line: Billed| (line.call.replace('-', ""), i64::try_from(line.nano).expect("a small bill"));
    let mut lines: Vec<_> = painter.bill().lines.into_iter().map(line).collect();
    lines.sort();
    lines
}

#[test]
fn every_language_of_pictures_does_the_whole_pipeline() {
    for dialect in Dialect::OF_PICTURES.iter().copied() {
        let (writer, painter) = (exact_vendor_of(Dialect::OpenAi, None), exact_vendor_of(dialect, None));
        let home = home_of(&writer, &painter);
        described(&home);
        home.json(&["images", "--site", "Tea"]);
        let books = home.books();
        let lines = painter.bill().lines;
        let pictures = number(lines.len());
        assert!(pictures >= 2, "{dialect}: one above the article and some inside");
        assert!(!due(&writer).contains_key(&AiFunction::GenerateImages), "{dialect}: the other vendor did the texts");
        assert_eq!(booked(&books), billed(&painter), "{dialect}: each picture costs what its vendor bills");
        let stated = books.number("select count(*) from usage_log where is_cost_stated = 1");
        assert_eq!(stated, if is_stated(&painter) { pictures } else { 0 }, "{dialect}: by its own word");

        let records = books.rows(
            "select (select count(*) from credit_transaction t join operation o on o.id = t.operation_id
                     where o.function_name = 'generate_images' and t.transaction_type = 'deduction'
                       and t.amount = -5000000),
               (select count(*) from usage_log where operation_type = 'image_generation' and outcome = 'settled'),
               (select count(*) from operation where function_name = 'generate_images' and status = 'success'),
               (select count(*) from notification where notification_type = 'ai_image_success')",
            [],
            |row| Ok::<[i64; 4], _>([row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?]),
        );
        assert_eq!(records, [[pictures, pictures, 1, 1]], "{dialect}: four records");
        let sizes = books.rows(
            "select distinct image_type, width, height from image where status = 'generated' order by 1",
            [],
            |row| Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?, row.get::<_, i64>(2)?)),
        );
        let expected = [("featured".to_owned(), 1_200, 675), ("in_article".to_owned(), 1_024, 768)];
        assert_eq!(sizes, expected, "{dialect}: each in the size its place has");
        let whole = "select count(*) from image i join usage_log u on u.id = i.usage_id
                     where i.made_from <> '' and i.model_id = u.model_id and u.related_id = i.id and u.cost_nano > 0";
        assert_eq!(books.number(whole), pictures, "{dialect}: what it was made from, by whom and for how much");
        let seeds = books.number("select count(distinct seed) from image where seed <> ''");
        let has_seeds = matches!(dialect, Dialect::Runware | Dialect::Bria);
        assert_eq!(seeds, if has_seeds { pictures } else { 0 }, "{dialect}: seeds, where its models have them");
        assert_eq!(books.number("select count(*) from usage_log where is_estimated = 1"), 0, "{dialect}");
        assert_eq!(home.json(&["credits", "audit"])["ok"], true, "{dialect}: the books balance");
        reconciles(&home, &lines, dialect);
    }
}

/// The vendor's own file says what our books say.
fn reconciles(home: &Home, lines: &[Billed], dialect: Dialect) {
    let found: Value = home.json(&["credits", "reconcile", &bill_file(home, lines), "--provider", PAINTER]);
    let sums = &found["sums"];
    let counts = ["ours_only", "theirs_only", "differing"].map(|name| sums[name].as_u64());
    assert_eq!(counts, [Some(0); 3], "{dialect}: {sums}");
    assert_eq!(sums["matched"].as_u64(), Some(lines.len() as u64), "{dialect}: {sums}");
}

#[test]
fn a_lost_answer_is_paid_once_where_the_vendor_can_be_asked_again() {
    for dialect in [Dialect::Runware, Dialect::Bria] {
        let (writer, painter) = (exact_vendor_of(Dialect::OpenAi, None), exact_vendor_of(dialect, None));
        let home = home_of(&writer, &painter);
        described(&home);
        match dialect {
            // The task was taken on, and nothing came back.
            Dialect::Runware => painter.then(Reply::Cut(0)),
            // The order was accepted, and its picture could not be fetched the first time.
            _ => painter.then_tells(Reply::Raw(
                200,
                vec![("content-type", "application/json".to_owned())],
                r#"{"status":"UNKNOWN"}"#.to_owned(),
            )),
        }
        home.json(&["images", "--site", "Tea"]);
        let books = home.books();
        let lines = painter.bill().lines;
        assert_eq!(booked(&books), billed(&painter), "{dialect}: every picture is paid once");
        let lost = "select count(*) from attempt where outcome = 'outcome_unknown' and provider_request_id <> ''";
        assert_eq!(books.number(lost), 1, "{dialect}: the lost answer is on record, under the vendor's id");
        assert!(books.number("select max(attempts) from call") == 2, "{dialect}: under one call");
        assert_eq!(
            books.number("select count(*) from usage_log where is_estimated = 1"),
            0,
            "{dialect}: no guess is left"
        );
        assert_eq!(books.number("select sum(lost_nano) from usage_line"), 0, "{dialect}: and none was billed");
        let pending = books.number("select count(*) from image where status <> 'generated' and removed_at = 0");
        assert_eq!(pending, 0, "{dialect}: every picture is there");
        assert_eq!(home.json(&["credits", "audit"])["ok"], true, "{dialect}: the books balance");
        reconciles(&home, &lines, dialect);
    }
}

#[test]
fn an_answer_that_never_comes_is_booked_once_however_often_it_was_asked_for() {
    let (writer, painter) = (exact_vendor_of(Dialect::OpenAi, None), exact_vendor_of(Dialect::Runware, None));
    let home = home_of(&writer, &painter);
    described(&home);
    home.json(&["images", "--site", "Tea"]);
    painter.forget();
    let wallet = home.books().wallet();
    home.sqlite(
        "update image set status = 'pending', media_hash = '', prompt = prompt || ' once more' where position = 0",
    );
    painter.then(Reply::HangUp);
    painter.then(Reply::HangUp);
    assert_eq!(home.run(&["images", "--site", "Tea"]).code, 1, "one picture is none");
    let books = home.books();
    assert_eq!(painter.seen().len(), 2, "asked for twice");
    let cost = books.number("select cost_nano from usage_log order by id desc limit 1");
    assert_eq!(cost, LISTED_NANO, "what one picture likely costs, and not two");
    assert_eq!((books.wallet(), books.open_holds()), (wallet, 0), "nothing is charged or held");
    assert_eq!(home.json(&["credits", "audit"])["ok"], true, "the books balance");
}

/// A file that says it is a picture of 60,000 by 60,000 pixels.
fn header_bomb() -> Vec<u8> {
    let mut file = b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR".to_vec();
    let header = [60_000_u32.to_be_bytes(), 60_000_u32.to_be_bytes()].concat();
    file.extend(&header);
    file.extend([8, 6, 0, 0, 0]);
    // The sum over the header, so that only the size is wrong with it.
    let sum = [&b"IHDR"[..], &header, &[8, 6, 0, 0, 0]].concat().iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| (sum >> 1) ^ (0xEDB8_8320 & (sum & 1).wrapping_neg()))
    });
    file.extend((!sum).to_be_bytes());
    file
}

#[test]
fn what_is_no_picture_is_not_kept_and_costs_no_credits() {
    for dialect in Dialect::OF_PICTURES.iter().copied() {
        let (writer, painter) = (exact_vendor_of(Dialect::OpenAi, None), exact_vendor_of(dialect, None));
        let home = home_of(&writer, &painter);
        described(&home);
        let cases = [
            (Reply::Paints(header_bomb()), "bad_image"),
            (Reply::Paints(b"not a picture at all".to_vec()), "bad_image"),
            (Reply::Empty, "bad_reply"),
        ];
        cases.iter().for_each(|(reply, _)| painter.then(reply.clone()));
        let kept = home.books().number("select count(*) from image where media_hash <> ''");
        assert_eq!(home.run(&["images", "--site", "Tea"]).code, 1, "{dialect}: none of them is a picture");
        let books = home.books();
        // They are made side by side, so that any of them meets any case.
        let codes = books
            .rows("select error_code from image where removed_at = 0 order by 1", [], |row| row.get::<_, String>(0));
        assert_eq!(codes, cases.each_ref().map(|(_, code)| *code), "{dialect}");
        assert_eq!(
            books.number("select count(*) from image where media_hash <> ''"),
            kept,
            "{dialect}: nothing is kept"
        );
        let charged = "select coalesce(sum(credits), 0) from usage_log where operation_type = 'image_generation'";
        assert_eq!(books.number(charged), 0, "{dialect}: no credits");
        assert_eq!(booked(&books), billed(&painter), "{dialect}: and the vendor's money all the same");
        assert_eq!(home.json(&["credits", "audit"])["ok"], true, "{dialect}: the books balance");
    }
}

#[test]
fn what_a_model_can_is_data_and_is_checked_before_anything_is_paid() {
    let (writer, painter) = (exact_vendor_of(Dialect::OpenAi, None), exact_vendor_of(Dialect::Runware, None));
    let home = home_of(&writer, &painter);
    let add = |picture: &str| {
        let model = ["models", "add", "--provider", PAINTER, "--model", IMAGE_MODEL, "--type", "image"];
        home.run(
            &[&model[..], &["--image", "0.05", "--credits-per-image", "5", "--default", "--picture", picture]].concat(),
        )
    };
    for (picture, word) in
        [("{", "right form"), (r#"{"colour":1}"#, "right form"), (r#"{"sizes":{"listed":[]}}"#, "sizes")]
    {
        let refused = add(picture);
        assert_eq!(refused.code, 1, "{refused:?}");
        assert!(refused.stderr.contains(word), "{}", refused.stderr);
    }
    let able = r#"{"sizes":{"stepped":{"min":128,"max":2048,"step":64}},"fit":"crop","steps":{"asked":20,"min":1,"max":50},
        "negative":"field","prompt_chars_max":2900,"seed_max":1000}"#;
    assert_eq!(add(able).code, 0);
    let listed = home.json(&["models", "list"]);
    let models = listed["models"].as_array().unwrap();
    let shown = models.iter().find(|m| m["provider"] == PAINTER && m["is_active"] == true).unwrap();
    assert_eq!(shown["picture"]["steps"]["asked"], 20, "and it is shown as it is taken");
    described(&home);
    home.json(&["images", "--site", "Tea"]);
    let task = painter.seen()[0].body[0].clone();
    assert_eq!((&task["steps"], task["seed"].as_u64().unwrap() <= 1_000), (&Value::from(20), true), "{task}");

    assert_eq!(add(r#"{"prompt_chars_max":3}"#).code, 0);
    painter.forget();
    let wallet = home.books().wallet();
    home.sqlite("update image set status = 'pending', media_hash = '' where position = 0");
    let refused = home.run(&["images", "--site", "Tea"]);
    assert_eq!(refused.code, 1);
    assert!(refused.stderr.contains("at more length than the model reads"), "{}", refused.stderr);
    let books = home.books();
    assert!(painter.seen().is_empty() && books.wallet() == wallet, "before anything is sent or held");
    let last = books.rows(
        "select phase, status, error_code from operation order by created_at desc, id desc limit 1",
        [],
        |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get::<_, String>(2)?)),
    );
    assert_eq!(last, [("PREP".to_owned(), "error".to_owned(), "picture_prompt_too_long".to_owned())]);
    let text =
        ["models", "add", "--provider", PAINTER, "--model", "x", "--type", "text", "--input", "1", "--output", "1"];
    assert!(home.run(&text).stderr.contains("language"), "a vendor of pictures has no texts");
}

#[test]
fn a_key_comes_by_standard_input_and_stays_out_of_the_file() {
    for dialect in Dialect::OF_PICTURES.iter().copied() {
        let painter = exact_vendor_of(dialect, Some("sk-canary-painter"));
        let mut home = Home::default();
        let _keyring = Keyring::start(&mut home);
        let connected = connect_as(&home, PAINTER, &painter, "sk-canary-painter").json();
        assert_eq!(connected["dialect"], dialect.as_str());
        assert!(
            !home.sqlite("select * from provider").stdout.contains("sk-canary"),
            "{dialect}: and is not in the file"
        );
    }
}
