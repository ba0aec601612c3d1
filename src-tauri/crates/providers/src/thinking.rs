//! What a request says of thinking: data of its model, laid into the question that its dialect makes.

use serde_json::{Map, Value};

/// Lays fields into a question. A field that is an object on both sides keeps what it has, so that one says how long to
/// think beside a schema that stands in the same place.
pub(crate) fn lay_in(question: &mut Value, fields: &Map<String, Value>) {
    let Some(all) = question.as_object_mut() else { return };
    for (name, value) in fields {
        match (all.get_mut(name), value) {
            (Some(there @ Value::Object(_)), Value::Object(more)) => lay_in(there, more),
            _ => drop(all.insert(name.clone(), value.clone())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_is_there_stays_beside_what_is_said() {
        let mut question = json!({ "think": false, "config": { "format": { "a": 1 } } });
        let fields = json!({ "think": "low", "config": { "effort": "low" }, "more": [1] });
        lay_in(&mut question, fields.as_object().unwrap());
        let told = json!({ "think": "low", "config": { "format": { "a": 1 }, "effort": "low" }, "more": [1] });
        assert_eq!(question, told);
    }
}
