//! Asking a site who it is and what we may do there. Only `users/me` proves that name and password were accepted:
//! a public read answers 200 with any password at all.

use crate::answer::typed;
use crate::connection::Connection;
use crate::discovery::{NAMESPACE, links};
use crate::offers;
use crate::plain;
use igny8_core::port::SiteError;
use igny8_core::port::destination::{SiteOffers, SiteProbe};
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;
use url::Url;

/// What is read of the index, which otherwise lists every route of every plugin.
const INDEX_FIELDS: &str = "name,url,home,gmt_offset,timezone_string,namespaces,authentication";

/// Who we are and what the site has to publish with.
pub(crate) async fn probe(connection: &Connection) -> Result<SiteProbe, SiteError> {
    let (probe, namespaces) = identify(connection).await?;
    Ok(SiteProbe { offers: offers::offers(connection, &namespaces).await, ..probe })
}

/// Requests that [`identify`] makes, one after the other.
pub(crate) const IDENTIFY_REQUESTS: u64 = 3;

/// Who we are and what we may do, with the namespaces the site has.
pub(crate) async fn identify(connection: &Connection) -> Result<(SiteProbe, Vec<String>), SiteError> {
    let index = connection.get("", &[("_fields", INDEX_FIELDS.to_owned())]).await?;
    let index: Index = typed(index).ok_or(SiteError::NotWordPress)?;
    if !index.namespaces.iter().any(|namespace| namespace == NAMESPACE) {
        return Err(SiteError::NotWordPress);
    }
    let me = connection.get("wp/v2/users/me", &[("context", "edit".to_owned())]).await;
    let me = me.map_err(|error| if error == SiteError::Auth { index.refusal() } else { error })?;
    let me: Me = typed(me).ok_or(SiteError::BadReply)?;
    let may = |capability: &str| me.capabilities.get(capability) == Some(&Value::Bool(true));
    let probe = SiteProbe {
        name: plain::read(&index.name),
        address: connection.base().site_url(&index.home),
        api_url: connection.base().as_url(),
        timezone: index.timezone(),
        can_publish: may("publish_posts"),
        can_upload: may("upload_files"),
        version: version(connection, &index.home).await,
        home_url: index.home,
        user_name: if me.username.is_empty() { me.name } else { me.username },
        user_id: if me.id > 0 { me.id.to_string() } else { String::new() },
        roles: me.roles,
        offers: SiteOffers::default(),
    };
    Ok((probe, index.namespaces))
}

/// WordPress tells its version on its pages only, and not every site does, so a page that cannot be read is no failure.
async fn version(connection: &Connection, home: &str) -> String {
    let Some(home) = Url::parse(home).ok().filter(|home| connection.base().same_origin(home)) else {
        return String::new();
    };
    connection.get_public(home).await.map(|page| links::version(&page.body)).unwrap_or_default()
}

/// The index of the interface.
#[derive(Deserialize)]
struct Index {
    namespaces: Vec<String>,
    #[serde(default)]
    name: String,
    #[serde(default)]
    home: String,
    /// A number where a named zone is set, and text where none is.
    #[serde(default)]
    gmt_offset: Value,
    #[serde(default)]
    timezone_string: String,
    /// Ways to sign in by name; an empty list where there is none.
    #[serde(default)]
    authentication: Value,
}

impl Index {
    /// Why nobody was signed in. A site without application passwords answers a right one like a wrong one, and only
    /// its index tells the two apart.
    fn refusal(&self) -> SiteError {
        if self.authentication.is_null() || self.authentication.get("application-passwords").is_some() {
            return SiteError::Auth;
        }
        SiteError::Rejected { status: 501, code: "application_passwords_disabled".to_owned() }
    }

    /// The named zone, else the offset as `+05:30`, else nothing.
    fn timezone(&self) -> String {
        if !self.timezone_string.is_empty() {
            return self.timezone_string.clone();
        }
        let text = self.gmt_offset.as_str().and_then(|text| text.trim().parse().ok());
        self.gmt_offset.as_f64().or(text).filter(|hours: &f64| hours.abs() <= HOURS_MAX).map(offset).unwrap_or_default()
    }
}

/// The largest offset WordPress offers, in hours.
const HOURS_MAX: f64 = 14.0;

fn offset(hours: f64) -> String {
    let sign = if hours < 0.0 { '-' } else { '+' };
    let whole = hours.abs().trunc();
    let minutes = ((hours.abs() - whole) * 60.0).round();
    format!("{sign}{whole:02.0}:{minutes:02.0}")
}

/// The signed-in user, as an editor of itself sees it.
#[derive(Deserialize)]
struct Me {
    /// Left out by sites that hide who their users are.
    #[serde(default)]
    id: u64,
    name: String,
    #[serde(default)]
    username: String,
    #[serde(default)]
    roles: Vec<String>,
    /// Plugins put other things than true and false here.
    capabilities: BTreeMap<String, Value>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn zones_come_in_three_shapes() {
        let zone = |value: Value| serde_json::from_value::<Index>(value).unwrap().timezone();
        assert_eq!(zone(json!({"namespaces":[],"gmt_offset":-5,"timezone_string":"America/Lima"})), "America/Lima");
        assert_eq!(zone(json!({"namespaces":[],"gmt_offset":"0","timezone_string":""})), "+00:00");
        assert_eq!(zone(json!({"namespaces":[],"gmt_offset":"5.5","timezone_string":""})), "+05:30");
        assert_eq!(zone(json!({"namespaces":[],"gmt_offset":-9.5})), "-09:30");
        assert_eq!(zone(json!({"namespaces":[],"gmt_offset":"x"})), "");
        assert_eq!(zone(json!({"namespaces":[]})), "");
    }
}
