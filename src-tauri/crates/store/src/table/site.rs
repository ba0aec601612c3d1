//! Sites. A site's fields are a person's; its connection is what the site said when it was last asked, and is forgotten
//! as soon as anything it depended on changes. Passwords are never here: only whether the vault has one.

#[cfg(test)]
mod tests;

use super::column::{changes_one, instant, optional_instant, to_json};
use crate::{Read, StoreError, Write};
use igny8_core::id::SiteId;
use igny8_core::on_site::BodyForm;
use igny8_core::port::destination::SiteProbe;
use igny8_core::schedule::{HandOver, MissedRule};
use igny8_core::status::{Connection, DestinationKind, ImageFormat};
use igny8_core::time::UtcMs;
use igny8_core::topic::Topic;
use rusqlite::{OptionalExtension, Row, params};

/// A site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteRow {
    /// Id.
    pub id: SiteId,
    /// Name, 1–200 characters.
    pub name: String,
    /// Where its articles go.
    pub kind: DestinationKind,
    /// Address (WordPress) or folder path (folder).
    pub url: String,
    /// Address its API answers at; empty until it was found.
    pub api_url: String,
    /// Name we sign in with.
    pub user_name: String,
    /// The vault keeps a password for it.
    pub has_secret: bool,
    /// Whether it answered when it was last asked.
    pub connection: Connection,
    /// Why it did not, a code; empty otherwise.
    pub connection_code: String,
    /// What it said about itself at the last successful test.
    pub probe: Option<SiteProbe>,
    /// When it was last asked.
    pub tested_at: Option<UtcMs>,
    /// BCP 47 language of its articles.
    pub language: String,
    /// IANA zone its times are meant in.
    pub zone: String,
    /// `#rrggbb`.
    pub brand_color: String,
    /// Most pictures inside an article, 0–4; the featured one comes on top.
    pub in_article_images: u32,
    /// File format of its pictures.
    pub image_format: ImageFormat,
    /// How its articles are written there.
    pub body_form: BodyForm,
    /// Articles written from now on begin with a table of contents.
    pub has_contents: bool,
    /// Its work that was interrupted goes on at the next start without being asked.
    pub goes_on_by_itself: bool,
    /// Who publishes what is due. A folder is published by this computer, whatever stands here.
    pub hand_over: HandOver,
    /// What is done about an article whose time passed without it.
    pub missed_rule: MissedRule,
    /// Certificate authorities it is trusted by beside the system's, in PEM; empty where there are none.
    pub authority: String,
    /// The sample workspace.
    pub is_sample: bool,
    /// When it was added.
    pub created_at: UtcMs,
    /// When it was last changed.
    pub updated_at: UtcMs,
    /// When it was removed; 0 while it is there.
    pub removed_at: UtcMs,
}

impl SiteRow {
    /// Whether the site has what is planned beforehand, and publishes it itself.
    #[must_use]
    pub fn publishes_itself(&self) -> bool {
        self.kind == DestinationKind::WordPress && self.hand_over == HandOver::WordPress
    }
}

/// The fields of a site that a person sets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteFields {
    /// Name, 1–200 characters.
    pub name: String,
    /// Address or folder path.
    pub url: String,
    /// Name we sign in with.
    pub user_name: String,
    /// BCP 47 language.
    pub language: String,
    /// IANA zone.
    pub zone: String,
    /// `#rrggbb`.
    pub brand_color: String,
    /// Most pictures inside an article, 0–4; the featured one comes on top.
    pub in_article_images: u32,
    /// File format of its pictures.
    pub image_format: ImageFormat,
    /// How its articles are written there.
    pub body_form: BodyForm,
    /// Articles written from now on begin with a table of contents.
    pub has_contents: bool,
    /// Its work that was interrupted goes on at the next start without being asked.
    pub goes_on_by_itself: bool,
}

/// A site to add.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewSite {
    /// Where its articles go; fixed for good.
    pub kind: DestinationKind,
    /// The sample workspace.
    pub is_sample: bool,
    /// The rest.
    pub fields: SiteFields,
}

/// What is read of a row.
macro_rules! of_site {
    ($rest:literal) => {
        concat!(
            "select id, name, kind, url, api_url, user_name, has_secret, connection, connection_code, probe, tested_at,
               language, zone, brand_color, in_article_images, image_format, goes_on_by_itself, hand_over,
               missed_rule, body_form, has_contents, authority, is_sample, created_at, updated_at, removed_at
             from site ",
            $rest
        )
    };
}

