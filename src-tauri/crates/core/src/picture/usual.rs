//! What image models usually can, by the language they are asked in: where a model is added without a word about it. It is
//! data to begin with and stands in the catalogue from then on, where a person changes it.

use super::ability::{Abilities, Fit, Negative, Steps};
use super::size::{Range, Size, Sizes};
use super::{PROMPT_CHARS_MAX, SIZES};
use crate::status::Dialect;

/// Sizes of Google's image models at their ordinary resolution, by the shape that is asked for.
const GEMINI: [(u32, u32, &str); 10] = [
    (1_024, 1_024, "1:1"),
    (832, 1_248, "2:3"),
    (1_248, 832, "3:2"),
    (864, 1_184, "3:4"),
    (1_184, 864, "4:3"),
    (896, 1_152, "4:5"),
    (1_152, 896, "5:4"),
    (768, 1_344, "9:16"),
    (1_344, 768, "16:9"),
    (1_536, 672, "21:9"),
];
/// Shapes that Bria takes; its pictures have about a million pixels.
const BRIA: [(u32, u32, &str); 9] = [
    (1_024, 1_024, "1:1"),
    (832, 1_248, "2:3"),
    (1_248, 832, "3:2"),
    (880, 1_176, "3:4"),
    (1_176, 880, "4:3"),
    (912, 1_144, "4:5"),
    (1_144, 912, "5:4"),
    (768, 1_360, "9:16"),
    (1_360, 768, "16:9"),
];
/// Most characters that Runware reads.
const RUNWARE_PROMPT_CHARS_MAX: u32 = 3_000;
/// Largest seed of vendors that count in 32 bits, and of those that count in 63.
const SEED_MAX_32: u64 = u32::MAX as u64;
const SEED_MAX_63: u64 = i64::MAX as u64;

pub(super) fn of(dialect: Dialect) -> Abilities {
    match dialect {
        Dialect::OpenAi => Abilities {
            sizes: Sizes::Listed(SIZES.map(|(width, height)| Size::of(width, height)).to_vec()),
            fit: Fit::Crop,
            prompt_chars_max: Some(PROMPT_CHARS_MAX),
            ..Abilities::default()
        },
        Dialect::Gemini => Abilities { sizes: named(&GEMINI), fit: Fit::Crop, ..Abilities::default() },
        Dialect::Runware => Abilities {
            sizes: Sizes::Stepped(Range {
                min: 128,
                max: 2_048,
                step: 64,
                ratio_max: None,
                pixels_max: None,
                pixels_min: None,
            }),
            fit: Fit::Crop,
            negative: Negative::Field,
            formats: ["PNG", "JPG", "WEBP"].map(str::to_owned).to_vec(),
            seed_max: Some(SEED_MAX_63),
            prompt_chars_max: Some(RUNWARE_PROMPT_CHARS_MAX),
            ..Abilities::default()
        },
        Dialect::Bria => Abilities {
            sizes: named(&BRIA),
            fit: Fit::Crop,
            negative: Negative::Field,
            steps: Some(Steps { asked: 50, min: 35, max: 50 }),
            seed_max: Some(SEED_MAX_32),
            ..Abilities::default()
        },
        // These make no pictures.
        Dialect::Anthropic | Dialect::Ollama => Abilities::default(),
    }
}

fn named(sizes: &[(u32, u32, &str)]) -> Sizes {
    Sizes::Listed(sizes.iter().map(|(width, height, word)| Size::named(*width, *height, word)).collect())
}
