//! Articles that go forward by themselves: what passes a site's floor is approved, what does not waits for a person with its
//! reasons, and what a person has said stands.

use igny8_core::automation::{Automation, RunStage};
use igny8_core::id::{ContentId, SectorId, SiteId};
use igny8_core::port::Clock;
use igny8_core::publishing::PublishingSettings;
use igny8_core::quality::{QualityFlaw, QualityFloor};
use igny8_core::status::{ContentStatus, ContentStructure, ContentType, Origin};
use igny8_store::StoreError;
use igny8_store::table::content::{ContentText, NewContent};
use igny8_tests::world::World;

/// A site whose articles need no pictures.
pub(super) async fn site(change: impl FnOnce(&mut PublishingSettings)) -> (World, SiteId, SectorId) {
    let world = World::new().await;
    let (site, sectors) = world.add_site("Tea garden", &["Tea"]).await;
    let mut settings = world.engine.publishing_settings(site).await.unwrap();
    settings.auto_approve = true;
    settings.floor = QualityFloor { needs_pictures: false, ..QualityFloor::default() };
    change(&mut settings);
    world.engine.set_publishing_settings(site, settings).await.unwrap();
    (world, site, sectors[0])
}

/// An article in review that lacks nothing but what is said.
pub(super) async fn article(
    world: &World,
    (site, sector): (SiteId, SectorId),
    title: &str,
    headings: usize,
) -> ContentId {
    let text = ContentText {
        title: title.to_owned(),
        meta_title: title.to_owned(),
        meta_description: "What it says.".to_owned(),
        primary_keyword: title.to_lowercase(),
        html: (0..headings).map(|n| format!("<h2>Part {n}</h2><p>Words.</p>")).collect(),
        word_count: 900,
        ..ContentText::default()
    };
    let new = NewContent {
        site,
        sector,
        cluster: None,
        task: None,
        content_type: ContentType::Post,
        content_structure: ContentStructure::Article,
        text,
        origin: Origin::Model,
    };
    let now = world.around.clock.now();
    let added = world.engine.store().write(move |w| {
        let id = w.content_add(&new, now)?;
        w.content_send_to_review(&[id], now)?;
        Ok::<_, StoreError>(id)
    });
    added.await.expect("an article can be added")
}

async fn stands(world: &World, content: ContentId) -> (ContentStatus, Vec<QualityFlaw>) {
    let read =
        world.engine.store().read(move |r| Ok::<_, StoreError>((r.content(content)?.status, r.flaws_of(content)?)));
    let (status, flaws) = read.await.expect("it is there");
    (status, flaws.into_iter().map(|flaw| flaw.flaw).collect())
}

pub(super) fn notices(world: &World) -> Vec<(String, String)> {
    let told = "select notification_type, params from notification order by id";
    world.books().rows(told, [], |row| Ok((row.get(0)?, row.get(1)?)))
}

#[tokio::test]
async fn what_passes_is_approved_and_what_does_not_waits_with_its_reasons() {
    let (world, site, sector) = site(|_| {}).await;
    let sound = article(&world, (site, sector), "Green tea", 3).await;
    let poor = article(&world, (site, sector), "Black tea", 1).await;
    let forward = world.engine.go_forward(site).await.unwrap();
    assert_eq!((forward.approved, forward.held), (vec![sound], vec![poor]));
    assert_eq!(stands(&world, sound).await, (ContentStatus::Approved, vec![]));
    assert_eq!(stands(&world, poor).await, (ContentStatus::Review, vec![QualityFlaw::Headings]));
    let told = notices(&world);
    let types: Vec<&str> = told.iter().map(|(notification_type, _)| notification_type.as_str()).collect();
    assert_eq!(types, ["auto_approved", "content_held"]);
    assert!(told[0].1.contains("Green tea") && told[1].1.contains("Black tea"), "{told:?}");

    let again = world.engine.go_forward(site).await.unwrap();
    assert_eq!((again.approved.len(), again.held.len(), notices(&world).len()), (0, 0, 2), "each is looked at once");
}

