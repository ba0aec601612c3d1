//! Which model does what, and who uses a model: roles name models by vendor and name, so that they follow its newest row.

#[cfg(test)]
mod tests;

use crate::{Read, StoreError, Write};
use igny8_core::function::AiFunction;
use igny8_core::port::ProviderError;
use igny8_core::status::ModelMode;
use igny8_core::time::UtcMs;
use igny8_core::topic::Topic;
use rusqlite::{OptionalExtension, params};

/// A function's own model in one of the sets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModelRole {
    /// Which set.
    pub mode: ModelMode,
    /// Which function.
    pub function: AiFunction,
    /// The model's vendor.
    pub provider: String,
    /// The vendor's model id.
    pub model_name: String,
}

const SITES: &str = "select s.name from site s where s.removed_at = 0 and (?4 or exists (
     select 1 from operation o join model m on m.id = o.model_id
     where o.site_id = s.id and m.provider = ?1 and m.model_name = ?2
       and (o.status = 'pending' or o.created_at >= ?3)))
   order by s.name";
const OPEN: &str = "select count(*) from operation o join model m on m.id = o.model_id
   where m.provider = ?1 and m.model_name = ?2 and o.status = 'pending'";
/// Whether the last call of a model, under whichever of its rows, ended with this code. The last line of each kind and end is
/// found by its index, however many there are.
const LAST_ENDED_AS: &str = "with
     kinds(kind) as (values ('clustering'), ('idea_generation'), ('content_generation'), ('image_prompt_extraction'),
       ('image_generation')),
     ends(outcome) as (values ('settled'), ('released')),
     lasts(id) as (select (select max(u.id) from usage_log u
         where u.operation_type = k.kind and u.model_id = m.id and u.outcome = e.outcome)
       from model m, kinds k, ends e where m.provider = ?1 and m.model_name = ?2)
   select u.outcome = 'released' and exists (select 1 from attempt a where a.call_id = u.call_id and a.outcome = ?3
       and a.n = (select max(n) from attempt where call_id = u.call_id))
   from usage_log u where u.id = (select max(id) from lasts)";

impl Read<'_> {
    /// A function's own model; `None` where it has none.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn model_role(&self, mode: ModelMode, function: AiFunction) -> Result<Option<ModelRole>, StoreError> {
        let mut statement = self
            .conn
            .prepare_cached("select provider, model_name from model_role where mode = ?1 and function_name = ?2")?;
        let role = statement.query_row(params![mode.as_str(), function.name()], |row| {
            Ok(ModelRole { mode, function, provider: row.get(0)?, model_name: row.get(1)? })
        });
        Ok(role.optional()?)
    }

    /// Sites that use a model, by name: those for which work was begun with it since an instant or is still open, and all
    /// where their functions ask it.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn sites_using(
        &self,
        provider: &str,
        model_name: &str,
        since: UtcMs,
        is_asked: bool,
    ) -> Result<Vec<String>, StoreError> {
        let mut statement = self.conn.prepare_cached(SITES)?;
        let names = statement.query_map(params![provider, model_name, since.0, is_asked], |row| row.get(0))?;
        Ok(names.collect::<Result<_, _>>()?)
    }

    /// Operations that ask a model and are open, whether they are under way or were interrupted.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn open_operations_with(&self, provider: &str, model_name: &str) -> Result<u32, StoreError> {
        let mut statement = self.conn.prepare_cached(OPEN)?;
        Ok(statement.query_row(params![provider, model_name], |row| row.get(0))?)
    }

    /// Whether the vendor of a model did not know it when it was asked for it last.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn is_unknown_to_its_vendor(&self, provider: &str, model_name: &str) -> Result<bool, StoreError> {
        let mut statement = self.conn.prepare_cached(LAST_ENDED_AS)?;
        let code = ProviderError::UnknownModel.code();
        let is_so = statement.query_row(params![provider, model_name, code], |row| row.get(0));
        Ok(is_so.optional()?.unwrap_or(false))
    }
}

impl Write<'_> {
    /// Gives a function a model of its own, in the place of an earlier one.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when a name breaks a rule of the schema.
    pub fn set_model_role(&mut self, role: &ModelRole, now: UtcMs) -> Result<(), StoreError> {
        self.conn
            .prepare_cached(
                "insert into model_role (mode, function_name, provider, model_name, updated_at)
                 values (?1, ?2, ?3, ?4, ?5)
                 on conflict (mode, function_name) do update set provider = excluded.provider,
                   model_name = excluded.model_name, updated_at = excluded.updated_at",
            )?
            .execute(params![role.mode.as_str(), role.function.name(), role.provider, role.model_name, now.0])?;
        self.touch(Topic::Models);
        Ok(())
    }

    /// Takes a function its own model; it asks the default again.
    ///
    /// # Errors
    /// When the file fails.
    pub fn clear_model_role(&mut self, mode: ModelMode, function: AiFunction) -> Result<(), StoreError> {
        self.conn
            .prepare_cached("delete from model_role where mode = ?1 and function_name = ?2")?
            .execute(params![mode.as_str(), function.name()])?;
        self.touch(Topic::Models);
        Ok(())
    }

    /// Takes every function the model of a vendor that it has of its own.
    ///
    /// # Errors
    /// When the file fails.
    pub fn clear_model_roles_of(&mut self, provider: &str) -> Result<(), StoreError> {
        self.conn.prepare_cached("delete from model_role where provider = ?1")?.execute(params![provider])?;
        self.touch(Topic::Models);
        Ok(())
    }
}
