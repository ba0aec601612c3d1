//! The guardian of times. What is due and this computer's to publish goes out; what was handed over is read back once its
//! time has come, and only then counts as published. A site that did not publish is poked, as a visit would do, and looked at
//! again; what it still does not publish is missed, and dealt with as the user has ruled, with a word about it. The clock of
//! the site counts there: a post whose time has not come by it is not late.

use super::{Patience, Placement, When, place};
use crate::engine::OpenError;
use crate::follow::LookError;
use crate::operation::not_found;
use crate::planning::next_time;
use crate::publish::{LostPost, ask_for};
use crate::{Engine, EngineError, host_of};
use igny8_core::id::{ContentId, OutboxId, SiteId};
use igny8_core::outbox::Failing;
use igny8_core::port::Destination;
use igny8_core::port::destination::{RemoteStatus, SiteError};
use igny8_core::schedule::{GuardOutcome, MissedRule};
use igny8_core::status::{DeliveryStatus, Severity};
use igny8_core::time::UtcMs;
use igny8_store::table::content::DueRow;
use igny8_store::table::notification::NewNotification;
use igny8_store::table::site::SiteRow;
use igny8_store::{StoreError, Write};
use std::collections::BTreeMap;

/// How late this computer may be and still be on time: it slept over lunch, or the outbox waited for a network.
const GRACE_MS: i64 = 60 * 60 * 1_000;
/// How late an article is that goes out at its time, by a clock that is looked at so often. What is later has waited for
/// this computer, and goes out spaced from others of its site.
const LATE_MS: i64 = 4 * TICK_MS;
/// Between two late articles of a site: readers and search engines do not get in one minute what was to come in an hour.
const SPACE_MS: i64 = 5 * 60 * 1_000;
/// How long a site that was poked has to do what is due before that counts as missed. Sites answer before they are done.
pub const NUDGE_WAIT_MS: i64 = 15_000;
/// How long to sleep before the clock is looked at again. Short, because timers stand still while a laptop sleeps.
const TICK_MS: i64 = 30_000;

/// An article whose time has come, and what came of looking after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guarded {
    /// The article.
    pub content: ContentId,
    /// Its title.
    pub title: String,
    /// When it was due.
    pub due: UtcMs,
    /// What came of it.
    pub outcome: GuardOutcome,
    /// Its new time; absent when it has none.
    pub to: Option<UtcMs>,
}

impl Engine {
    /// Looks after the articles of a site whose time has come, now.
    ///
    /// # Errors
    /// [`EngineError::Site`] when the site does not answer; what this computer publishes was asked for before.
    pub async fn guard_site(&self, site: SiteId) -> Result<Vec<Guarded>, EngineError> {
        let now = self.clock.now();
        let found = self.store.read(move |r| Ok::<_, StoreError>((r.site(site)?, r.due_contents(Some(site), now)?)));
        let (row, due) = found.await.map_err(|error| not_found(error, "site"))?;
        let (handed, ours): (Vec<DueRow>, Vec<DueRow>) = due.into_iter().partition(|one| one.handed_for.is_some());
        let mut guarded = Vec::new();
        for one in ours {
            let has_gone = has_one_gone(&guarded);
            guarded.push(self.publish_due(&row, one, now, has_gone).await?);
        }
        if handed.is_empty() {
            return Ok(guarded);
        }
        let told = |error| EngineError::Site { host: host_of(&row), error };
        let (_, destination) = self.open_destination(site).await.map_err(|error| match error {
            OpenError::Site(error) => told(error),
            OpenError::Store(error) => error.into(),
        })?;
        let there = destination.clock().await.map_err(told)?.unwrap_or(now);
        let mut unread = None;
        for one in handed {
            let has_gone = has_one_gone(&guarded);
            match self.look_after(&row, one, (now, there), destination.as_ref(), has_gone).await {
                Ok(looked) => guarded.push(looked),
                Err(LookError::Engine(error)) => return Err(error),
                // Of this one nobody can say anything. Those after it are not held up by it.
                Err(LookError::Site(error)) if is_of_one(&error) => unread = Some(error),
                Err(LookError::Site(error)) => return Err(told(error)),
            }
        }
        match unread {
            Some(error) if guarded.is_empty() => Err(told(error)),
            _ => Ok(guarded),
        }
    }

