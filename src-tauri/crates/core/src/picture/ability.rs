//! What an image model can be asked for, as data beside its prices: sizes, quality, steps, seeds, how it is told what not
//! to show, and fields of its vendor's own. It is checked when a model is added, and a wish is held against it before
//! anything is paid; no adapter knows a model by its name.

use super::size::{Size, Sizes};
use crate::status::Dialect;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// Longest word of a vendor's, such as a tier of quality, in characters.
const WORD_CHARS_MAX: usize = 40;
/// Most tiers of quality, and most fields of a vendor's own.
const WORDS_MAX: usize = 20;
/// Longest text of all of a vendor's own fields, in bytes.
const MORE_BYTES_MAX: usize = 4_000;
/// Most steps that a model can be told to take.
const STEPS_MAX: u32 = 1_000;

/// What a model can do.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Abilities {
    /// The sizes it makes.
    pub sizes: Sizes,
    /// What is done with a picture that comes in another size than was wanted.
    pub fit: Fit,
    /// How it is told what not to show.
    pub negative: Negative,
    /// Its tiers of quality, by its vendor's words; none for one that has no such choice.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub qualities: Vec<String>,
    /// The tier that is asked for, one of them; empty leaves it to the vendor.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub quality: String,
    /// Steps that it takes to a picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub steps: Option<Steps>,
    /// File formats that it can be asked for, by its vendor's words.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub formats: Vec<String>,
    /// The largest seed it takes; absent for a model that takes none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seed_max: Option<u64>,
    /// Most characters of what it is told to show.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prompt_chars_max: Option<u32>,
    /// Fields of its vendor's own that every request bears.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub more: Map<String, Value>,
}

/// What is done with a picture of another size.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fit {
    /// It is kept as it is.
    #[default]
    Keep,
    /// It is cut around its middle to the wanted shape, and made smaller to the wanted size; it is never made larger.
    Crop,
}

/// How a model is told what not to show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Negative {
    /// In the text that says what to show.
    #[default]
    InPrompt,
    /// In a field for it.
    Field,
}

/// How many steps a model takes, and may be told to take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Steps {
    /// What is asked for.
    pub asked: u32,
    /// Fewest.
    pub min: u32,
    /// Most.
    pub max: u32,
}

/// How a picture is asked for: what is left of a model's abilities when one wish is held against them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Ask {
    /// The size it is asked for in.
    pub size: Size,
    /// Tier of quality; empty says nothing.
    pub quality: String,
    /// Steps; `None` says nothing.
    pub steps: Option<u32>,
    /// File format; empty says nothing.
    pub format: String,
    /// The seed as the model takes it; `None` for a model that takes none.
    pub seed: Option<u64>,
    /// How it is told what not to show.
    pub negative: Negative,
    /// Fields of the vendor's own.
    pub more: Map<String, Value>,
}

/// A wish.
#[derive(Clone, Copy, Debug)]
pub struct Wish<'a> {
    /// Pixels, wide and high.
    pub size: (u32, u32),
    /// All that the model reads of what to show.
    pub prompt: &'a str,
    /// Chooses among pictures.
    pub seed: u64,
}

/// Which part of a model's abilities is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no {0} of an image model")]
pub struct Unsound(pub &'static str);

/// Why a wish cannot be met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// The model makes no size at all.
    #[error("the model makes no size")]
    NoSize,
    /// It reads less than it would have to.
    #[error("the model reads {0} characters at the most")]
    PromptTooLong(u32),
}

impl Unfit {
    /// The stable code that is stored and shown.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NoSize => "no_picture_size",
            Self::PromptTooLong(_) => "picture_prompt_too_long",
        }
    }
}

impl Abilities {
    /// What models usually can that are asked in a language, for one of which nothing is said.
    #[must_use]
    pub fn usual(dialect: Dialect) -> Self {
        super::usual::of(dialect)
    }

    /// Whether it is sound: every size, tier and number can be asked for.
    ///
    /// # Errors
    /// [`Unsound`] with the name of the part that is not.
    pub fn check(&self) -> Result<(), Unsound> {
        let is_word = |word: &String| (1..=WORD_CHARS_MAX).contains(&word.chars().count());
        let are_words = |words: &Vec<String>| words.len() <= WORDS_MAX && words.iter().all(is_word);
        let is_tier = self.quality.is_empty() || self.qualities.contains(&self.quality);
        let are_steps =
            |steps: Steps| steps.min > 0 && steps.max <= STEPS_MAX && (steps.min..=steps.max).contains(&steps.asked);
        let more = self.more.len() <= WORDS_MAX
            && self.more.keys().all(is_word)
            && Value::Object(self.more.clone()).to_string().len() <= MORE_BYTES_MAX;
        let parts = [
            ("sizes", self.sizes.is_sound()),
            ("quality", are_words(&self.qualities) && is_tier),
            ("steps", self.steps.is_none_or(are_steps)),
            ("formats", are_words(&self.formats)),
            ("seed_max", self.seed_max != Some(0)),
            ("prompt_chars_max", self.prompt_chars_max != Some(0)),
            ("more", more),
        ];
        parts.into_iter().find(|(_, is_sound)| !is_sound).map_or(Ok(()), |(part, _)| Err(Unsound(part)))
    }

