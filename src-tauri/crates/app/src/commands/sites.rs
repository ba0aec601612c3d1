//! Sites and sectors. A password goes into the vault and never comes back; the row only knows that there is one.

use crate::destinations::site_secret;
use crate::dto::site::{RemovedSite, SiteConsent, SiteDiagnosis, SiteDisconnected, SiteDraft, SiteKind, SiteView};
use crate::folder_site;
use crate::view;
use crate::view::list::{id, invalid};
use crate::{Fault, Igny8};
use igny8_core::function::input::IN_ARTICLE_IMAGES_MAX;
use igny8_core::function::output::{TITLE_CHARS_MAX, clean_line};
use igny8_core::id::{SectorId, SiteId};
use igny8_core::status::DestinationKind;
use igny8_engine::EngineError;
use igny8_store::StoreError;
use igny8_store::table::site::{NewSite, SiteFields};
use igny8_wordpress::{Authorities, Consent, Options};
use secrecy::SecretString;
use std::path::{Component, Path, PathBuf};

/// Longest address or path, in bytes.
const URL_BYTES_MAX: usize = 2_000;
/// How much of a file of authorities is read: past what may be kept, so that a longer one is refused and not cut.
const AUTHORITY_BYTES_MAX: u64 = 65_537;
/// Most sectors made with a new site.
const SECTORS_MAX: usize = 50;

/// Every site, by name.
///
/// # Errors
/// When the database cannot be read.
pub async fn sites(app: &Igny8) -> Result<Vec<SiteView>, Fault> {
    let folder = app.folder().clone();
    let sites = app
        .engine
        .store()
        .read(move |r| {
            let sites = r.sites()?.into_iter().map(|site| {
                let (sectors, completion) = (r.sectors(site.id)?, r.completion(site.id, None)?);
                Ok(view::site::site(site, sectors, &completion, &folder))
            });
            sites.collect::<Result<Vec<_>, StoreError>>()
        })
        .await?;
    Ok(sites)
}

/// The sites that were removed and can be brought back, the last removed first.
///
/// # Errors
/// When the database cannot be read.
pub async fn removed_sites(app: &Igny8) -> Result<Vec<RemovedSite>, Fault> {
    let removed = app.engine.store().read(|r| r.removed_sites()).await?;
    Ok(removed.into_iter().map(view::site::removed).collect())
}

/// Adds a site with its sectors; a password goes to the vault. Until the vault has it, the site is out of sight, so
/// that the end of the process leaves no half a site, and a refusal leaves nothing.
///
/// # Errors
/// [`Fault::InvalidField`], also for the name of another site, a name of digits alone, a sector that is named twice and a
/// folder that cannot be written; [`Fault::SecretStore`] when the password could not be kept. There is no site then.
pub async fn site_add(app: &Igny8, draft: SiteDraft) -> Result<String, Fault> {
    let kind: DestinationKind = draft.kind.into();
    let fields = fields(&draft, kind)?;
    check_name(&fields.name)?;
    check_folder(kind, &fields.url).await?;
    let mut sectors: Vec<String> = draft.sectors.iter().map(|name| clean_line(name, TITLE_CHARS_MAX)).collect();
    sectors.retain(|name| !name.is_empty());
    sectors.truncate(SECTORS_MAX);
    check_sectors(&sectors)?;
    if sectors.is_empty() {
        sectors.push("General".to_owned());
    }
    let (now, new) = (app.engine.clock().now(), NewSite { kind, is_sample: false, fields });
    let password = password(draft.password);
    let is_kept_first = password.is_some();
    let site = app
        .engine
        .store()
        .write(move |w| {
            let site = w.site_add(&new, now)?;
            for name in &sectors {
                w.sector_add(site, name, now)?;
            }
            if is_kept_first {
                w.site_hide(site, now)?;
            }
            Ok::<_, StoreError>(site)
        })
        .await?;
    if let Some(password) = password {
        if let Err(fault) = app.vault.set(&site_secret(site), password).await {
            app.engine.store().write(move |w| w.site_forget(site)).await?;
            return Err(fault.into());
        }
        let shown = app.engine.store().write(move |w| {
            w.site_show(site)?;
            w.site_set_secret(site, true, now)
        });
        shown.await?;
    }
    Ok(site.to_string())
}

