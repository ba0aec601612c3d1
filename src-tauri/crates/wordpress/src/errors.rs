//! What an answer means. Status, content type and shape decide together, because each of them alone lies: a login page
//! comes with 200, an error behind a printed notice too, and a firewall's 403 is not the site's. Nothing of a body ever
//! enters an error but a code made of letters.

use crate::transport::Exchange;
use igny8_core::port::SiteError;
use serde_json::Value;
use url::Url;

/// Whether a request can leave something behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Effect {
    /// It only reads.
    Read,
    /// It makes or changes something, so an unclear end must be looked up.
    Write,
}

/// Longest code that is passed on: the longest of WordPress's own has 45 characters.
const CODE_CHARS_MAX: usize = 64;

/// Codes that mean "name or password not accepted" whatever the status beside them.
const AUTH_CODES: &[&str] = &[
    "rest_not_logged_in",
    "incorrect_password",
    "invalid_username",
    "invalid_email",
    "invalid_application_password",
    "rest_cookie_invalid_nonce",
];

/// Codes with a 5xx status that WordPress gives before anything is made.
const REFUSALS: &[&str] = &[
    "application_passwords_disabled",
    "application_passwords_disabled_for_user",
    "rest_upload_sideload_error",
    "rest_upload_unknown_error",
];

/// The data of an answer that succeeded.
///
/// # Errors
/// How it failed, see [`SiteError`].
pub(crate) fn accept(exchange: &Exchange, effect: Effect) -> Result<Value, SiteError> {
    let status = exchange.status;
    if (300..400).contains(&status) {
        return Err(redirected(exchange.location()));
    }
    if status == 429 || (status == 503 && said_busy(exchange, effect)) {
        return Err(SiteError::Busy { retry_after_ms: exchange.retry_after_ms() });
    }
    let Some(value) = exchange.json() else {
        return Err(not_json(exchange, effect));
    };
    let success = (200..300).contains(&status);
    match wordpress_error(&value, status) {
        Some((status, code)) => Err(by_code(status, &code, effect)),
        None if success => Ok(value),
        None => Err(by_status(status, effect)),
    }
}

/// Where a redirect leads, without the parts that can carry secrets.
pub(crate) fn redirected(location: Option<&str>) -> SiteError {
    let Some(location) = location else {
        return SiteError::BadReply;
    };
    let Ok(mut url) = Url::parse(location) else {
        let path = location.split(['?', '#']).next().unwrap_or_default();
        return SiteError::Redirected { location: path.chars().take(URL_CHARS_MAX).collect() };
    };
    url.set_query(None);
    url.set_fragment(None);
    // Fails only for addresses that cannot hold a name or password.
    let _ = url.set_username("").and_then(|()| url.set_password(None));
    SiteError::Redirected { location: url.as_str().chars().take(URL_CHARS_MAX).collect() }
}

/// Longest address passed on: enough to recognise a host and a path.
const URL_CHARS_MAX: usize = 200;

/// A maintenance page says when to come back. Without that, a proxy may have lost the site in the middle of a write.
fn said_busy(exchange: &Exchange, effect: Effect) -> bool {
    effect == Effect::Read || exchange.retry_after_ms().is_some()
}

/// WordPress's error shape with its real status: a notice printed in front turns every status into 200.
fn wordpress_error(value: &Value, status: u16) -> Option<(u16, String)> {
    let (value, status) = asked_as_a_stranger(value).map_or((value, status), |(inner, status)| (inner, status));
    let code = value.get("code")?.as_str()?;
    value.get("message")?.as_str()?;
    let inner = value.get("data").and_then(|data| data.get("status")).and_then(Value::as_u64);
    let inner = inner.and_then(|status| u16::try_from(status).ok());
    match (200..300).contains(&status) {
        true => inner.map(|inner| (inner, plain_code(code))),
        false => Some((status, plain_code(code))),
    }
}

