//! What looking closely at a site's connection shows: one check after the other, each with its outcome, so that what is
//! wrong is told apart from what follows from it.

use super::destination::{SiteError, SiteProbe};

/// What is looked at, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Check {
    /// The folder, for a site that is one.
    Folder,
    /// The name leads to a computer.
    Name,
    /// It answers, over a connection that can be trusted.
    Connection,
    /// What answers is a WordPress at work.
    Site,
    /// It has a REST interface.
    Interface,
    /// The interface answers with data and nothing beside it.
    Data,
    /// It accepts our name and password.
    SignIn,
    /// We may do there what publishing needs.
    Rights,
    /// It answers in good time.
    Speed,
}

impl Check {
    /// Those of a site on the web.
    pub const OF_WEB: [Self; 8] = [
        Self::Name,
        Self::Connection,
        Self::Site,
        Self::Interface,
        Self::Data,
        Self::SignIn,
        Self::Rights,
        Self::Speed,
    ];
}

/// How one check ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// As it should be.
    Passed,
    /// It works, and is better mended.
    Warned(Verdict),
    /// This is in the way.
    Failed(Verdict),
    /// It could not be looked at, because of what failed before.
    Skipped,
}

/// One check with its outcome.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Examined {
    /// What was looked at.
    pub check: Check,
    /// How it ended.
    pub outcome: Outcome,
    /// A fact beside it: an address, a status, a role, a time; empty where there is none. Never a secret.
    pub note: String,
}

/// Why a secure connection could not be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TlsFault {
    /// The certificate is out of date.
    Expired,
    /// The certificate is another name's.
    Name,
    /// Nobody this computer trusts has signed the certificate.
    Issuer,
    /// What answers there does not speak TLS.
    Absent,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The name does not lead anywhere.
    Dns,
    /// No secure connection, and why.
    Tls(TlsFault),
    /// Plain HTTP, which is allowed because the address does not leave this computer and its local names.
    Unsecured,
    /// A firewall's page.
    Firewall,
    /// The site is being updated.
    Maintenance,
    /// The REST interface is switched off.
    RestOff,
    /// PHP prints into the data.
    Noise,
    /// The site has no application passwords.
    AppPasswordsOff,
    /// The user's role does not allow what publishing needs.
    RoleTooSmall,
    /// It answers too slowly, or not within the time it has.
    Slow,
    /// Anything else, as a step of publishing would meet it.
    Other(SiteError),
}

impl Verdict {
    /// The stable code that is stored and shown: of one space with [`SiteError::code`].
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Dns => "dns",
            Self::Tls(TlsFault::Expired) => "tls_expired",
            Self::Tls(TlsFault::Name) => "tls_name",
            Self::Tls(TlsFault::Issuer) => "tls_issuer",
            Self::Tls(TlsFault::Absent) => "tls_absent",
            Self::Unsecured => "unsecured",
            Self::Firewall => "firewall",
            Self::Maintenance => "maintenance",
            Self::RestOff => "rest_off",
            Self::Noise => "noise",
            Self::AppPasswordsOff => "app_passwords_off",
            Self::RoleTooSmall => "role_too_small",
            Self::Slow => "slow",
            Self::Other(error) => error.code(),
        }
    }
}

/// Everything that was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnosis {
    /// The checks in order, those that could not be made included.
    pub checks: Vec<Examined>,
    /// What the site said about itself, when it let us in.
    pub probe: Option<SiteProbe>,
}

impl Diagnosis {
    /// The one check of a destination that is a folder.
    #[must_use]
    pub fn of_folder(probed: Result<SiteProbe, SiteError>) -> Self {
        let (outcome, probe) = match probed {
            Ok(probe) => (Outcome::Passed, Some(probe)),
            Err(error) => (Outcome::Failed(Verdict::Other(error)), None),
        };
        Self { checks: vec![Examined { check: Check::Folder, outcome, note: String::new() }], probe }
    }

    /// The first thing in the way, with the fact beside it; nothing when publishing can go on.
    #[must_use]
    pub fn failure(&self) -> Option<(&Verdict, &str)> {
        self.checks.iter().find_map(|one| match &one.outcome {
            Outcome::Failed(verdict) => Some((verdict, one.note.as_str())),
            Outcome::Passed | Outcome::Warned(_) | Outcome::Skipped => None,
        })
    }
}
