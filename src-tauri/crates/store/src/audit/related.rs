//! What a record says it was for, against the items of its unit. A trial is for nothing, and so is work on many things at
//! once.

/// What a unit's record must name: the type and the row.
pub(super) fn due(operation_type: &str, is_trial: bool, items: &[i64]) -> (&'static str, i64) {
    let Some(first) = items.first().copied().filter(|_| !is_trial) else { return ("", 0) };
    match operation_type {
        "idea_generation" if items.len() == 1 => ("cluster", first),
        "content_generation" => ("task", first),
        "image_prompt_extraction" => ("content", first),
        "image_generation" => ("image", first),
        _ => ("", 0),
    }
}

/// Whether an earlier version of the app may have written this: it named nothing in the record of what left no result, and
/// of several clusters the one that was left.
pub(super) fn was_written_before(outcome: &str, items: &[i64], named: (&str, i64)) -> bool {
    match named {
        ("", 0) => matches!(outcome, "released" | "refused"),
        ("cluster", id) => items.len() > 1 && items.contains(&id),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{due, was_written_before};

    #[test]
    fn a_record_names_the_one_thing_it_was_for() {
        assert_eq!(due("content_generation", false, &[7]), ("task", 7));
        assert_eq!(due("content_generation", true, &[7]), ("", 0), "a trial");
        assert_eq!(due("idea_generation", false, &[7]), ("cluster", 7));
        assert_eq!(due("idea_generation", false, &[7, 8]), ("", 0), "several at once");
        assert_eq!(due("clustering", false, &[7]), ("", 0));
        assert_eq!(due("image_generation", false, &[]), ("", 0), "refused before anything was planned");
        assert!(was_written_before("released", &[7], ("", 0)) && !was_written_before("settled", &[7], ("", 0)));
        assert!(
            was_written_before("settled", &[7, 8], ("cluster", 8))
                && !was_written_before("settled", &[7], ("cluster", 8))
        );
    }
}
