//! Ideas: queued once, removed and restored with their task.

use super::*;
use crate::fixture::{Bench, NOW, SITE};
use crate::table::list::{ListFilter, ListQuery};
use crate::table::sample::{bench, content, idea};

fn add(bench: &mut Bench, sector: SectorId, titles: &'static [&'static str]) -> Vec<IdeaId> {
    let ideas: Vec<NewIdea> = titles.iter().map(|title| idea(sector, None, title)).collect();
    bench.write(move |write| write.idea_add_batch(SITE, &ideas, NOW)).unwrap()
}

fn statuses(bench: &mut Bench, ids: &[IdeaId]) -> Vec<IdeaStatus> {
    let ids = ids.to_vec();
    bench.read(move |read| read.ideas(&ids)).iter().map(|idea| idea.status).collect()
}

#[test]
fn an_idea_reads_back_as_it_was_written() {
    let (mut bench, sector) = bench();
    let ids = add(&mut bench, sector, &["One"]);
    let row = bench.read(move |read| read.ideas(&ids)).remove(0);
    assert_eq!(
        (row.title.as_str(), row.keywords.as_slice(), row.word_count_target),
        ("One", &["pots".to_owned()][..], 1_000)
    );
    assert_eq!((row.content_type, row.content_structure), (ContentType::Post, ContentStructure::Guide));
    let broken = NewIdea { word_count_target: 99, ..idea(sector, None, "Two") };
    let refused = bench.write(move |write| write.idea_add_batch(SITE, std::slice::from_ref(&broken), NOW));
    assert!(matches!(refused, Err(StoreError::Conflict(_))));
}

#[test]
fn queueing_makes_one_task_for_each_new_idea() {
    let (mut bench, sector) = bench();
    let ids = add(&mut bench, sector, &["One", "Two", "Three"]);
    let (first, disabled) = (ids[0], ids[2]);
    bench.outsider().execute("update idea set is_disabled = ?2 where id = ?1", (disabled.0, true)).unwrap();
    assert_eq!(bench.read(|read| read.new_ideas(SITE, 10)).len(), 2);
    let all = ids.clone();
    let tasks = bench.write(move |write| write.idea_queue(&all, NOW)).unwrap();
    assert_eq!(tasks.len(), 2, "the disabled one is passed over");
    assert_eq!(statuses(&mut bench, &ids), [IdeaStatus::Queued, IdeaStatus::Queued, IdeaStatus::New]);
    let all = ids.clone();
    assert!(bench.write(move |write| write.idea_queue(&all, NOW)).unwrap().is_empty(), "once");
    assert!(bench.read(|read| read.new_ideas(SITE, 10)).is_empty());

    assert_eq!(
        bench.write(move |write| write.idea_complete(&[first, disabled], NOW)).unwrap(),
        [first],
        "from queued only"
    );
    assert!(bench.write(move |write| write.idea_complete(&[first], NOW)).unwrap().is_empty());
    assert!(bench.write(move |write| write.idea_queue(&[first], NOW)).unwrap().is_empty(), "not from completed");
}

#[test]
fn a_queued_idea_takes_its_task_along_and_brings_it_back() {
    let (mut bench, sector) = bench();
    let ids = add(&mut bench, sector, &["One", "Two"]);
    let all = ids.clone();
    bench.write(move |write| write.idea_queue(&all, NOW)).unwrap();
    let all = ids.clone();
    assert_eq!(bench.write(move |write| write.idea_remove(&all, NOW)).unwrap(), ids);
    assert!(bench.read(|read| read.queued_tasks(SITE, 10)).is_empty());
    let one = ids[0];
    assert_eq!(bench.write(move |write| write.idea_restore(&[one], UtcMs(NOW.0 + 5))).unwrap(), [one]);
    let tasks = bench.read(|read| read.queued_tasks(SITE, 10));
    assert_eq!(tasks.iter().map(|task| task.idea).collect::<Vec<_>>(), [one]);
    assert!(bench.write(move |write| write.idea_restore(&[one], NOW)).unwrap().is_empty(), "once");
}

