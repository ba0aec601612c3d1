//! Categories and tags by name, as a site was asked for them. Articles of one site have most of theirs in common, and each
//! name is a request or two.

use crate::{Read, StoreError, Write};
use igny8_core::port::destination::{RemoteTerm, Taxonomy};
use rusqlite::{OptionalExtension, params};

impl Read<'_> {
    /// A term of a place by its name in small letters, where it is known.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn site_term(&self, place: &str, taxonomy: Taxonomy, name: &str) -> Result<Option<RemoteTerm>, StoreError> {
        let mut statement = self
            .conn
            .prepare_cached("select term_id, title from site_term where place = ?1 and is_tag = ?2 and name = ?3")?;
        let found = statement.query_row(params![place, taxonomy == Taxonomy::Tag, name], |row| {
            Ok(RemoteTerm { id: row.get("term_id")?, name: row.get("title")? })
        });
        Ok(found.optional()?)
    }
}

impl Write<'_> {
    /// Remembers a term of a place under a name in small letters.
    ///
    /// # Errors
    /// When the file fails.
    pub fn remember_site_term(
        &mut self,
        place: &str,
        taxonomy: Taxonomy,
        name: &str,
        term: &RemoteTerm,
    ) -> Result<(), StoreError> {
        self.conn
            .prepare_cached(
                "insert into site_term (place, is_tag, name, term_id, title) values (?1, ?2, ?3, ?4, ?5)
                 on conflict (place, is_tag, name) do update set term_id = ?4, title = ?5",
            )?
            .execute(params![place, taxonomy == Taxonomy::Tag, name, term.id, term.name])?;
        Ok(())
    }

    /// Forgets the terms of a place.
    ///
    /// # Errors
    /// When the file fails.
    pub fn forget_site_terms(&mut self, place: &str) -> Result<(), StoreError> {
        self.conn.prepare_cached("delete from site_term where place = ?1")?.execute(params![place])?;
        Ok(())
    }
}
