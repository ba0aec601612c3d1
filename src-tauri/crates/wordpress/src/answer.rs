//! Reading an answer as JSON although other code on the site wrote into it: plugins with a byte-order mark in a file,
//! PHP notices printed before the data or after it. The data is taken only where no other reading is possible.

use crate::transport::Exchange;
use igny8_core::time::UtcMs;
use reqwest::header::{CONTENT_TYPE, DATE, HeaderMap, LOCATION, RETRY_AFTER};
use serde::Deserialize;
use serde_json::Value;

/// Longest wait a site can ask of us, in milliseconds: a day. More is a mistake or a ban, and a ban is not waited for.
pub(crate) const RETRY_AFTER_MAX_MS: u64 = 86_400_000;

/// Places where data may begin after printed notices; a page with more is no data with noise in front.
const STARTS_MAX: usize = 200;

/// Folders whose code prints into answers; a notice names the file it is about.
const PRINTERS: [&str; 3] = ["wp-content/mu-plugins/", "wp-content/plugins/", "wp-content/themes/"];

/// Longest name of such a folder that is passed on.
const PRINTER_CHARS_MAX: usize = 60;

/// Where WordPress names a file that it took in before it failed.
const UPLOAD_ID: &str = "x-wp-upload-attachment-id";

/// Where WordPress says how many items a list has.
const TOTAL: &str = "x-wp-total";

impl Exchange {
    /// The body as JSON, or nothing when it is not.
    pub(crate) fn json(&self) -> Option<Value> {
        let body = without_marks(&self.body);
        if body.first().is_some_and(|byte| matches!(byte, b'{' | b'[')) {
            let mut values = serde_json::Deserializer::from_slice(body).into_iter::<Value>();
            return values.next().and_then(Result::ok);
        }
        after_notices(body)
    }

    /// What stands around the data in an answer that is data: the folder of the plugin or theme that printed it where it
    /// names one, or nothing more; absent where nothing does.
    pub(crate) fn noise(&self) -> Option<String> {
        self.json()?;
        let text = String::from_utf8_lossy(&self.body);
        let whole = text.trim();
        if serde_json::from_str::<serde::de::IgnoredAny>(whole).is_ok() {
            return None;
        }
        Some(PRINTERS.iter().find_map(|folder| printer(whole, folder)).unwrap_or_default())
    }

    /// Whether the body is a web page.
    pub(crate) fn is_html(&self) -> bool {
        let said = self.text(CONTENT_TYPE.as_str()).is_some_and(|kind| kind.to_ascii_lowercase().contains("html"));
        said || without_marks(&self.body).first() == Some(&b'<')
    }

    /// Where a redirect points, as sent.
    pub(crate) fn location(&self) -> Option<&str> {
        self.text(LOCATION.as_str())
    }

    /// How long the site asks to wait, in milliseconds. A date is compared with the answer's own date, so that no clock
    /// of ours takes part.
    pub(crate) fn retry_after_ms(&self) -> Option<u64> {
        retry_after_ms(&self.headers)
    }

    /// When the server says that it answered.
    pub(crate) fn date(&self) -> Option<UtcMs> {
        self.text(DATE.as_str()).and_then(http_date_ms).map(UtcMs)
    }

    /// Id of a file that was taken in although the request failed.
    pub(crate) fn upload_id(&self) -> Option<u64> {
        self.text(UPLOAD_ID).and_then(|text| text.trim().parse().ok()).filter(|id| *id > 0)
    }

    /// How many items all pages of a list have.
    pub(crate) fn total(&self) -> Option<u32> {
        self.text(TOTAL).and_then(|text| text.trim().parse().ok())
    }

    fn text(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }
}

/// Reads a typed object out of JSON, or nothing when a field is missing or of another kind.
pub(crate) fn typed<T: for<'de> Deserialize<'de>>(value: Value) -> Option<T> {
    serde_json::from_value(value).ok()
}

/// The plugin or theme below `folder` that a notice names, in the letters that such names are made of.
fn printer(text: &str, folder: &str) -> Option<String> {
    let (_, rest) = text.split_once(folder)?;
    let is_plain = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let name: String = rest.chars().take(PRINTER_CHARS_MAX).take_while(is_plain).collect();
    (!name.is_empty()).then(|| format!("{}{name}", folder.trim_start_matches("wp-content/")))
}

fn without_marks(mut body: &[u8]) -> &[u8] {
    loop {
        body = body.trim_ascii_start();
        match body.strip_prefix(b"\xef\xbb\xbf") {
            Some(rest) => body = rest,
            None => return body,
        }
    }
}

