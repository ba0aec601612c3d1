//! Articles that go forward by themselves: what waits in review is looked at, what passes the site's floor is approved, and
//! what does not keeps its reasons beside it and waits for a person. Each article is looked at once as it is; a look, its
//! approval and the notice about it are one commit.

use crate::{Engine, EngineError};
use igny8_core::article::headings;
use igny8_core::automation::RunStage;
use igny8_core::id::{ContentId, SiteId};
use igny8_core::publishing::PublishingSettings;
use igny8_core::quality;
use igny8_core::status::Severity;
use igny8_core::time::UtcMs;
use igny8_store::table::notification::NewNotification;
use igny8_store::table::verdict::ToJudge;
use igny8_store::{Read, StoreError, Write};
use std::collections::BTreeMap;

/// Articles looked at in one commit: as many as keep the writer from others for some tens of milliseconds.
const SLICE: u32 = 50;

/// What became of the articles of a site that waited.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Forward {
    /// They passed and are approved.
    pub approved: Vec<ContentId>,
    /// They did not, and wait for a person.
    pub held: Vec<ContentId>,
    /// How many of those that are approved got a time.
    pub scheduled: usize,
}

impl Engine {
    /// The settings by which articles of a site go forward; those that are usual when nobody has made any.
    ///
    /// # Errors
    /// [`EngineError::NotFound`]; when the file cannot be read.
    pub async fn publishing_settings(&self, site: SiteId) -> Result<PublishingSettings, EngineError> {
        let now = self.clock.now();
        Ok(self.store.read(move |r| settings_of(r, site, now)).await?)
    }

    /// Stores the settings of a site. They count from now on; what waits is looked at again.
    ///
    /// # Errors
    /// [`EngineError::InvalidField`] for settings that no article could go out by; [`EngineError::NotFound`].
    pub async fn set_publishing_settings(&self, site: SiteId, settings: PublishingSettings) -> Result<(), EngineError> {
        settings.check().map_err(|bad| EngineError::InvalidField { field: bad.field, rule: bad.rule })?;
        let now = self.clock.now();
        Ok(self.store.write(move |w| w.set_publishing_settings(site, &settings, now)).await?)
    }

    /// Looks at what waits in review of a site, and gives what is approved its time, each where its settings say so.
    ///
    /// # Errors
    /// When the file fails; what was looked at until then stands.
    pub async fn go_forward(&self, site: SiteId) -> Result<Forward, EngineError> {
        let mut forward = Forward::default();
        loop {
            let now = self.clock.now();
            // Nothing is written where nothing waits: it is looked at often.
            let is_any = self.store.read(move |r| {
                Ok::<_, StoreError>(approvals_left(r, site)? != Some(0) && is_any_to_judge(r, site, now)?)
            });
            if !is_any.await? {
                break;
            }
            let (slice, is_all) = self.store.write_slice(move |w| judge(w, site, now)).await?;
            forward.approved.extend(slice.approved);
            forward.held.extend(slice.held);
            if is_all {
                break;
            }
        }
        forward.scheduled = self.schedule_by_itself(site).await?;
        Ok(forward)
    }

    /// As [`Engine::go_forward`], for every site whose articles go forward by themselves, but for those with a run at work,
    /// which does it as its last stage.
    ///
    /// # Errors
    /// As [`Engine::go_forward`]; the other sites have had their turn.
    pub async fn all_go_forward(&self) -> Result<(), EngineError> {
        let mut failure = None;
        for site in self.store.read(|r| r.sites_going_forward()).await? {
            if self.is_driving(site) {
                continue;
            }
            match self.go_forward(site).await {
                // It was removed since they were counted.
                Ok(_) | Err(EngineError::Store(StoreError::NotFound)) => {}
                Err(error) => failure = failure.or(Some(error)),
            }
        }
        failure.map_or(Ok(()), Err)
    }
}

/// The settings of a site, or those that are usual.
pub(crate) fn settings_of(read: &Read<'_>, site: SiteId, now: UtcMs) -> Result<PublishingSettings, StoreError> {
    let zone = read.site(site)?.zone;
    Ok(read.publishing_settings(site)?.unwrap_or_else(|| PublishingSettings::usual(now.day_in(&zone))))
}

/// Whether anything that waits in review of a site would be looked at by a run that begins now.
///
/// # Errors
/// When the file cannot be read.
pub(crate) fn is_any_to_judge(read: &Read<'_>, site: SiteId, now: UtcMs) -> Result<bool, StoreError> {
    Ok(settings_of(read, site, now)?.auto_approve && !read.articles_to_judge(site, 1)?.is_empty())
}

/// How many articles of a site may still be approved by themselves before its next run begins; `None` for any number. The
/// site's runs have a stage for it, which may take so many: what is mended after the run counts among them.
fn approvals_left(read: &Read<'_>, site: SiteId) -> Result<Option<u32>, StoreError> {
    let Some(most) = read.automation(site)?.of(RunStage::Review).most else { return Ok(None) };
    Ok(read.approved_since_newest_run(site)?.map(|approved| most.saturating_sub(approved)))
}

/// Looks at a slice of what waits. Whether it was all.
fn judge(write: &mut Write<'_>, site: SiteId, now: UtcMs) -> Result<(Forward, bool), StoreError> {
    let mut slice = Forward::default();
    let settings = settings_of(write, site, now)?;
    if !settings.auto_approve {
        return Ok((slice, true));
    }
    let waiting = write.articles_to_judge(site, SLICE)?;
    if waiting.is_empty() {
        return Ok((slice, true));
    }
    let mut is_all = waiting.len() < SLICE as usize;
    let left = approvals_left(write, site)?.map_or(usize::MAX, |left| left as usize);
    let mut others = write.subjects_of(site)?;
    for ToJudge { content, seen_at, mut facts } in waiting {
        if slice.approved.len() >= left {
            is_all = true;
            break;
        }
        facts.headings = u32::try_from(headings(&write.content_html(content)?).len()).unwrap_or(u32::MAX);
        let flaws = quality::flaws(&settings.floor, &facts, &others);
        write.set_verdict(content, site, seen_at, &flaws)?;
        if flaws.is_empty() {
            write.content_approve(&[content], now)?;
            others.push(facts.subject);
            slice.approved.push(content);
        } else {
            slice.held.push(content);
        }
    }
    write.count_approved(site, u32::try_from(slice.approved.len()).unwrap_or(u32::MAX))?;
    tell(write, "auto_approved", Severity::Success, site, &slice.approved, now)?;
    tell(write, "content_held", Severity::Info, site, &slice.held, now)?;
    Ok((slice, is_all))
}

/// Tells of some articles, by the title of one and how many they are.
fn tell(
    write: &mut Write<'_>,
    notification_type: &str,
    severity: Severity,
    site: SiteId,
    contents: &[ContentId],
    now: UtcMs,
) -> Result<(), StoreError> {
    let Some(first) = contents.first() else { return Ok(()) };
    let params = BTreeMap::from([
        ("site", write.site(site)?.name),
        ("title", write.content(*first)?.title),
        ("count", contents.len().to_string()),
    ]);
    let is_one = contents.len() == 1;
    let notice = NewNotification {
        notification_type: notification_type.to_owned(),
        severity,
        site: Some(site),
        operation: None,
        related_type: if is_one { "content" } else { "site" },
        related_id: if is_one { first.0 } else { site.0 },
        params,
        dedupe: format!("{notification_type}:{first}:{}", now.0),
    };
    write.notify(&notice, now).map(drop)
}
