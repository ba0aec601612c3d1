//! Sites, sectors, the first start and the secrets' state.

use igny8_core::status::{DestinationKind, ImageFormat};
use serde::{Deserialize, Serialize};
use specta::Type;

/// The state of the app as a whole.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Workspace {
    /// App version.
    pub version: String,
    /// Where the data is.
    pub data_dir: String,
    /// No site exists yet: offer the sample workspace.
    pub is_empty: bool,
    /// Id of the sample site while it exists.
    pub sample_site_id: Option<String>,
    /// Where secrets are kept.
    pub vault: VaultStateView,
    /// Whether the books balanced when they were last looked at.
    pub books_balance: bool,
    /// Instant of the last audit.
    pub audited_at: String,
    /// IANA zone in which days and months turn.
    pub zone: String,
}

/// How the keyring is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum VaultStateView {
    /// Secrets are kept by the operating system.
    Available,
    /// Locked.
    Locked,
    /// None: secrets live until the app closes.
    Absent,
    /// Refused.
    Denied,
    /// Does not work.
    Broken,
}

/// Where a site's articles go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum SiteKind {
    /// WordPress over REST.
    Wordpress,
    /// A folder of files.
    Folder,
}

impl From<DestinationKind> for SiteKind {
    fn from(kind: DestinationKind) -> Self {
        match kind {
            DestinationKind::WordPress => Self::Wordpress,
            DestinationKind::Folder => Self::Folder,
        }
    }
}

impl From<SiteKind> for DestinationKind {
    fn from(kind: SiteKind) -> Self {
        match kind {
            SiteKind::Wordpress => Self::WordPress,
            SiteKind::Folder => Self::Folder,
        }
    }
}

/// File format of a site's pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum PictureFormat {
    /// PNG: read by every program.
    Png,
    /// WebP, lossless: a smaller file.
    Webp,
}

impl From<ImageFormat> for PictureFormat {
    fn from(format: ImageFormat) -> Self {
        match format {
            ImageFormat::Png => Self::Png,
            ImageFormat::WebP => Self::Webp,
        }
    }
}

impl From<PictureFormat> for ImageFormat {
    fn from(format: PictureFormat) -> Self {
        match format {
            PictureFormat::Png => Self::Png,
            PictureFormat::Webp => Self::WebP,
        }
    }
}

/// State of a site's connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ConnectionState {
    /// Never tested.
    Untested,
    /// The last test succeeded.
    Ok,
    /// The last test failed.
    Failed,
}

/// A site.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SiteView {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// WordPress or folder.
    pub kind: SiteKind,
    /// Address (WordPress) or folder path (folder).
    pub url: String,
    /// Folder its articles are written to, also where `url` leaves that to Igny8; absent for WordPress.
    pub folder: Option<String>,
    /// WordPress user name.
    pub user_name: String,
    /// A password is stored.
    pub has_secret: bool,
    /// Connection.
    pub connection: ConnectionState,
    /// Why the last test failed, a code of `SiteFailure`; empty otherwise.
    pub connection_code: String,
    /// When it was tested.
    pub tested_at: Option<String>,
    /// What the site said about itself at the last successful test.
    pub probe: Option<SiteProbeView>,
    /// BCP 47 language of its articles.
    pub language: String,
    /// IANA zone.
    pub zone: String,
    /// `#rrggbb`.
    pub brand_color: String,
    /// Most pictures inside an article, 0–4; the featured one comes on top.
    pub in_article_images: u32,
    /// File format of pictures made from now on.
    pub image_format: PictureFormat,
    /// The sample workspace.
    pub is_sample: bool,
    /// Its sectors by name.
    pub sectors: Vec<SectorView>,
    /// Articles read back from it.
    pub published_count: u32,
    /// Keywords in it.
    pub keyword_count: u32,
}

/// What a site said about itself.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SiteProbeView {
    /// Its own name.
    pub name: String,
    /// Its public address.
    pub home_url: String,
    /// Who we are there.
    pub user_name: String,
    /// Roles there.
    pub roles: Vec<String>,
    /// May publish.
    pub can_publish: bool,
    /// May upload.
    pub can_upload: bool,
    /// Version.
    pub version: String,
    /// Its zone.
    pub timezone: String,
}

/// A sector.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SectorView {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Keywords in it.
    pub keyword_count: u32,
}

/// A site to add, or all fields of one to change.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SiteDraft {
    /// Name, 1–200 characters.
    pub name: String,
    /// WordPress or folder. Cannot be changed later.
    pub kind: SiteKind,
    /// Address, or folder path; an empty folder path means `published/` in the data folder.
    pub url: String,
    /// WordPress user name.
    pub user_name: String,
    /// Application password; absent leaves the stored one as it is.
    pub password: Option<String>,
    /// BCP 47 language.
    pub language: String,
    /// IANA zone.
    pub zone: String,
    /// `#rrggbb`.
    pub brand_color: String,
    /// Most pictures inside an article, 0–4; the featured one comes on top.
    pub in_article_images: u32,
    /// File format of pictures made from now on.
    pub image_format: PictureFormat,
    /// Sector names to make with a new site; ignored for an existing one.
    #[serde(default)]
    pub sectors: Vec<String>,
}
