//! Sites and keyword files.

use crate::args::{KeywordsCommand, Kind, PictureFormatArg, SiteChanges, SiteCommand};
use crate::failure::Failure;
use crate::output::{Output, table, warn};
use crate::secret;
use igny8_app::commands::{headless, planner, sites};
use igny8_app::dto::planner::ImportSummary;
use igny8_app::dto::site::{PictureFormat, SiteDraft, SiteKind, SiteView};
use igny8_app::{Fault, Igny8};
use serde_json::json;
use std::path::{Path, PathBuf};

/// `site …`.
pub async fn site(app: &Igny8, command: SiteCommand, out: Output) -> Result<(), Failure> {
    match command {
        SiteCommand::Add { name, url, kind, user, sectors, language, zone, color, images, image_format } => {
            let kind = match kind {
                Kind::Wordpress => SiteKind::Wordpress,
                Kind::Folder => SiteKind::Folder,
            };
            let password = if kind == SiteKind::Wordpress { secret::from_stdin()? } else { None };
            if kind == SiteKind::Folder && secret::is_piped_in() {
                warn("A folder needs no password: what came on standard input was not kept.");
            }
            if password.is_some() {
                headless::need_keyring(app).await?;
            }
            let draft = SiteDraft {
                name,
                kind,
                url,
                user_name: user,
                password,
                language,
                zone,
                brand_color: color,
                in_article_images: images,
                image_format: format_of(image_format),
                sectors,
            };
            let id = sites::site_add(app, draft).await?;
            out.object(&json!({ "id": id }), |_| format!("Site {id} added."))
        }
        SiteCommand::List => list(app, out).await,
        SiteCommand::Edit { site, changes } => edit(app, &site, changes, out).await,
        SiteCommand::Password { site } => {
            let id = find(app, &site).await?.id;
            headless::need_keyring(app).await?;
            sites::site_password(app, &id, secret::required()?).await?;
            out.object(&json!({ "site": id }), |_| format!("The password of site {id} is kept."))
        }
        SiteCommand::Test { site, password_stdin } => {
            let id = find(app, &site).await?.id;
            if password_stdin {
                headless::lend_password(app, &id, secret::required()?)?;
            }
            sites::site_test(app, &id).await?;
            let tested = find(app, &id).await?;
            out.object(&json!({ "site": id, "probe": tested.probe }), |_| connected(&tested))
        }
        SiteCommand::Remove { site } => {
            let id = find(app, &site).await?.id;
            sites::site_remove(app, &id).await?;
            out.object(&json!({ "removed": id }), |_| format!("Site {id} removed. 'site restore {id}' brings it back."))
        }
        SiteCommand::Restore { id } => {
            sites::site_restore(app, &id).await?;
            out.object(&json!({ "restored": id }), |_| format!("Site {id} is back."))
        }
    }
}

/// What a test that went through has shown.
fn connected(site: &SiteView) -> String {
    match (&site.folder, &site.probe) {
        (Some(folder), _) => format!("The folder {folder} can be written."),
        (None, Some(probe)) => format!("Connected as {} ({}).", probe.user_name, probe.roles.join(", ")),
        (None, None) => "Connected.".to_owned(),
    }
}

/// `site edit`: what is not named stays as it is.
async fn edit(app: &Igny8, site: &str, changes: SiteChanges, out: Output) -> Result<(), Failure> {
    let site = find(app, site).await?;
    let draft = SiteDraft {
        name: changes.name.unwrap_or(site.name),
        kind: site.kind,
        url: changes.url.unwrap_or(site.url),
        user_name: changes.user.unwrap_or(site.user_name),
        password: None,
        language: changes.language.unwrap_or(site.language),
        zone: changes.zone.unwrap_or(site.zone),
        brand_color: changes.color.unwrap_or(site.brand_color),
        in_article_images: changes.images.unwrap_or(site.in_article_images),
        image_format: changes.image_format.map_or(site.image_format, format_of),
        sectors: Vec::new(),
    };
    sites::site_update(app, &site.id, draft).await?;
    if site.has_secret && !find(app, &site.id).await?.has_secret {
        warn(&format!(
            "The password was for the other address and is forgotten. Give the new one with 'site password {}'.",
            site.id
        ));
    }
    out.object(&json!({ "site": site.id }), |_| format!("Site {} changed.", site.id))
}

fn format_of(format: PictureFormatArg) -> PictureFormat {
    match format {
        PictureFormatArg::Png => PictureFormat::Png,
        PictureFormatArg::Webp => PictureFormat::Webp,
    }
}

