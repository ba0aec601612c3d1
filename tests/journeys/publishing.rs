//! From a keyword file to an illustrated post on a real WordPress, by the command line alone, and read back by somebody
//! who knows nothing of us.

use igny8_core::receipt::ReceiptField;
use igny8_testkit::wordpress::RealWordPress;
use igny8_tests::keyring::Keyring;
use igny8_tests::program::Home;
use serde_json::Value;

/// One cluster's worth of keywords, so that few pictures need to be drawn.
const CSV: &str = "Keyword,Volume,Difficulty\ngreen tea benefits,4400,31\ngreen tea health benefits,2900,35\n\
                   benefits of green tea,1900,33\n";

/// Adds a site of that name for the WordPress, with its password on standard input, imports the file and goes all the
/// way to approval.
pub(super) fn prepare(home: &Home, wordpress: &RealWordPress, name: &str) {
    prepare_as(home, (&wordpress.base_url, &wordpress.user, &wordpress.app_password), name);
}

/// The same at an address, as somebody with that name and password there.
pub(super) fn prepare_as(home: &Home, (url, user, password): (&str, &str, &str), name: &str) {
    let add = ["--json", "site", "add", "--name", name, "--url", url, "--user", user];
    home.run_with(&[&add[..], &["--sector", "Tea"]].concat(), password).json();
    let tested = home.json(&["site", "test", name]);
    assert_eq!(tested["probe"]["can_publish"], true, "the site answers: {tested}");
    let file = home.file("keywords.csv", CSV);
    assert_eq!(home.json(&["keywords", "import", &file, "--site", name])["imported"][0]["summary"]["added"], 3);
    // One article, so that few pictures are drawn.
    for (command, limit) in
        [("cluster", None), ("ideas", None), ("write", Some("1")), ("images", None), ("approve", None)]
    {
        let limit: Vec<&str> = limit.into_iter().flat_map(|limit| ["--limit", limit]).collect();
        home.json(&[&[command, "--site", name], &limit[..]].concat());
    }
}

/// A WordPress and a home with one article that is approved for it, and the keyring that has its password.
fn approved() -> (RealWordPress, Home, Keyring) {
    let wordpress = RealWordPress::start();
    let mut home = Home::default();
    let keyring = Keyring::start(&mut home);
    prepare(&home, &wordpress, "Tea House");
    (wordpress, home, keyring)
}

/// The same, with the article on the site.
pub(super) fn published() -> (RealWordPress, Home, Keyring) {
    let (wordpress, home, keyring) = approved();
    home.json(&["publish", "--site", "Tea House"]);
    (wordpress, home, keyring)
}

/// Somebody who reads the site.
pub(super) struct Reader<'w> {
    wordpress: &'w RealWordPress,
    client: reqwest::Client,
}

impl<'w> Reader<'w> {
    pub(super) fn new(wordpress: &'w RealWordPress) -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        Self { wordpress, client: reqwest::Client::builder().no_proxy().build().unwrap() }
    }

    /// What the REST interface says to the administrator.
    pub(super) async fn get(&self, path: &str) -> Value {
        let url = format!("{}wp/v2/{path}", self.wordpress.api_url());
        let request = self.client.get(&url).basic_auth(&self.wordpress.user, Some(&self.wordpress.app_password));
        let answer = request.send().await.unwrap();
        assert!(answer.status().is_success(), "{url}: {}", answer.status());
        answer.json().await.unwrap()
    }

    /// All posts in any state that are ours: the fresh site has one of its own.
    pub(super) async fn posts(&self) -> Vec<Value> {
        let all = self.get("posts?context=edit&status=any&per_page=100&orderby=id&order=asc").await;
        all.as_array().unwrap().iter().filter(|post| post["slug"] != "hello-world").cloned().collect()
    }

