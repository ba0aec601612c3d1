//! What a site chooses for its runs changes what they do; and what they did is told afterwards, by item.

use crate::bad_input::assert_refused;
use igny8_app::commands::automation as commands;
use igny8_app::{Igny8, OpenOptions};
use igny8_core::automation::{Automation, RunStage, StageRules};
use igny8_core::function::AiFunction;
use igny8_core::id::SiteId;
use igny8_core::money::Credits;
use igny8_core::status::{RunEventKind, RunTrigger};
use igny8_engine::EngineError;
use igny8_engine::operation::Items;
use igny8_tests::program::Home;
use igny8_tests::world::World;
use std::sync::Arc;
use tokio::sync::watch;

async fn choose(world: &World, site: SiteId, chosen: Automation) {
    world.engine.set_automation(site, chosen, true).await.expect("it can be chosen");
}

/// The defaults with another choice for one stage.
fn with(stage: RunStage, change: impl Fn(&mut StageRules)) -> Automation {
    let mut chosen = Automation::default();
    let mut rules = chosen.of(stage);
    change(&mut rules);
    chosen.stages.insert(stage, rules);
    chosen
}

async fn run(world: &World, site: SiteId) {
    world.run_site(site, None).await.expect("the run ends well");
}

/// A world whose site has chosen so.
async fn chosen(chosen: Automation) -> (World, SiteId) {
    let world = World::new().await;
    let site = world.add_tea_site().await;
    choose(&world, site, chosen).await;
    (world, site)
}

const WRITTEN: &str = "select count(*) from operation where function_name = 'generate_content'";

#[tokio::test]
async fn a_batch_is_as_large_as_was_chosen() {
    let (world, site) = chosen(with(RunStage::GenerateContent, |rules| rules.batch = Some(1))).await;
    run(&world, site).await;
    let books = world.books();
    let articles = books.number("select count(*) from content");
    assert!(articles > 1, "there is something to divide");
    assert_eq!(books.number(WRITTEN), articles, "each article is a batch");
    let others = "select count(*) from operation where function_name = 'generate_images'";
    assert_eq!(books.number(others), 1, "a stage without a choice takes all at once");
    world.assert_books_closed().await;
}

#[tokio::test]
async fn a_run_whose_stages_cost_nothing_does_them_and_has_none_without_anything_to_do() {
    let world = World::new().await;
    let site = world.add_tea_site().await;
    world.run(AiFunction::AutoCluster, site, Items::Waiting).await;
    world.run(AiFunction::GenerateIdeas, site, Items::Waiting).await;
    let new = "select count(*) from idea where status = 'new'";
    let waiting = world.books().number(new);
    assert!(waiting > 0, "ideas wait to be queued");
    let mut chosen = Automation::default();
    for (stage, rules) in &mut chosen.stages {
        rules.is_on = *stage == RunStage::QueueIdeas;
    }
    choose(&world, site, chosen).await;
    let forecast = world.engine.forecast(site).await.expect("there is something to do");
    assert_eq!((forecast.credits.max, forecast.stages.len()), (Credits::ZERO, 0), "for nothing");
    run(&world, site).await;
    assert_eq!(world.books().number(new), 0, "they are queued");
    let runs = || world.books().number("select count(*) from run where ended_at > 0 and stopped_code = ''");
    assert_eq!(runs(), 1, "by a run that came to its end");
    assert!(matches!(world.engine.forecast(site).await, Err(EngineError::NothingToDo)));
    run(&world, site).await;
    assert_eq!(runs(), 1, "there is nothing to do any more");
    world.assert_books_closed().await;
}

#[tokio::test]
async fn a_stage_takes_no_more_in_a_run_than_was_chosen_and_the_price_says_so() {
    let (world, site) = chosen(with(RunStage::GenerateContent, |rules| rules.most = Some(1))).await;
    let forecast = world.engine.forecast(site).await.unwrap();
    let drafts = forecast.stages.iter().find(|stage| stage.function == AiFunction::GenerateContent).unwrap();
    assert_eq!((drafts.items.min, drafts.items.max), (1, 1));
    run(&world, site).await;
    assert_eq!(world.books().number("select count(*) from content"), 1);
    run(&world, site).await;
    assert_eq!(world.books().number("select count(*) from content"), 2, "the next run takes the next one");
    world.assert_books_closed().await;
}

