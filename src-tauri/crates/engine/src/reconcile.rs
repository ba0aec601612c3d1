//! Comparing a vendor's usage file with our records: which requests of ours the file can be about, and the comparison
//! itself, which is the domain's.

use crate::Engine;
use crate::usage_file::{self, UsageFile, UsageFileError};
use igny8_core::reconcile::{
    CLOCK_SLACK_MS, Comparison, OurRequest, Sums, TheirLine, compare, is_same_model, plain_model, sums,
};
use igny8_core::time::UtcMs;
use igny8_store::StoreError;
use igny8_store::table::usage::breakdown::Span;
use std::collections::{BTreeSet, HashSet};
use std::path::PathBuf;

/// A record is written when its call is resolved, which may be this long after its first attempt: calls whose outcome is
/// unknown wait for the next start of the app.
const RESOLVED_LATER_MS: i64 = 31 * 86_400_000;

const DAY_MS: i64 = 86_400_000;

/// Why nothing was compared.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReconcileError {
    /// The file.
    #[error(transparent)]
    File(#[from] UsageFileError),
    /// No model of ours is of this vendor.
    #[error("no such provider")]
    NoSuchProvider,
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A file beside our records.
#[derive(Clone, Debug)]
pub struct Reconciled {
    /// The file.
    pub file: UsageFile,
    /// Our requests that were compared.
    pub ours: Vec<OurRequest>,
    /// What both have and what only one has.
    pub comparison: Comparison,
    /// What that comes to.
    pub sums: Sums,
    /// Vendors that were compared.
    pub providers: BTreeSet<String>,
    /// What the file covers, from the first day it names to the last; `None` when it names no time.
    pub covered: Option<(UtcMs, UtcMs)>,
    /// Requests of ours without a line that are older than the first matched one. A file that names no times does not say
    /// whether it covers them, so they are not missed, and not all is well either.
    pub earlier: usize,
}

impl Engine {
    /// Reads a usage file and compares it with the requests of ours it can be about: those to `provider`, or to the
    /// vendors whose models or requests the file names. Requests whose call is still open are compared once it is
    /// resolved.
    ///
    /// # Errors
    /// See [`ReconcileError`].
    pub async fn reconcile(&self, path: PathBuf, provider: Option<String>) -> Result<Reconciled, ReconcileError> {
        let file = self.off_thread(move || usage_file::read(&path)).await??;
        let covered = covered(&file.lines);
        let (span, all) = self.requests_near(covered).await?;
        if let Some(provider) = &provider {
            self.check_provider(provider).await?;
        }
        let providers = provider.map_or_else(|| named_in(&file.lines, &all), |provider| BTreeSet::from([provider]));
        let near = |request: &OurRequest| span.from <= request.at && request.at < span.until;
        let ours: Vec<OurRequest> =
            all.into_iter().filter(|one| providers.contains(&one.provider) && near(one)).collect();
        let mut comparison = compare(&file.lines, &ours);
        let listed = covered.or_else(|| Some((first_matched(&comparison, &ours)?, UtcMs(i64::MAX))));
        let unmatched = comparison.ours_only.len();
        comparison.ours_only.retain(|at| {
            let is_listed = |when: UtcMs| listed.is_none_or(|(first, last)| first <= when && when <= last);
            ours.get(*at).is_some_and(|request| is_listed(request.at))
        });
        let left_out = unmatched.saturating_sub(comparison.ours_only.len());
        let earlier = if covered.is_some() { 0 } else { left_out };
        let sums = sums(&comparison, &file.lines, &ours);
        Ok(Reconciled { file, ours, comparison, sums, providers, covered, earlier })
    }

    /// The span in which a request may be one of the file's, and all requests resolved in or after it.
    async fn requests_near(&self, covered: Option<(UtcMs, UtcMs)>) -> Result<(Span, Vec<OurRequest>), StoreError> {
        let (first, last) = covered.unwrap_or((UtcMs(i64::MIN), UtcMs(i64::MAX)));
        let span = Span { from: first.plus_ms(-CLOCK_SLACK_MS), until: last.plus_ms(CLOCK_SLACK_MS + 1) };
        let resolved = Span { until: span.until.plus_ms(RESOLVED_LATER_MS), ..span };
        let all = self.store.read(move |read| read.vendor_requests(resolved)).await?;
        Ok((span, all))
    }

    async fn check_provider(&self, provider: &str) -> Result<(), ReconcileError> {
        let models = self.store.read(|read| read.model_names()).await?;
        let is_known = models.iter().any(|model| model.provider == provider);
        if is_known { Ok(()) } else { Err(ReconcileError::NoSuchProvider) }
    }
}

/// The whole days from the first instant a file names to its last: vendors export days, in UTC, so what is missing before
/// its first line or behind its last one is missing in the file.
fn covered(lines: &[TheirLine]) -> Option<(UtcMs, UtcMs)> {
    let first = lines.iter().filter_map(|line| line.at.value()).min()?;
    let ends = lines.iter().filter_map(|line| line.until.map(|until| until.plus_ms(-1)).or(line.at.value()));
    let last = ends.max().unwrap_or(first);
    let day = |at: UtcMs| at.0.div_euclid(DAY_MS).saturating_mul(DAY_MS);
    Some((UtcMs(day(first)), UtcMs(day(last).saturating_add(DAY_MS - 1))))
}

/// The first of our requests that was matched: what came after it is missed in a file without times, which may end at any
/// moment. `None` where none was matched: then all of them are missed.
fn first_matched(comparison: &Comparison, ours: &[OurRequest]) -> Option<UtcMs> {
    comparison.matched.iter().flat_map(|one| &one.requests).filter_map(|at| ours.get(*at)).map(|one| one.at).min()
}

/// The vendors of ours whose models or requests the file names; all of them when it names none.
fn named_in(lines: &[TheirLine], ours: &[OurRequest]) -> BTreeSet<String> {
    let models: BTreeSet<String> =
        lines.iter().map(|line| plain_model(&line.model)).filter(|m| !m.is_empty()).collect();
    let ids: HashSet<&str> = lines.iter().map(|line| line.request_id.as_str()).filter(|id| !id.is_empty()).collect();
    let is_named = |request: &&OurRequest| {
        let model = plain_model(&request.model);
        ids.contains(request.request_id.as_str()) || models.iter().any(|named| is_same_model(named, &model))
    };
    let named: BTreeSet<String> = ours.iter().filter(is_named).map(|request| request.provider.clone()).collect();
    if named.is_empty() { ours.iter().map(|request| request.provider.clone()).collect() } else { named }
}
