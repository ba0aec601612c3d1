//! Sites and sectors. A password goes into the vault and never comes back; the row only knows that there is one.

use crate::destinations::site_secret;
use crate::dto::site::{SiteDraft, SiteView};
use crate::view;
use crate::view::list::{id, invalid};
use crate::{Fault, Igny8};
use igny8_core::function::input::IN_ARTICLE_IMAGES_MAX;
use igny8_core::function::output::{TITLE_CHARS_MAX, clean_line};
use igny8_core::id::{SectorId, SiteId};
use igny8_core::status::DestinationKind;
use igny8_store::StoreError;
use igny8_store::table::site::{NewSite, SiteFields};
use secrecy::SecretString;

/// Longest address or path, in bytes.
const URL_BYTES_MAX: usize = 2_000;
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

/// Adds a site with its sectors; a password goes to the vault. Until the vault has it, the site is out of sight like a
/// removed one, so that neither a refusal nor the end of the process leaves half a site.
///
/// # Errors
/// [`Fault::InvalidField`], also for the name of another site; [`Fault::SecretStore`] when the password could not be
/// kept. There is no site then.
pub async fn site_add(app: &Igny8, draft: SiteDraft) -> Result<String, Fault> {
    let kind: DestinationKind = draft.kind.into();
    let fields = fields(&draft, kind)?;
    let mut sectors: Vec<String> = draft.sectors.iter().map(|name| clean_line(name, TITLE_CHARS_MAX)).collect();
    sectors.retain(|name| !name.is_empty());
    sectors.truncate(SECTORS_MAX);
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
                w.site_remove(site, now)?;
            }
            Ok::<_, StoreError>(site)
        })
        .await?;
    if let Some(password) = password {
        app.vault.set(&site_secret(site), password).await?;
        let shown = app.engine.store().write(move |w| {
            w.site_restore(site)?;
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
    let moves = older.has_secret && host(&older.url) != host(&fields.url);
    let (now, password) = (app.engine.clock().now(), password(draft.password));
    let has_new = password.is_some();
    let name = fields.name.clone();
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
    changed.await.map_err(no_site)
}

/// Keeps a new application password for a site.
///
/// # Errors
/// [`Fault::InvalidField`] for an empty one; [`Fault::NotFound`]; [`Fault::SecretStore`], then the old one stays.
pub async fn site_password(app: &Igny8, site: &str, text: String) -> Result<(), Fault> {
    let site: SiteId = id(site, "id")?;
    let password = password(Some(text)).ok_or_else(|| invalid("password", "required"))?;
    app.engine.store().read(move |r| r.site(site)).await.map_err(no_site)?;
    app.vault.set(&site_secret(site), password).await?;
    let now = app.engine.clock().now();
    app.engine.store().write(move |w| w.site_set_secret(site, true, now)).await.map_err(no_site)
}

/// Removes a site from every list; its rows and its password stay for [`site_restore`].
///
/// # Errors
/// [`Fault::NotFound`].
pub async fn site_remove(app: &Igny8, site: &str) -> Result<(), Fault> {
    let (site, now) = (id::<SiteId>(site, "id")?, app.engine.clock().now());
    app.engine.store().write(move |w| w.site_remove(site, now)).await.map_err(no_site)
}

/// Brings a removed site back.
///
/// # Errors
/// [`Fault::NotFound`]; [`Fault::InvalidField`] when another site has its name by now.
pub async fn site_restore(app: &Igny8, site: &str) -> Result<(), Fault> {
    let site: SiteId = id(site, "id")?;
    app.engine.store().write(move |w| w.site_restore(site)).await.map_err(no_site)
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

/// A password that was given; nothing but blanks is none.
/// Whom a password is sent to: scheme, host and port. Nobody, for what is no address.
fn host(address: &str) -> Option<url::Origin> {
    with_scheme(address).map(|url| url.origin())
}

/// An address as a person types it; the secure scheme goes without saying.
fn with_scheme(address: &str) -> Option<url::Url> {
    let address = if address.contains("://") { address.to_owned() } else { format!("https://{address}") };
    url::Url::parse(&address).ok()
}

fn password(text: Option<String>) -> Option<SecretString> {
    text.filter(|text| !text.trim().is_empty()).map(SecretString::from)
}

fn fields(draft: &SiteDraft, kind: DestinationKind) -> Result<SiteFields, Fault> {
    let name = clean_line(&draft.name, TITLE_CHARS_MAX);
    if name.is_empty() {
        return Err(invalid("name", "required"));
    }
    let url = draft.url.trim();
    if url.len() > URL_BYTES_MAX {
        return Err(invalid("url", "too_long"));
    }
    match kind {
        DestinationKind::WordPress => {
            if url.is_empty() {
                return Err(invalid("url", "required"));
            }
            let parsed = with_scheme(url).ok_or_else(|| invalid("url", "format"))?;
            if !["http", "https"].contains(&parsed.scheme()) || parsed.host_str().is_none() {
                return Err(invalid("url", "format"));
            }
            // It would be stored readable, and shown wherever the address is.
            if !parsed.username().is_empty() || parsed.password().is_some() {
                return Err(invalid("url", "credentials"));
            }
        }
        DestinationKind::Folder => {
            if !url.is_empty() && !std::path::Path::new(url).is_absolute() {
                return Err(invalid("url", "format"));
            }
        }
    }
    let color = draft.brand_color.trim().to_lowercase();
    let is_color = color.len() == 7 && color.starts_with('#') && color.bytes().skip(1).all(|b| b.is_ascii_hexdigit());
    if !is_color {
        return Err(invalid("brandColor", "format"));
    }
    if !igny8_core::time::is_zone(&draft.zone) {
        return Err(invalid("zone", "unknown"));
    }
    let language = draft.language.trim();
    if language.is_empty() || language.len() > 35 || !language.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
        return Err(invalid("language", "format"));
    }
    if draft.in_article_images > IN_ARTICLE_IMAGES_MAX {
        return Err(invalid("inArticleImages", "range"));
    }
    Ok(SiteFields {
        name,
        url: url.to_owned(),
        user_name: clean_line(&draft.user_name, TITLE_CHARS_MAX),
        language: language.to_owned(),
        zone: draft.zone.clone(),
        brand_color: color,
        in_article_images: draft.in_article_images,
        image_format: draft.image_format.into(),
    })
}
