//! Cursors that are none, and pages at their limits.

use super::{page, rows_asked, start, words};
use crate::StoreError;
use crate::table::list::PAGE_ROWS_MAX;
use igny8_core::time::UtcMs;

/// A page of numbers that happened at their own instant.
fn numbers(cursor: Option<&str>, rows: Vec<i64>, limit: u32) -> crate::table::list::Page<i64> {
    let start = start::<i64>(cursor).unwrap();
    page(&start, rows, limit, || Ok(9), |row| (UtcMs(*row), *row)).unwrap()
}

#[test]
fn a_cursor_is_the_last_row_and_the_total() {
    let first = numbers(None, vec![7, 6, 5], 2);
    assert_eq!(
        (first.rows.as_slice(), first.next_cursor.as_deref(), first.total),
        ([7, 6].as_slice(), Some("6:6:9"), 9)
    );
    let next = start::<i64>(Some("6:6:4")).unwrap();
    assert_eq!((next.at, next.id), (6, Some(6)));
    assert_eq!(numbers(Some("6:6:4"), vec![5], 2).total, 4, "only the first page counts");
}

#[test]
fn the_last_page_has_no_cursor() {
    assert_eq!(numbers(None, vec![7, 6], 2).next_cursor, None);
    assert_eq!(numbers(None, vec![], 2).next_cursor, None);
}

#[test]
fn what_is_no_cursor_is_refused() {
    for text in ["", ":", "::", "7", "7:7", "x:7:9", "7:x:9", "7:7:x", "7:7:-1", "7:7:9:9", "[\"volume\",true]"] {
        let refused = start::<i64>(Some(text)).err();
        assert_eq!(refused, Some(StoreError::BadQuery("cursor".to_owned())), "{text:?}");
    }
}

#[test]
fn a_page_has_at_least_one_row_and_at_most_the_limit() {
    assert_eq!((rows_asked(0), rows_asked(1), rows_asked(u32::MAX)), (2, 2, PAGE_ROWS_MAX + 1));
    assert_eq!(numbers(None, vec![7, 6], 0).rows, [7]);
}

#[test]
fn words_are_a_json_list() {
    assert_eq!(words(["a", "b\"c"].into_iter()), r#"["a","b\"c"]"#);
    assert_eq!(words(std::iter::empty()), "[]");
}
