//! Vendors' files, by the headers they really have, beside requests of ours.

use super::Said::{Nothing, This};
use super::*;
use crate::money::Usd;
use crate::time::UtcMs;
use proptest::prelude::*;

mod unreadable;

const OPENROUTER: &str = "generation_id,created_at,cost_total,cost_web_search,cost_cache,cost_file_processing,\
    byok_usage_inference,tokens_prompt,tokens_completion,tokens_reasoning,tokens_cached,model_permaslug,provider_name,\
    variant,cancelled,streamed,user,finish_reason_raw,finish_reason_normalized,generation_time_ms,\
    time_to_first_token_ms,app_name,api_key_name";
const OPENAI_USAGE: &str = "start_time,end_time,start_time_iso,end_time_iso,project_id,num_model_requests,user_id,\
    api_key_id,model,batch,input_tokens,output_tokens,input_cached_tokens,input_audio_tokens,output_audio_tokens";
const OPENAI_COSTS: &str = "start_time,end_time,start_time_iso,end_time_iso,amount_value,amount_currency,line_item,\
    project_id,organization_id";
const ANTHROPIC: &str = "usage_date_utc,model_version,api_key,workspace,usage_type,context_window,\
    usage_input_tokens_no_cache,usage_input_tokens_cache_write_5m,usage_input_tokens_cache_write_1h,\
    usage_input_tokens_cache_read,usage_output_tokens,web_search_count,inference_geo,speed";

const POINT: Marks = Marks { decimal: Some(DecimalMark::Point), date: None };

fn cells(row: &str) -> Vec<String> {
    row.split(',').map(|cell| cell.trim().to_owned()).collect()
}

fn header(row: &str) -> Header {
    recognise(&[cells(row)]).expect("the header is known")
}

fn line(header: &Header, row: &str) -> TheirLine {
    header.read_line(2, &cells(row), POINT).line.expect("the row says something")
}

fn at(text: &str) -> UtcMs {
    UtcMs::from_rfc3339(text).unwrap()
}

fn ours(request_id: &str, when: &str, tokens: i64, nano: i64) -> OurRequest {
    OurRequest {
        at: at(when),
        provider: "openai".to_owned(),
        model: "gpt-5.5".to_owned(),
        request_id: request_id.to_owned(),
        operation: String::new(),
        tokens: Some(tokens),
        cost: Usd(nano),
        is_lost: false,
    }
}

fn single(request_id: &str, when: &str, tokens: i64) -> TheirLine {
    TheirLine {
        request_id: request_id.to_owned(),
        at: This(at(when)),
        model: "gpt-5.5".to_owned(),
        tokens: This(tokens),
        ..TheirLine::default()
    }
}

#[test]
fn openrouter_lists_every_request() {
    let header = header(OPENROUTER);
    assert_eq!(header.layout, Layout::OpenRouter);
    let row = "gen-1,2026-11-25 10:30:00.5,0.0012,0,0.5,0,0,120,80,30,20,openai/gpt-5.5,OpenAI,standard,false,true,,stop,\
               stop,900,200,Igny8,key";
    let read = line(&header, row);
    assert_eq!((read.request_id.as_str(), read.model.as_str()), ("gen-1", "openai/gpt-5.5"));
    assert_eq!((read.at, read.is_sum()), (This(at("2026-11-25T10:30:00.5Z")), false));
    assert_eq!(read.tokens, This(200), "cached and reasoning tokens are inside");
    assert_eq!(read.cost, This(Usd(1_200_000)), "the cost of the cache alone is another column");
    let free = line(&header, &row.replace("standard", "free"));
    assert_eq!(free.model, "openai/gpt-5.5:free", "another model, with a price of its own");
}

