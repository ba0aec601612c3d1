//! The schedule: articles, their times, and how they stand.

use serde::{Deserialize, Serialize};
use specta::Type;

/// An article and when it is to go out.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SchedulePlacement {
    /// Article id.
    pub id: String,
    /// Wall time in the zone of its site, such as `2026-12-01T09:00`, or an instant with its offset; absent takes its time
    /// away.
    pub at: Option<String>,
}

/// Articles that were sent back.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SentBack {
    /// Ids of those that moved.
    pub ids: Vec<String>,
    /// The times they had that are still to come. Given back once they are approved, they are as they were.
    pub times: Vec<SchedulePlacement>,
}

/// An article whose time was set.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ScheduledArticle {
    /// Article id.
    pub id: String,
    /// Title.
    pub title: String,
    /// When it goes out; absent without a time.
    pub at: Option<String>,
    /// What the clocks in the zone of its site show then; absent without a time.
    pub wall: Option<String>,
    /// That zone, an IANA name; empty without a time.
    pub zone: String,
    /// What the zone made of what was asked for: `none`; `gap`, clocks go forward over it and the first instant after that is
    /// meant; `overlap`, it comes twice and the first is meant.
    pub shift: String,
    /// Its time before; absent when it had none.
    pub before: Option<String>,
    /// How all of it stood before. Given back with `at` it undoes this.
    pub former: FormerTimeView,
}

/// How an article stood before its time was set. Nobody but the command that puts it back has to read it.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FormerTimeView {
    /// `not_published`, `scheduled` or `failed`.
    pub delivery: String,
    /// Its time; absent when it had none.
    pub at: Option<String>,
    /// What the clocks of `zone` showed then, as it was chosen; empty for a time that was chosen on the site.
    pub wall: String,
    /// IANA zone; empty with `wall`.
    pub zone: String,
    /// When its site was poked for it.
    pub nudged_at: Option<String>,
    /// Since when it counted as missed.
    pub missed_at: Option<String>,
    /// Somebody had taken its time away, so that it got none by itself.
    pub keeps_no_date: bool,
    /// The delivery that was parked; absent when none was.
    pub parked: Option<ParkedBefore>,
}

/// A delivery that was parked.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ParkedBefore {
    /// Id of the delivery.
    pub id: String,
    /// Why, a code.
    pub code: String,
    /// What the site said beside that.
    pub note: String,
}

/// An article whose time is to be put back to how it stood.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ScheduleUndo {
    /// Article id.
    pub id: String,
    /// The time that was set; absent where it was taken away.
    pub at: Option<String>,
    /// How it stood before.
    pub former: FormerTimeView,
}

/// What was set.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Scheduled {
    /// In the order they were named.
    pub articles: Vec<ScheduledArticle>,
}

/// An article whose time has come, and what came of looking after it.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct GuardedArticle {
    /// Article id.
    pub id: String,
    /// Title.
    pub title: String,
    /// When it was due.
    pub due: String,
    /// `published`; `waiting`, it is not due by the clock of its site; `nudged`, the site had not published it and was poked;
    /// `publishing`, it goes out now; `moved`, it was missed and has another time; `told`, it was missed and is left to a
    /// person.
    pub outcome: String,
    /// Its new time; absent when it has none.
    pub to: Option<String>,
}

/// What the calendar is narrowed to. Empty lists mean all.
#[derive(Clone, Debug, Default, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CalendarQuery {
    /// Site ids.
    #[serde(default)]
    pub site_ids: Vec<String>,
    /// From this instant on; what has no time is always in it.
    #[serde(default)]
    pub from: Option<String>,
    /// Up to this instant, which is not in it.
    #[serde(default)]
    pub until: Option<String>,
    /// States, as [`CalendarEntry`] has them.
    #[serde(default)]
    pub states: Vec<String>,
    /// Kinds of page.
    #[serde(default)]
    pub content_types: Vec<String>,
}

/// An article in the calendar.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CalendarEntry {
    /// Article id.
    pub id: String,
    /// Title.
    pub title: String,
    /// Site id.
    pub site_id: String,
    /// The site's name.
    pub site: String,
    /// Kind of page.
    pub content_type: String,
    /// `review`: it waits to be approved; `unscheduled`, `scheduled`, `awaiting_proof`: its time has come and nobody has read it back yet; `publishing`,
    /// `published`, `failed`, or `missed`: its time has passed without it.
    pub state: String,
    /// When it became public or is to; absent without a time.
    pub at: Option<String>,
    /// What the clocks in the zone of its site show then; absent without a time.
    pub wall: Option<String>,
    /// IANA zone of its site.
    pub zone: String,
    /// Its site has it as a post of the future.
    pub is_handed_over: bool,
    /// Its site does not have it yet as it stands here: what was changed or moved waits in the outbox.
    pub is_unsent: bool,
    /// Why its last delivery is parked, a code; empty when none is.
    pub code: String,
    /// Its address, once it is public.
    pub external_url: Option<String>,
}

/// What is in the calendar.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CalendarView {
    /// Dated ones in the order of their times, then those without one.
    pub entries: Vec<CalendarEntry>,
    /// There are more than were answered; a shorter range shows them.
    pub is_cut: bool,
}

/// The form of an exported calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum CalendarFormat {
    /// A row for each article.
    Csv,
    /// iCalendar: an event for each article that has a time.
    Ics,
}
