//! Colours made from one brand colour: lighter, darker and turned in OKLCH, where equal steps look equal, then brought
//! back into sRGB. Conversion after Björn Ottosson, "A perceptual color space for image processing" (2020); contrast
//! after WCAG 2.2.

/// Contrast that text has against its ground, at least (WCAG AA).
pub(super) const CONTRAST_MIN: f64 = 4.5;
/// The product's own accent, for a site without a brand colour.
const FALLBACK: Rgb = Rgb { r: 0x44, g: 0x53, b: 0xc7 };
/// Lightness step with which text is moved away from its ground.
const LIGHTNESS_STEP: f64 = 0.02;

/// An sRGB colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Rgb {
    pub(super) r: u8,
    pub(super) g: u8,
    pub(super) b: u8,
}

/// A colour by lightness 0–1, chroma 0–0.4 and hue in degrees.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Oklch {
    pub(super) l: f64,
    pub(super) c: f64,
    pub(super) h: f64,
}

impl Rgb {
    /// Reads `#rrggbb` or `rrggbb`; anything else gives the product's accent.
    pub(super) fn brand(text: &str) -> Self {
        let hex = text.trim().trim_start_matches('#');
        let channel = |at: usize| hex.get(at..at + 2).and_then(|pair| u8::from_str_radix(pair, 16).ok());
        match (hex.len(), channel(0), channel(2), channel(4)) {
            (6, Some(r), Some(g), Some(b)) => Self { r, g, b },
            _ => FALLBACK,
        }
    }

    /// `#rrggbb`.
    pub(super) fn hex(self) -> String {
        format!("#{:02x}{:02x}{:02x}", self.r, self.g, self.b)
    }

    /// Relative luminance, 0–1.
    fn luminance(self) -> f64 {
        0.2126 * linear(self.r) + 0.7152 * linear(self.g) + 0.0722 * linear(self.b)
    }

    /// The colour in OKLCH.
    pub(super) fn oklch(self) -> Oklch {
        let (r, g, b) = (linear(self.r), linear(self.g), linear(self.b));
        let l = (0.412_221_470_8 * r + 0.536_332_536_3 * g + 0.051_445_992_9 * b).cbrt();
        let m = (0.211_903_498_2 * r + 0.680_699_545_1 * g + 0.107_396_956_6 * b).cbrt();
        let s = (0.088_302_461_9 * r + 0.281_718_837_6 * g + 0.629_978_700_5 * b).cbrt();
        let lightness = 0.210_454_255_3 * l + 0.793_617_785_0 * m - 0.004_072_046_8 * s;
        let a = 1.977_998_495_1 * l - 2.428_592_205_0 * m + 0.450_593_709_9 * s;
        let b = 0.025_904_037_1 * l + 0.782_771_766_2 * m - 0.808_675_766_0 * s;
        Oklch { l: lightness, c: a.hypot(b), h: b.atan2(a).to_degrees().rem_euclid(360.0) }
    }
}

impl Oklch {
    /// The nearest sRGB colour of the same lightness and hue: chroma is reduced until it exists.
    pub(super) fn rgb(self) -> Rgb {
        let (mut low, mut high) = (0.0, self.c);
        if let Some(rgb) = self.exact() {
            return rgb;
        }
        for _ in 0..20 {
            let middle = f64::midpoint(low, high);
            if (Self { c: middle, ..self }).exact().is_some() { low = middle } else { high = middle }
        }
        Self { c: low, ..self }.exact().unwrap_or_else(|| {
            let grey = channel(self.l.clamp(0.0, 1.0).powi(3));
            Rgb { r: grey, g: grey, b: grey }
        })
    }

    /// The colour when it lies within sRGB.
    fn exact(self) -> Option<Rgb> {
        let (a, b) = (self.c * self.h.to_radians().cos(), self.c * self.h.to_radians().sin());
        let l = (self.l + 0.396_337_777_4 * a + 0.215_803_757_3 * b).powi(3);
        let m = (self.l - 0.105_561_345_8 * a - 0.063_854_172_8 * b).powi(3);
        let s = (self.l - 0.089_484_177_5 * a - 1.291_485_548_0 * b).powi(3);
        let channels = [
            4.076_741_662_1 * l - 3.307_711_591_3 * m + 0.230_969_929_2 * s,
            -1.268_438_004_6 * l + 2.609_757_401_1 * m - 0.341_319_396_5 * s,
            -0.004_196_086_3 * l - 0.703_418_614_7 * m + 1.707_614_701_0 * s,
        ];
        let [r, g, b] = channels;
        let fits = channels.iter().all(|v| (-0.000_5..=1.000_5).contains(v));
        fits.then(|| Rgb { r: channel(r), g: channel(g), b: channel(b) })
    }
}