#[test]
fn openai_sums_spans() {
    let header = header(OPENAI_USAGE);
    assert_eq!(header.layout, Layout::OpenAi);
    let row = "1795564800,1795651200,2026-11-25T00:00:00+00:00,2026-11-26T00:00:00+00:00,proj,3,,,gpt-5.5-2026-10-01,\
               False,300,150,100,0,0";
    let read = line(&header, row);
    assert_eq!((read.at, read.until), (This(at("2026-11-25T00:00:00Z")), Some(at("2026-11-26T00:00:00Z"))));
    assert_eq!((read.tokens, read.requests, read.cost), (This(450), This(3), Nothing));
    let costs = recognise(&[cells(OPENAI_COSTS)]).unwrap();
    let read = line(&costs, "1795564800,1795651200,,,0.0315,usd,\"gpt-5.5-2026-10-01\",proj,org");
    assert_eq!((costs.layout, read.cost, read.is_sum()), (Layout::OpenAi, This(Usd(31_500_000)), true));
}

#[test]
fn anthropic_sums_days_and_leaves_cached_tokens_out_of_the_input() {
    let header = header(ANTHROPIC);
    assert_eq!(header.layout, Layout::Anthropic);
    let read = line(&header, "2026-11-25,claude-opus-5,key,Default,standard,≤ 200k,100,20,5,300,40,0,global,");
    assert_eq!(read.tokens, This(100 + 20 + 5 + 300 + 40));
    assert_eq!(read.until, Some(at("2026-11-26T00:00:00Z")));
}

#[test]
fn any_table_with_known_names_will_do() {
    let header = recognise(&[cells("My export"), cells("Request ID,Time,Model,Input Tokens,Output Tokens,Cost (USD)")]);
    let header = header.expect("found below a title");
    assert_eq!((header.row, header.layout, header.used()), (1, Layout::Generic, 6));
    assert!(recognise(&[cells("keyword,volume,difficulty")]).is_none());
    assert!(recognise(&[cells("id,name")]).is_none(), "an id alone is anything");
    assert!(recognise(&[cells("date,time")]).is_none(), "when, but not how much");
}

#[test]
fn a_row_that_says_nothing_is_passed_over() {
    let header = header("request id,time,model,total tokens,cost");
    for row in ["", "Total,,,,", ",,gpt-5.5,100,1", ",2026-11-25T10:00:00Z,gpt-5.5,,"] {
        let read = header.read_line(2, &cells(row), POINT).line;
        assert!(read.is_none_or(|read| read.request_id == "Total"), "{row}");
    }
}

#[test]
fn parts_of_one_request_and_of_one_span_are_joined() {
    let header = header("request id,start time,end time,model,total tokens,cost");
    let rows = [
        "r1,2026-11-25T10:00:00Z,,gpt-5.5,100,0.001",
        "r1,,,,50,0.002",
        ",2026-11-25T00:00:00Z,2026-11-26T00:00:00Z,\"gpt-5.5, input\",10,1",
        ",2026-11-25T00:00:00Z,2026-11-26T00:00:00Z,gpt-5.5,20,2",
        ",2026-11-26T00:00:00Z,2026-11-27T00:00:00Z,gpt-5.5,20,2",
    ];
    let parse = |row: &&str| {
        let row = row.replace("\"gpt-5.5, input\"", "gpt-5.5: input");
        line(&header, &row)
    };
    let folded = fold(rows.iter().map(parse).collect());
    assert_eq!(folded.len(), 3);
    assert_eq!((folded[0].tokens, folded[0].cost), (This(150), This(Usd(3_000_000))));
    assert_eq!((folded[1].tokens, folded[1].cost), (This(30), This(Usd(3_000_000_000))));
}

#[test]
fn the_vendors_id_decides() {
    let requests = [ours("a", "2026-11-25T10:00:00Z", 100, 5), ours("b", "2026-11-25T10:00:00Z", 100, 7)];
    let lines = [single("b", "2026-01-01T00:00:00Z", 9), single("c", "2026-11-25T10:00:00Z", 100)];
    let found = compare(&lines, &requests);
    assert_eq!(found.matched, [Match { by: MatchedBy::RequestId, line: 0, requests: vec![1] }]);
    assert_eq!((found.ours_only, found.theirs_only), (vec![0], vec![1]), "another id is another request");
}

