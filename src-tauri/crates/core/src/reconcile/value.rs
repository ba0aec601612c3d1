//! What a cell says. What cannot be read is unknown, never zero.

use crate::money::{NANO, Usd};
use crate::time::UtcMs;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};

/// The mark a file writes before decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecimalMark {
    /// `1.25`
    Point,
    /// `1,25`
    Comma,
}

/// Unix times above this are milliseconds: in seconds it would be the year 5138.
const SECONDS_MAX: i64 = 100_000_000_000;

const DAY_MS: i64 = 86_400_000;

/// An instant, or a day when no time of day stands there. Vendors count in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum When {
    /// An instant.
    Instant(UtcMs),
    /// A day in UTC, by its first instant.
    Day(UtcMs),
}

impl When {
    /// The first instant.
    pub(super) fn start(self) -> UtcMs {
        match self {
            Self::Instant(at) | Self::Day(at) => at,
        }
    }

    /// The first instant after a day.
    pub(super) fn end(self) -> Option<UtcMs> {
        match self {
            Self::Instant(_) => None,
            Self::Day(at) => Some(at.plus_ms(DAY_MS)),
        }
    }
}

/// Reads RFC 3339, a date and time without a zone, a date, or Unix time in seconds or milliseconds. Dates in which the
/// month cannot be told from the day are unknown.
pub(super) fn when(cell: &str) -> Option<When> {
    if let Some(at) = UtcMs::from_rfc3339(cell) {
        return Some(When::Instant(at));
    }
    if let Ok(number) = cell.parse::<f64>() {
        let ms = if number.abs() < SECONDS_MAX as f64 { number * 1_000.0 } else { number };
        // A year alone is no time.
        return (number >= 1e8 && ms < i64::MAX as f64).then_some(When::Instant(UtcMs(ms as i64)));
    }
    let cell = cell.strip_suffix(" UTC").unwrap_or(cell).replace('/', "-");
    let has_clock = cell.contains(':');
    let wall = if has_clock { cell.parse::<DateTime>().ok()? } else { cell.parse::<Date>().ok()?.at(0, 0, 0, 0) };
    let at: Timestamp = wall.to_zoned(TimeZone::UTC).ok()?.timestamp();
    let at = UtcMs(at.as_millisecond());
    Some(if has_clock { When::Instant(at) } else { When::Day(at) })
}

/// A count of 0 or more.
pub(super) fn count(cell: &str) -> Option<i64> {
    let plain: String = cell.chars().filter(|c| !matches!(c, ',' | '_' | '\'' | ' ' | '\u{a0}' | '\u{202f}')).collect();
    let whole = plain.split_once('.').map_or(
        plain.as_str(),
        |(whole, rest)| {
            if rest.bytes().all(|b| b == b'0') { whole } else { "" }
        },
    );
    whole.parse::<i64>().ok().filter(|n| *n >= 0)
}

/// US dollars, rounded half up to a nano-dollar; below 0 for what was given back.
pub(super) fn cost(cell: &str, mark: DecimalMark) -> Option<Usd> {
    let mark = mark_in(cell).unwrap_or(mark);
    let cell = cell.trim_end_matches("USD").trim();
    let (cell, is_negative) = cell.strip_prefix('-').map_or((cell, false), |rest| (rest, true));
    let cell = cell.trim_start_matches("US").trim_start_matches('$').trim_end_matches('$').trim();
    let plain = match mark {
        DecimalMark::Point => cell.replace([',', ' '], ""),
        DecimalMark::Comma => cell.replace(['.', ' '], "").replace(',', "."),
    };
    let plain = plain.to_ascii_lowercase();
    let decimal: Decimal = plain.parse().or_else(|_| Decimal::from_scientific(&plain)).ok()?;
    let nano = decimal.checked_mul(Decimal::from(NANO))?;
    let nano = nano.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero).to_i64()?;
    Some(Usd(if is_negative { -nano } else { nano }))
}

