//! The schedule before a real WordPress, by the command line: handed over, moved, published by its own cron with two proofs,
//! poked when it was late, and mended by the rule.

use crate::output::assert_documented;
use crate::publishing::{Reader, prepare_as};
use igny8_testkit::wordpress::RealWordPress;
use igny8_tests::keyring::Keyring;
use igny8_tests::program::Home;
use serde_json::Value;

const SITE: [&str; 2] = ["--site", "Tea House"];

/// A WordPress, and a home with one article that is approved for it.
pub(super) struct Desk {
    pub wordpress: RealWordPress,
    pub home: Home,
    pub article: String,
    _keyring: Keyring,
}

impl Desk {
    fn new() -> Self {
        let wordpress = RealWordPress::start();
        let (user, password) = (wordpress.user.clone(), wordpress.app_password.clone());
        Self::on(wordpress, "", &user, &password)
    }

    /// Before this site, which is found from that page of its, as somebody there.
    pub(super) fn on(wordpress: RealWordPress, page: &str, user: &str, password: &str) -> Self {
        let mut home = Home::default();
        let keyring = Keyring::start(&mut home);
        prepare_as(&home, (&format!("{}{page}", wordpress.base_url), user, password), "Tea House");
        home.json(&["site", "edit", "Tea House", "--zone", "Europe/Berlin"]);
        let article = home.books().number("select id from content").to_string();
        Self { wordpress, home, article, _keyring: keyring }
    }

    pub(super) fn schedule(&self, at: &str) -> Value {
        let told = self.home.json(&["schedule", "--site", "Tea House", "--at", at, &self.article]);
        assert_documented(&told, "schedule");
        told["scheduled"][0].clone()
    }

    fn off(&self) {
        self.home.json(&["schedule", "--site", "Tea House", "--off", &self.article]);
    }

    pub(super) fn entry(&self) -> Value {
        let told = self.home.json(&[&["calendar"], &SITE[..]].concat());
        assert_documented(&told, "calendar");
        told["calendar"][0].clone()
    }

    pub(super) fn guard(&self) -> Vec<String> {
        let told = self.home.json(&["site", "guard", "Tea House"]);
        assert_documented(&told, "site guard");
        let all = told["guarded"].as_array().unwrap();
        all.iter().map(|one| one["outcome"].as_str().unwrap().to_owned()).collect()
    }

    /// Lets the time pass on both sides: what was due at an instant to come was due a while ago.
    pub(super) fn let_time_pass(&self, post: &str) {
        // Past WordPress's own functions, which would publish it at once.
        let code = "global $wpdb; $at = time() - 300; $gmt = gmdate('Y-m-d H:i:s', $at);
            $wpdb->update($wpdb->posts, ['post_date' => $gmt, 'post_date_gmt' => $gmt], ['ID' => {id}]);
            clean_post_cache({id}); wp_clear_scheduled_hook('publish_future_post', [{id}]); echo $at;";
        let at: i64 = self.wordpress.eval_php(&code.replace("{id}", post)).trim().parse().unwrap();
        let ms = (at * 1_000).to_string();
        let ago = ["update content set scheduled_publish_at = ", &ms, ", handed_for = ", &ms].concat();
        assert_eq!(self.home.sqlite(&ago).stderr, "");
        let agreed = ["update site_post set agreed = json_set(agreed, '$.date', ", &ms, ")"].concat();
        assert_eq!(self.home.sqlite(&agreed).stderr, "");
    }

    /// Gives WordPress back the task that publishes the post, and no other: those of a site that was made long ago look for
    /// updates, which this one cannot reach.
    pub(super) fn plan_again(&self, post: &str) {
        let code = "_set_cron_array([]); wp_schedule_single_event(time() - 60, 'publish_future_post', [{id}]);";
        drop(self.wordpress.eval_php(&code.replace("{id}", post)));
    }

