//! Pictures: what a model can be asked for ([`ability`], [`size`]), and what one consumes at a vendor that bills pictures
//! by their tokens. That must be known before one is made: the price that is shown, and what a picture is taken for whose
//! answer was lost, stand on it.
//!
//! The figures are those of OpenAI's price list for images, from which other vendors of its language copy: at 40 dollars
//! for a million tokens, a picture of 1,536 × 1,024 comes to 0.063 dollars in medium and 0.25 in high quality.

pub mod ability;
pub mod size;
mod usual;

pub use ability::{Abilities, Ask, Fit, Negative, Steps, Unfit, Unsound, Wish};
pub use size::{Range, SIDE_PX_MAX, Size, Sizes};

use crate::usage::Usage;

/// Sizes every model of that language takes, in pixels: square, wide, high.
pub const SIZES: [(u32, u32); 3] = [(1_024, 1_024), (1_536, 1_024), (1_024, 1_536)];

/// Pixels of a made picture in a token: 1,056 tokens for 1,024 × 1,024 of medium quality, which is what a vendor makes
/// that nothing is said to.
const PIXELS_PER_TOKEN: u64 = 993;
/// Pixels of the square that vendors count the tokens of a quality by.
const SQUARE: u64 = 1_024 * 1_024;
/// Most tokens of a picture in any of the sizes: high quality takes 6,240 for the long ones, and the newest models 7,024
/// for the square.
const TOKENS_MAX: u32 = 7_024;
/// Tokens of a prompt that describes a picture: three hundred words, more than our descriptions have.
const PROMPT_TOKENS: u32 = 400;
/// Most characters of a prompt that vendors of that language read, and its tokens: four characters are one or fewer.
pub const PROMPT_CHARS_MAX: u32 = 32_000;
const PROMPT_TOKENS_MAX: u32 = PROMPT_CHARS_MAX / 4;

/// Tokens a picture of this size is taken for where nobody says.
#[must_use]
pub fn tokens(width: u32, height: u32) -> u32 {
    let pixels = u64::from(width) * u64::from(height);
    u32::try_from(pixels.div_ceil(PIXELS_PER_TOKEN)).unwrap_or(u32::MAX)
}

/// What one picture will likely consume whose vendor makes so many tokens of 1,024 × 1,024: in a size of so many pixels, or
/// in the largest of the usual ones. As [`tokens`] has it where its vendor says nothing.
#[must_use]
pub fn likely_of(square_tokens: Option<u32>, pixels: Option<u64>) -> Usage {
    let largest = || SIZES.iter().map(|(width, height)| u64::from(*width) * u64::from(*height)).max().unwrap_or(SQUARE);
    let pixels = pixels.unwrap_or_else(largest);
    let made = square_tokens.map_or_else(
        || pixels.div_ceil(PIXELS_PER_TOKEN),
        |tokens| pixels.saturating_mul(u64::from(tokens)).div_ceil(SQUARE),
    );
    of(PROMPT_TOKENS, u32::try_from(made).unwrap_or(u32::MAX))
}

/// The most one picture can consume.
#[must_use]
pub fn most() -> Usage {
    of(PROMPT_TOKENS_MAX, TOKENS_MAX)
}

fn of(input_tokens: u32, image_output_tokens: u32) -> Usage {
    Usage { input_tokens, image_output_tokens, images: 1, is_estimated: true, ..Usage::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_figures_are_those_of_the_price_list() {
        assert_eq!(SIZES.map(|(width, height)| tokens(width, height)), [1_056, 1_584, 1_584]);
        let likely = likely_of(None, None);
        assert_eq!((likely.image_output_tokens, likely.images), (1_584, 1));
        assert!(most().image_output_tokens >= 6_240 && most().input_tokens > likely.input_tokens);
        assert!(likely.is_estimated && most().is_estimated, "nobody has said so");
        let long = [272, 1_056, 4_160].map(|square| likely_of(Some(square), None).image_output_tokens);
        assert_eq!(long, [408, 1_584, 6_240], "low, medium and high, as the price list has the long ones");
    }
}
