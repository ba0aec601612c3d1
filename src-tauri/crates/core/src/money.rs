//! Credits and money as integers. A floating-point number never touches an amount: credits are counted in
//! micro-credits, provider cost in nano-US-dollars, products are taken in `i128` and rounded once, half up.

use rust_decimal::{Decimal, prelude::ToPrimitive};
use serde::{Deserialize, Serialize};

/// Micro-credits in one credit.
pub const MICRO: i64 = 1_000_000;
/// Nano-dollars in one US dollar.
pub const NANO: i64 = 1_000_000_000;
/// The largest amount one ledger line may carry: 4 billion credits. Below it, sums of a billion lines still fit `i64`.
pub const CREDITS_MAX: Credits = Credits(4_000_000_000 * MICRO);

/// The largest cost one ledger line may carry: ten million dollars, more than any answer is worth. Sums of nine hundred
/// such lines still fit `i64`.
pub const USD_MAX: Usd = Usd(10_000_000 * NANO);

/// An amount of credits, in micro-credits. May be negative only where a difference is meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Credits(pub i64);

/// An amount of US dollars, in nano-dollars.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Usd(pub i64);

/// Why a text is not an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AmountError {
    /// Not a decimal number.
    #[error("not a decimal number")]
    NotANumber,
    /// More digits after the point than the unit has.
    #[error("finer than the smallest unit")]
    TooFine,
    /// Outside what one ledger line may carry.
    #[error("out of range")]
    OutOfRange,
}

impl Credits {
    /// No credits.
    pub const ZERO: Self = Self(0);

    /// A whole number of credits.
    #[must_use]
    pub const fn whole(credits: i64) -> Self {
        Self(credits.saturating_mul(MICRO))
    }

    /// Parses a decimal such as `12` or `0.25`.
    ///
    /// # Errors
    /// When the text is no number, has more than six decimals, or exceeds [`CREDITS_MAX`] either way.
    pub fn parse(text: &str) -> Result<Self, AmountError> {
        let amount = Self(parse_scaled(text, 6)?);
        if amount.0.abs() > CREDITS_MAX.0 { Err(AmountError::OutOfRange) } else { Ok(amount) }
    }

    /// The amount as a decimal with trailing zeros removed.
    #[must_use]
    pub fn to_decimal(self) -> Decimal {
        Decimal::new(self.0, 6).normalize()
    }

    /// The sum, or `None` beyond `i64`.
    #[must_use]
    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }

    /// The sum, held at the ends of the range. For totals shown on screen; the ledger adds with checks.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    /// The difference, held at the ends of the range.
    #[must_use]
    pub fn minus(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }

    /// What these credits are worth at `price` dollars each, rounded half up to a nano-dollar.
    #[must_use]
    pub fn value_at(self, price: Usd) -> Usd {
        Usd(round_div(i128::from(self.0) * i128::from(price.0), i128::from(MICRO)))
    }
}

impl Usd {
    /// No money.
    pub const ZERO: Self = Self(0);

    /// Parses a decimal number of dollars.
    ///
    /// # Errors
    /// When the text is no number, has more than nine decimals, or does not fit.
    pub fn parse(text: &str) -> Result<Self, AmountError> {
        parse_scaled(text, 9).map(Self)
    }

    /// The amount as a decimal with trailing zeros removed.
    #[must_use]
    pub fn to_decimal(self) -> Decimal {
        Decimal::new(self.0, 9).normalize()
    }

    /// The sum, held at the ends of the range.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl std::fmt::Display for Credits {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.to_decimal().fmt(f)
    }
}

impl std::fmt::Display for Usd {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.to_decimal().fmt(f)
    }
}

/// Divides and rounds half up (away from zero on a tie). A zero divisor gives zero.
#[must_use]
pub fn round_div(numerator: i128, divisor: i128) -> i64 {
    if divisor == 0 {
        return 0;
    }
    let half = divisor.abs() / 2;
    let shifted = if (numerator < 0) == (divisor < 0) { numerator.abs() + half } else { -(numerator.abs() + half) };
    let rounded = shifted / divisor.abs();
    i64::try_from(rounded).unwrap_or(if rounded < 0 { i64::MIN } else { i64::MAX })
}

/// Digits, at most one point between them and a sign before them: what the library takes beyond that (`1e3`, `1_000`,
/// `5.`) is more likely a slip than an amount.
fn parse_scaled(text: &str, decimals: u32) -> Result<i64, AmountError> {
    let text = text.trim();
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !is_digits(whole) || !is_digits(fraction) {
        return Err(AmountError::NotANumber);
    }
    if fraction.trim_end_matches('0').len() > decimals as usize {
        return Err(AmountError::TooFine);
    }
    // What is no number now has more digits than the library holds.
    let decimal: Decimal = text.parse().map_err(|_| AmountError::OutOfRange)?;
    let scale = Decimal::from(10_i64.pow(decimals));
    decimal.checked_mul(scale).and_then(|d| d.to_i64()).ok_or(AmountError::OutOfRange)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_amount_keeps_every_digit_through_text() {
        for text in ["0", "1", "0.25", "1000", "0.000001", "-3.5"] {
            assert_eq!(Credits::parse(text).unwrap().to_string(), text);
        }
        assert_eq!(Credits::parse("0.0000001"), Err(AmountError::TooFine));
        assert_eq!(Credits::parse("4000000001"), Err(AmountError::OutOfRange));
        for strange in ["ten", "", "-", ".5", "5.", "1e3", "1_000", "1,5", "--1", "\u{661}", "1 000", "NaN"] {
            assert_eq!(Credits::parse(strange), Err(AmountError::NotANumber), "{strange}");
        }
        let thin = format!("0.{}1", "0".repeat(40));
        assert_eq!(Credits::parse(&thin), Err(AmountError::TooFine));
        assert_eq!(Credits::parse(&"9".repeat(60)), Err(AmountError::OutOfRange));
        assert_eq!(Credits::parse("+2.500000000").unwrap().to_string(), "2.5");
    }

    #[test]
    fn rounding_is_half_up_and_symmetric() {
        assert_eq!(round_div(5, 2), 3);
        assert_eq!(round_div(-5, 2), -3);
        assert_eq!(round_div(4, 3), 1);
        assert_eq!(round_div(1, 0), 0);
    }

    #[test]
    fn credits_are_worth_their_price() {
        assert_eq!(Credits::whole(12).value_at(Usd::parse("0.01").unwrap()).to_string(), "0.12");
    }

    proptest! {
        #[test]
        fn rounding_agrees_with_a_decimal_library(n in -1_000_000_000_000_i64..1_000_000_000_000, d in 1_i64..1_000_000) {
            let exact = Decimal::from(n) / Decimal::from(d);
            let want = exact.round_dp_with_strategy(0, rust_decimal::RoundingStrategy::MidpointAwayFromZero).to_i64().unwrap();
            prop_assert_eq!(round_div(i128::from(n), i128::from(d)), want);
        }
    }
}
