//! Sections of standing pages: offers, firms, products and archives.

use super::sections::{Block, Section};

pub(super) static OFFER: Section = Section {
    kind: None,
    headings: &["What you get", "What is in it for you"],
    leads: &[
        "One offer, said plainly: what it contains, what it costs and how soon you have it. Everything on this page serves that one decision.",
        "You should know after half a minute whether {noun} can help you. Here is what it contains and for whom it was made.",
    ],
    block: Block::Readers,
    note: "name the result in numbers a customer would use, and the price.",
};

pub(super) static HOW_IT_WORKS: Section = Section {
    kind: None,
    headings: &["How it works", "From the first contact to the result"],
    leads: &[
        "No surprises: these are the steps, and after each of them you can stop.",
        "The way is short, and you know at every point what comes next.",
    ],
    block: Block::Steps,
    note: "say how long each step takes and who does it.",
};

pub(super) static REASONS: Section = Section {
    kind: None,
    headings: &["What makes the difference", "How you recognise quality"],
    leads: &[
        "Compare us by these points, and compare others by them too.",
        "Good work shows in things that can be checked. These are the ones that count.",
    ],
    block: Block::Aspects,
    note: "prove each point with a figure, a name or a photo.",
};

pub(super) static WHO_WE_ARE: Section = Section {
    kind: None,
    headings: &["Who we are", "The people behind {site}"],
    leads: &[
        "{Site} is about {noun}. This page says who stands behind it, what we know and why we do it.",
        "People want to know whom they are dealing with. Here is the short version of {site}, without big words.",
    ],
    block: Block::Prose,
    note: "names, faces, place, year: the facts only you can give.",
};

pub(super) static FOR_WHOM: Section = Section {
    kind: None,
    headings: &["For whom we work", "Who comes to us"],
    leads: &[
        "We are at our best with people like these. If you are somebody else, ask; we will say honestly whether it fits.",
    ],
    block: Block::Readers,
    note: "add one short quotation from a customer, with permission.",
};

pub(super) static SCOPE: Section = Section {
    kind: None,
    headings: &["What the service covers", "What is included"],
    leads: &[
        "A clear scope saves both sides trouble. This is what {noun} includes, and what is agreed separately.",
        "You pay for what you need. Here is what belongs to {noun} and what does not.",
    ],
    block: Block::Prose,
    note: "list what is included, what costs extra and what you do not do.",
};

pub(super) static PRICE_FACTORS: Section = Section {
    kind: None,
    headings: &["What the price depends on", "How the price comes about"],
    leads: &["Every case is a little different, but the price always follows the same points."],
    block: Block::AspectTable,
    note: "give a typical range with its date.",
};

pub(super) static CONTACT: Section = Section {
    kind: None,
    headings: &["Your next step", "How to reach us"],
    leads: &[
        "One message is enough to begin. Say what it is about, by when you need it and how you can be reached.",
        "Ask your question first and decide later. The first talk costs nothing but a few minutes.",
    ],
    block: Block::Prose,
    note: "one button, one address, one number, and how soon you answer.",
};

pub(super) static DETAILS: Section = Section {
    kind: None,
    headings: &["Details to compare", "The facts in a table"],
    leads: &["Numbers help only when they answer a question. Each row says which one."],
    block: Block::AspectTable,
    note: "fill in the data of the product: size, weight, material, origin, warranty.",
};

pub(super) static IN_USE: Section = Section {
    kind: None,
    headings: &["In daily use", "How to get the most out of it"],
    leads: &["A product shows its worth after the first week. These steps bring you there without detours."],
    block: Block::Steps,
    note: "describe one ordinary day with the product.",
};

pub(super) static BEFORE_ORDER: Section = Section {
    kind: None,
    headings: &["Before you order", "Check this first"],
    leads: &["Two minutes now save a return later."],
    block: Block::Checklist,
    note: "add delivery time, return period and who to ask.",
};

pub(super) static HUB_START: Section = Section {
    kind: None,
    headings: &["Start here", "The topic in short"],
    leads: &[
        "There are many sides to {noun}, and nobody needs all of them at once. Read this overview first, then follow the part that answers your question.",
        "This page ties together everything we have on {noun}. It gives the frame; the articles give the detail.",
    ],
    block: Block::Prose,
    note: "say in three sentences what somebody must know before anything else.",
};

pub(super) static ARCHIVE_INTRO: Section = Section {
    kind: None,
    headings: &["What you will find here", "About this collection"],
    leads: &[
        "Everything on {noun} stands together here: basics for the first visit, details for the second, and answers to single questions.",
        "This collection is sorted by need rather than by date. Start where your question is.",
    ],
    block: Block::Prose,
    note: "say what belongs here and what stands elsewhere.",
};

pub(super) static ARCHIVE_WAYS: Section = Section {
    kind: None,
    headings: &["Where to start", "Find your way in"],
    leads: &["Readers come with different questions. These are the usual ways in."],
    block: Block::Readers,
    note: "link each way in to its first article.",
};

pub(super) static ATTRIBUTE_USE: Section = Section {
    kind: None,
    headings: &["What {noun} can tell you when you compare", "How to use {noun} as a filter"],
    leads: &[
        "A single property is a good filter and a poor judge. Use {noun} to shorten the list, then look at the rest.",
    ],
    block: Block::Prose,
    note: "explain the values this property can have and what each means in use.",
};
