//! The prompt library.

use super::sites::find;
use super::work::warn_of_costs;
use crate::args::PromptsCommand;
use crate::failure::Failure;
use crate::output::{Output, pairs, table};
use crate::price_text;
use crate::text;
use igny8_app::commands::{headless, prompts};
use igny8_app::dto::prompts::{
    PromptLibrary, PromptOrigin, PromptPreview, PromptTrialRequest, PromptTrialView, PromptView,
};
use igny8_app::{Fault, Igny8};
use serde_json::json;

/// `prompts …`.
pub async fn prompts(app: &Igny8, command: PromptsCommand, out: Output) -> Result<(), Failure> {
    match command {
        PromptsCommand::List { site } => {
            let site = of(app, site).await?;
            out.object(&prompts::prompts(app, site.as_deref()).await?, listed)
        }
        PromptsCommand::Show { kind, site } => {
            let site = of(app, site).await?;
            out.object(&in_use(app, &kind, site.as_deref()).await?, shown)
        }
        PromptsCommand::Set { kind, site } => {
            let (site, body) = (of(app, site).await?, text::required().await?);
            let id = prompts::prompt_save(app, &kind, site.as_deref(), &body).await?;
            out.object(&json!({ "kind": kind, "version_id": id }), |_| format!("{kind} is asked with your words now."))
        }
        PromptsCommand::Reset { kind, site } => {
            let site = of(app, site).await?;
            let was = prompts::prompt_reset(app, &kind, site.as_deref()).await?;
            out.object(&json!({ "kind": kind, "was": was }), |_| {
                format!("{kind} is reset; your words stay in its history.")
            })
        }
        PromptsCommand::Preview { kind, site } => {
            let preview = prompts::prompt_preview(app, request(app, kind, &site).await?).await?;
            out.object(&preview, previewed)
        }
        PromptsCommand::Try { kind, site } => tried(app, request(app, kind, &site).await?, out).await,
    }
}

async fn of(app: &Igny8, site: Option<String>) -> Result<Option<String>, Fault> {
    match site {
        Some(site) => Ok(Some(find(app, &site).await?.id)),
        None => Ok(None),
    }
}

async fn in_use(app: &Igny8, kind: &str, site: Option<&str>) -> Result<PromptView, Fault> {
    let library = prompts::prompts(app, site).await?;
    let found = library.prompts.into_iter().find(|prompt| prompt.kind == kind);
    found.ok_or_else(|| Fault::InvalidField { field: "kind".to_owned(), rule: "unknown".to_owned() })
}

/// The words on standard input, else those in use.
async fn request(app: &Igny8, kind: String, site: &str) -> Result<PromptTrialRequest, Fault> {
    let site_id = find(app, site).await?.id;
    let body = match text::from_stdin().await? {
        Some(body) => body,
        None => in_use(app, &kind, Some(&site_id)).await?.body,
    };
    Ok(PromptTrialRequest { kind, site_id, body })
}

async fn tried(app: &Igny8, request: PromptTrialRequest, out: Output) -> Result<(), Failure> {
    app.start().await?;
    let told = headless::told_so_far(app).await?;
    let trial = prompts::prompt_tried(app, request).await?;
    warn_of_costs(app, told).await?;
    out.object(&trial, answered)?;
    match trial.error_code.as_str() {
        "" => Ok(()),
        reason => Err(Fault::RunStopped { reason: reason.to_owned(), until: None, address: None }.into()),
    }
}

fn answered(trial: &PromptTrialView) -> String {
    let cost = format!("{} credits, ${} at the vendor.", trial.credits, trial.cost);
    [trial.text.as_str(), trial.picture.as_str(), cost.as_str()]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("\n\n")
}

fn listed(library: &PromptLibrary) -> String {
    let mut rows = vec![["Prompt", "Words", "Version", "Sites with their own"].map(str::to_owned).to_vec()];
    rows.extend(library.prompts.iter().map(|prompt| {
        let version = prompt.version.map(|version| version.to_string()).unwrap_or_default();
        vec![prompt.kind.clone(), whose(prompt.origin).to_owned(), version, prompt.site_count.to_string()]
    }));
    table(&rows)
}

const fn whose(origin: PromptOrigin) -> &'static str {
    match origin {
        PromptOrigin::BuiltIn => "built in",
        PromptOrigin::Yours => "yours",
        PromptOrigin::Site => "this site's",
    }
}

fn shown(prompt: &PromptView) -> String {
    let variables: Vec<(&str, String)> =
        prompt.variables.iter().map(|variable| (variable.name.as_str(), variable.example.clone())).collect();
    format!("{}\n\nSettings it may name, with an example:\n{}", prompt.body, pairs(&variables))
}

fn previewed(preview: &PromptPreview) -> String {
    let mut parts = vec![preview.instruction.clone()];
    if !preview.data.is_empty() {
        parts.push(preview.data.clone());
    }
    parts.push(match &preview.price {
        Some(_) if preview.is_paid => "This very question is paid already: trying it costs nothing.".to_owned(),
        Some(price) => {
            format!("Asking {} about \"{}\" costs {}.", price.model, preview.item, price_text::work(price))
        }
        None => "The site has no item of this sort yet.".to_owned(),
    });
    parts.join("\n\n")
}
