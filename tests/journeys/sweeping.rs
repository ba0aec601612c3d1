//! Work of very many units that is cancelled: the answer waits for none of them, nothing of them is begun any more, and all
//! of them are cancelled behind it, by this process or by the next one.

use igny8_core::function::AiFunction;
use igny8_core::id::{ModelId, OperationId, SiteId};
use igny8_core::port::Ids;
use igny8_core::status::Trigger;
use igny8_engine::pipeline::Standing;
use igny8_store::table::operation::NewOperation;
use igny8_tests::world::World;

/// More than are cancelled in one commit, several times.
const UNITS: u32 = 1_800;

async fn queued(world: &World) -> (SiteId, OperationId) {
    let site = world.add_tea_site().await;
    let id = OperationId(world.around.ids.next());
    let model = ModelId(world.books().number("select id from model where model_type = 'text' order by id limit 1"));
    let now = igny8_core::port::Clock::now(world.around.clock.as_ref());
    let new = NewOperation {
        id,
        function: AiFunction::GenerateContent,
        site,
        model,
        started_by: Trigger::Manual,
        run: None,
        is_anew: false,
        items_total: UNITS,
        units: (1..=i64::from(UNITS)).map(|item| vec![item]).collect(),
    };
    world.engine.store().write(move |w| w.open_operation(&new, now)).await.expect("units can be queued");
    (site, id)
}

fn units(world: &World, state: &str) -> i64 {
    world.books().rows("select count(*) from job where state = ?1", [state], |row| row.get(0)).remove(0)
}

#[tokio::test]
async fn many_units_are_cancelled_behind_the_answer_and_none_of_them_is_begun() {
    let world = World::new().await;
    let (site, id) = queued(&world).await;
    world.engine.cancel_operation(id).await.expect("it is under way");
    assert!(units(&world, "ready") > 0, "the answer has not waited for all of them");
    let state = world.engine.pipeline(site).await.unwrap();
    assert_ne!(state.standing, Standing::Interrupted, "it waits for nobody");
    world.engine.drain().await.unwrap();
    assert_eq!(world.around.script.asked().len(), 0, "nobody is asked for any");
    world.engine.sweep_cancelled().await.unwrap();
    assert_eq!((units(&world, "ready"), units(&world, "cancelled")), (0, i64::from(UNITS)));
    let closed =
        "select count(*) from operation where status = 'error' and is_cancelled = 1 and error_code = 'cancelled'";
    assert_eq!(world.books().number(closed), 1, "and it is closed, and told");
    assert_eq!(
        world.books().number("select count(*) from notification where notification_type = 'ai_content_failed'"),
        1
    );
    assert_eq!(world.engine.pipeline(site).await.unwrap().standing, Standing::Idle);
    world.assert_books_closed().await;
}

#[tokio::test]
async fn a_process_that_ends_while_it_cancels_leaves_the_rest_to_the_next_start() {
    let world = World::new().await;
    let (_, id) = queued(&world).await;
    world.engine.cancel_operation(id).await.expect("it is under way");
    let world = world.restart().await;
    assert_eq!(units(&world, "ready"), 0, "nothing of it waits to be gone on with");
    assert_eq!(world.books().number("select count(*) from operation where status = 'pending'"), 0);
    assert_eq!(world.around.script.asked().len(), 0);
    world.assert_books_closed().await;
}
