//! Wordings: kept for good, one in use, apart for each site, and known to the results they were asked for with.

use super::*;
use crate::LedgerError;
use crate::fixture::{
    Bench, NOW, SITE, TEXT, lease_next, new_operation, operation_id, release, request, settlement, spaced,
};
use crate::ledger::{Grant, PaidBody, Related, Settlement};
use igny8_core::function::AiFunction;
use igny8_core::id::{ContentId, TransferId};
use igny8_core::money::Credits;
use igny8_core::status::ContentStructure;

const KIND: PromptKind = PromptKind::Content;

fn save(bench: &mut Bench, site: Option<SiteId>, body: &'static str) -> PromptVersionId {
    bench.write(move |w| w.prompt_save(KIND, site, body, NOW)).unwrap()
}

fn in_use(bench: &mut Bench, site: Option<SiteId>) -> Vec<(Option<SiteId>, u32, String)> {
    let rows = bench.read(move |r| r.prompts_in_use(site));
    rows.into_iter().map(|row| (row.site, row.version, row.body)).collect()
}

#[test]
fn a_site_has_its_own_wording_beside_the_one_for_all() {
    let mut bench = Bench::new();
    assert!(in_use(&mut bench, Some(SITE)).is_empty(), "the app's own words have no row");
    save(&mut bench, None, "for all");
    save(&mut bench, Some(SITE), "for one");
    assert_eq!(in_use(&mut bench, None), [(None, 1, "for all".to_owned())]);
    let both = [(None, 1, "for all".to_owned()), (Some(SITE), 1, "for one".to_owned())];
    assert_eq!(in_use(&mut bench, Some(SITE)), both);
    assert_eq!(bench.read(|r| r.prompt_overrides()), [(KIND, SITE)]);
    let nowhere = bench.write(|w| w.prompt_save(KIND, Some(SiteId(9)), "x", NOW));
    assert_eq!(nowhere, Err(StoreError::NotFound));
}

#[test]
fn a_wording_is_numbered_kept_and_put_back() {
    let mut bench = Bench::new();
    let first = save(&mut bench, None, "one");
    assert_eq!(save(&mut bench, None, "one"), first, "the same text again is no new wording");
    let second = save(&mut bench, None, "two");
    assert_eq!(bench.write(|w| w.prompt_reset(KIND, None)), Ok(second));
    assert!(in_use(&mut bench, None).is_empty());
    assert_eq!(bench.write(|w| w.prompt_reset(KIND, None)), Err(StoreError::NotFound), "there is nothing to reset");
    bench.write(move |w| w.prompt_use_version(first, NOW)).unwrap();
    assert_eq!(in_use(&mut bench, None), [(None, 1, "one".to_owned())]);
    let numbers: Vec<u32> = bench.read(|r| r.prompt_versions(KIND, None)).iter().map(|row| row.version).collect();
    assert_eq!(numbers, [2, 1], "the history stays whole");
    for change in ["update prompt_version set body = 'x'", "delete from prompt_version"] {
        assert!(bench.outsider().execute_batch(change).is_err(), "{change}");
    }
    let long = "x".repeat(8_001);
    let refused = bench.write(move |w| w.prompt_save(KIND, None, &long, NOW));
    assert!(matches!(refused, Err(StoreError::Conflict(_))), "{refused:?}");
}

#[test]
fn every_kind_has_a_place_in_the_file() {
    let mut bench = Bench::new();
    for kind in PromptKind::all() {
        bench.write(move |w| w.prompt_save(kind, None, "x", NOW)).unwrap();
    }
    assert_eq!(in_use(&mut bench, None).len(), PromptKind::all().count());
}

/// An article that a call wrote under these words, and the call.
fn written(bench: &mut Bench, uses: &'static [PromptUse]) -> ContentId {
    bench
        .write(move |w| {
            w.grant(&Grant::Extra { id: TransferId(spaced(0x0E, 1)), memo: String::new() }, Credits::whole(10), NOW)?;
            w.conn
                .execute_batch(
                    "insert into sector (id, site_id, name, created_at) values (1, 1, 'S', 1);
                 insert into task (id, site_id, sector_id, created_at, updated_at) values (5, 1, 1, 1, 1);
                 insert into content (id, site_id, sector_id, task_id, title, slug, content_type, content_structure,
                   created_at, updated_at) values (6, 1, 1, 5, 'T', 't', 'post', 'guide', 1, 1);",
                )
                .map_err(StoreError::from)?;
            w.open_operation(&new_operation(1, AiFunction::GenerateContent, vec![vec![5]]), NOW)?;
            let lease = lease_next(w)?;
            let held = w.hold(&request(1, operation_id(1), lease, Credits::whole(5)), NOW)?;
            let settlement = Settlement {
                function: AiFunction::GenerateContent,
                related: Related::Task(5),
                ..settlement(Credits::whole(2))
            };
            let open = held.spend();
            let settled = w.settle(&open, &settlement, NOW)?;
            w.note_prompts(settled.usage_id, uses)?;
            w.keep_answer(&open, settled.usage_id, &PaidBody::Text("{}".to_owned()), NOW)?;
            w.finish_unit(lease, NOW)?;
            Ok::<_, LedgerError>(ContentId(6))
        })
        .unwrap()
}

const USES: &[PromptUse] = &[
    PromptUse { kind: PromptKind::Content, source: PromptSource::Version(PromptVersionId(3)) },
    PromptUse { kind: PromptKind::Structure(ContentStructure::Guide), source: PromptSource::BuiltIn { version: 1 } },
];

#[test]
fn an_article_leads_back_to_the_words_it_was_asked_for_with() {
    let mut bench = Bench::new();
    let content = written(&mut bench, USES);
    assert_eq!(bench.read(move |r| r.prompts_of_content(content)), USES);
    assert_eq!(bench.read(|r| r.prompts_of_content(ContentId(99))), []);
    // Written anew from the paid answer, which was asked for in other words by then.
    let mut why = release("reused");
    why.related = Related::Task(5);
    why.function = AiFunction::GenerateContent;
    let again = &USES[1..];
    bench
        .write(move |w| {
            let usage = w.reuse(operation_id(1), TEXT, &why, 1, NOW)?;
            w.note_prompts(usage, again)?;
            Ok::<_, LedgerError>(())
        })
        .unwrap();
    assert_eq!(bench.read(move |r| r.prompts_of_content(content)), again);
}

#[test]
fn a_trial_keeps_what_it_tries_and_finds_its_answer() {
    let mut bench = Bench::new();
    written(&mut bench, &[]);
    let trial = TrialRow { kind: KIND, body: "try this".to_owned() };
    let marked = trial.clone();
    bench.write(move |w| w.mark_trial(operation_id(1), &marked)).unwrap();
    assert_eq!(bench.read(|r| r.trial(operation_id(1))), Some(trial));
    assert!(bench.read(|r| r.operation(operation_id(1))).is_trial);
    let answer = bench.read(|r| r.answer_of_operation(operation_id(1))).expect("it was paid for");
    assert_eq!(answer.body, PaidBody::Text("{}".to_owned()));
    assert_eq!(bench.read(|r| r.answer_of_operation(operation_id(2))), None);
}
