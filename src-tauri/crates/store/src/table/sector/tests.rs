//! Sectors: unique names, and no removal under somebody's feet.

use super::*;
use crate::fixture::{NOW, SITE};
use crate::table::sample::{bench, keyword};

#[test]
fn a_name_is_unique_in_its_site_whatever_the_case() {
    let (mut bench, plants) = bench();
    assert!(matches!(bench.write(|write| write.sector_add(SITE, "PLANTS", NOW)), Err(StoreError::Conflict(_))));
    let tools = bench.write(|write| write.sector_add(SITE, "Tools", NOW)).unwrap();
    assert!(matches!(bench.write(move |write| write.sector_rename(tools, "plants")), Err(StoreError::Conflict(_))));
    bench.write(move |write| write.sector_rename(tools, "Shears")).unwrap();
    let names: Vec<String> = bench.read(|read| read.sectors(SITE)).into_iter().map(|sector| sector.name).collect();
    assert_eq!(names, ["Plants", "Shears"]);
    assert_eq!(bench.read(move |read| read.sector(plants)).name, "Plants");
}

#[test]
fn a_sector_in_use_stays() {
    let (mut bench, plants) = bench();
    bench.write(move |write| write.keyword_add_batch(SITE, plants, &[keyword("pots", None)], "", NOW)).unwrap();
    assert_eq!(bench.read(|read| read.sectors(SITE))[0].keyword_count, 1);
    assert_eq!(bench.read(move |read| read.sector(plants)).keyword_count, 1);
    let refused = bench.write(move |write| write.sector_remove(plants, NOW));
    assert_eq!(refused, Err(StoreError::Conflict("sector in use".to_owned())));

    bench.write(|write| write.keyword_remove(&[igny8_core::id::KeywordId(1)], NOW)).unwrap();
    bench.write(move |write| write.sector_remove(plants, NOW)).unwrap();
    assert!(bench.read(|read| read.sectors(SITE)).is_empty());
    assert_eq!(bench.write(move |write| write.sector_remove(plants, NOW)), Err(StoreError::NotFound));
}

#[test]
fn a_removed_sector_comes_back_unless_its_name_is_taken() {
    let (mut bench, plants) = bench();
    bench.write(move |write| write.sector_remove(plants, NOW)).unwrap();
    let other = bench.write(|write| write.sector_add(SITE, "Plants", NOW)).unwrap();
    assert!(matches!(bench.write(move |write| write.sector_restore(plants)), Err(StoreError::Conflict(_))));
    bench.write(move |write| write.sector_remove(other, NOW)).unwrap();
    bench.write(move |write| write.sector_restore(plants)).unwrap();
    assert_eq!(bench.read(|read| read.sectors(SITE)).len(), 1);
    assert_eq!(bench.write(move |write| write.sector_restore(plants)), Err(StoreError::NotFound));
}
