//! Notices in sentences for a terminal. A kind of a newer app, or one whose particulars say it all, is named with them.

use crate::output::{counted, dollars};
use crate::reason_text::{reason_text, stopped_text};
use crate::site_text;
use igny8_app::commands::headless::DoubtTold;
use igny8_app::dto::account::NotificationRow;

/// A notice as one line.
#[must_use]
pub fn of(row: &NotificationRow) -> String {
    let value =
        |name: &str| row.params.iter().find(|param| param.name == name).map_or("", |param| param.value.as_str());
    let kind = row.notification_type.as_str();
    if let Some((doing, ending)) = work(kind) {
        return work_line(doing, ending, &value);
    }
    let (title, host) = (value("title"), value("host"));
    match kind {
        "interrupted" => format!("Work for {} was interrupted: {} waiting.", value("site"), value("units")),
        "keywords_imported" => {
            format!("Imported {}: {} new keywords, {} known.", value("file"), value("added"), value("updated"))
        }
        "content_ready_review" => format!("{} moved to review.", articles(value("count"), title)),
        "content_approved" => format!("{} approved.", articles(value("count"), title)),
        "auto_approved" => format!("{} approved by the rules of the site.", articles(value("count"), title)),
        "content_held" => format!("{} not approved by the rules of the site.", articles(value("count"), title)),
        "content_scheduled" => {
            format!("{} scheduled, from {} to {}.", articles(value("count"), title), value("first"), value("last"))
        }
        "schedule_moved" => {
            format!(
                "{}: {} moved, since its clocks go by other rules.",
                value("site"),
                counted(value("count"), "time", "times")
            )
        }
        "automation_missed" => {
            let runs = counted(value("count"), "run", "runs");
            format!("{}: {runs} missed, {} made up for.", value("site"), value("made_up"))
        }
        "automation_skipped" => {
            format!("{}: the run due at {} was not begun ({}).", value("site"), value("due"), value("code"))
        }
        "content_published" => format!("Published \u{201c}{title}\u{201d}."),
        "publish_failed" | "update_failed" => {
            let what = if kind == "publish_failed" { "be published" } else { "be brought up to date" };
            format!(
                "\u{201c}{title}\u{201d} could not {what} at {host}: {}",
                site_text::site(value("code"), value("note"))
            )
        }
        "site_down" => format!("{host} does not answer; what is to go there waits in the outbox."),
        "site_connected" => format!("{host} is connected."),
        "site_disconnected" | "sync_failed" => {
            let what = if kind == "sync_failed" { "could not be looked at" } else { "is no longer connected" };
            format!("{host} {what}: {}", site_text::site(value("code"), value("note")))
        }
        "sync_done" => format!("Looked at {host}: {} changed there.", value("count")),
        "automation_started" => format!("A run for {} began.", value("site")),
        "automation_completed" => format!("The run for {} is complete.", value("site")),
        "automation_failed" => format!("The run for {} ended early: {}.", value("site"), reason_text(value("code"))),
        "automation_paused" => format!("The run for {} is paused.", value("site")),
        "automation_resumed" => format!("The run for {} goes on.", value("site")),
        "automation_cancelled" => format!("The run for {} was cancelled; what it made stays.", value("site")),
        "credits_low" => format!("Credits run low: {} left.", value("available")),
        "credits_exhausted" => format!("The credits did not last: {} left.", value("available")),
        "budget_reached" => format!("The {} limit is reached.", value("scope")),
        "provider_key_invalid" => format!("{} refuses the key.", value("vendor")),
        "provider_rate_limited" => format!("{} asks to be left alone for a while.", value("vendor")),
        "system_update" => format!("Igny8 is version {} now; it was {}.", value("version"), value("before")),
        _ => {
            let param = |name: &str| Some(value(name)).filter(|text| !text.is_empty()).map(str::to_owned);
            let told = DoubtTold::of(kind, param).map(|of| doubt(&of));
            told.or_else(|| of_the_app(kind, &value)).unwrap_or_else(|| plain(row))
        }
    }
}

/// By how much a call cost more than was held for it, and what did not become of that.
#[must_use]
pub fn shortfall(credits: &str) -> String {
    let were = if credits == "1" { "It was" } else { "They were" };
    let more = counted(credits, "credit", "credits");
    format!("{more} more than was held for it. {were} not taken from the balance.")
}

/// What is hard to believe of what a vendor said of a call, and what was booked.
#[must_use]
pub fn doubt(doubt: &DoubtTold) -> String {
    let DoubtTold { vendor, said, booked, expected, is_unreadable } = doubt;
    if *is_unreadable {
        let booked = dollars(booked);
        return format!(
            "{vendor} reported a cost for one call that cannot be read. {booked} was booked by its prices instead, as an \
             estimate. Compare it with the bill."
        );
    }
    let Some(expected) = expected else {
        return format!(
            "{vendor} reported {said} tokens for one call, which is more than it can have used. {booked} were booked \
             instead, as an estimate."
        );
    };
    let [said, booked, expected] = [said, booked, expected].map(|amount| dollars(amount));
    let what = format!("{vendor} reported a cost of {said} for one call, where {expected} was expected.");
    if said == booked {
        format!(
            "{what} It was booked as reported: compare it with the bill, and the prices in 'models list' with the vendor's."
        )
    } else {
        format!("{what} No call costs that: {booked} was booked instead, as an estimate. Compare it with the bill.")
    }
}

