//! What was found when an article was looked at for its approval without a person, and what people have said about that:
//! an approval that somebody took back is given by people from then on, and a time that somebody took away is not given
//! again by itself.

use super::column::{instant, to_json};
use crate::{Read, StoreError, Write};
use igny8_core::id::{ContentId, SiteId};
use igny8_core::quality::{ArticleFacts, Flaw, Subject};
use igny8_core::time::UtcMs;
use igny8_core::topic::Topic;
use rusqlite::{OptionalExtension, params};

/// An article in review that is to be looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToJudge {
    /// Which.
    pub content: ContentId,
    /// When it or one of its pictures had changed last.
    pub seen_at: UtcMs,
    /// What is looked at but for its headings, which are in its text.
    pub facts: ArticleFacts,
}

/// Those in review that nobody looked at since they changed, and that are not left to people.
const TO_JUDGE: &str = "with open as materialized (
     select c.id as id, max(c.updated_at, coalesce((select max(i.updated_at) from image i where i.content_id = c.id), 0))
         as seen_at
     from content c
     where c.site_id = ?1 and c.status = 'review' and c.removed_at = 0 and c.is_imported = 0)
   select c.id as id, o.seen_at as seen_at, c.title as title, c.primary_keyword as primary_keyword,
     c.word_count as word_count, c.is_outline as is_outline, c.meta_title <> '' as has_meta_title,
     c.meta_description <> '' as has_meta_description,
     coalesce((select d.word_count_target from task t join idea d on d.id = t.idea_id where t.id = c.task_id), 0)
       as words_aimed,
     (select count(*) from image i where i.content_id = c.id and i.removed_at = 0) as pictures,
     (select count(*) from image i where i.content_id = c.id and i.removed_at = 0 and i.status = 'generated')
       as pictures_made
   from open o join content c on c.id = o.id
     left join verdict v on v.content_id = o.id
   where coalesce(v.is_left_to_people, 0) = 0 and coalesce(v.seen_at, 0) <> o.seen_at
   order by c.id limit ?2";

