//! What a cell says of how much. What cannot be read is neither zero nor silence: it is said to be unreadable, and why.

use super::cell::{Said, Unreadable};
use crate::money::{NANO, USD_MAX, Usd};
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

impl DecimalMark {
    const fn of(mark: char) -> Self {
        if mark == ',' { Self::Comma } else { Self::Point }
    }

    const fn as_char(self) -> char {
        match self {
            Self::Point => '.',
            Self::Comma => ',',
        }
    }
}

/// What stands before or behind a number that is in US dollars, in capitals.
const DOLLARS: [&str; 5] = ["", "$", "US$", "USD", "USD$"];

/// A count of 0 or more. A count has no decimals, so three digits behind a mark are thousands unless the file has shown
/// that it writes decimals with it.
pub(super) fn count(cell: &str, mark: Option<DecimalMark>) -> Said<i64> {
    if cell.is_empty() {
        return Said::Nothing;
    }
    let thousands = || match marks(cell).as_slice() {
        [one] => Some(if *one == ',' { DecimalMark::Point } else { DecimalMark::Comma }),
        _ => None,
    };
    let read = number(cell, mark.or_else(thousands)).and_then(|decimal| {
        let is_count = decimal.fract().is_zero() && !decimal.is_sign_negative();
        let whole = is_count.then_some(decimal).ok_or(Unreadable::NotACount)?;
        whole.to_i64().ok_or(Unreadable::OutOfRange)
    });
    read.into()
}

/// US dollars, rounded half up to a nano-dollar; below 0 for what was given back. `currency` is the row's own, empty
/// when it names none. `mark` is the file's, `None` when it shows none.
pub(super) fn cost(cell: &str, currency: &str, mark: Option<DecimalMark>) -> Said<Usd> {
    if cell.is_empty() {
        return Said::Nothing;
    }
    dollars(cell, currency, mark).into()
}

fn dollars(cell: &str, currency: &str, mark: Option<DecimalMark>) -> Result<Usd, Unreadable> {
    let is_digit = |c: char| c.is_ascii_digit();
    let (Some(_), Some(last)) = (cell.find(is_digit), cell.rfind(is_digit)) else { return Err(Unreadable::NotANumber) };
    let (front, unit_behind) = cell.split_at(last + 1);
    let first = front.find(|c: char| is_digit(c) || matches!(c, '.' | ',')).unwrap_or(last);
    let (unit_before, digits) = front.split_at(first);
    let is_negative = unit_before.matches('-').count() == 1;
    let unit_before = unit_before.replacen('-', "", 1);
    for unit in [unit_before.trim(), unit_behind.trim(), currency.trim()] {
        let unit = unit.to_uppercase();
        if !DOLLARS.contains(&unit.as_str()) {
            return Err(if is_currency(&unit) { Unreadable::OtherCurrency } else { Unreadable::NotANumber });
        }
    }
    let decimal = number(digits, mark)?;
    let nano = decimal.checked_mul(Decimal::from(NANO)).ok_or(Unreadable::OutOfRange)?;
    let nano = nano.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero).to_i64();
    let nano = nano.filter(|nano| *nano <= USD_MAX.0).ok_or(Unreadable::OutOfRange)?;
    Ok(Usd(if is_negative { -nano } else { nano }))
}

/// Whether a word stands for a currency: its sign, its code, or somebody else's dollars.
fn is_currency(unit: &str) -> bool {
    let has_sign = unit.chars().any(|c| matches!(c, '$' | '€' | '£' | '¥' | '\u{20a0}'..='\u{20cf}'));
    has_sign || (unit.len() == 3 && unit.bytes().all(|b| b.is_ascii_uppercase()))
}

