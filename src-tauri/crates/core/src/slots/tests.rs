//! Slots on both sides of midnight, of summer time, and of what is taken already.

use super::*;
use crate::zone::{Fit, Weekdays};
use proptest::prelude::*;
use proptest::sample::select;
use std::collections::BTreeMap;

const HOUR_MS: i64 = 3_600_000;

fn at(text: &str) -> UtcMs {
    UtcMs::from_rfc3339(text).unwrap()
}

fn clock(text: &str) -> ClockTime {
    text.parse().unwrap()
}

fn rules(rhythm: Rhythm) -> SlotRules {
    SlotRules { rhythm, limits: Limits::default(), queue_limit: 0 }
}

fn twice_a_working_day() -> SlotRules {
    rules(Rhythm::TimeSlots { days: Weekdays::WORKING, times: vec![clock("15:00"), clock("09:00")] })
}

fn walls(rules: &SlotRules, booked: &Booked, now: &str, count: usize) -> Vec<String> {
    let slots = next_free(rules, &Zone::named("Europe/Berlin"), booked, at(now), None, count);
    slots.free.iter().map(|slot| slot.wall.to_string()).collect()
}

fn nobody() -> Booked {
    Booked::default()
}

#[test]
fn chosen_times_of_chosen_days_are_taken_in_their_order() {
    // A Friday, 14:30 in Berlin.
    let found = walls(&twice_a_working_day(), &nobody(), "2026-11-27T13:30:00Z", 3);
    assert_eq!(found, ["2026-11-27T15:00", "2026-11-30T09:00", "2026-11-30T15:00"]);
    let at_the_time = walls(&twice_a_working_day(), &nobody(), "2026-11-27T14:00:00Z", 1);
    assert_eq!(at_the_time, ["2026-11-30T09:00"], "the minute at hand is not ahead");
}

#[test]
fn what_is_on_the_calendar_is_free_for_nobody_else() {
    let booked = Booked { at: vec![at("2026-11-27T14:00:40Z"), at("2026-11-30T08:01:00Z")], waiting: 2 };
    let found = walls(&twice_a_working_day(), &booked, "2026-11-27T13:30:00Z", 2);
    assert_eq!(found, ["2026-11-30T09:00", "2026-11-30T15:00"], "to the minute, and beside a time is not on it");
}

#[test]
fn an_interval_counts_from_its_anchor_and_does_not_drift() {
    let every = |every_days, anchor| {
        let anchor = CalendarDay::read(anchor).unwrap();
        rules(Rhythm::Interval { every_days, anchor, time: clock("08:00") })
    };
    let now = "2026-11-27T13:30:00Z";
    let third = ["2026-11-28T08:00", "2026-12-01T08:00", "2026-12-04T08:00"];
    assert_eq!(walls(&every(3, "2026-11-25"), &nobody(), now, 3), third);
    assert_eq!(walls(&every(3, "2027-02-02"), &nobody(), now, 3), third, "an anchor ahead is one all the same");
    assert_eq!(walls(&every(1, "2026-11-27"), &nobody(), now, 1), ["2026-11-28T08:00"]);
    assert_eq!(walls(&every(7, "2026-11-23"), &nobody(), now, 2), ["2026-11-30T08:00", "2026-12-07T08:00"]);
}

#[test]
fn articles_are_staggered_over_a_part_of_the_day() {
    let rhythm =
        Rhythm::Stagger { days: Weekdays::ALL, from: clock("09:00"), until: clock("10:00"), every_minutes: 25 };
    let found = walls(&rules(rhythm), &nobody(), "2026-11-27T08:10:00Z", 4);
    assert_eq!(found, ["2026-11-27T09:25", "2026-11-27T09:50", "2026-11-28T09:00", "2026-11-28T09:25"]);
}

#[test]
fn at_once_is_the_next_minute_and_past_a_limit_the_same_time_of_another_day() {
    let mut at_once = rules(Rhythm::Immediate);
    let now = "2026-11-27T09:30:20Z";
    assert_eq!(walls(&at_once, &nobody(), now, 2), ["2026-11-27T10:31", "2026-11-27T10:32"]);
    at_once.limits.per_day = 1;
    assert_eq!(walls(&at_once, &nobody(), now, 2), ["2026-11-27T10:31", "2026-11-28T10:31"]);
    assert_eq!(walls(&at_once, &nobody(), "2026-11-27T22:59:30Z", 1), ["2026-11-28T00:00"], "the last minute of a day");
}

