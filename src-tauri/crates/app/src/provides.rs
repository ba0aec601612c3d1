//! Which topics each read is made of. The window's cache follows from this list alone: a commit that touches one of a
//! read's topics makes it stale. Commands that are not listed are writes.

use crate::dto::list::Topic;
use serde::Serialize;

/// One read and its topics.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Provides {
    /// The command's name, as in the window.
    pub command: &'static str,
    /// What it is made of.
    pub topics: &'static [Topic],
}

const EVERYTHING_COUNTED: &[Topic] = &[
    Topic::Sites,
    Topic::Keywords,
    Topic::Clusters,
    Topic::Ideas,
    Topic::Tasks,
    Topic::Contents,
    Topic::Images,
    Topic::Publications,
    Topic::Credits,
];

/// What waits, what of it a run takes, and of which models it is asked.
const EVERYTHING_PLANNED: &[Topic] = &[
    Topic::Sites,
    Topic::Keywords,
    Topic::Clusters,
    Topic::Ideas,
    Topic::Tasks,
    Topic::Contents,
    Topic::Images,
    Topic::Publications,
    Topic::Credits,
    Topic::Models,
    Topic::Settings,
];

/// What waits, and what of it is in the hands of which work.
const EVERYTHING_OPEN: &[Topic] = &[
    Topic::Sites,
    Topic::Keywords,
    Topic::Clusters,
    Topic::Ideas,
    Topic::Tasks,
    Topic::Contents,
    Topic::Images,
    Topic::Publications,
    Topic::Credits,
    Topic::Operations,
    Topic::Models,
    Topic::Settings,
];

