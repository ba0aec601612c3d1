//! The sections articles are made of: headings, opening sentences, what stands below them, what is left to the writer.
//! Opening sentences speak to the reader; what only the writer can know is said in the note.
//!
//! Sentences avoid verbs that change with number ("can", "should" do not), because a keyword's number is a guess.

use crate::builtin::phrase::Kind;

/// What stands below a section's opening.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Block {
    /// Nothing more.
    Prose,
    /// The field's criteria as points.
    Aspects,
    /// The field's criteria as a table.
    AspectTable,
    /// The field's steps, numbered.
    Steps,
    /// What to have at hand.
    Needs,
    /// Mistakes and what to do instead.
    Mistakes,
    /// One part for each further keyword.
    Keywords,
    /// The numbered entries of a list.
    Entries,
    /// Points that speak for the first or the second of two.
    Side,
    /// Whom it suits.
    Readers,
    /// Things to tick off.
    Checklist,
    /// Articles of the site.
    Links,
}

/// One section.
#[derive(Debug)]
pub(super) struct Section {
    /// The kind of subject it reads well with; `None` for any.
    pub(super) kind: Option<Kind>,
    pub(super) headings: &'static [&'static str],
    pub(super) leads: &'static [&'static str],
    pub(super) block: Block,
    /// What the writer has to add; empty when nothing.
    pub(super) note: &'static str,
}

pub(super) static PURPOSE: Section = Section {
    kind: Some(Kind::Thing),
    headings: &["What {noun} should do for you", "Start with the purpose", "Know the situation first"],
    leads: &[
        "{Noun} should solve a problem you can name. Write it down in one sentence before you read on; every later choice becomes easier, and some options fall away at once.",
        "Most disappointment with {noun} starts with a vague wish. Say what must be better afterwards, for whom and by when, and the rest of this page turns into a checklist.",
        "It helps to know the situation before the solution. Think of the last time you needed {noun}: where were you, what was missing, and what did you do instead?",
    ],
    block: Block::Prose,
    note: "describe one situation of your own in which {noun} made the difference, with place and time.",
};

pub(super) static WHY_DO: Section = Section {
    kind: Some(Kind::Action),
    headings: &["Why {bare} is worth doing properly", "Before you begin", "What makes {bare} hard"],
    leads: &[
        "{Bare} seldom fails for lack of skill. It fails because something was missing, the order was wrong or the waiting was cut short. Ten minutes of preparation prevent most of it.",
        "Done in the right order, {bare} takes less effort than most people expect. Done in a hurry, it has to be done twice.",
        "There is a quick way and a lasting way, and they differ by a few minutes at the start. This page takes the lasting one and says where you may save time.",
    ],
    block: Block::Prose,
    note: "tell what happened the first time you tried it and what you would do differently.",
};

pub(super) static STRAIGHT_ANSWER: Section = Section {
    kind: Some(Kind::Question),
    headings: &["The short answer", "In one sentence"],
    leads: &[
        "Yes, no, or only under conditions: one sentence says it, the next names the source. Whoever needs no more can stop reading here.",
        "Here is the answer in the form in which it can be remembered. How sure it is, and where it ends, stands further down.",
    ],
    block: Block::Prose,
    note: "put the plain answer here, in at most forty words, with its source and date.",
};

pub(super) static REASONS_FOR: Section = Section {
    kind: Some(Kind::Question),
    headings: &["Why this is the answer", "The reason behind it"],
    leads: &[
        "An answer convinces when its reason is visible. Two or three plain sentences are enough; everything beyond them belongs into the source.",
        "Knowing the reason helps with the next question too, because that one will be a little different.",
    ],
    block: Block::Prose,
    note: "explain the mechanism in words a twelve-year-old would understand.",
};

pub(super) static EXCEPTIONS: Section = Section {
    kind: Some(Kind::Question),
    headings: &["When the answer changes", "Exceptions worth knowing"],
    leads: &[
        "Most answers hold for the ordinary case. Amount, age, health and circumstances can change them; whoever is unsure does well to follow the stricter answer.",
        "No answer covers every case. These are the situations in which it is worth asking again before acting.",
    ],
    block: Block::Prose,
    note: "list the exceptions, each with what to do then.",
};

pub(super) static SHORT_ANSWER: Section = Section {
    kind: Some(Kind::Matter),
    headings: &["The short answer", "The rule of thumb"],
    leads: &[
        "There is a rule of thumb, and there are cases in which it fails. Take the rule first; the points below show whether yours is such a case.",
        "For the ordinary case a rule of thumb is enough. It should fit into one sentence and name a number or a sign.",
    ],
    block: Block::Prose,
    note: "put the rule here, in at most forty words, with its source.",
};

