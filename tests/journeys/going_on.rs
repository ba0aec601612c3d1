//! What it costs to go on with what was interrupted is said before it goes on, in the window and on the command line, and
//! is what it then costs.

use crate::interrupted::killed_while_writing;
use crate::paused::{after_a_kill, until_idle, window};
use igny8_app::commands::{account, work};
use igny8_app::dto::spending::{ResumeEstimate, RunRestEstimate};
use igny8_app::dto::work::{AiFunctionView, Estimate};
use igny8_app::{Fault, Igny8};
use igny8_core::money::Credits;
use igny8_testkit::vendor::{IMAGE_MODEL, Reply};
use igny8_tests::program::Home;
use igny8_tests::vendor::{PROVIDER, await_requests, exact_vendor, home_with};

const SITE: [&str; 2] = ["--site", "Tea"];
const ID: &str = "1";

fn credits(amount: &str) -> Credits {
    Credits::parse(amount).expect("an amount of credits")
}

async fn rest_of_run(app: &Igny8) -> RunRestEstimate {
    match work::pipeline_resume_estimate(app, ID).await.expect("it has a price") {
        ResumeEstimate::Run(run) => run,
        ResumeEstimate::Work(work) => panic!("it is a run: {work:?}"),
    }
}

fn used(home: &Home) -> Credits {
    Credits(home.books().number("select coalesce(sum(credits), 0) from usage_log"))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_that_goes_on_costs_what_was_said_before() {
    let (home, vendor) = after_a_kill(false).await;
    let app = window(&home).await;
    let (wallet, asked) = (home.books().wallet(), vendor.seen().len());
    let (balance, left) = (account::balance(&app).await.unwrap(), work::pipeline(&app, ID).await.unwrap());
    let price = rest_of_run(&app).await;
    assert_eq!((price.units, &price.held), (left.units_waiting, &left.held));
    let there = credits(&balance.available).plus(credits(&balance.held));
    assert_eq!(credits(&price.available), there, "what is held for it is there for it");
    assert!(price.is_affordable && credits(&price.held) > Credits::ZERO, "{price:?}");
    let stages: Vec<AiFunctionView> = price.stages.iter().map(|stage| stage.function).collect();
    let that_follow =
        [AiFunctionView::GenerateContent, AiFunctionView::GenerateImagePrompts, AiFunctionView::GenerateImages];
    assert_eq!(stages, that_follow, "and no stage that is over");
    let cap = |column: &str| {
        Credits(home.books().number(&["select ", column, " from cap where scope = 'run'"].concat())).to_string()
    };
    assert_eq!((price.cap.clone(), price.cap_left.clone()), (Some(cap("wanted")), Some(cap("wanted - used"))));
    let of_task = work::operation_resume_estimate(&app, left.operation_id.as_deref().unwrap()).await.unwrap();
    assert!(matches!(of_task, ResumeEstimate::Run(run) if run.credits_max == price.credits_max), "its task is the run");
    assert_eq!((home.books().wallet(), vendor.seen().len()), (wallet, asked), "to ask costs nothing");

    let before = used(&home);
    work::pipeline_resume(&app, ID).await.expect("it goes on");
    until_idle(&app).await;
    let charged = used(&home).minus(before);
    let span = credits(&price.credits_min)..=credits(&price.credits_max);
    assert!(span.contains(&charged), "{charged} were charged: {price:?}");
    let after = credits(&account::balance(&app).await.unwrap().available);
    assert_eq!(after, there.minus(charged));
    assert!((credits(&price.balance_after_min)..=credits(&price.balance_after_max)).contains(&after), "{price:?}");
    let gone = work::pipeline_resume_estimate(&app, ID).await;
    assert!(matches!(gone, Err(Fault::WrongState { .. })), "there is nothing to go on with: {gone:?}");
    app.stop().await;
}

/// Enough for more articles than a small cap pays for.
const MORE: &str = "keyword\noolong tea benefits\noolong tea caffeine\nhow to brew oolong tea\nrooibos taste\n\
                    rooibos recipe\nrooibos price\nmatcha latte\nmatcha whisk\nmatcha cake\n";

#[tokio::test(flavor = "multi_thread")]
async fn a_run_costs_no_more_than_is_left_of_its_cap() {
    let vendor = exact_vendor(None);
    let (home, vendor) = tokio::task::spawn_blocking(move || {
        let home = home_with(&vendor);
        let more = home.file("more.csv", MORE);
        home.json(&["keywords", "import", &more, "--site", "Tea"]);
        for command in ["cluster", "ideas"] {
            home.json(&[&[command][..], &SITE].concat());
        }
        vendor.forget();
        vendor.then(Reply::Never);
        let running = home.start(&[&["run", "start"][..], &SITE, &["--cap", "40"]].concat());
        await_requests(&vendor, 1);
        assert!(running.kill(), "it was still waiting for its answer");
        (home, vendor)
    })
    .await
    .expect("a run is killed");
    let app = window(&home).await;
    let price = rest_of_run(&app).await;
    let whole: i64 = price.stages.iter().map(|stage| credits(&stage.credits_max).0).sum();
    assert!(whole > Credits::whole(40).0, "all of it would cost more: {price:?}");
    assert_eq!((price.cap_left.as_deref(), price.credits_max.as_str()), (Some("40"), "40"), "{price:?}");
    assert_eq!(credits(&price.balance_after_min), credits(&price.available).minus(Credits::whole(40)));
    let before = used(&home);
    work::pipeline_resume(&app, ID).await.expect("it goes on");
    until_idle(&app).await;
    assert!(used(&home).minus(before) <= Credits::whole(40));
    assert!(!vendor.seen().is_empty());
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn work_of_no_run_costs_what_its_units_cost() {
    let (home, _vendor) = tokio::task::spawn_blocking(killed_while_writing).await.expect("work is killed");
    let app = window(&home).await;
    let balance = account::balance(&app).await.unwrap();
    let operation = work::pipeline(&app, ID).await.unwrap().operation_id.unwrap();
    for priced in [
        work::operation_resume_estimate(&app, &operation).await.unwrap(),
        work::pipeline_resume_estimate(&app, ID).await.unwrap(),
    ] {
        let ResumeEstimate::Work(Estimate { items, units, credits: likely, credits_max, balance_after, .. }) = priced
        else {
            panic!("it is no run: {priced:?}")
        };
        assert_eq!((items, units), (1, 1));
        assert_eq!(credits_max, balance.held, "what is held is the most its one unit can cost");
        let there = credits(&balance.available).plus(credits(&balance.held));
        assert_eq!(credits(&balance_after), there.minus(credits(&likely)));
    }
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_whose_model_has_ended_has_no_price_and_does_not_go_on() {
    let (home, _vendor) = after_a_kill(false).await;
    let ended = ["models", "add", "--provider", PROVIDER, "--model", IMAGE_MODEL, "--type", "image", "--image", "0.04"];
    home.json(&[&ended[..], &["--credits-per-image", "5", "--retires-on", "2026-10-23"]].concat());
    let app = window(&home).await;
    let priced = work::pipeline_resume_estimate(&app, ID).await;
    assert!(matches!(priced, Err(Fault::ModelEnded { .. })), "{priced:?}");
    let resumed = work::pipeline_resume(&app, ID).await;
    assert!(matches!(resumed, Err(Fault::ModelEnded { .. })), "{resumed:?}");
    app.stop().await;
}

#[test]
fn the_command_line_says_the_price_before_it_goes_on() {
    let (home, _vendor) = killed_while_writing();
    let status = home.json(&[&["run", "status"][..], &SITE].concat());
    let held = status["run"]["held"].as_str().unwrap().to_owned();
    let ran = home.run(&[&["run", "resume"][..], &SITE].concat());
    assert_eq!(ran.code, 0, "{ran:?}");
    let said = "Going on with what was interrupted: about ";
    assert!(ran.stderr.contains(said) && ran.stderr.contains(&format!("at most {held}; provider $")), "{ran:?}");
    assert!(ran.stderr.contains(" left afterwards"), "{ran:?}");

    let run = home.run(&[&["run", "start"][..], &SITE, &["--cap", "90"]].concat());
    assert_eq!(run.code, 0, "{run:?}");
    let price = run.stderr.lines().find(|line| line.starts_with("Running Tea: ")).expect("its price is said");
    assert!(price.contains("credits, likely ") && price.contains("; its cap is 90"), "{price}");
    let nothing = home.run(&[&["run", "start"][..], &SITE].concat());
    assert_eq!((nothing.code, nothing.stderr.contains("Running Tea")), (0, false), "what costs nothing has no price");
    let as_json = home.run(&[&["--json", "run", "start"][..], &SITE].concat());
    assert_eq!((as_json.code, as_json.stderr.as_str()), (0, ""), "a program is not spoken to");
}
