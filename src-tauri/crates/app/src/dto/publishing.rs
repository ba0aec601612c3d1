//! How a site's articles go forward by themselves, and which times its rules give.

use serde::{Deserialize, Serialize};
use specta::Type;

/// How articles are spread over days and hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum RhythmView {
    /// As soon as limits allow.
    Immediate,
    /// One every so many days.
    Interval,
    /// At chosen times of chosen days.
    TimeSlots,
    /// Spread over a part of chosen days.
    Stagger,
}

/// The settings of a site, as they are and as they are sent. Times are on the wall of the site's zone, `HH:MM`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PublishingSettingsView {
    /// What passes the floor is approved without a person.
    pub auto_approve: bool,
    /// What is approved gets the next free time without being asked.
    pub auto_schedule: bool,
    /// Floor: words of what was aimed at, in percent, 0–200; 0 asks for none.
    pub words_percent: u32,
    /// Floor: every picture it has a place for, and at least one.
    pub needs_pictures: bool,
    /// Floor: title and description for search results.
    pub needs_meta: bool,
    /// Floor: second-level headings at least, 0–20.
    pub headings_min: u32,
    /// Floor: no other article of the site about the same.
    pub refuses_same_topic: bool,
    /// Floor: an outline that is to be written out will do.
    pub takes_outlines: bool,
    /// Which rhythm.
    pub rhythm: RhythmView,
    /// Interval: days between two, 1–366.
    pub every_days: u32,
    /// Interval: a day on which an article goes out, `YYYY-MM-DD`.
    pub anchor: String,
    /// Interval: when on the day.
    pub time: String,
    /// Slots and stagger: days of the week, 0 is Monday.
    pub days: Vec<u32>,
    /// Slots: the times.
    pub times: Vec<String>,
    /// Stagger: the first of a day.
    pub from: String,
    /// Stagger: none of a day is later.
    pub until: String,
    /// Stagger: minutes between two, 1–1439.
    pub every_minutes: u32,
    /// Most on a day; 0 is no limit, as for the rest.
    pub per_day: u32,
    /// Most in a week from Monday.
    pub per_week: u32,
    /// Most in a month.
    pub per_month: u32,
    /// Most that wait for their time.
    pub queue_limit: u32,
}

/// A free time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FreeTime {
    /// The instant.
    pub at: String,
    /// What the wall shows, `YYYY-MM-DDTHH:MM`.
    pub wall: String,
    /// What the zone made of it, as [`super::schedule::ScheduledArticle`] has it.
    pub shift: String,
    /// The article that would get it; absent when none waits for it.
    pub article: Option<String>,
}

/// What settings would do in the next thirty days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PublishingPreview {
    /// The free times, the first ones.
    pub times: Vec<FreeTime>,
    /// There are more of them.
    pub is_more: bool,
    /// Articles that are approved and have no time.
    pub waiting: u32,
    /// How many of those would get none of these times.
    pub left_over: u32,
    /// As many articles wait for their time as may.
    pub is_queue_full: bool,
    /// The zone, an IANA name.
    pub zone: String,
}

/// One thing that an article lacks to be approved without a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FlawView {
    /// `outline`, `words`, `pictures`, `meta_title`, `meta_description`, `headings` or `same_topic`.
    pub flaw: String,
    /// What it has of that; 0 where nothing is counted.
    pub has: u32,
    /// What is asked for; 0 where nothing is counted.
    pub wants: u32,
    /// The title of the article that is about the same; empty for the rest.
    pub other: String,
}

/// What came of giving articles the next free times.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct NextFreeView {
    /// Those that have one now.
    pub placed: Vec<super::schedule::ScheduledArticle>,
    /// How many got none.
    pub left: u32,
    /// Why: `queue_full` or `too_far`; empty when all have one.
    pub ended: String,
}