    pub(super) fn proofs(&self) -> Vec<String> {
        self.home.books().rows("select kind from publication order by id", [], |row| row.get(0))
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_article_is_handed_over_moved_and_taken_back_and_its_date_is_the_one_that_was_chosen() {
    let desk = Desk::new();
    let reader = Reader::new(&desk.wordpress);
    // The site lives in another zone than we chose the time in.
    drop(desk.wordpress.eval_php("update_option('timezone_string', 'America/New_York');"));
    let placed = desk.schedule("2027-01-05T09:30");
    assert_eq!((placed["at"].as_str(), placed["shift"].as_str()), (Some("2027-01-05T08:30:00Z"), Some("none")));
    let post = reader.posts().await.remove(0);
    assert_eq!((post["status"].as_str(), post["date_gmt"].as_str()), (Some("future"), Some("2027-01-05T08:30:00")));
    assert_eq!(post["date"], "2027-01-05T03:30:00", "as its people see it");
    let entry = desk.entry();
    assert_eq!((entry["state"].as_str(), entry["is_handed_over"].as_bool()), (Some("scheduled"), Some(true)));
    assert_eq!((entry["is_unsent"].as_bool(), entry["wall"].as_str()), (Some(false), Some("2027-01-05T09:30")));
    let amiss = "select field from receipt_field where verdict <> 'as_sent' and note = ''";
    assert_eq!(desk.home.books().rows(amiss, [], |row| row.get::<_, String>(0)), Vec::<String>::new());

    // A time that is left out there is the first that there is.
    let gap = desk.schedule("2027-03-28T02:30");
    assert_eq!((gap["wall"].as_str(), gap["shift"].as_str()), (Some("2027-03-28T03:00"), Some("gap")));
    let moved = reader.posts().await.remove(0);
    assert_eq!((moved["id"] == post["id"], moved["date_gmt"].as_str()), (true, Some("2027-03-28T01:00:00")));

    // An edit reaches it by itself.
    let edit = "update content set title = 'Said anew', updated_at = max(updated_at, handed_at) + 1";
    assert_eq!(desk.home.sqlite(edit).stderr, "");
    assert_eq!(desk.entry()["is_unsent"], true, "not yet on the site");
    assert_eq!(desk.guard(), Vec::<String>::new(), "nothing is due, and what waits is sent");
    let edited = reader.posts().await.remove(0);
    assert_eq!((edited["title"]["raw"].as_str(), &edited["date_gmt"]), (Some("Said anew"), &moved["date_gmt"]));
    assert_eq!(desk.entry()["is_unsent"], false);

    let past = desk.home.run(&["schedule", "--site", "Tea House", "--at", "2020-01-01T10:00", &desk.article]);
    assert!(past.code == 1 && past.stderr.contains("has passed"), "{past:?}");
    desk.off();
    assert_eq!(reader.posts().await[0]["status"], "draft", "taken back there");
    assert_eq!(desk.home.json(&["credits", "audit"])["ok"], true);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_real_site_publishes_it_by_its_own_cron_and_that_is_proven() {
    let desk = Desk::new();
    let reader = Reader::new(&desk.wordpress);
    desk.schedule("2027-01-05T09:30");
    let id = reader.posts().await[0]["id"].to_string();
    desk.let_time_pass(&id);
    desk.plan_again(&id);
    assert_eq!(desk.entry()["state"], "awaiting_proof");
    // Nobody visits it: it is poked, does what is due, and is read back.
    assert_eq!(desk.guard(), ["published"]);
    let post = reader.posts().await.remove(0);
    assert_eq!(post["status"], "publish");
    assert_eq!(desk.proofs(), ["handed_over", "published"]);
    let entry = desk.entry();
    assert_eq!((entry["state"].as_str(), entry["is_unsent"].as_bool()), (Some("published"), Some(false)));
    let amiss = "select f.field from receipt_field f join publication p on p.id = f.publication_id
        where p.kind = 'published' and f.verdict <> 'as_sent' and f.note = ''";
    assert_eq!(desk.home.books().rows(amiss, [], |row| row.get::<_, String>(0)), Vec::<String>::new());
    assert_eq!(desk.guard(), Vec::<String>::new(), "nothing is left to look after");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_real_site_has_for_later_is_public_as_soon_as_somebody_says_now() {
    let desk = Desk::new();
    let reader = Reader::new(&desk.wordpress);
    desk.schedule("2027-01-05T09:30");
    let handed = reader.posts().await.remove(0);
    let command = [&["publish"], &SITE[..]].concat();
    assert_eq!(desk.home.json(&command)["published"], serde_json::json!([]), "it has its time");
    let told = desk.home.json(&[&command[..], &["--scheduled"]].concat());
    assert_eq!(told["published"][0]["as_sent"], true, "with the date of now: {told}");
    let post = reader.posts().await.remove(0);
    assert_eq!((&post["id"], post["status"].as_str()), (&handed["id"], Some("publish")));
    assert!(post["date_gmt"].as_str() < handed["date_gmt"].as_str(), "{post}");
    assert_eq!((desk.proofs(), desk.guard()), (vec!["handed_over".to_owned(), "published".to_owned()], vec![]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_real_site_that_missed_it_is_mended_by_the_rule_and_one_that_was_trashed_is_left_alone() {
    let desk = Desk::new();
    let reader = Reader::new(&desk.wordpress);
    desk.schedule("2027-01-05T09:30");
    let id = reader.posts().await[0]["id"].to_string();
    // It has lost the task that would publish the post, as sites do.
    desk.let_time_pass(&id);
    assert_eq!(desk.guard(), ["publishing"], "poked in vain, then published from here");
    let post = reader.posts().await.remove(0);
    assert_eq!((post["status"].as_str(), post["id"].to_string()), (Some("publish"), id));
    assert_eq!(desk.proofs(), ["handed_over", "published"]);
    let notices = "select count(*) from notification where notification_type = 'publish_missed'";
    assert_eq!(desk.home.books().number(notices), 1);

    let desk = Desk::new();
    let reader = Reader::new(&desk.wordpress);
    desk.schedule("2027-01-05T09:30");
    let id = reader.posts().await[0]["id"].to_string();
    drop(desk.wordpress.eval_php(&format!("wp_trash_post({id});")));
    let synced = desk.home.json(&["site", "sync", "Tea House"]);
    assert_eq!(synced["synced"][0]["events"][0]["event"], "trashed", "{synced}");
    assert_eq!(desk.entry()["state"], "unscheduled");
    assert_eq!(desk.home.books().number("select handed_for from content"), 0);
}