/// Changes a site's fields. An absent password leaves the stored one, unless the site moves to another host: a password
/// is for the host it was given for, so it is forgotten before anything is sent elsewhere.
///
/// # Errors
/// As [`site_add`]; [`Fault::NotFound`]. When the vault refuses the password, nothing else is changed either.
pub async fn site_update(app: &Igny8, site: &str, draft: SiteDraft) -> Result<(), Fault> {
    let site: SiteId = id(site, "id")?;
    let older = app.engine.store().read(move |r| r.site(site)).await.map_err(no_site)?;
    let fields = fields(&draft, older.kind)?;
    // One that was given before this was refused stays.
    if fields.name != older.name {
        check_name(&fields.name)?;
    }
    if fields.url != older.url {
        check_folder(older.kind, &fields.url).await?;
    }
    let moves = older.has_secret && !igny8_wordpress::same_place(&older.url, &fields.url);
    let (now, password) = (app.engine.clock().now(), password(draft.password));
    let has_new = password.is_some();
    let (name, is_rezoned) = (fields.name.clone(), fields.zone != older.zone);
    if app.engine.store().read(move |r| r.is_site_name_taken(&name, Some(site))).await? {
        return Err(invalid("name", "taken"));
    }
    match password {
        Some(password) => app.vault.set(&site_secret(site), password).await?,
        None if moves => app.vault.forget(&site_secret(site)).await?,
        None => {}
    }
    let changed = app.engine.store().write(move |w| {
        w.site_update(site, &fields, now)?;
        if has_new || moves { w.site_set_secret(site, has_new, now) } else { Ok(()) }
    });
    changed.await.map_err(no_site)?;
    if is_rezoned {
        app.engine.rezoned(site, &older.zone).await?;
    }
    if has_new {
        app.engine.retry_locked_out(site).await?;
    }
    Ok(())
}

/// Keeps a new application password for a site. What was parked because nobody was let in there is tried again by itself.
///
/// # Errors
/// [`Fault::InvalidField`] for an empty one, and for a folder; [`Fault::NotFound`]; [`Fault::SecretStore`], then the old one
/// stays.
pub async fn site_password(app: &Igny8, site: &str, text: String) -> Result<(), Fault> {
    let site: SiteId = id(site, "id")?;
    let password = password(Some(text)).ok_or_else(|| invalid("password", "required"))?;
    check_connects(app.engine.store().read(move |r| r.site(site)).await.map_err(no_site)?.kind.into())?;
    app.vault.set(&site_secret(site), password).await?;
    let now = app.engine.clock().now();
    app.engine.store().write(move |w| w.site_set_secret(site, true, now)).await.map_err(no_site)?;
    app.engine.retry_locked_out(site).await?;
    Ok(())
}

/// Removes a site from every list; its rows and its password stay for [`site_restore`]. Work of its that was interrupted is
/// given up.
///
/// # Errors
/// [`Fault::NotFound`].
pub async fn site_remove(app: &Igny8, site: &str) -> Result<(), Fault> {
    Ok(app.engine.remove_site(id::<SiteId>(site, "id")?).await?)
}

/// Brings a removed site back.
///
/// # Errors
/// [`Fault::NotFound`]; [`Fault::InvalidField`] when another site has its name by now.
pub async fn site_restore(app: &Igny8, site: &str) -> Result<(), Fault> {
    let site: SiteId = id(site, "id")?;
    app.engine.restore_site(site).await.map_err(no_site)
}

/// Asks the site who we are there and what we may do, and keeps the answer with the site.
///
/// # Errors
/// [`Fault::Site`] with the reason, which is kept with the site as well.
pub async fn site_test(app: &Igny8, site: &str) -> Result<(), Fault> {
    let site: SiteId = id(site, "id")?;
    app.engine.test_site(site).await?;
    Ok(())
}

