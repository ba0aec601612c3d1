//! Why a use case could not be done. Business refusals are variants that carry what a screen needs; the wording is not
//! here.

use igny8_core::model::Model;
use igny8_core::money::Credits;
use igny8_core::port::{SiteError, VaultError};
use igny8_core::prompt::{PromptError, PromptKind};
use igny8_core::status::{CapScope, ModelType, UnknownWord};
use igny8_core::time::UtcMs;
use igny8_store::{BackupError, LedgerError, StoreError};

/// A refused or failed use case.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// A value breaks a rule.
    #[error("{field} breaks the rule {rule}")]
    InvalidField {
        /// Which field.
        field: &'static str,
        /// Which rule.
        rule: &'static str,
    },
    /// The thing is not there.
    #[error("no such {0}")]
    NotFound(&'static str),
    /// The thing is in a state that does not allow this.
    #[error("the {0} does not allow this now")]
    WrongState(&'static str),
    /// An article of this title is to be approved first.
    #[error("{0:?} is not approved")]
    NotApproved(String),
    /// No item waits for this function.
    #[error("nothing to do")]
    NothingToDo,
    /// Not enough credits.
    #[error("{needed} credits needed, {available} available")]
    InsufficientCredits {
        /// Needed.
        needed: Credits,
        /// Available.
        available: Credits,
    },
    /// The wallet does not cover a run, which has not begun.
    #[error("a run estimated at {estimate} needs {needed}, {available} available (cap {cap:?})")]
    RunNotCovered {
        /// What the run will probably cost.
        estimate: Credits,
        /// What must be available for a run without a cap of its own.
        needed: Credits,
        /// The cap that was named and is above what is available; absent when none was named.
        cap: Option<Credits>,
        /// Available.
        available: Credits,
    },
    /// A limit on spending does not cover it.
    #[error("the {scope} cap leaves {left} of the {needed} credits needed")]
    CapReached {
        /// Which limit.
        scope: CapScope,
        /// Needed.
        needed: Credits,
        /// Left of the limit.
        left: Credits,
    },
    /// The user has stopped all paid work.
    #[error("paid work is stopped")]
    SpendingStopped,
    /// A run ended before its end.
    #[error("the run stopped: {code}")]
    RunStopped {
        /// Why, as a code.
        code: String,
        /// When it may go on, where it was a vendor that asked to wait.
        until: Option<UtcMs>,
        /// The address that was asked, where what answered there is not the vendor.
        address: Option<String>,
    },
    /// The model has no price.
    #[error("{model} has no price")]
    Unpriced {
        /// Its name for people.
        model: String,
        /// Its vendor.
        provider: String,
        /// Its vendor's id for it.
        model_name: String,
        /// What it makes.
        model_type: ModelType,
    },
    /// The model's vendor has ended it.
    #[error("{model} has ended")]
    ModelEnded {
        /// Its name.
        model: String,
        /// When; absent where nobody says.
        ended_on: Option<UtcMs>,
        /// What to use instead; absent where nothing is named.
        successor: Option<String>,
    },
    /// No default model of this kind.
    #[error("no {0} model")]
    NoModel(ModelType),
    /// The books do not balance; paid work is refused.
    #[error("the books do not balance")]
    BooksDoNotBalance,
    /// A prompt cannot be used as it is worded.
    #[error("{kind}: {error}")]
    Prompt {
        /// Which.
        kind: PromptKind,
        /// What is wrong with it.
        error: PromptError,
    },
    /// A site refused or could not be reached.
    #[error("{host}: {error}")]
    Site {
        /// Host or folder.
        host: String,
        /// How it failed.
        error: SiteError,
    },
    /// The keyring.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// A keyword file.
    #[error(transparent)]
    KeywordFile(#[from] crate::keyword_file::KeywordFileError),
    /// A file of the media folder.
    #[error("media: {0}")]
    Media(#[from] crate::media::MediaError),
    /// A copy of the database.
    #[error(transparent)]
    Backup(#[from] BackupError),
    /// The user stopped it.
    #[error("cancelled")]
    Cancelled,
    /// The user paused it: it waits for somebody to go on.
    #[error("paused")]
    Paused,
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl EngineError {
    /// What is said of a model without a price.
    #[must_use]
    pub fn unpriced(model: &Model) -> Self {
        Self::Unpriced {
            model: model.display_name.clone(),
            provider: model.provider.clone(),
            model_name: model.model_name.clone(),
            model_type: model.model_type,
        }
    }

    /// What is said of a model that has ended, with what can be used instead.
    #[must_use]
    pub fn ended(model: &Model, successor: Option<String>) -> Self {
        Self::ModelEnded { model: model.display_name.clone(), ended_on: model.retires_on, successor }
    }

    /// A run, or what would be one, ends for this reason, which no waiting mends.
    pub(crate) fn stopped(code: &str) -> Self {
        Self::RunStopped { code: code.to_owned(), until: None, address: None }
    }
}

impl From<LedgerError> for EngineError {
    fn from(error: LedgerError) -> Self {
        match error {
            LedgerError::InsufficientCredits { needed, available } => Self::InsufficientCredits { needed, available },
            LedgerError::CapReached { scope, needed, left } => Self::CapReached { scope, needed, left },
            LedgerError::Stopped => Self::SpendingStopped,
            LedgerError::NotFree => Self::WrongState("unit"),
            LedgerError::Resolved => Self::WrongState("call"),
            LedgerError::OutOfRange => Self::InvalidField { field: "amount", rule: "range" },
            LedgerError::Store(error) => Self::Store(error),
        }
    }
}

impl From<UnknownWord> for EngineError {
    fn from(word: UnknownWord) -> Self {
        Self::InvalidField { field: word.vocabulary, rule: "unknown" }
    }
}
