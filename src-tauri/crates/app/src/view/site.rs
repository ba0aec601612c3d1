//! Sites for the border.

use crate::destinations::folder_path;
use crate::dto::site as dto;
use crate::folder::DataFolder;
use igny8_core::port::destination::{Named, SeoPath, SeoWay, SiteProbe};
use igny8_core::port::diagnosis::{Check, Examined, Outcome};
use igny8_core::port::{Diagnosis, VaultState};
use igny8_core::site_clock::SiteClock;
use igny8_core::status::{Connection, DestinationKind};
use igny8_core::time::UtcMs;
use igny8_store::table::completion::Completion;
use igny8_store::table::sector::SectorRow;
use igny8_store::table::site::SiteRow;

pub(crate) fn removed(row: SiteRow) -> dto::RemovedSite {
    dto::RemovedSite {
        id: row.id.to_string(),
        name: row.name,
        kind: row.kind.into(),
        removed_at: super::instant(row.removed_at),
        goes_at_next_start: row.is_sample,
    }
}

pub(crate) fn site(row: SiteRow, sectors: Vec<SectorRow>, completion: &Completion, data: &DataFolder) -> dto::SiteView {
    let folder = (row.kind == DestinationKind::Folder).then(|| folder_path(data, &row).display().to_string());
    dto::SiteView {
        id: row.id.to_string(),
        name: row.name,
        kind: row.kind.into(),
        url: row.url,
        folder,
        user_name: row.user_name,
        has_secret: row.has_secret,
        connection: match row.connection {
            Connection::Untested => dto::ConnectionState::Untested,
            Connection::Ok => dto::ConnectionState::Ok,
            Connection::Failed => dto::ConnectionState::Failed,
        },
        connection_code: row.connection_code,
        tested_at: row.tested_at.map(super::instant),
        probe: row.probe.map(|found| probe(found, &row.zone, row.tested_at.unwrap_or_default())),
        language: row.language,
        zone: row.zone,
        brand_color: row.brand_color,
        in_article_images: row.in_article_images,
        image_format: row.image_format.into(),
        body_form: row.body_form.into(),
        has_contents: row.has_contents,
        goes_on_by_itself: row.goes_on_by_itself,
        hand_over: row.hand_over.into(),
        missed_rule: row.missed_rule.into(),
        has_authority: !row.authority.is_empty(),
        is_sample: row.is_sample,
        sectors: sectors.into_iter().map(sector).collect(),
        published_count: completion.published,
        keyword_count: completion.keywords,
    }
}

pub(crate) fn vault(state: VaultState) -> dto::VaultStateView {
    match state {
        VaultState::Available => dto::VaultStateView::Available,
        VaultState::Locked => dto::VaultStateView::Locked,
        VaultState::Absent => dto::VaultStateView::Absent,
        VaultState::Denied => dto::VaultStateView::Denied,
        VaultState::Broken => dto::VaultStateView::Broken,
    }
}

pub(crate) fn diagnosis(host: String, diagnosis: Diagnosis) -> dto::SiteDiagnosis {
    let is_well = diagnosis.failure().is_none();
    dto::SiteDiagnosis { host, is_well, checks: diagnosis.checks.into_iter().map(check).collect() }
}

fn check(one: Examined) -> dto::SiteCheck {
    let (outcome, failure) = match one.outcome {
        Outcome::Passed => (dto::SiteCheckOutcome::Passed, ""),
        Outcome::Warned(verdict) => (dto::SiteCheckOutcome::Warned, verdict.code()),
        Outcome::Failed(verdict) => (dto::SiteCheckOutcome::Failed, verdict.code()),
        Outcome::Skipped => (dto::SiteCheckOutcome::Skipped, ""),
    };
    let check = match one.check {
        Check::Folder => dto::SiteCheckKind::Folder,
        Check::Name => dto::SiteCheckKind::Name,
        Check::Connection => dto::SiteCheckKind::Connection,
        Check::Site => dto::SiteCheckKind::Site,
        Check::Interface => dto::SiteCheckKind::Interface,
        Check::Data => dto::SiteCheckKind::Data,
        Check::SignIn => dto::SiteCheckKind::SignIn,
        Check::Rights => dto::SiteCheckKind::Rights,
        Check::Speed => dto::SiteCheckKind::Speed,
    };
    dto::SiteCheck { check, outcome, failure: failure.to_owned(), note: one.note }
}

fn sector(row: SectorRow) -> dto::SectorView {
    dto::SectorView { id: row.id.to_string(), name: row.name, keyword_count: row.keyword_count }
}

fn probe(probe: SiteProbe, zone: &str, tested_at: UtcMs) -> dto::SiteProbeView {
    let clock = match SiteClock::beside(&probe.timezone, zone, tested_at) {
        SiteClock::Unknown => dto::SiteClockView::Unknown,
        SiteClock::Same => dto::SiteClockView::Same,
        SiteClock::Other => dto::SiteClockView::Other,
        SiteClock::Fixed => dto::SiteClockView::Fixed,
    };
    dto::SiteProbeView {
        name: probe.name,
        home_url: probe.home_url,
        api_url: probe.api_url,
        user_name: probe.user_name,
        roles: probe.roles,
        can_publish: probe.can_publish,
        can_upload: probe.can_upload,
        version: probe.version,
        timezone: probe.timezone,
        clock,
        post_types: named(probe.offers.post_types),
        taxonomies: named(probe.offers.taxonomies),
        authors: named(probe.offers.authors),
        seo_plugins: probe.offers.seo_plugins,
        seo_paths: probe.offers.seo_paths.into_iter().map(seo_path).collect(),
    }
}

fn named(all: Vec<Named>) -> Vec<dto::NamedView> {
    all.into_iter().map(|Named { id, name }| dto::NamedView { id, name }).collect()
}

fn seo_path(path: SeoPath) -> dto::SeoPathView {
    let way = match path.way {
        SeoWay::YoastFields => dto::SeoWayView::YoastFields,
        SeoWay::SeoPressFields => dto::SeoWayView::SeoPressFields,
        SeoWay::FrameworkFields => dto::SeoWayView::FrameworkFields,
        SeoWay::RankMath => dto::SeoWayView::RankMath,
        SeoWay::Excerpt => dto::SeoWayView::Excerpt,
    };
    dto::SeoPathView { post_type: path.post_type, way }
}
