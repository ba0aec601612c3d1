//! Every error of the layers below as a [`Fault`], without a wildcard. What is nobody's fault but ours is logged here,
//! once, under an incident id that the screen shows.

#![deny(clippy::wildcard_enum_match_arm, reason = "a new error below must be given a fault here")]

use super::Fault;
use crate::folder::FolderError;
use igny8_core::port::VaultError;
use igny8_engine::EngineError;
use igny8_engine::export::ExportError;
use igny8_engine::keyword_file::KeywordFileError;
use igny8_engine::media::MediaError;
use igny8_engine::reconcile::ReconcileError;
use igny8_engine::table_file::TableFileError;
use igny8_engine::usage_file::UsageFileError;
use igny8_store::{BackupError, StoreError};
use std::path::Path;

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NotFound => Self::NotFound { what: "row".to_owned() },
            StoreError::WrongState(what) => Self::WrongState { what: what.to_owned() },
            StoreError::DiskFull => Self::DiskFull,
            // Without room even the question how it ended finds no answer. A commit is whole or not there.
            StoreError::OutcomeUnknown(cause) if cause.is_disk_full() => Self::DiskFull,
            StoreError::TooNew { .. } => Self::TooNew,
            StoreError::Corrupt(_) => Self::Corrupt,
            StoreError::BadQuery(field) => Self::InvalidField { field, rule: "unknown".to_owned() },
            StoreError::Conflict(rule) if rule.contains("UNIQUE") => {
                Self::InvalidField { field: "name".to_owned(), rule: "taken".to_owned() }
            }
            StoreError::Busy => Self::FolderInUse,
            error @ (StoreError::Conflict(_)
            | StoreError::Io(_)
            | StoreError::OutcomeUnknown(_)
            | StoreError::Unreadable(_)
            | StoreError::Statement(_)
            | StoreError::Panicked(_)
            | StoreError::Closed) => internal(&error),
        }
    }
}

impl From<EngineError> for Fault {
    fn from(error: EngineError) -> Self {
        match error {
            EngineError::InvalidField { field, rule } => {
                Self::InvalidField { field: field.to_owned(), rule: rule.to_owned() }
            }
            EngineError::NotFound(what) => Self::NotFound { what: what.to_owned() },
            EngineError::WrongState(what) => Self::WrongState { what: what.to_owned() },
            EngineError::NotApproved(title) => Self::NotApproved { title },
            EngineError::NothingToDo => Self::NothingToDo,
            EngineError::InsufficientCredits { needed, available } => {
                Self::InsufficientCredits { needed: needed.to_string(), available: available.to_string() }
            }
            EngineError::RunNotCovered { estimate, needed, cap, available } => Self::RunNotCovered {
                estimate: estimate.to_string(),
                needed: needed.to_string(),
                cap: cap.map(|cap| cap.to_string()),
                available: available.to_string(),
            },
            EngineError::CapReached { scope, needed, left } => {
                Self::CapReached { scope: scope.to_string(), needed: needed.to_string(), left: left.to_string() }
            }
            EngineError::SpendingStopped => Self::SpendingStopped,
            EngineError::RunStopped { code, until, address } => {
                Self::RunStopped { reason: code, until: until.map(crate::view::instant), address }
            }
            EngineError::Unpriced { model, provider, model_name, model_type } => {
                Self::UnpricedModel { model, provider, model_name, model_type: model_type.to_string() }
            }
            EngineError::ModelEnded { model, ended_on, successor } => {
                Self::ModelEnded { model, ended_on: ended_on.map(crate::view::day), successor }
            }
            EngineError::NoModel(model_type) => Self::NoModel { model_type: model_type.to_string() },
            EngineError::BooksDoNotBalance => Self::BooksDoNotBalance,
            EngineError::Prompt { kind, error } => Self::Prompt {
                kind: kind.to_string(),
                problem: error.code().to_owned(),
                line: error.line(),
                note: error.note().to_owned(),
            },
            EngineError::Site { host, error } => {
                Self::Site { host, failure: error.code().to_owned(), note: error.note() }
            }
            EngineError::Vault(error) => error.into(),
            EngineError::KeywordFile(error) => error.into(),
            EngineError::Media(error) => match error {
                MediaError::DiskFull => Self::DiskFull,
                MediaError::NotFound => Self::NotFound { what: "picture".to_owned() },
                MediaError::NotAnImage | MediaError::TooLarge | MediaError::Io => internal(&error),
            },
            EngineError::Backup(error) => error.into(),
            EngineError::Cancelled => Self::Cancelled,
            EngineError::Paused => Self::WrongState { what: "paused".to_owned() },
            EngineError::Store(error) => error.into(),
        }
    }
}

impl From<BackupError> for Fault {
    fn from(error: BackupError) -> Self {
        match error {
            BackupError::Store(error) => error.into(),
            BackupError::Write { path, error } => unusable(&path, &error),
            BackupError::Damaged => Self::Corrupt,
            BackupError::Itself => Self::InvalidField { field: "file".to_owned(), rule: "live".to_owned() },
            BackupError::Foreign => Self::InvalidField { field: "file".to_owned(), rule: "foreign".to_owned() },
        }
    }
}

impl From<VaultError> for Fault {
    fn from(error: VaultError) -> Self {
        let state = match error {
            VaultError::NotFound => return Self::NotFound { what: "secret".to_owned() },
            VaultError::Absent => "absent",
            VaultError::Locked => "locked",
            VaultError::Denied => "denied",
            VaultError::Broken => "broken",
            VaultError::TimedOut => "timed_out",
        };
        Self::SecretStore { state: state.to_owned() }
    }
}

