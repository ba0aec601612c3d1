//! Sites for the border.

use crate::destinations::folder_path;
use crate::dto::site as dto;
use crate::folder::DataFolder;
use igny8_core::port::VaultState;
use igny8_core::port::destination::SiteProbe;
use igny8_core::status::{Connection, DestinationKind};
use igny8_store::table::completion::Completion;
use igny8_store::table::sector::SectorRow;
use igny8_store::table::site::SiteRow;

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
        probe: row.probe.map(probe),
        language: row.language,
        zone: row.zone,
        brand_color: row.brand_color,
        in_article_images: row.in_article_images,
        image_format: row.image_format.into(),
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

fn sector(row: SectorRow) -> dto::SectorView {
    dto::SectorView { id: row.id.to_string(), name: row.name, keyword_count: row.keyword_count }
}

fn probe(probe: SiteProbe) -> dto::SiteProbeView {
    dto::SiteProbeView {
        name: probe.name,
        home_url: probe.home_url,
        user_name: probe.user_name,
        roles: probe.roles,
        can_publish: probe.can_publish,
        can_upload: probe.can_upload,
        version: probe.version,
        timezone: probe.timezone,
    }
}
