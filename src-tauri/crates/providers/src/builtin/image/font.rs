//! The typefaces the renderer carries with it, and what can be known of a text before it is set: whether a face has its
//! letters, and how wide it runs. All faces are under the SIL Open Font License; the licences stand beside the files.

use resvg::usvg::fontdb::{Database, Source};
use skrifa::charmap::Charmap;
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::{FontRef, MetadataProvider};
use std::sync::{Arc, OnceLock};
use unicode_normalization::UnicodeNormalization;

/// Characters of a text that are looked at: several times what a picture can hold.
const TEXT_CHARS_MAX: usize = 400;

/// A face.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Face {
    /// Plain and wide-ranging: Latin, Greek, Cyrillic. Also what other faces fall back to.
    #[default]
    Sans,
    /// The same, lighter: labels and subtitles.
    Text,
    /// A grotesque with character.
    Grotesque,
    /// Technical, with round corners.
    Space,
    /// A soft serif.
    Serif,
}

impl Face {
    /// Every face.
    const ALL: [Self; 5] = [Self::Sans, Self::Text, Self::Grotesque, Self::Space, Self::Serif];

    fn bytes(self) -> &'static [u8] {
        match self {
            Self::Sans => include_bytes!("../../../fonts/Inter-ExtraBold.ttf"),
            Self::Text => include_bytes!("../../../fonts/Inter-SemiBold.ttf"),
            Self::Grotesque => include_bytes!("../../../fonts/BricolageGrotesque-ExtraBold.ttf"),
            Self::Space => include_bytes!("../../../fonts/SpaceGrotesk-Bold.ttf"),
            Self::Serif => include_bytes!("../../../fonts/Fraunces-Bold.ttf"),
        }
    }

    /// Family and weight under which the renderer finds it.
    pub(super) const fn family(self) -> (&'static str, u16) {
        match self {
            Self::Sans => ("Inter", 800),
            Self::Text => ("Inter", 600),
            Self::Grotesque => ("Bricolage Grotesque", 800),
            Self::Space => ("Space Grotesk", 700),
            Self::Serif => ("Fraunces", 700),
        }
    }

    /// Space added between letters, in em: large type is set tighter than the face was drawn for.
    pub(super) const fn tracking(self) -> f64 {
        match self {
            Self::Sans => -0.022,
            Self::Text => 0.0,
            Self::Grotesque => -0.012,
            Self::Space => -0.025,
            Self::Serif => -0.008,
        }
    }

    /// Height of a capital, in em.
    pub(super) const fn cap_height(self) -> f64 {
        match self {
            Self::Sans | Self::Text => 0.728,
            Self::Grotesque | Self::Space | Self::Serif => 0.70,
        }
    }

    /// Width of a text in em, tracking included. Pairs of letters that move together make it a little narrower.
    pub(super) fn width(self, text: &str, tracking: f64) -> f64 {
        let metrics = self.metrics();
        text.chars().map(|c| metrics.advance(c) + tracking).sum()
    }

    /// Whether the face has every letter of a text.
    pub(super) fn has(self, text: &str) -> bool {
        let metrics = self.metrics();
        text.chars().all(|c| metrics.has(c))
    }

    /// The face for a text: this one, or the wide-ranging one; `None` when neither can set it.
    pub(super) fn able(self, text: &str) -> Option<Self> {
        [self, Self::Sans].into_iter().find(|face| face.has(text))
    }

    fn metrics(self) -> &'static Metrics {
        static METRICS: OnceLock<Vec<(Face, Metrics)>> = OnceLock::new();
        static NONE: Metrics = Metrics { face: None };
        let all = METRICS.get_or_init(|| Self::ALL.iter().map(|face| (*face, Metrics::of(face.bytes()))).collect());
        all.iter().find(|(face, _)| *face == self).map_or(&NONE, |(_, metrics)| metrics)
    }
}

/// What can be set of a text: composed, typographic apostrophes, symbols without a glyph (emoji) left out. `None` when
/// a letter or digit has no glyph in any face, so that nobody sees boxes in place of words.
pub(super) fn settable(text: &str) -> Option<String> {
    let composed: String =
        text.chars().take(TEXT_CHARS_MAX).nfc().map(|c| if c == '\'' { '\u{2019}' } else { c }).collect();
    let kept: String = composed
        .chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .filter(|c| c.is_alphanumeric() || Face::Sans.metrics().has(*c))
        .collect();
    let folded = kept.split(' ').filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ");
    let says_something = folded.chars().any(char::is_alphanumeric);
    (says_something && Face::Sans.has(&folded)).then_some(folded)
}

/// The faces as the renderer wants them; no font of the machine takes part.
pub(super) fn database() -> Arc<Database> {
    static DATABASE: OnceLock<Arc<Database>> = OnceLock::new();
    let database = DATABASE.get_or_init(|| {
        let mut database = Database::new();
        for face in Face::ALL {
            database.load_font_source(Source::Binary(Arc::new(face.bytes())));
        }
        Arc::new(database)
    });
    Arc::clone(database)
}

/// Letters and advances of one face.
struct Metrics {
    face: Option<(Charmap<'static>, GlyphMetrics<'static>)>,
}

impl Metrics {
    fn of(bytes: &'static [u8]) -> Self {
        let face = FontRef::new(bytes).ok().map(|font| {
            // At size 1 advances are in em.
            (font.charmap(), font.glyph_metrics(Size::new(1.0), LocationRef::default()))
        });
        Self { face }
    }

    fn has(&self, c: char) -> bool {
        self.face.as_ref().is_some_and(|(map, _)| map.map(c).is_some_and(|glyph| glyph.to_u32() != 0))
    }

    /// In em; an unknown letter counts as a wide one.
    fn advance(&self, c: char) -> f64 {
        let advance = self.face.as_ref().and_then(|(map, metrics)| metrics.advance_width(map.map(c)?));
        advance.map_or(1.0, f64::from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use resvg::usvg::fontdb::{Family, Query, Weight};

    #[test]
    fn the_renderer_finds_every_face_by_the_name_used() {
        let database = database();
        for face in Face::ALL {
            let (family, weight) = face.family();
            let query = Query { families: &[Family::Name(family)], weight: Weight(weight), ..Query::default() };
            let found = database.query(&query).and_then(|id| database.face(id)).unwrap();
            assert_eq!(found.weight.0, weight, "{family}");
        }
    }

    #[test]
    fn widths_are_those_of_the_face() {
        assert!(Face::Sans.width("MMMM", 0.0) > Face::Sans.width("iiii", 0.0) * 2.0);
        let one = Face::Serif.width("a", 0.0);
        assert!((Face::Serif.width("aa", 0.1) - (one * 2.0 + 0.2)).abs() < 1e-6);
    }

    #[test]
    fn only_texts_that_can_be_read_are_set() {
        assert_eq!(settable("It's 5 o'clock").as_deref(), Some("It’s 5 o’clock"));
        assert_eq!(settable("Беговые кроссовки").as_deref(), Some("Беговые кроссовки"));
        assert_eq!(settable("Καφές & τσάι").as_deref(), Some("Καφές & τσάι"));
        assert_eq!(settable("🏃 Running\n shoes").as_deref(), Some("Running shoes"));
        for unreadable in ["日本語", "שלום", "مرحبا", "हिन्दी", "🏃", "", " – ", "Coffee 珈琲"]
        {
            assert_eq!(settable(unreadable), None, "{unreadable}");
        }
        assert_eq!(Face::Serif.able("Кофе"), Some(Face::Sans), "another face steps in");
        assert_eq!(Face::Serif.able("Café"), Some(Face::Serif));
    }
}
