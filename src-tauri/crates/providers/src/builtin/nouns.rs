//! Whether a noun phrase names one thing, several, a substance or a measure, by the noun it is about. Spelling tells most
//! of it, tables of exceptions the rest; templates are worded so that a wrong guess stays readable.

/// Words after which a noun phrase only adds detail: "shoes for flat feet" is about shoes.
const DETAIL_WORDS: &[&str] = &[
    "for", "with", "without", "in", "on", "of", "at", "to", "under", "near", "from", "by", "per", "after", "before",
    "during",
];

/// Nouns without a plural.
const MASS_NOUNS: &[&str] = &[
    "acne",
    "advice",
    "anxiety",
    "art",
    "arthritis",
    "asthma",
    "bacon",
    "basil",
    "beef",
    "beer",
    "bread",
    "brew",
    "caffeine",
    "calcium",
    "camping",
    "cardio",
    "care",
    "cash",
    "cement",
    "cheese",
    "chicken",
    "chocolate",
    "cholesterol",
    "clay",
    "clothing",
    "coffee",
    "collagen",
    "compost",
    "concrete",
    "content",
    "control",
    "cotton",
    "creatine",
    "crypto",
    "dandruff",
    "debt",
    "decaf",
    "design",
    "development",
    "diet",
    "dough",
    "eczema",
    "education",
    "electricity",
    "email",
    "equipment",
    "espresso",
    "evidence",
    "exercise",
    "fertilizer",
    "fiber",
    "finance",
    "fitness",
    "flour",
    "food",
    "footwear",
    "fun",
    "furniture",
    "garlic",
    "gear",
    "gluten",
    "gold",
    "grass",
    "gravel",
    "growth",
    "guidance",
    "hair",
    "health",
    "help",
    "homework",
    "honey",
    "hosting",
    "humidity",
    "hygiene",
    "income",
    "inflation",
    "information",
    "insulation",
    "insurance",
    "jewelry",
    "kefir",
    "keto",
    "knowledge",
    "kombucha",
    "leadership",
    "leather",
    "lighting",
    "linen",
    "logistics",
    "luggage",
    "lumber",
    "magnesium",
    "makeup",
    "management",
    "matcha",
    "math",
    "meat",
    "mildew",
    "milk",
    "moisture",
    "money",
    "mulch",
    "music",
    "nature",
    "nutrition",
    "oatmeal",
    "odor",
    "oil",
    "paint",
    "pasta",
    "pizza",
    "plastic",
    "poetry",
    "pressure",
    "pollution",
    "pottery",
    "privacy",
    "productivity",
    "progress",
    "propagation",
    "protein",
    "quality",
    "rain",
    "research",
    "retirement",
    "rice",
    "safety",
    "salt",
    "sand",
    "seafood",
    "security",
    "seo",
    "shampoo",
    "silk",
    "silver",
    "skin",
    "skincare",
    "sleep",
    "smell",
    "snow",
    "soap",
    "software",
    "soil",
    "sourdough",
    "spam",
    "steel",
    "storage",
    "strength",
    "stress",
    "sugar",
    "sunlight",
    "support",
    "tea",
    "technology",
    "tofu",
    "traction",
    "traffic",
    "training",
    "travel",
    "treatment",
    "ventilation",
    "vinegar",
    "water",
    "wealth",
    "weather",
    "weight",
    "welfare",
    "wildlife",
    "wine",
    "wisdom",
    "wood",
    "wool",
    "work",
    "yoga",
    "yogurt",
];

/// Plurals without an s.
const PLURALS: &[&str] = &["children", "feet", "men", "mice", "people", "teeth", "women", "criteria", "data", "media"];

/// Singulars with an s.
const SINGULARS: &[&str] =
    &["business", "news", "canvas", "lens", "gas", "bus", "pothos", "series", "mathematics", "asics", "ios"];

/// Things, although they end as activities do.
const COUNTABLE_ING: &[&str] = &[
    "awning",
    "building",
    "ceiling",
    "coupling",
    "earring",
    "evening",
    "fitting",
    "greeting",
    "listing",
    "meeting",
    "morning",
    "opening",
    "painting",
    "rating",
    "recording",
    "setting",
    "spring",
    "string",
    "swing",
    "topping",
    "wedding",
];

/// What is measured or set: there is not one of several but the right one.
const MEASURES: &[&str] = &[
    "age",
    "amount",
    "angle",
    "depth",
    "dosage",
    "dose",
    "duration",
    "frequency",
    "height",
    "length",
    "pressure",
    "proportion",
    "ratio",
    "size",
    "speed",
    "temperature",
    "thickness",
    "time",
    "width",
];

/// Endings of fields, activities, qualities and illnesses.
const MASS_ENDINGS: &[&str] = &["ness", "ware", "graphy", "ology", "ics", "itis"];

/// Shortest word whose ending says something: "ring" is no activity.
const ENDING_CHARS_MIN: usize = 6;

/// How many a noun phrase names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Number {
    /// One of several: takes "a".
    Singular,
    /// Several.
    Plural,
    /// A substance or an activity: no article.
    Mass,
    /// A measure: takes "the".
    Measure,
}

/// Whether a noun phrase names one, several, a substance or a measure, judged by its head noun.
pub(super) fn number(noun_phrase: &str) -> Number {
    let head = head_noun(noun_phrase).to_lowercase();
    let head = head.as_str();
    if MEASURES.contains(&head) {
        return Number::Measure;
    }
    let ends = |endings: &[&str]| head.len() >= ENDING_CHARS_MIN && endings.iter().any(|end| head.ends_with(end));
    let is_activity = ends(&["ing"]) && !COUNTABLE_ING.contains(&head);
    if MASS_NOUNS.contains(&head) || is_activity || ends(MASS_ENDINGS) {
        return Number::Mass;
    }
    let plural_ending = head.ends_with('s') && !["ss", "us", "is"].iter().any(|end| head.ends_with(end));
    if PLURALS.contains(&head) || (plural_ending && !SINGULARS.contains(&head)) {
        Number::Plural
    } else {
        Number::Singular
    }
}

/// The word a noun phrase is about: the last one before its details.
pub(super) fn head_noun(noun_phrase: &str) -> &str {
    let mut head = "";
    for word in noun_phrase.split(' ') {
        if !head.is_empty() && DETAIL_WORDS.contains(&word.to_lowercase().as_str()) {
            break;
        }
        head = word;
    }
    head
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_head_noun_says_how_many() {
        let table = [
            (
                Number::Singular,
                "standing desk|espresso machine for home|wedding|earring|aeropress recipe|pothos|gift card",
            ),
            (Number::Plural, "running shoes for flat feet|burr grinder settings|people|ceramic mugs"),
            (
                Number::Mass,
                "email marketing|home insurance|sports photography|web analytics|arthritis|cold brew coffee",
            ),
            (
                Number::Measure,
                "coffee water temperature|cold brew ratio|pour over coffee ratio|shoe size|water temperature for coffee",
            ),
        ];
        for (expected, phrases) in table {
            for phrase in phrases.split('|') {
                assert_eq!(number(phrase), expected, "{phrase}");
            }
        }
        assert_eq!(head_noun("storage ideas for small kitchens"), "ideas");
    }
}
