//! Search intents as tools write them: words, letters, code numbers, or one true/false column for each.

use crate::status::Intent;

/// The intents a cell names, each once, in the cell's order. Other words, such as `Non-branded`, are passed over. The
/// code numbers are those of the Semrush API.
pub(super) fn intents(cell: &str) -> Vec<Intent> {
    let mut found = Vec::new();
    for word in cell.split([',', ';', '|', '/', '\n']) {
        let intent = match word.trim().to_ascii_lowercase().as_str() {
            "informational" | "information" | "info" | "i" | "1" => Intent::Informational,
            "commercial" | "commercial investigation" | "c" | "0" => Intent::Commercial,
            "transactional" | "transaction" | "t" | "3" => Intent::Transactional,
            "navigational" | "navigation" | "n" | "2" => Intent::Navigational,
            _ => continue,
        };
        if !found.contains(&intent) {
            found.push(intent);
        }
    }
    found
}

/// Whether a true/false cell says true.
pub(super) fn is_set(cell: &str) -> bool {
    matches!(cell.trim().to_ascii_lowercase().as_str(), "true" | "yes" | "y" | "1" | "x")
}

/// The one intent a page is planned for: the one closest to a decision. A navigational searcher is after another
/// page, so that intent leads only alone.
#[must_use]
pub fn leading_intent(intents: &[Intent]) -> Option<Intent> {
    let order = [Intent::Transactional, Intent::Commercial, Intent::Informational, Intent::Navigational];
    order.into_iter().find(|intent| intents.contains(intent))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_letters_and_codes_name_the_same_intents() {
        let both = vec![Intent::Commercial, Intent::Informational];
        for cell in ["Commercial, Informational", "commercial,informational", "C,I", "0,1", "Commercial|Informational"]
        {
            assert_eq!(intents(cell), both, "{cell}");
        }
        assert_eq!(intents("Informational,Non-branded,Non-local"), vec![Intent::Informational]);
        assert_eq!(intents("Branded"), vec![]);
        assert_eq!(intents("3"), vec![Intent::Transactional]);
    }

    #[test]
    fn the_intent_closest_to_a_decision_leads() {
        assert_eq!(leading_intent(&intents("Informational, Transactional")), Some(Intent::Transactional));
        assert_eq!(leading_intent(&intents("Navigational, Informational")), Some(Intent::Informational));
        assert_eq!(leading_intent(&[]), None);
    }
}
