//! The user: starts things, stops them, changes their mind, clicks twice, and removes what is being worked on. Each wish
//! is a task of the process, as a command of the window is, and its answer is what the user knows from then on.

mod times;

use super::chance::Chance;
use super::clock::VirtualClock;
use super::truth::{Granted, LimitOf, Truth};
use igny8_core::function::AiFunction;
use igny8_core::id::{ClusterId, ContentId, IdeaId, ImageId, KeywordId, OperationId, SectorId, SiteId, TaskId};
use igny8_core::money::Credits;
use igny8_core::port::Clock;
use igny8_core::status::{RunTrigger, Trigger};
use igny8_engine::operation::Items;
use igny8_engine::publish::LostPost;
use igny8_engine::{Engine, EngineError};
use igny8_store::ledger::StandingLimit;
use igny8_store::table::outbox::OutboxFilter;
use igny8_store::{StoreError, Write};
use rusqlite::Connection;
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;
pub use times::TimeWish;

/// Row ids the user reaches for: some are there, some are not.
const ROWS: i64 = 24;
/// Sites of a world.
const SITES: i64 = 2;

/// What the user wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    /// An AI function on some of what waits.
    Start(AiFunction, SiteId, u32),
    /// The same twice at once, as a double click.
    StartTwice(AiFunction, SiteId),
    /// New pictures in place of these.
    Remake(ImageId, SiteId),
    /// An operation stopped.
    Cancel(OperationId),
    /// A site taken all the way.
    Run(SiteId),
    /// That stopped.
    CancelRun(SiteId),
    /// That paused.
    PauseRun(SiteId),
    /// Nothing of the user's: the time of a run has come.
    RunDue(SiteId),
    /// What of a site stands still taken up again.
    GoOn(SiteId),
    /// What waits for its site tried now.
    TryAll,
    /// More credits.
    Grant(Credits),
    /// Another monthly budget.
    Budget(Credits),
    /// No paid work any more, at once.
    Stop,
    /// Paid work again.
    Allow,
    /// A limit on spending, or none.
    Limit(StandingLimit, Option<Credits>),
    /// Every article of a site reviewed and approved.
    Approve(SiteId),
    /// An article published.
    Publish(ContentId),
    /// Ideas queued for writing.
    Queue(SiteId),
    /// A site removed, or brought back.
    Site(SiteId, bool),
    /// A row removed, or brought back.
    Row(Kind, i64, bool),
    /// What failed tried again.
    Retry(i64),
    /// What a model made removed, so that it may be asked again for what was paid for already: a cluster, or all slots
    /// of an article.
    Undo(Kind, i64),
    /// An article wished for anew.
    Rewrite(TaskId),
    /// Keywords typed.
    Type(SiteId, u64),
    /// The books looked at.
    Audit,
    /// Nothing of ours: the site goes off the net, or comes back.
    ToggleSite,
    /// Something of the calendar.
    Time(TimeWish),
}

/// Kinds of rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Keywords.
    Keyword,
    /// Clusters.
    Cluster,
    /// Ideas.
    Idea,
    /// Tasks.
    Task,
    /// Articles.
    Content,
    /// Image slots.
    Image,
}

/// Who wants it.
pub struct User {
    /// The engine that is asked.
    pub engine: Arc<Engine>,
    /// What is known.
    pub truth: Rc<RefCell<Truth>>,
    /// The file, to see what the ledger had come to.
    pub file: Rc<Connection>,
    /// Time.
    pub clock: VirtualClock,
    /// The how-manyth wish it is.
    pub nth: u64,
}

