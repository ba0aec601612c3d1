//! Trying again what failed, as it was asked for: all of a site, or single articles and pictures.

use super::sites::find;
use super::work::operate;
use crate::args::Retry;
use crate::failure::Failure;
use crate::interrupt::Interrupt;
use crate::output::{Output, table};
use crate::reason_text::reason_text;
use igny8_app::commands::headless::{self, Failed, FailedItem, Of};
use igny8_app::{AiFunction, Fault, Igny8};

/// `retry`.
pub async fn retry(app: &Igny8, asked: Retry, interrupt: &Interrupt, out: Output) -> Result<(), Failure> {
    let failed = headless::failed(app, &find(app, &asked.work.of.site).await?.id).await?;
    if asked.list {
        return out.object(&failed, lines);
    }
    let steps = if asked.tasks.is_empty() && asked.images.is_empty() {
        vec![(AiFunction::GenerateContent, Of::Failed), (AiFunction::GenerateImages, Of::Failed)]
    } else {
        check(&asked.tasks, &failed.tasks, "failed task")?;
        check(&asked.images, &failed.images, "failed image")?;
        let chosen = [(AiFunction::GenerateContent, asked.tasks), (AiFunction::GenerateImages, asked.images)];
        chosen.into_iter().filter(|(_, ids)| !ids.is_empty()).map(|(step, ids)| (step, Of::Chosen(ids))).collect()
    };
    operate(app, &asked.work, steps, interrupt, out).await
}

/// All or nothing: whoever names what has not failed means something else.
fn check(ids: &[i64], failed: &[FailedItem], what: &str) -> Result<(), Fault> {
    let has_failed = |id: &i64| failed.iter().any(|item| item.id == id.to_string());
    if ids.iter().all(has_failed) { Ok(()) } else { Err(Fault::NotFound { what: what.to_owned() }) }
}

fn lines(failed: &Failed) -> String {
    let line = |option: &str, item: &FailedItem| {
        vec![option.to_owned(), item.id.clone(), item.title.clone(), reason_text(&item.code)]
    };
    let rows: Vec<_> = failed.tasks.iter().map(|item| line("--task", item)).collect();
    let rows = [rows, failed.images.iter().map(|item| line("--image", item)).collect()].concat();
    if rows.is_empty() { "Nothing has failed.".to_owned() } else { table(&rows) }
}