/// What happened to all work, to the price of a call, to all times of a site, or to the database.
fn of_the_app<'r>(kind: &str, value: &impl Fn(&str) -> &'r str) -> Option<String> {
    Some(match kind {
        "credits_shortfall" => {
            let then = if value("waits") == "yes" { " What comes after it waits for 'run resume'." } else { "" };
            format!("A call cost {}{then}", shortfall(value("credits")))
        }
        "schedule_kept" => format!(
            "{} has its clocks in {} now; {} did not move: {}{}.",
            value("site"),
            value("zone"),
            counted(value("count"), "time", "times"),
            value("titles"),
            match value("runs_zone") {
                "" => String::new(),
                zone => format!("; its runs begin by the clocks of {zone}"),
            }
        ),
        "work_not_paused" | "work_not_resumed" => {
            let what = if kind == "work_not_paused" { "be paused" } else { "go on" };
            format!("Not all AI work could {what} ({}): {}.", value("sites"), reason_text(value("code")))
        }
        "system_backup" => match value("books") {
            "off" => format!("Copied the database to {}; the books in it do not balance.", value("file")),
            _ => format!("Copied the database to {}.", value("file")),
        },
        "deliveries_held" => format!(
            "This data folder is a copy, or was put back from one, and does not know what was published since: {} for you. \
             Look at the sites, then let them go on with 'outbox retry'.",
            counted(value("count"), "delivery that was open waits", "deliveries that were open wait")
        ),
        "system_restore" => format!("Put the copy {} in the place of the database.", value("file")),
        _ => return None,
    })
}

fn work(kind: &str) -> Option<(&'static str, &str)> {
    let (stem, ending) = kind.rsplit_once('_')?;
    let doing = match stem {
        "ai_cluster" => "Grouping keywords",
        "ai_ideas" => "Finding ideas",
        "ai_content" => "Writing",
        "ai_prompts" => "Describing images",
        "ai_image" => "Making images",
        "prompt_trial" => "Trying a prompt",
        _ => return None,
    };
    Some((doing, ending))
}

fn work_line<'r>(doing: &str, ending: &str, value: &impl Fn(&str) -> &'r str) -> String {
    let made = format!("{} made, {} credits", value("results"), value("credits"));
    match ending {
        "success" => format!("{doing}: {made}."),
        "partial" => format!("{doing}: {made}; {} of {} steps failed.", value("units_failed"), value("units_total")),
        _ => format!("{doing} failed: {}.", stopped_text(value("code"), None, Some(value("address")))),
    }
}

fn articles(count: &str, title: &str) -> String {
    match count {
        "" | "1" => format!("\u{201c}{title}\u{201d} was"),
        count => format!("{count} articles were"),
    }
}

/// The kind and its particulars.
fn plain(row: &NotificationRow) -> String {
    let told = row.params.iter().filter(|param| !param.value.is_empty());
    let told: Vec<String> = told.map(|param| format!("{} {}", param.name.replace('_', " "), param.value)).collect();
    let kind = row.notification_type.replace('_', " ");
    if told.is_empty() { kind } else { format!("{kind}: {}", told.join(", ")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use igny8_app::dto::account::Param;

    fn told(kind: &str, params: &[(&str, &str)]) -> String {
        let param = |(name, value): &(&str, &str)| Param { name: (*name).to_owned(), value: (*value).to_owned() };
        of(&NotificationRow {
            id: "1".to_owned(),
            notification_type: kind.to_owned(),
            severity: "info".to_owned(),
            params: params.iter().map(param).collect(),
            site_id: None,
            operation_id: None,
            related_type: String::new(),
            related_id: None,
            is_read: false,
            created_at: String::new(),
        })
    }

    #[test]
    fn a_notice_is_a_sentence_and_an_unknown_one_says_what_it_has() {
        let made = [("results", "3"), ("credits", "4.5")];
        assert_eq!(told("ai_content_success", &made), "Writing: 3 made, 4.5 credits.");
        assert_eq!(told("content_approved", &[("count", "1"), ("title", "Tea")]), "\u{201c}Tea\u{201d} was approved.");
        assert_eq!(told("content_approved", &[("count", "7"), ("title", "Tea")]), "7 articles were approved.");
        assert_eq!(told("of_a_newer_app", &[("host_name", "x"), ("note", "")]), "of a newer app: host name x");
    }

    #[test]
    fn a_shortfall_names_what_waits_only_where_something_does() {
        let waiting = told("credits_shortfall", &[("credits", "3"), ("waits", "yes")]);
        assert_eq!(
            waiting,
            "A call cost 3 credits more than was held for it. They were not taken from the balance. What comes after it \
             waits for 'run resume'."
        );
        let done = "A call cost 1 credit more than was held for it. It was not taken from the balance.";
        assert_eq!(told("credits_shortfall", &[("credits", "1"), ("waits", "no")]), done);
        assert_eq!(told("credits_shortfall", &[("credits", "1")]), done, "as an earlier app wrote it");
    }

    #[test]
    fn a_doubt_about_a_vendors_word_is_a_sentence() {
        let cost = |said, booked| [("vendor", "acme"), ("said", said), ("booked", booked), ("expected", "0.0058")];
        let tokens = [("vendor", "acme"), ("said", "5000"), ("booked", "900")];
        for (kind, params, due) in [
            ("usage_disbelieved", &tokens[..], "acme reported 5000 tokens for one call, which is more"),
            ("cost_disbelieved", &cost("5000", "1000"), "No call costs that: $1000.00 was booked instead"),
            ("cost_unexpected", &cost("999", "999"), "It was booked as reported"),
            (
                "cost_unreadable",
                &[("vendor", "acme"), ("said", ""), ("booked", "0.0058")],
                "that cannot be read. $0.0058",
            ),
        ] {
            let said = told(kind, params);
            assert!(said.contains(due), "{kind}: {said}");
        }
    }
}
