//! A real WordPress on which things happen without us, and one that had posts before we came.

use crate::publishing::{Reader, published};
use igny8_testkit::wordpress::RealWordPress;
use igny8_tests::keyring::Keyring;
use igny8_tests::program::Home;

/// Posts that a site had before.
const POSTS: usize = 250;

/// What `site sync` says happened, and how the article stands then.
fn look(home: &Home) -> (Vec<String>, String) {
    let synced = home.json(&["site", "sync", "Tea House"]);
    let events = synced["synced"][0]["events"].as_array().unwrap();
    let names = events.iter().map(|event| event["event"].as_str().unwrap().to_owned()).collect();
    let delivery: Vec<String> = home.books().rows("select delivery from content", [], |row| row.get(0));
    (names, delivery[0].clone())
}

fn told(events: &[&str], delivery: &str) -> (Vec<String>, String) {
    (events.iter().map(|event| (*event).to_owned()).collect(), delivery.to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_happens_to_a_post_on_the_site_is_the_same_here_after_a_look() {
    let (wordpress, home, _keyring) = published();
    let reader = Reader::new(&wordpress);
    let id = reader.posts().await[0]["id"].to_string();
    let php = |code: &str| drop(wordpress.eval_php(&code.replace("{id}", &id)));
    assert_eq!(look(&home), told(&[], "published"), "nothing has happened yet");

    php("wp_update_post(['ID' => {id}, 'post_title' => 'R&amp;D of tea']);");
    assert_eq!(look(&home), told(&["retitled"], "published"));
    assert_eq!(home.books().number("select count(*) from content where title = 'R&D of tea'"), 1);

    php("wp_update_post(['ID' => {id}, 'post_status' => 'draft']);");
    assert_eq!(look(&home), told(&["unpublished"], "not_published"));
    php("wp_publish_post({id});");
    assert_eq!(look(&home), told(&["published"], "published"));

    php("wp_update_post(['ID' => {id}, 'post_status' => 'future', 'edit_date' => true,
        'post_date' => '2099-03-01 09:30:00', 'post_date_gmt' => '2099-03-01 09:30:00']);");
    assert_eq!(look(&home), told(&["rescheduled"], "scheduled"));
    let due = home.books().number("select scheduled_publish_at from content");
    assert_eq!(due, 4_076_040_600_000, "the time that was chosen there");
    php("wp_update_post(['ID' => {id}, 'post_status' => 'publish', 'edit_date' => true,
        'post_date' => '2026-03-01 09:30:00', 'post_date_gmt' => '2026-03-01 09:30:00']);");
    assert_eq!(look(&home), told(&["published"], "published"));

    php("wp_update_post(['ID' => {id}, 'post_name' => 'another-address']);");
    assert_eq!(look(&home), told(&["moved"], "published"));
    php("wp_trash_post({id});");
    assert_eq!(look(&home), told(&["trashed"], "not_published"));
    assert_eq!(look(&home), told(&[], "not_published"), "it is told once");
    php("wp_untrash_post({id}); wp_publish_post({id});");
    assert_eq!(look(&home), told(&["published"], "published"));
    php("wp_delete_post({id}, true);");
    assert_eq!(look(&home), told(&["deleted"], "not_published"));
    assert_eq!(home.books().number("select count(*) from publication where remote_status = 'gone'"), 1);
    let kinds = home
        .books()
        .number("select count(distinct notification_type) from notification where notification_type like 'post_%'");
    assert_eq!(kinds, 7, "each was told");
    assert_eq!(home.json(&["credits", "audit"])["ok"], true);
}

/// A WordPress that had posts and a page before, and a home that knows it.
fn with_posts() -> (RealWordPress, Home, Keyring) {
    let wordpress = RealWordPress::start();
    let code = "for ($n = 1; $n <= {POSTS}; $n++) {
          wp_insert_post(['post_title' => \"Old post $n about tea\", 'post_content' => \"<!-- wp:paragraph -->\\n<p>Text $n.</p>\\n<!-- /wp:paragraph -->\",
            'post_status' => 'publish', 'post_name' => \"old-$n\"]);
        }
        wp_insert_post(['post_title' => 'About us', 'post_type' => 'page', 'post_status' => 'publish', 'post_content' => 'We.']);
        wp_insert_post(['post_title' => 'Unfinished', 'post_status' => 'draft', 'post_content' => 'Not yet.']);";
    let _ = wordpress.eval_php(&code.replace("{POSTS}", &POSTS.to_string()));
    let mut home = Home::default();
    let keyring = Keyring::start(&mut home);
    let add = ["--json", "site", "add", "--name", "Tea House", "--url", &wordpress.base_url, "--user", &wordpress.user];
    home.run_with(&[&add[..], &["--sector", "Tea"]].concat(), &wordpress.app_password).json();
    (wordpress, home, keyring)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_posts_that_a_site_had_are_taken_in_once_and_followed_and_are_nobodys_work() {
    let (wordpress, home, _keyring) = with_posts();
    let imported = home.json(&["site", "import-posts", "Tea House"]);
    // A fresh site has a post and a page of its own.
    let all = POSTS + 3;
    assert_eq!((imported["added"].as_u64(), &imported["is_whole"]), (Some(all as u64), &true.into()), "{imported}");
    let again = home.json(&["site", "import-posts", "Tea House"]);
    assert_eq!((again["added"].as_u64(), again["unchanged"].as_u64()), (Some(0), Some(all as u64)), "{again}");
    let rows = home.books().number("select count(*) from content where is_imported = 1 and external_url <> ''");
    assert_eq!(usize::try_from(rows).unwrap(), all, "each once");
    assert_eq!(home.books().number("select count(*) from content where title = 'Unfinished'"), 0);
    let text: Vec<String> = home.books().rows(
        "select v.html from content_version v join content c on c.id = v.content_id where c.title = 'Old post 7 about tea'",
        [],
        |row| row.get(0),
    );
    assert_eq!(text, ["<p>Text 7.</p>"]);

    let published = home.run(&["publish", "--site", "Tea House"]);
    assert!(published.code == 0 && published.stdout.contains("nothing to do"), "they are never written: {published:?}");
    let _ = wordpress.eval_php(
        "$post = get_page_by_path('old-7', OBJECT, 'post'); wp_update_post(['ID' => $post->ID, 'post_title' => 'New name']);
        wp_trash_post(get_page_by_path('old-8', OBJECT, 'post')->ID);",
    );
    home.json(&["site", "sync"]);
    assert_eq!(home.books().number("select count(*) from content where title = 'New name' and removed_at = 0"), 1);
    assert_eq!(
        home.books().number("select count(*) from content where removed_at > 0"),
        1,
        "one is not there any more"
    );
    // A new article knows them: it may link to them, and none is written a second time.
    let linkable = home.books().number("select count(*) from content where is_imported = 1 and removed_at = 0");
    assert_eq!(usize::try_from(linkable).unwrap(), all - 1);
}
