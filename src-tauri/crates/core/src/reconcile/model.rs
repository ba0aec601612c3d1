//! Whether two names mean one model. Vendors write the same model with their own name before it, a snapshot's date
//! behind it, or as it is spoken.

/// Digits of a snapshot's date, without its hyphens.
const DATE_DIGITS: usize = 8;

/// A model's name without what differs between a price list and a usage file: `OpenAI/GPT 5.5` and `gpt-5.5` are
/// `gpt-5-5`.
#[must_use]
pub fn plain_model(name: &str) -> String {
    // `gpt-5.5, input` is a line of a bill, `llama:free` a variant of a price.
    let name = name.split([',', ':']).next().unwrap_or_default();
    let name = name.rsplit('/').next().unwrap_or_default().trim().to_lowercase();
    let hyphened: String = name.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
    hyphened.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-")
}

/// Whether two plain names mean one model: equal, or one is the other with a snapshot's date.
#[must_use]
pub fn is_same_model(one: &str, other: &str) -> bool {
    one == other || without_date(one) == other || without_date(other) == one
}

/// `gpt-5-5-2026-10-01` and `claude-sonnet-5-20261001` without their dates.
fn without_date(name: &str) -> &str {
    let mut digits = 0;
    let start = name.char_indices().rev().find(|(_, c)| {
        digits += usize::from(c.is_ascii_digit());
        digits == DATE_DIGITS || !(c.is_ascii_digit() || *c == '-')
    });
    match start {
        Some((at, c)) if c.is_ascii_digit() => {
            let (before, date) = name.split_at(at);
            let is_date = matches!(date.len(), 8 | 10) && date.starts_with("20");
            before.strip_suffix('-').filter(|before| is_date && !before.is_empty()).unwrap_or(name)
        }
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(one: &str, other: &str) -> bool {
        let same = is_same_model(&plain_model(one), &plain_model(other));
        assert_eq!(same, is_same_model(&plain_model(other), &plain_model(one)), "order does not matter");
        same
    }

    #[test]
    fn one_model_has_many_names() {
        for name in ["gpt-5.5", "GPT-5.5", "openai/gpt-5.5", "gpt-5.5-2026-10-01", "gpt-5.5, input", "gpt 5.5"] {
            assert!(same(name, "gpt-5.5"), "{name}");
        }
        assert!(same("claude-sonnet-4-5-20250929", "Claude Sonnet 4.5"));
        assert!(same("meta-llama/llama-4-scout:free", "llama-4-scout"));
    }

    #[test]
    fn near_names_are_other_models() {
        for (one, other) in [
            ("gpt-5.5", "gpt-5.5-mini"),
            ("gpt-5", "gpt-5.5"),
            ("gpt-4-0613", "gpt-4"),
            ("model-12345678", "model"),
            ("20261001", ""),
        ] {
            assert!(!same(one, other), "{one} {other}");
        }
    }
}
