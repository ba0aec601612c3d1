//! Tasks: which step is allowed from where, and what happens to the idea.

use super::*;
use crate::fixture::{Bench, NOW, SITE};
use crate::table::idea::IdeaFields;
use crate::table::sample::{bench, idea, keyword};
use igny8_core::id::KeywordId;
use igny8_core::status::IdeaStatus;

type Step = fn(&mut Write<'_>, &[TaskId], UtcMs) -> Result<Vec<TaskId>, StoreError>;

fn queued() -> (Bench, TaskId) {
    let (mut bench, sector) = bench();
    let task = another(&mut bench, sector);
    (bench, task)
}

fn another(bench: &mut Bench, sector: SectorId) -> TaskId {
    let ideas = bench.write(move |write| write.idea_add_batch(SITE, &[idea(sector, None, "One")], NOW)).unwrap();
    bench.write(move |write| write.idea_queue(&ideas, NOW)).unwrap()[0]
}

fn step(bench: &mut Bench, step: Step, task: TaskId) -> bool {
    !bench.write(move |write| step(write, &[task], NOW)).unwrap().is_empty()
}

fn both(bench: &mut Bench, task: TaskId) -> (TaskStatus, IdeaStatus) {
    let row = bench.read(move |read| read.tasks(&[task])).remove(0);
    let idea = bench.read(move |read| read.ideas(&[row.idea])).remove(0);
    (row.status, idea.status)
}

#[test]
fn each_step_starts_from_its_own_states_only() {
    let steps: [(&str, Step, &[TaskStatus]); 5] = [
        ("complete", |w, t, n| w.task_complete(t, n), &[TaskStatus::Queued]),
        ("fail", |w, t, n| w.task_fail(t, "rejected", true, n), &[TaskStatus::Queued]),
        ("retry", |w, t, n| w.task_retry(t, n), &[TaskStatus::Failed]),
        ("requeue", |w, t, n| w.task_requeue(t, n), &[TaskStatus::Completed, TaskStatus::Failed]),
        ("remove", |w, t, n| w.task_remove(t, n), &[TaskStatus::Queued, TaskStatus::Failed]),
    ];
    let (mut bench, sector) = bench();
    for from in TaskStatus::ALL {
        for (name, verb, allowed) in steps {
            let task = another(&mut bench, sector);
            match from {
                TaskStatus::Queued => {}
                TaskStatus::Completed => assert!(step(&mut bench, |w, t, n| w.task_complete(t, n), task)),
                TaskStatus::Failed => assert!(step(&mut bench, |w, t, n| w.task_fail(t, "rejected", true, n), task)),
            }
            assert_eq!(step(&mut bench, verb, task), allowed.contains(from), "{name} from {from}");
        }
    }
}

#[test]
fn the_idea_follows_its_task() {
    let (mut bench, task) = queued();
    assert!(step(&mut bench, |w, t, n| w.task_complete(t, n), task));
    assert_eq!(both(&mut bench, task), (TaskStatus::Completed, IdeaStatus::Completed));
    assert!(step(&mut bench, |w, t, n| w.task_requeue(t, n), task));
    assert_eq!(both(&mut bench, task), (TaskStatus::Queued, IdeaStatus::Queued));
    assert_eq!(bench.read(move |read| read.tasks(&[task]))[0].variation, 1, "another text is wished for");
    assert!(step(&mut bench, |w, t, n| w.task_fail(t, "rejected", true, n), task));
    assert!(step(&mut bench, |w, t, n| w.task_retry(t, n), task));
    assert_eq!(bench.read(move |read| read.tasks(&[task]))[0].variation, 1, "the same request again");
}

#[test]
fn what_failed_says_why_until_it_is_taken_up_and_counts_only_its_own_failures() {
    let (mut bench, task) = queued();
    let failed = |bench: &mut Bench, most| bench.read(move |read| read.failed_tasks(SITE, most, 9));
    let fail = |bench: &mut Bench, code: &'static str, is_counted| {
        bench.write(move |write| write.task_fail(&[task], code, is_counted, NOW)).unwrap();
        assert_eq!(bench.read(move |read| read.tasks(&[task]))[0].error_code, code);
        let least = failed(bench, Some(1));
        assert!(step(bench, |w, t, n| w.task_retry(t, n), task));
        assert_eq!(bench.read(move |read| read.tasks(&[task]))[0].error_code, "", "it waits again");
        assert!(failed(bench, None).is_empty());
        least
    };
    assert_eq!(fail(&mut bench, "auth", false), [task], "nobody's key is a task's fault");
    assert_eq!(fail(&mut bench, "rejected", true), [], "it has failed once");
    assert!(step(&mut bench, |w, t, n| w.task_complete(t, n), task));
    assert!(step(&mut bench, |w, t, n| w.task_requeue(t, n), task));
    bench.write(move |write| write.task_fail(&[task], "auth", false, NOW)).unwrap();
    assert_eq!(failed(&mut bench, Some(1)), [task], "another text begins anew");
}

