//! How the catalogue's text models think, and when they cost less.

use super::*;
use igny8_core::usage::Usage;

/// The day the tables are of.
fn today() -> UtcMs {
    day("2026-11-23").unwrap()
}

fn texts() -> Vec<Model> {
    models(today()).into_iter().filter(|model| model.model_type == ModelType::Text).collect()
}

fn named(name: &str) -> Model {
    texts().into_iter().find(|model| model.model_name == name).unwrap_or_else(|| panic!("no {name}"))
}

#[test]
fn of_every_text_model_it_is_said_how_it_thinks() {
    let lines: Vec<ThinkingLine> = serde_json::from_str(THINKING).unwrap();
    let mut said: Vec<String> = lines.into_iter().flat_map(|line| line.models).collect();
    let mut expected: Vec<String> =
        texts().iter().map(|model| format!("{}/{}", model.provider, model.model_name)).collect();
    said.sort();
    expected.sort();
    assert_eq!(said, expected, "each is there once, and nothing else is");
    for model in texts() {
        let (name, Thinking { tokens, ask }) = (&model.model_name, &model.thinking);
        assert_eq!(model.thinking.check(), Ok(()), "{name}");
        assert!(*tokens == 0 || !ask.is_empty(), "{name}: one that thinks is told how much");
        // Room for its thoughts and for an article beside them.
        assert!(i64::from(*tokens) * 2 <= model.max_output_tokens + 1_000, "{name}");
    }
}

#[test]
fn one_that_thinks_is_told_little_and_one_that_can_be_told_not_to_is() {
    let said = |name: &str| {
        let Thinking { tokens, ask } = named(name).thinking;
        (tokens > 0, serde_json::to_string(&ask).unwrap())
    };
    for (name, thinks, words) in [
        ("gpt-6.1-terra", true, r#"{"reasoning_effort":"low"}"#),
        ("gpt-4o", false, "{}"),
        ("claude-opus-5-5", true, r#"{"output_config":{"effort":"low"}}"#),
        ("claude-sonnet-4-6", false, "{}"),
        ("gemini-4-argon", true, r#"{"generationConfig":{"thinkingConfig":{"thinkingLevel":"low"}}}"#),
        ("gemini-2.5-flash-lite", false, "{}"),
        ("deepseek-v4-pro", false, r#"{"thinking":{"type":"disabled"}}"#),
        ("grok-4.7", true, r#"{"reasoning_effort":"low"}"#),
        ("grok-4.3", false, r#"{"reasoning_effort":"none"}"#),
        ("mistral-small-2603", false, r#"{"reasoning_effort":"none"}"#),
    ] {
        assert_eq!(said(name), (thinks, words.to_owned()), "{name}");
    }
}

#[test]
fn deepseek_costs_half_of_its_dearest_outside_two_times_of_the_day() {
    let at = |text: &str| UtcMs::from_rfc3339(&format!("2026-11-23T{text}:00Z")).unwrap();
    let usage = Usage { input_tokens: 1_000, output_tokens: 1_000, ..Usage::default() };
    for name in ["deepseek-v4-pro", "deepseek-v4-flash", "deepseek-flash"] {
        let model = named(name);
        let whole = model.charge(&usage).unwrap().provider_cost.0;
        let cost = |time: &str| model.charge_at(usage, (at(time), at(time))).unwrap().0.provider_cost.0;
        for dear in ["01:00", "03:59", "06:00", "09:59"] {
            assert_eq!(cost(dear), whole, "{name} at {dear}");
        }
        for cheap in ["00:59", "04:00", "05:59", "10:00", "23:59"] {
            assert_eq!(cost(cheap) * 2, whole, "{name} at {cheap}");
        }
    }
    let others = texts().into_iter().filter(|model| model.provider != "deepseek");
    assert!(others.into_iter().all(|model| model.hours.is_empty()), "all others cost the same all day");
    let all: Vec<HoursLine> = serde_json::from_str(HOURS).unwrap();
    assert!(all.iter().flat_map(|line| &line.hours).all(|hours| hours.is_sound()));
}
