//! Sites and keyword files.

use super::{following, passages, schedule};
use crate::args::{Answer, BodyFormArg, KeywordsCommand, Kind, PictureFormatArg, SiteAdd, SiteChanges, SiteCommand};
use crate::doctor_text;
use crate::failure::Failure;
use crate::interrupt::Interrupt;
use crate::output::{Output, pairs, table, warn};
use crate::{fault_text, secret, site_text};
use igny8_app::commands::{companion, headless, planner, sites};
use igny8_app::dto::planner::ImportSummary;
use igny8_app::dto::site::{BodyFormView, PictureFormat, SiteCheck, SiteCheckOutcome, SiteDraft, SiteKind, SiteView};
use igny8_app::{Fault, Igny8};
use serde_json::json;
use std::path::{Path, PathBuf};

/// `site …`.
pub async fn site(app: &Igny8, command: SiteCommand, interrupt: &Interrupt, out: Output) -> Result<(), Failure> {
    match command {
        SiteCommand::Add(new) => add(app, new, out).await,
        SiteCommand::List { removed: false } => list(app, out).await,
        SiteCommand::List { removed: true } => list_removed(app, out).await,
        SiteCommand::Edit { site, changes } => edit(app, &site, changes, out).await,
        SiteCommand::Password { site } => {
            let id = find_connected(app, &site).await?.id;
            headless::need_keyring(app).await?;
            sites::site_password(app, &id, secret::required().await?).await?;
            out.object(&json!({ "site": id }), |_| format!("The password of site {id} is kept."))
        }
        SiteCommand::Test { site, password_stdin } => {
            let id = find(app, &site).await?.id;
            if password_stdin {
                headless::lend_password(app, &id, secret::required().await?)?;
            }
            sites::site_test(app, &id).await?;
            let tested = find(app, &id).await?;
            out.object(&json!({ "site": id, "probe": tested.probe }), |_| connected(&tested))
        }
        SiteCommand::Doctor { site, password_stdin } => {
            let id = find(app, &site).await?.id;
            if password_stdin {
                headless::lend_password(app, &id, secret::required().await?)?;
            }
            doctor(app, &id, out).await
        }
        SiteCommand::Consent { site, authority } => consent(app, &site, authority.as_deref(), out).await,
        SiteCommand::Companion { out: file } => save_companion(app, &file, out).await,
        SiteCommand::Authority { site, file, none: _ } => {
            let id = find_connected(app, &site).await?.id;
            let path = file.as_ref().map(|file| file.to_string_lossy());
            sites::site_authority(app, &id, path.as_deref()).await?;
            out.object(&json!({ "site": id, "has_authority": path.is_some() }), |_| match path {
                Some(_) => format!("Site {id} is trusted by the authorities in that file as well."),
                None => format!("Site {id} is trusted by the system's authorities alone."),
            })
        }
        SiteCommand::Sync { site } => following::sync(app, site, out).await,
        SiteCommand::Guard { site } => schedule::guard(app, site, out).await,
        SiteCommand::ImportPosts { site, sector } => following::import_posts(app, (site, sector), interrupt, out).await,
        SiteCommand::Posts { site } => following::posts(app, &site, out).await,
        SiteCommand::Bisect { delivery } => passages::bisect(app, &delivery, interrupt, out).await,
        SiteCommand::Tidy { site } => following::tidy(app, &site, out).await,
        SiteCommand::Disconnect { site, password_stdin } => {
            let id = find_connected(app, &site).await?.id;
            if password_stdin {
                headless::lend_password(app, &id, secret::required().await?)?;
            }
            disconnect(app, &id, out).await
        }
        SiteCommand::Remove { site } => {
            let SiteView { id, is_sample, .. } = find(app, &site).await?;
            sites::site_remove(app, &id).await?;
            out.object(&json!({ "removed": id }), |_| match is_sample {
                // The next command is a start, and a start takes a removed sample away.
                true => format!("Site {id} removed, with all that was made in it: it was the sample."),
                false => format!("Site {id} removed. 'site restore {id}' brings it back."),
            })
        }
        SiteCommand::Restore { site } => {
            let id = find_removed(app, &site).await?;
            sites::site_restore(app, &id).await?;
            out.object(&json!({ "restored": id }), |_| format!("Site {id} is back."))
        }
    }
}

/// The password of a site that is added, where its kind has one: from standard input, and only when it can be kept.
async fn first_password(app: &Igny8, kind: Kind) -> Result<(SiteKind, Option<String>), Failure> {
    match kind {
        Kind::Wordpress => {
            let password = secret::from_stdin().await?;
            if password.is_some() {
                headless::need_keyring(app).await?;
            }
            Ok((SiteKind::Wordpress, password))
        }
        Kind::Folder => {
            if secret::is_piped_in() {
                warn("A folder needs no password: what came on standard input was not kept.");
            }
            Ok((SiteKind::Folder, None))
        }
    }
}

