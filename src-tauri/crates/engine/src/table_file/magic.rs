//! Telling by its first bytes what a file is that is no text. The name's ending says nothing: exports come as `.csv`
//! that are none.

use super::error::{Binary, TableFileError};

/// First bytes of formats whose second bytes do not matter.
const MARKS: [(&[u8], TableFileError); 18] = [
    // Office documents before 2007.
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", TableFileError::Spreadsheet),
    (b"\x1f\x8b", TableFileError::Archive),
    (b"7z\xbc\xaf\x27\x1c", TableFileError::Archive),
    (b"Rar!\x1a\x07", TableFileError::Archive),
    (b"\xfd7zXZ\x00", TableFileError::Archive),
    (b"\x28\xb5\x2f\xfd", TableFileError::Archive),
    (b"BZh9", TableFileError::Archive),
    (b"%PDF-", TableFileError::NotText { what: Binary::Pdf }),
    (b"\x89PNG\r\n\x1a\n", TableFileError::NotText { what: Binary::Image }),
    (b"\xff\xd8\xff", TableFileError::NotText { what: Binary::Image }),
    (b"GIF87a", TableFileError::NotText { what: Binary::Image }),
    (b"GIF89a", TableFileError::NotText { what: Binary::Image }),
    (b"II*\x00", TableFileError::NotText { what: Binary::Image }),
    (b"MM\x00*", TableFileError::NotText { what: Binary::Image }),
    (b"SQLite format 3\x00", TableFileError::NotText { what: Binary::Database }),
    (b"\x7fELF", TableFileError::NotText { what: Binary::Program }),
    (b"\xcf\xfa\xed\xfe", TableFileError::NotText { what: Binary::Program }),
    (b"MZ\x90\x00", TableFileError::NotText { what: Binary::Program }),
];

/// Names inside a ZIP that make it a spreadsheet document: Excel's, then OpenDocument's.
const SPREADSHEET_PARTS: [&[u8]; 3] = [b"[Content_Types].xml", b"xl/", b"opendocument.spreadsheet"];

/// What a file that begins with `head` is, when it is a known format other than text.
pub(super) fn known_binary(head: &[u8]) -> Option<TableFileError> {
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        let is_sheet = SPREADSHEET_PARTS.iter().any(|part| head.windows(part.len()).any(|window| window == *part));
        return Some(if is_sheet { TableFileError::Spreadsheet } else { TableFileError::Archive });
    }
    let is_webp = head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WEBP");
    if is_webp {
        return Some(TableFileError::NotText { what: Binary::Image });
    }
    MARKS.iter().find(|(mark, _)| head.starts_with(mark)).map(|(_, error)| error.clone())
}