#[tokio::test]
async fn an_article_that_was_mended_is_looked_at_again_and_so_are_all_under_other_settings() {
    let (world, site, sector) = site(|_| {}).await;
    let poor = article(&world, (site, sector), "Black tea", 1).await;
    world.engine.go_forward(site).await.unwrap();
    world.around.clock.advance_ms(60_000);
    let now = world.around.clock.now();
    let html = "<h2>One</h2><p>a</p><h2>Two</h2><p>b</p>";
    let mended = world.engine.store().write(move |w| w.content_save_version(poor, html, 900, Origin::Person, now));
    mended.await.unwrap();
    assert_eq!(world.engine.go_forward(site).await.unwrap().approved, [poor]);

    let bare = article(&world, (site, sector), "White tea", 0).await;
    assert_eq!(world.engine.go_forward(site).await.unwrap().held, [bare]);
    let mut settings = world.engine.publishing_settings(site).await.unwrap();
    settings.floor.headings_min = 0;
    world.engine.set_publishing_settings(site, settings).await.unwrap();
    assert_eq!(world.engine.go_forward(site).await.unwrap().approved, [bare], "it is asked for less now");
}

#[tokio::test]
async fn what_a_person_takes_back_is_left_to_people() {
    let (world, site, sector) = site(|_| {}).await;
    let sound = article(&world, (site, sector), "Green tea", 3).await;
    world.engine.go_forward(site).await.unwrap();
    world.around.clock.advance_ms(60_000);
    let now = world.around.clock.now();
    world.engine.store().write(move |w| w.content_back_to_review(&[sound], now)).await.unwrap();
    assert_eq!(world.engine.go_forward(site).await.unwrap().approved, [], "a person has said no");
    assert_eq!(stands(&world, sound).await.0, ContentStatus::Review);
}

#[tokio::test]
async fn two_about_the_same_are_not_both_approved() {
    let (world, site, sector) = site(|_| {}).await;
    let first = article(&world, (site, sector), "How to brew green tea", 3).await;
    let second = article(&world, (site, sector), "How to brew green tea", 3).await;
    let forward = world.engine.go_forward(site).await.unwrap();
    assert_eq!((forward.approved, forward.held), (vec![first], vec![second]));
    assert_eq!(stands(&world, second).await.1, [QualityFlaw::SameTopic]);
}

#[tokio::test]
async fn a_site_that_did_not_ask_for_it_has_nothing_approved() {
    let (world, site, sector) = site(|settings| settings.auto_approve = false).await;
    let sound = article(&world, (site, sector), "Green tea", 3).await;
    world.engine.all_go_forward().await.unwrap();
    assert_eq!(stands(&world, sound).await, (ContentStatus::Review, vec![]));
    assert_eq!(notices(&world), []);
}

#[tokio::test]
async fn no_more_are_approved_from_one_run_to_the_next_than_was_chosen() {
    let (world, site, sector) = site(|_| {}).await;
    let mut chosen = Automation::default();
    for (stage, rules) in &mut chosen.stages {
        rules.is_on = *stage == RunStage::Review;
        rules.most = (*stage == RunStage::Review).then_some(2);
    }
    world.engine.set_automation(site, chosen, true).await.unwrap();
    for title in ["Green tea", "Black tea", "White tea", "Teapots", "Kettles"] {
        article(&world, (site, sector), title, 3).await;
    }
    let approved = || world.books().number("select count(*) from content where status = 'approved'");
    world.run_site(site, None).await.expect("the run ends well");
    assert_eq!(approved(), 2);
    world.engine.all_go_forward().await.unwrap();
    assert_eq!(approved(), 2, "nor afterwards, until the next run");
    let made = "select made from run_stage where stage = 'review' order by run_id";
    let per_run = || world.books().rows(made, [], |row| row.get::<_, i64>(0));
    assert_eq!(per_run(), [2], "as the run says");
    world.around.clock.advance_ms(60_000);
    world.run_site(site, None).await.expect("the run ends well");
    assert_eq!((approved(), per_run()), (4, vec![2, 2]));
    world.around.clock.advance_ms(60_000);
    world.run_site(site, None).await.expect("the run ends well");
    assert_eq!((approved(), per_run()), (5, vec![2, 2, 1]));
    let late = article(&world, (site, sector), "Oolong", 3).await;
    assert_eq!(
        world.engine.go_forward(site).await.unwrap().approved,
        [late],
        "what comes later is one of the last run's"
    );
    assert_eq!(per_run(), [2, 2, 2]);
}
