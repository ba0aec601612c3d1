//! Which place a delivery is at. An address can be written in many ways, and a post that is public at one of them is
//! public at all of them: a site is therefore known by the address it gives itself, where it can be asked. What the
//! site does not confirm is another place, and an article that may be public at the former one goes there on request
//! only.

use super::LostPost;
use super::our_post::MissingPost;
use super::steps::StepError;
use crate::Engine;
use crate::engine::OpenError;
use igny8_core::id::SiteId;
use igny8_core::port::{Destination, SiteError};
use igny8_core::status::DestinationKind;
use igny8_store::table::outbox::OutboxRow;
use igny8_store::table::site::SiteRow;
use std::sync::Arc;

impl Engine {
    /// The destination behind a site, ready to publish to. One that was never asked what it has is asked now: it decides
    /// how articles are written there. One that does not answer is met again by the first step.
    pub(super) async fn open_to_publish(&self, site: SiteId) -> Result<(SiteRow, Arc<dyn Destination>), OpenError> {
        let opened = self.open_destination(site).await?;
        let is_unknown = opened.0.kind == DestinationKind::WordPress && opened.0.probe.is_none();
        if is_unknown && self.test_site(site).await.is_ok() {
            return self.open_destination(site).await;
        }
        Ok(opened)
    }

    /// Binds a delivery to the place behind the site's address. Answers it as it goes on there: with its post, or begun
    /// anew when that is somewhere else.
    ///
    /// # Errors
    /// [`StepError::PostMissing`] when its post may be public somewhere else; [`StepError::Site`] when the site does not
    /// say whether it is the one that has it.
    pub(super) async fn bind(
        &self,
        row: &SiteRow,
        outbox: &OutboxRow,
        lost: LostPost,
        site: &dyn Destination,
    ) -> Result<OutboxRow, StepError> {
        let written = self.destinations.address(row);
        let is_bound = !outbox.destination.is_empty();
        let may_be_public = is_bound && outbox.may_have_been_public();
        let is_as_written = outbox.destination == written;
        let own = match self.own_address(row, is_as_written, site).await {
            Ok(own) => own,
            // The post is not let go of for a site that lets nobody in.
            Err(error) if may_be_public => return Err(error.into()),
            Err(_) => None,
        };
        let is_same_place = !is_bound || is_as_written || own.as_ref() == Some(&outbox.destination);
        if !is_same_place && may_be_public && lost == LostPost::Tell {
            return Err(StepError::PostMissing(MissingPost::Elsewhere));
        }
        let (bound, address, now) = (outbox.clone(), own.unwrap_or(written), self.clock.now());
        Ok(self.store.write(move |w| w.outbox_bind(&bound, &address, is_same_place, now)).await?)
    }

    /// The address a site gives itself, as it is known from its last test; else the site is asked, unless the address as
    /// it is written will do. Nothing for a folder, and for a site that does not say.
    async fn own_address(
        &self,
        row: &SiteRow,
        will_written_do: bool,
        site: &dyn Destination,
    ) -> Result<Option<String>, SiteError> {
        let home = match (row.kind, &row.probe) {
            // A folder has its path and no other name.
            (DestinationKind::Folder, _) => return Ok(None),
            (DestinationKind::WordPress, Some(probe)) => probe.home_url.clone(),
            (DestinationKind::WordPress, None) if will_written_do => return Ok(None),
            (DestinationKind::WordPress, None) => site.probe().await?.home_url,
        };
        let named = SiteRow { url: home, ..row.clone() };
        Ok(if named.url.is_empty() { None } else { Some(self.destinations.address(&named)) })
    }
}
