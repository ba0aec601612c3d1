//! What the catalogue says of image models, held against what their vendors publish of them.

use super::*;
use igny8_core::picture::{Ask, Negative, Size, Sizes, Steps, Unfit, Wish};

/// Wide, square and high pictures, from an icon to a poster.
const WISHES: [(u32, u32); 7] =
    [(1_200, 675), (1_024, 768), (1_024, 1_024), (600, 900), (160, 90), (3_840, 2_160), (3_000, 100)];

fn image_models() -> Vec<Model> {
    let all = models(day("2026-11-23").unwrap());
    all.into_iter().filter(|model| model.model_type == ModelType::Image).collect()
}

fn named(name: &str) -> Model {
    image_models().into_iter().find(|model| model.model_name == name).unwrap_or_else(|| panic!("no {name}"))
}

fn asks(name: &str) -> Vec<Ask> {
    let able = named(name).picture;
    WISHES.map(|size| able.ask(&Wish { size, prompt: "Tea", seed: 41 }).unwrap()).to_vec()
}

fn pixels(Size { width, height, .. }: &Size) -> u64 {
    u64::from(*width) * u64::from(*height)
}

/// Sizes, quality, steps, the vendor's own fields, whether there is a field for what not to show, and of seeds.
type Rule = (&'static str, &'static [(u32, u32)], &'static str, Option<u32>, &'static str, bool, bool);

const SQUARE_WIDE_HIGH: &[(u32, u32)] = &[(1_024, 1_024), (1_536, 1_024), (1_024, 1_536)];

