//! Lists: one filter, one query and one page shape for every table of the window.

use serde::{Deserialize, Serialize};
use specta::Type;

/// What a list is narrowed to. A field that the list does not know is an error, never ignored.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ListFilter {
    /// The site; every list but notifications needs one.
    #[serde(default)]
    pub site_id: Option<String>,
    /// One sector of the site.
    #[serde(default)]
    pub sector_id: Option<String>,
    /// One cluster.
    #[serde(default)]
    pub cluster_id: Option<String>,
    /// Status words of the list's own vocabulary; empty means all.
    #[serde(default)]
    pub status: Vec<String>,
    /// Intent words; empty means all.
    #[serde(default)]
    pub intent: Vec<String>,
    /// Delivery words (articles); empty means all.
    #[serde(default)]
    pub delivery: Vec<String>,
    /// Markets, or the empty word for unknown; empty means all.
    #[serde(default)]
    pub country: Vec<String>,
    /// Kinds of page; empty means all.
    #[serde(default)]
    pub content_type: Vec<String>,
    /// How articles are built; empty means all.
    #[serde(default)]
    pub content_structure: Vec<String>,
    /// Least monthly searches.
    #[serde(default)]
    pub volume_min: Option<u32>,
    /// Most monthly searches.
    #[serde(default)]
    pub volume_max: Option<u32>,
    /// Least difficulty, 0–100.
    #[serde(default)]
    pub difficulty_min: Option<u32>,
    /// Most difficulty, 0–100.
    #[serde(default)]
    pub difficulty_max: Option<u32>,
    /// Only disabled rows, or only others.
    #[serde(default)]
    pub is_disabled: Option<bool>,
    /// Function names (AI tasks), transaction types (ledger), or severities and groups (notifications); empty means all.
    #[serde(default)]
    pub kind: Vec<String>,
    /// Words to find.
    #[serde(default)]
    pub search: Option<String>,
}

/// One page request.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ListQuery {
    /// What to show.
    pub filter: ListFilter,
    /// Column to sort by, in the row's own field name; the list's default when absent.
    pub sort: Option<Sort>,
    /// `nextCursor` of the page before; absent for the first.
    pub cursor: Option<String>,
    /// Rows wanted, 1–500.
    pub limit: u32,
}

/// A sort order.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Sort {
    /// Field name of the row.
    pub column: String,
    /// Largest first.
    pub descending: bool,
}

/// Which rows an action is for.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Selection {
    /// These.
    Ids {
        /// Row ids.
        ids: Vec<String>,
    },
    /// All that match, but for a few.
    Matching {
        /// What matches.
        filter: Box<ListFilter>,
        /// Row ids left out.
        except: Vec<String>,
    },
}

/// The lists that have filters.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum ListName {
    /// Keywords.
    Keywords,
    /// Clusters.
    Clusters,
    /// Ideas.
    Ideas,
    /// Tasks waiting to be written.
    Tasks,
    /// Articles.
    Contents,
    /// Articles with their images.
    Images,
}

/// The values one filter can take, counted under the other filters.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Facet {
    /// Field of [`ListFilter`], such as `status` or `sectorId`.
    pub field: String,
    /// Values present, most frequent first.
    pub values: Vec<FacetValue>,
}

/// One value of a filter.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FacetValue {
    /// What to send back in the filter.
    pub value: String,
    /// Name where the value is an id; empty where the screen words it.
    pub label: String,
    /// Rows that have it.
    pub count: u32,
}

/// How many rows an action changed, for "Removed 12 keywords · Undo".
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Changed {
    /// Rows changed.
    pub ids: Vec<String>,
}

/// A part of the data that changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
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

impl From<igny8_core::topic::Topic> for Topic {
    fn from(topic: igny8_core::topic::Topic) -> Self {
        use igny8_core::topic::Topic as Core;
        match topic {
            Core::Sites => Self::Sites,
            Core::Keywords => Self::Keywords,
            Core::Clusters => Self::Clusters,
            Core::Ideas => Self::Ideas,
            Core::Tasks => Self::Tasks,
            Core::Contents => Self::Contents,
            Core::Images => Self::Images,
            Core::Credits => Self::Credits,
            Core::Operations => Self::Operations,
            Core::Notifications => Self::Notifications,
            Core::Publications => Self::Publications,
            Core::Models => Self::Models,
            Core::Settings => Self::Settings,
            Core::Prompts => Self::Prompts,
        }
    }
}
