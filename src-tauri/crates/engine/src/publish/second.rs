//! The second proof of an article that was handed over for its time: that it became public then, and that all of it is as
//! both sides knew it. What is not among the fields of a post (who signs it, what its pictures are for who cannot see them,
//! what is for searches) is read beside it.

use super::prove::named_author;
use super::receipt::{Receipt, date, hash, in_field, text};
use crate::{Engine, EngineError};
use igny8_core::agreed::Agreed;
use igny8_core::port::Destination;
use igny8_core::port::destination::{Named, PostUpdate, RemoteMedia, RemotePost, RemoteStatus, SearchFields};
use igny8_core::receipt::{ReceiptField, ReceiptNote, Verdict};
use igny8_core::status::{ContentType, DeliveryStatus};
use igny8_core::time::UtcMs;
use igny8_store::StoreError;
use igny8_store::table::content::ContentRow;
use igny8_store::table::receipt::{ReceiptRow, cut};

/// What is proven of a post and does not stand in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Beside {
    /// Who signs it; nothing when it was not asked.
    author: Option<Named>,
    /// What is for searches; nothing when it could not be read.
    search: Option<SearchFields>,
    /// Its files: the text alternative as it was set, and as it is there, where the file is there. Nothing when they could
    /// not be read.
    alts: Option<Vec<(String, Option<String>)>>,
}

/// Whether an article that was handed over is public by now, which is to be proven.
pub(crate) fn has_come_out(article: &ContentRow, post: &RemotePost) -> bool {
    // Also one that could not be published from here before its time came there.
    let may_come = matches!(article.delivery, DeliveryStatus::Scheduled | DeliveryStatus::Failed);
    may_come && article.handed_for.is_some() && post.status == RemoteStatus::Publish
}

impl Engine {
    /// Reads what is proven of a post beside its own fields. What a place does not let be read keeps no proof waiting: the
    /// proof says so.
    ///
    /// # Errors
    /// When the file fails.
    pub(crate) async fn read_beside(
        &self,
        article: &ContentRow,
        post: &RemotePost,
        site: Option<&dyn Destination>,
    ) -> Result<Beside, EngineError> {
        let (content, at) = (article.id, article.site);
        let known = self.store.read(move |r| Ok::<_, StoreError>((r.site(at)?, r.latest_outbox(content)?)));
        let (row, outbox) = known.await?;
        let author = Some(named_author(&post.author, row.probe.as_ref()));
        let Some(site) = site else { return Ok(Beside { author, ..Beside::default() }) };
        let placed: Vec<RemoteMedia> = outbox.map(|row| row.placed.into_values().collect()).unwrap_or_default();
        let ids: Vec<String> = placed.iter().map(|file| file.id.clone()).collect();
        let there = if ids.is_empty() { Ok(Vec::new()) } else { site.read_several_media(&ids).await };
        let alts = there.ok().map(|there| placed.into_iter().map(|file| alts_of(file, &there)).collect());
        let sent = PostUpdate {
            meta_title: article.meta_title.clone(),
            meta_description: article.meta_description.clone(),
            ..PostUpdate::default()
        };
        let search = site.read_search(post, article.content_type == ContentType::Page, &sent).await.ok();
        Ok(Beside { author, search, alts })
    }
}

fn alts_of(placed: RemoteMedia, there: &[RemoteMedia]) -> (String, Option<String>) {
    let found = there.iter().find(|file| file.id == placed.id).map(|file| file.alt.clone());
    (placed.alt, found)
}

impl Receipt {
    /// The proof of a post that became public at its time before it was read back as handed over for it: what was sent is
    /// proven by the same look, with the time it was handed over for.
    pub(crate) fn at_its_time_already(self, post: &RemotePost, due: UtcMs) -> Self {
        let of_its_time = |row: ReceiptRow| {
            if row.field == ReceiptField::Date {
                return date(due, &RemoteStatus::Future(due), post.date);
            }
            let is_status = row.field == ReceiptField::Status;
            if is_status { text(row.field, RemoteStatus::Publish.word(), post.status.word()) } else { row }
        };
        Self { fields: self.fields.into_iter().map(of_its_time).collect() }
    }

