//! The schema of an answer as strict mode takes it: a vendor that holds its model to a schema knows only part of the
//! language, and refuses a request with a word from the rest. What is left out here, our own reader checks anyway.

use serde_json::{Map, Value};

/// Words that strict mode knows and our schemas use. Numbers' ranges and formats, titles and the dialect's name are not
/// among them.
const KEYWORDS: [&str; 8] =
    ["type", "description", "required", "additionalProperties", "enum", "const", "items", "anyOf"];

/// Words under which schemas stand by name.
const NAMED: [&str; 2] = ["properties", "$defs"];

/// The schema in the words of strict mode.
pub(crate) fn strict(schema: &Value) -> Value {
    match schema {
        Value::Object(fields) => Value::Object(object(fields)),
        Value::Array(items) => Value::Array(items.iter().map(strict).collect()),
        other => other.clone(),
    }
}

/// The same for a vendor that knows lists of words and no single one.
pub(crate) fn without_const(schema: &Value) -> Value {
    match schema {
        Value::Object(fields) => {
            let field = |(word, value): (&String, &Value)| match (word.as_str(), value.is_object()) {
                // A field that is named like the word has a schema for its value.
                ("const", false) => ("enum".to_owned(), Value::Array(vec![value.clone()])),
                _ => (word.clone(), without_const(value)),
            };
            Value::Object(fields.iter().map(field).collect())
        }
        Value::Array(items) => Value::Array(items.iter().map(without_const).collect()),
        other => other.clone(),
    }
}

fn object(fields: &Map<String, Value>) -> Map<String, Value> {
    // A reference stands alone.
    if let Some(reference) = fields.get("$ref") {
        return Map::from_iter([("$ref".to_owned(), reference.clone())]);
    }
    let mut kept = Map::new();
    for (word, value) in fields {
        // Our alternatives exclude each other, so that any of them is one of them.
        let word = if word == "oneOf" { "anyOf" } else { word };
        if NAMED.contains(&word) {
            let named = value.as_object().into_iter().flatten().map(|(name, schema)| (name.clone(), strict(schema)));
            kept.insert(word.to_owned(), Value::Object(named.collect()));
        } else if KEYWORDS.contains(&word) {
            kept.insert(word.to_owned(), strict(value));
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use igny8_core::function::output::{ClusterOutput, ContentOutput, IdeasOutput, ImagePromptsOutput, schema};
    use serde_json::json;

    /// What strict mode asks of every object in a schema.
    fn assert_strict(schema: &Value, at: &str) {
        if let Some(fields) = schema.as_object() {
            for word in fields.keys() {
                assert!(
                    KEYWORDS.contains(&word.as_str()) || NAMED.contains(&word.as_str()) || word == "$ref",
                    "{at}: {word}"
                );
            }
            if fields.contains_key("$ref") {
                assert_eq!(fields.len(), 1, "{at}: a reference stands alone");
            }
            if let Some(properties) = fields.get("properties").and_then(Value::as_object) {
                assert_eq!(fields.get("additionalProperties"), Some(&json!(false)), "{at}: nothing else may be said");
                let required = fields.get("required").and_then(Value::as_array).map_or(0, Vec::len);
                assert_eq!(required, properties.len(), "{at}: every field must be said");
            }
            for named in NAMED.iter().filter_map(|word| fields.get(*word)).filter_map(Value::as_object) {
                named.iter().for_each(|(name, schema)| assert_strict(schema, &format!("{at}.{name}")));
            }
            for nested in ["items", "anyOf"].iter().filter_map(|word| fields.get(*word)) {
                let all = nested.as_array().cloned().unwrap_or_else(|| vec![nested.clone()]);
                all.iter().for_each(|schema| assert_strict(schema, at));
            }
        }
    }

    #[test]
    fn every_answer_can_be_asked_for_strictly() {
        let schemas = [
            ("clusters", schema::<ClusterOutput>()),
            ("ideas", schema::<IdeasOutput>()),
            ("content", schema::<ContentOutput>()),
            ("images", schema::<ImagePromptsOutput>()),
        ];
        for (name, full) in schemas {
            let strict = strict(&full);
            assert_strict(&strict, name);
            assert_eq!(strict["required"], full["required"], "{name}: nothing is lost that is asked for");
            let (before, after) = (full.to_string(), strict.to_string());
            assert!(before.contains("$schema") && !after.contains("$schema"), "{name}");
        }
        let ideas = strict(&schema::<IdeasOutput>()).to_string();
        assert!(
            ideas.contains("\"anyOf\"") || ideas.contains("\"enum\""),
            "the kinds of page are still listed: {ideas}"
        );
        assert!(ideas.contains("guide"), "with their words: {ideas}");
    }

    #[test]
    fn a_single_word_may_be_a_list_of_one() {
        let full = json!({ "properties": { "const": { "const": "a" }, "b": { "anyOf": [{ "const": "c" }] } } });
        let expected = json!({ "properties": { "const": { "enum": ["a"] }, "b": { "anyOf": [{ "enum": ["c"] }] } } });
        assert_eq!(without_const(&full), expected);
        let ideas = without_const(&strict(&schema::<IdeasOutput>())).to_string();
        assert!(!ideas.contains("const") && ideas.contains("guide"), "{ideas}");
    }

    #[test]
    fn a_field_named_like_a_word_of_the_language_stays() {
        let full =
            json!({ "type": "object", "properties": { "title": { "type": "string", "format": "x", "title": "T" } } });
        assert_eq!(strict(&full), json!({ "type": "object", "properties": { "title": { "type": "string" } } }));
    }
}