/// The decimal mark that a cell shows beyond doubt: of two kinds of marks the last one; of one kind when it stands once
/// and does not part thousands, which have three digits behind the mark and something other than a nought before it.
#[must_use]
pub fn mark_in(cell: &str) -> Option<DecimalMark> {
    let named = |mark: char| if mark == ',' { DecimalMark::Comma } else { DecimalMark::Point };
    let (before, after) = cell.rsplit_once([',', '.'])?;
    let last = cell.chars().rev().find(|c| matches!(c, ',' | '.'))?;
    match before.chars().rev().find(|c| matches!(c, ',' | '.')) {
        Some(earlier) => (earlier != last).then(|| named(last)),
        None => {
            let whole: String = before.chars().filter(char::is_ascii_digit).collect();
            let decimals = after.chars().take_while(char::is_ascii_digit).count();
            let is_thousands = decimals == 3 && !whole.is_empty() && !whole.starts_with('0');
            (decimals > 0 && !is_thousands).then(|| named(last))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_decimal_mark_is_the_one_that_a_cell_shows() {
        for (cell, mark) in [
            ("0.0445", Some(DecimalMark::Point)),
            ("0,0445", Some(DecimalMark::Comma)),
            ("0.445", Some(DecimalMark::Point)),
            ("12.5", Some(DecimalMark::Point)),
            ("$1,234.50", Some(DecimalMark::Point)),
            ("1.234,50", Some(DecimalMark::Comma)),
            (".5", Some(DecimalMark::Point)),
            ("1,5e-3", Some(DecimalMark::Comma)),
            ("1.234", None),
            ("1,234", None),
            ("1,234,567", None),
            ("17", None),
            ("", None),
        ] {
            assert_eq!(mark_in(cell), mark, "{cell}");
        }
        assert_eq!(cost("0.0445", DecimalMark::Comma), cost("0,0445", DecimalMark::Point));
        assert_eq!(cost("0.0445", DecimalMark::Comma), Some(Usd(44_500_000)));
        assert_eq!(cost("1.234", DecimalMark::Comma), Some(Usd(1_234 * NANO)));
        assert_eq!(cost("1.234", DecimalMark::Point), Some(Usd(1_234_000_000)));
    }

    #[test]
    fn instants_are_read_in_every_form_vendors_write() {
        let at = UtcMs::from_rfc3339("2026-11-25T10:30:00Z").unwrap();
        for cell in [
            "2026-11-25T10:30:00Z",
            "2026-11-25T11:30:00+01:00",
            "2026-11-25 10:30:00",
            "2026-11-25T10:30:00",
            "2026-11-25 10:30:00 UTC",
            "2026/11/25 10:30",
            "1795602600",
            "1795602600.0",
            "1795602600000",
        ] {
            assert_eq!(when(cell), Some(When::Instant(at)), "{cell}");
        }
        assert_eq!(when("2026-11-25T10:30:00.250Z"), Some(When::Instant(at.plus_ms(250))));
    }

    #[test]
    fn a_date_alone_is_a_day_and_a_doubtful_one_is_unknown() {
        let day = when("2026-11-25").unwrap();
        assert_eq!(day, When::Day(UtcMs::from_rfc3339("2026-11-25T00:00:00Z").unwrap()));
        assert_eq!(day.end(), UtcMs::from_rfc3339("2026-11-26T00:00:00Z"));
        for cell in ["", "11/12/2026", "yesterday", "2026", "20261125", "2026-13-01", "NaN", "inf", "1e400", "-1"] {
            assert_eq!(when(cell), None, "{cell}");
        }
    }

    #[test]
    fn counts_and_costs_keep_every_digit() {
        for cell in ["1234", "1,234", "1_234", "1 234", "1234.0"] {
            assert_eq!(count(cell), Some(1_234), "{cell}");
        }
        for cell in ["", "-1", "1.5", "many", "99999999999999999999"] {
            assert_eq!(count(cell), None, "{cell}");
        }
        let read = |cell, mark| cost(cell, mark).map(|usd| usd.0);
        for cell in ["0.001234567", "$0.001234567", "0.001234567 USD", "1.234567e-03", "1.234567E-3"] {
            assert_eq!(read(cell, DecimalMark::Point), Some(1_234_567), "{cell}");
        }
        assert_eq!(read("1,234.5", DecimalMark::Point), Some(1_234_500_000_000));
        assert_eq!(read("1.234,5", DecimalMark::Comma), Some(1_234_500_000_000));
        assert_eq!(read("0.0000000005", DecimalMark::Point), Some(1), "half a nano-dollar rounds up");
        assert_eq!(read("-$1.5", DecimalMark::Point), Some(-1_500_000_000));
        for cell in ["", "€1", "free", "1e30", "."] {
            assert_eq!(read(cell, DecimalMark::Point), None, "{cell}");
        }
    }
}
