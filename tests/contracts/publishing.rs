//! One publish from end to end on a real WordPress, and what may happen to a post afterwards.

use crate::site::{admin, client, draft, media, picture};
use igny8_core::port::Destination;
use igny8_core::port::destination::{
    Article, DraftPost, MediaUpload, PlacedImage, PostUpdate, RemotePost, RemoteStatus, Taxonomy,
};
use igny8_core::time::UtcMs;
use igny8_testkit::wordpress::RealWordPress;

const HTML: &str =
    "<p>Water first.</p><h2>Leaves &amp; water</h2><p>Two grams a cup.</p><ul><li>Green</li><li>Black</li></ul>";

/// What a publish leaves: the update that was sent and the post the site answered with. Its pictures are `width` by
/// `height` pixels.
async fn publish(wordpress: &RealWordPress, width: u32, height: u32) -> (PostUpdate, RemotePost) {
    let site = admin(wordpress);
    let post = site.create_draft(&draft("tea-k3f9")).await.unwrap();
    assert_eq!((post.slug.as_str(), &post.status), ("tea-k3f9", &RemoteStatus::Draft));

    let featured =
        site.upload_media(&media(&post.id, "ab12cd.png", picture(wordpress, "png", width, height))).await.unwrap();
    let inside =
        site.upload_media(&media(&post.id, "ef34ab.webp", picture(wordpress, "webp", width, height))).await.unwrap();
    assert_eq!(featured.alt, "A cup & a \"pot\"");
    let words = format!("$p = get_post({}); echo $p->post_title . '|' . $p->post_excerpt;", featured.id);
    assert_eq!(wordpress.eval_php(&words), "Cup|Tea &amp; &lt;milk&gt;", "title and caption");

    let placed = PlacedImage {
        remote_id: inside.id,
        url: inside.url,
        alt: inside.alt,
        heading: "Leaves & water".to_owned(),
        width,
        height,
    };
    let update = PostUpdate {
        title: "Brewing tea & coffee".to_owned(),
        slug: "brewing-tea".to_owned(),
        content: site.render(&Article { html: HTML.to_owned(), images: vec![placed] }),
        excerpt: "How to brew.".to_owned(),
        categories: site.ensure_terms(Taxonomy::Category, &["Food & Drink".to_owned()]).await.unwrap(),
        tags: site.ensure_terms(Taxonomy::Tag, &["tea".to_owned(), "how-to".to_owned()]).await.unwrap(),
        featured_media: Some(featured.id),
        status: RemoteStatus::Publish,
        ..PostUpdate::default()
    };
    let answered = site.update_post(&post.id, false, &update).await.unwrap();
    assert_eq!(answered.id, post.id);
    (update, answered)
}

