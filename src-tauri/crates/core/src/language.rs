//! Language tags as articles carry them: which texts are tags (BCP 47), of languages that exist.

/// Longest tag, in characters: the longest that is registered has fewer.
const TAG_CHARS_MAX: usize = 35;

/// The two-letter languages of ISO 639-1, with the four that were renamed and are still written.
const TWO_LETTERS: &str = "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy
    da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik
    in io is it iu iw ja ji jv jw ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml
    mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si
    sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za
    zh zu";

/// Whether a text is the tag of a language, such as `en`, `pt-BR` or `sr-Latn-RS`. Three letters are taken at their word:
/// there are thousands of them.
#[must_use]
pub fn is_language(tag: &str) -> bool {
    if tag.len() > TAG_CHARS_MAX {
        return false;
    }
    let mut parts = tag.split('-').peekable();
    let Some(language) = parts.next().map(str::to_ascii_lowercase) else { return false };
    let is_known = match language.len() {
        2 => TWO_LETTERS.split_ascii_whitespace().any(|known| known == language),
        3 => is_letters(&language),
        _ => false,
    };
    // In this order, each at most once: script, region; then any variants.
    let _ = parts.next_if(|part| part.len() == 4 && is_letters(part));
    let _ = parts.next_if(|part| is_region(part));
    is_known && parts.all(is_variant)
}

fn is_letters(part: &str) -> bool {
    part.bytes().all(|byte| byte.is_ascii_alphabetic())
}

fn is_region(part: &str) -> bool {
    (part.len() == 2 && is_letters(part)) || (part.len() == 3 && part.bytes().all(|byte| byte.is_ascii_digit()))
}

fn is_variant(part: &str) -> bool {
    let begins_with_digit = part.bytes().next().is_some_and(|byte| byte.is_ascii_digit());
    let is_long = (5..=8).contains(&part.len()) || (part.len() == 4 && begins_with_digit);
    is_long && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_of_languages_are_known_from_other_words() {
        for tag in ["en", "EN", "de", "pt-BR", "es-419", "zh-Hant", "sr-Latn-RS", "de-CH-1901", "ca-ES-valencia", "yue"]
        {
            assert!(is_language(tag), "{tag}");
        }
        for text in [
            "",
            "-",
            "e",
            "xx",
            "xx-yy-zz",
            "en-",
            "en--GB",
            "en-GB-US",
            "english",
            "en_GB",
            "e1",
            "en-G",
            "1234",
            "en-Latn-Latn",
            "dé",
            "en GB",
            "en-GB-abc",
            "en-GB-variants-variants-variants-variants",
        ] {
            assert!(!is_language(text), "{text:?}");
        }
    }
}