/// The site that `text` names, by id or by name.
pub async fn find(app: &Igny8, text: &str) -> Result<SiteView, Fault> {
    let all = sites::sites(app).await?;
    let by_id = all.iter().position(|site| site.id == text);
    let by_name = || all.iter().position(|site| site.name.eq_ignore_ascii_case(text));
    let found = by_id.or_else(by_name).and_then(|at| all.get(at).cloned());
    found.ok_or_else(|| Fault::NotFound { what: "site".to_owned() })
}

/// `keywords …`.
pub async fn keywords(app: &Igny8, command: KeywordsCommand, out: Output) -> Result<(), Failure> {
    let KeywordsCommand::Import { files, site, sector, dry_run } = command;
    let site = find(app, &site).await?;
    if dry_run {
        return preview(app, &files, out).await;
    }
    let sector = match (&sector, site.sectors.as_slice()) {
        (Some(name), _) => super::sectors::of(&site, name)?,
        (None, [only]) => only,
        (None, _) => {
            return Err(Fault::InvalidField { field: "sector".to_owned(), rule: "required".to_owned() }.into());
        }
    };
    let (imported, failure) = import(app, &files, &site.id, &sector.id).await;
    if !imported.is_empty() {
        report(&imported, out)?;
    }
    failure.map_or(Ok(()), Err)
}

/// Imports the files one after the other, once all of them are known to be readable. What was imported before one fails
/// all the same, on a full disk say, stays and is reported.
async fn import(
    app: &Igny8,
    files: &[PathBuf],
    site: &str,
    sector: &str,
) -> (Vec<(String, ImportSummary)>, Option<Failure>) {
    let mut imported: Vec<(String, ImportSummary)> = Vec::new();
    let is_single = files.len() == 1;
    let failed = |file: &Path, fault: Fault, imported: &[(String, ImportSummary)]| {
        if is_single {
            return Some(fault.into());
        }
        let kept = imported.iter().map(|(file, _)| file.clone()).collect();
        Some(Failure::AtFile { file: file.display().to_string(), fault: Box::new(fault), kept })
    };
    for file in files.iter().filter(|_| !is_single) {
        if let Err(fault) = headless::keyword_file_check(app, file).await {
            return (Vec::new(), failed(file, fault, &[]));
        }
    }
    for file in files {
        let path = file.to_string_lossy();
        match planner::keywords_import(app, &path, site, sector).await {
            Ok(summary) => imported.push((path.into_owned(), summary)),
            Err(fault) => {
                let failure = failed(file, fault, &imported);
                return (imported, failure);
            }
        }
    }
    (imported, None)
}

fn report(imported: &[(String, ImportSummary)], out: Output) -> Result<(), Failure> {
    let listed: Vec<_> = imported.iter().map(|(file, summary)| json!({ "file": file, "summary": summary })).collect();
    out.object(&json!({ "imported": listed }), |_| {
        let mut rows = vec![["File", "Added", "Updated", "Joined", "Ignored"].map(str::to_owned).to_vec()];
        rows.extend(imported.iter().map(|(file, s)| {
            vec![file.clone(), s.added.to_string(), s.updated.to_string(), s.joined.to_string(), s.ignored.to_string()]
        }));
        table(&rows)
    })
}

async fn preview(app: &Igny8, files: &[PathBuf], out: Output) -> Result<(), Failure> {
    let mut previews = Vec::new();
    for file in files {
        previews.push(planner::keyword_file_preview(app, &file.to_string_lossy()).await?);
    }
    out.object(&json!({ "files": previews }), |_| {
        let mut rows = vec![["File", "Kind", "Keywords", "Columns"].map(str::to_owned).to_vec()];
        rows.extend(previews.iter().map(|p| {
            let columns: Vec<&str> = p.columns.iter().map(|c| c.header.as_str()).collect();
            vec![p.file_name.clone(), p.kind.clone(), p.keyword_count.to_string(), columns.join(", ")]
        }));
        table(&rows)
    })
}

async fn list(app: &Igny8, out: Output) -> Result<(), Failure> {
    let all = sites::sites(app).await?;
    let listed: Vec<_> = all.iter().map(|site| json!({ "id": site.id, "name": site.name, "url": site.url })).collect();
    out.object(&json!({ "sites": listed }), |_| {
        let mut rows = vec![["Id", "Name", "Address", "Keywords", "Published"].map(str::to_owned).to_vec()];
        rows.extend(all.iter().map(|site| {
            let counts = (site.keyword_count.to_string(), site.published_count.to_string());
            vec![site.id.clone(), site.name.clone(), site.url.clone(), counts.0, counts.1]
        }));
        table(&rows)
    })
}