impl Wish {
    /// What the user comes up with.
    pub fn draw(chance: &mut Chance, truth: &Truth, file: &Connection) -> Self {
        let (function, site) = something_to_do(chance, file);
        let row = chance.between(1, ROWS);
        let amount = Credits::whole(chance.between(1, 25));
        let forth = chance.permille(500);
        let limited = chance.permille(500).then_some(Credits::whole(chance.between(2, 60)));
        let limit = chance.pick(&[StandingLimit::Month, StandingLimit::Day, StandingLimit::Site(site)]);
        let kind = chance.pick(&[Kind::Keyword, Kind::Cluster, Kind::Idea, Kind::Task, Kind::Content, Kind::Image]);
        let limit_items = u32::try_from(chance.between(1, 4)).unwrap_or(1);
        let newest = truth.operations.len().saturating_sub(1 + chance.below(3));
        let cancel = truth.operations.get(newest).map_or(Self::Audit, |operation| Self::Cancel(*operation));
        let number = chance.draw() % 1_000;
        let article = one_of(chance, file, APPROVED).unwrap_or(row);
        // Slots mostly: the next cluster sees the others, which makes it another request.
        let undo = match chance.permille(200) {
            true => Self::Undo(Kind::Cluster, one_of(chance, file, GROUPED).unwrap_or(row)),
            false => Self::Undo(Kind::Image, one_of(chance, file, PLACED).unwrap_or(row)),
        };
        chance.weighed(&[
            (70, Self::Start(function, site, limit_items)),
            (5, Self::StartTwice(function, site)),
            (4, Self::Remake(ImageId(row), site)),
            (10, cancel),
            (12, Self::Run(site)),
            (4, Self::CancelRun(site)),
            (6, Self::PauseRun(site)),
            (4, Self::RunDue(site)),
            (6, Self::GoOn(site)),
            (8, Self::Grant(amount)),
            (2, Self::Budget(amount)),
            (2, Self::Stop),
            (8, Self::Allow),
            (4, Self::Limit(limit, limited)),
            (8, Self::Approve(site)),
            (16, Self::Publish(ContentId(article))),
            (4, Self::Queue(site)),
            (2, Self::TryAll),
            (3, Self::Site(site, true)),
            (8, Self::Site(site, false)),
            (8, Self::Row(kind, row, forth)),
            (4, Self::Retry(row)),
            (3, Self::Rewrite(TaskId(row))),
            (10, undo),
            (5, Self::Type(site, number)),
            (1, Self::Audit),
            (2, Self::ToggleSite),
        ])
    }

    /// What lets everything go on that waits for the user.
    pub const fn last() -> [Self; 4] {
        [Self::Allow, Self::Site(SiteId(1), false), Self::Site(SiteId(2), false), Self::Audit]
    }

    /// What goes on with the work that a start left alone: it could not by itself, because paid work was stopped or the
    /// site was removed.
    pub const fn very_last() -> [Self; 3] {
        [Self::GoOn(SiteId(1)), Self::GoOn(SiteId(2)), Self::TryAll]
    }

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Start(..) => "start",
            Self::StartTwice(..) => "start twice",
            Self::Remake(..) => "remake",
            Self::Cancel(_) => "cancel",
            Self::Run(_) => "run",
            Self::CancelRun(_) => "cancel run",
            Self::PauseRun(_) => "pause run",
            Self::RunDue(_) => "run due",
            Self::GoOn(_) => "go on",
            Self::TryAll => "try all",
            Self::Grant(_) => "grant",
            Self::Budget(_) => "budget",
            Self::Stop => "stop",
            Self::Allow => "allow",
            Self::Limit(..) => "limit",
            Self::Approve(_) => "approve",
            Self::Publish(_) => "publish",
            Self::Queue(_) => "queue",
            Self::Site(..) => "site",
            Self::Row(..) => "row",
            Self::Retry(_) => "retry",
            Self::Undo(..) => "undo",
            Self::Rewrite(_) => "rewrite",
            Self::Type(..) => "type",
            Self::Audit => "audit",
            Self::ToggleSite => "toggle site",
            Self::Time(wish) => wish.name(),
        }
    }
}

/// What waits for which function, as a screen would show it.
const WAITING: &str = "
    select 'auto_cluster', site_id from keyword where status = 'new' and removed_at = 0
    union select 'generate_ideas', site_id from cluster where status = 'new' and removed_at = 0
    union select 'generate_content', site_id from task where status = 'queued' and removed_at = 0
    union select 'generate_image_prompts', c.site_id from content c where c.status <> 'approved' and c.removed_at = 0
      and not exists (select 1 from image i where i.content_id = c.id and i.removed_at = 0)
    union select 'generate_images', site_id from image where status = 'pending' and removed_at = 0 order by 1, 2";

/// A function and a site, mostly such that there is something to do.
fn something_to_do(chance: &mut Chance, file: &Connection) -> (AiFunction, SiteId) {
    let mut statement = file.prepare_cached(WAITING).expect("a statement of ours");
    let waiting = statement.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get(1).map(SiteId)?)));
    let waiting: Vec<(String, SiteId)> = waiting.expect("rows can be read").map(|row| row.expect("a row")).collect();
    match waiting.get(chance.below(waiting.len())) {
        Some((function, site)) if !chance.permille(100) => (function.parse().expect("a function"), *site),
        Some(_) | None => (chance.pick(AiFunction::ALL), SiteId(chance.between(1, SITES))),
    }
}

/// Articles that may go out.
const APPROVED: &str = "select id from content where status = 'approved' and removed_at = 0
    and delivery in ('not_published', 'failed') order by id";
/// Clusters that an answer made.
const GROUPED: &str = "select id from cluster where removed_at = 0 and name like 'Mark %' order by id";
/// Articles with slots and no picture yet.
const PLACED: &str = "select content_id from image where removed_at = 0
    group by content_id having max(status = 'generated') = 0 order by content_id";

