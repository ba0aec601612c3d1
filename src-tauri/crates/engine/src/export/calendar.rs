//! The calendar as files: a table with a row for each article, or iCalendar (RFC 5545) for calendar programs, which has the
//! articles that have a time. An article keeps its UID, so that a file read in again moves its events and adds none.

use super::sheet::{Table, text};
use super::{CalendarForm, ExportError, WhichCalendar};
use crate::Engine;
use igny8_core::schedule::CalendarState;
use igny8_core::time::UtcMs;
use igny8_core::zone::Zone;
use igny8_store::table::calendar::{CalendarFilter, CalendarRow};
use std::io::Write;

/// Columns of the table.
pub(super) const COLUMNS: &[&str] = &[
    "article_id",
    "article",
    "site",
    "type",
    "state",
    "at",
    "wall",
    "zone",
    "handed_over",
    "not_on_site",
    "code",
    "url",
];

/// How the iCalendar document begins.
pub(super) const HEAD: &str = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Igny8//Calendar//EN\r\n";
const REST_OF_HEAD: &str = "CALSCALE:GREGORIAN\r\nMETHOD:PUBLISH\r\n";
const TAIL: &str = "END:VCALENDAR\r\n";

/// Most octets of a line before it is folded (RFC 5545, 3.1).
const LINE_OCTETS_MAX: usize = 75;

impl Engine {
    /// Writes the calendar and says how many articles that are.
    pub(super) async fn export_calendar(
        &self,
        which: WhichCalendar,
        form: CalendarForm,
        out: &mut (dyn Write + Send),
    ) -> Result<u64, ExportError> {
        let now = self.clock.now();
        let filter = CalendarFilter {
            sites: which.site.into_iter().collect(),
            from: which.from,
            until: which.until,
            ..CalendarFilter::default()
        };
        let mut rows = self.store.read(move |read| read.calendar_whole(&filter, now)).await?;
        // What nobody has approved yet can have no time, and is in no plan.
        rows.retain(|row| row.state != CalendarState::Review);
        match form {
            CalendarForm::Csv => as_table(&rows, out),
            CalendarForm::Ics => as_events(&rows, now, out),
        }
    }
}

fn as_table(rows: &[CalendarRow], out: &mut (dyn Write + Send)) -> Result<u64, ExportError> {
    let mut table = Table::begin(out, COLUMNS)?;
    for row in rows {
        table.row(&cells(row))?;
    }
    table.end()
}

fn cells(row: &CalendarRow) -> Vec<String> {
    let wall = row.at.map(|at| Zone::named(&row.zone).wall(at).to_string());
    vec![
        row.content.to_string(),
        text(&row.title),
        text(&row.site_name),
        row.content_type.to_string(),
        row.state.to_string(),
        row.at.map(UtcMs::to_rfc3339).unwrap_or_default(),
        wall.unwrap_or_default(),
        row.zone.clone(),
        u8::from(row.handed_for.is_some()).to_string(),
        u8::from(row.is_unsent).to_string(),
        row.error_code.clone(),
        text(&row.external_url),
    ]
}

fn as_events(rows: &[CalendarRow], now: UtcMs, out: &mut (dyn Write + Send)) -> Result<u64, ExportError> {
    out.write_all(HEAD.as_bytes())?;
    out.write_all(REST_OF_HEAD.as_bytes())?;
    let mut written = 0;
    for row in rows {
        let Some(at) = row.at else { continue };
        for line in event(row, at, now) {
            out.write_all(folded(&line).as_bytes())?;
        }
        written += 1;
    }
    out.write_all(TAIL.as_bytes())?;
    Ok(written)
}

/// The content lines of an event. It has no end: it takes no time (RFC 5545, 3.6.1).
fn event(row: &CalendarRow, at: UtcMs, now: UtcMs) -> Vec<String> {
    let status = if row.state == CalendarState::Published { "CONFIRMED" } else { "TENTATIVE" };
    let mut lines = vec![
        "BEGIN:VEVENT".to_owned(),
        format!("UID:article-{}-site-{}@igny8", row.content, row.site),
        format!("DTSTAMP:{}", instant(now)),
        format!("DTSTART:{}", instant(at)),
        format!("SUMMARY:{}", escaped(&row.title)),
        format!("LOCATION:{}", escaped(&row.site_name)),
        format!("CATEGORIES:{}", row.state),
        format!("STATUS:{status}"),
        "TRANSP:TRANSPARENT".to_owned(),
    ];
    // A folder site has a path instead of an address.
    if row.external_url.starts_with("http") {
        lines.push(format!("URL:{}", row.external_url.replace(['\r', '\n'], "")));
    }
    lines.push("END:VEVENT".to_owned());
    lines
}

