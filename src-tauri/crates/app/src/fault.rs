//! What can go wrong, as a screen needs to know it: a closed union of code and detail. A code exists only while a
//! screen branches on it; the sentence belongs to the screen. Every error of the layers below is mapped here, without a
//! wildcard, so that a new one cannot slip through unworded.

pub(crate) mod from;

use serde::{Deserialize, Serialize};
use specta::Type;

/// A failed command.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type, thiserror::Error)]
#[serde(tag = "code", content = "detail", rename_all_fields = "camelCase")]
pub enum Fault {
    /// A value is missing, too long, out of range or unknown.
    #[error("{field} breaks the rule {rule}")]
    InvalidField {
        /// Which field.
        field: String,
        /// Which rule, a code: `required`, `too_long`, `range`, `unknown`, `format`, `taken`, `unwritable`,
        /// `unencrypted`, `credentials`, `live`, `foreign`, `damaged`, `in_use`, `not_utf8`, `unreadable`, `folder`,
        /// `builtin`, `kind`, `certificate`, `other_address`, `digits`, `not_connected`, `past`, `two`.
        rule: String,
    },
    /// The thing is not there (any more).
    #[error("no such {what}")]
    NotFound {
        /// `site`, `keyword`, `content`, ….
        what: String,
    },
    /// The thing is in a state that does not allow this.
    #[error("the {what} does not allow this now")]
    WrongState {
        /// What.
        what: String,
    },
    /// An article is to be approved by a person first.
    #[error("{title:?} is not approved")]
    NotApproved {
        /// Its title.
        title: String,
    },
    /// Nothing to do: no item waits for this function.
    #[error("nothing to do")]
    NothingToDo,
    /// Not enough credits.
    #[error("not enough credits: {needed} needed, {available} available")]
    InsufficientCredits {
        /// Needed, decimal.
        needed: String,
        /// Available, decimal.
        available: String,
    },
    /// The wallet does not cover a run, which has not begun.
    #[error("a run estimated at {estimate} needs {needed}, {available} available")]
    RunNotCovered {
        /// What the run will probably cost, decimal.
        estimate: String,
        /// What must be available for a run that names no cap, decimal.
        needed: String,
        /// The cap that was named and is above what is available, decimal; absent when none was named.
        cap: Option<String>,
        /// Available, decimal.
        available: String,
    },
    /// A limit on spending does not cover it.
    #[error("the {scope} limit leaves {left} of {needed} credits needed")]
    CapReached {
        /// `month`, `day`, `site`, `run` or `share`.
        scope: String,
        /// Needed, decimal.
        needed: String,
        /// Left of the limit, decimal.
        left: String,
    },
    /// The user has stopped all paid work.
    #[error("paid work is stopped")]
    SpendingStopped,
    /// Work ended before its end.
    #[error("stopped: {reason}")]
    RunStopped {
        /// Why, a code as in the task log.
        reason: String,
        /// When it may go on, where it was a vendor that asked to wait.
        until: Option<String>,
        /// The address that was asked, where what answered there is not the vendor.
        address: Option<String>,
    },
    /// The model has no price, so it may not be called.
    #[error("{model} has no price")]
    UnpricedModel {
        /// Its name for people.
        model: String,
        /// Its vendor.
        provider: String,
        /// Its vendor's id for it.
        model_name: String,
        /// What it makes: `text` or `image`.
        model_type: String,
    },
    /// The model's vendor has ended it, so it is not called.
    #[error("{model} has ended")]
    ModelEnded {
        /// Model name.
        model: String,
        /// The day it ended, such as `2026-05-12`; absent where nobody says.
        ended_on: Option<String>,
        /// Model id of what to use instead; absent where nothing is named.
        successor: Option<String>,
    },
    /// The model's vendor is not connected: there is no key yet.
    #[error("{provider} is not connected")]
    NotConnected {
        /// Name of the vendor.
        provider: String,
    },
    /// No model is chosen for this function.
    #[error("no model for {model_type}")]
    NoModel {
        /// `text` or `image`.
        model_type: String,
    },
    /// The books do not balance: paid work waits until that is looked at.
    #[error("the books do not balance")]
    BooksDoNotBalance,
    /// A keyword file could not be read.
    #[error("keyword file: {problem}")]
    KeywordFile {
        /// A code: `not_found`, `not_text`, `archive`, `spreadsheet`, `empty`, `no_keyword_column`, `line_too_long`,
        /// `unclosed_quote`, `too_large`, `encoding`, `foreign_text`, `folder`, `not_regular`, `unreadable`.
        problem: String,
        /// Line number, or 0.
        line: u32,
        /// Headers found, for `no_keyword_column`.
        headers: Vec<String>,
    },
    /// A vendor's usage file could not be read.
    #[error("usage file: {problem}")]
    UsageFile {
        /// A code: `not_found`, `not_text`, `archive`, `spreadsheet`, `empty`, `no_usage_column`, `line_too_long`,
        /// `unclosed_quote`, `too_large`, `encoding`, `foreign_text`, `folder`, `not_regular`, `unreadable`.
        problem: String,
        /// Line number, or 0.
        line: u32,
        /// Headers found, for `no_usage_column`.
        headers: Vec<String>,
    },
    /// A prompt cannot be used as it is worded.
    #[error("prompt {kind}: {problem} in line {line}")]
    Prompt {
        /// Which, a word of the library.
        kind: String,
        /// A code: `empty`, `too_long`, `syntax`, `unknown_variable`, `forbidden`, `marker`, `too_much`, `failed`.
        problem: String,
        /// The line it is about, from 1; 0 for the whole.
        line: u32,
        /// The variable, tag or operator, or what the template engine says; empty otherwise.
        note: String,
    },
    /// A site could not be reached or refused.
    #[error("{host}: {failure}")]
    Site {
        /// Host name or folder.
        host: String,
        /// A code: `unreachable`, `tls`, `outcome_unknown`, `server_error`, `busy`, `auth`, `forbidden`,
        /// `html_instead_of_json`, `not_wordpress`, `redirected`, `not_found`, `rejected`, `bad_reply`, `folder`,
        /// `no_credentials`, `keyring_absent`, `keyring_locked`, `keyring_denied`, `keyring_broken`,
        /// `keyring_timed_out`, `cut_off`, `picture_missing`, `post_trashed`, `post_gone`, `post_replaced`,
        /// `post_elsewhere`, `post_namesake`, `post_edited`, `post_unpublished`, `from_copy`; from a close look `dns`, `tls_expired`, `tls_name`, `tls_issuer`, `tls_absent`, `firewall`,
        /// `maintenance`, `rest_off`, `noise`, `app_passwords_off`, `role_too_small`, `slow`, `unsecured`.
        failure: String,
        /// The site's own short code, the status of its answer, or where it redirected to; empty otherwise.
        note: String,
    },
    /// The keyring could not be used.
    #[error("keyring: {state}")]
    SecretStore {
        /// A code: `locked`, `denied`, `absent`, `broken`, `timed_out`.
        state: String,
    },
    /// The disk is full; nothing of the change is half done.
    #[error("the disk is full")]
    DiskFull,
    /// A file or folder cannot be used, for a reason that lies outside the app.
    #[error("{path}: {problem} {note}")]
    Unusable {
        /// Which one.
        path: String,
        /// A code: `not_a_folder`, `denied`, `read_only`, `gone`, `linked`, `failed`.
        problem: String,
        /// What the system said, for `failed`; empty otherwise.
        note: String,
    },
    /// The system names no folder for this user's data, and none was named.
    #[error("no data folder")]
    NoDataFolder,
    /// The data folder is in use by another process.
    #[error("Igny8 is open on this folder")]
    FolderInUse,
    /// The data was made by a newer version.
    #[error("made by a newer version")]
    TooNew,
    /// The database is damaged.
    #[error("the database is damaged")]
    Corrupt,
    /// Cancelled by the user.
    #[error("cancelled")]
    Cancelled,
    /// A bug. The log has more under this id.
    #[error("internal error {incident}")]
    Internal {
        /// Id of the log entry; empty when nothing is logged.
        incident: String,
    },
}
