//! Setting a title into a box: the largest size at which it fits, lines of even length, no lonely last word, an ellipsis
//! when nothing else helps.

use super::font::Face;

/// Distance of baselines, in em of the size.
pub(super) const LINE_HEIGHT: f64 = 1.1;
/// Sizes tried: each this part of the one before.
const SIZE_STEP: f64 = 0.96;
/// Extra badness of a last line with a single word, as a share of the width, squared.
const LONELY_WORD: f64 = 0.5;
/// Badness taken off a line that ends where the sentence pauses.
const PAUSE_BONUS: f64 = 0.03;
/// How much narrower than the widest a line may be without harm, and what more of it costs, in shares of the size.
const RAGGED_FREE: f64 = 0.35;
const RAGGED_COST: f64 = 0.5;
/// What each line with a single word costs, in shares of the size.
const SINGLE_COST: f64 = 0.08;
/// What a lonely word on the last line costs besides, when it is shorter than this share of the widest line.
const LONELY_COST: f64 = 0.15;
const LONELY_SHARE: f64 = 0.7;
/// Kerning and hinting differences between measuring and drawing stay below this share of a line.
const WIDTH_RESERVE: f64 = 0.985;
/// Letters of a cut word that still say something.
const WORD_LETTERS_MIN: usize = 3;
/// Words of a title that are set; a longer text cannot be read from a picture anyway.
const WORDS_MAX: usize = 40;

/// The box and the sizes allowed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    /// Pixels.
    pub(super) width: f64,
    /// Pixels.
    pub(super) height: f64,
    pub(super) lines_max: usize,
    /// Pixels.
    pub(super) size_max: f64,
    /// Pixels.
    pub(super) size_min: f64,
}

/// A text broken into lines of one size.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Lines {
    pub(super) lines: Vec<String>,
    /// Pixels.
    pub(super) size: f64,
}

impl Lines {
    /// From the top of the first line's capitals to the last baseline.
    pub(super) fn height(&self, face: Face) -> f64 {
        let gaps = super::count(self.lines.len().saturating_sub(1));
        self.size * (face.cap_height() + gaps * LINE_HEIGHT)
    }

    /// Distance of baselines in pixels.
    pub(super) fn leading(&self) -> f64 {
        self.size * LINE_HEIGHT
    }
}

/// Sets `text`; `None` when the box is too small for a single word at the smallest size.
pub(super) fn set(text: &str, face: Face, frame: Frame) -> Option<Lines> {
    let words: Vec<&str> = text.split(' ').filter(|w| !w.is_empty()).take(WORDS_MAX).collect();
    let mut best: Option<(f64, Lines)> = None;
    let mut size = frame.size_max;
    while size >= frame.size_min {
        if let Some(lines) = broken(&words, face, frame, size) {
            let lines = Lines { lines, size };
            let beauty = beauty(&lines, face, frame);
            if best.as_ref().is_none_or(|(held, _)| beauty > *held) {
                best = Some((beauty, lines));
            }
        }
        // Nothing smaller can be more beautiful than the size itself.
        if best.as_ref().is_some_and(|(held, _)| size / frame.size_max < *held) {
            break;
        }
        size *= SIZE_STEP;
    }
    best.map(|(_, lines)| lines).or_else(|| shortened(&words, face, frame))
}

/// Size against raggedness: large type is wanted, but not at the price of a line that holds next to nothing.
fn beauty(lines: &Lines, face: Face, frame: Frame) -> f64 {
    let widths: Vec<f64> = lines.lines.iter().map(|line| face.width(line, face.tracking())).collect();
    let widest = widths.iter().copied().fold(f64::MIN_POSITIVE, f64::max);
    let narrowest = widths.iter().copied().fold(widest, f64::min);
    let ragged = (1.0 - narrowest / widest - RAGGED_FREE).max(0.0) * RAGGED_COST;
    let single = lines.lines.iter().filter(|line| !line.contains(' ')).count();
    if lines.lines.len() == 1 {
        return lines.size / frame.size_max;
    }
    let last_is_single = lines.lines.last().is_some_and(|line| !line.contains(' '));
    let is_short = widths.last().is_some_and(|last| *last < widest * LONELY_SHARE);
    let lonely = if last_is_single && is_short { LONELY_COST } else { 0.0 };
    lines.size / frame.size_max - ragged - lonely - super::count(single) * SINGLE_COST
}