#[tokio::test]
async fn a_stage_that_is_off_is_passed_over_and_costs_nothing() {
    let (world, site) = chosen(with(RunStage::GenerateImages, |rules| rules.is_on = false)).await;
    let forecast = world.engine.forecast(site).await.unwrap();
    assert!(forecast.stages.iter().all(|stage| stage.function != AiFunction::GenerateImages), "{forecast:?}");
    run(&world, site).await;
    let plan = world.books().plan();
    assert!(plan["contents"] > 0 && plan["pictures"] == 0, "{plan:?}");
    assert_eq!(world.books().number("select count(*) from run_event where kind = 'stage_off'"), 1);
    world.assert_books_closed().await;
}

#[tokio::test]
async fn between_two_batches_and_two_stages_a_run_rests_as_long_as_was_chosen() {
    for (within, between) in [(30, 0), (0, 45)] {
        let batches = with(RunStage::GenerateContent, |rules| rules.batch = Some(1));
        let (world, site) = chosen(Automation { within_delay_s: within, between_delay_s: between, ..batches }).await;
        let start = world.around.clock.clone();
        let begun = igny8_core::port::Clock::monotonic_ms(start.as_ref());
        let (stop, stopped) = watch::channel(false);
        let clock = Arc::clone(&world.around.clock);
        let ticking = async {
            loop {
                clock.advance_ms(1_000);
                for _ in 0..200 {
                    tokio::task::yield_now().await;
                }
            }
        };
        let running = async {
            let ended = world.engine.run_pipeline(world.engine.new_client_key(), site, None).await;
            stop.send_replace(true);
            ended.expect("the run ends well");
        };
        tokio::select! {
            _ = async { tokio::join!(world.engine.run(stopped), running) } => {}
            () = ticking => {}
        }
        let rested = igny8_core::port::Clock::monotonic_ms(start.as_ref()) - begun;
        let articles = u64::try_from(world.books().number("select count(*) from content")).unwrap();
        let least = if within > 0 { (articles - 1) * 30_000 } else { 6 * 45_000 };
        assert!(rested >= least, "{rested} ms of {least}: {within} s, {between} s");
    }
}

#[tokio::test]
async fn a_run_may_spend_no_more_than_was_chosen_and_needs_no_more_to_begin() {
    let (world, site) = chosen(Automation { credits_max: Some(Credits::whole(20)), ..Automation::default() }).await;
    let forecast = world.engine.forecast(site).await.unwrap();
    assert!(forecast.credits.likely > Credits::whole(20), "all of it costs more: {forecast:?}");
    assert_eq!(forecast.run_cap, Credits::whole(20));
    let ended = world.run_site(site, None).await;
    assert!(matches!(ended, Err(EngineError::RunStopped { .. })), "{ended:?}");
    assert_eq!(world.books().number("select wanted from cap where scope = 'run'"), Credits::whole(20).0);
    assert!(world.books().number("select used from cap where scope = 'run'") <= Credits::whole(20).0);
    world.assert_books_closed().await;
}

#[tokio::test]
async fn a_function_may_take_the_part_of_a_run_that_was_chosen() {
    for percent in [30, 60] {
        let mut shares = with(RunStage::GenerateImages, |rules| rules.share = percent);
        let rest = StageRules { share: 100 - 15 - 10 - 5 - percent, ..shares.of(RunStage::GenerateContent) };
        shares.stages.insert(RunStage::GenerateContent, rest);
        let (world, site) = chosen(shares).await;
        world.run_site(site, Some(Credits::whole(900))).await.expect("the run ends well");
        let of_images = "select wanted from cap where scope = 'share' and key like '%generate_images'";
        assert_eq!(world.books().number(of_images), Credits::whole(i64::from(percent) * 9).0, "{percent} %");
    }
}