/// Looks closely at a site's connection: what is in the way, and what is well. What came of it is kept with the site, as
/// by [`site_test`].
///
/// # Errors
/// [`Fault::NotFound`]; what is wrong with the site is the answer and no error.
pub async fn site_doctor(app: &Igny8, site: &str) -> Result<SiteDiagnosis, Fault> {
    let (host, diagnosis) = app.engine.examine_site(id::<SiteId>(site, "id")?).await?;
    Ok(view::site::diagnosis(host, diagnosis))
}

/// Finds the site at an address, as a person types it, and the page where it asks them whether Igny8 may sign in. Nothing
/// is stored. One that is here already, `site`, is trusted by the authorities it has; any by those in a file, `authority`.
///
/// # Errors
/// [`Fault::InvalidField`]; [`Fault::NotFound`] for an unknown site; [`Fault::Site`] with the reason.
pub async fn site_consent(
    app: &Igny8,
    url: &str,
    site: Option<&str>,
    authority: Option<&str>,
) -> Result<SiteConsent, Fault> {
    let typed = address(url.trim(), DestinationKind::WordPress)?;
    let own = match site {
        Some(site) => {
            let site: SiteId = id(site, "siteId")?;
            let row = app.engine.store().read(move |r| r.site(site)).await.map_err(no_site)?;
            // At another place it is another site's, as its password is.
            if igny8_wordpress::same_place(&row.url, &typed) { row.authority } else { String::new() }
        }
        None => String::new(),
    };
    let pem = authority.map(read_authority).transpose()?.unwrap_or(own);
    let authorities = Authorities::from_pem(&pem).map_err(|_| invalid("authority", "certificate"))?;
    let now = app.engine.clock().now();
    let found = igny8_wordpress::consent(&typed, now, Options { authorities, ..Options::default() }).await;
    let Consent { site, page } = found.map_err(|error| {
        let host = url::Url::parse(&typed).ok().and_then(|url| url.host_str().map(str::to_owned)).unwrap_or(typed);
        Fault::from(EngineError::Site { host, error })
    })?;
    Ok(SiteConsent { url: site.home_url, name: site.name, page })
}

/// Takes a site's password back at the site, then forgets it here, which is done also where the site cannot be asked.
///
/// # Errors
/// [`Fault::NotFound`]; [`Fault::InvalidField`] for a folder; [`Fault::SecretStore`] when it could not be forgotten here.
pub async fn site_disconnect(app: &Igny8, site: &str) -> Result<SiteDisconnected, Fault> {
    let site: SiteId = id(site, "id")?;
    let row = app.engine.store().read(move |r| r.site(site)).await.map_err(no_site)?;
    check_connects(row.kind.into())?;
    let disconnected = match app.engine.sign_out(site).await {
        Ok(host) => SiteDisconnected { host, is_revoked: true, failure: String::new(), note: String::new() },
        Err(EngineError::Site { host, error }) => {
            SiteDisconnected { host, is_revoked: false, failure: error.code().to_owned(), note: error.note() }
        }
        Err(error) => return Err(error.into()),
    };
    app.lent.forget(site);
    if row.has_secret {
        app.vault.forget(&site_secret(site)).await?;
    }
    let now = app.engine.clock().now();
    app.engine.store().write(move |w| w.site_set_secret(site, false, now)).await.map_err(no_site)?;
    Ok(disconnected)
}

/// Trusts a site by the certificate authorities in a file beside the system's, or by the system's alone again. Everything
/// else about its certificate stays checked.
///
/// # Errors
/// [`Fault::InvalidField`] for a file that has no certificates, and for a folder; [`Fault::NotFound`].
pub async fn site_authority(app: &Igny8, site: &str, path: Option<&str>) -> Result<(), Fault> {
    let site: SiteId = id(site, "id")?;
    check_connects(app.engine.store().read(move |r| r.site(site)).await.map_err(no_site)?.kind.into())?;
    let pem = path.map(read_authority).transpose()?.unwrap_or_default();
    let now = app.engine.clock().now();
    app.engine.store().write(move |w| w.site_set_authority(site, &pem, now)).await.map_err(no_site)
}

