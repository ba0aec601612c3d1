//! Trials: operations that ask a model with a wording that is not in use, on a real item, and store nothing but their
//! records and the paid answer.

use crate::{Read, StoreError, Write};
use igny8_core::id::OperationId;
use igny8_core::prompt::PromptKind;
use igny8_core::topic::Topic;
use rusqlite::{OptionalExtension, params};

/// What an operation tries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrialRow {
    /// What the wording is for.
    pub kind: PromptKind,
    /// The template.
    pub body: String,
}

impl Read<'_> {
    /// What an operation tries; `None` when it is no trial.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn trial(&self, operation: OperationId) -> Result<Option<TrialRow>, StoreError> {
        let mut statement = self.conn.prepare_cached("select kind, body from prompt_trial where operation_id = ?1")?;
        let row = statement.query_row(params![operation.as_bytes()], |row| {
            Ok(TrialRow { kind: crate::table::word(row, "kind")?, body: row.get("body")? })
        });
        Ok(row.optional()?)
    }

    /// Tokens that were read and written for an operation.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn tokens_of_operation(&self, operation: OperationId) -> Result<(u32, u32), StoreError> {
        let mut statement = self.conn.prepare_cached(
            "select coalesce(sum(tokens_input + tokens_cached + tokens_cache_write + tokens_image_input), 0),
               coalesce(sum(tokens_output + tokens_reasoning + tokens_image_output), 0)
             from usage_log where operation_id = ?1",
        )?;
        Ok(statement.query_row(params![operation.as_bytes()], |row| Ok((row.get(0)?, row.get(1)?)))?)
    }
}

impl Write<'_> {
    /// Makes an operation that was just opened a trial.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] for a wording that is too long, or a second one.
    pub fn mark_trial(&mut self, operation: OperationId, trial: &TrialRow) -> Result<(), StoreError> {
        self.conn
            .prepare_cached("update operation set is_trial = 1 where id = ?1")?
            .execute(params![operation.as_bytes()])?;
        self.conn
            .prepare_cached("insert into prompt_trial (operation_id, kind, body) values (?1, ?2, ?3)")?
            .execute(params![operation.as_bytes(), trial.kind.as_str(), trial.body])?;
        self.touch(Topic::Operations);
        Ok(())
    }
}
