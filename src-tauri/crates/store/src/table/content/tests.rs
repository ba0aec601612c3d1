//! Articles: every step against every state, slugs, versions, undo.

use super::*;
use crate::fixture::{Bench, NOW, SITE};
use crate::table::image::{NewImage, StoredImage};
use crate::table::sample::{at, bench, content, idea, picture, slot, text};
use igny8_core::id::ImageId;
use igny8_core::status::{AltOrigin, ArticleField};

fn add(bench: &mut Bench, sector: SectorId, title: &'static str) -> ContentId {
    bench.write(move |write| write.content_add(&content(sector, title), NOW)).unwrap()
}

fn get(bench: &mut Bench, id: ContentId) -> ContentRow {
    bench.read(move |read| read.content(id))
}

/// A step of the two lives, and whether it moved the article.
type Step = fn(&mut Write<'_>, ContentId) -> Result<bool, StoreError>;

const SEND_TO_REVIEW: Step = |w, id| Ok(!w.content_send_to_review(&[id], NOW)?.is_empty());
const APPROVE: Step = |w, id| Ok(!w.content_approve(&[id], NOW)?.is_empty());
const BACK_TO_DRAFT: Step = |w, id| Ok(!w.content_back_to_draft(&[id], NOW)?.is_empty());
const BACK_TO_REVIEW: Step = |w, id| Ok(!w.content_back_to_review(&[id], NOW)?.is_empty());
const REMOVE: Step = |w, id| Ok(!w.content_remove(&[id], NOW)?.is_empty());
const START: Step = |w, id| moved(w.content_start_publishing(id, NOW));
const PUBLISHED: Step = |w, id| moved(w.content_published(id, ("7", "https://garden.example/7"), NOW, NOW));
const FAILED: Step = |w, id| moved(w.content_publish_failed(id, NOW).map(drop));
const MISSING: Step = |w, id| moved(w.content_post_missing(id, NOW));

fn moved(outcome: Result<(), StoreError>) -> Result<bool, StoreError> {
    match outcome {
        Ok(()) => Ok(true),
        Err(StoreError::WrongState("content")) => Ok(false),
        Err(other) => Err(other),
    }
}

#[test]
fn each_step_starts_from_its_own_states_only() {
    // Each state with the steps that lead there from a new draft, and the steps allowed from it.
    let states: [(&str, &[Step], &[&str]); 6] = [
        ("draft", &[], &["send to review", "remove"]),
        ("review", &[SEND_TO_REVIEW], &["approve", "back to draft", "remove"]),
        ("approved", &[SEND_TO_REVIEW, APPROVE], &["back to review", "start", "remove"]),
        ("publishing", &[SEND_TO_REVIEW, APPROVE, START], &["published", "failed", "missing"]),
        ("published", &[SEND_TO_REVIEW, APPROVE, START, PUBLISHED], &["remove"]),
        ("failed", &[SEND_TO_REVIEW, APPROVE, START, FAILED], &["back to review", "start", "remove"]),
    ];
    let steps = [
        ("send to review", SEND_TO_REVIEW),
        ("approve", APPROVE),
        ("back to draft", BACK_TO_DRAFT),
        ("back to review", BACK_TO_REVIEW),
        ("start", START),
        ("published", PUBLISHED),
        ("failed", FAILED),
        ("missing", MISSING),
        ("remove", REMOVE),
    ];
    let (mut bench, sector) = bench();
    for (state, way, allowed) in states {
        for (name, step) in steps {
            let id = add(&mut bench, sector, "One");
            for on_the_way in way {
                let step = *on_the_way;
                assert!(bench.write(move |write| step(write, id)).unwrap(), "the way to {state}");
            }
            let before = get(&mut bench, id);
            let is_allowed = allowed.contains(&name);
            assert_eq!(bench.write(move |write| step(write, id)).unwrap(), is_allowed, "{name} from {state}");
            if !is_allowed {
                assert_eq!(get(&mut bench, id), before, "a refused step changes nothing");
            }
        }
    }
}

#[test]
fn a_published_article_knows_where_it_is() {
    let (mut bench, sector) = bench();
    let id = add(&mut bench, sector, "One");
    for step in [SEND_TO_REVIEW, APPROVE, START, FAILED, START, PUBLISHED] {
        assert!(bench.write(move |write| step(write, id)).unwrap());
    }
    let row = get(&mut bench, id);
    assert_eq!((row.delivery, row.published_at), (DeliveryStatus::Published, Some(NOW)));
    assert_eq!(
        (row.external_id.as_deref(), row.external_url.as_deref()),
        (Some("7"), Some("https://garden.example/7"))
    );
}

#[test]
fn an_update_that_fails_leaves_an_article_published_and_a_missing_post_does_not() {
    let (mut bench, sector) = bench();
    let id = add(&mut bench, sector, "One");
    for step in [SEND_TO_REVIEW, APPROVE, START, PUBLISHED] {
        assert!(bench.write(move |write| step(write, id)).unwrap());
    }
    let later = NOW.plus_ms(1);
    bench.write(move |write| write.content_save_version(id, "<p>Two</p>", 1, Origin::Person, later)).unwrap();
    assert!(bench.write(move |write| START(write, id)).unwrap());
    let counted = |bench: &mut Bench| {
        let done = bench.read(|read| read.completion(SITE, None));
        (done.published, done.approved)
    };
    assert_eq!(counted(&mut bench), (1, 0), "on the site all the while");
    assert!(bench.write(move |write| write.content_publish_failed(id, later)).unwrap(), "the site has it");
    let row = get(&mut bench, id);
    assert_eq!((row.delivery, row.is_behind, row.is_publishable()), (DeliveryStatus::Published, true, true));
    assert_eq!((counted(&mut bench), row.external_id.as_deref()), ((1, 0), Some("7")));

    assert!(bench.write(move |write| START(write, id)).unwrap());
    assert!(bench.write(move |write| MISSING(write, id)).unwrap());
    let row = get(&mut bench, id);
    assert_eq!((row.delivery, row.published_at, row.external_url), (DeliveryStatus::Failed, None, None));
    assert_eq!(counted(&mut bench), (0, 1));
    assert!(bench.write(move |write| START(write, id)).unwrap());
    assert!(!bench.write(move |write| write.content_publish_failed(id, later)).unwrap(), "and it stays missing");
    assert_eq!(get(&mut bench, id).delivery, DeliveryStatus::Failed);
}

#[test]
fn an_edit_says_what_changed_and_what_is_as_it_was_changes_nothing() {
    let (mut bench, sector) = bench();
    let id = add(&mut bench, sector, "How to pot a plant");
    let before = get(&mut bench, id);
    let fields = |title: &str| ContentFields {
        title: title.to_owned(),
        slug: before.slug.clone(),
        excerpt: before.excerpt.clone(),
        meta_title: before.meta_title.clone(),
        meta_description: before.meta_description.clone(),
        tags: before.tags.clone(),
        categories: before.categories.clone(),
    };
    let (same, retitled) = (fields(&before.title), fields("How to pot a tree"));
    let later = NOW.plus_ms(1);
    let unchanged = bench.write(move |write| write.content_update(id, &same, later)).unwrap();
    assert_eq!((unchanged, get(&mut bench, id)), (Edited::default(), before));

    let alts = ["Title card: “How to pot a plant”", "A pot", "How to pot a plant, by hand"];
    let images = bench
        .write(move |write| {
            let slots = [0, 1, 2].map(|n| NewImage { alt: alts[n].to_owned(), ..slot(n as u32) });
            let images = write.image_set_slots(id, &slots, NOW)?;
            write.image_update(images[2], "A pot", "How to pot a plant, seen by me", NOW)?;
            Ok::<_, StoreError>(images)
        })
        .unwrap();
    let edited = bench.write(move |write| write.content_update(id, &retitled, later)).unwrap();
    assert_eq!(edited, Edited { fields: vec![ArticleField::Title], alts: 1 });
    let alts: Vec<String> = bench.read(move |read| read.images(&images)).into_iter().map(|image| image.alt).collect();
    assert_eq!(alts, ["Title card: “How to pot a tree”", "A pot", "How to pot a plant, seen by me"]);
    assert_eq!(get(&mut bench, id).version, 1, "the text is the one it was");
}

#[test]
fn a_card_is_described_by_the_title_it_shows_until_it_is_made_anew() {
    let (mut bench, sector) = bench();
    let id = add(&mut bench, sector, "How to pot a plant");
    let slots = [0, 1].map(|n| NewImage {
        alt: ["Title card: “How to pot a plant”, Pots", "Illustrated card: “Heading”"][n].to_owned(),
        alt_origin: AltOrigin::Card,
        ..slot(n as u32)
    });
    let images = bench.write(move |write| write.image_set_slots(id, &slots, NOW)).unwrap();
    let card = || StoredImage { is_card: true, ..picture("aa") };
    for image in images.clone() {
        bench.write(move |write| write.image_store_generated(image, &card(), NOW)).unwrap();
    }
    let row = get(&mut bench, id);
    let fields = ContentFields {
        title: "How to pot a tree".to_owned(),
        slug: row.slug,
        excerpt: row.excerpt,
        meta_title: row.meta_title,
        meta_description: row.meta_description,
        tags: row.tags,
        categories: row.categories,
    };
    let edited = bench.write(move |write| write.content_update(id, &fields, NOW)).unwrap();
    let alts = |bench: &mut Bench| {
        let images = images.clone();
        bench.read(move |read| read.images(&images)).into_iter().map(|image| image.alt).collect::<Vec<_>>()
    };
    assert_eq!(edited.alts, 0);
    assert_eq!(alts(&mut bench), ["Title card: “How to pot a plant”, Pots", "Illustrated card: “Heading”"]);
    for image in images.clone() {
        bench.write(move |write| write.image_replace(image, &card(), NOW)).unwrap();
    }
    assert_eq!(alts(&mut bench), ["Title card: “How to pot a tree”, Pots", "Illustrated card: “Heading”"]);
}

#[test]
fn a_draft_goes_to_review_with_its_last_picture() {
    let (mut bench, sector) = bench();
    let id = add(&mut bench, sector, "One");
    let check = move |write: &mut Write<'_>| write.content_review_when_illustrated(id, NOW);
    assert!(!bench.write(check).unwrap(), "no images yet");
    assert_eq!(bench.read(|read| read.drafts_without_image_prompts(SITE, 9)).len(), 1);
    let images = bench.write(move |write| write.image_set_slots(id, &[slot(0), slot(1)], NOW)).unwrap();
    assert!(bench.read(|read| read.drafts_without_image_prompts(SITE, 9)).is_empty());
    let generated =
        |image: ImageId| move |write: &mut Write<'_>| write.image_store_generated(image, &picture("aa"), NOW);
    bench.write(generated(images[0])).unwrap();
    let last = images[1];
    bench.write(move |write| write.image_store_failed(last, "rejected", true, NOW)).unwrap();
    assert!(!bench.write(check).unwrap(), "one failed");
    let row = get(&mut bench, id);
    assert_eq!((row.images_total, row.images_generated, row.images_failed), (2, 1, 1));
    bench.write(move |write| write.image_retry(&[last], NOW)).unwrap();
    bench.write(generated(last)).unwrap();
    assert!(bench.write(check).unwrap());
    assert!(!bench.write(check).unwrap(), "once");
    assert_eq!(get(&mut bench, id).status, ContentStatus::Review);
}

#[test]
fn slugs_are_unique_in_a_site() {
    let (mut bench, sector) = bench();
    let ids = ["Clay pots", "Clay pots!", "Clay pots 2", "Clay", "🏺", "clay pots"]
        .map(|title| add(&mut bench, sector, title));
    let slugs: Vec<String> = ids.into_iter().map(|id| get(&mut bench, id).slug).collect();
    assert_eq!(slugs, ["clay-pots", "clay-pots-2", "clay-pots-2-2", "clay", "article", "clay-pots-3"]);

    let fields = |slug: &str| ContentFields {
        title: "New title".to_owned(),
        slug: slug.to_owned(),
        excerpt: "Short.".to_owned(),
        meta_title: String::new(),
        meta_description: String::new(),
        tags: vec!["pots".to_owned()],
        categories: vec!["Garden".to_owned()],
    };
    let (first, taken, own) = (ids[0], fields("Clay"), fields("Clay pots"));
    assert!(matches!(bench.write(move |write| write.content_update(first, &taken, NOW)), Err(StoreError::Conflict(_))));
    bench.write(move |write| write.content_update(first, &own, NOW)).unwrap();
    let row = get(&mut bench, first);
    assert_eq!((row.slug.as_str(), row.title.as_str(), row.tags[0].as_str()), ("clay-pots", "New title", "pots"));
    let unnamed = fields("!?");
    bench.write(move |write| write.content_update(first, &unnamed, NOW)).unwrap();
    assert_eq!(get(&mut bench, first).slug, "new-title", "made from the title");
}

#[test]
fn every_text_stays_as_a_version() {
    let (mut bench, sector) = bench();
    let id = add(&mut bench, sector, "One");
    let saved = bench.write(move |write| write.content_save_version(id, "<p>Mine</p>", 1, Origin::Person, NOW));
    assert_eq!(saved, Ok(2));
    assert_eq!(bench.read(move |read| read.content_html(id)), "<p>Mine</p>");
    assert_eq!((get(&mut bench, id).version, get(&mut bench, id).word_count), (2, 1));
    assert!(bench.write(move |write| SEND_TO_REVIEW(write, id)).unwrap());
    let rewritten = bench.write(move |write| write.content_rewrite(id, &text("Other"), Origin::Model, NOW));
    assert_eq!(rewritten, Ok(3));
    let row = get(&mut bench, id);
    assert_eq!((row.status, row.title.as_str(), row.slug.as_str()), (ContentStatus::Draft, "Other", "one"));
    for (version, origin) in [(3, Origin::Model), (2, Origin::Person), (1, Origin::Model)] {
        assert_eq!(bench.read(move |read| read.content_version(id, version)).origin, origin, "version {version}");
    }
    assert_eq!(bench.read(move |read| read.content_version(id, 2)).html, "<p>Mine</p>");

    for step in [SEND_TO_REVIEW, APPROVE] {
        assert!(bench.write(move |write| step(write, id)).unwrap());
    }
    let refused = bench.write(move |write| write.content_rewrite(id, &text("No"), Origin::Model, NOW));
    assert_eq!(refused, Err(StoreError::WrongState("content")), "an approved text is not replaced");
    let unknown = bench.write(|write| write.content_save_version(ContentId(99), "", 0, Origin::Person, NOW));
    assert_eq!(unknown, Err(StoreError::NotFound));
}

#[test]
fn a_task_has_one_article() {
    let (mut bench, sector) = bench();
    let task = bench
        .write(move |write| {
            let ideas = write.idea_add_batch(SITE, &[idea(sector, None, "One")], NOW)?;
            Ok::<_, StoreError>(write.idea_queue(&ideas, NOW)?[0])
        })
        .unwrap();
    let written = move |write: &mut Write<'_>| {
        let mut article = content(sector, "One");
        article.task = Some(task);
        write.content_add(&article, NOW)
    };
    let id = bench.write(written).unwrap();
    assert_eq!(bench.read(move |read| read.content_of_task(task)), Some(id));
    assert!(matches!(bench.write(written), Err(StoreError::Conflict(_))));
    assert!(bench.write(move |write| REMOVE(write, id)).unwrap());
    assert_eq!(bench.read(move |read| read.content_of_task(task)), None);
    bench.write(written).unwrap();
    assert!(bench.write(move |write| write.content_restore(&[id], NOW)).unwrap().is_empty(), "it was written again");
}