#[test]
fn all_attempts_that_a_vendor_knows_under_one_id_are_of_its_line() {
    let when = "2026-11-25T10:00:00Z";
    let of = |model: &str, request: OurRequest| OurRequest { model: model.to_owned(), ..request };
    let requests = [
        OurRequest { tokens: None, is_lost: true, ..ours("a", when, 0, 3) },
        ours("a", when, 100, 5),
        OurRequest { tokens: None, is_lost: true, ..ours("b", when, 0, 0) },
        ours("b", when, 70, 7),
        of("flux", ours("1", when, 50, 11)),
        ours("1", when, 60, 13),
    ];
    let lines = [("a", 100, 8), ("b", 70, 7), ("1", 60, 13)]
        .map(|(id, tokens, nano)| TheirLine { cost: This(Usd(nano)), ..single(id, when, tokens) });
    let found = compare(&lines, &requests);
    let of_lines: Vec<_> = found.matched.iter().map(|one| one.requests.clone()).collect();
    assert_eq!(
        of_lines,
        [vec![0, 1], vec![3], vec![5]],
        "both that cost something, the one that did, the one of its model"
    );
    assert_eq!(found.ours_only, [4], "another vendor's request of the same number is missed for itself");
    let sums = sums(&found, &lines, &requests);
    assert_eq!(
        (sums.costed_ours, sums.difference, sums.differing),
        (Usd(28), Usd::ZERO, 0),
        "nothing is lost on the way"
    );
}

#[test]
fn without_a_common_id_the_nearest_with_the_same_tokens_is_taken() {
    let requests = [
        ours("", "2026-11-25T10:00:00Z", 100, 5),
        ours("", "2026-11-25T10:04:00Z", 100, 6),
        ours("", "2026-11-25T10:00:00Z", 101, 7),
        ours("", "2026-11-25T11:00:00Z", 100, 8),
    ];
    let found = compare(&[single("chatcmpl-1", "2026-11-25T10:03:00Z", 100)], &requests);
    assert_eq!(found.matched, [Match { by: MatchedBy::Tokens, line: 0, requests: vec![1] }]);
    assert_eq!(found.ours_only, [0, 2, 3]);
    let early = compare(&[single("", "2026-11-25T10:50:00Z", 100)], &requests[3..]);
    assert_eq!(early.matched.len(), 1, "ten minutes apart is one request");
    let late = compare(&[single("", "2026-11-25T10:49:59Z", 100)], &requests[3..]);
    assert_eq!(late.theirs_only.len(), 1, "more is not");
    let other = TheirLine { model: "gpt-5.5-mini".to_owned(), ..single("", "2026-11-25T11:00:00Z", 100) };
    assert_eq!(compare(&[other], &requests).matched.len(), 0, "another model");
}

fn lost(when: &str, nano: i64) -> OurRequest {
    OurRequest { tokens: None, is_lost: true, ..ours("", when, 0, nano) }
}

