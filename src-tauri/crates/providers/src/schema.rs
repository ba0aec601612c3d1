//! The schema of an answer as strict mode takes it: a vendor that holds its model to a schema knows only part of the
//! language, and refuses a request with a word from the rest. What is left out here, our own reader checks anyway. And the
//! same as a model reads it in its prompt, where nobody holds it to one.

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

/// How deep a shape is told; ours have three levels.
const DEPTH_MAX: usize = 8;
/// What a value is of which nothing is said.
const ANYTHING: &str = "anything";

/// The schema for a prompt: every field by its name, with its type and what it is.
pub(crate) fn in_words(schema: &Value) -> String {
    let shape = shape(schema, schema, 0);
    format!("The schema; a field whose name ends in ? may be left out, all others must be there:\n{shape}")
}

fn shape(root: &Value, schema: &Value, depth: usize) -> String {
    let schema = referred(root, schema);
    if depth > DEPTH_MAX {
        return ANYTHING.to_owned();
    }
    if let Some(only) = schema.get("const") {
        return only.to_string();
    }
    let list = |word: &str| schema.get(word).and_then(Value::as_array);
    if let Some(words) = list("enum") {
        return either(words.iter().map(Value::to_string));
    }
    if let Some(all) = list("anyOf").or_else(|| list("oneOf")) {
        return either(all.iter().map(|one| shape(root, one, depth + 1)));
    }
    match schema.get("type") {
        Some(Value::String(kind)) if kind == "object" => fields(root, schema, depth),
        Some(Value::String(kind)) if kind == "array" => {
            let item = schema.get("items").map_or_else(|| ANYTHING.to_owned(), |item| shape(root, item, depth));
            format!("[{item}, ...]")
        }
        Some(Value::String(kind)) => kind.clone(),
        Some(Value::Array(kinds)) => either(kinds.iter().filter_map(Value::as_str).map(str::to_owned)),
        _ => ANYTHING.to_owned(),
    }
}

fn fields(root: &Value, schema: &Value, depth: usize) -> String {
    let required = schema.get("required").and_then(Value::as_array);
    let named = schema.get("properties").and_then(Value::as_object).into_iter().flatten();
    let margin = " ".repeat(depth + 1);
    let field = |(name, value): (&String, &Value)| {
        let must_be = required.is_some_and(|all| all.iter().any(|one| one == name));
        let mark = if must_be { "" } else { "?" };
        let about = value.get("description").and_then(Value::as_str).map(|text| format!(" // {text}"));
        let about = about.unwrap_or_default().replace('\n', " ");
        format!("{margin}\"{name}\"{mark}: {}{about}\n", shape(root, value, depth + 1))
    };
    let all: String = named.map(field).collect();
    format!("{{\n{all}{}}}", " ".repeat(depth))
}

fn either(all: impl Iterator<Item = String>) -> String {
    all.collect::<Vec<_>>().join(" | ")
}

/// What a reference into the schema leads to.
fn referred<'s>(root: &'s Value, schema: &'s Value) -> &'s Value {
    let place = schema.get("$ref").and_then(Value::as_str).and_then(|place| place.strip_prefix('#'));
    place.and_then(|place| root.pointer(place)).unwrap_or(schema)
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
    fn a_prompt_tells_every_field_in_fewer_words_than_the_schema_has() {
        let ideas = in_words(&schema::<IdeasOutput>());
        for told in [
            "\"ideas\": [{",
            "  \"cluster_id\": integer // Id of its cluster.",
            "\"keywords\": [string, ...]",
            "\"guide\"",
        ] {
            assert!(ideas.contains(told), "{told} is missing in {ideas}");
        }
        let clusters = in_words(&json!({ "type": "object", "properties": { "a": { "type": ["string", "null"] } } }));
        assert!(clusters.contains("\"a\"?: string | null"), "{clusters}");
        let schemas = [
            schema::<ClusterOutput>(),
            schema::<IdeasOutput>(),
            schema::<ContentOutput>(),
            schema::<ImagePromptsOutput>(),
        ];
        for full in schemas {
            let (words, strict) = (in_words(&full), strict(&full).to_string());
            assert!(words.len() <= strict.len(), "the field covers them in a hold: {words} {strict}");
            assert!(!words.contains(ANYTHING) && !words.contains("\"?"), "all is known, and all is asked for: {words}");
        }
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