    /// Looks after what is due at all sites; answers how long to wait for more.
    pub(crate) async fn keep_due(&self, patience: &mut Patience) -> u64 {
        let now = self.clock.now();
        let due = self.store.read(move |r| Ok::<_, StoreError>((r.due_contents(None, now)?, r.next_due_after(now)?)));
        let (due, next) = match due.await {
            Ok(found) => found,
            Err(error) => {
                tracing::error!(%error, "what is due could not be read");
                return u64::try_from(TICK_MS).unwrap_or_default();
            }
        };
        let mut sites: Vec<SiteId> =
            due.iter().map(|one| one.site).filter(|site| patience.allows(*site, now)).collect();
        sites.sort_unstable();
        sites.dedup();
        for site in sites {
            let looked = self.guard_site(site).await;
            if let Err(error) = &looked {
                tracing::info!(%site, %error, "what is due at a site could not be looked at");
            }
            let outcomes = looked.ok().map(|all| all.into_iter().map(|one| one.outcome).collect::<Vec<_>>());
            patience.after(site, outcomes.as_deref(), now);
        }
        let wait_ms = next.map_or(TICK_MS, |next| next.0.saturating_sub(now.0)).min(TICK_MS);
        u64::try_from(wait_ms).unwrap_or_default()
    }

    /// What this computer publishes: it goes out, or waits for room behind another, or it is too late for that without a
    /// word.
    async fn publish_due(
        &self,
        row: &SiteRow,
        due: DueRow,
        now: UtcMs,
        has_gone: bool,
    ) -> Result<Guarded, EngineError> {
        if now.0.saturating_sub(due.due.0) > GRACE_MS {
            return self.missed(row, due, now, has_gone).await;
        }
        let is_late = now.0.saturating_sub(due.due.0) > LATE_MS;
        let (id, known) = (OutboxId(self.ids.next()), due.clone());
        let asked = self.store.write(move |w| {
            let has_room = !is_late
                || !(has_gone || w.is_any_going_out(w.content(known.content)?.site, now.plus_ms(-SPACE_MS), now)?);
            let is_due = has_room && is_still_due(w, &known)?;
            if is_due {
                ask_for(w, known.content, id, LostPost::Tell, now)?;
            }
            Ok::<_, EngineError>(is_due)
        });
        if !asked.await? {
            return Ok(guarded(due, GuardOutcome::Waiting));
        }
        self.outbox_wake.notify_one();
        Ok(guarded(due, GuardOutcome::Publishing))
    }

    /// What was handed over: it is read back, poked for, and in the end missed.
    async fn look_after(
        &self,
        row: &SiteRow,
        due: DueRow,
        (now, there): (UtcMs, UtcMs),
        site: &dyn Destination,
        has_gone: bool,
    ) -> Result<Guarded, LookError> {
        match self.look_at_post(due.content, site).await? {
            Some(RemoteStatus::Publish) => return Ok(guarded(due, GuardOutcome::Published)),
            Some(RemoteStatus::Future(at)) if at <= there => {}
            // That it was to be sooner has not reached the site in time: it goes out from here.
            Some(RemoteStatus::Future(at)) if due.due <= there && due.due < at && due.handed_for == Some(at) => {
                return Ok(self.publish_due(row, due, now, has_gone).await?);
            }
            Some(_) | None => return Ok(guarded(due, GuardOutcome::Waiting)),
        }
        let Some(nudged_at) = due.nudged_at else {
            site.nudge().await?;
            let content = due.content;
            self.store.write(move |w| w.content_nudged(content, now)).await.map_err(EngineError::from)?;
            let is_public = self.look_at_post(due.content, site).await? == Some(RemoteStatus::Publish);
            return Ok(guarded(due, if is_public { GuardOutcome::Published } else { GuardOutcome::Nudged }));
        };
        let waited_ms = now.0.saturating_sub(nudged_at.0);
        if (0..NUDGE_WAIT_MS).contains(&waited_ms) {
            return Ok(guarded(due, GuardOutcome::Nudged));
        }
        Ok(self.missed(row, due, now, has_gone).await?)
    }