pub(super) static IDEA: Section = Section {
    kind: Some(Kind::Thing),
    headings: &["{Noun} in plain words", "The idea behind {noun}"],
    leads: &[
        "Leave the jargon aside for a moment. To understand {noun}, ask three things: what goes in, what comes out, and who has to do the work in between.",
        "A good explanation of {noun} fits on a postcard: the purpose in one sentence, an example in two, the limits in one more.",
    ],
    block: Block::Prose,
    note: "give the definition in at most twenty-five words, then an example from daily life.",
};

pub(super) static ASPECTS_THING: Section = Section {
    kind: Some(Kind::Thing),
    headings: &["What to look for in {noun}", "The criteria that decide", "How to judge {noun}"],
    leads: &[
        "These points separate a good decision from a lucky one. They stand in the order in which they usually matter.",
        "Go through the points from top to bottom and stop where an option fails. What is left at the end deserves a closer look.",
        "Nobody needs all of these to be perfect. Mark the two you will not give up and treat the rest as wishes.",
    ],
    block: Block::Aspects,
    note: "back each point with something you measured, saw or asked yourself.",
};

pub(super) static ASPECTS_DO: Section = Section {
    kind: Some(Kind::Action),
    headings: &["What decides the result", "Points to watch"],
    leads: &[
        "The same steps can end well or badly. These points make the difference, and all of them can be checked before you start.",
        "Keep these points in mind while you work; each takes a moment and saves a repetition.",
    ],
    block: Block::Aspects,
    note: "say which of these points matters most here, and why.",
};

pub(super) static ASPECTS_MATTER: Section = Section {
    kind: Some(Kind::Matter),
    headings: &["Points to check in your own case", "Before you apply the answer"],
    leads: &[
        "A general answer is only as good as its fit. Look at these points before you rely on it.",
        "Two people can ask the same thing and need different answers. Check your own case against these points.",
    ],
    block: Block::Aspects,
    note: "add thresholds or numbers, each with a source and its date.",
};

pub(super) static TABLE: Section = Section {
    kind: None,
    headings: &["The comparison at a glance", "The criteria side by side", "One table for the decision"],
    leads: &[
        "Copy the table and add a column for each option you consider. Rows in which all options are equal can be crossed out; what stays is the decision.",
        "A table keeps a comparison honest: every option has to answer the same questions, in the same words.",
    ],
    block: Block::AspectTable,
    note: "add a column for each option, with figures of the same date and source.",
};

pub(super) static NEEDS: Section = Section {
    kind: None,
    headings: &["What to have ready", "What you need before you start"],
    leads: &[
        "Have these things at hand, and nothing will stop you halfway.",
        "Little is needed, but it should be there from the beginning.",
    ],
    block: Block::Needs,
    note: "add sizes or amounts, and a cheap substitute where there is one.",
};

pub(super) static STEPS_DO: Section = Section {
    kind: Some(Kind::Action),
    headings: &["{Bare}, step by step", "The steps in order"],
    leads: &[
        "Each step ends with something you can see or check, so you always know when to go on.",
        "Take the steps in this order even if one seems unnecessary; it is usually there because of the next one.",
    ],
    block: Block::Steps,
    note: "make these steps your own: what exactly to do, how long it took, one photo each.",
};

pub(super) static STEPS_THING: Section = Section {
    kind: Some(Kind::Thing),
    headings: &["How to go about it", "From first thought to decision", "The way to a good choice"],
    leads: &[
        "A fixed order keeps you from deciding too early. It also shows what you still do not know.",
        "The whole way takes an evening or two. Most of the time goes into the first steps, and that is where it belongs.",
    ],
    block: Block::Steps,
    note: "tell how you went through these steps yourself and where you got stuck.",
};

pub(super) static STEPS_MATTER: Section = Section {
    kind: Some(Kind::Matter),
    headings: &["How to find your own answer", "Five steps to a clear answer"],
    leads: &[
        "If your case is not the ordinary one, this order leads to an answer you can stand by.",
        "A general answer helps until it meets your situation. From there on, go step by step.",
    ],
    block: Block::Steps,
    note: "work one example through all the steps.",
};

pub(super) static MISTAKES: Section = Section {
    kind: None,
    headings: &["Mistakes that cost the most", "What often goes wrong", "Avoid these detours"],
    leads: &[
        "These mistakes are common because they feel right at the time. Each has a simple way out.",
        "Nobody avoids all of them. Knowing them is enough to notice early.",
    ],
    block: Block::Mistakes,
    note: "add one mistake you made yourself; readers trust the rest more for it.",
};

