//! Receipts out of the app: of an article, of a site, or all of them, as files.

use crate::commands::books;
use crate::dto::books::ExportedFile;
use crate::view::list::id;
use crate::{Fault, Igny8};
use igny8_engine::export::{Export, WhichReceipts};
use std::io::Write;
use std::path::Path;

pub use igny8_engine::export::ReceiptForm;

/// Whose receipts, by id.
#[derive(Clone, Copy, Debug)]
pub enum ReceiptsOf<'a> {
    /// Everybody's.
    All,
    /// Those of a site.
    Site(&'a str),
    /// Those of an article.
    Article(&'a str),
}

/// The file name to suggest for the receipts of an article, and its ending.
pub const SUGGESTED_NAME: (&str, &str) = ("igny8-receipt.csv", "csv");

/// Writes receipts to a file, which is replaced when all of it is written.
///
/// # Errors
/// As [`books::export`]; [`Fault::InvalidField`] also for what is no id.
pub async fn export(app: &Igny8, of: ReceiptsOf<'_>, form: ReceiptForm, path: &Path) -> Result<ExportedFile, Fault> {
    books::write_to(app, Export::Receipts(which(of)?, form), path).await
}

/// As [`export`], where nobody was asked: only an earlier file of receipts is replaced.
///
/// # Errors
/// As [`export`]; [`Fault::InvalidField`] also for a file that is anything else.
pub async fn export_unasked(
    app: &Igny8,
    of: ReceiptsOf<'_>,
    form: ReceiptForm,
    path: &Path,
) -> Result<ExportedFile, Fault> {
    books::write_to_unasked(app, Export::Receipts(which(of)?, form), path).await
}

/// Writes receipts to wherever the command line sends them.
///
/// # Errors
/// As [`export`]; what was written until then stands.
pub async fn export_stream(
    app: &Igny8,
    of: ReceiptsOf<'_>,
    form: ReceiptForm,
    out: &mut (dyn Write + Send),
) -> Result<(), Fault> {
    app.engine.export(Export::Receipts(which(of)?, form), out).await?;
    Ok(())
}

fn which(of: ReceiptsOf<'_>) -> Result<WhichReceipts, Fault> {
    Ok(match of {
        ReceiptsOf::All => WhichReceipts::All,
        ReceiptsOf::Site(site) => WhichReceipts::Site(id(site, "siteId")?),
        ReceiptsOf::Article(content) => WhichReceipts::Content(id(content, "id")?),
    })
}
