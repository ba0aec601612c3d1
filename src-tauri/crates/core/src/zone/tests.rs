//! Hours on the wall where a zone has them once, twice, and not at all.

use super::*;

fn at(text: &str) -> UtcMs {
    UtcMs::from_rfc3339(text).unwrap()
}

fn timed(zone: &str, wall: &str) -> (String, Fit) {
    let timed = Zone::named(zone).resolve(wall.parse().unwrap());
    (timed.at.to_rfc3339(), timed.fit)
}

#[test]
fn a_time_that_clocks_leave_out_is_the_first_after_the_gap_and_one_that_comes_twice_its_first() {
    let berlin = |wall| timed("Europe/Berlin", wall);
    assert_eq!(berlin("2027-03-28T01:59"), ("2027-03-28T00:59:00Z".to_owned(), Fit::Exact));
    for left_out in ["2027-03-28T02:00", "2027-03-28T02:30", "2027-03-28T02:59"] {
        assert_eq!(berlin(left_out), ("2027-03-28T01:00:00Z".to_owned(), Fit::Skipped), "{left_out}");
    }
    assert_eq!(berlin("2027-03-28T03:00"), ("2027-03-28T01:00:00Z".to_owned(), Fit::Exact));
    assert_eq!(berlin("2027-10-31T02:30"), ("2027-10-31T00:30:00Z".to_owned(), Fit::Repeated));
    assert_eq!(berlin("2027-10-31T03:00"), ("2027-10-31T02:00:00Z".to_owned(), Fit::Exact));
    // Clocks go from 23:59 to 01:00 that night.
    let cairo = timed("Africa/Cairo", "2024-04-26T00:15");
    assert_eq!(cairo, ("2024-04-25T22:00:00Z".to_owned(), Fit::Skipped));
    // A day that was left out as a whole.
    assert_eq!(timed("Pacific/Apia", "2011-12-30T09:00"), ("2011-12-30T10:00:00Z".to_owned(), Fit::Skipped));
}

#[test]
fn a_day_begins_with_its_first_instant() {
    let cairo = Zone::named("Africa/Cairo");
    assert_eq!(cairo.begin(CalendarDay::read("2024-04-26").unwrap()), at("2024-04-25T22:00:00Z"));
    assert_eq!(Zone::named("No/Where").begin(CalendarDay::read("2026-11-27").unwrap()), at("2026-11-27T00:00:00Z"));
}

#[test]
fn times_days_and_weeks_are_read_as_they_are_shown() {
    for text in ["00:00", "09:05", "23:59"] {
        assert_eq!(text.parse::<ClockTime>().unwrap().to_string(), text);
    }
    for text in ["", "9:05", "24:00", "09:60", "09:5", "+9:05", "09:05:00", "ab:cd"] {
        assert_eq!(text.parse::<ClockTime>(), Err(NotAWallTime), "{text}");
    }
    let wall: Wall = "2026-11-27T09:30".parse().unwrap();
    assert_eq!((wall.to_string(), wall.time.minutes()), ("2026-11-27T09:30".to_owned(), 570));
    for text in ["2026-11-27", "2026-13-01T09:30", "2026-11-27 09:30", "2026-11-27T9:30", "26-11-27T09:30"] {
        assert_eq!(text.parse::<Wall>(), Err(NotAWallTime), "{text}");
    }
    assert_eq!(serde_json::to_string(&wall.time).unwrap(), "\"09:30\"");
    assert!(serde_json::from_str::<ClockTime>("\"25:00\"").is_err(), "a stored time is checked as well");
}

#[test]
fn days_are_counted_over_months_years_and_weeks() {
    let day = |text| CalendarDay::read(text).unwrap();
    assert_eq!(day("2026-12-31").plus_days(1), day("2027-01-01"));
    assert_eq!(day("2028-03-01").plus_days(-1), day("2028-02-29"));
    assert_eq!(day("2027-01-01").days_since(day("2026-11-27")), 35);
    assert_eq!(day("2026-11-27").days_since(day("2027-01-01")), -35);
    assert_eq!(day("2026-11-29").monday(), day("2026-11-23"), "a week ends with its Sunday");
    assert_eq!(day("2026-11-23").monday(), day("2026-11-23"));
    assert_eq!((day("2026-11-27").first_of_month(), day("2028-02-10").of_month()), (day("2026-11-01"), (10, 29)));
    assert!(Weekdays::WORKING.has(day("2026-11-27")) && !Weekdays::WORKING.has(day("2026-11-28")));
    assert_eq!((Weekdays::of_bits(127), Weekdays::of_bits(128)), (Some(Weekdays::ALL), None));
    assert!(day("2026-11-27").plus_days(i64::MAX) > day("9999-01-01"), "held at the end of the calendar");
}
