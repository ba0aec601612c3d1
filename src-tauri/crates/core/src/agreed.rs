//! What both sides agreed on: a post as it was read back with the last proof, or as a person has decided since. Whatever
//! the post has otherwise when it is looked at again, somebody else has changed there. A field that nothing is known of
//! is not compared.

use crate::port::destination::{PostUpdate, RemotePost, RemoteStatus, RemoteTerm, SearchFields};
use crate::receipt::ReceiptField;
use crate::status::{UnknownWord, vocabulary};
use crate::time::UtcMs;
use serde::{Deserialize, Serialize};

vocabulary! {
    /// What happened to a post on its site without us.
    SiteEvent {
        /// It is public.
        Published = "published",
        /// It is there and not public any more.
        Unpublished = "unpublished",
        /// It lies in the trash.
        Trashed = "trashed",
        /// There is none of its number any more.
        Deleted = "deleted",
        /// It has another date.
        Rescheduled = "rescheduled",
        /// It has another title.
        Retitled = "retitled",
        /// It has another address.
        Moved = "moved",
        /// Its text or another field is not as it was, and a person is to say what is kept.
        Edited = "edited",
    }
}

/// A post as both sides know it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Agreed {
    /// Title.
    pub title: Option<String>,
    /// The last part of its address.
    pub slug: Option<String>,
    /// Summary.
    pub excerpt: Option<String>,
    /// The site's word for its state.
    pub status: Option<String>,
    /// When it became public or is to.
    pub date: Option<UtcMs>,
    /// Ids of its categories, sorted.
    pub categories: Option<Vec<String>>,
    /// Ids of its tags, sorted.
    pub tags: Option<Vec<String>>,
    /// Hash of its text.
    pub body: Option<String>,
    /// Id of the picture above the text; empty for none.
    pub featured_media: Option<String>,
    /// What of it is for search results, as far as the place has fields for it.
    pub search: SearchFields,
    /// Its last change there, as the site said it.
    pub modified: String,
}

impl Agreed {
    /// A post as it is, with the hash of its text.
    #[must_use]
    pub fn on(post: &RemotePost, body: String) -> Self {
        Self {
            title: Some(post.title.trim().to_owned()),
            slug: Some(post.slug.clone()),
            excerpt: Some(post.excerpt.trim().to_owned()),
            status: Some(post.status.word().to_owned()),
            date: post.date,
            categories: Some(sorted(&post.categories)),
            tags: Some(sorted(&post.tags)),
            body: Some(body),
            featured_media: Some(post.featured_media.clone().unwrap_or_default()),
            search: post.search.clone(),
            modified: post.modified.clone(),
        }
    }

    /// A post as it is to be once an update arrives, with the hash of the text that is sent.
    #[must_use]
    pub fn sent(update: &PostUpdate, body: String) -> Self {
        let ids = |terms: &[RemoteTerm]| {
            let known = terms.iter().map(|term| term.id.clone()).filter(|id| !id.is_empty());
            sorted(&known.collect::<Vec<_>>())
        };
        Self {
            title: Some(update.title.trim().to_owned()),
            slug: Some(update.slug.clone()),
            excerpt: None,
            status: Some(update.status.word().to_owned()),
            date: None,
            categories: Some(ids(&update.categories)),
            tags: Some(ids(&update.tags)),
            body: Some(body),
            featured_media: Some(update.featured_media.clone().unwrap_or_default()),
            search: SearchFields {
                title: Some(update.meta_title.clone()),
                description: Some(update.meta_description.clone()),
            },
            modified: String::new(),
        }
    }

    /// Fields of the post as it is now that are neither as both agreed nor as `sent`, an update of ours of which nobody
    /// heard whether it arrived. What an update leaves alone (date, author) is not among them, nor is the slug, by which a
    /// post is known as ours.
    #[must_use]
    pub fn edited(&self, sent: &Self, now: &Self) -> Vec<ReceiptField> {
        // An update that arrived is known by its text, whatever the place made of its summary and of its fields.
        let has_arrived = sent.body.is_some() && sent.body == now.body;
        let is_worded = |agreed, sent, now: &Option<String>| {
            // An empty field is nothing that somebody wrote: another plugin has its own, and they begin empty.
            differs(agreed, sent, now) && !has_arrived && now.as_ref().is_some_and(|text| !text.trim().is_empty())
        };
        let is_news = |field: &ReceiptField| match field {
            ReceiptField::Title => differs(&self.title, &sent.title, &now.title),
            // It may be the description.
            ReceiptField::Excerpt => differs(&self.excerpt, &sent.excerpt, &now.excerpt) && !has_arrived,
            ReceiptField::Status => differs(&self.status, &sent.status, &now.status),
            ReceiptField::Categories => differs(&self.categories, &sent.categories, &now.categories),
            ReceiptField::Tags => differs(&self.tags, &sent.tags, &now.tags),
            ReceiptField::Body => differs(&self.body, &sent.body, &now.body),
            ReceiptField::FeaturedImage => differs(&self.featured_media, &sent.featured_media, &now.featured_media),
            ReceiptField::MetaTitle => is_worded(&self.search.title, &sent.search.title, &now.search.title),
            ReceiptField::MetaDescription => {
                is_worded(&self.search.description, &sent.search.description, &now.search.description)
            }
            ReceiptField::Slug | ReceiptField::Date | ReceiptField::Author | ReceiptField::Alt => false,
        };
        ReceiptField::ALL.iter().copied().filter(is_news).collect()
    }
}