/// A number with thousands and decimals parted by any of the usual marks.
fn number(cell: &str, mark: Option<DecimalMark>) -> Result<Decimal, Unreadable> {
    let plain: String = cell.chars().filter(|c| !matches!(c, '_' | '\'' | '’' | ' ' | '\u{a0}' | '\u{202f}')).collect();
    let plain = plain.to_ascii_lowercase();
    let (mantissa, _) = plain.split_once('e').unwrap_or((&plain, ""));
    let decimals = match marks(mantissa).as_slice() {
        [] => None,
        // Several times the same mark: decimals begin once.
        [first, rest @ ..] if !rest.is_empty() && rest.iter().all(|mark| mark == first) => None,
        [_] => Some(mark_in(mantissa).or(mark).ok_or(Unreadable::AmbiguousNumber)?.as_char()),
        [.., last] => Some(*last),
    };
    let (whole, fraction) = decimals.and_then(|mark| plain.rsplit_once(mark)).unwrap_or((&plain, ""));
    let whole = joined(whole)?;
    let text = if fraction.is_empty() { whole } else { format!("{whole}.{fraction}") };
    if !text.bytes().any(|b| b.is_ascii_digit()) {
        return Err(Unreadable::NotANumber);
    }
    text.parse().or_else(|_| Decimal::from_scientific(&text)).map_err(|_| {
        let is_number = text.bytes().all(|b| b.is_ascii_digit() || b == b'.') || text.parse::<f64>().is_ok();
        if is_number { Unreadable::OutOfRange } else { Unreadable::NotANumber }
    })
}

/// The whole part without its thousands' marks, which stand before three digits each and are all the same.
fn joined(whole: &str) -> Result<String, Unreadable> {
    let mut groups = whole.split([',', '.']);
    let first = groups.next().unwrap_or_default();
    let rest: Vec<&str> = groups.collect();
    let is_same = marks(whole).windows(2).all(|pair| pair.first() == pair.last());
    let is_led = rest.is_empty() || (1..=3).contains(&first.trim_start_matches('-').len());
    if is_same && is_led && rest.iter().all(|group| group.len() == 3) {
        Ok(format!("{first}{}", rest.concat()))
    } else {
        Err(Unreadable::NotANumber)
    }
}

fn marks(cell: &str) -> Vec<char> {
    cell.chars().filter(|c| matches!(c, ',' | '.')).collect()
}

