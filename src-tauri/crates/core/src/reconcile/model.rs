//! Whether two names mean one model. Vendors write the same model with their own name before it, a snapshot's date
//! behind it, or as it is spoken.

/// Digits of a snapshot's date, without its hyphens.
const DATE_DIGITS: usize = 8;

/// Words behind a colon that only say how a gateway is to route a request, and leave the model and its price list as they
/// are: OpenRouter's routing variants, as its guide "Model variants" lists them.
const ROUTINGS: [&str; 4] = ["nitro", "floor", "exacto", "online"];

/// A model's name without what differs between a price list and a usage file: `OpenAI/GPT 5.5` and `gpt-5.5` are
/// `gpt-5-5`. What stands behind a colon stays behind one: `llama:free` has a price of its own, and of `runware:97@1` the
/// colon parts a family from its member.
#[must_use]
pub fn plain_model(name: &str) -> String {
    // `gpt-5.5, input` is a line of a bill, as is `gpt-5.5: input`.
    let name = name.split(',').next().unwrap_or_default();
    let name = name.split(": ").next().unwrap_or_default();
    let (model, variant) = name.split_once(':').unwrap_or((name, ""));
    let (model, variant) = (hyphened(model.rsplit('/').next().unwrap_or_default()), hyphened(variant));
    if variant.is_empty() || ROUTINGS.contains(&variant.as_str()) { model } else { format!("{model}:{variant}") }
}

fn hyphened(name: &str) -> String {
    let hyphened: String = name.to_lowercase().chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
    hyphened.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-")
}

/// Whether two plain names mean one model: equal, or one is the other with a snapshot's date. A variant that is spoken,
/// as in "Llama 4 Scout (free)", is the one that is written behind a colon.
#[must_use]
pub fn is_same_model(one: &str, other: &str) -> bool {
    let parts = |name| str::split_once(name, ':').unwrap_or((name, ""));
    let ((one, of_one), (other, of_other)) = (parts(one), parts(other));
    let is = |one, other| spoken(one, of_one).eq(spoken(other, of_other));
    is(one, other) || is(without_date(one), other) || is(one, without_date(other))
}

/// The letters of a name and its variant without the colon.
fn spoken<'n>(model: &'n str, variant: &'n str) -> impl Iterator<Item = char> {
    let between = if variant.is_empty() { "" } else { "-" };
    model.chars().chain(between.chars()).chain(variant.chars())
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
        assert!(same("meta-llama/llama-4-scout:free", "llama-4-scout:free"));
        assert!(same("meta-llama/llama-4-scout:free", "Llama 4 Scout (free)"));
        assert!(same("openai/gpt-5.5-2026-10-01:free", "gpt-5.5:free"));
        assert!(same("openai/gpt-5.5:nitro", "gpt-5.5") && same("gpt-5.5: output", "gpt-5.5"));
    }

    #[test]
    fn near_names_are_other_models() {
        for (one, other) in [
            ("gpt-5.5", "gpt-5.5-mini"),
            ("gpt-5", "gpt-5.5"),
            ("gpt-4-0613", "gpt-4"),
            ("model-12345678", "model"),
            ("20261001", ""),
            // What a gateway prices apart, and members of one family.
            ("meta-llama/llama-4-scout:free", "meta-llama/llama-4-scout"),
            ("deepseek-r1:thinking", "deepseek-r1:free"),
            ("runware:97@1", "runware:100@1"),
            ("llama4:8b", "llama4:70b"),
        ] {
            assert!(!same(one, other), "{one} {other}");
        }
    }
}
