//! Why a site cannot be used, found by going the way of a publish step by step and stopping at what is in the way. It only
//! reads, as a visitor first and then signed in, so that it can be repeated at any time.

mod pages;

use crate::address::ApiBase;
use crate::connection::{Connection, Credentials, Options};
use crate::discovery::{Discovered, Visitor, candidates, read_index, typed_address};
use crate::offers::offers;
use crate::probe::{self, IDENTIFY_REQUESTS};
use crate::transport::{Exchange, tls_fault};
use igny8_core::port::destination::SiteProbe;
use igny8_core::port::diagnosis::{Check, Diagnosis, Examined, Outcome, Verdict};
use igny8_core::port::{Clock, SiteError};
use tokio::time::timeout;
use url::Url;

/// Looks closely at the connection to the site at `address`, as a person typed it. `credentials` are what it is signed in
/// with, or why there are none.
pub async fn examine(
    address: &str,
    credentials: Result<Credentials, SiteError>,
    options: Options,
    clock: &dyn Clock,
) -> Diagnosis {
    let mut doctor = Doctor { options, clock, checks: Vec::new(), slowest_ms: 0 };
    let probe = match doctor.look(address, credentials).await {
        Ok(probe) => Some(probe),
        Err((check, verdict, note)) => {
            doctor.note(check, Outcome::Failed(verdict), note);
            None
        }
    };
    Diagnosis { checks: doctor.finish(), probe }
}

/// Where it ended, by what, and the fact beside it.
type Stop = (Check, Verdict, String);

struct Doctor<'a> {
    options: Options,
    clock: &'a dyn Clock,
    checks: Vec<Examined>,
    slowest_ms: u64,
}

