//! The signed-in connection to one site: who we are there, how long we wait, and the one place where the password is
//! put on a request. Redirects are never followed here: a client that does turns a POST into a GET and may carry the
//! password elsewhere.

use crate::address::ApiBase;
use crate::authority::Authorities;
use crate::errors::{Effect, accept};
use crate::transport::{Exchange, Overlong, Phases, exchange};
use igny8_core::port::SiteError;
use igny8_core::time::UtcMs;
use reqwest::header::{ACCEPT, CONTENT_DISPOSITION, CONTENT_TYPE, HeaderMap, HeaderValue};
use reqwest::{Client, ClientBuilder, Method, redirect, retry};
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};
use std::time::Duration;
use url::Url;

/// How long an unused connection is kept. Common servers close theirs after five seconds, and a request that meets
/// the closing ends unclear.
const POOL_IDLE: Duration = Duration::from_secs(4);

/// The slowest line an upload is waited for, in bytes per second: waiting times grow with the file by this.
const UPLOAD_BYTES_PER_SECOND_MIN: u64 = 32 * 1024;

/// What we call ourselves. Some firewalls refuse requests that do not.
const USER_AGENT: &str = concat!("Igny8/", env!("CARGO_PKG_VERSION"));

/// A login name (or e-mail address) and an application password.
#[derive(Clone, Debug)]
pub struct Credentials {
    /// Login name or e-mail address, not the name given to the application password.
    pub user: String,
    /// The application password, with or without its spaces.
    pub password: SecretString,
}

/// Bounds of every exchange with a site, and whom it is trusted by.
#[derive(Clone, Debug)]
pub struct Options {
    /// Longest time to look up the name, connect and agree on encryption.
    pub connect: Duration,
    /// Longest time from there until an answer begins; uploads get more by their size.
    pub first_byte: Duration,
    /// Longest silence inside an answer.
    pub idle: Duration,
    /// Longest time for an answer from its beginning to its end.
    pub total: Duration,
    /// Longest answer after decompression, in bytes.
    pub body_bytes_max: usize,
    /// From here on an answer is called slow. A publish of one article takes about ten of them.
    pub slow: Duration,
    /// Authorities of the site's own.
    pub authorities: Authorities,
}

impl Default for Options {
    /// Waits that suit slow shared hosting, where making the sizes of one image can take most of a minute.
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            first_byte: Duration::from_secs(60),
            idle: Duration::from_secs(30),
            total: Duration::from_secs(60),
            body_bytes_max: 8 * 1024 * 1024,
            slow: Duration::from_secs(5),
            authorities: Authorities::default(),
        }
    }
}

impl Options {
    pub(crate) fn phases(&self, upload_bytes: usize) -> Phases {
        let upload_bytes = u64::try_from(upload_bytes).unwrap_or(u64::MAX);
        let extra = Duration::from_secs(upload_bytes / UPLOAD_BYTES_PER_SECOND_MIN);
        // Connecting has its own end, which must come first: only it proves that nothing was sent.
        let until_answer = self.connect.saturating_add(self.first_byte).saturating_add(extra);
        Phases { first_byte: until_answer, idle: self.idle, total: self.total.saturating_add(until_answer) }
    }
}

/// A client with the settings every request of ours shares.
///
/// # Errors
/// `Tls` when the process has no cryptography installed or the system's certificates cannot be read.
pub(crate) fn client(options: &Options, direct: bool, with: Settings) -> Result<Client, SiteError> {
    if rustls::crypto::CryptoProvider::get_default().is_none() {
        return Err(SiteError::Tls);
    }
    let builder = Client::builder()
        .user_agent(USER_AGENT)
        .connect_timeout(options.connect)
        .pool_idle_timeout(POOL_IDLE)
        .redirect(redirect::Policy::none())
        .retry(retry::never())
        .tls_certs_merge(options.authorities.all())
        .referer(false);
    let builder = if direct { builder.no_proxy() } else { builder };
    with(builder).build().map_err(|_| SiteError::Tls)
}

/// What one kind of client has beside the shared settings.
pub(crate) type Settings = Box<dyn FnOnce(ClientBuilder) -> ClientBuilder + Send>;

/// A body to send.
pub(crate) enum Body<'a> {
    /// Fields.
    Json(Value),
    /// A file under a name of plain ASCII.
    File {
        /// Its media type.
        media_type: &'a str,
        /// Its name there.
        name: &'a str,
        /// The file.
        bytes: &'a [u8],
    },
}

/// One site with one way in.
pub(crate) struct Connection {
    client: Client,
    base: ApiBase,
    credentials: Credentials,
    options: Options,
}

impl Connection {
    pub(crate) fn new(base: ApiBase, credentials: Credentials, options: Options) -> Result<Self, SiteError> {
        // A proxy never sees a local site: there the request may be unencrypted, password and all.
        let client = client(&options, base.is_local(), Box::new(|builder| builder))?;
        Ok(Self { client, base, credentials, options })
    }

    pub(crate) fn base(&self) -> &ApiBase {
        &self.base
    }

    /// Reads a route.
    pub(crate) async fn get(&self, route: &str, query: &[(&str, String)]) -> Result<Value, SiteError> {
        accept(&self.read(Method::GET, route, query).await?, Effect::Read)
    }

    /// Reads what the site says of a route: its methods and the fields it takes.
    pub(crate) async fn describe(&self, route: &str) -> Result<Value, SiteError> {
        accept(&self.read(Method::OPTIONS, route, &[]).await?, Effect::Read)
    }

