//! How far a site is: one answer for every page, made of the site and the period alone, and the same that a stranger
//! counts in the tables.

use igny8_core::function::AiFunction;
use igny8_core::id::SiteId;
use igny8_core::port::Clock;
use igny8_core::time::UtcMs;
use igny8_engine::operation::Items;
use igny8_store::table::completion::Completion;
use igny8_tests::books::Books;
use igny8_tests::world::World;

/// The counts as they stand in the tables, each asked by itself, all sectors together.
fn counted(books: &Books, site: SiteId, since: UtcMs) -> Vec<i64> {
    const QUESTIONS: [&str; 17] = [
        "select count(*) from keyword where site_id = ?1 and created_at >= ?2 and removed_at = 0",
        "select count(*) from keyword where site_id = ?1 and created_at >= ?2 and removed_at = 0 and status = 'mapped'",
        "select count(*) from cluster where site_id = ?1 and created_at >= ?2 and removed_at = 0",
        "select count(*) from cluster where site_id = ?1 and created_at >= ?2 and removed_at = 0 and status = 'mapped'",
        "select count(*) from idea where site_id = ?1 and created_at >= ?2 and removed_at = 0",
        "select count(*) from idea where site_id = ?1 and created_at >= ?2 and removed_at = 0 and status = 'queued'",
        "select count(*) from idea where site_id = ?1 and created_at >= ?2 and removed_at = 0 and status = 'completed'",
        "select count(*) from task where site_id = ?1 and created_at >= ?2 and removed_at = 0 and status = 'queued'",
        "select count(*) from content where site_id = ?1 and created_at >= ?2 and removed_at = 0",
        "select count(*) from content where site_id = ?1 and created_at >= ?2 and removed_at = 0 and status = 'draft'",
        "select count(*) from content where site_id = ?1 and created_at >= ?2 and removed_at = 0 and status = 'review'",
        "select count(*) from content where site_id = ?1 and created_at >= ?2 and removed_at = 0
           and status = 'approved' and delivery <> 'published'",
        "select count(*) from content where site_id = ?1 and created_at >= ?2 and removed_at = 0
           and delivery = 'published'",
        "select count(*) from image where site_id = ?1 and created_at >= ?2 and removed_at = 0",
        "select count(*) from image where site_id = ?1 and created_at >= ?2 and removed_at = 0 and status = 'generated'",
        "select count(*) from image where site_id = ?1 and created_at >= ?2 and removed_at = 0 and status = 'failed'",
        "select -coalesce(sum(t.amount), 0) from credit_transaction t join operation o on o.id = t.operation_id
         where o.site_id = ?1 and t.at >= ?2",
    ];
    QUESTIONS.iter().map(|sql| books.rows(sql, (site.0, since.0), |row| row.get::<_, i64>(0))[0]).collect()
}

fn said(done: Completion) -> Vec<i64> {
    let counts = [
        done.keywords,
        done.keywords_mapped,
        done.clusters,
        done.clusters_mapped,
        done.ideas,
        done.ideas_queued,
        done.ideas_completed,
        done.tasks_queued,
        done.contents,
        done.drafts,
        done.review,
        done.approved,
        done.published,
        done.images,
        done.images_generated,
        done.images_failed,
    ];
    counts.into_iter().map(i64::from).chain([done.credits_used.0]).collect()
}

async fn completion(world: &World, site: SiteId, since: Option<UtcMs>) -> Completion {
    world.engine.store().read(move |r| r.completion(site, since)).await.unwrap()
}

/// A site with two sectors, each with work in another state: the first written and published, the second only planned.
async fn two_sectors(world: &World) -> SiteId {
    let site = world.add_tea_site().await;
    world.prepare_for(AiFunction::GenerateImages, site).await;
    world.run(AiFunction::GenerateImages, site, Items::Waiting).await;
    let now = world.around.clock.now();
    let articles: Vec<i64> = world.books().rows("select id from content order by id", [], |row| row.get(0));
    let first = igny8_core::id::ContentId(articles[0]);
    world.engine.store().write(move |w| w.content_approve(&[first], now)).await.unwrap();
    world.engine.publish(first).await.unwrap();

    world.around.clock.advance_ms(1_000);
    let sector = world.engine.store().write(move |w| w.sector_add(site, "Herbs", now)).await.unwrap();
    world.engine.add_keywords("mint tea recipe\nmint tea benefits\nsage tea", site, sector).await.unwrap();
    world.run(AiFunction::AutoCluster, site, Items::Waiting).await;
    site
}

#[tokio::test(flavor = "multi_thread")]
async fn the_widget_says_what_the_tables_hold_of_all_sectors() {
    let world = World::new().await;
    let site = two_sectors(&world).await;
    let all = completion(&world, site, None).await;
    assert_eq!(said(all), counted(&world.books(), site, UtcMs(0)), "everything");
    let by_sector = world.books().number("select count(distinct sector_id) from keyword");
    assert_eq!(by_sector, 2, "two sectors have data");
    assert!(
        all.published == 1 && all.images_generated > 1 && all.keywords == 9,
        "there is something to count: {all:?}"
    );

    // The second sector was made a second later.
    let later = UtcMs(world.around.clock.now().0 - 500);
    let since = completion(&world, site, Some(later)).await;
    assert_eq!(said(since), counted(&world.books(), site, later), "the period");
    assert_eq!((since.keywords, since.contents), (3, 0), "of the period, not of everything");
    assert_ne!(since, all);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_widget_does_not_move_with_another_site() {
    let world = World::new().await;
    let site = two_sectors(&world).await;
    let before = completion(&world, site, None).await;
    let (other, sectors) = world.add_site("Coffee garden", &["Coffee"]).await;
    world.engine.add_keywords("espresso grind size\nespresso machine", other, sectors[0]).await.unwrap();
    world.run(AiFunction::AutoCluster, other, Items::Waiting).await;
    assert_eq!(completion(&world, site, None).await, before);
    assert_eq!(said(completion(&world, other, None).await), counted(&world.books(), other, UtcMs(0)));
}