#[tokio::test]
async fn sites_whose_runs_begin_by_themselves_are_those_that_chose_it() {
    let (world, site) = chosen(Automation { is_enabled: true, ..Automation::default() }).await;
    let enabled = world.engine.store().read(|r| r.automations_enabled()).await.unwrap();
    assert_eq!(enabled.iter().map(|(site, _)| *site).collect::<Vec<_>>(), [site]);
    world.engine.reset_automation(site).await.unwrap();
    assert_eq!(world.engine.store().read(|r| r.automations_enabled()).await.unwrap(), []);
    assert_eq!(world.engine.store().read(|r| r.sites_going_on()).await.unwrap(), [], "nor does its work go on");
    choose(&world, site, Automation::default()).await;
    assert_eq!(world.engine.store().read(|r| r.sites_going_on()).await.unwrap(), [site]);
}

#[tokio::test]
async fn a_run_says_what_it_found_what_it_did_and_what_it_cost() {
    let (world, site) = chosen(Automation::default()).await;
    let key = world.engine.new_client_key();
    let (stop, stopped) = watch::channel(false);
    let ended = tokio::join!(world.engine.run(stopped), async {
        let ended = world.engine.run_due(key, site, RunTrigger::Scheduled).await;
        stop.send_replace(true);
        ended
    });
    ended.1.expect("the run ends well");
    let read = world.engine.store().read(move |r| {
        let run = r.newest_run(site)?.expect("there was one");
        Ok::<_, igny8_store::StoreError>((r.run_summary(run.id)?, r.run_stages(run.id)?, r.run_log(run.id)?))
    });
    let (summary, stages, log) = read.await.unwrap();
    assert_eq!(summary.row.trigger, RunTrigger::Scheduled);
    assert!(summary.row.estimate > Credits::ZERO);
    let of = |stage| stages.iter().find(|row| row.stage == stage).copied().expect("every run has every stage");
    let keywords = of(RunStage::AutoCluster);
    assert_eq!((keywords.waiting, keywords.taken, keywords.ended), (6, 6, 6), "as it stood at the start");
    assert_eq!(of(RunStage::GenerateContent).waiting, 0, "what the run itself makes did not wait");
    assert!(of(RunStage::GenerateContent).expected > 0, "but it was expected");
    assert_eq!(of(RunStage::GenerateContent).made, summary.totals.articles);
    assert_eq!(of(RunStage::QueueIdeas).made, of(RunStage::GenerateContent).taken, "what is queued is written");
    assert!(stages.iter().all(|row| row.began_at.0 > 0 && row.ended_at.0 > 0), "{stages:?}");
    let charged = world.books().number("select sum(credits) from usage_log");
    assert_eq!(summary.totals.credits.0, charged, "the books say the same");
    assert_eq!(log.iter().map(|event| event.credits.0).sum::<i64>(), charged, "and so does the log, item by item");
    let items = log.iter().filter(|event| event.kind == RunEventKind::ItemDone).count();
    assert_eq!(items, usize::try_from(summary.totals.units_done).unwrap());
    let written = log.iter().find(|event| event.stage == Some(RunStage::GenerateContent) && event.items == 1);
    assert!(written.is_some_and(|event| !event.item.is_empty()), "by name: {written:?}");
    assert_eq!(log.last().map(|event| event.kind), Some(RunEventKind::Ended));
}

