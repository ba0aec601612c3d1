//! What each field says of how it arrived.

use super::*;

fn term(id: &str) -> RemoteTerm {
    RemoteTerm { id: id.to_owned(), name: format!("term {id}") }
}

fn named(id: &str, name: &str) -> Named {
    Named { id: id.to_owned(), name: name.to_owned() }
}

const AT: UtcMs = UtcMs(1_795_424_400_000);

fn update() -> PostUpdate {
    PostUpdate {
        title: "T".to_owned(),
        slug: "t".to_owned(),
        content: "body".to_owned(),
        excerpt: "Short.".to_owned(),
        meta_title: "For searchers".to_owned(),
        meta_description: "Described".to_owned(),
        categories: vec![term("1"), term("2")],
        tags: vec![term("5")],
        featured_media: Some("9".to_owned()),
        status: RemoteStatus::Publish,
    }
}

/// The post as it is when nothing was changed.
fn post() -> RemotePost {
    let update = update();
    RemotePost {
        title: update.title,
        slug: update.slug,
        content: update.content,
        excerpt: update.excerpt,
        status: update.status,
        date: Some(AT),
        author: "1".to_owned(),
        categories: vec!["2".to_owned(), "1".to_owned()],
        tags: vec!["5".to_owned()],
        featured_media: update.featured_media,
        ..RemotePost::default()
    }
}

fn search() -> SearchFields {
    let update = update();
    SearchFields { title: Some(update.meta_title), description: Some(update.meta_description) }
}

fn receipt_of(update: &PostUpdate, post: &RemotePost, search: &SearchFields, is_page: bool) -> Receipt {
    compared(update, post, Some(search), (is_page, false))
}

fn compared(
    update: &PostUpdate,
    post: &RemotePost,
    search: Option<&SearchFields>,
    (is_page, is_described_in_excerpt): (bool, bool),
) -> Receipt {
    let sent = Sent { update, is_page, is_described_in_excerpt, date: AT, author: named("1", "ann") };
    let author = named(&post.author, if post.author == "1" { "ann" } else { "bob" });
    let upload = MediaUpload { alt: "A cup".to_owned(), ..MediaUpload::default() };
    let there =
        RemoteMedia { id: "9".to_owned(), url: "https://a.example/u/cup.webp".to_owned(), alt: "A cup".to_owned() };
    let terms = [RemoteTerm { id: "8".to_owned(), name: "Uncategorized".to_owned() }];
    let found = Found { post, search, author, media: &[(upload, there)], terms: &terms };
    Receipt::compare(&sent, &found)
}

fn row(receipt: &Receipt, field: ReceiptField) -> &ReceiptRow {
    receipt.fields.iter().find(|row| row.field == field).unwrap_or_else(|| panic!("{field} is proven"))
}

#[test]
fn what_arrived_as_it_was_sent_says_so_in_every_field() {
    let receipt = receipt_of(&update(), &post(), &search(), false);
    for field in ReceiptField::ALL {
        assert_eq!(row(&receipt, *field).verdict, Verdict::AsSent, "{field}");
    }
    assert!(receipt.is_as_sent() && receipt.dropped().next().is_none());
    assert_eq!(row(&receipt, ReceiptField::FeaturedImage).found, "cup.webp");
}

/// What somebody, or the site itself, does to a post.
type Change = fn(&mut RemotePost);

#[test]
fn each_field_is_changed_and_dropped_by_itself() {
    let changes: [(ReceiptField, Change, Verdict); 12] = [
        (ReceiptField::Title, |post| post.title.push('!'), Verdict::Changed),
        (ReceiptField::Slug, |post| post.slug.push_str("-2"), Verdict::Changed),
        (ReceiptField::Status, |post| post.status = RemoteStatus::Other("private".to_owned()), Verdict::Changed),
        (ReceiptField::Excerpt, |post| post.excerpt.clear(), Verdict::Dropped),
        (ReceiptField::Author, |post| post.author = "2".to_owned(), Verdict::Changed),
        (ReceiptField::Date, |post| post.date = Some(AT.plus_ms(-86_400_000)), Verdict::Changed),
        (ReceiptField::Date, |post| post.date = None, Verdict::Dropped),
        (ReceiptField::Categories, |post| post.categories = vec!["1".to_owned()], Verdict::Changed),
        (ReceiptField::Categories, |post| post.categories = vec!["8".to_owned()], Verdict::Changed),
        (ReceiptField::Tags, |post| post.tags.clear(), Verdict::Dropped),
        (ReceiptField::Body, |post| post.content.push_str("<script>"), Verdict::Changed),
        (ReceiptField::FeaturedImage, |post| post.featured_media = None, Verdict::Dropped),
    ];
    for (field, change, verdict) in changes {
        let mut there = post();
        change(&mut there);
        let receipt = receipt_of(&update(), &there, &search(), false);
        assert_eq!(row(&receipt, field).verdict, verdict, "{field}");
        assert!(!receipt.is_as_sent(), "{field}");
        let others = receipt.fields.iter().filter(|row| row.field != field);
        assert!(others.into_iter().all(|row| row.verdict == Verdict::AsSent), "only {field}: {receipt:?}");
    }
    let mut there = post();
    there.categories = vec!["8".to_owned(), "77".to_owned()];
    let receipt = receipt_of(&update(), &there, &search(), false);
    let categories = row(&receipt, ReceiptField::Categories);
    assert_eq!((categories.sent.as_str(), categories.found.as_str()), ("term 1, term 2", "Uncategorized, #77"));
}

