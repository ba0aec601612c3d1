//! Working titles and angles: what kind of article answers which wish.

use crate::builtin::phrase::{Form, Kind};
use igny8_core::status::ContentStructure;

/// A way to answer a wish.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) structure: ContentStructure,
    /// Titles, the first ones preferred; the others stand in when a title exists already or is too long.
    pub(super) titles: &'static [&'static str],
    /// How the article goes about it; continues "Angle: ".
    pub(super) angle: &'static str,
    /// Words to aim for before the number of keywords is added.
    pub(super) words: u32,
}

/// The plan for what a keyword asks for.
pub(super) fn plan(form: Form) -> &'static Plan {
    match form {
        Form::Method => &METHOD,
        Form::Meaning => &MEANING,
        Form::Question => &QUESTION,
        Form::Pick => &PICK,
        Form::Versus => &VERSUS,
        Form::Verdict => &VERDICT,
        Form::Price => &PRICE,
        Form::Purchase => &PURCHASE,
        Form::Local => &LOCAL,
        Form::Alternatives => &ALTERNATIVES,
        Form::Collection => &COLLECTION,
        Form::Topic => &TOPIC,
    }
}

/// Plans that fill up a cluster whose keywords all ask the same.
pub(super) fn further(kind: Kind) -> &'static [Plan] {
    match kind {
        Kind::Thing => THING_FURTHER,
        Kind::Action => ACTION_FURTHER,
        Kind::Matter | Kind::Question => &[],
    }
}

static METHOD: Plan = Plan {
    structure: ContentStructure::Guide,
    titles: &[
        "how to {verb}: a step-by-step guide",
        "how to {verb} without the usual mistakes",
        "how to {verb}: what you need and what to do",
        "how to {verb}: a simple method that lasts",
    ],
    angle: "give the method first and the reasons after it: what is needed, the steps in order, the mistakes that spoil the result",
    words: 1_600,
};

static MEANING: Plan = Plan {
    structure: ContentStructure::Article,
    titles: &[
        "what {is} {noun}? A plain-English explanation",
        "{bare} explained: the idea, the use and the limits",
        "what {is} {noun}, and when {does} {they} help?",
    ],
    angle: "explain {noun} in plain words, with one everyday example, and say where the idea ends",
    words: 1_200,
};

static QUESTION: Plan = Plan {
    structure: ContentStructure::Article,
    titles: &[
        "{question} The short answer and the details",
        "{question} What to know before you decide",
        "{question} A clear answer",
    ],
    angle: "answer in the first two sentences, then show what the answer depends on",
    words: 1_000,
};

static PICK: Plan = Plan {
    structure: ContentStructure::Listicle,
    titles: &[
        "best {bare}: what to look for and how to choose",
        "the best {bare} for different needs",
        "best {bare}: a shortlist that starts with you",
        "how to choose the best {bare}",
    ],
    angle: "no ranking by fame: criteria first, then a pick for each typical need, with the reason and the price of choosing it",
    words: 1_700,
};

static VERSUS: Plan = Plan {
    structure: ContentStructure::Comparison,
    titles: &["{a} vs. {b}: which one fits you?", "{a} or {b}? The differences that matter", "{a} vs. {b} compared"],
    angle: "decide by situation rather than crown a winner: when {a} is right, when {b} is, and when it hardly matters",
    words: 1_500,
};

static VERDICT: Plan = Plan {
    structure: ContentStructure::Review,
    titles: &[
        "{bare} review: strengths, limits and who should pass",
        "{bare} review: what daily use shows",
        "{bare} review",
    ],
    angle: "judge like somebody who has to live with it: strengths, limits, who will be happy and who should pass",
    words: 1_400,
};

static PRICE: Plan = Plan {
    structure: ContentStructure::Guide,
    titles: &[
        "what {does} {noun} cost? What drives the price",
        "{bare} prices: what you pay for and how to compare",
        "{bare} prices explained",
    ],
    angle: "make the price understandable: what drives it, what is seldom included, how to compare two offers",
    words: 1_300,
};

static PURCHASE: Plan = Plan {
    structure: ContentStructure::Guide,
    titles: &[
        "buying {noun}: what to check before you order",
        "where to buy {noun}: shops, checks and returns",
        "buying {noun}",
    ],
    angle: "take the reader to a safe order: what to check before, while and after buying",
    words: 1_300,
};

static LOCAL: Plan = Plan {
    structure: ContentStructure::Guide,
    titles: &["how to find {good} near you", "{bare} near you: where to look and what to ask", "finding {good} nearby"],
    angle: "help the reader to a good choice in their own town: where to look, what to ask, what to have in writing",
    words: 1_200,
};

static ALTERNATIVES: Plan = Plan {
    structure: ContentStructure::Comparison,
    titles: &[
        "{bare} alternatives: how the options compare",
        "{bare} alternatives for different needs",
        "alternatives to {noun}",
    ],
    angle: "start from the reason to leave {noun}, then sort the options by that reason",
    words: 1_600,
};

static COLLECTION: Plan = Plan {
    structure: ContentStructure::Listicle,
    titles: &["{n} {bare} worth trying", "{n} {bare} and what makes them work", "{bare}: {n} to start with"],
    angle: "choose rather than collect: each entry says for whom it works, what it takes and how to begin",
    words: 1_400,
};

static TOPIC: Plan = Plan {
    structure: ContentStructure::Guide,
    titles: &[
        "{bare}: a practical guide",
        "{bare}: what to know before you start",
        "{bare}: how to get it right",
        "{bare}: the basics that matter",
        "{bare}: a beginner’s guide",
    ],
    angle: "give the overview somebody needs before the first decision, in the order the questions come up",
    words: 1_800,
};

static THING_FURTHER: &[Plan] = &[
    Plan {
        structure: ContentStructure::Listicle,
        titles: &["{n} mistakes people make with {noun}", "{n} mistakes to avoid with {noun}"],
        angle: "name each mistake by the moment it is made, then the way out of it",
        words: 1_300,
    },
    Plan {
        structure: ContentStructure::Comparison,
        titles: &["types of {bare} compared: which suits which need", "{bare} compared by what matters"],
        angle: "sort the kinds of {bare} by need, and make the trade-off of each visible in one table",
        words: 1_500,
    },
];

static ACTION_FURTHER: &[Plan] = &[
    Plan {
        structure: ContentStructure::Listicle,
        titles: &["{n} mistakes to avoid when {bare}", "{n} things that go wrong when {bare}"],
        angle: "name each mistake by the moment it is made, then the way out of it",
        words: 1_200,
    },
    Plan {
        structure: ContentStructure::Article,
        titles: &["{bare}: what you need before you start", "{bare}: a checklist"],
        angle: "everything that has to be decided or bought before the first step, so that nothing stops halfway",
        words: 1_000,
    },
];