/// What a test that went through has shown.
fn connected(site: &SiteView) -> String {
    match (&site.folder, &site.probe) {
        (Some(folder), _) => format!("The folder {folder} can be written."),
        (None, Some(probe)) => {
            let sentence = format!("Connected as {} ({}).", probe.user_name, probe.roles.join(", "));
            format!("{sentence}\n\n{}", pairs(&doctor_text::offers((&site.url, &site.zone), probe)))
        }
        (None, None) => "Connected.".to_owned(),
    }
}

/// `site doctor`: the checks, and as the failure what is in the way.
async fn doctor(app: &Igny8, id: &str, out: Output) -> Result<(), Failure> {
    let found = sites::site_doctor(app, id).await?;
    let object = json!({ "site": id, "host": found.host, "is_well": found.is_well, "checks": found.checks });
    out.object(&object, |_| doctor_text::report(&found))?;
    match found.checks.into_iter().find(|one| one.outcome == SiteCheckOutcome::Failed) {
        Some(SiteCheck { failure, note, .. }) => Err(Fault::Site { host: found.host, failure, note }.into()),
        None => Ok(()),
    }
}

/// `site add`, its password from standard input.
async fn add(app: &Igny8, new: SiteAdd, out: Output) -> Result<(), Failure> {
    let (kind, password) = first_password(app, new.kind).await?;
    let draft = SiteDraft {
        name: new.name,
        kind,
        url: new.url,
        user_name: new.user,
        password,
        language: new.language,
        zone: new.zone,
        brand_color: new.color,
        in_article_images: new.images,
        image_format: format_of(new.image_format),
        body_form: form_of(new.body),
        has_contents: new.contents,
        goes_on_by_itself: new.go_on_by_itself,
        sectors: new.sectors,
    };
    let id = sites::site_add(app, draft).await?;
    out.object(&json!({ "id": id }), |_| format!("Site {id} added."))
}

/// `site consent`: of a site that is here, or of an address.
async fn consent(app: &Igny8, site: &str, authority: Option<&Path>, out: Output) -> Result<(), Failure> {
    let known = sites::sites(app).await?.into_iter().find(|one| is_named(one, site));
    if let Some(known) = &known {
        sites::check_connects(known.kind)?;
    }
    let authority = authority.map(|file| file.to_string_lossy());
    let (url, id) = (known.as_ref().map_or(site, |known| &known.url), known.as_ref().map(|known| known.id.as_str()));
    let found = sites::site_consent(app, url, id, authority.as_deref()).await;
    let found = found.map_err(|fault| fault_text::renamed(fault, "url", "address"))?;
    let then = known.map_or_else(|| "SITE".to_owned(), |known| known.id);
    out.object(&found, |found| {
        format!(
            "{}: open this page and approve, then give the password it shows to 'site password {then}':\n{}",
            found.url, found.page
        )
    })
}

/// `site disconnect`: done also where the site did not take the password back, which is told.
async fn disconnect(app: &Igny8, id: &str, out: Output) -> Result<(), Failure> {
    let done = sites::site_disconnect(app, id).await?;
    if !done.is_revoked {
        let why = site_text::site(&done.failure, &done.note);
        let next = "Revoke it yourself in WordPress under Users, Profile, Application Passwords.";
        warn(&format!("The password is forgotten here, but {} did not take it back: {why} {next}", done.host));
    }
    let object = json!({ "site": id, "revoked": done.is_revoked, "failure": done.failure, "note": done.note });
    out.object(&object, |_| format!("Site {id} is disconnected."))
}

/// `site edit`: what is not named stays as it is.
async fn edit(app: &Igny8, site: &str, changes: SiteChanges, out: Output) -> Result<(), Failure> {
    let site = find(app, site).await?;
    let draft = SiteDraft {
        name: changes.name.unwrap_or_else(|| site.name.clone()),
        kind: site.kind,
        url: changes.url.unwrap_or_else(|| site.url.clone()),
        user_name: changes.user.unwrap_or_else(|| site.user_name.clone()),
        password: None,
        language: changes.language.unwrap_or_else(|| site.language.clone()),
        zone: changes.zone.unwrap_or_else(|| site.zone.clone()),
        brand_color: changes.color.unwrap_or_else(|| site.brand_color.clone()),
        in_article_images: changes.images.unwrap_or(site.in_article_images),
        image_format: changes.image_format.map_or(site.image_format, format_of),
        body_form: changes.body.map_or(site.body_form, form_of),
        has_contents: changes.contents.map_or(site.has_contents, |answer| answer == Answer::Yes),
        goes_on_by_itself: changes.go_on_by_itself.map_or(site.goes_on_by_itself, |answer| answer == Answer::Yes),
        sectors: Vec::new(),
    };
    sites::site_update(app, &site.id, draft).await?;
    if changes.hand_over.is_some() || changes.missed.is_some() {
        schedule::set_publishing(app, &site, changes.hand_over, changes.missed).await?;
    }
    if site.has_secret && !find(app, &site.id).await?.has_secret {
        warn(&format!(
            "The password was for the other address and is forgotten. Give the new one with 'site password {}'.",
            site.id
        ));
    }
    out.object(&json!({ "site": site.id }), |_| format!("Site {} changed.", site.id))
}

