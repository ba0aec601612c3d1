//! How the app lives on the desktop: which notices reach the user how far, quiet hours, the tray.

use crate::dto::desktop::{NoticeChoice, QuietHoursView, TrayFacts, TrayNext};
use crate::view;
use crate::view::list::invalid;
use crate::{Fault, Igny8};
use igny8_core::id::SiteId;
use igny8_core::notice::{Channel, NOTICE_KINDS, QuietHours, channel_unless_chosen, is_kind};
use igny8_core::schedule::CalendarState;
use igny8_core::topic::Topic;
use igny8_engine::pipeline::Standing;
use igny8_engine::settings;
use igny8_store::StoreError;
use igny8_store::table::calendar::CalendarFilter;

/// How a run stands that somebody has paused.
const PAUSED: &[Standing] = &[Standing::Pausing, Standing::Paused];

/// How far each kind of notice reaches.
///
/// # Errors
/// When the database cannot be read.
pub async fn notice_choices(app: &Igny8) -> Result<Vec<NoticeChoice>, Fault> {
    let chosen = app.engine.store().read(|r| r.notice_choices()).await?;
    let choice = |&(kind, group, severity): &(&str, igny8_core::notice::NoticeGroup, igny8_core::status::Severity)| {
        let unless_chosen = channel_unless_chosen(kind, severity);
        NoticeChoice {
            kind: kind.to_owned(),
            group: group.to_string(),
            severity: severity.to_string(),
            channel: chosen.get(kind).copied().unwrap_or(unless_chosen).to_string(),
            unless_chosen: unless_chosen.to_string(),
        }
    };
    Ok(NOTICE_KINDS.iter().map(choice).collect())
}

/// Chooses how far notices of a kind reach from now on; without a channel it goes by their severity again.
///
/// # Errors
/// [`Fault::InvalidField`] for a kind or a channel that there is not.
pub async fn notice_choice_set(app: &Igny8, kind: &str, channel: Option<&str>) -> Result<(), Fault> {
    if !is_kind(kind) {
        return Err(invalid("notice", "unknown"));
    }
    let channel = channel.map(str::parse::<Channel>).transpose().map_err(|_| invalid("channel", "unknown"))?;
    let kind = kind.to_owned();
    Ok(app.engine.store().write(move |w| w.choose_channel(&kind, channel)).await?)
}

/// When the system shows nothing of ours.
///
/// # Errors
/// When the database cannot be read.
pub async fn quiet_hours(app: &Igny8) -> Result<QuietHoursView, Fault> {
    let read = app.engine.store().read(|r| Ok::<_, StoreError>((settings::quiet_hours(r)?, settings::load(r)?.zone)));
    let (hours, zone) = read.await?;
    Ok(QuietHoursView { is_on: hours.is_on, from: time_of_day(hours.from), until: time_of_day(hours.until), zone })
}

/// Sets when the system shows nothing of ours.
///
/// # Errors
/// [`Fault::InvalidField`] for what is no time of day such as `22:00`, or two that are the same.
pub async fn quiet_hours_set(app: &Igny8, is_on: bool, from: &str, until: &str) -> Result<(), Fault> {
    let from = minute_of(from).ok_or_else(|| invalid("from", "format"))?;
    let until = minute_of(until).ok_or_else(|| invalid("until", "format"))?;
    let hours = QuietHours::new(is_on, from, until).map_err(|_| invalid("until", "range"))?;
    Ok(app.engine.store().write(move |w| settings::save_quiet_hours(w, hours)).await?)
}

/// Whether closing the window leaves the app at work in the tray, where there is one.
///
/// # Errors
/// When the database cannot be read.
pub async fn closes_to_tray(app: &Igny8) -> Result<bool, Fault> {
    Ok(app.engine.store().read(settings::closes_to_tray).await?)
}

/// Sets whether closing the window leaves the app at work in the tray.
///
/// # Errors
/// When the database fails.
pub async fn closes_to_tray_set(app: &Igny8, closes: bool) -> Result<(), Fault> {
    Ok(app.engine.store().write(move |w| settings::save_closes_to_tray(w, closes)).await?)
}

/// Notes that the window has gone into the tray; whether it is for the first time.
///
/// # Errors
/// When the database fails.
pub async fn meets_tray(app: &Igny8) -> Result<bool, Fault> {
    Ok(app.engine.store().write(settings::meet_tray).await?)
}

/// What the tray says.
///
/// # Errors
/// When the database cannot be read.
pub async fn tray(app: &Igny8) -> Result<TrayFacts, Fault> {
    let now = app.engine.clock().now();
    let coming =
        CalendarFilter { from: Some(now), states: vec![CalendarState::Scheduled], ..CalendarFilter::default() };
    let read = app.engine.store().read(move |r| {
        let first = r.calendar(&coming, now)?.0.into_iter().find(|row| row.at.is_some());
        Ok::<_, StoreError>((r.unread_notifications()?, first))
    });
    let (unread, first) = read.await?;
    let next = first.map(view::schedule::entry);
    let next = next.and_then(|entry| Some(TrayNext { title: entry.title, wall: entry.wall? }));
    let (running, paused) = (sites_at(app, &[Standing::Running]).await?, sites_at(app, PAUSED).await?);
    let is_all_paused = app.engine.all_paused().await?.is_some();
    Ok(TrayFacts { next, running: names(running), paused: names(paused), is_all_paused, unread })
}

/// Sites whose run stands so, with their names.
async fn sites_at(app: &Igny8, standings: &[Standing]) -> Result<Vec<(SiteId, String)>, Fault> {
    let mut found = Vec::new();
    for site in app.engine.store().read(|r| r.sites()).await? {
        if standings.contains(&app.engine.pipeline(site.id).await?.standing) {
            found.push((site.id, site.name));
        }
    }
    Ok(found)
}

fn names(sites: Vec<(SiteId, String)>) -> Vec<String> {
    sites.into_iter().map(|(_, name)| name).collect()
}

/// Tells screens that what the desktop offers, or was told, has changed.
///
/// # Errors
/// When the database fails.
pub async fn announce(app: &Igny8) -> Result<(), Fault> {
    let announced = app.engine.store().write(|w| {
        w.announce(Topic::Settings);
        Ok::<_, StoreError>(())
    });
    Ok(announced.await?)
}

fn time_of_day(minute: u16) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// Minutes since midnight of a time such as `7:30`.
fn minute_of(text: &str) -> Option<u16> {
    let (hours, minutes) = text.trim().split_once(':')?;
    let is_number = |digits: &str| (1..=2).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number(hours) || !is_number(minutes) || minutes.len() != 2 {
        return None;
    }
    let (hours, minutes): (u16, u16) = (hours.parse().ok()?, minutes.parse().ok()?);
    (hours < 24 && minutes < 60).then_some(hours * 60 + minutes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_day_are_read_as_people_write_them() {
        for (text, minute) in [("22:00", 1_320), ("7:05", 425), (" 00:00 ", 0), ("23:59", 1_439)] {
            assert_eq!(minute_of(text), Some(minute), "{text}");
        }
        for text in ["", "7", "24:00", "07:60", "7:5", "+7:00", "-1:00", "a:bc", "007:00"] {
            assert_eq!(minute_of(text), None, "{text}");
        }
        assert_eq!(time_of_day(425), "07:05");
    }
}
