//! What a credit was worth, and when. A usage record carries the value of its credits at the price of its time; the
//! ledger notes each price with the transfer after which it counts, and here the records are held against those notes.
//!
//! A unit takes the price when it is prepared, before its hold, so that a price which was replaced just before the hold
//! is right as well. Records from before the first note (a file that an earlier version made) have only to be worth some
//! price.

use crate::ledger::PRICE_NOTES;
use crate::{Read, StoreError};

/// Micro-credits in a credit.
const MICRO: i128 = 1_000_000;

/// The noted prices, oldest first.
#[derive(Debug)]
pub(super) struct Worth {
    /// The newest transfer at the time, and nano-dollars a credit.
    notes: Vec<(i64, i64)>,
}

impl Worth {
    /// Reads the notes.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub(super) fn of(read: &Read<'_>) -> Result<Self, StoreError> {
        let stored = read.setting(PRICE_NOTES)?;
        let notes = stored.and_then(|json| serde_json::from_str(&json).ok()).unwrap_or_default();
        Ok(Self { notes })
    }

    /// The value that a record should carry when it carries another, nano-dollars. The record is of a call that was held
    /// for with one transfer and charged with another.
    pub(super) fn missed(&self, credits: i64, value: i64, held: i64, charged: i64) -> Option<i64> {
        let in_force = |seq: i64| self.notes.iter().rposition(|(after, _)| *after < seq);
        let Some(last) = in_force(charged) else { return some_price_missed(credits, value) };
        let first = in_force(held)?;
        let valid = self.notes.get(first.saturating_sub(1)..=last).unwrap_or_default();
        if valid.iter().any(|(_, price)| value_at(credits, *price) == value) {
            return None;
        }
        valid.last().map(|(_, price)| value_at(credits, *price))
    }
}

/// As [`Worth::missed`], where no price is known: a value that is that of no price at all.
fn some_price_missed(credits: i64, value: i64) -> Option<i64> {
    let fits = match credits {
        0 => value == 0,
        _ => {
            let about = i64::try_from(i128::from(value) * MICRO / i128::from(credits)).unwrap_or(i64::MAX);
            [about, about.saturating_add(1)].iter().any(|price| value_at(credits, *price) == value)
        }
    };
    (!fits).then_some(0)
}

fn value_at(credits: i64, price: i64) -> i64 {
    i64::try_from((i128::from(credits) * i128::from(price) + MICRO / 2) / MICRO).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::Worth;

    const CREDIT: i64 = 1_000_000;

    #[test]
    fn a_value_is_at_a_price_that_was_in_force() {
        let worth = Worth { notes: vec![(0, 10), (20, 30), (40, 50)] };
        assert_eq!(worth.missed(7 * CREDIT, 70, 5, 6), None);
        assert_eq!(worth.missed(7 * CREDIT, 700, 5, 6), Some(70));
        assert_eq!(worth.missed(7 * CREDIT, 210, 5, 6), Some(70), "a price that came later");
        for value in [70, 210] {
            assert_eq!(worth.missed(7 * CREDIT, value, 19, 25), None, "changed while the call was under way");
            assert_eq!(worth.missed(7 * CREDIT, value, 21, 25), None, "changed between preparing and holding");
        }
        assert_eq!(worth.missed(7 * CREDIT, 70, 41, 45), Some(350), "a price of long ago");
    }

    #[test]
    fn what_was_before_the_first_note_is_worth_some_price() {
        let worth = Worth { notes: vec![(100, 10)] };
        assert_eq!(worth.missed(3 * CREDIT, 30, 5, 6), None);
        assert_eq!(worth.missed(3 * CREDIT, 31, 5, 6), Some(0), "no price gives 31 for three");
        assert_eq!(worth.missed(0, 1, 5, 6), Some(0));
        assert_eq!(worth.missed(3 * CREDIT, 30, 101, 102), None);
        assert_eq!(worth.missed(3 * CREDIT, 31, 101, 102), Some(30));
        assert_eq!(worth.missed(3 * CREDIT, 300, 99, 102), None, "prepared before anything was noted");
    }
}
