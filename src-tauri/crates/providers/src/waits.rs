//! How long a vendor asks to be left alone, out of the headers of its answer. Apart from the exchange, because vendors say
//! it in five forms, and because no clock of ours takes part: what is a date is compared with the answer's own.

use igny8_core::retry::REST_MS_MAX;
use jiff::Timestamp;
use reqwest::header::{DATE, HeaderMap, HeaderName, RETRY_AFTER};

/// What headers of limits are called up to the limit's name: what is left of it, and when it is full again.
const REMAINING: &str = "x-ratelimit-remaining";
const RESET: &str = "x-ratelimit-reset";
/// Anthropic's have the limit's name between these.
const OF_ANTHROPIC: &str = "anthropic-ratelimit-";
const ENDS: (&str, &str) = ("-remaining", "-reset");
/// From here on a number of seconds is one of a calendar, and from there on one of its milliseconds.
const EPOCH_S_MIN: u64 = 1_000_000_000;
const EPOCH_MS_MIN: u64 = 1_000_000_000_000;
/// Parts of a length of time as programs in Go write it, the longer names first, and by what a thousandth of each is
/// multiplied and divided for milliseconds.
const UNITS: [(&str, u64, u64); 6] =
    [("ms", 1, 1_000), ("us", 1, 1_000_000), ("µs", 1, 1_000_000), ("h", 3_600, 1), ("m", 60, 1), ("s", 1, 1)];

/// What is asked for by `retry-after`, in milliseconds, [`REST_MS_MAX`] at the most.
pub(crate) fn asked_ms(headers: &HeaderMap) -> Option<u64> {
    let exact = text(headers, "retry-after-ms").and_then(|text| whole_number(text.trim()));
    exact.or_else(|| retry_after(headers)).map(|wait_ms| wait_ms.min(REST_MS_MAX))
}

/// The time until the last of the limits that are used up is full again, in milliseconds, [`REST_MS_MAX`] at the most;
/// nothing where none is, or none says when.
pub(crate) fn until_reset_ms(headers: &HeaderMap) -> Option<u64> {
    let is_used_up = |text: &str| text.trim().starts_with('-') || seconds_ms(text.trim()) == Some(0);
    let names = headers.keys().map(HeaderName::as_str);
    let resets = names.filter_map(|name| Some((name, reset_of(name)?)));
    let waits = resets.filter(|(name, _)| text(headers, name).is_some_and(is_used_up)).filter_map(|(_, reset)| {
        let until = text(headers, &reset)?.trim();
        length_ms(until).or_else(|| since_sent_ms(headers, moment_ms(until)?))
    });
    waits.max().map(|wait_ms| wait_ms.min(REST_MS_MAX))
}

/// The header that says when a limit is full again, by the name of the one that says what is left of it.
fn reset_of(remaining: &str) -> Option<String> {
    if let Some(limit) = remaining.strip_prefix(REMAINING) {
        return Some(format!("{RESET}{limit}"));
    }
    let limit = remaining.strip_prefix(OF_ANTHROPIC)?.strip_suffix(ENDS.0)?;
    Some(format!("{OF_ANTHROPIC}{limit}{}", ENDS.1))
}

fn retry_after(headers: &HeaderMap) -> Option<u64> {
    let text = text(headers, RETRY_AFTER.as_str())?.trim();
    seconds_ms(text).or_else(|| since_sent_ms(headers, http_date_ms(text)?))
}

/// A moment as a wait from when the answer was sent, in milliseconds.
fn since_sent_ms(headers: &HeaderMap, until: i64) -> Option<u64> {
    let sent = http_date_ms(text(headers, DATE.as_str())?)?;
    Some(u64::try_from(until.saturating_sub(sent)).unwrap_or(0))
}

/// A moment of the calendar: as Anthropic writes it (RFC 3339), or in seconds or milliseconds of its epoch.
fn moment_ms(text: &str) -> Option<i64> {
    match whole_number(text) {
        Some(number) if number >= EPOCH_MS_MIN => i64::try_from(number).ok(),
        Some(number) => i64::try_from(number.saturating_mul(1_000)).ok(),
        None => text.parse::<Timestamp>().ok().map(Timestamp::as_millisecond),
    }
}

/// A length of time: in seconds, or in parts with their units, `6m0s`, `2m59.56s`, `120ms`. Rounded up.
fn length_ms(text: &str) -> Option<u64> {
    if let Some(ms) = seconds_ms(text) {
        return (ms < EPOCH_S_MIN.saturating_mul(1_000)).then_some(ms);
    }
    let (mut rest, mut sum) = (text, 0_u64);
    while !rest.is_empty() {
        let end = rest.find(|letter: char| !letter.is_ascii_digit() && letter != '.')?;
        let (number, behind) = rest.split_at_checked(end)?;
        let (unit, times, parts) = UNITS.iter().find(|(unit, ..)| behind.starts_with(unit))?;
        // Of any unit as of seconds: its thousandths.
        let thousandths = seconds_ms(number)?.saturating_mul(*times);
        sum = sum.saturating_add(thousandths.div_ceil(*parts));
        rest = behind.strip_prefix(unit)?;
    }
    (!text.is_empty()).then_some(sum)
}

