//! The demonstration: the whole way on the sample workspace, ending in published articles. It is made of the same steps
//! a user takes, and doing it twice makes nothing twice.

use crate::destinations::folder_path;
use crate::{Fault, Igny8};
use igny8_core::id::{ContentId, SiteId};
use igny8_core::status::ContentStatus;
use igny8_engine::EngineError;
use igny8_engine::publish::{Delivered, PICTURE_MISSING, edited_code};
use igny8_store::StoreError;
use igny8_store::table::list::{ListFilter, Selection};
use serde::Serialize;

/// What the demonstration made, what it cost and where it is. Counts are of the sample site as it now is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Demo {
    /// The sample site.
    pub site: String,
    /// Keywords.
    pub keywords: u32,
    /// Clusters.
    pub clusters: u32,
    /// Ideas.
    pub ideas: u32,
    /// Articles.
    pub contents: u32,
    /// Pictures.
    pub images: u32,
    /// Articles read back from where they were published.
    pub receipts: u32,
    /// Credits charged for the site.
    pub credits_used: String,
    /// Credits left.
    pub credits_available: String,
    /// Provider cost, US dollars.
    pub cost_usd: String,
    /// Folder of the published articles.
    pub published: String,
}

/// Where the demonstration is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DemoStep {
    /// The sample workspace is made.
    Sample,
    /// Clusters, ideas, articles and images are made.
    Pipeline,
    /// Articles are approved.
    Approval,
    /// Articles are published.
    Publishing,
}

/// Runs the demonstration and says each step as it begins. Once `stop` is ready it pauses after what is at hand, and so
/// does all background work, which must be running before; the next one goes on where it was.
///
/// # Errors
/// As the steps it is made of; [`Fault::Site`] when an article could not be written to the folder; [`Fault::Cancelled`].
pub async fn demo(app: &Igny8, stop: impl Future<Output = ()>, say: impl FnMut(DemoStep)) -> Result<Demo, Fault> {
    tokio::select! {
        done = all_the_way(app, say) => done,
        () = stop => {
            app.stop().await;
            Err(Fault::Cancelled)
        }
    }
}

async fn all_the_way(app: &Igny8, mut say: impl FnMut(DemoStep)) -> Result<Demo, Fault> {
    say(DemoStep::Sample);
    let site = app.engine.create_sample(&app.zone).await?;
    say(DemoStep::Pipeline);
    app.engine.run_pipeline(app.engine.new_client_key(), site, None).await?;
    say(DemoStep::Approval);
    approve_all(app, site).await?;
    say(DemoStep::Publishing);
    let ready: Vec<ContentId> = contents(app, site, ContentStatus::Approved).await?;
    for content in ready {
        match app.engine.publish(content).await {
            // Another delivery of it, begun by an earlier process, was there first.
            Ok(Delivered::Published { .. }) | Err(EngineError::WrongState(_)) => {}
            Ok(Delivered::Waiting { error, .. } | Delivered::Failed { error, .. }) => {
                let host = app.folder.published().display().to_string();
                return Err(Fault::Site { host, failure: error.code().to_owned(), note: error.note() });
            }
            Ok(Delivered::PostMissing { host, how }) => {
                return Err(Fault::Site { host, failure: how.code().to_owned(), note: String::new() });
            }
            Ok(Delivered::EditedThere { host, fields }) => {
                return Err(Fault::Site { host, failure: edited_code(&fields).to_owned(), note: String::new() });
            }
            Ok(Delivered::PictureMissing { host }) => {
                return Err(Fault::Site { host, failure: PICTURE_MISSING.to_owned(), note: String::new() });
            }
            Err(error) => return Err(error.into()),
        }
    }
    summary(app, site).await
}

async fn approve_all(app: &Igny8, site: SiteId) -> Result<(), Fault> {
    let now = app.engine.clock().now();
    let review = contents(app, site, ContentStatus::Review).await?;
    if !review.is_empty() {
        app.engine.store().write(move |w| w.content_approve(&review, now)).await?;
    }
    Ok(())
}

/// Articles of a site in a state, of the approved ones those that are not on the site yet.
async fn contents(app: &Igny8, site: SiteId, status: ContentStatus) -> Result<Vec<ContentId>, Fault> {
    let filter = ListFilter { status: vec![status.to_string()], ..ListFilter::of(site) };
    let found = app.engine.store().read(move |r| {
        let ids =
            r.content_ids(&Selection::Matching { filter, except: Vec::new() }, crate::view::list::SELECTION_MAX)?;
        let rows = r.contents(&ids)?;
        let wanted = rows.into_iter().filter(|row| status != ContentStatus::Approved || row.is_publishable());
        Ok::<_, StoreError>(wanted.map(|row| row.id).collect())
    });
    Ok(found.await?)
}

async fn summary(app: &Igny8, site: SiteId) -> Result<Demo, Fault> {
    let folder = app.folder.clone();
    let summary = app.engine.store().read(move |r| {
        let (row, done, usage) = (r.site(site)?, r.completion(site, None)?, r.site_usage(site, Default::default())?);
        Ok::<_, StoreError>(Demo {
            keywords: done.keywords,
            clusters: done.clusters,
            ideas: done.ideas,
            contents: done.contents,
            images: done.images_generated,
            receipts: done.published,
            credits_used: done.credits_used.to_string(),
            credits_available: r.available()?.to_string(),
            cost_usd: usage.cost.to_string(),
            published: folder_path(&folder, &row).display().to_string(),
            site: row.name,
        })
    });
    Ok(summary.await?)
}
