//! The prompts that come with the app. They are templates like any other and are tried like any other by the tests; a
//! person's own wording stands in their place and never changes them. A text that is changed here makes a new version of
//! all of them, so that a call can say what it was asked with.

use super::PromptKind;
use crate::status::{ContentStructure, ImageType};

/// Number of this set of texts.
pub const BUILT_IN_VERSION: u32 = 1;

/// The text of a kind that comes with the app.
#[must_use]
pub const fn built_in(kind: PromptKind) -> &'static str {
    match kind {
        PromptKind::Clustering => CLUSTERING,
        PromptKind::Ideas => IDEAS,
        PromptKind::Content => CONTENT,
        PromptKind::Structure(structure) => of_structure(structure),
        PromptKind::ImagePrompts => IMAGE_PROMPTS,
        PromptKind::Image(ImageType::Featured) => FEATURED,
        PromptKind::Image(ImageType::InArticle) => IN_ARTICLE,
        PromptKind::NegativePrompt => NEGATIVE,
    }
}

const CLUSTERING: &str = "\
Group the keywords into clusters that one article each can answer: same intent, same need, 3 to 10 keywords.
Reuse an existing cluster by its exact name where a keyword belongs to it.
Name a new cluster in at most five words, as a reader would, and describe it in one sentence.
Leave out keywords that fit nowhere. No keyword stands in two clusters.";

const IDEAS: &str = "\
For each cluster propose one to three article ideas with a working title, a brief that says angle, reader and what to \
cover, the phrases it answers, its kind and structure, and a word target between 500 and 3000.
{% if word_count %}
Plan articles of about {{ word_count }} words unless the topic needs clearly more or less.
{% endif %}
{% if tone %}
Titles sound {{ tone }}.
{% endif %}
{% if author_bio %}
They will be written by {{ author_name }}: {{ author_bio }}
{% endif %}
Write titles and briefs in the language {{ language }}. Do not repeat an existing title.";

const CONTENT: &str = "\
Write the article in the language {{ language }}. Use second- and third-level Markdown headings, meet the word target of \
{{ word_count }} words, answer the primary keyword in the first paragraph, end with questions readers have.
{% if tone %}
The tone is {{ tone }}.
{% endif %}
{% if author_name %}
Write as {{ author_name }}. {{ author_bio }}
{% endif %}
{% if author_voice %}
How {{ author_name }} writes: {{ author_voice }}
{% endif %}
State no fact you are not sure of. meta_title has at most 60 characters, meta_description at most 155.";

const IMAGE_PROMPTS: &str = "\
Describe one featured image and up to {{ images_max }} images inside the text, each under one of the headings.
Describe what is seen, without words in the picture. Give each a text alternative of at most 125 characters in the \
language {{ language }}.";

const FEATURED: &str = "\
A wide picture for the top of an article, one clear subject, room around it, natural light, no words, no logos.";

const IN_ARTICLE: &str = "\
A picture that explains one section of an article, close to its subject, plain background, no words, no logos.";

const NEGATIVE: &str = "text, letters, watermark, logo, frame, blur, distorted hands, extra fingers";

const fn of_structure(structure: ContentStructure) -> &'static str {
    match structure {
        ContentStructure::Article => {
            "It is an article: open with why it matters, give each section one point, close with what to do next."
        }
        ContentStructure::Guide => {
            "It is a guide: say what the reader needs first, then numbered steps, each with how to tell that it worked."
        }
        ContentStructure::Comparison => {
            "It is a comparison: judge all sides by the same criteria, put them into one Markdown table, and say who \
             should take which."
        }
        ContentStructure::Review => {
            "It is a review: what was looked at and how, strengths, weaknesses, for whom, and a verdict. Invent no test \
             that nobody made."
        }
        ContentStructure::Listicle => {
            "It is a list: one numbered second-level heading for each entry, each with what sets it apart and whom it suits."
        }
        ContentStructure::LandingPage => {
            "It is a landing page: one offer, its use in the first sentence, objections answered, one action named at the \
             top and the end."
        }
        ContentStructure::BusinessPage => {
            "It is a page about a business: who they are, what they do, for whom, how to reach them. Leave a gap in square \
             brackets where only the business knows."
        }
        ContentStructure::ServicePage => {
            "It is a page about a service: what is done, how it goes step by step, what it takes, what the customer has \
             afterwards. Leave prices in square brackets."
        }
        ContentStructure::General => {
            "It is a page: say at once what it is about, and give each thing a section of its own."
        }
        ContentStructure::ClusterHub => {
            "It is an overview of a topic: explain the whole in short sections and lead on to the related articles by \
             their titles."
        }
        ContentStructure::ProductPage => {
            "It is a product page: what it is for, what it has and why that matters, what comes with it, questions before \
             buying. Invent no figures."
        }
        ContentStructure::CategoryArchive => {
            "It introduces a category: what belongs here, how its things differ, how to choose among them."
        }
        ContentStructure::TagArchive => "It introduces a tag: what the articles under it share, and where to begin.",
        ContentStructure::AttributeArchive => {
            "It introduces things that share an attribute: what the attribute means in use, and when it is worth having."
        }
    }
}