    /// The proof that a post became public at the time it was handed over for: what both sides agreed on then, `first` field
    /// by field, against what it is now.
    pub(crate) fn at_its_time(
        first: &[ReceiptRow],
        agreed: &Agreed,
        (post, beside): (&RemotePost, &Beside),
        due: UtcMs,
    ) -> Self {
        let now = Agreed::on(post, hash(&post.content));
        let mut alts = beside.alts.clone();
        let again = |field: &ReceiptField| {
            let known = first.iter().find(|row| row.field == *field);
            match field {
                ReceiptField::Date => vec![date(due, &RemoteStatus::Future(due), post.date)],
                ReceiptField::Status => vec![text(*field, RemoteStatus::Publish.word(), post.status.word())],
                ReceiptField::Title => compared(known, *field, &agreed.title, &now.title),
                ReceiptField::Slug => compared(known, *field, &agreed.slug, &now.slug),
                ReceiptField::Excerpt => compared(known, *field, &agreed.excerpt, &now.excerpt),
                ReceiptField::Categories => compared(known, *field, &ids(&agreed.categories), &ids(&now.categories)),
                ReceiptField::Tags => compared(known, *field, &ids(&agreed.tags), &ids(&now.tags)),
                ReceiptField::Body => compared(known, *field, &agreed.body, &now.body),
                ReceiptField::FeaturedImage => compared(known, *field, &agreed.featured_media, &now.featured_media),
                ReceiptField::Author => match (known, &beside.author) {
                    (Some(row), Some(author)) => vec![as_before(row, &row.found, &author.name)],
                    (Some(row), None) => vec![unreadable(row)],
                    (None, _) => Vec::new(),
                },
                ReceiptField::Alt => {
                    let rows = first.iter().filter(|row| row.field == *field);
                    rows.map(|row| alt(row, alts.as_mut())).collect()
                }
                ReceiptField::MetaTitle => {
                    let found = beside.search.as_ref().map(|search| search.title.as_deref());
                    known.and_then(|row| searched(row, agreed.search.title.as_deref(), found)).into_iter().collect()
                }
                ReceiptField::MetaDescription => match known {
                    Some(row) if row.note == Some(ReceiptNote::AsExcerpt) => {
                        vec![as_before(row, agreed.excerpt.as_deref().unwrap_or_default(), &post.excerpt)]
                    }
                    Some(row) => {
                        let found = beside.search.as_ref().map(|search| search.description.as_deref());
                        searched(row, agreed.search.description.as_deref(), found).into_iter().collect()
                    }
                    None => Vec::new(),
                },
            }
        };
        Self { fields: ReceiptField::ALL.iter().flat_map(again).collect() }
    }
}

/// A field as it was proven then, in the words of then; or how it is otherwise.
fn as_before(known: &ReceiptRow, before: &str, found: &str) -> ReceiptRow {
    let is_same = before.trim() == found.trim();
    if is_same { known.clone() } else { text(known.field, before, found) }
}

fn unreadable(known: &ReceiptRow) -> ReceiptRow {
    let note = Some(ReceiptNote::Unreadable);
    ReceiptRow { verdict: Verdict::Dropped, note, found: String::new(), ..known.clone() }
}

/// What is not known of a field is nothing.
fn compared(
    known: Option<&ReceiptRow>,
    field: ReceiptField,
    before: &Option<String>,
    found: &Option<String>,
) -> Vec<ReceiptRow> {
    let (before, found) = (before.as_deref().unwrap_or_default(), found.as_deref().unwrap_or_default());
    match known {
        Some(known) => vec![as_before(known, before, found)],
        None if before == found && found.is_empty() => Vec::new(),
        None => vec![text(field, before, found)],
    }
}

fn ids(ids: &Option<Vec<String>>) -> Option<String> {
    ids.as_ref().map(|ids| ids.join(", "))
}

/// The text alternative of a file that was proven then. Receipts hold what fits them, by which it is known again.
fn alt(known: &ReceiptRow, files: Option<&mut Vec<(String, Option<String>)>>) -> ReceiptRow {
    let Some(files) = files else { return unreadable(known) };
    let Some(at) = files.iter().position(|(before, _)| cut(before.trim()) == known.found) else {
        return unreadable(known);
    };
    let (before, found) = files.swap_remove(at);
    as_before(known, &before, &found.unwrap_or_default())
}

