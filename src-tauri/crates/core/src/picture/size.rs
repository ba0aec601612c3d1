//! Which size a model is asked for when a picture of some size is wanted.
//!
//! The rule: of listed sizes the one whose shape is nearest to the wanted one, where shapes compare by the ratio of their
//! ratios; of several with that shape the smallest that covers what is wanted, or else the largest. Of a range the smallest
//! that covers what is wanted in its shape, as far as the range goes. What comes is cut and scaled to what is wanted, so
//! that a size is asked for that makes the least of it be thrown away.

use serde::{Deserialize, Serialize};

/// Longest side a size may have, in pixels: a picture beyond it is not read.
pub const SIDE_PX_MAX: u32 = 8_192;
/// Most sizes of a model.
const SIZES_MAX: usize = 100;
/// Longest name of a size, in characters.
const WORD_CHARS_MAX: usize = 40;

/// A size in pixels.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Size {
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// What its vendor calls it, such as `16:9`; empty where it is called by its pixels.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub word: String,
}

/// The sizes a model makes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Sizes {
    /// Any.
    #[default]
    Any,
    /// These.
    Listed(Vec<Size>),
    /// Every one within bounds.
    Stepped(Range),
}

/// Sizes within bounds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Range {
    /// Shortest side, in pixels.
    pub min: u32,
    /// Longest side, in pixels.
    pub max: u32,
    /// Each side is a multiple of this, in pixels.
    pub step: u32,
    /// Most times the long side may be as long as the short one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ratio_max: Option<u32>,
    /// Most pixels in all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pixels_max: Option<u64>,
    /// Fewest pixels in all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pixels_min: Option<u64>,
}

impl Size {
    /// A size that is called by its pixels.
    #[must_use]
    pub const fn of(width: u32, height: u32) -> Self {
        Self { width, height, word: String::new() }
    }

    /// A size with its vendor's name for it.
    #[must_use]
    pub fn named(width: u32, height: u32, word: &str) -> Self {
        Self { width, height, word: word.to_owned() }
    }

    /// What its vendor calls it.
    #[must_use]
    pub fn name(&self) -> String {
        if self.word.is_empty() { format!("{}x{}", self.width, self.height) } else { self.word.clone() }
    }

    fn pixels(&self) -> u64 {
        u64::from(self.width) * u64::from(self.height)
    }

    fn covers(&self, (width, height): (u32, u32)) -> bool {
        self.width >= width && self.height >= height
    }

    /// How far its shape is from another: the larger of the two ratios over the smaller, as a fraction.
    fn distance(&self, (width, height): (u32, u32)) -> (u64, u64) {
        let one = u64::from(self.width) * u64::from(height.max(1));
        let other = u64::from(self.height) * u64::from(width.max(1));
        (one.max(other), one.min(other))
    }

    fn is_sound(&self) -> bool {
        let side = 1..=SIDE_PX_MAX;
        side.contains(&self.width) && side.contains(&self.height) && self.word.chars().count() <= WORD_CHARS_MAX
    }
}

impl Sizes {
    /// The size to ask for when a picture of `wanted` pixels is; `None` when there is no size at all.
    #[must_use]
    pub fn nearest(&self, wanted: (u32, u32)) -> Option<Size> {
        match self {
            Self::Any => Some(Size::of(wanted.0, wanted.1)),
            Self::Listed(sizes) => sizes.iter().min_by(|one, other| order(one, other, wanted)).cloned(),
            Self::Stepped(range) => Some(range.nearest(wanted)),
        }
    }

    /// Whether every size can be asked for and there is at least one.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        match self {
            Self::Any => true,
            Self::Listed(sizes) => (1..=SIZES_MAX).contains(&sizes.len()) && sizes.iter().all(Size::is_sound),
            Self::Stepped(range) => range.is_sound(),
        }
    }
}

fn order(one: &Size, other: &Size, wanted: (u32, u32)) -> std::cmp::Ordering {
    let ((a, b), (c, d)) = (one.distance(wanted), other.distance(wanted));
    let by_shape = (u128::from(a) * u128::from(d)).cmp(&(u128::from(c) * u128::from(b)));
    by_shape.then_with(|| match (one.covers(wanted), other.covers(wanted)) {
        (true, true) => one.pixels().cmp(&other.pixels()),
        (false, false) => other.pixels().cmp(&one.pixels()),
        (true, false) => std::cmp::Ordering::Less,
        (false, true) => std::cmp::Ordering::Greater,
    })
}

