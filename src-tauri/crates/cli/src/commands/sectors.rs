//! Sectors of a site.

use super::sites::find;
use crate::args::SectorCommand;
use crate::failure::Failure;
use crate::output::{Output, table};
use igny8_app::commands::sites;
use igny8_app::dto::site::{SectorView, SiteView};
use igny8_app::{Fault, Igny8};
use serde_json::json;

/// `sector …`.
pub async fn sector(app: &Igny8, command: SectorCommand, out: Output) -> Result<(), Failure> {
    match command {
        SectorCommand::List { site } => list(&find(app, &site).await?, out),
        SectorCommand::Add { site, name } => {
            let id = sites::sector_add(app, &find(app, &site).await?.id, &name).await?;
            out.object(&json!({ "id": id }), |_| format!("Sector {id} added."))
        }
        SectorCommand::Rename { site, sector, name } => {
            let id = of(&find(app, &site).await?, &sector)?.id.clone();
            sites::sector_rename(app, &id, &name).await?;
            out.object(&json!({ "sector": id }), |_| format!("Sector {id} renamed."))
        }
        SectorCommand::Remove { site, sector } => {
            let id = of(&find(app, &site).await?, &sector)?.id.clone();
            sites::sector_remove(app, &id).await?;
            out.object(&json!({ "removed": id }), |_| format!("Sector {id} removed."))
        }
    }
}

/// The sector of a site that `text` names, by id or by name.
pub fn of<'a>(site: &'a SiteView, text: &str) -> Result<&'a SectorView, Fault> {
    let by_id = site.sectors.iter().find(|sector| sector.id == text);
    let by_name = || site.sectors.iter().find(|sector| sector.name.eq_ignore_ascii_case(text));
    by_id.or_else(by_name).ok_or_else(|| Fault::NotFound { what: "sector".to_owned() })
}

fn list(site: &SiteView, out: Output) -> Result<(), Failure> {
    let listed: Vec<_> = site
        .sectors
        .iter()
        .map(|sector| json!({ "id": sector.id, "name": sector.name, "keywords": sector.keyword_count }))
        .collect();
    out.object(&json!({ "sectors": listed }), |_| {
        let mut rows = vec![["Id", "Name", "Keywords"].map(str::to_owned).to_vec()];
        rows.extend(
            site.sectors
                .iter()
                .map(|sector| vec![sector.id.clone(), sector.name.clone(), sector.keyword_count.to_string()]),
        );
        table(&rows)
    })
}
