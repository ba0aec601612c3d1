//! Vendors and the catalogue.

mod set;
mod vendor;

use crate::args::{ModelKind, ModelsCommand, NewModel, NewTier};
use crate::failure::Failure;
use crate::output::{Output, counted, table};
use crate::secret;
use igny8_app::commands::models::{self, catalogue, ending, roles};
use igny8_app::dto::models::{ModelDraft, ModelModeView, ModelState, ModelView, ProviderDraft, TierDraft, TierView};
use igny8_app::{AiFunction, Fault, Igny8};
use serde_json::{Value, json};

/// `models …`.
pub async fn models(app: &Igny8, command: ModelsCommand, out: Output) -> Result<(), Failure> {
    match command {
        ModelsCommand::List { all } => list(app, all, out).await,
        ModelsCommand::Connect { name, url, dialect, per_minute, keep_key } => {
            let key = secret::from_stdin().await?;
            vendor::connect(app, ProviderDraft { name, url, dialect, key, keeps_key: keep_key, per_minute }, out).await
        }
        ModelsCommand::Test { name } => vendor::test(app, &name, out).await,
        ModelsCommand::Disconnect { name } => {
            models::provider_remove(app, &name).await?;
            out.object(&json!({ "disconnected": name }), |_| format!("Vendor {name} disconnected."))
        }
        ModelsCommand::Add(model) => {
            let name = model.model.clone();
            let id = catalogue::model_add(app, draft(*model)).await?;
            out.object(&json!({ "id": id }), |_| format!("Model {name} added."))
        }
        ModelsCommand::Use { model, function, testing } => use_model(app, &model, function, testing, out).await,
        ModelsCommand::Mode { mode } => set::mode(app, mode, out).await,
        ModelsCommand::Check => set::check(app, out).await,
        ModelsCommand::Switch { from, to } => {
            let (from, to) = (find(app, &from).await?, find(app, &to).await?);
            let places = ending::model_switch(app, &from.id, &to.id).await?;
            let switched = json!({ "from": named(&from), "to": named(&to), "places": places });
            out.object(&json!({ "switched": switched }), |_| {
                let count = counted(places, "place", "places");
                format!("{} takes the place of {} in {count}.", to.model_name, from.model_name)
            })
        }
    }
}

async fn use_model(
    app: &Igny8,
    text: &str,
    function: Option<String>,
    testing: bool,
    out: Output,
) -> Result<(), Failure> {
    let found = find(app, text).await?;
    let function: Option<AiFunction> = function.and_then(|name| name.parse().ok());
    let mode = if testing { ModelModeView::Testing } else { ModelModeView::Live };
    match function {
        Some(function) => roles::model_role_set(app, mode, function.into(), Some(&found.id)).await?,
        None => catalogue::model_default(app, &found.id).await?,
    }
    let what = function.map_or(found.model_type.as_str(), |function| function.name());
    let used = json!({
        "model_type": found.model_type,
        "model_name": found.model_name,
        "function": function.map(AiFunction::name),
        "mode": mode,
    });
    let is_asked = roles::model_roles(app).await?.mode == mode;
    out.object(&json!({ "used": used }), |_| {
        let other = if is_asked { "" } else { " once you switch to it with 'models mode'" };
        let set = if testing { " in testing" } else { "" };
        format!("{} of {} is used for {what}{set} from now on{other}.", found.model_name, found.provider)
    })
}

/// A model by its vendor and name.
fn named(model: &ModelView) -> String {
    format!("{}/{}", model.provider, model.model_name)
}

/// The model that `text` names: one that is on, else one that has ended and can only be named to be told so.
async fn find(app: &Igny8, text: &str) -> Result<ModelView, Fault> {
    let is_meant = |model: &ModelView| model.model_name == text || named(model) == text;
    let mut all = catalogue::models(app).await?;
    all.retain(is_meant);
    let has_active = all.iter().any(|model| model.is_active);
    let rows: Vec<ModelView> =
        all.iter().filter(|model| model.is_active || !is_replaced(model, &all)).cloned().collect();
    let mut found = rows.into_iter().filter(|model| model.is_active || !has_active);
    let connected = |model: &ModelView| model.state != ModelState::NoKey;
    match (found.next(), found.next()) {
        (Some(model), None) => Ok(model),
        // Of several vendors' models of one name, the only one whose vendor is connected is meant.
        (Some(one), Some(other)) if connected(&one) != connected(&other) && found.next().is_none() => {
            Ok(if connected(&one) { one } else { other })
        }
        (Some(_), Some(_)) => Err(Fault::InvalidField { field: "model".to_owned(), rule: "ambiguous".to_owned() }),
        (None, _) => Err(Fault::NotFound { what: "model".to_owned() }),
    }
}