/// The lines of the words at a size, as few as possible and then as even as possible.
fn broken(words: &[&str], face: Face, frame: Frame, size: f64) -> Option<Vec<String>> {
    let width = frame.width * WIDTH_RESERVE / size;
    let space = face.width(" ", face.tracking());
    let widths: Vec<f64> = words.iter().map(|w| face.width(w, face.tracking())).collect();
    if words.is_empty() || widths.iter().any(|w| *w > width) {
        return None;
    }
    let count = fewest_lines(&widths, space, width);
    let lines = Lines { lines: vec![String::new(); count], size };
    if count > frame.lines_max || lines.height(face) > frame.height {
        return None;
    }
    Some(even(words, &widths, space, width, count))
}

fn fewest_lines(widths: &[f64], space: f64, width: f64) -> usize {
    let (mut lines, mut used) = (1, 0.0);
    for w in widths {
        let with = if used > 0.0 { used + space + w } else { *w };
        if with > width {
            lines += 1;
            used = *w;
        } else {
            used = with;
        }
    }
    lines
}

/// The best way to reach a word: its badness, and the word at which the last line begins.
type Best = Vec<Vec<Option<(f64, usize)>>>;

/// Breaks into exactly `count` lines with the least sum of squared gaps (Knuth's idea, without hyphens).
fn even(words: &[&str], widths: &[f64], space: f64, width: f64, count: usize) -> Vec<String> {
    let total = words.len();
    // best[lines][words]: the first `words` words in `lines` lines.
    let mut best: Best = vec![vec![None; total + 1]; count + 1];
    if let Some(start) = best.first_mut().and_then(|row| row.first_mut()) {
        *start = Some((0.0, 0));
    }
    for line in 1..=count {
        for end in 1..=total {
            let options = (0..end).filter_map(|from| {
                let before = best.get(line - 1)?.get(from).copied().flatten()?.0;
                let cost = badness(words, widths, from, end, space, width)?;
                Some((before + cost, from))
            });
            let least = options.min_by(|a, b| a.0.total_cmp(&b.0));
            if let Some(cell) = best.get_mut(line).and_then(|row| row.get_mut(end)) {
                *cell = least;
            }
        }
    }
    let mut lines = Vec::with_capacity(count);
    let mut end = total;
    for line in (1..=count).rev() {
        let from = best.get(line).and_then(|row| row.get(end)).copied().flatten().map_or(0, |(_, from)| from);
        lines.push(words.get(from..end).unwrap_or_default().join(" "));
        end = from;
    }
    lines.reverse();
    lines
}

/// How bad a line from word `from` to before `end` looks; `None` when it is too wide.
fn badness(words: &[&str], widths: &[f64], from: usize, end: usize, space: f64, width: f64) -> Option<f64> {
    let line = widths.get(from..end)?;
    let used = line.iter().sum::<f64>() + space * super::count(line.len().saturating_sub(1));
    if used > width {
        return None;
    }
    let gap = (width - used) / width;
    let is_last = end == words.len();
    let lonely = is_last && line.len() == 1 && words.len() > 1;
    let pauses = !is_last && words.get(end - 1).is_some_and(|w| w.ends_with([':', '?', ',', '–']));
    let extra = if lonely { LONELY_WORD * LONELY_WORD } else { 0.0 };
    Some(gap * gap + extra - if pauses { PAUSE_BONUS } else { 0.0 })
}

