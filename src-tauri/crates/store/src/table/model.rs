//! The model catalogue. Rows are added and switched off, never re-priced.

#[cfg(test)]
mod tests;

use super::column::{changes_one, to_json};
use crate::digest::{DIGEST_BYTES, Digest};
use crate::{Read, StoreError, Write};
use igny8_core::id::ModelId;
use igny8_core::model::thinking::Thinking;
use igny8_core::model::{Model, Price};
use igny8_core::money::Credits;
use igny8_core::picture::Abilities;
use igny8_core::status::ModelType;
use igny8_core::time::UtcMs;
use igny8_core::topic::Topic;
use rusqlite::types::Type;
use rusqlite::{Row, params};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// What is read of a row.
macro_rules! of_model {
    ($rest:literal) => {
        concat!(
            "select id, provider, model_name, display_name, model_type, is_active, is_default, cost_per_1k_input,
               cost_per_1k_output, cost_per_1k_cached_input, cost_per_1k_cache_write, cost_per_1k_reasoning,
               cost_per_1k_image_input, cost_per_1k_image_output, cost_per_image, credits_per_image, tokens_per_credit,
               min_credits, context_tokens, max_output_tokens, items_per_call, retires_on, replaced_by, priced_at, picture,
               thinking, hours, tiers
             from model ",
            $rest
        )
    };
}

/// The whole catalogue: a hundred rows or so.
const ALL: &str = of_model!("order by is_active desc, provider, model_name, id");

/// One row of it, which every unit asks for.
const ONE: &str = of_model!("where id = ?1");

/// The row that a name stands for: the one that is on, else the last that was.
const NAMED: &str = of_model!("where provider = ?1 and model_name = ?2 order by is_active desc, id desc limit 1");

impl Read<'_> {
    /// Every model, active ones first, by provider and name.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn models(&self) -> Result<Vec<Model>, StoreError> {
        let mut statement = self.conn.prepare_cached(ALL)?;
        let rows = statement.query_map([], read_model)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// One model by id, active or not: calls keep the price they were held under.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for an unknown id.
    pub fn model(&self, id: ModelId) -> Result<Model, StoreError> {
        Ok(self.conn.prepare_cached(ONE)?.query_row(params![id.0], read_model)?)
    }

    /// The model of this name: its row that is on, else the last that was.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for an unknown name.
    pub fn model_named(&self, provider: &str, model_name: &str) -> Result<Model, StoreError> {
        Ok(self.conn.prepare_cached(NAMED)?.query_row(params![provider, model_name], read_model)?)
    }

    /// Rows of which nobody has said how they think: those from before it was asked.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn models_unsaid(&self) -> Result<Vec<ModelId>, StoreError> {
        let mut statement = self.conn.prepare_cached("select id from model where thinking = ''")?;
        let rows = statement.query_map([], |row| row.get(0).map(ModelId))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The model used for a kind when nothing else is said.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when no default is set.
    pub fn default_model(&self, model_type: ModelType) -> Result<Model, StoreError> {
        let chosen = |model: &Model| model.is_active && model.is_default && model.model_type == model_type;
        self.models()?.into_iter().find(chosen).ok_or(StoreError::NotFound)
    }
}