    /// How a wish is put to the model. A size that it does not make becomes the nearest that it does.
    ///
    /// # Errors
    /// [`Unfit`] for a wish that it cannot be told, before anything is paid.
    pub fn ask(&self, wish: &Wish<'_>) -> Result<Ask, Unfit> {
        let size = self.sizes.nearest(wish.size).ok_or(Unfit::NoSize)?;
        let chars = wish.prompt.chars().count();
        if let Some(max) = self.prompt_chars_max.filter(|max| chars > usize::try_from(*max).unwrap_or(usize::MAX)) {
            return Err(Unfit::PromptTooLong(max));
        }
        Ok(Ask {
            size,
            quality: self.quality.clone(),
            steps: self.steps.map(|steps| steps.asked),
            format: self.formats.first().cloned().unwrap_or_default(),
            // None of them is zero, which some take for no wish at all.
            seed: self.seed_max.map(|max| 1 + wish.seed % max.max(1)),
            negative: self.negative,
            more: self.more.clone(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::picture::size::Range;
    use serde_json::json;

    const WISH: Wish<'_> = Wish { size: (1_200, 675), prompt: "Tea", seed: 41 };

    #[test]
    fn what_is_usual_is_sound_and_reads_back_as_itself() {
        for dialect in Dialect::ALL {
            let usual = Abilities::usual(*dialect);
            assert_eq!(usual.check(), Ok(()), "{dialect}");
            let text = serde_json::to_string(&usual).unwrap();
            assert_eq!(serde_json::from_str::<Abilities>(&text).unwrap(), usual, "{text}");
            assert!(usual.ask(&WISH).is_ok(), "{dialect}");
        }
    }

    #[test]
    fn a_wish_is_put_as_the_model_takes_it() {
        let able = Abilities {
            sizes: Sizes::Stepped(Range {
                min: 64,
                max: 2_048,
                step: 64,
                ratio_max: None,
                pixels_max: None,
                pixels_min: None,
            }),
            qualities: vec!["low".to_owned(), "high".to_owned()],
            quality: "high".to_owned(),
            steps: Some(Steps { asked: 20, min: 1, max: 50 }),
            formats: vec!["PNG".to_owned()],
            seed_max: Some(10),
            negative: Negative::Field,
            ..Abilities::default()
        };
        let ask = able.ask(&WISH).unwrap();
        assert_eq!((ask.size, ask.quality.as_str(), ask.steps), (Size::of(1_216, 704), "high", Some(20)));
        assert_eq!((ask.format.as_str(), ask.seed, ask.negative), ("PNG", Some(2), Negative::Field));
        let plain = Abilities::default().ask(&WISH).unwrap();
        assert_eq!(
            plain,
            Ask { size: Size::of(1_200, 675), ..Ask::default() },
            "nothing is said to whom nothing is known of"
        );
    }

    #[test]
    fn what_cannot_be_told_is_refused_by_name() {
        let short = Abilities { prompt_chars_max: Some(3), ..Abilities::default() };
        assert!(short.ask(&WISH).is_ok(), "exactly as much as it reads");
        let long = Wish { prompt: "Teas", ..WISH };
        assert_eq!(short.ask(&long).map_err(Unfit::code), Err("picture_prompt_too_long"));
        let none = Abilities { sizes: Sizes::Listed(Vec::new()), ..Abilities::default() };
        assert_eq!(none.ask(&WISH).map_err(Unfit::code), Err("no_picture_size"));
    }

    #[test]
    fn what_is_unsound_is_named() {
        let read = |value: Value| serde_json::from_value::<Abilities>(value).unwrap().check();
        for (value, part) in [
            (json!({ "sizes": { "listed": [] } }), "sizes"),
            (json!({ "quality": "high" }), "quality"),
            (json!({ "steps": { "asked": 9, "min": 1, "max": 8 } }), "steps"),
            (json!({ "steps": { "asked": 0, "min": 0, "max": 8 } }), "steps"),
            (json!({ "formats": [""] }), "formats"),
            (json!({ "seed_max": 0 }), "seed_max"),
            (json!({ "prompt_chars_max": 0 }), "prompt_chars_max"),
            (json!({ "more": { "a": "x".repeat(4_000) } }), "more"),
        ] {
            assert_eq!(read(value.clone()), Err(Unsound(part)), "{value}");
        }
        assert!(serde_json::from_value::<Abilities>(json!({ "colour": "red" })).is_err(), "an unknown field is a slip");
    }
}