/// WCAG contrast of two colours, 1–21.
pub(super) fn contrast(a: Rgb, b: Rgb) -> f64 {
    let (x, y) = (a.luminance(), b.luminance());
    (x.max(y) + 0.05) / (x.min(y) + 0.05)
}

/// `ink`, moved away from `ground` in lightness until text in it can be read.
pub(super) fn readable(ink: Oklch, ground: Rgb) -> Rgb {
    let lighter = ink.l > ground.oklch().l;
    let mut ink = ink;
    while contrast(ink.rgb(), ground) < CONTRAST_MIN && (0.0..=1.0).contains(&ink.l) {
        ink.l += if lighter { LIGHTNESS_STEP } else { -LIGHTNESS_STEP };
    }
    let rgb = Oklch { l: ink.l.clamp(0.0, 1.0), ..ink }.rgb();
    if contrast(rgb, ground) >= CONTRAST_MIN { rgb } else { black_or_white(ground) }
}

/// Whichever of black and white stands out more; one of them always has a contrast above 4.5.
pub(super) fn black_or_white(ground: Rgb) -> Rgb {
    let (black, white) = (Rgb { r: 0, g: 0, b: 0 }, Rgb { r: 255, g: 255, b: 255 });
    if contrast(white, ground) >= contrast(black, ground) { white } else { black }
}

/// From an sRGB byte to linear light.
fn linear(value: u8) -> f64 {
    let v = f64::from(value) / 255.0;
    if v <= 0.040_45 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) }
}

/// From linear light to an sRGB byte.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn channel(linear: f64) -> u8 {
    let v = linear.clamp(0.0, 1.0);
    let encoded = if v <= 0.003_130_8 { v * 12.92 } else { 1.055 * v.powf(1.0 / 2.4) - 0.055 };
    (encoded * 255.0).round().clamp(0.0, 255.0) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_survive_the_way_there_and_back() {
        for hex in ["#000000", "#ffffff", "#ff0000", "#00ff00", "#0000ff", "#4453c7", "#f2b705", "#808080", "#123456"] {
            let rgb = Rgb::brand(hex);
            assert_eq!(rgb.oklch().rgb(), rgb, "{hex}");
            assert_eq!(rgb.hex(), hex);
        }
        let red = Rgb::brand("#ff0000").oklch();
        assert!(
            (red.l - 0.628).abs() < 0.001 && (red.c - 0.2577).abs() < 0.001 && (red.h - 29.23).abs() < 0.1,
            "{red:?}"
        );
    }

    #[test]
    fn colours_outside_srgb_come_back_duller() {
        let rgb = Oklch { l: 0.9, c: 0.4, h: 264.0 }.rgb();
        assert!((rgb.oklch().l - 0.9).abs() < 0.01, "lightness stays: {:?}", rgb.oklch());
    }

    #[test]
    fn contrast_is_the_published_one() {
        let (black, white) = (Rgb::brand("#000000"), Rgb::brand("#ffffff"));
        assert!((contrast(black, white) - 21.0).abs() < 1e-9);
        assert!((contrast(Rgb::brand("#777777"), white) - 4.48).abs() < 0.01);
    }

    #[test]
    fn anything_but_a_colour_is_the_products_own() {
        for odd in ["", "red", "#12", "#12345g", "#1234567", "日本語", "é12345"] {
            assert_eq!(Rgb::brand(odd), FALLBACK, "{odd}");
        }
    }

    #[test]
    fn readable_text_can_be_read_on_every_ground() {
        for step in 0..=255_u8 {
            for ground in [Rgb { r: step, g: step, b: step }, Rgb { r: step, g: 255 - step, b: 90 }] {
                for l in [0.1, 0.5, 0.95] {
                    let ink = readable(Oklch { l, c: 0.1, h: 200.0 }, ground);
                    assert!(contrast(ink, ground) >= CONTRAST_MIN, "{ground:?} {ink:?}");
                }
            }
        }
    }
}
