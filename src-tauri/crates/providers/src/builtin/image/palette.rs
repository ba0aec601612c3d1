//! The colours of one picture: a ground, text that can be read on it, four tones between, two accents.

use super::color::{Oklch, Rgb, contrast, readable};
use super::dice::Dice;

/// How a picture uses the brand colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scheme {
    /// A dark shade of it as ground.
    Deep,
    /// The colour itself as ground.
    Bold,
    /// A hint of it as ground.
    Pale,
}

impl Scheme {
    pub(super) const ALL: [Self; 3] = [Self::Deep, Self::Bold, Self::Pale];
}

/// The colours of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Palette {
    pub(super) ground: Rgb,
    /// Titles.
    pub(super) ink: Rgb,
    /// Labels and the site's name.
    pub(super) muted: Rgb,
    /// From next to the ground to far from it.
    pub(super) tones: [Rgb; 4],
    pub(super) accent: Rgb,
    pub(super) second: Rgb,
}

/// How far the accent is turned from the brand's hue, in degrees: neighbours and opposites look chosen, thirds do not.
const ACCENT_TURNS: &[f64] = &[38.0, -42.0, 165.0, 190.0];
/// A brand below this chroma is a grey and stays one; an accent is made all the same.
const GREY_CHROMA: f64 = 0.02;
/// Accent hue of a grey brand: a warm orange.
const GREY_ACCENT_HUE: f64 = 60.0;

impl Palette {
    /// The palette of a brand colour in a scheme.
    pub(super) fn new(brand: Rgb, scheme: Scheme, dice: &mut Dice) -> Self {
        let brand = brand.oklch();
        let turn = dice.choose(ACCENT_TURNS);
        let grey = brand.c < GREY_CHROMA;
        let hue = if grey { GREY_ACCENT_HUE } else { brand.h + turn };
        match scheme {
            Scheme::Deep => Self::deep(brand, hue),
            Scheme::Bold => Self::bold(brand, hue),
            Scheme::Pale => Self::pale(brand, hue),
        }
    }

    fn deep(brand: Oklch, accent_hue: f64) -> Self {
        let shade = |l: f64, c: f64| Oklch { l, c: brand.c.min(0.16) * c, h: brand.h }.rgb();
        let ground = shade(0.255, 0.6);
        Self {
            ground,
            ink: readable(Oklch { l: 0.985, c: brand.c.min(0.012), h: brand.h }, ground),
            muted: readable(Oklch { l: 0.84, c: brand.c.min(0.04), h: brand.h }, ground),
            tones: [shade(0.32, 0.75), shade(0.41, 0.95), shade(0.54, 1.0), shade(0.72, 0.85)],
            accent: Oklch { l: 0.80, c: 0.125, h: accent_hue }.rgb(),
            second: Oklch { l: 0.90, c: 0.05, h: brand.h }.rgb(),
        }
    }

    fn bold(brand: Oklch, accent_hue: f64) -> Self {
        // A very dark brand would be the deep scheme, a very light one the pale scheme: it is brought between them.
        let l = brand.l.clamp(0.40, 0.86);
        let ground = Oklch { l, ..brand }.rgb();
        let light = Oklch { l: 0.99, c: brand.c.min(0.01), h: brand.h };
        let dark = Oklch { l: 0.20, c: brand.c.min(0.05), h: brand.h };
        let white_wins = contrast(light.rgb(), ground) >= CONTRAST_OF_LARGE_TYPE;
        let ground = if white_wins { darkened_for(light, Oklch { l, ..brand }) } else { ground };
        let base = ground.oklch();
        let sign = if white_wins { 1.0 } else { -1.0 };
        let tone =
            |step: f64, c: f64| Oklch { l: (base.l + sign * step).clamp(0.05, 0.97), c: base.c * c, h: base.h }.rgb();
        Self {
            ground,
            ink: readable(if white_wins { light } else { dark }, ground),
            muted: readable(
                if white_wins {
                    Oklch { l: 0.93, c: 0.03, h: brand.h }
                } else {
                    Oklch { l: 0.30, c: 0.05, h: brand.h }
                },
                ground,
            ),
            tones: [tone(-0.055, 1.0), tone(0.08, 0.95), tone(0.19, 0.75), tone(0.33, 0.5)],
            accent: Oklch { l: if white_wins { 0.84 } else { 0.42 }, c: 0.125, h: accent_hue }.rgb(),
            second: Oklch { l: if white_wins { 0.95 } else { 0.25 }, c: 0.03, h: brand.h }.rgb(),
        }
    }

    fn pale(brand: Oklch, accent_hue: f64) -> Self {
        let shade = |l: f64, c: f64| Oklch { l, c: brand.c.min(0.17) * c, h: brand.h }.rgb();
        let ground = shade(0.968, 0.10);
        Self {
            ground,
            ink: readable(Oklch { l: 0.235, c: brand.c.min(0.06), h: brand.h }, ground),
            muted: readable(Oklch { l: 0.45, c: brand.c.min(0.07), h: brand.h }, ground),
            tones: [shade(0.92, 0.25), shade(0.85, 0.5), shade(0.70, 0.85), shade(0.48, 1.0)],
            accent: Oklch { l: 0.70, c: 0.15, h: accent_hue }.rgb(),
            second: shade(0.30, 0.6),
        }
    }
}

/// Contrast from which white is preferred to black on a brand colour: people expect white on blue and red, where black
/// would have a little more contrast.
const CONTRAST_OF_LARGE_TYPE: f64 = 3.0;

/// The ground, darkened until light text can be read on it.
fn darkened_for(ink: Oklch, ground: Oklch) -> Rgb {
    let mut ground = ground;
    while contrast(ink.rgb(), ground.rgb()) < super::color::CONTRAST_MIN && ground.l > 0.0 {
        ground.l -= 0.01;
    }
    ground.rgb()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::builtin::image::color::CONTRAST_MIN;

    #[test]
    fn text_can_be_read_whatever_the_brand() {
        for r in (0..=255).step_by(51) {
            for g in (0..=255).step_by(51) {
                for b in (0..=255).step_by(51) {
                    let brand = Rgb { r, g, b };
                    for scheme in Scheme::ALL {
                        let palette = Palette::new(brand, scheme, &mut Dice::new(u64::from(r)));
                        for text in [palette.ink, palette.muted] {
                            let found = contrast(text, palette.ground);
                            assert!(found >= CONTRAST_MIN, "{brand:?} {scheme:?}: {found:.2}");
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn the_three_schemes_differ_and_keep_the_brands_hue() {
        let brand = Rgb::brand("#4453c7");
        let grounds = Scheme::ALL.map(|scheme| Palette::new(brand, scheme, &mut Dice::new(1)).ground);
        for ground in grounds {
            assert!((ground.oklch().h - brand.oklch().h).abs() < 12.0, "{ground:?}");
        }
        assert!(grounds[0].oklch().l < grounds[1].oklch().l && grounds[1].oklch().l < grounds[2].oklch().l);
    }
}
