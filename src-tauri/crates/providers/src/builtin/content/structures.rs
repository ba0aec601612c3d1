//! Which sections make which structure, in order. One row for each structure; the match has no default, so a new
//! structure asks for its row.

use super::pages::{
    ARCHIVE_INTRO, ARCHIVE_WAYS, ATTRIBUTE_USE, BEFORE_ORDER, CONTACT, DETAILS, FOR_WHOM, HOW_IT_WORKS, HUB_START,
    IN_USE, OFFER, PRICE_FACTORS, REASONS, SCOPE, WHO_WE_ARE,
};
use super::sections::{
    ASPECTS_DO, ASPECTS_MATTER, ASPECTS_THING, CHECKLIST, ENTRIES, EXCEPTIONS, IDEA, KEYWORDS, LINKS, MISTAKES, NEEDS,
    NEXT, NEXT_DO, NEXT_MATTER, NEXT_QUESTION, PURPOSE, REASONS_FOR, SHORT_ANSWER, SIDE_A, SIDE_B, STEPS_DO,
    STEPS_MATTER, STEPS_THING, STRAIGHT_ANSWER, SUITS, Section, TABLE, WHY_DO,
};
use igny8_core::status::ContentStructure;

/// How a structure is built.
#[derive(Debug)]
pub(super) struct Outline {
    /// All its sections; those for another kind of subject are passed over.
    pub(super) sections: &'static [&'static Section],
    /// What the opening promises.
    pub(super) promise: &'static str,
    /// Whether it speaks about a thing whatever the keyword asks.
    pub(super) wants_thing: bool,
}

/// The outline of a structure.
pub(super) fn outline(structure: ContentStructure) -> &'static Outline {
    match structure {
        ContentStructure::Article | ContentStructure::General => &ARTICLE,
        ContentStructure::Guide => &GUIDE,
        ContentStructure::Comparison => &COMPARISON,
        ContentStructure::Review => &REVIEW,
        ContentStructure::Listicle => &LISTICLE,
        ContentStructure::LandingPage => &LANDING,
        ContentStructure::BusinessPage => &BUSINESS,
        ContentStructure::ServicePage => &SERVICE,
        ContentStructure::ClusterHub => &HUB,
        ContentStructure::ProductPage => &PRODUCT,
        ContentStructure::CategoryArchive | ContentStructure::TagArchive => &ARCHIVE,
        ContentStructure::AttributeArchive => &ATTRIBUTE,
    }
}

static ARTICLE: Outline = Outline {
    sections: &[
        &SHORT_ANSWER,
        &STRAIGHT_ANSWER,
        &IDEA,
        &WHY_DO,
        &ASPECTS_THING,
        &ASPECTS_DO,
        &ASPECTS_MATTER,
        &REASONS_FOR,
        &EXCEPTIONS,
        &NEEDS,
        &KEYWORDS,
        &STEPS_MATTER,
        &STEPS_THING,
        &STEPS_DO,
        &MISTAKES,
        &NEXT,
        &NEXT_DO,
        &NEXT_MATTER,
        &NEXT_QUESTION,
    ],
    promise: "The article gives the answer first, the reasons after it and the exceptions last.",
    wants_thing: false,
};

static GUIDE: Outline = Outline {
    sections: &[
        &PURPOSE,
        &WHY_DO,
        &SHORT_ANSWER,
        &STRAIGHT_ANSWER,
        &NEEDS,
        &STEPS_DO,
        &STEPS_THING,
        &STEPS_MATTER,
        &ASPECTS_THING,
        &ASPECTS_DO,
        &ASPECTS_MATTER,
        &REASONS_FOR,
        &EXCEPTIONS,
        &KEYWORDS,
        &MISTAKES,
        &CHECKLIST,
        &NEXT,
        &NEXT_DO,
        &NEXT_MATTER,
        &NEXT_QUESTION,
    ],
    promise: "This guide goes through the steps in order, names the costly mistakes and ends with a checklist.",
    wants_thing: false,
};

static COMPARISON: Outline = Outline {
    sections: &[&PURPOSE, &TABLE, &SIDE_A, &SIDE_B, &STEPS_THING, &SUITS, &KEYWORDS, &MISTAKES, &CHECKLIST, &NEXT],
    promise: "The comparison puts the criteria into one table and then says for whom each side is right.",
    wants_thing: true,
};

static REVIEW: Outline = Outline {
    sections: &[&PURPOSE, &TABLE, &STEPS_THING, &SUITS, &KEYWORDS, &MISTAKES, &NEXT],
    promise: "You will find the criteria, the strengths to look for, the limits to know and a clear word on who should pass.",
    wants_thing: true,
};

static LISTICLE: Outline = Outline {
    sections: &[
        &PURPOSE,
        &WHY_DO,
        &SHORT_ANSWER,
        &STRAIGHT_ANSWER,
        &TABLE,
        &ENTRIES,
        &SUITS,
        &KEYWORDS,
        &CHECKLIST,
        &NEXT,
        &NEXT_DO,
        &NEXT_MATTER,
        &NEXT_QUESTION,
    ],
    promise: "The list is sorted by need; each entry says what it takes and where it is the wrong choice.",
    wants_thing: false,
};

static LANDING: Outline = Outline {
    sections: &[&OFFER, &HOW_IT_WORKS, &REASONS, &KEYWORDS, &BEFORE_ORDER, &CONTACT],
    promise: "Here is what you get, how it works and what to check before you decide.",
    wants_thing: true,
};

static BUSINESS: Outline = Outline {
    sections: &[&WHO_WE_ARE, &REASONS, &HOW_IT_WORKS, &FOR_WHOM, &KEYWORDS, &CONTACT],
    promise: "This page says who we are, how we work and for whom.",
    wants_thing: true,
};

static SERVICE: Outline = Outline {
    sections: &[&SCOPE, &SUITS, &HOW_IT_WORKS, &PRICE_FACTORS, &NEEDS, &KEYWORDS, &MISTAKES, &CONTACT],
    promise: "Here is what the service covers, how it runs and what its price depends on.",
    wants_thing: true,
};

static HUB: Outline = Outline {
    sections: &[&HUB_START, &ASPECTS_THING, &KEYWORDS, &STEPS_THING, &MISTAKES, &LINKS, &NEXT],
    promise: "This overview gives the frame and leads to the articles that go into detail.",
    wants_thing: true,
};

static PRODUCT: Outline = Outline {
    sections: &[&PURPOSE, &DETAILS, &IN_USE, &SUITS, &MISTAKES, &KEYWORDS, &BEFORE_ORDER],
    promise: "This page says what it is for, how it does in daily use and what to check before you order.",
    wants_thing: true,
};

static ARCHIVE: Outline = Outline {
    sections: &[&ARCHIVE_INTRO, &ARCHIVE_WAYS, &ASPECTS_THING, &KEYWORDS, &LINKS, &NEXT],
    promise: "Here is what belongs together, and where to begin.",
    wants_thing: true,
};

static ATTRIBUTE: Outline = Outline {
    sections: &[&ARCHIVE_INTRO, &ATTRIBUTE_USE, &TABLE, &KEYWORDS, &LINKS, &NEXT],
    promise: "Here is what the property says, and how to compare by it.",
    wants_thing: true,
};
