//! The image side of the engine: a brief becomes a designed card. The picture is composed as SVG ([`design`]), drawn by
//! `resvg` with faces of its own, and encoded without loss. A title no face can set gets a picture without words
//! instead of boxes; so does a picture too small to be read.

mod art;
mod color;
mod copy;
mod design;
mod dice;
mod font;
mod palette;
mod setting;
mod svg;

#[cfg(test)]
mod tests;

use art::Motif;
use color::Rgb;
use copy::Copy;
use design::{Design, Inset};
use dice::Dice;
use igny8_core::port::models::{ImageAnswer, ImageRequest, ProviderError};
use igny8_core::status::ImageFormat;
use igny8_core::status::ImageType;
use igny8_core::usage::Usage;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::codecs::webp::WebPEncoder;
use image::{ExtendedColorType, ImageEncoder};
use palette::{Palette, Scheme};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};
use svg::Svg;

/// Sides a picture may have, in pixels: below it nothing can be seen, above it a picture needs more memory than one
/// article is worth.
pub const SIDE_PX: std::ops::RangeInclusive<u32> = 64..=4_096;

/// Makes the picture.
///
/// # Errors
/// [`ProviderError::Rejected`] with `size` for a side outside [`SIDE_PX`], with `render` when drawing fails.
pub(super) fn answer(request: &ImageRequest) -> Result<ImageAnswer, ProviderError> {
    let rejected = |reason: &str| ProviderError::Rejected { reason: reason.to_owned() };
    if !SIDE_PX.contains(&request.width) || !SIDE_PX.contains(&request.height) {
        return Err(rejected("size"));
    }
    let document = compose(request);
    let bytes = draw(&document, request).ok_or_else(|| rejected("render"))?;
    let usage = Usage { images: 1, is_estimated: false, ..Usage::default() };
    Ok(ImageAnswer { bytes, seed: Some(request.seed), usage, provider_request_id: None })
}

/// True when the words of a picture of this title can be set; the text alternative says so.
pub(super) fn can_set(title: &str) -> bool {
    font::settable(title).is_some()
}

/// The picture as an SVG document.
fn compose(request: &ImageRequest) -> String {
    let (width, height) = (f64::from(request.width), f64::from(request.height));
    let is_heading = match request.brief.image_type {
        Some(ImageType::InArticle) => true,
        Some(ImageType::Featured) => false,
        None => !request.brief.heading.trim().is_empty(),
    };
    let mut svg = Svg::new(width, height);
    let drawn = Copy::of(&request.brief, is_heading).is_some_and(|copy| {
        if is_heading { inset(&mut svg, &copy, request) } else { featured(&mut svg, &copy, request) }
    });
    if !drawn {
        svg = Svg::new(width, height);
        abstract_picture(&mut svg, request);
    }
    svg.finish()
}

fn featured(svg: &mut Svg, copy: &Copy, request: &ImageRequest) -> bool {
    let mut dice = Dice::new(request.seed);
    // Taken from the seed itself, so that seeds in a row give designs in a row.
    let design = crate::builtin::template::choose(Design::ALL, request.seed);
    let scheme = design.scheme(&mut dice);
    let palette = Palette::new(Rgb::brand(&request.brief.site.brand_color), scheme, &mut dice);
    design.draw(svg, copy, &palette, &mut dice)
}

fn inset(svg: &mut Svg, copy: &Copy, request: &ImageRequest) -> bool {
    let mut dice = Dice::new(request.seed);
    let motif = crate::builtin::template::choose(Motif::ALL, request.seed);
    let layout = dice.choose(if motif.fills_evenly() { Inset::ALL } else { Inset::APART }).for_heading(&copy.title);
    let palette = Palette::new(Rgb::brand(&request.brief.site.brand_color), any_scheme(&mut dice), &mut dice);
    layout.draw(svg, copy, motif, &palette, &mut dice)
}

fn abstract_picture(svg: &mut Svg, request: &ImageRequest) {
    let mut dice = Dice::new(request.seed);
    let motif = crate::builtin::template::choose(Motif::ALL, request.seed);
    let palette = Palette::new(Rgb::brand(&request.brief.site.brand_color), any_scheme(&mut dice), &mut dice);
    motif.fill(svg, svg.canvas(), &palette, &mut dice);
}

fn any_scheme(dice: &mut Dice) -> Scheme {
    let [deep, bold, pale] = Scheme::ALL;
    match dice.next() >> 8 & 3 {
        0 => bold,
        1 => deep,
        _ => pale,
    }
}

/// Draws and encodes a document.
fn draw(document: &str, request: &ImageRequest) -> Option<Vec<u8>> {
    let tree = tree(document)?;
    let mut pixmap = Pixmap::new(request.width, request.height)?;
    resvg::render(&tree, Transform::identity(), &mut pixmap.as_mut());
    // The ground covers the whole picture, so nothing is transparent and a third channel of colour is the last one.
    let rgb: Vec<u8> = pixmap.data().chunks_exact(4).flat_map(|pixel| pixel.iter().take(3).copied()).collect();
    encode(&rgb, request)
}

fn tree(document: &str) -> Option<Tree> {
    let options = Options { fontdb: font::database(), ..Options::default() };
    Tree::from_str(document, &options).ok()
}

fn encode(rgb: &[u8], request: &ImageRequest) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let (width, height, kind) = (request.width, request.height, ExtendedColorType::Rgb8);
    let done = match request.format {
        ImageFormat::Png => PngEncoder::new_with_quality(&mut bytes, CompressionType::Best, FilterType::Adaptive)
            .write_image(rgb, width, height, kind),
        ImageFormat::WebP => WebPEncoder::new_lossless(&mut bytes).write_image(rgb, width, height, kind),
    };
    done.is_ok().then_some(bytes)
}

/// Counts in pictures are small; every one of them is exact.
fn count(number: usize) -> f64 {
    u32::try_from(number).map_or(f64::MAX, f64::from)
}