impl Read<'_> {
    /// The sites there are, by name.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn sites(&self) -> Result<Vec<SiteRow>, StoreError> {
        let mut statement = self.conn.prepare_cached(of_site!("where removed_at = 0 order by lower(name), id"))?;
        let rows = statement.query_map([], read_site)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The sites that were removed and can be brought back, the last removed first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn removed_sites(&self) -> Result<Vec<SiteRow>, StoreError> {
        let mut statement = self
            .conn
            .prepare_cached(of_site!("where removed_at > 0 and purged_at = 0 order by removed_at desc, id desc"))?;
        let rows = statement.query_map([], read_site)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// One site that is not removed.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for any other id.
    pub fn site(&self, id: SiteId) -> Result<SiteRow, StoreError> {
        let mut statement = self.conn.prepare_cached(of_site!("where id = ?1 and removed_at = 0"))?;
        Ok(statement.query_row(params![id.0], read_site)?)
    }

    /// Whether a site other than `but` has this name. Case makes no difference.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn is_site_name_taken(&self, name: &str, but: Option<SiteId>) -> Result<bool, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "select exists(select 1 from site where name = ?1 collate nocase and removed_at = 0 and id <> ?2)",
        )?;
        Ok(statement.query_row(params![name, but.map_or(0, |id| id.0)], |row| row.get(0))?)
    }

    /// The sample workspace, while it is there.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn sample_site(&self) -> Result<Option<SiteId>, StoreError> {
        let mut statement = self
            .conn
            .prepare_cached("select id from site where is_sample = 1 and removed_at = 0 order by id limit 1")?;
        Ok(statement.query_row([], |row| row.get(0).map(SiteId)).optional()?)
    }
}