#[test]
fn limits_are_those_of_the_sites_days_weeks_and_months() {
    let mut daily = rules(Rhythm::TimeSlots { days: Weekdays::ALL, times: vec![clock("09:00"), clock("15:00")] });
    daily.limits = Limits { per_day: 1, per_week: 3, per_month: 4 };
    let found = walls(&daily, &nobody(), "2026-11-27T05:00:00Z", 7);
    let month_and_week = [
        "2026-11-27T09:00",
        "2026-11-28T09:00",
        "2026-11-29T09:00",
        "2026-11-30T09:00",
        "2026-12-01T09:00",
        "2026-12-02T09:00",
        "2026-12-07T09:00",
    ];
    assert_eq!(found, month_and_week, "three a week, four a month");
    // 23:30 in UTC is the next day in Berlin.
    let booked = Booked { at: vec![at("2026-11-27T23:30:00Z")], waiting: 0 };
    let found = walls(&daily, &booked, "2026-11-27T05:00:00Z", 2);
    assert_eq!(found, ["2026-11-27T09:00", "2026-11-29T09:00"]);
}

#[test]
fn a_full_queue_and_a_rule_that_leads_nowhere_say_so() {
    let berlin = Zone::named("Europe/Berlin");
    let now = at("2026-11-27T13:30:00Z");
    let mut full = twice_a_working_day();
    full.queue_limit = 3;
    let booked = Booked { at: vec![], waiting: 1 };
    let slots = next_free(&full, &berlin, &booked, now, None, 5);
    assert_eq!((slots.free.len(), slots.ended), (2, Some(NoSlot::QueueFull)));
    let past = next_free(&full, &berlin, &Booked { at: vec![], waiting: 9 }, now, None, 1);
    assert_eq!((past.free.len(), past.ended), (0, Some(NoSlot::QueueFull)), "more than may, by hand");
    let never = rules(Rhythm::TimeSlots { days: Weekdays::ALL, times: vec![] });
    let slots = next_free(&never, &berlin, &nobody(), now, None, 1);
    assert_eq!((slots.free.len(), slots.ended), (0, Some(NoSlot::TooFar)));
    assert_eq!(never.check(), Err(BadRules { field: "times", rule: "required" }));
}

#[test]
fn times_that_clocks_leave_out_are_one_slot_and_those_that_come_twice_are_their_first() {
    let quarters = ["01:45", "02:00", "02:15", "02:30", "03:00", "03:15"];
    let times: Vec<ClockTime> = quarters.iter().map(|text| clock(text)).collect();
    let nightly = rules(Rhythm::TimeSlots { days: Weekdays::ALL, times });
    let berlin = Zone::named("Europe/Berlin");
    let spring = next_free(&nightly, &berlin, &nobody(), at("2027-03-28T00:00:00Z"), None, 3).free;
    let shown: Vec<(String, Fit)> = spring.iter().map(|slot| (slot.at.to_rfc3339(), slot.fit)).collect();
    let expected = [
        ("2027-03-28T00:45:00Z", Fit::Exact),
        ("2027-03-28T01:00:00Z", Fit::Skipped),
        ("2027-03-28T01:15:00Z", Fit::Exact),
    ];
    assert_eq!(shown, expected.map(|(at, fit)| (at.to_owned(), fit)));
    let autumn = next_free(&nightly, &berlin, &nobody(), at("2027-10-30T23:30:00Z"), None, 6).free;
    let shown: Vec<String> = autumn.iter().map(|slot| slot.at.to_rfc3339()).collect();
    let once = ["23:45", "00:00", "00:15", "00:30", "02:00", "02:15"];
    let days = ["2027-10-30", "2027-10-31", "2027-10-31", "2027-10-31", "2027-10-31", "2027-10-31"];
    let expected: Vec<String> = days.iter().zip(once).map(|(day, time)| format!("{day}T{time}:00Z")).collect();
    assert_eq!(shown, expected);
}

#[test]
fn rules_that_no_article_could_go_out_by_are_refused() {
    let stagger = |from: &str, until: &str, every_minutes| {
        let (from, until) = (clock(from), clock(until));
        rules(Rhythm::Stagger { days: Weekdays::ALL, from, until, every_minutes }).check().map_err(|bad| bad.rule)
    };
    assert_eq!(stagger("09:00", "09:00", 1), Ok(()));
    assert_eq!(stagger("09:00", "08:59", 1), Err("before_start"));
    assert_eq!(stagger("09:00", "18:00", 0), Err("range"));
    let anchor = CalendarDay::read("2026-11-27").unwrap();
    let every = |every_days| rules(Rhythm::Interval { every_days, anchor, time: clock("09:00") }).check().is_ok();
    assert_eq!((every(0), every(1), every(366), every(367)), (false, true, true, false));
    let mut limited = rules(Rhythm::Immediate);
    limited.limits.per_week = 10_001;
    assert_eq!(limited.check(), Err(BadRules { field: "perWeek", rule: "range" }));
}

