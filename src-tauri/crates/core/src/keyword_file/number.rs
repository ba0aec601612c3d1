//! Numbers as people and tools write them. A separator means thousands or decimals depending on what the column counts
//! and on the file's own habit, so both are told to the reader; what cannot be read is unknown, never zero.

use rust_decimal::{Decimal, RoundingStrategy, prelude::ToPrimitive};

/// Digits that still leave every product inside a 96-bit decimal; real exports stay below 15.
const DIGITS_MAX: usize = 18;

/// The mark a file writes before decimals: a comma in semicolon files, otherwise a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecimalMark {
    /// `1.25`
    Point,
    /// `1,25`
    Comma,
}

/// How well a volume is known; the better one wins when rows are joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exactness {
    /// A range such as `1K – 10K`.
    Range,
    /// One number.
    Exact,
}

/// Monthly searches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Volume {
    /// 0 or more. For a range of one decade half its upper end, which is the figure Keyword Planner itself exports for
    /// that range; for other ranges the middle.
    pub searches: i64,
    /// Whether that is a number or stands for a range.
    pub exactness: Exactness,
}

/// A price with its currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Price {
    /// Billionths of one unit of the currency, 0 or more.
    pub nano: i64,
    /// ISO 4217 code; `None` when neither the cell nor the file says one.
    pub currency: Option<String>,
}

/// Whether a lone separator before three digits means thousands (`1.234` searches) or follows the file's mark.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Counts {
    Whole,
    Fractions,
}

/// A whole number of things, 0 or more, decimals rounded half up.
pub(super) fn count(cell: &str, mark: DecimalMark) -> Option<i64> {
    whole(number(cell, mark, Counts::Whole)?)
}

/// A number with decimals, such as a position or a difficulty.
pub(super) fn decimal(cell: &str, mark: DecimalMark) -> Option<Decimal> {
    number(cell, mark, Counts::Fractions)
}

/// Searches as a number or a range.
pub(super) fn volume(cell: &str, mark: DecimalMark) -> Option<Volume> {
    let text = cell.trim();
    let ranged = |searches| Volume { searches, exactness: Exactness::Range };
    if let Some(below) = text.strip_prefix(['<', '≤']) {
        return count(below, mark).map(|top| ranged(middle(0, top)));
    }
    if let Some(above) = text.strip_prefix(['>', '≥']).or_else(|| text.strip_suffix('+')) {
        return count(above, mark).map(ranged);
    }
    if let Some((low, high)) = split_range(text) {
        let (low, high) = (count(low, mark)?, count(high, mark)?);
        return (low <= high).then(|| ranged(middle(low, high)));
    }
    count(text, mark).map(|searches| Volume { searches, exactness: Exactness::Exact })
}

/// A price of 0 or more; the currency is the one the cell itself says.
pub(super) fn price(cell: &str, mark: DecimalMark) -> Option<Price> {
    let (amount, currency) = split_currency(cell.trim());
    let amount = number(amount, mark, Counts::Fractions)?.checked_mul(Decimal::from(crate::money::NANO))?;
    let nano = whole(amount)?;
    Some(Price { nano, currency })
}

pub(super) fn whole(number: Decimal) -> Option<i64> {
    let rounded = number.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero);
    rounded.to_i64().filter(|n| *n >= 0)
}

fn middle(low: i64, high: i64) -> i64 {
    if low > 0 && low.checked_mul(10) == Some(high) { high / 2 } else { low + (high - low) / 2 }
}

/// The two ends of `1K – 10K`, `100-1K` or `10 to 100`. A leading minus is a sign, not a range.
fn split_range(text: &str) -> Option<(&str, &str)> {
    for dash in ['–', '—', '‑', '−', '~'] {
        if let Some(ends) = text.split_once(dash).filter(|(low, _)| !low.trim().is_empty()) {
            return Some(ends);
        }
    }
    text.split_once(" to ").or_else(|| text.split_once('-').filter(|(low, _)| !low.trim().is_empty()))
}