impl Write<'_> {
    /// Says whether work of a site that was interrupted goes on at the next start without being asked.
    ///
    /// # Errors
    /// When the file fails.
    pub fn set_site_goes_on(&mut self, id: SiteId, goes_on: bool, now: UtcMs) -> Result<(), StoreError> {
        self.conn
            .prepare_cached(
                "update site set goes_on_by_itself = ?2, updated_at = ?3 where id = ?1 and goes_on_by_itself <> ?2",
            )?
            .execute(params![id.0, goes_on, now.0])?;
        self.touch(Topic::Sites);
        Ok(())
    }

    /// Adds a site, not yet asked.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when a field breaks a rule of the schema or another site has the name.
    pub fn site_add(&mut self, site: &NewSite, now: UtcMs) -> Result<SiteId, StoreError> {
        let fields = &site.fields;
        self.check_site_name(&fields.name, None)?;
        self.conn
            .prepare_cached(
                "insert into site (name, kind, url, user_name, language, zone, brand_color, in_article_images,
                   image_format, goes_on_by_itself, is_sample, created_at, updated_at, body_form, has_contents, hand_over)
                 values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?12, ?13, ?14,
                   case ?2 when 'folder' then 'computer' else 'wordpress' end)",
            )?
            .execute(params![
                fields.name,
                site.kind.as_str(),
                fields.url,
                fields.user_name,
                fields.language,
                fields.zone,
                fields.brand_color,
                fields.in_article_images,
                fields.image_format.as_str(),
                fields.goes_on_by_itself,
                site.is_sample,
                now.0,
                fields.body_form.as_str(),
                fields.has_contents,
            ])?;
        self.touch(Topic::Sites);
        Ok(SiteId(self.conn.last_insert_rowid()))
    }

    /// Changes a site's fields. Another address or user name makes the connection untested.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for an unknown or removed site, [`StoreError::Conflict`] when a field breaks a rule or
    /// another site has the name.
    pub fn site_update(&mut self, id: SiteId, fields: &SiteFields, now: UtcMs) -> Result<(), StoreError> {
        let before = self.site(id)?;
        self.check_site_name(&fields.name, Some(id))?;
        if before.url != fields.url || before.user_name != fields.user_name {
            self.forget_connection(id)?;
        }
        self.conn
            .prepare_cached(
                "update site set name = ?2, url = ?3, user_name = ?4, language = ?5, zone = ?6, brand_color = ?7,
                   in_article_images = ?8, image_format = ?9, goes_on_by_itself = ?10, updated_at = ?11,
                   body_form = ?12, has_contents = ?13
                 where id = ?1",
            )?
            .execute(params![
                id.0,
                fields.name,
                fields.url,
                fields.user_name,
                fields.language,
                fields.zone,
                fields.brand_color,
                fields.in_article_images,
                fields.image_format.as_str(),
                fields.goes_on_by_itself,
                now.0,
                fields.body_form.as_str(),
                fields.has_contents,
            ])?;
        self.touch(Topic::Sites);
        Ok(())
    }

    /// Notes whether the vault keeps a password for the site, which makes the connection untested.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for an unknown or removed site.
    pub fn site_set_secret(&mut self, id: SiteId, has_secret: bool, now: UtcMs) -> Result<(), StoreError> {
        let changed = changes_one(
            self.conn,
            "update site set has_secret = ?2, updated_at = ?3 where id = ?1 and removed_at = 0",
            params![id.0, has_secret, now.0],
        )?;
        if !changed {
            return Err(StoreError::NotFound);
        }
        self.forget_connection(id)?;
        self.touch(Topic::Sites);
        Ok(())
    }

    /// Sets which certificate authorities a site is trusted by beside the system's, which makes the connection untested.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for an unknown or removed site; [`StoreError::Conflict`] when the text is too long.
    pub fn site_set_authority(&mut self, id: SiteId, pem: &str, now: UtcMs) -> Result<(), StoreError> {
        let changed = changes_one(
            self.conn,
            "update site set authority = ?2, updated_at = ?3 where id = ?1 and removed_at = 0",
            params![id.0, pem, now.0],
        )?;
        if !changed {
            return Err(StoreError::NotFound);
        }
        self.forget_connection(id)?;
        self.touch(Topic::Sites);
        Ok(())
    }

    /// Sets who publishes what is due there, and what is done about what was missed.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for an unknown or removed site.
    pub fn site_set_publishing(
        &mut self,
        id: SiteId,
        hand_over: HandOver,
        missed_rule: MissedRule,
        now: UtcMs,
    ) -> Result<(), StoreError> {
        let changed = changes_one(
            self.conn,
            "update site set hand_over = ?2, missed_rule = ?3, updated_at = ?4 where id = ?1 and removed_at = 0",
            params![id.0, hand_over.as_str(), missed_rule.as_str(), now.0],
        )?;
        self.touch(Topic::Sites);
        self.touch(Topic::Contents);
        if changed { Ok(()) } else { Err(StoreError::NotFound) }
    }

    /// Stores what a site said about itself, its address included where it says one.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for an unknown or removed site.
    pub fn site_connected(&mut self, id: SiteId, probe: &SiteProbe, now: UtcMs) -> Result<(), StoreError> {
        let changed = changes_one(
            self.conn,
            "update site set connection = 'ok', connection_code = '', probe = ?2, api_url = ?3, tested_at = ?4,
               url = case when ?5 = '' then url else ?5 end
             where id = ?1 and removed_at = 0",
            params![id.0, to_json(probe)?, probe.api_url, now.0, probe.address],
        )?;
        self.touch(Topic::Sites);
        if changed { Ok(()) } else { Err(StoreError::NotFound) }
    }

    /// Stores why a site could not be asked. What it said before stays.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for an unknown or removed site.
    pub fn site_connection_failed(&mut self, id: SiteId, code: &str, now: UtcMs) -> Result<(), StoreError> {
        let changed = changes_one(
            self.conn,
            "update site set connection = 'failed', connection_code = ?2, tested_at = ?3
             where id = ?1 and removed_at = 0",
            params![id.0, code, now.0],
        )?;
        self.touch(Topic::Sites);
        if changed { Ok(()) } else { Err(StoreError::NotFound) }
    }

    /// Removes a site with all that belongs to it from sight. Its rows stay as they are, so that [`Write::site_restore`]
    /// brings back all of it.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for an unknown or removed site.
    pub fn site_remove(&mut self, id: SiteId, now: UtcMs) -> Result<(), StoreError> {
        let changed = changes_one(
            self.conn,
            "update site set removed_at = ?2 where id = ?1 and removed_at = 0",
            params![id.0, now.0],
        )?;
        self.touch_all_of_a_site();
        if changed { Ok(()) } else { Err(StoreError::NotFound) }
    }

    /// Undoes [`Write::site_remove`].
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for a site that is not removed, [`StoreError::Conflict`] when another site has its name
    /// by now.
    pub fn site_restore(&mut self, id: SiteId) -> Result<(), StoreError> {
        let mut statement =
            self.conn.prepare_cached("select name from site where id = ?1 and removed_at > 0 and purged_at = 0")?;
        let name: String = statement.query_row(params![id.0], |row| row.get(0))?;
        self.check_site_name(&name, Some(id))?;
        let changed =
            changes_one(self.conn, "update site set removed_at = 0 where id = ?1 and removed_at > 0", params![id.0])?;
        self.touch_all_of_a_site();
        if changed { Ok(()) } else { Err(StoreError::NotFound) }
    }

    /// Puts a site that was just added out of sight until [`Write::site_show`]: it is not even one that was removed.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for an unknown or removed site.
    pub fn site_hide(&mut self, id: SiteId, now: UtcMs) -> Result<(), StoreError> {
        let hide = "update site set removed_at = ?2, purged_at = ?2 where id = ?1 and removed_at = 0";
        if changes_one(self.conn, hide, params![id.0, now.0])? { Ok(()) } else { Err(StoreError::NotFound) }
    }

    /// Undoes [`Write::site_hide`].
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for a site that is not hidden, [`StoreError::Conflict`] when another site has its name by
    /// now.
    pub fn site_show(&mut self, id: SiteId) -> Result<(), StoreError> {
        let mut statement = self.conn.prepare_cached("select name from site where id = ?1 and purged_at > 0")?;
        let name: String = statement.query_row(params![id.0], |row| row.get(0))?;
        self.check_site_name(&name, Some(id))?;
        let show = "update site set removed_at = 0, purged_at = 0 where id = ?1 and purged_at > 0";
        let changed = changes_one(self.conn, show, params![id.0])?;
        self.touch_all_of_a_site();
        if changed { Ok(()) } else { Err(StoreError::NotFound) }
    }

    /// Takes back a site that was added and is hidden, as if it had never been.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for a site that is not hidden; when anything but its sectors is of it already.
    pub fn site_forget(&mut self, id: SiteId) -> Result<(), StoreError> {
        let sectors = "delete from sector where site_id = ?1
                       and exists (select 1 from site where id = ?1 and purged_at > 0)";
        self.conn.prepare_cached(sectors)?.execute(params![id.0])?;
        let changed = changes_one(self.conn, "delete from site where id = ?1 and purged_at > 0", params![id.0])?;
        if changed { Ok(()) } else { Err(StoreError::NotFound) }
    }

    /// Two sites of one name could not be told apart, neither in the window nor on the command line. Removed ones do not
    /// count.
    fn check_site_name(&self, name: &str, but: Option<SiteId>) -> Result<(), StoreError> {
        if self.is_site_name_taken(name, but)? {
            return Err(StoreError::Conflict("UNIQUE site.name".to_owned()));
        }
        Ok(())
    }

    fn forget_connection(&mut self, id: SiteId) -> Result<(), StoreError> {
        self.conn
            .prepare_cached(
                "update site set connection = 'untested', connection_code = '', api_url = '', probe = '{}', tested_at = 0
                 where id = ?1",
            )?
            .execute(params![id.0])?;
        Ok(())
    }

    fn touch_all_of_a_site(&mut self) {
        for topic in [
            Topic::Sites,
            Topic::Keywords,
            Topic::Clusters,
            Topic::Ideas,
            Topic::Tasks,
            Topic::Contents,
            Topic::Images,
            Topic::Publications,
        ] {
            self.touch(topic);
        }
    }
}