    async fn names(&self, taxonomy: &str, ids: &Value) -> Vec<String> {
        let mut names = Vec::new();
        for id in ids.as_array().unwrap() {
            names.push(self.get(&format!("{taxonomy}/{id}")).await["name"].as_str().unwrap().to_owned());
        }
        names.sort();
        names
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_keyword_file_becomes_an_illustrated_post_and_publishing_again_changes_nothing() {
    let (wordpress, home, _keyring) = approved();
    let published = home.json(&["publish", "--site", "Tea House"]);
    assert_eq!(published["published"][0]["as_sent"], true, "everything was read back as it was sent: {published}");

    let reader = Reader::new(&wordpress);
    let posts = reader.posts().await;
    assert_eq!(posts.len(), 1, "one post");
    assert_post(&home, &reader, &posts[0]).await;
    assert_receipt(&home);
    let secret = home.dump();
    assert!(!secret.contains(&wordpress.app_password), "the password is not in the database");

    let again = home.run(&["publish", "--site", "Tea House"]);
    assert_eq!(again.code, 0, "there is nothing left to publish: {again:?}");
    assert!(again.stdout.contains("nothing to do"), "{}", again.stdout);
    assert_eq!(reader.posts().await, posts, "the site is as it was");

    // Another plan of the same keywords makes an article of the same title.
    prepare(&home, &wordpress, "Second House");
    home.json(&["publish", "--site", "Second House"]);
    let both = reader.posts().await;
    assert_eq!(both.len(), 2, "a post of its own");
    assert_eq!(both[0], posts[0], "the first one is as it was");
    assert_eq!(both[0]["title"]["raw"], both[1]["title"]["raw"], "the same title");
    assert_ne!(both[0]["slug"], both[1]["slug"], "at an address of its own");
    assert_eq!(home.json(&["credits", "audit"])["ok"], true);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_article_that_was_changed_after_it_went_out_is_changed_in_the_same_post() {
    let (wordpress, home, _keyring) = published();
    let reader = Reader::new(&wordpress);
    let (before, files) = (reader.posts().await, reader.get("media?per_page=100").await.as_array().unwrap().len());

    let edit = "update content set title = 'Said anew', version = version + 1, updated_at = published_at + 1;
        insert into content_version (content_id, version, html, origin, created_at)
          select id, version, '<p>Written anew.</p>', 'person', updated_at from content";
    assert_eq!(home.sqlite(edit).stderr, "");
    let published = home.json(&["publish", "--site", "Tea House"]);
    assert_eq!(published["published"][0]["as_sent"], true, "{published}");
    let after = reader.posts().await;
    assert_eq!((after.len(), &after[0]["id"]), (1, &before[0]["id"]), "the same post");
    assert_eq!(after[0]["title"]["raw"], "Said anew");
    assert!(after[0]["content"]["raw"].as_str().unwrap().contains("Written anew."), "{}", after[0]["content"]["raw"]);
    assert_eq!(after[0]["slug"], before[0]["slug"], "at the same address");
    assert_eq!(reader.get("media?per_page=100").await.as_array().unwrap().len(), files, "with the files it has");
    assert_eq!(home.books().number("select count(*) from publication"), 2, "and a proof of its own");
    let again = home.run(&["publish", "--site", "Tea House"]);
    assert!(again.code == 0 && again.stdout.contains("nothing to do"), "{again:?}");

    // A picture that was looked at anew and is the same picture stays the same file.
    assert_eq!(home.sqlite("update image set updated_at = (select published_at + 1 from content)").stderr, "");
    let post = reader.get(&format!("media/{}", after[0]["featured_media"])).await;
    home.json(&["publish", "--site", "Tea House"]);
    let kept = reader.get(&format!("media/{}", reader.posts().await[0]["featured_media"])).await;
    assert_eq!(kept["id"], post["id"], "the same picture is the same file");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_post_in_the_trash_or_gone_is_told_and_a_second_one_is_made_on_purpose_only() {
    let (wordpress, home, _keyring) = published();
    let reader = Reader::new(&wordpress);
    let id = reader.posts().await[0]["id"].to_string();
    let behind = |title: &str| {
        let later = "', updated_at = max(updated_at, published_at) + 1";
        let edit = ["update content set title = '", title, later].concat();
        assert_eq!(home.sqlite(&edit).stderr, "");
    };

    // In the trash: told, and nothing is made. Put back, it is the same post.
    behind("Said anew");
    let _ = wordpress.eval_php(&format!("wp_trash_post({id});"));
    for _ in 0..2 {
        let ran = home.run(&["publish", "--site", "Tea House"]);
        assert_eq!(ran.code, 1, "{ran:?}");
        assert!(ran.stderr.contains("in the site's trash") && ran.stderr.contains("publish --anew"), "{}", ran.stderr);
        assert_eq!(reader.posts().await, Vec::<Value>::new(), "no second post");
    }
    assert_eq!(home.books().number("select count(*) from content where delivery = 'failed'"), 1);
    let _ = wordpress.eval_php(&format!("wp_untrash_post({id});"));
    let published = home.json(&["publish", "--site", "Tea House"]);
    assert_eq!(published["published"][0]["as_sent"], true, "{published}");
    let back = reader.posts().await;
    assert_eq!((back.len(), back[0]["id"].to_string(), &back[0]["title"]["raw"]), (1, id.clone(), &"Said anew".into()));

    // Deleted: told with its code, and made anew by who asks for it.
    behind("Said once more");
    let _ = wordpress.eval_php(&format!("wp_delete_post({id}, true);"));
    let ran = home.run(&["--json", "publish", "--site", "Tea House"]);
    let told: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(told["failed"][0]["code"], "post_gone", "{told}");
    let anew = home.json(&["publish", "--site", "Tea House", "--anew"]);
    assert_eq!(anew["published"][0]["as_sent"], true, "{anew}");
    let posts = reader.posts().await;
    assert_eq!((posts.len(), posts[0]["status"].as_str()), (1, Some("publish")));
    assert_ne!(posts[0]["id"].to_string(), id);
    let again = home.run(&["publish", "--site", "Tea House"]);
    assert!(again.code == 0 && again.stdout.contains("nothing to do"), "{again:?}");
    assert_eq!(home.json(&["credits", "audit"])["ok"], true);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_alternative_that_was_changed_is_changed_on_the_site_in_the_same_file() {
    let (wordpress, home, _keyring) = published();
    let reader = Reader::new(&wordpress);
    let before = reader.posts().await;
    let edit = "update image set alt = 'A cup, said anew', updated_at = (select published_at + 1 from content)
        where position = 0";
    assert_eq!(home.sqlite(edit).stderr, "");
    let published = home.json(&["publish", "--site", "Tea House"]);
    assert_eq!(published["published"][0]["as_sent"], true, "{published}");
    let after = reader.posts().await;
    assert_eq!(after[0]["featured_media"], before[0]["featured_media"], "the same file");
    let file = reader.get(&format!("media/{}", after[0]["featured_media"])).await;
    assert_eq!(file["alt_text"], "A cup, said anew");
}

/// The post field by field against what we have of the article.
async fn assert_post(home: &Home, reader: &Reader<'_>, post: &Value) {
    let books = home.books();
    let article: Vec<(String, String, String, String)> =
        books.rows("select title, slug, tags, categories from content where delivery = 'published'", [], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
        });
    let [(title, slug, tags, categories)] = &article[..] else { panic!("one published article: {article:?}") };
    assert_eq!(post["status"], "publish");
    assert_eq!((post["title"]["raw"].as_str(), post["slug"].as_str()), (Some(title.as_str()), Some(slug.as_str())));
    for (taxonomy, ours) in [("tags", tags), ("categories", categories)] {
        let mut wanted: Vec<String> = serde_json::from_str(ours).unwrap();
        wanted.sort();
        assert!(!wanted.is_empty(), "the article has {taxonomy}");
        assert_eq!(reader.names(taxonomy, &post[taxonomy]).await, wanted, "{taxonomy}");
    }
    let featured = reader.get(&format!("media/{}", post["featured_media"])).await;
    let alts: Vec<String> = books.rows("select alt from image where position = 0", [], |row| row.get(0));
    assert_eq!(featured["alt_text"].as_str(), Some(alts[0].as_str()), "the featured image says what it shows");
    assert_eq!(
        (&featured["media_details"]["width"], &featured["media_details"]["height"]),
        (&1200.into(), &675.into())
    );

    let body = post["content"]["raw"].as_str().unwrap();
    for block in ["<!-- wp:paragraph -->", "<!-- wp:heading", "<!-- wp:image "] {
        assert!(body.contains(block), "the body is made of blocks, {block} among them: {body}");
    }
    let opened = body.matches("<!-- wp:").count() - body.matches(" /-->").count();
    assert_eq!(opened, body.matches("<!-- /wp:").count(), "every block is closed");
    let inside = books.number("select count(*) from image where position > 0 and status = 'generated'");
    assert_eq!(body.matches("<!-- wp:image ").count(), usize::try_from(inside).unwrap(), "every picture has its block");
    assert!(!body.contains("<script") && !body.contains("media:"), "{body}");
}

/// The stored proof says of each field that it arrived as it was sent, or that a plain WordPress has no place for it.
fn assert_receipt(home: &Home) {
    let all = "select count(*) || '' from publication union all
        select field || ' ' || verdict || ' ' || note from receipt_field where verdict <> 'as_sent' or note <> ''";
    let amiss: Vec<String> = home.books().rows(all, [], |row| row.get(0));
    let proven: Vec<String> = home.books().rows("select distinct field from receipt_field", [], |row| row.get(0));
    assert_eq!(
        amiss,
        ["1", "excerpt changed gave_way", "meta_title dropped no_field", "meta_description as_sent as_excerpt"],
        "one delivery, one proof"
    );
    for field in ReceiptField::ALL {
        assert!(proven.iter().any(|name| name == field.as_str()), "{field} is proven: {proven:?}");
    }
}
