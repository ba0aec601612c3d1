//! Why a file is no keyword file. Each variant is a different sentence and a different next step for whoever dropped it.

use crate::table_file::TableFileError;

/// Why a keyword file cannot be read. Nothing of it was handed out unless the variant says otherwise.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeywordFileError {
    /// It is no table or list at all.
    #[error(transparent)]
    File(#[from] TableFileError),
    /// No column is named like a keyword column.
    #[error("no keyword column")]
    NoKeywordColumn {
        /// The names that are there, the first ones, shortened.
        headers: Vec<String>,
    },
}

impl KeywordFileError {
    /// The stable code that is shown to programs.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::File(error) => error.code(),
            Self::NoKeywordColumn { .. } => "no_keyword_column",
        }
    }
}
