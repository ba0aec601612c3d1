//! What a command's own work told the user beside its result. The notices are on the pages; whoever works in a terminal
//! sees no page, and is told there.

use crate::{Fault, Igny8};

/// A place among the notices.
#[derive(Clone, Copy, Debug)]
pub struct Told(i64);

/// How far the notices are.
///
/// # Errors
/// When the database cannot be read.
pub async fn told_so_far(app: &Igny8) -> Result<Told, Fault> {
    Ok(Told(app.engine.store().read(|r| r.newest_notification()).await?))
}

/// Since then: credits that calls cost beyond what was held for them, call by call.
///
/// # Errors
/// When the database cannot be read.
pub async fn shortfalls_since(app: &Igny8, told: Told) -> Result<Vec<String>, Fault> {
    let notices = app.engine.store().read(move |r| r.notifications_since(told.0, "credits_shortfall")).await?;
    Ok(notices.into_iter().filter_map(|mut params| params.remove("credits")).collect())
}

/// The notice of a cost that could not be read.
const UNREADABLE: &str = "cost_unreadable";
/// Notices of a vendor's word that is hard to believe.
const DOUBTS: [&str; 4] = ["usage_disbelieved", "cost_disbelieved", "cost_unexpected", UNREADABLE];

/// What was doubtful about a vendor's word on a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DoubtTold {
    /// The vendor.
    pub vendor: String,
    /// What it said, in tokens or dollars.
    pub said: String,
    /// What is booked, in the same unit.
    pub booked: String,
    /// What was expected, in dollars; `None` where it is about tokens, and where a cost could not be read.
    pub expected: Option<String>,
    /// It said something of a cost that cannot be read, so that `said` is empty.
    pub is_unreadable: bool,
}

impl DoubtTold {
    /// What a notice with these particulars tells; `None` where its kind is about something else.
    #[must_use]
    pub fn of(kind: &str, param: impl Fn(&str) -> Option<String>) -> Option<Self> {
        let text = |name| param(name).unwrap_or_default();
        DOUBTS.contains(&kind).then(|| Self {
            vendor: text("vendor"),
            said: text("said"),
            booked: text("booked"),
            expected: param("expected"),
            is_unreadable: kind == UNREADABLE,
        })
    }
}

/// Since then: vendors' words that were booked otherwise, or that were booked and are hard to believe.
///
/// # Errors
/// When the database cannot be read.
pub async fn doubts_since(app: &Igny8, told: Told) -> Result<Vec<DoubtTold>, Fault> {
    let store = app.engine.store();
    let mut doubts = Vec::new();
    for kind in DOUBTS {
        let notices = store.read(move |r| r.notifications_since(told.0, kind)).await?;
        doubts.extend(notices.iter().filter_map(|params| DoubtTold::of(kind, |name| params.get(name).cloned())));
    }
    Ok(doubts)
}
