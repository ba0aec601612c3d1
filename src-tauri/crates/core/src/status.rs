//! The closed vocabularies: one enum for each, spelled once. The same spelling stands in the database's CHECKs, in the
//! reporting views and in the generated bindings, so that no layer can invent a fourth name for the same state.

mod meaning;

use serde::{Deserialize, Serialize};

/// A text is not a word of the vocabulary it was read as.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{word:?} is not a {vocabulary}")]
pub struct UnknownWord {
    /// The enum's name.
    pub vocabulary: &'static str,
    /// What was read.
    pub word: String,
}

macro_rules! vocabulary {
    ($($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal),* $(,)? })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $word)] $variant),* }

        impl $name {
            /// Every word, in the order of the life it describes.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The word as stored and shown to programs.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = UnknownWord;
            fn from_str(word: &str) -> Result<Self, Self::Err> {
                match word {
                    $($word => Ok(Self::$variant),)*
                    _ => Err(UnknownWord { vocabulary: stringify!($name), word: word.to_owned() }),
                }
            }
        }
    )*};
}

pub(crate) use vocabulary;

vocabulary! {
    /// What a limit on spending is about.
    CapScope {
        /// All spending of a calendar month.
        Month = "month",
        /// All spending of a day.
        Day = "day",
        /// A site's spending of a month.
        Site = "site",
        /// One run of a pipeline.
        Run = "run",
        /// One function's part of a run.
        Share = "share",
    }

    /// What a process beside the one that has the data folder may ask of it.
    RunCommand {
        /// Pause a site's run after the units at hand.
        Pause = "run_pause",
        /// Go on with it.
        Resume = "run_resume",
        /// Cancel a site's run after the unit at hand.
        Cancel = "run_cancel",
        /// Stop all paid work.
        StopSpending = "spending_stop",
        /// Allow it again.
        AllowSpending = "spending_resume",
    }

    /// Life of a keyword.
    KeywordStatus {
        /// In no cluster yet.
        New = "new",
        /// In a cluster.
        Mapped = "mapped",
    }

    /// Life of a cluster.
    ClusterStatus {
        /// No ideas yet.
        New = "new",
        /// Ideas exist.
        Mapped = "mapped",
    }

    /// Life of an idea.
    IdeaStatus {
        /// Not queued yet.
        New = "new",
        /// A task exists.
        Queued = "queued",
        /// Its task failed and can be written again. Read from the task, never stored with the idea.
        Failed = "failed",
        /// Its article is written.
        Completed = "completed",
    }

    /// Life of a writing task.
    TaskStatus {
        /// Waiting to be written.
        Queued = "queued",
        /// Written.
        Completed = "completed",
        /// The last attempt failed; it can be written again.
        Failed = "failed",
    }

    /// Editorial state of an article.
    ContentStatus {
        /// Written, images still missing.
        Draft = "draft",
        /// Waiting for a person.
        Review = "review",
        /// May go out.
        Approved = "approved",
    }

    /// Delivery state of an article.
    DeliveryStatus {
        /// Not on the site.
        NotPublished = "not_published",
        /// Has a date.
        Scheduled = "scheduled",
        /// On its way.
        Publishing = "publishing",
        /// Read back from the site.
        Published = "published",
        /// The last delivery failed.
        Failed = "failed",
    }

    /// State of an image slot.
    ImageStatus {
        /// Has a prompt, no picture.
        Pending = "pending",
        /// Has a picture.
        Generated = "generated",
        /// The last attempt failed.
        Failed = "failed",
    }

    /// What a picture's text alternative was made from.
    AltOrigin {
        /// What a model was asked to show.
        Scene = "scene",
        /// The card that the built-in engine draws.
        Card = "card",
        /// A description that a person has changed since; it is right until the picture is made anew.
        Outdated = "outdated",
        /// A person.
        Own = "own",
    }

    /// A field of an article that a person may change beside its text.
    ArticleField {
        /// Title.
        Title = "title",
        /// Slug.
        Slug = "slug",
        /// Summary.
        Excerpt = "excerpt",
        /// Title for search results.
        MetaTitle = "meta_title",
        /// Description for search results.
        MetaDescription = "meta_description",
        /// Tags.
        Tags = "tags",
        /// Categories.
        Categories = "categories",
    }

    /// Which place of the article an image fills.
    ImageType {
        /// The one above the title.
        Featured = "featured",
        /// Inside the text.
        InArticle = "in_article",
    }

    /// What a searcher wants.
    Intent {
        /// To learn.
        Informational = "informational",
        /// To compare before buying.
        Commercial = "commercial",
        /// To buy or do.
        Transactional = "transactional",
        /// To reach a known place.
        Navigational = "navigational",
    }

    /// What kind of page an article becomes.
    ContentType {
        /// A dated article.
        Post = "post",
        /// A standing page.
        Page = "page",
        /// A product page.
        Product = "product",
        /// A term's archive page.
        Taxonomy = "taxonomy",
    }

    /// How an article is built.
    ContentStructure {
        /// General article.
        Article = "article",
        /// Step by step.
        Guide = "guide",
        /// Two or more things side by side.
        Comparison = "comparison",
        /// One thing judged.
        Review = "review",
        /// Numbered picks.
        Listicle = "listicle",
        /// One offer, one action.
        LandingPage = "landing_page",
        /// Who we are.
        BusinessPage = "business_page",
        /// What we do.
        ServicePage = "service_page",
        /// A page without a narrower pattern.
        General = "general",
        /// Overview that links a cluster's articles.
        ClusterHub = "cluster_hub",
        /// One product.
        ProductPage = "product_page",
        /// Archive of a category.
        CategoryArchive = "category_archive",
        /// Archive of a tag.
        TagArchive = "tag_archive",
        /// Archive of an attribute.
        AttributeArchive = "attribute_archive",
    }

    /// How a site speaks.
    Tone {
        /// Without colour.
        Neutral = "neutral",
        /// As to a neighbour.
        Friendly = "friendly",
        /// As to a customer.
        Professional = "professional",
        /// As in speech.
        Conversational = "conversational",
        /// As one who knows.
        Authoritative = "authoritative",
        /// With a wink.
        Playful = "playful",
    }

    /// How long the articles of a site are planned.
    ArticleLength {
        /// A few minutes.
        Short = "short",
        /// What most searches want.
        Medium = "medium",
        /// All there is to say.
        Long = "long",
    }

    /// What a model makes.
    ModelType {
        /// Text.
        Text = "text",
        /// Images.
        Image = "image",
    }

    /// Which set of models is asked.
    ModelMode {
        /// The one to try things with.
        Testing = "testing",
        /// The one that counts.
        Live = "live",
    }

    /// The language a vendor of models speaks.
    Dialect {
        /// That of OpenAI, which gateways and local servers speak too.
        OpenAi = "openai",
        /// Anthropic's Messages.
        Anthropic = "anthropic",
        /// Google's `generateContent`.
        Gemini = "gemini",
        /// Ollama's own, which says how much of a prompt was read.
        Ollama = "ollama",
        /// Runware's tasks, which make pictures only and are billed once under one id.
        Runware = "runware",
        /// Bria's, which makes pictures only and is asked how far they are.
        Bria = "bria",
    }

    /// Where a site's articles go.
    DestinationKind {
        /// WordPress over REST.
        WordPress = "wordpress",
        /// A folder of files.
        Folder = "folder",
    }

    /// File formats in which pictures are stored.
    ImageFormat {
        /// Portable Network Graphics: read by every program.
        Png = "png",
        /// WebP, lossless: a smaller file for the same picture.
        WebP = "webp",
    }

    /// Whether a site answered when it was last asked.
    Connection {
        /// Never asked since its address or sign-in changed.
        Untested = "untested",
        /// It answered and lets us in.
        Ok = "ok",
        /// It did not.
        Failed = "failed",
    }

    /// Who wrote a version of an article.
    Origin {
        /// A model.
        Model = "model",
        /// A person.
        Person = "person",
    }

    /// How far an operation is.
    Phase {
        /// Accepted.
        Init = "INIT",
        /// Reading its input, checking credits.
        Prep = "PREP",
        /// Waiting for the model.
        AiCall = "AI_CALL",
        /// Reading the answer.
        Parse = "PARSE",
        /// Storing the result.
        Save = "SAVE",
        /// Nothing left to do.
        Done = "DONE",
    }

    /// How an operation ended, or that it has not.
    OperationStatus {
        /// Still going.
        Pending = "pending",
        /// An earlier process began it and did not end it; it waits to be gone on with, or given up.
        Interrupted = "interrupted",
        /// At least one unit stored its result.
        Success = "success",
        /// Nothing was stored.
        Error = "error",
    }

    /// How much a notice matters.
    Severity {
        /// Worth knowing.
        Info = "info",
        /// Done.
        Success = "success",
        /// Needs you.
        Warning = "warning",
        /// Failed.
        Error = "error",
    }

    /// How far a paid unit is.
    UnitState {
        /// Waiting for a worker.
        Ready = "ready",
        /// At work.
        Leased = "leased",
        /// Its result is stored.
        Done = "done",
        /// There will be no result.
        Failed = "failed",
        /// Stopped before it began.
        Cancelled = "cancelled",
    }

    /// What became of a paid unit in the books.
    UsageOutcome {
        /// Its result was stored and charged.
        Settled = "settled",
        /// It was sent and left no result; nothing was charged.
        Released = "released",
        /// Nothing was sent.
        Refused = "refused",
        /// An answer paid before was used again; nothing was charged.
        Reused = "reused",
    }

    /// What a line of the statement says.
    TransactionType {
        /// Credits came in.
        Grant = "grant",
        /// A result was charged.
        Deduction = "deduction",
        /// A hold was given back.
        Release = "release",
        /// Nothing was held or sent.
        Refusal = "refusal",
        /// Unspent monthly credits ran out with their month.
        Lapse = "lapse",
    }

    /// What began a run.
    RunTrigger {
        /// A button or a command.
        Manual = "manual",
        /// Its time has come.
        Scheduled = "scheduled",
        /// Its time came while the app was closed or asleep.
        CatchUp = "catch_up",
    }

    /// A line of a run's log.
    RunEventKind {
        /// The run began.
        Began = "began",
        /// Somebody paused it.
        Paused = "paused",
        /// It goes on after a pause or an interruption.
        Resumed = "resumed",
        /// Its process has ended without ending it.
        Interrupted = "interrupted",
        /// A stage began.
        StageBegan = "stage_began",
        /// A stage has nothing left to do, or ended early.
        StageEnded = "stage_ended",
        /// A stage that is switched off was passed over.
        StageOff = "stage_off",
        /// An item's result is stored.
        ItemDone = "item_done",
        /// An item failed.
        ItemFailed = "item_failed",
        /// An item was tried so often that it waits for a person.
        ItemParked = "item_parked",
        /// The run ended.
        Ended = "ended",
    }

    /// What started an operation.
    Trigger {
        /// A button or a command.
        Manual = "manual",
        /// The pipeline or an automation run.
        Automation = "automation",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_reads_back_as_itself_and_strangers_are_named() {
        for status in ContentStatus::ALL {
            assert_eq!(status.as_str().parse::<ContentStatus>(), Ok(*status));
        }
        let stranger = "active".parse::<ClusterStatus>().unwrap_err();
        assert_eq!(stranger, UnknownWord { vocabulary: "ClusterStatus", word: "active".to_owned() });
    }
}
