//! Being let in by a person in their browser: the address where WordPress asks them whether this program may sign in, and
//! taking the password back when it is not needed any more.

use crate::answer::typed;
use crate::connection::Connection;
use crate::discovery::{Discovered, discover};
use crate::{Options, address};
use igny8_core::port::SiteError;
use igny8_core::time::UtcMs;
use serde::Deserialize;
use url::Url;

/// What the site shows the person as who asks, and calls the password, with the instant it was asked for: of a user no two
/// passwords can have the same name.
const APP_NAME: &str = "Igny8 Desktop";

/// A person reads it, and asks no two of them within one.
const SECOND_MS: i64 = 1_000;

/// What a site knows this program by, whatever its name is: the same on every computer.
const APP_ID: &str = "6f0c2c0e-5d0b-4f0a-9d0e-1a7e8b9c2d41";

/// Where a person lets us in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consent {
    /// The site that was found.
    pub site: Discovered,
    /// The page to open in the browser. It shows the new password to who agrees.
    pub page: String,
}

/// Finds the site at `address` and the page where it asks a person for their consent, `now`. Without an address to send the
/// password to, WordPress shows it, so that it passes no other program on its way here.
///
/// # Errors
/// As [`discover`]; `Rejected` with `application_passwords_disabled` where the site has none, `Redirected` where its page
/// is at another place.
pub async fn consent(address: &str, now: UtcMs, options: Options) -> Result<Consent, SiteError> {
    let site = discover(address, options).await?;
    let disabled = || SiteError::Rejected { status: 501, code: "application_passwords_disabled".to_owned() };
    let page = site.authorize_url.as_deref().ok_or_else(disabled)?;
    let mut page = Url::parse(page).map_err(|_| SiteError::BadReply)?;
    let is_ours = address::same_place(page.as_str(), &site.home_url);
    if !is_ours || !address::is_encrypted(&page) {
        return Err(SiteError::Redirected { location: page.origin().ascii_serialization() });
    }
    let second = UtcMs(now.0 - now.0.rem_euclid(SECOND_MS));
    let name = format!("{APP_NAME} {}", second.to_rfc3339());
    page.query_pairs_mut().append_pair("app_name", &name).append_pair("app_id", APP_ID);
    Ok(Consent { site, page: page.into() })
}

/// Revokes the very password that is signed in with. An answer that was lost is looked up.
pub(crate) async fn revoke(connection: &Connection) -> Result<(), SiteError> {
    let route = "wp/v2/users/me/application-passwords";
    #[derive(Deserialize)]
    struct Ours {
        uuid: String,
    }
    let ours = connection.get(&format!("{route}/introspect"), &[]).await?;
    let ours: Ours = typed(ours).ok_or(SiteError::BadReply)?;
    let is_plain = ours.uuid.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if !is_plain || ours.uuid.is_empty() {
        return Err(SiteError::BadReply);
    }
    match connection.delete(&format!("{route}/{}", ours.uuid)).await {
        Ok(_) => Ok(()),
        // Whoever is not let in any more has no password there.
        Err(error) if error.may_have_happened() => match connection.get(&format!("{route}/introspect"), &[]).await {
            Err(SiteError::Auth) => Ok(()),
            Ok(_) | Err(_) => Err(error),
        },
        Err(error) => Err(error),
    }
}
