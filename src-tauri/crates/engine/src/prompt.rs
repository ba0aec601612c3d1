//! The prompts of a site as its calls are asked with them: a site's own wording before the one for all sites, that before
//! the app's own, rendered over the site's settings. Every call notes whose words it was asked with.

mod specimen;
mod trial;

use crate::{Engine, EngineError};
use igny8_core::id::{PromptVersionId, SiteId};
use igny8_core::prompt::{BUILT_IN_VERSION, PromptError, PromptKind, PromptValues, SiteVoice, built_in, check, render};
use igny8_store::table::prompt::{PromptSource, PromptUse};
use igny8_store::{Read, StoreError};
use std::collections::BTreeMap;

pub use trial::{Preview, PreviewPrice, Trial, TrialOutcome};

/// The wordings that count for one site, and how it speaks.
#[derive(Clone, Debug)]
pub(crate) struct Prompts {
    voice: SiteVoice,
    worded: BTreeMap<PromptKind, (String, PromptSource)>,
}

impl Prompts {
    /// Those of a site, as they are now.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for an unknown or removed site.
    pub(crate) fn of_site(read: &Read<'_>, site: SiteId) -> Result<Self, StoreError> {
        let mut worded = BTreeMap::new();
        // A site's own comes after the one for all, and takes its place.
        for row in read.prompts_in_use(Some(site))? {
            worded.insert(row.kind, (row.body, PromptSource::Version(row.id)));
        }
        Ok(Self { voice: read.site_voice(site)?, worded })
    }

    /// With another wording in place of the one in use.
    pub(crate) fn trying(mut self, kind: PromptKind, body: String) -> Self {
        self.worded.insert(kind, (body, PromptSource::Trial));
        self
    }

    /// The wording that is in use for a kind.
    pub(crate) fn wording(&self, kind: PromptKind) -> &str {
        self.worded.get(&kind).map_or_else(|| built_in(kind), |(body, _)| body.as_str())
    }

    /// What the site says about itself.
    pub(crate) fn values(&self) -> PromptValues {
        PromptValues::of_site(&self.voice)
    }

    /// How the site speaks.
    pub(crate) const fn voice(&self) -> &SiteVoice {
        &self.voice
    }

    /// The task of these kinds together, one after the other, and whose words it is.
    ///
    /// # Errors
    /// Which wording fails, and how.
    pub(crate) fn task(
        &self,
        kinds: &[PromptKind],
        values: &PromptValues,
    ) -> Result<(String, Vec<PromptUse>), (PromptKind, PromptError)> {
        let (mut parts, mut uses) = (Vec::new(), Vec::new());
        for kind in kinds.iter().copied() {
            let (body, source) = match self.worded.get(&kind) {
                Some((body, source)) => (body.as_str(), *source),
                None => (built_in(kind), PromptSource::BuiltIn { version: BUILT_IN_VERSION }),
            };
            let part = render(kind, body, values).map_err(|error| (kind, error))?;
            if !part.is_empty() {
                parts.push(part);
            }
            uses.push(PromptUse { kind, source });
        }
        Ok((parts.join("\n"), uses))
    }
}

impl Engine {
    /// Keeps a wording and puts it in use, for all sites or for one.
    ///
    /// # Errors
    /// [`EngineError::Prompt`] when it cannot be used; [`EngineError::NotFound`] for an unknown site.
    pub async fn prompt_save(
        &self,
        kind: PromptKind,
        site: Option<SiteId>,
        body: &str,
    ) -> Result<PromptVersionId, EngineError> {
        check(kind, body).map_err(|error| EngineError::Prompt { kind, error })?;
        let (body, now) = (body.to_owned(), self.clock.now());
        let saved = self.store.write(move |w| w.prompt_save(kind, site, &body, now)).await;
        saved.map_err(|error| crate::operation::not_found(error, "site"))
    }

    /// Puts an earlier wording in use again.
    ///
    /// # Errors
    /// [`EngineError::NotFound`].
    pub async fn prompt_use_version(&self, id: PromptVersionId) -> Result<(), EngineError> {
        let now = self.clock.now();
        let used = self.store.write(move |w| w.prompt_use_version(id, now)).await;
        used.map_err(|error| crate::operation::not_found(error, "prompt"))
    }

    /// Goes back to the app's own words, or, for a site, to those for all sites. Returns the wording that was in use.
    ///
    /// # Errors
    /// [`EngineError::NotFound`] when there is nothing to go back from.
    pub async fn prompt_reset(&self, kind: PromptKind, site: Option<SiteId>) -> Result<PromptVersionId, EngineError> {
        let reset = self.store.write(move |w| w.prompt_reset(kind, site)).await;
        reset.map_err(|error| crate::operation::not_found(error, "prompt"))
    }
}
