//! Which words a result was asked for with. Written in the commit that stores it, paid or used again, so that a thing that
//! was made leads back to its words, whatever is in use by now.

use crate::{Read, StoreError, Write};
use igny8_core::id::{ContentId, PromptVersionId};
use igny8_core::prompt::PromptKind;
use rusqlite::{Row, params};

/// Where words come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PromptSource {
    /// The app's own.
    BuiltIn {
        /// Number of their set.
        version: u32,
    },
    /// A person's.
    Version(PromptVersionId),
    /// A wording that is only tried.
    Trial,
}

/// One prompt of a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PromptUse {
    /// What it is for.
    pub kind: PromptKind,
    /// Whose words.
    pub source: PromptSource,
}

/// By the newest text that a model wrote for an article's task.
const OF_CONTENT: &str = "select p.kind, p.version_id, p.built_in
   from usage_prompt p
   where p.usage_id = (
     select u.id from content c
       join usage_log u on u.related_type = 'task' and u.related_id = c.task_id and u.outcome in ('settled', 'reused')
     where c.id = ?1 order by u.id desc limit 1)
   order by length(p.kind), p.kind";

impl Read<'_> {
    /// What an article was asked for with; nothing for one that no model wrote, or that was written before this was
    /// noted.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn prompts_of_content(&self, content: ContentId) -> Result<Vec<PromptUse>, StoreError> {
        let mut statement = self.conn.prepare_cached(OF_CONTENT)?;
        let rows = statement.query_map(params![content.0], read_use)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Write<'_> {
    /// Notes what a result was asked for with, by the usage row it is on record with.
    ///
    /// # Errors
    /// When the file fails.
    pub fn note_prompts(&mut self, usage_id: i64, prompts: &[PromptUse]) -> Result<(), StoreError> {
        let mut insert = self.conn.prepare_cached(
            "insert into usage_prompt (usage_id, kind, version_id, built_in) values (?1, ?2, ?3, ?4)",
        )?;
        for used in prompts {
            let (version, built_in) = match used.source {
                PromptSource::BuiltIn { version } => (0, version),
                PromptSource::Version(id) => (id.0, 0),
                PromptSource::Trial => (0, 0),
            };
            insert.execute(params![usage_id, used.kind.as_str(), version, built_in])?;
        }
        Ok(())
    }
}

fn read_use(row: &Row<'_>) -> rusqlite::Result<PromptUse> {
    let (version, built_in): (i64, u32) = (row.get("version_id")?, row.get("built_in")?);
    let source = match (version, built_in) {
        (0, 0) => PromptSource::Trial,
        (0, version) => PromptSource::BuiltIn { version },
        (id, _) => PromptSource::Version(PromptVersionId(id)),
    };
    Ok(PromptUse { kind: crate::table::word(row, "kind")?, source })
}
