//! Receipts, field by field, oldest delivery first.

use super::{Mark, STRETCH_ROWS};
use crate::table::receipt::{ReceiptRow, read_field};
use crate::{Read, StoreError};
use igny8_core::id::{ContentId, PublicationId, SiteId};
use igny8_core::time::UtcMs;
use rusqlite::{Row, params};

/// Whose receipts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhichReceipts {
    /// Everybody's.
    All,
    /// Those of a site.
    Site(SiteId),
    /// Those of an article.
    Content(ContentId),
}

/// One field of a receipt, and what it is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceiptLine {
    /// The delivery.
    pub publication: PublicationId,
    /// Its place in the receipt.
    pub position: i64,
    /// When it was read back.
    pub at: UtcMs,
    /// The site's name.
    pub site: String,
    /// The article.
    pub content: ContentId,
    /// Its title as it is now.
    pub title: String,
    /// The version of the text that went out.
    pub version: u32,
    /// Id of the post there.
    pub external_id: String,
    /// Its address.
    pub external_url: String,
    /// The field.
    pub row: ReceiptRow,
}

pub(super) const LINES: &str = "select f.publication_id, f.position, f.field, f.verdict, f.note, f.sent, f.found, p.at,
     s.name as site, p.content_id, c.title, p.content_version, p.external_id, p.external_url
   from receipt_field f join publication p on p.id = f.publication_id join site s on s.id = p.site_id
     join content c on c.id = p.content_id
   where (f.publication_id, f.position) > (?1, ?2) and f.publication_id <= ?3
     and (?4 = 0 or p.site_id = ?4) and (?5 = 0 or p.content_id = ?5)
   order by f.publication_id, f.position limit ?6";

impl Read<'_> {
    /// The next stretch of receipts after a field of a delivery, up to a mark.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn export_receipts(
        &self,
        which: WhichReceipts,
        after: (i64, i64),
        mark: &Mark,
    ) -> Result<Vec<ReceiptLine>, StoreError> {
        let (site, content) = match which {
            WhichReceipts::All => (0, 0),
            WhichReceipts::Site(site) => (site.0, 0),
            WhichReceipts::Content(content) => (0, content.0),
        };
        let mut statement = self.conn.prepare_cached(LINES)?;
        let lines =
            statement.query_map(params![after.0, after.1, mark.publication, site, content, STRETCH_ROWS], read_line)?;
        Ok(lines.collect::<Result<_, _>>()?)
    }
}

fn read_line(row: &Row<'_>) -> rusqlite::Result<ReceiptLine> {
    Ok(ReceiptLine {
        publication: PublicationId(row.get("publication_id")?),
        position: row.get("position")?,
        at: UtcMs(row.get("at")?),
        site: row.get("site")?,
        content: ContentId(row.get("content_id")?),
        title: row.get("title")?,
        version: row.get("content_version")?,
        external_id: row.get("external_id")?,
        external_url: row.get("external_url")?,
        row: read_field(row)?,
    })
}
