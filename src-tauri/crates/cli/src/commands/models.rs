//! Vendors and the catalogue.

use crate::args::{ModelKind, ModelsCommand, NewModel};
use crate::failure::Failure;
use crate::output::{Output, table, warn};
use crate::secret;
use igny8_app::commands::{account, models};
use igny8_app::dto::account::ModelView;
use igny8_app::dto::models::{KeyKept, ModelDraft};
use igny8_app::{Fault, Igny8};
use serde_json::json;

/// `models …`.
pub async fn models(app: &Igny8, command: ModelsCommand, out: Output) -> Result<(), Failure> {
    match command {
        ModelsCommand::List { all } => list(app, all, out).await,
        ModelsCommand::Connect { name, url, dialect } => connect(app, &name, &url, dialect.as_deref(), out).await,
        ModelsCommand::Disconnect { name } => {
            models::provider_remove(app, &name).await?;
            out.object(&json!({ "disconnected": name }), |_| format!("Vendor {name} disconnected."))
        }
        ModelsCommand::Add(model) => {
            let name = model.model.clone();
            let id = models::model_add(app, draft(*model)).await?;
            out.object(&json!({ "id": id }), |_| format!("Model {name} added."))
        }
        ModelsCommand::Use { model } => {
            let found = find(app, &model).await?;
            models::model_default(app, &found.id).await?;
            let used = json!({ "model_type": found.model_type, "model_name": found.model_name });
            out.object(&json!({ "used": used }), |_| {
                format!("{} of {} is used for {} from now on.", found.model_name, found.provider, found.model_type)
            })
        }
    }
}

async fn connect(app: &Igny8, name: &str, url: &str, dialect: Option<&str>, out: Output) -> Result<(), Failure> {
    let kept = models::provider_connect(app, name, url, dialect, secret::from_stdin()?).await?;
    let key = match kept {
        KeyKept::None => "none",
        KeyKept::Keyring => "keyring",
        KeyKept::Memory => {
            warn(&format!(
                "There is no system keyring, so the key of {name} is gone when this command ends, and calls to it will \
                 be refused. Unlock or install a keyring and connect it again."
            ));
            "memory"
        }
    };
    let connected = models::providers(app).await?.into_iter().find(|provider| provider.name == name.trim());
    let dialect = connected.map(|provider| provider.dialect).unwrap_or_default();
    out.object(&json!({ "connected": name, "dialect": dialect, "key": key }), |_| {
        format!("Vendor {name} connected; it is asked in the language of {dialect}.")
    })
}

/// The active model that `text` names.
async fn find(app: &Igny8, text: &str) -> Result<ModelView, Fault> {
    let named =
        |model: &ModelView| model.model_name == text || format!("{}/{}", model.provider, model.model_name) == text;
    let mut found = account::models(app).await?.into_iter().filter(|model| model.is_active && named(model));
    match (found.next(), found.next()) {
        (Some(model), None) => Ok(model),
        (Some(_), Some(_)) => Err(Fault::InvalidField { field: "model".to_owned(), rule: "ambiguous".to_owned() }),
        (None, _) => Err(Fault::NotFound { what: "model".to_owned() }),
    }
}

fn draft(model: NewModel) -> ModelDraft {
    let kind = match model.kind {
        ModelKind::Text => "text",
        ModelKind::Image => "image",
    };
    ModelDraft {
        provider: model.provider,
        model_name: model.model,
        model_type: kind.to_owned(),
        cost_per_1k_input: model.input,
        cost_per_1k_output: model.output,
        cost_per_1k_cached_input: model.cached_input,
        cost_per_1k_cache_write: model.cache_write,
        cost_per_1k_reasoning: model.reasoning,
        cost_per_1k_image_input: model.image_input,
        cost_per_1k_image_output: model.image_output,
        cost_per_image: model.image,
        tokens_per_credit: model.tokens_per_credit,
        min_credits: model.min_credits,
        credits_per_image: model.credits_per_image,
        context_tokens: model.context,
        max_output_tokens: model.max_output,
        is_default: model.default,
    }
}

async fn list(app: &Igny8, all: bool, out: Output) -> Result<(), Failure> {
    let models = account::models(app).await?;
    let number = |text: &Option<String>| text.as_ref().and_then(|t| t.parse::<f64>().ok());
    let listed: Vec<serde_json::Value> = models
        .iter()
        .map(|model| {
            json!({
                "provider": model.provider,
                "model_name": model.model_name,
                "model_type": model.model_type,
                "cost_per_1k_input": number(&model.cost_per_1k_input),
                "cost_per_1k_output": number(&model.cost_per_1k_output),
                "cost_per_1k_cached_input": number(&model.cost_per_1k_cached_input),
                "cost_per_1k_cache_write": number(&model.cost_per_1k_cache_write),
                "cost_per_1k_reasoning": number(&model.cost_per_1k_reasoning),
                "cost_per_1k_image_input": number(&model.cost_per_1k_image_input),
                "cost_per_1k_image_output": number(&model.cost_per_1k_image_output),
                "cost_per_image": number(&model.cost_per_image),
                "credits_per_image": number(&model.credits_per_image),
                "is_active": model.is_active,
                "is_default": model.is_default,
                "retires_on": model.retires_on,
                "replaced_by": model.replaced_by,
            })
        })
        .collect();
    out.object(&json!({ "models": listed }), |_| {
        let head =
            ["Provider", "Model", "Kind", "State", "$/1k in", "$/1k out", "$/1k image out", "$/image", "Credits/image"];
        let mut rows = vec![head.map(str::to_owned).to_vec()];
        rows.extend(models.iter().filter(|model| all || !is_replaced(model, &models)).map(|model| {
            let price = |text: &Option<String>| text.clone().unwrap_or_else(|| "–".to_owned());
            vec![
                model.provider.clone(),
                model.model_name.clone(),
                model.model_type.clone(),
                state(model).to_owned(),
                price(&model.cost_per_1k_input),
                price(&model.cost_per_1k_output),
                price(&model.cost_per_1k_image_output),
                price(&model.cost_per_image),
                price(&model.credits_per_image),
            ]
        }));
        table(&rows)
    })
}

/// Whether a newer row of the same model has taken its place, with another price say.
fn is_replaced(model: &ModelView, all: &[ModelView]) -> bool {
    let age = |model: &ModelView| model.id.parse::<i64>().unwrap_or(0);
    let is_same = |other: &ModelView| (&other.provider, &other.model_name) == (&model.provider, &model.model_name);
    !model.is_active && all.iter().any(|other| is_same(other) && age(other) > age(model))
}

const fn state(model: &ModelView) -> &'static str {
    match (model.is_active, model.is_default) {
        (true, true) => "in use",
        (true, false) => "",
        (false, _) => "off",
    }
}
