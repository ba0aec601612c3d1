//! What the tray says. It stands outside the page, whose messages it cannot have: it is there before the page is, and
//! stays when there is none.

use igny8_app::dto::desktop::TrayFacts;

/// The name of the app, as the tray and the system call it.
pub(super) const NAME: &str = "Igny8";
/// What a start at login is called in the system's list.
pub(super) const LOGIN: &str = "Publishes and works on time";
/// Brings the window forward.
pub(super) const OPEN: &str = "Open Igny8";
/// Where a closed window has gone.
pub(super) const IN_TRAY: &str = "Igny8 is in the tray";
/// What it does there, and how it is ended.
pub(super) const GOES_ON: &str =
    "It goes on publishing and working on time. Its icon brings the window back; Quit in its menu ends it.";
/// Ends the app.
pub(super) const QUIT: &str = "Quit";

/// Months, as short as a menu wants them.
const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Longest title in the menu, in characters: a menu is as wide as its longest line.
const TITLE_MAX: usize = 48;

/// The next publication.
pub(super) fn next(facts: &TrayFacts) -> String {
    match &facts.next {
        Some(next) => format!("Next: {} · {}", when(&next.wall), cut(&next.title)),
        None => "Nothing is scheduled".to_owned(),
    }
}

/// What runs.
pub(super) fn running(facts: &TrayFacts) -> String {
    match facts.running.as_slice() {
        _ if facts.is_all_paused => "All AI work is paused".to_owned(),
        [] if !facts.paused.is_empty() => format!("Paused: {}", cut(&facts.paused.join(", "))),
        [] => "No automation is running".to_owned(),
        [site] => format!("Running: {}", cut(site)),
        sites => format!("Running on {} sites", sites.len()),
    }
}

/// What was not seen.
pub(super) fn unread(facts: &TrayFacts) -> String {
    match facts.unread {
        0 => "No unread notifications".to_owned(),
        1 => "1 unread notification".to_owned(),
        count => format!("{count} unread notifications"),
    }
}

/// The switch of all AI work: its words, and whether it pauses. It is there also while nothing runs, since it holds what
/// would begin by itself. Going on costs something, so that it is asked for in the window, where the price stands.
pub(super) const fn switch(facts: &TrayFacts) -> (&'static str, bool) {
    if facts.is_all_paused { ("Resume all AI work…", false) } else { ("Pause all AI work", true) }
}

/// A wall time such as `2026-12-01T09:00` as people say it.
fn when(wall: &str) -> String {
    let parts = wall.split_once('T').and_then(|(date, time)| {
        let mut date = date.split('-').skip(1);
        let month = MONTHS.get(date.next()?.parse::<usize>().ok()?.checked_sub(1)?)?;
        Some(format!("{} {month}, {}", date.next()?.trim_start_matches('0'), time.get(..5)?))
    });
    parts.unwrap_or_else(|| wall.to_owned())
}

fn cut(text: &str) -> String {
    if text.chars().count() <= TITLE_MAX {
        return text.to_owned();
    }
    let kept: String = text.chars().take(TITLE_MAX - 1).collect();
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;
    use igny8_app::dto::desktop::TrayNext;

    #[test]
    fn the_tray_says_what_is_so() {
        let mut facts = TrayFacts::default();
        assert_eq!(
            [next(&facts), running(&facts), unread(&facts)],
            ["Nothing is scheduled", "No automation is running", "No unread notifications"]
        );
        assert_eq!(switch(&facts), ("Pause all AI work", true), "what is due is held as well");
        facts.next = Some(TrayNext { title: "Tea ".repeat(30), wall: "2026-12-01T09:30".to_owned() });
        facts.running = vec!["Tea".to_owned(), "Trails".to_owned()];
        facts.unread = 3;
        assert!(next(&facts).starts_with("Next: 1 Dec, 09:30 · Tea Tea") && next(&facts).ends_with('…'));
        assert!(next(&facts).chars().count() < 80, "{}", next(&facts));
        assert_eq!([running(&facts), unread(&facts)], ["Running on 2 sites", "3 unread notifications"]);
        facts.paused = std::mem::take(&mut facts.running);
        assert_eq!((running(&facts).as_str(), switch(&facts).1), ("Paused: Tea, Trails", true), "each by itself");
        facts.is_all_paused = true;
        assert_eq!(
            (running(&facts).as_str(), switch(&facts)),
            ("All AI work is paused", ("Resume all AI work…", false))
        );
        assert_eq!(when("2026-02-09T07:05:30"), "9 Feb, 07:05");
        assert_eq!(when("soon"), "soon");
    }
}
