//! Rows for the tests of this folder: single ones, and a whole plan with ties and unknown values in every column.

use super::content::{ContentText, NewContent};
use super::idea::NewIdea;
use super::image::{NewImage, StoredImage};
use super::keyword::NewKeyword;
use crate::fixture::{Bench, IMAGE, NOW, SITE};
use crate::{StoreError, Write};
use igny8_core::id::{ClusterId, ContentId, SectorId, TaskId};
use igny8_core::status::{AltOrigin, ContentStructure, ContentType, Intent, Origin};
use igny8_core::time::UtcMs;

/// A bench with one sector.
pub(crate) fn bench() -> (Bench, SectorId) {
    let mut bench = Bench::new();
    let sector = bench.write(|write| write.sector_add(SITE, "Plants", NOW)).unwrap();
    (bench, sector)
}

/// A keyword of known or unknown volume, with nothing else known.
pub(crate) fn keyword(text: &str, volume: Option<i64>) -> NewKeyword {
    NewKeyword { text: text.to_owned(), key: text.to_lowercase(), volume, ..NewKeyword::default() }
}

/// An idea for a guide.
pub(crate) fn idea(sector: SectorId, cluster: Option<ClusterId>, title: &str) -> NewIdea {
    NewIdea {
        sector,
        cluster,
        title: title.to_owned(),
        description: "For beginners.".to_owned(),
        keywords: vec!["pots".to_owned()],
        content_type: ContentType::Post,
        content_structure: ContentStructure::Guide,
        word_count_target: 1_000,
    }
}

/// What is written in an article of this title.
pub(crate) fn text(title: &str) -> ContentText {
    ContentText { title: title.to_owned(), html: "<p>One two</p>".to_owned(), word_count: 2, ..ContentText::default() }
}

/// An article of this title.
pub(crate) fn content(sector: SectorId, title: &str) -> NewContent {
    NewContent {
        site: SITE,
        sector,
        cluster: None,
        task: None,
        content_type: ContentType::Post,
        content_structure: ContentStructure::Guide,
        text: text(title),
        origin: Origin::Model,
    }
}

/// An image slot.
pub(crate) fn slot(position: u32) -> NewImage {
    let heading = if position == 0 { String::new() } else { "Heading".to_owned() };
    NewImage { position, heading, prompt: "A pot".to_owned(), alt: "A pot".to_owned(), alt_origin: AltOrigin::Scene }
}

/// A picture.
pub(crate) fn picture(hash: &str) -> StoredImage {
    StoredImage {
        made_from: "A cup of tea".to_owned(),
        seed: Some(u64::MAX),
        media_hash: hash.to_owned(),
        media_type: "image/webp".to_owned(),
        width: 1_200,
        height: 675,
        bytes: 4_096,
        model: IMAGE,
        is_card: false,
    }
}

/// Sectors of the whole plan.
pub(crate) const SECTORS: [SectorId; 2] = [SectorId(1), SectorId(2)];
/// Keywords of the whole plan.
pub(crate) const KEYWORDS: usize = 41;
/// Clusters of the whole plan.
pub(crate) const CLUSTERS: usize = 6;
/// Ideas of the whole plan.
pub(crate) const IDEAS: usize = 17;
/// Ideas of the whole plan that have a task.
pub(crate) const TASKS: usize = 13;
/// Articles of the whole plan.
pub(crate) const CONTENTS: usize = 11;
/// Articles of the whole plan that have images.
pub(crate) const ILLUSTRATED: usize = 8;

/// A bench with a whole plan in two sectors. Values repeat with different periods, so that every column has ties, and
/// unknown values where it can.
pub(crate) fn plan() -> Bench {
    let mut bench = Bench::new();
    bench.write(plant).unwrap();
    bench
}

fn plant(write: &mut Write<'_>) -> Result<(), StoreError> {
    for name in ["Plants", "Tools"] {
        write.sector_add(SITE, name, NOW)?;
    }
    let mut clusters = Vec::new();
    for n in 0..CLUSTERS {
        let name = ["Pots", "Soil", "Shears"][n % 3];
        clusters.push(write.cluster_add_or_join(SITE, SECTORS[n / 3], name, "", at(n / 2))?.0);
    }
    plant_keywords(write, &clusters)?;
    let tasks = plant_ideas(write, &clusters)?;
    plant_contents(write, &clusters, &tasks)
}