/// The certificates of a file.
fn read_authority(path: &str) -> Result<String, Fault> {
    let file = std::fs::File::open(path).map_err(|_| invalid("authority", "unreadable"))?;
    let mut pem = String::new();
    let read = std::io::Read::read_to_string(&mut std::io::Read::take(file, AUTHORITY_BYTES_MAX), &mut pem);
    read.map_err(|_| invalid("authority", "certificate"))?;
    if pem.is_empty() || Authorities::from_pem(&pem).is_err() {
        return Err(invalid("authority", "certificate"));
    }
    Ok(pem)
}

/// Refuses what is about a connection for a site that has none.
///
/// # Errors
/// [`Fault::InvalidField`] for a folder.
pub fn check_connects(kind: SiteKind) -> Result<(), Fault> {
    match kind {
        SiteKind::Wordpress => Ok(()),
        SiteKind::Folder => Err(invalid("site", "not_connected")),
    }
}

/// Adds a sector.
///
/// # Errors
/// [`Fault::InvalidField`] for an empty or taken name.
pub async fn sector_add(app: &Igny8, site: &str, name: &str) -> Result<String, Fault> {
    let (site, name, now) = (id::<SiteId>(site, "siteId")?, sector_name(name)?, app.engine.clock().now());
    let sector = app
        .engine
        .store()
        .write(move |w| {
            w.site(site)?;
            w.sector_add(site, &name, now)
        })
        .await?;
    Ok(sector.to_string())
}

/// Renames a sector.
///
/// # Errors
/// As [`sector_add`].
pub async fn sector_rename(app: &Igny8, sector: &str, name: &str) -> Result<(), Fault> {
    let (sector, name) = (id::<SectorId>(sector, "id")?, sector_name(name)?);
    Ok(app.engine.store().write(move |w| w.sector_rename(sector, &name)).await?)
}

/// Removes a sector that holds nothing any more.
///
/// # Errors
/// [`Fault::WrongState`] while it has keywords.
pub async fn sector_remove(app: &Igny8, sector: &str) -> Result<(), Fault> {
    let (sector, now) = (id::<SectorId>(sector, "id")?, app.engine.clock().now());
    let removed = app.engine.store().write(move |w| w.sector_remove(sector, now)).await;
    removed.map_err(|error| match error {
        StoreError::Conflict(_) => Fault::WrongState { what: "sector".to_owned() },
        other => other.into(),
    })
}

/// Brings a removed sector back.
///
/// # Errors
/// [`Fault::NotFound`]; [`Fault::InvalidField`] when its name was taken meanwhile.
pub async fn sector_restore(app: &Igny8, sector: &str) -> Result<(), Fault> {
    let sector: SectorId = id(sector, "id")?;
    Ok(app.engine.store().write(move |w| w.sector_restore(sector)).await?)
}

fn no_site(error: StoreError) -> Fault {
    match error {
        StoreError::NotFound => Fault::NotFound { what: "site".to_owned() },
        other => other.into(),
    }
}

fn sector_name(name: &str) -> Result<String, Fault> {
    let name = clean_line(name, TITLE_CHARS_MAX);
    if name.is_empty() { Err(invalid("name", "required")) } else { Ok(name) }
}

/// Refuses digits alone: where a site is named by its name or its id, they would be taken for an id.
fn check_name(name: &str) -> Result<(), Fault> {
    if name.bytes().all(|byte| byte.is_ascii_digit()) { Err(invalid("name", "digits")) } else { Ok(()) }
}

/// Refuses names of sectors that the site's table would take for the same.
fn check_sectors(names: &[String]) -> Result<(), Fault> {
    let is_twice = |(at, name): (usize, &String)| names.iter().take(at).any(|other| other.eq_ignore_ascii_case(name));
    if names.iter().enumerate().any(is_twice) { Err(invalid("sectors", "taken")) } else { Ok(()) }
}

