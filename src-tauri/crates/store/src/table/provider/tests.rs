//! Vendors: connected anew under their name, removed and brought back, with no key in the file.

use super::*;
use crate::fixture::{Bench, NOW};

fn vendor(name: &str, url: &str, tail: Option<&str>) -> NewProvider {
    NewProvider {
        name: name.to_owned(),
        dialect: Dialect::OpenAi,
        concurrency: 4,
        per_minute: 60,
        base_url: url.to_owned(),
        secret_tail: tail.map(str::to_owned),
    }
}

#[test]
fn a_vendor_is_connected_anew_under_its_name() {
    let mut bench = Bench::new();
    bench.write(|w| w.provider_add(&vendor("other", "https://other.example/v1", None), NOW)).unwrap();
    bench.write(|w| w.provider_add(&vendor("mine", "http://127.0.0.1:1/v1", Some("a1b2")), NOW)).unwrap();
    let later = NOW.plus_ms(5);
    bench.write(move |w| w.provider_add(&vendor("mine", "http://127.0.0.1:2/v1", None), later)).unwrap();
    let all = bench.read(|read| read.providers());
    let names: Vec<&str> = all.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(names, ["mine", "other"], "one row for each name");
    let mine = bench.read(|read| read.provider("mine"));
    assert_eq!(
        (mine.base_url.as_str(), mine.has_secret, mine.secret_tail.as_str()),
        ("http://127.0.0.1:2/v1", false, "")
    );
    assert_eq!((mine.created_at, mine.updated_at), (NOW, later));
    assert_eq!((mine.dialect, mine.concurrency, mine.per_minute), (Dialect::OpenAi, 4, 60));
}

#[test]
fn a_removed_vendor_comes_back_by_being_connected() {
    let mut bench = Bench::new();
    let mine = || vendor("mine", "http://127.0.0.1:1/v1", Some("a1b2"));
    bench.write(move |w| w.provider_add(&mine(), NOW)).unwrap();
    bench.write(|w| w.provider_remove("mine", NOW)).unwrap();
    assert!(bench.read(|read| read.providers()).is_empty());
    assert_eq!(bench.try_read(|read| read.provider("mine")), Err(StoreError::NotFound));
    assert_eq!(bench.write(|w| w.provider_remove("mine", NOW)), Err(StoreError::NotFound));
    bench.write(move |w| w.provider_add(&mine(), NOW)).unwrap();
    assert_eq!(bench.read(|read| read.providers()).len(), 1);
}

#[test]
fn a_vendor_keeps_its_dialect_and_may_be_given_another() {
    let mut bench = Bench::new();
    for dialect in Dialect::ALL.iter().copied() {
        let spoken =
            NewProvider { dialect, concurrency: 1, per_minute: 0, ..vendor("mine", "https://a.example", None) };
        bench.write(move |w| w.provider_add(&spoken, NOW)).unwrap();
        let row = bench.read(|read| read.provider("mine"));
        assert_eq!((row.dialect, row.concurrency, row.per_minute), (dialect, 1, 0));
    }
}

#[test]
fn more_of_a_key_than_its_end_is_refused() {
    let mut bench = Bench::new();
    let refused = bench.write(|w| w.provider_add(&vendor("mine", "https://a.example", Some("whole-key")), NOW));
    assert!(matches!(refused, Err(StoreError::Conflict(_))), "{refused:?}");
}