impl Doctor<'_> {
    async fn look(&mut self, address: &str, credentials: Result<Credentials, SiteError>) -> Result<SiteProbe, Stop> {
        let other = |check, error| (check, Verdict::Other(error), String::new());
        let start = typed_address(address).map_err(|error| other(Check::Site, error))?;
        let visitor = Visitor::new(&start, self.options.clone()).map_err(|error| other(Check::Connection, error))?;
        let begun = self.clock.monotonic_ms();
        let (home, page) = match visitor.home(start.clone()).await {
            Ok(answered) => answered,
            Err(error) => return Err(self.no_page(&visitor, start, error, begun).await),
        };
        self.took(begun);
        self.pass(Check::Name, String::new());
        self.connected(&home);
        if pages::is_maintenance(&page) {
            return Err((Check::Site, Verdict::Maintenance, String::new()));
        }
        let (found, index) = self.interface(&visitor, &home, &page).await?;
        self.pass(Check::Site, found.home_url.clone());
        self.pass(Check::Interface, found.api_url.clone());
        self.note_noise(index.noise());
        let credentials = credentials.map_err(|error| other(Check::SignIn, error))?;
        self.sign_in(&found, credentials).await
    }

    /// Why not even a page came.
    async fn no_page(&mut self, visitor: &Visitor, start: Url, error: SiteError, begun: u64) -> Stop {
        let waited_ms = self.took(begun);
        let host = start.host_str().unwrap_or_default().to_owned();
        if error == SiteError::Unreachable && start.domain().is_some() && !self.resolves(&host).await {
            return (Check::Name, Verdict::Dns, host);
        }
        self.pass(Check::Name, String::new());
        match error {
            SiteError::Tls => {
                let fault = timeout(self.options.phases(0).first_byte, tls_fault(&visitor.client, start)).await;
                let verdict = fault.ok().flatten().map_or(Verdict::Other(error), Verdict::Tls);
                (Check::Connection, verdict, host)
            }
            SiteError::Unreachable => (Check::Connection, Verdict::Other(error), host),
            error => {
                self.connected(&start);
                self.stopped(Check::Site, error, waited_ms)
            }
        }
    }

    /// Something answered at `url`, over a secured connection or over one that need not be.
    fn connected(&mut self, url: &Url) {
        let outcome = if url.scheme() == "https" { Outcome::Passed } else { Outcome::Warned(Verdict::Unsecured) };
        self.note(Check::Connection, outcome, url.origin().ascii_serialization());
    }

    /// Whether a name leads anywhere, asked as long as a connection may take.
    async fn resolves(&self, host: &str) -> bool {
        timeout(self.options.connect, tokio::net::lookup_host((host, 0))).await.is_ok_and(|found| found.is_ok())
    }

    /// The REST interface and its index, or the most telling reason why there is none.
    async fn interface(
        &mut self,
        visitor: &Visitor,
        home: &Url,
        page: &Exchange,
    ) -> Result<(Discovered, Exchange), Stop> {
        let mut told: Option<(u8, Stop)> = None;
        for candidate in candidates(home, page) {
            let begun = self.clock.monotonic_ms();
            let asked = visitor.ask(candidate, home).await;
            let waited_ms = self.took(begun);
            let reason = match asked {
                Ok((url, answer)) => match read_index(url, &answer) {
                    Ok(found) => return Ok((found, answer)),
                    Err(error) => no_index(&answer, error),
                },
                // A site that is silent once is not asked at all its other addresses as well.
                Err(error @ SiteError::Unknown) => return Err(self.stopped(Check::Site, error, waited_ms)),
                Err(error) => Some((2, self.stopped(Check::Interface, error, waited_ms))),
            };
            if let Some(reason) = reason.filter(|reason| told.as_ref().is_none_or(|told| reason.0 > told.0)) {
                told = Some(reason);
            }
        }
        let by_page = || pages::firewall(page).map(|name| (Check::Site, Verdict::Firewall, name));
        let stop = told.map(|(_, stop)| stop).or_else(by_page);
        let stop = stop.unwrap_or_else(|| without_interface(home, page));
        if stop.0 > Check::Site {
            self.pass(Check::Site, home.to_string());
        }
        Err(stop)
    }

    /// Signs in and reads what the site says about us.
    async fn sign_in(&mut self, found: &Discovered, credentials: Credentials) -> Result<SiteProbe, Stop> {
        let other = |error| (Check::SignIn, Verdict::Other(error), String::new());
        let base = ApiBase::parse(&found.api_url).map_err(other)?;
        let connection = Connection::new(base, credentials, self.options.clone()).map_err(other)?;
        let begun = self.clock.monotonic_ms();
        let probed = probe::identify(&connection).await;
        let waited_ms = self.clock.monotonic_ms().saturating_sub(begun);
        self.slowest_ms = self.slowest_ms.max(waited_ms / IDENTIFY_REQUESTS);
        let (probe, namespaces) = probed.map_err(|error| self.stopped(Check::SignIn, error, waited_ms))?;
        self.pass(Check::SignIn, probe.user_name.clone());
        let roles = probe.roles.join(", ");
        if probe.can_publish && probe.can_upload {
            self.pass(Check::Rights, roles);
        } else {
            self.note(Check::Rights, Outcome::Failed(Verdict::RoleTooSmall), roles);
        }
        Ok(SiteProbe { offers: offers(&connection, &namespaces).await, ..probe })
    }

    /// What an error of a request means here. Silence until the end of the time it has is slowness.
    fn stopped(&self, check: Check, error: SiteError, waited_ms: u64) -> Stop {
        let note = error.note();
        let patience_ms = u64::try_from(self.options.first_byte.as_millis()).unwrap_or(u64::MAX);
        let verdict = match error {
            SiteError::Unknown if waited_ms >= patience_ms => return (check, Verdict::Slow, seconds(waited_ms)),
            SiteError::Rejected { ref code, .. } if code.starts_with("application_passwords_disabled") => {
                Verdict::AppPasswordsOff
            }
            SiteError::HtmlInsteadOfJson { status: 403 | 406 } => Verdict::Firewall,
            SiteError::Forbidden { .. } if check == Check::SignIn => Verdict::RestOff,
            error => Verdict::Other(error),
        };
        (check, verdict, note)
    }

    fn note_noise(&mut self, noise: Option<String>) {
        match noise {
            Some(printer) => self.note(Check::Data, Outcome::Warned(Verdict::Noise), printer),
            None => self.pass(Check::Data, String::new()),
        }
    }

    /// How long it took since `begun`, in milliseconds; the longest is what the site is judged by.
    fn took(&mut self, begun: u64) -> u64 {
        let took_ms = self.clock.monotonic_ms().saturating_sub(begun);
        self.slowest_ms = self.slowest_ms.max(took_ms);
        took_ms
    }

    fn pass(&mut self, check: Check, note: String) {
        self.note(check, Outcome::Passed, note);
    }

    fn note(&mut self, check: Check, outcome: Outcome, note: String) {
        self.checks.push(Examined { check, outcome, note });
    }

    /// All checks in their order; what was not come to is skipped.
    fn finish(mut self) -> Vec<Examined> {
        let slow_ms = u64::try_from(self.options.slow.as_millis()).unwrap_or(u64::MAX);
        let came_through = self.checks.iter().any(|one| one.check == Check::SignIn && one.outcome == Outcome::Passed);
        if self.slowest_ms >= slow_ms {
            self.note(Check::Speed, Outcome::Warned(Verdict::Slow), seconds(self.slowest_ms));
        } else if came_through {
            self.pass(Check::Speed, seconds(self.slowest_ms));
        }
        let mut made = self.checks;
        let skipped = |check| Examined { check, outcome: Outcome::Skipped, note: String::new() };
        let missing: Vec<Examined> =
            Check::OF_WEB.into_iter().filter(|check| made.iter().all(|one| one.check != *check)).map(skipped).collect();
        made.extend(missing);
        made.sort_by_key(|one| one.check);
        made
    }
}

/// What an answer says that is no index, and how much that explains; nothing where it is just another page.
fn no_index(answer: &Exchange, error: SiteError) -> Option<(u8, Stop)> {
    if pages::is_maintenance(answer) {
        return Some((5, (Check::Site, Verdict::Maintenance, String::new())));
    }
    if let Some(name) = pages::firewall(answer) {
        return Some((1, (Check::Interface, Verdict::Firewall, name)));
    }
    match error {
        // WordPress itself says that it does not answer here.
        SiteError::Forbidden { code } | SiteError::Rejected { code, .. } if answer.json().is_some() => {
            Some((4, (Check::Interface, Verdict::RestOff, code)))
        }
        error @ SiteError::Busy { .. } => Some((3, (Check::Site, Verdict::Other(error), String::new()))),
        _ => None,
    }
}

/// Every address of an interface answers with pages. Whether the site names one decides what that means.
fn without_interface(home: &Url, page: &Exchange) -> Stop {
    if !pages::is_wordpress(home, page) {
        return (Check::Site, Verdict::Other(SiteError::NotWordPress), format!("HTTP {}", page.status));
    }
    if pages::names_interface(home, page) {
        return (Check::Interface, Verdict::Other(SiteError::HtmlInsteadOfJson { status: 200 }), String::new());
    }
    (Check::Interface, Verdict::RestOff, String::new())
}

/// A time as it is read: tenths of a second.
fn seconds(ms: u64) -> String {
    format!("{}.{} s", ms / 1000, ms % 1000 / 100)
}