impl Range {
    fn is_sound(&self) -> bool {
        let has_a_side = self.step > 0 && self.least() <= self.most();
        let pixels = u64::from(self.least()) * u64::from(self.least());
        let largest = u64::from(self.most()) * u64::from(self.most());
        let is_wide = self.ratio_max.is_none_or(|ratio| ratio > 0);
        has_a_side
            && self.min > 0
            && self.max <= SIDE_PX_MAX
            && is_wide
            && self.pixels_max.is_none_or(|max| max >= pixels)
            && self.pixels_min.is_none_or(|min| min <= largest && self.pixels_max.is_none_or(|max| min <= max))
    }

    /// The shortest and the longest side that is a multiple of the step.
    fn least(&self) -> u32 {
        self.min.div_ceil(self.step.max(1)) * self.step.max(1)
    }

    fn most(&self) -> u32 {
        self.max / self.step.max(1) * self.step.max(1)
    }

    fn nearest(&self, wanted: (u32, u32)) -> Size {
        let (long, short) = (u64::from(wanted.0.max(wanted.1).max(1)), u64::from(wanted.0.min(wanted.1).max(1)));
        let (least, most) = (u64::from(self.least()), u64::from(self.most()));
        let short = self.ratio_max.map_or(short, |ratio| short.max(long.div_ceil(u64::from(ratio.max(1)))));
        // In its shape: up until the short side is long enough, then down until the long one is short enough.
        let (long, short) = if short < least { ((long * least).div_ceil(short), least) } else { (long, short) };
        let (long, short) = if long > most { (most, (short * most).div_ceil(long)) } else { (long, short) };
        let (long, short) = match self.pixels_max.filter(|max| long * short > *max) {
            Some(max) => ((max * long / short).isqrt(), (max * short / long).isqrt()),
            None => (self.up(long), self.up(short)),
        };
        let (long, short) = self.filled(self.legal(long), self.legal(short));
        if wanted.0 >= wanted.1 { Size::of(long, short) } else { Size::of(short, long) }
    }

    /// The same shape, as near as the step allows and no longer, with as many pixels as there must be.
    fn filled(&self, long: u32, short: u32) -> (u32, u32) {
        let (wide, high) = (u64::from(long.max(1)), u64::from(short.max(1)));
        let Some(least) = self.pixels_min.filter(|least| wide * high < *least) else { return (long, short) };
        let square = least.saturating_mul(high).div_ceil(wide);
        let root = square.isqrt();
        let root = if root * root < square { root + 1 } else { root };
        let short = self.legal(self.up(root));
        let long = self.legal(self.up(least.div_ceil(u64::from(short.max(1))))).max(short);
        // Where the long side is at its end the short one makes up for it.
        let short = short.max(self.legal(self.up(least.div_ceil(u64::from(long.max(1))))));
        (long, short)
    }

    /// The next multiple of the step.
    fn up(&self, side: u64) -> u64 {
        side.next_multiple_of(u64::from(self.step.max(1)))
    }

