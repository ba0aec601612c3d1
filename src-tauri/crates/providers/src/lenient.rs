//! Fields of an answer that nobody needs, read so that they cannot spoil it: a seed that comes as text, a list that is null. An
//! answer was paid for, and what is wrong beside it is no reason to throw it away. Fields that are needed are read strictly,
//! where they are.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// What a field holds, if it is of its kind.
///
/// # Errors
/// Only where the answer is no JSON.
pub(crate) fn if_any<'de, D: Deserializer<'de>, T: DeserializeOwned>(field: D) -> Result<Option<T>, D::Error> {
    Value::deserialize(field).map(|value| serde_json::from_value(value).ok())
}

/// What a field holds, and nothing of its kind where it holds null or something else.
///
/// # Errors
/// Only where the answer is no JSON.
pub(crate) fn or_empty<'de, D: Deserializer<'de>, T: DeserializeOwned + Default>(field: D) -> Result<T, D::Error> {
    if_any(field).map(Option::unwrap_or_default)
}

/// What a field holds, and nothing of its kind where it holds null. What is something else is an error, as of any field.
///
/// # Errors
/// As the field's own reading.
pub(crate) fn or_null<'de, D: Deserializer<'de>, T: Deserialize<'de> + Default>(field: D) -> Result<T, D::Error> {
    Option::<T>::deserialize(field).map(Option::unwrap_or_default)
}

/// A whole number, which some write as text; nothing where it is none.
///
/// # Errors
/// Only where the answer is no JSON.
pub(crate) fn whole<'de, D: Deserializer<'de>>(field: D) -> Result<Option<u64>, D::Error> {
    Value::deserialize(field).map(|value| match value {
        Value::Number(number) => number.as_u64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[derive(Debug, Default, PartialEq, Deserialize)]
    #[serde(default)]
    struct Read {
        #[serde(deserialize_with = "if_any")]
        word: Option<String>,
        #[serde(deserialize_with = "or_empty")]
        list: Vec<u8>,
        #[serde(deserialize_with = "or_null")]
        strict: Vec<u8>,
        #[serde(deserialize_with = "whole")]
        seed: Option<u64>,
    }

    #[test]
    fn a_field_of_another_kind_is_none() {
        let read = |body: Value| serde_json::from_value::<Read>(body);
        let all = json!({ "word": "a", "list": [1], "strict": [2], "seed": 3 });
        let expected = Read { word: Some("a".to_owned()), list: vec![1], strict: vec![2], seed: Some(3) };
        assert_eq!(read(all).unwrap(), expected);
        for odd in [json!(null), json!({}), json!(true), json!([{}]), json!(-1), json!(1.5), json!("x")] {
            let read = read(json!({ "list": odd, "seed": odd })).unwrap();
            assert_eq!(read, Read::default(), "{odd}");
        }
        assert_eq!(read(json!({ "word": 7, "strict": null })).unwrap(), Read::default());
        assert!(read(json!({ "strict": {} })).is_err(), "what is needed is not guessed");
        assert_eq!(read(json!({ "seed": " 123" })).unwrap().seed, Some(123));
    }
}
