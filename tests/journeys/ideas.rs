//! Writing of chosen ideas: the price is asked before anything is changed for it, and what is confirmed is queued and
//! written in one go.

use igny8_core::function::AiFunction;
use igny8_core::id::SiteId;
use igny8_engine::EngineError;
use igny8_engine::operation::Items;
use igny8_store::table::list::{ListFilter, Selection};
use igny8_tests::world::World;

#[tokio::test(flavor = "multi_thread")]
async fn the_price_of_ideas_is_known_before_any_is_queued() {
    let (world, site, ideas) = with_ideas().await;
    let chosen = these(&ideas[..2]);

    let priced = world.engine.estimate(AiFunction::GenerateContent, site, chosen.clone()).await.unwrap();
    assert_eq!((priced.items, priced.units), (2, 2));
    assert_eq!(tasks(&world), 0, "asking for a price changes nothing");
    assert_eq!(new_ideas(&world), ideas.len(), "an idea whose price was asked is new as before");

    world.queue_ideas(site, 1).await;
    let again = world.engine.estimate(AiFunction::GenerateContent, site, chosen.clone()).await.unwrap();
    assert_eq!(again, priced, "a new idea costs what its task will cost");

    world.run(AiFunction::GenerateContent, site, chosen.clone()).await;
    assert_eq!(tasks(&world), 2, "the one that was queued, and the one that was new");
    assert_eq!(world.books().number("select count(*) from content"), 2);
    assert_eq!(new_ideas(&world), ideas.len() - 2, "what was not chosen stays as it was");
    let nothing = world.start(AiFunction::GenerateContent, site, chosen).await;
    assert!(matches!(nothing, Err(EngineError::NothingToDo)), "they are written: {nothing:?}");
    world.assert_books_closed().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn all_that_match_are_those_of_the_site_that_may_be_written() {
    let (world, site, ideas) = with_ideas().await;
    let (other, _) = world.add_site("Another garden", &["Soil"]).await;
    let all_of = |site| {
        let filter = ListFilter { status: vec!["new".to_owned()], ..ListFilter::of(site) };
        Items::Ideas(Box::new(Selection::Matching { filter, except: Vec::new() }))
    };
    let priced = world.engine.estimate(AiFunction::GenerateContent, site, all_of(site)).await.unwrap();
    assert_eq!(priced.items as usize, ideas.len());
    let foreign = world.engine.estimate(AiFunction::GenerateContent, other, all_of(site)).await;
    assert!(matches!(foreign, Err(EngineError::NothingToDo)), "ideas of another site: {foreign:?}");
    let odd = world.engine.estimate(AiFunction::GenerateIdeas, site, all_of(site)).await;
    assert!(matches!(odd, Err(EngineError::InvalidField { .. })), "only writing is of ideas: {odd:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn chosen_ideas_that_cannot_be_paid_stay_new() {
    let (world, site, ideas) = with_ideas().await;
    world.empty_the_wallet().await;
    let poor = world.start(AiFunction::GenerateContent, site, these(&ideas)).await;
    assert!(matches!(poor, Err(EngineError::InsufficientCredits { .. })), "{poor:?}");
    assert_eq!((tasks(&world), new_ideas(&world)), (0, ideas.len()), "nothing is queued for nothing");
    world.assert_books_closed().await;
}

/// Keywords of three groups, so that there is more than one idea to choose.
const KEYWORDS: &str = "green tea benefits\ngreen tea for sleep\nhow to brew green tea\nbest teapot\n\
                        best cast iron teapot\nteapot with infuser\nespresso machine cleaning\n\
                        espresso machine repair\nespresso machine for home\n";

/// A site with new ideas, oldest first.
async fn with_ideas() -> (World, SiteId, Vec<i64>) {
    let world = World::new().await;
    let (site, sectors) = world.add_site("Kitchen", &["Kitchen"]).await;
    world.engine.add_keywords(KEYWORDS, site, sectors[0]).await.unwrap();
    world.run(AiFunction::AutoCluster, site, Items::Waiting).await;
    world.run(AiFunction::GenerateIdeas, site, Items::Waiting).await;
    let ideas = world.engine.store().read(move |r| r.new_ideas(site, u32::MAX)).await.unwrap();
    assert!(ideas.len() > 2, "there are ideas to choose from");
    (world, site, ideas.into_iter().map(|idea| idea.id.0).collect())
}

fn these(ideas: &[i64]) -> Items {
    Items::Ideas(Box::new(Selection::Ids(ideas.to_vec())))
}

fn tasks(world: &World) -> i64 {
    world.books().number("select count(*) from task")
}

fn new_ideas(world: &World) -> usize {
    usize::try_from(world.books().number("select count(*) from idea where status = 'new'")).unwrap()
}
