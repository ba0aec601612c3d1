//! A model that is cheaper at times: so much is held as the dearest hour asks, and so much is booked as the hour of the call
//! does. And a model that thinks: its calls have room for it, and their holds cover it.

use igny8_core::function::AiFunction;
use igny8_core::model::Model;
use igny8_core::model::hours::Hours;
use igny8_core::port::Clock;
use igny8_core::status::ModelType;
use igny8_core::time::UtcMs;
use igny8_engine::operation::Items;
use igny8_store::StoreError;
use igny8_tests::vendor::{PRICES, PROVIDER, exact_vendor, home_with};
use igny8_tests::world::{NANO_PER_TOKEN, World};

const HOUR_MS: i64 = 3_600_000;

fn minute(at: UtcMs) -> u16 {
    u16::try_from(at.0 / 60_000 % 1_440).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_booked_is_the_price_of_the_hour_and_what_is_held_that_of_the_dearest() {
    let world = World::new().await;
    let site = world.add_tea_site().await;
    let now = world.around.clock.now();
    let hours = Hours { from: minute(now.plus_ms(-HOUR_MS)), until: minute(now.plus_ms(HOUR_MS)), percent: 50 };
    let changed = world.engine.store().write(move |w| {
        let model = w.default_model(ModelType::Text)?;
        w.model_replace(model.id, &Model { hours: vec![hours], ..model }, now)?;
        Ok::<_, StoreError>(())
    });
    changed.await.unwrap();
    let cost = async || {
        let operation = world.run(AiFunction::AutoCluster, site, Items::Waiting).await;
        let used = world.books().records(operation).usage.remove(0);
        let whole = used.tokens_in * NANO_PER_TOKEN.0 + used.tokens_out * NANO_PER_TOKEN.1;
        (used.cost, whole)
    };
    let expected = world.engine.estimate(AiFunction::AutoCluster, site, Items::Waiting).await.unwrap();
    let (booked, whole) = cost().await;
    assert!(whole > 0 && booked == (whole + 1) / 2, "half of it, and half a nano-dollar up: {booked} of {whole}");
    assert!(expected.cost_max.0 >= whole, "the dearest hour was reckoned with: {expected:?}");
    world
        .engine
        .add_keywords("oolong tea\npu-erh tea\nwhite tea leaves\n", site, igny8_core::id::SectorId(1))
        .await
        .unwrap();
    world.around.clock.advance_ms(2 * HOUR_MS);
    let (booked, whole) = cost().await;
    assert_eq!(booked, whole, "outside of it all of it");
    world.assert_books_closed().await;
}

#[test]
fn a_model_that_thinks_is_told_how_much_and_its_calls_have_room_for_it() {
    const THOUGHTS: u64 = 8_192;
    let vendor = exact_vendor(None);
    let home = home_with(&vendor);
    let [input, output, ..] = PRICES;
    let mut asked = Vec::new();
    for thinking in [r#"{"tokens":0,"ask":{}}"#, r#"{"tokens":8192,"ask":{"reasoning_effort":"low"}}"#] {
        let model = ["models", "add", "--provider", PROVIDER, "--model", "writer-1", "--type", "text"];
        let said = ["--input", input, "--output", output, "--thinking", thinking, "--default"];
        home.json(&[&model[..], &said].concat());
        home.json(&["cluster", "--site", "Tea"]);
        let sent = vendor.seen().pop().expect("it was asked").body;
        let held = "select h.amount from transfer h where h.kind = 'hold' order by h.seq desc limit 1";
        asked.push((sent, home.books().number(held)));
        home.json(&[
            "keywords",
            "import",
            &home.file("more.csv", "keyword\ngreen tea cake\nbest tea kettle\n"),
            "--site",
            "Tea",
        ]);
    }
    let [(plain, of_plain), (thinks, of_thinker)] = &asked[..] else { panic!("two calls: {asked:?}") };
    assert_eq!((&plain["reasoning_effort"], &thinks["reasoning_effort"]), (&serde_json::Value::Null, &"low".into()));
    let room = |body: &serde_json::Value| body["max_tokens"].as_u64().expect("a limit");
    assert!(room(thinks) >= THOUGHTS, "room for thoughts: {} after {}", room(thinks), room(plain));
    let more = of_thinker - of_plain;
    assert!(more >= 7_000_000, "a credit for each thousand of them is held beside: {of_plain} and {of_thinker}");
    let listed = home.json(&["models", "list"]);
    let row = listed["models"].as_array().unwrap().iter().find(|row| row["model_name"] == "writer-1").unwrap();
    assert_eq!(row["thinking"]["tokens"], THOUGHTS);
    // Another price does not make it think otherwise.
    home.json(&[
        "models",
        "add",
        "--provider",
        PROVIDER,
        "--model",
        "writer-1",
        "--type",
        "text",
        "--input",
        "1",
        "--output",
        "2",
    ]);
    let listed = home.json(&["models", "list"]);
    let all = listed["models"].as_array().unwrap();
    let row = all.iter().find(|row| row["model_name"] == "writer-1" && row["is_active"] == true).unwrap();
    assert_eq!((&row["thinking"]["tokens"], &row["cost_per_1k_input"]), (&THOUGHTS.into(), &1.0.into()));
}