/// As many words as fit at the smallest size, with an ellipsis; a single word that is too wide loses letters.
fn shortened(words: &[&str], face: Face, frame: Frame) -> Option<Lines> {
    let size = frame.size_min;
    for kept in (1..words.len()).rev() {
        let mut some: Vec<String> = words.iter().take(kept).map(|w| (*w).to_owned()).collect();
        if let Some(last) = some.last_mut() {
            *last = format!("{}…", last.trim_end_matches([',', ':', ';', '–', '-']));
        }
        let some: Vec<&str> = some.iter().map(String::as_str).collect();
        if let Some(lines) = broken(&some, face, frame, size) {
            return Some(Lines { lines, size });
        }
    }
    let word = cut_to_width(words.first()?, face, frame.width * WIDTH_RESERVE / size)?;
    broken(&[word.as_str()], face, frame, size).map(|lines| Lines { lines, size })
}

/// The first letters of a word and an ellipsis, within a width in em; `None` when less than three letters fit.
fn cut_to_width(word: &str, face: Face, width: f64) -> Option<String> {
    let mut used = face.width("…", face.tracking());
    let mut cut = String::new();
    for c in word.chars() {
        used += face.width(c.encode_utf8(&mut [0; 4]), face.tracking());
        if used > width {
            break;
        }
        cut.push(c);
    }
    (cut.chars().count() >= WORD_LETTERS_MIN).then(|| cut + "…")
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRAME: Frame = Frame { width: 700.0, height: 420.0, lines_max: 4, size_max: 110.0, size_min: 40.0 };

    fn widest(lines: &Lines, face: Face) -> f64 {
        lines.lines.iter().map(|l| face.width(l, face.tracking()) * lines.size).fold(0.0, f64::max)
    }

    #[test]
    fn short_titles_are_large_and_long_ones_are_smaller() {
        let short = set("Cold Brew", Face::Sans, FRAME).unwrap();
        let long =
            set("How to Make Cold Brew Coffee at Home Without Any Special Equipment", Face::Sans, FRAME).unwrap();
        assert!(short.size > long.size && short.size <= FRAME.size_max && long.size >= FRAME.size_min);
        for lines in [&short, &long] {
            assert!(widest(lines, Face::Sans) <= FRAME.width && lines.height(Face::Sans) <= FRAME.height);
        }
    }

    #[test]
    fn no_word_stands_alone_on_the_last_line_when_it_can_be_helped() {
        for title in [
            "Best Running Shoes for Flat Feet and Wide Toes",
            "The Complete Guide to Cold Brew Coffee at Home",
            "What Is Keyword Clustering and Why Does It Matter",
            "Standing Desk Benefits You Can Feel in a Week",
        ] {
            for face in [Face::Sans, Face::Serif, Face::Grotesque, Face::Space] {
                let lines = set(title, face, FRAME).unwrap();
                assert!(lines.lines.last().unwrap().contains(' '), "{title}: {lines:?}");
            }
        }
    }

    #[test]
    fn too_long_a_title_ends_in_an_ellipsis() {
        let lines = set(&"several words ".repeat(100), Face::Sans, FRAME).unwrap();
        assert!(lines.lines.last().unwrap().ends_with('…') && lines.lines.len() <= FRAME.lines_max, "{lines:?}");
        let word = set(&"x".repeat(10_000), Face::Sans, FRAME).unwrap();
        assert!(word.lines.len() == 1 && word.lines[0].ends_with('…') && widest(&word, Face::Sans) <= FRAME.width);
    }

    #[test]
    fn a_box_for_nothing_holds_nothing() {
        let tiny = Frame { width: 10.0, height: 10.0, ..FRAME };
        assert_eq!(set("Cold Brew", Face::Sans, tiny), None);
        assert_eq!(set("", Face::Sans, FRAME), None);
    }

    #[test]
    fn a_line_prefers_to_end_at_a_pause() {
        let frame = Frame { width: 620.0, height: 400.0, lines_max: 3, size_max: 70.0, size_min: 60.0 };
        let lines = set("Mailchimp, ConvertKit: which one fits you", Face::Sans, frame).unwrap();
        assert!(lines.lines[0].ends_with(':') || lines.lines[0].ends_with(','), "{lines:?}");
    }
}