/// A password that was given; nothing but blanks is none.
fn password(text: Option<String>) -> Option<SecretString> {
    text.filter(|text| !text.trim().is_empty()).map(SecretString::from)
}

/// Whether a path begins at the root, leads below it, and takes no step back.
fn is_whole_path(path: &Path) -> bool {
    let mut parts = path.components();
    path.is_absolute() && parts.clone().any(is_name) && !parts.any(|part| matches!(part, Component::ParentDir))
}

const fn is_name(part: Component<'_>) -> bool {
    matches!(part, Component::Normal(_))
}

/// Refuses a folder that no article can be written to: a file, what belongs to somebody else, what the system makes up.
async fn check_folder(kind: DestinationKind, url: &str) -> Result<(), Fault> {
    if kind != DestinationKind::Folder || url.is_empty() {
        return Ok(());
    }
    let path = PathBuf::from(url);
    let is_writable = tokio::task::spawn_blocking(move || folder_site::is_writable(&path)).await;
    if is_writable.unwrap_or(false) { Ok(()) } else { Err(invalid("url", "unwritable")) }
}

/// An address of a site, which may be any of its pages and lack its scheme, or a folder's path.
fn address(url: &str, kind: DestinationKind) -> Result<String, Fault> {
    if url.len() > URL_BYTES_MAX {
        return Err(invalid("url", "too_long"));
    }
    match kind {
        DestinationKind::WordPress if url.is_empty() => Err(invalid("url", "required")),
        DestinationKind::WordPress => {
            let whole = if url.contains("://") { url.to_owned() } else { format!("https://{url}") };
            let parsed = url::Url::parse(&whole).map_err(|_| invalid("url", "format"))?;
            if !["http", "https"].contains(&parsed.scheme()) || parsed.host_str().is_none() {
                return Err(invalid("url", "format"));
            }
            // It would be stored readable, and shown wherever the address is.
            if !parsed.username().is_empty() || parsed.password().is_some() {
                return Err(invalid("url", "credentials"));
            }
            Ok(whole)
        }
        // Nothing stands for a folder of its own in the data folder.
        DestinationKind::Folder if !url.is_empty() && !is_whole_path(Path::new(url)) => Err(invalid("url", "format")),
        DestinationKind::Folder => Ok(url.to_owned()),
    }
}

fn fields(draft: &SiteDraft, kind: DestinationKind) -> Result<SiteFields, Fault> {
    let name = clean_line(&draft.name, TITLE_CHARS_MAX);
    if name.is_empty() {
        return Err(invalid("name", "required"));
    }
    let url = address(draft.url.trim(), kind)?;
    let color = draft.brand_color.trim().to_lowercase();
    let is_color = color.len() == 7 && color.starts_with('#') && color.bytes().skip(1).all(|b| b.is_ascii_hexdigit());
    if !is_color {
        return Err(invalid("brandColor", "format"));
    }
    if !igny8_core::time::is_zone(&draft.zone) {
        return Err(invalid("zone", "unknown"));
    }
    let language = draft.language.trim();
    if language.is_empty() {
        return Err(invalid("language", "required"));
    }
    if !igny8_core::language::is_language(language) {
        return Err(invalid("language", "format"));
    }
    if draft.in_article_images > IN_ARTICLE_IMAGES_MAX {
        return Err(invalid("inArticleImages", "range"));
    }
    Ok(SiteFields {
        name,
        url,
        user_name: clean_line(&draft.user_name, TITLE_CHARS_MAX),
        language: language.to_owned(),
        zone: draft.zone.clone(),
        brand_color: color,
        in_article_images: draft.in_article_images,
        image_format: draft.image_format.into(),
        body_form: draft.body_form.into(),
        has_contents: draft.has_contents,
        goes_on_by_itself: draft.goes_on_by_itself,
    })
}
