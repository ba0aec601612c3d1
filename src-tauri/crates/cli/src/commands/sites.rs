//! Sites and keyword files.

use crate::args::{KeywordsCommand, Kind, SiteCommand};
use crate::output::{Output, table};
use crate::secret;
use igny8_app::commands::{planner, sites};
use igny8_app::dto::planner::ImportSummary;
use igny8_app::dto::site::{SiteDraft, SiteKind, SiteView};
use igny8_app::{Fault, Igny8};
use serde_json::json;
use std::path::PathBuf;

/// `site …`.
pub async fn site(app: &Igny8, command: SiteCommand, out: Output) -> Result<(), Fault> {
    match command {
        SiteCommand::Add { name, url, kind, user, sectors, language, zone, color } => {
            let kind = match kind {
                Kind::Wordpress => SiteKind::Wordpress,
                Kind::Folder => SiteKind::Folder,
            };
            let password = if kind == SiteKind::Wordpress { secret::from_stdin() } else { None };
            let draft =
                SiteDraft { name, kind, url, user_name: user, password, language, zone, brand_color: color, sectors };
            let id = sites::site_add(app, draft).await?;
            out.object(&json!({ "id": id }), |_| format!("Site {id} added."));
            Ok(())
        }
        SiteCommand::List => list(app, out).await,
        SiteCommand::Test { site } => {
            let id = find(app, &site).await?.id;
            sites::site_test(app, &id).await?;
            let tested = find(app, &id).await?;
            out.object(&json!({ "site": id, "probe": tested.probe }), |_| {
                let probe = tested.probe.as_ref();
                let who = probe.map(|p| format!("{} ({})", p.user_name, p.roles.join(", "))).unwrap_or_default();
                format!("Connected as {who}.")
            });
            Ok(())
        }
        SiteCommand::Remove { site } => {
            let id = find(app, &site).await?.id;
            sites::site_remove(app, &id).await?;
            out.object(&json!({ "removed": id }), |_| format!("Site {id} removed."));
            Ok(())
        }
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
pub async fn keywords(app: &Igny8, command: KeywordsCommand, out: Output) -> Result<(), Fault> {
    let KeywordsCommand::Import { files, site, sector, dry_run } = command;
    let site = find(app, &site).await?;
    if dry_run {
        return preview(app, &files, out).await;
    }
    let sector = match (&sector, site.sectors.as_slice()) {
        (Some(name), all) => all.iter().find(|s| s.name.eq_ignore_ascii_case(name) || s.id == *name),
        (None, [only]) => Some(only),
        (None, _) => return Err(Fault::InvalidField { field: "sector".to_owned(), rule: "required".to_owned() }),
    };
    let sector = sector.ok_or_else(|| Fault::NotFound { what: "sector".to_owned() })?;
    let mut imported: Vec<(String, ImportSummary)> = Vec::new();
    for file in &files {
        let path = file.to_string_lossy();
        imported.push((path.to_string(), planner::keywords_import(app, &path, &site.id, &sector.id).await?));
    }
    let listed: Vec<_> = imported.iter().map(|(file, summary)| json!({ "file": file, "summary": summary })).collect();
    out.object(&json!({ "imported": listed }), |_| {
        let mut rows = vec![["File", "Added", "Updated", "Joined", "Ignored"].map(str::to_owned).to_vec()];
        rows.extend(imported.iter().map(|(file, s)| {
            vec![file.clone(), s.added.to_string(), s.updated.to_string(), s.joined.to_string(), s.ignored.to_string()]
        }));
        table(&rows)
    });
    Ok(())
}

async fn preview(app: &Igny8, files: &[PathBuf], out: Output) -> Result<(), Fault> {
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
    });
    Ok(())
}

async fn list(app: &Igny8, out: Output) -> Result<(), Fault> {
    let all = sites::sites(app).await?;
    let listed: Vec<_> = all.iter().map(|site| json!({ "id": site.id, "name": site.name, "url": site.url })).collect();
    out.object(&json!({ "sites": listed }), |_| {
        let mut rows = vec![["Id", "Name", "Address", "Keywords", "Published"].map(str::to_owned).to_vec()];
        rows.extend(all.iter().map(|site| {
            let counts = (site.keyword_count.to_string(), site.published_count.to_string());
            vec![site.id.clone(), site.name.clone(), site.url.clone(), counts.0, counts.1]
        }));
        table(&rows)
    });
    Ok(())
}
