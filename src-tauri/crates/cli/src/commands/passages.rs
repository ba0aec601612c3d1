//! `site bisect`: which passage of an article its site refuses.

use crate::failure::Failure;
use crate::interrupt::Interrupt;
use crate::output::{Output, counted};
use igny8_app::commands::{outbox, passages};
use igny8_app::dto::list::{ListFilter, ListQuery};
use igny8_app::dto::outbox::{PassageSearch, PassageView, SearchState};
use igny8_app::{Fault, Igny8};
use serde_json::json;

/// Rows of the outbox asked for at once.
const PAGE_ROWS: u32 = 500;

/// Searches the article of a delivery. Once an end is asked for, it ends after the text at hand.
pub async fn bisect(app: &Igny8, named: &str, interrupt: &Interrupt, out: Output) -> Result<(), Failure> {
    let article = article_of(app, named).await?;
    let hears = |tried: u32, found: u32| {
        if tried > 0 {
            out.say(&format!("{} tried, {} found", counted(tried as usize, "text", "texts"), found));
        }
    };
    let search = passages::find_and_wait(app, &article, hears, || interrupt.has_come()).await?;
    let listed: Vec<_> = search
        .passages
        .iter()
        .map(|one| json!({ "place": one.place, "text": one.text, "is_markup": one.is_markup }))
        .collect();
    let is_whole = search.state == SearchState::Done && !search.is_cut_short;
    let object = json!({ "article": article, "tried": search.tried, "passages": listed, "is_whole": is_whole });
    out.object(&object, |_| told(&search))?;
    if search.state == SearchState::Stopped { Err(Fault::Cancelled.into()) } else { Ok(()) }
}

fn told(search: &PassageSearch) -> String {
    if search.passages.is_empty() {
        return "The site takes the whole text as a draft. What it refuses is something else: a picture, or that the post is \
                made public."
            .to_owned();
    }
    let mut lines = vec![format!("The site refuses {}:", counted(search.passages.len(), "passage", "passages"))];
    lines.extend(search.passages.iter().map(line));
    if search.is_cut_short {
        lines.push("There may be more.".to_owned());
    }
    lines.push("Word them otherwise, or have the site's firewall allow them, then 'outbox retry'.".to_owned());
    lines.join("\n")
}

fn line(passage: &PassageView) -> String {
    let place = passage.place.replace('_', " ");
    let what = if passage.is_markup { "markup of the " } else { "" };
    format!("  {what}{place}: {}", passage.text)
}

/// The article of a delivery in the outbox; else the id is an article's own.
async fn article_of(app: &Igny8, named: &str) -> Result<String, Fault> {
    let mut cursor = None;
    loop {
        let query = ListQuery { filter: ListFilter::default(), sort: None, cursor, limit: PAGE_ROWS };
        let page = outbox::outbox(app, query).await?;
        if let Some(row) = page.rows.into_iter().find(|row| row.id == named) {
            return Ok(row.article_id);
        }
        cursor = page.next_cursor;
        if cursor.is_none() {
            return Ok(named.to_owned());
        }
    }
}
