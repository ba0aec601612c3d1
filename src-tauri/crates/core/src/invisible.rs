//! Characters that nobody sees or types: they hide text, turn the direction of the words around them, or stand before a
//! cell so that it no longer looks like what it is. Every place that takes somebody's line leaves them out by this rule.

/// Whether `c` is a control, a byte-order mark, a zero-width space, a direction mark, a soft hyphen or the mark of a lost
/// character. The joiners are none: they spell words in Persian and Hindi and build emoji.
#[must_use]
pub fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}')
        || matches!(c, '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fffd}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_turns_or_hides_text_is_invisible_and_what_spells_it_is_not() {
        for c in ['\u{0}', '\u{7f}', '\u{202e}', '\u{2066}', '\u{feff}', '\u{200b}', '\u{61c}'] {
            assert!(is_invisible(c), "{c:?}");
        }
        for c in ['a', ' ', 'é', '\u{200d}', '\u{200c}', '語'] {
            assert!(!is_invisible(c), "{c:?}");
        }
    }
}