fn plant_keywords(write: &mut Write<'_>, clusters: &[ClusterId]) -> Result<(), StoreError> {
    for n in 0..KEYWORDS {
        let sector = SECTORS[n % 2];
        let new = NewKeyword {
            difficulty: (n % 4 != 0).then_some((n % 4) as i64 * 20),
            cpc_nano: (n % 5 != 0).then_some((n % 3) as i64 * 1_000),
            intent: [None, Some(Intent::Commercial), Some(Intent::Informational)][n % 3],
            country: ["", "US", "DE"][n % 3].to_owned(),
            ..keyword(&format!("Pot {n:02}"), (n % 6 != 0).then_some((n % 5) as i64 * 100))
        };
        write.keyword_add_batch(SITE, sector, &[new], "plan", at(n / 7))?;
        let id = write.conn.last_insert_rowid();
        if n % 3 != 2 {
            // Even keywords are of the first sector, whose clusters come first.
            let cluster = clusters[(n % 2) * 3 + n % 3];
            write.keyword_map_to_cluster(&[igny8_core::id::KeywordId(id)], cluster, NOW)?;
        }
        write.keyword_set_disabled(&[igny8_core::id::KeywordId(id)], n % 9 == 0, NOW)?;
    }
    Ok(())
}

fn plant_ideas(write: &mut Write<'_>, clusters: &[ClusterId]) -> Result<Vec<TaskId>, StoreError> {
    let mut tasks = Vec::new();
    for n in 0..IDEAS {
        let cluster = clusters[n % 5];
        let new = NewIdea {
            sector: SECTORS[(n % 5) / 3],
            cluster: (n % 4 != 0).then_some(cluster),
            title: format!("Idea {}", n % 8),
            content_type: [ContentType::Post, ContentType::Page][n % 2],
            content_structure: [ContentStructure::Guide, ContentStructure::Listicle, ContentStructure::Review][n % 3],
            word_count_target: 500 + (n as u32 % 3) * 500,
            ..idea(SECTORS[0], None, "")
        };
        let ids = write.idea_add_batch(SITE, &[new], at(n / 4))?;
        if n < TASKS {
            tasks.extend(write.idea_queue(&ids, at(n / 5))?);
        }
    }
    write.cluster_mark_mapped(clusters, NOW)?;
    write.task_complete(&tasks[..4], NOW)?;
    write.task_fail(&tasks[4..6], "rejected", true, NOW)?;
    Ok(tasks)
}

fn plant_contents(write: &mut Write<'_>, clusters: &[ClusterId], tasks: &[TaskId]) -> Result<(), StoreError> {
    let mut ids = Vec::new();
    for n in 0..CONTENTS {
        let new = NewContent {
            cluster: (n % 3 != 0).then_some(clusters[n % 4]),
            task: (n < 4).then_some(tasks[n]),
            content_type: [ContentType::Post, ContentType::Page][n % 2],
            ..content(SECTORS[n % 2], &format!("Article {}", n % 4))
        };
        let id = write.content_add(&new, at(n / 3))?;
        write.content_save_version(id, "<p>One</p>", (n as u32 % 3) * 10, Origin::Person, at(n / 2))?;
        if n < ILLUSTRATED {
            plant_images(write, id, n)?;
        }
        ids.push(id);
    }
    write.content_send_to_review(&ids[4..], NOW)?;
    write.content_approve(&ids[6..], NOW)?;
    for (n, id) in ids.iter().enumerate().skip(7) {
        write.content_start_publishing(*id, at(n))?;
        if n % 2 == 0 {
            write.content_published(*id, ("7", "https://garden.example/7"), at(n), at(n))?;
        } else {
            write.content_publish_failed(*id, at(n))?;
        }
    }
    Ok(())
}

fn plant_images(write: &mut Write<'_>, content: ContentId, n: usize) -> Result<(), StoreError> {
    let slots: Vec<NewImage> = (0..=(n as u32 % 3)).map(slot).collect();
    for image in write.image_set_slots(content, &slots, at(n))? {
        match n % 3 {
            0 => write.image_store_generated(image, &picture(&format!("hash{n}")), at(n))?,
            1 => write.image_store_failed(image, "rejected", true, at(n))?,
            _ => {}
        }
    }
    Ok(())
}

/// Some instants, close together.
pub(crate) fn at(n: usize) -> UtcMs {
    UtcMs(1_000 + n as i64)
}
