//! How a step on a site ended that did not succeed, exactly: "never sent" and "sent, answer lost" need different next steps.

use crate::port::vault::VaultError;

/// How a step ended when it did not succeed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SiteError {
    /// The name does not resolve or nothing listens: never sent.
    #[error("unreachable")]
    Unreachable,
    /// The connection is not trustworthy: never sent.
    #[error("TLS failure")]
    Tls,
    /// Sent, and then nothing that says how it ended. The effect may exist.
    #[error("outcome unknown")]
    Unknown,
    /// Sent, and the server answered that it failed, which says nothing of how far it came. The effect may exist.
    #[error("server error {status}")]
    ServerError {
        /// HTTP status.
        status: u16,
    },
    /// Too many requests or maintenance; not done.
    #[error("busy")]
    Busy {
        /// How long the site asks to wait, in milliseconds.
        retry_after_ms: Option<u64>,
    },
    /// Name or password not accepted, or the header that carries them was removed on the way.
    #[error("not signed in")]
    Auth,
    /// Signed in, but not allowed.
    #[error("not allowed")]
    Forbidden {
        /// The site's code, such as `rest_cannot_publish`.
        code: String,
    },
    /// A web page where data belongs: a firewall, a login page or another program.
    #[error("a web page instead of data")]
    HtmlInsteadOfJson {
        /// HTTP status.
        status: u16,
    },
    /// The address is no WordPress, or its REST interface is off.
    #[error("not a WordPress REST interface")]
    NotWordPress,
    /// A redirect on a write, which is never followed.
    #[error("redirected")]
    Redirected {
        /// Where to.
        location: String,
    },
    /// No such item there.
    #[error("not found")]
    NotFound,
    /// Refused with a reason.
    #[error("rejected: {code}")]
    Rejected {
        /// HTTP status.
        status: u16,
        /// The site's code.
        code: String,
    },
    /// Data that is not what the interface documents.
    #[error("unreadable answer")]
    BadReply,
    /// The destination's folder cannot be written.
    #[error("the folder cannot be written")]
    Folder,
    /// No password is stored for this site.
    #[error("no password stored")]
    NoCredentials,
    /// The keyring that has the password could not be used.
    #[error("{0}")]
    Keyring(VaultError),
}

impl SiteError {
    /// Whether the effect may exist all the same, so that it must be looked up before it is tried again.
    #[must_use]
    pub const fn may_have_happened(&self) -> bool {
        matches!(self, Self::Unknown | Self::ServerError { .. } | Self::BadReply | Self::HtmlInsteadOfJson { .. })
    }

    /// What the site said beside that, to be shown with it: its own code, an HTTP status, or where it redirected to; empty
    /// when it said nothing.
    #[must_use]
    pub fn note(&self) -> String {
        match self {
            Self::Forbidden { code } | Self::Rejected { code, .. } => code.clone(),
            Self::Redirected { location } => location.clone(),
            Self::HtmlInsteadOfJson { status } | Self::ServerError { status } => status.to_string(),
            Self::Unreachable
            | Self::Tls
            | Self::Unknown
            | Self::Busy { .. }
            | Self::Auth
            | Self::NotWordPress
            | Self::NotFound
            | Self::BadReply
            | Self::Folder
            | Self::NoCredentials
            | Self::Keyring(_) => String::new(),
        }
    }

    /// The stable code that is stored and shown.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unreachable => "unreachable",
            Self::Tls => "tls",
            Self::Unknown => "outcome_unknown",
            Self::ServerError { .. } => "server_error",
            Self::Busy { .. } => "busy",
            Self::Auth => "auth",
            Self::Forbidden { .. } => "forbidden",
            Self::HtmlInsteadOfJson { .. } => "html_instead_of_json",
            Self::NotWordPress => "not_wordpress",
            Self::Redirected { .. } => "redirected",
            Self::NotFound => "not_found",
            Self::Rejected { .. } => "rejected",
            Self::BadReply => "bad_reply",
            Self::Folder => "folder",
            Self::NoCredentials | Self::Keyring(VaultError::NotFound) => "no_credentials",
            Self::Keyring(VaultError::Absent) => "keyring_absent",
            Self::Keyring(VaultError::Locked) => "keyring_locked",
            Self::Keyring(VaultError::Denied) => "keyring_denied",
            Self::Keyring(VaultError::Broken) => "keyring_broken",
            Self::Keyring(VaultError::TimedOut) => "keyring_timed_out",
        }
    }
}
