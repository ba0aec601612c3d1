//! The catalogue: prices are replaced by rows, and each kind has one default.

use super::*;
use crate::fixture::{Bench, IMAGE, NOW, TEXT};

/// The fixture's text model at another price.
fn dearer(bench: &mut Bench) -> Model {
    let row = bench.read(|read| read.model(TEXT));
    Model { cost_per_1k_input: Some(Price::parse("0.0003").unwrap()), is_default: false, ..row }
}

#[test]
fn a_changed_price_is_a_new_row_and_the_old_one_keeps_its_own() {
    let mut bench = Bench::new();
    let (before, row) = (bench.read(|read| read.model(TEXT)), dearer(&mut bench));
    let new = bench.write(move |w| w.model_replace(TEXT, &row, NOW)).unwrap();
    let old = bench.read(|read| read.model(TEXT));
    assert_eq!(old, Model { is_active: false, is_default: false, ..before }, "calls held under it keep its price");
    let chosen = bench.read(|read| read.default_model(ModelType::Text));
    assert_eq!(
        (chosen.id, chosen.cost_per_1k_input),
        (new, Price::parse("0.0003").ok()),
        "the new one takes its place"
    );
    let row = dearer(&mut bench);
    assert_eq!(bench.write(move |w| w.model_replace(TEXT, &row, NOW)), Err(StoreError::NotFound), "an old row");
}

#[test]
fn a_kind_has_one_default_and_only_of_its_own() {
    let mut bench = Bench::new();
    let other = Model { model_name: "other".to_owned(), ..dearer(&mut bench) };
    let other = bench.write(move |w| w.add_model(&other, NOW)).unwrap();
    bench.write(move |w| w.set_default_model(ModelType::Text, other)).unwrap();
    assert_eq!(bench.read(|read| read.default_model(ModelType::Text)).id, other);
    assert_eq!(bench.read(|read| read.models()).iter().filter(|m| m.is_default).count(), 2, "one of each kind");
    bench.write(move |w| w.set_default_model(ModelType::Text, other)).unwrap();
    let wrong_kind = bench.write(|w| w.set_default_model(ModelType::Text, IMAGE));
    assert_eq!(wrong_kind, Err(StoreError::NotFound));
    assert_eq!(bench.read(|read| read.default_model(ModelType::Text)).id, other, "a refused change changes nothing");
}

#[test]
fn a_retired_model_is_not_chosen_any_more() {
    let mut bench = Bench::new();
    bench.write(|w| w.model_retire(TEXT)).unwrap();
    assert_eq!(bench.try_read(|read| read.default_model(ModelType::Text)).err(), Some(StoreError::NotFound));
    assert!(!bench.read(|read| read.model(TEXT)).is_active, "its row stays");
    assert_eq!(bench.write(|w| w.model_retire(TEXT)), Err(StoreError::NotFound));
    assert_eq!(bench.write(|w| w.set_default_model(ModelType::Text, TEXT)), Err(StoreError::NotFound));
}
