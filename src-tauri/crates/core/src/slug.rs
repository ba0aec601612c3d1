//! Slugs: short ASCII names for addresses and files. Only ASCII is sent, because sites percent-encode the rest; letters of
//! other scripts are written as they sound, so that an address in any language can be read.

use deunicode::deunicode_char;
use unicode_normalization::UnicodeNormalization;

/// Longest slug made, in bytes: leaves room for a suffix inside WordPress's 200.
pub const SLUG_BYTES_MAX: usize = 80;

/// A slug of `text`: accents dropped, letters of other scripts as they sound, words joined by hyphens, cut at a word where
/// possible. Text without one letter or digit gives `fallback`.
#[must_use]
pub fn slug(text: &str, fallback: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.nfc() {
        let is_read = push_latin(&mut out, c) || push_as_it_sounds(&mut out, c);
        if !is_read {
            part(&mut out);
        }
    }
    bounded(&out, fallback)
}

/// As [`slug`] with letters of other scripts left out, which is what names of folders were always made of: one that is
/// there must be found again.
#[must_use]
pub fn latin_slug(text: &str, fallback: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.nfc() {
        if !push_latin(&mut out, c) {
            part(&mut out);
        }
    }
    bounded(&out, fallback)
}

/// Ends a word.
fn part(out: &mut String) {
    if !out.is_empty() && !out.ends_with('-') {
        out.push('-');
    }
}

/// Adds a character that is Latin but for its accents, or joins what it stands in; else says that it is neither.
fn push_latin(out: &mut String, c: char) -> bool {
    match c {
        'ß' | 'ẞ' => out.push_str("ss"),
        'æ' | 'Æ' => out.push_str("ae"),
        'ø' | 'Ø' => out.push('o'),
        // Apostrophes and combining accents join what they stand in.
        '\'' | '\u{2019}' | '\u{300}'..='\u{36f}' => {}
        _ => return push_plain(out, c),
    }
    true
}

/// Adds the letters and digits a character is made of, if there are any: an accented letter has one, a fraction two.
fn push_plain(out: &mut String, c: char) -> bool {
    let mut is_any = false;
    for c in std::iter::once(c).nfkd() {
        if c.is_ascii_alphanumeric() {
            is_any = true;
            out.push(c.to_ascii_lowercase());
        } else if is_any && !('\u{300}'..='\u{36f}').contains(&c) {
            part(out);
        }
    }
    is_any
}

/// Adds a letter or digit of another script as it sounds, or not at all; else says that it is none.
fn push_as_it_sounds(out: &mut String, c: char) -> bool {
    let Some(sound) = deunicode_char(c) else { return false };
    if c.is_ascii() || (!c.is_alphanumeric() && !sound.is_empty()) {
        return false;
    }
    // In scripts without spaces each sign is a word.
    if sound.ends_with(' ') {
        part(out);
    }
    for c in sound.chars() {
        if c.is_ascii_alphanumeric() {
            out.push(c.to_ascii_lowercase());
        } else if !matches!(c, '\'' | '`') {
            part(out);
        }
    }
    true
}

fn bounded(out: &str, fallback: &str) -> String {
    let whole = out.trim_end_matches('-');
    if whole.is_empty() {
        return fallback.to_owned();
    }
    if whole.len() <= SLUG_BYTES_MAX {
        return whole.to_owned();
    }
    let cut = whole.get(..SLUG_BYTES_MAX).unwrap_or(whole);
    let at_word = cut.rfind('-').filter(|at| *at > SLUG_BYTES_MAX / 2).and_then(|at| cut.get(..at));
    at_word.unwrap_or(cut).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_ascii_and_bounded() {
        assert_eq!(slug("Crème brûlée: the chef's way!", "x"), "creme-brulee-the-chefs-way");
        assert_eq!(slug("Straße", "x"), "strasse");
        assert_eq!(slug("½ cup", "x"), "1-2-cup");
        assert_eq!(slug("☕ & — ؟", "article"), "article");
        assert!(slug(&"long word ".repeat(40), "x").len() <= SLUG_BYTES_MAX);
        assert!(!slug(&"long word ".repeat(40), "x").ends_with('-'));
        assert_eq!(slug(&"a".repeat(300), "x").len(), SLUG_BYTES_MAX);
    }
    #[test]
    fn titles_in_other_scripts_can_be_read() {
        for (title, expected) in [
            ("Как заварить зелёный чай", "kak-zavarit-zelionyi-chai"),
            ("Πράσινο τσάι: οφέλη", "prasino-tsai-ophele"),
            ("绿茶的好处", "lu-cha-de-hao-chu"),
            ("緑茶の淹れ方", "lu-cha-no-yan-re-fang"),
            ("녹차 효능", "nogca-hyoneung"),
            ("हरी चाय", "hrii-caay"),
            ("شاي أخضر", "shy-khdr"),
            ("Łódź – Đà Nẵng", "lodz-da-nang"),
        ] {
            assert_eq!(slug(title, "article"), expected, "{title}");
        }
        assert!(slug(&"чай ".repeat(90), "x").len() <= SLUG_BYTES_MAX);
    }

    #[test]
    fn folders_keep_the_names_they_had() {
        assert_eq!(latin_slug("日本語", "site"), "site");
        assert_eq!(latin_slug("Мой blog", "site"), "blog");
        assert_eq!(latin_slug("Crème brûlée: the chef's way!", "x"), "creme-brulee-the-chefs-way");
    }
}
