//! The way of a post from its draft to the read-back, and what happens when steps are repeated or interrupted.

use super::*;

#[tokio::test]
async fn a_post_goes_from_draft_to_read_back() {
    let Site { site, root, outer: _outer } = site();
    let probe = site.probe().await.unwrap();
    assert!(probe.can_publish && probe.can_upload && probe.home_url.starts_with("file://"));
    let begun = site.create_draft(&draft("red-shoes-0a1b")).await.unwrap();
    assert_eq!((begun.id.as_str(), begun.slug.as_str()), ("red-shoes-0a1b", "red-shoes-0a1b"));
    assert_eq!((begun.status, begun.title.as_str()), (RemoteStatus::Draft, "Title of red-shoes-0a1b"));

    let inside = site.upload_media(&picture(&begun.id, "red-shoes-0123456789abcdef.png")).await.unwrap();
    let featured = site.upload_media(&picture(&begun.id, "featured-0123456789abcdef.webp")).await.unwrap();
    let article = Article {
        html: "<p>Intro</p><h2>Laces</h2><p>Two <s>old</s> H<sub>2</sub>O</p><script>x</script>".to_owned(),
        images: vec![PlacedImage {
            remote_id: inside.id.clone(),
            url: inside.url.clone(),
            alt: inside.alt.clone(),
            heading: "Laces".to_owned(),
            width: 800,
            height: 450,
        }],
    };
    let update =
        PostUpdate { featured_media: Some(featured.id.clone()), ..publish("red-shoes", &site.render(&article)) };
    site.update_post(&begun.id, false, &update).await.unwrap();

    let found = site.read_post(&begun.id, false).await.unwrap();
    assert_eq!((&found.title, &found.content, &found.excerpt), (&update.title, &update.content, &update.excerpt));
    assert_eq!((found.id, found.slug, found.status), (begun.id, "red-shoes".to_owned(), RemoteStatus::Publish));
    assert_eq!(found.categories, vec!["Shoes & laces"]);
    assert_eq!(found.tags, vec!["red", "guide: long"]);
    assert_eq!(found.featured_media.as_ref(), Some(&featured.id));
    assert_eq!(site.read_media(&featured.id).await.unwrap(), featured);
    assert_eq!(names(&root), vec!["red-shoes"]);
    let files =
        ["featured-0123456789abcdef.webp", "index.html", "index.md", "post.json", "red-shoes-0123456789abcdef.png"];
    assert_eq!(names(&root.join("red-shoes")), files);
    assert!(url::Url::parse(&found.url).unwrap().to_file_path().unwrap().is_file());
}

#[tokio::test]
async fn the_markdown_and_the_page_say_what_was_sent() {
    let Site { site, root, outer: _outer } = site();
    let begun = site.create_draft(&draft("shoes-1")).await.unwrap();
    let image = site.upload_media(&picture(&begun.id, "a-0123.png")).await.unwrap();
    let body = "<h2>Laces</h2><p>A <strong>b</strong> <del>c</del> x<sup>2</sup>; 1986) y</p><p>---</p><p>2) z</p>\
                <ul><li>one</li><li>two</li></ul><figure><img src=\"a-0123.png\" alt=\"[x]\" width=\"1\" height=\"1\">\
                </figure><table><thead><tr><th>h</th></tr></thead><tbody><tr><td>1|2</td></tr></tbody></table>";
    let update = PostUpdate { featured_media: Some(image.id), ..publish("shoes", body) };
    site.update_post(&begun.id, false, &update).await.unwrap();
    let markdown = fs::read_to_string(root.join("shoes/index.md")).unwrap();
    let expected = "---\n\
        title: \"Shoes: a \\\"guide\\\"\\nfor <all> — 50% off\"\nslug: \"shoes\"\ndate: 2026-11-23T09:00:01Z\n\
        status: \"publish\"\ndraft: false\ndescription: \"All & more \\u2028 about 'shoes'\"\n\
        meta_title: \"Shoes | My Site\"\nexcerpt: \"Short.\"\ncategories: [\"Shoes & laces\"]\n\
        tags: [\"red\",\"guide: long\"]\nfeatured_image: \"a-0123.png\"\n\
        featured_image_alt: \"Red \\\"shoes\\\" & [laces]\"\n---\n\n\
        ## Laces\n\nA **b** ~~c~~ x<sup>2</sup>; 1986) y\n\n\\---\n\n2\\) z\n\n- one\n- two\n\n\
        ![\\[x\\]](a-0123.png)\n\n| h   |\n| --- |\n| 1&#124;2 |\n";
    assert_eq!(markdown, expected);
    let page = fs::read_to_string(root.join("shoes/index.html")).unwrap();
    for part in [
        "<!doctype html>",
        "<html lang=\"en\">",
        "<title>Shoes | My Site</title>",
        "<h1>Shoes: a &quot;guide&quot;\nfor &lt;all&gt; — 50% off</h1>",
        "<img src=\"a-0123.png\" alt=\"Red &quot;shoes&quot; &amp; [laces]\">",
        "My &lt;Site&gt;",
        body,
    ] {
        assert!(page.contains(part), "{part} is missing in {page}");
    }
    assert!(!page.contains("<script") && !page.contains("http://") && !page.contains("https://"), "fetches nothing");
}