#[test]
fn a_request_whose_answer_was_lost_is_the_line_that_nobody_else_claims() {
    let requests = [
        ours("a", "2026-11-25T10:00:00Z", 100, 5),
        lost("2026-11-25T10:02:00Z", 9),
        ours("", "2026-11-25T10:03:00Z", 70, 5),
        lost("2026-11-25T10:01:00Z", 0),
    ];
    let lines = [
        single("a", "2026-11-25T10:00:00Z", 100),
        single("b", "2026-11-25T10:01:00Z", 80),
        single("c", "2026-11-25T10:03:30Z", 70),
        single("d", "2026-11-25T10:03:00Z", 60),
    ];
    let found = compare(&lines, &requests);
    let by: Vec<_> = found.matched.iter().map(|one| (one.by, one.line, one.requests[0])).collect();
    let expected = [(MatchedBy::RequestId, 0, 0), (MatchedBy::Time, 1, 1), (MatchedBy::Tokens, 2, 2)];
    assert_eq!(by, expected, "by its id, by its model and time, by its tokens");
    assert_eq!((found.ours_only, found.theirs_only), (vec![], vec![3]), "what was not run is on no vendor's list");

    let alone = |line: TheirLine, request: OurRequest| compare(&[line], &[request]).matched.len();
    let when = "2026-11-25T10:00:00Z";
    assert_eq!(alone(single("b", when, 1), lost(when, 9)), 1);
    let other = TheirLine { model: "gpt-4".to_owned(), ..single("b", when, 1) };
    assert_eq!(alone(other, lost(when, 9)), 0, "of another model");
    assert_eq!(alone(single("b", "2026-11-25T10:10:01Z", 1), lost(when, 9)), 0, "at another time");
    assert_eq!(alone(TheirLine { at: Nothing, ..single("b", when, 1) }, lost(when, 9)), 0, "at no time");
    let named = OurRequest { request_id: "z".to_owned(), ..lost(when, 9) };
    assert_eq!(alone(single("b", when, 1), named), 0, "a request with an id of its own");
}

#[test]
fn a_sum_is_about_all_of_ours_in_its_span() {
    let requests = [
        ours("", "2026-11-24T23:59:59Z", 1, 1),
        ours("", "2026-11-25T00:00:00Z", 10, 2),
        ours("", "2026-11-25T23:59:59Z", 20, 3),
        ours("", "2026-11-26T00:00:00Z", 40, 4),
    ];
    let day = TheirLine { until: Some(at("2026-11-26T00:00:00Z")), ..single("", "2026-11-25T00:00:00Z", 31) };
    let found = compare(&[day], &requests);
    assert_eq!(found.matched, [Match { by: MatchedBy::Span, line: 0, requests: vec![1, 2] }]);
    assert_eq!(found.ours_only, [0, 3]);
}

#[test]
fn sums_are_of_whole_groups_and_forgive_rounding() {
    let requests = [
        ours("a", "2026-11-25T10:00:00Z", 100, 1_000_400),
        ours("b", "2026-11-25T10:00:00Z", 100, 2_000_000),
        ours("c", "2026-11-25T10:00:00Z", 100, 4_000_000),
    ];
    let cost = |id: &str, nano: Option<i64>| TheirLine {
        cost: nano.map_or(Nothing, |nano| This(Usd(nano))),
        ..single(id, "2026-11-25T10:00:00Z", 100)
    };
    let lines = [cost("a", Some(1_000_000)), cost("b", Some(2_500_000)), cost("x", Some(7)), cost("y", None)];
    let found = compare(&lines, &requests);
    let expected = Sums {
        matched: 2,
        differing: 1,
        not_compared: 0,
        costed: 2,
        costed_ours: Usd(3_000_400),
        costed_theirs: Usd(3_500_000),
        difference: Usd(499_600),
        uncosted_ours: Usd::ZERO,
        ours_only: 1,
        ours_only_cost: Usd(4_000_000),
        theirs_only: 2,
        theirs_only_costed: 1,
        theirs_only_cost: Usd(7),
    };
    assert_eq!(sums(&found, &lines, &requests), expected);
    let silent = [cost("a", None)];
    let found = compare(&silent, &requests);
    assert_eq!(costs(&found.matched[0], &silent, &requests).difference(), None, "no cost is no difference");
}

