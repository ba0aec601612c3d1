//! Articles that somebody has changed on their site: which there are, both sides of one, and the decision.

use crate::dto::conflict::{ConflictDecision, ConflictRow, ConflictView, KeptSide};
use crate::view;
use crate::view::list::{id, invalid};
use crate::{Fault, Igny8};
use igny8_core::id::{ContentId, SiteId};
use igny8_core::merge::Side;
use igny8_core::receipt::ReceiptField;
use igny8_core::time::UtcMs;
use igny8_engine::follow::Decision;
use std::collections::BTreeMap;

/// Articles about which somebody is to decide, of one site or of all, the oldest first.
///
/// # Errors
/// [`Fault::InvalidField`].
pub async fn conflicts(app: &Igny8, site: Option<&str>) -> Result<Vec<ConflictRow>, Fault> {
    let site = site.map(|site| id::<SiteId>(site, "siteId")).transpose()?;
    let rows = app.engine.store().read(move |r| r.conflicts(site)).await?;
    Ok(rows.iter().map(view::conflict::row).collect())
}

/// Both sides of an article.
///
/// # Errors
/// [`Fault::NotFound`] when nothing is to be decided about it.
pub async fn conflict(app: &Igny8, content: &str) -> Result<ConflictView, Fault> {
    let found = app.engine.conflict(id::<ContentId>(content, "id")?).await?;
    found.map(view::conflict::compared).ok_or_else(|| Fault::NotFound { what: "conflict".to_owned() })
}

/// Decides what is kept. Nothing goes out by it: what differs from the site then is published like any other change.
///
/// # Errors
/// [`Fault::NotFound`] when nothing is to be decided; [`Fault::WrongState`] when either side has changed since, or the
/// article is on its way; [`Fault::InvalidField`].
pub async fn conflict_decide(app: &Igny8, content: &str, asked: ConflictDecision) -> Result<(), Fault> {
    let content: ContentId = id(content, "id")?;
    let found_at = UtcMs::from_rfc3339(&asked.found_at).ok_or_else(|| invalid("foundAt", "format"))?;
    let decision = match asked.keep {
        KeptSide::Ours => Decision::Mine,
        KeptSide::Theirs => Decision::Theirs,
        KeptSide::Both => Decision::Merged {
            fields: fields(&asked)?,
            runs: asked.runs.iter().copied().map(view::conflict::side).collect(),
        },
    };
    Ok(app.engine.decide(content, (found_at, asked.version), decision).await?)
}

fn fields(asked: &ConflictDecision) -> Result<BTreeMap<ReceiptField, Side>, Fault> {
    let field = |one: &crate::dto::conflict::FieldDecision| {
        let field = one.field.parse().map_err(|_| invalid("field", "unknown"))?;
        match view::conflict::side(one.side) {
            Side::Both => Err(invalid("side", "unknown")),
            side => Ok((field, side)),
        }
    };
    asked.fields.iter().map(field).collect()
}
