//! `automation`: what a site has chosen for its runs; and `needs`: what of it waits for a person.

use super::sites::find;
use crate::args::{Answer, AutomationChanges, AutomationCommand, CatchUpArg, Every, stage_word};
use crate::failure::Failure;
use crate::output::{Output, headed, pairs};
use crate::reason_text::reason_text;
use igny8_app::Igny8;
use igny8_app::commands::automation;
use igny8_app::dto::automation::{AutomationFields, AutomationView, CatchUpView, FrequencyView, NeedRow, NeedView};
use serde_json::json;

/// Days of the week, from Monday.
const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// `automation …`.
pub async fn automation(app: &Igny8, command: AutomationCommand, out: Output) -> Result<(), Failure> {
    let site = match command {
        AutomationCommand::Show { site } => find(app, &site).await?,
        AutomationCommand::Set(changes) => {
            let site = find(app, &changes.site).await?;
            if changes.reset {
                automation::automation_reset(app, &site.id).await?;
            }
            let mut fields = automation::automation(app, &site.id).await?.fields;
            if change(&mut fields, &changes) {
                automation::automation_save(app, &site.id, fields).await?;
            }
            site
        }
    };
    let view = automation::automation(app, &site.id).await?;
    out.object(
        &json!({ "automation": view.fields, "site_zone": view.site_zone, "next_run_at": view.next_run_at }),
        |_| described(&view),
    )
}

/// `needs`.
pub async fn needs(app: &Igny8, site: &str, out: Output) -> Result<(), Failure> {
    let site = find(app, site).await?;
    let needs = automation::needs(app, &site.id).await?;
    out.object(&json!({ "needs": needs.rows, "total": needs.total }), |_| {
        if needs.rows.is_empty() {
            return format!("Nothing of {} waits for you.", site.name);
        }
        let rows: Vec<Vec<String>> = needs.rows.iter().map(|row| need_cells(row, &site.name)).collect();
        headed(&["What", "Why", "Next"], rows)
    })
}

/// Takes over what is named. Whether anything was.
fn change(fields: &mut AutomationFields, changes: &AutomationChanges) -> bool {
    let before = fields.clone();
    let is_yes = |answer: Answer| answer == Answer::Yes;
    fields.is_enabled = changes.enabled.map_or(fields.is_enabled, is_yes);
    fields.goes_on_by_itself = changes.go_on_by_itself.map_or(fields.goes_on_by_itself, is_yes);
    fields.frequency = changes.every.map_or(fields.frequency, |every| match every {
        Every::Day => FrequencyView::Daily,
        Every::Week => FrequencyView::Weekly,
        Every::Month => FrequencyView::Monthly,
    });
    fields.catch_up = changes.catch_up.map_or(fields.catch_up, |rule| match rule {
        CatchUpArg::Skip => CatchUpView::Skip,
        CatchUpArg::Latest => CatchUpView::Latest,
        CatchUpArg::Spaced => CatchUpView::Spaced,
    });
    if let Some(time) = &changes.at {
        fields.time.clone_from(time);
    }
    if !changes.days.is_empty() {
        fields.weekdays = changes.days.iter().map(|day| day.number()).collect();
    }
    fields.month_day = changes.month_day.unwrap_or(fields.month_day);
    if let Some(zone) = &changes.zone {
        fields.zone = if zone == "site" { String::new() } else { zone.clone() };
    }
    fields.within_delay_s = changes.within.unwrap_or(fields.within_delay_s);
    fields.between_delay_s = changes.between.unwrap_or(fields.between_delay_s);
    if let Some(credits) = &changes.credits {
        fields.credits_max = (credits != "auto").then(|| credits.clone());
    }
    for rules in &mut fields.stages {
        for switch in changes.stage.iter().filter(|switch| switch.stage == rules.stage) {
            rules.is_on = switch.is_on;
        }
        for count in changes.batch.iter().filter(|count| count.stage == rules.stage) {
            rules.batch = count.count;
        }
        for count in changes.most.iter().filter(|count| count.stage == rules.stage) {
            rules.most = count.count;
        }
        for count in changes.share.iter().filter(|count| count.stage == rules.stage) {
            rules.share = count.count.unwrap_or(rules.share);
        }
    }
    *fields != before
}

