//! Tests of the renderer: what is drawn is read back from the tree or from the pixels.

use super::color::{CONTRAST_MIN, contrast};
use super::svg::Rect;
use super::*;
use igny8_core::function::input::SiteContext;
use igny8_core::hangup::Hangup;
use igny8_core::id::CallId;
use igny8_core::picture::Ask;
use igny8_core::port::models::ImageBrief;
use resvg::usvg::{Group, Node, Paint};
use std::collections::BTreeSet;

const TITLES: &[&str] = &[
    "Cold Brew",
    "How to Clean White Sneakers: A Step-by-Step Guide",
    "Mailchimp vs. ConvertKit: Which One Fits You?",
    "Best Running Shoes for Flat Feet: What to Look For and How to Choose",
    "7 Mistakes People Make with a Standing Desk",
    "Email Marketing Software for Small Businesses That Hate Email and Everything That Comes with It, from Lists to Laws",
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
    "Как выбрать беговые кроссовки для плоскостопия",
    "WWWWWWWWWWWW MMMMMMMMMMMM WWWWWWWWWWWW",
];
/// Lines may stand out of their measured box by the side bearings of italic-like letters, in pixels.
const OVERHANG_PX: f64 = 2.0;

fn request(title: &str, seed: u64, (width, height): (u32, u32)) -> ImageRequest {
    ImageRequest {
        call: CallId::from_slice(&[1; 16]).unwrap(),
        model_name: crate::builtin::IMAGE_MODEL.to_owned(),
        negative_prompt: String::new(),
        prompt: String::new(),
        brief: ImageBrief {
            site: SiteContext { name: "Daily Grind".into(), brand_color: "#1e7f4b".into(), ..SiteContext::default() },
            title: title.to_owned(),
            heading: String::new(),
            label: "Cold brew coffee at home".to_owned(),
            image_type: Some(ImageType::Featured),
        },
        width,
        height,
        format: ImageFormat::Png,
        seed,
        earlier: None,
        hangup: Hangup::default(),
        ask: Ask::default(),
    }
}

fn heading(text: &str, seed: u64, size: (u32, u32)) -> ImageRequest {
    let mut request = request("The article's title", seed, size);
    request.brief.heading = text.to_owned();
    request.brief.image_type = Some(ImageType::InArticle);
    request
}

/// The box and the colour of each line of text.
fn texts(group: &Group) -> Vec<(Rect, Rgb)> {
    let mut found = Vec::new();
    for node in group.children() {
        match node {
            Node::Group(inner) => found.extend(texts(inner)),
            Node::Text(text) => {
                let b = text.flattened().abs_bounding_box();
                let rect = Rect::new(b.x().into(), b.y().into(), b.width().into(), b.height().into());
                let fill = text.chunks()[0].spans()[0].fill().unwrap().paint().clone();
                let Paint::Color(color) = fill else { panic!("a plain colour") };
                found.push((rect, Rgb { r: color.red, g: color.green, b: color.blue }));
            }
            Node::Path(_) | Node::Image(_) => {}
        }
    }
    found
}

fn texts_of(request: &ImageRequest) -> Vec<(Rect, Rgb)> {
    texts(tree(&compose(request)).unwrap().root())
}

fn render(request: &ImageRequest) -> Vec<u8> {
    answer(request).unwrap().bytes
}

#[test]
fn no_text_leaves_the_picture() {
    for size in [(1_200, 675), (1_024, 768), (800, 1_200)] {
        for (title, n) in TITLES.iter().zip(0_u64..) {
            for turn in 0..4 {
                let (seed, other) = (n + turn * 3, n * 7 + turn * 11);
                for request in [request(title, seed, size), heading(title, other, size)] {
                    let found = texts_of(&request);
                    assert!(!found.is_empty(), "{title} at {size:?}: no words");
                    for (r, _) in found {
                        let inside = r.x >= -OVERHANG_PX
                            && r.y >= -OVERHANG_PX
                            && r.right() <= f64::from(size.0) + OVERHANG_PX
                            && r.bottom() <= f64::from(size.1) + OVERHANG_PX;
                        assert!(inside, "{title} at {size:?}, seed {}: {r:?}", request.seed);
                    }
                }
            }
        }
    }
}

/// The picture without its words, to see what they stand on.
fn grounds(request: &ImageRequest) -> Pixmap {
    let bare: String = compose(request).lines().filter(|line| !line.contains("<text ")).collect();
    let mut pixmap = Pixmap::new(request.width, request.height).unwrap();
    resvg::render(&tree(&bare).unwrap(), Transform::identity(), &mut pixmap.as_mut());
    pixmap
}