/// A field for searches. Where it could not be read with the post, what was sent is looked for in what was read beside it.
fn searched(known: &ReceiptRow, before: Option<&str>, found: Option<Option<&str>>) -> Option<ReceiptRow> {
    match (known.note, before, found) {
        (Some(ReceiptNote::NoField), _, _) => Some(known.clone()),
        (_, Some(before), Some(Some(found))) => Some(as_before(known, before, found)),
        (_, _, Some(Some(found))) if cut(found.trim()) == known.sent => in_field(known.field, found, Some(Some(found))),
        (_, _, found) => in_field(known.field, &known.sent, found),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DUE: UtcMs = UtcMs(1_795_424_400_000);

    fn row(field: ReceiptField, value: &str) -> ReceiptRow {
        ReceiptRow { note: None, ..text(field, value, value) }
    }

    /// A post as it came out, what was read beside it, and what was proven of it before.
    fn come_out() -> (RemotePost, Beside, Vec<ReceiptRow>) {
        let search = SearchFields { title: Some("For searchers".to_owned()), description: Some("d".repeat(400)) };
        let post = RemotePost {
            title: "T".to_owned(),
            slug: "t".to_owned(),
            content: "body".to_owned(),
            excerpt: "Short.".to_owned(),
            status: RemoteStatus::Publish,
            date: Some(DUE),
            author: "7".to_owned(),
            categories: vec!["1".to_owned()],
            tags: vec!["5".to_owned()],
            featured_media: Some("9".to_owned()),
            search: search.clone(),
            ..RemotePost::default()
        };
        let alts = ["A cup", "A pot"].map(|alt| (alt.to_owned(), Some(alt.to_owned())));
        let author = Some(Named { id: "7".to_owned(), name: "ann".to_owned() });
        let beside = Beside { author, search: Some(search), alts: Some(alts.to_vec()) };
        let first = [
            row(ReceiptField::Title, "T"),
            row(ReceiptField::Slug, "t"),
            row(ReceiptField::Date, "then"),
            row(ReceiptField::Status, "future"),
            row(ReceiptField::Author, "ann"),
            row(ReceiptField::Excerpt, "Short."),
            row(ReceiptField::Categories, "Tea"),
            row(ReceiptField::Tags, "Green"),
            row(ReceiptField::Body, "hash"),
            row(ReceiptField::FeaturedImage, "cup.webp"),
            row(ReceiptField::Alt, "A cup"),
            row(ReceiptField::Alt, "A pot"),
            row(ReceiptField::MetaTitle, "For searchers"),
            row(ReceiptField::MetaDescription, &cut(&"d".repeat(400))),
        ];
        (post, beside, first.to_vec())
    }

    fn amiss(change: impl FnOnce(&mut RemotePost, &mut Beside)) -> Vec<(ReceiptField, Verdict, String)> {
        let (mut post, mut beside, first) = come_out();
        let agreed = Agreed::on(&post, hash(&post.content));
        change(&mut post, &mut beside);
        let receipt = Receipt::at_its_time(&first, &agreed, (&post, &beside), DUE);
        assert_eq!(receipt.fields.len(), first.len(), "each is proven again: {receipt:?}");
        let rows = receipt.fields.into_iter().filter(|row| row.verdict != Verdict::AsSent);
        rows.map(|row| (row.field, row.verdict, row.found)).collect()
    }

    #[test]
    fn what_came_out_as_it_was_handed_over_says_so_in_the_words_of_then() {
        assert_eq!(amiss(|_, _| {}), []);
        // Where nothing of it could be read with the post.
        let (post, beside, first) = come_out();
        let agreed = Agreed { search: SearchFields::default(), ..Agreed::on(&post, hash(&post.content)) };
        assert!(Receipt::at_its_time(&first, &agreed, (&post, &beside), DUE).is_as_sent(), "what was sent is there");
    }

    #[test]
    fn each_thing_that_somebody_changed_meanwhile_is_named() {
        use ReceiptField::{Alt, Author, Date, MetaDescription, MetaTitle, Title};
        let changed = |field, found: &str| vec![(field, Verdict::Changed, found.to_owned())];
        assert_eq!(amiss(|post, _| post.title = "U".to_owned()), changed(Title, "U"));
        assert_eq!(amiss(|post, _| post.date = None), [(Date, Verdict::Dropped, String::new())]);
        let bob = |_: &mut RemotePost, beside: &mut Beside| {
            beside.author = Some(Named { id: "8".to_owned(), name: "bob".to_owned() });
        };
        assert_eq!(amiss(bob), changed(Author, "bob"));
        let worded = |_: &mut RemotePost, beside: &mut Beside| {
            beside.alts = Some(vec![("A pot".to_owned(), None), ("A cup".to_owned(), Some("A mug".to_owned()))]);
        };
        assert_eq!(
            amiss(worded),
            [(Alt, Verdict::Changed, "A mug".to_owned()), (Alt, Verdict::Dropped, String::new())]
        );
        let found = |title: &str, description: &str| SearchFields {
            title: Some(title.to_owned()),
            description: Some(description.to_owned()),
        };
        let searched = found("Theirs", &"d".repeat(400));
        assert_eq!(amiss(|_, beside| beside.search = Some(searched)), changed(MetaTitle, "Theirs"));
        // The end of it, which a receipt has no room for.
        let longer = found("For searchers", &format!("{}!", "d".repeat(400)));
        let described = amiss(|_, beside| beside.search = Some(longer));
        assert_eq!(described.iter().map(|(field, ..)| *field).collect::<Vec<_>>(), [MetaDescription]);
    }

    #[test]
    fn what_could_not_be_read_is_said_to_be_so() {
        let (post, _, first) = come_out();
        let agreed = Agreed::on(&post, hash(&post.content));
        let receipt = Receipt::at_its_time(&first, &agreed, (&post, &Beside::default()), DUE);
        let unread = receipt.fields.iter().filter(|row| row.note == Some(ReceiptNote::Unreadable));
        let unread: Vec<ReceiptField> = unread.map(|row| row.field).collect();
        use ReceiptField::{Alt, Author, MetaDescription, MetaTitle};
        assert_eq!(unread, [Author, Alt, Alt, MetaTitle, MetaDescription]);
        assert!(!receipt.is_as_sent());
    }
}