fn read_site(row: &Row<'_>) -> rusqlite::Result<SiteRow> {
    let probe: String = row.get("probe")?;
    Ok(SiteRow {
        id: SiteId(row.get("id")?),
        name: row.get("name")?,
        kind: super::word(row, "kind")?,
        url: row.get("url")?,
        api_url: row.get("api_url")?,
        user_name: row.get("user_name")?,
        has_secret: row.get("has_secret")?,
        connection: super::word(row, "connection")?,
        connection_code: row.get("connection_code")?,
        probe: if probe == "{}" { None } else { Some(super::json(row, "probe")?) },
        tested_at: optional_instant(row, "tested_at")?,
        language: row.get("language")?,
        zone: row.get("zone")?,
        brand_color: row.get("brand_color")?,
        in_article_images: row.get("in_article_images")?,
        image_format: super::word(row, "image_format")?,
        goes_on_by_itself: row.get("goes_on_by_itself")?,
        hand_over: super::word(row, "hand_over")?,
        missed_rule: super::word(row, "missed_rule")?,
        body_form: super::word(row, "body_form")?,
        has_contents: row.get("has_contents")?,
        authority: row.get("authority")?,
        is_sample: row.get("is_sample")?,
        created_at: instant(row, "created_at")?,
        updated_at: instant(row, "updated_at")?,
        removed_at: instant(row, "removed_at")?,
    })
}