#[tokio::test]
async fn beginning_twice_is_beginning_once() {
    let Site { site, root, outer: _outer } = site();
    assert_eq!(site.find_post("shoes-1", false).await.unwrap(), None, "before the folder exists");
    let first = site.create_draft(&draft("shoes-1")).await.unwrap();
    assert_eq!(site.create_draft(&draft("shoes-1")).await.unwrap(), first);
    assert_eq!(site.find_post("shoes-1", false).await.unwrap(), Some(first.clone()));
    assert_eq!(site.find_post("shoes-1", true).await.unwrap(), None, "no page");
    assert_eq!(site.find_post("shoes", false).await.unwrap(), None, "no slug of ours");
    site.update_post(&first.id, false, &publish("shoes", "<p>x</p>")).await.unwrap();
    let moved = site.find_post("shoes-1", false).await.unwrap().unwrap();
    assert_eq!((moved.id, moved.slug), (first.id, "shoes".to_owned()), "found under both names");
    assert!(site.find_post("shoes", false).await.unwrap().is_some());
    assert_eq!(names(&root), vec!["shoes"]);
}

#[tokio::test]
async fn a_taken_address_gets_a_suffix_and_keeps_it() {
    let Site { site, root, outer: _outer } = site();
    fs::create_dir_all(root.join("shoes")).unwrap();
    fs::write(root.join("shoes/mine.txt"), "by hand").unwrap();
    let post = site.create_draft(&draft("shoes-1")).await.unwrap();
    for _ in 0..2 {
        let updated = site.update_post(&post.id, false, &publish("shoes", "<p>x</p>")).await.unwrap();
        assert_eq!(updated.slug, "shoes-2");
    }
    assert_eq!(site.find_post("shoes", false).await.unwrap().map(|found| found.id), Some(post.id));
    assert_eq!(fs::read_to_string(root.join("shoes/mine.txt")).unwrap(), "by hand");
    let device = site.create_draft(&draft("con-1")).await.unwrap();
    assert_eq!(site.update_post(&device.id, false, &publish("con", "<p>x</p>")).await.unwrap().slug, "con-2");
}

#[tokio::test]
async fn updates_repeat_and_the_first_publication_keeps_its_date() {
    let Site { site, root, outer: _outer } = site();
    let post = site.create_draft(&draft("shoes-1")).await.unwrap();
    let date = |root: &Path| {
        let text = fs::read_to_string(root.join("shoes/index.md")).unwrap();
        text.lines().find(|line| line.starts_with("date: ")).unwrap().to_owned()
    };
    site.update_post(&post.id, false, &publish("shoes", "<p>one</p>")).await.unwrap();
    let first = date(&root);
    let back = PostUpdate { status: RemoteStatus::Draft, ..publish("shoes", "<p>two</p>") };
    assert_eq!(site.update_post(&post.id, false, &back).await.unwrap().status, RemoteStatus::Draft);
    let again = site.update_post(&post.id, false, &publish("shoes", "<p>three</p>")).await.unwrap();
    assert_eq!((again.content.as_str(), date(&root)), ("<p>three</p>", first));
    let at = UtcMs::from_rfc3339("2027-01-02T03:04:05Z").unwrap();
    let later = PostUpdate { status: RemoteStatus::Future(at), ..publish("shoes", "<p>four</p>") };
    assert_eq!(site.update_post(&post.id, false, &later).await.unwrap().status, RemoteStatus::Future(at));
}