pub(super) static KEYWORDS: Section = Section {
    kind: None,
    headings: &["What readers also ask", "Special cases", "Worth a closer look"],
    leads: &[
        "These questions come up again and again around the topic. Each deserves a short, clear answer.",
        "Not every situation is the ordinary one. Here are the cases people search for most.",
    ],
    block: Block::Keywords,
    note: "",
};

pub(super) static ENTRIES: Section = Section {
    kind: None,
    headings: &["The list", "One by one"],
    leads: &[
        "The entries stand in the order in which most people need them. Read the first line of each and stay where it sounds like you.",
        "Nothing on this list is right for everybody. Each entry says whom it suits and what it takes.",
    ],
    block: Block::Entries,
    note: "name a concrete example for each entry and say in one line why it is on the list.",
};

pub(super) static SIDE_A: Section = Section {
    kind: None,
    headings: &["When to choose {one}", "What speaks for {one}"],
    leads: &["Look at {one} first when one of these points matters more to you than all others."],
    block: Block::Side,
    note: "give one case in favour of {one}, with the reason.",
};

pub(super) static SIDE_B: Section = Section {
    kind: None,
    headings: &["When to choose {other}", "What speaks for {other}"],
    leads: &["{Other} can come out ahead when your situation looks like this."],
    block: Block::Side,
    note: "give one case in favour of {other}, with the reason.",
};

pub(super) static SUITS: Section = Section {
    kind: None,
    headings: &["Who will be happy with it, and who should pass", "For whom this is right"],
    leads: &[
        "A recommendation is worth little without the person it is meant for. These readers gain most.",
        "Look for yourself in this list. If you are not in it, the alternatives deserve your time.",
    ],
    block: Block::Readers,
    note: "name the reader who should choose something else, and what.",
};

pub(super) static CHECKLIST: Section = Section {
    kind: None,
    headings: &["Checklist", "The checklist to go through"],
    leads: &["Tick these off in order. An open point is no disaster, but it should be a decision."],
    block: Block::Checklist,
    note: "",
};

pub(super) static LINKS: Section = Section {
    kind: None,
    headings: &["Read on here", "All articles on the topic"],
    leads: &["These articles go deeper, each into one part of the topic."],
    block: Block::Links,
    note: "write one sentence for each link that says what the reader will find there.",
};

pub(super) static NEXT_MATTER: Section = Section {
    kind: Some(Kind::Matter),
    headings: &["The next step", "Conclusion"],
    leads: &[
        "Look at {a1} today and note what you see. Once you know your own case, the rule of thumb is all you have to remember.",
        "Put a date into the calendar on which you check again. A rule helps only as long as somebody remembers it.",
    ],
    block: Block::Prose,
    note: "close with the rule once more, in one sentence.",
};

pub(super) static NEXT_QUESTION: Section = Section {
    kind: Some(Kind::Question),
    headings: &["The next step", "Conclusion"],
    leads: &[
        "Compare the answer with your own situation before you act on it. Where health, money or safety is concerned, ask a professional; a page can prepare that talk and never replace it.",
        "An answer is useful once it changes something. Decide what you will do differently, write it down with a date, and ask somebody who knows your case where it matters.",
    ],
    block: Block::Prose,
    note: "close with the answer once more, in one sentence, with its source.",
};

pub(super) static NEXT_DO: Section = Section {
    kind: Some(Kind::Action),
    headings: &["The next step", "Where to go from here"],
    leads: &[
        "Set everything out today and start when there is time to finish. {A1} comes first, {a2} second; the rest follows from the steps above.",
        "Begin with the smallest part, look at the result in good light, and go on only when it is right.",
    ],
    block: Block::Prose,
    note: "close with your own recommendation in one sentence.",
};

pub(super) static NEXT: Section = Section {
    kind: Some(Kind::Thing),
    headings: &["The next step", "Where to go from here", "Conclusion"],
    leads: &[
        "Keep three things from this page: {a1} comes first, {a2} second, and a decision with a date beats a perfect one without. Start with the smallest step you can do today.",
        "Settle {a1}, check {a2}, and leave the rest for later. Put a date into the calendar on which you look at the result.",
        "If you do only one thing after reading, begin with {a1}. Everything else on this page can wait a week.",
    ],
    block: Block::Prose,
    note: "close with your own recommendation in one sentence.",
};