/// Every read.
pub const PROVIDES: &[Provides] = &[
    Provides { command: "workspace", topics: &[Topic::Sites, Topic::Settings, Topic::Credits] },
    Provides { command: "appearance", topics: &[Topic::Settings] },
    Provides { command: "desktop", topics: &[Topic::Settings] },
    Provides { command: "noticeChoices", topics: &[Topic::Settings] },
    Provides { command: "quietHours", topics: &[Topic::Settings] },
    Provides { command: "sites", topics: EVERYTHING_COUNTED },
    Provides { command: "removedSites", topics: &[Topic::Sites] },
    Provides { command: "keywords", topics: &[Topic::Keywords, Topic::Clusters, Topic::Sites] },
    Provides { command: "keywordFilePreview", topics: &[] },
    Provides {
        command: "clusters",
        topics: &[Topic::Clusters, Topic::Keywords, Topic::Ideas, Topic::Contents, Topic::Sites],
    },
    Provides { command: "ideas", topics: &[Topic::Ideas, Topic::Clusters, Topic::Sites] },
    Provides { command: "facets", topics: EVERYTHING_COUNTED },
    Provides { command: "tasks", topics: &[Topic::Tasks, Topic::Ideas, Topic::Clusters, Topic::Sites] },
    Provides {
        command: "contents",
        topics: &[Topic::Contents, Topic::Images, Topic::Publications, Topic::Clusters, Topic::Sites],
    },
    Provides {
        command: "content",
        topics: &[Topic::Contents, Topic::Images, Topic::Publications, Topic::Clusters, Topic::Credits],
    },
    Provides { command: "conflicts", topics: &[Topic::Publications, Topic::Contents, Topic::Sites] },
    Provides { command: "conflict", topics: &[Topic::Publications, Topic::Contents, Topic::Images, Topic::Sites] },
    Provides { command: "sitePosts", topics: &[Topic::Contents, Topic::Notifications] },
    Provides { command: "sitePostsList", topics: &[Topic::Contents] },
    Provides { command: "passages", topics: &[Topic::Publications] },
    Provides { command: "topicRepeats", topics: &[Topic::Ideas, Topic::Contents, Topic::Tasks] },
    Provides { command: "imageSets", topics: &[Topic::Images, Topic::Contents] },
    Provides { command: "publishingSettings", topics: &[Topic::Settings, Topic::Sites] },
    Provides { command: "publishingPreview", topics: &[Topic::Contents, Topic::Settings, Topic::Sites] },
    Provides { command: "calendar", topics: &[Topic::Contents, Topic::Images, Topic::Publications, Topic::Sites] },
    Provides { command: "outbox", topics: &[Topic::Publications, Topic::Contents, Topic::Sites] },
    Provides { command: "estimate", topics: EVERYTHING_PLANNED },
    Provides { command: "operations", topics: &[Topic::Operations, Topic::Credits, Topic::Sites] },
    Provides { command: "operation", topics: &[Topic::Operations, Topic::Credits] },
    Provides { command: "pipeline", topics: &[Topic::Operations, Topic::Credits] },
    Provides { command: "pipelineEstimate", topics: EVERYTHING_PLANNED },
    Provides { command: "pipelineResumeEstimate", topics: EVERYTHING_OPEN },
    Provides { command: "operationResumeEstimate", topics: EVERYTHING_OPEN },
    Provides { command: "automation", topics: &[Topic::Settings, Topic::Sites, Topic::Operations] },
    Provides { command: "runs", topics: &[Topic::Operations, Topic::Credits] },
    Provides { command: "run", topics: &[Topic::Operations, Topic::Credits, Topic::Sites] },
    Provides { command: "runEvents", topics: &[Topic::Operations, Topic::Credits] },
    Provides { command: "runNow", topics: &[Topic::Operations, Topic::Credits] },
    Provides { command: "allPaused", topics: &[Topic::Settings, Topic::Operations] },
    Provides { command: "allResumeEstimate", topics: EVERYTHING_OPEN },
    Provides { command: "needs", topics: EVERYTHING_OPEN },
    Provides { command: "spending", topics: &[Topic::Credits, Topic::Settings, Topic::Sites] },
    Provides { command: "booksFindings", topics: &[Topic::Credits] },
    // Copies are files: nothing in the database says that one came or went.
    Provides { command: "booksOfCopies", topics: &[] },
    Provides { command: "balance", topics: &[Topic::Credits, Topic::Settings] },
    Provides { command: "transactions", topics: &[Topic::Credits] },
    Provides {
        command: "usageSummary",
        topics: &[Topic::Credits, Topic::Contents, Topic::Sites, Topic::Models, Topic::Settings],
    },
    Provides { command: "usageArticles", topics: &[Topic::Credits, Topic::Contents, Topic::Sites] },
    Provides { command: "contentCost", topics: &[Topic::Credits, Topic::Contents, Topic::Images, Topic::Models] },
    Provides { command: "reconcile", topics: &[] },
    Provides { command: "providers", topics: &[Topic::Models] },
    Provides { command: "models", topics: &[Topic::Models] },
    Provides { command: "modelKnown", topics: &[Topic::Models] },
    Provides { command: "modelRoles", topics: &[Topic::Models, Topic::Settings] },
    Provides { command: "modelsEnding", topics: &[Topic::Models, Topic::Settings, Topic::Sites, Topic::Operations] },
    Provides {
        command: "modelTrialPrice",
        topics: &[Topic::Models, Topic::Prompts, Topic::Sites, Topic::Keywords, Topic::Images, Topic::Credits],
    },
    Provides { command: "prompts", topics: &[Topic::Prompts, Topic::Sites] },
    Provides { command: "promptVersions", topics: &[Topic::Prompts] },
    Provides {
        command: "promptPreview",
        topics: &[
            Topic::Prompts,
            Topic::Sites,
            Topic::Keywords,
            Topic::Clusters,
            Topic::Tasks,
            Topic::Contents,
            Topic::Images,
            Topic::Models,
            Topic::Credits,
        ],
    },
    Provides { command: "promptTrial", topics: &[Topic::Operations, Topic::Credits] },
    Provides { command: "contentPrompts", topics: &[Topic::Contents, Topic::Prompts] },
    Provides { command: "authors", topics: &[Topic::Prompts, Topic::Sites] },
    Provides { command: "siteVoice", topics: &[Topic::Prompts, Topic::Sites] },
    Provides { command: "notifications", topics: &[Topic::Notifications, Topic::Sites] },
    Provides { command: "completion", topics: EVERYTHING_COUNTED },
];