#[test]
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn every_word_stands_out_from_every_pixel_behind_it() {
    let featured = (0..20).map(|seed| request(TITLES[(seed % 5) as usize], seed, (600, 338)));
    let inside = (0..27).map(|seed| heading("What You Need Before You Start", seed, (512, 384)));
    let tall = (0..10).map(|seed| request(TITLES[1], seed, (400, 600)));
    for mut request in featured.chain(inside).chain(tall) {
        request.brief.site.brand_color =
            ["#4453c7", "#f2b705", "#c4302b", "#111111"][(request.seed % 4) as usize].into();
        let behind = grounds(&request);
        for (r, ink) in texts_of(&request) {
            // The giant initial is a drawing: nobody has to read it.
            if r.h > f64::from(request.height) * 0.2 {
                continue;
            }
            for (x, y) in [(0.02, 0.5), (0.25, 0.1), (0.5, 0.5), (0.75, 0.9), (0.98, 0.5)] {
                let at = ((r.x + r.w * x).max(0.0) as u32, (r.y + r.h * y).max(0.0) as u32);
                let pixel = behind.pixel(at.0.min(request.width - 1), at.1.min(request.height - 1)).unwrap();
                let ground = Rgb { r: pixel.red(), g: pixel.green(), b: pixel.blue() };
                let found = contrast(ink, ground);
                assert!(found >= CONTRAST_MIN, "seed {}: {found:.2} at {at:?}, {ink:?} on {ground:?}", request.seed);
            }
        }
    }
}

#[test]
fn both_formats_have_the_size_asked_for_and_stay_small() {
    for seed in 0..10 {
        let png = request(TITLES[1], seed, (1_200, 675));
        let webp = ImageRequest { format: ImageFormat::WebP, ..png.clone() };
        let (a, b) = (render(&png), render(&webp));
        for (bytes, format) in [(&a, image::ImageFormat::Png), (&b, image::ImageFormat::WebP)] {
            assert_eq!(image::guess_format(bytes).unwrap(), format);
            let picture = image::load_from_memory(bytes).unwrap();
            assert_eq!((picture.width(), picture.height()), (1_200, 675));
            assert!(bytes.len() < 150_000, "seed {seed}: {} bytes of {format:?}", bytes.len());
        }
        let [a, b] = [a, b].map(|bytes| image::load_from_memory(&bytes).unwrap().to_rgb8());
        assert!(a == b, "both formats show the same picture");
    }
}

#[test]
fn seeds_in_a_row_give_different_designs_and_the_same_seed_the_same_picture() {
    let size = (300, 169);
    let pictures: BTreeSet<Vec<u8>> = (0..10).map(|seed| render(&request(TITLES[0], seed, size))).collect();
    assert_eq!(pictures.len(), 10);
    let headings: BTreeSet<Vec<u8>> = (0..9).map(|seed| render(&heading("Steps", seed, size))).collect();
    assert_eq!(headings.len(), 9);
    assert_eq!(render(&request(TITLES[0], 4, size)), render(&request(TITLES[0], 4, size)));
    let mut other = request(TITLES[0], 4, size);
    other.brief.site.brand_color = "#c4302b".into();
    assert_ne!(render(&other), render(&request(TITLES[0], 4, size)), "the brand shows");
}

#[test]
fn titles_no_face_can_set_get_a_picture_without_words() {
    for title in ["日本語のコーヒー", "שלום עולם", "مرحبا بالعالم", "हिन्दी में", "🏃🏃", "", "Coffee 珈琲"]
    {
        for seed in 0..9 {
            assert!(texts_of(&request(title, seed, (1_200, 675))).is_empty(), "{title}");
        }
    }
    assert!(
        texts_of(&heading("日本語の見出し", 1, (1_024, 768))).is_empty(),
        "the title does not stand in for a heading"
    );
    let mut label = request("Cold Brew", 0, (1_200, 675));
    label.brief.label = "日本語".into();
    label.brief.site.name = "珈琲".into();
    assert_eq!(texts_of(&label).len(), 1, "only what can be read is set");
}

#[test]
fn any_allowed_size_is_drawn_and_others_are_refused() {
    for size in [(64, 64), (4_096, 64), (64, 4_096), (100, 2_000), (200, 113)] {
        let bytes = render(&request(TITLES[1], 3, size));
        let picture = image::load_from_memory(&bytes).unwrap();
        assert_eq!((picture.width(), picture.height()), size);
    }
    for size in [(63, 100), (100, 4_097), (0, 0), (u32::MAX, 64)] {
        let refused = answer(&request("x", 0, size));
        assert_eq!(refused, Err(ProviderError::Rejected { reason: "size".to_owned() }));
    }
}

#[test]
fn hostile_words_are_drawn_and_nothing_else() {
    let long = "x".repeat(10_000);
    let words = "many words ".repeat(1_000);
    for hostile in
        ["</text><script>alert(1)</script>", "&lt;b&gt; \"quoted\" 'x'", "a\u{0}b\u{7}\u{202e}c", "]]>", &long, &words]
    {
        for seed in 0..10 {
            let mut request = request(hostile, seed, (1_200, 675));
            request.brief.label = hostile.to_owned();
            request.brief.site.name = hostile.to_owned();
            request.brief.site.brand_color = hostile.to_owned();
            let document = compose(&request);
            assert!(!document.contains("<script") && tree(&document).is_some(), "{hostile:.40}");
        }
    }
}
