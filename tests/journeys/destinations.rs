//! Where a delivery goes: to the site it was begun at, to our own post and to no other. What is gone there is made anew,
//! and what may have been public there only for who asks for it.

use igny8_testkit::wordpress::RealWordPress;
use igny8_tests::program::Home;
use serde_json::Value;

/// Three clusters' worth of keywords.
const CSV: &str = "Keyword\ngreen tea benefits\ngreen tea health benefits\nbenefits of green tea\n\
                   espresso machine cleaning\nclean espresso machine\nespresso machine cleaning tablets\n\
                   sourdough starter recipe\nsourdough starter feeding\neasy sourdough starter recipe\n";

/// A site of that kind with so many approved articles.
pub(crate) fn furnish(home: &Home, site: &[&str], articles: u32) {
    home.json(&[&["site", "add", "--name", "Tea"], site].concat());
    let file = home.file("keywords.csv", CSV);
    home.json(&["keywords", "import", &file, "--site", "Tea"]);
    for command in ["cluster", "ideas"] {
        home.json(&[command, "--site", "Tea"]);
    }
    home.json(&["write", "--site", "Tea", "--limit", &articles.to_string()]);
    for command in ["images", "approve"] {
        home.json(&[command, "--site", "Tea"]);
    }
    assert_eq!(home.books().number("select count(*) from content"), i64::from(articles));
}

/// Publishes as somebody who may begin a post and not finish it. Answers the numbers of the drafts that are left.
fn begin(home: &Home, wordpress: &RealWordPress, articles: usize) -> Vec<String> {
    let password = wordpress.create_user("cleo", "contributor");
    let ran = home.run_with(&["--json", "publish", "--site", "Tea", "--password-stdin"], &password);
    assert_eq!(ran.code, 1, "a contributor may upload nothing: {ran:?}");
    let begun =
        home.books().rows("select remote_id from outbox where error_code = 'forbidden' order by id", [], |row| {
            row.get::<_, String>(0)
        });
    assert_eq!(begun.len(), articles, "drafts are left: {ran:?}");
    begun
}

fn publish(home: &Home, wordpress: &RealWordPress) -> Value {
    let line = ["--json", "publish", "--site", "Tea", "--password-stdin"];
    let told = home.run_with(&line, &wordpress.app_password).json();
    for one in told["published"].as_array().unwrap() {
        assert_eq!(one["as_sent"], true, "{told}");
    }
    told
}

/// What publishing tells of each article, when none goes out.
fn codes(home: &Home, wordpress: &RealWordPress) -> Vec<String> {
    let ran = home.run_with(&["--json", "publish", "--site", "Tea", "--password-stdin"], &wordpress.app_password);
    let told: Value = serde_json::from_str(&ran.stdout).unwrap_or_else(|error| panic!("{error}: {ran:?}"));
    assert_eq!((ran.code, told["published"].as_array().map(Vec::len)), (1, Some(0)), "{told}");
    let unsent = ["failed", "waiting"].into_iter().flat_map(|how| told[how].as_array().unwrap());
    let mut codes: Vec<String> = unsent.map(|one| one["code"].as_str().unwrap().to_owned()).collect();
    codes.sort();
    codes
}

/// Publishes as who knows that it makes other posts.
fn publish_anew(home: &Home, wordpress: &RealWordPress) {
    let line = ["--json", "publish", "--site", "Tea", "--anew", "--password-stdin"];
    let told = home.run_with(&line, &wordpress.app_password).json();
    assert_eq!(told["failed"].as_array().map(Vec::len), Some(0), "{told}");
}

/// Changes the article after it went out.
fn retitle(home: &Home, title: &str) {
    let later = "', updated_at = max(updated_at, published_at) + 1";
    let edit = ["update content set title = '", title, later].concat();
    assert_eq!(home.sqlite(&edit).stderr, "");
}

/// Somebody else's post under a number of our choice.
fn write_as_a_stranger(wordpress: &RealWordPress, id: &str) {
    let made = wordpress.eval_php(&format!(
        "echo wp_insert_post(['import_id' => {id}, 'post_title' => 'Ours alone', 'post_content' => 'Not yours.', \
         'post_status' => 'publish', 'post_author' => 1]);"
    ));
    assert_eq!(made, id, "the number was free");
}

fn assert_untouched(wordpress: &RealWordPress, id: &str) {
    let found = wordpress.eval_php(&format!("$p = get_post({id}); echo $p->post_title . '|' . $p->post_content;"));
    assert_eq!(found, "Ours alone|Not yours.", "somebody else's post is as it was");
}

fn published(wordpress: &RealWordPress) -> i64 {
    // Every site starts with one post.
    wordpress.eval_php("echo wp_count_posts()->publish - 1;").parse().unwrap()
}