#[tokio::test]
async fn an_interrupted_step_is_not_public_and_can_be_repeated() {
    let Site { site, root, outer: _outer } = site();
    let post = site.create_draft(&draft("shoes-1")).await.unwrap();
    let before = fs::read(root.join("shoes-1/post.json")).unwrap();
    site.update_post(&post.id, false, &publish("shoes", "<p>x</p>")).await.unwrap();
    // As after a power cut before the last two writes: the state is the old one, the folder not moved yet.
    fs::rename(root.join("shoes"), root.join("shoes-1")).unwrap();
    fs::write(root.join("shoes-1/post.json"), before).unwrap();
    assert_eq!(site.read_post(&post.id, false).await.unwrap().status, RemoteStatus::Draft);
    let done = site.update_post(&post.id, false, &publish("shoes", "<p>x</p>")).await.unwrap();
    assert_eq!((done.status, done.slug.as_str()), (RemoteStatus::Publish, "shoes"));
    // As after a power cut while a post was begun: what is left aside is in nobody's way.
    fs::create_dir(root.join(".boots-1.part")).unwrap();
    fs::write(root.join(".boots-1.part/index.md"), "half").unwrap();
    assert_eq!(site.create_draft(&draft("boots-1")).await.unwrap().slug, "boots-1");
    assert_eq!(names(&root), vec!["boots-1", "shoes"]);
}

#[tokio::test]
async fn what_is_gone_from_the_disk_is_not_reported() {
    let Site { site, root, outer: _outer } = site();
    let post = site.create_draft(&draft("shoes-1")).await.unwrap();
    let image = site.upload_media(&picture(&post.id, "a-0123.png")).await.unwrap();
    assert_eq!(site.upload_media(&picture(&post.id, "a-0123.png")).await.unwrap(), image);
    assert_eq!(site.find_media("a-0123.png").await.unwrap(), Some(image.clone()));
    let update = PostUpdate { featured_media: Some(image.id.clone()), ..publish("shoes", "<p>x</p>") };
    assert!(site.update_post(&post.id, false, &update).await.unwrap().featured_media.is_some());
    fs::write(root.join("shoes/a-0123.png"), "other bytes").unwrap();
    assert_eq!(site.read_post(&post.id, false).await.unwrap().featured_media, None);
    assert_eq!(site.read_media(&image.id).await, Err(SiteError::NotFound));
    assert_eq!(site.find_media("a-0123.png").await.unwrap(), None);
    assert_eq!(site.upload_media(&picture(&post.id, "a-0123.png")).await.unwrap(), image, "placed anew");
    fs::remove_file(root.join("shoes/index.html")).unwrap();
    assert_eq!(site.read_post(&post.id, false).await, Err(SiteError::NotFound));
    fs::write(root.join("shoes/index.html"), "<p>by hand</p>").unwrap();
    assert_eq!(site.read_post(&post.id, false).await, Err(SiteError::BadReply));
    fs::remove_dir_all(root.join("shoes")).unwrap();
    assert_eq!(site.read_post(&post.id, false).await, Err(SiteError::NotFound));
}

#[tokio::test]
async fn terms_are_their_names() {
    let Site { site, .. } = site();
    let names = ["Red shoes".to_owned(), " ".to_owned(), " Laces ".to_owned()];
    assert_eq!(site.ensure_terms(Taxonomy::Tag, &names).await.unwrap(), vec![term("Red shoes"), term("Laces")]);
}
