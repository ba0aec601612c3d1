//! Categories and tags that a site was already asked for: they are remembered under the address of the place, also by the
//! next start. What a site no longer puts on a post is forgotten and asked for anew.

use super::steps::StepError;
use crate::Engine;
use igny8_core::port::Destination;
use igny8_core::port::destination::{PostUpdate, RemotePost, RemoteTerm, Taxonomy};
use igny8_store::table::content::ContentRow;
use igny8_store::{StoreError, Write};

/// Terms of an article.
pub(super) struct Terms {
    pub categories: Vec<RemoteTerm>,
    pub tags: Vec<RemoteTerm>,
    /// Some are from memory, and may be gone by now.
    pub is_remembered: bool,
    /// Some were asked for, which takes its time.
    pub is_asked: bool,
}

/// Terms of a kind, with how they were come by.
struct Ensured {
    terms: Vec<RemoteTerm>,
    is_remembered: bool,
    is_asked: bool,
}

impl Engine {
    /// The terms of an article at a place; only those that are not known are asked for.
    pub(super) async fn terms(
        &self,
        place: &str,
        article: &ContentRow,
        site: &dyn Destination,
    ) -> Result<Terms, StepError> {
        let categories = self.ensure_terms(place, Taxonomy::Category, &article.categories, site).await?;
        let tags = self.ensure_terms(place, Taxonomy::Tag, &article.tags, site).await?;
        Ok(Terms {
            is_remembered: categories.is_remembered || tags.is_remembered,
            is_asked: categories.is_asked || tags.is_asked,
            categories: categories.terms,
            tags: tags.terms,
        })
    }

    /// Forgets those of a place.
    pub(super) async fn forget_terms(&self, place: &str) -> Result<(), StepError> {
        let place = place.to_owned();
        Ok(self.store.write(move |w| w.forget_site_terms(&place)).await?)
    }

    async fn ensure_terms(
        &self,
        place: &str,
        taxonomy: Taxonomy,
        names: &[String],
        site: &dyn Destination,
    ) -> Result<Ensured, StepError> {
        let names: Vec<String> =
            names.iter().map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect();
        let (at, asked) = (place.to_owned(), names.clone());
        let known = self.store.read(move |r| {
            let known = asked.iter().map(|name| r.site_term(&at, taxonomy, &name.to_lowercase()));
            known.collect::<Result<Vec<_>, StoreError>>()
        });
        let known = known.await?;
        let unknown = names.iter().zip(&known).filter(|(_, known)| known.is_none());
        let unknown: Vec<String> = unknown.map(|(name, _)| name.clone()).collect();
        let is_remembered = unknown.len() < names.len();
        if unknown.is_empty() {
            return Ok(Ensured { terms: known.into_iter().flatten().collect(), is_remembered, is_asked: false });
        }
        let found = site.ensure_terms(taxonomy, &unknown).await?;
        let (at, noted) = (place.to_owned(), found.clone());
        let remembered = move |w: &mut Write<'_>| {
            // One that we may not make is there as soon as somebody else has made it.
            let mut all = unknown.iter().zip(&noted).filter(|(_, term)| !term.id.is_empty());
            all.try_for_each(|(name, term)| w.remember_site_term(&at, taxonomy, &name.to_lowercase(), term))
        };
        // What cannot be told from another place next time is asked for again.
        if !place.is_empty() {
            self.store.write(remembered).await?;
        }
        let mut found = found.into_iter();
        let terms = known.into_iter().filter_map(|known| known.or_else(|| found.next())).collect();
        Ok(Ensured { terms, is_remembered, is_asked: true })
    }
}

/// Whether a post lacks a term that was sent to it.
pub(super) fn lacks_terms(sent: &PostUpdate, post: &RemotePost) -> bool {
    let is_missing = |term: &RemoteTerm, found: &[String]| !term.id.is_empty() && !found.contains(&term.id);
    let lacks = |sent: &[RemoteTerm], found: &[String]| sent.iter().any(|term| is_missing(term, found));
    lacks(&sent.categories, &post.categories) || lacks(&sent.tags, &post.tags)
}
