//! Notices from a terminal: what happened, what was seen, and how far each kind reaches.

use super::sites::find;
use crate::args::{NotificationsCommand, Switch};
use crate::failure::Failure;
use crate::notice_text;
use crate::output::{Output, counted, table};
use igny8_app::Igny8;
use igny8_app::commands::{account, desktop};
use igny8_app::dto::account::NotificationRow;
use igny8_app::dto::desktop::NoticeChoice;
use igny8_app::dto::list::{ListFilter, ListQuery};
use serde_json::json;

/// `notifications …`.
pub async fn notifications(app: &Igny8, command: NotificationsCommand, out: Output) -> Result<(), Failure> {
    match command {
        NotificationsCommand::List { site, unread, silent, limit } => {
            let site_id = match site {
                Some(site) => Some(find(app, &site).await?.id),
                None => None,
            };
            let status = [("unread", unread), ("silent", silent)].into_iter().filter(|(_, is_asked)| *is_asked);
            let status = status.map(|(word, _)| word.to_owned()).collect();
            let filter = ListFilter { site_id, status, ..ListFilter::default() };
            let page = account::notifications(app, ListQuery { filter, sort: None, cursor: None, limit }).await?;
            let object = json!({ "notifications": page.rows, "total": page.total, "unread": page.unread });
            out.object(&object, |_| lines(&page.rows, page.total))
        }
        NotificationsCommand::Read { ids, all: _ } => {
            // None named means all, which the arguments have asked for.
            account::notifications_mark_read(app, &ids).await?;
            out.object(&json!({ "read": ids }), |_| match ids.len() {
                0 => "Marked all notifications as read.".to_owned(),
                count => format!("Marked {} as read.", counted(count, "notification", "notifications")),
            })
        }
        NotificationsCommand::Prefs { kind, channel } => {
            if let (Some(kind), Some(channel)) = (kind, channel) {
                desktop::notice_choice_set(app, &kind, channel.word()).await?;
            }
            let choices = desktop::notice_choices(app).await?;
            out.object(&json!({ "kinds": choices }), |_| choice_lines(&choices))
        }
        NotificationsCommand::Quiet { switch, from, until } => {
            if let Some(switch) = switch {
                let before = desktop::quiet_hours(app).await?;
                let (from, until) = (from.unwrap_or(before.from), until.unwrap_or(before.until));
                desktop::quiet_hours_set(app, switch == Switch::On, &from, &until).await?;
            }
            let quiet = desktop::quiet_hours(app).await?;
            out.object(&json!({ "quiet_hours": quiet }), |_| {
                let hours = format!("from {} to {}, {} time", quiet.from, quiet.until, quiet.zone);
                match quiet.is_on {
                    true => format!("Quiet hours are kept {hours}."),
                    false => format!("Quiet hours are not kept. They would be {hours}."),
                }
            })
        }
    }
}

fn lines(rows: &[NotificationRow], total: u32) -> String {
    if rows.is_empty() {
        return "There are no such notifications.".to_owned();
    }
    let header = ["ID", "WHEN", "KIND", "WHAT"].map(str::to_owned).to_vec();
    let cells = |row: &NotificationRow| {
        let mark = if row.is_read { "" } else { "* " };
        vec![row.id.clone(), row.created_at.clone(), row.severity.clone(), format!("{mark}{}", notice_text::of(row))]
    };
    let all: Vec<_> = std::iter::once(header).chain(rows.iter().map(cells)).collect();
    let more = usize::try_from(total).unwrap_or(rows.len()).saturating_sub(rows.len());
    let rest = if more > 0 { format!("\n{more} more; '--limit' shows them.") } else { String::new() };
    format!("{}{rest}", table(&all))
}

fn choice_lines(choices: &[NoticeChoice]) -> String {
    let header = ["GROUP", "KIND", "REACHES"].map(str::to_owned).to_vec();
    let cells = |choice: &NoticeChoice| {
        let is_chosen = choice.channel != choice.unless_chosen;
        let reaches = if is_chosen { format!("{} (chosen)", choice.channel) } else { choice.channel.clone() };
        vec![choice.group.clone(), choice.kind.clone(), reaches]
    };
    table(&std::iter::once(header).chain(choices.iter().map(cells)).collect::<Vec<_>>())
}
