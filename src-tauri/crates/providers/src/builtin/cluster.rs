//! The built-in answer to `auto_cluster`: groups keywords by their words, so that each group is what one article can
//! answer, without a model, a key or a network.
//!
//! Keywords become term vectors ([`vectors`]); near ones are merged by average linkage ([`merge`]); a group whose
//! members want different things is parted, and every group gets a name and a sentence ([`naming`]). Clusters that exist
//! already take part as seeds, so keywords join them by the same measure. Keywords near nothing are left out: a cluster
//! of one says no more than the keyword did. Only when nothing at all belongs together does each stand alone, because
//! whoever asks about a handful of unrelated keywords wants an article for each.

mod merge;
mod naming;
mod vectors;

#[cfg(test)]
mod labelled;
#[cfg(test)]
mod tests;

use igny8_core::function::input::{ClusterInput, KeywordInput};
use igny8_core::function::output::{ClusterDraft, ClusterOutput};
use std::collections::BTreeSet;

/// Keywords that may each become a cluster when nothing belongs together; beyond it the answer is "no groups".
const ALONE_MAX: usize = 10;

/// A cluster before it has a name.
struct Grouped<'a> {
    /// The existing cluster it continues.
    existing: Option<&'a str>,
    members: Vec<&'a KeywordInput>,
}

/// Groups the keywords. Clusters come strongest first: by known monthly searches, then by size.
pub(super) fn cluster(input: &ClusterInput) -> ClusterOutput {
    let groups = grouped(input);
    let mut parted: Vec<Grouped<'_>> = groups.into_iter().flat_map(naming::part_by_intent).collect();
    parted.retain(|group| !group.members.is_empty() && (group.members.len() > 1 || group.existing.is_some()));
    if parted.is_empty() && input.keywords.len() <= ALONE_MAX {
        let alone = |keyword| Grouped { existing: None, members: vec![keyword] };
        parted = input.keywords.iter().filter(|k| !k.text.trim().is_empty()).map(alone).collect();
    }
    parted.sort_by_key(|group| {
        let volume: i64 = group.members.iter().fold(0, |sum, k| sum.saturating_add(k.volume.unwrap_or(0)));
        (std::cmp::Reverse((volume, group.members.len())), group.members.first().map(|k| k.id))
    });
    ClusterOutput { clusters: naming::named(parted, &input.existing) }
}

/// Drops the least of what does not fit into `fits`: descriptions first, then whole clusters from the weakest.
pub(super) fn shorten(output: &mut ClusterOutput) -> bool {
    let described = output.clusters.iter().any(|c: &ClusterDraft| !c.description.is_empty());
    if described {
        output.clusters.iter_mut().for_each(|c| c.description.clear());
        return true;
    }
    super::halve(&mut output.clusters)
}

fn grouped(input: &ClusterInput) -> Vec<Grouped<'_>> {
    let existing = input.existing.len();
    let phrases = input.existing.iter().map(String::as_str).chain(input.keywords.iter().map(|k| k.text.as_str()));
    let space = vectors::Space::new(phrases);
    let seeds: BTreeSet<u32> = (0_u32..).take(existing).collect();
    let groups = merge::group(&space, &seeds);
    groups
        .into_iter()
        .map(|rows| {
            let mut grouped = Grouped { existing: None, members: Vec::new() };
            for row in rows.into_iter().filter_map(|row| usize::try_from(row).ok()) {
                match row.checked_sub(existing) {
                    Some(at) => grouped.members.extend(input.keywords.get(at)),
                    None => grouped.existing = input.existing.get(row).map(String::as_str),
                }
            }
            grouped
        })
        .collect()
}
