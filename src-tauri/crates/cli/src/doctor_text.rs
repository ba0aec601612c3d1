//! What a site said about itself, and a close look at its connection as a text that can be handed to whoever runs the site: no secret is in it.

use crate::output::table;
use crate::site_text;
use igny8_app::dto::site::{
    NamedView, SeoWayView, SiteCheck, SiteCheckKind, SiteCheckOutcome, SiteClockView, SiteDiagnosis, SiteProbeView,
};

/// The checks as a table, and under it what to do.
#[must_use]
pub fn report(found: &SiteDiagnosis) -> String {
    let mut rows = vec![["Check", "Outcome", ""].map(str::to_owned).to_vec()];
    rows.extend(
        found.checks.iter().map(|one| vec![name(one.check).to_owned(), outcome(one.outcome), one.note.clone()]),
    );
    let mut text = format!("Connection of {}\n\n{}", found.host, table(&rows));
    for SiteCheck { check, failure, note, .. } in found.checks.iter().filter(|one| !one.failure.is_empty()) {
        text.push_str(&format!("\n{}: {}", name(*check), site_text::site(failure, note)));
    }
    text
}

/// What a site said about itself, by name and value.
#[must_use]
pub fn offers((address, zone): (&str, &str), probe: &SiteProbeView) -> Vec<(&'static str, String)> {
    let names = |all: &[NamedView]| all.iter().map(|one| one.name.as_str()).collect::<Vec<_>>().join(", ");
    let ways = probe.seo_paths.iter().map(|path| format!("{}: {}", path.post_type, way(path.way)));
    let mut lines = vec![
        ("Address", address.to_owned()),
        ("REST API", probe.api_url.clone()),
        ("WordPress", probe.version.clone()),
        ("Time zone", probe.timezone.clone()),
        ("Post types", names(&probe.post_types)),
        ("Taxonomies", names(&probe.taxonomies)),
        ("Authors", names(&probe.authors)),
        ("SEO plugins", probe.seo_plugins.join(", ")),
        ("Search title and description", ways.collect::<Vec<_>>().join("; ")),
    ];
    let clock = clock(probe, zone);
    if !clock.is_empty() {
        lines.push(("Planned here", clock));
    }
    lines
}

/// What is to be said of clocks that do not go as ours; nothing of those that do.
fn clock(probe: &SiteProbeView, zone: &str) -> String {
    match probe.clock {
        SiteClockView::Unknown | SiteClockView::Same => String::new(),
        SiteClockView::Other => format!(
            "Here it is planned by the clocks of {zone}. To plan by its own: 'site edit SITE --zone {}'.",
            probe.timezone
        ),
        SiteClockView::Fixed => format!(
            "A fixed offset, which does not follow daylight saving time; here it is planned by the clocks of {zone}. \
             Choose a city there under Settings, General, Timezone."
        ),
    }
}

const fn way(way: SeoWayView) -> &'static str {
    match way {
        SeoWayView::YoastFields => "Yoast's fields",
        SeoWayView::SeoPressFields => "SEOPress's fields",
        SeoWayView::FrameworkFields => "the fields of The SEO Framework",
        SeoWayView::RankMath => "Rank Math's own interface",
        SeoWayView::Excerpt => "the excerpt only",
    }
}

fn outcome(outcome: SiteCheckOutcome) -> String {
    match outcome {
        SiteCheckOutcome::Passed => "fine",
        SiteCheckOutcome::Warned => "could be better",
        SiteCheckOutcome::Failed => "in the way",
        SiteCheckOutcome::Skipped => "not come to",
    }
    .to_owned()
}

const fn name(check: SiteCheckKind) -> &'static str {
    match check {
        SiteCheckKind::Folder => "Folder",
        SiteCheckKind::Name => "Name",
        SiteCheckKind::Connection => "Secure connection",
        SiteCheckKind::Site => "WordPress",
        SiteCheckKind::Interface => "REST API",
        SiteCheckKind::Data => "Clean data",
        SiteCheckKind::SignIn => "Signing in",
        SiteCheckKind::Rights => "Rights of the user",
        SiteCheckKind::Speed => "Speed",
    }
}
