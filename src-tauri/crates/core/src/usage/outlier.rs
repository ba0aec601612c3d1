//! What stands out: a value more than three times the average of the others of its kind. It is compared with the others
//! and not with an average it is itself part of, which a single large value would drag along until nothing stands out.

use crate::money::round_div;

/// How many times the average of the others a value must exceed.
pub const TIMES: i64 = 3;

/// Others that must be there. Below it an average says little, and the first dear article of a new user would alarm.
pub const OTHERS_MIN: usize = 5;

/// A value that stands out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outlier {
    /// Its place among the values.
    pub at: usize,
    /// Average of the others, rounded half up.
    pub average: i64,
    /// How many times that average it is, in tenths, rounded half up.
    pub tenths: i64,
}

/// The values of one kind that stand out, the furthest first. Values of 0 and below are no sample: what cost nothing
/// was refused or reused, or is free.
#[must_use]
pub fn outliers(values: &[i64]) -> Vec<Outlier> {
    let sample: Vec<(usize, i128)> = values
        .iter()
        .enumerate()
        .filter(|(_, value)| **value > 0)
        .map(|(at, value)| (at, i128::from(*value)))
        .collect();
    let sum: i128 = sample.iter().map(|(_, value)| value).sum();
    let Some(others) = sample.len().checked_sub(1).filter(|others| *others >= OTHERS_MIN) else { return Vec::new() };
    let others = i128::try_from(others).unwrap_or(i128::MAX);
    let mut found: Vec<Outlier> = sample
        .iter()
        .filter(|(_, value)| value * others > i128::from(TIMES) * (sum - value))
        .map(|(at, value)| Outlier {
            at: *at,
            average: round_div(sum - value, others),
            tenths: round_div(value * others * 10, sum - value),
        })
        .collect();
    found.sort_by_key(|outlier| (std::cmp::Reverse(outlier.tenths), outlier.at));
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn one_in_six_stands_out() {
        let found = outliers(&[10, 10, 41, 10, 10, 10]);
        assert_eq!(found, [Outlier { at: 2, average: 10, tenths: 41 }]);
        assert_eq!(outliers(&[10, 10, 30, 10, 10, 10]), [], "three times is not more than three times");
    }

    #[test]
    fn a_small_sample_says_nothing() {
        assert_eq!(outliers(&[1, 1, 1, 1, 1_000_000]), [], "four others");
        assert_eq!(outliers(&[]), []);
        assert_eq!(outliers(&[0, 0, 0, 0, 0, 0, 50]), [], "what cost nothing is no sample");
    }

    #[test]
    fn the_furthest_comes_first() {
        let values = [[10; 20].as_slice(), &[100, 400]].concat();
        let found: Vec<usize> = outliers(&values).iter().map(|outlier| outlier.at).collect();
        assert_eq!(found, [21, 20]);
    }

    proptest! {
        #[test]
        fn whatever_stands_out_exceeds_the_average_of_the_others(values in prop::collection::vec(0_i64..1_000_000, 0..40)) {
            for outlier in outliers(&values) {
                let others: Vec<i64> = values.iter().enumerate().filter(|(at, v)| *at != outlier.at && **v > 0)
                    .map(|(_, v)| *v).collect();
                prop_assert!(others.len() >= OTHERS_MIN, "no sample");
                let mean = others.iter().sum::<i64>() as f64 / others.len() as f64;
                prop_assert!(values[outlier.at] as f64 > 3.0 * mean - 1e-6, "not above it");
            }
        }
    }
}