/// A question about posts in every state is a bad one when a stranger asks it, so WordPress calls it a bad parameter and
/// says the real reason beside the parameter: who sent the wrong password is such a stranger.
fn asked_as_a_stranger(value: &Value) -> Option<(&Value, u16)> {
    if value.get("code")?.as_str()? != "rest_invalid_param" {
        return None;
    }
    let details = value.get("data")?.get("details")?.as_object()?;
    let status_of = |reason: &Value| reason.get("data")?.get("status")?.as_u64();
    let (reason, status) = details.values().find_map(|reason| Some((reason, status_of(reason)?)))?;
    let status = u16::try_from(status).ok().filter(|status| matches!(status, 401 | 403))?;
    Some((reason, status))
}

/// A code as it may be stored and shown: the characters WordPress uses in codes and no others.
fn plain_code(code: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    if !code.is_empty() && code.len() <= CODE_CHARS_MAX && code.chars().all(plain) {
        code.to_owned()
    } else {
        "unreadable_code".to_owned()
    }
}

fn by_code(status: u16, code: &str, effect: Effect) -> SiteError {
    if AUTH_CODES.contains(&code) {
        return SiteError::Auth;
    }
    let code = code.to_owned();
    match status {
        401 => SiteError::Auth,
        403 => SiteError::Forbidden { code },
        404 if matches!(code.as_str(), "rest_no_route" | "rest_invalid_namespace") => SiteError::NotWordPress,
        404 | 410 => SiteError::NotFound,
        500.. if !REFUSALS.contains(&code.as_str()) => unclear(status, effect),
        _ => SiteError::Rejected { status, code },
    }
}

/// Data or nothing, but not in WordPress's shape: something in front of it answered.
fn by_status(status: u16, effect: Effect) -> SiteError {
    match status {
        401 => SiteError::Auth,
        404 => SiteError::NotWordPress,
        408 | 500.. => unclear(status, effect),
        _ => SiteError::Rejected { status, code: format!("http_{status}") },
    }
}

fn not_json(exchange: &Exchange, effect: Effect) -> SiteError {
    match exchange.status {
        401 => SiteError::Auth,
        413 => SiteError::Rejected { status: 413, code: "http_413".to_owned() },
        408 | 502..=504 | 520..=527 => unclear(exchange.status, effect),
        status if exchange.is_html() => SiteError::HtmlInsteadOfJson { status },
        200..300 => SiteError::BadReply,
        status => by_status(status, effect),
    }
}