    /// Reads a post and makes our side the same. Answers its state; nothing for one that is not there.
    async fn look_at_post(
        &self,
        content: ContentId,
        site: &dyn Destination,
    ) -> Result<Option<RemoteStatus>, LookError> {
        let known = self.store.read(move |r| r.site_post(content)).await.map_err(EngineError::from)?;
        let Some(known) = known else { return Ok(None) };
        let Some(look) = self.read_in_full(&known, site).await? else { return Ok(None) };
        let status = look.post.as_ref().map(|post| post.status.clone());
        let at = self.clock.now();
        let (events, article) = self.store.write(move |w| look.reflect(w, at)).await.map_err(EngineError::from)?;
        if let Some(article) = article {
            self.tell_events(&article, events).await?;
        }
        Ok(status)
    }

    /// Deals with an article that was missed as the user has ruled, and says so, in one commit. Of several that are to go out
    /// at once the first does (`has_gone` for the others), and the others take the next times that the rules of their site
    /// leave: a computer that was off for a week does not publish the week in a minute.
    async fn missed(&self, row: &SiteRow, due: DueRow, now: UtcMs, has_gone: bool) -> Result<Guarded, EngineError> {
        let (row, id, known) = (row.clone(), OutboxId(self.ids.next()), due.clone());
        let dealt = self.store.write(move |w| {
            if !is_still_due(w, &known)? {
                return Ok((GuardOutcome::Waiting, None));
            }
            let rule = match row.missed_rule {
                MissedRule::Publish if has_gone => MissedRule::NextSlot,
                rule => rule,
            };
            let free = if rule == MissedRule::NextSlot { next_time(w, row.id, now)? } else { None };
            let (outcome, to) = match (rule, free) {
                (MissedRule::Publish, _) => {
                    ask_for(w, known.content, id, LostPost::Tell, now)?;
                    (GuardOutcome::Publishing, None)
                }
                (MissedRule::NextSlot, Some(to)) => {
                    place(w, &[Placement { content: known.content, at: Some(When::Instant(to)) }], now)?;
                    (GuardOutcome::Moved, Some(to))
                }
                // Rules that leave no time leave it to a person.
                (MissedRule::NextSlot, None) | (MissedRule::Tell, _) => {
                    w.content_missed(known.content, known.due, now)?;
                    (GuardOutcome::Told, None)
                }
            };
            w.notify(&notice(&row, &known, outcome, to), now)?;
            Ok::<_, EngineError>((outcome, to))
        });
        let (outcome, to) = dealt.await?;
        self.wake_for_times();
        Ok(Guarded { to, ..guarded(due, outcome) })
    }
}

/// Whether an article of the site goes out now already.
fn has_one_gone(guarded: &[Guarded]) -> bool {
    guarded.iter().any(|one| one.outcome == GuardOutcome::Publishing)
}

/// Whether what a site said is about one post alone.
fn is_of_one(error: &SiteError) -> bool {
    matches!(error.failing(), Failing::Refused | Failing::Unclear)
}

/// Whether an article still has the time that was found due: somebody may have given it another one since, or none, or have
/// removed it or its site.
fn is_still_due(w: &Write<'_>, due: &DueRow) -> Result<bool, StoreError> {
    match w.content(due.content).and_then(|row| w.site(row.site).map(|_| row)) {
        Ok(row) => Ok(row.delivery == DeliveryStatus::Scheduled && row.scheduled_publish_at == Some(due.due)),
        Err(StoreError::NotFound) => Ok(false),
        Err(error) => Err(error),
    }
}

fn guarded(due: DueRow, outcome: GuardOutcome) -> Guarded {
    Guarded { content: due.content, title: due.title, due: due.due, outcome, to: None }
}

fn notice(site: &SiteRow, due: &DueRow, outcome: GuardOutcome, to: Option<UtcMs>) -> NewNotification {
    NewNotification {
        notification_type: "publish_missed".to_owned(),
        severity: Severity::Warning,
        site: Some(site.id),
        operation: None,
        related_type: "content",
        related_id: due.content.0,
        params: BTreeMap::from([
            ("title", due.title.clone()),
            ("host", host_of(site)),
            ("due", due.due.to_rfc3339()),
            ("done", outcome.as_str().to_owned()),
            ("to", to.map(UtcMs::to_rfc3339).unwrap_or_default()),
            ("by", if due.handed_for.is_some() { "site" } else { "computer" }.to_owned()),
        ]),
        dedupe: format!("publish_missed:{}:{}", due.content, due.due.0),
    }
}
