//! Chance that is none: numbers that follow from a seed, so that the same request draws the same picture. SplitMix64
//! (Steele, Lea, Flood 2014): one addition and a few multiplications, the same on every machine.

use super::color::Rgb;

/// A sequence of numbers.
#[derive(Clone, Debug)]
pub(super) struct Dice {
    state: u64,
}

impl Dice {
    /// The sequence of a seed.
    pub(super) const fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    /// The next number.
    pub(super) fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from 0 up to 1.
    pub(super) fn unit(&mut self) -> f64 {
        // 24 bits are enough for a place in a picture and exact in f64.
        f64::from(u32::try_from(self.next() >> 40).unwrap_or(0)) / f64::from(1_u32 << 24)
    }

    /// A number between two others.
    pub(super) fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }

    /// One of `list`; its default when it is empty.
    pub(super) fn choose<T: Copy + Default>(&mut self, list: &[T]) -> T {
        crate::builtin::template::choose(list, self.next() >> 8)
    }

    /// One of `colors`, or `otherwise` when there is none.
    pub(super) fn choose_color(&mut self, colors: &[Rgb], otherwise: Rgb) -> Rgb {
        let length = u64::try_from(colors.len()).unwrap_or(1).max(1);
        let at = usize::try_from((self.next() >> 8) % length).unwrap_or(0);
        colors.get(at).copied().unwrap_or(otherwise)
    }

    /// True once in `n` times.
    pub(super) fn one_in(&mut self, n: u64) -> bool {
        (self.next() >> 8).is_multiple_of(n.max(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sequence_is_the_published_one() {
        let mut dice = Dice::new(0);
        assert_eq!(dice.next(), 0xe220_a839_7b1d_cdaf);
        assert_eq!(dice.next(), 0x6e78_9e6a_a1b9_65f4);
    }

    #[test]
    fn units_fill_their_range() {
        let mut dice = Dice::new(7);
        let drawn: Vec<f64> = (0..1_000).map(|_| dice.unit()).collect();
        assert!(drawn.iter().all(|v| (0.0..1.0).contains(v)));
        assert!(drawn.iter().any(|v| *v < 0.05) && drawn.iter().any(|v| *v > 0.95));
    }
}
