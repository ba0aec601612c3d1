//! `publishing`: how the articles of a site go forward by themselves, and which times its rules give.

use super::sites::find;
use crate::args::{Answer, PublishingChanges, PublishingCommand, RhythmArg};
use crate::failure::Failure;
use crate::output::{Output, counted, pairs, table};
use igny8_app::Igny8;
use igny8_app::commands::publishing;
use igny8_app::dto::publishing::{FreeTime, PublishingPreview, PublishingSettingsView, RhythmView};
use serde_json::json;

const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// Does what was asked for.
pub async fn publishing(app: &Igny8, command: PublishingCommand, out: Output) -> Result<(), Failure> {
    match command {
        PublishingCommand::Show { site } => show(app, &find(app, &site).await?.id, out).await,
        PublishingCommand::Set { site, changes } => {
            let site = find(app, &site).await?.id;
            let settings = changed(publishing::settings(app, &site).await?, changes);
            publishing::save(app, &site, settings).await?;
            show(app, &site, out).await
        }
        PublishingCommand::Preview { site, changes } => {
            let site = find(app, &site).await?.id;
            let settings = changed(publishing::settings(app, &site).await?, changes);
            let preview = publishing::preview(app, &site, Some(settings)).await?;
            out.object(&json!({ "preview": preview }), |_| times(&preview))
        }
    }
}

async fn show(app: &Igny8, site: &str, out: Output) -> Result<(), Failure> {
    let settings = publishing::settings(app, site).await?;
    out.object(&json!({ "site": site, "publishing": settings }), |_| lines(&settings))
}

fn changed(mut settings: PublishingSettingsView, changes: PublishingChanges) -> PublishingSettingsView {
    fn set<T>(field: &mut T, change: Option<T>) {
        if let Some(change) = change {
            *field = change;
        }
    }
    let answer = |answer: Option<Answer>| answer.map(|answer| answer == Answer::Yes);
    set(&mut settings.auto_approve, answer(changes.auto_approve));
    set(&mut settings.auto_schedule, answer(changes.auto_schedule));
    set(&mut settings.words_percent, changes.words_percent);
    set(&mut settings.needs_pictures, answer(changes.needs_pictures));
    set(&mut settings.needs_meta, answer(changes.needs_meta));
    set(&mut settings.headings_min, changes.headings);
    set(&mut settings.refuses_same_topic, answer(changes.refuses_same_topic));
    set(&mut settings.takes_outlines, answer(changes.takes_outlines));
    let rhythm = changes.rhythm.map(|rhythm| match rhythm {
        RhythmArg::Immediate => RhythmView::Immediate,
        RhythmArg::Interval => RhythmView::Interval,
        RhythmArg::TimeSlots => RhythmView::TimeSlots,
        RhythmArg::Stagger => RhythmView::Stagger,
    });
    set(&mut settings.rhythm, rhythm);
    set(&mut settings.every_days, changes.every_days);
    set(&mut settings.anchor, changes.anchor);
    set(&mut settings.time, changes.time);
    set(&mut settings.days, changes.days.map(|days| days.into_iter().map(|day| day as u32).collect()));
    set(&mut settings.times, changes.times);
    set(&mut settings.from, changes.from);
    set(&mut settings.until, changes.until);
    set(&mut settings.every_minutes, changes.every_minutes);
    set(&mut settings.per_day, changes.per_day);
    set(&mut settings.per_week, changes.per_week);
    set(&mut settings.per_month, changes.per_month);
    set(&mut settings.queue_limit, changes.queue_limit);
    settings
}

fn lines(settings: &PublishingSettingsView) -> String {
    let yes = |is: bool| if is { "yes" } else { "no" }.to_owned();
    let limit = |most: u32| if most == 0 { "no limit".to_owned() } else { most.to_string() };
    let floor = format!(
        "{} % of the words, {} headings, pictures {}, search titles {}, same topic {}, outlines {}",
        settings.words_percent,
        settings.headings_min,
        if settings.needs_pictures { "needed" } else { "not needed" },
        if settings.needs_meta { "needed" } else { "not needed" },
        if settings.refuses_same_topic { "refused" } else { "allowed" },
        if settings.takes_outlines { "will do" } else { "will not do" },
    );
    pairs(&[
        ("Approve by itself", yes(settings.auto_approve)),
        ("Floor", floor),
        ("Schedule by itself", yes(settings.auto_schedule)),
        ("Times", rhythm(settings)),
        ("A day", limit(settings.per_day)),
        ("A week", limit(settings.per_week)),
        ("A month", limit(settings.per_month)),
        ("Waiting at once", limit(settings.queue_limit)),
    ])
}

fn rhythm(settings: &PublishingSettingsView) -> String {
    let days = || {
        let names = settings.days.iter().filter_map(|day| DAYS.get(*day as usize).copied());
        names.collect::<Vec<_>>().join(", ")
    };
    match settings.rhythm {
        RhythmView::Immediate => "at once".to_owned(),
        RhythmView::Interval => {
            let often = match settings.every_days {
                1 => "every day".to_owned(),
                days => format!("every {days} days, counted from {}", settings.anchor),
            };
            format!("{often} at {}", settings.time)
        }
        RhythmView::TimeSlots => format!("{} at {}", days(), settings.times.join(", ")),
        RhythmView::Stagger => format!(
            "{} from {} to {}, one every {}",
            days(),
            settings.from,
            settings.until,
            counted(settings.every_minutes, "minute", "minutes")
        ),
    }
}

fn times(preview: &PublishingPreview) -> String {
    if preview.times.is_empty() {
        return "These rules give no time in the next thirty days.".to_owned();
    }
    let header = ["TIME", "ARTICLE"].map(str::to_owned).to_vec();
    let cells = |one: &FreeTime| {
        let note = match one.shift.as_str() {
            "gap" => " (clocks go forward over it: the first time after)",
            "overlap" => " (it comes twice: the first)",
            _ => "",
        };
        vec![format!("{}{note}", one.wall.replace('T', " ")), one.article.clone().unwrap_or_else(|| "-".to_owned())]
    };
    let all: Vec<Vec<String>> = std::iter::once(header).chain(preview.times.iter().map(cells)).collect();
    let more = if preview.is_more { " There are more times than are listed." } else { "" };
    let left = match preview.left_over {
        0 => String::new(),
        left => format!(" {} would get no time.", counted(left, "article", "articles")),
    };
    format!("{}\nTimes in {}.{more}{left}", table(&all), preview.zone)
}