fn draft(model: NewModel) -> ModelDraft {
    let kind = match model.kind {
        Some(ModelKind::Text) => "text",
        Some(ModelKind::Image) => "image",
        None => "",
    };
    ModelDraft {
        provider: model.provider,
        model_name: model.model,
        model_type: kind.to_owned(),
        display_name: None,
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
        tiers: model.tiers.map(|tiers| tiers.0.into_iter().map(tier).collect()),
        picture: model.picture,
        thinking: model.thinking,
        context_tokens: model.context,
        max_output_tokens: model.max_output,
        retires_on: model.retires_on,
        replaced_by: model.replaced_by,
        is_default: model.default,
    }
}

fn tier(tier: NewTier) -> TierDraft {
    let NewTier { quality, pixels_max, cost_per_image, image_tokens, credits_per_image } = tier;
    TierDraft { quality, pixels_max, cost_per_image, image_tokens, credits_per_image }
}

/// An object of JSON as it is; null for none.
fn object(text: Option<&str>) -> Option<Value> {
    text.and_then(|text| serde_json::from_str(text).ok())
}

async fn list(app: &Igny8, all: bool, out: Output) -> Result<(), Failure> {
    let models = catalogue::models(app).await?;
    let listed: Vec<Value> = models.iter().map(listed).collect();
    out.object(&json!({ "models": listed }), |_| {
        let head = [
            "Provider",
            "Model",
            "Kind",
            "State",
            "$/1k in",
            "$/1k out",
            "$/1k image out",
            "$/image",
            "Credits/image",
            "By quality",
        ];
        let mut rows = vec![head.map(str::to_owned).to_vec()];
        rows.extend(models.iter().filter(|model| all || !is_replaced(model, &models)).map(|model| {
            let price = |text: &Option<String>| text.clone().unwrap_or_else(|| "–".to_owned());
            vec![
                model.provider.clone(),
                model.model_name.clone(),
                model.model_type.clone(),
                state(model, ending::successor(&models, model)),
                price(&model.cost_per_1k_input),
                price(&model.cost_per_1k_output),
                price(&model.cost_per_1k_image_output),
                price(&model.cost_per_image),
                price(&model.credits_per_image),
                by_quality(&model.tiers),
            ]
        }));
        table(&rows)
    })
}

/// A model as it is printed in JSON.
fn listed(model: &ModelView) -> Value {
    let tiers: Vec<Value> = model
        .tiers
        .iter()
        .map(|tier| {
            json!({
                "quality": tier.quality,
                "pixels_max": tier.pixels_max,
                "cost_per_image": number(&tier.cost_per_image),
                "image_tokens": tier.image_tokens,
                "credits_per_image": tier.credits_per_image.parse::<f64>().ok(),
                "likely_cost": number(&tier.likely_cost),
                "is_asked": tier.is_asked,
            })
        })
        .collect();
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
        "tiers": tiers,
        "is_active": model.is_active,
        "is_default": model.is_default,
        "retires_on": model.retires_on,
        "replaced_by": model.replaced_by,
        "state": model.state,
        "picture": object(model.picture.as_deref()),
        "thinking": object(model.thinking.as_deref()),
        "hours": model.hours,
    })
}

fn number(text: &Option<String>) -> Option<f64> {
    text.as_ref().and_then(|text| text.parse().ok())
}

/// What a picture costs in each quality: credits and dollars, the one that is asked for with a star.
fn by_quality(tiers: &[TierView]) -> String {
    let said = tiers.iter().map(|tier| {
        let star = if tier.is_asked { "*" } else { "" };
        let size = tier.pixels_max.map(|pixels| format!(" to {pixels} px")).unwrap_or_default();
        let usd = tier.likely_cost.as_ref().map(|usd| format!(" (${usd})")).unwrap_or_default();
        format!("{star}{}{size} {}{usd}", tier.quality, tier.credits_per_image)
    });
    said.collect::<Vec<_>>().join(", ")
}

/// Whether a newer row of the same model has taken its place, with another price say.
fn is_replaced(model: &ModelView, all: &[ModelView]) -> bool {
    let age = |model: &ModelView| model.id.parse::<i64>().unwrap_or(0);
    let is_same = |other: &ModelView| (&other.provider, &other.model_name) == (&model.provider, &model.model_name);
    !model.is_active && all.iter().any(|other| is_same(other) && age(other) > age(model))
}

/// What there is to say of a model, and of what can be used instead once it ends.
fn state(model: &ModelView, successor: Option<&ModelView>) -> String {
    let day = model.retires_on.as_deref().map(|day| format!(" {day}")).unwrap_or_default();
    let successor = successor.map(|row| format!(", use {}", row.model_name)).unwrap_or_default();
    let words = match model.state {
        ModelState::Ended => return format!("ended{day}{successor}"),
        ModelState::Ready if model.is_default => "in use",
        ModelState::Ready => "",
        ModelState::NoKey => "no key yet",
        ModelState::Unpriced => "no price",
        ModelState::Off => "off",
    };
    let end = if day.is_empty() { String::new() } else { format!("ends{day}{successor}") };
    let said: Vec<&str> = [words, &end].into_iter().filter(|words| !words.is_empty()).collect();
    said.join("; ")
}