/// One of the rows of a query.
fn one_of(chance: &mut Chance, file: &Connection, query: &str) -> Option<i64> {
    let mut statement = file.prepare_cached(query).expect("a statement of ours");
    let rows = statement.query_map([], |row| row.get(0)).expect("rows can be read");
    let rows: Vec<i64> = rows.map(|row| row.expect("a row")).collect();
    rows.get(chance.below(rows.len())).copied()
}

impl User {
    /// Asks for it and takes note of the answer.
    pub async fn wants(self, wish: Wish) {
        let answer = self.ask(wish).await;
        if let Err(error) = answer
            && !is_a_refusal(&error)
        {
            self.truth.borrow_mut().complaints.push(format!("{} went wrong: {error:?}", wish.name()));
        }
    }

    async fn ask(&self, wish: Wish) -> Result<(), EngineError> {
        match wish {
            Wish::Start(function, site, limit) => self.start(function, site, Items::First(limit)).await,
            Wish::StartTwice(function, site) => {
                let twice = (self.start(function, site, Items::Waiting), self.start(function, site, Items::Waiting));
                let (first, second) = tokio::join!(biased; twice.0, twice.1);
                first.and(second)
            }
            Wish::Remake(image, site) => self.start(AiFunction::GenerateImages, site, Items::Remake(vec![image])).await,
            Wish::Cancel(operation) => self.engine.cancel_operation(operation).await,
            Wish::Run(site) => self.engine.run_pipeline(self.engine.new_client_key(), site, None).await,
            Wish::CancelRun(site) => self.engine.cancel_pipeline(site).await,
            Wish::PauseRun(site) => self.engine.pause_pipeline(site).await,
            Wish::RunDue(site) => self.engine.run_due(self.engine.new_client_key(), site, RunTrigger::Scheduled).await,
            Wish::GoOn(site) if self.engine.take_up_site(site).await? => self.engine.resume_pipeline(site).await,
            Wish::GoOn(_) => Ok(()),
            Wish::TryAll => self.try_all().await,
            Wish::Grant(amount) => self.grant(amount).await,
            Wish::Budget(amount) => self.engine.set_budget(amount).await,
            Wish::Stop => self.stop().await,
            Wish::Allow => self.allow().await,
            Wish::Limit(of, amount) => self.limit(LimitOf(of), amount).await,
            Wish::Publish(content) => self.publish(content).await,
            Wish::Type(site, number) => self.type_keyword(site, number).await,
            Wish::Audit => match self.engine.audit().await? {
                audit if audit.is_ok() => Ok(()),
                _ => Err(EngineError::BooksDoNotBalance),
            },
            Wish::Approve(_)
            | Wish::Queue(_)
            | Wish::Site(..)
            | Wish::Row(..)
            | Wish::Retry(_)
            | Wish::Undo(..)
            | Wish::Rewrite(_) => self.change(wish).await,
            Wish::ToggleSite => Ok(()),
            Wish::Time(wish) => self.ask_for_time(wish).await,
        }
    }

    /// Everything that is in the outbox is tried now.
    async fn try_all(&self) -> Result<(), EngineError> {
        let page = self.engine.store().read(|r| r.outbox_page(&OutboxFilter::default(), None, 100)).await?;
        self.engine.retry_deliveries(page.rows.into_iter().map(|row| row.id).collect()).await.map(drop)
    }

    /// Waits for it to be there, or leaves it to whoever sends, and may think better of it.
    async fn publish(&self, content: ContentId) -> Result<(), EngineError> {
        self.truth.borrow_mut().wanted_now.insert(content.0);
        if self.nth.is_multiple_of(2) {
            return self.engine.publish(content).await.map(drop);
        }
        let key = self.engine.new_client_key();
        self.engine.take_on(key, &content, vec![content], LostPost::Tell).await?;
        if !self.nth.is_multiple_of(5) {
            return Ok(());
        }
        let (now, asked) = (self.clock.now(), self.engine.store().read(move |r| r.latest_outbox(content)).await?);
        let Some(id) = asked.map(|row| row.id) else { return Ok(()) };
        self.engine.store().write(move |w| w.discard_outbox(&[id], now)).await?;
        if self.nth.is_multiple_of(3) { self.engine.restore_deliveries(vec![id]).await } else { Ok(()) }
    }

    async fn start(&self, function: AiFunction, site: SiteId, items: Items) -> Result<(), EngineError> {
        let key = self.engine.new_client_key();
        let started = self.engine.start_operation(key, function, site, items, Trigger::Manual).await?;
        self.truth.borrow_mut().operations.push(started);
        Ok(())
    }

