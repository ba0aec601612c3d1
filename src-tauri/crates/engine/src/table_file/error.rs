//! Why a file cannot be read. Each variant is a different sentence and a different next step for whoever dropped it.

use std::io;

/// Why a file cannot be read. Nothing of it was handed out unless the variant says otherwise.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TableFileError {
    /// No such file.
    #[error("no such file")]
    NotFound,
    /// The operating system refused, or it is no file.
    #[error("unreadable: {kind}")]
    Unreadable {
        /// What the operating system said.
        kind: io::ErrorKind,
    },
    /// No bytes, no text, or a header with nothing below it.
    #[error("empty")]
    Empty,
    /// A spreadsheet document: to be exported as CSV first.
    #[error("a spreadsheet document")]
    Spreadsheet,
    /// A ZIP or another archive: to be unpacked first.
    #[error("an archive")]
    Archive,
    /// Not text at all.
    #[error("not text: {what}")]
    NotText {
        /// What it is instead.
        what: Binary,
    },
    /// Text, but no table and no list.
    #[error("another format: {format}")]
    ForeignText {
        /// What it is instead.
        format: ForeignText,
    },
    /// A line has no end. Found by the check before the first row, except for a row whose quoted cell goes on for longer
    /// than a row may, which may be found after rows were handed out.
    #[error("line {line} is too long")]
    LineTooLong {
        /// Where it begins, from 1.
        line: u64,
    },
    /// A quote that opens a cell is closed nowhere, so that the rest of the file would be one cell. Found at the end, after
    /// rows were handed out.
    #[error("the quote in line {line} is never closed")]
    UnclosedQuote {
        /// Where it opens, from 1.
        line: u64,
    },
    /// Beyond a limit. Too many rows are found only after rows were handed out.
    #[error("too large: {limit}")]
    TooLarge {
        /// Which limit.
        limit: SizeLimit,
    },
    /// The bytes contradict the encoding that the file declares or shows. May be found after rows were handed out.
    #[error("broken characters near line {line}")]
    Encoding {
        /// Where, from 1.
        line: u64,
    },
}

/// What a file is, when it is not text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Binary {
    /// PDF.
    Pdf,
    /// A picture.
    Image,
    /// A database file.
    Database,
    /// A program.
    Program,
    /// Not recognised.
    Unknown,
}

/// What a text is, when it is no table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ForeignText {
    /// A web page, often a sign-in page that was saved under the export's name.
    WebPage,
    /// XML.
    Xml,
    /// JSON.
    Json,
    /// Rich text.
    RichText,
}

/// A limit a file exceeds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SizeLimit {
    /// [`super::FILE_BYTES_MAX`].
    Bytes,
    /// More rows than this kind of file may have.
    Rows,
}

impl TableFileError {
    /// The stable code that is shown to programs.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "not_found",
            Self::Unreadable { kind: io::ErrorKind::IsADirectory } => "folder",
            Self::Unreadable { kind: io::ErrorKind::Unsupported } => "not_regular",
            Self::Unreadable { .. } => "unreadable",
            Self::Empty => "empty",
            Self::Spreadsheet => "spreadsheet",
            Self::Archive => "archive",
            Self::NotText { .. } => "not_text",
            Self::ForeignText { .. } => "foreign_text",
            Self::LineTooLong { .. } => "line_too_long",
            Self::UnclosedQuote { .. } => "unclosed_quote",
            Self::TooLarge { .. } => "too_large",
            Self::Encoding { .. } => "encoding",
        }
    }
}

impl std::fmt::Display for Binary {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Pdf => "pdf",
            Self::Image => "image",
            Self::Database => "database",
            Self::Program => "program",
            Self::Unknown => "unknown",
        })
    }
}

impl std::fmt::Display for ForeignText {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::WebPage => "web page",
            Self::Xml => "xml",
            Self::Json => "json",
            Self::RichText => "rich text",
        })
    }
}

impl std::fmt::Display for SizeLimit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Bytes => "bytes",
            Self::Rows => "rows",
        })
    }
}

impl From<io::Error> for TableFileError {
    /// Our own errors travel through readers inside an `io::Error` and come out as themselves.
    fn from(error: io::Error) -> Self {
        let kind = error.kind();
        match error.downcast::<Self>() {
            Ok(own) => own,
            Err(_) if kind == io::ErrorKind::NotFound => Self::NotFound,
            Err(_) => Self::Unreadable { kind },
        }
    }
}

impl From<TableFileError> for io::Error {
    fn from(error: TableFileError) -> Self {
        Self::other(error)
    }
}