#[test]
fn a_task_removed_before_its_idea_does_not_come_back_with_it() {
    let (mut bench, sector) = bench();
    let ids = add(&mut bench, sector, &["One"]);
    let (queued, removed, restored) = (ids.clone(), ids.clone(), ids.clone());
    let tasks = bench.write(move |write| write.idea_queue(&queued, NOW)).unwrap();
    bench.write(move |write| write.task_remove(&tasks, NOW)).unwrap();
    bench.write(move |write| write.idea_remove(&removed, NOW.plus_ms(1))).unwrap();
    bench.write(move |write| write.idea_restore(&restored, NOW.plus_ms(2))).unwrap();
    assert_eq!(statuses(&mut bench, &ids), [IdeaStatus::New]);
    assert!(bench.read(|read| read.queued_tasks(SITE, 10)).is_empty());
}

#[test]
fn an_idea_is_changed_until_it_is_written() {
    let (mut bench, sector) = bench();
    let id = add(&mut bench, sector, &["One"])[0];
    let fields = IdeaFields {
        title: "Better".to_owned(),
        description: String::new(),
        content_structure: ContentStructure::Listicle,
        word_count_target: 700,
    };
    let update = {
        let fields = fields.clone();
        move |id: IdeaId| {
            let fields = fields.clone();
            move |write: &mut Write<'_>| write.idea_update(id, &fields, NOW)
        }
    };
    bench.write(update(id)).unwrap();
    bench.write(move |write| write.idea_queue(&[id], NOW)).unwrap();
    bench.write(update(id)).unwrap();
    assert_eq!(bench.read(|read| read.queued_tasks(SITE, 1))[0].title, "Better", "the task says what its idea says");
    bench.write(move |write| write.idea_complete(&[id], NOW)).unwrap();
    assert_eq!(bench.write(update(id)), Err(StoreError::WrongState("idea")));
    assert_eq!(bench.write(update(IdeaId(99))), Err(StoreError::NotFound));
}

#[test]
fn titles_are_those_of_ideas_and_articles() {
    let (mut bench, sector) = bench();
    let ids = add(&mut bench, sector, &["One", "Two"]);
    bench.write(move |write| write.content_add(&content(sector, "Three"), NOW)).unwrap();
    bench.write(move |write| write.content_add(&content(sector, "One"), NOW)).unwrap();
    assert_eq!(bench.read(|read| read.idea_titles(SITE)), ["One", "Three", "Two"]);
    bench.write(move |write| write.idea_remove(&ids, NOW)).unwrap();
    assert_eq!(bench.read(|read| read.idea_titles(SITE)), ["One", "Three"]);
}

#[test]
fn an_idea_whose_task_failed_says_so_until_it_is_tried_again() {
    let (mut bench, sector) = bench();
    let ids = add(&mut bench, sector, &["One", "Two", "Three"]);
    let queued = ids[..2].to_vec();
    let tasks = bench.write(move |write| write.idea_queue(&queued, NOW)).unwrap();
    let failing = tasks[0];
    bench.write(move |write| write.task_fail(&[failing], "quota", false, NOW)).unwrap();
    assert_eq!(statuses(&mut bench, &ids), [IdeaStatus::Failed, IdeaStatus::Queued, IdeaStatus::New]);
    let row = bench.read({
        let ids = ids.clone();
        move |read| read.ideas(&ids)
    });
    assert_eq!((row[0].task, row[0].error_code.as_str()), (Some(failing), "quota"));
    assert_eq!((row[1].task, row[1].error_code.as_str()), (Some(tasks[1]), ""));

    let of = |status: &str| ListFilter { status: vec![status.to_owned()], ..ListFilter::of(SITE) };
    let found = |bench: &mut Bench, status: &str| {
        let query = ListQuery::first(of(status));
        bench.read(move |read| read.idea_page(&query)).rows.iter().map(|row| row.id).collect::<Vec<_>>()
    };
    assert_eq!(found(&mut bench, "failed"), [ids[0]]);
    assert_eq!(found(&mut bench, "queued"), [ids[1]], "what failed does not wait");
    let facets = bench.read(|read| read.idea_facets(&ListFilter::of(SITE)));
    let counted: Vec<_> = facets[0].values.iter().map(|value| (value.value.as_str(), value.count)).collect();
    assert_eq!(counted, [("failed", 1), ("new", 1), ("queued", 1)]);

    bench.write(move |write| write.task_retry(&[failing], NOW)).unwrap();
    assert_eq!(statuses(&mut bench, &ids[..1]), [IdeaStatus::Queued]);
}