fn any_rhythm() -> impl Strategy<Value = Rhythm> {
    let time = (0..DAY_MINUTES).prop_map(|minutes| ClockTime::of_minutes(minutes).unwrap());
    let days = (1_u8..=127).prop_map(|bits| Weekdays::of_bits(bits).unwrap());
    let anchor = (-400_i64..400).prop_map(|days| CalendarDay::read("2026-11-27").unwrap().plus_days(days));
    prop_oneof![
        Just(Rhythm::Immediate),
        (1_u16..20, anchor, time.clone()).prop_map(|(every_days, anchor, time)| Rhythm::Interval {
            every_days,
            anchor,
            time
        }),
        (days.clone(), prop::collection::vec(time.clone(), 1..6))
            .prop_map(|(days, times)| Rhythm::TimeSlots { days, times }),
        (days, time.clone(), time, 1_u16..300).prop_map(|(days, one, other, every_minutes)| {
            let (from, until) = (one.min(other), one.max(other));
            Rhythm::Stagger { days, from, until, every_minutes }
        }),
    ]
}

fn any_zone() -> impl Strategy<Value = &'static str> {
    select(vec!["Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "Africa/Cairo", "UTC"])
}

/// The first day of the span that a day lies in.
type SpanOf = fn(CalendarDay) -> CalendarDay;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn no_slot_is_given_away_twice_lies_in_the_past_or_passes_a_limit(
        rhythm in any_rhythm(),
        limits in (0_u32..4, 0_u32..8, 0_u32..20),
        queue_limit in 0_u32..20,
        zone in any_zone(),
        // Two years with their changes of the clock.
        now in 1_795_000_000_000_i64..1_858_000_000_000,
        booked in prop::collection::vec(0_i64..2_000, 0..12),
        waiting in 0_u32..8,
        count in 1_usize..25,
    ) {
        let (per_day, per_week, per_month) = limits;
        let rules = SlotRules { rhythm, limits: Limits { per_day, per_week, per_month }, queue_limit };
        let (zone, now) = (Zone::named(zone), UtcMs(now));
        let booked = Booked { at: booked.iter().map(|hours| now.plus_ms((hours - 500) * HOUR_MS)).collect(), waiting };
        let slots = next_free(&rules, &zone, &booked, now, None, count);
        prop_assert_eq!(&slots, &next_free(&rules, &zone, &booked, now, None, count), "the same answer twice");
        prop_assert!(slots.free.iter().all(|slot| slot.at > now), "none is past");
        prop_assert!(slots.free.windows(2).all(|pair| pair[0].at < pair[1].at), "each once, in order");
        prop_assert!(slots.free.iter().all(|slot| !booked.at.contains(&slot.at)), "none is taken");
        prop_assert!(slots.free.iter().all(|slot| zone.resolve(slot.wall) == *slot), "each is what its wall says");
        prop_assert_eq!(slots.free.len() == count, slots.ended.is_none());
        if queue_limit > 0 {
            prop_assert!(waiting + u32::try_from(slots.free.len()).unwrap() <= queue_limit.max(waiting));
        }
        let spans: [(u32, SpanOf); 3] =
            [(per_day, |day| day), (per_week, CalendarDay::monday), (per_month, CalendarDay::first_of_month)];
        for (limit, span) in spans {
            let mut before: BTreeMap<CalendarDay, u32> = BTreeMap::new();
            for at in &booked.at {
                *before.entry(span(zone.wall(*at).day)).or_default() += 1;
            }
            let mut after = before.clone();
            for slot in &slots.free {
                *after.entry(span(zone.wall(slot.at).day)).or_default() += 1;
            }
            for (day, count) in &after {
                let had = before.get(day).copied().unwrap_or_default();
                prop_assert!(limit == 0 || *count <= limit.max(had), "{count} in the span of {day}, {limit} may");
            }
        }
        // Asked for one by one, as the articles come, the answer is the same.
        let (mut one_by_one, mut growing) = (Vec::new(), booked.clone());
        for _ in 0..count {
            let Some(slot) = next_free(&rules, &zone, &growing, now, None, 1).free.pop() else { break };
            growing.at.push(slot.at);
            growing.waiting += 1;
            one_by_one.push(slot);
        }
        prop_assert_eq!(one_by_one, slots.free);
    }
}
