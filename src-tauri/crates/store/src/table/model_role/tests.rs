//! Roles follow a model by its name, and go with their vendor.

use super::*;
use crate::fixture::{Bench, NOW, TEXT};
use igny8_core::id::ModelId;
use igny8_core::model::{Model, Price};

const FUNCTION: AiFunction = AiFunction::AutoCluster;

fn role(mode: ModelMode, model_name: &str) -> ModelRole {
    ModelRole { mode, function: FUNCTION, provider: "vendor".to_owned(), model_name: model_name.to_owned() }
}

#[test]
fn each_set_has_a_role_of_its_own_and_the_last_one_counts() {
    let mut bench = Bench::new();
    let (first, second, other) =
        (role(ModelMode::Live, "one"), role(ModelMode::Live, "two"), role(ModelMode::Testing, "three"));
    let wanted = [first, second.clone(), other.clone()];
    bench.write(move |w| wanted.iter().try_for_each(|role| w.set_model_role(role, NOW))).unwrap();
    assert_eq!(bench.read(|r| r.model_role(ModelMode::Live, FUNCTION)), Some(second));
    assert_eq!(bench.read(|r| r.model_role(ModelMode::Testing, FUNCTION)), Some(other.clone()));
    assert_eq!(bench.read(|r| r.model_role(ModelMode::Live, AiFunction::GenerateIdeas)), None);
    bench.write(|w| w.clear_model_role(ModelMode::Live, FUNCTION)).unwrap();
    assert_eq!(bench.read(|r| r.model_role(ModelMode::Live, FUNCTION)), None);
    assert_eq!(bench.read(|r| r.model_role(ModelMode::Testing, FUNCTION)), Some(other));
    bench.write(|w| w.clear_model_roles_of("vendor")).unwrap();
    assert_eq!(bench.read(|r| r.model_role(ModelMode::Testing, FUNCTION)), None);
}

#[test]
fn a_name_stands_for_the_newest_row_that_is_on() {
    let mut bench = Bench::new();
    let old = bench.read(|r| r.model(TEXT));
    let (provider, name) = (old.provider.clone(), old.model_name.clone());
    let named = |bench: &mut Bench| -> ModelId {
        let (provider, name) = (provider.clone(), name.clone());
        bench.read(move |r| r.model_named(&provider, &name)).id
    };
    let dearer = Model { cost_per_1k_input: Some(Price::parse("0.0003").unwrap()), is_default: false, ..old };
    let new = bench.write(move |w| w.model_replace(TEXT, &dearer, NOW)).unwrap();
    assert_eq!(named(&mut bench), new);
    bench.write(move |w| w.model_retire(new)).unwrap();
    assert_eq!(named(&mut bench), new, "off, and still the newest");
    assert_eq!(bench.try_read(|r| r.model_named("vendor", "nobody")).err(), Some(StoreError::NotFound));
}