#[test]
fn the_command_line_shows_and_sets_what_is_chosen() {
    let home = Home::default();
    home.json(&["site", "add", "--name", "Tea", "--kind", "folder", "--sector", "Leaves", "--zone", "Europe/Berlin"]);
    let shown = home.json(&["automation", "show", "--site", "Tea"]);
    assert_eq!((&shown["automation"]["is_enabled"], &shown["site_zone"]), (&false.into(), &"Europe/Berlin".into()));
    let set = home.json(&[
        "automation",
        "set",
        "--site",
        "Tea",
        "--enabled",
        "yes",
        "--every",
        "week",
        "--days",
        "mon,fri",
        "--at",
        "06:30",
        "--batch",
        "write=2",
        "--most",
        "cluster=50",
        "--stage",
        "images=off",
        "--credits",
        "25",
    ]);
    let chosen = &set["automation"];
    assert_eq!((&chosen["frequency"], &chosen["time"]), (&"weekly".into(), &"06:30".into()));
    assert_eq!(chosen["weekdays"], serde_json::json!([1, 5]));
    assert_eq!((&chosen["stages"][3]["batch"], &chosen["stages"][5]["is_on"]), (&2.into(), &false.into()));
    assert_eq!(home.json(&["automation", "show", "--site", "Tea"])["automation"], *chosen, "it stays");
    let next = set["next_run_at"].as_str().expect("it has a next run");
    assert!(next.ends_with(":30:00Z") && shown["next_run_at"].is_null(), "{next}");
    let text = home.run(&["automation", "show", "--site", "Tea"]).stdout;
    assert!(text.contains(next), "{text}");
    assert!(text.contains("mon, fri at 06:30 (Europe/Berlin)") && text.contains("images"), "{text}");

    let set = ["automation", "set", "--site", "Tea"];
    for (wrong, words) in [
        (["--share", "write=41"], ["--share", "100 together"]),
        (["--at", "25:00"], ["--at", "09:30"]),
        (["--zone", "Mars/Base"], ["zone", "IANA"]),
        (["--month-day", "32"], ["--month-day", "1 to 31"]),
        (["--within", "3601"], ["--within", "3,600"]),
        (["--credits", "none"], ["--credits", "auto"]),
    ] {
        assert_refused(&home.run(&[&set[..], &wrong].concat()), &words, wrong[0]);
    }
    for usage in [["--stage", "painting=off"], ["--batch", "write=few"], ["--every", "hour"]] {
        assert_eq!(home.run(&[&set[..], &usage].concat()).code, 2, "{usage:?}");
    }
    assert_eq!(home.json(&["automation", "show", "--site", "Tea"])["automation"], *chosen, "a refusal changes nothing");
    let reset = home.json(&[&set[..], &["--reset"]].concat());
    assert_eq!(reset["automation"], shown["automation"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_runs_did_and_what_waits_is_told_on_the_command_line_and_in_the_window() {
    let (home, run) = tokio::task::spawn_blocking(|| {
        let home = Home::default();
        home.json(&["site", "add", "--name", "Tea", "--kind", "folder", "--sector", "Leaves"]);
        let file = home.file("good.csv", "keyword\ngreen tea benefits\ngreen tea for sleep\nbest teapot\n");
        home.json(&["keywords", "import", &file, "--site", "Tea"]);
        home.json(&["run", "start", "--site", "Tea"]);
        let history = home.json(&["run", "history", "--site", "Tea"]);
        assert_eq!((&history["total"], &history["runs"][0]["state"]), (&1.into(), &"completed".into()), "{history}");
        let run = history["runs"][0]["id"].as_str().unwrap().to_owned();
        let shown = home.json(&["run", "show", &run]);
        assert_eq!(shown["run"]["stages"].as_array().unwrap().len(), 7, "{shown}");
        let log = home.run(&["run", "log", &run]).stdout;
        assert!(log.starts_with("at,event,stage,item,items,code,credits\n"), "{log}");
        assert!(log.contains(",began,") && log.trim_end().ends_with(",ended,,,0,,0"), "{log}");
        let file = home.path("run.csv").to_string_lossy().into_owned();
        home.json(&["run", "log", &run, "--out", &file]);
        assert_eq!(std::fs::read_to_string(&file).unwrap(), log);
        let foreign = home.file("mine.csv", "somebody's\n");
        assert_refused(&home.run(&["run", "log", &run, "--out", &foreign]), &["--out"], "a file of somebody's");
        let needs = home.json(&["needs", "--site", "Tea"]);
        assert!(needs["needs"].as_array().unwrap().iter().all(|row| row["need"] == "review"), "{needs}");
        (home, run)
    })
    .await
    .expect("a run is made");
    let app = Igny8::open(OpenOptions { data_dir: Some(home.data()) }).await.unwrap();
    let view = commands::run(&app, &run).await.unwrap();
    assert_eq!(view.before, None, "there is nothing to compare it with");
    let events = commands::run_events(&app, &run, None, 5).await.unwrap();
    assert!(events.rows.len() == 5 && events.next_cursor.is_some() && events.total > 5, "{events:?}");
    assert_eq!(commands::run_now(&app, "1").await.unwrap(), None, "none is under way");
    let needs = commands::needs(&app, "1").await.unwrap();
    assert!(needs.total > 0 && needs.rows.len() == usize::try_from(needs.total).unwrap());
    app.stop().await;
}