impl Write<'_> {
    /// Adds a row to the catalogue; its `id` is ignored.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when an active row of the same provider and name exists.
    pub fn add_model(&mut self, model: &Model, now: UtcMs) -> Result<ModelId, StoreError> {
        let (prices, hours, tiers) = (prices_of(model), stored(&model.hours)?, stored(&model.tiers)?);
        let [input, output, cached, cache_write, reasoning, image_input, image_output, image] = &prices;
        self.conn
            .prepare_cached(
                "insert into model (provider, model_name, display_name, model_type, is_active, is_default,
                   cost_per_1k_input, cost_per_1k_output, cost_per_1k_cached_input, cost_per_1k_cache_write,
                   cost_per_1k_reasoning, cost_per_1k_image_input, cost_per_1k_image_output, cost_per_image,
                   credits_per_image, tokens_per_credit, min_credits, context_tokens, max_output_tokens, items_per_call,
                   retires_on, replaced_by, priced_at, created_at, picture, seal, thinking, hours, tiers)
                 values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20,
                   ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29)",
            )?
            .execute(params![
                model.provider,
                model.model_name,
                model.display_name,
                model.model_type.as_str(),
                model.is_active,
                model.is_default,
                input,
                output,
                cached,
                cache_write,
                reasoning,
                image_input,
                image_output,
                image,
                model.credits_per_image.map_or(-1, |c| c.0),
                model.tokens_per_credit.unwrap_or(-1),
                model.min_credits.0,
                model.context_tokens,
                model.max_output_tokens,
                model.items_per_call,
                model.retires_on.map_or(0, |t| t.0),
                model.replaced_by.clone().unwrap_or_default(),
                model.priced_at.0,
                now.0,
                stored_abilities(&model.picture)?,
                seal_of(model, &prices, (&hours, &tiers), now),
                to_json(&model.thinking)?,
                hours,
                tiers,
            ])?;
        self.touch(Topic::Models);
        Ok(ModelId(self.conn.last_insert_rowid()))
    }

    /// Switches a row off, so that nothing new is started with it. Calls held under it keep its price.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for an unknown row or one that is off.
    pub fn model_retire(&mut self, id: ModelId) -> Result<(), StoreError> {
        let sql = "update model set is_active = 0, is_default = 0 where id = ?1 and is_active = 1";
        let changed = changes_one(self.conn, sql, params![id.0])?;
        self.touch(Topic::Models);
        if changed { Ok(()) } else { Err(StoreError::NotFound) }
    }

    /// Switches a row on that is off.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for an unknown row or one that is on; [`StoreError::Conflict`] when another row of the name
    /// is on.
    pub fn model_restore(&mut self, id: ModelId) -> Result<(), StoreError> {
        let changed =
            changes_one(self.conn, "update model set is_active = 1 where id = ?1 and is_active = 0", params![id.0])?;
        self.touch(Topic::Models);
        if changed { Ok(()) } else { Err(StoreError::NotFound) }
    }

    /// Notes that a vendor ends a model, which changes no price.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for an unknown row.
    pub fn model_note_end(
        &mut self,
        id: ModelId,
        retires_on: Option<UtcMs>,
        replaced_by: &str,
    ) -> Result<(), StoreError> {
        let sql = "update model set retires_on = ?2, replaced_by = ?3 where id = ?1";
        let changed = changes_one(self.conn, sql, params![id.0, retires_on.map_or(0, |t| t.0), replaced_by])?;
        self.touch(Topic::Models);
        if changed { Ok(()) } else { Err(StoreError::NotFound) }
    }

    /// Notes what an image model can be asked for, which changes no price.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for an unknown row.
    pub fn model_note_abilities(&mut self, id: ModelId, able: &Abilities) -> Result<(), StoreError> {
        let sql = "update model set picture = ?2 where id = ?1";
        let changed = changes_one(self.conn, sql, params![id.0, stored_abilities(able)?])?;
        self.touch(Topic::Models);
        if changed { Ok(()) } else { Err(StoreError::NotFound) }
    }

    /// Notes how a text model thinks, which changes no price.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for an unknown row.
    pub fn model_note_thinking(&mut self, id: ModelId, thinking: &Thinking) -> Result<(), StoreError> {
        let sql = "update model set thinking = ?2 where id = ?1";
        let changed = changes_one(self.conn, sql, params![id.0, to_json(thinking)?])?;
        self.touch(Topic::Models);
        if changed { Ok(()) } else { Err(StoreError::NotFound) }
    }

    /// Puts a new row in the place of an old one, which is what a changed price is. A default stays one.
    ///
    /// # Errors
    /// As [`Write::model_retire`] of the old row and [`Write::add_model`] of the new one.
    pub fn model_replace(&mut self, old: ModelId, new: &Model, now: UtcMs) -> Result<ModelId, StoreError> {
        let was_default = self.model(old)?.is_default;
        self.model_retire(old)?;
        self.add_model(&Model { is_default: was_default, ..new.clone() }, now)
    }

    /// Makes a model the one that is used for its kind when nothing else is said.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for a row that is unknown, off, or of another kind.
    pub fn set_default_model(&mut self, model_type: ModelType, id: ModelId) -> Result<(), StoreError> {
        let model = self.model(id)?;
        if !model.is_active || model.model_type != model_type {
            return Err(StoreError::NotFound);
        }
        self.conn
            .prepare_cached("update model set is_default = 0 where model_type = ?1 and is_default = 1")?
            .execute(params![model_type.as_str()])?;
        self.conn.prepare_cached("update model set is_default = 1 where id = ?1")?.execute(params![id.0])?;
        self.touch(Topic::Models);
        Ok(())
    }
}