/// Takes a currency sign or code off either end. A dollar sign alone is the US dollar, as tools write it.
fn split_currency(text: &str) -> (&str, Option<String>) {
    const SIGNS: [(&str, &str); 10] = [
        ("US$", "USD"),
        ("AU$", "AUD"),
        ("A$", "AUD"),
        ("CA$", "CAD"),
        ("C$", "CAD"),
        ("R$", "BRL"),
        ("$", "USD"),
        ("€", "EUR"),
        ("£", "GBP"),
        ("₹", "INR"),
    ];
    for (sign, code) in SIGNS {
        if let Some(rest) = text.strip_prefix(sign).or_else(|| text.strip_suffix(sign)) {
            return (rest, Some(code.to_owned()));
        }
    }
    let is_code = |code: &&str| code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase());
    let before = text.get(..3).filter(is_code).map(|code| (text.get(3..).unwrap_or_default(), code));
    let at = text.len().saturating_sub(3);
    let after = || text.get(at..).filter(is_code).map(|code| (text.get(..at).unwrap_or_default(), code));
    match before.or_else(after) {
        Some((rest, code)) => (rest, Some(code.to_owned())),
        None => (text, None),
    }
}

fn number(cell: &str, mark: DecimalMark, counts: Counts) -> Option<Decimal> {
    let mut text: String = cell.chars().filter(|c| !c.is_whitespace() && !matches!(c, '\'' | '\u{2019}')).collect();
    if text.ends_with('%') {
        text.pop();
    }
    let scale = match text.chars().last()?.to_ascii_uppercase() {
        'K' => 1_000,
        'M' => 1_000_000,
        'B' => 1_000_000_000,
        _ => 1,
    };
    if scale > 1 {
        text.pop();
    }
    let (negative, digits) = match text.strip_prefix(['-', '−']) {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(&text)),
    };
    // `1.234K` has its decimals before the scale, so a lone separator follows the file's mark there.
    let counts = if scale > 1 { Counts::Fractions } else { counts };
    let value = plain_digits(digits, mark, counts)?.parse::<Decimal>().ok()?;
    let value = value.checked_mul(Decimal::from(scale))?;
    Some(if negative { -value } else { value })
}

/// Digits and separators as digits with a decimal point; `None` when they are no number.
fn plain_digits(text: &str, mark: DecimalMark, counts: Counts) -> Option<String> {
    let digit_count = text.bytes().filter(u8::is_ascii_digit).count();
    let foreign = text.bytes().any(|b| !b.is_ascii_digit() && b != b'.' && b != b',');
    if foreign || digit_count == 0 || digit_count > DIGITS_MAX {
        return None;
    }
    let decimal_at = match (text.rfind('.'), text.rfind(',')) {
        (None, None) => None,
        (Some(point), Some(comma)) => Some(point.max(comma)),
        (Some(at), None) | (None, Some(at)) => lone_mark(text, at, mark, counts),
    };
    let (whole, fraction) = match decimal_at {
        Some(at) => (text.get(..at)?, text.get(at + 1..)?),
        None => (text, ""),
    };
    if fraction.contains(['.', ',']) || !grouped(whole) {
        return None;
    }
    let whole: String = whole.chars().filter(char::is_ascii_digit).collect();
    let whole = if whole.is_empty() { "0" } else { &whole };
    Some(if fraction.is_empty() { whole.to_owned() } else { format!("{whole}.{fraction}") })
}

/// Where the decimals begin when only one kind of separator occurs, the last time at `at`.
fn lone_mark(text: &str, at: usize, mark: DecimalMark, counts: Counts) -> Option<usize> {
    let (before, after) = (text.get(..at)?, text.get(at + 1..)?);
    if before.contains(['.', ',']) {
        return None;
    }
    let could_group = after.len() == 3 && (1..=3).contains(&before.len()) && before != "0";
    let is_mark = text.get(at..=at) == Some(if mark == DecimalMark::Point { "." } else { "," });
    let is_decimal = !could_group || (counts == Counts::Fractions && is_mark);
    is_decimal.then_some(at)
}

/// Whether separators stand where thousands (or, as in India, hundreds of thousands) are parted.
fn grouped(whole: &str) -> bool {
    let mut groups = whole.split(['.', ',']);
    let first = groups.next().unwrap_or_default();
    let rest: Vec<&str> = groups.collect();
    let Some((last, between)) = rest.split_last() else {
        return true;
    };
    let one_kind = !(whole.contains('.') && whole.contains(','));
    one_kind
        && (1..=3).contains(&first.len())
        && last.len() == 3
        && between.iter().all(|group| matches!(group.len(), 2 | 3))
}

