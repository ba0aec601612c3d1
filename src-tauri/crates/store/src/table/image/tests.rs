//! Image slots: which step is allowed from where, and what replacing them keeps.

use super::*;
use crate::fixture::{Bench, NOW, SITE};
use crate::table::list::{ListFilter, ListQuery};
use crate::table::sample::{bench, content, picture, slot};
use igny8_core::id::SectorId;

/// An article with a featured slot and two in the text.
fn three() -> (Bench, ContentId, [ImageId; 3]) {
    let (mut bench, sector) = bench();
    let (id, images) = another(&mut bench, sector);
    (bench, id, images)
}

fn another(bench: &mut Bench, sector: SectorId) -> (ContentId, [ImageId; 3]) {
    let id = bench.write(move |write| write.content_add(&content(sector, "Pots"), NOW)).unwrap();
    let ids = bench.write(move |write| write.image_set_slots(id, &[slot(0), slot(1), slot(2)], NOW)).unwrap();
    (id, [ids[0], ids[1], ids[2]])
}

fn generate(bench: &mut Bench, image: ImageId, hash: &'static str) {
    bench.write(move |write| write.image_store_generated(image, &picture(hash), NOW)).unwrap();
}

#[test]
fn a_slot_knows_what_it_is_for() {
    let (mut bench, id, [featured, first, _]) = three();
    let row = bench.read(move |read| read.image(featured));
    assert_eq!((row.image_type, row.position, row.heading.as_str()), (ImageType::Featured, 0, ""));
    let row = bench.read(move |read| read.image(first));
    assert_eq!(
        (row.image_type, row.heading.as_str(), row.content_title.as_str()),
        (ImageType::InArticle, "Heading", "Pots")
    );
    assert_eq!((row.status, row.media_hash, row.model), (ImageStatus::Pending, None, None));
    assert_eq!(bench.read(|read| read.pending_images(SITE, 2)).len(), 2, "at most as many as asked");
    assert_eq!(bench.read(move |read| read.images_of(id)).len(), 3);
    generate(&mut bench, first, "aa");
    let row = bench.read(move |read| read.image(first));
    assert_eq!(
        (row.media_hash.as_deref(), row.media_type.as_deref(), row.width),
        (Some("aa"), Some("image/webp"), 1_200)
    );
    assert_eq!(bench.read(|read| read.hashes_in_use()), ["aa"]);
}

