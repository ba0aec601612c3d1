//! Colours as the webview has computed them: of which kind one is, and how far two are apart for the eye.

use crate::Failure;
use crate::driver::Driver;
use serde_json::{Value, json};

/// Fill of a button, by how its words begin, and the inks of all its words; null while it cannot be pressed.
const PAINT: &str = "const named = (button) => button.innerText.trim().startsWith(arguments[0]);
const ready = \"main button:not(:disabled):not([aria-disabled='true']):not([data-loading])\";
const button = Array.from(document.querySelectorAll(ready)).find(named);
if (button === undefined) return null;
const parts = (color) => color.match(/[\\d.]+/g).slice(0, 3).map(Number);
const isWorded = (node) => Array.from(node.childNodes).some((child) => child.nodeType === 3 && child.data.trim() !== '');
const worded = Array.from(button.querySelectorAll('*')).filter(isWorded);
return [button, ...worded].map((node, nth) => parts(getComputedStyle(node)[nth === 0 ? 'backgroundColor' : 'color']));";

/// Red, green and blue, each from 0 to 255.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Color([f64; 3]);

/// How a button is painted.
#[derive(Debug)]
pub struct Paint {
    pub fill: Color,
    pub inks: Vec<Color>,
}

impl Color {
    /// Hue in degrees: red at 0, green at 120.
    pub fn hue(self) -> f64 {
        let [red, green, blue] = self.0;
        let most = red.max(green).max(blue);
        let span = (most - red.min(green).min(blue)).max(1.0);
        let sixth = if most == red {
            ((green - blue) / span).rem_euclid(6.0)
        } else if most == green {
            2.0 + (blue - red) / span
        } else {
            4.0 + (red - green) / span
        };
        60.0 * sixth
    }

    /// WCAG 2.2's contrast ratio, from 1 to 21.
    pub fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    /// WCAG 2.2's relative luminance.
    fn luminance(self) -> f64 {
        let linear = |part: f64| {
            let part = part / 255.0;
            if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        let [red, green, blue] = self.0.map(linear);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    fn of(parts: &Value) -> Option<Self> {
        Some(Self([parts[0].as_f64()?, parts[1].as_f64()?, parts[2].as_f64()?]))
    }
}

impl Paint {
    /// How the button on the page is painted whose words begin so, as soon as it can be pressed.
    pub async fn of(driver: &Driver, name: &str) -> Result<Self, Failure> {
        let read = async || {
            let painted = driver.execute(PAINT, json!([name])).await?;
            let colors: Option<Vec<Color>> = painted.as_array().map(|all| all.iter().filter_map(Color::of).collect());
            Ok(colors.filter(|all| all.len() > 1))
        };
        let mut colors = driver.until(&format!("the button {name} is there"), read).await?;
        let inks = colors.split_off(1);
        match colors.pop() {
            Some(fill) => Ok(Self { fill, inks }),
            None => Err(Failure::new(format!("the button {name} has no colours"))),
        }
    }

    /// The lowest contrast of its words.
    pub fn contrast(&self) -> f64 {
        self.inks.iter().map(|ink| self.fill.contrast(*ink)).fold(f64::INFINITY, f64::min)
    }
}

#[test]
fn contrast_and_hue_are_those_of_the_standard() {
    let (black, white) = (Color([0.0; 3]), Color([255.0; 3]));
    let grey = Color([119.0; 3]);
    assert!((black.contrast(white) - 21.0).abs() < 0.01 && (grey.contrast(white) - 4.48).abs() < 0.01);
    let hues =
        [[255.0, 0.0, 0.0], [0.0, 255.0, 0.0], [242.0, 183.0, 5.0], [255.0, 0.0, 60.0]].map(|rgb| Color(rgb).hue());
    assert_eq!(hues.map(f64::round), [0.0, 120.0, 45.0, 346.0]);
}
