//! Receipts out for other tools.

use super::exchange::Watched;
use super::sites::find;
use crate::args::{ReceiptFormat, ReceiptsCommand};
use crate::failure::Failure;
use crate::output::{Output, counted};
use igny8_app::Igny8;
use igny8_app::commands::receipts::{self, ReceiptForm, ReceiptsOf};
use igny8_app::dto::books::ExportedFile;

/// `receipts`. Without a file the export itself is the output, with or without `--json`.
pub async fn receipts(app: &Igny8, command: ReceiptsCommand, out: Output) -> Result<(), Failure> {
    let ReceiptsCommand::Export { site, format, out: file } = command;
    let site = match site {
        Some(site) => Some(find(app, &site).await?.id),
        None => None,
    };
    let of = site.as_deref().map_or(ReceiptsOf::All, ReceiptsOf::Site);
    let (form, one, many) = match format {
        ReceiptFormat::Csv => (ReceiptForm::Csv, "field", "fields"),
        ReceiptFormat::Json => (ReceiptForm::Json, "receipt", "receipts"),
    };
    let Some(file) = file else {
        let mut stdout = Watched::stdout();
        let written = receipts::export_stream(app, of, form, &mut stdout).await;
        return written.map_err(|fault| stdout.cause_of(fault));
    };
    let written = receipts::export_unasked(app, of, form, &file).await?;
    out.object(&written, |ExportedFile { path, entries }| format!("Wrote {path}: {}.", counted(entries, one, many)))
}