#[test]
fn a_removed_article_comes_back_with_its_images_and_a_free_slug() {
    let (mut bench, sector) = bench();
    let id = add(&mut bench, sector, "One");
    let images = bench.write(move |write| write.image_set_slots(id, &[slot(0), slot(1)], NOW)).unwrap();
    let dropped = images[1];
    bench.write(move |write| write.image_remove(&[dropped], at(1))).unwrap();
    bench.write(move |write| write.content_remove(&[id], at(2))).unwrap();
    assert_eq!(bench.try_read(move |read| read.content(id)), Err(StoreError::NotFound));
    assert!(bench.read(|read| read.pending_images(SITE, 9)).is_empty());
    let twin = add(&mut bench, sector, "One");
    assert_eq!(get(&mut bench, twin).slug, "one");

    assert_eq!(bench.write(move |write| write.content_restore(&[id, twin], at(3))).unwrap(), [id]);
    let row = get(&mut bench, id);
    assert_eq!((row.slug.as_str(), row.images_total), ("one-2", 1), "the image removed before stays removed");
}

#[test]
fn related_articles_are_the_clusters_own_first() {
    let (mut bench, sector) = bench();
    let pots = bench.write(move |write| write.cluster_add_or_join(SITE, sector, "Pots", "", NOW)).unwrap().0;
    bench
        .write(move |write| {
            for (title, cluster) in [("Same", Some(pots)), ("Other", None), ("Newest", None), ("Own", Some(pots))] {
                let mut article = content(sector, title);
                article.cluster = cluster;
                write.content_add(&article, NOW)?;
            }
            Ok::<_, StoreError>(())
        })
        .unwrap();
    let titles = |articles: Vec<RelatedArticle>| articles.into_iter().map(|a| a.title).collect::<Vec<_>>();
    let related = bench.read(move |read| read.related_articles(SITE, Some(pots), Some(ContentId(4)), 2));
    assert_eq!(titles(related), ["Same", "Newest"]);
    assert_eq!(
        titles(bench.read(|read| read.related_articles(SITE, None, None, 9))),
        ["Own", "Newest", "Other", "Same"]
    );
}
