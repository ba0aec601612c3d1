//! What a panic said. Whoever catches one turns these words into an error of its own layer.

use std::any::Any;

/// The words of a caught panic, for a log.
#[must_use]
pub fn words(payload: &(dyn Any + Send)) -> String {
    let text = payload.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| payload.downcast_ref::<String>().cloned()).unwrap_or_else(|| "without words".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_kinds_of_words_are_read() {
        assert_eq!(words(&"fixed"), "fixed");
        assert_eq!(words(&format!("made of {}", 2)), "made of 2");
        assert_eq!(words(&7), "without words");
    }
}
