//! What the user wants of the calendar: times for articles and none, who publishes them, runs that come back. Articles that
//! have a time are changed and thought better of while their sites have them already.

use super::{User, one_of};
use crate::simulation::chance::Chance;
use igny8_core::automation::{Automation, CatchUp, Schedule};
use igny8_core::id::{ContentId, SiteId};
use igny8_core::port::Clock;
use igny8_core::schedule::{HandOver, MissedRule};
use igny8_engine::EngineError;
use igny8_engine::schedule::{Placement, When};
use igny8_store::table::content::ContentFields;
use igny8_store::table::list::Selection;
use rusqlite::Connection;

const MINUTE_MS: i64 = 60_000;
const DAY_MINUTES: i64 = 1_440;
/// How far ahead articles are planned: around the least that a site is given, over lunch, and over some days.
const AHEAD_MINUTES: [i64; 6] = [1, 3, 20, 180, 1_440, 5_000];

/// What of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeWish {
    /// An article given a time, in so many minutes.
    Plan(ContentId, i64),
    /// Its time taken away.
    Unplan(ContentId),
    /// Two that have one exchanged.
    Swap(ContentId, ContentId),
    /// All that is approved of a site given the next free times.
    Fill(SiteId),
    /// An article sent back for another look.
    SendBack(ContentId),
    /// Another title for an article.
    Retitle(ContentId, u64),
    /// Who publishes what is due at a site, and what is done about what was missed.
    Publishing(SiteId, HandOver, MissedRule),
    /// Runs that come back each day at this minute of it.
    Daily(SiteId, u16, CatchUp),
    /// Runs of a site by hand only.
    ByHand(SiteId),
}

/// Articles that can have a time, and those that have one.
const PLANNABLE: &str = "select id from content where status = 'approved' and removed_at = 0
    and delivery in ('not_published', 'scheduled', 'failed') order by id";
const PLANNED: &str = "select id from content where removed_at = 0 and delivery = 'scheduled' order by id";

impl TimeWish {
    /// What the user comes up with; `minute` is what the clock of the sites shows.
    pub fn draw(chance: &mut Chance, file: &Connection, minute: u16) -> Self {
        let site = SiteId(chance.between(1, super::SITES));
        let row = ContentId(chance.between(1, super::ROWS));
        let plannable = one_of(chance, file, PLANNABLE).map_or(row, ContentId);
        let planned = one_of(chance, file, PLANNED).map_or(row, ContentId);
        let other = one_of(chance, file, PLANNED).map_or(row, ContentId);
        let hand_over = chance.pick(HandOver::ALL);
        let missed = chance.pick(MissedRule::ALL);
        let soon = i64::from(minute) + chance.pick(&[1, 5, 60, 700]);
        let at = u16::try_from(soon % DAY_MINUTES).unwrap_or(0);
        let (ahead, catch_up) = (chance.pick(&AHEAD_MINUTES), chance.pick(CatchUp::ALL));
        let number = chance.draw() % 1_000;
        chance.weighed(&[
            (30, Self::Plan(plannable, ahead)),
            (5, Self::Unplan(planned)),
            (3, Self::Swap(planned, other)),
            (5, Self::Fill(site)),
            (5, Self::SendBack(planned)),
            (6, Self::Retitle(planned, number)),
            (8, Self::Publishing(site, hand_over, missed)),
            (14, Self::Daily(site, at, catch_up)),
            (3, Self::ByHand(site)),
        ])
    }

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Plan(..) => "plan",
            Self::Unplan(_) => "unplan",
            Self::Swap(..) => "swap",
            Self::Fill(_) => "fill",
            Self::SendBack(_) => "send back",
            Self::Retitle(..) => "retitle",
            Self::Publishing(..) => "publishing",
            Self::Daily(..) => "daily",
            Self::ByHand(_) => "by hand",
        }
    }
}

impl User {
    pub(super) async fn ask_for_time(&self, wish: TimeWish) -> Result<(), EngineError> {
        match wish {
            TimeWish::Plan(content, minutes) => {
                let at = When::Instant(self.clock.now().plus_ms(minutes * MINUTE_MS));
                self.engine.schedule(vec![Placement { content, at: Some(at) }]).await.map(drop)
            }
            TimeWish::Unplan(content) => self.engine.schedule(vec![Placement { content, at: None }]).await.map(drop),
            TimeWish::Swap(one, other) => self.engine.swap(one, other).await.map(drop),
            TimeWish::Fill(site) => self.engine.schedule_next_free(site, None).await.map(drop),
            TimeWish::SendBack(content) => self.engine.send_back(Selection::Ids(vec![content.0]), 1).await.map(drop),
            TimeWish::Retitle(content, number) => self.retitle(content, number).await,
            TimeWish::Publishing(site, hand_over, missed) => self.engine.set_publishing(site, hand_over, missed).await,
            TimeWish::Daily(site, minute, catch_up) => {
                let schedule = Schedule { minute_of_day: minute, catch_up, ..Schedule::default() };
                let chosen = Automation { is_enabled: true, schedule, ..Automation::default() };
                self.automate(site, chosen, Some(minute)).await
            }
            TimeWish::ByHand(site) => self.automate(site, Automation::default(), None).await,
        }
    }

    async fn automate(&self, site: SiteId, chosen: Automation, minute: Option<u16>) -> Result<(), EngineError> {
        let begun = self.truth.borrow_mut().daily.begin(site, self.clock.now());
        let set = self.engine.set_automation(site, chosen, true).await;
        self.truth.borrow_mut().daily.end(begun, minute.filter(|_| set.is_ok()));
        set
    }

    async fn retitle(&self, content: ContentId, number: u64) -> Result<(), EngineError> {
        let row = self.engine.store().read(move |r| r.content(content)).await?;
        let fields = ContentFields {
            title: format!("{} as of {number}", row.title.split(" as of").next().unwrap_or_default()),
            slug: row.slug,
            excerpt: row.excerpt,
            meta_title: row.meta_title,
            meta_description: row.meta_description,
            tags: row.tags,
            categories: row.categories,
        };
        let now = self.clock.now();
        Ok(self.engine.store().write(move |w| w.content_update(content, &fields, now).map(drop)).await?)
    }
}