/// The site behind a proxy did not answer in time, or not well. Something did answer, and says so with its status.
fn unclear(status: u16, effect: Effect) -> SiteError {
    match effect {
        Effect::Write => SiteError::ServerError { status },
        Effect::Read => SiteError::Busy { retry_after_ms: None },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

    fn exchange(status: u16, header: Option<(&'static str, &'static str)>, body: &str) -> Exchange {
        let pair = |(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value));
        let headers = header.into_iter().map(pair).collect::<HeaderMap>();
        Exchange { status, headers, body: body.as_bytes().to_vec() }
    }

    fn read(status: u16, body: &str) -> SiteError {
        accept(&exchange(status, None, body), Effect::Read).unwrap_err()
    }

    fn write(status: u16, body: &str) -> SiteError {
        accept(&exchange(status, None, body), Effect::Write).unwrap_err()
    }

    fn error(code: &str, status: u16) -> String {
        format!(r#"{{"code":"{code}","message":"m","data":{{"status":{status}}}}}"#)
    }

    #[test]
    fn wordpress_says_why() {
        assert_eq!(read(401, &error("rest_not_logged_in", 401)), SiteError::Auth);
        assert_eq!(read(403, &error("incorrect_password", 403)), SiteError::Auth);
        let forbidden = SiteError::Forbidden { code: "rest_cannot_publish".to_owned() };
        assert_eq!(write(403, &error("rest_cannot_publish", 403)), forbidden);
        assert_eq!(read(404, &error("rest_post_invalid_id", 404)), SiteError::NotFound);
        assert_eq!(read(404, &error("rest_no_route", 404)), SiteError::NotWordPress);
        let rejected = |status, code: &str| SiteError::Rejected { status, code: code.to_owned() };
        assert_eq!(write(400, &error("rest_invalid_param", 400)), rejected(400, "rest_invalid_param"));
        let stranger = r#"{"code":"rest_invalid_param","message":"Invalid parameter(s): status","data":{"status":400,
            "params":{"status":"Status is forbidden."},"details":{"status":{"code":"rest_forbidden_status",
            "message":"Status is forbidden.","data":{"status":401}}}}}"#;
        assert_eq!(write(400, stranger), SiteError::Auth, "who is not known may not ask for posts in every state");
        let small = stranger.replace("401", "403");
        assert_eq!(write(400, &small), SiteError::Forbidden { code: "rest_forbidden_status".to_owned() });
        assert_eq!(write(500, &error("rest_upload_sideload_error", 500)), rejected(500, "rest_upload_sideload_error"));
        let off = "application_passwords_disabled";
        assert_eq!(read(501, &error(off, 501)), rejected(501, off));
    }

    #[test]
    fn an_error_behind_a_notice_keeps_its_meaning_although_the_status_is_200() {
        let body = format!("<br />\n<b>Warning</b>: x<br />\n{}", error("rest_cannot_publish", 403));
        assert_eq!(write(200, &body), SiteError::Forbidden { code: "rest_cannot_publish".to_owned() });
    }

    #[test]
    fn a_server_that_broke_in_the_middle_of_a_write_is_unclear_and_of_a_read_is_not() {
        assert_eq!(write(500, &error("internal_server_error", 500)), SiteError::ServerError { status: 500 });
        assert_eq!(write(503, &error("db_down", 503)), SiteError::ServerError { status: 503 });
        let broken = SiteError::Busy { retry_after_ms: None };
        assert_eq!(
            read(500, &error("internal_server_error", 500)),
            broken,
            "asked again later, and no article's fault"
        );
        assert_eq!(write(503, "{}"), SiteError::ServerError { status: 503 }, "data of something before the site");
        for status in [408, 502, 504, 524] {
            assert_eq!(write(status, "<html>"), SiteError::ServerError { status }, "{status}");
            assert_eq!(read(status, "<html>"), SiteError::Busy { retry_after_ms: None }, "{status}");
        }
        assert!(write(500, "<html>").may_have_happened());
        assert!(write(201, "").may_have_happened());
        assert!(write(201, "{\"id\":").may_have_happened());
        assert!(write(503, "<html>").may_have_happened());
    }

    #[test]
    fn maintenance_and_rate_limits_say_how_long() {
        let busy = SiteError::Busy { retry_after_ms: Some(600_000) };
        for status in [429, 503] {
            let page = exchange(status, Some(("retry-after", "600")), "<html>");
            assert_eq!(accept(&page, Effect::Write).unwrap_err(), busy);
        }
        assert_eq!(write(429, "{}"), SiteError::Busy { retry_after_ms: None });
    }

    #[test]
    fn pages_are_told_from_data() {
        assert_eq!(read(200, "<!doctype html>"), SiteError::HtmlInsteadOfJson { status: 200 });
        assert_eq!(read(403, " <html>"), SiteError::HtmlInsteadOfJson { status: 403 });
        let named = exchange(200, Some(("content-type", "text/html; charset=UTF-8")), "Just a moment");
        assert_eq!(accept(&named, Effect::Read).unwrap_err(), SiteError::HtmlInsteadOfJson { status: 200 });
        assert_eq!(write(413, "<html>"), SiteError::Rejected { status: 413, code: "http_413".to_owned() });
        assert_eq!(read(401, "<html>"), SiteError::Auth);
    }

    #[test]
    fn errors_carry_no_text_of_the_site() {
        let rejected = write(400, r#"{"code":"<script>secret</script>","message":"secret"}"#);
        assert_eq!(rejected, SiteError::Rejected { status: 400, code: "unreadable_code".to_owned() });
        let to = exchange(302, Some(("location", "https://u:p@b.example/login?token=secret#x")), "");
        let expected = SiteError::Redirected { location: "https://b.example/login".to_owned() };
        assert_eq!(accept(&to, Effect::Write).unwrap_err(), expected);
    }
}