#[test]
fn an_idea_in_other_words_begins_anew() {
    let (mut bench, task) = queued();
    bench.write(move |write| write.task_fail(&[task], "rejected", true, NOW)).unwrap();
    assert_eq!(bench.read(|read| read.failed_tasks(SITE, Some(1), 9)), []);
    let idea = bench.read(move |read| read.tasks(&[task])).remove(0).idea;
    let fields = IdeaFields {
        title: "Other words".to_owned(),
        description: String::new(),
        content_structure: ContentStructure::Guide,
        word_count_target: 500,
    };
    bench.write(move |write| write.idea_update(idea, &fields, NOW)).unwrap();
    assert_eq!(bench.read(|read| read.failed_tasks(SITE, Some(1), 9)), [task]);
}

#[test]
fn a_removed_task_frees_its_idea_and_comes_back_while_the_idea_is_free() {
    let (mut bench, task) = queued();
    assert!(step(&mut bench, |w, t, n| w.task_remove(t, n), task));
    let free = bench.read(|read| read.new_ideas(SITE, 1)).remove(0).id;
    assert!(step(&mut bench, |w, t, n| w.task_restore(t, n), task));
    assert_eq!(both(&mut bench, task), (TaskStatus::Queued, IdeaStatus::Queued));
    assert!(step(&mut bench, |w, t, n| w.task_remove(t, n), task));
    let other = bench.write(move |write| write.idea_queue(&[free], NOW)).unwrap()[0];
    assert_ne!(other, task);
    assert!(!step(&mut bench, |w, t, n| w.task_restore(t, n), task), "one task for each idea");
}

#[test]
fn a_writer_gets_the_brief_with_the_strongest_keywords() {
    let (mut bench, sector) = bench();
    let task = bench
        .write(move |write| {
            let cluster = write.cluster_add_or_join(SITE, sector, "Pots", "", NOW)?.0;
            let new = [keyword("a", Some(1)), keyword("b", Some(3)), keyword("c", Some(2))];
            write.keyword_add_batch(SITE, sector, &new, "", NOW)?;
            write.keyword_map_to_cluster(&[1, 2, 3].map(KeywordId), cluster, NOW)?;
            let ideas = write.idea_add_batch(SITE, &[idea(sector, Some(cluster), "One")], NOW)?;
            Ok::<_, StoreError>(write.idea_queue(&ideas, NOW)?[0])
        })
        .unwrap();
    let brief = bench.read(move |read| read.task_brief(task, 2));
    assert_eq!((brief.task.title.as_str(), brief.task.cluster_name.as_deref()), ("One", Some("Pots")));
    assert_eq!(brief.cluster_keywords.iter().map(|k| k.text.as_str()).collect::<Vec<_>>(), ["b", "c"]);
    assert_eq!(bench.try_read(|read| read.task_brief(TaskId(99), 2)), Err(StoreError::NotFound));
}

#[test]
fn a_disabled_idea_waits_outside() {
    let (mut bench, task) = queued();
    let idea = bench.read(move |read| read.tasks(&[task]))[0].idea;
    bench.outsider().execute("update idea set is_disabled = ?2 where id = ?1", (idea.0, true)).unwrap();
    assert!(bench.read(|read| read.queued_tasks(SITE, 10)).is_empty());
    bench.outsider().execute("update idea set is_disabled = ?2 where id = ?1", (idea.0, false)).unwrap();
    assert_eq!(bench.read(|read| read.queued_tasks(SITE, 10)).len(), 1);
}