#[test]
fn a_time_that_was_asked_for_is_kept_to_the_second_and_no_clock_is_trusted_to_more_than_minutes() {
    let verdict = |status: RemoteStatus, by: i64| date(AT, &status, Some(AT.plus_ms(by))).verdict;
    assert_eq!(verdict(RemoteStatus::Publish, 9 * 60_000), Verdict::AsSent, "their clock is ahead");
    assert_eq!(verdict(RemoteStatus::Publish, -9 * 60_000), Verdict::AsSent);
    assert_eq!(verdict(RemoteStatus::Publish, 11 * 60_000), Verdict::Changed);
    assert_eq!(verdict(RemoteStatus::Future(AT), 999), Verdict::AsSent, "sites keep seconds");
    assert_eq!(verdict(RemoteStatus::Future(AT), 1_000), Verdict::Changed);
}

#[test]
fn what_the_place_has_no_room_for_is_listed_and_is_no_fault() {
    let nothing = SearchFields::default();
    let receipt = receipt_of(&update(), &post(), &nothing, false);
    let title = row(&receipt, ReceiptField::MetaTitle);
    assert_eq!((title.verdict, title.note), (Verdict::Dropped, Some(ReceiptNote::NoField)));
    assert!(receipt.is_as_sent(), "all that there is room for arrived");
    let dropped: Vec<ReceiptField> = receipt.dropped().collect();
    assert_eq!(dropped, [ReceiptField::MetaTitle, ReceiptField::MetaDescription]);

    let unwritten = PostUpdate { meta_title: String::new(), meta_description: String::new(), ..update() };
    assert_eq!(receipt_of(&unwritten, &post(), &nothing, false).dropped().count(), 0, "nothing was to be there");

    // A field that is there and empty is another thing: it was lost on the way.
    let lost = SearchFields { title: Some(String::new()), ..search() };
    let receipt = receipt_of(&update(), &post(), &lost, false);
    assert_eq!(row(&receipt, ReceiptField::MetaTitle).note, None);
    assert!(!receipt.is_as_sent());

    let page = RemotePost { categories: Vec::new(), tags: Vec::new(), ..post() };
    let receipt = receipt_of(&update(), &page, &search(), true);
    assert_eq!(row(&receipt, ReceiptField::Tags).note, Some(ReceiptNote::NoField), "pages have no terms");
    assert!(receipt.is_as_sent());
}

#[test]
fn a_description_without_a_place_of_its_own_is_looked_for_in_the_excerpt() {
    let as_excerpt = |found: &str, sent: &PostUpdate| {
        let post = RemotePost { excerpt: found.to_owned(), ..post() };
        compared(sent, &post, Some(&SearchFields::default()), (false, true))
    };
    let receipt = as_excerpt("Described", &update());
    let description = row(&receipt, ReceiptField::MetaDescription);
    assert_eq!((description.verdict, description.note), (Verdict::AsSent, Some(ReceiptNote::AsExcerpt)));
    let excerpt = row(&receipt, ReceiptField::Excerpt);
    assert_eq!((excerpt.verdict, excerpt.note), (Verdict::Changed, Some(ReceiptNote::GaveWay)));
    assert_eq!(row(&receipt, ReceiptField::MetaTitle).note, Some(ReceiptNote::NoField));
    assert!(receipt.is_as_sent());

    // A site that made something else of it is not let off.
    let receipt = as_excerpt("Theirs", &update());
    assert_eq!(row(&receipt, ReceiptField::MetaDescription).verdict, Verdict::Changed);
    assert!(receipt.fields.iter().all(|row| row.verdict != Verdict::Changed || row.note.is_none()), "{receipt:?}");
    assert!(!receipt.is_as_sent());

    let undescribed = PostUpdate { meta_description: String::new(), ..update() };
    let receipt = as_excerpt("Short.", &undescribed);
    assert_eq!(row(&receipt, ReceiptField::Excerpt).verdict, Verdict::AsSent, "the excerpt has its own place");
    assert!(receipt.fields.iter().all(|row| row.field != ReceiptField::MetaDescription));
}

#[test]
fn what_could_not_be_read_is_no_proof() {
    let receipt = compared(&update(), &post(), None, (false, false));
    for field in [ReceiptField::MetaTitle, ReceiptField::MetaDescription] {
        assert_eq!(row(&receipt, field).note, Some(ReceiptNote::Unreadable), "{field}");
    }
    assert!(!receipt.is_as_sent());
}