#[test]
fn each_step_starts_from_its_own_states_only() {
    type Step = fn(&mut Write<'_>, ImageId) -> Result<bool, StoreError>;
    fn moved(outcome: Result<(), StoreError>) -> Result<bool, StoreError> {
        match outcome {
            Ok(()) => Ok(true),
            Err(StoreError::WrongState("image")) => Ok(false),
            Err(other) => Err(other),
        }
    }
    let steps: [(&str, Step, &[ImageStatus]); 4] = [
        ("store", |w, id| moved(w.image_store_generated(id, &picture("aa"), NOW)), &[ImageStatus::Pending]),
        ("fail", |w, id| moved(w.image_store_failed(id, "rejected", true, NOW)), &[ImageStatus::Pending]),
        ("retry", |w, id| Ok(!w.image_retry(&[id], NOW)?.is_empty()), &[ImageStatus::Failed]),
        ("replace", |w, id| moved(w.image_replace(id, &picture("cc"), NOW)), ImageStatus::ALL),
    ];
    let (mut bench, sector) = bench();
    for from in ImageStatus::ALL {
        for (name, step, allowed) in steps {
            let (_, [image, ..]) = another(&mut bench, sector);
            match from {
                ImageStatus::Pending => {}
                ImageStatus::Generated => generate(&mut bench, image, "bb"),
                ImageStatus::Failed => {
                    bench.write(move |write| write.image_store_failed(image, "x", true, NOW)).unwrap()
                }
            }
            assert_eq!(
                bench.write(move |write| step(write, image)).unwrap(),
                allowed.contains(from),
                "{name} from {from}"
            );
        }
    }
}

#[test]
fn another_picture_is_another_variation_and_a_retry_is_not() {
    let (mut bench, _, [image, ..]) = three();
    bench.write(move |write| write.image_store_failed(image, "rejected", true, NOW)).unwrap();
    bench.write(move |write| write.image_retry(&[image], NOW)).unwrap();
    let row = bench.read(move |read| read.image(image));
    assert_eq!((row.variation, row.error_code.as_str()), (0, ""));
    generate(&mut bench, image, "aa");
    assert_eq!(bench.read(move |read| read.image(image)).variation, 0, "no other was wished for");
    bench.write(move |write| write.image_replace(image, &picture("bb"), NOW)).unwrap();
    let row = bench.read(move |read| read.image(image));
    assert_eq!((row.variation, row.status, row.media_hash.as_deref()), (1, ImageStatus::Generated, Some("bb")));
}

#[test]
fn a_picture_that_cannot_be_made_anew_stays_and_says_so() {
    let (mut bench, _, [image, missing, _]) = three();
    generate(&mut bench, image, "aa");
    for slot in [image, missing] {
        bench.write(move |write| write.image_replace_failed(slot, "content_refused", NOW)).unwrap();
    }
    let row = bench.read(move |read| read.image(image));
    assert_eq!((row.status, row.media_hash.as_deref(), row.variation), (ImageStatus::Generated, Some("aa"), 0));
    assert_eq!(row.error_code, "content_refused");
    let row = bench.read(move |read| read.image(missing));
    assert_eq!((row.status, row.error_code.as_str()), (ImageStatus::Failed, "content_refused"), "there was none");
    bench.write(move |write| write.image_replace(image, &picture("bb"), NOW)).unwrap();
    assert_eq!(bench.read(move |read| read.image(image)).error_code, "", "the next one makes good for it");
}

#[test]
fn slots_that_failed_are_counted_by_their_own_failures_and_another_description_begins_anew() {
    let (mut bench, _, [image, other, _]) = three();
    let failed = |bench: &mut Bench, most| bench.read(move |read| read.failed_images(SITE, most, 9));
    bench.write(move |write| write.image_store_failed(image, "rejected", true, NOW)).unwrap();
    bench.write(move |write| write.image_store_failed(other, "auth", false, NOW)).unwrap();
    assert_eq!((failed(&mut bench, None), failed(&mut bench, Some(1))), (vec![image, other], vec![other]));
    bench.write(move |write| write.image_update(image, "Prompt of another pot", "Pot", NOW)).unwrap();
    assert_eq!(failed(&mut bench, Some(1)), [image, other]);
}

#[test]
fn a_changed_prompt_leaves_the_picture_until_it_is_made_anew() {
    let (mut bench, _, [image, ..]) = three();
    generate(&mut bench, image, "aa");
    bench.write(move |write| write.image_update(image, "A vase", "Vase", NOW)).unwrap();
    let row = bench.read(move |read| read.image(image));
    assert_eq!((row.prompt.as_str(), row.alt.as_str(), row.status), ("A vase", "Vase", ImageStatus::Generated));
    bench.write(move |write| write.image_remove(&[image], NOW)).unwrap();
    assert_eq!(bench.write(move |write| write.image_update(image, "", "", NOW)), Err(StoreError::NotFound));
}

#[test]
fn a_derived_alternative_follows_the_picture_and_a_persons_own_does_not() {
    let (mut bench, _, [image, own, _]) = three();
    generate(&mut bench, image, "aa");
    generate(&mut bench, own, "bb");
    bench.write(move |write| write.image_update(own, "A pot", "My grandmother's pot", NOW)).unwrap();
    for slot in [image, own] {
        let alt = bench.read(move |read| read.image(slot)).alt;
        bench.write(move |write| write.image_update(slot, "A blue vase. Soft light.", &alt, NOW)).unwrap();
        assert_eq!(bench.read(move |read| read.image(slot)).alt_origin != AltOrigin::Own, slot == image);
        let card = StoredImage { is_card: true, ..picture("cc") };
        bench.write(move |write| write.image_replace(slot, &card, NOW)).unwrap();
        assert_ne!(bench.read(move |read| read.image(slot)).alt, "A blue vase", "a card shows no scene");
        bench.write(move |write| write.image_replace(slot, &picture("dd"), NOW)).unwrap();
    }
    let row = bench.read(move |read| read.image(image));
    assert_eq!((row.alt.as_str(), row.alt_origin), ("A blue vase", AltOrigin::Scene));
    let row = bench.read(move |read| read.image(own));
    assert_eq!((row.alt.as_str(), row.alt_origin), ("My grandmother's pot", AltOrigin::Own));
}

#[test]
fn new_slots_replace_all_but_finished_pictures() {
    let (mut bench, id, [featured, first, second]) = three();
    generate(&mut bench, first, "aa");
    let pending = bench.write(move |write| write.image_set_slots(id, &[slot(0), slot(1), slot(3)], NOW)).unwrap();
    let places: Vec<(u32, ImageStatus)> =
        bench.read(move |read| read.images_of(id)).iter().map(|image| (image.position, image.status)).collect();
    assert_eq!(places, [(0, ImageStatus::Pending), (1, ImageStatus::Generated), (3, ImageStatus::Pending)]);
    assert_eq!(pending.len(), 2, "those waiting for a picture");
    assert!(bench.read(move |read| read.images(&[featured, second])).is_empty(), "the old slots are gone");
    for wrong in [vec![slot(5)], vec![slot(2), slot(2)]] {
        let refused = bench.write(move |write| write.image_set_slots(id, &wrong, NOW));
        assert!(matches!(refused, Err(StoreError::Conflict(_))));
    }
    assert_eq!(bench.read(move |read| read.images_of(id)).len(), 3, "a refused set changes nothing");
    let unknown = bench.write(|write| write.image_set_slots(ContentId(99), &[slot(0)], NOW));
    assert_eq!(unknown, Err(StoreError::NotFound));
}

#[test]
fn a_removed_picture_keeps_its_file_and_comes_back_to_a_free_place() {
    let (mut bench, id, [featured, first, _]) = three();
    generate(&mut bench, featured, "aa");
    generate(&mut bench, first, "bb");
    let both = [featured, first];
    assert_eq!(bench.write(move |write| write.image_remove(&both, NOW)).unwrap(), both);
    assert_eq!(bench.read(|read| read.hashes_in_use()), ["aa", "bb"], "it can be restored");
    bench.write(move |write| write.image_set_slots(id, &[slot(0)], NOW)).unwrap();
    assert_eq!(bench.write(move |write| write.image_restore(&both, NOW)).unwrap(), [first], "the other place is taken");
}

#[test]
fn a_page_has_one_row_for_each_article_with_all_its_images() {
    let (mut bench, id, [featured, ..]) = three();
    generate(&mut bench, featured, "aa");
    let page = |bench: &mut Bench, status: &str| {
        let mut filter = ListFilter::of(SITE);
        filter.status = vec![status.to_owned()];
        bench.read(move |read| read.image_set_page(&ListQuery::first(filter)))
    };
    for status in ["generated", "pending"] {
        let found = page(&mut bench, status);
        assert_eq!((found.total, found.rows[0].content, found.rows[0].images.len()), (1, id, 3), "{status}");
        assert_eq!(found.rows[0].images[0].id, featured, "featured first");
    }
    assert_eq!(page(&mut bench, "failed").total, 0);
}