fn described(view: &AutomationView) -> String {
    let fields = &view.fields;
    let day = |number: &u32| DAYS.get(*number as usize - 1).copied().unwrap_or_default();
    let zone = if fields.zone.is_empty() { &view.site_zone } else { &fields.zone };
    let when = match fields.frequency {
        FrequencyView::Daily => "every day".to_owned(),
        FrequencyView::Weekly => fields.weekdays.iter().map(day).collect::<Vec<_>>().join(", "),
        FrequencyView::Monthly => format!("on day {} of the month", fields.month_day),
    };
    let missed = match fields.catch_up {
        CatchUpView::Skip => "told of and left",
        CatchUpView::Latest => "the latest is made up for",
        CatchUpView::Spaced => "all are made up for, spaced out",
    };
    let yes = |is_so: bool| if is_so { "yes" } else { "no" }.to_owned();
    let credits = fields.credits_max.clone().unwrap_or_else(|| "what its estimate allows".to_owned());
    let facts = pairs(&[
        ("Begin by themselves", yes(fields.is_enabled)),
        ("When", format!("{when} at {} ({zone})", fields.time)),
        ("Next run", view.next_run_at.clone().unwrap_or_else(|| "when it is begun by hand".to_owned())),
        ("Missed runs", missed.to_owned()),
        ("Go on after an interruption", yes(fields.goes_on_by_itself)),
        ("Most credits of a run", credits),
        ("Between batches", format!("{} s", fields.within_delay_s)),
        ("Between stages", format!("{} s", fields.between_delay_s)),
    ]);
    let count = |count: Option<u32>| count.map_or_else(|| "all".to_owned(), |count| count.to_string());
    let rows: Vec<Vec<String>> = fields
        .stages
        .iter()
        .map(|rules| {
            let share = if rules.share == 0 { String::new() } else { format!("{} %", rules.share) };
            let on = if rules.is_on { "on" } else { "off" };
            vec![stage_word(&rules.stage).to_owned(), on.to_owned(), count(rules.batch), count(rules.most), share]
        })
        .collect();
    format!("{facts}\n\n{}", headed(&["Stage", "", "Batch", "Most", "Share"], rows))
}

/// What waits, why, and the one command that comes next.
fn need_cells(row: &NeedRow, site: &str) -> Vec<String> {
    let why = |words: &str| match row.code.as_str() {
        "" => words.to_owned(),
        code => format!("{words}: {}", reason_text(code)),
    };
    let (words, next) = match row.need {
        NeedView::Model => (why("its model cannot be asked"), "models check".to_owned()),
        NeedView::Connection => (why("the site cannot be used"), format!("site doctor {site}")),
        NeedView::Missed => {
            (why("its time has passed without it"), format!("schedule --site {site} --next-free {}", row.id))
        }
        NeedView::RunMissed => (why("a due run was not begun"), format!("run start --site {site}")),
        NeedView::Interrupted => (why("interrupted"), format!("run resume --site {site}")),
        NeedView::Paused => (why("paused"), format!("run resume --site {site}")),
        NeedView::Conflict => (why("changed on the site"), format!("conflicts show {}", row.id)),
        NeedView::Parked => (why("does not reach the site"), format!("outbox list --site {site}")),
        NeedView::TaskFailed => (why("could not be written"), format!("retry --site {site}")),
        NeedView::ImageFailed => (why("its picture could not be made"), format!("retry --site {site}")),
        NeedView::Review => (review_words(row), format!("approve --site {site}")),
    };
    vec![row.title.clone(), words, next]
}

/// Why an article waits: what it lacks, where its site approves by itself what lacks nothing.
fn review_words(row: &NeedRow) -> String {
    if row.flaws.is_empty() {
        return "waits to be read".to_owned();
    }
    let lacks: Vec<String> = row.flaws.iter().map(|flaw| flaw.flaw.replace('_', " ")).collect();
    format!("waits to be read, and does not pass the floor: {}", lacks.join(", "))
}