fn text<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// Digits only. Too many of them is a number beyond the longest wait.
fn whole_number(text: &str) -> Option<u64> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().unwrap_or(u64::MAX))
}

/// Seconds, whole or decimal, as milliseconds, rounded up: a wait may be longer than asked for, never shorter.
pub(crate) fn seconds_ms(text: &str) -> Option<u64> {
    let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
    let (seconds, _) = (whole_number(whole)?, whole_number(part)?);
    let digits: String = part.chars().chain("000".chars()).take(3).collect();
    let (ms, is_finer) = (whole_number(&digits)?, part.bytes().skip(3).any(|digit| digit != b'0'));
    Some(seconds.saturating_mul(1_000).saturating_add(ms).saturating_add(u64::from(is_finer)))
}

fn http_date_ms(text: &str) -> Option<i64> {
    let parser = jiff::fmt::rfc2822::DateTimeParser::new();
    parser.parse_timestamp(text.trim()).ok().map(Timestamp::as_millisecond)
}

#[cfg(test)]
mod tests {
    use super::*;
    use reqwest::header::HeaderValue;

    const SENT: (&str, &str) = ("date", "Mon, 23 Nov 2026 04:00:00 GMT");

    fn headers(lines: &[(&'static str, &'static str)]) -> HeaderMap {
        lines.iter().map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value))).collect()
    }

    #[test]
    fn waits_are_read_in_every_form_and_capped() {
        let wait = |lines: &[(&'static str, &'static str)]| asked_ms(&headers(lines));
        assert_eq!(wait(&[("retry-after", "120")]), Some(120_000));
        assert_eq!(wait(&[("retry-after-ms", "250"), ("retry-after", "1")]), Some(250), "the finer one is meant");
        assert_eq!(wait(&[("retry-after", "99999999999999999999999")]), Some(REST_MS_MAX));
        assert_eq!(wait(&[("retry-after", "Mon, 23 Nov 2026 04:01:30 GMT"), SENT]), Some(90_000));
        assert_eq!(wait(&[("retry-after", "Mon, 23 Nov 2020 04:01:30 GMT"), SENT]), Some(0));
        assert_eq!(wait(&[("retry-after", "Fri, 23 Nov 2046 04:01:30 GMT"), SENT]), Some(REST_MS_MAX));
        assert_eq!(wait(&[("retry-after", "Mon, 23 Nov 2026 04:01:30 GMT")]), None, "no date to compare with");
        assert_eq!(wait(&[("retry-after", "1.5")]), Some(1_500));
        assert_eq!(wait(&[("retry-after", "0.0001")]), Some(1), "never shorter than asked for");
        for odd in ["soon", "1.", ".5", "1.2.3", "1e3", "NaN", "inf", "-5"] {
            assert_eq!(wait(&[("retry-after", odd), SENT]), None, "{odd}");
        }
        assert_eq!(wait(&[]), None);
    }

    #[test]
    fn the_longest_reset_of_what_is_used_up_is_waited_for() {
        let wait = |lines: &[(&'static str, &'static str)]| until_reset_ms(&headers(lines));
        let used_up = ("x-ratelimit-remaining-tokens", "0");
        let (left, late) = (("x-ratelimit-remaining-requests", "59"), ("x-ratelimit-reset-requests", "2h"));
        for (text, ms) in [
            ("6m0s", 360_000),
            ("2m59.56s", 179_560),
            ("120ms", 120),
            ("1h2m3s", 3_723_000),
            ("7.66s", 7_660),
            ("0.4ms", 1),
            ("17", 17_000),
            ("999999h", REST_MS_MAX),
            ("99999999999999999999s", REST_MS_MAX),
        ] {
            assert_eq!(wait(&[used_up, ("x-ratelimit-reset-tokens", text), left, late]), Some(ms), "{text}");
        }
        for odd in ["", "soon", "s", "6x", "1.2.3s", "-6s", "6m0"] {
            assert_eq!(wait(&[used_up, ("x-ratelimit-reset-tokens", odd), SENT]), None, "{odd}");
        }
        let both = [used_up, ("x-ratelimit-reset-tokens", "6s"), ("x-ratelimit-remaining-requests", "0"), late];
        assert_eq!(wait(&both), Some(7_200_000), "the later of two");
        assert_eq!(wait(&[left, late]), None, "what is left is not waited for");
        assert_eq!(wait(&[used_up]), None);

        let input = ("anthropic-ratelimit-input-tokens-remaining", "0");
        let until = ("anthropic-ratelimit-input-tokens-reset", "2026-11-23T04:00:41Z");
        assert_eq!(wait(&[input, until, SENT]), Some(41_000));
        assert_eq!(wait(&[input, until]), None, "no date to compare with");
        let plain = ("x-ratelimit-remaining", "0");
        assert_eq!(
            wait(&[plain, ("x-ratelimit-reset", "1795406460000"), SENT]),
            Some(60_000),
            "milliseconds of an epoch"
        );
        assert_eq!(wait(&[plain, ("x-ratelimit-reset", "1795406460"), SENT]), Some(60_000), "seconds of it");
    }
}
