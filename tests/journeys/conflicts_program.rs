//! A person at the posts of a real WordPress, between two commands of ours.

use crate::publishing::{Reader, published};
use igny8_testkit::wordpress::RealWordPress;
use igny8_tests::program::Home;
use serde_json::Value;

/// Writes something before the first paragraph of a post, as a person does in the editor a while later.
fn edit_there(wordpress: &RealWordPress, id: &str) {
    let code = format!(
        "global $wpdb; $post = get_post({id});
        $note = \"<!-- wp:paragraph -->\\n<p>A note of the house.</p>\\n<!-- /wp:paragraph -->\\n\\n\";
        wp_update_post(wp_slash(['ID' => {id}, 'post_content' => $note . $post->post_content]));
        $wpdb->update($wpdb->posts, ['post_modified_gmt' => gmdate('Y-m-d H:i:s', time() + 60)], ['ID' => {id}]);"
    );
    let _ = wordpress.eval_php(&code);
}

/// A paragraph more at the end of the article here.
fn edit_here(home: &Home) {
    let edit = "update content set version = version + 1, updated_at = max(updated_at, published_at) + 1;
        insert into content_version (content_id, version, html, origin, created_at)
          select c.id, c.version, v.html || '<p>A paragraph more.</p>', 'person', c.updated_at
          from content c join content_version v on v.content_id = c.id and v.version = c.version - 1";
    assert_eq!(home.sqlite(edit).stderr, "");
}

async fn body(reader: &Reader<'_>) -> String {
    reader.posts().await[0]["content"]["raw"].as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_person_wrote_on_the_site_is_shown_beside_ours_and_kept_as_it_is_decided() {
    let (wordpress, home, _keyring) = published();
    let reader = Reader::new(&wordpress);
    let before = reader.posts().await;
    let id = before[0]["id"].to_string();
    edit_there(&wordpress, &id);
    edit_here(&home);
    let theirs = body(&reader).await;

    let ran = home.run(&["publish", "--site", "Tea House"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.stderr.contains("conflicts show"), "the way out is named: {}", ran.stderr);
    assert_eq!(body(&reader).await, theirs, "nothing is written over it");

    let listed = home.json(&["conflicts", "list"]);
    let article = listed["conflicts"][0]["id"].as_str().unwrap().to_owned();
    assert_eq!(listed["conflicts"][0]["fields"], serde_json::json!(["body"]), "{listed}");
    let shown = home.json(&["conflicts", "show", &article]);
    let by: Vec<&str> =
        shown["conflict"]["runs"].as_array().unwrap().iter().map(|run| run["by"].as_str().unwrap()).collect();
    assert_eq!(by.iter().filter(|by| **by != "nobody").collect::<Vec<_>>(), [&"them", &"us"], "{by:?}");
    let text = home.run(&["conflicts", "show", &article]).stdout;
    assert!(text.contains("A note of the house.") && text.contains("A paragraph more."), "{text}");

    // Both differences have one author, so both are kept unless somebody names a side.
    let merged = home.json(&["conflicts", "merge", &article]);
    assert_eq!(merged["kept"], "merged");
    assert_eq!(home.json(&["conflicts", "list"])["conflicts"], serde_json::json!([]));
    let sent = home.json(&["publish", "--site", "Tea House"]);
    assert_eq!(sent["published"][0]["as_sent"], true, "{sent}");
    let now = body(&reader).await;
    assert!(now.contains("A note of the house.") && now.contains("A paragraph more."), "{now}");
    assert_eq!(reader.posts().await[0]["id"].to_string(), id, "the same post");
    let again = home.run(&["conflicts", "show", &article]);
    assert_eq!(again.code, 1, "nothing is left to decide: {again:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn theirs_is_taken_over_and_mine_is_written_over_it_by_one_command_each() {
    let (wordpress, home, _keyring) = published();
    let reader = Reader::new(&wordpress);
    let id = reader.posts().await[0]["id"].to_string();
    let article = home.books().number("select id from content").to_string();
    edit_there(&wordpress, &id);
    // A look alone finds it, before anything is published.
    let synced = home.json(&["site", "sync", "Tea House"]);
    assert_eq!(synced["synced"][0]["events"][0]["event"], "edited", "{synced}");
    home.json(&["conflicts", "take-theirs", &article]);
    let taken: Vec<String> =
        home.books().rows("select html from content_version order by version desc limit 1", [], |row| row.get(0));
    assert!(taken[0].contains("A note of the house."), "{taken:?}");
    let ran = home.run(&["publish", "--site", "Tea House"]);
    assert!(ran.code == 0 && ran.stdout.contains("nothing to do"), "the site has it like this: {ran:?}");

    edit_there(&wordpress, &id);
    edit_here(&home);
    assert_eq!(home.run(&["publish", "--site", "Tea House"]).code, 1);
    home.json(&["conflicts", "take-mine", &article]);
    let sent = home.json(&["publish", "--site", "Tea House"]);
    assert_eq!(sent["published"][0]["as_sent"], true, "{sent}");
    let now = body(&reader).await;
    assert_eq!(now.matches("A note of the house.").count(), 1, "the first note was taken over, the second not: {now}");
    assert!(now.contains("A paragraph more."));
    let events: Value = home.json(&["site", "sync", "Tea House"]);
    assert_eq!(events["synced"][0]["events"], serde_json::json!([]), "what we wrote is no news");
    assert_eq!(home.json(&["credits", "audit"])["ok"], true);
}