#[cfg(test)]
mod tests {
    use super::*;
    use DecimalMark::{Comma, Point};

    #[test]
    fn counts_read_every_way_of_writing_thousands() {
        for cell in
            ["1234", "1,234", "1.234", "1 234", "1\u{a0}234", "1\u{202f}234", "1'234", " 1234 ", "1234.0", "+1,234"]
        {
            assert_eq!(count(cell, Point), Some(1234), "{cell}");
            assert_eq!(count(cell, Comma), Some(1234), "{cell}");
        }
        assert_eq!(count("12.100", Comma), Some(12_100));
        assert_eq!(count("1.234,5", Comma), Some(1_235));
        assert_eq!(count("1,234.4", Point), Some(1_234));
        assert_eq!(count("1,234,567", Point), Some(1_234_567));
        assert_eq!(count("12,34,567", Point), Some(1_234_567));
        assert_eq!(count("1.2K", Point), Some(1_200));
        assert_eq!(count("1,2k", Comma), Some(1_200));
        assert_eq!(count("1.234K", Point), Some(1_234));
        assert_eq!(count("2M", Point), Some(2_000_000));
        assert_eq!(count("0.345", Point), Some(0));
    }

    #[test]
    fn what_is_no_number_is_unknown_and_never_zero() {
        for cell in
            ["", " ", "-", "–", "n/a", "N/A", "∞", "?", "--", "abc", "1,2,3", "1.2.3,4", "12,3456.7.8", "K", "%", "-5"]
        {
            assert_eq!(count(cell, Point), None, "{cell}");
            assert_eq!(volume(cell, Point), None, "{cell}");
        }
        assert_eq!(count("99999999999999999999999999", Point), None);
        assert_eq!(count("999999999999999999B", Point), None);
    }

    #[test]
    fn decimals_follow_the_files_mark() {
        let read = |cell, mark| decimal(cell, mark).map(|d| d.normalize().to_string());
        assert_eq!(read("35%", Point).as_deref(), Some("35"));
        assert_eq!(read("45.61%", Point).as_deref(), Some("45.61"));
        assert_eq!(read("1.234", Point).as_deref(), Some("1.234"));
        assert_eq!(read("1.234", Comma).as_deref(), Some("1234"));
        assert_eq!(read("1,234", Comma).as_deref(), Some("1.234"));
        assert_eq!(read("1,234", Point).as_deref(), Some("1234"));
        assert_eq!(read("0,75", Point).as_deref(), Some("0.75"));
        assert_eq!(read("-3.5", Point).as_deref(), Some("-3.5"));
        assert_eq!(read(".5", Point).as_deref(), Some("0.5"));
    }

    #[test]
    fn ranges_stand_for_the_figure_keyword_planner_exports() {
        let read = |cell| volume(cell, Point).map(|v| (v.searches, v.exactness));
        assert_eq!(read("1K – 10K"), Some((5_000, Exactness::Range)));
        assert_eq!(read("100-1K"), Some((500, Exactness::Range)));
        assert_eq!(read("10 to 100"), Some((50, Exactness::Range)));
        assert_eq!(read("200 - 300"), Some((250, Exactness::Range)));
        assert_eq!(read("<10"), Some((5, Exactness::Range)));
        assert_eq!(read("100K+"), Some((100_000, Exactness::Range)));
        assert_eq!(read("5,400"), Some((5_400, Exactness::Exact)));
        assert_eq!(read("10K – 1K"), None);
    }

    #[test]
    fn prices_keep_their_currency() {
        let read = |cell, mark| price(cell, mark).map(|p| (p.nano, p.currency.unwrap_or_default()));
        assert_eq!(read("$1.25", Point), Some((1_250_000_000, "USD".to_owned())));
        assert_eq!(read("1.25", Point), Some((1_250_000_000, String::new())));
        assert_eq!(read("1,25 €", Comma), Some((1_250_000_000, "EUR".to_owned())));
        assert_eq!(read("A$0.5", Point), Some((500_000_000, "AUD".to_owned())));
        assert_eq!(read("USD 2", Point), Some((2_000_000_000, "USD".to_owned())));
        assert_eq!(read("2 VND", Point), Some((2_000_000_000, "VND".to_owned())));
        assert_eq!(read("$-", Point), None);
        assert_eq!(read("-1.25", Point), None);
        assert_eq!(read("$99999999999999999", Point), None);
    }
}
