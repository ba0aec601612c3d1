//! How many articles go out on each day, in each week and in each month of a calendar.

use super::Limits;
use crate::time::CalendarDay;
use std::collections::BTreeMap;

/// Counts, each by the first day of its span.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally {
    days: BTreeMap<CalendarDay, u32>,
    weeks: BTreeMap<CalendarDay, u32>,
    months: BTreeMap<CalendarDay, u32>,
}

impl Tally {
    /// Counts one more on a day.
    pub fn add(&mut self, day: CalendarDay) {
        for (counts, span) in
            [(&mut self.days, day), (&mut self.weeks, day.monday()), (&mut self.months, day.first_of_month())]
        {
            let count = counts.entry(span).or_default();
            *count = count.saturating_add(1);
        }
    }

    /// Whether limits leave room for one more on a day.
    pub fn has_room(&self, day: CalendarDay, limits: Limits) -> bool {
        let spans = [
            (&self.days, day, limits.per_day),
            (&self.weeks, day.monday(), limits.per_week),
            (&self.months, day.first_of_month(), limits.per_month),
        ];
        let mut spans = spans.into_iter();
        spans.all(|(counts, span, limit)| limit == 0 || counts.get(&span).is_none_or(|count| *count < limit))
    }
}