/// The prices as they are stored.
fn prices_of(model: &Model) -> [String; 8] {
    model.prices().map(|price| price.map(Price::to_text).unwrap_or_default())
}

/// What of a row never changes: whose it is and what it asks for. The auditor makes it anew from the row.
fn seal_of(model: &Model, prices: &[String], (hours, tiers): (&str, &str), now: UtcMs) -> [u8; DIGEST_BYTES] {
    let named = Digest::of("model row").text(&model.provider).text(&model.model_name).text(model.model_type.as_str());
    let priced = prices.iter().fold(named, |digest, price| digest.text(price));
    let credits = priced.number(model.credits_per_image.map_or(-1, |c| c.0));
    let credits = credits.number(model.tokens_per_credit.unwrap_or(-1)).number(model.min_credits.0);
    let dated = credits.number(model.priced_at.0).number(now.0);
    // Rows from before there were hours, or tiers, have none in their seals.
    let dated = if hours.is_empty() { dated } else { dated.text(hours) };
    if tiers.is_empty() { dated.finish() } else { dated.text(tiers).finish() }
}

fn read_model(row: &Row<'_>) -> rusqlite::Result<Model> {
    let credits: i64 = row.get("credits_per_image")?;
    let tokens: i64 = row.get("tokens_per_credit")?;
    let retires: i64 = row.get("retires_on")?;
    let replaced: String = row.get("replaced_by")?;
    Ok(Model {
        id: ModelId(row.get("id")?),
        provider: row.get("provider")?,
        model_name: row.get("model_name")?,
        display_name: row.get("display_name")?,
        model_type: crate::table::word(row, "model_type")?,
        is_active: row.get("is_active")?,
        is_default: row.get("is_default")?,
        cost_per_1k_input: read_price(row, "cost_per_1k_input")?,
        cost_per_1k_output: read_price(row, "cost_per_1k_output")?,
        cost_per_1k_cached_input: read_price(row, "cost_per_1k_cached_input")?,
        cost_per_1k_cache_write: read_price(row, "cost_per_1k_cache_write")?,
        cost_per_1k_reasoning: read_price(row, "cost_per_1k_reasoning")?,
        cost_per_1k_image_input: read_price(row, "cost_per_1k_image_input")?,
        cost_per_1k_image_output: read_price(row, "cost_per_1k_image_output")?,
        cost_per_image: read_price(row, "cost_per_image")?,
        credits_per_image: (credits >= 0).then_some(Credits(credits)),
        tokens_per_credit: (tokens > 0).then_some(tokens),
        min_credits: Credits(row.get("min_credits")?),
        context_tokens: row.get("context_tokens")?,
        max_output_tokens: row.get("max_output_tokens")?,
        items_per_call: row.get("items_per_call")?,
        retires_on: (retires > 0).then_some(UtcMs(retires)),
        replaced_by: (!replaced.is_empty()).then_some(replaced),
        priced_at: UtcMs(row.get("priced_at")?),
        picture: read_json(row, "picture")?,
        thinking: read_json(row, "thinking")?,
        hours: read_json(row, "hours")?,
        tiers: read_json(row, "tiers")?,
    })
}

/// As text; empty for those of which nothing is said.
fn stored_abilities(able: &Abilities) -> Result<String, StoreError> {
    if *able == Abilities::default() { Ok(String::new()) } else { to_json(able) }
}

/// As text; empty for a price that is the same at every hour, or in every quality.
fn stored<T: Serialize>(finer: &[T]) -> Result<String, StoreError> {
    if finer.is_empty() { Ok(String::new()) } else { to_json(&finer) }
}

/// What a column says in JSON; nothing for an empty one.
fn read_json<T: DeserializeOwned + Default>(row: &Row<'_>, column: &str) -> rusqlite::Result<T> {
    let text: String = row.get(column)?;
    if text.is_empty() {
        return Ok(T::default());
    }
    serde_json::from_str(&text)
        .map_err(|error| rusqlite::Error::FromSqlConversionFailure(0, Type::Text, Box::new(error)))
}

fn read_price(row: &Row<'_>, column: &str) -> rusqlite::Result<Option<Price>> {
    let text: String = row.get(column)?;
    if text.is_empty() {
        return Ok(None);
    }
    let price = Price::parse(&text)
        .map_err(|error| rusqlite::Error::FromSqlConversionFailure(0, Type::Text, Box::new(error)))?;
    Ok(Some(price))
}
