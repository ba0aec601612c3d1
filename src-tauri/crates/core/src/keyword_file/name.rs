//! Column names as tools write them, brought to one form so that case, spacing, underscores and accents written in two
//! ways never decide whether a column is found.

use unicode_normalization::UnicodeNormalization;

/// The name in lower case and NFC, white space and underscores folded to single spaces, quotes straight.
pub(super) fn folded(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    for c in raw.nfc().flat_map(char::to_lowercase) {
        match c {
            '\u{feff}' | '\u{200b}' => {}
            '\u{2018}' | '\u{2019}' => out.push('\''),
            '\u{201c}' | '\u{201d}' => out.push('"'),
            c if c.is_whitespace() || c == '_' => {
                if !out.is_empty() && !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c => out.push(c),
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// Splits a folded name such as `cpc (usd)` into `cpc` and the currency `USD`. Other brackets stay in the name.
pub(super) fn without_currency(folded: &str) -> (&str, Option<String>) {
    let parts = folded.strip_suffix(')').and_then(|text| text.rsplit_once('('));
    match parts {
        Some((name, code)) if code.len() == 3 && code.bytes().all(|b| b.is_ascii_lowercase()) => {
            (name.trim_end(), Some(code.to_ascii_uppercase()))
        }
        Some(_) | None => (folded, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_one_whatever_their_case_spaces_and_accents() {
        assert_eq!(folded("\u{feff} Search\u{a0} Volume "), "search volume");
        assert_eq!(folded("SEARCH_TERM"), "search term");
        assert_eq!(folded("mot cle\u{301}"), folded("Mot Clé"));
    }

    #[test]
    fn a_currency_in_the_name_is_told_from_other_brackets() {
        assert_eq!(without_currency("cpc (aud)"), ("cpc", Some("AUD".to_owned())));
        assert_eq!(without_currency("traffic (%)"), ("traffic (%)", None));
        assert_eq!(without_currency("top of page bid (high range)"), ("top of page bid (high range)", None));
    }
}