/// Models that make certain sizes and no others.
const RULES: [Rule; 9] = [
    ("runware:97@1", &[(1_024, 1_024), (1_280, 768)], "", Some(20), r#"{"CFGScale":7}"#, true, true),
    ("bria:10@1", &[(1_024, 1_024), (1_344, 768), (1_216, 832)], "", None, "{}", true, true),
    ("google:4@2", &[(1_024, 1_024), (1_376, 768), (1_264, 848)], "", None, "{}", false, false),
    ("gpt-image-1.5", SQUARE_WIDE_HIGH, "medium", None, "{}", false, false),
    ("gpt-image-1-mini", SQUARE_WIDE_HIGH, "medium", None, "{}", false, false),
    ("gpt-image-1", SQUARE_WIDE_HIGH, "medium", None, "{}", false, false),
    ("dall-e-3", &[(1_024, 1_024), (1_792, 1_024), (1_024, 1_792)], "standard", None, "{}", false, false),
    ("dall-e-2", &[(1_024, 1_024), (512, 512), (256, 256)], "", None, "{}", false, false),
    ("bria-3.2", &[], "", Some(50), "{}", true, true),
];

#[test]
fn every_image_model_has_data_of_its_own_that_can_be_asked_for() {
    let lines: Vec<PictureLine> = serde_json::from_str(PICTURES).unwrap();
    let named: Vec<String> = lines.into_iter().flat_map(|line| line.models).collect();
    let mut expected: Vec<String> =
        image_models().iter().map(|model| format!("{}/{}", model.provider, model.model_name)).collect();
    let (mut once, count) = (named.clone(), named.len());
    once.sort();
    once.dedup();
    expected.sort();
    assert_eq!((once.len(), &once), (count, &expected), "each is there once, and nothing else is");
    for model in image_models() {
        let (name, able) = (&model.model_name, &model.picture);
        assert_eq!(able.check(), Ok(()), "{name}");
        assert_ne!(able.sizes, Sizes::Any, "{name}: somebody has looked");
        for size in WISHES {
            let ask = able.ask(&Wish { size, prompt: "Tea", seed: 41 }).unwrap();
            let is_one_of_its_own = match &able.sizes {
                Sizes::Any => false,
                Sizes::Listed(sizes) => sizes.contains(&ask.size),
                Sizes::Stepped(range) => [ask.size.width, ask.size.height]
                    .iter()
                    .all(|side| side.is_multiple_of(range.step) && (range.min..=range.max).contains(side)),
            };
            assert!(is_one_of_its_own, "{name}: {size:?} {:?}", ask.size);
        }
    }
}

#[test]
fn each_makes_what_its_vendor_says() {
    for (name, sizes, quality, steps, more, has_negative, has_seed) in RULES {
        let able = named(name).picture;
        if let (Sizes::Listed(own), false) = (&able.sizes, sizes.is_empty()) {
            let own: Vec<(u32, u32)> = own.iter().map(|size| (size.width, size.height)).collect();
            assert_eq!(own, sizes, "{name}");
        }
        for ask in asks(name) {
            assert_eq!((ask.quality.as_str(), ask.steps), (quality, steps), "{name}");
            assert_eq!(serde_json::to_string(&ask.more).unwrap(), more, "{name}");
            assert_eq!((ask.negative == Negative::Field, ask.seed.is_some()), (has_negative, has_seed), "{name}");
        }
    }
}

#[test]
fn nano_banana_is_told_a_word_in_place_of_its_sides() {
    assert!(asks("google:4@2").iter().all(|ask| ask.size.word == "1k"));
    let by_pixels = ["runware:97@1", "bria:10@1", "bytedance:seedream@4.5"];
    assert!(by_pixels.iter().flat_map(|name| asks(name)).all(|ask| ask.size.word.is_empty()));
}

#[test]
fn seedream_makes_nothing_small_and_takes_neither_a_negative_prompt_nor_steps() {
    for ask in asks("bytedance:seedream@4.5") {
        assert!(pixels(&ask.size) >= 3_686_400, "{:?}", ask.size);
        assert_eq!((ask.negative, ask.steps, ask.more.is_empty()), (Negative::InPrompt, None, true));
    }
    let square = Wish { size: (800, 800), prompt: "Tea", seed: 1 };
    assert_eq!(named("bytedance:seedream@4.5").picture.ask(&square).unwrap().size, Size::of(2_048, 2_048));
}

#[test]
fn newer_gpt_images_are_of_any_size_in_multiples_of_sixteen() {
    for name in ["gpt-image-2", "gpt-image-2.5-flare", "gpt-image-2.5-sunburst"] {
        for ask in asks(name) {
            let Size { width, height, .. } = ask.size;
            let (long, short) = (width.max(height), width.min(height));
            assert!(width.is_multiple_of(16) && height.is_multiple_of(16) && long <= 3_840, "{name}: {width}x{height}");
            assert!(long <= 3 * short && pixels(&ask.size) <= 8_294_400, "{name}: {width}x{height}");
            assert!(pixels(&ask.size) >= 655_360 && ask.quality == "medium", "{name}: {width}x{height}");
        }
        assert_eq!(asks(name)[0].size, Size::of(1_200, 688), "{name}: no more than is wanted");
    }
}

#[test]
fn gpt_images_have_their_tiers_and_formats_and_read_so_much() {
    let family = ["low", "medium", "high", "auto"];
    let newest = ["low", "medium", "high", "auto", "xhigh", "max"];
    for (name, tiers) in [
        ("gpt-image-1", &family[..]),
        ("gpt-image-1-mini", &family[..]),
        ("gpt-image-1.5", &family[..]),
        ("gpt-image-2", &family[..]),
        ("gpt-image-2.5-flare", &newest[..]),
        ("gpt-image-2.5-sunburst", &newest[..]),
    ] {
        let able = named(name).picture;
        assert_eq!(
            (able.qualities.as_slice(), able.formats.as_slice()),
            (&words(tiers)[..], &words(&["png", "jpeg", "webp"])[..])
        );
        let long = "x".repeat(32_001);
        let wish = |prompt| Wish { size: (1_024, 1_024), prompt, seed: 1 };
        assert_eq!(able.ask(&wish(&long)), Err(Unfit::PromptTooLong(32_000)), "{name}");
        assert!(able.ask(&wish(&long[1..])).is_ok(), "{name}");
    }
}

#[test]
fn every_quality_that_somebody_publishes_a_price_of_has_one() {
    let lines: Vec<TiersLine> = serde_json::from_str(TIERS).unwrap();
    for name in lines.iter().flat_map(|line| &line.models) {
        let (_, name) = name.split_once('/').unwrap();
        let model = named(name);
        let sold: Vec<&str> = model.tiers.iter().map(|tier| tier.quality.as_str()).collect();
        assert!(
            sold.iter().all(|quality| model.picture.qualities.iter().any(|own| own == quality)),
            "{name}: {sold:?}"
        );
        assert!(sold.contains(&model.picture.quality.as_str()), "{name} is asked for a quality with a price");
        let unpriced = model.picture.qualities.iter().filter(|quality| !sold.contains(&quality.as_str()));
        assert!(unpriced.into_iter().all(|quality| ["xhigh", "max"].contains(&quality.as_str())), "{name}");
    }
    let cost = |name: &str, quality: &str| named(name).at_quality(quality).credits_per_image;
    let gpt = ["low", "medium", "high", "auto", "max"].map(|quality| cost("gpt-image-2.5-flare", quality));
    assert_eq!(gpt, [Some(2), Some(7), Some(24), Some(24), None].map(|credits| credits.map(Credits::whole)));
    let gemini = ["1K", "2K", "4K"].map(|quality| cost("gemini-3-pro-image", quality));
    assert_eq!(gemini, [17, 17, 30].map(|credits| Some(Credits::whole(credits))));
}

#[test]
fn steps_are_asked_for_within_what_the_model_takes() {
    assert_eq!(named("runware:97@1").picture.steps, Some(Steps { asked: 20, min: 1, max: 100 }));
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}