fn form_of(form: BodyFormArg) -> BodyFormView {
    match form {
        BodyFormArg::Blocks => BodyFormView::Blocks,
        BodyFormArg::Classic => BodyFormView::Classic,
    }
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
    let named = || all.iter().position(|site| is_named(site, text));
    let found = by_id.or_else(named).and_then(|at| all.get(at).cloned());
    found.ok_or_else(|| Fault::NotFound { what: "site".to_owned() })
}

/// The id of a removed site, by id or by name; of several of a name the one that was removed last.
async fn find_removed(app: &Igny8, text: &str) -> Result<String, Fault> {
    let removed = sites::removed_sites(app).await?;
    let by_id = removed.iter().find(|site| site.id == text);
    let found = by_id.or_else(|| removed.iter().find(|site| site.name.eq_ignore_ascii_case(text)));
    found.map(|site| site.id.clone()).ok_or_else(|| Fault::NotFound { what: "site".to_owned() })
}

/// The site that `text` names, which is no folder: before anything is read or asked that only a connection needs.
async fn find_connected(app: &Igny8, text: &str) -> Result<SiteView, Fault> {
    let site = find(app, text).await?;
    sites::check_connects(site.kind)?;
    Ok(site)
}

fn is_named(site: &SiteView, text: &str) -> bool {
    site.id == text || site.name.eq_ignore_ascii_case(text)
}

/// `keywords …`.
pub async fn keywords(app: &Igny8, command: KeywordsCommand, out: Output) -> Result<(), Failure> {
    let KeywordsCommand::Import { files, site, sector, dry_run } = command;
    let site = find(app, &site).await?;
    let named = sector.as_ref().map(|name| super::sectors::of(&site, name)).transpose()?;
    if dry_run {
        return preview(app, &files, out).await;
    }
    let sector = match (named, site.sectors.as_slice()) {
        (Some(named), _) => named,
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

async fn list_removed(app: &Igny8, out: Output) -> Result<(), Failure> {
    let removed = sites::removed_sites(app).await?;
    let listed = removed.iter().map(|site| json!({ "id": site.id, "name": site.name, "removed_at": site.removed_at }));
    let listed: Vec<_> = listed.collect();
    out.object(&json!({ "removed_sites": listed }), |_| {
        if removed.is_empty() {
            return "No site was removed that could be brought back.".to_owned();
        }
        let mut rows = vec![["Id", "Name", "Removed"].map(str::to_owned).to_vec()];
        rows.extend(removed.iter().map(|site| vec![site.id.clone(), site.name.clone(), site.removed_at.clone()]));
        table(&rows)
    })
}

async fn list(app: &Igny8, out: Output) -> Result<(), Failure> {
    let all = sites::sites(app).await?;
    let listed = all.iter().map(|site| {
        json!({ "id": site.id, "name": site.name, "url": site.url, "goes_on_by_itself": site.goes_on_by_itself,
            "hand_over": site.hand_over, "missed_rule": site.missed_rule })
    });
    let listed: Vec<_> = listed.collect();
    out.object(&json!({ "sites": listed }), |_| {
        let header = ["Id", "Name", "Address", "Keywords", "Published", "Goes on by itself"];
        let mut rows = vec![header.map(str::to_owned).to_vec()];
        rows.extend(all.iter().map(|site| {
            let counts = (site.keyword_count.to_string(), site.published_count.to_string());
            let goes_on = if site.goes_on_by_itself { "yes" } else { "no" };
            vec![site.id.clone(), site.name.clone(), site.url.clone(), counts.0, counts.1, goes_on.to_owned()]
        }));
        table(&rows)
    })
}

/// `site companion`.
async fn save_companion(app: &Igny8, file: &Path, out: Output) -> Result<(), Failure> {
    let path = companion::save_unasked(app, file).await?;
    out.object(&json!({ "path": path }), |_| {
        format!(
            "Wrote {path}. Put it into the folder wp-content/mu-plugins of the site, or into wp-content/plugins and \
             activate it there; then run 'site test'."
        )
    })
}
