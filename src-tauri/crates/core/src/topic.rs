//! What a commit touched, in the words by which screens ask for data. The store emits topics after each commit; every
//! read declares the topics it is made of; matching the two is all that keeps pages fresh.

use serde::{Deserialize, Serialize};

/// A part of the data that changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    /// Sites and sectors.
    Sites,
    /// Keywords.
    Keywords,
    /// Clusters.
    Clusters,
    /// Ideas.
    Ideas,
    /// Writing tasks.
    Tasks,
    /// Articles and their versions.
    Contents,
    /// Image slots.
    Images,
    /// Balance, ledger, usage.
    Credits,
    /// AI operations.
    Operations,
    /// Notices.
    Notifications,
    /// Deliveries and receipts.
    Publications,
    /// The model catalogue.
    Models,
    /// Settings.
    Settings,
    /// Prompts, authors, and how sites speak.
    Prompts,
}

impl Topic {
    /// Every topic.
    pub const ALL: &'static [Self] = &[
        Self::Sites,
        Self::Keywords,
        Self::Clusters,
        Self::Ideas,
        Self::Tasks,
        Self::Contents,
        Self::Images,
        Self::Credits,
        Self::Operations,
        Self::Notifications,
        Self::Publications,
        Self::Models,
        Self::Settings,
        Self::Prompts,
    ];
}