#[test]
fn other_tokens_and_other_counts_are_differences_as_well() {
    let when = "2026-11-25T10:00:00Z";
    let differing = |line: TheirLine, requests: &[OurRequest]| {
        let lines = [line];
        let found = compare(&lines, requests);
        assert_eq!(found.matched.len(), 1, "the vendor's id or the span decides");
        sums(&found, &lines, requests).differing
    };
    let one = [ours("a", when, 100, 5)];
    assert_eq!(differing(single("a", when, 100), &one), 0, "the same");
    assert_eq!(differing(single("a", when, 101), &one), 1, "another number of tokens");
    assert_eq!(differing(TheirLine { tokens: Nothing, ..single("a", when, 0) }, &one), 0, "none named");
    let guessed = [OurRequest { tokens: None, ..ours("a", when, 0, 5) }];
    assert_eq!(differing(single("a", when, 101), &guessed), 0, "a guess of ours is no count");
    assert_eq!(
        differing(single("b", when, 101), &[OurRequest { tokens: None, ..ours("", when, 0, 5) }]),
        0,
        "nor found by one"
    );
    let lost = [OurRequest { tokens: None, is_lost: true, ..ours("a", when, 0, 5) }];
    assert_eq!(differing(single("a", when, 101), &lost), 0, "nobody here knows what a lost answer took");

    let three = [ours("", when, 10, 1), ours("", when, 10, 1), ours("", when, 10, 1)];
    let day = |requests: i64, tokens: i64| TheirLine {
        until: Some(at("2026-11-26T00:00:00Z")),
        requests: This(requests),
        ..single("", "2026-11-25T00:00:00Z", tokens)
    };
    assert_eq!(differing(day(3, 30), &three), 0, "the sum of ours");
    assert_eq!(differing(day(999, 30), &three), 1, "other requests");
    assert_eq!(differing(day(3, 1_100_000_000), &three), 1, "other tokens");
}

proptest! {
    #[test]
    fn every_line_and_request_stands_in_one_place(
        theirs in prop::collection::vec((0_usize..6, 0_i64..4, 0_i64..3, any::<bool>()), 0..20),
        mine in prop::collection::vec((0_usize..6, 0_i64..4, 0_i64..3, any::<bool>()), 0..20),
    ) {
        let minutes = |n: i64| UtcMs(1_000_000_000_000 + n * 6 * 60_000);
        let lines: Vec<TheirLine> = theirs.iter().map(|(id, when, tokens, is_sum)| TheirLine {
            request_id: if *id < 3 || *is_sum { String::new() } else { format!("r{id}") },
            at: This(minutes(*when)),
            until: is_sum.then(|| minutes(*when + 1)),
            model: "m".to_owned(),
            tokens: This(*tokens),
            ..TheirLine::default()
        }).collect();
        let lines = fold(lines);
        let requests: Vec<OurRequest> = mine.iter().map(|(id, when, tokens, is_lost)| OurRequest {
            at: minutes(*when),
            model: "m".to_owned(),
            tokens: (!is_lost).then_some(*tokens),
            is_lost: *is_lost,
            ..ours(&if *id < 3 { String::new() } else { format!("r{id}") }, "2026-11-25T00:00:00Z", *tokens, 1)
        }).collect();
        let found = compare(&lines, &requests);
        let mut seen_lines: Vec<usize> = found.matched.iter().map(|one| one.line).chain(found.theirs_only).collect();
        seen_lines.sort_unstable();
        prop_assert_eq!(seen_lines, (0..lines.len()).collect::<Vec<_>>());
        let mut seen_ours: Vec<usize> =
            found.matched.iter().flat_map(|one| one.requests.clone()).chain(found.ours_only).collect();
        seen_ours.sort_unstable();
        prop_assert_eq!(seen_ours, (0..requests.len()).collect::<Vec<_>>());
    }

    #[test]
    fn no_row_panics(row in prop::collection::vec(any::<String>(), 0..30), named in any::<u8>()) {
        let header = header([OPENROUTER, OPENAI_USAGE, OPENAI_COSTS, ANTHROPIC][usize::from(named) % 4]);
        drop(header.read_line(1, &row, Marks { decimal: Some(DecimalMark::Comma), date: None }));
        drop(recognise(&[row]));
    }
}
