//! What failed is taken up again: by hand, as it was asked for; by a run, a few times; and a picture or a text that is
//! made anew gives way only to the next one.

use igny8_core::function::AiFunction;
use igny8_core::id::{ContentId, ImageId, TaskId};
use igny8_core::port::{Clock, ProviderError};
use igny8_core::usage::Usage;
use igny8_engine::EngineError;
use igny8_engine::operation::Items;
use igny8_testkit::scripted::Reply;
use igny8_tests::world::World;

fn refused() -> Reply {
    Reply::Fails(ProviderError::Rejected { reason: "too long".to_owned() })
}

fn asked(world: &World, function: AiFunction) -> usize {
    world.around.script.asked().iter().filter(|call| call.function == function).count()
}

/// State, reason and picture of the only slot looked at.
fn slot(world: &World, image: i64) -> (String, String, String, i64) {
    let mut rows = world.books().rows(
        "select status, error_code, media_hash, variation from image where id = ?1",
        [image],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
    );
    rows.remove(0)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failed_article_is_tried_again_by_hand_and_paid_once() {
    let world = World::new().await;
    let site = world.add_tea_site().await;
    world.prepare_for(AiFunction::GenerateContent, site).await;
    world.around.script.then(refused());
    world.run(AiFunction::GenerateContent, site, Items::Waiting).await;
    let tasks: Vec<(i64, String)> =
        world.books().rows("select id, error_code from task order by id", [], |row| Ok((row.get(0)?, row.get(1)?)));
    assert_eq!(tasks.iter().map(|task| task.1.as_str()).collect::<Vec<_>>(), ["rejected", ""], "it says why");

    let all: Vec<i64> = tasks.iter().map(|task| task.0).collect();
    let price = world.engine.estimate(AiFunction::GenerateContent, site, Items::Failed(all.clone())).await.unwrap();
    assert_eq!(price.items, 1, "only the failed one has a price");
    let again = world.run(AiFunction::GenerateContent, site, Items::Failed(all.clone())).await;
    let records = world.books().records(again);
    assert_eq!((records.task.units_failed, records.usage.len()), (0, 1));
    assert_eq!(world.books().number("select count(*) from task where status = 'completed'"), 2);
    assert_eq!(world.books().number("select count(*) from task where error_code <> ''"), 0);
    let nothing = world.start(AiFunction::GenerateContent, site, Items::Failed(all)).await;
    assert!(matches!(nothing, Err(EngineError::NothingToDo)), "what is written has not failed: {nothing:?}");
    let of_none = world.start(AiFunction::AutoCluster, site, Items::AllFailed(9)).await;
    assert!(matches!(of_none, Err(EngineError::NothingToDo)), "keywords do not fail: {of_none:?}");
    world.assert_books_closed().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_takes_up_what_failed_three_times_and_then_leaves_it_to_the_user() {
    let world = World::new().await;
    let site = world.add_tea_site().await;
    world.prepare_for(AiFunction::GenerateContent, site).await;
    let tasks = usize::try_from(world.books().number("select count(*) from task")).unwrap();
    let database = rusqlite::Connection::open(world.around.database()).unwrap();
    database.execute("update idea set is_disabled = 1 where status = 'new'", []).expect("only these tasks");
    for run in 1..=3 {
        world.around.script.forget();
        (0..tasks).for_each(|_| world.around.script.then(refused()));
        let ended = world.run_site(site, None).await;
        assert!(matches!(&ended, Err(EngineError::RunStopped { code, .. }) if code == "rejected"), "{run}: {ended:?}");
        assert_eq!(asked(&world, AiFunction::GenerateContent), tasks, "{run}: each is asked for once in a run");
    }
    world.around.script.forget();
    world.run_site(site, None).await.unwrap();
    assert_eq!(asked(&world, AiFunction::GenerateContent), 0, "the fourth run does not pay for them again");
    let waiting = world.engine.forecast(site).await;
    assert!(matches!(waiting, Err(EngineError::NothingToDo)), "and does not forecast them: {waiting:?}");

    world.run(AiFunction::GenerateContent, site, Items::AllFailed(u32::MAX)).await;
    assert_eq!(world.books().number("select count(*) from task where status <> 'completed'"), 0, "the user may");
    world.assert_books_closed().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_takes_up_failed_pictures_and_what_was_nobodys_fault_as_often_as_it_takes() {
    let world = World::new().await;
    let site = world.add_tea_site().await;
    world.prepare_for(AiFunction::GenerateImages, site).await;
    let slots = usize::try_from(world.books().number("select count(*) from image")).unwrap();
    for _ in 0..5 {
        (0..slots).for_each(|_| world.around.script.then(Reply::Fails(ProviderError::NoSuchProvider)));
        world.run(AiFunction::GenerateImages, site, Items::DueFirst(u32::MAX)).await;
        assert_eq!(
            world.books().number("select count(*) from image where error_code = 'no_such_provider'"),
            slots as i64
        );
    }
    let forecast = world.engine.forecast(site).await.unwrap();
    let images = forecast.stages.iter().find(|stage| stage.function == AiFunction::GenerateImages).unwrap();
    assert!(images.items.min >= slots as u32, "they are forecast: {images:?}");
    world.run_site(site, None).await.unwrap();
    assert_eq!(world.books().number("select count(*) from image where status <> 'generated'"), 0, "and made");
    world.assert_books_closed().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_leaves_what_keeps_failing_and_bears_no_mark_of_it() {
    for function in [AiFunction::AutoCluster, AiFunction::GenerateIdeas, AiFunction::GenerateImagePrompts] {
        let world = World::new().await;
        let site = world.add_tea_site().await;
        world.prepare_for(function, site).await;
        let database = rusqlite::Connection::open(world.around.database()).unwrap();
        database.execute("update idea set is_disabled = 1 where status = 'new'", []).expect("nothing else to write");
        for _ in 0..2 {
            let due = world.engine.estimate(function, site, Items::DueFirst(u32::MAX)).await.unwrap();
            (0..due.units).for_each(|_| world.around.script.then(Reply::Fails(ProviderError::NoSuchProvider)));
            world.run(function, site, Items::DueFirst(u32::MAX)).await;
        }
        for run in 1..=3 {
            world.around.script.forget();
            let due = world.engine.estimate(function, site, Items::DueFirst(u32::MAX)).await.unwrap();
            (0..due.units).for_each(|_| world.around.script.then(refused()));
            let ended = world.run_site(site, None).await;
            assert!(
                matches!(&ended, Err(EngineError::RunStopped { code, .. }) if code == "rejected"),
                "{run}: {ended:?}"
            );
            assert!(asked(&world, function) > 0, "{function}, {run}: what was nobody's fault is not counted");
        }
        world.around.script.forget();
        world.run_site(site, None).await.unwrap();
        assert_eq!(asked(&world, function), 0, "{function}: the fourth run does not pay for it again");
        let waiting = world.engine.forecast(site).await;
        assert!(matches!(waiting, Err(EngineError::NothingToDo)), "{function}: it is not forecast: {waiting:?}");

        // In other words it is another question.
        world.around.clock.advance_ms(1_000);
        let now = world.around.clock.now().0;
        let edit = match function {
            AiFunction::AutoCluster => "update keyword set updated_at = ?1",
            AiFunction::GenerateIdeas => "update cluster set updated_at = ?1",
            _ => "update content set updated_at = ?1",
        };
        let all = database.execute(edit, [now]).expect("an edit of all");
        let due = world.engine.estimate(function, site, Items::DueFirst(u32::MAX)).await.unwrap();
        assert!(due.items > 0 && due.items as usize <= all, "{function}: what was changed since is due again");
        world.run(function, site, Items::Waiting).await;
        assert_eq!(asked(&world, function), usize::try_from(due.units).unwrap(), "{function}: the user may");
        world.assert_books_closed().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_stays_until_the_one_in_its_place_is_stored() {
    let world = World::new().await;
    let site = world.add_tea_site().await;
    world.prepare_for(AiFunction::GenerateImages, site).await;
    world.run(AiFunction::GenerateImages, site, Items::Waiting).await;
    let image = world.books().number("select min(id) from image");
    let remake = || Items::Remake(vec![ImageId(image)]);
    let first = slot(&world, image);
    assert_eq!((first.0.as_str(), first.3), ("generated", 0));

    world.around.script.then(Reply::Fails(ProviderError::ContentRefused { usage: Usage::default() }));
    world.run(AiFunction::GenerateImages, site, remake()).await;
    let kept = slot(&world, image);
    assert_eq!((&kept.0, &kept.2, kept.3), (&first.0, &first.2, 0), "the old picture is there");
    assert_eq!(kept.1, "content_refused", "and says why it still is");

    let cancelled = world.start(AiFunction::GenerateImages, site, remake()).await.unwrap();
    world.engine.cancel_operation(cancelled).await.unwrap();
    assert_eq!(slot(&world, image), kept, "a wish that was taken back changes nothing");

    let world = world.restart().await;
    world.run(AiFunction::GenerateImages, site, remake()).await;
    let second = slot(&world, image);
    assert_eq!((second.0.as_str(), second.1.as_str(), second.3), ("generated", "", 1));
    assert_ne!(second.2, first.2, "another picture");

    world.empty_the_wallet().await;
    world.run(AiFunction::GenerateImages, site, remake()).await;
    assert_eq!(slot(&world, image), second, "what cannot be paid takes nothing away");
    world.assert_books_closed().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_stays_until_the_one_in_its_place_is_stored() {
    let world = World::new().await;
    let site = world.add_tea_site().await;
    world.prepare_for(AiFunction::GenerateImagePrompts, site).await;
    let content = ContentId(world.books().number("select min(id) from content"));
    let rewrite = || Items::Rewrite(vec![content]);
    let versions = || world.books().number("select count(*) from content_version");
    let queued = || world.books().number("select count(*) from task where status = 'queued' and removed_at = 0");
    let written = || world.books().number("select count(*) from idea where status = 'completed'");
    let (before, ideas) = (versions(), written());

    let price = world.engine.estimate(AiFunction::GenerateContent, site, rewrite()).await.unwrap();
    assert_eq!((price.items, queued()), (1, 0), "asking for the price changes nothing");
    world.around.script.then(refused());
    world.run(AiFunction::GenerateContent, site, rewrite()).await;
    assert_eq!(versions(), before, "the old text is there");
    world.run(AiFunction::GenerateContent, site, rewrite()).await;
    assert_eq!(versions(), before + 1, "and the next one in its place");

    let begun = world.start(AiFunction::GenerateContent, site, rewrite()).await.unwrap();
    world.engine.cancel_operation(begun).await.unwrap();
    let task = TaskId(world.books().number("select id from task where status = 'queued'"));
    let now = world.around.clock.now();
    let removed = world.engine.store().write(move |w| w.task_remove(&[task], now)).await;
    assert_eq!((removed.unwrap(), queued(), written()), (vec![task], 0, ideas), "an idea with an article is not new");
    let restored = world.engine.store().write(move |w| w.task_restore(&[task], now)).await;
    assert_eq!((restored.unwrap(), queued()), (vec![task], 1));
    world.run(AiFunction::GenerateContent, site, Items::Waiting).await;
    assert_eq!((versions(), written()), (before + 2, ideas), "it was still wished for");

    world.engine.store().write(move |w| w.content_send_to_review(&[content], now)).await.unwrap();
    world.engine.store().write(move |w| w.content_approve(&[content], now)).await.unwrap();
    let approved = world.start(AiFunction::GenerateContent, site, rewrite()).await;
    assert!(matches!(approved, Err(EngineError::NothingToDo)), "an approved text is not replaced: {approved:?}");
    world.empty_the_wallet().await;
    let other = Items::Rewrite(vec![ContentId(world.books().number("select max(id) from content"))]);
    let poor = world.start(AiFunction::GenerateContent, site, other).await;
    assert!(matches!(poor, Err(EngineError::InsufficientCredits { .. })), "{poor:?}");
    assert_eq!(queued(), 0, "what cannot be paid is not taken up");
    world.assert_books_closed().await;
}
