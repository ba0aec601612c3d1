//! Sites, sectors, the first start and the secrets' state.

use igny8_core::on_site::BodyForm;
use igny8_core::schedule::{HandOver, MissedRule};
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

/// Who publishes what is due on a site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum HandOverView {
    /// The site, which has it beforehand as a post of the future.
    Wordpress,
    /// This computer, while the program runs.
    Computer,
}

impl From<HandOver> for HandOverView {
    fn from(hand_over: HandOver) -> Self {
        match hand_over {
            HandOver::WordPress => Self::Wordpress,
            HandOver::Computer => Self::Computer,
        }
    }
}

impl From<HandOverView> for HandOver {
    fn from(hand_over: HandOverView) -> Self {
        match hand_over {
            HandOverView::Wordpress => Self::WordPress,
            HandOverView::Computer => Self::Computer,
        }
    }
}

/// What is done about an article whose time has passed without it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum MissedRuleView {
    /// It is published as soon as that is noticed.
    Publish,
    /// It gets the next free time.
    NextSlot,
    /// It is told, and left to a person.
    Tell,
}

impl From<MissedRule> for MissedRuleView {
    fn from(rule: MissedRule) -> Self {
        match rule {
            MissedRule::Publish => Self::Publish,
            MissedRule::NextSlot => Self::NextSlot,
            MissedRule::Tell => Self::Tell,
        }
    }
}

impl From<MissedRuleView> for MissedRule {
    fn from(rule: MissedRuleView) -> Self {
        match rule {
            MissedRuleView::Publish => Self::Publish,
            MissedRuleView::NextSlot => Self::NextSlot,
            MissedRuleView::Tell => Self::Tell,
        }
    }
}

/// How a site's articles are written there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum BodyFormView {
    /// As blocks, each of which the block editor opens by itself.
    Blocks,
    /// As one text, for the classic editor.
    Classic,
}

impl From<BodyForm> for BodyFormView {
    fn from(form: BodyForm) -> Self {
        match form {
            BodyForm::Blocks => Self::Blocks,
            BodyForm::Classic => Self::Classic,
        }
    }
}

impl From<BodyFormView> for BodyForm {
    fn from(form: BodyFormView) -> Self {
        match form {
            BodyFormView::Blocks => Self::Blocks,
            BodyFormView::Classic => Self::Classic,
        }
    }
}

/// A site that was removed and can be brought back.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RemovedSite {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Where its articles went.
    pub kind: SiteKind,
    /// When it was removed.
    pub removed_at: String,
    /// The next start takes it away for good, as it does with a sample; any other stays.
    pub goes_at_next_start: bool,
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
    /// How its articles are written there; of a folder it means nothing.
    pub body_form: BodyFormView,
    /// Articles written from now on begin with a table of contents.
    pub has_contents: bool,
    /// Its work that was interrupted goes on at the next start without being asked.
    pub goes_on_by_itself: bool,
    /// Who publishes what is due there.
    pub hand_over: HandOverView,
    /// What is done about what was missed there.
    pub missed_rule: MissedRuleView,
    /// It is trusted by a certificate authority of its own beside the system's.
    pub has_authority: bool,
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
    /// The address its REST interface answers at.
    pub api_url: String,
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
    /// Its zone, or an offset such as `+05:30`; empty where it did not say.
    pub timezone: String,
    /// How its clocks go beside those of the zone that the site has here.
    pub clock: SiteClockView,
    /// Kinds of posts that have pages of their own.
    pub post_types: Vec<NamedView>,
    /// Taxonomies of those.
    pub taxonomies: Vec<NamedView>,
    /// Users who may be named as an author, the first hundred.
    pub authors: Vec<NamedView>,
    /// Names of its plugins that write titles and descriptions for search results.
    pub seo_plugins: Vec<String>,
    /// How those can be written, for each kind of post that articles become.
    pub seo_paths: Vec<SeoPathView>,
}

/// How the clocks of a site go beside ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum SiteClockView {
    /// It did not say.
    Unknown,
    /// As ours do.
    Same,
    /// By another zone.
    Other,
    /// By an offset that nobody moves in spring and autumn.
    Fixed,
}

/// Something of a site that has a name.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct NamedView {
    /// What the site knows it by.
    pub id: String,
    /// What people know it by.
    pub name: String,
}

/// How title and description for search results reach one kind of post.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SeoPathView {
    /// Id of the kind of post.
    pub post_type: String,
    /// The way.
    pub way: SeoWayView,
}

/// A way to write title and description for search results.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum SeoWayView {
    /// Fields of Yoast.
    YoastFields,
    /// Fields of SEOPress.
    SeoPressFields,
    /// Fields of The SEO Framework.
    FrameworkFields,
    /// An address of Rank Math's own.
    RankMath,
    /// Only the excerpt, as the description.
    Excerpt,
}

/// What is looked at in a site's connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum SiteCheckKind {
    /// The folder.
    Folder,
    /// The name leads to a computer.
    Name,
    /// It answers, over a connection that can be trusted.
    Connection,
    /// It is a WordPress at work.
    Site,
    /// It has a REST interface.
    Interface,
    /// The interface answers with data and nothing beside it.
    Data,
    /// It accepts our name and password.
    SignIn,
    /// We may do there what publishing needs.
    Rights,
    /// It answers in good time.
    Speed,
}

/// How one check ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum SiteCheckOutcome {
    /// As it should be.
    Passed,
    /// It works, and is better mended.
    Warned,
    /// This is in the way.
    Failed,
    /// It could not be looked at, because of what failed before.
    Skipped,
}

/// One check of a site's connection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SiteCheck {
    /// What was looked at.
    pub check: SiteCheckKind,
    /// How it ended.
    pub outcome: SiteCheckOutcome,
    /// What is wrong, a code as in [`crate::Fault::Site`]; empty where nothing is.
    pub failure: String,
    /// A fact beside it: an address, a status, a role, a time; empty where there is none.
    pub note: String,
}

/// What was found by looking closely at a site's connection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SiteDiagnosis {
    /// Host name or folder.
    pub host: String,
    /// Nothing is in the way of publishing.
    pub is_well: bool,
    /// Each check in order.
    pub checks: Vec<SiteCheck>,
}

/// Where a person lets us in to a site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SiteConsent {
    /// The site's own address.
    pub url: String,
    /// Its name; empty when it does not say.
    pub name: String,
    /// The page to open in the browser, which shows the new application password to who agrees.
    pub page: String,
}

/// How a site was disconnected. Its password is forgotten here in any case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SiteDisconnected {
    /// Host name.
    pub host: String,
    /// The site took the password back, so that it is of no use to anybody.
    pub is_revoked: bool,
    /// Why it did not, a code as in [`crate::Fault::Site`]; empty where it did.
    pub failure: String,
    /// What the site said beside that; empty where nothing.
    pub note: String,
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
    /// How its articles are written there; of a folder it means nothing.
    pub body_form: BodyFormView,
    /// Articles written from now on begin with a table of contents.
    pub has_contents: bool,
    /// Its work that was interrupted goes on at the next start without being asked.
    pub goes_on_by_itself: bool,
    /// Sector names to make with a new site; ignored for an existing one.
    #[serde(default)]
    pub sectors: Vec<String>,
}