    /// The multiple of the step at or below a side, within the range.
    fn legal(&self, side: u64) -> u32 {
        let step = u64::from(self.step.max(1));
        let side = u32::try_from(side / step * step).unwrap_or(u32::MAX);
        side.min(self.most()).max(self.least())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn listed(sizes: &[(u32, u32)]) -> Sizes {
        Sizes::Listed(sizes.iter().map(|(width, height)| Size::of(*width, *height)).collect())
    }

    fn range(min: u32, max: u32, step: u32) -> Range {
        Range { min, max, step, ratio_max: None, pixels_max: None, pixels_min: None }
    }

    #[test]
    fn of_a_list_the_nearest_shape_is_asked_for() {
        let common = listed(&[(1_024, 1_024), (1_536, 1_024), (1_024, 1_536)]);
        for (wanted, asked) in [
            ((1_200, 675), (1_536, 1_024)),
            ((1_024, 768), (1_536, 1_024)),
            ((800, 800), (1_024, 1_024)),
            ((600, 900), (1_024, 1_536)),
            ((0, 0), (1_024, 1_024)),
        ] {
            assert_eq!(common.nearest(wanted), Some(Size::of(asked.0, asked.1)), "{wanted:?}");
        }
        assert_eq!(listed(&[]).nearest((1, 1)), None);
    }

    #[test]
    fn of_one_shape_the_smallest_that_covers_is_asked_for_or_else_the_largest() {
        let sizes = listed(&[(2_048, 1_152), (640, 360), (1_280, 720), (960, 540)]);
        assert_eq!(sizes.nearest((1_200, 675)), Some(Size::of(1_280, 720)));
        assert_eq!(sizes.nearest((640, 360)), Some(Size::of(640, 360)));
        assert_eq!(sizes.nearest((3_200, 1_800)), Some(Size::of(2_048, 1_152)));
    }

    #[test]
    fn of_a_range_the_smallest_that_covers_is_asked_for_as_far_as_it_goes() {
        let size = |range: &Range, wanted| range.nearest(wanted);
        assert_eq!(size(&range(128, 2_048, 64), (1_200, 675)), Size::of(1_216, 704));
        assert_eq!(size(&range(128, 2_048, 64), (675, 1_200)), Size::of(704, 1_216));
        assert_eq!(size(&range(512, 1_000, 100), (1_200, 675)), Size::of(1_000, 600));
        assert_eq!(size(&range(1_024, 4_096, 1), (160, 90)), Size::of(1_821, 1_024));
        let flat = Range { ratio_max: Some(3), ..range(16, 3_840, 16) };
        assert_eq!(size(&flat, (3_000, 100)), Size::of(3_008, 1_008));
        let small = Range { pixels_max: Some(1_000_000), ..range(64, 4_096, 64) };
        assert_eq!(size(&small, (1_920, 1_080)), Size::of(1_280, 704));
        let large = Range { pixels_min: Some(3_686_400), ..range(1_024, 4_096, 64) };
        assert_eq!(size(&large, (1_200, 675)), Size::of(2_560, 1_472));
        assert_eq!(size(&large, (800, 800)), Size::of(1_920, 1_920));
        assert_eq!(size(&large, (3_000, 2_000)), Size::of(3_008, 2_048), "enough as it is");
        let narrow = Range { pixels_min: Some(800_000), ..range(64, 1_000, 100) };
        assert_eq!(size(&narrow, (1_000, 100)), Size::of(1_000, 800), "the short side makes up for the long one");
    }

    #[test]
    fn what_no_picture_can_have_is_no_size() {
        assert!(Sizes::Any.is_sound() && listed(&[(1, 1)]).is_sound() && Sizes::Stepped(range(1, 1, 1)).is_sound());
        for broken in [listed(&[]), listed(&[(0, 1)]), listed(&[(1, SIDE_PX_MAX + 1)]), listed(&[(1, 1); 101])] {
            assert!(!broken.is_sound(), "{broken:?}");
        }
        for (min, max, step) in [(0, 10, 1), (10, 5, 1), (1, 10, 0), (5, 7, 8), (1, SIDE_PX_MAX + 1, 1)] {
            assert!(!Sizes::Stepped(range(min, max, step)).is_sound(), "{min} {max} {step}");
        }
        for (pixels_min, pixels_max) in [(101, None), (50, Some(49))] {
            let broken = Range { pixels_min: Some(pixels_min), pixels_max, ..range(1, 10, 1) };
            assert!(!Sizes::Stepped(broken).is_sound(), "{pixels_min} {pixels_max:?}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_asked_of_a_range_lies_in_it(
            (min, more, step) in (1_u32..2_000, 0_u32..3_000, 1_u32..200),
            wanted in (0_u32..10_000, 0_u32..10_000),
            (ratio_max, pixels_max, pixels_min) in any::<(Option<u8>, Option<u32>, Option<u32>)>(),
        ) {
            let range = Range {
                ratio_max: ratio_max.map(u32::from),
                pixels_max: pixels_max.map(u64::from),
                pixels_min: pixels_min.map(|pixels| u64::from(pixels % 10_000_000)),
                ..range(min, min + more, step)
            };
            prop_assume!(Sizes::Stepped(range.clone()).is_sound());
            let Size { width, height, .. } = range.nearest(wanted);
            for side in [width, height] {
                prop_assert!(side % step == 0 && (min..=min + more).contains(&side), "{range:?} {width}x{height}");
            }
            let pixels = u64::from(width) * u64::from(height);
            prop_assert!(range.pixels_min.is_none_or(|least| pixels >= least), "{range:?} {width}x{height}");
        }
    }
}