impl Read<'_> {
    /// Articles of a site that are to be looked at, oldest first, at most `limit`.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn articles_to_judge(&self, site: SiteId, limit: u32) -> Result<Vec<ToJudge>, StoreError> {
        let mut statement = self.conn.prepare_cached(TO_JUDGE)?;
        let rows = statement.query_map(params![site.0, limit], |row| {
            let facts = ArticleFacts {
                subject: Subject { title: row.get("title")?, keyword: row.get("primary_keyword")? },
                words: row.get("word_count")?,
                words_aimed: row.get("words_aimed")?,
                pictures: row.get("pictures")?,
                pictures_made: row.get("pictures_made")?,
                has_meta_title: row.get("has_meta_title")?,
                has_meta_description: row.get("has_meta_description")?,
                headings: 0,
                is_outline: row.get("is_outline")?,
            };
            Ok(ToJudge { content: ContentId(row.get("id")?), seen_at: instant(row, "seen_at")?, facts })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// What the articles of a site are about that are approved, or that the site had before.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn subjects_of(&self, site: SiteId) -> Result<Vec<Subject>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "select title, primary_keyword from content
             where site_id = ?1 and removed_at = 0 and (status = 'approved' or is_imported = 1) order by id",
        )?;
        let rows = statement.query_map(params![site.0], |row| {
            Ok(Subject { title: row.get("title")?, keyword: row.get("primary_keyword")? })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// What an article lacked when it was looked at; nothing when nobody looked, or it lacks nothing.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn flaws_of(&self, content: ContentId) -> Result<Vec<Flaw>, StoreError> {
        let mut statement = self.conn.prepare_cached("select flaws from verdict where content_id = ?1")?;
        let found: Option<Vec<Flaw>> =
            statement.query_row(params![content.0], |row| super::json(row, "flaws")).optional()?;
        Ok(found.unwrap_or_default())
    }
}

impl Write<'_> {
    /// Keeps what an article lacked when it was looked at as it was then.
    ///
    /// # Errors
    /// When the file fails.
    pub fn set_verdict(
        &mut self,
        content: ContentId,
        site: SiteId,
        seen_at: UtcMs,
        flaws: &[Flaw],
    ) -> Result<(), StoreError> {
        self.conn
            .prepare_cached(
                "insert into verdict (content_id, site_id, seen_at, flaws) values (?1, ?2, ?3, ?4)
                 on conflict (content_id) do update set seen_at = excluded.seen_at, flaws = excluded.flaws",
            )?
            .execute(params![content.0, site.0, seen_at.0, to_json(flaws)?])?;
        self.touch(Topic::Contents);
        Ok(())
    }

    /// Has all articles of a site looked at again.
    ///
    /// # Errors
    /// When the file fails.
    pub(super) fn forget_verdicts(&mut self, site: SiteId) -> Result<(), StoreError> {
        self.conn
            .prepare_cached("update verdict set seen_at = 0, flaws = '[]' where site_id = ?1")?
            .execute(params![site.0])?;
        self.touch(Topic::Contents);
        Ok(())
    }

    /// Articles that were approved lack nothing any more, and nobody has taken that back.
    ///
    /// # Errors
    /// When the file fails.
    pub(super) fn verdicts_settled(&mut self, contents: &[ContentId]) -> Result<(), StoreError> {
        self.conn
            .prepare_cached(
                "update verdict set seen_at = 0, flaws = '[]', is_left_to_people = 0
                 where content_id in (select value from json_each(?1))",
            )?
            .execute(params![to_json(contents)?])?;
        Ok(())
    }

    /// Leaves the approval of articles to people.
    ///
    /// # Errors
    /// When the file fails.
    pub(super) fn leave_to_people(&mut self, contents: &[ContentId]) -> Result<(), StoreError> {
        self.conn
            .prepare_cached(
                "insert into verdict (content_id, site_id, is_left_to_people)
                 select id, site_id, 1 from content where id in (select value from json_each(?1))
                 on conflict (content_id) do update set is_left_to_people = 1",
            )?
            .execute(params![to_json(contents)?])?;
        Ok(())
    }

    /// Says of an article whether a person took its time away, so that it gets none by itself.
    ///
    /// # Errors
    /// When the file fails.
    pub fn keep_without_date(&mut self, content: ContentId, keeps_no_date: bool) -> Result<(), StoreError> {
        let sql = match keeps_no_date {
            true => {
                "insert into verdict (content_id, site_id, keeps_no_date)
                 select id, site_id, 1 from content where id = ?1
                 on conflict (content_id) do update set keeps_no_date = 1"
            }
            false => "update verdict set keeps_no_date = 0 where content_id = ?1",
        };
        self.conn.prepare_cached(sql)?.execute(params![content.0])?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{Bench, NOW, SITE, plan, things};
    use igny8_core::quality::QualityFlaw;

    const ARTICLE: ContentId = ContentId(1);

    fn in_review() -> Bench {
        let mut bench = Bench::new();
        bench.write(things).unwrap();
        bench.write(|w| w.content_send_to_review(&[ARTICLE], NOW)).unwrap();
        bench
    }

    fn open(bench: &mut Bench) -> Vec<ContentId> {
        bench.read(|r| r.articles_to_judge(SITE, 9)).into_iter().map(|article| article.content).collect()
    }

    fn look(bench: &mut Bench) -> UtcMs {
        let seen_at = bench.read(|r| r.articles_to_judge(SITE, 9))[0].seen_at;
        let flaw = Flaw { flaw: QualityFlaw::Words, has: 1, wants: 2, other: String::new() };
        bench.write(move |w| w.set_verdict(ARTICLE, SITE, seen_at, std::slice::from_ref(&flaw))).unwrap();
        seen_at
    }

    #[test]
    fn an_article_is_looked_at_once_and_again_when_it_has_changed() {
        let mut bench = in_review();
        let facts = bench.read(|r| r.articles_to_judge(SITE, 9)).remove(0).facts;
        assert_eq!((facts.pictures, facts.pictures_made, facts.subject.title.as_str()), (3, 0, "Soil"));
        let seen_at = look(&mut bench);
        assert_eq!(open(&mut bench), [], "nothing has changed since");
        assert_eq!(bench.read(|r| r.flaws_of(ARTICLE)).len(), 1);
        let later = seen_at.plus_ms(5);
        bench.write(move |w| w.image_update(igny8_core::id::ImageId(1), "loam", "", later)).unwrap();
        assert_eq!(open(&mut bench), [ARTICLE], "one of its pictures has");
    }

    #[test]
    fn what_a_person_took_back_is_left_to_people_until_one_approves_it() {
        let mut bench = in_review();
        look(&mut bench);
        bench.write(|w| w.content_approve(&[ARTICLE], NOW)).unwrap();
        assert_eq!(bench.read(|r| r.flaws_of(ARTICLE)), [], "what it lacked is of no account any more");
        bench.write(|w| w.content_back_to_review(&[ARTICLE], NOW.plus_ms(9))).unwrap();
        assert_eq!(open(&mut bench), [], "it is left to people");
        bench.write(|w| w.content_approve(&[ARTICLE], NOW)).unwrap();
        bench.write(|w| w.content_back_to_draft(&[ARTICLE], NOW)).unwrap();
        let kept: i64 =
            bench.outsider().query_row("select is_left_to_people from verdict", [], |row| row.get(0)).unwrap();
        assert_eq!(kept, 0, "one has approved it");
    }

    #[test]
    fn what_is_looked_for_is_found_by_site_and_state() {
        let plan = plan(&mut in_review(), TO_JUDGE);
        assert!(plan.contains("content_by_site (site_id=? AND status=?)"), "{plan}");
    }
}