#[test]
fn at_another_address_a_delivery_begins_anew_and_touches_nobody_elses_post() {
    let (first, second, home) = (RealWordPress::start(), RealWordPress::start(), Home::default());
    furnish(&home, &["--url", &first.base_url, "--user", "cleo"], 1);
    let begun = begin(&home, &first, 1);
    write_as_a_stranger(&second, &begun[0]);
    home.json(&["site", "edit", "Tea", "--url", &second.base_url, "--user", &second.user]);

    let told = publish(&home, &second);
    assert!(told["published"][0]["url"].as_str().unwrap().starts_with(&second.base_url), "{told}");
    assert_untouched(&second, &begun[0]);
    assert_eq!(published(&second), 2, "theirs and ours");
    assert_eq!(home.books().number("select count(*) from outbox"), 1, "it is the same delivery");
    let left = first.eval_php(&format!("echo get_post({})->post_status;", begun[0]));
    assert_eq!(left, "draft", "what was begun at the first address stays there");

    // What was published there stays a record of that address.
    let record = || home.sqlite("select external_url from publication").stdout;
    let before = record();
    home.json(&["site", "edit", "Tea", "--url", &first.base_url]);
    assert!(home.run(&["publish", "--site", "Tea"]).stdout.contains("nothing to do"), "there is nothing to publish");
    assert_eq!(record(), before);
}

#[test]
fn another_way_to_write_the_address_keeps_the_post_and_another_site_is_told() {
    let (wordpress, other, home) = (RealWordPress::start(), RealWordPress::start(), Home::default());
    let alias = wordpress.base_url.replace("127.0.0.1", "localhost");
    assert_ne!(alias, wordpress.base_url);
    furnish(&home, &["--url", &alias, "--user", &wordpress.user], 1);
    publish(&home, &wordpress);
    for (url, title) in [(&wordpress.base_url, "Said anew"), (&alias, "Said once more")] {
        home.json(&["site", "edit", "Tea", "--url", url]);
        retitle(&home, title);
        publish(&home, &wordpress);
        assert_eq!(published(&wordpress), 1, "{url}: the same post");
        let titles = "echo implode('|', wp_list_pluck(get_posts(['exclude' => [1]]), 'post_title'));";
        assert_eq!(wordpress.eval_php(titles), title, "{url}: brought up to date");
    }

    home.json(&["site", "edit", "Tea", "--url", &other.base_url]);
    retitle(&home, "Said elsewhere");
    for _ in 0..2 {
        assert_eq!(codes(&home, &other), ["post_elsewhere"]);
        assert_eq!((published(&wordpress), published(&other)), (1, 0), "no second post");
    }
    // Back where it is public, it is the same post.
    home.json(&["site", "edit", "Tea", "--url", &wordpress.base_url]);
    publish(&home, &wordpress);
    assert_eq!(published(&wordpress), 1);
    home.json(&["site", "edit", "Tea", "--url", &other.base_url]);
    retitle(&home, "Said there as well");
    publish_anew(&home, &other);
    assert_eq!((published(&wordpress), published(&other)), (1, 1), "knowingly");
}

#[test]
fn who_asks_for_another_post_at_another_site_and_does_not_get_it_has_not_asked_for_one_at_the_first() {
    let (wordpress, other, home) = (RealWordPress::start(), RealWordPress::start(), Home::default());
    furnish(&home, &["--url", &wordpress.base_url, "--user", &wordpress.user], 1);
    publish(&home, &wordpress);
    let line = ["--json", "publish", "--site", "Tea", "--anew", "--password-stdin"];
    retitle(&home, "Said anew");
    home.json(&["site", "edit", "Tea", "--url", &other.base_url]);
    assert_eq!(home.run_with(&line, "wrong").code, 1, "not let in");
    home.json(&["site", "edit", "Tea", "--url", &wordpress.base_url]);
    publish(&home, &wordpress);
    assert_eq!(published(&wordpress), 1, "the same post");

    retitle(&home, "Said once more");
    home.json(&["site", "edit", "Tea", "--url", &other.base_url, "--user", "cleo"]);
    assert_eq!(home.run_with(&line, other.create_user("cleo", "contributor")).code, 1, "begun, and not finished");
    home.json(&["site", "edit", "Tea", "--url", &wordpress.base_url, "--user", &wordpress.user]);
    assert_eq!(codes(&home, &wordpress), ["post_elsewhere"]);
    assert_eq!((published(&wordpress), published(&other)), (1, 0), "no second post");
}

#[test]
fn a_post_that_was_public_and_never_read_back_is_not_made_twice_when_it_is_thrown_away() {
    let (wordpress, home) = (RealWordPress::start(), Home::default());
    furnish(&home, &["--url", &wordpress.base_url, "--user", &wordpress.user], 2);
    wordpress.add_plugin(
        "unreadable",
        "add_filter('rest_pre_dispatch', fn($answer, $server, $request) => $request->get_method() === 'GET' \
         && preg_match('#^/wp/v2/posts/([0-9]+)$#', $request->get_route(), $found) \
         && get_post_status((int) $found[1]) === 'publish' && get_option('unreadable', 1) \
         ? new WP_Error('busy', 'Busy', ['status' => 503]) : $answer, 10, 3);",
    );
    assert_eq!(codes(&home, &wordpress), ["busy", "busy"]);
    assert_eq!(published(&wordpress), 2, "they are public");
    let posts = home.books().rows("select remote_id from outbox order by id", [], |row| row.get::<_, String>(0));
    let _ = wordpress.eval_php(&format!(
        "update_option('unreadable', 0); wp_trash_post({}); wp_delete_post({}, true);",
        posts[0], posts[1]
    ));
    for _ in 0..2 {
        assert_eq!(codes(&home, &wordpress), ["post_gone", "post_trashed"]);
        assert_eq!(published(&wordpress), 0, "no second post");
    }
    publish_anew(&home, &wordpress);
    assert_eq!(published(&wordpress), 2, "knowingly");
}