/// `20261201T080000Z`.
fn instant(at: UtcMs) -> String {
    let whole: String = at.to_rfc3339().chars().take_while(|c| *c != '.' && *c != 'Z').collect();
    format!("{}Z", whole.replace(['-', ':'], ""))
}

/// Text as a value (RFC 5545, 3.3.11). Control characters have no place in one.
fn escaped(words: &str) -> String {
    let mut value = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '\\' | ';' | ',' => value.extend(['\\', c]),
            '\n' => value.push_str("\\n"),
            c if c.is_control() => {}
            c => value.push(c),
        }
    }
    value
}

/// A content line in pieces of at most [`LINE_OCTETS_MAX`] octets, cut between characters, each further one behind a blank.
fn folded(line: &str) -> String {
    let (mut out, mut octets) = (String::with_capacity(line.len()), 0);
    for c in line.chars() {
        if octets + c.len_utf8() > LINE_OCTETS_MAX {
            out.push_str("\r\n ");
            octets = 1;
        }
        out.push(c);
        octets += c.len_utf8();
    }
    out.push_str("\r\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use igny8_core::id::{ContentId, SiteId};
    use igny8_core::status::ContentType;

    fn row(title: &str, at: Option<i64>) -> CalendarRow {
        CalendarRow {
            content: ContentId(4),
            title: title.to_owned(),
            site: SiteId(2),
            site_name: "Tea; and more".to_owned(),
            zone: "Europe/Berlin".to_owned(),
            content_type: ContentType::Post,
            state: CalendarState::Scheduled,
            at: at.map(UtcMs),
            wall: String::new(),
            wall_zone: String::new(),
            handed_for: None,
            is_unsent: true,
            error_code: String::new(),
            external_url: String::new(),
        }
    }

    fn document(rows: &[CalendarRow]) -> (u64, String) {
        let mut bytes: Vec<u8> = Vec::new();
        let written = as_events(rows, UtcMs(0), &mut bytes).unwrap();
        (written, String::from_utf8(bytes).unwrap())
    }

    #[test]
    fn an_event_has_its_instant_and_escaped_words_and_what_has_no_time_is_none() {
        // 2026-12-01T08:00:00Z.
        let (written, text) =
            document(&[row("Green, black\\white;\nmore\u{7}", Some(1_796_112_000_000)), row("x", None)]);
        assert_eq!(written, 1);
        assert!(text.contains("DTSTART:20261201T080000Z\r\n"), "{text}");
        assert!(text.contains("SUMMARY:Green\\, black\\\\white\\;\\nmore\r\n"), "{text}");
        assert!(text.contains("UID:article-4-site-2@igny8\r\n") && text.contains("STATUS:TENTATIVE\r\n"), "{text}");
        assert!(text.starts_with(HEAD) && text.ends_with("END:VEVENT\r\nEND:VCALENDAR\r\n"), "{text}");
    }

    #[test]
    fn long_lines_are_folded_between_characters_and_unfold_to_what_they_were() {
        let title = "Größe über alles – ".repeat(20);
        let (_, text) = document(&[row(&title, Some(0))]);
        assert!(text.split("\r\n").all(|line| line.len() <= LINE_OCTETS_MAX), "{text}");
        assert!(!text.replace("\r\n", "").contains('\n'), "every line ends as the format says");
        assert!(text.replace("\r\n ", "").contains(&format!("SUMMARY:{title}")), "{text}");
    }

    #[test]
    fn a_row_is_as_wide_as_its_header_and_has_the_time_of_its_site() {
        let cells = cells(&row("=1+1", Some(1_796_112_000_000)));
        assert_eq!(cells.len(), COLUMNS.len());
        assert_eq!((cells[1].as_str(), cells[6].as_str(), cells[9].as_str()), ("'=1+1", "2026-12-01T09:00", "1"));
    }
}
