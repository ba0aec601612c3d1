//! The same story on each kind of WordPress that there is: older and newer ones, with plain permalinks, in a folder, and as
//! somebody who is no administrator. An article is handed over for a time that clocks leave out, dated otherwise by a person
//! there, published by the site's own cron, proven, edited on both sides, and thrown away; and each time all of it is as it
//! was sent.

use crate::handing_over_program::Desk;
use igny8_core::receipt::ReceiptField;
use igny8_testkit::wordpress::RealWordPress;
use serde_json::{Value, json};

/// The post of ours as the site's own PHP has it, and how many pieces of its text are in no block.
const POST: &str = "
    function loose($blocks) {
        $loose = 0;
        foreach ($blocks as $block) {
            $loose += (int) ($block['blockName'] === null && trim($block['innerHTML']) !== '');
            $loose += loose($block['innerBlocks']);
        }
        return $loose;
    }
    $states = ['publish', 'future', 'draft', 'pending', 'private', 'trash'];
    $posts = get_posts(['post_status' => $states, 'numberposts' => -1, 'exclude' => [1]]);
    echo json_encode(array_map(fn($post) => ['id' => (string) $post->ID, 'status' => $post->post_status,
        'gmt' => $post->post_date_gmt, 'author' => get_userdata($post->post_author)->user_login,
        'blocks' => count(array_filter(parse_blocks($post->post_content), fn($block) => $block['blockName'])),
        'loose' => loose(parse_blocks($post->post_content))], $posts));";

fn post(desk: &Desk) -> Value {
    let told = desk.wordpress.eval_php(POST);
    let posts: Vec<Value> = serde_json::from_str(&told).unwrap_or_else(|error| panic!("{error}: {told}"));
    assert_eq!(posts.len(), 1, "one post, whatever happens: {told}");
    posts.into_iter().next().unwrap_or_default()
}

/// Fields of a proof that did not arrive as they were sent, where that is not how the site is.
fn amiss(desk: &Desk, kind: &str) -> Vec<String> {
    let amiss = "select f.field from receipt_field f join publication p on p.id = f.publication_id
        where p.kind = '{kind}' and f.verdict <> 'as_sent' and f.note in ('', 'unreadable')";
    desk.home.books().rows(&amiss.replace("{kind}", kind), [], |row| row.get(0))
}

fn events(desk: &Desk) -> Vec<String> {
    let synced = desk.home.json(&["site", "sync", "Tea House"]);
    let all = synced["synced"][0]["events"].as_array().cloned().unwrap_or_default();
    all.iter().map(|event| event["event"].as_str().unwrap_or_default().to_owned()).collect()
}

/// The story. `not_kept` are the fields that who signs in there may not set.
fn tell(desk: &Desk, author: &str, not_kept: &[&str]) {
    let php = |code: &str, id: &str| drop(desk.wordpress.eval_php(&code.replace("{id}", id)));
    let gap = desk.schedule("2027-03-28T02:30");
    assert_eq!((gap["wall"].as_str(), gap["shift"].as_str()), (Some("2027-03-28T03:00"), Some("gap")));
    let handed = post(desk);
    assert_eq!((&handed["status"], &handed["gmt"]), (&json!("future"), &json!("2027-03-28 01:00:00")), "{handed}");
    assert_eq!((&handed["author"], &handed["loose"]), (&json!(author), &json!(0)), "{handed}");
    assert!(handed["blocks"].as_u64().is_some_and(|blocks| blocks > 3), "{handed}");
    assert_eq!(amiss(desk, "handed_over"), not_kept);
    let id = handed["id"].as_str().unwrap_or_default();

    // A person there dates it otherwise, and that counts here.
    php(
        "wp_update_post(['ID' => {id}, 'edit_date' => true, 'post_date' => get_date_from_gmt('2027-05-01 10:00:00'),
           'post_date_gmt' => '2027-05-01 10:00:00']);",
        id,
    );
    assert_eq!(events(desk), ["rescheduled"]);
    assert_eq!(
        (&desk.entry()["at"], post(desk)["gmt"].as_str()),
        (&json!("2027-05-01T10:00:00Z"), Some("2027-05-01 10:00:00"))
    );

    desk.let_time_pass(id);
    desk.plan_again(id);
    assert_eq!(desk.guard(), ["published"], "by its own cron");
    assert_eq!(
        (post(desk)["status"].as_str(), desk.proofs()),
        (Some("publish"), vec!["handed_over".to_owned(), "published".to_owned()])
    );
    assert_eq!(amiss(desk, "published"), not_kept, "nor is anything else by then");
    let again = "select count(distinct f.field) from receipt_field f join publication p on p.id = f.publication_id
        where p.kind = 'published'";
    assert_eq!(desk.home.books().number(again), ReceiptField::ALL.len() as i64, "each field is proven a second time");

    // An edit here, beside one there: nobody is written over.
    php(
        "wp_update_post(wp_slash(['ID' => {id}, 'post_content' => get_post({id})->post_content . \"\\n\\n<!-- wp:paragraph -->\\n<p>Theirs.</p>\\n<!-- /wp:paragraph -->\"]));",
        id,
    );
    let edit = "update content set title = 'Said anew', updated_at = max(updated_at, published_at) + 1";
    assert_eq!(desk.home.sqlite(edit).stderr, "");
    assert_eq!(desk.home.run(&["publish", "--site", "Tea House"]).code, 1, "it is asked which is kept");
    desk.home.json(&["conflicts", "take-mine", &desk.article]);
    let sent = desk.home.json(&["publish", "--site", "Tea House"]);
    assert_eq!(sent["published"][0]["as_sent"], not_kept.is_empty(), "{sent}");
    assert_eq!(post(desk)["loose"], 0);

    php("wp_trash_post({id});", id);
    assert_eq!(events(desk), ["trashed"]);
    assert_eq!(desk.entry()["state"], "unscheduled");
    assert_eq!(desk.home.json(&["credits", "audit"])["ok"], true);
}

fn as_administrator(wordpress: RealWordPress, page: &str) -> Desk {
    let (user, password) = (wordpress.user.clone(), wordpress.app_password.clone());
    Desk::on(wordpress, page, &user, &password)
}

#[test]
fn on_the_oldest_wordpress() {
    tell(&as_administrator(RealWordPress::start_version("6.2"), ""), "admin", &[]);
}

#[test]
fn on_the_wordpress_to_come() {
    tell(&as_administrator(RealWordPress::start_version("nightly"), ""), "admin", &[]);
}

#[test]
fn with_plain_permalinks() {
    let wordpress = RealWordPress::start();
    wordpress.use_plain_permalinks();
    tell(&as_administrator(wordpress, "/?p=1"), "admin", &[]);
}

#[test]
fn in_a_folder() {
    tell(&as_administrator(RealWordPress::start_below("/blog"), "/hello-world/"), "admin", &[]);
}

#[test]
fn as_an_author_who_may_make_no_categories() {
    let wordpress = RealWordPress::start();
    let password = wordpress.create_user("arno", "author");
    tell(&Desk::on(wordpress, "", "arno", &password), "arno", &["categories"]);
}