/// The decimal mark that a cell shows beyond doubt: of two kinds of marks the last one; of one kind when it stands once
/// and does not part thousands, which have three digits behind the mark and something other than a nought before it.
#[must_use]
pub fn mark_in(cell: &str) -> Option<DecimalMark> {
    let (before, after) = cell.rsplit_once([',', '.'])?;
    let last = cell.chars().rev().find(|c| matches!(c, ',' | '.'))?;
    match before.chars().rev().find(|c| matches!(c, ',' | '.')) {
        Some(earlier) => (earlier != last).then(|| DecimalMark::of(last)),
        None => {
            let whole: String = before.chars().filter(char::is_ascii_digit).collect();
            let decimals = after.chars().take_while(char::is_ascii_digit).count();
            let is_thousands = decimals == 3 && (1..=3).contains(&whole.len()) && !whole.starts_with('0');
            (decimals > 0 && !is_thousands).then(|| DecimalMark::of(last))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use DecimalMark::{Comma, Point};

    fn nano(cell: &str, mark: Option<DecimalMark>) -> Said<i64> {
        cost(cell, "", mark).map(|usd| usd.0)
    }

    #[test]
    fn the_decimal_mark_is_the_one_that_a_cell_shows() {
        for (cell, mark) in [
            ("0.0445", Some(Point)),
            ("0,0445", Some(Comma)),
            ("0.445", Some(Point)),
            ("12.5", Some(Point)),
            ("$1,234.50", Some(Point)),
            ("1.234,50", Some(Comma)),
            (".5", Some(Point)),
            ("1,5e-3", Some(Comma)),
            ("1234.567", Some(Point)),
            ("1.234", None),
            ("1,234", None),
            ("1,234,567", None),
            ("17", None),
            ("", None),
        ] {
            assert_eq!(mark_in(cell), mark, "{cell}");
        }
        assert_eq!(nano("0.0445", Some(Comma)), nano("0,0445", Some(Point)));
        assert_eq!(nano("0.0445", Some(Comma)), Said::This(44_500_000));
        assert_eq!(nano("1.234", Some(Comma)), Said::This(1_234 * NANO));
        assert_eq!(nano("1.234", Some(Point)), Said::This(1_234_000_000));
        assert_eq!(
            nano("1.234", None),
            Said::Unreadable(Unreadable::AmbiguousNumber),
            "dollars, or a thousand of them"
        );
        assert_eq!(nano("1,234,567", None), Said::This(1_234_567 * NANO), "no number has two decimal marks");
    }

    #[test]
    fn counts_keep_every_digit_and_are_whole() {
        for cell in ["1234", "1,234", "1_234", "1 234", "1234.0", "1\u{202f}234", "1'234"] {
            assert_eq!(count(cell, Some(Point)), Said::This(1_234), "{cell}");
        }
        for cell in ["1.234", "1,234"] {
            assert_eq!(count(cell, None), Said::This(1_234), "{cell}: a count has no decimals");
        }
        assert_eq!(count("1.234", Some(Comma)), Said::This(1_234));
        assert_eq!(count("1.234.567", Some(Comma)), Said::This(1_234_567));
        assert_eq!(count("", None), Said::Nothing, "silence is not a count that cannot be read");
        for (cell, why) in [
            ("1.234", Unreadable::NotACount),
            ("-1", Unreadable::NotACount),
            ("1.5", Unreadable::NotACount),
            ("abc", Unreadable::NotANumber),
            ("n/a", Unreadable::NotANumber),
            ("12,34", Unreadable::NotACount),
            ("1,2,34", Unreadable::NotANumber),
            ("99999999999999999999", Unreadable::OutOfRange),
            ("99999999999999999999999999999999", Unreadable::OutOfRange),
        ] {
            assert_eq!(count(cell, Some(Point)), Said::Unreadable(why), "{cell}");
        }
    }

    #[test]
    fn costs_keep_every_digit() {
        for cell in ["0.001234567", "$0.001234567", "0.001234567 USD", "US$ 0.001234567", "1.234567e-03", "1.234567E-3"]
        {
            assert_eq!(nano(cell, Some(Point)), Said::This(1_234_567), "{cell}");
        }
        assert_eq!(nano("1,234.56", Some(Point)), Said::This(1_234_560_000_000));
        assert_eq!(nano("1.234,5", Some(Comma)), Said::This(1_234_500_000_000));
        assert_eq!(nano("0.0000000005", Some(Point)), Said::This(1), "half a nano-dollar rounds up");
        assert_eq!(nano("-$1.5", Some(Point)), Said::This(-1_500_000_000));
        assert_eq!(nano("$-1.5", Some(Point)), Said::This(-1_500_000_000));
        assert_eq!(cost("1.5", "usd", Some(Point)), Said::This(Usd(1_500_000_000)));
    }

    #[test]
    fn a_cost_that_cannot_be_read_says_why() {
        assert_eq!(nano("", Some(Point)), Said::Nothing);
        for (cell, why) in [
            ("n/a", Unreadable::NotANumber),
            ("free", Unreadable::NotANumber),
            (".", Unreadable::NotANumber),
            ("5 apples", Unreadable::NotANumber),
            ("(1.50)", Unreadable::NotANumber),
            ("1.2.34", Unreadable::NotANumber),
            ("€0.04", Unreadable::OtherCurrency),
            ("0.04 EUR", Unreadable::OtherCurrency),
            ("CA$0.04", Unreadable::OtherCurrency),
            ("99999999999999999", Unreadable::OutOfRange),
            ("-99999999999999999", Unreadable::OutOfRange),
            ("1e30", Unreadable::OutOfRange),
            ("99999999999999999999999999999999", Unreadable::OutOfRange),
        ] {
            assert_eq!(nano(cell, Some(Point)), Said::Unreadable(why), "{cell}");
        }
        assert_eq!(cost("0.04", "EUR", Some(Point)), Said::Unreadable(Unreadable::OtherCurrency));
    }
}