impl From<KeywordFileError> for Fault {
    fn from(error: KeywordFileError) -> Self {
        let (headers, line) = match &error {
            KeywordFileError::NoKeywordColumn { headers } => (headers.clone(), 0),
            KeywordFileError::File(file) => (Vec::new(), line_of(file)),
        };
        Self::KeywordFile { problem: error.code().to_owned(), line, headers }
    }
}

/// The line a table file is wrong at, or 0.
fn line_of(error: &TableFileError) -> u32 {
    match error {
        TableFileError::LineTooLong { line }
        | TableFileError::UnclosedQuote { line }
        | TableFileError::Encoding { line } => u32::try_from(*line).unwrap_or(u32::MAX),
        TableFileError::NotFound
        | TableFileError::Unreadable { .. }
        | TableFileError::Empty
        | TableFileError::Spreadsheet
        | TableFileError::Archive
        | TableFileError::NotText { .. }
        | TableFileError::ForeignText { .. }
        | TableFileError::TooLarge { .. } => 0,
    }
}

impl From<ReconcileError> for Fault {
    fn from(error: ReconcileError) -> Self {
        match error {
            ReconcileError::File(error) => {
                let (headers, line) = match &error {
                    UsageFileError::NoUsageColumn { headers } => (headers.clone(), 0),
                    UsageFileError::File(file) => (Vec::new(), line_of(file)),
                };
                Self::UsageFile { problem: error.code().to_owned(), line, headers }
            }
            ReconcileError::NoSuchProvider => Self::NotFound { what: "provider".to_owned() },
            ReconcileError::Store(error) => error.into(),
        }
    }
}

impl From<ExportError> for Fault {
    fn from(error: ExportError) -> Self {
        match error {
            ExportError::Write(error) if is_full(&error) => Self::DiskFull,
            ExportError::Write(_) => Self::InvalidField { field: "file".to_owned(), rule: "unwritable".to_owned() },
            ExportError::Store(error) => error.into(),
        }
    }
}

impl From<FolderError> for Fault {
    fn from(error: FolderError) -> Self {
        match error {
            FolderError::InUse => Self::FolderInUse,
            FolderError::NoHome => Self::NoDataFolder,
            FolderError::Linked { path } => {
                Self::Unusable { path: path.display().to_string(), problem: "linked".to_owned(), note: String::new() }
            }
            FolderError::Io { path, error } => unusable(&path, &error),
        }
    }
}

/// Why a file or folder cannot be used. What the system says of it is the cause, and no bug of ours.
#[expect(clippy::wildcard_enum_match_arm, reason = "the system's list: what has no words here is told as it is")]
fn unusable(path: &Path, error: &std::io::Error) -> Fault {
    use std::io::ErrorKind;
    let (problem, note) = match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => return Fault::DiskFull,
        // A folder that is to be made where a file stands "exists already".
        ErrorKind::NotADirectory | ErrorKind::AlreadyExists => ("not_a_folder", String::new()),
        ErrorKind::PermissionDenied => ("denied", String::new()),
        ErrorKind::ReadOnlyFilesystem => ("read_only", String::new()),
        ErrorKind::NotFound => ("gone", String::new()),
        _ => ("failed", error.to_string()),
    };
    Fault::Unusable { path: path.display().to_string(), problem: problem.to_owned(), note }
}

fn is_full(error: &std::io::Error) -> bool {
    use std::io::ErrorKind;
    matches!(error.kind(), ErrorKind::StorageFull | ErrorKind::QuotaExceeded)
}

/// Logs what nobody expected and hands out the id under which it stands in the log; an empty one without a log.
pub(crate) fn internal(error: &dyn std::error::Error) -> Fault {
    use igny8_core::port::Ids;
    if !tracing::enabled!(tracing::Level::ERROR) {
        return Fault::Internal { incident: String::new() };
    }
    let incident = crate::system::RandomIds.next().simple().to_string();
    tracing::error!(%incident, %error, "internal error");
    Fault::Internal { incident }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Error, ErrorKind};

    #[test]
    fn what_the_system_refuses_has_a_cause_and_a_place() {
        for (kind, problem) in [
            (ErrorKind::NotADirectory, "not_a_folder"),
            (ErrorKind::AlreadyExists, "not_a_folder"),
            (ErrorKind::PermissionDenied, "denied"),
            (ErrorKind::ReadOnlyFilesystem, "read_only"),
            (ErrorKind::NotFound, "gone"),
        ] {
            let expected =
                Fault::Unusable { path: "/x/y".to_owned(), problem: problem.to_owned(), note: String::new() };
            let write = || BackupError::Write { path: "/x/y".into(), error: kind.into() };
            assert_eq!(Fault::from(write()), expected);
            assert_eq!(Fault::from(EngineError::Backup(write())), expected);
            assert_eq!(Fault::from(FolderError::Io { path: "/x/y".into(), error: kind.into() }), expected);
        }
        let full = FolderError::Io { path: "/x/y".into(), error: ErrorKind::StorageFull.into() };
        assert_eq!(Fault::from(full), Fault::DiskFull);
        let other = Fault::from(FolderError::Io { path: "/x/y".into(), error: Error::other("the cable is loose") });
        let Fault::Unusable { problem, note, .. } = other else { panic!("{other:?}") };
        assert_eq!((problem.as_str(), note.as_str()), ("failed", "the cable is loose"));
    }
}