    async fn grant(&self, amount: Credits) -> Result<(), EngineError> {
        let memo = format!("grant {}", self.nth);
        let place = {
            let mut truth = self.truth.borrow_mut();
            truth.grants.push(Granted { memo: memo.clone(), amount, is_acknowledged: false });
            truth.grants.len() - 1
        };
        self.engine.grant_credits(self.engine.new_client_key(), amount, &memo).await?;
        self.truth.borrow_mut().grants[place].is_acknowledged = true;
        Ok(())
    }

    async fn stop(&self) -> Result<(), EngineError> {
        let begun = self.truth.borrow().begin_stop();
        self.engine.stop_spending().await?;
        self.truth.borrow_mut().end_stop(begun, &self.file);
        Ok(())
    }

    async fn allow(&self) -> Result<(), EngineError> {
        self.truth.borrow_mut().begin_allow(&self.file);
        self.engine.allow_spending().await?;
        self.truth.borrow_mut().end_allow();
        Ok(())
    }

    async fn limit(&self, of: LimitOf, amount: Option<Credits>) -> Result<(), EngineError> {
        self.truth.borrow_mut().begin_limit(of);
        self.engine.set_limit(of.0, amount).await?;
        self.truth.borrow_mut().end_limit(&self.file, of, amount);
        Ok(())
    }

    async fn type_keyword(&self, site: SiteId, number: u64) -> Result<(), EngineError> {
        // The first sector of each site has its number.
        let sector = SectorId(site.0);
        self.engine.add_keywords(&format!("tea {number}\nteapot {number}\n"), site, sector).await.map(drop)
    }

    /// What the window does in one change of rows.
    async fn change(&self, wish: Wish) -> Result<(), EngineError> {
        let now = self.clock.now();
        let changed = self.engine.store().write(move |w| match wish {
            Wish::Approve(_) => {
                let all: Vec<ContentId> = (1..=ROWS).map(ContentId).collect();
                w.content_send_to_review(&all, now)?;
                w.content_approve(&all, now).map(drop)
            }
            Wish::Queue(site) => {
                let ideas: Vec<IdeaId> = w.new_ideas(site, 3)?.into_iter().map(|idea| idea.id).collect();
                w.idea_queue(&ideas, now).map(drop)
            }
            Wish::Site(site, true) => w.site_remove(site, now),
            Wish::Site(site, false) => w.site_restore(site),
            Wish::Row(kind, row, forth) => change_row(w, kind, row, forth, now),
            Wish::Retry(row) => {
                w.task_retry(&[TaskId(row)], now)?;
                w.image_retry(&[ImageId(row)], now).map(drop)
            }
            Wish::Undo(Kind::Image, article) => {
                let slots: Vec<ImageId> = w.images_of(ContentId(article))?.into_iter().map(|slot| slot.id).collect();
                w.image_remove(&slots, now).map(drop)
            }
            Wish::Undo(kind, row) => change_row(w, kind, row, true, now),
            Wish::Rewrite(task) => w.task_requeue(&[task], now).map(drop),
            _ => Ok(()),
        });
        changed.await.map_err(EngineError::from)
    }
}

fn change_row(
    w: &mut Write<'_>,
    kind: Kind,
    row: i64,
    forth: bool,
    now: igny8_core::time::UtcMs,
) -> Result<(), StoreError> {
    match (kind, forth) {
        (Kind::Keyword, true) => w.keyword_remove(&[KeywordId(row)], now).map(drop),
        (Kind::Keyword, false) => w.keyword_restore(&[KeywordId(row)], now).map(drop),
        (Kind::Cluster, true) => w.cluster_remove(&[ClusterId(row)], now).map(drop),
        (Kind::Cluster, false) => w.cluster_restore(&[ClusterId(row)], now).map(drop),
        (Kind::Idea, true) => w.idea_remove(&[IdeaId(row)], now).map(drop),
        (Kind::Idea, false) => w.idea_restore(&[IdeaId(row)], now).map(drop),
        (Kind::Task, true) => w.task_remove(&[TaskId(row)], now).map(drop),
        (Kind::Task, false) => w.task_restore(&[TaskId(row)], now).map(drop),
        (Kind::Content, true) => w.content_remove(&[ContentId(row)], now).map(drop),
        (Kind::Content, false) => w.content_restore(&[ContentId(row)], now).map(drop),
        (Kind::Image, true) => w.image_remove(&[ImageId(row)], now).map(drop),
        (Kind::Image, false) => w.image_restore(&[ImageId(row)], now).map(drop),
    }
}

/// An answer that says no in the user's terms. Everything else is a fault of ours: in these worlds no disk fails.
pub fn is_a_refusal(error: &EngineError) -> bool {
    match error {
        EngineError::Store(error) => matches!(error, StoreError::NotFound | StoreError::WrongState(_)),
        EngineError::BooksDoNotBalance | EngineError::Media(_) | EngineError::Backup(_) => false,
        _ => true,
    }
}