    /// A read changes nothing, so one whose answer was lost is simply asked again, once: a delivery is made of a dozen
    /// requests, and on a poor line one of them is always lost.
    async fn read(&self, method: Method, route: &str, query: &[(&str, String)]) -> Result<Exchange, SiteError> {
        match self.send(method.clone(), self.base.route(route, query), None).await {
            Err(SiteError::Unknown) => self.send(method, self.base.route(route, query), None).await,
            answered => answered,
        }
    }

    /// Reads one page of a list.
    pub(crate) async fn list(&self, route: &str, query: &[(&str, String)]) -> Result<Vec<Value>, SiteError> {
        Ok(self.list_counted(route, query).await?.0)
    }

    /// Reads one page of a list, with how many items all pages have, where the site says it.
    pub(crate) async fn list_counted(
        &self,
        route: &str,
        query: &[(&str, String)],
    ) -> Result<(Vec<Value>, Option<u32>), SiteError> {
        let exchange = self.read(Method::GET, route, query).await?;
        match accept(&exchange, Effect::Read)? {
            Value::Array(items) => Ok((items, exchange.total())),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_) => {
                Err(SiteError::BadReply)
            }
        }
    }

    /// Makes or changes something by fields.
    pub(crate) async fn post(&self, route: &str, fields: Value) -> Result<Value, SiteError> {
        let exchange = self.send(Method::POST, self.base.route(route, &[]), Some(Body::Json(fields))).await?;
        accept(&exchange, Effect::Write)
    }

    /// Removes something for good. Firewalls let a `POST` through that says what it stands for, and not always a `DELETE`.
    pub(crate) async fn delete(&self, route: &str) -> Result<Value, SiteError> {
        let query = [("_method", "DELETE".to_owned()), ("force", "true".to_owned())];
        let exchange = self.send(Method::POST, self.base.route(route, &query), Some(Body::Json(json!({})))).await?;
        accept(&exchange, Effect::Write)
    }

    /// Makes something and hands back the whole answer, for subjects whose failures say more than an error keeps.
    pub(crate) async fn post_raw(
        &self,
        route: &str,
        query: &[(&str, String)],
        body: Body<'_>,
    ) -> Result<Exchange, SiteError> {
        self.send(Method::POST, self.base.route(route, query), Some(body)).await
    }

    /// Reads a route, with the time that the server says it is.
    pub(crate) async fn get_dated(
        &self,
        route: &str,
        query: &[(&str, String)],
    ) -> Result<(Value, Option<UtcMs>), SiteError> {
        let exchange = self.send(Method::GET, self.base.route(route, query), None).await?;
        Ok((accept(&exchange, Effect::Read)?, exchange.date()))
    }

    /// Reads a page of the same site as a visitor sees it, without the password.
    pub(crate) async fn get_public(&self, url: Url) -> Result<Exchange, SiteError> {
        match self.get_public_once(url.clone()).await {
            Err(SiteError::Unknown) => self.get_public_once(url).await,
            answered => answered,
        }
    }

    async fn get_public_once(&self, url: Url) -> Result<Exchange, SiteError> {
        let request = self.client.get(url).build().map_err(|_| SiteError::Unreachable)?;
        let phases = self.options.phases(0);
        exchange(&self.client, request, phases, self.options.body_bytes_max, Overlong::Cut).await
    }

    async fn send(&self, method: Method, url: Url, body: Option<Body<'_>>) -> Result<Exchange, SiteError> {
        if !self.base.same_origin(&url) {
            return Err(SiteError::Unreachable);
        }
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        let (bytes, upload_bytes) = match body {
            None => (None, 0),
            Some(Body::Json(fields)) => {
                headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
                (Some(fields.to_string().into_bytes()), 0)
            }
            Some(Body::File { media_type, name, bytes }) => {
                headers.insert(CONTENT_TYPE, header(media_type)?);
                headers.insert(CONTENT_DISPOSITION, header(&format!("attachment; filename=\"{name}\""))?);
                (Some(bytes.to_vec()), bytes.len())
            }
        };
        let request = self.client.request(method.clone(), url.clone()).headers(headers);
        let request = request.basic_auth(&self.credentials.user, Some(self.credentials.password.expose_secret()));
        let request = match bytes {
            Some(bytes) => request.body(bytes),
            None => request,
        };
        let request = request.build().map_err(|_| SiteError::Unreachable)?;
        let phases = self.options.phases(upload_bytes);
        let answer = exchange(&self.client, request, phases, self.options.body_bytes_max, Overlong::Refuse).await;
        let status = answer.as_ref().map(|answer| answer.status).ok();
        tracing::debug!(%method, path = url.path(), status, error = answer.as_ref().err().map(SiteError::code), "site");
        answer
    }
}

fn header(text: &str) -> Result<HeaderValue, SiteError> {
    HeaderValue::from_str(text).map_err(|_| SiteError::Unreachable)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_in_no_printed_form() {
        let credentials = Credentials { user: "ann".to_owned(), password: SecretString::from("canary-7f3a") };
        assert!(!format!("{credentials:?}").contains("canary"));
    }

    #[test]
    fn waiting_grows_with_the_file() {
        let options = Options::default();
        assert_eq!(options.phases(0).first_byte, options.connect + options.first_byte);
        let extra = options.phases(320 * 1024).first_byte - options.phases(0).first_byte;
        assert_eq!(extra, Duration::from_secs(10));
    }
}