/// Whether a value is neither what both agreed on nor what was sent. What is not known of both is not compared.
fn differs<T: PartialEq>(agreed: &Option<T>, sent: &Option<T>, now: &Option<T>) -> bool {
    match (agreed, now) {
        (Some(agreed), Some(now)) => agreed != now && sent.as_ref() != Some(now),
        (None, _) | (_, None) => false,
    }
}

fn sorted(ids: &[String]) -> Vec<String> {
    let mut ids = ids.to_vec();
    ids.sort_unstable();
    ids
}

/// A post that somebody has changed on its site, kept for the decision.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Theirs {
    /// As it was read.
    pub post: RemotePost,
    /// What of it is not as both agreed.
    pub fields: Vec<ReceiptField>,
    /// Names of its categories.
    pub categories: Vec<String>,
    /// Names of its tags.
    pub tags: Vec<String>,
    /// File name of the picture above the text, or its number; empty for none.
    pub featured: String,
    /// Its summary stands for its description, which has no other place there.
    pub is_described_in_excerpt: bool,
}

/// Whether a post is on its site for everybody, or is going to be.
#[must_use]
pub fn is_live(status: &RemoteStatus) -> bool {
    match status {
        RemoteStatus::Publish | RemoteStatus::Future(_) => true,
        RemoteStatus::Draft | RemoteStatus::Other(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn post() -> RemotePost {
        RemotePost {
            title: "Tea".to_owned(),
            status: RemoteStatus::Publish,
            excerpt: "About tea.".to_owned(),
            categories: vec!["4".to_owned(), "3".to_owned()],
            featured_media: Some("9".to_owned()),
            ..RemotePost::default()
        }
    }

    fn edited(agreed: &Agreed, sent: &Agreed, change: impl FnOnce(&mut RemotePost), body: &str) -> Vec<ReceiptField> {
        let mut now = post();
        change(&mut now);
        agreed.edited(sent, &Agreed::on(&now, body.to_owned()))
    }

    #[test]
    fn each_field_that_somebody_changed_is_named_and_nothing_else() {
        let (agreed, none) = (Agreed::on(&post(), "1".to_owned()), Agreed::default());
        assert_eq!(edited(&agreed, &none, |_| {}, "1"), []);
        assert_eq!(edited(&agreed, &none, |post| post.categories.reverse(), "1"), [], "an order is none");
        assert_eq!(edited(&agreed, &none, |post| post.modified = "later".to_owned(), "1"), [], "a touch is none");
        let all = edited(
            &agreed,
            &none,
            |post| {
                post.title = "Coffee".to_owned();
                post.status = RemoteStatus::Draft;
                post.excerpt = String::new();
                post.categories = Vec::new();
                post.tags = vec!["5".to_owned()];
                post.featured_media = None;
                post.date = Some(UtcMs(1));
            },
            "2",
        );
        use ReceiptField::{Body, Categories, Excerpt, FeaturedImage, Status, Tags, Title};
        assert_eq!(all, [Title, Status, Excerpt, Categories, Tags, Body, FeaturedImage]);
        assert_eq!(edited(&none, &none, |post| post.title.clear(), "2"), [], "what nobody knows is not compared");
    }

    #[test]
    fn what_somebody_words_for_searchers_is_theirs_and_an_empty_field_is_nobodys() {
        let fields = |title: &str| SearchFields { title: Some(title.to_owned()), description: None };
        let (agreed, none) =
            (Agreed { search: fields("Tea"), ..Agreed::on(&post(), "1".to_owned()) }, Agreed::default());
        let now = |title: &'static str| move |post: &mut RemotePost| post.search = fields(title);
        assert_eq!(edited(&agreed, &none, now("Tea"), "1"), []);
        assert_eq!(edited(&agreed, &none, now("The best tea"), "1"), [ReceiptField::MetaTitle]);
        assert_eq!(edited(&agreed, &none, now(""), "1"), [], "the plugin is another one by now");
        let described = |post: &mut RemotePost| post.search.description = Some("Theirs".to_owned());
        assert_eq!(edited(&agreed, &none, described, "1"), [], "there was no field for it");
        let sent =
            Agreed::sent(&PostUpdate { meta_title: "Tea <b>".to_owned(), ..PostUpdate::default() }, "2".to_owned());
        assert!(
            !edited(&agreed, &sent, now("Tea"), "2").contains(&ReceiptField::MetaTitle),
            "ours, as the site cleaned it"
        );
    }

    #[test]
    fn an_update_of_ours_that_arrived_unheard_is_nobody_elses() {
        let agreed = Agreed::on(&post(), "1".to_owned());
        let update =
            PostUpdate { title: "Green tea".to_owned(), status: RemoteStatus::Publish, ..PostUpdate::default() };
        let sent = Agreed::sent(&update, "2".to_owned());
        let arrived = |post: &mut RemotePost| {
            post.title = "Green tea".to_owned();
            post.excerpt = "Said anew.".to_owned();
            post.categories = Vec::new();
            post.featured_media = None;
        };
        assert_eq!(edited(&agreed, &sent, arrived, "2"), []);
        assert_eq!(edited(&agreed, &sent, arrived, "3"), [ReceiptField::Excerpt, ReceiptField::Body]);
    }
}
