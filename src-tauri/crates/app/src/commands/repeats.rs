//! Ideas and articles that repeat what a site has already: a warning for whoever decides about them.

use crate::dto::planner::TopicRepeat;
use crate::view::list::id;
use crate::{Fault, Igny8};
use igny8_core::id::SiteId;
use igny8_core::repeats::{Likeness, Subject, Subjects};
use igny8_store::StoreError;
use igny8_store::table::subject::ArticleSubject;

/// Ideas that wait and articles that nobody has approved yet, of a site, that are about the same as an article it has.
///
/// # Errors
/// [`Fault::InvalidField`].
pub async fn topic_repeats(app: &Igny8, site: &str) -> Result<Vec<TopicRepeat>, Fault> {
    let site: SiteId = id(site, "siteId")?;
    let read =
        app.engine.store().read(move |r| Ok::<_, StoreError>((r.article_subjects(site)?, r.idea_subjects(site)?)));
    let (articles, ideas) = read.await?;
    let all: Vec<Subject> = articles.iter().map(|article| article.subject.clone()).collect();
    let subjects = Subjects::new(&all);
    let found = |item: &str, id: String, (at, likeness): (usize, Likeness)| {
        articles.get(at).map(|other| repeat(item, id, other, likeness))
    };
    let of_ideas =
        ideas.iter().filter_map(|idea| found("idea", idea.idea.to_string(), subjects.like(&idea.subject, |_| false)?));
    let open = articles.iter().enumerate().filter(|(_, article)| article.is_open && !article.is_imported);
    // Of two that are alike the later one repeats the earlier one; what the site had before was there before both.
    let of_articles = open.filter_map(|(at, article)| {
        let is_later = |other: usize| other >= at && articles.get(other).is_none_or(|other| !other.is_imported);
        found(
            "article",
            article.content.to_string(),
            subjects.like(&article.subject, |other| other == at || is_later(other))?,
        )
    });
    Ok(of_ideas.chain(of_articles).collect())
}

fn repeat(item: &str, id: String, other: &ArticleSubject, likeness: Likeness) -> TopicRepeat {
    TopicRepeat {
        item: item.to_owned(),
        id,
        likeness: likeness.to_string(),
        article_id: other.content.to_string(),
        title: other.subject.title.clone(),
        url: Some(other.url.clone()).filter(|url| !url.is_empty()),
        is_imported: other.is_imported,
    }
}
