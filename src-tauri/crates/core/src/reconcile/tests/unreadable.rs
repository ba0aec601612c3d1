//! What cannot be read is neither agreement nor a sum.

use super::{POINT, at, cells, header, lost, ours, single};
use crate::money::Usd;
use crate::reconcile::Said::{self, Nothing, This};
use crate::reconcile::{
    Beside, DateOrder, Field, Marks, TheirLine, Unreadable, UnreadableCell, compare, costs, fold, sums,
};

const WHEN: &str = "2026-11-25T10:00:00Z";

fn with_cost(id: &str, cost: Said<Usd>) -> TheirLine {
    TheirLine { cost, is_unreadable: cost.why().is_some(), ..single(id, WHEN, 100) }
}

#[test]
fn a_cell_that_cannot_be_read_is_named_with_its_place_and_text() {
    let header = header("request id,date,model,total tokens,cost,currency");
    let row = "r1,yesterday,gpt-5.5,ab\u{7}c,0.04,EUR";
    let read = header.read_line(7, &cells(row), POINT);
    let cell = |column: &str, field: Field, text: &str, why: Unreadable| UnreadableCell {
        line: 7,
        column: column.to_owned(),
        field,
        text: text.to_owned(),
        why,
    };
    let expected = [
        cell("date", Field::Time, "yesterday", Unreadable::NotATime),
        cell("total tokens", Field::TokensTotal, "ab c", Unreadable::NotANumber),
        cell("cost", Field::Cost, "0.04 EUR", Unreadable::OtherCurrency),
    ];
    assert_eq!(read.unreadable, expected);
    let line = read.line.expect("it names a request");
    assert!(line.is_unreadable);
    assert_eq!(line.tokens, Said::Unreadable(Unreadable::NotANumber), "not the sum of what is left");
    assert_eq!(line.cost, Said::Unreadable(Unreadable::OtherCurrency));
    let long = header.read_line(2, &cells(&format!("r,,,{},,", "x".repeat(500))), POINT);
    assert_eq!(long.unreadable.first().map(|cell| cell.text.len()), Some(60), "bounded");
    let silent = header.read_line(2, &cells("r1,,gpt-5.5,,,"), POINT);
    assert!(silent.unreadable.is_empty(), "an empty cell is silence: {silent:?}");
}

#[test]
fn the_order_of_dates_is_that_of_the_file() {
    let header = header("request id,date,total tokens");
    let of = |date: Option<DateOrder>| {
        let read = header.read_line(2, &cells("r1,05/11/2026,1"), Marks { date, ..POINT });
        (read.line.map(|line| line.at), read.unreadable.len())
    };
    assert_eq!(of(Some(DateOrder::DayFirst)), (Some(This(at("2026-11-05T00:00:00Z"))), 0));
    assert_eq!(of(Some(DateOrder::MonthFirst)), (Some(This(at("2026-05-11T00:00:00Z"))), 0));
    assert_eq!(of(None), (Some(Said::Unreadable(Unreadable::AmbiguousDate)), 1));
}

#[test]
fn both_sides_are_summed_over_the_lines_whose_cost_can_be_read() {
    let requests = [ours("a", WHEN, 100, 20_000), ours("b", WHEN, 100, 40_000), ours("c", WHEN, 100, 80_000)];
    let unread = Said::Unreadable(Unreadable::OutOfRange);
    let lines =
        [with_cost("a", This(Usd(21_500))), with_cost("b", unread), with_cost("c", Nothing), with_cost("x", unread)];
    let found = compare(&lines, &requests);
    let sums = sums(&found, &lines, &requests);
    assert_eq!((sums.matched, sums.differing, sums.not_compared, sums.costed), (3, 1, 1, 1));
    assert_eq!((sums.costed_ours, sums.costed_theirs, sums.difference), (Usd(20_000), Usd(21_500), Usd(1_500)));
    assert_eq!(sums.uncosted_ours, Usd(120_000), "ours that nothing is set against");
    assert_eq!((sums.theirs_only, sums.theirs_only_costed), (1, 0));
    let beside: Vec<Beside> = found.matched.iter().map(|one| costs(one, &lines, &requests).beside).collect();
    assert_eq!(
        beside,
        [Beside::Differing, Beside::NotCompared, Beside::Same],
        "silent of the cost, of one mind in tokens"
    );
}

#[test]
fn a_sum_with_a_part_that_cannot_be_read_cannot_be_read() {
    let lines = fold(vec![with_cost("a", This(Usd(1))), with_cost("a", Said::Unreadable(Unreadable::NotANumber))]);
    assert_eq!(lines.len(), 1);
    assert_eq!((lines[0].cost, lines[0].is_unreadable), (Said::Unreadable(Unreadable::NotANumber), true));
    let huge = fold(vec![with_cost("a", This(Usd(i64::MAX))), with_cost("a", This(Usd(1)))]);
    assert_eq!((huge[0].cost, huge[0].is_unreadable), (Said::Unreadable(Unreadable::OutOfRange), true));
}

#[test]
fn another_model_under_one_request_id_differs() {
    let requests = [ours("a", WHEN, 100, 5)];
    let beside = |model: &str| {
        let lines = [TheirLine { model: model.to_owned(), ..with_cost("a", This(Usd(5))) }];
        let costs = costs(&compare(&lines, &requests).matched[0], &lines, &requests);
        (costs.beside, costs.is_other_model)
    };
    assert_eq!(beside("gpt-5.5-mini"), (Beside::Differing, true));
    for same in ["gpt-5.5", "openai/gpt-5.5-2026-10-01", ""] {
        assert_eq!(beside(same), (Beside::Same, false), "{same}");
    }
}

#[test]
fn an_attempt_that_was_turned_away_is_missed_by_nobody() {
    let requests = [ours("", WHEN, 10, 1), lost(WHEN, 0), lost("2026-11-27T10:00:00Z", 9)];
    let day = TheirLine {
        until: Some(at("2026-11-26T00:00:00Z")),
        requests: This(1),
        ..single("", "2026-11-25T00:00:00Z", 10)
    };
    let lines = [day];
    let found = compare(&lines, &requests);
    assert_eq!(found.matched[0].requests, [0], "no vendor counts it in a sum");
    assert_eq!(found.ours_only, [2], "what was paid for is");
    assert_eq!(sums(&found, &lines, &requests).differing, 0);
}