#[test]
fn a_draft_that_is_gone_is_made_anew_and_one_in_its_place_is_left_alone() {
    let (wordpress, home) = (RealWordPress::start(), Home::default());
    furnish(&home, &["--url", &wordpress.base_url, "--user", "cleo"], 3);
    let begun = begin(&home, &wordpress, 3);
    let (deleted, trashed, taken) = (&begun[0], &begun[1], &begun[2]);
    let _ = wordpress.eval_php(&format!(
        "wp_delete_post({deleted}, true); wp_trash_post({trashed}); wp_delete_post({taken}, true);"
    ));
    write_as_a_stranger(&wordpress, taken);
    home.json(&["site", "edit", "Tea", "--user", &wordpress.user]);

    let told = publish(&home, &wordpress);
    assert_eq!(told["published"].as_array().unwrap().len(), 3, "{told}");
    assert_untouched(&wordpress, taken);
    assert_eq!(published(&wordpress), 4, "ours and theirs");
    assert_eq!(wordpress.eval_php(&format!("echo get_post({trashed})->post_status;")), "trash", "it stays where it is");
    assert_eq!(home.books().number("select count(*) from outbox"), 3, "the same deliveries");
    let files = home.books().number("select count(*) from image where status = 'generated'").to_string();
    let media = wordpress.eval_php("echo array_sum((array) wp_count_attachments('image'));");
    assert_eq!(media, files, "each picture once");
}

#[test]
fn a_picture_that_was_removed_from_the_site_is_sent_again() {
    let (wordpress, home) = (RealWordPress::start(), Home::default());
    furnish(&home, &["--url", &wordpress.base_url, "--user", &wordpress.user], 1);
    // The pictures go up, and nothing more is allowed.
    wordpress.add_plugin(
        "closed",
        "add_filter('rest_pre_insert_post', fn($post, $request) => isset($request['id']) && get_option('closed', 1) \
         ? new WP_Error('closed', 'Closed', ['status' => 403]) : $post, 10, 2);",
    );
    let line = ["--json", "publish", "--site", "Tea", "--password-stdin"];
    assert_eq!(home.run_with(&line, &wordpress.app_password).code, 1);
    let _ = wordpress.eval_php(
        "update_option('closed', 0); foreach (get_posts(['post_type' => 'attachment', 'post_status' => 'any']) as $a) \
         { wp_delete_attachment($a->ID, true); }",
    );
    publish(&home, &wordpress);
    let files = home.books().number("select count(*) from image where status = 'generated'").to_string();
    assert_eq!(wordpress.eval_php("echo array_sum((array) wp_count_attachments('image'));"), files);
}

#[test]
fn a_folder_that_was_renamed_or_lost_a_file_is_written_anew_for_who_asks_for_it() {
    /// As a process leaves it that ends before the read-back.
    const UNPROVEN: &str = "delete from publication; update outbox set state = 'failed';
        update content set delivery = 'failed'";
    let home = Home::default();
    furnish(&home, &["--kind", "folder"], 1);
    let post = |told: Value| {
        let url = told["published"][0]["url"].as_str().unwrap_or_else(|| panic!("{told}")).to_owned();
        let page = std::path::PathBuf::from(url.strip_prefix("file://").unwrap());
        assert!(page.is_file(), "{url}");
        page
    };
    let first = post(home.json(&["publish", "--site", "Tea"]));

    home.sqlite(UNPROVEN);
    std::fs::remove_file(&first).unwrap();
    let told = home.run(&["publish", "--site", "Tea"]);
    assert!(told.code == 1 && told.stderr.contains("publish --anew") && !first.exists(), "{told:?}");
    assert_eq!(post(home.json(&["publish", "--site", "Tea", "--anew"])), first, "the same post, whole again");

    home.sqlite(UNPROVEN);
    std::fs::remove_dir_all(first.parent().unwrap()).unwrap();
    assert_eq!(post(home.json(&["publish", "--site", "Tea", "--anew"])), first, "the same post, made anew");

    home.sqlite(UNPROVEN);
    home.json(&["site", "edit", "Tea", "--name", "Leaves"]);
    let moved = post(home.json(&["publish", "--site", "Leaves", "--anew"]));
    assert_ne!(moved, first, "in the folder of the new name");

    home.sqlite(UNPROVEN);
    let elsewhere = home.path("elsewhere");
    home.json(&["site", "edit", "Leaves", "--url", &elsewhere.to_string_lossy()]);
    assert!(post(home.json(&["publish", "--site", "Leaves", "--anew"])).starts_with(&elsewhere));
    assert_eq!(home.books().number("select count(*) from outbox"), 1, "one delivery all along");
}
