//! What to say to each kind of wish: an article's opening, a part about a further keyword, a question and its answer.
//!
//! Names in braces: those of the subject, and `a1`–`a3` for criteria of the field; `check` and `why` are a criterion's
//! two sentences.

use crate::builtin::phrase::{Form, Kind, Phrase};

/// What is said to one kind of wish.
#[derive(Debug)]
pub(super) struct Wish {
    /// An article's first sentences; they answer the primary keyword.
    pub(super) openings: &'static [&'static str],
    /// The first sentence about a further keyword; a criterion's sentences follow. Empty when only the writer knows.
    pub(super) parts: &'static [&'static str],
    /// A question somebody with this wish has; empty when only the writer could answer it.
    pub(super) question: &'static str,
    /// Its answer.
    pub(super) answer: &'static str,
    /// What a search result says about the article, at most about 110 characters with a short subject.
    pub(super) summary: &'static str,
}

/// What to say to a wish.
pub(super) fn wish(phrase: &Phrase) -> &'static Wish {
    match phrase.form {
        Form::Question if phrase.subject.kind == Kind::Matter => &DEGREE,
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

static METHOD: Wish = Wish {
    openings: &[
        "To {verb} well, keep to a fixed order: prepare, test, work, check. The result depends on {a1} first, then on {a2} and {a3}.",
        "Anyone who wants to {verb} needs less force and more order than expected. Look at {a1} before anything else; {a2} and {a3} come right after it.",
    ],
    parts: &["For {bare}, the order counts more than speed.", "{Bare} gets easier with one look at {a1} beforehand."],
    question: "How do you {verb}?",
    answer: "Prepare first, work in a fixed order and check the result before you go on. The points to watch are {a1}, {a2} and {a3}.",
    summary: "How to {verb}: what you need, the steps in order and the mistakes to avoid.",
};

static MEANING: Wish = Wish {
    openings: &[
        "A useful explanation of {noun} has three parts: the purpose, the way it goes in practice and the point where it stops helping. To tell good from bad, look at {a1}, {a2} and {a3}.",
        "To explain {noun} without jargon, start with the use. Behind the term stand a few plain matters: {a1}, {a2} and {a3}.",
    ],
    parts: &[
        "Two questions give a clear picture of {noun}; the first concerns {a1}.",
        "Behind {noun} stands a simple matter: {a1}.",
    ],
    question: "What {is} {noun}?",
    answer: "It is best explained by its use: which problem it solves, for whom and at what price. The main points are {a1}, {a2} and {a3}.",
    summary: "What {is} {noun}? The idea, an example and the limits, explained in plain words.",
};

/// A question that has a straight answer. None of the field's criteria decides whether dogs may eat grapes, so nothing
/// here pretends to answer.
static QUESTION: Wish = Wish {
    openings: &[
        "{question} A straight answer comes first on this page, with its source; the reasons and the exceptions come after it.",
        "{question} People who ask this want a clear word before anything else. It stands right below, with where it comes from and when it does not hold.",
    ],
    parts: &[],
    question: "",
    answer: "",
    summary: "{question} A straight answer with its source, the reasons behind it and the exceptions.",
};

/// A question of degree: when, how often, how much.
static DEGREE: Wish = Wish {
    openings: &[
        "{depends} on your own case, and most people can tell within minutes which case is theirs. The points to look at are {a1}, {a2} and {a3}.",
        "{depends} on a few things you can check yourself. Start with {a1}, go on with {a2}, and look at {a3} only when both are unclear.",
    ],
    parts: &[
        "There is no single number for this, but {a1} narrows it down.",
        "Your own case counts here; begin with {a1}.",
    ],
    question: "{question}",
    answer: "That depends on your own case. Look at {a1}, {a2} and {a3} first; the checks in this article take a few minutes.",
    summary: "{question} What it depends on, how to find your own answer and when it changes.",
};

static PICK: Wish = Wish {
    openings: &[
        "Which {bare} {is} best depends on what you need {it} for: {a1}, {a2} and {a3} decide more than any ranking.",
        "The best {bare} can be found without reading fifty tests. Settle {a1}, then {a2}, then {a3}, and only a handful of options remain.",
    ],
    parts: &[
        "Whoever looks for {noun} should settle {a1} before comparing names.",
        "With {noun}, {a1} sorts out half of the offers.",
    ],
    question: "How do I choose {noun}?",
    answer: "Decide what you need {it} for, then compare {a1}, {a2} and {a3}. Anything that fails the first point can be left out.",
    summary: "How to choose the best {bare}: the criteria that matter and a shortlist by need.",
};

static VERSUS: Wish = Wish {
    openings: &[
        "{One} or {other}? Decide by your situation. {A1} usually tips the scales, {a2} comes second, and {a3} counts when the first two are even.",
        "The choice between {one} and {other} is easier than it looks, because few points decide it: {a1}, {a2} and {a3}.",
    ],
    parts: &[
        "Between {one} and {other}, {a1} decides more often than taste.",
        "Put {one} and {other} side by side and look at {a1} first.",
    ],
    question: "Which is the better choice: {one} or {other}?",
    answer: "Neither for everybody. Compare both by {a1}, {a2} and {a3}, and let the point you care about most decide.",
    summary: "{A} vs. {b}: the differences that matter, in one table, and which one fits you.",
};

static VERDICT: Wish = Wish {
    openings: &[
        "This review looks at {noun} the way a buyer would after the first weeks: {a1}, {a2} and {a3}, in this order.",
        "A fair judgement on {noun} needs more than a first impression. What counts after a month is {a1}, then {a2} and {a3}.",
    ],
    parts: &["A fair judgement on {noun} starts with {a1}.", "What remains after the first week with {noun} is {a1}."],
    question: "{Is} {noun} worth it?",
    answer: "That depends on how much {a1} and {a2} matter to you. Write down your must-haves first and judge by them alone.",
    summary: "{Bare} review: strengths, limits, who will be happy with {it} and who should pass.",
};

static PRICE: Wish = Wish {
    openings: &[
        "Asked for the price of {noun}, an honest seller names a range. It is set by {a1}, {a2} and {a3}; compare complete offers, not labels.",
        "The price of {noun} can be understood. It follows {a1} first, {a2} second and {a3} third; the rest is margin and luck.",
    ],
    parts: &[
        "The price of {noun} follows {a1} first.",
        "Two offers for {noun} can be compared only when {a1} is equal.",
    ],
    question: "What {does} {noun} cost?",
    answer: "The amount depends on {a1}, {a2} and {a3}. Ask for complete offers and compare them over the whole time of use.",
    summary: "What {does} {noun} cost? What drives the price and how to compare two offers.",
};

static PURCHASE: Wish = Wish {
    openings: &[
        "Before you buy {noun}, settle three things: {a1}, {a2} and {a3}. Ten minutes on these save most returns.",
        "Buying {noun} goes well when the questions come before the shop. Start with {a1}, go on with {a2} and {a3}, then compare prices.",
    ],
    parts: &["Before you order {noun}, clear up {a1}.", "A good order of {noun} begins with {a1}."],
    question: "What should I check before buying {noun}?",
    answer: "Check {a1}, {a2} and {a3}, then read the return conditions. Compare the complete price, delivery included.",
    summary: "Buying {noun}: what to check before, during and after the order.",
};

static LOCAL: Wish = Wish {
    openings: &[
        "To find {good} near you, ask about {a1}, {a2} and {a3} before you agree to anything. Three short calls are enough to compare.",
        "Looking for {good} close by? Distance is the smallest question. {A1}, {a2} and {a3} tell you more than a map.",
    ],
    parts: &[
        "When you look for {noun} close by, ask about {a1} first.",
        "With {noun} in the neighbourhood, {a1} still has to be settled.",
    ],
    question: "How do I find {good} near me?",
    answer: "Ask three of them the same questions about {a1}, {a2} and {a3}, and have the answers in writing before work starts.",
    summary: "How to find {good} near you: where to look, what to ask and what to have in writing.",
};

static ALTERNATIVES: Wish = Wish {
    openings: &[
        "Good alternatives to {noun} start with the reason you are looking. Is it {a1}, {a2} or {a3}? Each leads to other candidates.",
        "Leaving {noun} pays off when you know what has to be better. Sort the options by {a1} first, then by {a2} and {a3}.",
    ],
    parts: &[
        "Reasons to look beyond {noun} often lie in {a1}.",
        "An alternative to {noun} should be better at one thing above all: {a1}.",
    ],
    question: "What can I use instead of {noun}?",
    answer: "Name the reason for the change, then compare two or three candidates by {a1}, {a2} and {a3}. Test with real work before you move.",
    summary: "{Bare} alternatives, sorted by the reason to switch: how the options compare.",
};

static COLLECTION: Wish = Wish {
    openings: &[
        "The most useful {bare} are the ones that fit your situation. Look at {a1}, {a2} and {a3} before you pick, and begin with one.",
        "There is no shortage of {bare}; there is a shortage of time. This selection is ordered by {a1}, with a word on {a2} and {a3}.",
    ],
    parts: &["Not everything fits everybody: sort {bare} by {a1} first.", "For {bare}, begin with {a1}."],
    question: "Which {bare} should I try first?",
    answer: "Start with the one that needs the least preparation. Look at {a1} and {a2} before you choose the next.",
    summary: "{Bare}: a short selection with what each one takes and for whom it works.",
};

static TOPIC: Wish = Wish {
    openings: &[
        "{Noun} can be simple once the order is right: first {a1}, then {a2}, then {a3}. Most detours come from starting at the end.",
        "Whoever deals with {noun} for the first time meets many opinions and few reasons. Three points carry most of the weight: {a1}, {a2} and {a3}.",
        "A good start with {noun} takes three questions. They concern {a1}, {a2} and {a3}, and none of them needs special knowledge.",
    ],
    parts: &[
        "With {noun}, {a1} comes first.",
        "People who search for {noun} mostly want to know about {a1}.",
        "For {noun}, one point decides early: {a1}.",
    ],
    question: "What should I know about {noun} first?",
    answer: "Three points carry most of the weight: {a1}, {a2} and {a3}. Settle them in this order and leave the rest for later.",
    summary: "{Bare}: what matters, which mistakes to avoid and how to get it right from the start.",
};