/// Data behind printed notices stands at a line's beginning or right after a tag, and runs to the end.
fn after_notices(body: &[u8]) -> Option<Value> {
    let starts = body.windows(2).enumerate().filter_map(|(at, pair)| match pair {
        [b'\n' | b'>', b'{' | b'['] => Some(at + 1),
        _ => None,
    });
    let data =
        starts.take(STARTS_MAX).filter_map(|at| body.get(at..)).find_map(|rest| serde_json::from_slice(rest).ok());
    data.filter(|value: &Value| value.is_object() || value.is_array())
}

fn retry_after_ms(headers: &HeaderMap) -> Option<u64> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        // Too many digits for a number is a wait beyond the longest.
        let wait_ms = text.parse::<u64>().unwrap_or(u64::MAX).saturating_mul(1000);
        return Some(wait_ms.min(RETRY_AFTER_MAX_MS));
    }
    let until = http_date_ms(text)?;
    let sent = http_date_ms(headers.get(DATE)?.to_str().ok()?)?;
    Some(u64::try_from(until.saturating_sub(sent)).unwrap_or(0).min(RETRY_AFTER_MAX_MS))
}

fn http_date_ms(text: &str) -> Option<i64> {
    let parser = jiff::fmt::rfc2822::DateTimeParser::new();
    parser.parse_timestamp(text.trim()).ok().map(jiff::Timestamp::as_millisecond)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn body(text: &[u8]) -> Exchange {
        Exchange { status: 200, headers: HeaderMap::new(), body: text.to_vec() }
    }

    #[test]
    fn noise_around_the_data_is_seen_through() {
        let noisy: [&[u8]; 6] = [
            b"{\"id\":1}",
            b"\xef\xbb\xbf\xef\xbb\xbf {\"id\":1}",
            b"<br />\n<b>Warning</b>: Undefined array key [\"x\"] in <b>/a.php</b> on line <b>3</b><br />\n{\"id\":1}",
            b"\nNotice: {} in /a.php on line 3\n{\"id\":1}\n",
            b"<b>Deprecated</b>: x<br />{\"id\":1}",
            b"{\"id\":1}<br />\n<b>Warning</b>: late",
        ];
        for text in noisy {
            assert_eq!(body(text).json(), Some(json!({"id":1})), "{}", String::from_utf8_lossy(text));
        }
    }

    #[test]
    fn noise_is_told_with_who_made_it() {
        let noise = |text: &str| body(text.as_bytes()).noise();
        assert_eq!((noise(" {\"id\":1}\n"), noise("<html>")), (None, None));
        assert_eq!(noise("\u{feff}{\"id\":1}").as_deref(), Some(""));
        let notice =
            "<b>Warning</b>: x in <b>/srv/www/wp-content/plugins/bad-seo/a.php</b> on line 3<br />\n{\"id\":1}";
        assert_eq!(noise(notice).as_deref(), Some("plugins/bad-seo"));
        assert_eq!(noise("{\"id\":1}<b>Notice</b>: late").as_deref(), Some(""));
    }

    #[test]
    fn pages_and_cut_data_are_no_data() {
        let other: [&[u8]; 5] = [
            b"",
            b"<!doctype html><script>\nvar a = \n{\"id\":1}\n</script></html>",
            b"{\"id\":1",
            b"null",
            b"<br />\nWarning: x\n{\"id\":",
        ];
        for text in other {
            assert_eq!(body(text).json(), None, "{}", String::from_utf8_lossy(text));
        }
        assert!(body(b"\xef\xbb\xbf <!doctype html>").is_html() && !body(b"{}").is_html());
    }

    #[test]
    fn waits_are_read_as_seconds_or_date_and_capped() {
        let wait = |pairs: &[(&'static str, &'static str)]| {
            let headers = pairs.iter().map(|(name, value)| {
                (reqwest::header::HeaderName::from_static(name), reqwest::header::HeaderValue::from_static(value))
            });
            retry_after_ms(&headers.collect())
        };
        let date = ("date", "Mon, 23 Nov 2026 04:00:00 GMT");
        assert_eq!(wait(&[("retry-after", "120")]), Some(120_000));
        assert_eq!(wait(&[("retry-after", "99999999999999999999999")]), Some(RETRY_AFTER_MAX_MS));
        assert_eq!(wait(&[("retry-after", "Mon, 23 Nov 2026 04:01:30 GMT"), date]), Some(90_000));
        assert_eq!(wait(&[("retry-after", "Mon, 23 Nov 2020 04:01:30 GMT"), date]), Some(0));
        assert_eq!(wait(&[("retry-after", "Fri, 23 Nov 2046 04:01:30 GMT"), date]), Some(RETRY_AFTER_MAX_MS));
        assert_eq!(wait(&[("retry-after", "Mon, 23 Nov 2026 04:01:30 GMT")]), None);
        assert_eq!(wait(&[("retry-after", "soon"), date]), None);
        assert_eq!(wait(&[("retry-after", "-5"), date]), None);
        assert_eq!(wait(&[]), None);
    }
}
