//! Our requests as a vendor has them.

use crate::fixture::{IMAGE, plan};
use crate::table::usage::breakdown::Span;
use crate::table::usage::sample::consumed;
use igny8_core::money::Usd;
use igny8_core::time::UtcMs;

const ALL: Span = Span { from: UtcMs(0), until: UtcMs(10_000) };

#[test]
fn every_request_that_was_sent_is_one_row() {
    let mut bench = consumed();
    let requests = bench.read(|read| read.vendor_requests(ALL));
    assert_eq!(requests.len(), 9, "a refusal was not sent");
    let lost: Vec<_> = requests.iter().filter(|request| request.is_lost).collect();
    assert_eq!(lost.len(), 1);
    assert_eq!((lost[0].cost, lost[0].tokens, lost[0].request_id.as_str()), (Usd(10_000_000), None, ""));
    let first = &requests[0];
    assert_eq!((first.at, first.provider.as_str(), first.model.as_str()), (UtcMs(500), "openai", "writer"));
    assert_eq!((first.request_id.as_str(), first.tokens, first.cost), ("req_1", Some(150), Usd(30_000_000)));
    let sum: i64 = requests.iter().map(|request| request.cost.0).sum();
    let booked: i64 = bench.outsider().query_row("select sum(cost_nano) from usage_log", [], |row| row.get(0)).unwrap();
    assert_eq!(sum, booked, "the attempts cost what the records say");
}

#[test]
fn a_call_that_took_two_attempts_is_two_requests_and_one_cost() {
    let mut bench = consumed();
    // The first attempt at the first call was lost and billed; the record holds both.
    let second_try = "update attempt set n = 2 where call_id = (select call_id from usage_log where id = 1);
        insert into attempt (call_id, n, outcome, provider_request_id, cost_nano, at)
          select call_id, 1, 'timeout', 'req_lost', 4000000, 450 from usage_log where id = 1;
        update call set attempts = 2 where id = (select call_id from usage_log where id = 1);
        update usage_log set cost_nano = cost_nano + 4000000 where id = 1;";
    bench.outsider().execute_batch(second_try).unwrap();
    let requests = bench.read(|read| read.vendor_requests(Span { until: UtcMs(501), ..ALL }));
    let found: Vec<_> = requests.iter().map(|one| (one.request_id.as_str(), one.cost.0, one.tokens)).collect();
    assert_eq!(found, [("req_lost", 4_000_000, None), ("req_1", 30_000_000, Some(150))]);
}

#[test]
fn tokens_that_were_guessed_are_no_count_of_the_vendors() {
    let mut bench = consumed();
    bench.outsider().execute_batch("update usage_log set is_estimated = 1 where id = 1").unwrap();
    let first = bench.read(|read| read.vendor_requests(Span { until: UtcMs(501), ..ALL })).remove(0);
    assert_eq!((first.request_id.as_str(), first.tokens, first.cost), ("req_1", None, Usd(30_000_000)));
}

#[test]
fn the_built_in_engine_sends_no_bill() {
    let mut bench = consumed();
    let outsider = bench.outsider();
    outsider.execute("update model set provider = 'builtin' where id <> ?1", [IMAGE.0]).unwrap();
    assert_eq!(bench.read(|read| read.vendor_requests(ALL)).len(), 3);
}

#[test]
fn requests_are_found_by_their_time() {
    let plan = plan(&mut consumed(), super::REQUESTS);
    assert!(plan.contains("SEARCH u USING INDEX usage_by_time (at>? AND at<?)"), "{plan}");
    assert!(plan.contains("SEARCH a USING PRIMARY KEY (call_id=?)"), "{plan}");
}