fn ids(terms: &[igny8_core::port::destination::RemoteTerm]) -> Vec<String> {
    terms.iter().map(|term| term.id.clone()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_post_is_published_with_everything_and_read_back() {
    let wordpress = RealWordPress::start();
    let (sent, answered) = publish(&wordpress, 1200, 675).await;
    let site = admin(&wordpress);
    let read = site.read_post(&answered.id, false).await.unwrap();

    assert_eq!(read, RemotePost { modified: read.modified.clone(), ..answered });
    assert_eq!(read.status, RemoteStatus::Publish);
    assert_eq!(read.url, format!("{}/brewing-tea/", wordpress.base_url));
    assert_eq!((&read.title, &read.slug, &read.excerpt), (&sent.title, &sent.slug, &sent.excerpt));
    assert_eq!(read.content, sent.content);
    assert_eq!(read.categories, ids(&sent.categories));
    let (mut tags, mut wanted) = (read.tags.clone(), ids(&sent.tags));
    tags.sort();
    wanted.sort();
    assert_eq!(tags, wanted);
    assert_eq!(read.featured_media, sent.featured_media);
    let featured = site.read_media(&read.featured_media.unwrap()).await.unwrap();
    assert_eq!(featured.alt, "A cup & a \"pot\"");

    // A visitor gets the pictures in the sizes WordPress made of them.
    let page = reqwest::get(&read.url).await.unwrap().text().await.unwrap();
    assert!(
        page.contains("Leaves &amp; water") && page.contains("ab12cd.png") && page.contains("ef34ab.webp"),
        "{page}"
    );
    assert!(page.contains("srcset=\""), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_looks_like_markup_in_plain_text_is_shown_and_never_run() {
    const TITLE: &str = "<script>alert(1)</script> a < b & c, written &lt;b&gt;";
    const EXCERPT: &str = "<img src=x onerror=alert(1)> in short";
    let wordpress = RealWordPress::start();
    let (_, published) = publish(&wordpress, 40, 30).await;
    let password = wordpress.create_user("erin", "editor");
    for (name, site) in [("admin", admin(&wordpress)), ("erin", client(&wordpress.api_url(), "erin", &password))] {
        let post = site.create_draft(&DraftPost { title: TITLE.to_owned(), ..draft(&format!("{name}-k3f9")) }).await;
        let post = post.unwrap();
        assert_eq!(post.title, TITLE, "{name}");
        let update = PostUpdate {
            title: TITLE.to_owned(),
            slug: format!("{name}-markup"),
            excerpt: EXCERPT.to_owned(),
            status: RemoteStatus::Publish,
            categories: site.ensure_terms(Taxonomy::Category, &["R&D".to_owned()]).await.unwrap(),
            featured_media: published.featured_media.clone(),
            ..PostUpdate::default()
        };
        let stored = site.update_post(&post.id, false, &update).await.unwrap();
        assert_eq!((stored.title.as_str(), stored.excerpt.as_str()), (TITLE, EXCERPT), "{name}: as it was sent");

        let file = media(&post.id, &format!("{name}.png"), picture(&wordpress, "png", 40, 30));
        let file = site.upload_media(&MediaUpload { title: TITLE.to_owned(), ..file }).await.unwrap();
        let shown = [
            reqwest::get(&stored.url).await.unwrap().text().await.unwrap(),
            reqwest::get(&wordpress.base_url).await.unwrap().text().await.unwrap(),
            reqwest::get(format!("{}/feed/", wordpress.base_url)).await.unwrap().text().await.unwrap(),
            wordpress.eval_php(&format!("echo apply_filters('the_excerpt', get_the_excerpt({}));", post.id)),
            wordpress.eval_php(&format!("echo get_the_title({});", file.id)),
        ];
        for page in shown {
            assert!(!page.contains("<script>alert(1)") && !page.contains("<img src=x"), "{name}: {page}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn setting_everything_twice_is_the_same_as_once() {
    let wordpress = RealWordPress::start();
    let (sent, first) = publish(&wordpress, 40, 30).await;
    let again = admin(&wordpress).update_post(&first.id, false, &sent).await.unwrap();
    assert_eq!(again, RemotePost { modified: again.modified.clone(), ..first });
    assert_eq!(wordpress.eval_php("echo wp_count_posts()->publish;"), "2", "ours and the one every site starts with");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_post_handed_over_for_later_can_be_called_back_or_published_now() {
    let wordpress = RealWordPress::start();
    let site = admin(&wordpress);
    let post = site.create_draft(&draft("later-k3f9")).await.unwrap();
    let at = UtcMs::from_rfc3339("2099-03-01T09:30:00Z").unwrap();
    let set = |status: RemoteStatus| PostUpdate {
        title: "Later".to_owned(),
        slug: "later".to_owned(),
        content: "<!-- wp:paragraph -->\n<p>x</p>\n<!-- /wp:paragraph -->".to_owned(),
        status,
        ..PostUpdate::default()
    };

    // The site's own zone must not matter.
    let _ = wordpress.eval_php("update_option('timezone_string', 'Asia/Kolkata');");
    let future = site.update_post(&post.id, false, &set(RemoteStatus::Future(at))).await.unwrap();
    assert_eq!((&future.status, future.slug.as_str()), (&RemoteStatus::Future(at), "later"));
    assert_eq!(site.read_post(&post.id, false).await.unwrap().status, RemoteStatus::Future(at));

    let draft = site.update_post(&post.id, false, &set(RemoteStatus::Draft)).await.unwrap();
    assert_eq!(draft.status, RemoteStatus::Draft);

    site.update_post(&post.id, false, &set(RemoteStatus::Future(at))).await.unwrap();
    let now = site.update_post(&post.id, false, &set(RemoteStatus::Publish)).await.unwrap();
    assert_eq!(now.status, RemoteStatus::Publish);
    let year = wordpress.eval_php(&format!("echo get_post({})->post_date_gmt < '2099' ? 'now' : 'later';", post.id));
    assert_eq!(year, "now");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_is_published_without_terms() {
    let wordpress = RealWordPress::start();
    let site = admin(&wordpress);
    let mut begun = draft("about-k3f9");
    begun.is_page = true;
    let page = site.create_draft(&begun).await.unwrap();
    assert_eq!(site.find_post("about-k3f9", true).await.unwrap().unwrap().id, page.id);
    assert_eq!(site.find_post("about-k3f9", false).await.unwrap(), None);
    let update = PostUpdate {
        title: "About".to_owned(),
        slug: "about".to_owned(),
        status: RemoteStatus::Publish,
        ..PostUpdate::default()
    };
    let read = site.update_post(&page.id, true, &update).await.unwrap();
    assert_eq!((read.status, read.url), (RemoteStatus::Publish, format!("{}/about/", wordpress.base_url)));
}
