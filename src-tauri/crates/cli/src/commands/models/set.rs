//! The two sets of models, and whether those in use can be asked.

use super::state;
use crate::failure::Failure;
use crate::output::{Output, table};
use igny8_app::Igny8;
use igny8_app::commands::models::{ending, roles};
use igny8_app::dto::models::{EndingView, ModelModeView, OwnPromptView, RoleView};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// `models mode`.
pub async fn mode(app: &Igny8, mode: Option<String>, out: Output) -> Result<(), Failure> {
    let wanted = match mode.as_deref() {
        Some("testing") => Some(ModelModeView::Testing),
        Some(_) => Some(ModelModeView::Live),
        None => None,
    };
    if let Some(mode) = wanted {
        roles::model_mode_set(app, mode).await?;
    }
    let mode = roles::model_roles(app).await?.mode;
    out.object(&json!({ "mode": mode }), |_| match mode {
        ModelModeView::Testing => {
            "Testing: functions ask the built-in engine, but for those that were given another model to try.".to_owned()
        }
        ModelModeView::Live => "Live: functions ask the models that were chosen to count.".to_owned(),
    })
}

/// How a model stands of which nobody said that it ends.
const UNKNOWN: &str = "its vendor did not know it when it was asked last; 'models switch' puts another in its place";

/// `models check`.
pub async fn check(app: &Igny8, out: Output) -> Result<(), Failure> {
    let found = ending::models_check(app).await?;
    let is_keyless = |role: &RoleView| role.model.as_ref().is_some_and(|model| found.keyless.contains(&model.provider));
    let listed: Vec<Value> = found
        .roles
        .iter()
        .map(|(role, is_asked)| {
            let model = role.model.as_ref();
            json!({
                "mode": role.mode,
                "function": role.function,
                "is_asked": is_asked,
                "provider": model.map(|model| &model.provider),
                "model_name": model.map(|model| &model.model_name),
                "state": model.map(|model| model.state),
                "has_key": !is_keyless(role),
                "ends_soon": model.is_some_and(|model| model.ends_soon),
                "retires_on": model.and_then(|model| model.retires_on.as_deref()),
                "replaced_by": model.and_then(|model| model.replaced_by.as_deref()),
                "is_unknown": model.is_some_and(|model| found.is_unknown(model)),
                "is_refused": found.is_refused(role),
            })
        })
        .collect();
    let ok = !found.refuses_a_run();
    let ending: Vec<Value> = found.ending.iter().map(ending_json).collect();
    out.object(&json!({ "ok": ok, "roles": listed, "ending": ending }), |_| {
        let mut rows = vec![["Set", "Function", "Vendor", "Model", "State"].map(str::to_owned).to_vec()];
        rows.extend(found.roles.iter().map(|(role, is_asked)| {
            let (provider, name, words) = match &role.model {
                Some(model) => {
                    let used = found.ending.iter().find(|used| used.model.id == model.id);
                    let successor = used.and_then(|used| used.successor.as_ref());
                    let words = if found.is_unknown(model) { UNKNOWN.to_owned() } else { state(model, successor) };
                    (model.provider.as_str(), model.model_name.as_str(), words)
                }
                None => ("–", "–", "none is chosen".to_owned()),
            };
            let words = if is_keyless(role) { "its key is gone; connect the vendor again".to_owned() } else { words };
            let words = if words.is_empty() || words == "in use" { "ok".to_owned() } else { words };
            let set = match role.mode {
                ModelModeView::Testing => "testing",
                ModelModeView::Live => "live",
            };
            let set = if *is_asked { format!("{set} *") } else { set.to_owned() };
            vec![set, function(role), provider.to_owned(), name.to_owned(), words]
        }));
        let used: String = found.ending.iter().map(|used| format!("\n{}", ending_words(used))).collect();
        format!("{}{used}", table(&rows))
    })?;
    if ok { Ok(()) } else { Err(Failure::ModelsOff) }
}

/// A model that has ended or ends soon, with all that uses it.
fn ending_json(used: &EndingView) -> Value {
    json!({
        "provider": used.model.provider,
        "model_name": used.model.model_name,
        "state": used.model.state,
        "is_unknown": used.is_unknown,
        "retires_on": used.model.retires_on,
        "replaced_by": used.model.replaced_by,
        "successor": used.successor.as_ref().map(|row| &row.model_name),
        "uses": used.uses,
        "sites": used.sites,
        "automations": used.automations,
        "prompts": used.prompts,
        "open_operations": used.open_operations,
    })
}

/// The same in a sentence.
fn ending_words(used: &EndingView) -> String {
    let functions: BTreeSet<&str> =
        used.uses.iter().map(|it| igny8_app::AiFunction::from(it.function).name()).collect();
    let functions = functions.into_iter().collect::<Vec<_>>().join(", ");
    let asked = if functions.is_empty() { "no function".to_owned() } else { functions };
    let sites = if used.sites.is_empty() { "no site".to_owned() } else { used.sites.join(", ") };
    let open = match used.open_operations {
        0 => String::new(),
        1 => "; 1 piece of open or interrupted work asks it".to_owned(),
        count => format!("; {count} pieces of open or interrupted work ask it"),
    };
    let prompts: Vec<String> = used.prompts.iter().map(prompt_words).collect();
    let asked_with =
        if prompts.is_empty() { String::new() } else { format!(", with your prompts {}", prompts.join(", ")) };
    let itself = match used.automations.as_slice() {
        [] => String::new(),
        names => format!(", by itself for {}", names.join(", ")),
    };
    let state = if used.is_unknown { UNKNOWN.to_owned() } else { state(&used.model, used.successor.as_ref()) };
    format!("{} ({state}): used by {asked} for {sites}{itself}{asked_with}{open}", used.model.model_name)
}

fn prompt_words(prompt: &OwnPromptView) -> String {
    let OwnPromptView { kind, site } = prompt;
    site.as_ref().map_or_else(|| kind.clone(), |site| format!("{kind} of {site}"))
}

fn function(role: &RoleView) -> String {
    igny8_app::AiFunction::from(role.function).name().to_owned()
}
