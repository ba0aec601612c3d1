//! What can go wrong with the file. "Not found" is never the name of a failed query, and a refused constraint is told
//! apart from a full disk.

use rusqlite::ErrorCode;

/// A failure of the store.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// No such row.
    #[error("not found")]
    NotFound,
    /// A rule of the schema refused the change.
    #[error("conflict: {0}")]
    Conflict(String),
    /// The row is in a state that does not allow this step.
    #[error("the {0} is in a state that does not allow this")]
    WrongState(&'static str),
    /// A list was asked for with a field, a word or a cursor it does not know.
    #[error("the list does not know {0}")]
    BadQuery(String),
    /// Another process holds the file.
    #[error("busy")]
    Busy,
    /// The disk is full. Nothing of the change was kept.
    #[error("disk full")]
    DiskFull,
    /// The file was made by a newer version of the app.
    #[error("made by a newer version (schema {found}, this app knows {known})")]
    TooNew {
        /// Newest migration in the file.
        found: i32,
        /// Newest migration this app has.
        known: i32,
    },
    /// The file is damaged or no database.
    #[error("damaged: {0}")]
    Corrupt(String),
    /// Reading or writing the file failed. Nothing of the change was kept.
    #[error("input or output failed: {0}")]
    Io(String),
    /// The commit failed, and the file could not be asked whether it took place. It can before the next change.
    #[error("outcome unknown: {0}")]
    OutcomeUnknown(Box<StoreError>),
    /// A row holds what this version cannot read.
    #[error("unreadable row: {0}")]
    Unreadable(String),
    /// A bug: a statement of ours is wrong.
    #[error("statement refused: {0}")]
    Statement(String),
    /// A bug: what was to be done panicked. Nothing of it was kept.
    #[error("panicked: {0}")]
    Panicked(String),
    /// The store is closing.
    #[error("closed")]
    Closed,
}

impl StoreError {
    /// Whether a full disk is the cause, known or unknown what became of the change.
    #[must_use]
    pub fn is_disk_full(&self) -> bool {
        match self {
            Self::DiskFull => true,
            Self::OutcomeUnknown(cause) => cause.is_disk_full(),
            Self::NotFound
            | Self::Conflict(_)
            | Self::WrongState(_)
            | Self::BadQuery(_)
            | Self::Busy
            | Self::TooNew { .. }
            | Self::Corrupt(_)
            | Self::Io(_)
            | Self::Unreadable(_)
            | Self::Statement(_)
            | Self::Panicked(_)
            | Self::Closed => false,
        }
    }
}

impl From<rusqlite::Error> for StoreError {
    #[expect(clippy::wildcard_enum_match_arm, reason = "a library's list: what it adds is a statement's fault to us")]
    fn from(error: rusqlite::Error) -> Self {
        match &error {
            rusqlite::Error::QueryReturnedNoRows => Self::NotFound,
            rusqlite::Error::SqliteFailure(code, message) => {
                let text = message.clone().unwrap_or_else(|| code.to_string());
                from_code(code.code, text)
            }
            rusqlite::Error::FromSqlConversionFailure(..)
            | rusqlite::Error::IntegralValueOutOfRange(..)
            | rusqlite::Error::InvalidColumnType(..)
            | rusqlite::Error::Utf8Error(..) => Self::Unreadable(error.to_string()),
            _ => Self::Statement(error.to_string()),
        }
    }
}

#[expect(clippy::wildcard_enum_match_arm, reason = "a library's list: what it adds is a statement's fault to us")]
fn from_code(code: ErrorCode, text: String) -> StoreError {
    match code {
        ErrorCode::ConstraintViolation => StoreError::Conflict(text),
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => StoreError::Busy,
        ErrorCode::DiskFull => StoreError::DiskFull,
        ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => StoreError::Corrupt(text),
        ErrorCode::SystemIoFailure | ErrorCode::CannotOpen | ErrorCode::ReadOnly | ErrorCode::PermissionDenied => {
            StoreError::Io(text)
        }
        _ => StoreError::Statement(text),
    }
}
