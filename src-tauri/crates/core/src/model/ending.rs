//! The end of a model's life. Vendors switch models off on a day they announce; a call to one that is gone fails, and what
//! was paid before it leads nowhere.

use super::Model;
use crate::time::UtcMs;

/// How long before the end of a model its users are told, in days.
pub const WARNING_DAYS: i64 = 30;

const DAY_MS: i64 = 86_400_000;

impl Model {
    /// Whether its vendor has ended it by `now`. It counts as ended from the first moment of its day, in UTC: which hour
    /// it will be nobody says. A row that is off and names a successor has ended, also where nobody says when.
    #[must_use]
    pub fn has_ended(&self, now: UtcMs) -> bool {
        let is_long_gone = self.retires_on.is_none() && !self.is_active && self.replaced_by.is_some();
        is_long_gone || self.is_past_its_end(now)
    }

    /// Whether the day it ends on has come. Of a row that calls are held under this is all that counts: it may be off
    /// because another price has taken its place.
    #[must_use]
    pub fn is_past_its_end(&self, now: UtcMs) -> bool {
        self.retires_on.is_some_and(|end| end <= now)
    }

    /// Whether it has not ended by `now` and will within [`WARNING_DAYS`].
    #[must_use]
    pub fn ends_soon(&self, now: UtcMs) -> bool {
        let limit = now.plus_ms(WARNING_DAYS * DAY_MS);
        !self.has_ended(now) && self.retires_on.is_some_and(|end| end <= limit)
    }
}

#[cfg(test)]
mod tests {
    use crate::model::Model;
    use crate::model::tests::text_model;
    use crate::time::UtcMs;

    #[test]
    fn a_model_ends_with_the_first_moment_of_its_day() {
        let at = |text: &str| UtcMs::from_rfc3339(text).unwrap();
        let model = Model { retires_on: Some(at("2026-12-11T00:00:00Z")), ..text_model() };
        let state = |text: &str| (model.ends_soon(at(text)), model.has_ended(at(text)));
        assert_eq!(state("2026-11-10T23:59:59Z"), (false, false), "more than thirty days before");
        assert_eq!(state("2026-11-11T00:00:00Z"), (true, false));
        assert_eq!(state("2026-12-10T23:59:59Z"), (true, false));
        assert_eq!(state("2026-12-11T00:00:00Z"), (false, true));
    }

    #[test]
    fn a_row_that_is_off_for_a_successor_has_ended_and_one_that_is_merely_off_has_not() {
        let off = Model { is_active: false, ..text_model() };
        assert!(!off.has_ended(UtcMs(0)) && !off.ends_soon(UtcMs(0)));
        assert!(Model { replaced_by: Some("m2".to_owned()), ..off.clone() }.has_ended(UtcMs(0)));
        let on = Model { is_active: true, replaced_by: Some("m2".to_owned()), ..off };
        assert!(!on.has_ended(UtcMs(0)), "whoever adds it again means it");
    }
}
